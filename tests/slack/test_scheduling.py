"""Setting up the question of the day: the form, who may, and everything that can be pressed."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from redis.asyncio import Redis

from bot.bank.files import Bank
from bot.quiz.people import Schedulers, WorkspaceSettings
from bot.quiz.player import ChannelId, UserId
from bot.quiz.schedule import BY_HAND, Schedule
from bot.sandbox.people import Facts
from tests.conftest import ANA, ANAS_DIRECT, BEN, CHI, GENERAL, Hand, Stage
from tests.slack.forgetful import open_forgetful
from tests.slack.scenes import ACME, finish, public
from tests.slack.schedule_form import Form


@pytest.fixture
def form(stage: Stage) -> Form:
    return Form(stage)


async def kept(stage: Stage) -> Schedule | None:
    return await stage.running.store.schedule(ACME, ChannelId(GENERAL))


async def set_up(form: Form) -> Schedule:
    """Every working day at nine in Berlin, until five."""
    await form.open()
    await form.send()
    await form.send()
    await form.stage.see("Saved.", form.user)
    schedule = await kept(form.stage)
    assert schedule is not None
    return schedule


# The form


async def test_an_admin_sets_it_up_and_sees_when_it_asks_before_it_is_saved(
    form: Form, stage: Stage
) -> None:
    opened = await form.open()
    assert "Europe/Berlin (UTC+01:00)" in opened.words
    confirm = await form.send(days_off="2026-03-04 # retreat")
    assert confirm is not None
    assert "Monday to Friday at 09:00, closes at 17:00 (Europe/Berlin)" in confirm.words
    for when in ("Tue 3 March at 09:00", "Thu 5 March at 09:00", "Fri 6 March at 09:00"):
        assert when in confirm.words
    assert "5 questions to choose from: all topics" in confirm.words
    assert await kept(stage) is None
    assert await form.send() is None
    told = await stage.see("Saved. The next question for")
    assert "comes Tue 3 March at 09:00 (Europe/Berlin)" in told.words
    assert told.only_for == ANA
    schedule = await kept(stage)
    assert schedule is not None
    assert (schedule.owner, schedule.timetable.zone) == (ANA, "Europe/Berlin")
    assert len(schedule.timetable.days_off) == 1


async def test_what_was_promised_is_what_happens(form: Form, stage: Stage, hand: Hand) -> None:
    await set_up(form)
    hand.wait(timedelta(hours=22, minutes=59))
    await finish(stage.running.scheduler)
    assert public(stage) == []
    hand.wait(timedelta(minutes=1))
    await finish(stage.running.scheduler)
    (post,) = public(stage)
    assert "Question of the day" in post.words


async def test_back_leads_to_what_was_filled_in(form: Form, stage: Stage) -> None:
    first = await form.open()
    confirm = await form.send(at="11:15")
    assert confirm is not None
    assert confirm.id != first.id
    assert "Mon 2 March at 11:15" in confirm.words
    await stage.slack.close_view(ANA, confirm.id)
    assert form.view.id == first.id
    again = await form.send(at="11:45")
    assert again is not None
    assert "Mon 2 March at 11:45" in again.words


async def test_every_field_is_kept_and_shown_again(form: Form, stage: Stage) -> None:
    await form.open()
    await form.send(
        at="08:30",
        closes="",
        weekdays=["0", "3", "5"],
        zone="kathmandu",
        topics=["shapes"],
        feedback="at_once",
        board_day="4",
        country="germany",
        days_off="24.12.2026\n2026-08-01 to 2026-08-03",
    )
    confirm = form.view.words
    assert "Monday, Thursday and Saturday at 08:30, open for a day (Asia/Kathmandu)" in confirm
    assert "2 questions to choose from: Shapes" in confirm
    assert "at once, in private" in confirm
    assert "Leaderboard of the week on Fridays" in confirm
    assert "holidays of Germany" in confirm
    assert "4 days of your own" in confirm
    await form.send()
    await stage.see("Saved.")
    schedule = await kept(stage)
    assert schedule is not None
    assert schedule.topics == ("basics/shapes",)
    assert (schedule.instant, schedule.board_day, schedule.country) == (True, 4, "DE")
    shown = await form.open(words="Pause")
    for words in ("Asia/Kathmandu (UTC+05:45)", "Shapes", "On Fridays", "Germany"):
        assert words in shown.words
    state = {
        block: value for elements in shown.state.values() for block, value in elements.items()
    }
    assert state["schedule_days_off"]["value"] == "2026-08-01 to 2026-08-03\n2026-12-24"
    assert state["schedule_at"]["selected_time"] == "08:30"
    assert [day["value"] for day in state["schedule_weekdays"]["selected_options"]] == list("035")


async def test_the_next_moments_are_told_over_a_clock_change(form: Form, hand: Hand) -> None:
    hand.wait(datetime(2026, 3, 26, 12, tzinfo=UTC) - hand.now())
    await form.open()
    confirm = await form.send()
    assert confirm is not None
    for when in ("Fri 27 March at 09:00", "Mon 30 March at 09:00", "Tue 31 March at 09:00"):
        assert when in confirm.words
    assert "The clocks change in between; it stays at 09:00 local time." in confirm.words
    await form.stage.slack.close_view(ANA, confirm.id)
    again = await form.send(at="02:30", weekdays=list("0123456"))
    assert again is not None
    assert "Sun 29 March at 03:30 (the clocks skip 02:30)" in again.words


async def test_holidays_of_the_country_are_left_out(form: Form, hand: Hand) -> None:
    hand.wait(datetime(2026, 12, 23, 12, tzinfo=UTC) - hand.now())
    await form.open()
    confirm = await form.send(country="germany")
    assert confirm is not None
    for when in ("Thu 24 December", "Mon 28 December", "Tue 29 December"):
        assert when in confirm.words
    assert "such as Fri 25 December (Christmas Day)" in confirm.words


async def test_a_bot_that_is_not_in_the_channel_asks_to_be_invited(
    form: Form, stage: Stage
) -> None:
    stage.slack.workspace.leave("UBOT", GENERAL)
    await form.open()
    confirm = await form.send()
    assert confirm is not None
    assert "Invite me" in confirm.words


# What is wrong is said below its field


async def test_a_mistake_is_named_below_its_field(form: Form, stage: Stage) -> None:
    opened = await form.open()
    for field, content, words in (
        ("closes", "09:05", "at least 10 minutes"),
        ("days_off", "24/12/2026", "Line 1: “24/12/2026” could be two dates."),
    ):
        after = await form.send(**{field: content})
        assert after is not None
        assert after.id == opened.id
        assert words in form.complaint(field)
    assert await kept(stage) is None


# Who may


async def test_a_member_may_not_unless_the_workspace_wants_it(stage: Stage) -> None:
    form = Form(stage, BEN)
    told = await form.open(words="Only admins")
    assert "quiz settings" in told.words
    settings = WorkspaceSettings(schedulers=Schedulers.MEMBERS)
    await stage.running.store.decide(ACME, settings)
    opened = await form.open()
    assert "America/New York" in opened.words


async def test_people_on_the_list_may(stage: Stage) -> None:
    allowed = WorkspaceSettings(allowed=frozenset({UserId(BEN)}))
    await stage.running.store.decide(ACME, allowed)
    await Form(stage, BEN).open()
    await Form(stage, CHI).open(words="Only admins")


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param({"foreign_team": "T9", "is_admin": True}, id="another company"),
        pytest.param({"guest": True}, id="a guest"),
    ],
)
async def test_strangers_and_guests_never_may(stage: Stage, facts: Facts) -> None:
    stage.slack.add_person("U9", "Zoe", "Europe/Paris", **facts)
    await stage.running.store.decide(ACME, WorkspaceSettings(schedulers=Schedulers.MEMBERS))
    await Form(stage, "U9").open(words="Only admins")


async def test_whom_slack_does_not_tell_is_asked_to_try_again(stage: Stage, form: Form) -> None:
    stage.slack.fail_next("users.info", "internal_error")
    await form.open(words="Try again in a minute.")
    stage.slack.refusals.clear()


async def test_where_the_authors_read_reports_nobody_is_asked(stage: Stage, form: Form) -> None:
    """Chosen while the form was open, too: a report shows what is right."""
    await form.open()
    await form.send()
    store = stage.running.store
    await store.decide(ACME, WorkspaceSettings(review=ChannelId(GENERAL)))
    await form.send()
    await stage.see("Reports about questions come to this channel")
    assert await kept(stage) is None
    await form.open(words="Reports about questions come to this channel")


async def test_rights_that_are_lost_meanwhile_count_at_each_step(stage: Stage, form: Form) -> None:
    await form.open()
    stage.slack.change_person(ANA, is_admin=False)
    after = await form.send()
    assert after is not None
    assert "Only admins" in after.words
    stage.slack.change_person(ANA, is_admin=True)
    await form.open()
    await form.send()
    stage.slack.change_person(ANA, is_admin=False)
    await form.send()
    await stage.see("Only admins")
    assert await kept(stage) is None


async def test_every_button_asks_again_who_presses(stage: Stage, form: Form) -> None:
    before = await set_up(form)
    for button in ("pause", "post_now", "preview", "delete"):
        stage.slack.change_person(ANA, is_admin=True)
        await form.open(words="Pause")
        stage.slack.change_person(ANA, is_admin=False)
        await form.press(f"schedule_{button}", "Only admins")
    assert await kept(stage) == before
    assert public(stage) == []


# Where


async def test_a_direct_message_is_the_wrong_place(stage: Stage) -> None:
    await stage.type("/quiz daily", "belongs to a channel", channel=ANAS_DIRECT)


async def test_a_mention_leads_to_the_form_by_a_button(stage: Stage, form: Form) -> None:
    await stage.type("<@UBOT> daily", "set up in a form")
    await stage.slack.press(ANA, GENERAL, stage.ts[ANA], "schedule_open")
    await form.see("Ask at")


# The buttons


async def test_a_pause_stops_the_questions_until_it_is_resumed(
    stage: Stage, form: Form, hand: Hand
) -> None:
    await set_up(form)
    await form.open(words="The next question for")
    paused = await form.press("schedule_pause", "is not asked now.")
    assert "Somebody paused it." in paused.words
    schedule = await kept(stage)
    assert schedule is not None
    assert schedule.paused == BY_HAND
    hand.wait(timedelta(hours=24))
    await finish(stage.running.scheduler)
    assert public(stage) == []
    resumed = await form.press("schedule_resume", "The next question for")
    assert "Wed 4 March at 09:00" in resumed.words
    await finish(stage.running.scheduler)
    assert public(stage) == []


async def test_what_was_typed_stays_when_a_button_is_pressed(stage: Stage, form: Form) -> None:
    await set_up(form)
    await form.open(words="Pause")
    await form.send(days_off="nonsense")
    await form.press("schedule_pause", "is not asked now.")
    assert form.view.state["schedule_days_off"]["schedule_days_off"]["value"] == "nonsense"
    await form.send(days_off="2026-12-24")
    await form.send()
    await stage.see("stays paused")


async def test_a_date_gets_one_question_however_often_it_is_posted_by_hand(
    stage: Stage, form: Form, hand: Hand
) -> None:
    await set_up(form)
    await form.open(words="Pause")
    posted = await form.press("schedule_post_now", "Posted.")
    assert "Tue 3 March at 09:00" in posted.words
    await form.press("schedule_post_now", "is in the channel already")
    assert len(public(stage)) == 1
    hand.wait(timedelta(minutes=1))
    await finish(stage.running.scheduler)
    assert len(public(stage)) == 1


async def test_a_preview_is_for_the_person_alone_and_counts_nothing(
    stage: Stage, form: Form
) -> None:
    await set_up(form)
    opened = await form.open(words="Pause")
    preview = await form.press("schedule_preview", "Nobody has been asked")
    assert preview.id != opened.id
    assert "Question of the day" in preview.words
    assert form.buttons == set()
    assert public(stage) == []
    await stage.slack.close_view(ANA, preview.id)
    assert form.view.id == opened.id
    assert await stage.running.store.last_day(ACME, ChannelId(GENERAL)) is None


async def test_a_deleted_schedule_asks_no_more(stage: Stage, form: Form, hand: Hand) -> None:
    await set_up(form)
    await form.open(words="Pause")
    await form.press("schedule_delete", "Deleted.")
    assert await kept(stage) is None
    hand.wait(timedelta(hours=24))
    await finish(stage.running.scheduler)
    assert public(stage) == []


async def test_of_two_people_at_the_form_the_second_is_told(stage: Stage, form: Form) -> None:
    stage.slack.change_person(BEN, is_admin=True)
    other = Form(stage, BEN)
    await form.open()
    await other.open()
    await other.send(at="12:00")
    await form.send(at="13:00")
    await form.send()
    await stage.see("Saved.")
    await other.send()
    await stage.see("Nothing was saved", BEN)
    schedule = await kept(stage)
    assert schedule is not None
    assert schedule.owner == ANA


async def test_a_form_sent_after_another_change_shows_what_is_there_now(
    stage: Stage, form: Form
) -> None:
    stage.slack.change_person(BEN, is_admin=True)
    other = Form(stage, BEN)
    await other.open()
    await set_up(form)
    after = await other.send(at="12:00")
    assert after is not None
    assert "Somebody has changed it meanwhile." in after.words


async def test_a_form_delivered_twice_is_saved_once(stage: Stage, form: Form) -> None:
    before = await set_up(form)
    await stage.slack.redeliver()
    await stage.running.background.drain()
    assert await kept(stage) == before


# The type-aheads


async def test_a_type_ahead_finds(form: Form) -> None:
    await form.open()
    for field, typed, found in (
        ("zone", "berlin", "Europe/Berlin (UTC+01:00)"),
        ("zone", "+5:45", "Asia/Kathmandu (UTC+05:45)"),
        ("country", "germ", "Germany"),
        ("country", "us", "United States"),
        ("topics", "col", "Colours"),
        ("topics", "", "Basics"),
    ):
        options = await form.find(f"schedule_{field}", typed)
        assert found in [option["text"]["text"] for option in options]


async def test_a_type_ahead_that_finds_nothing_is_empty(form: Form) -> None:
    await form.open()
    for field in ("schedule_zone", "schedule_country", "schedule_topics"):
        assert await form.find(field, "xyzzyxyzzy") == []


# When something fails meanwhile


@pytest.mark.parametrize("sockets", [False, True], ids=["http", "socket"])
async def test_a_form_says_itself_that_our_memory_is_away(
    valkey: str, redis: Redis, colours: Bank, hand: Hand, *, sockets: bool
) -> None:
    async with open_forgetful(valkey, colours, hand, sockets=sockets) as (stage, proxy):
        form = Form(stage)
        await set_up(form)
        await form.open(words="Pause")
        proxy.refuse()
        await form.press("schedule_pause", "I can't reach my memory right now.")
        await form.open(words="I can't reach my memory right now.")
    assert await redis.dbsize() > 0


async def test_a_form_that_was_closed_meanwhile_is_left_alone(stage: Stage, form: Form) -> None:
    await set_up(form)
    await form.open(words="Pause")
    stage.slack.hold("users.info")
    pressing = asyncio.create_task(stage.slack.press_in(ANA, form.view, "schedule_pause"))
    await stage.slack.wait_until(lambda: stage.slack.held("users.info"))
    await pressing
    await stage.slack.close_view(ANA, form.view.id)
    stage.slack.release()
    await stage.running.background.drain()
    schedule = await kept(stage)
    assert schedule is not None
    assert schedule.paused == BY_HAND
    stage.slack.refusals.clear()
