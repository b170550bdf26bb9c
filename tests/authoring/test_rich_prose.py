"""Texts in a terminal: images are named, notes stand at the end."""

from rich.console import Console

from bot.authoring.rich_prose import drawn
from bot.quiz.prose import (
    Block,
    Code,
    Image,
    Listing,
    Note,
    Notes,
    Prose,
    Quote,
    Span,
    Table,
    plain,
    prose,
)


def printed(text: Prose) -> str:
    console = Console(width=60, color_system=None)
    with console.capture() as capture:
        console.print(drawn(text))
    return "\n".join(line.rstrip() for line in capture.get().splitlines())


def test_an_image_is_named_with_its_address() -> None:
    text = (*prose("Where?"), Image("pics/map.png", "A map"), Image("https://a.test/b.png"))
    assert printed(text) == (
        "Where?\n\n[image: A map] pics/map.png\n\n[image] https://a.test/b.png"
    )


def test_what_a_terminal_would_obey_is_shown_instead() -> None:
    assert "\x1b" not in printed((Image("a\x1b[2J.png", "\x1b]0;title\x07"),))


def test_notes_stand_one_below_the_other() -> None:
    notes = Notes((Note(1, (Span("Since "), Span("2009", bold=True))), Note(2, (Span("b"),))))
    assert printed((*prose("Redis¹"), notes)) == "Redis¹\n\n¹ Since 2009\n² b"


def narrow(block: Block) -> str:
    console = Console(width=20, color_system=None)
    with console.capture() as capture:
        console.print(drawn((block,)))
    return capture.get()


def test_nothing_of_a_text_is_cut_off_on_a_narrow_terminal() -> None:
    words = (Span("a-command --with a-very-long-option-of-all"),)
    blocks: tuple[Block, ...] = (
        Code(words[0].text, "sh"),
        Table(((words, words), (words, words))),
        Listing((words,)),
        Quote(words),
        Listing(((Span("停止したコンテナも含むすべてのコンテナ"),),)),
    )
    for block in blocks:
        shown = narrow(block)
        assert "…" not in shown
        letters = {sign for sign in plain((block,)) if sign.isalnum()}
        assert letters <= set(shown)
    assert "option-of-all" in "".join(narrow(blocks[0]).split())


def test_each_line_of_a_quote_has_its_bar() -> None:
    assert narrow(Quote((Span("Somebody said that it needs a login."),))) == (
        "│ Somebody said that\n│ it needs a login.\n"
    )
