"""Images of questions reach Slack once, and a question is asked even where they do not."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from aiohttp import ClientSession
from redis.asyncio import Redis
from slack_sdk.errors import SlackApiError

from bot.bank.picture_files import content_of_image
from bot.bank.reader import Reader
from bot.blocks import richtext
from bot.errors import MemoryAway
from bot.play.pictures import Pictures
from bot.quiz.player import ChannelId, UserId
from bot.quiz.prose import Image, Prose, prose
from bot.quiz.schedule import Schedule
from bot.quiz.timetable import Timetable
from bot.reloading import Supply
from bot.sandbox.messages import Message
from bot.sandbox.server import LocalSlack
from bot.slack.calls import Calls
from bot.slack.files import Files
from bot.slack.pictures import AVOIDED_FOR, LOOK_AGAIN, PROCESSING, PictureClient, PictureDesk
from bot.storage.redis_store import RedisStore
from tests.conftest import ANA, GENERAL, Hand, Stage, open_stage
from tests.pictures import PNG, RED
from tests.slack.scenes import ACME, finish, public, seen

UPLOAD: Final = "files.getUploadURLExternal"
POST: Final = "chat.postMessage"
PAGE: Final = """# Maps

<quiz id="map">
Which box is red?

![A map of boxes](pics/map.png "The map")

- [x] This

  ![A red box](pics/red.png)
- [ ] None

![The answer](https://example.org/answer.png)
</quiz>

<quiz id="gap">
![A map of boxes](pics/map.png)

It shows [[boxes]].
</quiz>
"""


def kinds(message: Message) -> list[str]:
    return [block["type"] for block in message.blocks or ()]


def images_of(message: Message) -> list[dict[str, Any]]:
    return [block for block in message.blocks or () if block["type"] == "image"]


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    (tmp_path / "pics").mkdir()
    (tmp_path / "pics/map.png").write_bytes(PNG)
    (tmp_path / "pics/red.png").write_bytes(RED)
    (tmp_path / "maps.md").write_text(PAGE, "utf-8")
    return tmp_path


def supply_of(folder: Path) -> Supply:
    reader = Reader([folder])
    return Supply(reader.read(), reader)


@dataclass
class Naps:
    """Sleeps that are only noted down; `during` is what happens meanwhile."""

    taken: list[float] = field(default_factory=list)

    async def __call__(self, seconds: float) -> None:
        self.taken.append(seconds)
        await asyncio.sleep(0)


@dataclass
class Worker:
    """One process of the bot, as far as images go."""

    desk: PictureDesk
    client: PictureClient
    naps: Naps
    slack: LocalSlack
    pictures: Pictures

    async def post(self, text: Prose) -> list[str]:
        """The kinds of the blocks that came through."""
        blocks = richtext.blocks([richtext.elements(text)], [])
        await self.client.api_call(POST, json={"channel": GENERAL, "text": "x", "blocks": blocks})
        return kinds(self.slack.messages(ANA, GENERAL)[-1])

    @property
    def map(self) -> Image:
        return next(i for i in self.pictures.images().values() if i.url == "pics/map.png")


REMOTE: Final = Image("https://example.org/answer.png", "The answer")


@dataclass
class Office:
    slack: LocalSlack
    http: ClientSession
    store: RedisStore
    bank: Path
    hand: Hand
    workers: list[Worker] = field(default_factory=list)

    def hire(self, **changes: Any) -> Worker:
        client = PictureClient("xoxb-test", base_url=self.slack.api_url, session=self.http)
        files = Files(Calls(client), self.http)
        library = supply_of(self.bank).bank.catalogue

        async def read(image: Image) -> bytes | None:
            return content_of_image(image, [self.bank])

        pictures = Pictures(
            self.store, library, files.upload, read, self.hand.now, self.hand, ACME
        )
        for name, value in changes.items():
            setattr(pictures, name, value)
        naps = Naps()
        client.desk = desk = PictureDesk(pictures, naps)
        self.workers.append(Worker(desk, client, naps, self.slack, pictures))
        return self.workers[-1]


@pytest.fixture
async def office(store: RedisStore, bank: Path, hand: Hand) -> AsyncIterator[Office]:
    slack = LocalSlack(signing_secret="sign", bot_token="xoxb-test", app_token="xapp-test")
    async with slack.serve(), ClientSession() as http:
        office = Office(slack, http, store, bank, hand)
        yield office
        for worker in office.workers:
            await worker.desk.close()


@pytest.fixture
def worker(office: Office) -> Worker:
    return office.hire()


async def test_a_file_is_uploaded_once_however_often_it_is_shown(
    office: Office, worker: Worker
) -> None:
    text = (*prose("Where?"), worker.map)
    assert await worker.post(text) == ["rich_text", "image"]
    assert await worker.post(text) == ["rich_text", "image"]
    assert await office.hire().post(text) == ["rich_text", "image"]
    assert len(office.slack.sent(UPLOAD)) == 1
    (call,) = office.slack.sent("files.completeUploadExternal")
    assert "channel_id" not in call
    shown = [images_of(message)[0] for message in office.slack.messages(ANA, GENERAL)]
    ids = {block["slack_file"]["id"] for block in shown}
    assert len(ids) == 1


async def test_what_an_author_called_a_file_is_not_told(office: Office, worker: Worker) -> None:
    await worker.post((*prose("Where?"), worker.map))
    (call,) = office.slack.sent(UPLOAD)
    assert call["filename"] == "image.png"
    (call,) = office.slack.sent("files.completeUploadExternal")
    assert "map" not in str(call["files"])


async def test_two_workers_at_once_upload_it_once(office: Office) -> None:
    first, second = office.hire(), office.hire()
    office.slack.hold(UPLOAD)
    text = (first.map,)
    posts = [asyncio.create_task(each.post(text)) for each in (first, second, first)]
    await office.slack.wait_until(lambda: office.slack.held(UPLOAD))
    office.slack.release()
    assert await asyncio.gather(*posts) == [["image"]] * 3
    assert len(office.slack.sent(UPLOAD)) == 1
    assert set(first.naps.taken + second.naps.taken) <= {LOOK_AGAIN}


async def test_a_file_that_slack_still_looks_through_is_tried_again(worker: Worker) -> None:
    worker.slack.workspace.files.slow = 1
    assert await worker.post((worker.map,)) == ["image"]
    assert worker.naps.taken == [PROCESSING]


async def test_a_file_that_slack_never_shows_is_words(worker: Worker) -> None:
    worker.slack.workspace.files.slow = 100
    assert await worker.post((*prose("Where?"), worker.map)) == ["rich_text", "rich_text"]
    message = worker.slack.messages(ANA, GENERAL)[-1]
    assert "A map of boxes" in str(message.blocks)


async def test_a_file_that_slack_deleted_is_uploaded_anew(worker: Worker) -> None:
    await worker.post((worker.map,))
    (file,) = (await worker.pictures.files([worker.map.name])).values()
    worker.slack.workspace.files.delete(file)
    assert await worker.post((worker.map, REMOTE)) == ["rich_text", "image"]
    assert await worker.post((worker.map,)) == ["image"]
    assert len(worker.slack.sent(UPLOAD)) == 2


async def test_a_remote_image_that_slack_cannot_fetch_is_a_link_for_a_while(
    worker: Worker, office: Office
) -> None:
    worker.slack.fail_next(POST, "invalid_blocks")
    assert await worker.post((REMOTE,)) == ["rich_text"]
    assert REMOTE.url in str(worker.slack.messages(ANA, GENERAL)[-1].blocks)
    calls = len(worker.slack.calls)
    assert await worker.post((REMOTE,)) == ["rich_text"]
    assert len(worker.slack.calls) == calls + 1
    office.hand.wait(AVOIDED_FOR)
    assert await worker.post((REMOTE,)) == ["image"]


async def test_without_a_word_from_slack_the_remote_image_goes_first(worker: Worker) -> None:
    worker.slack.fail_next(POST, "invalid_blocks", times=2)
    assert await worker.post((worker.map, REMOTE)) == ["image", "rich_text"]
    assert worker.naps.taken == [PROCESSING]


async def test_a_bot_that_may_not_upload_says_the_words_and_asks_no_more_for_a_while(
    worker: Worker, office: Office
) -> None:
    worker.slack.scopes -= {"files:write"}
    assert await worker.post((*prose("Where?"), worker.map)) == ["rich_text", "rich_text"]
    worker.slack.scopes |= {"files:write"}
    assert await worker.post((worker.map,)) == ["rich_text"]
    assert len([call for call in worker.slack.calls if call.method == UPLOAD]) == 1
    office.hand.wait(AVOIDED_FOR)
    assert await worker.post((worker.map,)) == ["image"]


async def test_an_image_that_is_gone_from_the_folder_is_its_words(
    worker: Worker, bank: Path
) -> None:
    image = worker.map
    (bank / "pics/map.png").write_bytes(RED)
    assert await worker.post((image,)) == ["rich_text"]
    assert not worker.slack.sent(UPLOAD)


async def test_an_old_question_shows_its_old_image(office: Office, bank: Path) -> None:
    before = office.hire()
    image = before.map
    await before.post((image,))
    (bank / "pics/map.png").write_bytes(RED)
    after = office.hire()
    assert after.map.digest != image.digest
    assert await after.post((image,)) == ["image"]


async def test_nobody_waits_for_long(worker: Worker) -> None:
    worker.slack.hold(UPLOAD)
    worker.client.patience = 0.01
    assert await worker.post((worker.map,)) == ["rich_text"]
    worker.slack.release()
    worker.client.patience = 5
    assert await worker.post((worker.map,)) == ["image"]
    assert len(worker.slack.sent(UPLOAD)) == 1


async def test_a_form_opens_at_once_with_what_is_there(worker: Worker) -> None:
    view = {"blocks": richtext.blocks([richtext.elements((worker.map,))], [])}
    assert (await worker.desk.at_once(view))["blocks"][0]["type"] == "rich_text"
    await worker.post((worker.map,))
    assert (await worker.desk.at_once(view))["blocks"][0]["type"] == "image"


async def test_what_has_nothing_to_do_with_images_is_refused_as_ever(worker: Worker) -> None:
    worker.slack.fail_next(POST, "channel_not_found")
    with pytest.raises(SlackApiError, match="channel_not_found"):
        await worker.post((worker.map,))
    assert len(worker.slack.messages(ANA, GENERAL)) == 0


class NoMemory:
    async def picture_files(self, *_: object) -> Mapping[str, str]:
        raise MemoryAway

    async def claim_picture(self, *_: object) -> str | None:
        raise MemoryAway

    async def settle_picture(self, *_: object) -> str:
        raise MemoryAway

    async def forget_picture(self, *_: object) -> None:
        raise MemoryAway


async def test_without_memory_the_words_are_said(office: Office) -> None:
    worker = office.hire(store=NoMemory())
    assert await worker.post((worker.map,)) == ["rich_text"]


async def test_everything_is_brought_beforehand_one_after_the_other(worker: Worker) -> None:
    worker.desk.begin()
    slack = worker.slack
    await slack.wait_until(lambda: len(slack.sent("files.completeUploadExternal")) == 2)
    assert await worker.post((worker.map,)) == ["image"]
    assert len(slack.sent(UPLOAD)) == 2


# With the whole bot


@pytest.fixture
async def maps(
    valkey: str,
    redis: Redis,  # noqa: ARG001  empties the server
    bank: Path,
    hand: Hand,
) -> AsyncIterator[Stage]:
    async with open_stage(valkey, supply_of(bank), hand) as opened:
        yield opened


async def test_a_quiz_shows_its_images(maps: Stage) -> None:
    asked = await maps.type("/quiz start maps", "Which box is red?")
    assert kinds(asked).count("image") == 2
    assert "Image: A map of boxes" in asked.text
    result = await maps.press("answer:0", "Right: A")
    assert kinds(result).count("image") == 3
    assert images_of(result)[-1]["image_url"] == REMOTE.url
    await maps.press("next", "It shows")
    await maps.slack.press(ANA, GENERAL, maps.ts[ANA], "fill_in")
    form = await maps.slack.wait_until(lambda: maps.slack.view(ANA))
    assert form
    assert form.body["blocks"][0]["type"] == "image"
    assert kinds(seen(maps)).count("image") == 1


async def test_the_question_of_the_day_shows_its_images(maps: Stage, hand: Hand) -> None:
    table = Timetable(time(10), "UTC", closes=time(17))
    schedule = Schedule(ChannelId(GENERAL), UserId(ANA), table, date(2026, 3, 2))
    await maps.running.store.save_schedule(ACME, schedule, hand.token(), hand.now())
    hand.wait(timedelta(hours=1))
    await finish(maps.running.scheduler)
    (post,) = public(maps)
    assert "image" in kinds(post)
    hand.wait(timedelta(hours=8))
    await finish(maps.running.scheduler)
    (post,) = public(maps)
    assert "image" in kinds(post)
    assert len(maps.slack.sent(UPLOAD)) == 2
