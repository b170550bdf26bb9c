"""Texts without their looks, and texts that were stored long ago."""

import json
from typing import Any

from pydantic import TypeAdapter

from bot.quiz.prose import Image, Note, Notes, Paragraph, Prose, Span, images, plain, raised

PROSE: TypeAdapter[Prose] = TypeAdapter(Prose)
LOCAL = Image("pics/map.png", "A map", "The map", "0a" * 32)


def test_images_and_notes_are_heard() -> None:
    text = (LOCAL, Image("https://example.org/a.png"), Notes((Note(12, (Span("Since 2009"),)),)))
    assert plain(text) == "Image: A map\nImage\n¹² Since 2009"
    assert list(images(text)) == list(text[:2])


def test_a_note_has_its_number_in_small_letters() -> None:
    assert raised(1234567890) == "¹²³⁴⁵⁶⁷⁸⁹⁰"


def test_only_a_file_of_the_bank_has_a_name_of_its_own() -> None:
    assert LOCAL.name == "F0A0A0A0A0A0A0A0A0A0A"
    assert Image("https://example.org/a.png").name == ""


def test_texts_are_stored_and_come_back() -> None:
    text: Prose = (Paragraph((Span("¹"),)), LOCAL, Notes((Note(1, (Span("x", code=True),)),)))
    assert PROSE.validate_json(PROSE.dump_json(text)) == text


def test_texts_from_before_there_were_images_are_still_read() -> None:
    """As an older version wrote them: what is stored outlives the version that stored it."""
    stored: list[dict[str, Any]] = [
        {"spans": [{"text": "a chart", "link": "https://example.org/"}], "kind": "paragraph"},
        {"level": 2, "spans": [{"text": "b"}], "kind": "heading"},
        {"text": "x", "language": "sh", "kind": "code"},
        {"items": [[{"text": "c"}]], "ordered": True, "indent": 1, "start": 2, "kind": "list"},
        {"spans": [{"text": "d"}], "kind": "quote"},
        {"rows": [[[{"text": "e"}]]], "kind": "table"},
        {"kind": "divider"},
    ]
    found = PROSE.validate_json(json.dumps(stored))
    assert [block.kind for block in found] == [each["kind"] for each in stored]
    assert plain(found) == "a chart\nb\nx\n  2. c\nd\ne"
