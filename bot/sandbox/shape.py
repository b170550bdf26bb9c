"""The small vocabulary in which Slack's rules about JSON are written down.

A check looks at one value and names each problem with the place where it is.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import TypeAlias

Check: TypeAlias = Callable[[object, str], Iterator[str]]
"""Takes a value and its JSON pointer, yields problems as `pointer: words`."""

WEB_ADDRESS = r"https?://[^\s]+"


def anything(value: object, path: str) -> Iterator[str]:
    del value, path
    yield from ()


def boolean(value: object, path: str) -> Iterator[str]:
    if not isinstance(value, bool):
        yield f"{path}: must be true or false"


def text(most: int, *, least: int = 1) -> Check:
    def check(value: object, path: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield f"{path}: must be a string"
        elif len(value) < least:
            yield f"{path}: must not be empty"
        elif len(value) > most:
            yield f"{path}: must be at most {most} characters, has {len(value)}"

    return check


def pattern(expression: str, words: str, most: int = 3_000) -> Check:
    length = text(most)

    def check(value: object, path: str) -> Iterator[str]:
        yield from (problems := list(length(value, path)))
        if not problems and not re.fullmatch(expression, str(value)):
            yield f"{path}: must be {words}"

    return check


def address(most: int) -> Check:
    return pattern(WEB_ADDRESS, "an address that begins with http:// or https://", most)


def whole(least: int, most: int | None = None) -> Check:
    """A whole number; true and false are none."""
    bounds = f"from {least}" if most is None else f"from {least} to {most}"

    def check(value: object, path: str) -> Iterator[str]:
        match value:
            case bool():
                fits = False
            case int():
                fits = least <= value and (most is None or value <= most)
            case _:
                fits = False
        if not fits:
            yield f"{path}: must be a whole number {bounds}"

    return check


def one_of(*allowed: object) -> Check:
    words = ", ".join(str(choice) for choice in allowed)

    def check(value: object, path: str) -> Iterator[str]:
        if value not in allowed or isinstance(value, bool):
            yield f"{path}: must be one of: {words}"

    return check


def array(item: Check, least: int, most: int | None = None) -> Check:
    def check(value: object, path: str) -> Iterator[str]:
        if not isinstance(value, Sequence) or isinstance(value, str):
            yield f"{path}: must be a list"
            return
        if len(value) < least:
            yield f"{path}: must have at least {least} item{'s' * (least > 1)}"
        if most is not None and len(value) > most:
            yield f"{path}: must have at most {most} items, has {len(value)}"
        for number, each in enumerate(value):
            yield from item(each, f"{path}/{number}")

    return check


def record(required: Mapping[str, Check], optional: Mapping[str, Check] | None = None) -> Check:
    """An object with these fields and no others; `type` is always allowed."""
    known = {"type": anything, **required, **(optional or {})}

    def check(value: object, path: str) -> Iterator[str]:
        if not isinstance(value, Mapping):
            yield f"{path}: must be an object"
            return
        for name in required:
            if name not in value:
                yield f"{path}: needs the field `{name}`"
        for name, content in value.items():
            if name in known:
                yield from known[name](content, f"{path}/{name}")
            else:
                yield f"{path}: `{name}` is not an allowed field"

    return check


def by_type(table: Mapping[str, Check], allowed: Collection[str], what: str) -> Check:
    """Choose the check by the field `type`; `what` names the thing, as in "a block"."""

    def check(value: object, path: str) -> Iterator[str]:
        kind = value.get("type") if isinstance(value, Mapping) else None
        if not isinstance(kind, str):
            yield f"{path}: must be {what} with a `type`"
        elif kind not in table:
            yield f"{path}/type: `{kind}` is not the type of {what}"
        elif kind not in allowed:
            yield f"{path}/type: `{kind}` is not allowed here"
        else:
            yield from table[kind](value, path)

    return check


def both(*checks: Check) -> Check:
    def check(value: object, path: str) -> Iterator[str]:
        for each in checks:
            yield from each(value, path)

    return check
