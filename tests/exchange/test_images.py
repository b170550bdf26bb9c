"""Images leave and come back: with an archive whole, with a text by their paths."""

import hashlib
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring

from bot.bank.files import read_bank
from bot.exchange.html_prose import prose_of_html
from bot.exchange.images import Unpacked, from_bank, from_folder, no_image
from bot.exchange.page_import import READERS, WRITERS, page_of
from bot.exchange.pieces import prose_of
from bot.exchange.qti_read import read_qti
from bot.exchange.qti_write import write_qti
from bot.exchange.safe_files import unpacked
from bot.quiz.prose import Image, Note, Notes, Paragraph, Span, plain, prose
from bot.quiz.question import Option, Question, QuestionId, Quiz, Slug
from tests.exchange.test_qti import SCHEMA
from tests.pictures import GIF, PNG, RED

DIGEST = hashlib.sha256(PNG).hexdigest()
WHALE = Image("docker/my whale.png", "A whale", "Large", DIGEST)
FAR = Image("https://example.org/far.png", "Far away")
ITEM = "items/q-whale.xml"
NAMED = f"images/my-whale-{DIGEST[:8]}.png"


def asking(*images: Image) -> Question:
    options = (
        Option(prose("Whale"), correct=True),
        Option(prose("Crab"), correct=False, feedback=(WHALE,)),
    )
    return Question(QuestionId("whale"), (*prose("What is it?"), *images), options)


QUIZ = Quiz(Slug("docker/basics"), "Docker", (asking(WHALE, FAR),))


def content(image: Image) -> bytes | None:
    return {WHALE.url: PNG, "other/my whale.png": RED}.get(image.url)


def manifest(files: dict[str, bytes]) -> Element:
    root: Element = fromstring(files["imsmanifest.xml"])
    return root


def test_an_archive_holds_the_images_and_its_manifest_names_them() -> None:
    files = unpacked(write_qti(QUIZ, content))
    assert files["images/my-whale.png"] == PNG
    assert b'src="../images/my-whale.png"' in files[ITEM]
    assert b'src="https://example.org/far.png"' in files[ITEM]
    named = [each.get("href") for each in manifest(files).iter() if each.tag.endswith("}file")]
    assert named == ["test.xml", ITEM, "images/my-whale.png"]
    SCHEMA.validate(files[ITEM].decode())


def test_two_images_of_one_name_stay_two() -> None:
    other = Image("other/my whale.png")
    files = unpacked(write_qti(Quiz(Slug("a"), "A", (asking(WHALE, other),)), content))
    assert (files["images/my-whale.png"], files["images/my-whale-1.png"]) == (PNG, RED)


def test_an_image_that_is_gone_is_told_in_words_and_named_nowhere() -> None:
    files = unpacked(write_qti(QUIZ, no_image))
    assert not any("whale.png" in name for name in files)
    assert b"my-whale.png" not in files["imsmanifest.xml"]
    assert b"<p>Image: A whale</p>" in files[ITEM]
    (question,) = read_qti(write_qti(QUIZ, no_image)).questions
    assert plain(question.prompt) == "What is it?\nImage: A whale\nImage: Far away"


def test_the_images_of_an_archive_come_with_its_questions() -> None:
    imported = read_qti(write_qti(QUIZ, content))
    (question,) = imported.questions
    kept = replace(WHALE, url=NAMED)
    right, wrong = QUIZ.questions[0].options
    options = (right, replace(wrong, feedback=(kept,)))
    assert question == replace(asking(kept, FAR), options=options)
    page = page_of(imported, Slug("sea/whales"))
    assert f'![A whale]({NAMED} "Large")' in page.text
    assert page.files == {NAMED: PNG}
    again = read_qti(write_qti(Quiz(Slug("a"), "A", (question,)), lambda _: PNG))
    assert again.questions[0].prompt == question.prompt


@pytest.mark.parametrize("form", ["csv", "gift", "json"])
def test_a_text_names_the_paths_and_a_page_finds_them_from_its_folder(
    tmp_path: Path, form: str
) -> None:
    imported = READERS[form](WRITERS[form](QUIZ, content))
    (question,) = imported.questions
    assert question.prompt[1:] == (replace(WHALE, digest=""), FAR)
    (tmp_path / "docker").mkdir()
    (tmp_path / "docker" / "my whale.png").write_bytes(PNG)
    for slug in ("top", "docker/again", "git/deep/page"):
        path = tmp_path / f"{slug}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page_of(imported, Slug(slug)).text, "utf-8")
        (quiz,) = read_bank([tmp_path]).catalogue
        path.unlink()
        assert quiz.questions[0].prompt == QUIZ.questions[0].prompt


def test_addresses_count_from_where_they_are_read() -> None:
    assert from_bank(WHALE) == "docker/my%20whale.png"
    assert from_folder(WHALE, "docker") == "my%20whale.png"
    assert from_folder(WHALE, "") == "docker/my%20whale.png"
    assert from_folder(FAR, "docker") == from_bank(FAR) == FAR.url


@pytest.mark.parametrize(
    ("target", "beside", "found"),
    [
        ("../media/a%20b.png", "items/q/item.xml", False),
        ("../media/a%20b.png", "items/item.xml", True),
        ("../../../etc/passwd", "items/item.xml", False),
        ("no.svg", "item.xml", False),
        ("lie.png", "item.xml", False),
    ],
)
def test_only_images_within_the_archive_are_found(
    target: str, beside: str, *, found: bool
) -> None:
    images = Unpacked({"media/a b.png": PNG, "no.svg": b"<svg/>", "lie.png": b"MZ"})
    images.find(target, beside)
    assert images.kept == ({f"images/a-b-{DIGEST[:8]}.png": PNG} if found else {})


def test_a_kept_image_has_a_harmless_name_whatever_it_was_called() -> None:
    images = Unpacked({"..\u2028<x>.png": PNG, "é.GIF": GIF})
    images.find("..\u2028<x>.png", "item.xml")
    images.find("%C3%A9.GIF", "item.xml")
    assert list(images.kept) == [
        f"images/x-{DIGEST[:8]}.png",
        f"images/{hashlib.sha256(GIF).hexdigest()[:8]}.gif",
    ]


def test_images_of_questions_that_are_left_out_are_not_written() -> None:
    imported = read_qti(write_qti(QUIZ, content))
    (question,) = imported.questions
    empty = replace(question, options=(replace(question.options[0], correct=False),))
    page = page_of(replace(imported, questions=(empty,)), Slug("a/b"))
    assert (page.questions, page.files) == (0, {})


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        ('<p>Look:<br><img src="https://a.test/x.png" alt="x"></p>', (*prose("Look:"), "x")),
        ('<img src="https://a.test/x.png" alt="x"> after', prose("x after")),
        ('<p><img src="@@PLUGINFILE@@/x.png" alt="a net"></p>', prose("a net")),
        ('<p><img src="javascript:alert(1)" alt=""></p>', ()),
    ],
)
def test_an_image_of_html_that_has_its_line_for_itself_is_shown(
    html: str, blocks: tuple[object, ...]
) -> None:
    shown = Image("https://a.test/x.png", "x")
    assert prose_of_html(html) == tuple(shown if block == "x" else block for block in blocks)


def test_footnotes_of_a_text_are_read_as_in_the_bank() -> None:
    assert prose_of("It is old.[^age]\n\n[^age]: Since 2009.") == (
        Paragraph((Span("It is old.¹"),)),
        Notes((Note(1, (Span("Since 2009."),)),)),
    )
    assert prose_of("[a-z][^0-9]") == prose("[a-z][^0-9]")


def test_what_looks_like_notes_but_has_no_numbers_is_numbered() -> None:
    html = '<div class="notes"><p>one</p><p>⁷ two</p></div>'
    assert prose_of_html(html) == (Notes((Note(1, (Span("one"),)), Note(7, (Span("two"),)))),)
