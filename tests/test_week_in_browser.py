"""Three people play a week on the local page in a real browser: the bot's clock makes it short.

What must come out is worked out here from the table of who answered what, in plain arithmetic.
"""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

import pytest
from playwright.async_api import Locator, Page, async_playwright, expect

from bot.bank.files import Bank
from bot.sandbox.clock import DomainClock
from bot.settings import Settings
from bot.trial import Trial, open_trial
from tests.browser import chromium_or_skip
from tests.conftest import bank_of

pytestmark = pytest.mark.browser

FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync")
MONDAY_MORNING = datetime(2026, 3, 2, 7, tzinfo=UTC)
ANA, BEN, CHI = "U1", "U2", "U3"
NAMES = {ANA: "Ana", BEN: "Ben", CHI: "Chi"}
RIGHT, WRONG = True, False
MILESTONE = 5

# Wednesday is a day off, and Ben misses Thursday.
DAYS = {
    "Mon 2 Mar": {ANA: RIGHT, BEN: RIGHT, CHI: WRONG},
    "Tue 3 Mar": {ANA: RIGHT, BEN: WRONG, CHI: RIGHT},
    "Thu 5 Mar": {ANA: RIGHT, CHI: RIGHT},
    "Fri 6 Mar": {ANA: WRONG, BEN: RIGHT, CHI: WRONG},
    "Mon 9 Mar": {ANA: RIGHT, BEN: RIGHT, CHI: RIGHT},
}
BOARD_DAY = "Fri 6 Mar"
QUESTION = """
<quiz id="q{n}">
What is question {n} about?
- [x] True thing {n}
- [ ] False thing {n}
- [ ] Other thing {n}

Because of reason {n}.
</quiz>
"""


def points(user: str, days: list[str]) -> int:
    return 100 * sum(DAYS[day].get(user, WRONG) for day in days)


def score(user: str, days: list[str]) -> str:
    given = [DAYS[day][user] for day in days if user in DAYS[day]]
    return f"{sum(given)}/{len(given)}"


def answered(user: str, day: str) -> int:
    """Days with an answer up to this one: one missed day in a week is forgiven, and adds none."""
    return sum(user in DAYS[each] for each in upto(day))


def upto(day: str) -> list[str]:
    days = list(DAYS)
    return days[: days.index(day) + 1]


def standing(days: list[str], viewer: str = "") -> list[list[str]]:
    """Rank, name, points and right of answered; equal points share a rank."""
    names = {**NAMES, viewer: "You"}
    ranked = sorted(NAMES, key=lambda user: (-points(user, days), NAMES[user]))
    totals = [points(user, days) for user in ranked]
    return [
        [str(1 + totals.index(total)), names[user], str(total), score(user, days)]
        for user, total in zip(ranked, totals, strict=True)
    ]


@pytest.fixture
def week_of_questions() -> Bank:
    return bank_of(week="# Week\n" + "".join(QUESTION.format(n=n) for n in range(1, 7)))


@pytest.fixture
async def trial(week_of_questions: Bank) -> AsyncIterator[Trial]:
    """What `quizbot try` starts, on a Monday morning that is yet without plans."""
    began = monotonic()
    clock = DomainClock(real=lambda: MONDAY_MORNING.timestamp() + monotonic() - began)
    with TemporaryDirectory(prefix="quiz-") as folder:
        settings = Settings.read(_env_file=None, port=0, quiz_data=Path(folder))
        async with open_trial(settings, week_of_questions, clock) as opened:
            yield opened
        assert not opened.slack.refusals


@pytest.fixture
async def page(trial: Trial) -> AsyncIterator[Page]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=chromium_or_skip(), args=list(FLAGS)
        )
        try:
            opened = await browser.new_page(viewport={"width": 1280, "height": 900})
            errors: list[str] = []
            opened.on("pageerror", lambda error: errors.append(str(error)))
            await opened.goto(f"{trial.page}/?user={ANA}&channel=C1")
            yield opened
            assert not errors
        finally:
            await browser.close()


@dataclass(frozen=True, slots=True)
class Week:
    """What people do on the page, and where they find it."""

    page: Page

    @property
    def questions(self) -> Locator:
        return self.messages("Question of the day")

    def messages(self, words: str) -> Locator:
        return self.page.get_by_role("log").locator(".message", has_text=words)

    async def become(self, user: str) -> None:
        person = self.page.locator(f"[data-person={user}]")
        await person.click()
        await expect(person).to_have_attribute("aria-pressed", "true")

    async def say(self, text: str) -> None:
        await self.page.fill("#composer", text)
        await self.page.keyboard.press("Enter")

    async def move(self, step: str, shown: str) -> None:
        """Press the clock; `shown` is what it says then, to Ana in Berlin."""
        await self.page.click("#clock")
        await self.page.get_by_role("option", name=step, exact=True).click()
        await expect(self.page.locator("#clock")).to_contain_text(shown)

    async def pick(self, field: str, typed: str, option: str) -> None:
        form = self.page.get_by_role("dialog")
        await form.get_by_role("combobox", name=field).click()
        await self.page.keyboard.type(typed)
        await self.page.get_by_role("option", name=option).first.click()

    async def answer(self, user: str, *, right: bool) -> None:
        await self.become(user)
        options = self.questions.last
        chosen = re.compile(f"^Answer .: {'True' if right else 'False'} thing")
        await options.get_by_role("button", name=chosen).click()


async def set_up(week: Week) -> None:
    """Half past nine to half past four in Lisbon, not on the 4th; the board comes on Fridays."""
    await week.say("/quiz daily")
    form = week.page.get_by_role("dialog")
    await expect(form.get_by_label("Ask at")).to_be_focused()
    await form.get_by_label("Ask at").fill("09:30")
    await form.get_by_label("Close at").fill("16:30")
    await week.pick("Time zone", "Lisbon", "Lisbon")
    await week.pick("Leaderboard of the week", "Fri", "On Fridays")
    await form.get_by_label("Days off of your own").fill("2026-03-04")
    await form.get_by_role("button", name="Next").click()
    await expect(form).to_contain_text("at 09:30, closes at 16:30 (Europe/Lisbon)")
    await expect(form).to_contain_text("Mon 2 March at 09:30")
    await expect(form).to_contain_text("Thu 5 March at 09:30")
    await expect(form).not_to_contain_text("Wed 4 March")
    await form.get_by_role("button", name="Save").click()
    await expect(form).to_have_count(0)
    await expect(week.messages("Saved. The next question for")).to_be_visible()


async def answer_all(week: Week, day: str) -> None:
    """Everybody is told at once that it is kept and how long their run is, but not the answer."""
    for user, right in DAYS[day].items():
        await week.answer(user, right=right)
        replies, days = week.messages("Recorded: "), answered(user, day)
        await expect(replies).to_have_count(days)
        run = f"{days} working days in a row" if days > 1 else "The answer comes"
        await expect(replies.last).to_contain_text(run)
        await expect(week.questions.last).not_to_contain_text("Because of reason")
    await week.become(ANA)


async def see_result(week: Week, day: str) -> None:
    """A bar for each option, the right one, why, and who has a run to be proud of."""
    result = week.questions.last
    given = list(DAYS[day].values())
    await expect(result).to_contain_text(f"{sum(given)} of {len(given)} right")
    for name, count in (("✅", sum(given)), ("False thing", len(given) - sum(given))):
        share = round(100 * count / len(given))
        option = rf"{name}.*?[▓░]{{10}}\s+{count}\s+{share} %"
        await expect(result).to_contain_text(re.compile(option, re.DOTALL))
    await expect(result).to_contain_text("Because of reason")
    proud = [user for user in DAYS[day] if answered(user, day) >= MILESTONE]
    runs = " · ".join(f"{NAMES[user]} {answered(user, day)} days" for user in proud)
    if runs:
        await expect(result).to_contain_text(f"🔥 {runs}")
    else:
        await expect(result).not_to_contain_text("🔥")


async def see_board(message: Locator, days: list[str], viewer: str = "") -> None:
    rows = message.locator("tbody tr")
    await expect(rows).to_have_count(len(NAMES))
    for row, cells in enumerate(standing(days, viewer)):
        for column, cell in enumerate(cells):
            await expect(rows.nth(row).locator("td").nth(column)).to_have_text(cell)


async def test_a_week_from_the_schedule_to_the_leaderboard(page: Page) -> None:
    week = Week(page)
    await set_up(week)
    board = week.messages("Leaderboard of the week")
    for number, day in enumerate(DAYS, 1):
        await week.move("Next posting moment", f"{day}, 10:30")
        await expect(week.questions).to_have_count(number)
        await answer_all(week, day)
        await expect(board).to_have_count(int(BOARD_DAY in upto(day)))
        await week.move("Next posting moment", f"{day}, 17:30")
        await see_result(week, day)

    closed_by_friday = [day for day in upto(BOARD_DAY) if day != BOARD_DAY]
    await expect(board).to_have_count(1)
    await expect(board).to_contain_text("2 to 8 March")
    await see_board(board, closed_by_friday)
    for viewer in NAMES:
        await week.become(viewer)
        await week.say("/quiz leaderboard all here")
        await see_board(week.messages("All time · this channel"), list(DAYS), viewer)


async def test_a_newcomer_comes_to_the_question_by_one_press(page: Page, trial: Trial) -> None:
    await trial.plan()
    week = Week(page)
    await expect(page.get_by_text("The clock at the top leads to the question")).to_be_visible()
    await week.move("Next posting moment", "Mon 2 Mar, 09:00")
    await expect(week.questions).to_have_count(1)
    await page.click("[data-channel=C2]")
    await week.move("+1 hour", "Mon 2 Mar, 10:00")
    await week.move("Next posting moment", "Mon 2 Mar, 11:00")
    await expect(week.questions).to_have_count(1)
    await week.answer(ANA, right=True)
    await expect(week.messages("✅ Right: ")).to_contain_text("100 points.")
    # Time goes by as it always does: what lies between is neither left out nor late.
    await week.move("+1 day", "Tue 3 Mar, 11:00")
    await expect(week.questions).to_have_count(2)
    await expect(week.questions.first).to_contain_text("1 of 1 right")
    await page.click("[data-channel=C1]")
    await expect(week.questions).to_have_count(2)
    await expect(week.questions.first).to_contain_text("nobody answered")
