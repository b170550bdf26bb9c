"""What a body means: one object, or nothing; never an error, whatever Slack may have signed."""

import json
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings, strategies as st

from bot.slack.payload import DEEPEST, read_payload
from tests.slack.signed import click, command, form

NESTED = b"[" * 100_000
PRESS = click("answer:0", "0:0:s1")


@pytest.mark.parametrize(
    ("body", "meant"),
    [
        pytest.param(b'{"type":"x"}', {"type": "x"}, id="JSON"),
        pytest.param(b' \r\n{"type":"x"}', {"type": "x"}, id="JSON behind white space"),
        pytest.param(form(PRESS), PRESS, id="a click"),
        pytest.param(b"command=%2Fquiz&text=", {"command": "/quiz", "text": ""}, id="a command"),
        pytest.param(
            urlencode(command("start payload")).encode(),
            command("start payload"),
            id="a command that says payload",
        ),
        pytest.param(form({"text": "[" * 500}), {"text": "[" * 500}, id="brackets in a text"),
        pytest.param(form({"text": '\\"[[' * 200}), {"text": '\\"[[' * 200}, id="quotes too"),
    ],
)
def test_what_slack_sends_is_read(body: bytes, meant: dict[str, Any]) -> None:
    assert read_payload(body) == meant


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"   ", id="spaces"),
        pytest.param(b"\xff\xfe{", id="invalid UTF-8"),
        pytest.param(b"text=%ff", id="invalid UTF-8 behind percent signs"),
        pytest.param(b'{"type":"\xff"}', id="invalid UTF-8 in JSON"),
        pytest.param(b'{"type":', id="broken JSON"),
        pytest.param(b'{"type":"x"} {}', id="two objects"),
        pytest.param(b"[1]", id="a JSON list"),
        pytest.param(b"payload=", id="an empty payload"),
        pytest.param(b"payload=[1]", id="a list as payload"),
        pytest.param(b"payload=null", id="null as payload"),
        pytest.param(b"payload=%7B%22", id="a broken payload"),
        pytest.param(b"payload=%7B%7D&payload=[1]", id="two payloads"),
        pytest.param(b"text=a&text=b", id="a field given twice"),
        pytest.param(b"text", id="a word"),
        pytest.param(b"a=&" * 1_000, id="very many fields"),
        pytest.param(NESTED, id="100,000 brackets"),
        pytest.param(b'{"a":' * 100_000, id="100,000 objects"),
        pytest.param(b'{"a":' + NESTED, id="100,000 brackets in an object"),
        pytest.param(b"payload=%7B%22a%22:" + NESTED, id="100,000 brackets in a payload"),
        pytest.param(b'{"a":' + b"1" * 5_000 + b"}", id="a number of 5,000 digits"),
        pytest.param(b'{"' + b'\\"' * 300_000, id="quotes without an end"),
        pytest.param(b'{"a":"' + b"x" * 300_000, id="a text without an end"),
    ],
)
def test_everything_else_is_nothing(body: bytes) -> None:
    assert read_payload(body) is None


def test_nesting_has_a_limit_that_slack_stays_below() -> None:
    def nested(depth: int) -> bytes:
        return b'{"a":' + b"[" * (depth - 1) + b"]" * (depth - 1) + b"}"

    assert read_payload(nested(DEEPEST)) is not None
    assert read_payload(nested(DEEPEST + 1)) is None


@settings(deadline=None)  # a busy machine is no mistake
@given(st.binary(max_size=300))
def test_no_bytes_make_it_fail(body: bytes) -> None:
    for whole in (body, b"{" + body, b"payload=" + body, b'{"a":"' + body):
        found = read_payload(whole)
        assert found is None or isinstance(found, dict)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=20,
)


@settings(deadline=None, max_examples=50)
@given(st.dictionaries(st.text(max_size=20), JSON))
def test_every_object_comes_through_both_ways(payload: dict[str, Any]) -> None:
    assert read_payload(json.dumps(payload).encode()) == payload
    assert read_payload(form(payload)) == payload


@pytest.mark.parametrize(
    ("text", "known"),
    [
        pytest.param('{"a": "\\ud83d\\ude00"}', {"a": "😀"}, id="a whole character"),
        pytest.param('{"a": "\\ud83d"}', None, id="half a character"),
        pytest.param('{"\\udc00": 1}', None, id="half a character in a name"),
    ],
)
def test_half_a_character_is_no_text(text: str, known: dict[str, str] | None) -> None:
    assert read_payload(text.encode()) == known
