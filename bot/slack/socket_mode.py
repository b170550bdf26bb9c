"""Socket Mode: one connection to Slack, watched, with every envelope tracked until it is acked."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Final

import structlog
from slack_bolt.adapter.socket_mode.async_internals import (
    run_async_bolt_app,
    send_async_response,
)
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.background import Background

log = structlog.get_logger(__name__)

PING: Final = 10.0
PATIENCE: Final = 60.0
"""Seconds without a live connection after which the whole client is built anew."""
REBUILDS: Final = 5
"""In a row, without a live connection between: then the process ends, to be started afresh."""
Sleep = Callable[[float], Awaitable[None]]


class SocketLost(Exception):
    """The connection could not be brought back; a supervisor should start the process again."""


class SocketMode:
    """The client of the SDK reconnects by itself, but has been seen to stay dead: so we watch.

    `client` talks to Slack's Web API; the connection's address comes from there.
    """

    def __init__(
        self,
        app: AsyncApp,
        app_token: str,
        client: AsyncWebClient,
        background: Background,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._app = app
        self._app_token = app_token
        self._web = client
        self._background = background
        self._sleep = sleep
        self._client: SocketModeClient | None = None
        self._connecting: asyncio.Task[None] | None = None

    async def is_connected(self) -> bool:
        return self._client is not None and await self._client.is_connected()

    @asynccontextmanager
    async def running(self) -> AsyncIterator["SocketMode"]:
        """Connecting, then connected, until the block is left."""
        self._connect()
        try:
            yield self
        finally:
            await self._disconnect()

    async def watch(self) -> None:
        """Rebuild the client when it stays dead; raise `SocketLost` when that does not help."""
        dead = 0.0
        rebuilt = 0
        while True:
            await self._sleep(PING)
            if await self.is_connected():
                dead, rebuilt = 0.0, 0
                continue
            dead += PING
            if dead < PATIENCE:
                continue
            if rebuilt == REBUILDS:
                raise SocketLost
            rebuilt += 1
            dead = 0.0
            log.warning("socket is dead, building it anew", attempt=rebuilt)
            await self._disconnect()
            self._connect()

    def _connect(self) -> None:
        """The client tries again and again by itself, so this does not wait for it."""
        client = SocketModeClient(
            app_token=self._app_token,
            web_client=self._web,
            ping_interval=PING,
            logger=_quiet_logger(),
        )
        client.socket_mode_request_listeners.append(self._receive)
        self._client = client
        self._connecting = asyncio.create_task(client.connect())  # type: ignore[no-untyped-call]  # the SDK's

    async def _disconnect(self) -> None:
        client, self._client = self._client, None
        if self._connecting:
            self._connecting.cancel()
        if client:
            await client.close()  # type: ignore[no-untyped-call]  # the SDK's
            client.message_processor.cancel()

    async def _receive(
        self, client: AsyncBaseSocketModeClient, request: SocketModeRequest
    ) -> None:
        await self._background.start(self._answer(client, request), "envelope")

    async def _answer(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        started = asyncio.get_running_loop().time()
        response = await run_async_bolt_app(self._app, request)
        await send_async_response(client, request, response, started)


def _quiet_logger() -> logging.Logger:
    """At DEBUG the SDK prints whole payloads, with their response_urls."""
    logger = logging.getLogger("slack_sdk.socket_mode")
    logger.setLevel(max(logging.INFO, logging.getLogger().level))
    return logger
