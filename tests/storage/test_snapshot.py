import json
import zlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, strategies as st

from bot.quiz.prose import prose
from bot.quiz.question import Option, Question, QuestionId
from bot.storage.snapshot import milliseconds, pack_question, unpack_question


@given(st.datetimes(datetime(2020, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001  hypothesis adds the zone
def test_moments_are_kept_to_the_millisecond(moment: datetime) -> None:
    kept_moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds(moment))
    assert timedelta(0) <= moment - kept_moment < timedelta(milliseconds=1)


QUESTION = Question(
    QuestionId("q"),
    prose("Which?"),
    (Option(prose("a"), correct=True), Option(prose("b"), correct=False)),
)


def test_a_question_comes_back_with_its_day_of_checking() -> None:
    checked = replace(QUESTION, checked=date(2026, 11, 23))
    assert unpack_question(pack_question(checked)) == checked


def test_a_question_that_was_kept_before_there_was_such_a_day_is_read() -> None:
    fields = json.loads(zlib.decompress(pack_question(QUESTION)))
    del fields["checked"]
    assert unpack_question(zlib.compress(json.dumps(fields).encode())) == QUESTION
