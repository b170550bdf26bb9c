"""Images that are files in Slack: which of them a message or view may show."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.sandbox.files import FileShelf


def file_problems(blocks: object, files: FileShelf, path: str) -> list[str]:
    """`pointer: words` for each file that Slack would not show."""
    return [
        f"{pointer}/slack_file: invalid slack file"
        for pointer, image in _images(blocks, path)
        if "slack_file" in image and not files.can_be_shown(str(image["slack_file"].get("id")))
    ]


def _images(blocks: object, path: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Image blocks, and images beside or in small texts. The blocks have been checked already."""
    for number, block in enumerate(blocks if isinstance(blocks, Sequence) else ()):
        pointer = f"{path}/{number}"
        if block["type"] == "image":
            yield pointer, block
        elif block["type"] == "context":
            for at, element in enumerate(block["elements"]):
                if element["type"] == "image":
                    yield f"{pointer}/elements/{at}", element
        elif block.get("accessory", {}).get("type") == "image":
            yield f"{pointer}/accessory", block["accessory"]
