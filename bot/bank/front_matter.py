"""The head of a page: a few lines of YAML, read so carefully that no head can do harm.

YAML guesses (`NO` is False, `010` is 8), keeps the last of two equal keys, and can be nested
until the reader falls over; so all values stay text, and what a head never needs is refused.
"""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import yaml

from bot.bank.naming import one_line
from bot.bank.quiz_extent import Remark

MOST_BYTES: Final = 64 * 1024
MOST_LEVELS: Final = 20
USED: Final = ("title", "level", "track", "checked", "lint-ignore")

_RULE: Final = "front-matter"
_BEGIN: Final = "---"
_ENDS: Final = frozenset({"---", "..."})


@dataclass(frozen=True, slots=True)
class Head:
    """`values` has what is used of the head.

    `body` is the page with the head's lines emptied, so that every line keeps its number.
    """

    body: str
    values: Mapping[str, str] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()


class _Refused(Exception):
    """The head holds something that this reader does not take; `line` counts from 0."""

    def __init__(self, why: str, line: int = -1) -> None:
        super().__init__(why)
        self.line = line


class _Strings(yaml.SafeLoader):
    """Reads every value as text and no key twice."""

    yaml_implicit_resolvers = {}  # noqa: RUF012 - overrides the table of guesses of the base class

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002 - as the base class has it
        found: dict[Hashable, Any] = {}
        for key_node, value_node in node.value:
            key = str(self.construct_object(key_node, deep=True))
            if key in found:
                raise _Refused(f"{key!r} stands here twice", _line(key_node))
            found[key] = self.construct_object(value_node, deep=deep)
        return found


def _line(thing: yaml.Event | yaml.Node) -> int:
    return thing.start_mark.line if thing.start_mark else -1


def split_head(text: str) -> Head:
    """Take the head off a page; a page without one is all body."""
    lines = text.split("\n")
    if lines[0].rstrip() != _BEGIN:
        return Head(text)
    end = next((i for i, line in enumerate(lines) if i and line.rstrip() in _ENDS), 0)
    if not end:
        return Head(text)  # a page may also begin with a line across
    body = "\n" * (end + 1) + "\n".join(lines[end + 1 :])
    source = "\n".join(lines[1:end])
    try:
        values, remarks = _values(_loaded(source))
    except _Refused as error:
        return _broken(body, error.line + 2, str(error))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        return _broken(body, line, error.problem or "it cannot be read")
    except (yaml.YAMLError, ValueError, OverflowError):
        return _broken(body, 1, "it has a character that cannot be read")
    return Head(body, values, remarks)


def _broken(body: str, line: int, why: str) -> Head:
    return Head(body, remarks=(Remark(line, _RULE, f"The front matter is not used: {why}."),))


def _loaded(source: str) -> object:
    if len(source.encode(errors="replace")) > MOST_BYTES:
        raise _Refused("it has more than 64 KB")
    _check(source)
    return yaml.load(source, Loader=_Strings)  # noqa: S506 - a SafeLoader that is stricter still


def _check(source: str) -> None:
    """Walk over the events, which unlike loading needs no recursion, before anything is built."""
    depth = 0
    for event in yaml.parse(source, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _Refused("anchors and aliases are not taken", _line(event))
        if getattr(event, "tag", None):
            raise _Refused("tags are not taken", _line(event))
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > MOST_LEVELS:
            raise _Refused("it is nested too deeply", _line(event))


def _values(loaded: object) -> tuple[dict[str, str], tuple[Remark, ...]]:
    if loaded in (None, ""):
        return {}, ()
    if not isinstance(loaded, dict):
        raise _Refused("it has no `name: value` lines")
    used = {name: loaded[name] for name in USED if name in loaded}
    texts = {name: one_line(value) for name, value in used.items() if isinstance(value, str)}
    return texts, tuple(_not_text(name for name in used if name not in texts))


def _not_text(names: Iterator[str]) -> Iterator[Remark]:
    for name in names:
        yield Remark(1, "front-matter-value", f"The value of {name} is not a line of text.")
