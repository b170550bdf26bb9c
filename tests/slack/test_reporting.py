"""Something wrong? From the button below an answer to the verdict that its reporter hears."""

import json
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from redis.asyncio import Redis

from bot.quiz.player import ChannelId, UserId
from bot.quiz.question import QuestionId
from bot.sandbox.messages import Message
from bot.sandbox.views import View
from bot.storage.redis_store import RedisStore
from tests.conftest import ANA, ANAS_DIRECT, BEN, BENS_DIRECT, CHI, GENERAL, Hand, Stage
from tests.slack.scenes import ACME, RIGHT_SIDES, WRONG_SIDES, finish, seen
from tests.slack.test_live import Room
from tests.slack.test_moderating import answer, ask
from tests.slack.test_privacy import whole_memory

AUTHORS = "C2"


async def choose_channel(stage: Stage, channel: str | None = AUTHORS) -> View | None:
    """Where reports go, in the settings of the workspace; the form that is open afterwards."""
    await stage.slack.say(ANA, GENERAL, "/quiz settings")
    form = await stage.slack.wait_until(lambda: stage.slack.view(ANA))
    assert form
    element = {"type": "conversations_select", "selected_conversation": channel}
    await stage.slack.submit(ANA, form.id, {"review_channel": {"review_channel": element}})
    return stage.slack.view(ANA)


async def answered(stage: Stage, user: str, action_id: str = WRONG_SIDES) -> Message:
    await stage.type("/quiz start shapes", "How many sides has a triangle?", user)
    return await stage.press(action_id, "right", user)


async def open_form(stage: Stage, user: str, channel: str = GENERAL) -> View:
    await stage.slack.press(user, channel, stage.ts[user], "report")
    form = await stage.slack.wait_until(lambda: stage.slack.view(user))
    assert form
    return form


async def send(
    stage: Stage, user: str, form: View, complaint: str = "key", words: str = ""
) -> None:
    chosen = next(
        each
        for block in form.blocks
        if block.get("block_id") == "complaint"
        for each in block["element"]["options"]
        if each["value"] == complaint
    )
    radio = {"type": "radio_buttons", "selected_option": chosen}
    text = {"type": "plain_text_input", "value": words or None}
    values = {"complaint": {"complaint": radio}, "words": {"words": text}}
    await stage.slack.submit(user, form.id, values)


async def report(stage: Stage, user: str, complaint: str = "key", words: str = "") -> None:
    await answered(stage, user)
    await send(stage, user, await open_form(stage, user), complaint, words)


def in_channel(stage: Stage, words: str, channel: str = AUTHORS) -> list[Message]:
    return [m for m in stage.slack.messages(CHI, channel) if words in m.words]


async def the_case(stage: Stage) -> Message:
    """The one message about a report, as it is when all that is due is done."""
    await finish(stage.running.scheduler)
    (found,) = [m for m in in_channel(stage, "Report") if not m.thread_ts and not m.only_for]
    return found


async def decide(stage: Stage, action_id: str, words: str, user: str = ANA) -> None:
    """Press a button of the message about the case."""
    case = await the_case(stage)
    await stage.slack.press(user, AUTHORS, case.ts, action_id)
    await stage.slack.wait_for(user, AUTHORS, words)
    await finish(stage.running.scheduler)


async def test_a_report_reaches_the_authors_with_all_they_need(stage: Stage) -> None:
    await choose_channel(stage)
    await report(stage, BEN, "also", "A triangle has three *corners* too.")
    await stage.see("Thank you. It is on its way to the authors", BEN)
    case = await the_case(stage)
    for words in (
        "Shapes",
        "1 person",
        "Another answer is right too",
        '<quiz id="sides">\nHow many sides has a triangle?',
        "- [x] Three",
        "basics__shapes.md:4",
        "1 first answer, 0 right: too few to judge it by.",
        "Ben: another answer is right too · “A triangle has three *corners* too.”",
    ):
        assert words in case.words, words
    (reply,) = [m for m in stage.slack.messages(CHI, AUTHORS) if m.thread_ts == case.ts]
    assert reply.text == "Ben: another answer is right too. A triangle has three *corners* too."


async def test_the_letters_that_somebody_saw_come_with_their_words(
    stage: Stage, hand: Hand
) -> None:
    await choose_channel(stage)
    hand.random = Random(3)  # noqa: S311  options in another order than the author's
    await stage.type("/quiz start shapes 1", "1 of 1", BEN)
    asked = seen(stage, BEN)
    first = next(line for line in asked.text.splitlines() if line.startswith("A: "))
    await stage.press("answer:0", "of 1 answered", BEN)
    form = await open_form(stage, BEN)
    assert "Quote an answer rather than its letter" in json.dumps(form.body)
    await send(stage, BEN, form, "also", "A, I think.")
    case = await the_case(stage)
    (reply,) = [m for m in stage.slack.messages(CHI, AUTHORS) if m.thread_ts == case.ts]
    assert f"Seen with these letters: {first.replace(':', '', 1)} · B " in reply.words


async def test_something_else_has_to_be_said(stage: Stage) -> None:
    await choose_channel(stage)
    await answered(stage, BEN)
    form = await open_form(stage, BEN)
    await send(stage, BEN, form, "other")
    refused = stage.slack.view(BEN)
    assert refused is not None
    assert refused.errors == {"words": "Please say in a few words what is wrong."}
    await send(stage, BEN, refused, "other", "Its picture is missing.")
    assert "Its picture is missing." in (await the_case(stage)).words


async def test_several_reports_are_one_message_with_a_reply_each(stage: Stage) -> None:
    await choose_channel(stage)
    await report(stage, BEN)
    first = await the_case(stage)
    await report(stage, CHI, "typo")
    case = await the_case(stage)
    assert case.ts == first.ts
    assert "2 people" in case.words
    replies = [m for m in stage.slack.messages(CHI, AUTHORS) if m.thread_ts == case.ts]
    assert len(replies) == 2


async def test_a_second_report_takes_the_place_of_the_first(stage: Stage) -> None:
    await choose_channel(stage)
    await report(stage, BEN)
    await send(stage, BEN, await open_form(stage, BEN), "typo", "Triangel")
    await stage.see("This takes the place of what you reported before.", BEN)
    case = await the_case(stage)
    assert "1 person" in case.words
    assert "Triangel" in case.words
    assert "the marked answer is wrong" not in case.words


async def test_three_people_take_a_question_out_of_the_daily_pool(
    stage: Stage, hand: Hand, store: RedisStore
) -> None:
    await choose_channel(stage)
    for user in (ANA, BEN):
        await report(stage, user)
    assert not await store.withheld(ACME)
    await report(stage, CHI)
    await stage.see("no question of the day any more until an admin decides", CHI)
    assert set(await store.withheld(ACME)) == {QuestionId("sides")}
    case = await the_case(stage)
    assert "It is out of the daily pool until one of you decides." in case.words
    ts = await ask(stage, hand)
    post = next(m for m in stage.slack.messages(BEN, GENERAL) if m.ts == ts)
    assert "square" in post.words


async def test_whoever_reported_hears_the_verdict_once(stage: Stage, store: RedisStore) -> None:
    await choose_channel(stage)
    for user in (BEN, CHI):
        await report(stage, user)
    case = await the_case(stage)
    for _ in range(2):
        await stage.slack.press(ANA, AUTHORS, case.ts, "case_fixed")
    await stage.slack.wait_for(ANA, AUTHORS, "Marked as fixed. 2 people will hear of it.")
    await stage.slack.wait_for(ANA, AUTHORS, "It was settled before: marked as fixed.")
    await finish(stage.running.scheduler)
    for user, direct in ((BEN, BENS_DIRECT), (CHI, "D3")):
        told = [m for m in stage.slack.messages(user, direct) if "was corrected" in m.words]
        assert len(told) == 1
    settled = await the_case(stage)
    assert "✅ Marked as fixed by Ana" in settled.words
    assert not await store.in_review(ACME)


async def test_what_is_kept_comes_back_into_the_pool(stage: Stage, store: RedisStore) -> None:
    await choose_channel(stage)
    for user in (ANA, BEN, CHI):
        await report(stage, user)
    await decide(stage, "case_kept", "Kept as it is. 3 people will hear of it.")
    assert not await store.withheld(ACME)
    assert "keep it as it is" in (await stage.slack.wait_for(BEN, BENS_DIRECT, "reported")).words


async def test_an_admin_takes_a_question_out_and_puts_it_back(
    stage: Stage, store: RedisStore
) -> None:
    await choose_channel(stage)
    await report(stage, BEN)
    await decide(stage, "case_out", "Taken out of the daily pool.")
    assert set(await store.withheld(ACME)) == {QuestionId("sides")}
    assert "It is out of the daily pool." in (await the_case(stage)).words
    await decide(stage, "case_back", "Back in the daily pool.")
    assert not await store.withheld(ACME)


async def test_only_admins_and_whom_they_allow_decide(stage: Stage, store: RedisStore) -> None:
    await choose_channel(stage)
    await report(stage, CHI)
    await decide(stage, "case_fixed", "people they have put on the list, decide", BEN)
    assert "Mark fixed" in (await the_case(stage)).words
    settings = await store.workspace_settings(ACME)
    await store.decide(ACME, replace(settings, allowed=frozenset({UserId(BEN)})))
    await decide(stage, "case_fixed", "Marked as fixed.", BEN)
    assert "Marked as fixed by Ben" in (await the_case(stage)).words


async def test_a_report_after_the_verdict_is_a_new_case(stage: Stage) -> None:
    await choose_channel(stage)
    await report(stage, BEN)
    first = await the_case(stage)
    await decide(stage, "case_kept", "Kept as it is.")
    await report(stage, CHI)
    await finish(stage.running.scheduler)
    old, new = [m for m in in_channel(stage, "Report") if not m.thread_ts and not m.only_for]
    assert old.ts == first.ts
    assert "Kept as it is by Ana" in old.words
    assert "1 person" in new.words
    await stage.slack.press(ANA, AUTHORS, new.ts, "case_fixed")
    await stage.slack.wait_for(ANA, AUTHORS, "Marked as fixed. 1 person will hear of it.")


# Where it is reported from


async def test_the_menu_of_a_question_gives_nothing_away(stage: Stage) -> None:
    await choose_channel(stage)
    await stage.type("/quiz start shapes", "How many sides has a triangle?", BEN)
    here = {"channel": GENERAL, "ts": stage.ts[BEN]}
    await stage.slack.choose(BEN, here, "more", _value_of_menu(stage))
    form = await stage.slack.wait_until(lambda: stage.slack.view(BEN))
    assert form
    assert "How many sides has a triangle?" in form.words
    assert "Three" not in json.dumps(form.body)
    await send(stage, BEN, form, "unclear")
    thanks = await stage.see("Thank you.", BEN)
    assert "Three" not in thanks.words
    assert "The question is unclear" in (await the_case(stage)).words


def _value_of_menu(stage: Stage) -> str:
    (more,) = [
        element
        for block in seen(stage, BEN).blocks or ()
        if block["type"] == "actions"
        for element in block["elements"]
        if element["type"] == "overflow"
    ]
    wanted = "Something wrong?"
    return str(next(o["value"] for o in more["options"] if o["text"]["text"] == wanted))


async def test_the_question_of_the_day_can_be_reported_too(stage: Stage, hand: Hand) -> None:
    await choose_channel(stage)
    ts = await ask(stage, hand)
    await answer(stage, BEN, ts)
    await send(stage, BEN, await open_form(stage, BEN), "outdated")
    await stage.see("Thank you.", BEN)
    assert "It is out of date" in (await the_case(stage)).words
    hand.wait(timedelta(hours=8))
    await finish(stage.running.scheduler)
    stage.ts[CHI] = ts
    await send(stage, CHI, await open_form(stage, CHI), "outdated")
    await stage.see("Thank you.", CHI)
    assert "2 people" in (await the_case(stage)).words


async def test_a_question_of_a_live_round_can_be_reported(stage: Stage, hand: Hand) -> None:
    await choose_channel(stage)
    room = Room(stage, hand)
    await room.open("shapes 2")
    await room.press(ANA, "live_join", "You are in")
    await room.push(BEN, "live_start", "How many sides has a triangle?")
    await room.press(ANA, "live:0", "Recorded")
    await room.go_on(26)
    result = next(m for m in room.posts if "nobody answered" in m.words or "1 right" in m.words)
    stage.ts[CHI] = result.ts
    await send(stage, CHI, await open_form(stage, CHI), "typo")
    await stage.see("Thank you.", CHI)
    assert "There is a typo" in (await the_case(stage)).words


async def test_an_old_button_finds_the_question_in_the_bank(stage: Stage) -> None:
    """The person has begun another quiz since."""
    await choose_channel(stage)
    await answered(stage, BEN, RIGHT_SIDES)
    old = stage.ts[BEN]
    await stage.type("/quiz stop", "Shapes", BEN)
    await stage.type("/quiz start colours", "What colour", BEN)
    stage.ts[BEN] = old
    await send(stage, BEN, await open_form(stage, BEN))
    await stage.see("Thank you.", BEN)
    assert "How many sides has a triangle?" in (await the_case(stage)).words


# Without a channel


async def test_reports_wait_for_a_channel(stage: Stage, hand: Hand) -> None:
    await ask(stage, hand)
    await report(stage, BEN, "typo")
    await stage.see("goes to the authors as soon as an admin has chosen a channel", BEN)
    await finish(stage.running.scheduler)
    nudge = await stage.slack.wait_for(ANA, ANAS_DIRECT, "wait for their authors: 1 so far")
    assert "`/quiz settings`" in nudge.words
    await choose_channel(stage)
    await stage.see("Settings saved. What has been reported and suggested so far is on its way")
    assert "There is a typo" in (await the_case(stage)).words


@pytest.mark.parametrize(
    ("prepare", "words"),
    [
        ("leave", "I am not in that channel."),
        ("archive", "That channel is archived."),
        ("ask", "That channel has a question of the day."),
    ],
)
async def test_a_channel_must_fit(
    stage: Stage, hand: Hand, store: RedisStore, prepare: str, words: str
) -> None:
    channel = AUTHORS
    match prepare:
        case "leave":
            stage.slack.workspace.leave("UBOT", AUTHORS)
        case "archive":
            stage.slack.archive(AUTHORS)
        case "ask":
            await ask(stage, hand)
            channel = GENERAL
    form = await choose_channel(stage, channel)
    assert form
    assert form.errors["review_channel"].startswith(words)
    assert not (await store.workspace_settings(ACME)).review


async def test_a_channel_that_went_wrong_later_does_not_block_other_settings(
    stage: Stage, store: RedisStore
) -> None:
    await choose_channel(stage)
    stage.slack.archive(AUTHORS)
    assert await choose_channel(stage) is None
    assert (await store.workspace_settings(ACME)).review == ChannelId(AUTHORS)


# Limits and privacy


async def test_a_person_reports_so_much_in_a_day_and_loses_no_words(stage: Stage) -> None:
    await choose_channel(stage)
    await answered(stage, BEN)
    for _ in range(10):
        await send(stage, BEN, await open_form(stage, BEN))
    await send(stage, BEN, await open_form(stage, BEN), words="A long story.")
    form = stage.slack.view(BEN)
    assert form is not None
    said = form.errors["words"]
    assert said.startswith("That makes 10 reports and suggestions within a day.")
    assert "in 24 hours: copy your words until then." in said
    assert form.state["words"]["words"]["value"] == "A long story."


async def test_what_somebody_reported_is_theirs_to_export_and_forget(
    stage: Stage, redis: Redis
) -> None:
    await choose_channel(stage)
    await report(stage, BEN, "other", "My own words.")
    await finish(stage.running.scheduler)
    await stage.type("/quiz export", "Your data is in our direct conversation.", BEN)
    (message,) = await stage.slack.wait_until(
        lambda: [m for m in stage.slack.messages(BEN, BENS_DIRECT) if m.files]
    )
    content = stage.slack.file(BEN, message.files[0]).content or b""
    assert b"My own words." in content
    await stage.type("/quiz forget me", "Forget everything about you?", BEN)
    await stage.press("forget_me", "Done: I have forgotten you.", BEN)
    await stage.running.background.drain()
    memory = await whole_memory(redis)
    assert BEN not in memory
    assert "My own words." not in memory
    await decide(stage, "case_kept", "Kept as it is.")
    assert "My own words." not in (await the_case(stage)).words
