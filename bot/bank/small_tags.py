"""The few tags of HTML that a line of text needs: small letters above and below, and keys."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from markdown_it.token import Token

_OPENS: Final = re.compile(r"<(sub|sup|kbd)>", re.IGNORECASE)
_PLAIN: Final = "0123456789+-=()"
_ABOVE: Final = {
    **dict(zip(_PLAIN, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾", strict=True)),
    **dict(zip("abcdefghijklmnoprstuvwxyz", "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ", strict=True)),
}
_BELOW: Final = {
    **dict(zip(_PLAIN, "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", strict=True)),
    **dict(zip("aehijklmnoprstuvx", "ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True)),
}
"""What Unicode has: superscripts and subscripts, and letters from its phonetic extensions."""
_TAG: Final = "html_inline"
_LENGTH: Final = 3


def without_small_tags(tokens: Sequence[Token]) -> Iterator[Token]:
    """Replace `<sup>2</sup>` and its like; a tag with anything but plain text in it stays."""
    at = 0
    while at < len(tokens):
        begins = tokens[at].type == _TAG  # most tokens do not, and there are very many
        shown = _shown(tokens[at : at + _LENGTH]) if begins else None
        yield shown or tokens[at]
        at += _LENGTH if shown else 1


def _shown(tokens: Sequence[Token]) -> Token | None:
    if [token.type for token in tokens] != [_TAG, "text", _TAG]:
        return None
    opening, text, closing = (token.content for token in tokens)
    found = _OPENS.fullmatch(opening)
    name = found[1].lower() if found else ""
    if not name or closing.lower() != f"</{name}>":
        return None
    token = Token("code_inline" if name == "kbd" else "text", "", 0)
    token.content = _DRAWN[name](text)
    return token


def _above(text: str) -> str:
    return _small(text, _ABOVE, "^")


def _below(text: str) -> str:
    return _small(text, _BELOW, "_")


def _small(text: str, letters: Mapping[str, str], sign: str) -> str:
    """In small letters where there are such for all of it, else as people type it: `^(N+1)`."""
    if all(char in letters for char in text):
        return "".join(letters[char] for char in text)
    return f"{sign}{text}" if len(text) == 1 else f"{sign}({text})"


_DRAWN: Final[Mapping[str, Callable[[str], str]]] = {"sub": _below, "sup": _above, "kbd": str}
