"""QTI 2.1: a package of one file for each question, a test that has them in order, a manifest.

After "IMS Question and Test Interoperability Information Model", version 2.1 final.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import partial
from itertools import count
from typing import Final, TypeAlias
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from bot.exchange.images import FOLDER, Address, ReadImage, files_of, is_file, no_image
from bot.exchange.xhtml import as_it_is, clean, elements
from bot.quiz.prose import Image, Prose
from bot.quiz.question import LETTERS, Kind, Option, Question, Quiz

QTI: Final = "http://www.imsglobal.org/xsd/imsqti_v2p1"
PACKAGE: Final = "http://www.imsglobal.org/xsd/imscp_v1p1"
TOOL: Final = "quizbot"
RESPONSE: Final = "RESPONSE"
FEEDBACK: Final = "FEEDBACK"
SOLUTION: Final = "SOLUTION"
HINT: Final = "HINT"
MOST_TITLE: Final = 100
_MOMENT: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest that an archive can say: the same page gives the same bytes at any time."""


def write_qti(quiz: Quiz, read_image: ReadImage = no_image) -> bytes:
    """A content package as a ZIP archive, with the images that can be read."""
    names = [f"items/{item_identifier(question)}.xml" for question in quiz]
    packed = _packed(quiz, read_image)
    address = partial(_address, packed=packed)
    files = {
        "imsmanifest.xml": _bytes(_manifest(quiz, names, packed)),
        "test.xml": _bytes(_test(quiz, names)),
        **{name: _bytes(item(each, address)) for name, each in zip(names, quiz, strict=True)},
        **{_place(name): content for name, content in packed.values()},
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, _MOMENT), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


Packed: TypeAlias = Mapping[str, tuple[str, bytes]]
"""The images of a package: their names and contents by the paths that questions know."""


def _packed(quiz: Quiz, read_image: ReadImage) -> Packed:
    packed: dict[str, tuple[str, bytes]] = {}
    for image in (each for question in quiz for each in files_of(question)):
        content = None if image.url in packed else read_image(image)
        if content is not None:
            taken = {name for name, _ in packed.values()}
            packed[image.url] = (_free(image.url, taken), content)
    return packed


def _free(path: str, taken: Collection[str]) -> str:
    stem, ending = posixpath.splitext(re.sub(r"[^A-Za-z0-9._-]", "-", posixpath.basename(path)))
    names = (f"{stem}{f'-{i}' if i else ''}{ending.lower()}" for i in count())
    return next(name for name in names if name not in taken)


def _place(name: str) -> str:
    return f"{FOLDER}/{name}"


def _address(image: Image, packed: Packed) -> str:
    if not is_file(image):
        return image.url
    return f"../{_place(packed[image.url][0])}" if image.url in packed else ""


def _bytes(root: Element) -> bytes:
    text: str = tostring(root, "unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def item_identifier(question: Question) -> str:
    """Begins with a letter, as an identifier must."""
    return f"q-{question.id}"


def item(question: Question, address: Address = as_it_is) -> Element:
    """One assessment item. `label` carries what QTI has no place for: level and day of check."""
    more = {
        "level": "-".join(question.level.split()),
        "checked": question.checked.isoformat() if question.checked else "",
    }
    label = " ".join(f"{name}={value}" for name, value in more.items() if value)
    root = Element(
        "assessmentItem",
        {
            "xmlns": QTI,
            "identifier": item_identifier(question),
            "title": _title(question.stem),
            **({"label": clean(label)} if label else {}),
            "adaptive": "false",
            "timeDependent": "false",
            "toolName": TOOL,
            "toolVersion": "1",
        },
    )
    root.extend(_declarations(question))
    _body(SubElement(root, "itemBody"), question, address)
    _processing(SubElement(root, "responseProcessing"), question)
    root.extend(_notes(question, address))
    return root


def _title(stem: str) -> str:
    words = " ".join(clean(stem).split())
    return words if len(words) <= MOST_TITLE else f"{words[: MOST_TITLE - 1]}…"


def _declarations(question: Question) -> Iterator[Element]:
    if question.kind is Kind.BLANK:
        for name, blank in zip(_gap_names(question), question.blanks, strict=True):
            yield _typed(name, blank.answers)
    else:
        cardinality = "single" if question.kind is Kind.SINGLE else "multiple"
        declared = _declared("responseDeclaration", RESPONSE, cardinality, "identifier")
        _values(SubElement(declared, "correctResponse"), (LETTERS[i] for i in question.key))
        yield declared
        yield _declared("outcomeDeclaration", FEEDBACK, cardinality, "identifier")
    yield _number("SCORE", 0)
    yield _number("MAXSCORE", question.points)
    yield _declared("outcomeDeclaration", SOLUTION, "single", "identifier")
    if question.hint:
        yield _declared("outcomeDeclaration", HINT, "single", "identifier")


def _declared(tag: str, name: str, cardinality: str, kind: str) -> Element:
    return Element(tag, {"identifier": name, "cardinality": cardinality, "baseType": kind})


def _number(name: str, value: int) -> Element:
    declared = _declared("outcomeDeclaration", name, "single", "float")
    _values(SubElement(declared, "defaultValue"), [str(value)])
    return declared


def _values(parent: Element, values: Iterable[str]) -> None:
    for value in sorted(values):
        SubElement(parent, "value").text = clean(value)


def _gap_names(question: Question) -> list[str]:
    return [f"{RESPONSE}_{i + 1}" for i in range(len(question.blanks))]


def _typed(name: str, answers: tuple[str, ...]) -> Element:
    """The author's favourite is the correct response, every answer has its entry."""
    declared = _declared("responseDeclaration", name, "single", "string")
    _values(SubElement(declared, "correctResponse"), answers[:1])
    mapping = SubElement(declared, "mapping", {"defaultValue": "0"})
    for answer in answers:
        SubElement(
            mapping,
            "mapEntry",
            {"mapKey": clean(answer), "mappedValue": "1", "caseSensitive": "false"},
        )
    return declared


def _body(body: Element, question: Question, address: Address) -> None:
    gaps = (
        Element("textEntryInteraction", {"responseIdentifier": name, "expectedLength": "30"})
        for name in _gap_names(question)
    )
    body.extend(elements(question.prompt, gaps, address))
    if question.options:
        most = "1" if question.kind is Kind.SINGLE else "0"
        choice = SubElement(
            body,
            "choiceInteraction",
            {"responseIdentifier": RESPONSE, "shuffle": "true", "maxChoices": most},
        )
        for letter, option in zip(LETTERS, question.options, strict=False):
            _choice(choice, letter, option, address)


def _choice(parent: Element, letter: str, option: Option, address: Address) -> None:
    choice = SubElement(parent, "simpleChoice", {"identifier": letter})
    choice.extend(elements(option.text, address=address))
    if option.feedback:
        shown = {"outcomeIdentifier": FEEDBACK, "identifier": letter, "showHide": "show"}
        noted = SubElement(choice, "feedbackBlock", shown)
        noted.extend(elements(option.feedback, address=address))


def _processing(parent: Element, question: Question) -> None:
    """All or nothing: the score of the item is its points, when everything in it is right."""
    condition = SubElement(parent, "responseCondition")
    when = SubElement(condition, "responseIf")
    if question.kind is Kind.BLANK:
        every = SubElement(when, "and")
        for name in _gap_names(question):
            compared = SubElement(every, "gt")
            SubElement(compared, "mapResponse", {"identifier": name})
            _constant(compared, "float", "0")
    else:
        match = SubElement(when, "match")
        SubElement(match, "variable", {"identifier": RESPONSE})
        SubElement(match, "correct", {"identifier": RESPONSE})
    _set(when, "SCORE", "float", str(question.points))
    if question.kind is not Kind.BLANK:
        shown = SubElement(parent, "setOutcomeValue", {"identifier": FEEDBACK})
        SubElement(shown, "variable", {"identifier": RESPONSE})
    _set(parent, SOLUTION, "identifier", "solution")


def _set(parent: Element, name: str, kind: str, value: str) -> None:
    _constant(SubElement(parent, "setOutcomeValue", {"identifier": name}), kind, value)


def _constant(parent: Element, kind: str, value: str) -> None:
    SubElement(parent, "baseValue", {"baseType": kind}).text = value


def _notes(question: Question, address: Address) -> Iterator[Element]:
    for outcome, name, text in (
        (SOLUTION, "solution", question.explanation),
        (HINT, "hint", question.hint),
    ):
        if text:
            yield _note(outcome, name, text, address)


def _note(outcome: str, name: str, text: Prose, address: Address) -> Element:
    note = Element(
        "modalFeedback", {"outcomeIdentifier": outcome, "identifier": name, "showHide": "show"}
    )
    note.extend(elements(text, address=address))
    return note


def _test(quiz: Quiz, names: list[str]) -> Element:
    root = Element(
        "assessmentTest",
        {
            "xmlns": QTI,
            "identifier": "test",
            "title": clean(quiz.title),
            "toolName": TOOL,
            "toolVersion": "1",
        },
    )
    part = SubElement(
        root,
        "testPart",
        {"identifier": "part", "navigationMode": "linear", "submissionMode": "individual"},
    )
    section = SubElement(
        part,
        "assessmentSection",
        {"identifier": "section", "title": "Questions", "visible": "true"},
    )
    for name, question in zip(names, quiz, strict=True):
        SubElement(
            section, "assessmentItemRef", {"identifier": item_identifier(question), "href": name}
        )
    indent(root)
    return root


def _manifest(quiz: Quiz, names: list[str], packed: Packed) -> Element:
    root = Element("manifest", {"xmlns": PACKAGE, "identifier": "manifest"})
    metadata = SubElement(root, "metadata")
    SubElement(metadata, "schema").text = "QTIv2.1 Package"
    SubElement(metadata, "schemaversion").text = "1.0.0"
    SubElement(root, "organizations")
    resources = SubElement(root, "resources")
    identifiers = [item_identifier(question) for question in quiz]
    test = _resource(resources, "test", "imsqti_test_xmlv2p1", "test.xml")
    for identifier in identifiers:
        SubElement(test, "dependency", {"identifierref": identifier})
    for question, name in zip(quiz, names, strict=True):
        one = _resource(resources, item_identifier(question), "imsqti_item_xmlv2p1", name)
        shown = dict.fromkeys(image.url for image in files_of(question))
        for url in (url for url in shown if url in packed):
            SubElement(one, "file", {"href": _place(packed[url][0])})
    indent(root)
    return root


def _resource(parent: Element, identifier: str, kind: str, name: str) -> Element:
    resource = SubElement(
        parent, "resource", {"identifier": identifier, "type": kind, "href": name}
    )
    SubElement(resource, "file", {"href": name})
    return resource
