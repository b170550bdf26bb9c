"""Answers of the Open Trivia DB in each of its encodings."""

import base64
import json
from collections.abc import Callable
from html import escape
from urllib.parse import quote, quote_plus

import pytest

from bot.exchange.opentdb import read_opentdb
from bot.exchange.pieces import Refusal
from bot.quiz.prose import plain

ASKED = 'Is "a" < b & c? 100 % sure'
FIELDS: dict[str, str | list[str]] = {
    "category": "Science",
    "type": "multiple",
    "difficulty": "hard",
    "question": ASKED,
    "correct_answer": "Mary's",
    "incorrect_answers": ["Ada's", "Zoe's"],
}


def encoded(encode: Callable[[str], str]) -> str:
    result = {
        name: [encode(each) for each in value] if isinstance(value, list) else encode(value)
        for name, value in FIELDS.items()
    }
    return json.dumps({"response_code": 0, "results": [result]})


def in_base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def in_percent(text: str) -> str:
    return quote(text, safe="")


@pytest.mark.parametrize("encode", [escape, in_base64, in_percent], ids=lambda f: f.__name__)
def test_every_encoding_gives_the_same_question(encode: Callable[[str], str]) -> None:
    imported = read_opentdb(encoded(encode))
    (question,) = imported.questions
    assert plain(question.prompt) == ASKED
    assert [plain(option.text) for option in question.options] == ["Ada's", "Mary's", "Zoe's"]
    assert question.key == {1}
    assert question.level == "hard"
    assert "CC BY-SA" in imported.note


def test_true_comes_before_false() -> None:
    result = FIELDS | {"type": "boolean", "correct_answer": "False", "incorrect_answers": ["True"]}
    (question,) = read_opentdb(json.dumps({"results": [result]})).questions
    assert [plain(option.text) for option in question.options] == ["True", "False"]
    assert question.key == {1}


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"type": "essay"}, "its type is essay"),
        ({"question": ""}, "it has no question"),
        ({"correct_answer": None}, "it has no correct_answer"),
        ({"incorrect_answers": "b"}, "it has no list"),
    ],
)
def test_a_question_that_lacks_something_is_left_out(change: dict[str, object], why: str) -> None:
    imported = read_opentdb(json.dumps({"results": [FIELDS | change, FIELDS]}))
    assert len(imported.questions) == 1
    (left_out,) = imported.left_out
    assert left_out.where == "question 1"
    assert why in left_out.why


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"results": 3}', "[" * 100_000, json.dumps({"results": [1] * 6_000})]
)
def test_other_json_is_refused(text: str) -> None:
    with pytest.raises(Refusal):
        read_opentdb(text)


def test_a_plus_in_an_old_encoding_is_a_space() -> None:
    assert quote_plus("a b") == "a+b"  # the API's "urlLegacy" writes it so
    imported = read_opentdb(encoded(quote_plus))
    assert [plain(question.prompt) for question in imported.questions] == [ASKED]
