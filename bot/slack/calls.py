"""One method of Slack's Web API: its answer, or one of our two errors."""

from collections.abc import Awaitable, Mapping
from typing import Any

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.blocks.kit import Message
from bot.errors import SlackAway, SlackRefused


def content(message: Message) -> dict[str, Any]:
    """A message as the arguments of the methods that send one."""
    return {"text": message.text, "blocks": list(message.blocks)}


class Calls:
    """Raises `SlackRefused` and `SlackAway`. The client repeats a call only when it was not sent,
    or when Slack asked it to wait.
    """

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client

    async def write(self, method: str, **arguments: Any) -> Mapping[str, Any]:
        """A method that takes JSON, as those do that show something."""
        return await self._answer(method, self._client.api_call(method, json=arguments))

    async def read(self, method: str, **arguments: Any) -> Mapping[str, Any]:
        """A method that takes a form, as those do that list something."""
        return await self._answer(method, self._client.api_call(method, params=arguments))

    async def _answer(self, method: str, call: Awaitable[AsyncSlackResponse]) -> Mapping[str, Any]:
        try:
            data = (await call).data
        except SlackApiError as error:
            answer = getattr(error.response, "data", None)
            if not isinstance(answer, Mapping) or "error" not in answer:  # a page, not an answer
                raise SlackAway(method) from error
            detail = "; ".join((answer.get("response_metadata") or {}).get("messages", []))
            raise SlackRefused(method, str(answer["error"]), detail) from error
        except (ClientError, TimeoutError, OSError) as error:
            raise SlackAway(method) from error
        except AttributeError as error:  # the client's own, over an answer in plain text
            raise SlackAway(method) from error
        return data if isinstance(data, Mapping) else {}
