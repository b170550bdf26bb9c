"""Brings the bank along from a git repository: the newest commit, whole or not at all.

The `git` program does it: it knows the operator's keys, proxies and credential helpers, speaks
every protocol, and can be stopped after a time. Nothing of a repository is ever executed.
"""

import asyncio
import os
import re
import shutil
import signal
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

import structlog

from bot.errors import ConfigError
from bot.settings import VARIABLES

log = structlog.get_logger(__name__)

REMOTE: Final = "bank"
PROTOCOLS: Final = "https:ssh:file"
TIMEOUT: Final = 120.0
"""Seconds for one call of git."""

CREDENTIALS: Final = re.compile(r"(?<=://)[^\s/]+@")
LONGEST_REASON: Final = 300
SAFE: Final = (
    *("-c", "core.hooksPath=/dev/null"),
    *("-c", "core.fsmonitor=false"),
    *("-c", "submodule.recurse=false"),
    *("-c", "gc.auto=0"),
)
"""A repository brings no hooks along, and neither shall the operator's templates."""


class PullFailed(Exception):
    """Why there is no newer bank: git's own words, without credentials."""


class GitSource:
    """`root` is where the bank is read: the path stays, and leads to another checkout after each
    `pull` that found a new commit. `folder` is the part of the repository that is the bank.
    """

    def __init__(
        self,
        url: str,
        home: Path,
        *,
        branch: str = "",
        folder: str = "",
        timeout: float = TIMEOUT,
    ) -> None:
        self._url = url
        self._branch = branch
        self._folder = folder.strip("/")
        self._timeout = timeout
        # Another repository has another place: its last checkout must not pass for this one's.
        written = "\n".join((shown_url(url), branch, self._folder))
        self._place = home.absolute() / sha256(written.encode()).hexdigest()[:12]
        self._link = self._place / (_name(url) or "bank")
        self.root = self._link / self._folder if self._folder else self._link

    @property
    def has_checkout(self) -> bool:
        return self.root.is_dir()

    async def pull(self) -> bool:
        """Whether there is a new commit; it is in place then. Raises `PullFailed`, and everything
        is as before; `ConfigError` without the git program.
        """
        try:
            commit = await self._newest()
            if self.has_checkout and self._link.resolve().name == commit:
                return False
            await self._fetch()
        except OSError as error:
            raise PullFailed(f"{error.strerror or error}") from error
        return True

    async def _newest(self) -> str:
        wanted = f"refs/heads/{self._branch}" if self._branch else "HEAD"
        found = await self._git("ls-remote", REMOTE, wanted)
        commit, _, _ = found.partition("\t")
        if not commit:
            what = f"branch {self._branch}" if self._branch else "commit"
            raise PullFailed(f"There is no {what} in the repository.")
        return commit

    async def _fetch(self) -> None:
        self._place.mkdir(parents=True, exist_ok=True)
        space = Path(await asyncio.to_thread(mkdtemp, dir=self._place, prefix=".new-"))
        try:
            objects, files = f"--git-dir={space / 'objects'}", space / "files"
            files.mkdir()
            await self._git("init", "--quiet", "--bare", "--template=", str(space / "objects"))
            wanted = f"refs/heads/{self._branch}" if self._branch else "HEAD"
            shallow = ("--quiet", "--depth=1", "--no-tags", "--no-recurse-submodules")
            await self._git(objects, "fetch", *shallow, REMOTE, wanted)
            commit = (await self._git(objects, "rev-parse", "FETCH_HEAD")).strip()
            into = (objects, f"--work-tree={files}", "--literal-pathspecs")
            path = self._folder or "."
            listed = await self._git(*into, "ls-tree", "-d", "FETCH_HEAD", "--", path)
            if self._folder and not listed:
                raise PullFailed(f"There is no folder {self._folder} in the repository.")
            await self._git(*into, "checkout", "--quiet", "--force", "FETCH_HEAD", "--", path)
            await asyncio.to_thread(self._put_in_place, files, commit)
        finally:
            await asyncio.to_thread(shutil.rmtree, space, ignore_errors=True)
        log.info("the bank was pulled", commit=commit[:12])

    def _put_in_place(self, files: Path, commit: str) -> None:
        """A reader sees the old files or the new ones, never some of each."""
        before = self._link.resolve() if self._link.exists() else None
        checkout = self._place / commit
        if not checkout.exists():
            files.rename(checkout)
        fresh = files.parent / "link"
        fresh.symlink_to(commit)
        fresh.replace(self._link)
        for other in self._place.iterdir():
            # Not the one before: somebody may just be reading it.
            if other not in {checkout, before} and len(other.name) >= len(commit):
                shutil.rmtree(other, ignore_errors=True)

    async def _git(self, *arguments: str) -> str:
        """What git says. Raises `PullFailed` when it does not succeed in time."""
        try:
            process = await asyncio.create_subprocess_exec(
                *("git", *SAFE, *arguments),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
                cwd="/",  # else git would listen to a repository that lies around the data
                env=_environment(os.environ, self._url),
                start_new_session=True,  # what git starts in turn must end with it
            )
        except FileNotFoundError as error:
            raise ConfigError("QUIZ_GIT_URL needs the program git, which is not there.") from error
        has_ended = False
        try:
            async with asyncio.timeout(self._timeout):
                said, complaint = await process.communicate()
            has_ended = True
        except TimeoutError as error:
            raise PullFailed(f"git took longer than {self._timeout:.0f} s.") from error
        finally:
            if not has_ended:  # git itself may have ended before what it started
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                await process.wait()
        if process.returncode:
            raise PullFailed(_reason(complaint.decode(errors="replace")))
        return said.decode(errors="replace")


def shown_url(url: str) -> str:
    """An address without the user, the password or the token in it."""
    return CREDENTIALS.sub("", url)


def _name(url: str) -> str:
    """What a repository is called: the last part of its address."""
    last = re.split(r"[/:]", url.rstrip("/"))[-1].removesuffix(".git")
    return re.sub(r"[^\w.-]", "-", last).lstrip(".")


def _environment(ours: Mapping[str, str], url: str) -> dict[str, str]:
    """The operator's own one, without the bot's secrets and whatever would ask a person.

    The address goes this way too: arguments can be seen by everybody on the machine.
    """
    hidden = {*VARIABLES, "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "SSH_ASKPASS"}
    count = ours.get("GIT_CONFIG_COUNT", "0")
    number = int(count) if count.isdecimal() else 0
    return {
        **{name: value for name, value in ours.items() if name not in hidden},
        "GIT_CONFIG_COUNT": str(number + 1),
        f"GIT_CONFIG_KEY_{number}": f"remote.{REMOTE}.url",
        f"GIT_CONFIG_VALUE_{number}": url,
        "GIT_ALLOW_PROTOCOL": PROTOCOLS,
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_SSH_COMMAND": f"{ours.get('GIT_SSH_COMMAND', 'ssh')} -o BatchMode=yes",
        "LC_ALL": "C",
    }


def _reason(complaint: str) -> str:
    """The first line that says why, without credentials."""
    lines = (line.strip() for line in complaint.splitlines())
    telling = (line for line in lines if line and not line.startswith(("warning:", "hint:")))
    line = next(telling, "git gave no reason")
    return shown_url(line.removeprefix("fatal: ").removeprefix("error: "))[:LONGEST_REASON]
