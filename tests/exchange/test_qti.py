"""QTI: what we write fits the standard's tables, and what others write is understood."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from xmlschema import XMLSchema

from bot.bank.files import read_bank
from bot.exchange.pieces import Refusal
from bot.exchange.qti_read import read_qti
from bot.exchange.qti_write import write_qti
from bot.exchange.safe_files import unpacked
from bot.quiz.prose import plain
from bot.quiz.question import Quiz
from bot.settings import default_content
from tests.exchange.test_hostile import archive
from tests.exchange.test_round_trip import pages

SCHEMA = XMLSchema(Path(__file__).parent / "qti.xsd")

CHOICE_2 = """\
<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2" identifier="sky" title="Sky"
  adaptive="false" timeDependent="false">
  <responseDeclaration identifier="R" cardinality="single" baseType="identifier">
    <correctResponse><value> B </value></correctResponse>
  </responseDeclaration>
  <itemBody>
    <rubricBlock view="scorer"><p>For teachers only.</p></rubricBlock>
    <p>Look   up.</p>
    <choiceInteraction responseIdentifier="R" shuffle="false" maxChoices="1">
      <prompt>What <strong>colour</strong> is it?</prompt>
      <simpleChoice identifier="A">Green<feedbackInline outcomeIdentifier="F" identifier="A"
        showHide="show">That is the grass.</feedbackInline></simpleChoice>
      <simpleChoice identifier="B"><p>Blue</p></simpleChoice>
    </choiceInteraction>
  </itemBody>
  <modalFeedback outcomeIdentifier="F" identifier="x" showHide="show">It scatters.</modalFeedback>
</assessmentItem>"""

CHOICE_3 = """\
<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="primes"
  title="Primes" adaptive="false" time-dependent="false">
  <qti-response-declaration identifier="R" cardinality="multiple" base-type="identifier">
    <qti-mapping default-value="0">
      <qti-map-entry map-key="two" mapped-value="1"/>
      <qti-map-entry map-key="three" mapped-value="1"/>
      <qti-map-entry map-key="four" mapped-value="-1"/>
    </qti-mapping>
  </qti-response-declaration>
  <qti-item-body>
    <qti-choice-interaction response-identifier="R" max-choices="0">
      <qti-prompt>Which are primes?</qti-prompt>
      <qti-simple-choice identifier="two">2</qti-simple-choice>
      <qti-simple-choice identifier="three">3</qti-simple-choice>
      <qti-simple-choice identifier="four">4</qti-simple-choice>
    </qti-choice-interaction>
  </qti-item-body>
  <qti-modal-feedback outcome-identifier="F" identifier="x" show-hide="show">
    <qti-content-body><p>Four is two times two.</p></qti-content-body>
  </qti-modal-feedback>
</qti-assessment-item>"""

ENTRY_3 = """\
<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="1port">
  <qti-response-declaration identifier="R" cardinality="single" base-type="string">
    <qti-correct-response><qti-value>80</qti-value></qti-correct-response>
    <qti-mapping><qti-map-entry map-key="http" mapped-value="0.5"/>
      <qti-map-entry map-key="443" mapped-value="0"/></qti-mapping>
  </qti-response-declaration>
  <qti-item-body><p>HTTP listens on <qti-text-entry-interaction response-identifier="R"/> by
    default.</p></qti-item-body>
</qti-assessment-item>"""


def item(body: str, declared: str = "") -> bytes:
    return f"<assessmentItem identifier='x'>{declared}{body}</assessmentItem>".encode()


def check_package(quiz: Quiz) -> None:
    files = unpacked(write_qti(quiz))
    assert list(files)[:2] == ["imsmanifest.xml", "test.xml"]
    for name, content in files.items():
        if name != "imsmanifest.xml":
            SCHEMA.validate(content.decode())


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=40)
@given(pages())
def test_whatever_is_written_fits_the_tables_of_the_standard(quiz: Quiz) -> None:
    check_package(quiz)


def test_the_starter_bank_fits_them_too() -> None:
    for quiz in read_bank([default_content()]).catalogue:
        check_package(quiz)


def test_a_choice_of_version_2_is_read() -> None:
    (question,) = read_qti(CHOICE_2.encode()).questions
    assert plain(question.prompt) == "Look up.\nWhat colour is it?"
    assert [plain(option.text) for option in question.options] == ["Green", "Blue"]
    assert plain(question.options[0].feedback) == "That is the grass."
    assert (question.id, plain(question.explanation)) == ("sky", "It scatters.")
    assert question.key == {1}


def test_a_choice_of_version_3_is_read() -> None:
    (question,) = read_qti(CHOICE_3.encode()).questions
    assert plain(question.prompt) == "Which are primes?"
    assert question.key == {0, 1}
    assert plain(question.explanation) == "Four is two times two."


def test_words_to_type_of_version_3_are_read() -> None:
    (question,) = read_qti(ENTRY_3.encode()).questions
    assert plain(question.prompt) == "HTTP listens on ____ by default."
    assert question.blanks[0].answers == ("80", "http")


def test_a_package_is_read_in_the_order_of_its_manifest() -> None:
    manifest = (
        b"<manifest><resources><resource href='z.xml'/><resource href='./a/b.xml'/>"
        b"</resources></manifest>"
    )
    test = b"<assessmentTest title='Both'/>"
    files = {"imsmanifest.xml": manifest, "a/b.xml": CHOICE_3.encode(), "z.xml": CHOICE_2.encode()}
    imported = read_qti(archive({**files, "t.xml": test, "note.txt": b"\xff"}))
    assert [question.id for question in imported.questions] == ["sky", "primes"]
    assert imported.title == "Both"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (item("<p>x</p>"), "it has no body"),
        (item("<itemBody><p>x</p></itemBody>"), "no interaction"),
        (item("<itemBody><p><orderInteraction/></p></itemBody>"), "orderInteraction"),
        (
            item("<itemBody><choiceInteraction responseIdentifier='R'/></itemBody>"),
            "nothing declares the response R",
        ),
        (
            item(
                "<itemBody><choiceInteraction responseIdentifier='R'>"
                "<simpleChoice identifier='A'>x</simpleChoice></choiceInteraction></itemBody>",
                "<responseDeclaration identifier='R'/>",
            ),
            "which choice is right",
        ),
        (
            item(
                "<itemBody><p><textEntryInteraction responseIdentifier='R'/></p></itemBody>",
                "<responseDeclaration identifier='R'/>",
            ),
            "what belongs into a gap",
        ),
        (
            item(
                "<itemBody><p><textEntryInteraction responseIdentifier='R'/></p></itemBody>",
                "<responseDeclaration identifier='R'><mapping><mapEntry mapKey='a' "
                "mappedValue='x'/></mapping></responseDeclaration>",
            ),
            "no number",
        ),
    ],
)
def test_an_item_that_cannot_be_asked_says_why(content: bytes, why: str) -> None:
    imported = read_qti(content)
    assert imported.questions == ()
    (left_out,) = imported.left_out
    assert why in left_out.why


def test_other_xml_is_refused() -> None:
    with pytest.raises(Refusal, match="no QTI items"):
        read_qti(b"<html/>")


def test_a_package_in_a_folder_with_what_a_mac_adds_is_read() -> None:
    resources = b"<resource href='q/z.xml'/><resource href='q/a.xml'/>"
    manifest = b"<manifest><resources>" + resources + b"</resources></manifest>"
    files = {
        "Course/imsmanifest.xml": manifest,
        "Course/q/a.xml": CHOICE_3.encode(),
        "Course/q/z.xml": CHOICE_2.encode(),
        "__MACOSX/Course/q/._a.xml": b"\0\5",
        "Course/q/._z.xml": b"\0\5",
    }
    imported = read_qti(archive(files))
    assert [question.id for question in imported.questions] == ["sky", "primes"]
