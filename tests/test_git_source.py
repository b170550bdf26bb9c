"""A bank from a repository: the newest commit whole, or the last one, and no secret in a word."""

import asyncio
import os
import shutil
from pathlib import Path

import pytest

from bot.errors import ConfigError
from bot.git_source import GitSource, PullFailed, shown_url
from tests.repository import begin, git, write


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    """Somebody's repository, with two branches."""
    folder = tmp_path / "quizzes"
    begin(folder)
    write(folder, {"docs/a.md": "one", "README.md": "read me"})
    git(folder, "branch", "drafts")
    return folder


def read(root: Path) -> dict[str, str]:
    return {
        str(file.relative_to(root)): file.read_text("utf-8")
        for file in sorted(root.rglob("*"))
        if file.is_file()
    }


def source(remote: Path, tmp_path: Path, branch: str = "", folder: str = "") -> GitSource:
    return GitSource(remote.as_uri(), tmp_path / "home", branch=branch, folder=folder)


async def test_the_newest_commit_is_brought_along(remote: Path, tmp_path: Path) -> None:
    here = source(remote, tmp_path)
    assert not here.has_checkout
    assert await here.pull()
    assert read(here.root) == {"README.md": "read me", "docs/a.md": "one"}
    assert here.root.name == "quizzes"


async def test_a_pull_without_news_changes_nothing(remote: Path, tmp_path: Path) -> None:
    here = source(remote, tmp_path)
    await here.pull()
    before = here.root.resolve()
    assert not await here.pull()
    assert here.root.resolve() == before


async def test_the_path_stays_and_the_files_are_the_new_ones(remote: Path, tmp_path: Path) -> None:
    here = source(remote, tmp_path)
    await here.pull()
    root, old = here.root, here.root.resolve()
    write(remote, {"docs/b.md": "two"})
    assert await here.pull()
    assert here.root == root
    assert read(root) == {"docs/b.md": "two"}
    assert read(old) == {"README.md": "read me", "docs/a.md": "one"}  # somebody may be reading it


async def test_history_that_was_rewritten_is_followed(remote: Path, tmp_path: Path) -> None:
    here = source(remote, tmp_path)
    write(remote, {"a.md": "wrong"})
    await here.pull()
    git(remote, "reset", "--quiet", "--hard", "HEAD~1")
    assert await here.pull()
    assert read(here.root) == {"README.md": "read me", "docs/a.md": "one"}


async def test_only_the_last_two_checkouts_are_kept(remote: Path, tmp_path: Path) -> None:
    here = source(remote, tmp_path)
    for number in range(4):
        write(remote, {"a.md": str(number)})
        await here.pull()
    kept = [path for path in here.root.parent.iterdir() if not path.is_symlink()]
    assert sorted((path / "a.md").read_text("utf-8") for path in kept) == ["2", "3"]


async def test_a_branch_and_a_folder_can_be_chosen(remote: Path, tmp_path: Path) -> None:
    here = source(remote, tmp_path, branch="drafts", folder="docs/")
    await here.pull()
    write(remote, {"docs/a.md": "only on main"})
    assert not await here.pull()
    assert read(here.root) == {"a.md": "one"}
    assert here.root.name == "docs"
    assert not (here.root.parent / "README.md").exists()


@pytest.mark.parametrize(
    ("options", "why"),
    [
        pytest.param({"branch": "nowhere"}, "There is no branch nowhere", id="branch"),
        pytest.param({"folder": "nowhere"}, "There is no folder nowhere", id="folder"),
        pytest.param({"folder": "README.md"}, "There is no folder README.md", id="a file"),
        pytest.param({"folder": ":(glob)**"}, r"no folder :\(glob\)", id="a pattern is a name"),
    ],
)
async def test_what_is_not_there_is_named(
    remote: Path, tmp_path: Path, options: dict[str, str], why: str
) -> None:
    here = source(remote, tmp_path, **options)
    with pytest.raises(PullFailed, match=why):
        await here.pull()
    assert not here.has_checkout


async def test_a_failed_pull_keeps_the_last_checkout(remote: Path, tmp_path: Path) -> None:
    here = source(remote, tmp_path)
    await here.pull()
    before = read(here.root)
    git(remote, "update-ref", "-d", "HEAD")
    with pytest.raises(PullFailed):
        await here.pull()
    assert read(here.root) == before
    assert source(remote, tmp_path).has_checkout  # for the next start too


async def test_nothing_is_left_of_a_pull_that_failed(remote: Path, tmp_path: Path) -> None:
    here = source(remote, tmp_path, folder="nowhere")
    for _ in range(2):
        with pytest.raises(PullFailed):
            await here.pull()
    assert [file for file in (tmp_path / "home").rglob("*") if file.is_file()] == []


async def test_another_repository_never_passes_for_this_one(remote: Path, tmp_path: Path) -> None:
    await source(remote, tmp_path).pull()
    other = GitSource((tmp_path / "others/quizzes").as_uri(), tmp_path / "home")
    assert not other.has_checkout
    assert not source(remote, tmp_path, branch="drafts").has_checkout


@pytest.fixture
def stuck(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A git that writes its number to a pipe, and does nothing else for ever."""
    pipe, program = tmp_path / "pipe", tmp_path / "bin/git"
    os.mkfifo(pipe)
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\necho $$ > {pipe}\nexec tail -f /dev/null\n", "utf-8")
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    return pipe


def is_running(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


async def test_a_call_that_hangs_is_cut_off(remote: Path, tmp_path: Path, stuck: Path) -> None:
    here = GitSource(remote.as_uri(), tmp_path / "home", timeout=0.2)
    pulling = asyncio.create_task(here.pull())
    number = int(await asyncio.to_thread(stuck.read_text))
    with pytest.raises(PullFailed, match="longer than"):
        await pulling
    assert not is_running(number)


async def test_whoever_stops_waiting_stops_git(remote: Path, tmp_path: Path, stuck: Path) -> None:
    pulling = asyncio.create_task(source(remote, tmp_path).pull())
    number = int(await asyncio.to_thread(stuck.read_text))
    pulling.cancel()
    with pytest.raises(asyncio.CancelledError):
        await pulling
    assert not is_running(number)


async def test_what_git_started_ends_with_it(tmp_path: Path, stuck: Path) -> None:
    """A program of its own, such as ssh, that lives on and holds what git writes to."""
    program = tmp_path / "bin/git"
    program.write_text(f"#!/bin/sh\n(exec 3>{stuck}; exec tail -f /dev/null) &\n", "utf-8")
    here = GitSource("https://example.org/q.git", tmp_path / "home", timeout=0.2)
    pulling = asyncio.create_task(here.pull())
    pipe = await asyncio.to_thread(stuck.open, "rb", buffering=0)
    held = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    reading, _ = await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(held), pipe)
    with pytest.raises(PullFailed, match="longer than"):
        await pulling
    async with asyncio.timeout(30):
        assert await held.read() == b""  # nobody has it open any more
    reading.close()


async def test_nothing_of_a_repository_is_executed(
    remote: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    proof = tmp_path / "proof"
    templates = tmp_path / "templates/hooks"
    templates.mkdir(parents=True)
    hook = templates / "post-checkout"
    hook.write_text(f"#!/bin/sh\ntouch {proof}\n", "utf-8")
    hook.chmod(0o700)
    monkeypatch.setenv("GIT_TEMPLATE_DIR", str(templates.parent))
    await source(remote, tmp_path).pull()
    assert not proof.exists()


async def test_a_repository_around_the_data_is_not_listened_to(
    remote: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    around = tmp_path / "around"
    around.mkdir()
    git(around, "init", "--quiet")
    git(around, "remote", "add", "bank", "file:///nowhere")
    monkeypatch.chdir(around)
    here = GitSource(remote.as_uri(), Path("data"))
    await here.pull()
    assert read(here.root)["docs/a.md"] == "one"


@pytest.mark.parametrize("url", ["ext::sh -c 'touch proof'", "http://127.0.0.1:9/quizzes"])
async def test_other_protocols_are_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(PullFailed, match="not allowed"):
        await GitSource(url, tmp_path / "home").pull()


async def test_a_missing_program_is_a_mistake_of_the_set_up(
    remote: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ConfigError, match="git"):
        await source(remote, tmp_path).pull()


async def test_credentials_are_in_no_word_that_anybody_sees(tmp_path: Path) -> None:
    url = "https://ana:canary@127.0.0.1:9/team/quizzes.git"
    here = GitSource(url, tmp_path / "home")
    with pytest.raises(PullFailed) as caught:
        await here.pull()
    assert "127.0.0.1" in str(caught.value)
    assert "canary" not in f"{caught.value} {caught.value.__cause__} {here.root}"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://canary@example.org/q.git", "https://example.org/q.git"),
        ("https://ana:canary@example.org/q.git", "https://example.org/q.git"),
        ("https://ana:can@ary@example.org/q.git", "https://example.org/q.git"),
        ("git@example.org:team/q.git", "git@example.org:team/q.git"),
        ("https://example.org/@team/q.git", "https://example.org/@team/q.git"),
    ],
)
def test_an_address_is_shown_without_its_credentials(url: str, shown: str) -> None:
    assert shown_url(url) == shown


async def test_git_is_not_told_the_secrets_of_the_bot(
    remote: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What git starts in turn, such as a credential helper, inherits its environment."""
    told = tmp_path / "told"
    program = tmp_path / "bin/git"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nenv >> {told}\nexec {shutil.which("git")} "$@"\n', "utf-8")
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-canary")
    monkeypatch.setenv("REDIS_URL", "redis://:canary@127.0.0.1")
    await source(remote, tmp_path).pull()
    said = told.read_text("utf-8")
    assert "canary" not in said
    assert "GIT_TERMINAL_PROMPT=0" in said
