"""What people decide: about their data, and admins about the workspace."""

import json

import pytest
from redis.asyncio import Redis

from bot.quiz.people import Schedulers, WorkspaceSettings
from bot.quiz.player import UserId
from bot.sandbox.messages import Message
from bot.storage.redis_store import RedisStore
from tests.conftest import ANA, ANAS_DIRECT, BEN, BENS_DIRECT, GENERAL, Stage
from tests.slack.scenes import ACME, actions, finish_shapes, seen

FOREIGN = "U8"


# My data


async def test_a_choice_of_time_zone_is_shown_in_place(stage: Stage) -> None:
    await finish_shapes(stage, user=BEN)
    await stage.running.background.drain()
    about = await stage.type("/quiz privacy", "Your time zone: America/New_York", BEN)
    assert about.ephemeral
    here = {"channel": GENERAL, "ts": about.ts}
    await stage.slack.choose(BEN, here, "my_zone", "Asia/Tokyo")
    changed = await stage.see("Your time zone: Asia/Tokyo", BEN)
    assert changed.ts == about.ts


async def exported(stage: Stage, user: str, channel: str) -> Message:
    (message,) = await stage.slack.wait_until(
        lambda: [m for m in stage.slack.messages(user, channel) if m.files]
    )
    return message


async def test_an_export_is_a_file_for_oneself_alone(stage: Stage) -> None:
    await finish_shapes(stage, "answer:1", "answer:1", user=BEN)
    await finish_shapes(stage)
    await stage.type("/quiz export", "Your data is in our direct conversation.", BEN)
    message = await exported(stage, BEN, BENS_DIRECT)
    file = stage.slack.file(BEN, message.files[0])
    assert file.name == "quiz-data-2026-03-02.json"
    content = json.loads(file.content or b"")
    answers = content["first_answers"]
    assert sorted((a["quiz"], a["right"], a["points"]) for a in answers) == [
        ("Shapes", False, 0),
        ("Shapes", True, 100),
    ]
    assert content["about"] == {"workspace": "T1", "user": BEN}
    assert ANA not in json.dumps(content)
    assert not [m for m in stage.slack.messages(ANA, GENERAL) if m.files]


async def test_without_the_scope_an_export_is_said_in_messages(stage: Stage) -> None:
    await finish_shapes(stage)
    stage.slack.scopes -= {"files:write"}
    await stage.type("/quiz export", "Your data is in our direct conversation.")
    page = await stage.see("quiz-data-2026-03-02.json · 1 of 1", channel=ANAS_DIRECT)
    assert '"first_answers"' in page.words
    assert {refusal.error for refusal in stage.slack.refusals} == {"missing_scope"}
    stage.slack.refusals.clear()


async def test_nothing_is_left_of_whoever_wants_to_be_forgotten(
    stage: Stage, redis: Redis
) -> None:
    """Not even the name that comes with the last click, nor with tomorrow's list."""
    await finish_shapes(stage, user=BEN)
    await stage.running.background.drain()
    asked = await stage.type("/quiz forget me", "Forget everything about you?", BEN)
    assert actions(asked) == {"forget_me", "export"}
    await stage.running.background.drain()
    assert BEN in await whole_memory(redis)
    done = await stage.press("forget_me", "Done: I have forgotten you.", BEN)
    assert done.ts == asked.ts
    await stage.running.background.drain()
    assert BEN not in await whole_memory(redis)
    await stage.type("/quiz leaderboard", "Nobody has played this week.")
    await stage.running.background.drain()
    assert BEN not in await whole_memory(redis)


async def whole_memory(redis: Redis) -> str:
    """Every key, and all that is in it that is text."""
    found = []
    async for key in redis.scan_iter("{T1}*"):
        found.append(repr(key))
        match await redis.type(key):
            case b"hash":
                found.append(repr(await redis.hgetall(key)))
            case b"zset":
                found.append(repr(await redis.zrange(key, 0, -1)))
            case b"set":
                found.append(repr(await redis.smembers(key)))
            case _:
                found.append(repr(await redis.get(key)))
    return "\n".join(found)


async def test_whoever_was_forgotten_may_play_again_by_name(stage: Stage) -> None:
    await finish_shapes(stage, user=BEN)
    await stage.type("/quiz forget me", "Forget everything about you?", BEN)
    await stage.press("forget_me", "Done: I have forgotten you.", BEN)
    await stage.type("/quiz stats", "Nothing answered yet.", BEN)
    await finish_shapes(stage, user=BEN)
    await stage.running.background.drain()
    board = await stage.type("/quiz leaderboard", "This week")
    assert "1. Ben: 200 points" in board.text


async def test_the_way_to_my_data_is_a_button_too(stage: Stage) -> None:
    await stage.type("/quiz help", "what I keep about you")
    await stage.press("privacy", "Leaderboards show you.")
    about = stage.ts[ANA]
    await stage.press("forget", "Forget everything about you?")
    assert stage.ts[ANA] != about


# The workspace's settings


async def open_settings(stage: Stage, user: str = ANA) -> None:
    await stage.slack.say(user, GENERAL, "/quiz settings")


async def test_an_admin_decides_about_the_workspace(stage: Stage, store: RedisStore) -> None:
    await open_settings(stage)
    form = await stage.slack.wait_until(lambda: stage.slack.view(ANA))
    assert form
    zone = {"type": "external_select", "selected_option": option("Asia/Tokyo")}
    people = {"type": "multi_users_select", "selected_users": [BEN]}
    who = form.state["schedulers"]["schedulers"]
    assert who["selected_option"]["value"] == "admins"
    values = {"zone": {"zone": zone}, "allowed": {"allowed": people}}
    await stage.slack.submit(ANA, form.id, values)
    await stage.see("Settings saved.")
    assert stage.slack.view(ANA) is None
    assert await store.workspace_settings(ACME) == WorkspaceSettings(
        "Asia/Tokyo", Schedulers.ADMINS, frozenset({UserId(BEN)})
    )
    await open_settings(stage)
    again = await stage.slack.wait_until(lambda: stage.slack.view(ANA))
    assert again
    assert again.state["zone"]["zone"]["selected_option"]["value"] == "Asia/Tokyo"
    assert again.state["allowed"]["allowed"]["selected_users"] == [BEN]


def option(zone: str) -> dict[str, object]:
    text = {"type": "plain_text", "text": zone, "emoji": True}
    return {"text": text, "value": zone}


async def test_nobody_else_may(stage: Stage, store: RedisStore) -> None:
    """Neither a member, nor an admin who is one no longer when the form is sent."""
    await open_settings(stage, BEN)
    refused = await stage.see("Only admins of this workspace can change its settings.", BEN)
    assert refused.ephemeral
    await open_settings(stage)
    form = await stage.slack.wait_until(lambda: stage.slack.view(ANA))
    assert form
    stage.slack.change_person(ANA, is_admin=False)
    before = await store.workspace_settings(ACME)
    await stage.slack.submit(ANA, form.id)
    await stage.see("Only admins of this workspace can change its settings.")
    assert await store.workspace_settings(ACME) == before


async def test_when_slack_is_slow_the_form_stays(stage: Stage, store: RedisStore) -> None:
    await open_settings(stage)
    form = await stage.slack.wait_until(lambda: stage.slack.view(ANA))
    assert form
    before = await store.workspace_settings(ACME)
    stage.slack.hold("users.info")
    await stage.slack.submit(ANA, form.id)
    refused = stage.slack.view(ANA)
    assert refused is not None
    assert refused.errors == {
        "zone": "Slack is slow to answer just now. Save once more in a minute."
    }
    stage.slack.release("users.info")
    assert await store.workspace_settings(ACME) == before
    await stage.slack.submit(ANA, form.id)
    await stage.see("Settings saved.")


async def test_an_admin_of_another_workspace_may_not(stage: Stage) -> None:
    stage.slack.add_person(FOREIGN, "Fay", "UTC", is_admin=True, foreign_team="T9")
    await open_settings(stage, FOREIGN)
    await stage.see("Only admins of this workspace can change its settings.", FOREIGN)
    assert stage.slack.view(FOREIGN) is None


async def test_who_cannot_be_asked_about_may_not(stage: Stage) -> None:
    stage.slack.fail_next("users.info", "fatal_error", times=3)
    await open_settings(stage)
    await stage.see("I could not find out whether you are an admin")
    assert stage.slack.view(ANA) is None
    await stage.running.background.drain()
    stage.slack.refusals.clear()


async def test_a_form_needs_a_click_in_a_conversation(stage: Stage) -> None:
    await stage.type("settings", "The settings of this workspace", channel=ANAS_DIRECT)
    await stage.slack.press(ANA, ANAS_DIRECT, seen(stage, channel=ANAS_DIRECT).ts, "settings")
    assert await stage.slack.wait_until(lambda: stage.slack.view(ANA))


@pytest.mark.parametrize("query", ["berlin", "tokyo", ""])
async def test_zones_are_searched_by_city(stage: Stage, query: str) -> None:
    about = await stage.type("/quiz privacy", "My data")
    here = {"channel": GENERAL, "ts": about.ts}
    block = next(b["block_id"] for b in about.blocks or () if "my_zone" in json.dumps(b))
    found = await stage.slack.suggest(ANA, here, block, "my_zone", query)
    (group,) = found["option_groups"]
    names = [each["value"].casefold() for each in group["options"]]
    assert names
    assert len(names) <= 100
    assert all(query in name for name in names)
