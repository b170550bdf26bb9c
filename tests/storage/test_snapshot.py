from datetime import UTC, datetime, timedelta

from hypothesis import given, strategies as st

from bot.storage.snapshot import milliseconds


@given(st.datetimes(datetime(2020, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001  hypothesis adds the zone
def test_moments_are_kept_to_the_millisecond(moment: datetime) -> None:
    kept_moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds(moment))
    assert timedelta(0) <= moment - kept_moment < timedelta(milliseconds=1)
