import pytest
from hypothesis import given, strategies as st

from bot.bank.word_index import WordIndex
from bot.bank.words import words_in

INDEX = WordIndex(
    [
        "a pod in kubernetes",
        "docker volume of a container",
        "two containers and a volume",
        "port 8080 of a pod",
        "数据库 的 端口",
    ]
)


def test_a_whole_word_is_found_in_its_texts() -> None:
    assert list(INDEX.whole("volume")) == [1, 2]
    assert list(INDEX.whole("a")) == [0, 1, 2, 3]
    assert not INDEX.whole("vol")
    assert not INDEX.whole("zebra")


def test_a_beginning_is_found_in_all_words_that_begin_so() -> None:
    assert set(INDEX.beginning("cont")) == {1, 2}
    assert set(INDEX.beginning("数据")) == {4}
    assert set(INDEX.beginning("据库")) == {4}
    assert not INDEX.beginning("zeb")
    assert not INDEX.beginning("ubernetes")


@pytest.mark.parametrize(
    ("word", "texts"),
    [
        pytest.param("dokcer", {1}, id="two letters change places"),
        pytest.param("voluem", {1, 2}, id="at the end"),
        pytest.param("dcker", {1}, id="one too few"),
        pytest.param("dockker", {1}, id="one too many"),
        pytest.param("bocker", {1}, id="another one"),
        pytest.param("kubrenetse", {0}, id="two slips of a long word"),
        pytest.param("dokcre", set(), id="two slips of a short word"),
        pytest.param("pdo", set(), id="too short"),
        pytest.param("8081", set(), id="a number"),
    ],
)
def test_a_slip_is_forgiven(word: str, texts: set[int]) -> None:
    assert INDEX.alike(word) == texts


def test_of_several_words_those_with_the_fewest_slips_count() -> None:
    index = WordIndex(["container", "containers"])
    assert index.alike("contianer") == {0}
    assert index.alike("contianers") == {1}


def test_a_word_may_be_misspelt_and_not_typed_to_the_end() -> None:
    assert INDEX.alike("kubren") == set()
    assert INDEX.alike("kubren", begun=True) == {0}
    assert INDEX.alike("ukbern", begun=True) == set(), "its first letter is right"


def test_an_index_may_be_empty() -> None:
    empty = WordIndex([])
    assert (empty.size, list(empty.whole("a")), list(empty.beginning("a"))) == (0, [], [])
    assert empty.alike("docker", begun=True) == set()


WORDS = st.text(alphabet="abc xyz", max_size=30)


@given(st.lists(WORDS, max_size=8), st.text(alphabet="abcxyz", min_size=1, max_size=3))
def test_it_finds_what_a_look_at_every_text_finds(texts: list[str], word: str) -> None:
    index = WordIndex(texts)
    whole = [n for n, text in enumerate(texts) if word in words_in(text)]
    begun = {n for n, text in enumerate(texts) for w in words_in(text) if w.startswith(word)}
    assert list(index.whole(word)) == whole
    assert set(index.beginning(word)) == begun
