"""No secret reaches the log, whichever way it comes; and JSON lines are JSON."""

import json
import logging
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import pytest
import structlog
from redis.asyncio import Redis

from bot import logs
from bot.bank.files import Bank
from tests.conftest import Hand, open_stage

Log: TypeAlias = Callable[[str], None]

SECRETS = {
    "bot token": ("xoxb-1234-CANARY-abc", "CANARY"),
    "app token": ("xapp-1-A1-CANARY-abc", "CANARY"),
    "reply address": ("https://hooks.slack.com/actions/T1/1/CANARY", "CANARY"),
    "reply to a command": ("https://hooks.slack.com/commands/T1/1/CANARY", "CANARY"),
    "stand-in's reply address": ("http://127.0.0.1:8080/actions/T1/1/CANARY", "CANARY"),
    "redis password": ("redis://bot:CANARY@db.example:6379/0", "CANARY"),
    "redis password alone": ("rediss://:CANARY@db.example:6379/0", "CANARY"),
    "git token": ("https://CANARY@git.example/team/quizzes.git", "CANARY"),
    "socket's ticket": ("wss://wss.slack.com/link/?ticket=CANARY-1&app_id=A1", "CANARY"),
}
THINGS = "quizzes=31 https://example.org/docs/page?x=1 redis://db.example:6379 xoxb user@host"


@pytest.fixture(params=["text", "json"])
def form(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def set_up() -> Iterator[Callable[[str, str], None]]:
    """Sets logging up, and leaves it as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in (*logs.NOISY, *logs.SILENT, SOCKET)}
    yield logs.set_up
    root.handlers[:], root.level = handlers, level
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)
    structlog.reset_defaults()


SOCKET = "slack_sdk.socket_mode"
STRUCTURED = structlog.get_logger("bot.test")
STANDARD = logging.getLogger("library.test")


def fail(secret: str) -> None:
    raise ValueError(f"cannot use {secret}")


def caught(log: Callable[[], object], secret: str) -> None:
    """Log while an exception with the secret in it is handled, and it in a local."""
    try:
        try:
            fail(secret)
        except ValueError as error:
            raise RuntimeError("deeper") from error
    except RuntimeError:
        log()


WAYS: dict[str, Log] = {
    "structlog message": lambda secret: STRUCTURED.error(f"see {secret}"),
    "structlog message that is a dict": lambda secret: STRUCTURED.error({"x": secret}),
    "structlog field": lambda secret: STRUCTURED.error("see", field=secret),
    "structlog nested field": lambda secret: STRUCTURED.error("see", field={"a": [{"b": secret}]}),
    "structlog tuple field": lambda secret: STRUCTURED.error("see", field=(secret, 1)),
    "structlog bytes field": lambda secret: STRUCTURED.error("see", field=secret.encode()),
    "structlog exception field": lambda secret: STRUCTURED.error("see", field=OSError(secret)),
    "structlog argument": lambda secret: STRUCTURED.error("see %s", secret),
    "structlog exception": lambda secret: caught(lambda: STRUCTURED.exception("see"), secret),
    "structlog debug": lambda secret: STRUCTURED.debug("see", field=secret),
    "standard message": lambda secret: STANDARD.error(f"see {secret}"),
    "standard argument": lambda secret: STANDARD.error("see %s", secret),
    "standard arguments": lambda secret: STANDARD.error("%s %r", 1, {"x": [secret]}),
    "standard extra": lambda secret: STANDARD.error("see", extra={"field": secret}),
    "standard extra tuple": lambda secret: STANDARD.error("see", extra={"field": (secret,)}),
    "standard exception": lambda secret: caught(lambda: STANDARD.exception("see"), secret),
    "standard exception by hand": lambda secret: STANDARD.error("see", exc_info=OSError(secret)),
    "standard debug": lambda secret: STANDARD.debug("see %s", secret),
    "with the stack": lambda secret: STANDARD.error("see %s", secret, stack_info=True),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=list(WAYS))
@pytest.mark.parametrize(("secret", "canary"), SECRETS.values(), ids=list(SECRETS))
def test_a_secret_never_reaches_the_output(
    set_up: Callable[[str, str], None],
    capsys: pytest.CaptureFixture[str],
    form: str,
    way: Log,
    secret: str,
    canary: str,
) -> None:
    set_up("DEBUG", form)
    way(secret)
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err != ""
    assert canary not in captured.err
    if form == "json":
        for line in captured.err.splitlines():
            assert json.loads(line)["level"] in {"error", "debug"}


def test_slacks_escaped_slashes_hide_nothing() -> None:
    payload = '{"response_url":"https:\\/\\/hooks.slack.com\\/actions\\/T1\\/1\\/CANARY"}'
    assert "CANARY" not in logs.redact(payload)


def test_what_is_no_secret_stays_readable() -> None:
    assert logs.redact(THINGS) == THINGS


def test_a_line_keeps_what_it_tells(
    set_up: Callable[[str, str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    set_up("INFO", "json")
    STRUCTURED.info("told a person", error="MemoryAway", count=3, url="xoxb-1-CANARY")
    STRUCTURED.debug("too quiet")
    caught(lambda: STRUCTURED.exception("unexpected"), "nothing secret")
    first, second = map(json.loads, capsys.readouterr().err.splitlines())
    assert first["event"] == "told a person"
    assert (first["error"], first["count"], first["url"]) == ("MemoryAway", 3, "[secret]")
    assert (first["level"], first["logger"]) == ("info", "bot.test")
    assert "cannot use nothing secret" in second["exception"]
    assert "in fail" in second["exception"]


def test_a_log_in_a_file_has_no_colours(
    set_up: Callable[[str, str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    set_up("INFO", "text")
    STRUCTURED.warning("told a person", error="MemoryAway")
    assert "\x1b" not in (err := capsys.readouterr().err)
    assert "told a person" in err


@pytest.mark.parametrize("name", logs.NOISY)
def test_libraries_that_print_payloads_do_not_at_debug(
    set_up: Callable[[str, str], None], capsys: pytest.CaptureFixture[str], name: str
) -> None:
    set_up("DEBUG", "json")
    logging.getLogger(f"{name}.part").debug("payload")
    logging.getLogger(f"{name}.part").info("connected")
    assert "payload" not in (err := capsys.readouterr().err)
    assert "connected" in err


@pytest.mark.parametrize("sockets", [False, True], ids=["http", "socket"])
async def test_the_whole_bot_at_debug_keeps_its_secrets(  # noqa: PLR0913  what it is made of
    valkey: str,
    redis: Redis,
    colours: Bank,
    hand: Hand,
    set_up: Callable[[str, str], None],
    capsys: pytest.CaptureFixture[str],
    *,
    sockets: bool,
) -> None:
    """With an error on the way, whose trace has everything in it."""
    set_up("DEBUG", "json")
    async with open_stage(valkey, colours, hand, sockets=sockets) as stage:
        slack = stage.slack
        await stage.type("/quiz start shapes", "How many sides")
        await stage.press("answer:1", "Right: B")
        (session,) = await redis.keys("*:session:*")
        await redis.set(session, "no hash")
        await stage.press("next", "Something broke on my side")
        urls = [str(delivery.payload["response_url"]) for delivery in slack.courier.sent]
    told = capsys.readouterr().err
    lines: list[dict[str, Any]] = [json.loads(line) for line in told.splitlines()]
    assert any(line["event"] == "unexpected error" for line in lines)
    assert len(urls) == 3
    for secret in (
        "xoxb-test",
        "xapp-test",
        "ticket=s",
        *(url.rpartition("/")[2] for url in urls),
    ):
        assert secret not in told
