"""The local Slack shows images as strictly as Slack, and draws only what is one."""

from typing import Any

import pytest
from aiohttp import ClientSession
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.server import LocalSlack
from tests.pictures import PNG


async def uploaded(client: AsyncWebClient, content: bytes = PNG) -> str:
    answer = await client.files_upload_v2(content=content, filename="map.png")
    return str(answer["files"][0]["id"])


def image(**more: Any) -> dict[str, Any]:
    return {"type": "image", "alt_text": "A map", **more}


async def refusal(client: AsyncWebClient, *blocks: dict[str, Any]) -> tuple[str, str]:
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel="C1", text="x", blocks=blocks)
    return caught.value.response["error"], caught.value.response["errors"][0]


async def test_a_file_that_nobody_shared_is_shown_by_a_message(
    slack: LocalSlack, client: AsyncWebClient
) -> None:
    file = await uploaded(client)
    await client.chat_postMessage(channel="C1", text="x", blocks=[image(slack_file={"id": file})])
    (message,) = slack.messages("U1", "C1")
    assert message.blocks
    assert message.blocks[0]["slack_file"] == {"id": file}


async def test_what_is_no_image_of_slack_is_refused(client: AsyncWebClient) -> None:
    text = await uploaded(client, b"words")
    slot = await client.files_getUploadURLExternal(filename="a.png", length=len(PNG))
    for file in (text, slot["file_id"], "F0000000000"):
        said = await refusal(client, image(slack_file={"id": file}))
        assert said == (
            "invalid_blocks",
            "invalid slack file [json-pointer:/blocks/0/slack_file]",
        )


@pytest.mark.parametrize(
    ("block", "words"),
    [
        pytest.param(
            image(slack_file={"id": "F0000000000"}, image_url="https://a.test/b.png"),
            "needs either `image_url` or `slack_file`",
            id="both",
        ),
        pytest.param(image(), "needs either `image_url` or `slack_file`", id="neither"),
        pytest.param(image(slack_file={}), "needs either `id` or `url`", id="no file"),
        pytest.param(image(slack_file={"id": "f1"}), "the id of a file", id="no id"),
        pytest.param(
            {"type": "image", "image_url": "https://a.test/b.png"},
            "needs the field `alt_text`",
            id="nothing to hear",
        ),
        pytest.param(
            image(alt_text="", image_url="https://a.test/b.png"), "empty", id="silence to hear"
        ),
    ],
)
async def test_an_image_has_one_source_and_words(
    client: AsyncWebClient, block: dict[str, Any], words: str
) -> None:
    code, said = await refusal(client, block)
    assert code == "invalid_blocks"
    assert words in said


async def test_small_and_side_images_are_looked_at_too(client: AsyncWebClient) -> None:
    element = image(slack_file={"id": "F0000000000"})
    _, said = await refusal(client, {"type": "context", "elements": [element]})
    assert "/blocks/0/elements/0/slack_file" in said
    text = {"type": "mrkdwn", "text": "x"}
    _, said = await refusal(client, {"type": "section", "text": text, "accessory": element})
    assert "/blocks/0/accessory/slack_file" in said


async def test_a_view_with_an_unknown_file_is_not_shown(client: AsyncWebClient) -> None:
    view = {
        "type": "home",
        "blocks": [image(slack_file={"id": "F0000000000"})],
    }
    with pytest.raises(SlackApiError) as caught:
        await client.views_publish(user_id="U1", view=view)
    assert caught.value.response["error"] == "invalid_arguments"
    assert "/view/blocks/0/slack_file" in caught.value.response["errors"][0]


async def test_a_new_file_takes_its_time(slack: LocalSlack, client: AsyncWebClient) -> None:
    slack.workspace.files.slow = 2
    block = image(slack_file={"id": await uploaded(client)})
    assert (await refusal(client, block))[0] == "invalid_blocks"
    assert (await refusal(client, block))[0] == "invalid_blocks"
    await client.chat_postMessage(channel="C1", text="x", blocks=[block])


async def test_a_file_that_was_deleted_is_not_shown_any_more(
    slack: LocalSlack, client: AsyncWebClient
) -> None:
    file = await uploaded(client)
    slack.workspace.files.delete(file)
    assert (await refusal(client, image(slack_file={"id": file})))[0] == "invalid_blocks"


async def test_the_page_gets_images_and_nothing_that_only_calls_itself_one(
    slack: LocalSlack, client: AsyncWebClient, session: ClientSession
) -> None:
    file, page = await uploaded(client), await uploaded(client, b"<script>alert(1)</script>")
    async with session.get(f"{slack.url}/local/images/{file}") as response:
        assert await response.read() == PNG
        assert response.content_type == "image/png"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert "Content-Disposition" not in response.headers
        assert "img-src 'self'" in response.headers["Content-Security-Policy"]
    for other in (page, "F0000000000"):
        async with session.get(f"{slack.url}/local/images/{other}") as response:
            assert response.status == 404
