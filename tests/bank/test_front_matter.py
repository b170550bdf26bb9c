import pytest

from bot.bank.front_matter import MOST_BYTES, Head, split_head


def head(*lines: str) -> Head:
    return split_head("\n".join(["---", *lines, "---", "text"]))


def refused(found: Head) -> list[int]:
    assert found.values == {}
    assert {remark.rule for remark in found.remarks} == {"front-matter"}
    return [remark.line for remark in found.remarks]


def test_values_stay_text() -> None:
    found = head("title: 010", "level: NO", "track: 1:30:00")
    assert found.values == {"title": "010", "level": "NO", "track": "1:30:00"}


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("title: ~", "~"),
        ("title: 2026-01-02", "2026-01-02"),
        ("title:", ""),
        ('title: "A:  B"', "A: B"),
        ("title: |\n  a\n  b", "a b"),
        ("title: 🚀 <<", "🚀 <<"),
    ],
)
def test_a_title_is_one_line(line: str, title: str) -> None:
    assert head(line).values == {"title": title}


def test_what_is_not_used_is_no_mistake() -> None:
    assert head("tags: [a, b]", "quiz:\n  show: true", "<<: x") == Head("\n\n\n\n\n\ntext")


@pytest.mark.parametrize("lines", [[], [""], ["# comment"], ["{}"]])
def test_a_head_may_be_empty(lines: list[str]) -> None:
    assert not head(*lines).values
    assert not head(*lines).remarks


def test_the_body_keeps_its_lines() -> None:
    assert split_head("---\ntitle: a\n...\nfirst\nsecond").body == "\n\n\nfirst\nsecond"


@pytest.mark.parametrize(
    "text", ["", "text", "---", "---\ntitle: a", "----\na: b\n---", "\n---\n---"]
)
def test_a_page_without_a_head_is_all_body(text: str) -> None:
    assert split_head(text) == Head(text)


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        pytest.param(["a: b", "title: c", "a: d"], 4, id="a key twice"),
        pytest.param(["a: &x b"], 2, id="anchor"),
        pytest.param(["a: b", "c: *x"], 3, id="alias"),
        pytest.param(["a: !!python/name:os.system x"], 2, id="tag"),
        pytest.param(["a: !x b"], 2, id="own tag"),
        pytest.param(["a: b", "c: d: e"], 3, id="no YAML"),
        pytest.param(["a: ["], 2, id="open bracket"),
        pytest.param(["- a"], 1, id="a list"),
        pytest.param(["a"], 1, id="a word"),
        pytest.param(["a: b", 'c: "d'], 3, id="open quote"),
        pytest.param([f"a: {'[' * 10_000}"], 2, id="deep"),
        pytest.param(["? " * 5_000], 2, id="deep keys"),
        pytest.param([f"a: {'b' * MOST_BYTES}"], 1, id="long"),
        pytest.param(["a: \x07"], 1, id="control character"),
        pytest.param(['a: "\\UFFFFFFFF"'], 1, id="no such character"),
        pytest.param([f"%YAML {'9' * 5000}.1"], 1, id="no such version"),
    ],
)
def test_a_head_that_could_do_harm_is_not_used(lines: list[str], line: int) -> None:
    assert refused(head(*lines)) == [line]


def test_a_list_as_key_is_only_odd() -> None:
    assert head("[a]: b", "title: c").values == {"title": "c"}


@pytest.mark.parametrize("value", ["[a]", "{a: b}"])
def test_a_value_that_is_no_text_is_left_out(value: str) -> None:
    found = head(f"title: {value}", "level: basics")
    assert found.values == {"level": "basics"}
    assert [remark.rule for remark in found.remarks] == ["front-matter-value"]
