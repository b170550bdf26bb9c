"""Whatever crashes, is lost, comes twice or late, with one to four workers: no question is posted
twice, no answer is lost or counted twice, each question is closed once, and edits keep to Slack's
limits.

`STORMS` is how many storms there are; each is thirty channels in a few days. The usual few take
some seconds; `STORMS=1000` is for a machine with nothing else to do.
"""

import os
from collections import Counter, defaultdict
from datetime import timedelta
from itertools import pairwise
from typing import Final

from hypothesis import HealthCheck, Phase, given, settings, strategies as st
from redis.asyncio import Redis

from bot.quiz.board import WORKSPACE
from bot.quiz.occurrence import OccurrenceState, Tally
from bot.quiz.player import Player
from bot.quiz.session import Choice
from bot.storage import keys
from bot.storage.connection import open_redis
from tests.play.storm import Storm, Trouble

STORMS: Final = int(os.environ.get("STORMS", "8"))
MINUTE: Final = timedelta(minutes=1)

troubles = st.builds(
    Trouble,
    slack=st.sampled_from((0.0, 0.1, 0.4)),
    redis=st.sampled_from((0.0, 0.02, 0.1)),
    deaths=st.sampled_from((0.0, 0.2, 0.5)),
    jumps=st.sampled_from((0.0, 0.0, 0.1)),
)


@settings(
    max_examples=STORMS,
    deadline=None,
    database=None,
    phases=(Phase.generate,),  # a seed does not shrink
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(seed=st.integers(0, 2**32), workers=st.integers(1, 4), trouble=troubles)
async def test_whatever_happens_it_is_asked_answered_and_closed_once(
    valkey: str, seed: int, workers: int, trouble: Trouble
) -> None:
    async with open_redis(valkey) as redis:
        await redis.flushall()
        storm = Storm(redis, seed, workers, trouble)
        await storm.blow()
        nothing_was_posted_twice(storm)
        await everything_is_closed(storm)
        await every_answer_counts_once(storm)
        await points_are_those_of_first_answers(storm, redis)
        if not trouble.jumps:
            edits_keep_to_the_limits(storm)


def nothing_was_posted_twice(storm: Storm) -> None:
    """Neither a question nor a result as a message of its own."""
    made = Counter(
        (seen.team, seen.occurrence.id, ts in storm.channels.questions)
        for ts, seen in storm.channels.messages.items()
    )
    assert set(made.values()) <= {1}, made


async def everything_is_closed(storm: Storm) -> None:
    """What was or may have been posted shows its result: in its message, where that is known."""
    for _, occurrence in await storm.occurrences():
        assert occurrence.state in {OccurrenceState.CLOSED, OccurrenceState.REFUSED}
        if occurrence.posted:
            assert storm.channels.messages[occurrence.posted].shows == "result"


async def every_answer_counts_once(storm: Storm) -> None:
    for team, occurrence in await storm.occurrences():
        given = await storm.store.answers(team, occurrence)
        found = await storm.store.occurrence(team, occurrence.id)
        assert found
        chosen = Counter(
            option
            for each in given
            if isinstance(each.answer.given, Choice)
            for option in each.answer.given.chosen
        )
        options = range(len(occurrence.question.options))
        right = sum(each.answer.right for each in given)
        assert found[1] == Tally(len(given), right, tuple(chosen[n] for n in options))
        assert all(each.earned for each in given)
        stands = {each.user: each.answer for each in given}
        for player, about, outcome, attempt in storm.acknowledged:
            if (player.workspace, about.id) == (team, occurrence.id):
                kept = stands[player.user]
                assert outcome.answer.given == kept.given
                assert outcome.again == (kept.attempt != attempt)


async def points_are_those_of_first_answers(storm: Storm, redis: Redis) -> None:
    """Every question counts once for a person, in whatever channel and on whatever day."""
    answered: dict[Player, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    earned: Counter[Player] = Counter()
    for team, occurrence in await storm.occurrences():
        for each in await storm.store.answers(team, occurrence):
            player = Player(team, each.user)
            worth = occurrence.question.worth if each.answer.right else 0
            answered[player][occurrence.question.id].add(worth)
            earned[player] += each.answer.points
    for player, questions in answered.items():
        progress = await storm.store.progress(player)
        assert progress.answered == len(questions)
        assert progress.points == earned[player]
        possible = [min(worths) for worths in questions.values()]
        assert sum(possible) <= earned[player] <= sum(map(max, questions.values()))
        board = keys.board(player.workspace, f"all:{WORKSPACE}:")
        assert await redis.zscore(board, player.user) == earned[player]


def edits_keep_to_the_limits(storm: Storm) -> None:
    moments = defaultdict(list)
    for at, name, occurrence_id in storm.channels.counts:
        moments[name, occurrence_id].append(at)
    for each in moments.values():
        assert all(b - a >= timedelta(seconds=5) for a, b in pairwise(each))
    for team in storm.teams:
        edits = [at for at, of in storm.channels.edits if of == team.team]
        assert all(sum(a <= b < a + MINUTE for b in edits) <= 40 for a in edits)
