"""What people and authors see of a report: Slack takes it, and nobody learns too much."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from bot.blocks import authors, limits, report, report_review as review
from bot.blocks.report_ids import CaseButton, ReportButton
from bot.errors import StaleButton
from bot.play.report_ports import CaseView, Standing
from bot.play.reporting import InChannel, InLive, InSession, Reported, Seen, Unseen
from bot.quiz.item import ItemFigures
from bot.quiz.live import RoundId
from bot.quiz.occurrence import OccurrenceId
from bot.quiz.player import UserId
from bot.quiz.question import Place, Question, QuestionId, Slug
from bot.quiz.report import (
    Case,
    CaseId,
    Complaint,
    Filed,
    HeldReport,
    QuestionSource,
    Report,
    Verdict,
    case_of,
    named_options,
)
from bot.quiz.session import SessionId
from bot.sandbox.block_kit import check_message, check_view
from tests import strategies as some
from tests.blocks.samples import SKY, labels, read

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
BEN, CHI = UserId("U2"), UserId("U3")
NAMES = {BEN: "Ben", CHI: "Chi"}
CASE = Case(case_of(SKY), SKY, Slug("art/colours"), "Colours", people=1, revision=1)


def said(user: UserId, words: str = "", complaint: Complaint = Complaint.KEY) -> HeldReport:
    return HeldReport(Report(user, complaint, words, NINE))


def view_of(case: Case = CASE, **changes: Any) -> CaseView:
    place = Place("content/art/colours.md", 7, "art/colours.md")
    source = QuestionSource("<quiz>\nWhat colour?\n</quiz>", place, "https://x.example/e")
    view = CaseView(case, source, Standing.SAME, ItemFigures(picks=(0, 0, 0)), NAMES)
    return replace(view, **changes)


def test_the_authors_see_source_place_and_reasons() -> None:
    case = replace(CASE, people=2, reports=(said(BEN, "No\nway."), said(CHI)))
    shown = read(review.case_message(view_of(case)))
    assert "<quiz>\nWhat colour?\n</quiz>" in shown
    assert "art/colours.md:7 · Edit this question" in shown.replace("\n · \n", " · ")
    assert "Ben: the marked answer is wrong · “No way.”" in shown
    assert "2 people" in shown


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        (ItemFigures(picks=(0, 0, 0)), "Nobody has answered this version yet."),
        (ItemFigures(4, 1, (3, 1, 0)), "4 first answers, 1 right: too few to judge it by."),
        (ItemFigures(20, 5, (12, 5, 3)), "More people choose A than the right answer."),
        (ItemFigures(20, 12, (5, 12, 3)), "20 first answers, 60 % right."),
        (ItemFigures(40, 20, (9, 20, 11), -0.2), "Discrimination -0.20, below zero"),
        (ItemFigures(40, 20, (9, 20, 11), 0.05), "Discrimination 0.05, which is low."),
        (ItemFigures(40, 20, (9, 20, 11), 0.4), "Discrimination 0.40."),
    ],
)
def test_figures_say_no_more_than_is_known(figures: ItemFigures, words: str) -> None:
    shown = read(review.case_message(view_of(figures=figures)))
    assert words in shown
    assert ("%" in shown) == (figures.answered >= 10)


@pytest.mark.parametrize(
    ("changes", "buttons", "words"),
    [
        ({}, ["Mark fixed", "Keep as it is", "Take out of the daily pool"], ""),
        ({"out": True}, ["Mark fixed", "Keep as it is", "Put back"], "until one of you decides"),
        ({"out": True, "by_hand": True}, ["Mark fixed", "Keep as it is", "Put back"], "out of"),
        ({"verdict": Verdict.FIXED, "decider": BEN}, [], "Marked as fixed by Ben."),
        ({"verdict": Verdict.FIXED, "out": True}, ["Put back"], "A corrected one takes part"),
        ({"verdict": Verdict.KEPT}, [], "✅ Kept as it is."),
    ],
)
def test_what_can_be_decided_is_a_button(
    changes: dict[str, Any], buttons: list[str], words: str
) -> None:
    message = review.case_message(view_of(replace(CASE, **changes)))
    assert labels(message) == buttons
    assert words in read(message)


@pytest.mark.parametrize("standing", [Standing.CHANGED, Standing.GONE])
def test_a_question_that_is_another_one_by_now_is_said_to_be(standing: Standing) -> None:
    assert review.STANDINGS[standing] in read(review.case_message(view_of(standing=standing)))


def test_of_many_reports_the_newest_are_shown() -> None:
    case = replace(CASE, people=8, reports=tuple(said(UserId(f"U{n}"), f"n{n}") for n in range(8)))
    shown = read(review.case_message(view_of(case)))
    assert "n7" in shown
    assert "n2" not in shown
    assert "and 3 more, in the thread" in shown


def test_letters_are_explained_to_authors_who_see_others() -> None:
    words, options = "B is right too.", named_options(SKY)
    one = Report(BEN, Complaint.ALSO, words, NINE, options[::-1])
    shown = read(review.reply_message(one, SKY, "Ben"))
    assert f"Seen with these letters: A {options[-1]} · B {options[-2]}" in shown
    for other in (replace(one, options=options), replace(one, words=""), replace(one, options=())):
        assert "letters" not in read(review.reply_message(other, SKY, "Ben"))


@settings(max_examples=40, deadline=None)
@given(some.questions(), some.words(), st.sampled_from(list(Verdict)), st.booleans())
def test_slack_takes_any_question_and_any_words(
    question: Question,
    words: str,
    verdict: Verdict,
    out: bool,  # noqa: FBT001  drawn
) -> None:
    figures = ItemFigures(50, 20, (10,) * len(question.options))
    reports = tuple(said(UserId(f"U{n}"), words[:1_000]) for n in range(9))
    case = replace(CASE, question=question, title=words, reports=reports, people=9, out=out)
    seen = replace(reports[0].report, options=named_options(question)[::-1])
    source = QuestionSource(words * 3, Place(words, 1, words))
    names = {UserId(f"U{n}"): words[:80] for n in range(9)}
    for message in (
        review.case_message(view_of(case, figures=figures, source=source, names=names)),
        review.reply_message(seen, question, words[:80]),
        report.verdict_message(case, verdict),
    ):
        payload = {"text": message.text, "blocks": list(message.blocks)}
        assert check_message(payload) == []
        assert len(message.text) <= limits.UPDATE_TEXT
    assert check_view(report.report_view(case, "x")) == []


@settings(max_examples=40, deadline=None)
@given(some.questions(), st.data())
def test_the_form_does_not_tell_what_is_right(question: Question, data: st.DataObject) -> None:
    """It may be opened before the answer."""
    twin = data.draw(some.with_another_key(question))
    level = replace(twin, level=question.level)
    forms = [report.report_view(replace(CASE, question=each), "x") for each in (question, level)]
    assert json.dumps(forms[0]) == json.dumps(forms[1])


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (Reported(Filed(1), waits=False), "on its way to the authors"),
        (Reported(Filed(1), waits=True), "as soon as an admin has chosen a channel"),
        (Reported(Filed(1, again=True), waits=False), "takes the place of"),
        (Reported(Filed(3, out=True), waits=False), "no question of the day any more"),
        (Unseen(), "I no longer have this question"),
    ],
)
def test_whoever_reports_hears_what_becomes_of_it(outcome: Reported | Unseen, words: str) -> None:
    assert words in report.outcome_message(outcome).text


@pytest.mark.parametrize(
    ("wait", "words"),
    [
        (timedelta(), "in 1 hour:"),
        (timedelta(minutes=61), "in 2 hours:"),
        (timedelta(days=1), "in 24 hours:"),
    ],
)
def test_whoever_has_sent_much_hears_when_there_is_room_again(wait: timedelta, words: str) -> None:
    assert words in report.enough_words(wait)


# Buttons

NAMES_OF: st.SearchStrategy[str] = st.from_regex(r"[\w.-]{1,32}", fullmatch=True).filter(
    str.isascii
)
QUESTIONS = st.none() | NAMES_OF.map(QuestionId)
SEEN: st.SearchStrategy[Seen] = st.one_of(
    st.builds(InSession, NAMES_OF.map(SessionId), st.integers(0, 99), QUESTIONS),
    st.builds(InChannel, NAMES_OF.map(OccurrenceId), QUESTIONS),
    st.builds(InLive, NAMES_OF.map(RoundId), st.integers(0, 99), QUESTIONS),
)


@given(SEEN)
def test_a_report_button_comes_back_as_it_went_out(seen: Seen) -> None:
    assert ReportButton.unpack(ReportButton(seen).pack()).seen == seen


@given(NAMES_OF.map(SessionId), st.integers(0, 9_999))
def test_the_entry_of_a_menu_fits(session_id: SessionId, number: int) -> None:
    value = authors.report_option(InSession(session_id, number))["value"]
    assert len(value) <= limits.OPTION_VALUE


def test_a_case_button_comes_back_as_it_went_out() -> None:
    button = CaseButton(CaseId("0123456789abcdef"), 3)
    assert CaseButton.unpack(button.pack()) == button


@pytest.mark.parametrize("value", ["", "x", "s:1", "q:1:s1", "s::s1", "s:1:", "1:xyz", "s:1:a b"])
def test_any_other_text_is_an_old_button(value: str) -> None:
    for kind in (ReportButton, CaseButton):
        with pytest.raises(StaleButton):
            kind.unpack(value)
