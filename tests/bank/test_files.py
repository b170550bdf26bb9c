import os
from pathlib import Path

import pytest

from bot.bank.files import MOST_BYTES, Bank, read_bank
from tests.bank.samples import question


def write(path: Path, content: str | bytes = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    words = content or question(path.name)
    path.write_bytes(words.encode() if isinstance(words, str) else words)
    return path


def slugs(bank: Bank) -> list[str]:
    return [quiz.slug for quiz in bank.catalogue]


def told(bank: Bank) -> list[tuple[str, int, str]]:
    return [(Path(found.path).name, found.line, found.rule) for found in bank.problems]


def test_a_folder_is_read_with_all_below(tmp_path: Path) -> None:
    for name in ("aws/sre/basics.md", "git/advanced/index.md", "warm-up.markdown", "git/b.MD"):
        write(tmp_path / name)
    write(tmp_path / "git/index.md", "# Git quizzes")
    bank = read_bank([tmp_path])
    assert slugs(bank) == ["aws/sre/basics", "git/advanced", "git/b", "warm-up"]
    assert bank.catalogue.track_title("git") == "Git"
    assert (bank.pages, bank.problems) == (5, ())


def test_paths_are_shown_as_they_were_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "content/git/basics.md", "</quiz>")
    monkeypatch.chdir(tmp_path)
    assert read_bank([Path("content")]).problems[0].path == "content/git/basics.md"


def test_other_and_hidden_files_are_no_pages(tmp_path: Path) -> None:
    for name in ("a.txt", ".b.md", ".git/c.md", "node/.d/e.md", "f.md.bak"):
        write(tmp_path / name)
    assert read_bank([tmp_path]) == Bank(read_bank([]).catalogue)


def test_a_file_that_is_named_is_read_whatever_its_suffix(tmp_path: Path) -> None:
    text = write(tmp_path / "first_quiz.txt")
    index = write(tmp_path / "git/index.md")
    bank = read_bank([text, index])
    assert slugs(bank) == ["first_quiz", "git"]


def test_the_index_page_of_a_bank_is_named_after_its_folder(tmp_path: Path) -> None:
    write(tmp_path / "trivia/index.md")
    assert slugs(read_bank([tmp_path / "trivia"])) == ["trivia"]


def test_a_file_is_read_once(tmp_path: Path) -> None:
    page = write(tmp_path / "git/a.md")
    bank = read_bank([tmp_path, tmp_path / "git", page])
    assert (bank.pages, bank.problems) == (1, ())


def test_a_site_makes_relative_links_whole(tmp_path: Path) -> None:
    write(tmp_path / "git/a.md", question("Q") + "\n[Guide](../guide.md)")
    links = [
        read_bank([tmp_path], site).catalogue.quizzes[0].links
        for site in (None, "https://a.test/")
    ]
    assert [[link.url for link in each] for each in links] == [[], ["https://a.test/guide/"]]


def test_links_may_not_lead_out_of_the_folder(tmp_path: Path) -> None:
    write(tmp_path / "secret.md")
    bank = tmp_path / "bank"
    write(bank / "a.md")
    (bank / "out.md").symlink_to(tmp_path / "secret.md")
    (bank / "folder").symlink_to(tmp_path)
    (bank / "again.md").symlink_to(bank / "a.md")
    (bank / "round.md").symlink_to(bank / "round.md")
    found = read_bank([bank])
    assert slugs(found) == ["a"]
    assert told(found) == [("out.md", 1, "outside-root"), ("round.md", 1, "unreadable-file")]


def test_a_mounted_config_map_is_read(tmp_path: Path) -> None:
    """Kubernetes links each file through a hidden folder that it swaps on a change."""
    write(tmp_path / "..2026/quiz.md")
    (tmp_path / "..data").symlink_to("..2026")
    (tmp_path / "quiz.md").symlink_to("..data/quiz.md")
    bank = read_bank([tmp_path])
    assert (slugs(bank), bank.problems) == (["quiz"], ())


def test_a_file_that_cannot_be_read_costs_that_file_only(tmp_path: Path) -> None:
    write(tmp_path / "good.md")
    write(tmp_path / "latin.md", b"fine\n\nna\xefve\n")
    write(tmp_path / "big.md", b"a" * (MOST_BYTES + 1))
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "gone.md").symlink_to(tmp_path / "nowhere.md")
    bank = read_bank([tmp_path, tmp_path / "missing"])
    assert slugs(bank) == ["good"]
    assert told(bank) == [
        ("big.md", 1, "file-too-big"),
        ("gone.md", 1, "unreadable-file"),
        ("latin.md", 3, "not-utf8"),
        ("pipe.md", 1, "unreadable-file"),
        ("missing", 1, "unreadable-file"),
    ]
    assert bank.pages == 6


def test_a_byte_order_mark_is_no_text(tmp_path: Path) -> None:
    write(tmp_path / "a.md", b"\xef\xbb\xbf" + question("Q").encode())
    assert [quiz.questions[0].stem for quiz in read_bank([tmp_path]).catalogue] == ["Q"]


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is closed to root")
def test_a_closed_folder_is_reported(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0)
    assert told(read_bank([tmp_path])) == [("closed", 1, "unreadable-file")]


def test_a_path_that_cannot_be_looked_at_is_reported(tmp_path: Path) -> None:
    bank = read_bank([tmp_path / f"{'a' * 300}.md"])
    assert [problem.rule for problem in bank.problems] == ["unreadable-file"]
