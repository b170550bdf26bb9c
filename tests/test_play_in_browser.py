"""A person in a real browser plays a quiz on the local page, from `/quiz` to the summary."""

from collections.abc import AsyncIterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from playwright.async_api import Page, async_playwright, expect

from bot.bank.files import Bank
from bot.settings import Settings
from bot.trial import Trial, open_trial
from tests.browser import chromium_or_skip

pytestmark = pytest.mark.browser

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture
async def trial(colours: Bank) -> AsyncIterator[Trial]:
    """What `quizbot try` starts, on a free port and with data of its own."""
    with TemporaryDirectory(prefix="quiz-") as folder:
        settings = Settings.read(_env_file=None, port=0, quiz_data=Path(folder))
        async with open_trial(settings, colours) as opened:
            yield opened
        assert not opened.slack.refusals


@pytest.fixture(params=[(1280, 860), (390, 844)], ids=["desktop", "phone"])
async def page(request: pytest.FixtureRequest, trial: Trial) -> AsyncIterator[Page]:
    width, height = request.param
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=chromium_or_skip(), args=list(QUIET)
        )
        try:
            opened = await browser.new_page(viewport={"width": width, "height": height})
            complaints: list[str] = []
            opened.on("pageerror", lambda error: complaints.append(str(error)))
            await opened.goto(trial.page)
            yield opened
            assert not complaints
        finally:
            await browser.close()


async def test_from_the_command_to_the_summary(page: Page) -> None:
    messages = page.get_by_role("log")
    await page.fill("#composer", "/quiz")
    await page.keyboard.press("Enter")
    await page.get_by_text("Search quizzes and questions").click()
    await page.keyboard.type("colours")
    await page.get_by_role("option", name="Colours").click()
    await page.get_by_role("button", name="Start").click()

    await expect(messages).to_contain_text("What colour is a clear sky at noon?")
    await expect(messages).to_contain_text("1 of 3")
    blue = page.locator(".message", has_text="clear sky").get_by_role("button", name="Blue")
    await blue.click()
    await expect(messages).to_contain_text("Right: ")
    await expect(messages).to_contain_text("Air scatters blue light more than red.")
    await page.get_by_role("button", name="Next").click()

    await expect(messages).to_contain_text("Choose all that apply")
    await page.locator("[data-action-id=ticks] input").first.check()
    await page.get_by_role("button", name="Submit").click()
    await expect(messages).to_contain_text("Not quite")
    await page.get_by_role("button", name="Next").click()

    await page.get_by_role("button", name="Fill in").click()
    form = page.get_by_role("dialog")
    await form.get_by_role("textbox").fill("White")
    await form.get_by_role("button", name="Answer").click()
    await expect(form).to_have_count(0)
    await expect(messages).to_contain_text("Right: white")
    await page.get_by_role("button", name="See your result").click()

    await expect(messages).to_contain_text("2 of 3 right")
    await page.get_by_role("button", name="Share in channel").click()
    await expect(messages.get_by_text("ana played Colours")).to_be_visible()
    await expect(page.get_by_role("button", name="Share in channel")).to_have_count(0)


async def test_the_verdict_is_in_sight_on_a_small_screen(page: Page) -> None:
    await page.set_viewport_size({"width": 390, "height": 420})
    messages = page.get_by_role("log")
    await page.fill("#composer", "/quiz start colours")
    await page.keyboard.press("Enter")
    await expect(messages).to_contain_text("What colour is a clear sky at noon?")
    await page.get_by_role("button", name="Blue").click()
    await expect(messages.get_by_text("Right: ")).to_be_in_viewport()
    await expect(page.get_by_role("button", name="Next")).not_to_be_in_viewport()
    await page.get_by_role("button", name="Next").click()
    await expect(messages.get_by_text("2 of 3")).to_be_in_viewport()
    await page.get_by_role("button", name="Submit").click()
    await expect(messages.get_by_text("Please tick at least one answer")).to_be_in_viewport()


async def test_it_can_be_played_by_keyboard_alone(page: Page) -> None:
    messages = page.get_by_role("log")
    await page.locator("#composer").focus()
    await page.keyboard.type("/quiz start shapes")
    await page.keyboard.press("Enter")
    await expect(messages).to_contain_text("How many sides has a triangle?")
    three = page.get_by_role("button", name="Three")
    await three.focus()
    await page.keyboard.press("Enter")
    await expect(messages).to_contain_text("Right: ")
    await expect(page.get_by_role("button", name="Next")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(messages).to_contain_text("How many corners has a square?")


async def test_a_reload_finds_the_session_again(page: Page) -> None:
    messages = page.get_by_role("log")
    await page.fill("#composer", "/quiz start shapes")
    await page.keyboard.press("Enter")
    await expect(messages).to_contain_text("How many sides has a triangle?")
    await page.reload()
    await page.fill("#composer", "/quiz resume")
    await page.keyboard.press("Enter")
    await expect(messages).to_contain_text("How many sides has a triangle?")
