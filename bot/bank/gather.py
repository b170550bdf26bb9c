"""Pages put together to a bank: what must not happen twice is checked here."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from bot.bank.catalogue import Catalogue
from bot.bank.identity import Known, known_elsewhere
from bot.bank.naming import without_quiz
from bot.bank.parser import Page
from bot.bank.problem import Problem, problem
from bot.quiz.question import Place, Question, Quiz, Slug


def gather(pages: Iterable[Page]) -> tuple[Catalogue, tuple[Problem, ...]]:
    """Put pages together; of two that claim the same, the first keeps it."""
    read = tuple(pages)
    known = Known()
    quizzes: dict[Slug, Quiz] = {}
    problems: list[Problem] = []
    for page in read:
        problems += page.problems
        if page.quiz is None:
            continue
        kept = tuple(_kept(page.quiz, known, problems))
        if kept:
            quiz = _with_free_slug(replace(page.quiz, questions=kept), quizzes, problems)
            quizzes[quiz.slug] = quiz
    guides = {page.index.track: page.index for page in reversed(read) if page.index}
    return Catalogue(tuple(quizzes.values()), _track_titles(read), guides), tuple(problems)


def _kept(quiz: Quiz, known: Known, problems: list[Problem]) -> Iterator[Question]:
    for question in quiz:
        keep, found = known_elsewhere(question, known)
        problems += found
        if keep:
            yield question


def _with_free_slug(quiz: Quiz, taken: Mapping[Slug, Quiz], problems: list[Problem]) -> Quiz:
    if quiz.slug not in taken:
        return quiz
    number = 2
    while (slug := Slug(f"{quiz.slug}-{number}")) in taken:
        number += 1
    what = f'{taken[quiz.slug].path} is named "{quiz.slug}" too, so this page is "{slug}".'
    problems.append(problem(Place(quiz.path, 1), "same-slug", what))
    return replace(quiz, slug=slug)


def _track_titles(pages: Iterable[Page]) -> dict[str, str]:
    """Titles that index pages give to their folders."""
    return {str(page.slug): without_quiz(page.title) for page in pages if page.title}
