"""A server in cluster mode, for promises that must hold there too."""

from collections.abc import AsyncIterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest_asyncio

from tests.storage.cluster import cluster_server


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def cluster() -> AsyncIterator[str]:
    with TemporaryDirectory(prefix="quiz-") as folder:
        async with cluster_server(Path(folder)) as url:
            yield url
