"""Writes rich_text elements as text that can be read and compared line by line."""

from collections.abc import Iterable, Iterator, Sequence

from bot.blocks.kit import Element

SIGNS = {"rich_text_section": "text", "rich_text_quote": "quote", "rich_text_preformatted": "code"}


def dump_elements(elements: Sequence[Element]) -> str:
    return "".join(f"{line}\n" for element in elements for line in _element(element))


def _element(element: Element) -> Iterator[str]:
    border = "|" * element.get("border", 0)
    if element["type"] == "rich_text_list":
        first = element.get("offset", 0) + 1
        for number, item in enumerate(element["elements"], first):
            sign = f"{number}." if element["style"] == "ordered" else "-"
            yield f"{border}{'  ' * element['indent']}{sign} {_runs(item['elements'])}"
    else:
        yield f"{border}{SIGNS[element['type']]} {_runs(element['elements'])}"


def _runs(runs: Iterable[Element]) -> str:
    return "".join(map(_run, runs)).replace("\n", "⏎")


def _run(run: Element) -> str:
    """Styles as letters in braces, so that they cannot be taken for Markdown."""
    look = "".join(name[0] for name in run.get("style", {}))
    if run["type"] == "link":
        look = f"{look} {run['url']}".strip()
    return f"{{{look}:{run['text']}}}" if look else str(run["text"])
