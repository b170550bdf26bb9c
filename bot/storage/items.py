"""What first answers say about questions, in Redis: counted by `earn.lua`, in the same step that
decides that an answer is the first.

A hash for each version of a question: `answered`, `right`, `p:NAME` for each option by its name;
and over those with a few answers before: `n`, and the sums `x` of being right, `y` of their share
of right answers before in thousandths, `yy` and `xy`.
"""

from typing import Final

from bot.quiz.item import ItemFigures, correlation, pick_name
from bot.quiz.player import Workspace
from bot.quiz.question import Question
from bot.quiz.report import case_of
from bot.storage import keys
from bot.storage.connection import in_time
from bot.storage.part import Part
from bot.storage.wire import text

SUMS: Final = ("n", "x", "y", "yy", "xy")


class Items(Part):
    async def item(self, workspace: Workspace, question: Question) -> ItemFigures:
        """Picks are in the order of the options of this question."""
        async with in_time(self._deadline):
            found = await self._redis.hgetall(keys.item(workspace, case_of(question)))
        counts = {text(name): int(value) for name, value in found.items()}
        return ItemFigures(
            answered=counts.get("answered", 0),
            right=counts.get("right", 0),
            picks=tuple(counts.get(f"p:{pick_name(o)}", 0) for o in question.options),
            discrimination=correlation(*(counts.get(name, 0) for name in SUMS)),
        )
