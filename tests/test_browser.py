import os
from pathlib import Path

import pytest

from tests.browser import chromium_or_skip, find_chromium


def program(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o755)
    return str(path)


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """A machine that has nothing, whatever the real one has."""
    return {
        "PATH": str(tmp_path / "bin"),
        "HOME": str(tmp_path),
        "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path / "downloads"),
    }


def test_the_named_browser_comes_first(tmp_path: Path, env: dict[str, str]) -> None:
    program(tmp_path / "bin" / "chromium")
    named = program(tmp_path / "mine")
    assert find_chromium(env | {"CHROMIUM": named}) == named


def test_a_named_browser_that_is_not_there_is_passed_over(
    tmp_path: Path, env: dict[str, str]
) -> None:
    installed = program(tmp_path / "bin" / "google-chrome")
    assert find_chromium(env | {"CHROMIUM": str(tmp_path / "missing")}) == installed


@pytest.mark.parametrize(
    "path",
    [
        "chromium-1200/chrome-linux64/chrome",
        "chromium_headless_shell-1200/chrome-headless-shell-linux64/chrome-headless-shell",
        "chromium-1200/chrome-mac/Chromium.app/Contents/MacOS/Chromium",
    ],
)
def test_a_downloaded_browser_is_found(tmp_path: Path, env: dict[str, str], path: str) -> None:
    downloaded = program(tmp_path / "downloads" / path)
    assert find_chromium(env) == downloaded


def test_a_file_that_cannot_be_run_is_no_browser(tmp_path: Path, env: dict[str, str]) -> None:
    Path(program(tmp_path / "downloads/chromium-1/chrome-linux/chrome")).chmod(0o644)
    assert not os.access(tmp_path / "downloads/chromium-1/chrome-linux/chrome", os.X_OK)
    with pytest.raises(pytest.skip.Exception, match="make chromium"):
        chromium_or_skip(env)


def test_a_missing_browser_is_a_failure_where_nobody_would_notice(env: dict[str, str]) -> None:
    with pytest.raises(pytest.fail.Exception, match="CHROMIUM"):
        chromium_or_skip(env | {"CI": "true"})
