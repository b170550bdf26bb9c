import pytest
from hypothesis import given, strategies as st

from bot.bank.words import folded, terms_in, words_in


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param("  Git\n Rebase ", "git rebase", id="case and space"),
        pytest.param("Crème BRÛLÉE", "creme brulee", id="accents"),
        pytest.param("Straße, Łódź, Ærø", "strasse, lodz, aero", id="letters of their own"),
        pytest.param("git push --force", "git push --force", id="signs stay"),
        pytest.param("\uff26\uff35\uff2c \ufb01le \U0001d56c", "ful file a", id="other forms"),
        pytest.param("が", "が", id="a mark that makes another letter"),
        pytest.param("한국어", "한국어", id="syllables stay together"),
    ],
)
def test_a_line_is_without_case_and_accents(text: str, line: str) -> None:
    assert folded(text) == line


@pytest.mark.parametrize(
    ("line", "words"),
    [
        pytest.param("git rebase -i", ("git", "rebase", "i"), id="options"),
        pytest.param("snake_case x2", ("snake", "case", "x2"), id="joints"),
        pytest.param("数据库", ("数据", "据库", "库"), id="no spaces"),
        pytest.param("dockerの使い方", ("docker", "の使", "使い", "い方", "方"), id="both"),
        pytest.param("&& --", (), id="no words"),
    ],
)
def test_words_are_letters_and_digits(line: str, words: tuple[str, ...]) -> None:
    assert words_in(line) == words


@pytest.mark.parametrize(
    ("line", "terms"),
    [
        ("git git rebase", ("git", "rebase")),
        ("数据", ("数据",)),
        ("库", ("库",)),
        ("docker 数据库", ("docker", "数据", "据库")),
    ],
)
def test_of_a_run_without_spaces_the_last_sign_may_go_on(
    line: str, terms: tuple[str, ...]
) -> None:
    assert terms_in(line) == terms


@given(st.text())
def test_what_is_folded_stays_as_it_is(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(st.text())
def test_every_term_begins_a_word_of_its_text(text: str) -> None:
    line = folded(text)
    words = words_in(line)
    assert all(any(word.startswith(term) for word in words) for term in terms_in(line))
