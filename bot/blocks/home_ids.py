"""Names of the actions of the Home tab and of reminders that are theirs alone."""

from typing import Final

HOME: Final = "home"
HOME_HIDE: Final = "home_hide"
HOME_ZONE: Final = "home_zone"
HOME_REMIND: Final = "home_remind"
REVIEW: Final = "review"
OPEN_LINK: Final = "open_link"
"""A button that only leads to an address; Slack tells of its press all the same."""

STOP_REMINDERS: Final = "stop_reminders"
ON, OFF = "on", "off"
