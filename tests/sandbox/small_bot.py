"""A bot as small as can be on the real bolt: it answers, and keeps every body it was sent."""

import re
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from tests.sandbox.samples import (
    actions,
    button,
    element,
    field,
    home,
    modal,
    option,
    options,
    plain,
    section,
    text_input,
)

QUESTION = [
    section("Which letter?", block_id="question"),
    actions(button("answer:a", "A", value="1"), button("answer:b", "B", value="2")),
    actions(
        element("radio_buttons", "radio", options=options(3), initial_option=option("v1")),
        element("checkboxes", "boxes", options=options(3)),
        element("external_select", "search", min_query_length=0, placeholder=plain()),
        element("overflow", "more", options=options(2)),
        block_id="choices",
    ),
]
FORM = modal(
    field(text_input("name", max_length=5), "name"),
    field(element("static_select", "size", options=options(2)), "size", optional=True),
    actions(button("push"), block_id="row"),
    callback_id="form",
    private_metadata="round 7",
    notify_on_close=True,
)


class SmallBot:
    """`next_ack` is what it answers to the next form."""

    def __init__(self, client: AsyncWebClient, secret: str) -> None:
        self.bodies: list[dict[str, Any]] = []
        self.next_ack: dict[str, Any] = {}
        self.suggestions: dict[str, Any] = {"options": options(2)}
        self.client = client
        self.app = AsyncApp(client=client, signing_secret=secret)
        self.app.command("/quiz")(self._command)
        self.app.action(re.compile(""))(self._action)
        self.app.options("search")(self._options)
        self.app.view("form")(self._form)
        self.app.view_closed("form")(self._keep)
        for event in ("app_home_opened", "app_mention", "message"):
            self.app.event(event)(self._event)

    def heard(self, kind: str) -> list[dict[str, Any]]:
        """Bodies of interactions or inner events of this type."""
        kinds = [{"type": body.get("type")} | body.get("event", {}) for body in self.bodies]
        pairs = zip(kinds, self.bodies, strict=True)
        return [body for inner, body in pairs if inner["type"] == kind]

    async def _command(self, ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond) -> None:
        self.bodies.append(body)
        match body["text"]:
            case "ack":
                await ack("You said ack.")
            case "form":
                await ack()
                await self.client.views_open(trigger_id=body["trigger_id"], view=FORM)
            case "post":
                await ack()
                await self.client.chat_postMessage(
                    channel=body["channel_id"], text="Which letter?", blocks=QUESTION
                )
            case _:
                await ack()
                await respond(text="Which letter?", blocks=QUESTION)

    async def _action(self, ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond) -> None:
        self.bodies.append(body)
        await ack()
        action = body["actions"][0]
        if action["action_id"].startswith("answer:"):
            await respond(text=f"You chose {action['value']}", replace_original=True)
        if action["action_id"] == "push":
            await self.client.views_push(trigger_id=body["trigger_id"], view=FORM)

    async def _options(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        self.bodies.append(body)
        await ack(**self.suggestions)

    async def _form(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        self.bodies.append(body)
        await ack(**self.next_ack)

    async def _keep(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        self.bodies.append(body)
        await ack()

    async def _event(self, body: dict[str, Any]) -> None:
        self.bodies.append(body)
        if body["event"].get("tab") == "home":
            await self.client.views_publish(user_id=body["event"]["user"], view=home())
