"""Import and export as they are typed."""

from pathlib import Path

import pytest

from bot.bank.files import read_bank
from tests.authoring.test_terminal_play import PAGE
from tests.test_cli import quizbot

GIFT = "Sky? {=Blue ~Green}\n\nExplain. {}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "colours.md").write_text(PAGE, "utf-8")
    (tmp_path / "sky.gift").write_text(GIFT, "utf-8")
    return tmp_path


def test_a_file_becomes_a_page_of_the_bank(folder: Path) -> None:
    done = quizbot("import", "sky.gift", "--to", "sky/basics", "--in", "bank", folder=folder)
    assert done.returncode == 0
    assert "sky.gift: line 3: it is an essay" in done.stderr
    assert "1 question, 1 left out" in done.stderr
    assert "Written: bank/sky/basics.md" in done.stderr
    (quiz,) = read_bank([folder / "bank"]).catalogue.quizzes
    assert [str(question.id) for question in quiz] == ["sky-sky"]
    again = quizbot("import", "sky.gift", "--to", "sky/basics", "--in", "bank", folder=folder)
    assert again.returncode == 2
    assert "is there already" in again.stderr


def test_without_a_place_the_page_is_printed(folder: Path) -> None:
    done = quizbot("import", "sky.gift", folder=folder)
    assert done.stdout.startswith("---\ntitle: Sky\n---\n")
    assert "- [x] Blue" in done.stdout


@pytest.mark.parametrize("form", ["csv", "gift", "json", "qti"])
def test_there_and_back_again(folder: Path, form: str) -> None:
    name = {"qti": "colours.zip"}.get(form, f"colours.{form}")
    gone = quizbot("export", "colours.md", "--format", form, "-o", name, folder=folder)
    assert f"Written: {name}, 3 questions" in gone.stderr
    back = quizbot("import", name, "--to", "back", "--in", "bank", folder=folder)
    assert back.returncode == 0, back.stderr
    (before,) = read_bank([folder / "colours.md"]).catalogue.quizzes
    (after,) = read_bank([folder / "bank"]).catalogue.quizzes
    assert after.questions == before.questions


def test_a_folder_becomes_a_folder(folder: Path) -> None:
    (folder / "more.md").write_text(PAGE.replace('id="', 'id="more-'), "utf-8")
    nowhere = quizbot("export", ".", "--format", "gift", folder=folder)
    assert nowhere.returncode == 2
    assert "2 pages. Name a folder" in nowhere.stderr
    done = quizbot("export", ".", "--format", "gift", "-o", "out", folder=folder)
    assert "Written: 2 files in out, 6 questions" in done.stderr
    assert sorted(path.name for path in (folder / "out").iterdir()) == [
        "colours.gift",
        "more.gift",
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["import", "gone.csv"], "gone.csv: it cannot be read (No such file or directory)."),
        (["import", "colours.md"], "its format is not known; name one with --format"),
        (["import", "sky.gift", "--format", "xml"], "--format is one of"),
        (["import", "sky.gift", "--format", "json"], "sky.gift: the file: invalid json"),
        (["import", "sky.gift", "--to", "../up"], "letters, digits and hyphens"),
        (["export", "colours.md", "--format", "pdf"], "--format is one of"),
        (["export", "colours.md", "--format", "qti"], "QTI is an archive"),
        (["export", "sky.gift", "--format", "csv"], "has no question"),
    ],
)
def test_a_slip_is_one_line_that_says_the_way_out(
    folder: Path, arguments: list[str], said: str
) -> None:
    done = quizbot(*arguments, folder=folder)
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (folder.parent / "up.md").exists()
