"""A bank whose files change: whatever an author wants shows, and no mishap does."""

import os
import shutil
from pathlib import Path

import pytest

from bot.bank.files import Bank, read_bank
from bot.bank.reader import BATCH, Reader
from tests.bank.samples import question

BROKEN = '<quiz id="{id}">\nWhich one?\n\n- [ ] only wrong\n- [ ] answers\n</quiz>\n'


def quiz(*ids: str) -> str:
    return "\n".join(
        f'<quiz id="{each}">\nWhat is {each}?\n\n- [x] A\n- [ ] B\n</quiz>\n' for each in ids
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "bank"
    (root / "git").mkdir(parents=True)
    (root / "git/a.md").write_text(quiz("a1", "a2"), "utf-8")
    (root / "b.md").write_text(quiz("b1"), "utf-8")
    return root


@pytest.fixture
def reader(folder: Path) -> Reader:
    reader = Reader([folder])
    reader.read()
    return reader


def asked(bank: Bank) -> list[str]:
    return sorted(each.id for page in bank.catalogue for each in page)


def rules(bank: Bank) -> list[str]:
    return [found.rule for found in bank.problems]


def names(bank: Bank) -> list[str]:
    return [Path(path).name for path in bank.kept]


def test_the_first_time_it_reads_as_everybody_does(folder: Path) -> None:
    assert Reader([folder], "https://a.test/").read() == read_bank([folder], "https://a.test/")


def test_what_has_not_changed_is_not_parsed_again(folder: Path, reader: Reader) -> None:
    before = reader.read()
    (folder / "b.md").write_text(quiz("b1", "b2"), "utf-8")
    after = reader.read()
    old, new = (bank.catalogue.get("git/a") for bank in (before, after))
    assert old is not None
    assert new is not None
    assert [id(each) for each in old] == [id(each) for each in new]
    assert asked(after) == ["a1", "a2", "b1", "b2"]


def test_a_look_is_news_only_when_something_has_changed(folder: Path, reader: Reader) -> None:
    assert not reader.is_news(reader.look())
    (folder / "b.md").touch()
    assert not reader.is_news(reader.look())
    (folder / "c.md").write_text(quiz("c1"), "utf-8")
    assert reader.is_news(reader.look())
    reader.read()
    assert not reader.is_news(reader.look())


def test_a_change_of_the_same_size_at_the_same_moment_is_noticed(
    folder: Path, reader: Reader
) -> None:
    page = folder / "b.md"
    before = page.stat()
    page.write_text(quiz("b7"), "utf-8")
    os.utime(page, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert reader.is_news(reader.look())
    assert asked(reader.read()) == ["a1", "a2", "b7"]


def test_a_new_page_comes_and_a_deleted_one_goes(folder: Path, reader: Reader) -> None:
    (folder / "c.md").write_text(quiz("c1"), "utf-8")
    (folder / "b.md").unlink()
    bank = reader.read()
    assert (asked(bank), bank.problems, bank.kept) == (["a1", "a2", "c1"], (), ())


def test_the_last_page_of_a_lower_folder_may_be_deleted(folder: Path, reader: Reader) -> None:
    shutil.rmtree(folder / "git")
    assert asked(reader.read()) == ["b1"]


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        pytest.param(
            BROKEN.format(id="a1").encode() + quiz("a2").encode(), "no-right-option", id="no key"
        ),
        pytest.param(b"\xff\xfe", "not-utf8", id="not text"),
        pytest.param(
            quiz("a1", "a2").encode().replace(b"</quiz>", b"", 1),
            "unclosed-quiz",
            id="half written",
        ),
        pytest.param(b"a" * (4 * 1024 * 1024 + 1), "file-too-big", id="too big"),
    ],
)
def test_a_page_that_broke_stays_as_it_was_and_is_reported(
    folder: Path, reader: Reader, content: bytes, rule: str
) -> None:
    (folder / "git/a.md").write_bytes(content)
    (folder / "b.md").write_text(quiz("b1", "b2"), "utf-8")
    for _ in range(2):  # and the next time too
        bank = reader.read()
        assert asked(bank) == ["a1", "a2", "b1", "b2"]
        assert rule in rules(bank)
        assert names(bank) == ["a.md"]


def test_a_mended_page_is_shown_again(folder: Path, reader: Reader) -> None:
    (folder / "git/a.md").write_text(BROKEN.format(id="a1"), "utf-8")
    assert names(reader.read()) == ["a.md"]
    (folder / "git/a.md").write_text(quiz("a1", "a3"), "utf-8")
    bank = reader.read()
    assert (asked(bank), bank.problems, bank.kept) == (["a1", "a3", "b1"], (), ())


def test_a_page_that_broke_twice_keeps_its_last_good_version(folder: Path, reader: Reader) -> None:
    page = folder / "git/a.md"
    page.write_text(quiz("a1", "a2", "a3"), "utf-8")
    reader.read()
    page.write_text(BROKEN.format(id="a1"), "utf-8")
    reader.read()
    page.write_bytes(b"\xff")
    assert asked(reader.read()) == ["a1", "a2", "a3", "b1"]


def test_a_new_question_with_an_error_costs_only_itself(folder: Path, reader: Reader) -> None:
    text = quiz("a1", "a2", "a3") + BROKEN.format(id="a4")
    (folder / "git/a.md").write_text(text, "utf-8")
    bank = reader.read()
    assert asked(bank) == ["a1", "a2", "a3", "b1"]
    assert (rules(bank), bank.kept) == (["no-right-option"], ())


def test_an_error_from_the_beginning_holds_nothing_back(folder: Path) -> None:
    page = folder / "git/a.md"
    page.write_text(quiz("a1", "a2") + BROKEN.format(id="a4"), "utf-8")
    reader = Reader([folder])
    reader.read()
    page.write_text(quiz("a1") + BROKEN.format(id="a4"), "utf-8")
    bank = reader.read()
    assert (asked(bank), rules(bank), bank.kept) == (["a1", "b1"], ["no-right-option"], ())


def test_questions_may_be_taken_out(folder: Path, reader: Reader) -> None:
    (folder / "git/a.md").write_text("# Later\n", "utf-8")
    bank = reader.read()
    assert (asked(bank), bank.kept) == (["b1"], ())


def test_a_new_page_that_is_broken_has_nothing_to_keep(folder: Path, reader: Reader) -> None:
    (folder / "c.md").write_bytes(b"\xff")
    bank = reader.read()
    assert (asked(bank), rules(bank), bank.kept) == (["a1", "a2", "b1"], ["not-utf8"], ())


@pytest.mark.parametrize("is_there", [True, False], ids=["empty", "gone"])
def test_a_folder_without_any_page_is_a_mishap(
    folder: Path, reader: Reader, *, is_there: bool
) -> None:
    away = folder.rename(folder.parent / "away")
    if is_there:
        folder.mkdir()
    for _ in range(2):
        bank = reader.read()
        assert asked(bank) == ["a1", "a2", "b1"]
        assert rules(bank) == ["unreadable-file"]
        assert sorted(names(bank)) == ["a.md", "b.md"]
    if is_there:
        folder.rmdir()
    (away / "b.md").unlink()
    away.rename(folder)
    bank = reader.read()
    assert (asked(bank), bank.problems, bank.kept) == (["a1", "a2"], (), ())


def test_one_of_two_folders_may_be_missing(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "c.md").write_text(quiz("c1"), "utf-8")
    reader = Reader([folder, other])
    reader.read()
    shutil.rmtree(other)
    (folder / "b.md").write_text(quiz("b2"), "utf-8")
    bank = reader.read()
    assert asked(bank) == ["a1", "a2", "b2", "c1"]
    assert names(bank) == ["c.md"]


def test_a_file_that_was_named_may_be_missing(tmp_path: Path) -> None:
    page = tmp_path / "one.md"
    page.write_text(quiz("q1"), "utf-8")
    reader = Reader([page])
    reader.read()
    page.unlink()
    bank = reader.read()
    assert (asked(bank), rules(bank), names(bank)) == (["q1"], ["unreadable-file"], ["one.md"])


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is closed to root")
def test_the_pages_of_a_closed_folder_stay(folder: Path, reader: Reader) -> None:
    (folder / "git").chmod(0)
    bank = reader.read()
    (folder / "git").chmod(0o700)
    assert asked(bank) == ["a1", "a2", "b1"]


def test_a_config_map_that_is_swapped_is_read_anew(tmp_path: Path) -> None:
    """Kubernetes makes the new folder first, then moves one link over the other."""
    for name, ids in (("..1", ("q1",)), ("..2", ("q1", "q2"))):
        (tmp_path / name).mkdir()
        (tmp_path / name / "quiz.md").write_text(quiz(*ids), "utf-8")
    (tmp_path / "..data").symlink_to("..1")
    (tmp_path / "quiz.md").symlink_to("..data/quiz.md")
    reader = Reader([tmp_path])
    assert asked(reader.read()) == ["q1"]
    (tmp_path / "..tmp").symlink_to("..2")
    (tmp_path / "..tmp").replace(tmp_path / "..data")
    assert asked(reader.read()) == ["q1", "q2"]


def test_a_folder_behind_a_link_keeps_its_name(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.md").write_text(quiz(name), "utf-8")
    link = tmp_path / "trivia"
    link.symlink_to("one")
    reader = Reader([link])
    assert [page.slug for page in reader.read().catalogue] == ["trivia"]
    (tmp_path / "fresh").symlink_to("two")
    (tmp_path / "fresh").replace(link)
    bank = reader.read()
    assert [(page.slug, page.questions[0].id) for page in bank.catalogue] == [("trivia", "two")]


def test_whoever_waits_gets_a_word_between_batches(tmp_path: Path) -> None:
    for number in range(BATCH * 2):
        (tmp_path / f"p{number}.md").write_text(question(f"Q{number}"), "utf-8")
    words: list[str] = []
    reader = Reader([tmp_path])
    reader.read(lambda: words.append("first"))
    assert words == ["first"] * 2
    reader.read(lambda: words.append("nothing to parse"))
    assert words == ["first"] * 2


def test_what_is_called_off_between_batches_changes_nothing(tmp_path: Path) -> None:
    def call_off() -> None:
        raise KeyboardInterrupt

    for number in range(BATCH):
        (tmp_path / f"p{number}.md").write_text(question(f"Q{number}"), "utf-8")
    reader = Reader([tmp_path])
    with pytest.raises(KeyboardInterrupt):
        reader.read(call_off)
    assert reader.is_news(reader.look())
