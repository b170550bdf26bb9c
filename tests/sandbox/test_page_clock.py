"""What the page has for the channel game: the bot's clock, files, a long Home tab, About."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import ClientSession
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Page, ViewportSize, async_playwright, expect
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.clock import DomainClock
from bot.sandbox.server import LocalSlack
from tests.browser import chromium_or_skip
from tests.sandbox.conftest import SECRET
from tests.sandbox.samples import actions, button, element, home, options, section, select
from tests.sandbox.small_bot import SmallBot

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync")
WIDE = ViewportSize(width=1100, height=760)
PHONE = ViewportSize(width=390, height=740)
START = datetime(2026, 3, 2, 8, 0, 30, tzinfo=UTC)


@dataclass
class Scene:
    slack: LocalSlack
    bot: SmallBot
    clock: DomainClock
    browser: Browser

    @asynccontextmanager
    async def page(self, place: str, size: ViewportSize = WIDE) -> AsyncIterator[Page]:
        """The page at an address such as `user=U1&channel=C1`; a script error fails the test."""
        async with await self.browser.new_context(viewport=size) as context:
            opened = await context.new_page()
            errors: list[str] = []
            opened.on("pageerror", lambda error: errors.append(str(error)))
            await opened.goto(f"{self.slack.url}/?{place}")
            await expect(opened.locator("[data-person][aria-pressed=true]")).to_be_attached()
            yield opened
            assert not errors


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    program = chromium_or_skip()
    async with async_playwright() as playwright:
        yield await playwright.chromium.launch(executable_path=program, args=FLAGS)


@pytest_asyncio.fixture(loop_scope="module")
async def scene(browser: Browser) -> AsyncIterator[Scene]:
    """The clock stands still at nine in the morning in Berlin, but for what moves it."""
    clock = DomainClock(real=START.timestamp)
    slack = LocalSlack(
        signing_secret=SECRET, bot_token="xoxb-test", app_token="xapp-test", clock=clock
    )
    async with slack.serve(), ClientSession() as session:
        client = AsyncWebClient("xoxb-test", base_url=slack.api_url, session=session)
        small = SmallBot(client, SECRET)
        async with TestServer(small.app.web_app(path="/")) as server:
            slack.bot_url = str(server.make_url("/"))
            yield Scene(slack, small, clock, browser)


async def test_the_clock_shows_the_bots_time_in_each_persons_zone(scene: Scene) -> None:
    async with scene.page("user=U1&channel=C1") as page:
        await expect(page.locator("#clock")).to_have_text("Mon 2 Mar, 09:00")
        await page.click("[data-person=U3]")
        await expect(page.locator("#clock")).to_have_text("Mon 2 Mar, 17:00")


async def test_the_clock_moves_by_the_mouse(scene: Scene) -> None:
    async with scene.page("user=U1&channel=C1") as page:
        for option, shown in (("+1 hour", "Mon 2 Mar, 10:00"), ("+1 day", "Tue 3 Mar, 10:00")):
            await page.click("#clock")
            await page.get_by_role("option", name=option, exact=True).click()
            await expect(page.locator("#clock")).to_have_text(shown)
        await expect(
            page.get_by_role("status").filter(has_text="It is now Tue 3")
        ).to_be_attached()
    assert scene.clock.now() == START + timedelta(hours=25)


async def test_the_clock_moves_by_the_keyboard_on_a_phone(scene: Scene) -> None:
    async def planned() -> datetime:
        return START + timedelta(hours=30)

    scene.clock.next_moment = planned
    async with scene.page("user=U1&channel=C1", PHONE) as page:
        await page.focus("#clock")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("option")).to_have_text(
            ["Next posting moment", "+1 hour", "+1 day"]
        )
        await page.keyboard.press("Enter")
        await expect(page.locator("#clock")).to_have_text("Tue 3 Mar, 15:00")
        await expect(page.locator("#clock")).to_be_focused()
        await page.keyboard.press("ArrowDown")
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("option")).to_have_count(0)
        assert await page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    assert scene.clock.moves == 1


async def test_without_a_plan_the_person_is_told_what_to_do(scene: Scene) -> None:
    async with scene.page("user=U1&channel=C1") as page:
        await page.click("#clock")
        await page.get_by_role("option", name="Next posting moment").click()
        await expect(page.locator("#banners")).to_contain_text("Set up a daily question")


async def test_todays_date_follows_the_bots_clock(scene: Scene) -> None:
    close = int((START + timedelta(days=1)).timestamp())
    text = f"Closes <!date^{close}^{{date_short_pretty}}|then>"
    await scene.bot.client.chat_postMessage(channel="C1", text=text)
    async with scene.page("user=U1&channel=C1") as page:
        message = page.locator(".message .content")
        await expect(message).to_have_text("Closes tomorrow")
        scene.clock.advance(timedelta(days=1))
        await expect(message).to_have_text("Closes today")


async def test_without_a_clock_there_is_no_control(browser: Browser) -> None:
    slack = LocalSlack(signing_secret=SECRET, bot_token="xoxb-test", app_token="xapp-test")
    async with slack.serve(), await browser.new_context() as context:
        page = await context.new_page()
        await page.goto(f"{slack.url}/?user=U1&channel=C1")
        await expect(page.locator("#composer")).to_be_visible()
        await expect(page.locator("#clock")).to_be_hidden()


async def test_a_file_is_a_card_with_a_download(scene: Scene) -> None:
    title = "<b>All</b> about you"
    await scene.bot.client.files_upload_v2(
        channel="D1", content=b"{}", filename="data.json", title=title
    )
    async with scene.page("user=U1&channel=D1", PHONE) as page:
        card = page.locator(".file-card")
        await expect(card.locator(".file-name")).to_have_text(title)
        await expect(card.locator(".file-note")).to_have_text("data.json, 2 bytes")
        async with page.expect_download() as download:
            await card.get_by_role("link", name="Download data.json").click()
        saved = await download.value
        assert saved.suggested_filename == "data.json"
        assert Path(await saved.path()).read_bytes() == b"{}"  # noqa: ASYNC240  two bytes on disk


async def test_the_home_tab_greets_before_the_bot_has_filled_it(scene: Scene) -> None:
    scene.slack.bot_url = None
    async with scene.page("user=U1&channel=D1&tab=home") as page:
        await expect(page.locator("#home")).to_contain_text("Nothing here yet")
        await page.get_by_role("button", name="Go to Messages").click()
        await expect(page.locator("#composer")).to_be_visible()


def long_home(words: str = "words") -> dict[str, Any]:
    """As many blocks as a busy Home tab has."""
    rows = [
        {
            **section(f"Row {number}", accessory=button("review", "Review")),
            "block_id": f"r{number}",
        }
        for number in range(60)
    ]
    choices = actions(
        select(3, "size"), element("checkboxes", "hide", options=options(2)), block_id="choices"
    )
    return home(section(words), choices, *rows)


async def test_a_long_home_tab_works(scene: Scene) -> None:
    slack, client = scene.slack, scene.bot.client
    async with scene.page("user=U1&channel=D1&tab=home") as page:
        await slack.wait_until(lambda: slack.home("U1"))
        (opened,) = scene.bot.heard("app_home_opened")
        assert "view" not in opened["event"]
        first = (await client.views_publish(user_id="U1", view=long_home()))["view"]
        await expect(page.locator("#home [data-block-id]")).to_have_count(62)
        await page.locator("[data-block-id=r59] button").click()
        await page.locator("[data-action-id=hide] input").first.check()
        await page.locator("[data-action-id=size]").click()
        await page.get_by_role("option").nth(1).click()
        await slack.wait_until(lambda: len(scene.bot.heard("block_actions")) > 2)
        pressed, ticked, chosen = scene.bot.heard("block_actions")
        assert pressed["actions"][0]["block_id"] == "r59"
        assert pressed["container"] == {"type": "view", "view_id": first["id"]}
        assert [o["value"] for o in ticked["actions"][0]["selected_options"]] == ["v0"]
        assert (
            chosen["view"]["state"]["values"]["choices"]["size"]["selected_option"]
            == (chosen["actions"][0]["selected_option"])
        )
        errors = []
        for words in ("new", "late"):  # the second one still knows the hash of the first view
            given = {"user_id": "U1", "view": long_home(words), "hash": first["hash"]}
            answer = slack.web_api.answer("views.publish", "xoxb-test", given)
            errors.append(answer.body.get("error"))
        assert errors == [None, "hash_conflict"]
        await expect(page.locator("#home")).to_contain_text("new")
        await expect(page.locator("[data-action-id=hide] input").first).to_be_checked()


async def test_the_about_tab_is_reached_by_the_arrow_keys(scene: Scene) -> None:
    async with scene.page("user=U1&channel=D1") as page:
        await page.focus("[data-tab=messages]")
        await page.keyboard.press("ArrowRight")
        await expect(page.locator("#about")).to_contain_text("/quiz")
        await expect(page.locator("#composer")).to_be_hidden()
        assert "tab=about" in page.url
        await page.keyboard.press("ArrowRight")
        await expect(page.locator("[data-tab=home]")).to_have_attribute("aria-selected", "true")
    assert [body["event"]["tab"] for body in scene.bot.heard("app_home_opened")] == ["home"]
