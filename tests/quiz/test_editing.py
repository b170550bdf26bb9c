"""The address at which a question is changed."""

import pytest

from bot.quiz.editing import EditLinks, pattern_mistake
from bot.quiz.question import Place

PLACE = Place("/srv/bank/git/so what?.md", 42, "git/so what?.md")


@pytest.mark.parametrize(
    ("pattern", "address"),
    [
        ("https://x.example/edit/{path}", "https://x.example/edit/git/so%20what%3F.md"),
        ("https://x.example/{path}#L{line}", "https://x.example/git/so%20what%3F.md#L42"),
        ("https://x.example/{folder}/{path}", "https://x.example/bank/git/so%20what%3F.md"),
        ("", ""),
    ],
)
def test_a_pattern_becomes_an_address(pattern: str, address: str) -> None:
    assert EditLinks(pattern).of(PLACE) == address
    assert not pattern or not pattern_mistake(pattern)


def test_a_question_that_came_from_nowhere_has_no_address() -> None:
    assert EditLinks("https://x.example/{path}").of(Place("page.md", 3)) == ""


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("https://x.example/{file}", "not {file}"),
        ("https://x.example/{path", "a brace without its partner"),
        ("https://x.example/", "must say where the file goes"),
        ("x.example/{path}", "must be an address"),
        ("javascript:{path}", "must be an address"),
        ("https://x.example/a b/{path}", "must be an address"),
        ("https://[x.example/{path}", "must be an address"),
    ],
)
def test_a_wrong_pattern_is_named(pattern: str, words: str) -> None:
    assert words in pattern_mistake(pattern)


def test_the_folder_is_the_one_that_the_path_is_below() -> None:
    assert PLACE.folder == "bank"
    assert Place("C:\\bank\\git\\a.md", 1, "git/a.md").folder == "bank"
    assert Place("page.md", 1).folder == ""
