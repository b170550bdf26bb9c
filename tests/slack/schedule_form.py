"""How a test fills in the form of the daily question, as a person does."""

from dataclasses import dataclass
from typing import Any

from bot.blocks import schedule_ids as ids
from bot.sandbox.views import View
from tests.conftest import ANA, GENERAL, Stage
from tests.slack.scenes import actions_of

TEXT, TIME = "plain_text_input", "timepicker"


@dataclass
class Form:
    """What one person has open, and the form they look at."""

    stage: Stage
    user: str = ANA

    @property
    def view(self) -> View:
        """The modal on top."""
        view = self.stage.slack.view(self.user)
        assert view is not None
        return view

    @property
    def buttons(self) -> set[str]:
        return actions_of(list(self.view.blocks))

    async def open(self, channel: str = GENERAL, words: str = "Ask at") -> View:
        """Type the command and wait until the form has these words."""
        await self.stage.slack.say(self.user, channel, "/quiz daily")
        return await self.see(words)

    async def see(self, words: str) -> View:
        def shown() -> View | None:
            view = self.stage.slack.view(self.user)
            return view if view and words in view.words else None

        view = await self.stage.slack.wait_until(shown)
        assert view
        return view

    async def press(self, action_id: str, words: str) -> View:
        await self.stage.slack.press_in(self.user, self.view, action_id)
        return await self.see(words)

    async def find(self, action_id: str, query: str) -> list[dict[str, Any]]:
        """What a type-ahead offers."""
        slack = self.stage.slack
        found = await slack.suggest(self.user, self.view, action_id, action_id, query)
        return [option for group in found["option_groups"] for option in group["options"]]

    async def send(self, **fields: str | list[str]) -> View | None:
        """Fill in fields by the names of their ids, and send; the modal that is there then.

        A type-ahead is searched with what is filled in, and its first entry taken.
        """
        values = {}
        for name, content in fields.items():
            block = getattr(ids, name.upper())
            values[block] = {block: await self._value(block, content)}
        await self.stage.slack.submit(self.user, self.view.id, values)
        return self.stage.slack.view(self.user)

    async def _value(self, block: str, content: str | list[str]) -> dict[str, Any]:
        (element,) = (b["element"] for b in self.view.blocks if b.get("block_id") == block)
        kind = element["type"]
        match kind:
            case "timepicker":
                return {"type": kind, "selected_time": content or None}
            case "plain_text_input":
                return {"type": kind, "value": content}
            case "external_select":
                found = await self.find(block, str(content)) if content else [None]
                return {"type": kind, "selected_option": found[0]}
            case "multi_external_select":
                found = [(await self.find(block, word))[0] for word in content]
                return {"type": kind, "selected_options": found}
        options = {option["value"]: option for option in element["options"]}
        if isinstance(content, list):
            return {"type": kind, "selected_options": [options[value] for value in content]}
        return {"type": kind, "selected_option": options[content]}

    def complaint(self, name: str) -> str:
        """What stands below a field in red."""
        return self.view.errors.get(getattr(ids, name.upper()), "")
