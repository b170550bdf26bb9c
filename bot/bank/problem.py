"""What an author is told about a page: one list of rules, and a finding that names its line."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypedDict

from bot.quiz.question import Place


class Level(StrEnum):
    """An error costs a question or a page; a warning only looks wrong."""

    ERROR = "error"
    WARNING = "warning"


ERRORS: Final[Mapping[str, str]] = {
    "broken-tag": "Write the opening tag on one line and end it with `>`.",
    "empty-blank": "Write the answer between the brackets: `[[answer]]`.",
    "empty-option": "Write the option's text behind its box.",
    "empty-prompt": "Write the question above the first option.",
    "file-too-big": "Split the page into several smaller ones.",
    "front-matter": "Write plain `name: value` lines between the two `---` lines.",
    "long-blank": "Ask for at most 200 characters, which is what the form takes.",
    "no-answer": "Add options such as `- [x] right` and `- [ ] wrong`, or a blank `[[answer]]`.",
    "no-right-option": "Mark at least one option with `[x]`.",
    "not-utf8": "Save the file as UTF-8.",
    "one-option": "Add at least one more option.",
    "same-id": "Give each question an `id` of its own.",
    "same-option": "Change or remove one of the two equal options.",
    "stray-end": "Remove the `</quiz>`, or add the missing `<quiz>` above it.",
    "too-long": "Shorten the question to at most 16 KB and 1,000 lines.",
    "too-many-blanks": "Ask for at most ten words in one question.",
    "too-many-options": "Keep at most 26 options, one for each letter.",
    "unclosed-comment": "End the comment with `-->`.",
    "unclosed-fence": "Close the code block with a line of its own.",
    "unclosed-quiz": "Add `</quiz>` below the question.",
    "unreadable-file": "Check that the file exists and may be read.",
}

WARNINGS: Final[Mapping[str, str]] = {
    "all-right": "Add a wrong option, or ask something else.",
    "bad-checked": 'Write the day as in `checked="2026-11-23"`.',
    "bad-id": "Use up to 64 letters, digits, dots, hyphens and underscores as `id`.",
    "bad-points": "Write `points` as a whole number from 1 to 100.",
    "dead-link": "Write the path of a page that exists, or remove the link.",
    "deep-box": "Move the box to the start of its line to make it an option.",
    "front-matter-value": "Write one line of text behind the name.",
    "indented-quiz": "Move the `<quiz>` to the start of its line; four spaces make it code.",
    "long-question": "Shorten it to about 9,000, or Slack shows only a part of it.",
    "missing-image": (
        "Put a PNG, JPEG or GIF of at most 5 MB into the folder, or write an https:// address."
    ),
    "no-alt-text": "Say what it shows between its square brackets.",
    "not-in-index": "Add a link to it at its place in the order.",
    "odd-box": "Write `[x]` for a right option and `[ ]` for a wrong one.",
    "odd-character": "Remove the NUL character.",
    "outside-root": "Copy the file into the folder instead of linking to it.",
    "same-question": "Keep the question in one place, or ask it in another way.",
    "same-slug": "Rename one of the two pages.",
    "stray-text": "Move the text above the first option or below the last one.",
    "unknown-attribute": "Write only `id`, `level`, `points`, `checked` or `lint-ignore` in it.",
    "unknown-tag": "Use only `<hint>` inside a question, or write the tag as `code`.",
}

HOUSE_RULES: Final[Mapping[str, str]] = {
    "absolute-word": "Say how often or how much, or put such a word into the right option too.",
    "all-of-the-above": "Ask for several right options instead, or ask for one fact.",
    "echoed-word": "Say it in another word, or use the same one in the other options.",
    "few-options": "Add a wrong option that somebody would believe.",
    "grammar-clue": "Write the article into the options: `an index`, `a view`.",
    "hard-to-read": "Cut long sentences in two and take shorter words.",
    "long-option": "Leave the reasons to the explanation.",
    "long-right-option": "Shorten it, or give the others as much detail.",
    "long-stem": "Leave out what is not needed to answer.",
    "longest-right": "Write wrong options with as much detail as right ones.",
    "near-duplicate": "Ask for something else, or keep only one of the two.",
    "no-checked": 'Add the day on which you compared it with its source: `checked="2026-11-23"`.',
    "no-explanation": "Say below the options why the right one is right.",
    "no-feedback": "Tell below a tempting option, behind `>`, why it is wrong.",
    "no-id": "Add an `id`, so that the question can be reworded; `quizbot lint --fix` does it.",
    "no-source": "Link to the primary source in the explanation: `[name](https://…)`.",
    "none-of-the-above": "Write one more wrong option that somebody would believe.",
    "position-bias": "Put the right options evenly at all places.",
    "stale-check": "Compare the claims with the source again and write the new day.",
    "uneven-options": "Write options of about the same length.",
    "unknown-rule": "Name rules that `docs/lint.md` has.",
    "unmarked-negation": "Write the negation in bold, or ask for what is true.",
    "untidy-box": "Write `- [x]` or `- [ ]`; `quizbot lint --fix` does it.",
}
"""Weaknesses of a question that can be asked all the same; the checks are in `bot.lint`."""

RULES: Final[Mapping[str, str]] = {**ERRORS, **WARNINGS, **HOUSE_RULES}
"""Each rule by its name, with one sentence on what to do about it."""


class ProblemDict(TypedDict):
    path: str
    line: int
    level: str
    rule: str
    message: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Lines count from 1; `rule` is a name in `RULES`."""

    path: str
    line: int
    level: Level
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.level}[{self.rule}] {self.message}"

    def to_dict(self) -> ProblemDict:
        return {
            "path": self.path,
            "line": self.line,
            "level": self.level.value,
            "rule": self.rule,
            "message": self.message,
        }


def problem(place: Place, rule: str, what: str = "") -> Problem:
    """Say what is wrong, then what to do about it; the rule decides the level."""
    advice = RULES[rule]
    message = f"{what} {advice}" if what else advice
    level = Level.ERROR if rule in ERRORS else Level.WARNING
    return Problem(place.path, place.line, level, rule, message)


def is_error(found: Problem) -> bool:
    return found.level is Level.ERROR
