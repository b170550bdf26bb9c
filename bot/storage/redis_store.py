"""The store that `play/ports.py` asks for, on Redis or Valkey: every change is one script."""

from bot.quiz.player import Player, Workspace
from bot.quiz.session import AttemptId
from bot.storage import keys
from bot.storage.bank_news import BankNews
from bot.storage.boards import Boards
from bot.storage.connection import in_time
from bot.storage.daily_answers import DailyAnswers
from bot.storage.health import Health
from bot.storage.items import Items
from bot.storage.live import LiveRounds
from bot.storage.members import Members
from bot.storage.people import People
from bot.storage.pictures import Pictures
from bot.storage.posts import Posts
from bot.storage.regrades import Regrades
from bot.storage.reminders import Reminders
from bot.storage.reports import Reports
from bot.storage.schedules import Schedules
from bot.storage.sessions import Sessions
from bot.storage.suggestions import Suggestions
from bot.storage.teams import Teams
from bot.storage.today import Today
from bot.storage.traces import Traces
from bot.storage.weekly import WeeklyBoards


class RedisStore(
    Sessions,
    Boards,
    Teams,
    People,
    Traces,
    Schedules,
    Posts,
    DailyAnswers,
    Today,
    Members,
    Reminders,
    LiveRounds,
    WeeklyBoards,
    BankNews,
    Reports,
    Suggestions,
    Items,
    Regrades,
    Pictures,
    Health,
):
    """Joins the parts, one for each noun, over one connection pool."""

    async def is_there(self) -> bool:
        async with in_time(self._deadline):
            return bool(await self._redis.ping())

    async def claim_welcome(self, player: Player) -> bool:
        """True once for each person. A lost reply means no welcome rather than two."""
        async with in_time(self._deadline):
            return bool(await self._redis.sadd(keys.welcomed(player.workspace), player.user))

    async def claim_event(self, workspace: Workspace, attempt: AttemptId, token: str) -> bool:
        """True for the first delivery of an event. `token` is new for each delivery: it tells
        a command that Redis repeated from an event that Slack repeated.
        """
        key = keys.event(workspace, attempt)
        async with in_time(self._deadline):
            owner = await self._redis.set(key, token, nx=True, get=True, ex=keys.KEEP_ATTEMPT)
        return owner is None or owner == token.encode()
