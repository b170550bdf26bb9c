"""Draws the question that a channel is asked next, and says until when it is open."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Final

from bot.bank.shelf import Library
from bot.play.channel_ports import Holidays, Posts
from bot.play.pool import Pool, Pools
from bot.play.ports import Chance, Clock
from bot.quiz.choosing import choose
from bot.quiz.local_time import DAY
from bot.quiz.occurrence import Occurrence, daily_id
from bot.quiz.order import shuffled
from bot.quiz.player import Workspace
from bot.quiz.question import Question, QuestionId, Quiz
from bot.quiz.report import case_of
from bot.quiz.schedule import Schedule
from bot.quiz.timetable import IsWorkday, Post

SHORTEST_BY_HAND: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Drawing:
    store: Posts
    catalogue: Library
    now: Clock
    chance: Chance
    holidays: Holidays
    pools: Pools = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "pools", Pools(self.catalogue))

    def workdays(self, schedule: Schedule) -> IsWorkday:
        """Weekdays, own days off and the country's holidays as one rule."""
        return schedule.timetable.workdays(lambda day: self.holidays(schedule.country, day))

    async def draw(
        self, workspace: Workspace, schedule: Schedule, post: Post, *, by_hand: bool
    ) -> Occurrence | None:
        """The question for a date, drawn and shuffled; None if nothing can be asked."""
        drawn = await self._question(workspace, schedule)
        if drawn is None:
            return None
        quiz, question = drawn
        order = shuffled(question.options, self.chance.shuffle)
        return Occurrence(
            id=daily_id(schedule.channel, post.day),
            channel=schedule.channel,
            day=post.day,
            question=replace(question, options=tuple(question.options[i] for i in order)),
            slug=quiz.slug,
            title=quiz.title,
            planned=post.planned,
            closes=self._closing(schedule, post.day, by_hand=by_hand),
            level=question.level or quiz.level,
            track=quiz.track,
            instant=schedule.instant,
            counts=self.workdays(schedule)(post.day),
        )

    def _closing(self, schedule: Schedule, day: date, *, by_hand: bool) -> datetime:
        """One that is asked by hand near or after the closing time closes a day later."""
        now = self.now()
        closes = schedule.timetable.closing(day, posted=now)
        least = now + SHORTEST_BY_HAND if by_hand else now
        if closes is None or closes < least:
            return schedule.timetable.closing(day + DAY, posted=now) or now + DAY
        return closes

    async def _question(
        self, workspace: Workspace, schedule: Schedule
    ) -> tuple[Quiz, Question] | None:
        bank, pool = self.catalogue.current, self.pools.pool(schedule)
        asked, known = await self.store.asked_before(workspace, schedule.channel)
        found = [bank.question(question) for question in asked]
        levels = [question.level or quiz.level for quiz, question in filter(None, found)]
        facility = {
            question: known[quiz.slug]
            for question, (quiz, _) in pool.items()
            if quiz.slug in known
        }
        questions = [question for _, question in pool.values()]
        out = await self._withheld(workspace, pool)
        chosen = choose(questions, asked, levels, facility, self.chance.shuffle, excluded=out)
        return (pool[chosen.id][0], chosen) if chosen else None

    async def _withheld(self, workspace: Workspace, pool: Pool) -> frozenset[QuestionId]:
        """Those whose version in the bank was reported too often, or taken out by hand."""
        withheld = await self.store.withheld(workspace)
        return frozenset(
            question
            for question, case in withheld.items()
            if question in pool and case_of(pool[question][1]) == case
        )
