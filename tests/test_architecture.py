"""The direction of imports is the architecture: this table is its diagram."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

BOT = Path(__file__).parent.parent / "bot"
FILES = sorted(path.relative_to(BOT) for path in BOT.rglob("*.py"))

MAY_IMPORT: dict[str, set[str]] = {
    "quiz": set(),
    "bank": {"quiz"},
    "play": {"quiz", "bank.catalogue", "bank.shelf", "bank.tracks", "errors"},
    "blocks": {"quiz", "play", "bank.catalogue", "errors"},
    "storage": {"quiz", "errors"},
    "slack": {"quiz", "play", "blocks", "bank.catalogue", "errors"},
    "sandbox": {"blocks.limits"},
    "scheduler": {"play", "quiz", "errors"},
    "calendars": {"quiz"},
    "clock": set(),
    "settings": {"errors", "quiz.editing"},
    "errors": set(),
    "logs": set(),
    "git_source": {"errors", "settings"},
    "watching": set(),
    "reloading": {"bank", "quiz", "errors", "git_source", "scheduler", "watching"},
    "supply": {"bank", "errors", "git_source", "reloading", "settings", "watching"},
    "manifest": {"errors", "slack.web"},
    "lint": {"bank", "quiz", "settings", "clock", "errors"},
    "exchange": {"quiz", "bank", "settings", "errors"},
    "authoring": {
        "quiz",
        "bank",
        "play.steps",
        "play.pictures",
        "blocks",
        "lint",
        "sandbox",
        "settings",
        "clock",
        "errors",
    },
}
"""Who may import what of ours, besides itself; what wires may import everything."""

LIBRARIES: dict[str, set[str]] = {
    "quiz": set(),
    "bank": {"markdown_it", "mdit_py_plugins", "rapidfuzz", "yaml"},
    "play": set(),
    "blocks": set(),
}
"""What the pure layers may import besides the standard library."""

IMPURE = {"asyncio", "os", "random", "secrets", "socket", "subprocess", "time"}
"""I/O, clocks and chance: not for the pure layers."""


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: write absolute imports"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def is_allowed(ours: str, allowed: set[str]) -> bool:
    return any(f"{ours}.".startswith(f"{part}.") for part in allowed)


@pytest.mark.parametrize("path", FILES, ids=str)
def test_imports_point_inwards(path: Path) -> None:
    here = path.parts[0].removesuffix(".py")
    for name in imports(BOT / path):
        top, _, ours = name.partition(".")
        if top == "bot" and here in MAY_IMPORT:
            assert is_allowed(ours, MAY_IMPORT[here] | {here}), f"{path} imports {name}"
        elif top != "bot" and here in LIBRARIES:
            known = (sys.stdlib_module_names - IMPURE) | LIBRARIES[here]
            assert top in known, f"{here} is pure, {name} is not"


def test_the_table_knows_every_part() -> None:
    parts = {path.parts[0].removesuffix(".py") for path in FILES}
    free = {"__init__", "__main__", "wiring", "parts", "trial", "serving", "cli"}
    assert parts - free == set(MAY_IMPORT)


@pytest.mark.parametrize("path", FILES, ids=str)
def test_nothing_but_the_edge_reads_the_clock(path: Path) -> None:
    """Time is an argument; the bot's own clock is in clock.py, the local Slack has one to give."""
    if path.parts[0] in {"clock.py", "sandbox", "storage"}:
        return
    text = (BOT / path).read_text("utf-8")
    assert "datetime.now(" not in text
    assert "time.time()" not in text


@pytest.mark.parametrize("path", [p for p in FILES if p.name == "__init__.py"], ids=str)
def test_packages_export_nothing(path: Path) -> None:
    assert not (BOT / path).read_text("utf-8"), "there is one way to import a thing"
