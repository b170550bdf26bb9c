"""Questions of the Open Trivia DB, as its API gives them: JSON with texts in an encoding."""

import base64
import binascii
import html
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final
from urllib.parse import unquote

from bot.exchange.pieces import Imported, LeftOut, Refusal, Unusable
from bot.quiz.prose import prose
from bot.quiz.question import Option, Question, QuestionId

KINDS: Final = ("multiple", "boolean")
NOTE: Final = "Questions of the Open Trivia Database, opentdb.com, under CC BY-SA 4.0."
MOST_RESULTS: Final = 5_000

Decode = Callable[[str], str]


def read_opentdb(text: str) -> Imported:
    """Read an answer of the API in any of its encodings. Raises Refusal."""
    try:
        answer = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Refusal("it is no JSON that can be read") from error
    results = answer.get("results") if isinstance(answer, dict) else None
    if not isinstance(results, list):
        raise Refusal('it has no "results", so it is no answer of the Open Trivia DB')
    if len(results) > MOST_RESULTS:
        raise Refusal(f"it has more than {MOST_RESULTS:,} questions; split it")
    decode = _decoder(results)
    questions: list[Question] = []
    left_out: list[LeftOut] = []
    for number, result in enumerate(results, 1):
        try:
            questions.append(_question(result, decode))
        except Unusable as error:
            left_out.append(LeftOut(f"question {number}", str(error)))
    return Imported(tuple(questions), tuple(left_out), note=NOTE)


def _question(result: object, decode: Decode) -> Question:
    if not isinstance(result, dict):
        raise Unusable("it is no object")
    kind = decode(_string(result, "type"))
    if kind not in KINDS:
        raise Unusable(f"its type is {kind[:20]}, not multiple or boolean")
    wrong = result.get("incorrect_answers")
    if not isinstance(wrong, list) or not all(isinstance(text, str) for text in wrong):
        raise Unusable("it has no list of incorrect_answers")
    right = decode(_string(result, "correct_answer"))
    return Question(
        QuestionId(""),
        prose(decode(_string(result, "question"))),
        tuple(_options(right, [decode(text) for text in wrong])),
        level=decode(str(result.get("difficulty", ""))),
    )


def _string(result: Mapping[str, Any], name: str) -> str:
    value = result.get(name)
    if not isinstance(value, str) or not value:
        raise Unusable(f"it has no {name}")
    return value


def _decoder(results: Iterable[object]) -> Decode:
    """Tell the encoding of an answer: by its types, whose two words are known, and by spaces,
    which no percent encoding leaves as they are.
    """
    texts = [result for result in results if isinstance(result, dict)]
    kinds = {str(result.get("type")) for result in texts}
    if not kinds & set(KINDS) and {_base64(kind) for kind in kinds} & set(KINDS):
        return _base64
    asked = " ".join(str(result.get("question")) for result in texts)
    is_spaced = any(" " in str(result.get("question")) for result in texts)
    return _percent if not is_spaced and ("%" in asked or "+" in asked) else html.unescape


def _percent(text: str) -> str:
    """A plus of the old encoding is a space; one that means itself is `%2B` in both."""
    return unquote(text.replace("+", " "))


def _base64(text: str) -> str:
    try:
        return base64.b64decode(text, validate=True).decode()
    except (binascii.Error, ValueError):
        return text


def _options(right: str, wrong: list[str]) -> Iterator[Option]:
    """In the order of the alphabet, so that the place tells nothing; True before False."""
    if {right, *wrong} == {"True", "False"}:
        yield Option(prose("True"), right == "True")
        yield Option(prose("False"), right == "False")
        return
    for text in sorted([right, *wrong], key=str.casefold):
        yield Option(prose(text), text == right)
