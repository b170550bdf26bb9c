"""What Slack accepts: each limit once, for those who keep to it and for those who check.

Numbers count characters unless a name says otherwise; where sources disagree, the smaller one
stands here.
"""

from typing import Final

# Whole payloads (docs.slack.dev/reference/block-kit/blocks; reference/views)
MESSAGE_BLOCKS: Final = 50
VIEW_BLOCKS: Final = 100
# Not documented. Slack answers msg_blocks_too_long at about 13,300 characters of markdown, less
# with every block around it (slackapi/bolt-js). We count all strings of the blocks but `type`.
MESSAGE_BLOCKS_TEXT: Final = 13_200
VIEW_BYTES: Final = 250_000  # view_too_large, reference/methods/views.open

# Top-level text (reference/methods/chat.postMessage, chat.update, chat.postEphemeral)
POST_TEXT: Final = 40_000  # longer text is cut, not refused
POST_TEXT_ADVISED: Final = 4_000
UPDATE_TEXT: Final = 4_000  # longer text is refused: msg_too_long
EPHEMERAL_TEXT_BYTES: Final = 4_000
METADATA_BYTES: Final = 8_000  # metadata_too_large exists without a number; this one is ours

# Ids (@slack/types, slack_sdk)
ACTION_ID: Final = 255
BLOCK_ID: Final = 255
CALLBACK_ID: Final = 255
EXTERNAL_ID: Final = 255

# Text objects and blocks (@slack/types 3.2)
TEXT: Final = 3_000
SECTION_TEXT: Final = 3_000
SECTION_FIELDS: Final = 10
SECTION_FIELD_TEXT: Final = 2_000
HEADER_TEXT: Final = 150
HEADER_LEVELS: Final = 4
CONTEXT_ELEMENTS: Final = 10
ACTIONS_ELEMENTS: Final = 25
INPUT_LABEL: Final = 2_000
INPUT_HINT: Final = 2_000
IMAGE_URL: Final = 3_000
IMAGE_ALT: Final = 2_000
IMAGE_TITLE: Final = 2_000
MARKDOWN_TEXT: Final = 12_000  # summed over all markdown blocks of one payload
RICH_LIST_INDENT: Final = 8

# Table (docs.slack.dev/reference/block-kit/blocks/table-block; one table per message)
TABLES: Final = 1
TABLE_ROWS: Final = 100
TABLE_COLUMNS: Final = 20
TABLE_TEXT: Final = 10_000

# Buttons, as docs.slack.dev describes the button element
BUTTON_TEXT: Final = 75
BUTTON_TEXT_SHOWN: Final = 30  # the rest may be hidden behind an ellipsis
BUTTON_VALUE: Final = 2_000
BUTTON_URL: Final = 3_000
ACCESSIBILITY_LABEL: Final = 75

# Options and what holds them (@slack/types says 75 for a value, the documentation 150)
OPTION_TEXT: Final = 75
OPTION_VALUE: Final = 75
OPTION_DESCRIPTION: Final = 75
OPTION_URL: Final = 3_000
SELECT_OPTIONS: Final = 100
OPTION_GROUPS: Final = 100
OPTION_GROUP_LABEL: Final = 75
RADIO_OPTIONS: Final = 10
CHECKBOX_OPTIONS: Final = 10
OVERFLOW_OPTIONS: Final = 5
PLACEHOLDER: Final = 150

# Typed input (@slack/types, slackblocks 3)
INPUT_VALUE: Final = 3_000

# Confirmation dialog (slack_sdk)
CONFIRM_TITLE: Final = 100
CONFIRM_TEXT: Final = 300
CONFIRM_BUTTON: Final = 30

# Modals and Home tabs (@slack/types, reference/methods/views.push)
VIEW_TITLE: Final = 24
VIEW_SUBMIT: Final = 24
VIEW_CLOSE: Final = 24
PRIVATE_METADATA: Final = 3_000
VIEW_STACK: Final = 3  # one opened, two pushed

# Answering later (docs.slack.dev/interactivity/handling-user-interaction)
ACK_SECONDS: Final = 3
TRIGGER_SECONDS: Final = 3
RESPONSE_URL_USES: Final = 5
RESPONSE_URL_SECONDS: Final = 30 * 60
