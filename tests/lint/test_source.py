import pytest

from bot.lint.source import Box, Source, source_at, split_lines

PAGE = """# Title

<quiz id="a" lint-ignore='x'>
Which?
- [x] One
  more of it
  > Feedback
* []Two
```
- [ ] no option
```
</quiz>
After
"""


def test_a_question_is_found_by_its_line() -> None:
    lines, _ = split_lines(PAGE)
    source = source_at(lines, 3)
    assert (source.line, source.last) == (3, 12)
    assert source.attributes == {"id": "a", "lint-ignore": "x"}
    assert [box.line for box in source.boxes] == [5, 8]
    assert [source.option_line(at) for at in (0, 1, 2)] == [5, 8, 3]


@pytest.mark.parametrize("line", [0, 1, 99])
def test_what_is_no_question_has_only_its_line(line: int) -> None:
    assert source_at(split_lines(PAGE)[0], line) == Source(line, line)


def test_every_kind_of_line_end_is_kept() -> None:
    assert split_lines("a\r\nb\rc\nd") == (["a", "b", "c", "d"], ["\r\n", "\r", "\n", ""])


@pytest.mark.parametrize(
    ("text", "tidy"),
    [
        ("- [x] a", "- [x] a"),
        ("-[x] a", "- [x] a"),
        ("* [ ] a", "- [ ] a"),
        ("- [X ] a", "- [x] a"),
        ("- []a", "- [ ] a"),
        ("  *\t[x]\ta  ", "  - [x] a  "),
        ("-   [ ]   a", "- [ ] a"),
        ("- [ ] ", "- [ ]"),
        ("\t- [x] (a)", "\t- [x] (a)"),
        ("<quiz>- [x] a", "<quiz>- [x] a"),
    ],
)
def test_nothing_of_a_line_but_its_box_is_tidied(text: str, tidy: str) -> None:
    box = Box(1, text)
    assert box.tidy == tidy
    assert box.is_tidy == (text.rstrip() == tidy.rstrip())
