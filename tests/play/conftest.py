"""A game on a real server."""

import pytest
from redis.asyncio import Redis

from tests.play.game import Game


@pytest.fixture
def game(redis: Redis) -> Game:
    return Game(redis)
