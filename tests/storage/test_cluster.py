import pytest
from redis.exceptions import ClusterCrossSlotError

from bot.storage.connection import open_redis


async def test_a_cluster_refuses_what_one_server_allows(cluster: str) -> None:
    """The proof that the other tests would notice keys in different slots."""
    async with open_redis(cluster) as client:
        with pytest.raises(ClusterCrossSlotError):
            await client.eval("return 1", 2, "{T1}:one", "{T2}:two")
