"""Whatever happens to the folders of a bank, somebody is told to look."""

import asyncio
import shutil
from collections.abc import AsyncGenerator, AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from watchfiles import awatch
from watchfiles.main import FileChange

from bot.watching import FolderWatch, Never, Timer

NEVER_MIND = 3_600.0
"""Seconds between looks without a notice: no test waits for so long."""

PULSE = 0.05


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "bank"
    (root / "git").mkdir(parents=True)
    (root / "git/a.md").write_text("one", "utf-8")
    return root


@pytest.fixture
async def watch(folder: Path) -> AsyncIterator[FolderWatch]:
    async with FolderWatch([folder], NEVER_MIND, PULSE).watching() as opened:
        await opened.wait()  # it is at work
        yield opened


def replace(folder: Path) -> None:
    folder.rename(folder.parent / "away")
    folder.mkdir()


async def test_a_changed_page_is_noticed(folder: Path, watch: FolderWatch) -> None:
    (folder / "git/a.md").write_text("two", "utf-8")
    await watch.wait()


async def test_a_page_in_a_new_folder_is_noticed(folder: Path, watch: FolderWatch) -> None:
    (folder / "aws").mkdir()
    await watch.wait()
    (folder / "aws/b.md").write_text("two", "utf-8")
    await watch.wait()


async def test_a_config_map_that_is_swapped_is_noticed(folder: Path) -> None:
    for name in ("..1", "..2"):
        (folder / name).mkdir()
    (folder / "..data").symlink_to("..1")
    async with FolderWatch([folder], NEVER_MIND, PULSE).watching() as watch:
        await watch.wait()
        (folder / "..tmp").symlink_to("..2")
        (folder / "..tmp").replace(folder / "..data")
        await watch.wait()


async def test_a_folder_that_comes_back_is_watched_again(folder: Path) -> None:
    async with FolderWatch([folder], NEVER_MIND, PULSE).watching() as watch:
        await watch.wait()
        replace(folder)
        for _ in range(5):  # more often than a notice of the old folder may be left
            (folder / "b.md").write_text("two", "utf-8")
            await watch.wait()


async def test_a_link_that_leads_elsewhere_now_is_noticed(folder: Path) -> None:
    other, link = folder.parent / "other", folder.parent / "link"
    other.mkdir()
    link.symlink_to(folder)
    async with FolderWatch([link], NEVER_MIND, PULSE).watching() as watch:
        await watch.wait()
        (folder.parent / "fresh").symlink_to(other)
        (folder.parent / "fresh").replace(link)
        await watch.wait()


async def test_a_folder_that_is_gone_is_looked_for_every_so_often(folder: Path) -> None:
    shutil.rmtree(folder)
    async with FolderWatch([folder], PULSE).watching() as watch:
        await watch.wait()
        await watch.wait()


async def test_watches_that_end_midway_are_begun_anew(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when the system has none left for a new folder."""
    begun = []

    def watches(*paths: Path, **options: Any) -> AsyncGenerator[set[FileChange], None]:
        begun.append(paths)
        return broken() if len(begun) == 1 else awatch(*paths, **options)

    async def broken() -> AsyncGenerator[set[FileChange], None]:
        raise RuntimeError("error in underlying watcher")
        yield set()

    monkeypatch.setattr("bot.watching.awatch", watches)
    async with FolderWatch([folder], PULSE).watching() as watch:
        await watch.wait()
        await watch.wait()
    assert len(begun) > 1


async def test_without_notices_it_is_time_to_look_every_so_often(folder: Path) -> None:
    async with FolderWatch([folder], PULSE).watching() as watch:
        for _ in range(3):
            await watch.wait()


async def test_a_timer_gives_notice_by_itself() -> None:
    timer = Timer(0.01)
    await timer.wait()
    await timer.wait()


async def test_what_is_never_looked_at_waits_for_ever() -> None:
    waiting = asyncio.ensure_future(Never().wait())
    done, _ = await asyncio.wait([waiting], timeout=0.01)
    assert not done
    waiting.cancel()
