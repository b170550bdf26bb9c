"""Text is cut between signs, whatever the script."""

from unicodedata import category

import pytest
from hypothesis import given, strategies as st

from bot.blocks import kit, richtext
from bot.blocks.graphemes import clip_columns, columns, whole
from tests import strategies as some

FAMILY = "👩\N{ZERO WIDTH JOINER}👩\N{ZERO WIDTH JOINER}👧"


@pytest.mark.parametrize(
    ("text", "most", "kept"),
    [
        pytest.param("plain", 3, "pla", id="letters"),
        pytest.param("ab", 5, "ab", id="room enough"),
        pytest.param("ae\u0301b", 2, "a", id="an accent"),
        pytest.param("ae\u0301b", 3, "ae\u0301", id="behind an accent"),
        pytest.param(f"a{FAMILY}b", 4, "a", id="a family"),
        pytest.param(f"a{FAMILY}b", 6, f"a{FAMILY}", id="behind a family"),
        pytest.param("a👍🏽", 2, "a", id="a colour of skin"),
        pytest.param("a❤\ufe0f", 2, "a", id="a look of a sign"),
        pytest.param("🇩🇪🇫🇷", 3, "🇩🇪", id="a flag"),
        pytest.param("🇩🇪🇫🇷", 2, "🇩🇪", id="between flags"),
        pytest.param("कक्षि", 2, "क", id="a conjunct of Devanagari"),
        pytest.param("की", 1, "क", id="longer than the room"),
        pytest.param("שָׁלוֹם", 2, "שָׁ"[:2], id="points of Hebrew that fill the room"),
        pytest.param("אשָׁ", 2, "א", id="points of Hebrew"),
        pytest.param("مُحَمَّد", 3, "مُ", id="vowels of Arabic"),
        pytest.param("日本語", 2, "日本", id="Japanese"),
        pytest.param("각\u1100\u1161", 2, "각", id="parts of a Korean syllable"),
        pytest.param("a\r\nb", 2, "a", id="a line break of two characters"),
        pytest.param("Z" + "\u0301" * 500, 300, "Z" + "\u0301" * 299, id="marks without end"),
        pytest.param("abc", 0, "", id="no room"),
    ],
)
def test_signs_stay_whole(text: str, most: int, kept: str) -> None:
    assert whole(text, most) == kept


@given(st.text(max_size=80), st.integers(0, 90))
def test_what_is_kept_is_a_beginning_within_the_room(text: str, most: int) -> None:
    kept = whole(text, most)
    assert text.startswith(kept)
    assert len(kept) <= most
    assert whole(text, len(text)) == text


@given(some.words(), st.integers(2, 60))
def test_clipping_leaves_no_accent_behind(text: str, limit: int) -> None:
    cut = kit.clip(text, limit)
    assert len(cut) <= limit
    if cut != text:
        after = text[len(cut.removesuffix("…")) :].lstrip()
        assert not category(after[0]).startswith("M") or len(text) > 60


@pytest.mark.parametrize(
    ("text", "wide"), [("abc", 3), ("スイッチ", 8), ("e\u0301", 1), ("שָׁ", 1), ("", 0)]
)
def test_letters_of_east_asia_are_two_columns_wide(text: str, wide: int) -> None:
    assert columns(text) == wide


@given(st.text(max_size=40), st.integers(1, 40))
def test_a_cell_is_no_wider_than_it_may_be(text: str, most: int) -> None:
    cut = clip_columns(text, most)
    assert columns(cut) <= most
    assert cut == text or cut.endswith("…")


def test_a_spoken_line_ends_between_signs() -> None:
    for room in range(4, 20):
        said = kit.clip_bytes(f"ab {FAMILY} cd", room)
        assert len(said.encode()) <= room
        assert not said.removesuffix("…").endswith("\N{ZERO WIDTH JOINER}")


def test_a_cut_paragraph_ends_between_signs() -> None:
    part = richtext.section([richtext.text("e\u0301" * 40)])
    (cut,) = richtext.cut([part], 20)
    (text,) = cut["elements"]
    assert text["text"] == "e\u0301" * 9 + "…"
