"""Import and export as they are typed."""

from pathlib import Path

import pytest

from bot.bank.files import read_bank
from tests.authoring.test_terminal_play import PAGE
from tests.pictures import PNG
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


def test_what_stays_behind_is_said_on_standard_error(folder: Path) -> None:
    asked = "<quiz>\nWhich?\n![Sky](sky.png)\n- [x] One\n- [ ] Two\n</quiz>\n"
    broken = "<quiz>\nWhy?\n- [ ] One\n- [ ] Two\n</quiz>\n"
    (folder / "two.md").write_text(asked + broken, "utf-8")
    (folder / "sky.png").write_bytes(PNG)
    text = quizbot("export", "two.md", "--format", "csv", folder=folder)
    assert "What has an error was left out (1 error): quizbot lint two.md" in text.stderr
    assert "Not in it: 1 image (sky.png)" in text.stderr
    whole = quizbot("export", "two.md", "--format", "qti", "-o", "two.zip", folder=folder)
    assert "Not in it" not in whole.stderr
    printed = quizbot("import", "two.zip", folder=folder)
    assert "1 image left out: --to writes them too" in printed.stderr
    for name in ("a", "b"):
        back = quizbot("import", "two.zip", "--to", name, "--in", "bank", folder=folder)
        assert f"Written: bank/{name}.md, 1 image beside it" in back.stderr
    assert [path.read_bytes() for path in (folder / "bank" / "images").iterdir()] == [PNG]


def test_a_page_is_not_written_into_the_starter_bank(folder: Path) -> None:
    done = quizbot("import", "sky.gift", "--to", "sky/basics", folder=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Say where your quizzes are: --in my-quizzes, or QUIZ_CONTENT." in done.stderr
    (folder / "bank").mkdir()
    quizbot("import", "sky.gift", "--to", "sky", folder=folder, QUIZ_CONTENT="bank")
    assert (folder / "bank" / "sky.md").exists()
