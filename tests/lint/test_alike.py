from hypothesis import given, settings, strategies as st

from bot.lint.alike import MOST_HOLDERS, near_duplicates
from bot.quiz.prose import Code, Prose, prose
from bot.quiz.question import Blank, Option, Question, QuestionId

LEAST = 0.65


def question(name: str, stem: str | Prose, right: str, *wrong: str) -> Question:
    options = [
        Option(prose(right), correct=True),
        *(Option(prose(w), correct=False) for w in wrong),
    ]
    text = prose(stem) if isinstance(stem, str) else stem
    return Question(QuestionId(name), text, tuple(options))


SIZE = question("a", "What is the maximum item size in a DynamoDB table?", "400 KB", "1 MB")
LIMIT = question("b", "What is the size limit of an item in a DynamoDB table?", "400 KB", "64 KB")


def pairs(*questions: Question, least: float = LEAST) -> list[tuple[str, str]]:
    return [(t.first.id, t.second.id) for t in near_duplicates(questions, least)]


def test_the_same_in_other_words_is_found() -> None:
    other = question("c", "Which command shows what is staged in Git?", "git diff --staged")
    assert pairs(SIZE, other, LIMIT) == [("a", "b")]


def test_the_same_words_with_another_answer_are_another_question() -> None:
    """Which of `ps` and `ps -a` is right decides what is asked."""
    stem = "Which command lists {} containers on this host, one in each line?"
    running = question("r", stem.format("running"), "docker ps", "docker ps -a", "docker ls")
    stopped = question("s", stem.format("stopped"), "docker ps -a", "docker ps", "docker ls")
    assert pairs(running, stopped, least=0.1) == []


def test_code_blocks_count() -> None:
    ask = prose("What does this program print when it is run?")

    def printing(name: str, program: str) -> Question:
        return question(name, (*ask, Code(program)), "True", "False")

    loop = printing("loop", "for number in range(3):\n    total += number\nprint(total == 3)")
    names = printing(
        "names", "backup = settings\nsettings['debug'] = 1\nprint(backup == settings)"
    )
    assert pairs(loop, names) == []
    assert pairs(
        loop, printing("again", "for number in range(3):\n    total += number\nprint(True)")
    )


def test_gaps_are_compared_by_their_answers() -> None:
    def gap(name: str, answer: str) -> Question:
        stem = prose(f"The flag ____ of git push refuses to overwrite others' work, says {name}.")
        return Question(QuestionId(name), stem, blanks=(Blank((answer,)),))

    assert pairs(gap("ana", "--force-with-lease"), gap("ben", "--force-with-lease"))
    assert not pairs(gap("ana", "--force-with-lease"), gap("ben", "--no-verify"))


def test_equal_questions_are_told_elsewhere() -> None:
    assert pairs(SIZE, SIZE) == []


def test_the_order_of_options_does_not_matter() -> None:
    stem = "Which of these signals can a process neither catch nor ignore{}"
    one = question("a", stem.format("?"), "SIGKILL", "SIGTERM", "SIGHUP")
    other = question("b", stem.format(" at all?"), "SIGKILL", "SIGHUP", "SIGTERM")
    assert pairs(one, other) == [("a", "b")]


def test_many_alike_end_soon_and_each_is_told_once() -> None:
    many = [
        question(str(n), f"Which port does server number {n} of our hall listen on?", "80", "81")
        for n in range(3 * MOST_HOLDERS)
    ]
    found = pairs(*many)
    assert len({second for _, second in found}) == len(found) >= len(many) // 2


WORDS = st.lists(
    st.sampled_from(["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta"]),
    max_size=12,
).map(" ".join)


@settings(deadline=None)
@given(st.lists(st.tuples(WORDS, WORDS), max_size=8), st.floats(0.01, 1))
def test_of_two_the_earlier_comes_first(texts: list[tuple[str, str]], least: float) -> None:
    questions = [question(str(n), stem, right) for n, (stem, right) in enumerate(texts)]
    for twins in near_duplicates(questions, least):
        assert int(twins.first.id) < int(twins.second.id)
        assert least <= twins.likeness <= 1


@settings(deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=6), st.data())
def test_a_question_with_its_words_in_another_order_is_found(
    stems: list[str], data: st.DataObject
) -> None:
    stem = data.draw(st.sampled_from(stems))
    words = data.draw(st.permutations(stem.split()))
    questions = [question(str(n), text, "right") for n, text in enumerate(stems)]
    again = question("again", " ".join(words), "right")
    found = dict(near(*questions, again))
    equal = any(each.stem == again.stem for each in questions)
    assert equal or found.get("again") is not None


def near(*questions: Question) -> list[tuple[str, float]]:
    return [(twins.second.id, twins.likeness) for twins in near_duplicates(questions, 0.99)]
