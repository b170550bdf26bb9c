"""Files from strangers: read within limits, and archives and XML only when they are harmless."""

import codecs
import io
import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Final
from xml.etree.ElementTree import Element

import defusedxml.ElementTree as DefusedTree
from defusedxml.common import DefusedXmlException

from bot.exchange.pieces import Refusal

MOST_BYTES: Final = 16 * 1024 * 1024
MOST_LINE: Final = 1024 * 1024
MOST_ENTRIES: Final = 5_000
MOST_UNPACKED: Final = 64 * 1024 * 1024
MOST_TIMES: Final = 200
"""How many times larger an entry may be than it is packed; text reaches about twenty."""
MOST_DEPTH: Final = 100


def read_file(path: Path) -> bytes:
    """Read a plain file of a size that a bank may have. Raises Refusal."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):  # reading a pipe would never end
            raise Refusal("this is not a file")
        if found.st_size > MOST_BYTES:
            raise Refusal(f"it has more than {_megabytes(MOST_BYTES)}; split it")
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise Refusal(f"it cannot be read ({error.strerror})") from error
    if len(content) > MOST_BYTES:
        raise Refusal(f"it has more than {_megabytes(MOST_BYTES)}; split it")
    return content


def recoded(content: bytes, encoding: str) -> bytes:
    """Text of another encoding as UTF-8. Raises Refusal."""
    try:
        return content.decode(encoding).encode()
    except LookupError as error:
        raise Refusal(f"there is no encoding {encoding}; try cp1252 or utf-16") from error
    except ValueError as error:
        raise Refusal(f"it is not {encoding}; try another encoding") from error


def text_of(content: bytes) -> str:
    """Text with line feeds at the ends of its lines. Raises Refusal."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):  # as spreadsheets save it
        content = recoded(content, "utf-16")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        way_out = "save the file as UTF-8, or name its encoding as in --encoding cp1252"
        raise Refusal(f"line {line} is not UTF-8; {way_out}") from error
    if "\0" in text:
        raise Refusal("it holds NUL characters, so it is no text")
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    if any(len(line) > MOST_LINE for line in lines.split("\n")):
        raise Refusal("it has a line of more than a million characters")
    return lines


def unpacked(content: bytes) -> dict[str, bytes]:
    """Read the files of an archive by their names. Nothing is written anywhere. Raises Refusal."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return dict(_entries(archive))
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError) as error:
        raise Refusal("this is not a ZIP archive that can be read") from error


def _entries(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        raise Refusal(f"the archive holds more than {MOST_ENTRIES:,} files")
    left = MOST_UNPACKED
    for entry in entries:
        _check_entry(entry)
        if entry.is_dir():
            continue
        with archive.open(entry) as file:
            content = file.read(left + 1)  # what an entry says of its own size may be a lie
        if len(content) > min(left, MOST_TIMES * max(entry.compress_size, 1024)):
            raise Refusal(f"the archive unpacks to more than {_megabytes(MOST_UNPACKED)}")
        left -= len(content)
        yield entry.filename, content


def _check_entry(entry: zipfile.ZipInfo) -> None:
    path = PurePosixPath(entry.filename)
    if path.is_absolute() or ".." in path.parts or "\\" in entry.filename or ":" in path.parts[0]:
        raise Refusal(f"the archive holds a file outside of it: {entry.filename[:80]!r}")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise Refusal(f"the archive holds a link: {entry.filename[:80]!r}")
    if entry.flag_bits & 1:
        raise Refusal("the archive is encrypted; save it without a password")


def xml_of(content: bytes) -> Element:
    """Parse XML that has no document type, no entity of its own and no depth. Raises Refusal."""
    try:
        _measure(content)
        return DefusedTree.fromstring(content, forbid_dtd=True)
    except DefusedXmlException as error:
        raise Refusal("its XML has a document type or entities, which are not read") from error
    except DefusedTree.ParseError as error:
        raise Refusal(f"its XML is broken: {error}") from error
    except (ValueError, LookupError) as error:  # an encoding that nobody knows
        raise Refusal("its XML cannot be read") from error


def _measure(content: bytes) -> None:
    depth = 0
    for event, _ in DefusedTree.iterparse(
        io.BytesIO(content), events=("start", "end"), forbid_dtd=True
    ):
        depth += 1 if event == "start" else -1
        if depth > MOST_DEPTH:
            raise Refusal(f"its XML is nested more than {MOST_DEPTH} deep")


def _megabytes(size: int) -> str:
    return f"{size // (1024 * 1024)} MB"
