"""Texts in a terminal: images are named, notes stand at the end."""

from rich.console import Console

from bot.authoring.rich_prose import drawn
from bot.quiz.prose import Image, Note, Notes, Prose, Span, prose


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
