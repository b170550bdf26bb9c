"""A quiz in a terminal, line by line."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from io import StringIO

from rich.console import Console

from bot.authoring.terminal_play import TerminalPlay
from bot.bank.parser import parse_page
from bot.quiz.question import Quiz, Slug
from bot.quiz.session import Session, State

PAGE = """\
# Colours

<quiz id="sky" level="hard">
What colour is the *sky*?

- [x] Blue
- [ ] Green
  > That is the grass.

It scatters `blue` light.

<hint>Look up.</hint>
</quiz>

<quiz id="flag">
Which are in the flag?

- [x] Red
- [x] White
- [ ] Pink
</quiz>

<quiz id="port">
Redis listens on [[6379]] and HTTP on [[80|http]].

---

Both are defaults.
</quiz>
"""


def quiz(text: str = PAGE) -> Quiz:
    page = parse_page(text, path="colours.md", slug=Slug("colours"))
    assert page.quiz is not None
    return page.quiz


def typing(*lines: str, prompts: list[str] | None = None) -> Callable[[str], str]:
    """Types the lines; after the last one the input is at its end."""
    left: Iterator[str] = iter(lines)

    def ask(prompt: str) -> str:
        if prompts is not None:
            prompts.append(prompt)
        for line in left:
            return line
        raise EOFError

    return ask


def play(*lines: str, page: str = PAGE, prompts: list[str] | None = None) -> tuple[Session, str]:
    out = StringIO()
    console = Console(file=out, width=100, highlight=False)
    game = TerminalPlay(
        console,
        typing(*lines, prompts=prompts),
        lambda: datetime(2026, 3, 2, 9, tzinfo=UTC),
        lambda _: None,
    )
    session = game.play(quiz(page), 3)
    return session, out.getvalue()


def test_right_answers_earn_what_they_earn_in_slack() -> None:
    session, seen = play("a", "B, A", "6379", " HTTP ")
    assert session.state is State.DONE
    assert (session.right, session.points) == (3, 400)
    assert "3 of 3 right, 400 points" in seen
    assert "It scatters blue light." in seen


def test_a_wrong_answer_shows_the_right_one_and_why_not() -> None:
    _, seen = play("b", "/stop")
    assert "Not quite. Right: A" in seen
    assert "That is the grass." in seen
    assert "It scatters blue light." in seen


def test_nothing_is_told_before_the_answer() -> None:
    _, seen = play("/stop")
    assert "Blue" in seen
    assert "scatters" not in seen
    assert "Look up." not in seen
    assert "grass" not in seen


def test_a_hint_costs_half() -> None:
    prompts: list[str] = []
    session, seen = play("/hint", "a", "/stop", prompts=prompts)
    assert "Look up." in seen
    assert session.points == 100
    assert "/hint" in prompts[0]
    assert "/hint" not in prompts[1]


def test_a_hint_that_is_not_there_is_said_so() -> None:
    session, seen = play("a", "/hint", "/stop")
    assert "There is no hint for this question." in seen
    assert session.points == 200


def test_a_question_can_wait_once() -> None:
    session, _ = play("/skip", "a b", "6379", "80", "a", "n")
    assert session.queue == (1, 2, 0)
    assert session.right == 3


def test_a_slip_of_the_finger_costs_nothing() -> None:
    session, seen = play("x", "", "a b", "a", "/stop")
    assert session.right == 1
    assert "Type a letter from A to B" in seen
    assert "One letter is enough here" in seen
    assert seen.count("What colour is the sky?") == 1


def test_an_empty_gap_is_asked_again() -> None:
    session, _ = play("a", "a b", "6379", "", "6379", "80")
    assert session.right == 3


def test_what_was_missed_can_be_tried_again_without_points() -> None:
    session, seen = play("b", "a b", "6379", "80", "y", "a", "y")
    assert session.practice
    assert (session.right, session.points) == (1, 0)
    assert "2 of 3 right" in seen
    assert "1 of 1 right" in seen


def test_the_end_of_the_input_ends_the_play() -> None:
    session, seen = play()
    assert session.state is State.STOPPED
    assert "Stopped before the first answer." in seen


def test_a_page_cannot_command_the_terminal() -> None:
    evil = "<quiz>\nIs \x1b[2J \x9b2J red `\x1b]0;x\x07`?\n- [x] y\x1b[31m\n- [ ] [bold]n\n</quiz>"
    _, seen = play("a", page=evil)
    assert not set(seen) & {"\x1b", "\x9b", "\x07"}
    assert "[bold]n" in seen
