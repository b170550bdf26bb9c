"""Where the bank comes from, as the settings say: read once at the start, and then watched."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import structlog

from bot.bank.collecting import without_collector
from bot.bank.reader import Reader
from bot.errors import ConfigError
from bot.git_source import GitSource, PullFailed, shown_url
from bot.reloading import Supply
from bot.settings import Settings
from bot.watching import EVERY, FolderWatch, Never, Notices, Timer

log = structlog.get_logger(__name__)


def load_bank(settings: Settings) -> Supply:
    """Every page that can be read; its problems are logged. Raises ConfigError without a quiz."""
    source = _git_source(settings)
    failure = asyncio.run(_first_pull(source, settings)) if source else ""
    paths: tuple[Path, ...] = (source.root,) if source else settings.quiz_content
    reader = Reader(paths, settings.quiz_site_url or None)
    with without_collector():
        bank = reader.read()
    for problem in bank.problems:
        log.warning("problem in the bank", problem=str(problem))
    if not bank.catalogue.quizzes:
        where = ", ".join(map(str, paths))
        name = "QUIZ_GIT_FOLDER" if source else "QUIZ_CONTENT"
        raise ConfigError(
            f"There is no quiz in {where}. `quizbot lint {where}` says why; "
            f"{name} names another folder."
        )
    return Supply(bank, reader, source, failure)


def lag(settings: Settings) -> timedelta:
    """By how much one worker may notice a change later than another one."""
    every = settings.quiz_git_every if settings.is_from_git else settings.reload_seconds or EVERY
    return timedelta(seconds=2 * every)


@asynccontextmanager
async def open_notices(settings: Settings, paths: Sequence[Path]) -> AsyncIterator[Notices]:
    """When to look at the paths of a bank again."""
    seconds = settings.quiz_git_every if settings.is_from_git else settings.reload_seconds
    if settings.quiz_reload == "off":
        yield Never()
    elif seconds:
        yield Timer(seconds)
    else:
        async with FolderWatch(paths).watching() as watch:
            yield watch


def _git_source(settings: Settings) -> GitSource | None:
    if not settings.is_from_git:
        return None
    return GitSource(
        settings.quiz_git_url.get_secret_value(),
        settings.quiz_data / "git",
        branch=settings.quiz_git_branch,
        folder=settings.quiz_git_folder,
    )


async def _first_pull(source: GitSource, settings: Settings) -> str:
    """Why there is nothing newer than the checkout of the last time; empty if there may be."""
    try:
        await source.pull()
    except PullFailed as error:
        if not source.has_checkout:
            shown = shown_url(settings.quiz_git_url.get_secret_value())
            raise ConfigError(
                f"QUIZ_GIT_URL: {shown} could not be pulled: {str(error).rstrip('.')}. There is "
                f"no earlier checkout in {settings.quiz_data} to begin with."
            ) from error
        log.warning("the last checkout has to do", reason=str(error))
        return str(error)
    return ""
