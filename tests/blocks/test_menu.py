from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import pytest

from bot.bank.catalogue import Catalogue
from bot.blocks import browse_ids, ids, limits, menu
from bot.blocks.kit import Element
from bot.play.solo import MOST_QUESTIONS, USUAL_COUNT
from bot.play.steps import ContinueOrReplace, Menu
from bot.quiz.question import Quiz, Slug, short_slug
from bot.quiz.session import SessionId, Standing
from bot.sandbox.compositions import SUGGESTIONS
from tests.blocks.samples import COLOURS, action_ids, button, labels, read

OPEN: Final = Standing("Colours", 4, 10)
CHOICE: Final = ContinueOrReplace(SessionId("s1"), OPEN, Slug("art/shapes"), "Shapes", 5)


def test_the_menu_offers_a_quiz_a_number_and_a_start() -> None:
    message = menu.menu_message(Menu(31, 1_620, None), "/ask")
    assert "31 quizzes · 1,620 questions" in read(message)
    assert "Tip: `/ask start docker 5` starts at once." in read(message)
    assert action_ids(message) == [
        ids.PICK_QUIZ,
        ids.PICK_COUNT,
        ids.START_PICKED,
        browse_ids.BROWSE,
        ids.PROGRESS,
        ids.BOARD,
        ids.HELP,
    ]
    assert button(message, ids.START_PICKED)["style"] == "primary"


def test_an_open_quiz_comes_first_and_has_the_only_primary_button() -> None:
    message = menu.menu_message(Menu(31, 620, OPEN), "/quiz")
    assert "*You are in the middle of Colours, 4 of 10.*" in read(message)
    assert "You can continue Colours, 4 of 10." in message.text
    assert button(message, ids.RESUME)["style"] == "primary"
    assert "style" not in button(message, ids.START_PICKED)


def test_a_single_quiz_is_told_in_the_singular() -> None:
    assert "1 quiz · 1 question" in read(menu.menu_message(Menu(1, 1, None), "/quiz"))


def test_the_usual_number_is_chosen_and_all_means_the_most() -> None:
    select = button(menu.menu_message(Menu(1, 1, None), "/quiz"), ids.PICK_COUNT)
    assert select["initial_option"]["value"] == str(USUAL_COUNT)
    assert select["initial_option"] in select["options"]
    last = select["options"][-1]
    assert (last["text"]["text"], last["value"]) == ("All", str(MOST_QUESTIONS))


def test_a_long_title_leaves_the_place_in_it_readable() -> None:
    open_one = Standing("Long & " * 900, 4, 10)
    message = menu.menu_message(Menu(31, 620, open_one), "/quiz")
    assert "…, 4 of 10.*" in read(message)


# The search


def groups_of(tracks: Sequence[tuple[str, int]]) -> list[Element]:
    quizzes = tuple(
        replace(COLOURS, slug=Slug(f"{track}/quiz-{i}"), title=f"Quiz {i}", track=track)
        for track, count in tracks
        for i in range(count)
    )
    catalogue = Catalogue(quizzes)
    assert len(catalogue) == sum(count for _, count in tracks)
    return menu.quiz_groups([(track.title, track.quizzes) for track in catalogue.tracks()])


def problems(groups: list[Element]) -> list[str]:
    return list(SUGGESTIONS({"option_groups": groups}, ""))


def test_five_hundred_quizzes_in_twelve_tracks_are_all_there() -> None:
    groups = groups_of([(f"track-{i}", 42) for i in range(11)] + [("last", 38)])
    assert problems(groups) == []
    assert len(groups) == 12
    assert sum(len(group["options"]) for group in groups) == 500


def test_a_track_of_150_quizzes_shows_what_a_group_can_hold() -> None:
    groups = groups_of([("long", 150), ("short", 1)])
    assert problems(groups) == []
    assert [len(group["options"]) for group in groups] == [limits.SELECT_OPTIONS, 1]


def test_more_tracks_than_groups_are_cut() -> None:
    groups = groups_of([(f"track-{i}", 1) for i in range(130)])
    assert problems(groups) == []
    assert len(groups) == limits.OPTION_GROUPS


def test_nothing_found_is_an_empty_list() -> None:
    assert problems(menu.quiz_groups([])) == []


def test_pages_at_the_top_have_a_group_with_a_name() -> None:
    (group,) = menu.quiz_groups([("", [COLOURS])])
    assert group["label"]["text"] == "Quizzes"


def test_an_entry_names_quiz_level_and_size() -> None:
    entry = menu.quiz_option(replace(COLOURS, level="hard"))
    assert entry["text"]["text"] == "Colours · hard"
    assert entry["description"]["text"] == "3 questions"
    assert entry["value"] == COLOURS.slug


def test_an_entry_of_a_long_slug_fits() -> None:
    slug = Slug("deep/" * 40 + "end")
    entry = menu.quiz_option(replace(COLOURS, slug=slug, title="Long " * 40))
    assert entry["value"] == short_slug(slug)
    assert problems([{"label": entry["text"], "options": [entry]}]) == []


# On the way to a session


def test_another_open_quiz_is_never_lost_without_asking() -> None:
    message = menu.continue_or_replace_message(CHOICE)
    assert message.text == (
        "You are still in Colours, 4 of 10. Starting another quiz ends it; answers already "
        "given still count. Continue, or start Shapes?"
    )
    assert "The other one: Shapes, 5 questions." in read(message)
    assert action_ids(message) == [ids.RESUME, ids.START]
    start = ids.StartButton.unpack(button(message, ids.START)["value"])
    assert start == ids.StartButton(Slug("art/shapes"), 5, SessionId("s1"))


def test_the_levels_of_two_quizzes_with_one_title_are_shown() -> None:
    twins = replace(CHOICE, title="Colours", level="hard", open_level="easy")
    message = menu.continue_or_replace_message(twins)
    assert message.text.startswith("You are still in Colours · easy, 4 of 10.")
    assert message.text.endswith("or start Colours · hard?")
    assert "The other one: Colours · hard, 5 questions." in read(message)


def test_the_quiz_that_is_open_goes_on_or_starts_over() -> None:
    same = replace(CHOICE, slug=COLOURS.slug, title="Colours", is_same=True)
    message = menu.continue_or_replace_message(same)
    assert message.text == (
        "You are already in Colours, 4 of 10. Starting over ends this run; answers already "
        "given still count. Continue, or start over?"
    )
    assert labels(message) == ["Continue", "Start over"]
    assert "From the start: 5 questions." in read(message)
    start = ids.StartButton.unpack(button(message, ids.START)["value"])
    assert start == ids.StartButton(COLOURS.slug, 5, SessionId("s1"))


def test_a_retry_in_the_way_stays_a_retry() -> None:
    message = menu.continue_or_replace_message(replace(CHOICE, missed_of=SessionId("s0")))
    retry = ids.SessionButton.unpack(button(message, ids.RETRY)["value"])
    assert retry == ids.SessionButton(SessionId("s0"), SessionId("s1"))


def test_the_closest_quizzes_each_have_a_start() -> None:
    others = [COLOURS, replace(COLOURS, slug=Slug("art/shapes"), title="Shapes & more")]
    message = menu.closest_message("  <b>colurs ", others, 7, "/ask")
    assert message.text == (
        "Which quiz do you mean by “&lt;b&gt;colurs”? Closest: Colours, Shapes &amp; more."
    )
    assert labels(message) == ["Start", "Start"]
    values = [ids.StartButton.unpack(e["value"]) for e in starts(message.blocks)]
    assert [(v.slug, v.count) for v in values] == [("art/colours", 7), ("art/shapes", 7)]
    assert [e["accessibility_label"] for e in starts(message.blocks)] == [
        "Start Colours",
        "Start Shapes & more",
    ]


def starts(blocks: Sequence[dict[str, Any]]) -> list[Element]:
    return [block["accessory"] for block in blocks if "accessory" in block]


@pytest.mark.parametrize(
    ("closest", "said"),
    [
        ([], "I no longer have this quiz. /ask shows all quizzes."),
        ([COLOURS], "I no longer have this quiz. Is it one of these now? Closest: Colours."),
    ],
)
def test_a_button_of_a_quiz_that_is_gone_asks_nobody_what_they_mean(
    closest: Sequence[Quiz], said: str
) -> None:
    assert menu.closest_message("", closest, 10, "/ask").text == said


@pytest.mark.parametrize("closest", [[], ()])
def test_words_that_fit_nothing_lead_to_the_menu(closest: Sequence[Quiz]) -> None:
    message = menu.closest_message("xyzzy", closest, 10, "/ask")
    assert message.text == "I know no quiz called “xyzzy”. /ask shows all quizzes."
    assert action_ids(message) == [ids.MENU]
