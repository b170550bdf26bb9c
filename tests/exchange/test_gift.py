"""GIFT as teachers write it."""

import pytest

from bot.exchange.gift import read_gift
from bot.quiz.prose import Code, plain
from bot.quiz.question import Kind, Question


def one(text: str) -> Question:
    imported = read_gift(text)
    assert imported.left_out == ()
    (question,) = imported.questions
    return question


def options(question: Question) -> list[tuple[str, bool]]:
    return [(plain(option.text), option.correct) for option in question.options]


def test_one_right_answer_and_wrong_ones() -> None:
    question = one(
        "// a comment\n::Colours:: What colour is the sky? {\n"
        "  =Blue #Yes, mostly.\n  ~Green #That is the grass.\n  ~Red\n####It scatters.\n}"
    )
    assert plain(question.prompt) == "What colour is the sky?"
    assert options(question) == [("Blue", True), ("Green", False), ("Red", False)]
    assert plain(question.options[1].feedback) == "That is the grass."
    assert plain(question.explanation) == "It scatters."


def test_weights_make_several_right_ones() -> None:
    question = one("Which are primes? {~%50%two ~%50%three ~%-100%four}")
    assert question.kind is Kind.SEVERAL
    assert options(question) == [("two", True), ("three", True), ("four", False)]


def test_a_share_of_the_points_is_not_right_beside_the_right_answer() -> None:
    question = one("Capital of Australia? {=Canberra ~%50%Sydney ~Perth}")
    assert options(question) == [("Canberra", True), ("Sydney", False), ("Perth", False)]


@pytest.mark.parametrize(("word", "key"), [("T", 0), ("TRUE", 0), ("F", 1), ("false", 1)])
def test_true_or_false(word: str, key: int) -> None:
    question = one(f"The sky is blue. {{{word}#No.#Indeed.}}")
    assert question.key == {key}
    assert plain(question.options[key].feedback) == "Indeed."
    assert plain(question.options[1 - key].feedback) == "No."


def test_short_answers_are_blanks() -> None:
    question = one("Two plus two is {=four =4}.")
    assert plain(question.prompt) == "Two plus two is ____."
    assert question.blanks[0].answers == ("four", "4")


def test_a_gap_follows_a_question_without_a_place_for_it() -> None:
    assert plain(one("Who wrote it?{=Ana}").prompt) == "Who wrote it? ____"


def test_a_number_is_a_blank() -> None:
    assert one("How many? {#42}").blanks[0].answers == ("42",)
    assert one("How many? {#=42:0}").blanks[0].answers == ("42",)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Explain it. {}", "an essay"),
        ("Just so you know.", "a description"),
        ("Match. {=a -> 1 =b -> 2}", "a matching question"),
        ("How many? {#42:2}", "a range"),
        ("How many? {#1..5}", "a range"),
        ("Which? {~a ~b}", "no answer is right"),
        ("What? {= }", "an answer is empty"),
    ],
)
def test_what_cannot_be_asked_is_left_out_with_its_line(text: str, why: str) -> None:
    imported = read_gift(f"\n\n{text}\n\nSure? {{T}}\n")
    assert len(imported.questions) == 1
    (left_out,) = imported.left_out
    assert left_out.where == "line 3"
    assert why in left_out.why


def test_signs_behind_a_backslash_mean_themselves() -> None:
    question = one(r"What is 1\=1 \{here\}\: a \# or a \~? {=a\=b ~c\\d}")
    assert plain(question.prompt) == "What is 1=1 {here}: a # or a ~?"
    assert options(question) == [("a=b", True), (r"c\d", False)]


def test_html_and_markdown_keep_their_looks() -> None:
    question = one(
        "[html]<p>See <b>this</b>\\:</p><pre>x \\= 1<br>y</pre><script>evil()</script>{=a ~b}"
    )
    assert plain(question.prompt) == "See this:\nx = 1\ny"
    assert question.prompt[1] == Code("x = 1\ny")
    marked = one("[markdown]Is `x` **not** y? {=Yes ~No}").prompt[0]
    assert "bold=True" in str(marked)
    assert plain(one("[plain]Is *x* y? {=Yes ~No}").prompt) == "Is *x* y?"


def test_moodle_ids_are_kept_and_categories_passed_over() -> None:
    imported = read_gift(
        "$CATEGORY: top/git\n\n// [id:git-1] [tag:x]\n::t::Why? {T}\n\nHow? {F}\n"
    )
    assert [question.id for question in imported.questions] == ["git-1", ""]


def test_an_empty_line_within_braces_does_not_end_a_question() -> None:
    assert len(one("Which? {\n=a\n\n~b\n}").options) == 2


def test_a_brace_that_never_closes_costs_its_question() -> None:
    imported = read_gift("Which? {=a ~b\n\nSure? {T}")
    assert not imported.questions
    assert [str(each) for each in imported.left_out] == ["line 1: its braces do not match"]


def test_comments_of_others_are_no_orders() -> None:
    question = one('// quizbot: {"points": "many", "level": 3}\nSure? {T}')
    assert (question.points, question.level) == (1, "")
