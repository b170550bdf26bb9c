"""A key is corrected while channels play: who notices it, who marks, and what the board tells."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

import pytest

from bot.bank.catalogue import Catalogue
from bot.play.channel_ports import RateLimited
from bot.play.regrading import Regrading, regrade_job
from bot.quiz.board import BoardQuery
from bot.quiz.job import Again, Done, Job, JobKind, Next
from bot.quiz.local_time import DAY
from bot.quiz.player import Player, UserId
from bot.quiz.question import Option, Question, QuestionId, Quiz, Slug
from bot.quiz.regrading import Corrected
from bot.quiz.windows import Kind
from tests.play.game import ACME, MONDAY, SHAPES_ONLY, Game, schedule_of
from tests.play.test_weekly import FRIDAY, Week

JOB: Final = regrade_job(ACME)


def corrected(catalogue: Catalogue = SHAPES_ONLY, *ids: str) -> Catalogue:
    """The bank with all keys, or those of some questions, turned round."""
    return Catalogue(tuple(_turned(quiz, ids) for quiz in catalogue))


def _turned(quiz: Quiz, ids: tuple[str, ...]) -> Quiz:
    questions = (_other(q) if not ids or q.id in ids else q for q in quiz)
    return replace(quiz, questions=tuple(questions))


def _other(question: Question) -> Question:
    """The first of the wrong options is right, and no other."""
    wrong = [i for i in range(len(question.options)) if i not in question.key]
    options = (
        Option(option.text, i == wrong[0], option.feedback)
        for i, option in enumerate(question.options)
    )
    return replace(question, options=tuple(options))


class Corrections(Game):
    """A game whose worker looks at its bank as the running bot does."""

    async def swap(self, bank: Catalogue, before: Catalogue | None = None) -> None:
        was, self.catalogue = self.catalogue, bank
        await self.regrading.note(was if before is None else before, bank)

    @property
    def regrading(self) -> Regrading:
        return Regrading(self.store, self.catalogue, self.hand.now, ACME)

    async def run(self, job: Job) -> Next:
        if job.kind is JobKind.REGRADE:
            return await self.regrading.run(job)
        return await super().run(job)

    async def points(self, *users: str) -> list[int]:
        nobody = Player(ACME, UserId(""))
        board = await self.store.board(nobody, BoardQuery(Kind.ALL), self.hand.now())
        found = {row.placed.row.user: row.placed.row.points for row in board.rows}
        return [found[UserId(user)] for user in users]


@pytest.fixture
async def game(game: Game) -> Corrections:
    playing = Corrections(game.redis)
    await playing.swap(SHAPES_ONLY, Catalogue())
    await playing.save(schedule_of(board_day=4))
    return playing


@pytest.fixture
def week(game: Corrections) -> Week:
    return Week(game)


async def test_a_bank_as_it_was_is_no_reason_for_anything(game: Corrections) -> None:
    await game.swap(SHAPES_ONLY)
    await game.swap(SHAPES_ONLY, Catalogue())
    assert await game.store.regrades(ACME) == {}
    assert await game.store.next_moment(JobKind.REGRADE) is None


async def test_a_corrected_key_moves_the_points_of_a_closed_question(
    game: Corrections, week: Week
) -> None:
    await week.play(0, right="ana ben", wrong="chi")
    assert await game.points("ana", "chi") == [100, 0]
    await game.swap(corrected())
    await game.at("17:01")
    assert await game.points("ana", "ben", "chi") == [0, 0, 100]
    _, tally = await game.kept()
    assert (tally.right, tally.answered) == (2, 3), "the message keeps what it showed"


async def test_a_question_that_is_open_goes_on_by_its_key_and_is_marked_again_later(
    game: Corrections, week: Week
) -> None:
    await week.play(0, right="ana", wrong="chi", closed=False)
    await game.swap(corrected())
    await game.at("17:00")
    assert await game.points("ana", "chi") == [100, 0]
    await game.store.sweep_jobs("w1", game.hand.now())
    await game.at("17:01")
    assert await game.points("ana", "chi") == [0, 100]


async def test_a_key_that_was_corrected_while_nobody_was_at_work_is_noticed(
    game: Corrections, week: Week
) -> None:
    await week.play(0, right="ana")
    await game.swap(corrected(), Catalogue())
    await game.at("17:01")
    assert await game.points("ana") == [0]


async def test_a_lost_job_is_found_by_whoever_looks_for_lost_ones(game: Corrections) -> None:
    await game.swap(corrected())
    moment = game.hand.now()
    await game.store.finish_job(JOB, moment, None)
    assert await game.store.next_moment(JobKind.REGRADE) is None
    await game.store.sweep_jobs("w1", moment)
    assert await game.store.next_moment(JobKind.REGRADE) == moment


async def test_many_answers_are_marked_in_several_runs(game: Corrections, week: Week) -> None:
    await week.play(0, right="ana ben", wrong="chi")
    await week.play(1, right="ana ben", wrong="chi")
    await game.swap(corrected())
    regrading = replace(game.regrading, most=2)
    assert await regrading.run(JOB) == Again(game.hand.now())
    assert len(await game.store.regrades(ACME)) == 2
    assert await regrading.run(JOB) == Again(game.hand.now())
    assert await regrading.run(JOB) == Done()
    assert await game.points("ana", "chi") == [0, 200]


async def test_of_two_pages_with_one_question_the_first_says_what_is_right(
    game: Corrections,
) -> None:
    (page,) = SHAPES_ONLY
    (turned,) = corrected()
    second = replace(turned, slug=Slug("basics/shapes-again"))
    await game.swap(Catalogue((page, second)))
    assert await game.store.regrades(ACME) == {}
    await game.swap(Catalogue((second,)))
    assert set(await game.store.regrades(ACME)) == {QuestionId("sides"), QuestionId("corners")}


async def test_the_next_board_tells_of_it_once(game: Corrections, week: Week) -> None:
    await week.play(0, right="ana ben", wrong="chi")
    occurrence, _ = await game.kept()
    await game.swap(corrected(SHAPES_ONLY, occurrence.question.id))
    await game.at("09:00", FRIDAY)
    await week.run()
    await week.play(7, right="ana")
    await game.at("09:00", FRIDAY + 7 * DAY)
    await week.run()
    first, second = week.wall.hung
    stem = occurrence.question.stem
    assert first.corrected == (Corrected(occurrence.question.id, stem, 3),)
    assert second.corrected == ()


async def test_a_board_that_slack_did_not_take_has_told_nothing(
    game: Corrections, week: Week
) -> None:
    await week.play(0, right="ana")
    await game.swap(corrected())
    await game.at("09:00", FRIDAY)
    week.wall.fates = [RateLimited(timedelta(seconds=7))]
    await week.run()
    await week.run()
    (board,) = week.wall.hung
    assert [each.answers for each in board.corrected] == [1]


async def test_a_question_with_a_wrong_key_was_not_the_hardest(
    game: Corrections, week: Week
) -> None:
    await week.play(0, wrong="ana ben chi")
    await week.play(1, right="ana", wrong="ben chi")
    occurrence, _ = await game.kept()
    await game.swap(corrected(SHAPES_ONLY, occurrence.question.id))
    await game.at("09:00", FRIDAY)
    await week.run()
    (board,) = week.wall.hung
    assert board.hardest is not None
    assert board.hardest.occurrence.day == MONDAY + DAY
