"""The workspace's settings as a form, for its admins."""

from typing import Final

from bot.blocks import forms, ids, kit
from bot.blocks.forms import FormState
from bot.blocks.kit import Block, Message
from bot.play.review_channel import Decided, Unfit
from bot.quiz.people import Schedulers, WorkspaceSettings
from bot.quiz.player import ChannelId, UserId

NOT_ALLOWED: Final = "Only admins of this workspace can change its settings."
UNSURE: Final = (
    "I could not find out whether you are an admin of this workspace, so nothing was changed. "
    "Try again in a minute."
)
ON_ITS_WAY: Final = "What has been reported and suggested so far is on its way there."
SAVED: Final = "Settings saved."
UNFIT: Final = {
    Unfit.ASKED: (
        "That channel has a question of the day. Reports show what is right, so take another one."
    ),
    Unfit.OUTSIDE: "I am not in that channel. Invite me there, then save once more.",
    Unfit.ARCHIVED: "That channel is archived. Take another one.",
    Unfit.UNSURE: "Slack did not tell whether I am in that channel. Save once more in a minute.",
}
SLOW: Final = "Slack is slow to answer just now. Save once more in a minute."
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
                hint="They decide about reported and suggested questions too.",
                optional=True,
            ),
            forms.field(
                ids.REVIEW_CHANNEL,
                "Where reports about questions go",
                _channel(settings),
                hint="Suggestions too. They show what is right: take a channel of the authors, "
                "and invite me there first.",
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


def _channel(settings: WorkspaceSettings) -> kit.Element:
    """Not one that is shared with another company."""
    element: kit.Element = {
        "type": "conversations_select",
        "placeholder": kit.plain_text("Choose a channel", 150),
        "filter": {
            "include": ["public", "private"],
            "exclude_external_shared_channels": True,
            "exclude_bot_users": True,
        },
    }
    return {**element, "initial_conversation": settings.review} if settings.review else element


def read_settings(state: FormState) -> WorkspaceSettings:
    """What was sent. ValueError for a choice that the form does not have."""
    people = state.get(ids.ALLOWED, {}).get(ids.ALLOWED, {}).get("selected_users") or ()
    chosen = state.get(ids.REVIEW_CHANNEL, {}).get(ids.REVIEW_CHANNEL, {})
    return WorkspaceSettings(
        zone=forms.picked(state, ids.ZONE),
        schedulers=Schedulers(forms.picked(state, ids.SCHEDULERS)),
        allowed=frozenset(UserId(str(user)) for user in people),
        review=ChannelId(str(chosen.get("selected_conversation") or "")),
    )


def saved_words(decided: Decided) -> str:
    return f"{SAVED} {ON_ITS_WAY}" if decided.sent else SAVED


def open_message() -> Message:
    """For those who ask in a conversation: a form needs a click."""
    said = "The settings of this workspace are a form."
    return kit.message(
        f"{said} Open settings.",
        [kit.section(said), kit.actions("settings", [kit.button("Open settings", ids.SETTINGS)])],
    )
