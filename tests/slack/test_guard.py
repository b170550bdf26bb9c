"""Who is let in: only what Slack signed, lately, and of a sensible size."""

import pytest
from hypothesis import given, settings, strategies as st
from multidict import CIMultiDict

from bot.slack.guard import LARGEST, Guard, Refusal
from tests.slack.signed import SECRET, signed

NOW = 1_700_000_000
GUARD = Guard(SECRET.encode(), lambda: NOW)
BODY = b"command=%2Fquiz&text="
GOOD = signed(BODY, NOW)
TIMESTAMP, SIGNATURE = "X-Slack-Request-Timestamp", "X-Slack-Signature"


def refused(body: bytes = BODY, **changed: str | None) -> Refusal | None:
    """What the guard says to good headers with some changed; None leaves one out."""
    headers: CIMultiDict[str] = CIMultiDict(GOOD)
    for name, value in changed.items():
        del headers[{"timestamp": TIMESTAMP, "signature": SIGNATURE}[name]]
        if value is not None:
            headers.add({"timestamp": TIMESTAMP, "signature": SIGNATURE}[name], value)
    return GUARD.refuse(headers, body)


def test_a_well_signed_request_is_let_in() -> None:
    assert refused() is None


@pytest.mark.parametrize(
    "timestamp",
    [
        pytest.param(None, id="missing"),
        pytest.param("", id="empty"),
        pytest.param("abc", id="letters"),
        pytest.param("-1700000000", id="negative"),
        pytest.param("+1700000000", id="with a plus"),
        pytest.param("1700000000.0", id="with a point"),
        pytest.param(" 1700000000", id="with a space"),
        pytest.param("1700000000\n", id="with a line feed"),
        pytest.param("1_700_000_000", id="as Python writes it"),
        pytest.param("\u0661\u0667\u0660\u0660\u0660\u0660\u0660\u0660\u0660\u0660", id="arabic"),
        pytest.param("9" * 11, id="in a thousand years"),
        pytest.param("9" * 5_000, id="huge"),
        pytest.param("0", id="in 1970"),
        pytest.param("\udcff", id="not even text"),
    ],
)
def test_an_odd_timestamp_is_refused(timestamp: str | None) -> None:
    found = refused(timestamp=timestamp)
    assert found is not None
    assert found.status == 401


@pytest.mark.parametrize(
    "signature",
    [
        pytest.param(None, id="missing"),
        pytest.param("", id="empty"),
        pytest.param(GOOD[SIGNATURE].upper(), id="in capitals"),
        pytest.param("v0=" + GOOD[SIGNATURE][3:].upper(), id="digits in capitals"),
        pytest.param(GOOD[SIGNATURE][:-1], id="cut"),
        pytest.param(GOOD[SIGNATURE] + "0", id="longer"),
        pytest.param(GOOD[SIGNATURE] + "\n", id="with a line feed"),
        pytest.param("v1" + GOOD[SIGNATURE][2:], id="another version"),
        pytest.param("v0=" + "0" * 64, id="nothing but zeros"),
        pytest.param("v0=" + "\u00e9" * 64, id="letters with accents"),
        pytest.param("v0=" + "\udcff" * 64, id="not even text"),
        pytest.param(signed(BODY, NOW, "other")[SIGNATURE], id="with another secret"),
        pytest.param(signed(b"", NOW)[SIGNATURE], id="of another body"),
        pytest.param(signed(BODY, NOW + 1)[SIGNATURE], id="of another moment"),
    ],
)
def test_a_wrong_signature_is_refused(signature: str | None) -> None:
    found = refused(signature=signature)
    assert found is not None
    assert found.status == 401


@pytest.mark.parametrize(
    ("away", "reason"),
    [
        pytest.param(-300, None, id="just young enough"),
        pytest.param(-301, "too old", id="a second too old"),
        pytest.param(300, None, id="just near enough"),
        pytest.param(301, "too old", id="a second too far ahead"),
    ],
)
def test_a_request_lives_for_five_minutes(away: int, reason: str | None) -> None:
    found = GUARD.refuse(CIMultiDict(signed(BODY, NOW + away)), BODY)
    assert (found.reason if found else None) == reason


def test_an_empty_body_can_be_signed_too() -> None:
    assert GUARD.refuse(CIMultiDict(signed(b"", NOW)), b"") is None


@pytest.mark.parametrize(
    ("size", "status"),
    [
        pytest.param(LARGEST, None, id="the largest"),
        pytest.param(LARGEST + 1, 413, id="one byte more"),
        pytest.param(3 * 1024 * 1024, 413, id="three megabytes"),
    ],
)
def test_a_huge_body_is_refused_however_well_it_is_signed(size: int, status: int | None) -> None:
    body = b"a" * size
    found = GUARD.refuse(CIMultiDict(signed(body, NOW)), body)
    assert (found.status if found else None) == status


def test_a_second_signature_cannot_stand_in_for_a_wrong_first_one() -> None:
    headers = CIMultiDict(GOOD)
    headers[SIGNATURE] = "v0=" + "0" * 64
    headers.add(SIGNATURE, GOOD[SIGNATURE])
    assert GUARD.refuse(headers, BODY) == Refusal(401, "wrong signature")


TEXT = st.text(st.characters(exclude_categories=()), max_size=80)
LIKELY = st.one_of(TEXT, st.just(str(NOW)), st.from_regex(r"\Av0=[0-9a-f]{64}\Z"))


@settings(deadline=None)  # a busy machine is no mistake
@given(st.binary(max_size=300), LIKELY, LIKELY)
def test_nothing_unsigned_gets_in(body: bytes, timestamp: str, signature: str) -> None:
    headers = CIMultiDict({TIMESTAMP: timestamp, SIGNATURE: signature})
    found = GUARD.refuse(headers, body)
    assert found is not None
    assert found.status == 401


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_whatever_is_signed_gets_in(body: bytes) -> None:
    assert GUARD.refuse(CIMultiDict(signed(body, NOW)), body) is None
