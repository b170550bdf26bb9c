import pytest

from bot.bank.lint import LONGEST_TYPED, MOST_SHOWN, OPTION_WEIGHT, RULES
from bot.bank.problem import ERRORS
from tests.bank.samples import page

OPTIONS = "- [x] A\n- [ ] B\n"
MANY = "".join(f"- [ ] option {i}\n" for i in range(26))
BLANKS = "[[a]] " * 11
TYPED = "a" * LONGEST_TYPED
ROOM = MOST_SHOWN - 2 * OPTION_WEIGHT - len("QAB")


def told(text: str) -> list[tuple[int, str]]:
    return [(problem.line, problem.rule) for problem in page(text).problems]


@pytest.mark.parametrize(
    ("body", "tells"),
    [
        pytest.param(OPTIONS, [(1, "empty-prompt")], id="nothing asked"),
        pytest.param(f"<!-- Q -->\n{OPTIONS}", [(1, "empty-prompt")], id="only a comment asked"),
        pytest.param(f"---\n{OPTIONS}", [(1, "empty-prompt")], id="only a line asked"),
        pytest.param("Q\n", [(1, "no-answer")], id="nothing to answer"),
        pytest.param("Q\n- [ ] A\n- [ ] B\n", [(1, "no-right-option")], id="nothing right"),
        pytest.param("Q\n- [x] A\n- [x] B\n", [(1, "all-right")], id="nothing wrong"),
        pytest.param("Q\n\n- [x] A\n", [(4, "one-option")], id="one option"),
        pytest.param(f"Q\n- [x] A\n{MANY}", [(29, "too-many-options")], id="27 options"),
        pytest.param("Q\n- [x] A\n- [ ] <!-- -->\n", [(4, "empty-option")], id="no text"),
        pytest.param(f"Q\n{OPTIONS}- [ ] `A`\n", [(5, "same-option")], id="twins"),
        pytest.param("[[ ]]\n", [(1, "empty-blank")], id="nothing to fill in"),
        pytest.param(f"[[{TYPED}b]]\n", [(1, "long-blank")], id="too long to type"),
        pytest.param(f"{BLANKS}\n", [(1, "too-many-blanks")], id="too much to fill in"),
    ],
)
def test_a_question_must_be_one(body: str, tells: list[tuple[int, str]]) -> None:
    assert told(f"<quiz>\n{body}</quiz>") == tells


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("Q [[a]]\n- [x] A\n- [ ] [[b]]\n", id="brackets and boxes"),
        pytest.param("Q\n- [x] -d\n- [ ] -D\n", id="case counts"),
        pytest.param(f"Q\n- [x] option 26\n{MANY[:-16]}", id="as many as there are letters"),
        pytest.param("```\nQ\n```\n- [x] A\n- [ ] B\n", id="a question of code"),
        pytest.param(f"[[{TYPED}b|{TYPED}]]\n", id="one answer that can be typed"),
        pytest.param(f"Q\n{OPTIONS}\n{'w' * ROOM}\n", id="as long as a message"),
        pytest.param("![A map](a.png)\n- [x] A\n- [ ] B\n", id="a question of an image"),
    ],
)
def test_a_good_question_is_left_alone(body: str) -> None:
    found = page(f"<quiz>\n{body}</quiz>")
    assert found.problems == ()
    assert found.quiz is not None


@pytest.mark.parametrize(
    ("body", "told_of"),
    [
        pytest.param(f"Q{'w' * (ROOM + 1)}\n{OPTIONS}", "and its options have", id="question"),
        pytest.param(f"Q\n- [x] A{'w' * ROOM}b\n- [ ] B\n", "and its options have", id="option"),
        pytest.param(
            f"Q\n{OPTIONS}\n{'w' * (ROOM + 1)}\n", "and its explanation have", id="explanation"
        ),
        pytest.param(
            f"Q\n{OPTIONS}  > {'w' * (ROOM + 1)}\n", "and its explanation have", id="feedback"
        ),
        pytest.param(
            f"Q\n{OPTIONS}\n<hint>{'w' * (ROOM + 1)}</hint>\n", "and its hint have", id="hint"
        ),
    ],
)
def test_a_question_that_a_message_would_cut_is_told_about_but_asked(
    body: str, told_of: str
) -> None:
    found = page(f"<quiz>\n{body}</quiz>")
    (problem,) = found.problems
    assert (problem.line, problem.rule) == (1, "long-question")
    assert f"{told_of} about 9,001 characters" in problem.message
    assert found.quiz is not None


@pytest.mark.parametrize(
    ("tag", "tells"),
    [
        ('<quiz id="a.b-C_1" points="100" level="">', []),
        ('<quiz points="007">', []),
        ('<quiz points="0">', ["bad-points"]),
        ('<quiz points="101">', ["bad-points"]),
        ('<quiz points="1.5">', ["bad-points"]),
        ('<quiz points="-1">', ["bad-points"]),
        ('<quiz points="²">', ["bad-points"]),
        ("<quiz points>", ["bad-points"]),
        ('<quiz checked="2026-11-23">', []),
        ('<quiz lint-ignore="no-id">', []),
        ("<quiz checked>", ["bad-checked"]),
        ('<quiz checked="2026-02-30">', ["bad-checked"]),
        ('<quiz checked="20261123">', ["bad-checked"]),
        ('<quiz id="">', ["bad-id"]),
        ('<quiz id="a b">', ["bad-id"]),
        (f'<quiz id="{"a" * 65}">', ["bad-id"]),
        ("<quiz x y=1>", ["unknown-attribute", "unknown-attribute"]),
    ],
)
def test_a_bad_attribute_never_costs_the_question(tag: str, tells: list[str]) -> None:
    found = page(f"{tag}\nQ\n{OPTIONS}</quiz>")
    assert [problem.rule for problem in found.problems] == tells
    assert found.quiz is not None


def test_points_are_the_authors_weight() -> None:
    weights = [f'<quiz points="{weight}">\n{weight}\n{OPTIONS}</quiz>' for weight in ("07", "x")]
    quiz = page("\n".join(weights)).quiz
    assert quiz is not None
    assert [question.points for question in quiz] == [7, 1]


def test_a_question_with_an_error_is_left_out_and_the_others_stay() -> None:
    found = page(f"<quiz>\nQ\n</quiz>\n<quiz>\nQ\n{OPTIONS}</quiz>\n<quiz>\n{OPTIONS}</quiz>")
    assert found.quiz is not None
    assert [question.place.line for question in found.quiz] == [4]
    assert {problem.rule for problem in found.problems} <= set(ERRORS)


def test_a_question_that_cannot_be_read_is_told_about_once() -> None:
    assert told("<quiz>\n```\n- [ ] A\n</quiz>") == [(2, "unclosed-fence")]


def test_each_rule_is_used_once() -> None:
    assert len(set(RULES)) == len(RULES)
