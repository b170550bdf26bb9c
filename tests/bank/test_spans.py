import pytest

from bot.bank.links import Links
from bot.bank.markdown import PARSER
from bot.bank.spans import GAP, spans_of, stripped
from bot.quiz.prose import Span


def test_the_answers_of_gaps_are_handed_over_in_order() -> None:
    blanks = ["before"]
    tokens = PARSER.parse("<quiz>\n*[[a]]* ![x [[b|c]]](d)\n</quiz>")
    line = next(token for token in tokens if token.type == "inline")
    spans = spans_of(line, Links(), blanks)
    assert blanks == ["before", "a", "b|c"]
    assert [span.text for span in spans] == [GAP, f" x {GAP}"]


@pytest.mark.parametrize(
    ("spans", "wanted"),
    [
        pytest.param((Span(" a "),), (Span("a"),), id="both ends"),
        pytest.param((Span(" "), Span(" a", bold=True)), (Span("a", bold=True),), id="two spans"),
        pytest.param((Span(" a", code=True), Span(" ")), (Span(" a", code=True),), id="code"),
        pytest.param((Span(" \n"),), (), id="nothing left"),
        pytest.param((Span("a "), Span(" b")), (Span("a "), Span(" b")), id="the middle"),
        pytest.param((), (), id="nothing"),
    ],
)
def test_white_space_goes_at_the_ends(spans: tuple[Span, ...], wanted: tuple[Span, ...]) -> None:
    assert stripped(spans) == wanted
