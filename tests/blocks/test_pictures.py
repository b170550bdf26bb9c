"""Images between the words: as blocks where Slack takes them, else as their words."""

from typing import Any, Final

import pytest

from bot.blocks import kit, limits, question as screen, richtext
from bot.blocks.pictures import (
    NOT_DESCRIBED,
    addresses,
    image_block,
    placed,
    stand_ins,
)
from bot.quiz.prose import Image, Paragraph, Prose, Span, plain, prose
from bot.quiz.question import Blank, Option, Question, QuestionId
from bot.sandbox.block_kit import check_message, check_view
from tests.strategies import asked

LOCAL: Final = Image("pics/map.png", "A map", digest="0123456789abcdef" * 4)
REMOTE: Final = Image("https://example.org/a.png", "A red box", "Fig. 1")


def kinds(blocks: Any) -> list[str]:
    return [block["type"] for block in blocks]


def test_an_image_block_has_all_that_slack_needs() -> None:
    assert image_block(REMOTE) == {
        "type": "image",
        "image_url": REMOTE.url,
        "alt_text": "A red box",
        "title": {"type": "plain_text", "text": "Fig. 1", "emoji": True},
    }
    assert image_block(LOCAL) == {
        "type": "image",
        "slack_file": {"id": "F0123456789ABCDEF0123"},
        "alt_text": "A map",
    }


def test_an_image_without_words_says_so() -> None:
    block = image_block(Image("https://example.org/a.png"))
    assert block
    assert block["alt_text"] == NOT_DESCRIBED


@pytest.mark.parametrize(
    "url",
    ["http://example.org/a.png", "https://a b", "pics/gone.png", f"https://e.org/{'x' * 3_000}"],
)
def test_an_address_that_slack_does_not_take_is_only_words(url: str) -> None:
    assert image_block(Image(url, "A box")) is None
    (shown,) = richtext.elements((Image(url, "A box"),))
    assert shown == richtext.section([richtext.text("🖼 A box")])


def test_words_and_images_take_turns() -> None:
    text: Prose = (*prose("Before"), LOCAL, REMOTE, *prose("between"), *prose("and"), LOCAL)
    blocks = richtext.blocks([richtext.elements(text)], [])
    assert kinds(blocks) == ["rich_text", "image", "image", "rich_text", "image"]
    assert not check_message({"text": "x", "blocks": blocks})


def test_an_option_that_begins_with_an_image_keeps_its_letter() -> None:
    parts = [richtext.labelled([richtext.text("A  ", bold=True)], (LOCAL,))]
    assert kinds(richtext.blocks(parts, [])) == ["rich_text", "image"]


def test_an_image_in_feedback_has_no_line_beside_it() -> None:
    quoted = richtext.quoted((*prose("No:"), REMOTE))
    assert quoted[1] == image_block(REMOTE)


def test_a_message_has_no_more_blocks_than_slack_takes() -> None:
    option = Option((Paragraph((Span("words"),)), LOCAL, REMOTE), correct=False)
    options = (*([option] * 25), Option(prose("right"), correct=True))
    message = screen.question_message(asked(Question(QuestionId("q"), (LOCAL,), options)))
    assert len(message.blocks) <= limits.MESSAGE_BLOCKS
    assert kinds(message.blocks).count("image") > 5
    assert message.blocks[2]["type"] == "rich_text"
    assert not check_message({"text": message.text, "blocks": list(message.blocks)})


def test_an_image_that_does_not_fit_any_more_leaves_an_ellipsis() -> None:
    parts = [richtext.elements((*prose("x" * 100), REMOTE))]
    (cut,) = richtext.fit(parts, 110)
    assert [part["type"] for part in cut] == ["rich_text_section", "rich_text_section"]
    assert cut[1]["elements"] == [richtext.text("…")]


def test_the_question_is_heard_with_its_images() -> None:
    options = (Option((REMOTE,), correct=True), Option(prose("No"), correct=False))
    message = screen.question_message(
        asked(Question(QuestionId("q"), (*prose("Where?"), LOCAL), options))
    )
    assert "Where?\nImage: A map" in message.text
    assert "A: Image: A red box" in message.text
    assert plain((Image("https://example.org/a.png"),)) == "Image"


def test_the_form_of_a_blank_shows_the_image() -> None:
    question = Question(
        QuestionId("q"), (*prose("This is"), LOCAL, *prose("a ____")), blanks=(Blank(("map",)),)
    )
    view = screen.blanks_view(asked(question))
    assert kinds(view["blocks"]) == ["rich_text", "image", "rich_text", "input", "context"]
    assert not check_view(view)


def message_of(*images: Image) -> dict[str, Any]:
    blocks = richtext.blocks([richtext.elements((*prose("Where?"), *images))], [])
    return {"channel": "C1", "text": "Where?", "blocks": blocks}


def test_files_get_their_ids_when_they_are_sent() -> None:
    body = message_of(LOCAL, REMOTE)
    (name,) = stand_ins(body)
    assert name == LOCAL.name
    assert addresses(body) == {REMOTE.url}
    sent = placed(body, {name: "F1234567890", REMOTE.url: REMOTE.url})
    assert sent["blocks"][1]["slack_file"] == {"id": "F1234567890"}
    assert sent["blocks"][2] == image_block(REMOTE)
    assert (sent["channel"], sent["text"]) == ("C1", "Where?")
    assert stand_ins(sent) == frozenset()


def test_what_cannot_be_sent_is_its_words_in_place() -> None:
    sent = placed(message_of(LOCAL, REMOTE), {})
    assert kinds(sent["blocks"]) == ["rich_text"] * 3
    _, local, remote = (block["elements"][0]["elements"] for block in sent["blocks"])
    assert local[1] == {"type": "text", "text": "A map"}
    assert remote[1] == {"type": "link", "url": REMOTE.url, "text": "A red box"}
    assert not check_message(sent)


def test_views_are_looked_through_like_messages() -> None:
    view = {"type": "modal", "title": kit.plain_text("T", 24), "blocks": [image_block(LOCAL)]}
    body = {"trigger_id": "1", "view": view}
    assert stand_ins(body) == {LOCAL.name}
    sent = placed(body, {LOCAL.name: "F1234567890"})
    assert sent["view"]["blocks"][0]["slack_file"] == {"id": "F1234567890"}
    assert stand_ins(view) == {LOCAL.name}
