"""Which questions are found, and in which order: pages and searches as people write them."""

import pytest
from hypothesis import given, strategies as st

from bot.bank.search import BankSearch
from bot.bank.words import folded, words_in

PAGES = (
    (
        "kubernetes/basics Kubernetes basics",
        (
            "Which field of an Ingress names the host?",
            "A pod stays Pending. What do you look at first?",
            "A Service of type LoadBalancer gets no address. Why?",
        ),
    ),
    (
        "docker/basics Docker basics",
        (
            "A container writes to a volume. What happens to it with `docker rm`?",
            "Which volume does Docker name by itself?",
            "What does `docker run --rm` remove at the end?",
        ),
    ),
    (
        "git/intermediate Git intermediate",
        (
            "You save this list during `git rebase -i`. What becomes of the fixup?",
            "You rebased a branch that others use. How do you push it with --force-with-lease?",
            "Which file keeps the steps that were forced on a branch?",
            "Where do you find a commit after a hard reset?",
        ),
    ),
    ("sprachen/日本語", ("データベースのポートは何ですか", "Crème brûlée: wie schreibt man das?")),
)
SEARCH = BankSearch(PAGES)
STEMS = [stem for _, stems in PAGES for stem in stems]


def found(words: str, limit: int = 10) -> list[str]:
    return [STEMS[number] for number in SEARCH.find(words, limit)]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        pytest.param("kuberntes ingres", "Which field of an Ingress", id="slips in both words"),
        pytest.param("dokcer voluem", "Which volume does Docker", id="slips in both, again"),
        pytest.param("volume", "Which volume does Docker", id="of equals the short one"),
        pytest.param("git rebase -i", "You save this list", id="a command"),
        pytest.param("--force", "You rebased a branch", id="an option before the word"),
        pytest.param("docker run --rm", "What does `docker run", id="as it was typed"),
        pytest.param("rebas", "You save this list", id="a beginning"),
        pytest.param("pod pend", "A pod stays Pending", id="the next word begun"),
        pytest.param("loadbalacner addr", "A Service of type", id="a slip and a beginning"),
        pytest.param("kubrente pod", "A pod stays Pending", id="the name of the page misspelt"),
        pytest.param("PENDING", "A pod stays Pending", id="capitals"),
        pytest.param("creme brulee", "Crème brûlée", id="accents left out"),
        pytest.param("ポート", "データベース", id="no spaces"),
        pytest.param("タ", "データベース", id="one sign"),
        pytest.param("commit hard resett zebra", "Where do you find", id="a word too many"),
        pytest.param("``", "", id="signs that are nowhere"),
        pytest.param("`git", "You save this list", id="a sign and a word"),
    ],
)
def test_the_best_comes_first(words: str, first: str) -> None:
    assert (found(words) or [""])[0].startswith(first)


def test_whole_words_come_before_beginnings() -> None:
    assert found("rebase")[0].startswith("You save")
    assert found("rebase")[1].startswith("You rebased")


def test_a_question_whose_page_has_a_word_comes_behind_those_that_have_it() -> None:
    assert found("docker volume") == [
        "Which volume does Docker name by itself?",
        "A container writes to a volume. What happens to it with `docker rm`?",
    ]
    assert found("kubernetes service") == ["A Service of type LoadBalancer gets no address. Why?"]


def test_the_name_of_a_page_alone_is_no_question() -> None:
    assert found("kubernetes") == []
    assert found("kubernetes basics") == []


def test_a_slip_is_looked_for_where_hardly_anything_fits() -> None:
    search = BankSearch([("page", ["a form", "a form too", "no form", "a farm"])])
    assert search.find("form", 9) == [0, 2, 1]
    assert search.find("farm", 9) == [3, 0, 2, 1]
    assert found("whihc") == found("which")
    assert len(found("which")) == 3


@pytest.mark.parametrize(
    "words", ["", "  ", "zzyzx", "zzyzx qwrtp", "zzyzx the", "\0", "8080", "$", "x" * 5_000]
)
def test_words_that_are_nowhere_find_nothing(words: str) -> None:
    assert found(words) == []


def test_signs_without_a_word_are_looked_for_as_they_are() -> None:
    assert set(found("--")) == {stem for stem in STEMS if "--" in stem}
    assert len(found("--")) == 2


def test_no_more_than_the_limit_is_found() -> None:
    assert len(found("a", limit=2)) == 2
    assert found("a", limit=2) == found("a", limit=5)[:2]


def test_a_number_leads_to_its_place() -> None:
    places = [SEARCH.place(number) for number in range(len(SEARCH))]
    wanted = [(page, n) for page, (_, stems) in enumerate(PAGES) for n in range(len(stems))]
    assert places == wanted


def test_pages_are_found_by_their_names_but_for_slips() -> None:
    assert SEARCH.find_pages("kuberntes basics", 5) == [0]
    assert SEARCH.find_pages("basics", 5) == [0, 1]
    assert SEARCH.find_pages("basics", 1) == [0]
    assert SEARCH.find_pages("intermedaite", 5) == [2]
    assert SEARCH.find_pages("", 5) == SEARCH.find_pages("zzyzx", 5) == []


def test_a_page_may_be_empty_and_so_may_a_bank() -> None:
    search = BankSearch([("a", ()), ("b", ("What is b?",)), ("c", ())])
    assert [search.place(number) for number in search.find("what", 5)] == [(1, 0)]
    assert BankSearch([]).find("a", 5) == BankSearch([]).find_pages("a", 5) == []


TEXTS = st.lists(st.lists(st.text(alphabet="ab cd", max_size=12), max_size=4), max_size=4)


@given(TEXTS, st.text(alphabet="abcd ", min_size=1, max_size=8))
def test_everything_with_all_the_words_is_found_and_comes_first(
    pages: list[list[str]], words: str
) -> None:
    stems = [stem for page in pages for stem in page]
    search = BankSearch(("page", page) for page in pages)
    numbers = search.find(words, 100)
    assert len(set(numbers)) == len(numbers)
    wanted = words_in(folded(words))
    whole = {
        n for n, stem in enumerate(stems) if wanted and set(wanted) <= set(words_in(folded(stem)))
    }
    assert set(numbers[: len(whole)]) == whole


@given(TEXTS, st.text(max_size=30))
def test_any_text_can_be_searched(pages: list[list[str]], words: str) -> None:
    search = BankSearch(("page", page) for page in pages)
    assert all(0 <= number < len(search) for number in search.find(words, 3))
    assert len(search.find(words, 3)) <= 3
