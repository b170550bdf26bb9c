"""Takes images that stand alone on their lines out of a paragraph: each is a block of its own."""

from collections.abc import Iterable, Iterator
from copy import copy
from itertools import groupby
from typing import Final

from markdown_it.token import Token

IMAGE: Final = "image"
_LINKED: Final = "within a link"
_BREAKS: Final = frozenset({"softbreak", "hardbreak"})


def pieces(inline: Token) -> Iterator[Token]:
    """The text of a paragraph cut into inline tokens and images, in their order.

    An image is a block where its line has nothing but images, whatever is above and below. One
    within a link stays in the text too, so that the link is not lost. The map of each piece says
    where it stands.
    """
    if not _has_images(inline):
        yield inline
        return
    first = inline.map[0] if inline.map else 0
    lines = enumerate(_lines(inline.children or ()), first)
    for are_images, run in groupby(lines, lambda row: _is_images(row[1])):
        rows = list(run)
        if are_images:
            for number, line in rows:
                yield from _images(inline, line, number)
        else:
            yield _inline(inline, [child for _, line in rows for child in line], rows[0][0])


def _images(inline: Token, line: list[Token], number: int) -> Iterator[Token]:
    linked = any(child.nesting for child in line)
    yield from (_at(child, number, linked=linked) for child in line if child.type == IMAGE)
    if linked:
        yield _inline(inline, line, number)


def images_of(inline: Token) -> Iterator[tuple[int, Token]]:
    """Images within a text, with the line on which each stands."""
    if not _has_images(inline):
        return
    first = inline.map[0] if inline.map else 0
    for number, line in enumerate(_lines(inline.children or ()), first):
        yield from ((number, child) for child in line if child.type == IMAGE)


def _has_images(inline: Token) -> bool:
    return any(child.type == IMAGE for child in inline.children or ())


def _lines(children: Iterable[Token]) -> Iterator[list[Token]]:
    """Each with the line break at its end. Within an emphasis no line is told from the next."""
    line: list[Token] = []
    depth = 0
    for child in children:
        depth += child.nesting
        line.append(child)
        if child.type in _BREAKS and not depth:
            yield line
            line = []
    if line:
        yield line


def _is_images(line: list[Token]) -> bool:
    """Whether there are images, and nothing beside them but links around them."""
    return any(child.type == IMAGE for child in line) and all(
        child.type in {IMAGE, "link_open", "link_close", *_BREAKS}
        or (child.type == "text" and not child.content.strip())
        for child in line
    )


def _inline(inline: Token, children: list[Token], line: int) -> Token:
    while children and children[-1].type in _BREAKS:
        children = children[:-1]
    piece = copy(inline)
    piece.children = children
    piece.map = [line, line + 1]
    return piece


def _at(image: Token, line: int, *, linked: bool) -> Token:
    piece = copy(image)
    piece.map = [line, line + 1]
    piece.meta = {_LINKED: linked}
    return piece


def is_linked(image: Token) -> bool:
    """Whether the words of an image, as a link, stand below it anyway."""
    return bool(image.meta.get(_LINKED))
