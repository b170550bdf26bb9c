"""A quiz in a terminal: the rules of the bot, for authors who have no Slack at hand."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.text import Text

from bot.authoring.rich_prose import drawn, in_columns, tame
from bot.quiz.order import shuffled
from bot.quiz.picking import Shuffle, pick
from bot.quiz.prose import Prose
from bot.quiz.question import LETTERS, Kind, Question, Quiz
from bot.quiz.session import (
    Answer,
    AttemptId,
    Choice,
    Fill,
    Given,
    Session,
    SessionId,
    State,
    begin,
)

HINT, SKIP, STOP = "/hint", "/skip", "/stop"
COMMANDS: Final = frozenset({HINT, SKIP, STOP})
RIGHT, WRONG, OTHER, MISSED = "✅", "❌", "·", "✔"
MOST_SEEN: Final = 60

Ask = Callable[[str], str]
"""Shows a prompt and gives the line that was typed; EOFError when there is none to come."""


@dataclass(frozen=True, slots=True)
class TerminalPlay:
    """`now` tells the moment in UTC; `shuffle` shuffles a list in place."""

    console: Console
    ask: Ask
    now: Callable[[], datetime]
    shuffle: Shuffle

    def play(self, quiz: Quiz, count: int) -> Session:
        """Ask `count` questions, then those again that were missed, as long as that is wanted.

        Gives the last session: `State.STOPPED` when the person stopped before its end.
        """
        questions = pick(quiz.questions, count, (), self.shuffle)
        session = self._run(quiz, questions, practice=False)
        while session.state is State.DONE and session.missed and self._wants_to_retry(session):
            again = [session.questions[number] for number in session.missed]
            session = self._run(quiz, again, practice=True)
        return session

    def _run(self, quiz: Quiz, questions: Sequence[Question], *, practice: bool) -> Session:
        session = begin(
            SessionId("terminal"),
            tuple(map(self._as_shown, questions)),
            slug=quiz.slug,
            title=quiz.title,
            level=quiz.level,
            at=self.now(),
            practice=practice,
        )
        shown = None
        while (number := session.current) is not None:
            if number != shown:  # after a slip or a hint it still stands above
                self._show(session, number)
                shown = number
            session = self._step(session, number)
        self._sum_up(session)
        return session

    def _as_shown(self, question: Question) -> Question:
        order = shuffled(question.options, self.shuffle)
        return replace(question, options=tuple(question.options[i] for i in order))

    def _show(self, session: Session, number: int) -> None:
        question = session.questions[number]
        place, total = session.place(number), len(session.questions)
        title = Text(f"{tame(session.title)}  {place} of {total}", style="bold")
        self.console.rule(title, align="left")
        self.console.print(drawn(question.prompt), "")
        for i, option in enumerate(question.options):
            self.console.print(_lettered(f"{LETTERS[i]} ", option.text))
        if question.kind is Kind.SEVERAL:
            self.console.print("Choose all that apply.", style="dim")

    def _step(self, session: Session, number: int) -> Session:
        """One line typed: an answer, a command, or neither, and then the question stays."""
        question = session.questions[number]
        try:
            given = self._given(question, session, number)
        except EOFError:
            return session.stop()
        match given:
            case str():
                return self._obey(given, session, number)
            case None:
                return session
        after = session.answer(
            number,
            given,
            AttemptId(str(number)),
            first=not session.practice,
            at=self.now(),
        )
        self._judge(question, after.answers[number])
        return after

    def _given(self, question: Question, session: Session, number: int) -> Given | str | None:
        if question.kind is not Kind.BLANK:
            return self._chosen(question, self._line(self._prompt(question, session, number)))
        filled: list[str] = []
        for i in range(len(question.blanks)):
            gap = f"Gap {i + 1}: " if len(question.blanks) > 1 else ""
            line = self._line(gap + self._prompt(question, session, number))
            if line in COMMANDS:
                return line
            filled.append(line)
        if not all(filled):
            self._say("Type something for each gap.")
            return None
        return Fill(tuple(filled))

    def _line(self, prompt: str) -> str:
        return self.ask(prompt).strip()

    def _prompt(self, question: Question, session: Session, number: int) -> str:
        ways = [HINT] if question.hint and number not in session.hinted else []
        ways += [SKIP] if session.may_skip(number) else []
        if question.kind is Kind.BLANK:
            what = "Fill in"
        else:
            what = f"A to {LETTERS[len(question.options) - 1]}"
        return f"{what} ({', '.join([*ways, STOP])}): "

    def _chosen(self, question: Question, line: str) -> Given | str | None:
        if line in COMMANDS:
            return line
        letters = re.sub(r"[\s,;]|\band\b", "", line).upper()
        known = LETTERS[: len(question.options)]
        if not letters or any(letter not in known for letter in letters):
            self._say(f"Type a letter from A to {known[-1]}, or a command such as {STOP}.")
            return None
        chosen = frozenset(map(known.index, letters))
        if question.kind is Kind.SINGLE and len(chosen) > 1:
            self._say("One letter is enough here: one option is right.")
            return None
        return Choice(chosen)

    def _obey(self, command: str, session: Session, number: int) -> Session:
        if command == STOP:
            return session.stop()
        if command == SKIP:
            if not session.may_skip(number):
                self._say("This one cannot wait any longer.")
            return session.skip(number)
        hint = session.questions[number].hint
        if not hint:
            self._say("There is no hint for this question.")
            return session
        self.console.print(_lettered("💡", hint))
        self._say("With the hint a right answer earns half.")
        return session.take_hint(number)

    def _judge(self, question: Question, answer: Answer) -> None:
        if answer.right:
            earned = f", {answer.points} points" if answer.points else ""
            self.console.print(f"\n{RIGHT} Right{earned}", style="bold green")
        else:
            right = tame(key_words(question))
            self.console.print(
                Text(f"\n{WRONG} Not quite. Right: {right}", style="bold red"), soft_wrap=True
            )
        for row in _reviewed(question, answer.given):
            self.console.print(row)
        if question.explanation:
            self.console.print("", drawn(question.explanation))
        self.console.print()

    def _sum_up(self, session: Session) -> None:
        asked = len(session.answers)
        if not asked:
            self._say("Stopped before the first answer.")
            return
        points = f", {session.points:,} points" if session.points else ""
        self.console.rule("[bold]Result[/bold]", align="left")
        self.console.print(f"🏁 {session.right} of {asked} right{points}", style="bold")
        for number in session.missed:
            stem = _first_line(session.questions[number].stem)
            self.console.print(Text(f"  {session.place(number):>2}  {stem}"))

    def _wants_to_retry(self, session: Session) -> bool:
        missed = len(session.missed)
        what = "the one you missed" if missed == 1 else f"the {missed} you missed"
        try:
            return self.ask(f"Try {what} again? y or n: ").strip().lower() in {"y", "yes"}
        except EOFError:
            return False

    def _say(self, words: str) -> None:
        self.console.print(words, style="dim")


def key_words(question: Question) -> str:
    """The right answer: letters as shown, or what fills the gaps."""
    if question.kind is Kind.BLANK:
        return ", ".join(blank.answers[0] for blank in question.blanks)
    return ", ".join(LETTERS[i] for i in sorted(question.key))


def _reviewed(question: Question, given: Given) -> Iterator[RenderableType]:
    chosen = given.chosen if isinstance(given, Choice) else frozenset()
    for i, option in enumerate(question.options):
        sign = (RIGHT if i in chosen else MISSED) if option.correct else OTHER
        sign = WRONG if i in chosen and not option.correct else sign
        yield _lettered(f"{sign} {LETTERS[i]} ", option.text)
        if option.feedback and i in chosen:
            yield Padding(drawn(option.feedback), (0, 0, 0, 6))


def _lettered(letter: str, text: Prose) -> RenderableType:
    row = in_columns()
    row.add_row(Text(letter, "bold"), drawn(text))
    return row


def _first_line(text: str) -> str:
    line = tame(" ".join(text.split()))
    return line if len(line) <= MOST_SEEN else f"{line[: MOST_SEEN - 1]}…"
