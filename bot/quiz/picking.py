"""Which questions of a quiz a session asks."""

from collections.abc import Callable, Collection, Sequence

from bot.quiz.question import Question, QuestionId

Shuffle = Callable[[list[int]], None]


def pick(
    questions: Sequence[Question],
    count: int,
    answered_before: Collection[QuestionId],
    shuffle: Shuffle,
) -> tuple[Question, ...]:
    """`count` of the questions, those never answered first, drawn blindly within each group.

    They are asked in the author's order, which often builds up. `count` is cut to what is there.
    """
    drawn = list(range(len(questions)))
    shuffle(drawn)
    drawn.sort(key=lambda i: questions[i].id in answered_before)  # a stable sort keeps the draw
    return tuple(questions[i] for i in sorted(drawn[:count]))
