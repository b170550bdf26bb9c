"""The form in which admins choose user groups: all of them in one select, however many."""

import json
from collections.abc import Sequence
from typing import Final

from bot.blocks import forms, ids, kit, limits
from bot.blocks.forms import FormState
from bot.blocks.kit import Block, Element
from bot.blocks.teams import HOW
from bot.play.groups import Choosing
from bot.quiz.membership import MOST_GROUPS, MOST_MEMBERS
from bot.quiz.teams import GroupId

MOST_LISTED: Final = limits.SELECT_OPTIONS * limits.OPTION_GROUPS
VIEW_ROOM: Final = limits.VIEW_BYTES - 10_000


def groups_view(choosing: Choosing, metadata: str) -> Block:
    """`metadata` says where the form was opened, so that an answer can be shown there."""
    options = {
        group.id: _group_option(group.name, group.handle, group.id) for group in choosing.groups
    }
    chosen = [options[group] for group in options if group in choosing.chosen][:MOST_GROUPS]
    element: Element = {
        "type": "multi_static_select",
        "placeholder": kit.plain_text("Search and pick groups", limits.PLACEHOLDER),
        "max_selected_items": MOST_GROUPS,
        **_shelved(_fitting(chosen, list(options.values()))),
    }
    if chosen:
        element["initial_options"] = chosen
    view = forms.modal(
        "Teams",
        [
            forms.field(
                ids.GROUPS,
                "User groups on the leaderboard",
                element,
                hint=(
                    f"Up to {MOST_GROUPS}, each of at most {MOST_MEMBERS:,} people. "
                    "Who is in them is kept up to date by itself."
                ),
                optional=True,
            ),
            kit.context(HOW),
        ],
        callback_id=ids.GROUPS,
        metadata=metadata,
        close="Cancel",
    )
    return forms.sends(view, "Save")


def _group_option(name: str, handle: str, group: GroupId) -> Element:
    option = kit.option(name.strip() or group, group)
    if not handle:
        return option
    return {**option, "description": kit.plain_text(f"@{handle}", limits.OPTION_DESCRIPTION)}


def _fitting(chosen: Sequence[Element], options: Sequence[Element]) -> list[Element]:
    """As many as a form can hold, which is more than a thousand; what is chosen comes first."""
    first = [*chosen, *(option for option in options if option not in chosen)]
    room = VIEW_ROOM - sum(map(_size, chosen))
    kept: list[Element] = []
    for option in first[:MOST_LISTED]:
        room -= _size(option)
        if room < 0:
            break
        kept.append(option)
    return sorted(kept, key=lambda option: option["text"]["text"].casefold())


def _size(option: Element) -> int:
    return len(json.dumps(option)) + len(", ")


def _shelved(options: Sequence[Element]) -> Element:
    """A select holds a hundred options, or a hundred shelves of a hundred each."""
    most = limits.SELECT_OPTIONS
    if len(options) <= most:
        return {"options": list(options)}
    shelves = [options[i : i + most] for i in range(0, len(options), most)]
    return {"option_groups": [{"label": _label(shelf), "options": shelf} for shelf in shelves]}


def _label(shelf: Sequence[Element]) -> Element:
    ends = [kit.clip(option["text"]["text"], 30) for option in (shelf[0], shelf[-1])]
    return kit.plain_text(" to ".join(ends), limits.OPTION_GROUP_LABEL)


def read_groups(state: FormState) -> tuple[GroupId, ...]:
    return tuple(map(GroupId, forms.ticked(state, ids.GROUPS)))
