"""Time zones are found by city and by offset."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.quiz.zones import described, search_zones

WINTER = datetime(2026, 1, 15, tzinfo=UTC)
SUMMER = datetime(2026, 7, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "first"),
    [
        pytest.param("berlin", "Europe/Berlin", id="a city"),
        pytest.param("new york", "America/New_York", id="two words"),
        pytest.param("NEW_YORK", "America/New_York", id="as the zone is written"),
        pytest.param("europe/ber", "Europe/Berlin", id="a part of the name"),
        pytest.param("rome", "Europe/Rome", id="what begins so comes first"),
        pytest.param("utc", "UTC", id="none at all"),
        pytest.param("+05:45", "Asia/Kathmandu", id="an offset"),
        pytest.param("UTC+5:45", "Asia/Kathmandu", id="an offset with a prefix"),
        pytest.param("gmt-3:30", "America/St_Johns", id="behind"),
    ],
)
def test_the_first_zone_found(words: str, first: str) -> None:
    assert search_zones(words, WINTER)[0].key == first


def test_offsets_are_those_of_the_moment() -> None:
    assert described("Europe/Berlin", WINTER).offset == timedelta(hours=1)
    assert described("Europe/Berlin", SUMMER).offset == timedelta(hours=2)
    assert "Europe/Berlin" in {zone.key for zone in search_zones("+2", SUMMER, limit=1000)}
    assert "Europe/Berlin" not in {zone.key for zone in search_zones("+2", WINTER, limit=1000)}


def test_without_words_all_are_offered_up_to_a_limit() -> None:
    found = search_zones("", WINTER, limit=50)
    assert len(found) == 50
    assert found[0].key == "UTC"


def test_nothing_is_found_for_what_is_no_zone() -> None:
    assert search_zones("atlantis", WINTER) == ()
    assert search_zones("+99", WINTER) == ()


def test_a_zone_that_does_not_exist_has_no_description() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        described("Mars/Base", WINTER)
