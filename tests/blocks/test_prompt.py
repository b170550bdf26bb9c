"""What a prompt asks, in few words."""

import pytest

from bot.blocks.prompt import asking_paragraph, shortened
from bot.quiz.prose import Code, Note, Notes, Paragraph, Prose, Span, prose

SCENARIO = "A team keeps its data in two regions. "
ASKS = "Which of them wins, e.g. after a crash?"


@pytest.mark.parametrize(
    ("prompt", "wanted"),
    [
        pytest.param(prose(f"Short.\n {ASKS}"), f"Short. {ASKS}", id="what fits stays whole"),
        pytest.param((*prose(SCENARIO * 3), *prose(ASKS)), ASKS, id="the paragraph that asks"),
        pytest.param(
            (*prose(SCENARIO * 3), *prose(f"So. {ASKS}"), Code("x = 1\n" * 20)),
            f"So. {ASKS}",
            id="between a scenario and code",
        ),
        pytest.param(prose(f"{SCENARIO * 3}{ASKS}"), ASKS, id="the sentence that asks"),
        pytest.param(prose(f"{SCENARIO * 3}{ASKS} (Choose two.)"), ASKS, id="with a word behind"),
        pytest.param(prose("word " * 40), f"{'word ' * 15}word…", id="without a question mark"),
        pytest.param(prose(f"Which {'of ' * 40}?"), f"Which {'of ' * 24}o…", id="long"),
        pytest.param((Code("ls " * 40),), f"{'ls ' * 26}l…", id="nothing but code"),
        pytest.param((), "", id="nothing"),
        pytest.param(
            (*prose("Scenario. " * 20), Paragraph((Span("a"), Span("b?", code=True)))),
            "ab?",
            id="with code in it",
        ),
    ],
)
def test_a_long_prompt_is_shortened_to_what_it_asks(prompt: Prose, wanted: str) -> None:
    found = shortened(prompt, 80)
    assert found == wanted
    assert len(found) <= 80


@pytest.mark.parametrize("mark", ["?", "¹?", "?¹²", "؟", "\N{FULLWIDTH QUESTION MARK}"])
def test_a_question_is_known_by_its_mark_in_any_script(mark: str) -> None:
    prompt = (*prose(f"What{mark}"), *prose("Think of it."))
    assert asking_paragraph(prompt) == 0


def test_notes_at_the_end_are_not_what_is_asked() -> None:
    notes = Notes((Note(1, (Span("Since 2009?"),)),))
    prompt = (*prose("A scenario."), *prose("Name it¹"), notes)
    assert asking_paragraph(prompt) == 1
    assert shortened(prompt, 100) == "A scenario. Name it¹"


def test_a_long_text_without_spaces_is_cut_to_the_sentence_that_asks() -> None:
    asks = "ポートは何番ですか\N{FULLWIDTH QUESTION MARK}"
    assert shortened(prose("長い説明です。" * 30 + asks), 60) == asks
