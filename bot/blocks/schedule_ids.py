"""The names of the fields and buttons that set up the question of the day, and its admins' own.

A button's value is the channel or the question that it is about; who may press is asked each time.
"""

from typing import Final

FORM: Final = "schedule"
CONFIRM: Final = "schedule_confirm"

AT: Final = "schedule_at"
CLOSES: Final = "schedule_closes"
WEEKDAYS: Final = "schedule_weekdays"
ZONE: Final = "schedule_zone"
TOPICS: Final = "schedule_topics"
LEVELS: Final = "schedule_levels"
FEEDBACK: Final = "schedule_feedback"
BOARD_DAY: Final = "schedule_board_day"
COUNTRY: Final = "schedule_country"
DAYS_OFF: Final = "schedule_days_off"

OPEN: Final = "schedule_open"
PAUSE: Final = "schedule_pause"
RESUME: Final = "schedule_resume"
POST_NOW: Final = "schedule_post_now"
PREVIEW: Final = "schedule_preview"
DELETE: Final = "schedule_delete"

VOID: Final = "void"
RESET: Final = "reset"
