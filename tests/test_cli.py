"""The command line as an operator and an author meet it."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

from bot.cli import COMMANDS, app_for
from tests.conftest import COLOURS

ROOT = Path(__file__).parent.parent
BROKEN = "# Odd\n\n<quiz>\nWhich?\n- [ ] One\n- [ ] Two\n</quiz>\n"


def clean_environment(folder: Path) -> dict[str, str]:
    """Nothing of this shell's settings takes part."""
    names = ("PATH", "HOME", "LANG", "TMPDIR")
    kept = {name: os.environ[name] for name in names if name in os.environ}
    return {**kept, "PYTHONPATH": str(ROOT), "QUIZ_DATA": str(folder / "data"), "PORT": "0"}


def quizbot(*arguments: str, folder: Path, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=folder,
        env={**clean_environment(folder), **env},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@contextmanager
def started(*arguments: str, folder: Path, **env: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "bot", *arguments],
        cwd=folder,
        env={**clean_environment(folder), **env},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    with process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
            process.communicate(timeout=30)


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "colours.md").write_text(COLOURS, "utf-8")
    return tmp_path / "pages"


def test_lint_ends_with_a_count(pages: Path) -> None:
    done = quizbot("lint", "pages", folder=pages.parent)
    assert done.returncode == 0
    assert done.stdout == "1 quiz, 3 questions, 0 errors, 0 warnings\n"


def test_lint_names_the_place_and_exits_with_one(pages: Path) -> None:
    (pages / "odd.md").write_text(BROKEN, "utf-8")
    done = quizbot("lint", "pages", folder=pages.parent)
    assert done.returncode == 1
    first, last = done.stdout.splitlines()
    assert first.startswith(f"pages{os.sep}odd.md:3: error[no-right-option] ")
    assert last == "1 quiz, 3 questions, 1 error, 0 warnings"


def test_lint_speaks_json(pages: Path) -> None:
    (pages / "odd.md").write_text(BROKEN, "utf-8")
    done = quizbot("lint", "pages", "--format", "json", folder=pages.parent)
    report = json.loads(done.stdout)
    assert (report["quizzes"], report["questions"], report["errors"]) == (1, 3, 1)
    assert report["problems"][0]["rule"] == "no-right-option"
    assert report["problems"][0]["line"] == 3


def test_a_file_is_read_whatever_its_suffix(pages: Path) -> None:
    (pages / "colours.md").rename(pages / "colours.txt")
    done = quizbot("lint", "pages/colours.txt", folder=pages.parent)
    assert done.stdout == "1 quiz, 3 questions, 0 errors, 0 warnings\n"


def test_wrong_settings_are_named_without_a_trace(tmp_path: Path) -> None:
    done = quizbot("run", folder=tmp_path, SLACK_BOT_TOKEN="nonsense", LOG_LEVEL="loud")
    assert done.returncode == 2
    assert "SLACK_BOT_TOKEN must begin with xoxb-" in done.stderr
    assert "LOG_LEVEL must be one of" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "data").exists()


def test_run_says_what_slack_needs(tmp_path: Path) -> None:
    done = quizbot("run", folder=tmp_path)
    assert done.returncode == 2
    assert "SLACK_BOT_TOKEN is not set" in done.stderr


def test_an_empty_bank_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = quizbot("try", "--no-browser", folder=tmp_path, QUIZ_CONTENT="empty")
    assert done.returncode == 2
    assert "There is no quiz in empty." in done.stderr
    assert "Traceback" not in done.stderr


def test_a_broken_page_does_not_stop_the_start(pages: Path) -> None:
    (pages / "odd.md").write_text(BROKEN, "utf-8")
    with started("try", "--no-browser", folder=pages.parent, QUIZ_CONTENT="pages") as process:
        assert process.stdout
        told = next(line for line in process.stdout if "odd.md" in line or "is ready" in line)
        assert "odd.md:3" in told


def test_try_says_where_the_page_is_and_stops_on_sigterm(pages: Path) -> None:
    with started("try", "--no-browser", folder=pages.parent, QUIZ_CONTENT="pages") as process:
        assert process.stdout
        ready = next(line for line in process.stdout if "Quiz bot is ready" in line)
        assert "ready with 1 quiz: " in ready
        address = ready.split()[-1]
        assert "/quiz" in process.stdout.readline()
        assert "a question every working day" in process.stdout.readline()
        with urlopen(address, timeout=10) as answer:  # noqa: S310  the address is our own
            assert b"composer" in answer.read()
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)
    assert process.returncode == 0


def test_the_manifest_for_http_is_printed(tmp_path: Path) -> None:
    done = quizbot("manifest", "--http", "https://bot.example", folder=tmp_path)
    assert "url: https://bot.example/slack/events" in done.stdout


def test_health_fails_where_no_bot_is(tmp_path: Path) -> None:
    assert quizbot("health", folder=tmp_path, PORT="1").returncode == 1


def test_a_command_loads_no_more_than_it_needs(tmp_path: Path) -> None:
    """Authors type these all day: the bot's half of the libraries costs them a second each."""
    program = (
        "import sys; from bot.cli import app_for; app_for(sys.argv[1]); "
        "print(sorted({'redis', 'slack_bolt', 'aiohttp', 'openpyxl'} & sys.modules.keys()))"
    )

    def loaded(command: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", program, command],
            env=clean_environment(tmp_path),
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    assert loaded("lint") == "[]"
    assert loaded("import") == "['openpyxl']"
    assert loaded("--help") == "['aiohttp', 'openpyxl', 'redis', 'slack_bolt']"


def test_every_command_is_where_it_is_said_to_be() -> None:
    for module, names in COMMANDS.items():
        app = app_for(names[0])
        known = [
            command.name or getattr(command.callback, "__name__", "")
            for command in app.registered_commands
        ]
        assert tuple(known) == names, module
