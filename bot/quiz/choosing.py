"""Which question a channel gets next."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from bot.quiz.picking import Shuffle
from bot.quiz.question import Question, QuestionId

PRIOR_ANSWERS: Final = 8
"""How many average answers are added to what is known of a question: after eight answers of its
own it is judged half by them, and one unlucky answer makes nobody weak."""

BANDS: Final = 10
"""Questions count as equally hard when their share of right answers is in the same tenth."""


def choose(
    pool: Sequence[Question],
    asked: Sequence[QuestionId],
    recent_levels: Sequence[str],
    facility: Mapping[QuestionId, tuple[int, int]],
    shuffle: Shuffle,
    *,
    excluded: Collection[QuestionId] = (),
) -> Question | None:
    """The next question of a channel, or None if all of the pool is `excluded`.

    `asked` and `recent_levels` tell what the channel was asked, oldest first; a question that is
    not in `asked` is new to it. `facility` has (right, all) first answers of the channel's people,
    of the question itself or of its quiz. The rules, the stronger first:

    1. New questions come before those asked once, so nothing repeats until the pool is used up.
    2. No level comes a third time in a row while rule 1 leaves another one.
    3. Of questions that were asked, the one asked the longest ago.
    4. Of new ones, those that people know least: the share of right answers, shrunk towards
       the mean of all by `PRIOR_ANSWERS` and cut to tenths. Unknown questions are at the mean.
    5. Chance: `shuffle` gets a list of places to shuffle.
    """
    allowed = [question for question in pool if question.id not in excluded]
    last_asked = {question: turn for turn, question in enumerate(asked)}
    left = _of_another_level(
        [question for question in allowed if question.id not in last_asked] or allowed,
        recent_levels,
    )
    if not left:
        return None
    if left[0].id in last_asked:
        return min(left, key=lambda question: last_asked[question.id])
    order = list(range(len(left)))
    shuffle(order)
    hardness = _bands(left, facility)
    return left[min(order, key=lambda place: hardness[left[place].id])]


def _of_another_level(left: list[Question], recent_levels: Sequence[str]) -> list[Question]:
    last_two = tuple(recent_levels[-2:])
    others = [question for question in left if last_two != (question.level, question.level)]
    return others or left


def _bands(
    left: Sequence[Question], facility: Mapping[QuestionId, tuple[int, int]]
) -> dict[QuestionId, int]:
    """In whole numbers, so that no rounding decides between two questions."""
    known = [facility[question.id] for question in left if question.id in facility]
    right = sum(right for right, _ in known)
    answers = sum(answers for _, answers in known)
    if not answers:
        right, answers = 1, 2
    bands = {}
    for question in left:
        own_right, own_answers = facility.get(question.id, (0, 0))
        expected = own_right * answers + PRIOR_ANSWERS * right
        bands[question.id] = BANDS * expected // ((own_answers + PRIOR_ANSWERS) * answers)
    return bands
