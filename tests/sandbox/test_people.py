"""What people do and see, with the small bot on real bolt over signed HTTP."""

import asyncio
from typing import Any

import pytest

from bot.sandbox.messages import Message
from bot.sandbox.refusal import NotPossible
from bot.sandbox.server import LocalSlack
from tests.sandbox.conftest import Clock
from tests.sandbox.samples import (
    actions,
    button,
    field,
    home,
    image,
    modal,
    option,
    options,
    rich,
    rich_section,
    run,
    select,
    table,
)
from tests.sandbox.small_bot import SmallBot


async def asked(slack: LocalSlack, user: str = "U1", words: str = "") -> Message:
    """The question that the bot shows after a command."""
    await slack.say(user, "C1", f"/quiz {words}")
    return await slack.wait_for(user, "C1", "Which letter?")


async def test_a_command_is_answered_to_one_person(slack: LocalSlack, bot: SmallBot) -> None:
    question = await asked(slack, words="  docker  5 ")
    assert question.ephemeral
    assert slack.messages("U2", "C1") == []
    (body,) = bot.bodies
    expected = {
        "command": "/quiz",
        "text": "docker  5",
        "user_id": "U1",
        "channel_id": "C1",
        "channel_name": "general",
        "team_id": "T1",
        "api_app_id": "A1",
    }
    assert expected.items() <= body.items()


async def test_a_command_can_be_answered_with_the_ack(slack: LocalSlack, bot: SmallBot) -> None:
    await slack.say("U1", "C1", "/quiz ack")
    (message,) = slack.messages("U1", "C1")
    assert (message.text, message.only_for) == ("You said ack.", "U1")
    assert bot.heard("message") == []


async def test_another_command_is_not_known(slack: LocalSlack, bot: SmallBot) -> None:
    with pytest.raises(NotPossible, match="/poll is not a command here"):
        await slack.say("U1", "C1", "/poll")
    assert bot.bodies == []


async def test_a_click_in_a_public_message_carries_the_message(
    slack: LocalSlack, bot: SmallBot
) -> None:
    question = await asked(slack, words="post")
    await slack.press("U2", "C1", question.ts, "answer:b")
    (body,) = bot.heard("block_actions")
    assert body["message"]["ts"] == question.ts
    assert body["container"] == {
        "type": "message",
        "message_ts": question.ts,
        "channel_id": "C1",
        "is_ephemeral": False,
    }
    (action,) = body["actions"]
    assert (action["value"], action["text"]["text"]) == ("2", "B")
    await slack.wait_for("U3", "C1", "You chose 2")


async def test_a_click_in_an_ephemeral_message_carries_no_message(
    slack: LocalSlack, bot: SmallBot
) -> None:
    question = await asked(slack)
    await slack.press("U1", "C1", question.ts, "answer:a")
    (body,) = bot.heard("block_actions")
    assert "message" not in body
    assert body["container"]["is_ephemeral"] is True
    assert set(body["state"]["values"]["choices"]) == {"radio", "boxes", "search"}
    answer = await slack.wait_for("U1", "C1", "You chose 1")
    assert (answer.ts, answer.ephemeral, answer.blocks) == (question.ts, True, None)


async def test_nobody_can_click_what_they_do_not_see(slack: LocalSlack, bot: SmallBot) -> None:
    question = await asked(slack)
    with pytest.raises(NotPossible, match="U2 sees no message"):
        await slack.press("U2", "C1", question.ts, "answer:a")
    with pytest.raises(NotPossible, match="no element answer:z"):
        await slack.press("U1", "C1", question.ts, "answer:z")
    assert bot.heard("block_actions") == []


async def test_each_person_keeps_their_own_choice(slack: LocalSlack, bot: SmallBot) -> None:
    question = await asked(slack, words="post")
    await slack.choose("U1", question, "radio", "v2")
    await slack.choose("U2", question, "boxes", "v0", "v2")
    first, second = bot.heard("block_actions")
    assert first["actions"][0]["selected_option"]["value"] == "v2"
    chosen = second["actions"][0]["selected_options"]
    assert [each["value"] for each in chosen] == ["v0", "v2"]
    state = second["state"]["values"]["choices"]
    assert state["radio"]["selected_option"]["value"] == "v1"
    assert state["boxes"]["selected_options"] == chosen


async def test_a_choice_is_kept_through_an_update_while_its_option_stays(
    slack: LocalSlack, bot: SmallBot
) -> None:
    question = await asked(slack, words="post")
    await slack.choose("U1", question, "radio", "v2")
    for number, value in ((3, "v2"), (2, None)):
        radio = {"type": "radio_buttons", "action_id": "radio", "options": options(number)}
        blocks = [actions(radio, block_id="choices")]
        await bot.client.chat_update(channel="C1", ts=question.ts, text="x", blocks=blocks)
        (message,) = slack.messages("U1", "C1")
        state = slack.workspace.messages.state("U1", message)["choices"]["radio"]
        selected = state["selected_option"]
        assert (selected and selected["value"]) == value


@pytest.mark.parametrize(
    "value",
    [
        pytest.param({"type": "button"}, id="another type"),
        pytest.param({"type": "radio_buttons"}, id="no state"),
        pytest.param(
            {"type": "radio_buttons", "selected_option": option("v9")}, id="no such option"
        ),
    ],
)
async def test_an_impossible_choice_never_reaches_the_bot(
    slack: LocalSlack, bot: SmallBot, value: dict[str, Any]
) -> None:
    question = await asked(slack)
    with pytest.raises(NotPossible):
        await slack.act("U1", question, "choices", "radio", value)
    assert bot.heard("block_actions") == []


async def test_an_overflow_menu_sends_its_option_and_keeps_nothing(
    slack: LocalSlack, bot: SmallBot
) -> None:
    question = await asked(slack)
    await slack.choose("U1", question, "more", "v1")
    (body,) = bot.heard("block_actions")
    assert body["actions"][0]["selected_option"]["value"] == "v1"
    assert "more" not in body["state"]["values"]["choices"]


async def test_suggestions_come_from_the_bot(slack: LocalSlack, bot: SmallBot) -> None:
    question = await asked(slack)
    found = await slack.suggest("U1", question, "choices", "search", "doc")
    assert [each["value"] for each in found["options"]] == ["v0", "v1"]
    (body,) = bot.heard("block_suggestion")
    assert (body["action_id"], body["block_id"], body["value"]) == ("search", "choices", "doc")
    assert "message" not in body
    await slack.choose("U1", question, "search", "v1")
    assert bot.bodies[-1]["actions"][0]["selected_option"]["value"] == "v1"


async def test_too_many_suggestions_are_refused(slack: LocalSlack, bot: SmallBot) -> None:
    question = await asked(slack)
    bot.suggestions = {"options": options(101)}
    assert await slack.suggest("U1", question, "choices", "search", "") == {"options": []}
    (refusal,) = slack.refusals
    assert refusal.messages == ("/options: must have at most 100 items, has 101",)
    assert "invalid_options" in slack.notice("U1")


async def test_a_message_to_the_bot_is_an_event(slack: LocalSlack, bot: SmallBot) -> None:
    await slack.say("U2", "D2", "hi <b> & all")
    (body,) = bot.heard("message")
    event = body["event"]
    assert (event["channel_type"], event["channel"], event["user"]) == ("im", "D2", "U2")
    assert event["text"] == "hi &lt;b&gt; &amp; all"
    assert body["event_id"].startswith("Ev")


async def test_a_mention_is_an_event_and_other_talk_is_not(
    slack: LocalSlack, bot: SmallBot
) -> None:
    await slack.say("U1", "C1", "lunch?")
    await slack.say("U1", "C1", "@Quiz Bot lunch?")
    await slack.say("U1", "platform", "<@UBOT> here too")
    texts = [body["event"]["text"] for body in bot.heard("app_mention")]
    assert texts == ["<@UBOT> lunch?", "<@UBOT> here too"]
    assert len(bot.bodies) == 2
    assert len(slack.messages("U3", "C1")) == 2


async def test_home_is_sent_along_once_it_is_published(slack: LocalSlack, bot: SmallBot) -> None:
    await slack.open_home("U1")
    published = await slack.wait_until(lambda: slack.home("U1"))
    await slack.open_messages("U1")
    first, second = (body["event"] for body in bot.heard("app_home_opened"))
    assert (first["tab"], "view" in first) == ("home", False)
    assert published is not None
    assert (second["tab"], second["view"]["id"]) == ("messages", published.id)
    assert second["channel"] == "D1"
    assert slack.home("U2") is None


async def test_a_click_at_home_carries_the_view_and_no_reply_address(
    slack: LocalSlack, bot: SmallBot
) -> None:
    await bot.client.views_publish(user_id="U1", view=home(actions(button("play"))))
    view = slack.home("U1")
    assert view is not None
    await slack.press_in("U1", view, "play")
    (body,) = bot.heard("block_actions")
    assert body["view"]["hash"] == view.hash
    assert not {"response_url", "channel", "message"} & body.keys()
    with pytest.raises(NotPossible, match="U2 has no view"):
        await slack.press_in("U2", view, "play")


async def test_a_late_trigger_opens_nothing(
    slack: LocalSlack, bot: SmallBot, clock: Clock
) -> None:
    question = await asked(slack)
    await slack.press("U1", "C1", question.ts, "answer:a")
    trigger = bot.heard("block_actions")[0]["trigger_id"]
    clock.moment += 4
    body = slack.web_api.answer(
        "views.open", "xoxb-test", {"trigger_id": trigger, "view": modal(field())}
    ).body
    assert body["error"] == "expired_trigger_id"


async def test_a_dismissed_message_is_gone_for_that_person(
    slack: LocalSlack, bot: SmallBot
) -> None:
    question = await asked(slack)
    slack.dismiss("U1", "C1", question.ts)
    assert slack.messages("U1", "C1") == []
    public = await asked(slack, words="post")
    with pytest.raises(NotPossible, match="Only private messages"):
        slack.dismiss("U1", "C1", public.ts)
    assert len(bot.bodies) == 2


async def test_a_delivery_can_be_played_again(slack: LocalSlack, bot: SmallBot) -> None:
    question = await asked(slack)
    await slack.press("U1", "C1", question.ts, "answer:a")
    assert (await slack.redeliver()).ok
    first, again = bot.heard("block_actions")
    assert first == again


async def test_two_clicks_at_once_are_two_clicks(slack: LocalSlack, bot: SmallBot) -> None:
    question = await asked(slack)
    press = [slack.press("U1", "C1", question.ts, "answer:a") for _ in range(2)]
    await asyncio.gather(*press)
    first, second = bot.heard("block_actions")
    assert first["trigger_id"] != second["trigger_id"]
    assert first["actions"][0]["action_ts"] != second["actions"][0]["action_ts"]


async def test_waiting_in_vain_tells_what_happened(slack: LocalSlack, bot: SmallBot) -> None:
    await asked(slack)
    with pytest.raises(TimeoutError, match=r"last calls: .*response_url ok"):
        await slack.wait_until(lambda: slack.view("U1"), timeout=0.01)
    assert bot.heard("view_submission") == []


async def test_a_choice_at_home_is_kept(slack: LocalSlack, bot: SmallBot) -> None:
    await bot.client.views_publish(user_id="U1", view=home(actions(select(2), button("go"))))
    view = slack.home("U1")
    assert view is not None
    await slack.choose("U1", {"view": view.id}, "pick", "v1")
    await slack.press_in("U1", view.id, "go")
    state = bot.heard("block_actions")[-1]["view"]["state"]["values"]
    assert state["row"]["pick"]["selected_option"]["value"] == "v1"


async def test_only_an_external_select_can_be_searched(slack: LocalSlack, bot: SmallBot) -> None:
    question = await asked(slack)
    with pytest.raises(NotPossible, match="does not ask for suggestions"):
        await slack.suggest("U1", question, "choices", "radio", "")
    assert bot.heard("block_suggestion") == []


async def test_a_search_without_an_answer_finds_nothing(slack: LocalSlack, bot: SmallBot) -> None:
    question = await asked(slack)
    slack.bot_url = None
    assert await slack.suggest("U1", question, "choices", "search", "") == {"options": []}
    assert "no bot is connected" in slack.notice("U1")
    assert bot.heard("block_suggestion") == []


async def test_an_option_must_be_there_to_be_chosen(slack: LocalSlack, bot: SmallBot) -> None:
    question = await asked(slack)
    with pytest.raises(NotPossible, match="There is no option v9"):
        await slack.choose("U1", question, "radio", "v9")
    assert bot.heard("block_actions") == []


async def test_the_words_of_a_message_are_what_a_person_reads(
    slack: LocalSlack, bot: SmallBot
) -> None:
    blocks = [rich(rich_section(run("Use "), run("git", code=True))), table(1, 1), image()]
    await bot.client.chat_postMessage(channel="C1", text="for screen readers", blocks=blocks)
    (message,) = slack.messages("U1", "C1")
    assert message.words == "Use git\ncell"
