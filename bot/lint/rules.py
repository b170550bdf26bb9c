"""The names of the rules, alone and in groups: what a configuration chooses from."""

from collections.abc import Iterable, Mapping
from typing import Final

from rapidfuzz import process

from bot.bank.problem import ERRORS, HOUSE_RULES, RULES, WARNINGS

CLUES: Final = frozenset(
    {
        "absolute-word",
        "all-of-the-above",
        "echoed-word",
        "few-options",
        "grammar-clue",
        "long-right-option",
        "longest-right",
        "none-of-the-above",
        "position-bias",
        "uneven-options",
    }
)
"""What gives an answer away, or makes it easier to guess."""

WORDING: Final = frozenset({"hard-to-read", "long-option", "long-stem", "unmarked-negation"})
"""What makes a question harder to read than it is to answer."""

UPKEEP: Final = frozenset(
    {
        "no-checked",
        "no-explanation",
        "no-feedback",
        "no-id",
        "no-source",
        "stale-check",
        "untidy-box",
    }
)
"""What a question needs so that it can be learned from, and kept right over the years."""

DEFAULT: Final = frozenset(
    {
        *WARNINGS,
        "all-of-the-above",
        "grammar-clue",
        "longest-right",
        "near-duplicate",
        "none-of-the-above",
        "unknown-rule",
        "unmarked-negation",
    }
)
"""What is rare on pages that nobody wrote for this program, and worth mending when it is not."""

GROUPS: Final[Mapping[str, frozenset[str]]] = {
    "all": frozenset({*WARNINGS, *HOUSE_RULES}),
    "default": DEFAULT,
    "format": frozenset(WARNINGS),
    "clues": CLUES,
    "wording": WORDING,
    "upkeep": UPKEEP,
}


class UnknownRule(Exception):
    """Neither a rule that can be chosen nor a group; the message says what to do."""


def chosen(names: Iterable[str]) -> frozenset[str]:
    """Rules by their names and groups, upper or lower case. Raises UnknownRule.

    Errors are not chosen: they are always told, as they cost a question.
    """
    return frozenset(rule for name in names for rule in _chosen(name.strip().lower()))


def known(names: Iterable[str]) -> frozenset[str]:
    """The same without complaint: what is not known is left out."""
    found: set[str] = set()
    for name in names:
        try:
            found |= chosen([name])
        except UnknownRule:
            continue
    return frozenset(found)


def nearest(name: str) -> str:
    """What to tell somebody who misspelt the name of a rule or a group."""
    found = process.extractOne(name, [*GROUPS, *sorted(RULES)], score_cutoff=70)
    hint = f"; did you mean {found[0]}?" if found else "; docs/lint.md has them all"
    return f'there is no rule or group "{name}"{hint}'


def _chosen(name: str) -> frozenset[str]:
    if name in GROUPS:
        return GROUPS[name]
    if name in GROUPS["all"]:
        return frozenset({name})
    if name in ERRORS:
        raise UnknownRule(f'"{name}" is an error and cannot be chosen or ignored')
    raise UnknownRule(nearest(name))
