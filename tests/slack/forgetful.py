"""A bot whose memory lies behind a proxy, which may lose or hold back what it says."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import SecretStr

from bot.bank.files import Bank
from bot.sandbox.server import LocalSlack
from bot.settings import Settings
from bot.slack.web import EVENTS
from bot.wiring import open_bot
from tests.conftest import Hand, Stage
from tests.fault_proxy import FaultProxy, fault_proxy, passing

DEADLINE = 0.4
"""Long enough for a server that is there, short enough to wait for one that is not."""


@asynccontextmanager
async def open_forgetful(
    valkey: str, bank: Bank, hand: Hand, *, sockets: bool, deadline: float = DEADLINE
) -> AsyncIterator[tuple[Stage, FaultProxy]]:
    slack = LocalSlack(signing_secret="sign", bot_token="xoxb-test", app_token="xapp-test")
    async with fault_proxy(Path(urlsplit(valkey).path)) as proxy, slack.serve():
        settings = Settings.read(
            _env_file=None,
            slack_bot_token=slack.bot_token,
            slack_app_token=slack.app_token if sockets else "",
            slack_signing_secret=slack.signing_secret,
            slack_api_url=slack.api_url,
            redis_url=SecretStr(f"redis://127.0.0.1:{proxy.port}"),
            port=0,
        )
        bot = open_bot(settings, bank, now=hand.now, chance=hand, deadline=deadline)
        async with bot as running:
            slack.bot_url = running.url + EVENTS
            if sockets:
                await slack.wait_until(lambda: slack.connections)
            yield Stage(slack, running), proxy
            proxy.fate = passing
            proxy.accept()
    assert not slack.refusals
