"""A file on its way from the bot to a person: announced, uploaded, shared, downloaded."""

from typing import Any

import pytest
from aiohttp import ClientSession, FormData
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.refusal import NotPossible
from bot.sandbox.server import LocalSlack

CONTENT = b'{"answers": 3, "name": "\xc3\x84na"}'


async def sent(client: AsyncWebClient, channel: str | None = "D1", **more: Any) -> str:
    """Send the file with the client's own way of doing so; its id."""
    answer = await client.files_upload_v2(
        channel=channel, content=CONTENT, filename="my data.json", **more
    )
    return str(answer["files"][0]["id"])


async def test_a_file_reaches_the_person_it_was_sent_to(
    slack: LocalSlack, client: AsyncWebClient
) -> None:
    file_id = await sent(client, title="Your answers", initial_comment="Here it is.")
    (message,) = slack.messages("U1", "D1")
    assert (message.text, message.files) == ("Here it is.", (file_id,))
    file = slack.file("U1", file_id)
    assert (file.content, file.title) == (CONTENT, "Your answers")
    assert slack.refusals == []


async def test_nobody_else_gets_the_file(slack: LocalSlack, client: AsyncWebClient) -> None:
    file_id = await sent(client)
    with pytest.raises(NotPossible, match="U2 sees no file"):
        slack.file("U2", file_id)


async def test_a_file_that_is_not_shared_is_for_nobody(
    slack: LocalSlack, client: AsyncWebClient
) -> None:
    file_id = await sent(client, channel=None)
    assert slack.messages("U1", "D1") == []
    with pytest.raises(NotPossible):
        slack.file("U1", file_id)


async def test_the_bot_can_look_at_the_file_again(client: AsyncWebClient) -> None:
    file_id = await sent(client)
    file = (await client.files_info(file=file_id))["file"]
    assert (file["name"], file["size"], file["ims"]) == ("my data.json", len(CONTENT), ["D1"])
    assert (file["mimetype"], file["filetype"]) == ("application/json", "json")


async def test_the_page_offers_a_download_and_never_opens_the_file(
    slack: LocalSlack, client: AsyncWebClient, session: ClientSession
) -> None:
    await sent(client)
    async with session.ws_connect(f"{slack.url}/local/socket?user=U1") as socket:
        state = (await socket.receive_json(timeout=5))["state"]
    (card,) = state["messages"]["D1"][0]["files"]
    assert (card["name"], card["size"]) == ("my data.json", len(CONTENT))
    async with session.get(f"{slack.url}{card['url']}") as response:
        assert await response.read() == CONTENT
        assert response.headers["Content-Disposition"].startswith("attachment;")
        assert response.headers["X-Content-Type-Options"] == "nosniff"
    other = card["url"].replace("user=U1", "user=U2")
    async with session.get(f"{slack.url}{other}") as response:
        assert response.status == 404


async def test_an_upload_has_the_announced_length_and_comes_once(
    slack: LocalSlack, client: AsyncWebClient, session: ClientSession
) -> None:
    announced = await client.files_getUploadURLExternal(filename="a.txt", length=3)
    statuses = []
    for content in (b"abcd", b"abc", b"abc"):
        async with session.post(announced["upload_url"], data=content) as response:
            statuses.append(response.status)
    assert statuses == [400, 200, 400]
    await client.files_completeUploadExternal(
        files=[{"id": announced["file_id"]}], channel_id="C1"
    )
    assert slack.file("U2", announced["file_id"]).content == b"abc"


async def test_an_upload_may_come_as_a_form(
    client: AsyncWebClient, session: ClientSession
) -> None:
    announced = await client.files_getUploadURLExternal(filename="a.txt", length=3)
    form = FormData()
    form.add_field("file", b"abc", filename="a.txt")
    async with session.post(announced["upload_url"], data=form) as response:
        assert (response.status, await response.text()) == (200, "OK - 3")


@pytest.mark.parametrize(
    ("files", "channel", "error"),
    [
        pytest.param([], "C1", "invalid_arguments", id="none"),
        pytest.param([{"title": "x"}], "C1", "invalid_arguments", id="a nameless one"),
        pytest.param([{"id": "F1"}], "C1", "file_not_found", id="a strange one"),
    ],
)
async def test_only_uploaded_files_can_be_shared(
    client: AsyncWebClient, files: list[Any], channel: str, error: str
) -> None:
    with pytest.raises(SlackApiError) as refused:
        await client.files_completeUploadExternal(files=files, channel_id=channel)
    assert refused.value.response["error"] == error


@pytest.mark.parametrize("channel", ["general", "U1", "C9"])
async def test_a_file_is_shared_by_the_id_of_a_conversation(
    client: AsyncWebClient, channel: str
) -> None:
    with pytest.raises(SlackApiError) as refused:
        await sent(client, channel=channel)
    assert refused.value.response["error"] == "channel_not_found"


async def test_an_announced_file_is_not_there_yet(client: AsyncWebClient) -> None:
    announced = await client.files_getUploadURLExternal(filename="a.txt", length=3)
    for doing in (
        client.files_info(file=announced["file_id"]),
        client.files_completeUploadExternal(files=[{"id": announced["file_id"]}]),
        client.files_getUploadURLExternal(filename="a.txt", length=0),
    ):
        with pytest.raises(SlackApiError):
            await doing


async def test_a_message_has_an_address(slack: LocalSlack, client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel="C1", text="x")
    link = await client.chat_getPermalink(channel="C1", message_ts=posted["ts"])
    assert link["permalink"].endswith(f"/archives/C1/p{posted['ts'].replace('.', '')}")
    with pytest.raises(SlackApiError) as refused:
        await client.chat_getPermalink(channel="C1", message_ts="1.1")
    assert refused.value.response["error"] == "message_not_found"
    assert slack.sent("chat.getPermalink") == [{"channel": "C1", "message_ts": posted["ts"]}]
