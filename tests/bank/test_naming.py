from pathlib import PurePosixPath

import pytest

from bot.bank.naming import (
    clean_slug,
    level_of,
    natural,
    one_line,
    pretty,
    slug_of,
    track_of,
    without_quiz,
)
from bot.quiz.question import Slug


@pytest.mark.parametrize(
    ("path", "slug"),
    [
        ("aws/ml-engineer/intermediate.md", "aws/ml-engineer/intermediate"),
        ("aws/index.md", "aws"),
        ("aws/README.md", "aws"),
        ("Data stores/Level 1.markdown", "Data-stores/Level-1"),
        ("a_b/c.d.md", "a_b/c-d"),
        ("größe/数.md", "größe/数"),
        ("../x.md", "x"),
        ("index.md", "quiz"),
        ("!!.md", "quiz"),
    ],
)
def test_a_slug_is_the_path(path: str, slug: str) -> None:
    assert slug_of(PurePosixPath(path)) == slug


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("  A \n B", "A B"),
        ("\u202egnp.exe\u202c", "gnp.exe"),
        ("\u2066a\u2067b\u2068c\u2069\u200e\u200f\u061c", "abc"),
        ("\u202a \u202b \u202d", ""),
        ("שלום 🚀\u200d", "שלום 🚀\u200d"),
    ],
)
def test_a_name_is_one_line_in_one_direction(text: str, wanted: str) -> None:
    assert one_line(text) == wanted


def test_a_slug_made_of_a_slug_is_the_same() -> None:
    assert clean_slug("aws/ml-engineer") == "aws/ml-engineer"
    assert clean_slug(" / a  b//-c-/ ") == "a-b/c"


def test_the_track_is_the_folder() -> None:
    assert track_of(Slug("aws/ml-engineer/intermediate")) == "aws/ml-engineer"
    assert track_of(Slug("git")) == ""


@pytest.mark.parametrize(
    ("slug", "level"),
    [
        ("git/Basics", "basics"),
        ("git/02-advanced", "advanced"),
        ("git/hooks", ""),
        ("expert", "expert"),
    ],
)
def test_the_level_is_the_last_name_if_it_is_one(slug: str, level: str) -> None:
    assert level_of(Slug(slug)) == level


def test_numbers_count_in_names() -> None:
    names = ["part-10", "part-9", "part", "Part-09a", "part-1-2", f"part-{'9' * 5000}"]
    assert sorted(names, key=natural) == [
        "part",
        "part-1-2",
        "part-9",
        "Part-09a",
        "part-10",
        names[5],
    ]


@pytest.mark.parametrize(
    ("slug", "title"),
    [
        ("aws/ml-engineer", "AWS ML engineer"),
        ("docker/basics", "Docker basics"),
        ("ci-cd_with-github", "CI CD with GitHub"),
        ("shell", "Shell"),
        ("aws/devops", "AWS DevOps"),
        ("", "Quiz"),
    ],
)
def test_a_slug_is_turned_into_words(slug: str, title: str) -> None:
    assert pretty(slug) == title


@pytest.mark.parametrize(
    ("title", "shorter"),
    [
        ("Docker Quiz", "Docker"),
        ("Git - Quizzes", "Git"),
        ("Quiz", "Quiz"),
        ("Quiz night", "Quiz night"),
        ("  Quiz", "Quiz"),
    ],
)
def test_the_word_quiz_adds_nothing_to_a_track(title: str, shorter: str) -> None:
    assert without_quiz(title).strip() == shorter
