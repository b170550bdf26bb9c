"""Modals: opened, filled in, sent, refused, closed; with the small bot over signed HTTP."""

from typing import Any

import pytest

from bot.sandbox.refusal import NotPossible
from bot.sandbox.server import LocalSlack
from bot.sandbox.views import View
from tests.sandbox.samples import modal, section
from tests.sandbox.small_bot import FORM, SmallBot


async def opened(slack: LocalSlack, user: str = "U1") -> View:
    await slack.say(user, "C1", "/quiz form")
    view = await slack.wait_until(lambda: slack.view(user))
    assert view is not None
    return view


async def test_a_form_is_sent_with_its_whole_state(slack: LocalSlack, bot: SmallBot) -> None:
    view = await opened(slack)
    await slack.fill("U1", view, {"name": "Ana"})
    (body,) = bot.heard("view_submission")
    assert body["view"]["private_metadata"] == "round 7"
    assert body["view"]["state"]["values"] == {
        "name": {"name": {"type": "plain_text_input", "value": "Ana"}},
        "size": {"size": {"type": "static_select", "selected_option": None}},
    }
    assert "response_url" not in body
    assert slack.view("U1") is None


@pytest.mark.parametrize(
    ("name", "words"),
    [
        pytest.param("", "Please complete this required field.", id="empty"),
        pytest.param("Penelope", "Enter at most 5 characters.", id="too long"),
    ],
)
async def test_slack_itself_checks_a_form_first(
    slack: LocalSlack, bot: SmallBot, name: str, words: str
) -> None:
    view = await opened(slack)
    await slack.fill("U1", view, {"name": name})
    left = slack.view("U1")
    assert left is not None
    assert left.errors == {"name": words}
    assert bot.heard("view_submission") == []


async def test_the_bot_can_find_mistakes_in_a_form(slack: LocalSlack, bot: SmallBot) -> None:
    view = await opened(slack)
    bot.next_ack = {"response_action": "errors", "errors": {"name": "Taken."}}
    await slack.fill("U1", view, {"name": "Ana"})
    left = slack.view("U1")
    assert left is not None
    assert left.errors == {"name": "Taken."}
    assert left.state["name"]["name"]["value"] == "Ana"


async def test_the_bot_can_show_another_form_instead(slack: LocalSlack, bot: SmallBot) -> None:
    view = await opened(slack)
    bot.next_ack = {"response_action": "update", "view": modal(section("Thanks"))}
    await slack.fill("U1", view, {"name": "Ana"})
    shown = slack.view("U1")
    assert shown is not None
    assert (shown.id, shown.words) == (view.id, "Title\nThanks")


async def test_the_bot_can_put_a_form_on_top_and_clear_all(
    slack: LocalSlack, bot: SmallBot
) -> None:
    view = await opened(slack)
    bot.next_ack = {"response_action": "push", "view": FORM}
    await slack.fill("U1", view, {"name": "Ana"})
    top = slack.view("U1")
    assert top is not None
    assert top.previous_id == view.id
    with pytest.raises(NotPossible, match="Only the modal on top"):
        await slack.fill("U1", view, {"name": "Ana"})
    bot.next_ack = {"response_action": "clear"}
    await slack.fill("U1", top, {"name": "Ana"})
    assert slack.view("U1") is None


@pytest.mark.parametrize(
    ("ack", "words"),
    [
        pytest.param(
            {"response_action": "update", "view": modal(section(""))},
            "/view/blocks/0/text/text: must not be empty",
            id="bad view",
        ),
        pytest.param(
            {"response_action": "errors", "errors": {"row": "No."}},
            "/errors/row: is no input block",
            id="words for a row of buttons",
        ),
        pytest.param(
            {"response_action": "vanish"}, "/response_action: vanish", id="unknown action"
        ),
    ],
)
async def test_a_bad_answer_to_a_form_is_refused(
    slack: LocalSlack, bot: SmallBot, ack: dict[str, Any], words: str
) -> None:
    view = await opened(slack)
    bot.next_ack = ack
    await slack.fill("U1", view, {"name": "Ana"})
    assert words in str(slack.refusals[-1])
    assert slack.view("U1") is not None


async def test_a_button_in_a_modal_can_push_another(slack: LocalSlack, bot: SmallBot) -> None:
    view = await opened(slack)
    await slack.press_in("U1", view, "push")
    await slack.wait_until(lambda: slack.view("U1") != view)
    top = slack.view("U1")
    assert top is not None
    assert top.root_id == view.id
    assert len(bot.heard("block_actions")) == 1


async def test_closing_tells_a_bot_that_asked_for_it(slack: LocalSlack, bot: SmallBot) -> None:
    view = await opened(slack)
    await slack.close_view("U1", view.id)
    (body,) = bot.heard("view_closed")
    assert (body["view"]["id"], body["is_cleared"]) == (view.id, False)
    assert slack.view("U1") is None


async def test_a_form_that_went_away_cannot_be_sent(slack: LocalSlack, bot: SmallBot) -> None:
    view = await opened(slack)
    await slack.close_view("U1", view.id)
    with pytest.raises(NotPossible, match="has no view"):
        await slack.fill("U1", view, {"name": "Ana"})
    assert bot.heard("view_submission") == []


async def test_what_was_typed_survives_an_update(slack: LocalSlack, bot: SmallBot) -> None:
    view = await opened(slack)
    bot.next_ack = {"response_action": "errors", "errors": {"name": "Taken."}}
    await slack.fill("U1", view, {"name": "Ana"})
    await bot.client.views_update(view_id=view.id, view=FORM)
    updated = slack.view("U1")
    assert updated is not None
    assert updated.state["name"]["name"]["value"] == "Ana"
    assert updated.errors == {}
    assert updated.hash != view.hash


async def test_a_bot_that_did_not_ask_is_not_told_of_the_end(
    slack: LocalSlack, bot: SmallBot
) -> None:
    trigger = slack.workspace.triggers.issue("U1")
    opened_view = await bot.client.views_open(trigger_id=trigger, view=modal())
    await slack.close_view("U1", opened_view["view"]["id"])
    assert bot.bodies == []


async def test_clear_on_close_takes_the_whole_stack_along(
    slack: LocalSlack, bot: SmallBot
) -> None:
    view = await opened(slack)
    bot.next_ack = {"response_action": "push", "view": {**FORM, "clear_on_close": True}}
    await slack.fill("U1", view, {"name": "Ana"})
    top = slack.view("U1")
    assert top is not None
    await slack.close_view("U1", top.id)
    assert [body["is_cleared"] for body in bot.heard("view_closed")] == [True, True]
    assert slack.view("U1") is None


@pytest.mark.parametrize(
    ("values", "words"),
    [
        pytest.param({"name": {"other": {}}}, "There is no input name", id="no such input"),
        pytest.param({"name": {"name": {"type": "button"}}}, "not a button", id="another type"),
    ],
)
async def test_values_must_fit_the_form(
    slack: LocalSlack, bot: SmallBot, values: dict[str, Any], words: str
) -> None:
    view = await opened(slack)
    with pytest.raises(NotPossible, match=words):
        await slack.submit("U1", view.id, values)
    assert bot.heard("view_submission") == []
