import pytest

from bot.lint.words import (
    COMMON,
    content_words,
    reading_grade,
    sentences,
    stem,
    syllables,
    text_of,
    words,
)
from bot.quiz.prose import Code, Divider, Listing, Paragraph, Span, Table

SAID = (
    Paragraph(
        (Span("You ran "), Span("git reset", code=True), Span(", and "), Span("not", bold=True))
    ),
    Code("echo hidden"),
    Listing(((Span("first item"),), (Span("second", italic=True),))),
    Table((((Span("cell"),),),)),
    Divider(),
)


def test_code_is_one_word_and_blocks_are_none() -> None:
    assert text_of(SAID) == "You ran code , and not\nfirst item\nsecond\ncell"


def test_emphasis_can_be_left_out() -> None:
    assert text_of(SAID, emphasised=False) == "You ran code , and\nfirst item\ncell"


def test_words_have_letters_only() -> None:
    assert words("Don't use 3 of user_names, étude x86") == [
        *("don't", "use", "of", "user", "names"),
        *("étude", "x"),
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("container", "containers"),
        ("container's", "container"),
        ("policy", "policies"),
        ("restart", "restarted"),
        ("restart", "restarting"),
        ("stop", "stopped"),
        ("cache", "cached"),
        ("cache", "caches"),
        ("class", "classes"),
    ],
)
def test_forms_of_a_word_are_one(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("status", "state"),
        ("ring", "rang"),
        ("bus", "bull"),
        ("access", "accent"),
        ("image", "imam"),
    ],
)
def test_other_words_are_others(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_words_that_every_sentence_has_tell_nothing() -> None:
    found = content_words("Which of these containers should you restart, and why? A pod code")
    assert found == {"container": "containers", "restart": "restart"}
    assert all(word == word.lower() for word in COMMON)


def test_a_line_ends_a_sentence_too() -> None:
    assert sentences("One. Two?\nThree 3.11 more\n--") == ["One", "Two", "Three 3.11 more"]


@pytest.mark.parametrize(
    ("word", "count"),
    [("cat", 1), ("node", 1), ("table", 2), ("cached", 1), ("started", 2), ("image", 2), ("x", 1)],
)
def test_syllables_are_heard(word: str, count: int) -> None:
    assert syllables(word) == count


def test_the_grade_follows_the_formula() -> None:
    """Six words and six syllables in one sentence: 0.39 * 6 + 11.8 * 1 - 15.59."""
    assert reading_grade(["The cat sat on the mat."]) == pytest.approx(-1.45)


def test_long_words_and_long_sentences_raise_the_grade() -> None:
    plain = reading_grade(["The disk is full. What now?"])
    assert reading_grade(["The disk is full and so what do we do now?"]) > plain
    assert reading_grade(["Availability deteriorates considerably. What now?"]) > plain


def test_a_text_without_words_has_no_grade() -> None:
    assert reading_grade(["", "42"]) == 0
