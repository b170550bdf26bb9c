import pytest

from bot.bank.links import Links, is_index, links_of
from bot.quiz.question import Slug

SITE = "https://docs.test/quiz/"


@pytest.mark.parametrize(
    "address",
    ["https://a.test/b?c#d", "http://a.test", "mailto:ann@a.test"],
)
def test_a_whole_address_stays_as_it_is(address: str) -> None:
    assert Links().resolve(address) == address


@pytest.mark.parametrize(
    "address",
    [
        *("javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "ftp://a.test", "x:y"),
        *("https:", "https:///path", "http://[", "//[", "slack://open", ""),
    ],
)
def test_an_address_that_slack_should_not_open_is_dropped(address: str) -> None:
    assert Links().resolve(address) == ""
    assert Links(SITE).resolve(address) == ""


@pytest.mark.parametrize("address", ["../a.md", "/a", "#part", "a/b", "//other.test/a"])
def test_relative_links_are_dropped_without_a_site(address: str) -> None:
    assert links_of("content/a.md", Slug("a"), None).resolve(address) == ""


@pytest.mark.parametrize(
    ("path", "slug", "address", "wanted"),
    [
        pytest.param("c/git/basics.md", "git/basics", "more.md", "git/more/", id="next page"),
        pytest.param("c/git/basics.md", "git/basics", "../a.png", "a.png", id="no page"),
        pytest.param("c/git/index.md", "git", "basics.md#top", "git/basics/#top", id="below"),
        pytest.param("c/git/basics/index.md", "git/basics", "../index.md", "git/", id="up"),
        pytest.param("c/a.markdown", "a", "README.md", "", id="the top folder"),
        pytest.param("c/a.md", "a", "index.md", "", id="the index beside"),
    ],
)
def test_relative_links_lead_to_the_pages_of_the_site(
    path: str, slug: str, address: str, wanted: str
) -> None:
    assert links_of(path, Slug(slug), SITE).resolve(address) == f"{SITE}{wanted}"


def test_links_may_lead_above_the_bank() -> None:
    links = links_of("site/aws/sre/index.md", Slug("aws/sre"), "https://docs.test/quiz")
    assert links.resolve("../../../guides/sre/index.md") == "https://docs.test/guides/sre/"
    assert links.resolve("/start") == "https://docs.test/start"
    assert links.resolve("//other.test/a") == "https://other.test/a"


def test_index_pages_stand_for_their_folder() -> None:
    assert is_index("a/Index.md")
    assert is_index("README.markdown")
    assert not is_index("index/a.md")
