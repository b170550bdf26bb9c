"""Slack's side of Socket Mode: connected bots, envelopes to them in turn, acks from them."""

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType
from aiohttp.web import WebSocketResponse

from bot.sandbox.people import APP_ID


@dataclass
class _Link:
    socket: WebSocketResponse
    waiting: dict[str, asyncio.Future[object]] = field(default_factory=dict)


class Links:
    """The open connections of the bot; true while there is one."""

    def __init__(self, token: Callable[[], str], changed: Callable[[], None]) -> None:
        self._token = token
        self._changed = changed
        self._links: list[_Link] = []  # those whose turn comes
        self._open: list[_Link] = []
        self._tickets: set[str] = set()

    def __len__(self) -> int:
        return len(self._links)

    def ticket(self) -> str:
        """A password for one connection."""
        ticket = self._token()
        self._tickets.add(ticket)
        return ticket

    def admits(self, ticket: str) -> bool:
        """Whether the ticket is good; it is used up by the question."""
        known = ticket in self._tickets
        self._tickets.discard(ticket)
        return known

    async def serve(self, socket: WebSocketResponse) -> None:
        """Greet a connection and read its acks until it closes."""
        link = _Link(socket)
        self._links.append(link)
        self._open.append(link)
        try:
            await socket.send_json(
                {
                    "type": "hello",
                    "num_connections": len(self._links),
                    "connection_info": {"app_id": APP_ID},
                    "debug_info": {"host": "local", "approximate_connection_time": 3600},
                }
            )
            self._changed()
            async for frame in socket:
                if frame.type == WSMsgType.TEXT:
                    _read_ack(link, frame.data)
        finally:
            self._open.remove(link)
            if link in self._links:
                self._links.remove(link)
            self._changed()

    async def send(self, envelope: Mapping[str, Any]) -> object:
        """Send to the connection whose turn it is; returns the payload of the ack."""
        link = self._links.pop(0)
        self._links.append(link)
        envelope_id = self._token()
        acked: asyncio.Future[object] = asyncio.get_running_loop().create_future()
        link.waiting[envelope_id] = acked
        try:
            await link.socket.send_json({"envelope_id": envelope_id, **envelope})
            return await acked
        finally:
            del link.waiting[envelope_id]

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """Ask every connection to come back on a new one, as Slack does every few hours."""
        links, self._links = self._links, []
        for link in links:
            await link.socket.send_json({"type": "disconnect", "reason": reason})

    async def close(self) -> None:
        self._links.clear()
        for link in list(self._open):
            await link.socket.close()


def _read_ack(link: _Link, text: str) -> None:
    try:
        frame = json.loads(text)
    except ValueError:
        return  # Slack takes anything else for noise as well
    if isinstance(frame, dict):
        acked = link.waiting.get(str(frame.get("envelope_id")))
        if acked is not None and not acked.done():
            acked.set_result(frame.get("payload"))
