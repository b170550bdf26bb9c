"""A new page is a page that can be asked, and nothing is ever written over."""

from pathlib import Path

import pytest

from bot.authoring.template import write_template
from bot.bank.files import read_bank
from bot.errors import ConfigError
from bot.quiz.question import Kind

TODAY = "2026-11-23"


def test_a_new_page_can_be_asked_as_it_is(tmp_path: Path) -> None:
    written = write_template(tmp_path, "docker/advanced", TODAY)
    assert written == (tmp_path / "docker/advanced.md", tmp_path / "docker/index.md")
    bank = read_bank([tmp_path])
    assert not bank.problems
    (quiz,) = bank.catalogue.quizzes
    assert (quiz.title, quiz.level, quiz.track) == ("Docker advanced", "advanced", "docker")
    assert [question.kind for question in quiz] == [Kind.SINGLE, Kind.SEVERAL, Kind.BLANK]
    assert all(question.explanation for question in quiz)


def test_two_new_pages_share_no_id(tmp_path: Path) -> None:
    write_template(tmp_path, "docker/basics", TODAY)
    assert write_template(tmp_path, "git/basics.md", TODAY)[0] == tmp_path / "git/basics.md"
    bank = read_bank([tmp_path])
    ids = [question.id for quiz in bank.catalogue for question in quiz]
    assert len(set(ids)) == len(ids) == 6


def test_a_track_keeps_its_own_index_page(tmp_path: Path) -> None:
    (tmp_path / "git").mkdir()
    (tmp_path / "git/index.md").write_text("# Mine\n")
    write_template(tmp_path, "git/basics", TODAY)
    assert (tmp_path / "git/index.md").read_text() == "# Mine\n"


def test_a_page_that_is_there_stays(tmp_path: Path) -> None:
    (tmp_path / "git").mkdir()
    (tmp_path / "git/basics.md").write_text("mine")
    with pytest.raises(ConfigError, match="is there already"):
        write_template(tmp_path, "git/basics", TODAY)
    assert (tmp_path / "git/basics.md").read_text() == "mine"


@pytest.mark.parametrize("name", ["docker", "", "../../etc/x", "/etc/x", "a//b", "a b/c", "a/"])
def test_other_names_are_refused_with_one_that_works(tmp_path: Path, name: str) -> None:
    with pytest.raises(ConfigError, match="Name it TRACK/NAME"):
        write_template(tmp_path / "bank", name, TODAY)
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "git").write_text("a file")
    with pytest.raises(ConfigError, match="cannot be written"):
        write_template(tmp_path, "git/basics", TODAY)
