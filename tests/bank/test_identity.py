import pytest

from bot.bank.identity import Known, content_id_of, distinct, known_elsewhere
from bot.quiz.question import Question
from tests.bank.samples import page, question

FIRST = question("First")


def questions(text: str, slug: str = "page") -> tuple[Question, ...]:
    quiz = page(text, slug).quiz
    return quiz.questions if quiz else ()


def only(text: str) -> Question:
    (found,) = questions(text)
    return found


@pytest.mark.parametrize(
    "edited",
    [
        pytest.param("<quiz>\nFirst\n- [ ] No\n- [x] Yes\n</quiz>", id="order"),
        pytest.param("<quiz>\nFirst\n- [ ] Yes\n- [x] No\n</quiz>", id="key"),
        pytest.param("<quiz>\nFirst\n- [x] Yes\n- [x] No\n</quiz>", id="several right"),
        pytest.param(
            "\n\n<quiz points='2'>\n*First*\n* [x]  `Yes`\n* [ ] No\n\nWhy</quiz>", id="looks"
        ),
    ],
)
def test_an_edit_that_changes_no_words_keeps_the_id(edited: str) -> None:
    assert only(edited).id == only(FIRST).id


@pytest.mark.parametrize(
    "edited",
    [
        "<quiz>\nFirst?\n- [x] Yes\n- [ ] No\n</quiz>",
        "<quiz>\nFirst\n- [x] Yes\n- [ ] Never\n</quiz>",
    ],
)
def test_other_words_make_another_question(edited: str) -> None:
    assert only(edited).id != only(FIRST).id


def test_the_answer_of_a_blank_can_be_corrected() -> None:
    wrong, right = "<quiz>\nIt is [[red]].\n</quiz>", "<quiz>\nIt is [[blue|azure]].\n</quiz>"
    assert only(wrong).id == only(right).id


def test_an_own_id_survives_any_edit() -> None:
    assert only(question("First", '<quiz id="a">')).id == "a"


def test_the_id_of_a_question_never_changes_between_versions() -> None:
    """Answers are kept under this id: a new way to make ids would lose them all."""
    assert only(FIRST).id == "12a47886e39b9d72"


def test_the_same_words_on_a_page_get_a_number() -> None:
    found = questions(FIRST * 3)
    first = content_id_of(found[0])
    assert [each.id for each in found] == [first, f"{first}-2", f"{first}-3"]


def test_a_number_that_is_taken_is_skipped() -> None:
    first = only(FIRST).id
    tag = f'<quiz id="{first}-2">'
    found = questions(question("Other", tag) + FIRST * 2)
    assert [each.id for each in found] == [f"{first}-2", first, f"{first}-3"]


def test_the_second_of_two_equal_own_ids_is_left_out() -> None:
    kept, problems = distinct(
        (only(question("A", '<quiz id="a">')), only(question("B", '<quiz id="a">')))
    )
    assert [each.stem for each in kept] == ["A"]
    assert [found.rule for found in problems] == ["same-id"]


def test_the_same_words_on_two_pages_are_one_question() -> None:
    known = Known()
    (here,), (there,) = questions(FIRST, "here"), questions(FIRST, "there")
    assert known_elsewhere(here, known) == (True, ())
    keep, (found,) = known_elsewhere(there, known)
    assert keep
    assert str(found).startswith(
        "there.md:1: warning[same-question] This question is already asked in here.md:1."
    )


def test_an_own_id_belongs_to_one_page() -> None:
    known = Known()
    known_elsewhere(questions(question("A", '<quiz id="a">'), "here")[0], known)
    keep, (found,) = known_elsewhere(questions(question("B", '<quiz id="a">'), "there")[0], known)
    assert not keep
    assert str(found).startswith(
        'there.md:1: error[same-id] The id "a" is already used in here.md:1.'
    )


def test_questions_of_one_page_are_not_compared_again() -> None:
    known = Known()
    assert [known_elsewhere(each, known)[1] for each in questions(FIRST * 2)] == [(), ()]
