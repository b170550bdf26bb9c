import pytest

from bot.bank.index_page import Entry, IndexPage, page_target
from bot.bank.parser import parse_page
from bot.quiz.prose import plain
from bot.quiz.question import Slug, StudyLink
from tests.bank.samples import question

GIT = """---
title: Git
---

# Git

Questions for people who commit every day.

More of the introduction, with [a page](advanced.md) in it.

## Quizzes

1. [Git basics](basics.md): commits and `branches`
2. [Git intermediate](./intermediate.md#top) - history and **recovery**
3. [Team work](../teams/index.md)
4. [Basics again](basics.md): a second time

## Study guide

- [Reference](https://git-scm.com/docs)
- [Pro Git](https://git-scm.com/book), the book
- [Reference again](https://git-scm.com/docs)
"""


def index(text: str, inside: str = "git/index.md", slug: str = "git") -> IndexPage:
    page = parse_page(text, path=f"/bank/{inside}", slug=Slug(slug), inside=inside)
    assert page.index
    return page.index


def test_it_has_the_pages_in_their_order_with_what_it_says_about_them() -> None:
    assert index(GIT).entries == (
        Entry(Slug("git/basics"), "basics.md", "commits and branches", 13),
        Entry(Slug("git/intermediate"), "./intermediate.md", "history and recovery", 14),
        Entry(Slug("teams"), "../teams/index.md", "", 15),
        Entry(Slug("git/basics"), "basics.md", "a second time", 16),
        Entry(Slug("git/advanced"), "advanced.md", "", 9),
    )


def test_of_two_links_to_a_page_the_first_counts() -> None:
    found = index(GIT)
    assert found.places["git/basics"] == 0
    assert found.abouts["git/basics"] == "commits and branches"


def test_it_has_the_introduction_and_the_study_guide() -> None:
    found = index(GIT)
    assert plain(found.intro) == (
        "Questions for people who commit every day.\nMore of the introduction, with a page in it."
    )
    assert found.links == (
        StudyLink("Reference", "https://git-scm.com/docs"),
        StudyLink("Pro Git", "https://git-scm.com/book"),
    )
    assert (found.track, found.path) == ("git", "/bank/git/index.md")


def test_a_list_without_a_page_belongs_to_the_introduction() -> None:
    found = index("# Git\n\nYou learn:\n\n- this\n- that\n\n- [Basics](basics.md)\n")
    assert plain(found.intro) == "You learn:"
    found = index("# Git\n\nYou learn:\n\n- this\n- that\n\nThen:\n\n1. [Basics](basics.md)\n")
    assert plain(found.intro) == "You learn:\n- this\n- that\nThen:"


def test_questions_on_it_are_asked_as_on_any_page() -> None:
    text = (
        f"# Git\n\nHello.\n\n{question('Why?')}\n- [Basics](basics.md)\n- [Docs](https://a.b/)\n"
    )
    page = parse_page(text, path="git/index.md", slug=Slug("git"))
    assert page.quiz
    assert page.index
    assert [entry.slug for entry in page.index.entries] == ["git/basics"]
    assert page.index.links == (StudyLink("Docs", "https://a.b/"),)


@pytest.mark.parametrize(
    ("link", "slug"),
    [
        pytest.param("basics.md", "git/basics", id="beside it"),
        pytest.param("Deep%20Dive.markdown", "git/Deep-Dive", id="signs in an address"),
        pytest.param("team/", "git/team", id="a folder"),
        pytest.param("team/README.md", "git/team", id="an index page"),
        pytest.param("team/work.md?x=1#y", "git/team/work", id="more behind the path"),
        pytest.param("../docker/basics.md", "docker/basics", id="elsewhere in the bank"),
        pytest.param("../../other/basics.md", "", id="outside of the bank"),
    ],
)
def test_a_link_leads_to_the_page_of_that_name(link: str, slug: str) -> None:
    (entry,) = index(f"# Git\n\n- [A page]({link})\n").entries
    assert entry.slug == slug


@pytest.mark.parametrize(
    "link",
    ["https://example.org/a.md", "//example.org/a.md", "/a.md", "a.png", "#here", "", "http://["],
)
def test_other_links_lead_to_no_page(link: str) -> None:
    assert page_target(link) == ""


def test_the_index_page_of_the_bank_is_that_of_the_top() -> None:
    found = index("# All\n\n- [Git](git/index.md): history\n", "index.md", "content")
    assert found.track == ""
    assert [entry.slug for entry in found.entries] == ["git"]


def test_a_page_that_stands_for_no_folder_has_none() -> None:
    assert parse_page(GIT, path="git/basics.md", slug=Slug("git/basics")).index is None


def test_a_track_stands_where_its_first_page_does() -> None:
    text = "- [C](c/basics.md)\n- [A](a/index.md)\n- [C](c/more.md)\n- [B](b.md)\n"
    places = index(text, "index.md", "content").places
    assert [places[slug] for slug in ("c", "c/basics", "a", "c/more", "b")] == [0, 0, 1, 2, 3]
