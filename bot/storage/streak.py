"""How a person's own streak lies in Redis: four numbers that `streak.lua` reads and writes."""

from bot.quiz.streaks import Streak
from bot.storage.ledger import day_of
from bot.storage.wire import text


def unpack_streak(packed: bytes | str | None) -> Streak:
    if not packed:
        return Streak()
    length, best, last, repaired = map(int, text(packed).split(":"))
    return Streak(length, best, day_of(last), day_of(repaired))
