"""Teams: people make and join them, an admin chooses user groups, and all of them have a board."""

from typing import Final

from bot.blocks import ids, teams
from bot.play.groups import EVERY, SOON
from bot.quiz.membership import own_team_id
from bot.quiz.windows import Kind
from bot.sandbox.messages import Message
from tests.conftest import ANA, BEN, CHI, GENERAL, Hand, Stage
from tests.slack.scenes import WRONG_CORNERS, WRONG_SIDES, actions, finish_shapes, press_here, seen

WRONG: Final = (WRONG_SIDES, WRONG_CORNERS)


async def choose(stage: Stage, *groups: str) -> Message:
    """Ana, an admin, puts these user groups on the leaderboard, and no others."""
    await stage.type("/quiz teams", "Teams on the leaderboard")
    saved = stage.slack.message(ANA, GENERAL, teams.CHOSEN)
    await stage.slack.press(ANA, GENERAL, stage.ts[ANA], ids.CHOOSE_GROUPS)
    view = await stage.slack.wait_until(lambda: stage.slack.view(ANA))
    assert view
    await stage.slack.fill(ANA, view, {ids.GROUPS: list(groups)})
    await stage.slack.wait_until(lambda: stage.slack.message(ANA, GENERAL, teams.CHOSEN) != saved)
    return await stage.see(teams.CHOSEN)


async def board(stage: Stage, *rows: str, user: str = ANA) -> str:
    """The team board of the week, with these words in it."""
    message = await stage.type("/quiz leaderboard teams week", "Score", user)
    for row in rows:
        assert row in message.text
    return message.text


# Own teams


async def test_a_team_is_made_joined_and_left(stage: Stage) -> None:
    await stage.type("/quiz team create Falcons", "You made the team Falcons and are in it.")
    await stage.type("/quiz team join falcons", "You are in Falcons.", BEN)
    message = await stage.type("/quiz team", "Own teams:", CHI)
    assert message.ephemeral
    assert "Falcons (2 people)" in message.words
    assert "You are in no own team." in message.words
    await stage.type("/quiz team", "You are in Falcons.", BEN)
    message = await stage.press(ids.LEAVE_TEAM, "You have left Falcons.", BEN)
    assert "You are in no own team." in message.words
    assert "Falcons (1 person)" in message.words
    await stage.type("/quiz team leave", "You have left Falcons.")
    message = await stage.type("/quiz team", "You are in no own team.", CHI)
    assert "Own teams" not in message.words, "it went with the last of its people"


async def test_another_team_is_joined_with_a_press_and_the_first_one_left(stage: Stage) -> None:
    await stage.type("/quiz team create Falcons", "You made the team")
    await stage.type("/quiz team create Night owls", "You made the team Night owls", BEN)
    shown = await stage.type("/quiz team", "You are in Night owls.", BEN)
    await stage.slack.choose(BEN, shown, ids.JOIN_TEAM, own_team_id("Falcons"))
    message = await stage.see("You are in Falcons, and have left Night owls.", BEN)
    assert message.ts == shown.ts
    assert "Night owls (" not in message.words, "it went with the last of its people"


async def test_an_unknown_team_is_made_with_a_press(stage: Stage) -> None:
    await stage.type("/quiz team join <!here>", "There is no own team called “&lt;!here&gt;”.")
    await stage.type("/quiz team join Crows", "There is no own team called “Crows”.")
    await stage.press(ids.CREATE_TEAM, "You made the team Crows and are in it.")
    await stage.type("/quiz team create CROWS", "There is a team Crows already", BEN)


async def test_a_name_that_is_none_is_answered_kindly(stage: Stage) -> None:
    await stage.type("/quiz team create", "Please say which team")
    await stage.type(f"/quiz team create {'x' * 41}", "That name is too long.")


async def test_an_admin_deletes_a_team_and_nobody_else_can(stage: Stage) -> None:
    await stage.type("/quiz team create Falcons", "You made the team", BEN)
    await stage.type("/quiz team delete falcons", "Only admins of this workspace", BEN)
    await stage.type("/quiz team delete falcons", "Delete the team Falcons with 1 person?")
    await press_here(stage, ids.DELETE_TEAM, "The team Falcons is deleted.")
    assert "Own teams" not in seen(stage).words


async def test_whoever_wants_to_be_forgotten_leaves_their_team(stage: Stage) -> None:
    await stage.type("/quiz team create Falcons", "You made the team")
    await stage.type("/quiz forget", "Forget everything about you?")
    await stage.press(ids.FORGET_ME, "I have forgotten you")
    message = await stage.type("/quiz team", "You are in no own team.", BEN)
    assert "Falcons (" not in message.words


# User groups


async def test_an_admin_puts_several_groups_on_the_board(stage: Stage) -> None:
    message = await choose(stage, "S1", "S2")
    assert "User groups: Backend (2 people), Data (1 person)" in message.words
    await finish_shapes(stage)
    await finish_shapes(stage, *WRONG, user=CHI)
    text = await board(stage, "1. Backend (yours)", "1 of 2 members active", "2. Data")
    assert teams.HOW in text
    message = await choose(stage, "S2")
    assert "Backend" not in message.words


async def test_a_member_sees_the_teams_and_who_chooses_them(stage: Stage) -> None:
    await choose(stage, "S1")
    message = await stage.type("/quiz teams", "Admins of this workspace choose", BEN)
    assert "Backend (2 people)" in message.words
    assert ids.CHOOSE_GROUPS not in actions(message)


async def test_rights_that_were_taken_away_meanwhile_count(stage: Stage) -> None:
    await stage.type("/quiz teams", "Teams on the leaderboard")
    await stage.slack.press(ANA, GENERAL, stage.ts[ANA], ids.CHOOSE_GROUPS)
    view = await stage.slack.wait_until(lambda: stage.slack.view(ANA))
    assert view
    stage.slack.change_person(ANA, is_admin=False)
    await stage.slack.fill(ANA, view, {ids.GROUPS: ["S1"]})
    await stage.see("Only admins of this workspace can do that.")
    message = await stage.type("/quiz team", "Teams on the leaderboard")
    assert "Backend" not in message.words


async def test_without_the_scope_own_teams_still_work(stage: Stage) -> None:
    stage.slack.scopes -= {"usergroups:read"}
    message = await stage.type("/quiz teams", "add the scope usergroups:read")
    assert ids.CHOOSE_GROUPS not in actions(message)
    await stage.type("/quiz team create Falcons", "You made the team")
    assert [refusal.error for refusal in stage.slack.refusals] == ["missing_scope"]
    stage.slack.refusals.clear()


async def test_a_workspace_without_user_groups_hears_of_own_teams(stage: Stage) -> None:
    for group in ("S1", "S2"):
        stage.slack.change_usergroup(group, disabled=True)
    await stage.type("/quiz teams", "This workspace has no user groups.")


async def test_members_who_come_and_go_are_there_after_the_event(stage: Stage, hand: Hand) -> None:
    await choose(stage, "S1", "S2")
    listed = len(stage.slack.sent("usergroups.list"))
    stage.slack.change_usergroup("S2", users=("U2", "U3"), name="Data & science")
    for kind in ("subteam_members_changed", "subteam_updated", "subteam_members_changed"):
        told = {"subteam": "S2"} if kind == "subteam_updated" else {"subteam_id": "S2"}
        assert (await stage.slack.event(kind, **told)).ok
    hand.wait(SOON)
    await stage.slack.wait_until(lambda: len(stage.slack.sent("usergroups.list")) > listed)
    await until_listed(stage, "Data & science (2 people)")
    assert len(stage.slack.sent("usergroups.list")) == listed + 1


async def test_members_are_fetched_every_hour_without_an_event(stage: Stage, hand: Hand) -> None:
    await choose(stage, "S1")
    stage.slack.change_usergroup("S1", users=("U1",))
    listed = len(stage.slack.sent("usergroups.list"))
    hand.wait(EVERY)
    await stage.slack.wait_until(lambda: len(stage.slack.sent("usergroups.list")) > listed)
    await until_listed(stage, "Backend (1 person)")


async def until_listed(stage: Stage, words: str) -> None:
    """What Slack has just said may not be kept yet: ask until it is, as people do."""
    for _ in range(100):
        message = await stage.type("/quiz team", "Teams on the leaderboard")
        if words in message.words:
            return
    raise AssertionError(f"{words} is not in {message.words}")


# The board


async def test_the_board_turns_between_people_and_teams(stage: Stage) -> None:
    await stage.type("/quiz team create Falcons", "You made the team")
    await finish_shapes(stage)
    await stage.type("/quiz leaderboard", "This week")
    message = await stage.press(f"{ids.BOARD}:view", "Falcons (yours)")
    assert "1 of 1 · 100 %" in message.words
    assert "200.0" in message.words
    message = await stage.press(f"{ids.BOARD}:{Kind.DAY}", "Today")
    assert "Falcons (yours)" in message.words
    await press_here(stage, f"{ids.BOARD}:view", "You")


async def test_a_board_without_teams_says_how_to_get_some(stage: Stage) -> None:
    await stage.type("/quiz leaderboard teams", "There are no teams yet.")


async def test_a_shared_board_of_teams_names_nobody(stage: Stage) -> None:
    await stage.type("/quiz team create Falcons", "You made the team")
    await finish_shapes(stage)
    await stage.type("/quiz leaderboard teams", "Falcons (yours)")
    await stage.slack.press(ANA, GENERAL, stage.ts[ANA], ids.SHARE_BOARD)
    shared = await stage.see("shared the leaderboard", BEN)
    assert "Falcons" in shared.words
    assert "yours" not in shared.words + shared.text
    assert "<@" not in shared.text


async def test_whoever_hides_still_plays_for_their_team(stage: Stage) -> None:
    await stage.type("/quiz team create Falcons", "You made the team")
    await stage.type("/quiz team join Falcons", "You are in Falcons.", BEN)
    await finish_shapes(stage)
    await stage.type("/quiz privacy", "My data")
    await stage.press(ids.HIDE, "hidden")
    text = await board(stage, "1. Falcons (yours)", "1 of 2 members active, 200 points", user=BEN)
    assert "Ana" not in text


async def test_opening_a_board_asks_slack_nothing_about_teams(stage: Stage) -> None:
    await choose(stage, "S1", "S2")
    await finish_shapes(stage)
    listed = len(stage.slack.sent("usergroups.list"))
    await board(stage, "1. Backend (yours)")
    assert len(stage.slack.sent("usergroups.list")) == listed
    assert stage.slack.sent("usergroups.users.list") == []
