"""What people type after `/quiz live`."""

from datetime import timedelta

import pytest

from bot.slack.live_command import parse_live


@pytest.mark.parametrize(
    ("text", "words", "count", "seconds", "options"),
    [
        pytest.param("docker basics", "docker basics", 5, 20, "", id="a quiz"),
        pytest.param("docker 7", "docker", 7, 20, "", id="how many"),
        pytest.param("docker 30s", "docker", 5, 30, "", id="how long"),
        pytest.param("docker 2min", "docker", 5, 120, "", id="in minutes"),
        pytest.param("docker 7 30s fast now", "docker", 7, 30, "fast now", id="all"),
        pytest.param("docker NOW 30S 7 Fast", "docker", 7, 30, "fast now", id="in any order"),
        pytest.param("fast docker", "fast docker", 5, 20, "", id="options stand at the end"),
        pytest.param("now", "now", 5, 20, "", id="a quiz has a name"),
        pytest.param("python 3 5", "python 3", 5, 20, "", id="each option once"),
        pytest.param("docker 0", "docker", 1, 20, "", id="at least one"),
        pytest.param("docker 999", "docker", 30, 20, "", id="at most thirty"),
        pytest.param("docker 1s", "docker", 5, 10, "", id="time to read"),
        pytest.param("docker 90min", "docker", 5, 300, "", id="at most five minutes"),
        pytest.param("docker 12345", "docker 12345", 5, 20, "", id="no number of questions"),
        pytest.param("docker ٣", "docker ٣", 5, 20, "", id="only plain digits"),
    ],
)
def test_a_round_in_words(text: str, words: str, count: int, seconds: int, options: str) -> None:
    wanted = parse_live(text)
    assert (wanted.words, wanted.count) == (words, count)
    assert wanted.limit == timedelta(seconds=seconds)
    assert (wanted.fast, wanted.at_once) == ("fast" in options, "now" in options)


def test_a_name_may_end_in_a_number() -> None:
    assert parse_live("python 3 fast").whole == "python 3"
