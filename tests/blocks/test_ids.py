import pytest

from bot.blocks import ids
from bot.errors import StaleButton
from bot.quiz.question import Slug
from bot.quiz.session import SessionId

KINDS = [
    ids.SessionButton,
    ids.QuestionButton,
    ids.AnswerButton,
    ids.StartButton,
    ids.MoreOption,
]


@pytest.mark.parametrize(
    ("button", "value"),
    [
        (ids.SessionButton(SessionId("s1")), "s1:"),
        (ids.SessionButton(SessionId("s1"), SessionId("s0")), "s1:s0"),
        (ids.QuestionButton(SessionId("s1"), 4), "4:s1"),
        (ids.AnswerButton(SessionId("s1"), 4, 2), "2:4:s1"),
        (ids.StartButton(Slug("aws/ml"), 10), "10::aws/ml"),
        (ids.StartButton(Slug("aws/ml"), 10, SessionId("s0")), "10:s0:aws/ml"),
        (ids.MoreOption(ids.STOP, SessionId("s1")), "stop:s1"),
    ],
)
def test_values_in_old_messages_keep_their_meaning(
    button: ids.SessionButton
    | ids.QuestionButton
    | ids.AnswerButton
    | ids.StartButton
    | ids.MoreOption,
    value: str,
) -> None:
    """These lie in people's channels for years, so a change here needs a way to read them."""
    assert button.pack() == value
    assert type(button).unpack(value) == button


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("value", ["", "x", ":", "::", ":s1"])
def test_what_no_button_carries_is_stale(kind: type[ids.QuestionButton], value: str) -> None:
    with pytest.raises(StaleButton):
        kind.unpack(value)


@pytest.mark.parametrize("kind", [ids.QuestionButton, ids.AnswerButton, ids.StartButton])
@pytest.mark.parametrize("value", ["1:", "-1:0:s1", "one:two:"])
def test_a_value_has_all_its_parts(kind: type[ids.QuestionButton], value: str) -> None:
    with pytest.raises(StaleButton):
        kind.unpack(value)


@pytest.mark.parametrize("number", ["12345", "9" * 5_000, "+1", "1.0", " 1", "1_0", "\u0661"])
def test_a_number_is_a_few_plain_digits(number: str) -> None:
    with pytest.raises(StaleButton):
        ids.QuestionButton.unpack(f"{number}:s1")


def test_a_menu_entry_does_only_what_it_says() -> None:
    with pytest.raises(StaleButton):
        ids.MoreOption.unpack("share:s1")
