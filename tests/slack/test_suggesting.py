"""Suggest a question: from the form to what its author hears."""

import json
from typing import Any

from redis.asyncio import Redis

from bot.sandbox.messages import Message
from bot.sandbox.views import View
from bot.storage.redis_store import RedisStore
from tests.conftest import ANA, BEN, BENS_DIRECT, CHI, GENERAL, Stage
from tests.slack.scenes import ACME, finish
from tests.slack.test_privacy import whole_memory
from tests.slack.test_reporting import AUTHORS, choose_channel

WISH = {
    "suggest_question": "How many legs has a spider?",
    "suggest_option0": "Six",
    "suggest_option1": "Eight",
    "suggest_explanation": "Insects have six, spiders eight.",
    "suggest_source": "https://example.org/spiders",
}


async def open_form(stage: Stage, user: str = BEN) -> View:
    await stage.slack.say(user, GENERAL, "/quiz suggest")
    form = await stage.slack.wait_until(lambda: stage.slack.view(user))
    assert form
    return form


async def send(stage: Stage, form: View, *right: str, user: str = BEN, **changes: str) -> None:
    """Send the usual wish, or another one; an empty text empties a field."""
    quizzes = await stage.slack.suggest(user, form, "suggest_quiz", "suggest_quiz", "shapes")
    (group,) = quizzes["option_groups"]
    values: dict[str, dict[str, Any]] = {
        name: {name: {"type": _kind(name), "value": words or None}}
        for name, words in {**WISH, **changes}.items()
    }
    chosen = {"type": "external_select", "selected_option": group["options"][0]}
    values["suggest_quiz"] = {"suggest_quiz": chosen}
    boxes = next(b["element"] for b in form.blocks if b.get("block_id") == "suggest_right")
    ticked = [option for option in boxes["options"] if option["text"]["text"] in right]
    values["suggest_right"] = {"suggest_right": {"type": "checkboxes", "selected_options": ticked}}
    await stage.slack.submit(user, form.id, values)


def _kind(name: str) -> str:
    return "url_text_input" if name == "suggest_source" else "plain_text_input"


async def the_suggestion(stage: Stage) -> Message:
    await finish(stage.running.scheduler)
    (found,) = [
        m for m in stage.slack.messages(CHI, AUTHORS) if "Suggestion" in m.words and not m.only_for
    ]
    return found


async def test_a_suggestion_reaches_the_authors_ready_to_paste(stage: Stage) -> None:
    await choose_channel(stage)
    await send(stage, await open_form(stage), "B")
    await stage.see("Thank you. It is on its way to the authors", BEN)
    message = await the_suggestion(stage)
    assert "from Ben" in message.words
    assert (
        "<quiz>\nHow many legs has a spider?\n\n- [ ] Six\n- [x] Eight\n\n"
        "Insects have six, spiders eight.\n\n"
        "Source: [example.org](https://example.org/spiders)\n</quiz>"
    ) in message.words
    assert "Goes to basics__shapes.md" in message.words.replace("\n", "")


async def test_a_blank_needs_no_options(stage: Stage) -> None:
    await choose_channel(stage)
    nothing = {"suggest_option0": "", "suggest_option1": ""}
    form = await open_form(stage)
    await send(stage, form, suggest_question="A spider has [[8|eight]] legs.", **nothing)
    assert "A spider has [[8|eight]] legs." in (await the_suggestion(stage)).words


async def test_what_is_wrong_is_said_below_its_field(stage: Stage) -> None:
    form = await open_form(stage)
    for changes, right, field, words in (
        ({}, (), "suggest_right", "Tick what is right."),
        ({}, ("C",), "suggest_right", "Option C is ticked, and empty."),
        ({"suggest_option1": ""}, ("A",), "suggest_option1", "Add at least one more option."),
        ({"suggest_option1": "Six"}, ("A",), "suggest_option1", "the same as another one"),
        ({"suggest_explanation": "- [x] boo"}, ("A",), "suggest_explanation", "only the words"),
        ({"suggest_question": "Why?\n</quiz>"}, ("A",), "suggest_question", "only the words"),
        ({"suggest_question": "Why?\n```"}, ("A",), "suggest_question", "Close the code block"),
    ):
        await send(stage, form, *right, **changes)
        shown = stage.slack.view(BEN)
        assert shown
        assert words in shown.errors.get(field, ""), (field, shown.errors)


async def test_a_form_can_take_more_options_and_keeps_what_was_typed(stage: Stage) -> None:
    form = await open_form(stage)
    assert "Option E" not in form.words
    await stage.slack.press_in(BEN, form, "suggest_more")

    def longer() -> View | None:
        shown = stage.slack.view(BEN)
        return shown if shown and "Option F" in shown.words else None

    shown = await stage.slack.wait_until(longer)
    assert shown
    await choose_channel(stage)
    more = {"suggest_option4": "Ten", "suggest_option5": "Twelve"}
    await send(stage, shown, "B", "F", **more)
    assert "- [ ] Ten\n- [x] Twelve" in (await the_suggestion(stage)).words


async def test_an_accepted_suggestion_is_told_once(stage: Stage) -> None:
    await choose_channel(stage)
    await send(stage, await open_form(stage), "B")
    message = await the_suggestion(stage)
    for _ in range(2):
        await stage.slack.press(ANA, AUTHORS, message.ts, "suggestion_accept")
    await stage.slack.wait_for(ANA, AUTHORS, "Now paste it into the file.")
    await stage.slack.wait_for(ANA, AUTHORS, "It was accepted before.")
    settled = await the_suggestion(stage)
    assert "✅ Accepted by Ana" in settled.words
    assert "suggestion_accept" not in json.dumps(settled.blocks)
    told = [m for m in stage.slack.messages(BEN, BENS_DIRECT) if "is accepted" in m.words]
    assert len(told) == 1


async def test_whoever_suggested_it_hears_why_not(stage: Stage) -> None:
    await choose_channel(stage)
    await send(stage, await open_form(stage), "B")
    message = await the_suggestion(stage)
    await stage.slack.press(ANA, AUTHORS, message.ts, "suggestion_decline")
    form = await stage.slack.wait_until(lambda: stage.slack.view(ANA))
    assert form
    await stage.slack.fill(ANA, form, {"suggestion_reason": "Too many <legs>."})
    await stage.slack.wait_for(ANA, AUTHORS, "Declined, and whoever suggested it hears why.")
    assert "Declined by Ana: Too many <legs>." in (await the_suggestion(stage)).words
    told = await stage.slack.wait_for(BEN, BENS_DIRECT, "do not take the question")
    assert "They say: Too many &lt;legs&gt;." in told.words


async def test_only_admins_answer(stage: Stage, store: RedisStore) -> None:
    await choose_channel(stage)
    await send(stage, await open_form(stage), "B")
    message = await the_suggestion(stage)
    await stage.slack.press(BEN, AUTHORS, message.ts, "suggestion_accept")
    await stage.slack.wait_for(BEN, AUTHORS, "people they have put on the list, decide")
    await finish(stage.running.scheduler)
    assert "suggestion_accept" in json.dumps((await the_suggestion(stage)).blocks)
    assert not await store.in_review(ACME)


async def test_a_suggestion_is_forgotten_with_its_author(stage: Stage, redis: Redis) -> None:
    await choose_channel(stage)
    await send(stage, await open_form(stage), "B")
    message = await the_suggestion(stage)
    await stage.type("/quiz forget me", "Forget everything about you?", BEN)
    await stage.press("forget_me", "Done: I have forgotten you.", BEN)
    await stage.running.background.drain()
    memory = await whole_memory(redis)
    assert BEN not in memory
    assert "spider" not in memory
    await stage.slack.press(ANA, AUTHORS, message.ts, "suggestion_accept")
    await stage.slack.wait_for(ANA, AUTHORS, "I no longer have this suggestion.")
    await finish(stage.running.scheduler)
    assert "spider" in (await the_suggestion(stage)).words


async def test_the_form_is_a_click_away_in_help(stage: Stage) -> None:
    await stage.type("/quiz help", "a question of your own", BEN)
    await stage.slack.press(BEN, GENERAL, stage.ts[BEN], "suggest")
    assert await stage.slack.wait_until(lambda: stage.slack.view(BEN))
    await stage.type("suggest", "The form is one click away.", channel="D1")
