"""The Markdown of a question is found again in its file."""

from pathlib import Path

from bot.bank.files import page_text, read_bank
from bot.bank.source import source_of
from bot.bank.writing import question_markdown
from bot.quiz.editing import EditLinks
from bot.quiz.question import Question

PAGE = """---
title: Shell
---

<quiz id="first">
What ends a quiz?

```html
</quiz>
```

- [x] The   tag
- [ ] A line
  > Not *alone*.

See [the guide](../guide.md).
</quiz>

<quiz id="second">
Wide [[open|ajar]]
</quiz>
"""
LINKS = EditLinks("https://x.example/{path}#L{line}")


def questions_of(folder: Path, text: str = PAGE) -> tuple[Question, ...]:
    (folder / "shell").mkdir(exist_ok=True)
    (folder / "shell" / "basics.md").write_text(text, "utf-8")
    (quiz,) = read_bank([folder]).catalogue
    return quiz.questions


def test_a_question_is_shown_as_its_author_wrote_it(tmp_path: Path) -> None:
    first, second = questions_of(tmp_path)
    found = source_of(first, page_text, LINKS)
    assert found.markdown == PAGE[PAGE.index("<quiz") : PAGE.index('\n\n<quiz id="second"')]
    assert found.edit == "https://x.example/shell/basics.md#L5"
    assert source_of(second, page_text, LINKS).markdown == (
        '<quiz id="second">\nWide [[open|ajar]]\n</quiz>'
    )


def test_line_ends_of_another_system_do_not_matter(tmp_path: Path) -> None:
    first, _ = questions_of(tmp_path)
    crlf = PAGE.replace("\n", "\r\n")
    assert "The   tag" in source_of(first, lambda _: crlf, LINKS).markdown


def test_what_cannot_be_found_any_more_is_written_anew(tmp_path: Path) -> None:
    first, _ = questions_of(tmp_path)
    other_key = PAGE.replace("[x] The", "[ ] The").replace("[ ] A line", "[x] A line")
    for text in (None, "", "# Empty", PAGE.replace("What ends", "Who ends"), other_key):

        def read(_: Path, text: str | None = text) -> str | None:
            return text

        assert source_of(first, read, LINKS).markdown == question_markdown(first)


def test_a_file_that_cannot_be_read_is_no_text(tmp_path: Path) -> None:
    assert page_text(tmp_path / "gone.md") is None
    assert page_text(tmp_path) is None
    (tmp_path / "latin.md").write_bytes(b"\xff\xfe\xff")
    assert page_text(tmp_path / "latin.md") is None


def test_a_file_given_by_its_name_is_below_its_folder(tmp_path: Path) -> None:
    questions_of(tmp_path)
    (quiz,) = read_bank([tmp_path / "shell" / "basics.md"]).catalogue
    place = quiz.questions[0].place
    assert (place.inside, place.folder) == ("basics.md", "shell")
