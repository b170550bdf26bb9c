import os
from pathlib import Path

import pytest

from bot.errors import ConfigError
from bot.lint.config import Configs
from bot.lint.mend_files import Change, changes
from bot.lint.sheets import read_sheets
from tests.lint.samples import choice
from tests.pictures import PNG

PAGE = choice("Which tool is it that you want?", "a", "b").replace("- [x]", "*[X]", 1)
PAGE = PAGE.replace("*[X]", "* [X]")


def found(folder: Path, *, readable: bool = False) -> list[Change]:
    return list(changes([folder], Configs(), readable=readable))


def fix(folder: Path, *, readable: bool = False) -> None:
    for change in found(folder, readable=readable):
        change.write()


def ids(folder: Path) -> set[str]:
    return {str(question.id) for quiz in read_sheets([folder]).bank.catalogue for question in quiz}


def test_a_bank_is_mended_and_nobody_loses_their_history(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(PAGE, "utf-8")
    (tmp_path / "b.md").write_text(PAGE.replace("want", "need"), "utf-8")
    before = ids(tmp_path)
    fix(tmp_path)
    assert ids(tmp_path) == before
    assert found(tmp_path) == []


def test_the_same_question_on_two_pages_stays_one(tmp_path: Path) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text(PAGE + PAGE, "utf-8")
    before, told = ids(tmp_path), read_sheets([tmp_path]).bank.problems
    fix(tmp_path)
    assert ids(tmp_path) == before
    assert len(read_sheets([tmp_path]).bank.problems) == len(told)


def test_readable_ids_are_unique_in_the_whole_bank(tmp_path: Path) -> None:
    taken = choice("Another?", "a", "b", tag='<quiz id="tool-it-want">')
    (tmp_path / "z.md").write_text(taken, "utf-8")
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text(PAGE.replace("- [ ] b", f"- [ ] {name}"), "utf-8")
    fix(tmp_path, readable=True)
    assert len(ids(tmp_path)) == 3
    assert not read_sheets([tmp_path]).bank.problems


def test_bytes_that_are_not_mended_stay(tmp_path: Path) -> None:
    page = tmp_path / "a.md"
    page.write_bytes(b"\xef\xbb\xbf# T\r\n\n" + PAGE.encode().replace(b"\n", b"\r\n") + b"end")
    fix(tmp_path)
    assert page.read_bytes().startswith(b"\xef\xbb\xbf# T\r\n\n<quiz id=")
    assert page.read_bytes().endswith(b"</quiz>\r\nend")
    assert b"\r\n- [x] a\r\n" in page.read_bytes()


def test_a_question_at_the_very_start_behind_a_mark_is_left_without_harm(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("\ufeff" + PAGE, "utf-8")
    fix(tmp_path)
    text = (tmp_path / "a.md").read_text("utf-8")
    assert text.startswith('\ufeff<quiz id="')


def test_links_and_modes_stay(tmp_path: Path) -> None:
    bank = tmp_path / "bank"
    (bank / "real").mkdir(parents=True)
    page = bank / "real" / "a.md"
    page.write_text(PAGE, "utf-8")
    page.chmod(0o640)
    (bank / "a.md").symlink_to(page)
    fix(bank)
    assert (bank / "a.md").is_symlink()
    assert page.stat().st_mode & 0o777 == 0o640
    assert "- [x] a" in page.read_text("utf-8")
    assert sorted(each.name for each in (bank / "real").iterdir()) == ["a.md"]


def test_rules_that_are_ignored_are_not_mended(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(PAGE, "utf-8")
    (tmp_path / ".quizlint.toml").write_text('ignore = ["no-id", "untidy-box"]', "utf-8")
    assert found(tmp_path) == []
    (tmp_path / ".quizlint.toml").write_text('[per-file-ignores]\n"a*" = ["no-id"]', "utf-8")
    assert [(change.ids, change.boxes) for change in found(tmp_path)] == [(0, 1)]
    (tmp_path / "a.md").write_text(f"---\nlint-ignore: untidy-box\n---\n{PAGE}", "utf-8")
    assert found(tmp_path) == []


def test_a_diff_shows_what_would_be_done_and_does_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(PAGE, "utf-8")
    (change,) = found(tmp_path)
    lines = change.diff().splitlines()
    assert lines[0].startswith("--- a/")
    assert [line for line in lines if line.startswith(("-* ", "+- "))] == ["-* [X] a", "+- [x] a"]
    assert (tmp_path / "a.md").read_text("utf-8") == PAGE


def test_what_cannot_be_written_is_named(tmp_path: Path) -> None:
    gone = tmp_path / "gone" / "a.md"
    with pytest.raises(ConfigError, match=r"a\.md: it cannot be written: No such file"):
        Change(gone, "a", "b", 1, 0).write()


def test_a_broken_file_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"\xff" + PAGE.encode())
    os.mkfifo(tmp_path / "b.md")
    assert found(tmp_path) == []


def test_a_page_with_images_is_mended_like_any_other(tmp_path: Path) -> None:
    (tmp_path / "map.png").write_bytes(PNG)
    (tmp_path / "a.md").write_text(PAGE.replace("want?", "want?\n\n![A map](map.png)"), "utf-8")
    fix(tmp_path)
    assert "<quiz id=" in (tmp_path / "a.md").read_text("utf-8")
    assert found(tmp_path) == []
