from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import pytest

from bot.bank.catalogue import Catalogue
from bot.bank.index_page import Entry, IndexPage
from bot.bank.shelf import Shelf
from bot.play.browsing import A_PAGE, Browsing, QuizEntry, TrackEntry, TrackPage
from bot.quiz.player import Player, TeamId, UserId, Workspace
from bot.quiz.prose import prose
from bot.quiz.question import Question, QuestionId, Quiz, Slug, StudyLink, short_slug
from bot.quiz.session import Progress, QuizProgress

ANA: Final = Player(Workspace(TeamId("T1")), UserId("U1"))
LINK: Final = StudyLink("Manual", "https://example.org/manual")


@dataclass
class Kept:
    """What somebody has answered: quiz -> first answers, and right ones of them."""

    counts: dict[str, tuple[int, int]] = field(default_factory=dict)

    async def progress(self, _player: Player) -> Progress:
        quizzes = {Slug(slug): QuizProgress(*pair) for slug, pair in self.counts.items()}
        return Progress(0, 0, 0, 0, quizzes)


def quiz(slug: str, size: int = 2, level: str = "", intro: str = "") -> Quiz:
    asked = tuple(
        Question(QuestionId(f"{slug}-{n}"), prose(f"What is {slug} {n}?")) for n in range(size)
    )
    track, _, name = slug.rpartition("/")
    return Quiz(Slug(slug), name.title(), asked, track=track, level=level, intro=prose(intro))


def browsing(slugs: Sequence[str | Quiz], *guides: IndexPage, **done: tuple[int, int]) -> Browsing:
    quizzes = tuple(each if isinstance(each, Quiz) else quiz(each) for each in slugs)
    pages = {guide.track: guide for guide in guides}
    counts = {slug.replace("__", "/"): pair for slug, pair in done.items()}
    return Browsing(Kept(counts), Catalogue(quizzes, guides=pages))


def names(page: TrackPage) -> list[str]:
    return [e.slug if isinstance(e, TrackEntry) else e.quiz.slug for e in page.entries]


async def test_it_begins_with_the_outermost_tracks_and_the_loose_pages() -> None:
    page = await browsing(["git/a", "aws/dev/a", "aws/ml/a", "loose"]).page(ANA)
    assert names(page) == ["aws", "git", "loose"]
    assert (page.quizzes, page.questions, page.back, page.above) == (4, 8, None, ())


async def test_a_track_has_those_below_it_and_its_own_quizzes_in_order() -> None:
    guide = IndexPage(
        "aws",
        intro=prose("Clouds."),
        entries=(
            Entry(Slug("aws/ml"), "ml/", "models", 1),
            Entry(Slug("aws/z"), "z.md", "last letter", 2),
        ),
        links=(LINK,),
    )
    page = await browsing(["aws/a", "aws/z", "aws/dev/a", "aws/ml/a", "git/a"], guide).page(
        ANA, "aws"
    )
    assert names(page) == ["aws/ml", "aws/dev", "aws/z", "aws/a"]
    assert [entry.about for entry in page.entries] == ["models", "", "last letter", ""]
    assert (page.intro, page.links, page.quizzes) == (prose("Clouds."), (LINK,), 4)
    assert (page.back, page.above) == (("", 0), ("",))


async def test_a_track_without_a_title_does_not_repeat_the_tracks_above_it() -> None:
    bank = browsing(["aws/ml/deep/a", "aws/ml/b", "aws/dev/c", "git/d"])
    page = await bank.page(ANA, "aws/ml")
    assert (page.track.title, page.above) == ("ML", ("", "AWS"))
    assert [e.title for e in page.entries if isinstance(e, TrackEntry)] == ["Deep"]


async def test_where_browsing_begins_a_track_has_its_whole_name() -> None:
    bank = browsing(["aws/ml/deep/a", "aws/ml/b"])
    assert (await bank.page(ANA)).track.title == "AWS ML"
    page = await bank.page(ANA, "aws/ml/deep")
    assert (page.track.title, page.above) == ("Deep", ("AWS ML",))


async def test_a_track_within_a_track_leads_back_to_it() -> None:
    page = await browsing(["aws/dev/a", "aws/a", "git/a"]).page(ANA, "aws/dev")
    assert (page.back, page.above) == (("aws", 0), ("", "AWS"))


@pytest.mark.parametrize(
    ("slugs", "first"),
    [
        pytest.param(["git/a", "git/b"], "git", id="one track"),
        pytest.param(["a/b/c/d", "a/b/c/e"], "a/b/c", id="one deep track"),
        pytest.param(["a/b", "a/c/d"], "a", id="one track with another below it"),
        pytest.param(["git/a", "loose"], "", id="a track and a loose page"),
        pytest.param(["loose"], "", id="loose pages only"),
        pytest.param([], "", id="nothing"),
    ],
)
async def test_a_bank_with_one_track_begins_in_it(slugs: list[str], first: str) -> None:
    here = browsing(slugs)
    for asked in ("", "no/such/track", first):
        page = await here.page(ANA, asked)
        assert (page.track.slug, page.back) == (first, None)


async def test_many_tracks_come_in_pages_and_the_way_back_knows_which() -> None:
    here = browsing([f"t{n}/a" for n in range(300)])
    pages = [await here.page(ANA, "", number) for number in range(20)]
    assert [name for page in pages for name in names(page)] == [f"t{n}" for n in range(300)]
    assert {page.pages for page in pages} == {300 // A_PAGE}
    assert [bool(page.links) for page in pages] == [False] * 20
    assert (await here.page(ANA, "t31")).back == ("", 31 // A_PAGE)
    assert (await here.page(ANA, "", 9_999)).number == 19


async def test_the_introduction_opens_a_track_and_the_study_guide_ends_it() -> None:
    guide = IndexPage("git", intro=prose("Hello."), links=(LINK,))
    here = browsing([*(f"git/p{n}" for n in range(A_PAGE + 1)), "loose"], guide)
    first, last = [await here.page(ANA, "git", number) for number in (0, 1)]
    assert (first.intro, first.links) == (prose("Hello."), ())
    assert (last.intro, last.links) == ((), (LINK,))


async def test_it_shows_how_far_somebody_is_and_what_comes_next() -> None:
    here = browsing(["git/a", "git/b", "git/c", "loose"], git__a=(2, 1), git__b=(1, 1))
    page = await here.page(ANA, "git")
    entries = [entry for entry in page.entries if isinstance(entry, QuizEntry)]
    assert [(entry.answered, entry.right) for entry in entries] == [(2, 1), (1, 1), (0, 0)]
    assert [entry.is_next for entry in entries] == [False, True, False]
    track, _ = (await here.page(ANA)).entries
    assert track.answered == 3


async def test_questions_that_have_left_a_quiz_do_not_count() -> None:
    page = await browsing(["git/a", "git/b"], git__a=(9, 8)).page(ANA)
    (entry, _) = page.entries
    assert isinstance(entry, QuizEntry)
    assert (entry.answered, entry.right) == (2, 2)


async def test_levels_come_in_the_order_of_learning() -> None:
    quizzes = [quiz("git/a", level="Advanced"), quiz("git/b", level="basics"), quiz("git/c")]
    (entry,) = (await browsing([*quizzes, quiz("git/d", level="basics")]).page(ANA, "")).entries[
        :1
    ]
    assert isinstance(entry, QuizEntry)
    page = await browsing([*quizzes, "loose"]).page(ANA)
    track = page.entries[0]
    assert isinstance(track, TrackEntry)
    assert track.levels == ("basics", "advanced")


async def test_what_no_index_page_describes_is_described_by_its_introduction() -> None:
    page = await browsing([quiz("git/a", intro="Commits  and\nmore."), "git/b"]).page(ANA)
    assert [entry.about for entry in page.entries] == ["Commits and more.", ""]


async def test_a_long_slug_is_known_by_its_short_form() -> None:
    slug = "deep/" * 30 + "end"
    page = await browsing([f"{slug}/a", "git/a"]).page(ANA, short_slug(Slug(slug)))
    assert page.track.slug == slug


@pytest.mark.parametrize(
    ("words", "track"),
    [
        pytest.param("git", "git", id="slug"),
        pytest.param("aws dev", "aws/dev", id="parts of a slug"),
        pytest.param("AWS/ML-engineer", "aws/ml-engineer", id="as it is written"),
        pytest.param("aws ml engineer", "aws/ml-engineer", id="title"),
        pytest.param("gti", "git", id="a slip leads to the track of a quiz"),
        pytest.param("zzyzx", None, id="nothing"),
    ],
)
def test_a_track_is_found_by_its_name(words: str, track: str | None) -> None:
    here = browsing(["git/rebase", "aws/dev/a", "aws/ml-engineer/a"])
    assert here.track_named(words) == track


def test_a_search_finds_quizzes_and_questions() -> None:
    here = browsing(["git/rebase", "docker/volumes"])
    found = here.search("  docker   volumes ", quizzes=1, questions=1)
    assert found.words == "docker volumes"
    assert [each.slug for each in found.quizzes] == ["docker/volumes"]
    assert [question.id for _, question in found.questions] == ["docker/volumes-0"]
    assert found.more
    assert here.search("  ").words == ""
    assert here.search("  ").quizzes == ()


def test_what_is_only_similar_is_shown_where_nothing_else_is_found() -> None:
    here = browsing([quiz("git/rebase", 0), quiz("docker/volumes")])
    assert [each.slug for each in here.search("gitrebase").quizzes] == ["git/rebase"]
    assert here.search("zzyzx").quizzes == ()


async def test_a_page_is_of_one_bank_though_another_one_comes() -> None:
    shelf = Shelf(Catalogue((quiz("git/a"),)))
    here = Browsing(Kept(), shelf)
    shelf.current = Catalogue((quiz("art/b"),))
    assert names(await here.page(ANA)) == ["art/b"]
