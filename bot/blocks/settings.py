"""The workspace's settings as a form, for its admins."""

from typing import Final

from bot.blocks import forms, ids, kit
from bot.blocks.forms import FormState
from bot.blocks.kit import Block, Message
from bot.quiz.people import Schedulers, WorkspaceSettings
from bot.quiz.player import UserId

NOT_ALLOWED: Final = "Only admins of this workspace can change its settings."
UNSURE: Final = (
    "I could not find out whether you are an admin of this workspace, so nothing was changed. "
    "Try again in a minute."
)
SAVED: Final = "Settings saved."
LATE: Final = "Slack was too slow to open the form. Type the command once more."
MOST_ALLOWED: Final = 100


def settings_view(settings: WorkspaceSettings, metadata: str) -> Block:
    """`metadata` says where the form was opened, so that an answer can be shown there."""
    zone = kit.option(settings.zone.replace("_", " "), settings.zone)
    schedulers = [
        kit.option("Admins, and the people below", Schedulers.ADMINS),
        kit.option("Any member of the channel", Schedulers.MEMBERS),
    ]
    view = forms.modal(
        "Workspace settings",
        [
            forms.field(
                ids.ZONE,
                "Time zone of the leaderboards",
                forms.type_ahead("Search a city", zone),
                hint="Days, weeks and months begin there.",
            ),
            forms.field(
                ids.SCHEDULERS,
                "Who may set up daily questions",
                forms.one_of("radio_buttons", schedulers, settings.schedulers),
            ),
            forms.field(
                ids.ALLOWED,
                "People who may, besides admins",
                _people(settings),
                optional=True,
            ),
        ],
        callback_id=ids.SETTINGS,
        metadata=metadata,
        close="Cancel",
    )
    return forms.sends(view, "Save")


def _people(settings: WorkspaceSettings) -> kit.Element:
    element: kit.Element = {
        "type": "multi_users_select",
        "placeholder": kit.plain_text("Choose people", 150),
        "max_selected_items": MOST_ALLOWED,
    }
    allowed = sorted(settings.allowed)
    return {**element, "initial_users": allowed} if allowed else element


def read_settings(state: FormState) -> WorkspaceSettings:
    """What was sent. ValueError for a choice that the form does not have."""
    people = state.get(ids.ALLOWED, {}).get(ids.ALLOWED, {}).get("selected_users") or ()
    return WorkspaceSettings(
        zone=forms.picked(state, ids.ZONE),
        schedulers=Schedulers(forms.picked(state, ids.SCHEDULERS)),
        allowed=frozenset(UserId(str(user)) for user in people),
    )


def open_message() -> Message:
    """For those who ask in a conversation: a form needs a click."""
    said = "The settings of this workspace are a form."
    return kit.message(
        f"{said} Open settings.",
        [kit.section(said), kit.actions("settings", [kit.button("Open settings", ids.SETTINGS)])],
    )
