import pytest

from bot.bank.catalogue import Ambiguous, Catalogue, Found, Unknown
from bot.quiz.question import Quiz
from tests.bank.samples import quiz

DOCKER = quiz("docker/basics", "Docker Basics quiz", "basics", ids=("layers", "shared"))
DOCKER_2 = quiz("docker/intermediate", "Docker Intermediate quiz", "intermediate", ids=("shared",))
GIT = quiz("git/intermediate", "Git: beyond add and commit", "intermediate", ids=("reflog",))
GITLAB = quiz("gitlab/intermediate", "GitLab pipelines", "intermediate")
ML = quiz("aws/ml-engineer/advanced", "AWS ML engineer", "advanced")
TOP = quiz("warm_up", "Warm-up")
ALL = Catalogue((TOP, DOCKER_2, GITLAB, GIT, ML, DOCKER))


def slugs(quizzes: tuple[Quiz, ...]) -> list[str]:
    return [quiz.slug for quiz in quizzes]


def test_quizzes_come_by_track_and_level_and_those_without_a_track_last() -> None:
    assert slugs(ALL.quizzes) == [
        "aws/ml-engineer/advanced",
        "docker/basics",
        "docker/intermediate",
        "git/intermediate",
        "gitlab/intermediate",
        "warm_up",
    ]
    assert list(ALL) == list(ALL.quizzes)
    assert len(ALL) == 6


def test_levels_come_before_names() -> None:
    names = {"a/x": "hard", "a/y": "easy", "a/z": "medium", "a/part-10": "", "a/part-9": ""}
    catalogue = Catalogue(tuple(quiz(slug, level=level) for slug, level in names.items()))
    assert slugs(catalogue.quizzes) == ["a/y", "a/z", "a/x", "a/part-9", "a/part-10"]


def test_a_quiz_is_known_by_its_slug_and_a_question_by_its_id() -> None:
    assert ALL.get("docker/basics") == DOCKER
    assert ALL.get("docker") is None
    assert ALL.question("reflog") == (GIT, GIT.questions[0])
    assert ALL.question("nothing") is None


def test_a_question_of_two_quizzes_is_that_of_the_first() -> None:
    assert ALL.question("shared") == (DOCKER, DOCKER.questions[1])


def test_tracks_have_titles() -> None:
    catalogue = Catalogue(ALL.quizzes, {"docker": "Containers"})
    assert [(track.slug, track.title, len(track.quizzes)) for track in catalogue.tracks()] == [
        ("aws/ml-engineer", "AWS ML engineer", 1),
        ("docker", "Containers", 2),
        ("git", "Git", 1),
        ("gitlab", "GitLab", 1),
        ("", "", 1),
    ]


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        pytest.param("docker/basics", "docker/basics", id="slug"),
        pytest.param("docker basics", "docker/basics", id="words of the slug"),
        pytest.param("  BASICS - docker ", "docker/basics", id="any order and case"),
        pytest.param("Docker Basics quiz", "docker/basics", id="title"),
        pytest.param("basics", "docker/basics", id="one word of one quiz"),
        pytest.param("git", "git/intermediate", id="a whole word before a part of one"),
        pytest.param("gitl", "gitlab/intermediate", id="a beginning"),
        pytest.param("ipelin", "gitlab/intermediate", id="a part"),
        pytest.param("ml_engineer", "aws/ml-engineer/advanced", id="other joints"),
        pytest.param("warm up quizzes", "warm_up", id="a word that says nothing"),
    ],
)
def test_words_that_fit_one_quiz_find_it(words: str, slug: str) -> None:
    found = ALL.find(words)
    assert isinstance(found, Found)
    assert found.quiz.slug == slug


@pytest.mark.parametrize(
    ("words", "closest"),
    [
        ("docker", ["docker/basics", "docker/intermediate"]),
        ("intermediate", ["docker/intermediate", "git/intermediate", "gitlab/intermediate"]),
        ("inter", ["docker/intermediate", "git/intermediate", "gitlab/intermediate"]),
    ],
)
def test_words_that_fit_several_quizzes_are_ambiguous(words: str, closest: list[str]) -> None:
    found = ALL.find(words)
    assert isinstance(found, Ambiguous)
    assert slugs(found.closest) == closest


@pytest.mark.parametrize(
    ("words", "named"),
    [
        pytest.param("docker basics", True, id="all words of one quiz"),
        pytest.param("intermediate", True, id="a word of several"),
        pytest.param("docker 2", False, id="one of them is nowhere"),
        pytest.param("inter", False, id="a beginning"),
        pytest.param("", False, id="nothing"),
        pytest.param("quiz", False, id="a word that says nothing"),
    ],
)
def test_names_are_made_of_whole_words(words: str, *, named: bool) -> None:
    assert ALL.names(words) is named


def test_of_several_quizzes_those_nearer_to_more_words_come_first() -> None:
    many = Catalogue(tuple(quiz(f"go/topic-{i}") for i in (1, 2, 3, 4, 5, 6, 70, 71)))
    found, usual = many.find("topic", nearer="topic 7"), many.find("topic")
    assert isinstance(found, Ambiguous)
    assert isinstance(usual, Ambiguous)
    assert slugs(found.closest) == [f"go/topic-{i}" for i in (70, 71, 1, 2, 3)]
    assert slugs(usual.closest) == [f"go/topic-{i}" for i in (1, 2, 3, 4, 5)]


@pytest.mark.parametrize(
    ("words", "first"),
    [("dokcer basics", "docker/basics"), ("pipeliens", "gitlab/intermediate")],
)
def test_a_typo_is_answered_with_what_is_close(words: str, first: str) -> None:
    found = ALL.find(words)
    assert isinstance(found, Unknown)
    assert slugs(found.closest)[0] == first


@pytest.mark.parametrize("words", ["", " ", "quiz", "xyzzy", "!?", "\0", "🚀" * 500])
def test_words_that_mean_nothing_find_nothing(words: str) -> None:
    assert ALL.find(words) == Unknown(())


def test_no_more_than_five_are_close() -> None:
    many = Catalogue(tuple(quiz(f"docker/{i}") for i in range(9)))
    found, unknown = many.find("docker"), many.find("dokcer")
    assert isinstance(found, Ambiguous)
    assert isinstance(unknown, Unknown)
    five = ["docker/0", "docker/1", "docker/2", "docker/3", "docker/4"]
    assert slugs(found.closest) == slugs(unknown.closest) == five


def test_two_quizzes_of_one_title_are_ambiguous_but_have_slugs() -> None:
    twins = Catalogue((quiz("a/x", "Twins"), quiz("b/x", "Twins")))
    assert isinstance(twins.find("twins"), Ambiguous)
    assert isinstance(twins.find("b/x"), Found)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        pytest.param("", slugs(ALL.quizzes), id="everything"),
        pytest.param("Quiz", slugs(ALL.quizzes), id="a word that says nothing"),
        pytest.param("git", ["git/intermediate", "gitlab/intermediate"], id="whole words first"),
        pytest.param("add", ["git/intermediate"], id="words of the title"),
        pytest.param("ngi", ["aws/ml-engineer/advanced"], id="a part"),
        pytest.param("enginer", ["aws/ml-engineer/advanced"], id="a typo"),
        pytest.param("xyzzy", [], id="nothing"),
    ],
)
def test_a_search_lists_what_fits_best_first(words: str, wanted: list[str]) -> None:
    assert slugs(ALL.search(words)) == wanted


def test_a_search_keeps_to_its_limit() -> None:
    assert slugs(ALL.search("docker", limit=1)) == ["docker/basics"]
    assert slugs(ALL.search("", limit=2)) == ["aws/ml-engineer/advanced", "docker/basics"]
    assert len(ALL.search("dokcer", limit=1)) == 1


@pytest.mark.parametrize("signs", ["🦄", "`", " * ", "-" * 300])
def test_signs_alone_fit_no_quiz(signs: str) -> None:
    assert ALL.search(signs) == ()


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        pytest.param("git", ["git/intermediate", "gitlab/intermediate"], id="as a search does"),
        pytest.param("enginer", ["aws/ml-engineer/advanced"], id="a slip"),
        pytest.param("dokcer intermedaite", ["docker/intermediate"], id="a slip in each word"),
        pytest.param("dockerbasics", [], id="merely similar"),
        pytest.param("quiz", [], id="a word that says nothing"),
    ],
)
def test_what_fits_is_more_than_similar(words: str, wanted: list[str]) -> None:
    assert slugs(ALL.fitting(words)) == wanted
    assert len(ALL.fitting("docker", limit=1)) == 1


def test_accents_do_not_matter() -> None:
    catalogue = Catalogue((quiz("essen/creme", "Crème brûlée"),))
    assert isinstance(catalogue.find("creme brulee"), Found)
    assert isinstance(catalogue.find("CRÈME"), Found)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        pytest.param("reflog", ["git/intermediate"], id="a question of one quiz"),
        pytest.param("layres docker", ["docker/basics"], id="with a slip"),
        pytest.param("reflog quiz", ["git/intermediate"], id="a word that says nothing"),
        pytest.param("docker", [], id="the name of a quiz alone"),
        pytest.param("", [], id="no words"),
    ],
)
def test_questions_are_found_with_their_quiz(words: str, wanted: list[str]) -> None:
    found = ALL.search_questions(words)
    assert [quiz.slug for quiz, _ in found] == wanted
    assert all(question in quiz for quiz, question in found)


def test_questions_keep_to_the_limit() -> None:
    assert len(ALL.search_questions("shared", limit=1)) == 1
    assert len(ALL.search_questions("shared")) == 2


def test_a_catalogue_may_be_empty() -> None:
    empty = Catalogue()
    assert empty.search_questions("a") == ()
    assert empty.fitting("a") == ()
    assert empty.search("a") == ()
    assert empty.tracks() == ()
    assert empty.find("a") == Unknown(())
