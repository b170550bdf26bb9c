"""QTI 2.1 to 3.0: choices and words to fill in, from a package or from a single item."""

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import PurePosixPath
from typing import Final, TypeAlias
from xml.etree.ElementTree import Element

from bot.bank.pictures import Find, not_looked_for
from bot.bank.spans import GAP
from bot.exchange.html_prose import prose_of_tree
from bot.exchange.images import Unpacked
from bot.exchange.pieces import Imported, LeftOut, Refusal, Unusable
from bot.exchange.qti_write import HINT, TOOL
from bot.exchange.safe_files import unpacked, xml_of
from bot.quiz.prose import Prose
from bot.quiz.question import Blank, Option, Question, QuestionId

CHOICE: Final = "choiceInteraction"
ENTRY: Final = "textEntryInteraction"
MANIFEST: Final = "imsmanifest.xml"
_ID: Final = re.compile(r"[A-Za-z0-9._-]{1,64}")
_FEEDBACKS: Final = frozenset({"feedbackInline", "feedbackBlock"})
_LATER: Final = re.compile(r"-([a-z])")

Read: TypeAlias = Callable[[Element], Prose]
"""Reads the text of an element."""


def read_qti(content: bytes) -> Imported:
    """Read an archive with items, in the order of its manifest, or one item. Raises Refusal."""
    if not content.startswith(b"PK"):
        return _imported({"the file": content}, Unpacked({}))
    everything = {n: each for n, each in unpacked(content).items() if not _is_of_a_mac(n)}
    files = {name: each for name, each in everything.items() if name.endswith(".xml")}
    manifests = sorted((n for n in files if posixpath.basename(n) == MANIFEST), key=len)
    order = [path for name in manifests[:1] for path in _order(name, files[name])]
    places = {name: place for place, name in reversed(list(enumerate(order)))}
    names = sorted(files.keys() - set(manifests), key=lambda n: (places.get(n, len(places)), n))
    return _imported({name: files[name] for name in names}, Unpacked(everything))


def _is_of_a_mac(name: str) -> bool:
    """What the Finder puts beside the files that it packs; it only looks like them."""
    path = PurePosixPath(name)
    return "__MACOSX" in path.parts or path.name.startswith("._")


def _order(name: str, manifest: bytes) -> list[str]:
    """The files of a package, which are named from the folder of its manifest on."""
    resources = (each for each in _plain(xml_of(manifest)).iter("resource"))
    folder = posixpath.dirname(name)
    return [posixpath.normpath(posixpath.join(folder, each.get("href", ""))) for each in resources]


def _imported(files: Mapping[str, bytes], images: Unpacked) -> Imported:
    questions: list[Question] = []
    left_out: list[LeftOut] = []
    title = ""
    for name, content in files.items():
        root = _plain(xml_of(content))
        if root.tag == "assessmentTest":
            title = title or root.get("title", "")
        elif root.tag == "assessmentItem":
            try:
                questions.append(_question(root, partial(images.find, beside=name)))
            except Unusable as error:
                left_out.append(LeftOut(name, str(error)))
    if not questions and not left_out:
        raise Refusal("it holds no QTI items")
    return Imported(tuple(questions), tuple(left_out), title, files=images.kept)


def _plain(root: Element) -> Element:
    """Give every element the name of version 2, without its namespace: `qti-item-body` too."""
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        name = element.tag.rpartition("}")[2]
        element.tag = _older(name.removeprefix("qti-")) if name.startswith("qti-") else name
        for attribute in [name for name in element.attrib if "-" in name]:
            element.set(_older(attribute), element.attrib.pop(attribute))
    return root


def _older(name: str) -> str:
    return _LATER.sub(lambda found: found[1].upper(), name)


def _question(root: Element, find: Find = not_looked_for) -> Question:
    body = root.find("itemBody")
    if body is None:
        raise Unusable("it has no body")
    ours = root.get("toolName") == TOOL
    read: Read = partial(prose_of_tree, exact=ours, find=find)
    explanation, hint = _notes(root, read)
    question = Question(_id(root, ours=ours), (), explanation=explanation, hint=hint)
    question = _with_label(question, root) if ours else question
    found = [each for each in body.iter() if each.tag.endswith("Interaction")]
    if len(found) == 1 and found[0].tag == CHOICE:
        return _choosing(question, root, body, found[0], read)
    if found and all(each.tag == ENTRY for each in found):
        return _filling(question, root, body, found, read)
    kinds = ", ".join(sorted({each.tag for each in found})) or "no interaction"
    raise Unusable(f"it has {kinds}, which cannot be asked here")


def _id(root: Element, *, ours: bool) -> QuestionId:
    identifier = root.get("identifier", "")
    own = identifier.removeprefix("q-") if ours else identifier
    return QuestionId(own if _ID.fullmatch(own) else "")


def _with_label(question: Question, root: Element) -> Question:
    """Take over what an item of this bot says of level, points and the day of its check."""
    pairs = (word.partition("=") for word in root.get("label", "").split())
    label = {name: value for name, _, value in pairs}
    highest = root.find("outcomeDeclaration[@identifier='MAXSCORE']/defaultValue/value")
    points = (highest.text or "") if highest is not None else ""
    try:
        checked = date.fromisoformat(label["checked"]) if "checked" in label else None
    except ValueError:
        checked = None
    return replace(
        question,
        points=int(points) if re.fullmatch(r"[0-9]{1,3}", points) else 1,
        level=label.get("level", ""),
        checked=checked,
    )


def _notes(root: Element, read: Read) -> tuple[Prose, Prose]:
    explanation: Prose = ()
    hint: Prose = ()
    for note in root.findall("modalFeedback"):
        text = read(note)
        if note.get("outcomeIdentifier") == HINT:
            hint += text
        else:
            explanation += text
    return explanation, hint


def _choosing(
    question: Question, root: Element, body: Element, choice: Element, read: Read
) -> Question:
    right = set(_right(_declaration(root, choice)))
    options = [_option(each, right, read) for each in choice.iter("simpleChoice")]
    if not any(option.correct for option in options):
        raise Unusable("it does not say which choice is right")
    prompt = choice.find("prompt")
    asked = read(prompt) if prompt is not None else ()
    _take_out(body, {CHOICE, "rubricBlock", *_FEEDBACKS})
    return replace(question, prompt=(*read(body), *asked), options=tuple(options))


def _option(choice: Element, right: set[str], read: Read) -> Option:
    feedback: Prose = ()
    for note in [each for each in choice if each.tag in _FEEDBACKS]:
        feedback += read(note)
    _take_out(choice, _FEEDBACKS)
    return Option(read(choice), choice.get("identifier", "") in right, feedback)


def _filling(
    question: Question, root: Element, body: Element, entries: Iterable[Element], read: Read
) -> Question:
    blanks = tuple(Blank(_answers(_declaration(root, entry))) for entry in entries)
    if not all(blank.answers for blank in blanks):
        raise Unusable("it does not say what belongs into a gap")
    for entry in entries:
        entry.tag, entry.text = "span", GAP
        entry.attrib.clear()
    _take_out(body, {"rubricBlock", *_FEEDBACKS})
    return replace(question, prompt=read(body), blanks=blanks)


def _declaration(root: Element, interaction: Element) -> Element:
    name = interaction.get("responseIdentifier", "")
    for each in root.findall("responseDeclaration"):
        if each.get("identifier") == name:
            return each
    raise Unusable(f"nothing declares the response {name[:40]}")


def _right(declaration: Element) -> Iterator[str]:
    correct = [each.text or "" for each in declaration.findall("correctResponse/value")]
    yield from (value.strip() for value in correct)
    if not correct:
        yield from (key for key, worth in _mapped(declaration) if worth > 0)


def _answers(declaration: Element) -> tuple[str, ...]:
    mapped = (key for key, worth in _mapped(declaration) if worth > 0)
    correct = (each.text or "" for each in declaration.findall("correctResponse/value"))
    return tuple(dict.fromkeys(filter(None, (text.strip() for text in (*correct, *mapped)))))


def _mapped(declaration: Element) -> Iterator[tuple[str, float]]:
    for entry in declaration.iter("mapEntry"):
        try:
            yield entry.get("mapKey", ""), float(entry.get("mappedValue", "0"))
        except ValueError as error:
            raise Unusable("a mapped value is no number") from error


def _take_out(parent: Element, tags: Iterable[str]) -> None:
    """Remove elements wherever they stand, but leave the text behind them."""
    unwanted = frozenset(tags)
    for element in list(parent.iter()):
        for child in [each for each in element if each.tag in unwanted]:
            _keep_tail(element, child)
            element.remove(child)


def _keep_tail(parent: Element, child: Element) -> None:
    at = list(parent).index(child)
    if at:
        parent[at - 1].tail = (parent[at - 1].tail or "") + (child.tail or "")
    else:
        parent.text = (parent.text or "") + (child.tail or "")
