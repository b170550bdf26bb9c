"""Math between dollars, told from prices and from the variables of a shell."""

import re
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.dollarmath.index import math_block_dollar

MATH: Final = "math_inline"
MATH_BLOCK: Final = "math_block"
LANGUAGE: Final = "math"
"""What a block of math is marked with as code, as on GitHub."""

_FORMULA: Final = re.compile(r"\$(?=\S)((?:\\.|[^\\$\n])+)(?<=\S)\$")
_NO_END: Final = frozenset("{($_")
"""Behind a dollar they make a variable, a command or another formula of it."""


def math_plugin(md: MarkdownIt) -> None:
    """`$x^2$` in a line and `$$…$$` on lines of its own, without an empty line inside.

    The plugin's own rule for a line takes `$HOME:$PATH` for math, so that one is ours.
    """
    md.inline.ruler.before("escape", MATH, _math)
    block = math_block_dollar(allow_labels=False, allow_blank_lines=False)
    md.block.ruler.before("fence", MATH_BLOCK, block)


def _math(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it so
    found = _FORMULA.match(state.src, state.pos, state.posMax)
    if not found or not _reads_as_math(found):
        return False
    if not silent:
        state.push(MATH, "math", 0).content = found[1]
    state.pos = found.end()
    return True


def _reads_as_math(found: re.Match[str]) -> bool:
    """A formula says something, and no word touches it: `$A:$B` is a path, `$5-$6` a price."""
    begin, end = found.span()
    before, after = found.string[max(begin - 1, 0) : begin], found.string[end : end + 1]
    touched = before.isalnum() or before == "$" or after.isalnum() or after in _NO_END
    return not touched and any(char.isalnum() for char in found[1])
