"""The commands of authors, typed at a shell."""

import json
import signal
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

from bot.authoring.commands import split_id
from bot.errors import ConfigError
from tests.authoring.test_terminal_play import PAGE
from tests.test_cli import clean_environment, quizbot, started


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "colours.md"
    path.write_text(PAGE, "utf-8")
    return path


def test_from_an_empty_folder_to_a_page_without_problems(tmp_path: Path) -> None:
    made = quizbot("new", "git/basics", "--in", "bank", folder=tmp_path)
    assert "Written: bank/git/basics.md" in made.stdout
    assert "quizbot preview bank/git/basics.md" in made.stdout
    assert "3 questions, 0 errors, 0 warnings" in quizbot("lint", "bank", folder=tmp_path).stdout
    again = quizbot("new", "git/basics", "--in", "bank", folder=tmp_path)
    assert again.returncode == 2
    assert "is there already" in again.stderr


def test_the_payloads_can_be_printed(page: Path) -> None:
    done = quizbot("preview", "colours.md#flag", "--json", folder=page.parent)
    (question,) = json.loads(done.stdout)["questions"]
    assert (question["id"], question["kind"]) == ("flag", "several")
    assert question["asked"]["blocks"]


@pytest.mark.parametrize("command", ["preview", "play"])
@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("nowhere.md", "There is no file nowhere.md"),
        ("colours.md#gone", "colours.md has no question gone"),
    ],
)
def test_what_is_not_there_is_named(page: Path, command: str, target: str, said: str) -> None:
    more = ["--json"] if command == "preview" else []
    done = quizbot(command, target, *more, folder=page.parent)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_says_which_pages_it_has(page: Path) -> None:
    (page.parent / "more.md").write_text(PAGE.replace('id="', 'id="more-'), "utf-8")
    done = quizbot("play", ".", folder=page.parent)
    assert done.returncode == 2
    assert "colours.md" in done.stderr
    assert "more.md" in done.stderr


def test_a_page_without_a_question_says_why(tmp_path: Path) -> None:
    (tmp_path / "bad.md").write_text("<quiz>\nWhy?\n- [ ] One\n- [ ] Two\n</quiz>\n")
    done = quizbot("play", "bad.md", folder=tmp_path)
    assert done.returncode == 2
    assert "no-right-option" in done.stderr


def test_a_file_may_have_a_number_sign_in_its_name(tmp_path: Path) -> None:
    odd = tmp_path / "c#basics.md"
    odd.write_text(PAGE, "utf-8")
    assert split_id(str(odd)) == (odd, "")
    assert split_id(f"{odd}#sky") == (odd, "sky")
    with pytest.raises(ConfigError):
        split_id(str(tmp_path / "c#gone"))


def test_a_path_that_cannot_be_looked_at_is_no_trace(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        split_id(str(tmp_path / ("a" * 300)))


def test_the_page_is_there_when_its_address_is_printed(page: Path) -> None:
    with started(
        "preview", "colours.md", "--port", "0", "--no-browser", folder=page.parent
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("Preview of colours.md: http://127.0.0.1:")
        with urlopen(line.split()[-1]) as answer:  # noqa: S310 - the address is ours
            assert b"preview.js" in answer.read()


def test_a_second_page_of_a_track_is_to_be_listed(tmp_path: Path) -> None:
    for name in ("git/basics", "git/more"):
        made = quizbot("new", name, "--in", "bank", folder=tmp_path)
    assert "Written: bank/git/more.md" in made.stdout
    assert "Add a link to it in bank/git/index.md" in made.stdout


def test_a_page_is_not_begun_in_the_starter_bank(tmp_path: Path) -> None:
    done = quizbot("new", "git/basics", folder=tmp_path)
    assert done.returncode == 2
    assert done.stderr == "Say where your quizzes are: --in my-quizzes, or QUIZ_CONTENT.\n"


@pytest.mark.parametrize("port", ["65536", "-1", "x"])
def test_a_port_that_cannot_be_is_named_without_a_trace(page: Path, port: str) -> None:
    done = quizbot("preview", "colours.md", f"--port={port}", folder=page.parent)
    assert done.returncode == 2
    assert "--port" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_page_of_text_says_how_questions_are_written(tmp_path: Path) -> None:
    (tmp_path / "text.md").write_text("# Only text\n")
    done = quizbot("play", "text.md", folder=tmp_path)
    assert done.stderr.endswith("Questions stand between <quiz> and </quiz>; see: quizbot new\n")


def test_a_broken_configuration_does_not_stop_the_preview(page: Path) -> None:
    (page.parent / ".quizlint.toml").write_text('select = ["nonsens"]\n')
    done = quizbot("preview", "colours.md", "--json", folder=page.parent)
    shown = json.loads(done.stdout)
    assert (done.returncode, len(shown["questions"])) == (0, 3)
    assert '.quizlint.toml: select: there is no rule or group "nonsens"' in shown["notice"]


def test_ctrl_c_ends_a_game_without_a_trace(page: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-u", "-m", "bot", "play", "colours.md"],
        cwd=page.parent,
        env=clean_environment(page.parent),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        seen = process.stdout.read()
    assert process.returncode == 0
    assert "Traceback" not in seen
