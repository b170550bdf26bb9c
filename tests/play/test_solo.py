"""What people do on their own, on the real store."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import count
from random import Random
from typing import Final, TypeVar

import pytest

from bot.bank.catalogue import Ambiguous, Catalogue, Unknown
from bot.play.solo import MOST_QUESTIONS, Solo
from bot.play.steps import (
    AlreadyShared,
    Asking,
    ContinueOrReplace,
    Finished,
    Marked,
    NoSuchQuestion,
    NothingMissed,
    NothingOpen,
    Shared,
    Stopped,
)
from bot.quiz.player import Player, TeamId, UserId, Workspace
from bot.quiz.prose import plain, prose
from bot.quiz.question import Option, Question, QuestionId, Quiz, Slug, short_slug
from bot.quiz.session import AttemptId, Choice, SessionId, Stale, Standing
from bot.storage.redis_store import RedisStore
from tests.conftest import Hand

ANA: Final = Player(Workspace(TeamId("T1")), UserId("U1"))
BEN: Final = Player(Workspace(TeamId("T1")), UserId("U2"))
LONG_SLUG: Final = Slug("deep/" * 30 + "end")
T = TypeVar("T")

_presses = count()


def press() -> AttemptId:
    """A new press of a button."""
    return AttemptId(f"press-{next(_presses)}")


def seeded(seed: int) -> Random:
    return Random(seed)  # noqa: S311  the same draw in every run


def question(name: str) -> Question:
    options = tuple(Option(prose(f"{name} {i}"), correct=i == 0) for i in range(4))
    return Question(QuestionId(name), prose(f"{name}?"), options)


def quiz(slug: str, size: int, track: str = "basics") -> Quiz:
    questions = tuple(question(f"{slug}-{i}") for i in range(size))
    return Quiz(Slug(slug), slug.rpartition("/")[2].title(), questions, track=track)


QUIZZES: Final = (
    quiz("basics/colours", 6),
    quiz("basics/shapes", 2),
    quiz("basics/everything", 150),
    quiz(LONG_SLUG, 1, track="deep"),
)


@pytest.fixture
def solo(store: RedisStore, hand: Hand) -> Solo:
    return Solo(store, Catalogue(QUIZZES, {"basics": "The basics"}), hand.now, hand)


def expect(outcome: object, kind: type[T]) -> T:
    assert isinstance(outcome, kind), outcome
    return outcome


async def begin(solo: Solo, slug: str = "basics/shapes", count: int = 10) -> Asking:
    return expect(await solo.start_by_slug(ANA, Slug(slug), count, press()), Asking)


async def play(solo: Solo, asking: Asking, right: Sequence[bool]) -> Finished:
    """Answer all that is left, right or wrong in turn."""
    session = asking.session
    for is_right in right:
        here = expect(await solo.go_on(ANA, session.id), Asking)
        option = next(i for i, o in enumerate(here.question.options) if o.correct is is_right)
        await solo.answer(ANA, session.id, here.number, Choice(frozenset({option})), press())
    return expect(await solo.go_on(ANA, session.id), Finished)


def names(asking: Asking) -> list[str]:
    return [question.id for question in asking.session.questions]


# Starting


async def test_what_was_never_answered_comes_first(solo: Solo) -> None:
    await play(solo, await begin(solo, "basics/colours", 2), [True, False])
    later = await begin(solo, "basics/colours", 5)
    assert names(later) == [f"basics/colours-{i}" for i in (0, 2, 3, 4, 5)]


async def test_questions_are_drawn_blindly_and_asked_in_the_order_of_the_page(
    solo: Solo, hand: Hand
) -> None:
    hand.random = seeded(4)
    drawn = names(await begin(solo, "basics/everything", 20))
    numbers = [int(name.rpartition("-")[2]) for name in drawn]
    assert numbers == sorted(numbers)
    assert numbers != list(range(20))


@pytest.mark.parametrize(
    ("slug", "wanted", "asked"),
    [
        ("basics/shapes", 10, 2),
        ("basics/shapes", 0, 1),
        ("basics/shapes", -3, 1),
        ("basics/colours", 4, 4),
        ("basics/everything", 9_999, MOST_QUESTIONS),
    ],
)
async def test_a_number_of_questions_is_cut_to_what_is_possible(
    solo: Solo, slug: str, wanted: int, asked: int
) -> None:
    assert len((await begin(solo, slug, wanted)).session.questions) == asked


async def test_options_are_shuffled_once_and_stay(solo: Solo, hand: Hand) -> None:
    hand.random = seeded(1)
    asking = await begin(solo, "basics/colours")
    resumed = expect(await solo.resume(ANA), Asking)
    assert resumed.session.questions == asking.session.questions
    orders = {
        tuple(plain(option.text)[-1] for option in each.options)
        for each in resumed.session.questions
    }
    assert len(orders) > 1
    assert all(sorted(order) == list("0123") for order in orders)
    assert [each.key for each in asking.session.questions] != [frozenset({0})] * 6


async def test_the_right_option_counts_wherever_the_shuffle_put_it(solo: Solo, hand: Hand) -> None:
    hand.random = seeded(1)
    end = await play(solo, await begin(solo, "basics/colours"), [True] * 6)
    assert end.session.right == 6
    assert end.session.points == 600


async def test_words_find_a_quiz_or_its_likes(solo: Solo) -> None:
    found = expect(await solo.start_by_words(ANA, "Shapes", 1, press()), Asking)
    assert found.session.slug == "basics/shapes"
    several = expect(await solo.start_by_words(ANA, "basics", 1, press()), Ambiguous)
    assert len(several.closest) == 3
    typo = expect(await solo.start_by_words(ANA, "shaeps", 1, press()), Unknown)
    assert [quiz.title for quiz in typo.closest] == ["Shapes"]
    nothing = expect(await solo.start_by_words(ANA, "xyzzy", 1, press()), Unknown)
    assert nothing.closest == ()


async def test_a_button_of_a_page_that_is_gone_offers_what_is_like_it(solo: Solo) -> None:
    gone = expect(await solo.start_by_slug(ANA, Slug("basics/shape"), 1, press()), Unknown)
    assert [quiz.slug for quiz in gone.closest] == ["basics/shapes"]
    never = expect(await solo.start_by_slug(ANA, Slug("xyzzy"), 1, press()), Unknown)
    assert never.closest == ()


async def test_a_long_slug_is_found_by_its_short_form(solo: Solo) -> None:
    short = short_slug(LONG_SLUG)
    assert short != LONG_SLUG
    assert (await begin(solo, short)).session.slug == LONG_SLUG
    other = Slug(short[:-1] + ("0" if short[-1] != "0" else "1"))
    assert isinstance(solo.quiz(other), Unknown)


def test_suggestions_are_grouped_by_the_title_of_their_track(solo: Solo) -> None:
    everything = {title: len(quizzes) for title, quizzes in solo.suggestions("")}
    assert everything == {"The basics": 3, "Deep": 1}
    ((title, quizzes),) = solo.suggestions("sha")
    assert (title, [quiz.title for quiz in quizzes]) == ("The basics", ["Shapes"])
    assert solo.suggestions("xyzzy") == []


async def test_the_menu_counts_the_bank_and_names_what_is_open(solo: Solo) -> None:
    empty = await solo.menu(ANA)
    assert (empty.quizzes, empty.questions, empty.open) == (4, 159, None)
    await begin(solo)
    assert (await solo.menu(ANA)).open == Standing("Shapes", 1, 2)
    assert (await solo.menu(BEN)).open is None


async def test_a_question_alone_is_asked_and_counts_as_any_other(solo: Solo) -> None:
    wanted = QuestionId("basics/colours-3")
    asking = expect(await solo.ask_one(ANA, wanted, press()), Asking)
    assert (names(asking), asking.session.title) == ([wanted], "Colours")
    done = await play(solo, asking, [True])
    assert done.session.points == 100
    again = expect(await solo.ask_one(ANA, wanted, press()), Asking)
    assert (await play(solo, again, [True])).session.points == 0


async def test_a_question_that_has_left_the_bank_is_not_asked(solo: Solo) -> None:
    expect(await solo.ask_one(ANA, QuestionId("gone"), press()), NoSuchQuestion)


async def test_a_question_alone_does_not_end_an_open_quiz_unasked(solo: Solo) -> None:
    first = await begin(solo, "basics/colours")
    wanted = QuestionId("basics/colours-3")
    choice = expect(await solo.ask_one(ANA, wanted, press()), ContinueOrReplace)
    assert (choice.question, choice.is_same, choice.count) == (wanted, False, 1)
    asking = expect(await solo.ask_one(ANA, wanted, press(), choice.open_id), Asking)
    assert (names(asking), choice.open_id) == ([wanted], first.session.id)


# One session at a time


async def test_an_open_session_is_kept_until_the_person_decides(solo: Solo) -> None:
    first = await begin(solo)
    asked = await solo.start_by_slug(ANA, Slug("basics/colours"), 3, press())
    choice = expect(asked, ContinueOrReplace)
    assert choice == ContinueOrReplace(
        first.session.id, Standing("Shapes", 1, 2), Slug("basics/colours"), "Colours", 3
    )
    assert expect(await solo.resume(ANA), Asking).session.id == first.session.id


async def test_the_same_quiz_is_told_from_another_one(solo: Solo) -> None:
    hard = replace(quiz("basics/hard", 3), level="hard")
    solo = replace(solo, catalogue=Catalogue((*QUIZZES, hard)))
    await begin(solo, "basics/hard", 1)
    same = expect(await solo.start_by_slug(ANA, hard.slug, 2, press()), ContinueOrReplace)
    assert (same.is_same, same.level, same.open_level, same.count) == (True, "hard", "hard", 2)
    other = expect(await solo.start_by_words(ANA, "shapes", 2, press()), ContinueOrReplace)
    assert (other.is_same, other.level, other.open_level) == (False, "", "hard")


async def test_a_retry_is_another_quiz_than_the_run_it_follows(solo: Solo) -> None:
    end = await play(solo, await begin(solo), [True, False])
    await begin(solo)
    choice = expect(await solo.retry(ANA, end.session.id, press()), ContinueOrReplace)
    assert not choice.is_same


async def test_a_session_is_replaced_only_by_name(solo: Solo) -> None:
    first = await begin(solo)
    slug = Slug("basics/colours")
    wrong = await solo.start_by_slug(ANA, slug, 3, press(), SessionId("another"))
    assert isinstance(wrong, ContinueOrReplace)
    new = expect(await solo.start_by_slug(ANA, slug, 3, press(), first.session.id), Asking)
    assert new.session.slug == slug
    late = await solo.answer(ANA, first.session.id, 0, Choice(frozenset({0})), press())
    assert expect(late, Stale).open == Standing("Colours", 1, 3)


async def test_the_same_start_again_shows_the_same_session(solo: Solo) -> None:
    same = press()
    first = expect(await solo.start_by_slug(ANA, Slug("basics/shapes"), 2, same), Asking)
    again = expect(await solo.start_by_slug(ANA, Slug("basics/shapes"), 2, same), Asking)
    assert again.session.id == first.session.id


async def test_nothing_is_open_before_the_first_quiz_and_after_the_last(solo: Solo) -> None:
    assert isinstance(await solo.resume(ANA), NothingOpen)
    await play(solo, await begin(solo), [True, True])
    assert isinstance(await solo.resume(ANA), NothingOpen)
    assert isinstance(await solo.stop(ANA, press()), NothingOpen)


async def test_a_stopped_session_keeps_its_answers_and_frees_the_way(solo: Solo) -> None:
    asking = await begin(solo)
    await solo.answer(ANA, asking.session.id, 0, Choice(frozenset({0})), press())
    stopped = expect(await solo.stop(ANA, press(), asking.session.id), Stopped)
    assert stopped.session.right == 1
    assert (await solo.my_progress(ANA)).progress.answered == 1
    await begin(solo, "basics/colours")


async def test_a_stop_of_an_old_session_leaves_the_new_one_alone(solo: Solo) -> None:
    await begin(solo)
    assert isinstance(await solo.stop(ANA, press(), SessionId("old")), NothingOpen)
    assert isinstance(await solo.resume(ANA), Asking)


# Answering


async def test_an_answer_comes_back_with_its_page(solo: Solo) -> None:
    asking = await begin(solo)
    outcome = await solo.answer(ANA, asking.session.id, 0, Choice(frozenset({1})), press())
    marked = expect(outcome, Marked)
    assert marked.quiz == QUIZZES[1]
    assert (marked.answered.answer.right, marked.answered.place, marked.answered.total) == (
        False,
        1,
        2,
    )


async def test_an_answer_counts_after_its_page_has_gone(solo: Solo) -> None:
    asking = await begin(solo)
    without = replace(solo, catalogue=Catalogue(QUIZZES[:1]))
    outcome = await without.answer(ANA, asking.session.id, 0, Choice(frozenset({0})), press())
    marked = expect(outcome, Marked)
    assert marked.quiz is None
    assert marked.answered.answer.points == 100


async def test_a_question_can_be_put_off_once(solo: Solo) -> None:
    asking = await begin(solo)
    assert asking.may_skip
    later = expect(await solo.skip(ANA, asking.session.id, 0), Asking)
    assert later.number == 1
    await solo.answer(ANA, asking.session.id, 1, Choice(frozenset({0})), press())
    back = expect(await solo.go_on(ANA, asking.session.id), Asking)
    assert (back.number, back.may_skip) == (0, False)


async def test_a_blank_is_opened_only_in_its_session(solo: Solo) -> None:
    asking = await begin(solo)
    opened = expect(await solo.open_blank(ANA, asking.session.id, 1, "reply"), Asking)
    assert opened.number == 1
    assert await solo.store.held_reply(ANA, asking.session.id, 1) == "reply"
    stale = expect(await solo.open_blank(ANA, SessionId("old"), 1, "reply"), Stale)
    assert stale.open == Standing("Shapes", 1, 2)
    assert isinstance(await solo.open_blank(ANA, asking.session.id, 2, "reply"), Stale)
    assert expect(await solo.open_blank(BEN, asking.session.id, 0, "r"), Stale).open is None


# Hints


@pytest.fixture
def hard(solo: Solo) -> Solo:
    """Its questions have hints; the second is easy, the others are as hard as their page."""
    plain_quiz = quiz("basics/hard", 3)
    hinted = [replace(each, hint=prose("Think.")) for each in plain_quiz]
    hinted[1] = replace(hinted[1], level="easy")
    found = replace(plain_quiz, questions=tuple(hinted), level="hard")
    return replace(solo, catalogue=Catalogue((*QUIZZES, found)))


async def give(solo: Solo, asking: Asking, option: int = 0) -> tuple[int, bool]:
    """The points of an answer, and whether it came after the hint."""
    choice = Choice(frozenset({option}))
    outcome = await solo.answer(ANA, asking.session.id, asking.number, choice, press())
    answer = expect(outcome, Marked).answered.answer
    return answer.points, answer.hinted


async def test_a_question_counts_by_its_own_level_or_by_that_of_its_page(hard: Solo) -> None:
    asking = await begin(hard, "basics/hard")
    assert [q.worth for q in asking.session.questions] == [200, 100, 200]
    assert await give(hard, asking) == (200, False)


async def test_a_hint_is_shown_with_its_question_and_halves_the_points(hard: Solo) -> None:
    asking = await begin(hard, "basics/hard")
    assert not asking.hinted
    for _ in range(2):
        shown = expect(await hard.take_hint(ANA, asking.session.id, 0), Asking)
        assert (shown.number, shown.hinted) == (0, True)
    assert await give(hard, shown) == (100, True)
    after = expect(await hard.go_on(ANA, asking.session.id), Asking)
    assert not after.hinted
    assert await give(hard, after) == (100, False)


async def test_a_hint_is_still_there_when_the_quiz_goes_on(hard: Solo) -> None:
    asking = await begin(hard, "basics/hard")
    await hard.take_hint(ANA, asking.session.id, 0)
    assert expect(await hard.resume(ANA), Asking).hinted
    await hard.skip(ANA, asking.session.id, 0)
    assert not expect(await hard.resume(ANA), Asking).hinted
    await hard.skip(ANA, asking.session.id, 1)
    await hard.skip(ANA, asking.session.id, 2)
    assert expect(await hard.resume(ANA), Asking).hinted


async def test_an_older_copy_of_a_question_gives_its_own_hint(hard: Solo) -> None:
    asking = await begin(hard, "basics/hard")
    await hard.skip(ANA, asking.session.id, 0)
    shown = expect(await hard.take_hint(ANA, asking.session.id, 0), Asking)
    assert (shown.number, shown.hinted) == (0, True)
    assert not expect(await hard.resume(ANA), Asking).hinted


async def test_a_hint_after_the_answer_changes_nothing_and_leads_on(hard: Solo) -> None:
    asking = await begin(hard, "basics/hard")
    await give(hard, asking)
    before = await hard.store.load(ANA)
    stale = expect(await hard.take_hint(ANA, asking.session.id, 0), Stale)
    assert stale.open == Standing("Hard", 2, 3)
    assert await hard.store.load(ANA) == before


async def test_there_is_no_hint_in_a_session_that_is_over_or_somebody_elses(hard: Solo) -> None:
    asking = await begin(hard, "basics/hard")
    assert expect(await hard.take_hint(BEN, asking.session.id, 0), Stale).open is None
    other = expect(await hard.take_hint(ANA, SessionId("old"), 0), Stale)
    assert other.open == Standing("Hard", 1, 3)
    assert isinstance(await hard.take_hint(ANA, asking.session.id, 3), Stale)
    await hard.stop(ANA, press())
    assert expect(await hard.take_hint(ANA, asking.session.id, 0), Stale).open is None


async def test_a_hint_stays_taken_when_the_quiz_is_stopped_and_begun_anew(hard: Solo) -> None:
    asking = await begin(hard, "basics/hard")
    await hard.take_hint(ANA, asking.session.id, 0)
    await hard.stop(ANA, press())
    again = await begin(hard, "basics/hard")
    assert again.session.id != asking.session.id
    assert (again.number, again.hinted) == (0, True)
    assert await give(hard, again) == (100, True)
    after = expect(await hard.go_on(ANA, again.session.id), Asking)
    assert not after.hinted


async def test_a_hint_stays_taken_when_the_question_is_asked_alone(hard: Solo) -> None:
    asking = await begin(hard, "basics/hard")
    await hard.take_hint(ANA, asking.session.id, 0)
    alone = expect(await hard.ask_one(ANA, asking.question.id, press(), asking.session.id), Asking)
    assert alone.hinted
    assert await give(hard, alone) == (100, True)


async def test_once_a_question_is_answered_its_hint_is_as_new(hard: Solo) -> None:
    asking = await begin(hard, "basics/hard")
    await hard.take_hint(ANA, asking.session.id, 0)
    await give(hard, asking)
    again = expect(await hard.ask_one(ANA, asking.question.id, press(), asking.session.id), Asking)
    assert not again.hinted
    await hard.take_hint(ANA, again.session.id, 0)
    once_more = expect(
        await hard.ask_one(ANA, asking.question.id, press(), again.session.id), Asking
    )
    assert not once_more.hinted  # it earns nothing any more, so there is nothing to remember


async def test_a_hint_that_somebody_else_took_is_not_taken(hard: Solo) -> None:
    asking = await begin(hard, "basics/hard")
    await hard.take_hint(ANA, asking.session.id, 0)
    other = expect(await hard.start_by_slug(BEN, Slug("basics/hard"), 3, press()), Asking)
    assert not other.hinted


async def test_a_retry_has_hints_too(hard: Solo) -> None:
    end = await play(hard, await begin(hard, "basics/hard"), [False, True, True])
    retry = expect(await hard.retry(ANA, end.session.id, press()), Asking)
    shown = expect(await hard.take_hint(ANA, retry.session.id, 0), Asking)
    assert shown.hinted
    assert await give(hard, shown) == (0, True)


# Again


async def test_a_retry_asks_only_what_was_missed_and_earns_nothing(solo: Solo) -> None:
    end = await play(solo, await begin(solo, "basics/colours", 4), [True, False, True, False])
    before = (await solo.my_progress(ANA)).progress
    retry = expect(await solo.retry(ANA, end.session.id, press()), Asking)
    assert names(retry) == ["basics/colours-1", "basics/colours-3"]
    assert retry.session.practice
    assert retry.session.title == "Colours"
    again = await play(solo, retry, [True, False])
    assert (again.session.right, again.session.points) == (1, 0)
    assert (await solo.my_progress(ANA)).progress == before


async def test_a_second_run_of_the_same_questions_earns_nothing(solo: Solo) -> None:
    await play(solo, await begin(solo), [True, False])
    end = await play(solo, await begin(solo), [True, True])
    assert end.session.points == 0
    assert end.session.previous == 1
    progress = (await solo.my_progress(ANA)).progress
    assert (progress.answered, progress.right, progress.points, progress.runs) == (2, 1, 100, 2)


async def test_there_is_nothing_to_retry_after_a_clean_run_or_in_another_bank(
    solo: Solo,
) -> None:
    end = await play(solo, await begin(solo), [True, False])
    elsewhere = replace(solo, catalogue=Catalogue(QUIZZES[:1]))
    assert isinstance(await elsewhere.retry(ANA, end.session.id, press()), NothingMissed)
    clean = await play(solo, await begin(solo), [True, True])
    assert isinstance(await solo.retry(ANA, clean.session.id, press()), NothingMissed)
    assert isinstance(await solo.retry(ANA, SessionId("unknown"), press()), NothingMissed)


async def test_a_retry_asks_before_it_replaces_what_is_open(solo: Solo) -> None:
    end = await play(solo, await begin(solo), [True, False])
    open_one = await begin(solo, "basics/colours", 3)
    choice = expect(await solo.retry(ANA, end.session.id, press()), ContinueOrReplace)
    assert (choice.missed_of, choice.count) == (end.session.id, 1)
    retry = await solo.retry(ANA, end.session.id, press(), replaces=open_one.session.id)
    assert names(expect(retry, Asking)) == ["basics/shapes-1"]


# Telling others, and oneself


async def test_a_result_is_shared_once(solo: Solo) -> None:
    end = await play(solo, await begin(solo), [True, False])
    shared = expect(await solo.share(ANA, end.session.id, press()), Shared)
    assert (shared.result.right, shared.result.total) == (1, 2)
    assert shared.finished is not None
    assert shared.finished.session.id == end.session.id
    assert isinstance(await solo.share(ANA, end.session.id, press()), AlreadyShared)


async def test_a_result_can_be_shared_while_another_quiz_is_open(solo: Solo) -> None:
    end = await play(solo, await begin(solo), [True, False])
    await begin(solo, "basics/colours")
    assert expect(await solo.share(ANA, end.session.id, press()), Shared).finished is None


async def test_what_has_no_result_cannot_be_shared(solo: Solo) -> None:
    asking = await begin(solo)
    assert isinstance(await solo.share(ANA, asking.session.id, press()), NothingOpen)


async def test_my_progress_lists_the_quizzes_in_the_order_of_the_catalogue(solo: Solo) -> None:
    await play(solo, await begin(solo, "basics/shapes"), [True, False])
    await play(solo, await begin(solo, "basics/colours", 1), [True])
    mine = await solo.my_progress(ANA)
    assert [(quiz.slug, answered, right) for quiz, answered, right in mine.quizzes] == [
        ("basics/colours", 1, 1),
        ("basics/shapes", 2, 1),
    ]
    assert (await solo.my_progress(BEN)).quizzes == ()


async def test_the_time_of_a_session_is_the_one_it_was_told(solo: Solo, hand: Hand) -> None:
    asking = await begin(solo)
    hand.wait(timedelta(minutes=4))
    end = await play(solo, asking, [True, True])
    assert end.session.finished is not None
    assert end.session.finished - end.session.started == timedelta(minutes=4)
