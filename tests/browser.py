"""Finds a Chromium for the tests that drive the local page; `python -m tests.browser` names it."""

import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

NAMES = ("chromium", "google-chrome", "google-chrome-stable", "chrome", "chromium-browser")
MAC = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
# What `playwright install chromium` unpacks, below one folder for each version.
DOWNLOADED = (
    "chromium-*/chrome-*/chrome",
    "chromium-*/chrome-*/*.app/Contents/MacOS/*",
    "chromium_headless_shell-*/chrome-*/headless_shell",
    "chromium_headless_shell-*/chrome-*/chrome-headless-shell",
)
NONE_HERE = "there is no Chromium here: run `make chromium`, or set CHROMIUM to the path of one"


def find_chromium(env: Mapping[str, str] = os.environ) -> str | None:
    """The browser that CHROMIUM names, else an installed one, else one that playwright got."""
    return next(filter(_is_program, _candidates(env)), None)


def chromium_or_skip(env: Mapping[str, str] = os.environ) -> str:
    """As `find_chromium`; without one the test is skipped, or fails where CI is set."""
    if browser := find_chromium(env):
        return browser
    if env.get("CI"):
        pytest.fail(NONE_HERE)
    pytest.skip(NONE_HERE)


def _candidates(env: Mapping[str, str]) -> Iterator[str]:
    yield env.get("CHROMIUM", "")
    for name in NAMES:
        yield shutil.which(name, path=env.get("PATH", "")) or ""
    if sys.platform == "darwin":
        yield from MAC
    for pattern in DOWNLOADED:
        yield from map(str, sorted(_downloads(env).glob(pattern), reverse=True))


def _downloads(env: Mapping[str, str]) -> Path:
    home = Path(env.get("HOME", "/"))
    cache = home / "Library/Caches" if sys.platform == "darwin" else home / ".cache"
    return Path(env.get("PLAYWRIGHT_BROWSERS_PATH") or cache / "ms-playwright")


def _is_program(path: str) -> bool:
    return bool(path) and Path(path).is_file() and os.access(path, os.X_OK)


def main() -> int:
    found = find_chromium()
    sys.stdout.write(f"{found}\n" if found else "")
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main())
