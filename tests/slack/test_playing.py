"""What a person sees from `/quiz` to the summary, in both modes."""

from tests.conftest import ANA, GENERAL, Stage


async def test_a_quiz_from_the_menu_to_the_summary(stage: Stage) -> None:
    slack = stage.slack
    menu = await stage.type("/quiz", "2 quizzes · 5 questions")
    assert menu.ephemeral
    here = {"channel": GENERAL, "ts": menu.ts}
    await slack.choose(ANA, here, "pick_quiz", "basics/colours")
    await slack.choose(ANA, here, "pick_count", "5")
    question = await stage.press("start_picked", "1 of 3")
    assert question.ts == menu.ts
    assert "What colour is a clear sky at noon?" in question.text
    assert "A: Blue\nB: Green" in question.text
    result = await stage.press("answer:1", "Not quite: you chose B, right is A")
    assert "That is grass." in result.words
    assert "Air scatters blue light more than red." in result.words
    assert "Light" in result.words
    await stage.press("next", "Choose all that apply")
    await slack.choose(ANA, {"channel": GENERAL, "ts": menu.ts}, "ticks", "0", "1", "2")
    await stage.press("submit", "Right: A, B and C")
    await stage.press("next", "Fresh snow looks ____")
    await slack.press(ANA, GENERAL, menu.ts, "fill_in")
    form = await slack.wait_until(lambda: slack.view(ANA))
    assert form is not None
    await slack.fill(ANA, form, {"blanks": "  WHITE "})
    await stage.see("Right: white")
    summary = await stage.press("next", "2 of 3 right")
    assert summary.ts == menu.ts
    assert "1  What colour is a clear sky at noon?" in summary.words
    assert "you: B · right: A Blue" in summary.words
