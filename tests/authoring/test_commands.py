"""The commands of authors, typed at a shell."""

import json
from pathlib import Path
from urllib.request import urlopen

import pytest

from bot.authoring.commands import split_id
from bot.errors import ConfigError
from tests.authoring.test_terminal_play import PAGE
from tests.test_cli import quizbot, started


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


def test_the_page_is_there_when_its_address_is_printed(page: Path) -> None:
    with started(
        "preview", "colours.md", "--port", "0", "--no-browser", folder=page.parent
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("Preview of colours.md: http://127.0.0.1:")
        with urlopen(line.split()[-1]) as answer:  # noqa: S310 - the address is ours
            assert b"preview.js" in answer.read()
