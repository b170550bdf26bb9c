from pathlib import Path

import pytest

from tests.lint.samples import choice, lint_folder, told

QUESTION = choice("What is it?", "This", "That", "Other")
RULES = ("dead-link", "not-in-index")


def write(folder: Path, **pages: str) -> None:
    """Pages by name; `__` stands for the slash."""
    for name, text in pages.items():
        path = folder / f"{name.replace('__', '/')}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def test_a_page_that_is_not_listed_is_told_and_so_is_a_link_to_nowhere(tmp_path: Path) -> None:
    listing = "# Git\n\n1. [Basics](basics.md)\n2. [Gone](gone.md)\n"
    write(tmp_path, git__index=listing, git__basics=QUESTION, git__more=QUESTION)
    found = lint_folder(tmp_path, *RULES)
    index, more = tmp_path / "git/index.md", tmp_path / "git/more.md"
    dead, unlisted = map(str, found)
    assert dead == (
        f"{index}:4: warning[dead-link] There is no page gone.md. "
        "Write the path of a page that exists, or remove the link."
    )
    assert unlisted == (
        f"{more}:1: warning[not-in-index] {index} does not list this quiz. "
        "Add a link to it at its place in the order."
    )


@pytest.mark.parametrize(
    "listing",
    [
        pytest.param("# Git\n\nOnly words, [a site](https://a.b/).\n", id="links to no page"),
        pytest.param("# Git\n\n- [Basics](basics.md)\n", id="all are listed"),
        pytest.param("# Git\n\nSee [basics](./basics.md#a).\n", id="in a sentence"),
        pytest.param("# Git\n\n- [Basics](basics/)\n", id="as a site names it"),
    ],
)
def test_an_index_page_may_be_fine(tmp_path: Path, listing: str) -> None:
    write(tmp_path, git__index=listing, git__basics=QUESTION)
    assert not lint_folder(tmp_path, *RULES)


def test_without_an_index_page_nothing_is_missed(tmp_path: Path) -> None:
    write(tmp_path, git__basics=QUESTION, loose=QUESTION)
    assert not lint_folder(tmp_path, *RULES)


def test_a_folder_may_be_linked_to_and_must_be_there(tmp_path: Path) -> None:
    listing = (
        "- [Team](team/)\n- [Index](team/index.md)\n- [Gone](gone/)\n- [Out](../git/team/a.md)\n"
    )
    write(tmp_path, git__index=listing, git__team__a=QUESTION)
    assert told(lint_folder(tmp_path, *RULES)) == [(2, "dead-link"), (3, "dead-link")]


def test_a_page_can_be_spared(tmp_path: Path) -> None:
    spared = f"---\nlint-ignore: not-in-index\n---\n{QUESTION}"
    write(tmp_path, git__index="- [Basics](basics.md)\n", git__basics=QUESTION, git__more=spared)
    assert not lint_folder(tmp_path, *RULES)
    assert not lint_folder(tmp_path, "clues")
