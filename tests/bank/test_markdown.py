"""Markdown as prose; most looks are shown by the examples in tests/golden/pages.txt."""

import pytest

from bot.bank.links import Links
from bot.bank.markdown import BLOCKS, PARSER, to_prose
from bot.bank.quiz_block import BLANK
from bot.bank.spans import INLINE
from bot.quiz.prose import Code, Listing, Paragraph, Quote, Span, Table
from tests.bank.dump import dump_prose

LINKS = Links("https://docs.test/")


def draw(markdown: str) -> str:
    return dump_prose(to_prose(PARSER.parse(markdown), LINKS))


def test_every_rule_of_the_parser_is_known_here() -> None:
    """A rule that is switched on may give tokens that nothing draws: add its drawing, too."""
    assert {name: sorted(rules) for name, rules in PARSER.get_active_rules().items()} == {
        "core": ["block", "inline", "normalize", "text_join"],
        "block": [
            *("admonition", "blockquote", "code", "fence", "footnote_def", "heading", "hr"),
            *("html_block", "lheading", "list", "math_block", "paragraph", "quiz"),
            *("quiz_stray_end", "reference", "table", "template_line"),
        ],
        "inline": [
            *("autolink", "backticks", "emphasis", "entity", "escape", "footnote_ref"),
            *("html_inline", "image", "link", "math_inline", "newline", "quiz_blank"),
            *("strikethrough", "text"),
        ],
        "inline2": ["balance_pairs", "emphasis", "fragments_join", "strikethrough"],
    }


def test_each_style_that_opens_also_closes() -> None:
    opening = {name.removesuffix("_open") for name in INLINE if name.endswith("_open")}
    closing = {name.removesuffix("_close") for name in INLINE if name.endswith("_close")}
    assert opening == closing == {"strong", "em", "s", "link"}
    assert BLANK in INLINE


@pytest.mark.parametrize(
    ("markdown", "wanted"),
    [
        pytest.param("a\nb  \nc", "a b⏎c\n", id="breaks"),
        pytest.param("**a**b**c**", "{b:a}b{b:c}\n", id="styles end"),
        pytest.param("**a *b* `c`**", "{b:a }{bi:b}{b: }{bc:c}\n", id="styles add up"),
        pytest.param("![a *b*](c.png)", "{link=https://docs.test/c.png:a b}\n", id="image"),
        pytest.param("![](c.png)", "{link=https://docs.test/c.png:image}\n", id="bare image"),
        pytest.param("[![a](b)](https://c.test)", "{link=https://c.test:a}\n", id="linked image"),
        pytest.param("[a](javascript:b) <xy:z>", "[a](javascript:b) xy:z\n", id="bad links"),
        pytest.param("a <b>c</b> <!-- d -->", "a <b>c</b>\n", id="tags are text"),
        pytest.param("<div>\n*a*\n</div>", "<div>⏎*a*⏎</div>\n", id="blocks of tags are text"),
        pytest.param("<!-- a --> b <!-- c", "b\n", id="comments"),
        pytest.param("<!-- a -->", "", id="nothing but a comment"),
        pytest.param("a <BR/>b", "a ⏎b\n", id="line break tag"),
        pytest.param("&copy; &#0; \\*", "© � *\n", id="entities and escapes"),
        pytest.param("# \n\n#### a", "#### a\n", id="headings"),
        pytest.param("```\n\n```", "code| \n", id="empty code"),
        pytest.param("``` c++ {1}\na\n\n```", "code =c++| a\ncode =c++| \n", id="language"),
        pytest.param("```\na", "code| a\n", id="code to the end"),
        pytest.param("    a\n\n    b", "code| a\ncode| \ncode| b\n", id="indented code"),
        pytest.param("> a\n>\n> b\n> > c", "quote a⏎b⏎c\n", id="quotes"),
        pytest.param("> ```\n> a\n> ```\n> b", "code| a\nquote b\n", id="code in a quote"),
        pytest.param(">", "", id="an empty quote"),
        pytest.param("7. a\n8. b", "7. a\n8. b\n", id="numbers"),
        pytest.param("1. a\n\n   b\n2. c", "1. a⏎b\n2. c\n", id="paragraphs in an item"),
        pytest.param("- a\n  > b\n- c", "- a\nquote b\n- c\n", id="a quote in a list"),
        pytest.param("1. ```\n   a\n   ```\n2. b", "code| a\n2. b\n", id="an item of code"),
        pytest.param("-\n- a\n-", "- a\n", id="empty items"),
        pytest.param("- - a\n  - b\n- c", "  - a\n  - b\n- c\n", id="a list in a list"),
        pytest.param("- # a\n  b", "- a⏎b\n", id="a heading in an item"),
        pytest.param("|a|\n|-|\n|b|c|\n||", "table a\ntable b\ntable \n", id="ragged table"),
        pytest.param("</quiz>", "", id="stray end"),
        pytest.param("!!! note\n    a\n\n    - b", "quote {b:Note}⏎a⏎- b\n", id="note"),
    ],
)
def test_looks(markdown: str, wanted: str) -> None:
    assert draw(markdown) == wanted


def test_text_in_one_style_is_one_span() -> None:
    (paragraph,) = to_prose(PARSER.parse("a &amp; b <i> c\\_d"), LINKS)
    assert paragraph == Paragraph((Span("a & b <i> c_d"),))


def test_values_are_those_that_slack_is_given() -> None:
    text = "- a\n  - b\n\n> c\n\n```sh\nd\n```\n\n| e | f |\n| - | - |"
    assert to_prose(PARSER.parse(text), LINKS) == (
        Listing(((Span("a"),),)),
        Listing(((Span("b"),),), indent=1),
        Quote((Span("c"),)),
        Code("d", "sh"),
        Table((((Span("e"),), (Span("f"),)),)),
    )


def test_unknown_tokens_are_noticed() -> None:
    assert "footnote_block_open" not in BLOCKS
    token = PARSER.parse("a")[0]
    token.type = "footnote_block_open"
    with pytest.raises(KeyError, match="footnote"):
        to_prose([token], LINKS)
