import json
from dataclasses import replace
from typing import Any, Final

import pytest

from bot.bank.catalogue import Catalogue
from bot.bank.index_page import IndexPage
from bot.blocks import browse, browse_ids, ids, kit, menu
from bot.blocks.browse_ids import AskButton, BrowseButton
from bot.blocks.kit import Element, Message
from bot.errors import StaleButton
from bot.play.browsing import A_PAGE, Browsing, Results
from bot.play.steps import ContinueOrReplace
from bot.quiz.prose import prose
from bot.quiz.question import Question, QuestionId, Quiz, Slug, StudyLink
from bot.quiz.session import SessionId, Standing
from bot.sandbox.block_kit import check_message
from bot.sandbox.compositions import SUGGESTIONS
from tests.blocks.samples import (
    COLOURS,
    FLAG,
    SKY,
    SNOW,
    action_ids,
    button,
    elements,
    labels,
    read,
)
from tests.play.test_browsing import ANA, Kept, browsing, quiz

NASTY: Final = "<!channel> & *x* " * 20


def problems(message: Message) -> list[str]:
    return check_message({"text": message.text, "blocks": list(message.blocks)})


def starts(message: Message) -> list[Element]:
    return [each for each in elements(message) if each["action_id"] == ids.START]


async def test_a_track_shows_its_quizzes_and_starts_them() -> None:
    guide = IndexPage("git", intro=prose("Hello."), links=(StudyLink("Pro Git", "https://a.b/"),))
    here = browsing([quiz("git/a", level="basics"), "git/b", "loose"], guide, git__a=(1, 1))
    message = browse.track_message(await here.page(ANA, "git"))
    assert read(message).split("\n") == [
        *("All tracks", "2 quizzes · 4 questions", "*Git*", "Hello."),
        "*A · basics*",
        "2 questions · ▓▓▓▓▓░░░░░ 1 of 2 answered, 1 right",
        *("Start", "*B*", "2 questions", "Start"),
        *("📖 Study guide", "Pro Git", "Back", "Menu"),
    ]
    assert message.text == (
        "Git: 2 quizzes · 4 questions.\nHello.\n"
        "A · basics: 2 questions, 1 answered, 1 right\nB: 2 questions"
    )
    values = [ids.StartButton.unpack(each["value"]) for each in starts(message)]
    assert [(value.slug, value.count) for value in values] == [("git/a", 10), ("git/b", 10)]
    assert [each.get("style") for each in starts(message)] == ["primary", None]
    assert starts(message)[0]["accessibility_label"] == "Start A · basics"


async def test_a_quiz_that_is_done_says_so_and_the_next_one_is_to_be_played() -> None:
    here = browsing(["git/a", "git/b", "loose"], git__a=(2, 1))
    message = browse.track_message(await here.page(ANA, "git"))
    assert "▓▓▓▓▓▓▓▓▓▓ all answered, 1 right" in read(message)
    assert [each.get("style") for each in starts(message)] == [None, "primary"]


async def test_the_top_shows_tracks_that_can_be_opened() -> None:
    guide = IndexPage("git", intro=prose("history, in short"))
    here = browsing([quiz("git/a", level="basics"), "loose"], guide, git__a=(1, 1))
    message = browse.track_message(await here.page(ANA))
    assert read(message).split("\n")[:6] == [
        *("2 quizzes · 4 questions", "*All tracks*", "*Git*", "History, in short"),
        *("1 quiz · 2 questions · basics · 1 answered", "Open"),
    ]
    opens = button(message, browse_ids.BROWSE)
    assert BrowseButton.unpack(opens["value"]) == BrowseButton("git")
    assert "Back" not in labels(message)


async def test_pages_lead_to_each_other() -> None:
    here = browsing([f"t{n}/a" for n in range(3 * A_PAGE)])
    first, middle, last = [browse.track_message(await here.page(ANA, "", n)) for n in range(3)]
    assert "page 2 of 3" in read(middle)
    ways = [set(labels(each)) - {"Open"} for each in (first, middle, last)]
    assert ways == [{"More", "Menu"}, {"Earlier", "More", "Menu"}, {"Earlier", "Menu"}]
    later = button(middle, browse_ids.LATER)["value"]
    assert BrowseButton.unpack(later) == BrowseButton("", 2)
    back = browse.track_message(await here.page(ANA, f"t{A_PAGE}"))
    assert BrowseButton.unpack(button(back, browse_ids.BACK)["value"]) == BrowseButton("", 1)
    assert all(browse_ids.BROWSES.match(each) for each in (browse_ids.BACK, browse_ids.EARLIER))


async def test_an_empty_bank_leads_to_the_menu() -> None:
    message = browse.track_message(await browsing([]).page(ANA))
    assert "There is no quiz here yet." in read(message)
    assert labels(message) == ["Menu"]


@pytest.mark.parametrize("track", ["", "deep/" * 40 + "end"])
async def test_however_long_the_words_are_a_page_fits(track: str) -> None:
    link = StudyLink(NASTY, "https://example.org/" + "x" * 2_000)
    guide = IndexPage(track, intro=prose(NASTY * 20), links=(link,) * 30)
    below = [
        replace(quiz(f"{track}/q{n}".strip("/")), title=NASTY, level=NASTY, intro=prose(NASTY))
        for n in range(60)
    ]
    titles = {f"t{n}": NASTY for n in range(60)}
    quizzes = (*below, *(quiz(f"t{n}/a", level=f"{NASTY}{n}") for n in range(60)))
    here = Browsing(Kept(), Catalogue(quizzes, titles, {track: guide}))
    for number in range(8):
        message = browse.track_message(await here.page(ANA, track, number))
        assert problems(message) == []
        assert kit.weight(message.blocks) <= kit.ROOM


# Search


def results(*questions: Question, more: bool = False) -> Results:
    return Results(
        "blue <sky>", (COLOURS,), tuple((COLOURS, each) for each in questions), more=more
    )


def test_a_search_shows_quizzes_and_then_questions() -> None:
    message = browse.results_message(results(SKY, FLAG, more=True), "/quiz")
    assert read(message).split("\n") == [
        *("Search", browse.ONLY_TEXT, "Found for “blue <sky>”"),
        *("*Colours*", "3 questions", "Start this quiz"),
        *("Colours", "What colour is a clear sky?", "Ask me this one"),
        *("Colours", "Which colours has the flag of Italy?", "Ask me this one"),
        "There are more. Another word makes it fewer.",
        *("Browse", "Menu"),
    ]
    asks = [each for each in elements(message) if each["action_id"] == browse_ids.ASK]
    assert [AskButton.unpack(each["value"]).question_id for each in asks] == ["sky", "flag"]
    assert message.text.split("\n") == [
        "Found for “blue &lt;sky&gt;”:",
        "Quiz Colours, 3 questions",
        "Question of Colours: What colour is a clear sky?",
        "Question of Colours: Which colours has the flag of Italy?",
    ]


def test_nothing_that_is_found_tells_an_answer() -> None:
    said = json.dumps([browse.results_message(results(SKY, FLAG, SNOW), "/quiz").blocks])
    said += json.dumps(menu.found_groups([COLOURS], [(COLOURS, q) for q in (SKY, FLAG, SNOW)]))
    for word in ("Green", "Blue", "Italy is", "white", "colourless", "scatters", "dawn"):
        assert word not in said


def test_what_is_not_found_is_said_with_a_way_on() -> None:
    message = browse.results_message(Results("zzyzx", (), (), more=False), "/quiz")
    assert message.text == "I found nothing for “zzyzx”. Fewer or other words may do."
    assert action_ids(message) == [browse_ids.BROWSE, ids.MENU]


@pytest.mark.parametrize("found", [(), (COLOURS,)])
def test_signs_that_somebody_looks_for_are_shown_as_they_are(found: tuple[Quiz, ...]) -> None:
    message = browse.results_message(Results("*args*", found, (), more=False), "/quiz")
    typed = [block for block in message.blocks if "*args*" in str(block)]
    assert [block["type"] for block in typed] == ["rich_text"]


def test_a_search_for_nothing_says_how_to_search() -> None:
    message = browse.results_message(Results("", (), (), more=False), "/ask")
    assert "`/ask search git rebase` finds questions" in read(message)


def test_long_results_fit() -> None:
    asked = tuple(Question(QuestionId(f"q{n}" * 20), prose(NASTY * 5)) for n in range(8))
    long = replace(COLOURS, title=NASTY)
    found = Results(NASTY, (long,) * 5, tuple((long, each) for each in asked), more=True)
    message = browse.results_message(found, "/quiz")
    assert problems(message) == []
    assert kit.weight(message.blocks) <= kit.ROOM


# The type-ahead


def test_what_is_typed_finds_quizzes_and_questions_in_groups() -> None:
    quizzes, questions = menu.found_groups([COLOURS], [(COLOURS, SKY)])
    assert (quizzes["label"]["text"], questions["label"]["text"]) == ("Quizzes", "Questions")
    (entry,) = questions["options"]
    assert entry["text"]["text"] == "What colour is a clear sky?"
    assert entry["description"]["text"] == "Colours"
    assert browse.picked_question(entry["value"]) == "sky"
    assert browse.picked_question(quizzes["options"][0]["value"]) == ""


@pytest.mark.parametrize(("quizzes", "questions"), [(0, 0), (1, 0), (0, 1), (20, 20)])
def test_groups_are_as_slack_takes_them(quizzes: int, questions: int) -> None:
    found = [replace(COLOURS, title=NASTY, slug=Slug(f"{n}/{'x' * 90}")) for n in range(quizzes)]
    asked = [
        (COLOURS, Question(QuestionId(f"{n:02}{'q' * 62}"), prose(NASTY * 5)))
        for n in range(questions)
    ]
    groups = menu.found_groups(found, asked)
    assert list(SUGGESTIONS({"option_groups": groups}, "")) == []
    assert len(groups) == bool(quizzes) + bool(questions)


# Buttons


@pytest.mark.parametrize(
    "button",
    [
        BrowseButton(),
        BrowseButton("aws/ml-engineer", 3),
        AskButton(QuestionId("git-reset.2")),
        AskButton(QuestionId("q"), SessionId("s_1-x")),
    ],
)
def test_a_button_comes_back_as_it_went_out(button: Any) -> None:
    assert type(button).unpack(button.pack()) == button


def test_a_browse_button_without_a_value_leads_to_the_beginning() -> None:
    assert BrowseButton.unpack("") == BrowseButton()


@pytest.mark.parametrize("value", ["x", "x:git", "99999:git", ":", "-1:git"])
def test_a_browse_button_that_does_not_fit_is_stale(value: str) -> None:
    with pytest.raises(StaleButton):
        BrowseButton.unpack(value)


@pytest.mark.parametrize("value", ["", "x", "s1:", ":a b", "s1:" + "q" * 65, "s" * 33 + ":q"])
def test_an_ask_button_that_does_not_fit_is_stale(value: str) -> None:
    with pytest.raises(StaleButton):
        AskButton.unpack(value)


def test_a_question_alone_in_the_way_of_an_open_quiz_is_asked_alone() -> None:
    choice = ContinueOrReplace(
        SessionId("s1"),
        Standing("Colours", 4, 10),
        Slug("art/shapes"),
        "Shapes",
        1,
        question=QuestionId("sides"),
    )
    message = menu.continue_or_replace_message(choice)
    assert "The other one: Shapes, 1 question." in read(message)
    ask = AskButton.unpack(button(message, browse_ids.ASK)["value"])
    assert ask == AskButton(QuestionId("sides"), SessionId("s1"))
