"""Files that were made to do harm: each is refused with one clear line."""

import io
import json
import os
import stat
import zipfile
from pathlib import Path

import pytest

from bot.exchange import page_import, safe_files
from bot.exchange.page_import import READERS, import_page
from bot.exchange.pieces import Refusal
from bot.exchange.safe_files import read_file, text_of, unpacked, xml_of
from bot.quiz.question import Slug
from tests.exchange.test_table import KAHOOT, workbook

ITEM = "<assessmentItem><itemBody>{}</itemBody></assessmentItem>"
BOMB = """<?xml version="1.0"?>
<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>
<assessmentItem><itemBody><p>&c;</p></itemBody></assessmentItem>"""
OUTSIDE = """<?xml version="1.0"?>
<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]>
<assessmentItem><itemBody><p>&f;</p></itemBody></assessmentItem>"""
ONLY_DOCTYPE = '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><assessmentItem/>'


def archive(files: dict[str, bytes], *, mode: int = 0) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = mode << 16
            packed.writestr(entry, content)
    return out.getvalue()


def refusal(content: bytes, form: str) -> str:
    with pytest.raises(Refusal) as caught:
        READERS[form](content)
    said = str(caught.value)
    assert len(said.splitlines()) == 1
    assert len(said) < 200
    return said


@pytest.mark.parametrize("xml", [BOMB, OUTSIDE, ONLY_DOCTYPE])
@pytest.mark.parametrize("packed", [False, True])
def test_xml_with_a_document_type_is_refused(xml: str, *, packed: bool) -> None:
    content = archive({"item.xml": xml.encode()}) if packed else xml.encode()
    assert "document type or entities" in refusal(content, "qti")


def test_xml_that_is_nested_without_end_is_refused() -> None:
    deep = ITEM.format("<div>" * 5_000 + "</div>" * 5_000)
    assert "nested more than 100 deep" in refusal(deep.encode(), "qti")


@pytest.mark.parametrize("xml", [b"<a", b"", b"<a>\xff</a>", b'<?xml encoding="x"?><a/>', b"\x00"])
def test_broken_xml_is_refused(xml: bytes) -> None:
    with pytest.raises(Refusal):
        xml_of(xml)


def test_an_archive_that_unpacks_to_far_more_than_it_is_is_refused() -> None:
    bomb = archive({"a.xml": b" " * (20 * 1024 * 1024)})
    assert len(bomb) < 50_000
    assert "unpacks to more" in refusal(bomb, "qti")
    assert "unpacks to more" in refusal(bomb, "xlsx")


def test_an_archive_of_many_small_ones_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safe_files, "MOST_UNPACKED", 1_000)
    with pytest.raises(Refusal, match="unpacks to more"):
        unpacked(archive({f"{i}.xml": os.urandom(400) for i in range(3)}))
    monkeypatch.setattr(safe_files, "MOST_ENTRIES", 2)
    with pytest.raises(Refusal, match="more than 2 files"):
        unpacked(archive({f"{i}.xml": b"x" for i in range(3)}))


@pytest.mark.parametrize(
    "name", ["../up.xml", "a/../../up.xml", "/etc/passwd", "C:/x.xml", "a\\..\\b.xml"]
)
def test_an_archive_that_points_outside_is_refused(name: str) -> None:
    assert "outside of it" in refusal(archive({name: b"<a/>"}), "qti")


def test_an_archive_with_a_link_is_refused() -> None:
    linked = archive({"item.xml": b"/etc/passwd"}, mode=stat.S_IFLNK | 0o777)
    assert "holds a link" in refusal(linked, "qti")


@pytest.mark.parametrize("form", ["qti", "xlsx"])
def test_half_an_archive_is_refused(form: str) -> None:
    whole = workbook(KAHOOT)
    assert "ZIP archive" in refusal(whole[: len(whole) // 2], form)
    assert refusal(b"PK\x03\x04" + b"\0" * 100, form)


def test_a_workbook_with_entities_is_refused() -> None:
    files = unpacked(workbook(KAHOOT))
    files["xl/workbook.xml"] = BOMB.encode()
    assert "document type or entities" in refusal(archive(files), "xlsx")


def test_a_workbook_with_a_part_missing_is_refused() -> None:
    files = unpacked(workbook(KAHOOT))
    del files["xl/workbook.xml"]
    assert "cannot be read" in refusal(archive(files), "xlsx")


@pytest.mark.parametrize("form", ["csv", "gift", "json", "opentdb"])
def test_text_with_a_line_without_end_is_refused(form: str) -> None:
    assert "a million characters" in refusal(b"x" * (1024 * 1024 + 1), form)


@pytest.mark.parametrize("form", ["csv", "gift", "json", "opentdb"])
def test_what_is_no_text_is_refused(form: str) -> None:
    assert "line 2 is not UTF-8" in refusal(b"a\n\xff\xfe", form)
    assert "NUL" in refusal(b"a\0b", form)


@pytest.mark.parametrize("form", READERS)
def test_nothing_is_refused_not_raised(form: str) -> None:
    try:
        imported = READERS[form](b"")
    except Refusal:
        return
    assert imported.questions == ()


def test_nesting_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "deep.json"
    path.write_text("[" * 200_000)
    with pytest.raises(Refusal):
        import_page(path, Slug("a/b"))


def test_a_file_that_is_too_large_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(100 * 1024 * 1024)  # takes no room on the disk
    with pytest.raises(Refusal, match="more than 16 MB; split it"):
        read_file(path)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    for name, why in (("pipe.csv", "not a file"), (".", "not a file"), ("gone.csv", "No such")):
        with pytest.raises(Refusal, match=why):
            read_file(tmp_path / name)


def test_lines_may_end_in_any_way() -> None:
    assert text_of(b"\xef\xbb\xbfa\r\nb\rc") == "a\nb\nc"


def test_what_a_title_says_breaks_no_page(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    options = [{"text": "- [x] a", "right": True}, {"text": "b", "right": False}]
    evil = {"title": "a\n---\n# b\n<quiz>", "level": "x\ny: z"}
    asked = {"question": "Sky? </quiz>", "options": options}
    path.write_text(json.dumps({"format": "quizbot", "version": 1, **evil, "questions": [asked]}))
    page = import_page(path, Slug("a/b"))
    assert (page.questions, page.left_out) == (1, ())
    assert [problem.rule for problem in page.problems] == []


def test_text_of_a_spreadsheet_is_read_by_its_mark_or_by_the_encoding_that_is_named(
    tmp_path: Path,
) -> None:
    table = "Question;Answer 1;Answer 2;Correct\r\nWelche Stra\u00dfe?;Haupt;Neben;1\r\n"
    path = tmp_path / "x.csv"
    path.write_bytes(table.encode("utf-16"))
    assert "Welche Stra\u00dfe?" in import_page(path, Slug("a/b")).text
    path.write_bytes(table.encode("cp1252"))
    with pytest.raises(Refusal, match=r"line 2 is not UTF-8; .* --encoding cp1252"):
        import_page(path, Slug("a/b"))
    assert "Welche Stra\u00dfe?" in import_page(path, Slug("a/b"), encoding="cp1252").text
    for encoding, why in (("utf-8", "it is not utf-8"), ("nonsense", "no encoding nonsense")):
        with pytest.raises(Refusal, match=why):
            import_page(path, Slug("a/b"), encoding=encoding)


def test_a_page_that_no_bank_would_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_import, "MOST_BYTES", 50)
    path = tmp_path / "x.csv"
    path.write_text("Question,Answer 1,Answer 2,Correct\nWhy?,Yes,No,1\n")
    with pytest.raises(Refusal, match="more than 4 MB, which no bank reads; split it"):
        import_page(path, Slug("a/b"))
