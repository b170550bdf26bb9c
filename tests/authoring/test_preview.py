"""What an author sees is what Slack would show, for every state of a question."""

from bot.authoring.preview import page_json, preview
from bot.blocks import question as screen
from bot.play.steps import Asking
from bot.quiz.session import SessionId, begin
from bot.sandbox.block_kit import check_message, check_view
from tests.authoring.test_terminal_play import quiz
from tests.strategies import NINE


def test_a_question_is_shown_before_and_after_each_answer() -> None:
    shown = preview(quiz(), 0)
    assert [(reply.label, reply.right, reply.key) for reply in shown.replies] == [
        ("A", True, "0"),
        ("B", False, "1"),
    ]
    assert "Look up." not in str(shown.asked.blocks)
    assert shown.hinted is not None
    assert "Look up." in str(shown.hinted.blocks)
    assert "That is the grass." in str(shown.replies[1].message.blocks)
    assert shown.form is None


def test_several_right_ones_are_shown_together_first() -> None:
    shown = preview(quiz(), 1)
    assert [reply.label for reply in shown.replies] == ["All right ones", "A", "B", "C"]
    assert [reply.right for reply in shown.replies] == [True, False, False, False]
    assert shown.hinted is None


def test_a_blank_has_its_form() -> None:
    shown = preview(quiz(), 2)
    assert [reply.label for reply in shown.replies] == ["Right", "Wrong"]
    assert shown.form is not None
    assert check_view(shown.form) == []


def test_all_that_is_shown_is_what_slack_takes() -> None:
    shown = page_json(quiz(), "", ())
    for each in shown["questions"]:
        messages = [each["asked"], *(reply["message"] for reply in each["replies"])]
        for message in filter(None, [*messages, each["hinted"]]):
            assert check_message(message) == []


def test_one_question_can_be_chosen() -> None:
    shown = page_json(quiz(), "flag", ())
    assert [each["id"] for each in shown["questions"]] == ["flag"]
    assert shown["missing"] == ""
    assert page_json(quiz(), "gone", ())["missing"] == "gone"
    assert page_json(None, "", ())["questions"] == []


def test_the_message_is_the_very_one_of_the_bot() -> None:
    whole = quiz()
    session = begin(
        SessionId("preview"), whole.questions, slug=whole.slug, title=whole.title, at=NINE
    )
    assert preview(whole, 0).asked == screen.question_message(Asking(session, 0))
