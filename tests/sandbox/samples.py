"""Small Block Kit pieces that Slack takes, to be spoiled one by one."""

from typing import Any

Json = dict[str, Any]


def plain(text: str = "words") -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str = "words") -> Json:
    return {"type": "mrkdwn", "text": text}


def section(text: str = "words", **more: Any) -> Json:
    return {"type": "section", "text": mrkdwn(text), **more}


def button(action_id: str = "go", text: str = "Go", **more: Any) -> Json:
    return {"type": "button", "action_id": action_id, "text": plain(text), **more}


def actions(*elements: Json, block_id: str = "row") -> Json:
    return {"type": "actions", "block_id": block_id, "elements": list(elements)}


def option(value: str = "a", text: str = "Words", **more: Any) -> Json:
    return {"text": plain(text), "value": value, **more}


def options(number: int) -> list[Json]:
    return [option(f"v{each}") for each in range(number)]


def element(kind: str, action_id: str = "pick", **more: Any) -> Json:
    return {"type": kind, "action_id": action_id, **more}


def select(number: int = 2, action_id: str = "pick", **more: Any) -> Json:
    return element("static_select", action_id, options=options(number), **more)


def text_input(action_id: str = "words", **more: Any) -> Json:
    return element("plain_text_input", action_id, **more)


def field(inside: Json | None = None, block_id: str = "field", **more: Any) -> Json:
    inside = inside or text_input()
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain("Label"),
        "element": inside,
        **more,
    }


def run(text: str = "words", **style: bool) -> Json:
    return {"type": "text", "text": text} | ({"style": style} if style else {})


def rich(*parts: Json) -> Json:
    return {"type": "rich_text", "elements": list(parts)}


def rich_section(*runs: Json) -> Json:
    return {"type": "rich_text_section", "elements": list(runs) or [run()]}


def rich_list(**more: Any) -> Json:
    return {"type": "rich_text_list", "style": "bullet", "elements": [rich_section()], **more}


def cell(text: str = "cell") -> Json:
    return {"type": "raw_text", "text": text}


def table(rows: int = 2, columns: int = 2, **more: Any) -> Json:
    return {"type": "table", "rows": [[cell()] * columns] * rows, **more}


def image(**more: Any) -> Json:
    return {
        "type": "image",
        "image_url": "https://example.org/a.png",
        "alt_text": "A picture",
        **more,
    }


def modal(*blocks: Json, **more: Any) -> Json:
    return {
        "type": "modal",
        "title": plain("Title"),
        "submit": plain("Send"),
        "blocks": list(blocks) or [section()],
        **more,
    }


def home(*blocks: Json, **more: Any) -> Json:
    return {"type": "home", "blocks": list(blocks) or [section()], **more}
