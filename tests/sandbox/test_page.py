"""The local page in a real Chromium: what is drawn, what the keyboard can do, what stays put."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from aiohttp.test_utils import TestServer
from playwright.async_api import (
    Browser,
    Locator,
    Page,
    ViewportSize,
    WebSocketRoute,
    async_playwright,
    expect,
)
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.messages import Message
from bot.sandbox.server import LocalSlack
from tests.browser import chromium_or_skip
from tests.sandbox.conftest import SECRET
from tests.sandbox.samples import actions, button, element, mrkdwn, option, options, plain, section
from tests.sandbox.small_bot import SmallBot

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync")
DESK = ViewportSize(width=1100, height=760)
PHONE = ViewportSize(width=390, height=740)
DATE = "<!date^1700000000^{date_num} {time}|then>"
ATTACK = "<img src=x onerror=document.title='hacked'>"
CONFIRM = {
    "title": plain("Really?"),
    "text": plain("It goes away."),
    "confirm": plain("Delete"),
    "deny": plain("Keep"),
    "style": "danger",
}

Json = dict[str, Any]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    """One browser for all tests here, which is why they and their fixtures share a loop."""
    program = chromium_or_skip()
    async with async_playwright() as playwright:
        yield await playwright.chromium.launch(executable_path=program, args=FLAGS)


@pytest_asyncio.fixture(loop_scope="module")
async def slack() -> AsyncIterator[LocalSlack]:
    local = LocalSlack(
        signing_secret=SECRET,
        bot_token="xoxb-test",
        app_token="xapp-test",
        now=lambda: 1_700_000_000.0,
    )
    async with local.serve():
        yield local


@pytest_asyncio.fixture(loop_scope="module")
async def bot(slack: LocalSlack) -> AsyncIterator[SmallBot]:
    small = SmallBot(AsyncWebClient("xoxb-test", base_url=slack.api_url), SECRET)
    async with TestServer(small.app.web_app(path="/slack/events")) as server:
        slack.bot_url = str(server.make_url("/slack/events"))
        yield small


@pytest_asyncio.fixture(loop_scope="module")
async def page(browser: Browser, slack: LocalSlack, bot: SmallBot) -> AsyncIterator[Page]:
    """Ana in #general, with the small bot at the other end; a script error fails the test."""
    assert bot.app
    async with await browser.new_context(viewport=DESK, color_scheme="light") as context:
        opened = await context.new_page()
        errors: list[str] = []
        opened.on("pageerror", lambda error: errors.append(str(error)))
        await opened.goto(f"{slack.url}/?user=U1&channel=C1")
        here = opened.locator("[data-channel=C1]")
        await expect(here).to_have_attribute("aria-current", "page")
        yield opened
        assert not errors


def show(slack: LocalSlack, *blocks: Json, text: str = "words") -> str:
    """Put a message of the bot into #general past the server's checks; its ts."""
    log = slack.workspace.messages
    ts = log.next_ts()
    log.add(Message(ts, "C1", "UBOT", text, list(blocks)))
    slack.workspace.signal.changed()
    return ts


def block(page: Page, name: str) -> Locator:
    return page.locator(f"#messages [data-block-id='{name}']")


def control(page: Page, action_id: str) -> Locator:
    return page.locator(f"[data-action-id='{action_id}']")


async def tab_to(page: Page, target: Locator, key: str = "Shift+Tab") -> None:
    """Walk to an element by the Tab key alone."""
    for _ in range(40):
        await page.keyboard.press(key)
        if await target.evaluate("node => node === document.activeElement"):
            return
    pytest.fail(f"the Tab key does not lead to {target}")


def rich(*parts: Json) -> Json:
    return {"type": "rich_text", "elements": list(parts)}


def line(*items: Json) -> Json:
    return {"type": "rich_text_section", "elements": list(items)}


def words(text: str, **style: bool) -> Json:
    return {"type": "text", "text": text, "style": style}


def raw(text: str) -> Json:
    return {"type": "raw_text", "text": text}


def bullets(indent: int, *texts: str, **more: Any) -> Json:
    items = [line(words(text)) for text in texts]
    return {"type": "rich_text_list", "indent": indent, "elements": items, **more}


# A block, the part of its drawing to look at, and the words that this part shows.
DRAWN: list[tuple[Json, str, str]] = [
    ({"type": "header", "text": plain("Board :tada:")}, "[role=heading]", "Board 🎉"),
    (section("*fat* `a*b`"), ".text b", "fat"),
    (section("_thin_ snake_case_name"), ".text", "thin snake_case_name"),
    (section("~gone~"), "s", "gone"),
    (section("before ```x < 1```"), "pre", "x < 1"),
    (section("&gt;said *so*\nafter"), "blockquote", "said so"),
    (section("<https://example.org/a|the *guide*>"), "a.link", "the *guide*"),
    (section("<@U2> in <#C2>"), ".text", "@Ben in #platform"),
    (section("&lt;b&gt; &amp;amp; :no_such_sign:"), ".text", "<b> &amp; :no_such_sign:"),
    (section(DATE), "time", "2023-11-14 11:13 PM"),
    ({"type": "section", "fields": [mrkdwn("*One*"), mrkdwn("Two")]}, ".fields b", "One"),
    (section(accessory=button("side", "Side")), ".accessory button", "Side"),
    ({"type": "context", "elements": [mrkdwn("3 of *10*")]}, ".context", "3 of 10"),
    ({"type": "divider"}, "hr", ""),
    (actions(button("go", "Go", style="primary")), "button.primary", "Go"),
    (actions(button("del", "Del", style="danger")), "button.danger", "Del"),
    (actions(button("url", "Read", url="https://example.org")), "a.button", "Read"),
    (actions(element("static_select", options=options(2))), "button.select", "Select an option"),
    (
        actions(element("checkboxes", options=[{"text": mrkdwn("*A* `x`"), "value": "a"}])),
        "label code",
        "x",
    ),
    (actions(element("radio_buttons", options=[option("r", "Round")])), "label", "Round"),
    (rich(line(words("int", code=True, bold=True))), "b code", "int"),
    (rich(line({"type": "emoji", "name": "tada"})), ".rt-section", "🎉"),
    (
        rich(line({"type": "link", "url": "https://example.org", "text": "site"})),
        "a[target=_blank]",
        "site",
    ),
    (rich(bullets(0, "one"), bullets(1, "deep")), "ul + ul li", "deep"),
    (rich(bullets(0, "third", style="ordered", offset=2)), "ol[start='3'] li", "third"),
    (
        rich({"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "a\n  b"}]}),
        "pre",
        "a\n  b",
    ),
    (rich({"type": "rich_text_quote", "elements": [words("said")]}), "blockquote", "said"),
    (
        {
            "type": "table",
            "rows": [[raw("name"), raw("points")], [rich(line(words("Ana"))), raw("1,400")]],
            "column_settings": [{}, {"align": "right"}],
        },
        "tbody td.right",
        "1,400",
    ),
    ({"type": "markdown", "text": "# Top\n\n- one\n  1. *two*"}, "li ol li i", "two"),
    ({"type": "markdown", "text": "|a|b|\n|-|-:|\n|1|2|"}, "td.right", "2"),
    ({"type": "markdown", "text": "```py\nif x:\n  y\n```"}, "pre", "if x:\n  y"),
    ({"type": "hologram"}, ".not-drawn", "hologram is not drawn here. "),
]


async def test_each_kind_of_block_is_drawn(page: Page, slack: LocalSlack) -> None:
    show(slack, *({**drawn, "block_id": f"b{i}"} for i, (drawn, _, _) in enumerate(DRAWN)))
    for index, (_, part, text) in enumerate(DRAWN):
        await expect(block(page, f"b{index}").locator(part).first).to_have_text(text)


async def test_hostile_words_are_shown_and_never_run(page: Page, slack: LocalSlack) -> None:
    hostile = {"text": plain(ATTACK), "value": ATTACK}
    show(
        slack,
        section(ATTACK, block_id="mrkdwn"),
        section("<javascript:alert(1)|press>", block_id="address"),
        {"type": "markdown", "text": f"{ATTACK} [press](javascript:alert(1))", "block_id": "md"},
        rich(line(words(ATTACK), {"type": "link", "url": "javascript:alert(1)", "text": "press"})),
        {"type": "table", "rows": [[raw(ATTACK)]]},
        actions(
            button(ATTACK, ATTACK, url="javascript:alert(1)"),
            element("radio_buttons", options=[hostile]),
            block_id='"><b>',
        ),
        {"type": ATTACK},
    )
    await slack.say("U2", "C1", ATTACK)
    await expect(page.locator(".message").last).to_contain_text(ATTACK)
    for name in ("mrkdwn", "md"):
        await expect(block(page, name)).to_contain_text(ATTACK)
    await expect(page.locator("#messages img")).to_have_count(0)
    await expect(page.locator("[href^='javascript:' i]")).to_have_count(0)
    await expect(page).to_have_title("general · Sandbox")


async def test_a_question_is_asked_and_answered_by_keyboard_alone(
    page: Page, bot: SmallBot
) -> None:
    await expect(page.locator("#composer")).to_be_focused()
    await page.keyboard.type("/quiz")
    await page.keyboard.press("Enter")
    await expect(page.locator(".message.ephemeral")).to_contain_text("Only visible to you")
    await tab_to(page, control(page, "answer:b"))
    await page.keyboard.press("Enter")
    await expect(page.locator(".message")).to_contain_text("You chose 2")
    await expect(page.locator("#composer")).to_be_focused()
    await tab_to(page, page.locator(".dismiss"))
    await page.keyboard.press("Enter")
    await expect(page.locator(".message")).to_have_count(0)
    (click,) = bot.heard("block_actions")
    assert click["actions"][0]["action_id"] == "answer:b"


async def test_the_focus_stays_on_its_element_or_goes_to_the_first_button(
    page: Page, bot: SmallBot, slack: LocalSlack
) -> None:
    ts = show(slack, actions(button("a", "A"), button("b", "B"), block_id="letters"))
    await control(page, "b").focus()
    again = actions(button("a", "A"), button("b", "Changed"), block_id="letters")
    await bot.client.chat_update(channel="C1", ts=ts, text="again", blocks=[again])
    await expect(control(page, "b")).to_have_text("Changed")
    await expect(control(page, "b")).to_be_focused()
    result = [section("Right"), actions(button("next", "Next"), button("wrong", "Wrong?"))]
    await bot.client.chat_update(channel="C1", ts=ts, text="Right", blocks=result)
    await expect(control(page, "next")).to_be_focused()


async def test_an_open_list_survives_what_others_do(page: Page, slack: LocalSlack) -> None:
    show(slack, actions(element("static_select", options=options(40))))
    await control(page, "pick").click()
    await page.keyboard.type("wor")
    await slack.say("U2", "C1", "Hello there")
    await expect(page.locator(".message").last).to_contain_text("Hello there")
    await expect(page.get_by_role("option")).to_have_count(40)
    await expect(page.locator(".select-search")).to_be_focused()
    await expect(page.locator(".select-search")).to_have_value("wor")
    await page.keyboard.press("Escape")
    await expect(control(page, "pick")).to_be_focused()


async def test_a_select_that_asks_the_bot_offers_its_groups(page: Page, bot: SmallBot) -> None:
    bot.suggestions = {
        "option_groups": [{"label": plain("Tools"), "options": [option("git", "Git basics")]}]
    }
    await page.locator("#composer").fill("/quiz")
    await page.keyboard.press("Enter")
    await control(page, "search").press("g")
    await expect(page.locator(".listbox-label")).to_have_text("Tools")
    await page.keyboard.press("Enter")
    await expect(control(page, "search")).to_have_text("Git basics")
    await expect(control(page, "search")).not_to_have_attribute("aria-busy", "true")
    assert bot.heard("block_suggestion")[0]["value"] == "g"
    assert bot.heard("block_actions")[0]["actions"][0]["selected_option"]["value"] == "git"


async def test_a_pressed_button_is_busy_and_a_second_press_goes_through(
    page: Page, slack: LocalSlack, bot: SmallBot
) -> None:
    show(slack, actions(button("go")))
    await control(page, "go").dblclick()
    await expect(control(page, "go")).to_have_attribute("aria-busy", "true")
    await slack.wait_until(lambda: len(bot.heard("block_actions")) == 2)
    await slack.say("U2", "C1", "Something new")
    await expect(control(page, "go")).not_to_have_attribute("aria-busy", "true")


async def test_what_deletes_is_asked_twice(page: Page, slack: LocalSlack, bot: SmallBot) -> None:
    show(slack, actions(button("del", "Delete all", style="danger", confirm=CONFIRM)))
    await control(page, "del").click()
    await expect(page.get_by_role("alertdialog", name="Really?")).to_be_visible()
    await page.keyboard.press("Enter")
    await expect(page.locator(".confirm")).to_have_count(0)
    await expect(control(page, "del")).to_be_focused()
    await control(page, "del").click()
    await page.get_by_role("button", name="Delete", exact=True).click()
    await slack.wait_until(lambda: bot.heard("block_actions"))
    assert len(bot.heard("block_actions")) == 1


async def test_a_modal_keeps_what_is_typed_until_it_is_right(page: Page, bot: SmallBot) -> None:
    bot.next_ack = {"response_action": "errors", "errors": {"name": "Not this one."}}
    await page.locator("#composer").fill("/quiz form")
    await page.keyboard.press("Enter")
    await expect(control(page, "name")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.locator(".input-error")).to_contain_text("Please fill this in")
    await page.keyboard.type("Anita!")
    await page.keyboard.press("Enter")
    await expect(page.locator(".input-error")).to_have_text("Not this one.")
    await expect(control(page, "name")).to_have_value("Anita")
    await expect(control(page, "name")).to_be_focused()
    bot.next_ack = {}
    await page.locator(".modal-submit").click()
    await expect(page.locator(".modal")).to_be_hidden()
    await expect(page.locator("#composer")).to_be_focused()
    sent = bot.heard("view_submission")[-1]["view"]["state"]["values"]
    assert sent["name"]["name"]["value"] == "Anita"
    assert sent["size"]["size"]["selected_option"] is None


async def test_escape_closes_the_list_first_and_then_the_modal(page: Page, bot: SmallBot) -> None:
    await page.locator("#composer").fill("/quiz form")
    await page.keyboard.press("Enter")
    await control(page, "size").click()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("option")).to_have_count(0)
    await expect(page.locator(".modal")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.locator(".modal")).to_be_hidden()
    assert not bot.heard("view_submission")


async def test_the_composer_completes_recalls_and_loses_nothing(page: Page) -> None:
    field = page.locator("#composer")
    await field.press("/")
    await expect(page.get_by_role("option")).to_contain_text("/quiz")
    await field.press("Tab")
    await expect(field).to_have_value("/quiz ")
    await field.fill("hello @qu")
    await field.press("Tab")
    await expect(field).to_have_value("hello @Quiz Bot ")
    await field.press("Shift+Enter")
    await field.press("Enter")
    await expect(page.locator(".message .mention")).to_have_text("@Quiz Bot")
    await field.press("ArrowUp")
    await expect(field).to_have_value("hello @Quiz Bot")
    await field.fill("/nothing")
    await field.press("Enter")
    await expect(page.locator(".banner")).to_contain_text(["lost", "No app here knows"])
    await expect(field).to_have_value("/nothing")


async def test_each_person_sees_their_own_and_a_reload_comes_back(
    page: Page, bot: SmallBot
) -> None:
    await bot.client.chat_postEphemeral(channel="C1", user="U1", text="Only for Ana")
    await bot.client.chat_postMessage(channel="C2", text="For all")
    await expect(page.locator(".message")).to_contain_text("Only for Ana")
    await expect(page.locator("[data-channel=C2]")).to_have_class("place unread")
    await page.locator("[data-person=U2]").click()
    await expect(page.locator("[data-person=U2]")).to_have_attribute("aria-pressed", "true")
    await expect(page.locator(".message")).to_have_count(0)
    await page.locator("[data-channel=C2]").click()
    await page.locator("#theme").click()
    await page.reload()
    await expect(page.locator(".message")).to_contain_text("For all")
    await expect(page.locator("[data-person=U2]")).to_have_attribute("aria-pressed", "true")
    await expect(page.locator("[data-channel=C2]")).to_have_class("place")
    await expect(page.locator("html")).to_have_attribute("data-theme", "dark")


async def test_the_home_tab_shows_what_the_bot_publishes(page: Page) -> None:
    await page.locator("[data-channel=D1]").click()
    await page.get_by_role("tab", name="Home").click()
    await expect(page.locator("#home .block").first).to_be_visible()
    await page.keyboard.press("ArrowRight")
    await expect(page.get_by_role("tab", name="Messages")).to_be_focused()
    await expect(page.locator("#composer")).to_be_visible()


async def test_a_screen_reader_gets_the_text_and_not_the_looks(
    page: Page, slack: LocalSlack
) -> None:
    await expect(page.get_by_role("log", name="Messages in general")).to_be_visible()
    show(slack, section("▓▓▓░░ 3"), text="Question 3 of 5: which letter?")
    await expect(page.locator("[aria-live=polite]#announcer")).to_have_text(
        "Quiz Bot: Question 3 of 5: which letter?"
    )


async def test_a_lost_connection_is_shown_and_picked_up(page: Page, slack: LocalSlack) -> None:
    lines: list[WebSocketRoute] = []
    broken: list[bool] = []

    async def answer(line: WebSocketRoute) -> None:
        lines.append(line)
        if broken:
            await line.close()
        else:
            line.connect_to_server()

    await page.route_web_socket("**/local/socket*", answer)
    await page.reload()
    await expect(page.locator("#messages .empty")).to_contain_text("Type /quiz to start")
    broken.append(True)
    await lines[-1].close()
    await expect(page.locator(".lost")).to_be_visible()
    await slack.say("U2", "C1", "Said meanwhile")
    broken.clear()
    await page.get_by_role("button", name="Try now").click()
    await expect(page.locator(".lost")).to_be_hidden()
    await expect(page.locator(".message")).to_contain_text("Said meanwhile")


async def test_a_phone_never_scrolls_sideways(page: Page, slack: LocalSlack) -> None:
    long = "Donaudampfschifffahrt" * 12
    show(
        slack,
        section(f"{long} `{long}`"),
        section(f"```{long}```"),
        {"type": "table", "rows": [[raw(long)] * 6] * 3},
        {"type": "markdown", "text": f"# {long}\n\n- {long}\n\n> {long}"},
        actions(
            *(button(f"b{i}", long[:75]) for i in range(3)),
            element("static_select", options=[option("v", long[:75])], placeholder=plain(long)),
            element("checkboxes", "boxes", options=[option("v", long[:75])]),
        ),
        {"type": "context", "elements": [mrkdwn(long)]},
    )
    await page.set_viewport_size(PHONE)
    await expect(page.locator(".table-scroll")).to_be_visible()
    for part in ("html", "#messages", "#main"):
        wide = "node => node.scrollWidth > node.clientWidth"
        assert not await page.locator(part).evaluate(wide), part
    widest = "nodes => Math.max(...nodes.map((node) => node.getBoundingClientRect().right))"
    assert await page.locator(".block > *, .actions > *").evaluate_all(widest) <= PHONE["width"]


async def test_the_sidebar_is_a_drawer_on_a_phone(page: Page) -> None:
    await page.set_viewport_size(PHONE)
    await expect(page.locator("#sidebar")).to_be_hidden()
    await page.locator("#menu").click()
    await expect(page.locator("[data-channel=C1]")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.locator("#menu")).to_be_focused()
    await page.locator("#menu").click()
    await page.locator("[data-channel=C2]").click()
    await expect(page.locator("#sidebar")).to_be_hidden()
    await expect(page.locator("#composer")).to_have_attribute("placeholder", "Message #platform")
