"""Swaps the bank while the bot runs: reads what has changed, off the loop, and tells of it."""

import asyncio
import gc
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Protocol, TypeAlias

import structlog

from bot.bank.catalogue import Catalogue
from bot.bank.files import Bank
from bot.bank.problem import is_error
from bot.bank.reader import Reader
from bot.bank.shelf import Shelf
from bot.errors import MemoryAway
from bot.git_source import PullFailed
from bot.quiz.question import Quiz
from bot.quiz.trouble import BankTrouble
from bot.scheduler import Sleep
from bot.watching import Notices

log = structlog.get_logger(__name__)

SETTLE: Final = 0.5
"""Seconds between two looks that must be alike: a file may just be half written."""

MOST_LOOKS: Final = 20
FAILURES: Final = 3
"""So often in a row a source must fail before anybody is told: networks hiccup."""

SHOWN: Final = 5
"""Pages, and lines, that the readiness page names."""

Hook: TypeAlias = Callable[[Catalogue, Catalogue], Awaitable[None]]
"""Told the bank before and the bank now, once on each worker; first of all that of the start, with
an empty one before it. After `MemoryAway` it is called again, with all that has changed since; so
it must bear a second call, as it must bear that other workers swap the same change.
"""

Tell: TypeAlias = Callable[[BankTrouble], Awaitable[bool]]
"""False when it should be tried again later."""


class Source(Protocol):
    async def pull(self) -> bool:
        """Bring the newest files; whether there were any. Raises `PullFailed`."""


@dataclass(slots=True)
class Supply:
    """The bank as it was read last, and where, to read it again: nobody else may hold the first
    one, or it would stay for good. `failure` is why the source had nothing newer at the start.
    """

    bank: Bank
    reader: Reader
    source: Source | None = None
    failure: str = ""


class _Stopped(Exception):
    """Nobody waits any more for what is being read."""


class Reloading:
    """One worker's bank. `trouble` is what is wrong with it now."""

    def __init__(
        self,
        supply: Supply,
        shelf: Shelf,
        tell: Tell,
        hooks: Sequence[Hook] = (),
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self.supply = supply
        self._failures = FAILURES if supply.failure else 0
        self._failure = supply.failure
        self._shelf = shelf
        self._tell = tell
        self._hooks = hooks
        self._passed_on = [Catalogue()] * len(hooks)
        self._told: str | None = None
        self._sleep = sleep
        self._stopping = False
        self._loop: asyncio.Task[None] | None = None

    @property
    def trouble(self) -> BankTrouble:
        return BankTrouble(
            kept=tuple(_named(path, self.supply.reader.paths) for path in self.supply.bank.kept),
            errors=tuple(
                _named(str(each), self.supply.reader.paths)
                for each in self.supply.bank.problems
                if is_error(each)
            ),
            source=self._failure,
        )

    def details(self) -> Mapping[str, str]:
        """What is wrong, for the readiness page; it does not make the bot unready."""
        said = "; ".join(_words(self.trouble))
        return {"bank": said} if said else {}

    @asynccontextmanager
    async def running(self, notices: Notices) -> AsyncIterator["Reloading"]:
        """Look again at every notice, until the block is left."""
        self._loop = asyncio.create_task(self._run(notices), name="reloading")
        try:
            yield self
        finally:
            self._stopping = True
            self._loop.cancel()
            await asyncio.wait([self._loop])
            if not self._loop.cancelled() and (fault := self._loop.exception()):
                log.error("reloading had stopped", exc_info=fault)

    async def watch(self) -> None:
        """Wait as long as it is at work; an error that stopped it is raised."""
        if self._loop:
            await asyncio.shield(self._loop)

    async def _run(self, notices: Notices) -> None:
        await self._pass_on()
        while True:
            await notices.wait()
            await self.check()

    async def check(self) -> bool:
        """Look, and swap the bank if it has changed; whether it has."""
        try:
            await self._pull()
            swapped = await self._reload()
        except Exception:  # the bank that is there must go on being asked
            reference = secrets.token_hex(4)
            log.exception("the bank could not be read again", reference=reference)
            self._failure = f"Reading failed; look for {reference} in the log."
            self._failures = FAILURES
            swapped = False
        await self._pass_on()
        return swapped

    async def _pull(self) -> None:
        if self.supply.source is None:
            self._failure, self._failures = "", 0
            return
        try:
            await self.supply.source.pull()
        except PullFailed as error:
            self._failures += 1
            self._failure = str(error)
            log.warning("the bank could not be pulled", reason=str(error), times=self._failures)
        else:
            self._failure, self._failures = "", 0

    async def _reload(self) -> bool:
        look = await asyncio.to_thread(self.supply.reader.look)
        if not self.supply.reader.is_news(look):
            return False
        for _ in range(MOST_LOOKS):
            await self._sleep(SETTLE)
            again = await asyncio.to_thread(self.supply.reader.look)
            if again == look:
                break
            look = again
        bank = await asyncio.to_thread(self.supply.reader.read, self._between)
        before = list(self.supply.bank.catalogue)
        self._swap(bank)
        await self._pass_on()
        await asyncio.to_thread(_let_go, before)
        await asyncio.to_thread(keep_for_good)
        return True

    def _between(self) -> None:
        if self._stopping:
            raise _Stopped
        keep_for_good()

    def _swap(self, bank: Bank) -> None:
        before = set(self.supply.bank.problems)
        self.supply.bank = bank
        self._shelf.current = bank.catalogue
        for problem in bank.problems:
            if problem not in before:
                log.warning("problem in the bank", problem=str(problem))
        quizzes = len(bank.catalogue)
        log.info("the bank was swapped", pages=bank.pages, quizzes=quizzes, kept=len(bank.kept))

    async def _pass_on(self) -> None:
        """Tell everybody who is behind; whom it does not reach, the next time."""
        trouble = self._worth_telling()
        if self._told != trouble.name and await _reached(self._tell(trouble)):
            self._told = trouble.name
        new = self._shelf.current
        for number, hook in enumerate(self._hooks):
            old = self._passed_on[number]
            if old is not new and await _reached(hook(old, new)):
                self._passed_on[number] = new

    def _worth_telling(self) -> BankTrouble:
        trouble = self.trouble
        return trouble if self._failures >= FAILURES else replace(trouble, source="")


async def _reached(telling: Awaitable[bool | None]) -> bool:
    """Whether whoever is told need not be told again."""
    try:
        return await telling is not False
    except MemoryAway:
        log.warning("no memory, so the news about the bank waits")
        return False
    except Exception:  # the next one shall hear of it all the same
        log.exception("the news about the bank went wrong")
        return True


def keep_for_good() -> None:
    """Keep the collector from walking through the bank again and again, which would hold up every
    click for a second. A bank has no cycles, so one that nobody asks any more goes even so.
    """
    gc.collect(1)  # what is young and dead already shall not stay for good
    gc.freeze()


def _let_go(bank: list[Quiz]) -> None:
    """Page by page, for a whole bank that goes at once lets nobody else run meanwhile."""
    while bank:
        bank.pop()


def _named(line: str, roots: Sequence[Path]) -> str:
    """A path, or a line that begins with one, as seen from the bank's folder if there is only one;
    a folder by its name. Where a bank lies on the machine is nobody's business in a channel.
    """
    if len(roots) == 1 and line.startswith(f"{roots[0]}/"):
        return line.removeprefix(f"{roots[0]}/")
    mine = (
        root for root in roots if line == str(root) or line.startswith((f"{root}/", f"{root}:"))
    )
    nearest = max(mine, key=lambda root: len(str(root)), default=None)
    return line if nearest is None else line.removeprefix(f"{nearest.parent}/")


def _words(trouble: BankTrouble) -> Iterator[str]:
    if trouble.source:
        yield f"nothing newer can be had: {trouble.source}"
    if len(trouble.kept) == 1:
        yield f"1 page keeps its last good version: {trouble.kept[0]}"
    elif trouble.kept:
        yield f"{len(trouble.kept)} pages keep their last good version: {_first(trouble.kept)}"
    if trouble.errors:
        yield f"errors: {_first(trouble.errors)}"


def _first(lines: Sequence[str]) -> str:
    more = f" and {len(lines) - SHOWN} more" if len(lines) > SHOWN else ""
    return ", ".join(lines[:SHOWN]) + more
