"""All that the lint has to say about a bank: errors, slips of form, and the house rules."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from bot.bank.problem import Problem, is_error, problem
from bot.lint.alike import near_duplicates
from bot.lint.config import Config, Configs
from bot.lint.index_pages import index_problems
from bot.lint.item import CHECKS, Item
from bot.lint.page import PAGE_CHECKS
from bot.lint.rules import UnknownRule, chosen, known
from bot.lint.sheets import Sheet, Sheets, ignored_in
from bot.lint.source import Source
from bot.quiz.question import Place, Question, Quiz

_ALIKE: Final = "near-duplicate"
_UNKNOWN: Final = "unknown-rule"
_NO_SHEET: Final = Sheet()


@dataclass(frozen=True, slots=True)
class _Page:
    quiz: Quiz
    config: Config
    rules: frozenset[str]
    sheet: Sheet

    def source(self, question: Question) -> Source:
        line = question.place.line
        return self.sheet.sources.get(line, Source(line, line))

    def rules_at(self, question: Question) -> frozenset[str]:
        return self.rules - known(ignored_in(self.source(question)))


def lint_sheets(sheets: Sheets, configs: Configs, today: date) -> tuple[Problem, ...]:
    """Everything that is wrong with a bank, in the order of paths and lines.

    Errors are always told; the rest by the configuration of its page, less what the head of
    the page or the tag of the question wants ignored.
    """
    pages = [_page(quiz, sheets, configs) for quiz in sheets.bank.catalogue]
    found = [
        *_of_the_bank(sheets, configs),
        *_unknown_names(sheets, configs),
        *(each for page in pages for each in _of_a_page(page)),
        *(each for page in pages for each in _of_items(page, today)),
        *_alike(pages),
    ]
    return tuple(sorted(found, key=lambda each: (each.path, each.line, each.rule)))


def _page(quiz: Quiz, sheets: Sheets, configs: Configs) -> _Page:
    path = Path(quiz.path)
    config = configs.for_page(path)
    sheet = sheets.by_path.get(quiz.path, _NO_SHEET)
    rules = config.rules_for(path) - known(sheet.ignored)
    return _Page(quiz, config, rules, sheet)


def _of_the_bank(sheets: Sheets, configs: Configs) -> Iterator[Problem]:
    """What was found while the bank was read, and how its pages hang together."""
    for found in (*sheets.bank.problems, *index_problems(sheets.bank.catalogue)):
        path = Path(found.path)
        if is_error(found) or found.rule in configs.for_page(path).rules_for(path):
            sheet = sheets.by_path.get(found.path, _NO_SHEET)
            if is_error(found) or found.rule not in known(sheet.ignored_at(found.line)):
                yield found


def _unknown_names(sheets: Sheets, configs: Configs) -> Iterator[Problem]:
    for path, sheet in sheets.by_path.items():
        if _UNKNOWN not in configs.for_page(Path(path)).rules_for(Path(path)):
            continue
        for line, names in ((1, sheet.ignored), *_tags(sheet)):
            for why in _mistakes(names):
                yield problem(Place(path, line), _UNKNOWN, why)


def _tags(sheet: Sheet) -> Iterator[tuple[int, tuple[str, ...]]]:
    return ((line, ignored_in(source)) for line, source in sheet.sources.items())


def _mistakes(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        try:
            chosen([name])
        except UnknownRule as error:
            yield f"This cannot be ignored: {error}."


def _of_a_page(page: _Page) -> Iterator[Problem]:
    for rule, check in PAGE_CHECKS.items():
        if rule in page.rules:
            for what in check(page.quiz.questions, page.config.limits):
                yield problem(Place(page.quiz.path, 1), rule, what)


def _of_items(page: _Page, today: date) -> Iterator[Problem]:
    for question in page.quiz:
        item = Item(question, page.source(question), today)
        for rule in page.rules_at(question) & CHECKS.keys():
            for found in CHECKS[rule](item, page.config.limits):
                line = found.line or question.place.line
                yield problem(replace(question.place, line=line), rule, found.what)


def _alike(pages: Iterable[_Page]) -> Iterator[Problem]:
    wanted = [
        (question, page.config.limits.near_duplicate.least_likeness)
        for page in pages
        for question in page.quiz
        if _ALIKE in page.rules_at(question)
    ]
    if not wanted:
        return
    least = {question.place: likeness for question, likeness in wanted}
    questions = sorted((q for q, _ in wanted), key=lambda q: (q.place.path, q.place.line))
    for twins in near_duplicates(questions, min(least.values())):
        if twins.likeness >= least[twins.second.place]:
            what = f"This asks nearly the same as {twins.first.place}."
            yield problem(twins.second.place, _ALIKE, what)
