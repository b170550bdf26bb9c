"""The bank is swapped while it is in use: whole, once, and everybody hears of it."""

import asyncio
import gc
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.bank.catalogue import Catalogue
from bot.bank.reader import Reader
from bot.bank.shelf import Shelf
from bot.errors import MemoryAway
from bot.git_source import PullFailed
from bot.quiz.question import Question
from bot.quiz.trouble import BankTrouble
from bot.reloading import FAILURES, MOST_LOOKS, Reloading, Supply
from bot.watching import Never


def quiz(*ids: str) -> str:
    return "\n".join(
        f'<quiz id="{each}">\nWhat is {each}?\n\n- [x] A\n- [ ] B\n</quiz>\n' for each in ids
    )


BROKEN = '<quiz id="a1">\nWhich?\n\n- [ ] A\n- [ ] B\n</quiz>\n'


@dataclass
class Room:
    """A bank in a folder, and what everybody heard of it. `meanwhile` is done in each pause."""

    folder: Path
    told: list[BankTrouble] = field(default_factory=list)
    swaps: list[tuple[Catalogue, Catalogue]] = field(default_factory=list)
    meanwhile: list[Callable[[], None]] = field(default_factory=list)
    failures: list[Exception | None] = field(default_factory=list)
    is_busy: bool = False
    is_away: bool = False
    pauses: int = 0

    def __post_init__(self) -> None:
        self.folder.mkdir()
        self.write("a", quiz("a1", "a2"))
        reader = Reader([self.folder])
        bank = reader.read()
        self.shelf = Shelf(bank.catalogue)
        self.supply = Supply(bank, reader)
        self.reloading = Reloading(self.supply, self.shelf, self.tell, (self.hook,), self.sleep)

    def write(self, name: str, text: str) -> None:
        (self.folder / f"{name}.md").write_text(text, "utf-8")

    @property
    def asked(self) -> list[str]:
        return sorted(each.id for page in self.shelf for each in page)

    async def tell(self, trouble: BankTrouble) -> bool:
        if not self.is_busy:
            self.told.append(trouble)
        return not self.is_busy

    async def hook(self, before: Catalogue, after: Catalogue) -> None:
        if self.is_away:
            raise MemoryAway
        self.swaps.append((before, after))

    async def sleep(self, _: float) -> None:
        self.pauses += 1
        if self.meanwhile:
            self.meanwhile.pop(0)()

    async def pull(self) -> bool:
        failure = self.failures.pop(0) if self.failures else None
        if failure:
            raise failure
        return False


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path / "bank")


async def test_a_change_is_swapped_in(room: Room) -> None:
    room.write("b", quiz("b1"))
    assert await room.reloading.check()
    assert room.asked == ["a1", "a2", "b1"]


async def test_nothing_is_swapped_without_a_change(room: Room) -> None:
    before = room.shelf.current
    room.write("a", quiz("a1", "a2"))
    assert not await room.reloading.check()
    assert room.shelf.current is before
    assert (len(room.swaps), room.pauses) == (1, 0)


async def test_a_file_is_read_once_it_is_whole(room: Room) -> None:
    whole = quiz("a1", "a2", "a3")
    room.write("a", whole[:60])
    room.meanwhile = [lambda: room.write("a", whole[:100]), lambda: room.write("a", whole)]
    await room.reloading.check()
    assert room.asked == ["a1", "a2", "a3"]
    assert (len(room.swaps), room.reloading.trouble) == (1, BankTrouble())


async def test_a_file_that_never_rests_is_read_in_the_end(room: Room) -> None:
    texts = iter(range(10**6))
    room.meanwhile = [lambda: room.write("log", f"{next(texts)}")] * (2 * MOST_LOOKS)
    room.write("b", quiz("b1"))
    assert await room.reloading.check()
    assert room.asked == ["a1", "a2", "b1"]


async def test_a_change_that_is_taken_back_is_none_to_speak_of(room: Room) -> None:
    room.write("a", BROKEN)
    room.meanwhile = [lambda: room.write("a", quiz("a1", "a2"))]
    await room.reloading.check()
    assert room.asked == ["a1", "a2"]
    assert not any(room.told)


async def test_each_hook_is_told_once_of_what_was_and_what_is(room: Room) -> None:
    first = room.shelf.current
    await room.reloading.check()
    room.write("b", quiz("b1"))
    await room.reloading.check()
    second = room.shelf.current
    await room.reloading.check()
    room.write("b", quiz("b2"))
    await room.reloading.check()
    assert room.swaps[0][0] == Catalogue()  # at the start, everything is new
    assert room.swaps[0][1] is first
    assert [(id(old), id(new)) for old, new in room.swaps[1:]] == [
        (id(first), id(second)),
        (id(second), id(room.shelf.current)),
    ]


async def test_whom_the_news_did_not_reach_hears_of_all_that_has_changed(room: Room) -> None:
    await room.reloading.check()
    room.swaps.clear()
    first = room.shelf.current
    room.is_away = True
    for name in ("b", "c"):
        room.write(name, quiz(f"{name}1"))
        assert await room.reloading.check()
    room.is_away = False
    await room.reloading.check()
    await room.reloading.check()
    assert [old is first and new is room.shelf.current for old, new in room.swaps] == [True]


async def test_a_hook_that_fails_keeps_nobody_from_the_new_bank(tmp_path: Path) -> None:
    async def fail(_: Catalogue, __: Catalogue) -> None:
        raise ZeroDivisionError

    room = Room(tmp_path / "bank")
    reloading = Reloading(room.supply, room.shelf, room.tell, (fail, room.hook), room.sleep)
    room.write("b", quiz("b1"))
    assert await reloading.check()
    assert (room.asked, len(room.swaps)) == (["a1", "a2", "b1"], 1)


async def test_a_broken_page_is_told_and_shown_once_and_when_it_is_mended(room: Room) -> None:
    room.write("a", BROKEN)
    for _ in range(3):
        await room.reloading.check()
    assert room.asked == ["a1", "a2"]
    said = room.reloading.details()["bank"]
    assert said.startswith("1 page keeps its last good version: a.md; errors: a.md:1: ")
    room.write("a", quiz("a1"))
    await room.reloading.check()
    await room.reloading.check()
    assert [trouble.kept for trouble in room.told] == [("a.md",), ()]
    assert room.reloading.details() == {}


async def test_many_broken_pages_are_counted(room: Room) -> None:
    for number in range(9):
        room.write(f"p{number}", quiz(f"p{number}"))
    await room.reloading.check()
    for number in range(9):
        room.write(f"p{number}", BROKEN)
    await room.reloading.check()
    said = room.reloading.details()["bank"]
    assert said.startswith("9 pages keep their last good version: p0.md, ")
    assert " and 4 more" in said


async def test_of_an_emptied_folder_only_the_name_is_told(room: Room) -> None:
    (room.folder / "a.md").unlink()
    await room.reloading.check()
    assert room.asked == ["a1", "a2"]
    assert [trouble.kept for trouble in room.told] == [("a.md",)]
    assert room.told[0].errors[0].startswith(f"{room.folder.name}:1: error[unreadable-file]")
    assert str(room.folder.parent) not in room.reloading.details()["bank"]


async def test_of_several_folders_only_the_names_are_told(tmp_path: Path) -> None:
    folders = [tmp_path / "git", tmp_path / "git/deep", tmp_path / "gitea"]
    for folder in folders:
        folder.mkdir()
        (folder / "a.md").write_text(BROKEN, "utf-8")
    reader = Reader(folders)
    bank = reader.read()
    reloading = Reloading(Supply(bank, reader), Shelf(bank.catalogue), lambda _: nobody())
    places = [error.partition(":")[0] for error in reloading.trouble.errors]
    assert places == ["git/a.md", "deep/a.md", "gitea/a.md"]


async def nobody() -> bool:
    return True


async def test_news_that_could_not_be_told_are_told_later(room: Room) -> None:
    room.is_busy = True
    room.write("a", BROKEN)
    await room.reloading.check()
    assert room.told == []
    room.is_busy = False
    await room.reloading.check()
    assert [trouble.kept for trouble in room.told] == [("a.md",)]


async def test_a_source_may_fail_now_and_then(room: Room) -> None:
    room.supply.source = room
    room.failures = [PullFailed("no network")] * (FAILURES - 1)
    for _ in range(FAILURES - 1):
        await room.reloading.check()
        assert room.reloading.details() == {"bank": "nothing newer can be had: no network"}
    await room.reloading.check()
    assert (room.reloading.details(), any(room.told)) == ({}, False)


async def test_a_source_that_keeps_failing_is_told_once(room: Room) -> None:
    room.supply.source = room
    room.failures = [PullFailed(f"try {n}") for n in range(FAILURES + 2)]
    room.write("b", quiz("b1"))
    for _ in range(FAILURES + 3):
        await room.reloading.check()
    assert room.asked == ["a1", "a2", "b1"]
    assert [bool(trouble.source) for trouble in room.told] == [False, True, False]


async def test_a_fault_of_our_own_leaves_the_bank_as_it_is(room: Room) -> None:
    room.supply.source = room
    room.failures = [ZeroDivisionError()]
    room.write("b", quiz("b1"))
    assert not await room.reloading.check()
    assert room.asked == ["a1", "a2"]
    assert "in the log" in room.reloading.details()["bank"]
    assert await room.reloading.check()
    assert room.reloading.details() == {}


async def test_what_was_wrong_at_the_start_is_told_without_a_change(tmp_path: Path) -> None:
    folder = tmp_path / "bank"
    folder.mkdir()
    (folder / "a.md").write_text(quiz("a2") + BROKEN, "utf-8")
    reader = Reader([folder])
    bank = reader.read()
    told: asyncio.Queue[BankTrouble] = asyncio.Queue()

    async def tell(trouble: BankTrouble) -> bool:
        await told.put(trouble)
        return True

    reloading = Reloading(Supply(bank, reader), Shelf(bank.catalogue), tell)
    async with reloading.running(Never()):
        assert len((await told.get()).errors) == 1


async def test_a_fault_that_stops_it_is_not_silent(room: Room) -> None:
    class Fault:
        async def wait(self) -> None:
            raise ZeroDivisionError

    async with room.reloading.running(Fault()):
        with pytest.raises(ZeroDivisionError):
            await room.reloading.watch()


async def test_a_bank_that_nobody_asks_goes_although_it_was_kept_for_good(room: Room) -> None:
    room.write("a", quiz("short-lived"))
    await room.reloading.check()
    room.swaps.clear()
    room.write("a", quiz("next"))
    gc.disable()
    try:
        await room.reloading.check()
        room.swaps.clear()
        gc.unfreeze()
        left = {each.id for each in gc.get_objects() if isinstance(each, Question)}
    finally:
        gc.enable()
    assert left >= {"next"}
    assert "short-lived" not in left
