import pytest
from hypothesis import given, strategies as st

from bot.blocks import kit, limits


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("<!channel> & <@U1>", "&lt;!channel&gt; &amp; &lt;@U1&gt;"),
        ("&amp;", "&amp;amp;"),
        ("*bold* `code` _it_", "*bold* `code` _it_"),
        ("", ""),
    ],
)
def test_only_three_characters_are_escaped(text: str, wanted: str) -> None:
    assert kit.escape(text) == wanted


@pytest.mark.parametrize(
    ("text", "limit", "wanted"),
    [
        pytest.param("words", 5, "words", id="fits"),
        pytest.param("words!", 5, "word…", id="too long"),
        pytest.param("two words", 5, "two…", id="no space before the sign"),
        pytest.param("words", 1, "…", id="no room"),
    ],
)
def test_a_text_is_clipped_to_characters(text: str, limit: int, wanted: str) -> None:
    assert kit.clip(text, limit) == wanted


@pytest.mark.parametrize(
    ("text", "limit", "wanted"),
    [
        pytest.param("words", 5, "words", id="fits"),
        pytest.param("日本語", 9, "日本語", id="fits in bytes"),
        pytest.param("日本語", 8, "日…", id="never inside a character"),
        pytest.param("abcd&amp;ef", 10, "abcd…", id="never inside an escaped one"),
        pytest.param("&lt;abcdef", 9, "&lt;ab…", id="behind an escaped one"),
        pytest.param("two words", 7, "two…", id="no space before the sign"),
    ],
)
def test_a_text_is_clipped_to_bytes(text: str, limit: int, wanted: str) -> None:
    assert kit.clip_bytes(text, limit) == wanted
    assert len(wanted.encode()) <= limit


@pytest.mark.parametrize(
    ("markup", "wanted"),
    [("a" * 10, "a" * 10), ("a" * 11, "a" * 9 + "…"), ("a" * 7 + "&lt;b", "a" * 7 + "…")],
)
def test_markup_is_clipped_and_never_inside_an_escaped_character(markup: str, wanted: str) -> None:
    assert kit.mrkdwn(markup, 10)["text"] == wanted


def test_what_is_spoken_is_escaped_and_leaves_empty_lines_out() -> None:
    assert kit.spoken(["a < b", "", "c"]) == "a &lt; b\nc"


def test_a_long_line_that_is_spoken_leaves_room_for_the_others() -> None:
    spoken = kit.spoken(["long & " * 2_000, "A: yes", "B: no"])
    first, *others = spoken.split("\n")
    assert others == ["A: yes", "B: no"]
    assert first.endswith("…")
    assert 3_900 < len(spoken.encode()) <= limits.EPHEMERAL_TEXT_BYTES


@pytest.mark.parametrize(
    ("part", "wanted"),
    [
        ("words", 5),
        ({"type": "text", "text": "words"}, 5),
        ({"type": "link", "text": "ab", "url": "cd", "style": {"bold": True}}, 4),
        ([{"a": ["b", ("cd", 5)]}, None, "e"], 4),
    ],
)
def test_only_strings_have_weight_and_types_have_none(part: object, wanted: int) -> None:
    assert kit.weight(part) == wanted


@pytest.mark.parametrize(
    ("part", "whole", "wanted"),
    [
        (0, 10, "░░░░░░░░░░"),
        (3, 10, "▓▓▓░░░░░░░"),
        (19, 20, "▓▓▓▓▓▓▓▓▓░"),
        (20, 20, "▓▓▓▓▓▓▓▓▓▓"),
        (0, 0, "░░░░░░░░░░"),
    ],
)
def test_a_bar_is_full_only_when_all_is_done(part: int, whole: int, wanted: str) -> None:
    assert kit.bar(part, whole) == wanted


@pytest.mark.parametrize(
    ("number", "wanted"),
    [(0, "0 questions"), (1, "1 question"), (2, "2 questions"), (1200, "1,200 questions")],
)
def test_things_are_counted_in_words(number: int, wanted: str) -> None:
    assert kit.count(number, "question") == wanted


@given(st.lists(st.integers(0, 1_000), max_size=8), st.integers(0, 3_000))
def test_room_is_shared_out_fairly(sizes: list[int], room: int) -> None:
    given_room = kit.share_out(sizes, room)
    assert sum(given_room) <= room
    assert all(got <= size for got, size in zip(given_room, sizes, strict=True))
    cut = [got for got, size in zip(given_room, sizes, strict=True) if got < size]
    assert not cut or max(given_room) - min(cut) <= 1
    assert not cut or room - sum(given_room) < len(sizes)


def test_a_button_has_only_what_it_needs() -> None:
    assert kit.button("Go", "go") == {
        "type": "button",
        "text": {"type": "plain_text", "text": "Go", "emoji": True},
        "action_id": "go",
    }
    full = kit.button("Go", "go", "1", style="primary", spoken="Go there " * 20)
    assert full["value"] == "1"
    assert full["style"] == "primary"
    assert len(full["accessibility_label"]) == limits.ACCESSIBILITY_LABEL


def test_small_grey_words_are_no_markup() -> None:
    assert [text["type"] for text in kit.context("*a*", "", "b")["elements"]] == ["plain_text"] * 2


def test_slack_makes_no_links_of_our_markup() -> None:
    assert kit.section("words")["text"]["verbatim"] is True
