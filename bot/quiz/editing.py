"""The address at which an author changes a question, from the operator's pattern."""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlsplit

from bot.quiz.question import Place

_FIELD: Final = re.compile(r"\{([^{}]*)\}")
_FIELDS: Final = frozenset({"path", "line", "folder"})


@dataclass(frozen=True, slots=True)
class EditLinks:
    """`pattern` holds `{path}`, below the bank's folder, and perhaps `{line}` and `{folder}`, the
    name of that folder; an empty one makes no links.
    """

    pattern: str = ""

    def of(self, place: Place) -> str:
        """Empty without a pattern, and for a place that is not known to be below a folder."""
        if not (self.pattern and place.inside):
            return ""
        parts = {
            "path": quote(place.inside),
            "line": str(place.line),
            "folder": quote(place.folder),
        }
        return _FIELD.sub(lambda field: parts[field[1]], self.pattern)


NO_LINKS: Final = EditLinks()


def pattern_mistake(pattern: str) -> str:
    """What is wrong with a pattern, as the end of a sentence; empty for a good one."""
    strange = [name for name in _FIELD.findall(pattern) if name not in _FIELDS]
    if strange:
        return f"knows {{path}}, {{line}} and {{folder}}, not {{{strange[0]}}}"
    bare = _FIELD.sub("", pattern)
    if "{" in bare or "}" in bare:
        return "has a brace without its partner"
    if "{path}" not in pattern:
        return "must say where the file goes: {path}"
    if not _is_address(bare):
        return "must be an address such as https://github.com/acme/quizzes/edit/main/{path}"
    return ""


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    is_web = parts.scheme in {"https", "http"} and bool(parts.hostname)
    return is_web and not any(sign.isspace() or sign in '<>|"' for sign in text)
