"""The HTTP side: Slack's requests behind the guard, and whether we are well."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

import structlog
from aiohttp import web
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest

from bot.slack.guard import LARGEST, Guard, Refusal
from bot.slack.payload import read_payload

log = structlog.get_logger(__name__)

EVENTS: Final = "/slack/events"
Readiness = Callable[[], Awaitable[Mapping[str, str]]]
"""What is wrong, by the name of the part; empty when all is well."""
Details = Callable[[], Mapping[str, str]]
"""What somebody should look at, though the bot can do its work."""


def build_site(
    readiness: Readiness, details: Details, app: AsyncApp | None, guard: Guard | None
) -> web.Application:
    """Without `app` and `guard`, in Socket Mode, only the health pages."""
    site = web.Application(client_max_size=LARGEST)

    async def healthy(_: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    async def ready(_: web.Request) -> web.Response:
        wrong = await readiness()
        status = "unavailable" if wrong else "ready"
        body = {"status": status, "problems": dict(wrong), "details": dict(details())}
        return web.json_response(body, status=503 if wrong else 200)

    site.router.add_get("/healthz", healthy)
    site.router.add_get("/readyz", ready)
    if app and guard:
        site.router.add_post(EVENTS, _listener(app, guard))
    return site


def _listener(
    app: AsyncApp, guard: Guard
) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    def refused(request: web.Request, refusal: Refusal) -> web.Response:
        log.warning("request refused", reason=refusal.reason, peer=request.remote)
        return web.Response(status=refusal.status, text=refusal.reason)

    async def listen(request: web.Request) -> web.StreamResponse:
        body = await request.read()
        refusal = guard.refuse(request.headers, body)
        if refusal:
            return refused(request, refusal)
        payload = read_payload(body)
        if payload is None:
            return refused(request, Refusal(400, "not readable"))
        try:
            # "socket_mode" only says that the body is an object already.
            answer = await app.async_dispatch(AsyncBoltRequest(body=payload, mode="socket_mode"))
        except Exception:
            # Not a listener's, for those are explained: Bolt's own, over a part of a kind that
            # Slack does not send. After a 500 Slack would only send it again.
            log.exception("payload not known")
            return web.Response(status=404)
        kind = answer.first_headers_without_set_cookie().get("content-type", "text/plain")
        return web.Response(
            status=answer.status,
            body=(answer.body or "").encode(),
            headers={"Content-Type": kind},
        )

    return listen
