"""The rules for rich_text, the block in which texts with code, links and lists travel."""

from bot.blocks import limits
from bot.sandbox.compositions import BLOCK
from bot.sandbox.shape import (
    Check,
    array,
    boolean,
    by_type,
    one_of,
    pattern,
    record,
    text,
    whole,
)

# No limit is documented for one run of text; the sum over the message is checked elsewhere.
_WORDS = text(limits.MESSAGE_BLOCKS_TEXT)
_STYLE = record({}, dict.fromkeys(("bold", "italic", "strike", "code", "underline"), boolean))
_MENTION_STYLE = record(
    {},
    dict.fromkeys(
        ("bold", "italic", "strike", "highlight", "client_highlight", "unlink"), boolean
    ),
)
_ID = pattern(r"[A-Z][A-Z0-9]+", "an id")
_LINK = pattern(r"(https?|mailto|tel|slack):\S+", "an address with its scheme, like https://")

_RUNS: dict[str, Check] = {
    "text": record({"text": _WORDS}, {"style": _STYLE}),
    "link": record({"url": _LINK}, {"text": _WORDS, "style": _STYLE, "unsafe": boolean}),
    "user": record({"user_id": _ID}, {"style": _MENTION_STYLE}),
    "usergroup": record({"usergroup_id": _ID}, {"style": _MENTION_STYLE}),
    "channel": record({"channel_id": _ID}, {"style": _MENTION_STYLE}),
    "team": record({"team_id": _ID}, {"style": _MENTION_STYLE}),
    "broadcast": record({"range": one_of("here", "channel", "everyone")}, {"style": _STYLE}),
    "emoji": record(
        {"name": pattern(r"[^\s:]+(::skin-tone-[2-6])?", "an emoji name without colons")},
        {"unicode": text(100), "skin_tone": whole(1, 6), "url": _LINK, "style": _STYLE},
    ),
    "date": record(
        {"timestamp": whole(0), "format": text(limits.TEXT)},
        {"url": _LINK, "fallback": text(limits.TEXT), "style": _STYLE},
    ),
    "color": record({"value": pattern(r"#[0-9a-fA-F]{6}", "a color like #1d9bd1")}),
}
_RUN = by_type(_RUNS, _RUNS.keys(), "a rich text element")
_RAW_RUN = by_type(_RUNS, {"text", "link"}, "a rich text element")
_BORDER = {"border": whole(0, 1)}

SECTION = record({"elements": array(_RUN, 1)})
_SECTION_ONLY = by_type({"rich_text_section": SECTION}, {"rich_text_section"}, "a list item")

_PARTS: dict[str, Check] = {
    "rich_text_section": SECTION,
    "rich_text_quote": record({"elements": array(_RUN, 1)}, _BORDER),
    "rich_text_preformatted": record({"elements": array(_RAW_RUN, 1)}, _BORDER),
    "rich_text_list": record(
        {"style": one_of("bullet", "ordered"), "elements": array(_SECTION_ONLY, 1)},
        {**_BORDER, "indent": whole(0, limits.RICH_LIST_INDENT), "offset": whole(0)},
    ),
}

RICH_TEXT: Check = record(
    {"elements": array(by_type(_PARTS, _PARTS.keys(), "a rich text part"), 1)}, BLOCK
)
