from bot.bank.catalogue import Catalogue
from bot.bank.gather import gather
from bot.bank.parser import Page, parse_page
from bot.quiz.prose import plain
from bot.quiz.question import Slug
from tests.bank.samples import question, quiz

INDEX = """# Cloud

Everything that rains.

- [Roles](roles/index.md): who does what
- [Advanced](advanced.md): the hard part first
- [Basics](basics.md)

Read [the manual](https://example.org/manual).
"""


def page(slug: str, text: str = "", *, index: bool = False) -> Page:
    inside = f"{slug}/index.md" if index else f"{slug}.md"
    words = text or question(f"What is {slug}?")
    return parse_page(words, path=inside, slug=Slug(slug), inside=inside)


def bank(*pages: Page) -> Catalogue:
    catalogue, problems = gather(pages)
    assert not problems
    return catalogue


CLOUD = bank(
    page("cloud", INDEX, index=True),
    page("cloud/advanced"),
    page("cloud/basics"),
    page("cloud/extra"),
    page("cloud/roles/developer"),
    page("art/colours"),
    page("cloud-x/basics"),
    page("loose"),
)


def test_quizzes_come_in_the_order_of_the_index_page_and_others_behind() -> None:
    assert [quiz.slug for quiz in CLOUD] == [
        "art/colours",
        "cloud/advanced",
        "cloud/basics",
        "cloud/extra",
        "cloud/roles/developer",
        "cloud-x/basics",
        "loose",
    ]


def test_a_track_has_what_its_index_page_says() -> None:
    track = CLOUD.track("cloud")
    assert track
    assert (track.title, plain(track.intro)) == ("Cloud", "Everything that rains.")
    assert [link.url for link in track.links] == ["https://example.org/manual"]
    assert [quiz.slug for quiz in track.quizzes] == [
        "cloud/advanced",
        "cloud/basics",
        "cloud/extra",
    ]


def test_a_line_about_a_quiz_or_a_track_comes_from_the_nearest_index_page() -> None:
    assert CLOUD.about("cloud/advanced") == "the hard part first"
    assert CLOUD.about("cloud/roles") == "who does what"
    assert CLOUD.about("cloud/basics") == CLOUD.about("nothing") == ""
    top = parse_page(
        "- [Advanced](cloud/advanced.md): from above\n- [Art](art/): seen\n",
        path="index.md",
        slug=Slug("content"),
        inside="index.md",
    )
    both = bank(top, page("cloud", INDEX, index=True), page("cloud/advanced"), page("art/a"))
    assert both.about("cloud/advanced") == "the hard part first"
    assert both.about("art") == "seen"


def test_tracks_that_only_have_others_below_them_are_there_too() -> None:
    assert [track.slug for track in CLOUD.below("")] == ["art", "cloud", "cloud-x"]
    assert [track.slug for track in CLOUD.below("cloud")] == ["cloud/roles"]
    assert CLOUD.below("art") == CLOUD.below("nothing") == ()
    deep = Catalogue((quiz("a/b/c/d"),))
    assert [track.slug for track in deep.below("a/b")] == ["a/b/c"]
    middle = deep.track("a/b")
    assert middle
    assert (middle.title, middle.quizzes) == ("A b", ())
    assert deep.track("a/x") is None


def test_the_top_is_always_there() -> None:
    top, empty = CLOUD.track(""), Catalogue().track("")
    assert top
    assert empty
    assert [quiz.slug for quiz in top.quizzes] == ["loose"]
    assert empty.quizzes == ()


def test_an_index_page_orders_the_tracks_below_it() -> None:
    text = "- [B](b/index.md)\n- [C](c/basics.md)\n"
    ordered = bank(
        page("top", text, index=True), page("top/a/x"), page("top/b/x"), page("top/c/basics")
    )
    assert [track.slug for track in ordered.below("top")] == ["top/b", "top/c", "top/a"]
    assert [track.slug for track in ordered.tracks()] == ["top/b", "top/c", "top/a"]


def test_a_track_named_in_the_head_of_a_page_counts_as_its_folder() -> None:
    moved = bank(page("x/a", f"---\ntrack: cloud/roles\n---\n{question('Why?')}"))
    assert [track.slug for track in moved.below("cloud")] == ["cloud/roles"]
