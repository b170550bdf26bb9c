"""The tags of a question as text: the opening tag with its attributes, and its end."""

import re
from dataclasses import dataclass
from typing import Final

OPENS: Final = re.compile(r" {0,3}<quiz(?=[\s/>]|$)", re.IGNORECASE)
CLOSES: Final = re.compile(r"</quiz\s*>\s*$", re.IGNORECASE)
STRAY: Final = re.compile(r" {0,3}</quiz\s*>", re.IGNORECASE)
ATTRIBUTE: Final = re.compile(
    r"""\s+(?P<name>[\w:.-]+)(?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'<>]+)))?"""
)
TEMPLATE: Final = re.compile(r" {0,3}(?:\{%(?:[^%]|%(?!\}))*%\}[ \t]*)+$")
TAG_END: Final = re.compile(r"\s*>")


@dataclass(frozen=True, slots=True)
class Attribute:
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class OpeningTag:
    """`rest` is what stands behind the tag in its line; `whole` is False for a tag cut short."""

    attributes: tuple[Attribute, ...]
    rest: str
    whole: bool = True


def opening_tag(line: str) -> OpeningTag | None:
    """Read the tag that a line begins with; None for any other line."""
    opened = OPENS.match(line)
    if opened is None:
        return None
    attributes = []
    position = opened.end()
    while found := ATTRIBUTE.match(line, position):
        attributes.append(_attribute(found))
        position = found.end()
    end = TAG_END.match(line, position)
    if end is None:
        return OpeningTag(tuple(attributes), "", whole=False)
    return OpeningTag(tuple(attributes), line[end.end() :])


def _attribute(found: re.Match[str]) -> Attribute:
    value = found["double"] or found["single"] or found["bare"] or ""
    return Attribute(found["name"].lower(), value.strip())


def before_end(line: str) -> str | None:
    """Text in front of the end tag that finishes a line; None for a line without one."""
    found = CLOSES.search(line) if "</" in line else None
    return line[: found.start()] if found else None


def is_template_line(line: str) -> bool:
    """Tell whether a line is nothing but what a site generator would replace: `{% raw %}`."""
    return bool(TEMPLATE.match(line))


def is_stray_end(line: str) -> bool:
    """Tell whether a line begins with an end tag, which nothing outside a question may."""
    return bool(STRAY.match(line))
