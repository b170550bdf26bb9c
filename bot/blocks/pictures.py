"""Images as blocks, and the words that stand in for one which cannot be shown.

A file of the bank has a name made of its content until it is sent: then its own id in the
workspace takes the place of the name.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from bot.blocks import kit, limits
from bot.blocks.kit import Block, Element
from bot.quiz.prose import Image, image_words

SIGN: Final = "🖼 "
NOT_DESCRIBED: Final = "An image without a description"
_STAND_IN: Final = re.compile("F[0-9A-F]{20}")
_HTTPS: Final = re.compile(r"https://\S+")


def image_block(image: Image) -> Block | None:
    """None where Slack would not take the address."""
    block: Block = {"type": "image"}
    if image.digest:
        block["slack_file"] = {"id": image.name}
    elif len(image.url) <= limits.IMAGE_URL and _HTTPS.fullmatch(image.url):
        block["image_url"] = image.url
    else:
        return None
    block["alt_text"] = kit.clip(image.alt or image.title or NOT_DESCRIBED, limits.IMAGE_ALT)
    if image.title:
        block["title"] = kit.plain_text(image.title, limits.IMAGE_TITLE)
    return block


def image_element(image: Image) -> Element:
    """The words of an image as a section of rich text."""
    words = SIGN + (image.alt or image_words(image))
    return {"type": "rich_text_section", "elements": [{"type": "text", "text": words}]}


def worded(block: Block) -> Element:
    """The words of an image block as a section of rich text; those of a remote one lead to it."""
    words, address = str(block["alt_text"]), block.get("image_url")
    shown: Element = {"type": "text", "text": words}
    if address:
        shown = {"type": "link", "url": address, "text": words}
    return {
        "type": "rich_text_section",
        "elements": [{"type": "text", "text": SIGN}, shown],
    }


def stand_ins(body: Mapping[str, Any]) -> frozenset[str]:
    """The files that a message or the view of a call shows, by the names of their contents."""
    found = (file_of(block) for block in _image_blocks(body))
    return frozenset(name for name in found if _STAND_IN.fullmatch(name))


def addresses(body: Mapping[str, Any]) -> frozenset[str]:
    """Where the remote images of a message or view are."""
    return frozenset(filter(None, (block.get("image_url", "") for block in _image_blocks(body))))


def file_of(block: Block) -> str:
    return str(block.get("slack_file", {}).get("id", ""))


def placed(body: Mapping[str, Any], ids: Mapping[str, str]) -> dict[str, Any]:
    """The body of a call with its files by their ids; words where there is none. The same goes
    for addresses: `ids` has those that Slack may try, each as itself.
    """

    def place(block: Block) -> Block:
        if block.get("type") != "image":
            return block
        found = ids.get(file_of(block) or block.get("image_url", ""))
        if not found:
            return kit.rich_text([worded(block)])
        return {**block, "slack_file": {"id": found}} if "slack_file" in block else block

    return _with_blocks(body, lambda blocks: [place(block) for block in blocks])


def _image_blocks(body: Mapping[str, Any]) -> Iterator[Block]:
    holders = (body, body.get("view") or {})
    return (
        block
        for holder in holders
        for block in holder.get("blocks") or ()
        if block.get("type") == "image"
    )


def _with_blocks(body: Mapping[str, Any], change: Any) -> dict[str, Any]:
    changed = dict(body)
    if changed.get("blocks"):
        changed["blocks"] = change(changed["blocks"])
    if changed.get("view"):
        changed["view"] = {**changed["view"], "blocks": change(changed["view"]["blocks"])}
    return changed
