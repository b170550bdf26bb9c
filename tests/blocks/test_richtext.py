"""Prose as rich_text; the examples are in tests/golden/rich_text.txt."""

from typing import Final

import pytest
from hypothesis import given, settings, strategies as st

from bot.bank.links import Links
from bot.bank.markdown import PARSER, to_prose
from bot.blocks import kit, limits, richtext
from bot.blocks.kit import Element
from bot.quiz.prose import Code, Heading, Listing, Paragraph, Quote, Span, prose
from tests import strategies as some
from tests.blocks.dump import dump_elements
from tests.golden import cases

LABEL: Final = [richtext.text("A  ", bold=True)]


@pytest.mark.parametrize(("given", "wanted"), cases("rich_text"))
def test_markdown_looks_as_it_was_meant(given: str, wanted: str) -> None:
    found = to_prose(PARSER.parse(given), Links())
    assert dump_elements(richtext.elements(found)) == wanted


def test_every_kind_of_block_is_drawn() -> None:
    kinds = {block.kind for block in some.blocks_of("words")}
    assert kinds == set(richtext.RENDER)


def test_deep_lists_stay_within_the_depth_that_slack_draws() -> None:
    (found,) = richtext.elements((Listing(((Span("deep"),),), indent=30),))
    assert found["indent"] == limits.RICH_LIST_INDENT


def test_an_empty_entry_of_a_list_is_still_an_entry() -> None:
    found = richtext.elements((Listing(((Span("one"),), ()), ordered=True),))
    assert dump_elements(found) == "1. one\n2.  \n"


@pytest.mark.parametrize(
    "empty", [Paragraph(()), Paragraph((Span(""),)), Heading(1, ()), Quote(()), Code("")]
)
def test_what_is_empty_is_left_out(empty: Paragraph | Heading | Quote | Code) -> None:
    assert richtext.elements((empty,)) == []


@pytest.mark.parametrize(
    ("url", "is_link"),
    [
        ("https://example.org/a", True),
        ("mailto:ana@example.org", True),
        ("mailto:", False),
        ("javascript:alert(1)", False),
        ("https://example.org/a b", False),
        ("https://example.org/" + "x" * 3_000, False),
    ],
)
def test_only_an_address_that_slack_takes_is_a_link(url: str, is_link: bool) -> None:  # noqa: FBT001  a table
    assert (richtext.link("words", url)["type"] == "link") is is_link
    assert richtext.link("words", url, {"bold": True})["style"] == {"bold": True}


def test_a_label_stands_in_front_of_the_first_line() -> None:
    assert dump_elements(richtext.labelled(LABEL, prose("Words."))) == "text {b:A  }Words.\n"


def test_a_label_stands_above_what_has_no_first_line() -> None:
    code = (Code("x = 1"),)
    assert dump_elements(richtext.labelled(LABEL, code)) == "text {b:A  }\ncode x = 1\n"
    assert dump_elements(richtext.labelled(LABEL, ())) == "text {b:A  }\n"


def test_a_quoted_text_keeps_its_code_and_lists() -> None:
    said = (Paragraph((Span("No:"),)), Code("x"), Listing(((Span("one"),),)), Quote((Span("q"),)))
    assert dump_elements(richtext.quoted(said)) == "quote No:\n|code x\n|- one\nquote q\n"


# Cutting


def elements() -> st.SearchStrategy[list[Element]]:
    return some.proses().map(richtext.elements)


def words(parts: object) -> str:
    match parts:
        case {"text": str(text)}:
            return text
        case {"elements": inner}:
            return words(inner)
        case list():
            return "".join(map(words, parts))
        case _:
            return ""


@settings(deadline=None)
@given(elements(), st.integers(0, 3_000))
def test_what_is_cut_fits_and_says_so(parts: list[Element], room: int) -> None:
    kept = richtext.cut(parts, room)
    assert kit.weight(kept) <= room
    if kit.weight(parts) <= room:
        assert kept == parts
    elif room:
        assert words(kept).endswith("…")
        assert words(parts).startswith(words(kept)[:-1])


def test_a_link_that_does_not_fit_is_only_its_words() -> None:
    link = richtext.link("words", "https://example.org/a/long/way")
    assert dump_elements(richtext.cut([richtext.section([link])], 10)) == "text words…\n"


@settings(deadline=None)
@given(st.lists(elements(), max_size=6), st.integers(0, 3_000))
def test_parts_share_the_room(parts: list[list[Element]], room: int) -> None:
    kept = richtext.fit(parts, room)
    assert len(kept) == len(parts)
    assert sum(map(kit.weight, kept)) <= room


def test_a_short_part_is_never_cut_for_a_long_one() -> None:
    short, long = prose("short"), prose("x" * 5_000)
    parts = [richtext.elements(text) for text in (long, short, long)]
    kept = richtext.fit(parts, 1_000)
    assert kept[1] == parts[1]
    assert kit.weight(kept[0]) == kit.weight(kept[2]) - 1


def test_blocks_leave_room_for_the_others() -> None:
    others = [kit.context("x" * 3_000)]
    parts = [richtext.elements(prose("word " * 5_000)), [], richtext.elements(prose("short"))]
    found = richtext.blocks(parts, others)
    assert len(found) == 2
    assert kit.ROOM - 10 < kit.weight([*others, *found]) <= kit.ROOM
