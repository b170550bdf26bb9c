"""Who hears of a broken page: the channel for it, else the people, each of them once."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

import pytest

from bot.play.bank_news import BankNews, Recipient
from bot.play.channel_ports import Delivery, Posted, RateLimited, Refused, Unknown
from bot.quiz.people import WorkspaceSettings
from bot.quiz.player import ChannelId, UserId, Workspace
from bot.quiz.trouble import BankTrouble
from tests.play.game import ACME, OWNER, Game, schedule_of

LAG: Final = timedelta(minutes=10)
BROKEN: Final = BankTrouble(kept=("a.md",), errors=("a.md:1: wrong",))
WELL: Final = BankTrouble()
REVIEW: Final = ChannelId("C9")


@dataclass
class Letters:
    """A `NewsChat`: what reached whom. `fates` are of the next ones."""

    fates: list[Delivery] = field(default_factory=list)
    reached: list[tuple[str, bool]] = field(default_factory=list)

    async def tell_bank(
        self, workspace: Workspace, to: Recipient, trouble: BankTrouble
    ) -> Delivery:
        assert workspace == ACME
        delivery = self.fates.pop(0) if self.fates else Posted("1.1")
        if isinstance(delivery, Posted | Unknown):
            self.reached.append((to, bool(trouble)))
        return delivery


@pytest.fixture
def letters() -> Letters:
    return Letters()


def worker(game: Game, letters: Letters) -> BankNews:
    return BankNews(game.store, letters, game.hand.now, game.hand, ACME, LAG)


async def test_the_channel_for_reports_hears_of_it(game: Game, letters: Letters) -> None:
    await game.store.decide(ACME, WorkspaceSettings(review=REVIEW, allowed=frozenset({OWNER})))
    for _ in range(2):
        assert await worker(game, letters).tell(BROKEN)
    assert letters.reached == [(REVIEW, True)]


async def test_without_a_channel_those_hear_of_it_who_look_after_questions(
    game: Game, letters: Letters
) -> None:
    await game.save(schedule_of())
    await game.save(schedule_of(ChannelId("C2")))
    await game.store.decide(ACME, WorkspaceSettings(allowed=frozenset({UserId("U8"), OWNER})))
    await worker(game, letters).tell(BROKEN)
    assert sorted(letters.reached) == sorted({(OWNER, True), ("U8", True)})


async def test_where_nobody_looks_after_questions_nobody_hears(
    game: Game, letters: Letters
) -> None:
    assert await worker(game, letters).tell(BROKEN)
    assert letters.reached == []


async def test_all_workers_together_tell_it_once_and_that_all_is_well_once(
    game: Game, letters: Letters
) -> None:
    await game.store.decide(ACME, WorkspaceSettings(review=REVIEW))
    for trouble in (BROKEN, WELL):
        for _ in range(3):
            assert await worker(game, letters).tell(trouble)
    assert letters.reached == [(REVIEW, True), (REVIEW, False)]


@pytest.mark.parametrize("lost", [Unknown(), Refused("channel_not_found")])
async def test_what_may_have_arrived_or_never_will_is_not_repeated(
    game: Game, letters: Letters, lost: Delivery
) -> None:
    await game.store.decide(ACME, WorkspaceSettings(review=REVIEW))
    letters.fates = [lost]
    for _ in range(2):
        assert await worker(game, letters).tell(BROKEN)
    assert len(letters.reached) <= 1


async def test_what_slack_had_no_room_for_is_told_later(game: Game, letters: Letters) -> None:
    await game.store.decide(ACME, WorkspaceSettings(allowed=frozenset({UserId("U8"), OWNER})))
    letters.fates = [RateLimited(timedelta(seconds=3))]
    assert not await worker(game, letters).tell(BROKEN)
    assert len(letters.reached) == 1
    assert await worker(game, letters).tell(BROKEN)
    assert sorted(letters.reached) == sorted({(OWNER, True), ("U8", True)})


def test_trouble_has_one_name_whatever_the_words_about_the_network() -> None:
    first, second = (BankTrouble(("a.md",), (), words) for words in ("timed out", "refused"))
    assert first.name == second.name
    others = {BankTrouble(("a.md",)).name, BROKEN.name, BankTrouble((), ("a.md",)).name, WELL.name}
    assert len({first.name, *others}) == 5
    assert WELL.name == ""
