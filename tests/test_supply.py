"""Where the bank comes from at the start, and when it is looked at again."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.errors import ConfigError
from bot.settings import Settings
from bot.supply import lag, load_bank, open_notices
from bot.watching import EVERY, FolderWatch, Never, Timer
from tests.conftest import COLOURS, SHAPES
from tests.repository import begin, write

Read = Callable[..., Settings]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def settings(**values: Any) -> Settings:
        given = {"quiz_data": tmp_path / "data", "quiz_content": (tmp_path,), **values}
        return Settings.read(_env_file=None, **given)

    return settings


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    folder = tmp_path / "quizzes"
    begin(folder)
    write(folder, {"pages/colours.md": COLOURS, "empty/read.me": "Nothing"})
    return folder


def test_a_folder_is_read_as_the_settings_say(read: Read, tmp_path: Path) -> None:
    (tmp_path / "shapes.md").write_text(SHAPES, "utf-8")
    supply = load_bank(read())
    assert [quiz.slug for quiz in supply.bank.catalogue] == ["shapes"]
    assert (supply.source, supply.failure) == (None, "")


def test_a_folder_without_a_quiz_is_a_mistake(read: Read) -> None:
    with pytest.raises(ConfigError, match=r"There is no quiz in .* QUIZ_CONTENT"):
        load_bank(read())


def test_a_repository_is_the_bank_by_itself(read: Read, remote: Path, tmp_path: Path) -> None:
    (tmp_path / "shapes.md").write_text(SHAPES, "utf-8")
    supply = load_bank(read(quiz_git_url=remote.as_uri(), quiz_git_folder="pages"))
    assert [quiz.slug for quiz in supply.bank.catalogue] == ["colours"]
    assert supply.source


def test_the_last_checkout_does_when_there_is_no_network(read: Read, remote: Path) -> None:
    settings = read(quiz_git_url=remote.as_uri())
    load_bank(settings)
    remote.rename(remote.parent / "away")
    supply = load_bank(settings)
    assert [quiz.slug for quiz in supply.bank.catalogue] == ["pages/colours"]
    assert supply.failure


def test_without_network_and_checkout_nothing_starts(read: Read) -> None:
    url = "https://canary@127.0.0.1:9/quizzes.git"
    with pytest.raises(ConfigError, match=r"QUIZ_GIT_URL: https://127\.0\.0\.1:9") as caught:
        load_bank(read(quiz_git_url=url))
    assert "canary" not in str(caught.value)


def test_a_repository_that_is_not_there_is_told_in_whole_sentences(
    read: Read, tmp_path: Path
) -> None:
    url = (tmp_path / "nowhere").as_uri()
    with pytest.raises(ConfigError, match=r"[^.]\. There is no earlier checkout"):
        load_bank(read(quiz_git_url=url))


def test_a_repository_without_a_quiz_is_a_mistake(read: Read, remote: Path) -> None:
    with pytest.raises(ConfigError, match="QUIZ_GIT_FOLDER"):
        load_bank(read(quiz_git_url=remote.as_uri(), quiz_git_folder="empty"))


@pytest.mark.parametrize(
    ("values", "kind", "behind"),
    [
        pytest.param({}, FolderWatch, 2 * EVERY, id="as the system tells"),
        pytest.param({"quiz_reload": "5"}, Timer, 10, id="every five seconds"),
        pytest.param({"quiz_reload": "OFF"}, Never, 2 * EVERY, id="off"),
        pytest.param({"quiz_git_url": "file:///q"}, Timer, 600, id="pulled"),
        pytest.param({"quiz_git_url": "file:///q", "quiz_reload": "off"}, Never, 600, id="once"),
    ],
)
async def test_when_to_look_again_is_a_setting(
    read: Read, tmp_path: Path, values: dict[str, str], kind: type, behind: float
) -> None:
    settings = read(**values)
    async with open_notices(settings, [tmp_path]) as notices:
        assert type(notices) is kind
    assert lag(settings) == timedelta(seconds=behind)
