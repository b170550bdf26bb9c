"""Log lines: structured, for people on a terminal and as JSON elsewhere, without secrets."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any, Final

import structlog

SECRETS: Final = re.compile(
    r"xox[a-z]-[\w-]+|xapp-[\w-]+"
    r"|https?:(?:\\?/){2}[^\s\"'/\\]+\\?/(?:actions|commands|services)\\?/[^\s\"']+"
    r"|(?<=ticket=)[\w-]+|(?<=://)[^\s/@\"']*:[^\s/@\"']+(?=@)"
    r"|(?<=https://)[^\s/@\"']+(?=@)"
)
"""Tokens, response_urls, the ticket of a socket's address, and the password in a URL, or whoever
is named in one of HTTPS: for git that may be a token.
"""
NOISY: Final = ("slack_sdk", "slack_bolt", "aiohttp.access", "asyncio", "markdown_it")
SILENT: Final = ("watchfiles",)
"""These say at INFO what we say better."""

Event = MutableMapping[str, Any]


def redact(text: str) -> str:
    """Without secrets, and without half characters, which no stream could take."""
    return SECRETS.sub("[secret]", text).encode(errors="backslashreplace").decode()


def _without_secrets(_: object, __: str, event: Event) -> Event:
    for name, value in event.items():
        if isinstance(value, str):
            event[name] = redact(value)
        elif not isinstance(value, int | float | bool | None):
            event[name] = redact(str(value))
    return event


def set_up(level: str, form: str) -> None:
    """`form`: text, json, or auto (text on a terminal). Libraries log through us, from INFO."""
    is_text = form == "text" or (form == "auto" and sys.stderr.isatty())
    renderer: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
        if is_text
        else structlog.processors.JSONRenderer()
    )
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        structlog.processors.UnicodeDecoder(),
        _without_secrets,
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[structlog.stdlib.ExtraAdder(), *shared],
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in NOISY:  # at DEBUG these print whole payloads, or a line for each rule and block
        logging.getLogger(name).setLevel(max(logging.INFO, root.level))
    for name in SILENT:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
