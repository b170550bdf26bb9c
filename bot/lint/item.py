"""What makes one question a good one: a small check for each house rule about an item.

Most follow T. M. Haladyna, S. M. Downing and M. C. Rodriguez, "A review of multiple-choice
item-writing guidelines for classroom assessment", Applied Measurement in Education 15, 2002.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias

from bot.lint.limits import Limits
from bot.lint.source import Source
from bot.lint.words import content_words, reading_grade, sentences, text_of, words
from bot.quiz.order import keeps_its_place
from bot.quiz.prose import Heading, Listing, Paragraph, Prose, Quote, Span, Table, plain
from bot.quiz.question import Kind, Option, Question

_NONE: Final = re.compile(r"(?:none|neither)\b", re.IGNORECASE)
_NEGATION: Final = re.compile(
    r"\b(?:which|what|who|where|all|each)\b"
    r"(?:(?!\b(?:that|who|whose|where|when|if|because|although|while|so|and|but|since|after|before"
    r"|without)\b).)*?"
    r"(?P<word>\bnot\b|\w+n['\u2019]t\b|\bcannot\b|\bexcept\b|\bnever\b|\bleast likely\b)",
    re.IGNORECASE | re.DOTALL,
)
_ARTICLE_AT_END: Final = re.compile(r"\b(?P<article>an?)[\s_:.…]*$", re.IGNORECASE)
_SENTENCE_END: Final = re.compile(r"(?<=[.!?:])\s+|\n")
_MAY_BE_A_VALUE: Final = frozenset({"all", "any", "each", "most", "none", "some", "two"})
_VOWEL: Final = frozenset("aeiou")


@dataclass(frozen=True, slots=True)
class Item:
    """A question, and how it stands in its file."""

    question: Question
    source: Source
    today: date


@dataclass(frozen=True, slots=True)
class Found:
    """What is the matter; `line` is 0 for the question as a whole."""

    what: str
    line: int = 0


Check: TypeAlias = Callable[[Item, Limits], Iterator[Found]]


def a_right_option_like_the_others(item: Item, limits: Limits) -> Iterator[Found]:
    if item.question.kind is not Kind.SINGLE:
        return
    lengths = _lengths(item.question)
    (right,) = item.question.key
    longest_wrong = max(length for at, length in enumerate(lengths) if at != right)
    limit = limits.long_right_option
    long = lengths[right] >= limit.least_characters
    if long and lengths[right] >= limit.most_times * longest_wrong:
        what = f"The right option has {lengths[right]} characters, no other more than "
        yield Found(f"{what}{longest_wrong}.", item.source.option_line(right))


def even_options(item: Item, limits: Limits) -> Iterator[Found]:
    lengths = _lengths(item.question)
    limit = limits.uneven_options
    if not lengths or max(lengths) < limit.least_characters:
        return
    if max(lengths) >= limit.most_times * max(min(lengths), 1):
        at = lengths.index(max(lengths))
        what = f"This option has {max(lengths)} characters, the shortest one {min(lengths)}."
        yield Found(what, item.source.option_line(at))


def no_echo_of_the_stem(item: Item, limits: Limits) -> Iterator[Found]:
    """A word of the stem in one option alone; code does not count, as it must be exact."""
    asked = content_words(text_of(item.question.prompt))
    said = [content_words(text_of(option.text)) for option in item.question.options]
    for at, option in enumerate(item.question.options):
        if not (option.correct or limits.echoed_word.wrong):
            continue
        others = {stem for other, stems in enumerate(said) if other != at for stem in stems}
        alone = [word for stem, word in said[at].items() if stem in asked and stem not in others]
        if alone:
            what = f'Of all options only this one says "{alone[0]}", as the question does.'
            yield Found(what, item.source.option_line(at))


def no_giveaway_by_absolutes(item: Item, limits: Limits) -> Iterator[Found]:
    """Told only where no right option has such a word, since then it shows what is wrong."""
    telling = {word.lower() for word in limits.absolute_word.words}
    found = [telling.intersection(words(text_of(o.text))) for o in item.question.options]
    if any(found[at] for at in item.question.key):
        return
    for at, absolutes in enumerate(found):
        for word in sorted(absolutes):
            what = f'Of a wrong option the word "{word}" says that it is wrong.'
            yield Found(what, item.source.option_line(at))


def an_article_that_fits_all(item: Item, _: Limits) -> Iterator[Found]:
    """The stem ends with "a" or "an", and not all options could follow."""
    end = _ARTICLE_AT_END.search(text_of(item.question.prompt))
    if not end:
        return
    wants_vowel = end["article"].lower() == "an"
    firsts = [plain(option.text).strip()[:1].lower() in _VOWEL for option in item.question.options]
    if len(set(firsts)) > 1:
        fitting = sum(first is wants_vowel for first in firsts)
        what = f'The question ends with "{end["article"]}", which fits {fitting} of '
        yield Found(f"{what}{len(firsts)} options.")


def no_all_of_the_above(item: Item, _: Limits) -> Iterator[Found]:
    for at, text in _about_others(item.question):
        if not _NONE.match(text):
            yield Found("This option speaks about the others.", item.source.option_line(at))


def no_none_of_the_above(item: Item, _: Limits) -> Iterator[Found]:
    for at, text in _about_others(item.question):
        if _NONE.match(text):
            yield Found("This option speaks about the others.", item.source.option_line(at))


def enough_options(item: Item, limits: Limits) -> Iterator[Found]:
    count = len(item.question.options)
    if 0 < count < limits.few_options.least:
        yield Found(f"There are {count} options.")


def a_marked_negation(item: Item, _: Limits) -> Iterator[Found]:
    """A question that asks for what is not so; a "not" within what it tells is fine."""
    calm = text_of(item.question.prompt, emphasised=False)
    *before, last = _SENTENCE_END.split(calm)
    for sentence in (*(each for each in before if each.endswith(("?", ":"))), last):
        found = _NEGATION.search(sentence)
        if found and not found["word"].isupper():
            yield Found(f'The word "{found["word"]}" is easily missed.')
            return


def an_easy_text(item: Item, limits: Limits) -> Iterator[Found]:
    text = text_of(item.question.prompt)
    limit = limits.hard_to_read
    grade = reading_grade([text])
    if len(words(text)) >= limit.least_words and grade > limit.most_grade:
        count = len(words(text)) / len(sentences(text))
        what = f"The question reads like grade {grade:.0f}, with {count:.0f} words in a sentence."
        yield Found(what)


def a_short_stem(item: Item, limits: Limits) -> Iterator[Found]:
    count = len(words(text_of(item.question.prompt)))
    if count > limits.long_stem.most_words:
        yield Found(f"The question has {count} words.")


def short_options(item: Item, limits: Limits) -> Iterator[Found]:
    for at, option in enumerate(item.question.options):
        count = len(words(text_of(option.text)))
        if count > limits.long_option.most_words:
            yield Found(f"This option has {count} words.", item.source.option_line(at))


def a_lasting_id(item: Item, _: Limits) -> Iterator[Found]:
    if "id" not in item.source.attributes:
        yield Found("This question is known by its words alone.")


def boxes_in_one_style(item: Item, _: Limits) -> Iterator[Found]:
    for box in item.source.boxes:
        if not box.is_tidy:
            yield Found("This box is written in an unusual way.", box.line)


def an_explanation(item: Item, _: Limits) -> Iterator[Found]:
    if not plain(item.question.explanation).strip():
        yield Found("The question has no explanation.")


def a_source(item: Item, _: Limits) -> Iterator[Found]:
    if not has_source(item.question):
        yield Found("The explanation names no source.")


def feedback_on_a_wrong_option(item: Item, _: Limits) -> Iterator[Found]:
    if item.question.options and not has_feedback(item.question):
        yield Found("No wrong option has a feedback of its own.")


def a_day_of_checking(item: Item, _: Limits) -> Iterator[Found]:
    if not item.question.checked:
        yield Found("Nobody says when this was last true.")


def a_recent_check(item: Item, limits: Limits) -> Iterator[Found]:
    checked = item.question.checked
    age = (item.today - checked).days if checked else 0
    if age < 0:
        yield Found(f"It was checked on {checked}, which is still to come.")
    elif age > limits.stale_check.most_days:
        yield Found(f"It was last checked on {checked}, {age} days ago.")


CHECKS: Final[Mapping[str, Check]] = {
    "absolute-word": no_giveaway_by_absolutes,
    "all-of-the-above": no_all_of_the_above,
    "echoed-word": no_echo_of_the_stem,
    "few-options": enough_options,
    "grammar-clue": an_article_that_fits_all,
    "hard-to-read": an_easy_text,
    "long-option": short_options,
    "long-right-option": a_right_option_like_the_others,
    "long-stem": a_short_stem,
    "no-checked": a_day_of_checking,
    "no-explanation": an_explanation,
    "no-feedback": feedback_on_a_wrong_option,
    "no-id": a_lasting_id,
    "no-source": a_source,
    "none-of-the-above": no_none_of_the_above,
    "stale-check": a_recent_check,
    "uneven-options": even_options,
    "unmarked-negation": a_marked_negation,
    "untidy-box": boxes_in_one_style,
}


def has_source(question: Question) -> bool:
    """Whether the explanation links to a page that everybody can open."""
    return any(span.link.startswith("https://") for span in _spans(question.explanation))


def has_feedback(question: Question) -> bool:
    return any(plain(option.feedback).strip() for option in _wrong(question))


def _wrong(question: Question) -> list[Option]:
    return [option for option in question.options if not option.correct]


def _lengths(question: Question) -> list[int]:
    return [len(plain(option.text)) for option in question.options]


def _about_others(question: Question) -> Iterator[tuple[int, str]]:
    for at, option in enumerate(question.options):
        text = text_of(option.text)
        if keeps_its_place(text) and text.lower().rstrip(".") not in _MAY_BE_A_VALUE:
            yield at, text


def _spans(prose: Prose) -> Iterator[Span]:
    for block in prose:
        match block:
            case Paragraph() | Heading() | Quote():
                yield from block.spans
            case Listing():
                yield from (span for each in block.items for span in each)
            case Table():
                yield from (span for row in block.rows for cell in row for span in cell)
            case _:
                pass
