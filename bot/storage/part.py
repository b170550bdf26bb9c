"""What every part of the store has: the server, how long it may take, and the zones it knows."""

from redis.asyncio import Redis

from bot.storage.connection import DEADLINE
from bot.storage.ledger import Ledger


class Part:
    """All methods raise `MemoryAway` within `deadline` seconds when Redis cannot be had."""

    def __init__(self, redis: Redis, deadline: float = DEADLINE) -> None:
        self._redis = redis
        self._deadline = deadline
        self._ledger = Ledger(redis)
