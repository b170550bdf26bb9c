"""The author's page in a real browser: it follows the file."""

from collections.abc import AsyncIterator
from dataclasses import replace
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest
from aiohttp import ClientSession
from playwright.async_api import Page, async_playwright, expect

from bot.authoring.commands import image_of_page
from bot.authoring.preview import page_json
from bot.authoring.preview_server import PreviewServer
from bot.bank.files import read_bank
from bot.errors import ConfigError
from bot.quiz.prose import Image
from tests.authoring.test_terminal_play import PAGE
from tests.browser import chromium_or_skip
from tests.pictures import PNG, RED


def server_of(path: Path) -> PreviewServer:
    def shows() -> dict[str, object]:
        bank = read_bank([path])
        quizzes = bank.catalogue.quizzes
        return page_json(quizzes[0] if quizzes else None, "", bank.problems)

    return PreviewServer(path, shows, partial(image_of_page, path))


def save(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "colours.md"
    file.write_text(PAGE, "utf-8")
    return file


@pytest.fixture
async def browser(path: Path) -> AsyncIterator[tuple[Page, str]]:
    server = server_of(path)
    async with server.serve(), async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=chromium_or_skip())
        page = await chromium.new_page()
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        await page.goto(server.url)
        yield page, server.url
        await chromium.close()
        assert not faults


async def test_the_page_follows_the_file_at_each_save(
    browser: tuple[Page, str], path: Path
) -> None:
    page, _ = browser
    panes = page.locator(".preview-pane")
    await expect(panes.nth(0)).to_contain_text("What colour is the sky?")
    save(path, PAGE.replace("What colour", "Which colour"))
    await expect(panes.nth(0)).to_contain_text("Which colour is the sky?")
    save(path, PAGE.replace("[x] Blue", "[ ] Blue"))
    await expect(page.locator(".preview-problems")).to_contain_text("no-right-option")
    await expect(page.locator("#status")).to_contain_text("2 questions, 1 to look at.")
    new = path.with_suffix(".new")
    save(new, PAGE)
    new.replace(path)  # as many editors save
    await expect(page.locator("#status")).to_contain_text("3 questions, nothing to mend.")


async def test_a_press_shows_what_follows(browser: tuple[Page, str]) -> None:
    page, url = browser
    before, after = page.locator(".preview-pane").nth(0), page.locator(".preview-pane").nth(1)
    await before.get_by_role("button", name="Answer B").click()
    await expect(after).to_contain_text("That is the grass.")
    await before.get_by_role("button", name="Hint").click()
    await expect(before).to_contain_text("Look up.")
    await page.goto(f"{url}#port")
    await before.get_by_role("button", name="Fill in").click()
    await expect(page.get_by_role("region", name="The form")).to_contain_text("Gap 2")


async def test_a_phone_is_as_narrow_as_a_phone(browser: tuple[Page, str]) -> None:
    page, _ = browser
    await page.get_by_role("button", name="Phone").click()
    box = await page.locator(".preview-frame").first.bounding_box()
    assert box is not None
    assert box["width"] == 375


async def test_an_image_of_the_page_is_shown_and_nothing_else_of_the_folder(path: Path) -> None:
    (path.parent / "map.png").write_bytes(PNG)
    (path.parent / "secret.png").write_bytes(RED)
    text = "<quiz>\nWhere?\n\n![A map](map.png)\n\n- [x] Here\n- [ ] There\n</quiz>\n"
    save(path, text)
    server = server_of(path)
    async with server.serve(), async_playwright() as playwright, ClientSession() as http:
        chromium = await playwright.chromium.launch(executable_path=chromium_or_skip())
        page = await chromium.new_page()
        await page.goto(server.url)
        shown = page.get_by_role("img", name="A map").first
        await expect(shown).to_be_visible()
        assert await shown.evaluate("image => image.decode().then(() => image.naturalWidth)") == 40
        address = await shown.get_attribute("src")
        await chromium.close()
        async with http.get(f"{server.url}{str(address).lstrip('/')}") as answer:
            assert (answer.status, answer.content_type) == (200, "image/png")
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert await answer.read() == PNG
        for other in ("secret.png", "map.png", Image("x", digest=sha256(RED).hexdigest()).name):
            async with http.get(f"{server.url}local/images/{other}") as answer:
                assert answer.status == 404


async def test_only_this_machine_is_served(path: Path) -> None:
    server = server_of(path)
    async with server.serve(), ClientSession() as http:
        async with http.get(server.url, headers={"Host": "evil.test"}) as answer:
            assert answer.status == 403
        async with http.get(f"{server.url}static/..%2F..%2Fsettings.py") as answer:
            assert answer.status == 404


async def test_a_port_in_use_is_said_with_the_way_out(path: Path) -> None:
    first = server_of(path)
    async with first.serve():
        port = int(first.url.rsplit(":", 1)[1].strip("/"))
        with pytest.raises(ConfigError, match="--port"):
            async with server_of(path).serve(port):
                pass


async def test_a_question_that_is_gone_is_named_with_what_went_wrong(
    browser: tuple[Page, str], path: Path
) -> None:
    page, url = browser
    notice, problems = page.locator(".preview-missing"), page.locator(".preview-problems")
    await page.goto(f"{url}#flag")
    await expect(page.locator(".preview-pane").nth(0)).to_contain_text("Which are in the flag?")
    save(path, PAGE.replace("[x] Red", "[ ] Red").replace("[x] White", "[ ] White"))
    await expect(notice).to_have_text("There is no question “flag” now. This is the first one.")
    await expect(problems).to_contain_text("no-right-option")
    save(path, PAGE)
    await expect(page.locator(".preview-pane").nth(0)).to_contain_text("Which are in the flag?")
    await expect(notice).to_have_count(0)
    await page.goto(f"{url}#%E0%A4%A")
    await expect(page.locator(".preview-pane").nth(0)).to_contain_text("What colour is the sky?")


async def test_a_notice_stands_above_the_question(path: Path) -> None:
    server = replace(server_of(path), shows=lambda: page_json(None, "", ()) | {"notice": "Typo."})
    async with server.serve(), async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=chromium_or_skip())
        page = await chromium.new_page()
        await page.goto(server.url)
        await expect(page.locator(".preview-missing")).to_have_text("Typo.")
        await chromium.close()


async def test_the_keyboard_stays_where_it_was(browser: tuple[Page, str], path: Path) -> None:
    page, _ = browser
    after = page.locator(".preview-pane").nth(1)
    wrong = after.get_by_role("button", name="B", exact=True)
    await wrong.press("Enter")
    await expect(wrong).to_have_attribute("aria-pressed", "true")
    await expect(wrong).to_be_focused()
    save(path, PAGE.replace("What colour", "Which colour"))
    await expect(page.locator(".preview-pane").nth(0)).to_contain_text("Which colour is the sky?")
    await expect(wrong).to_be_focused()
    entry = page.get_by_role("link", name="flag")
    await entry.press("Enter")
    await expect(entry).to_have_attribute("aria-current", "true")
    await expect(entry).to_be_focused()
    hint = page.get_by_role("button", name="Submit").first
    await hint.press("Enter")
    await expect(hint).to_be_focused()
