"""Settings: every mistake named at once, secrets never shown."""

from pathlib import Path

import pytest

from bot.errors import ConfigError
from bot.settings import VARIABLES, Settings


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No variable of this shell and no `.env` of this folder takes part."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def test_nothing_is_needed_to_try() -> None:
    settings = Settings.read()
    assert settings.port == 3000
    assert settings.slack_api_url == "https://slack.com/api/"
    assert not settings.is_socket_mode
    assert settings.quiz_content[0].is_dir()


def test_every_mistake_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxp-canary")
    monkeypatch.setenv("SLACK_APP_TOKEN", "canary")
    monkeypatch.setenv("SLACK_API_URL", "http://slack.example/api")
    monkeypatch.setenv("REDIS_URL", "http://canary@localhost")
    monkeypatch.setenv("QUIZ_CONTENT", "no-such-folder")
    monkeypatch.setenv("QUIZ_RELOAD", "often")
    monkeypatch.setenv("QUIZ_GIT_URL", "ext::canary")
    monkeypatch.setenv("QUIZ_GIT_BRANCH", "--upload-pack=canary")
    monkeypatch.setenv("QUIZ_GIT_FOLDER", "../canary")
    monkeypatch.setenv("QUIZ_GIT_EVERY", "5")
    monkeypatch.setenv("QUIZ_COMMAND", "quiz")
    monkeypatch.setenv("PORT", "70000")
    monkeypatch.setenv("LOG_LEVEL", "loud")
    with pytest.raises(ConfigError) as caught:
        Settings.read()
    lines = str(caught.value).splitlines()
    assert [line.split()[0] for line in lines] == [
        "SLACK_BOT_TOKEN",
        "SLACK_APP_TOKEN",
        "SLACK_API_URL",
        "REDIS_URL",
        "QUIZ_CONTENT",
        "QUIZ_RELOAD",
        "QUIZ_GIT_URL",
        "QUIZ_GIT_BRANCH",
        "QUIZ_GIT_FOLDER",
        "QUIZ_GIT_EVERY",
        "QUIZ_COMMAND",
        "PORT",
        "LOG_LEVEL",
    ]
    assert "canary" not in str(caught.value)


@pytest.mark.parametrize("port", ["65536", "-1", "web", "9" * 5_000])
def test_a_port_is_a_number_that_can_be_one(monkeypatch: pytest.MonkeyPatch, port: str) -> None:
    monkeypatch.setenv("PORT", port)
    with pytest.raises(ConfigError, match=r"^PORT must be a number from 0 to 65535$"):
        Settings.read()


@pytest.mark.parametrize(
    ("values", "missing"),
    [
        pytest.param({}, ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"], id="nothing"),
        pytest.param({"slack_bot_token": "xoxb-1"}, ["SLACK_SIGNING_SECRET"], id="no mode"),
        pytest.param({"slack_app_token": "xapp-1"}, ["SLACK_BOT_TOKEN"], id="no bot token"),
    ],
)
def test_what_slack_needs_is_named(values: dict[str, str], missing: list[str]) -> None:
    with pytest.raises(ConfigError) as caught:
        Settings.read(**values).check_slack()
    assert all(name in str(caught.value) for name in missing)


@pytest.mark.parametrize(
    "values",
    [
        pytest.param({"slack_app_token": "xapp-1"}, id="socket mode"),
        pytest.param({"slack_signing_secret": "s"}, id="http"),
    ],
)
def test_either_mode_is_enough(values: dict[str, str]) -> None:
    Settings.read(slack_bot_token="xoxb-1", **values).check_slack()


def test_the_dotenv_file_is_read_and_the_environment_wins(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("QUIZ_COMMAND=/trivia\nPORT=4000\nOTHER=1\n", "utf-8")
    monkeypatch.setenv("PORT", "5000")
    settings = Settings.read()
    assert (settings.quiz_command, settings.port) == ("/trivia", 5000)


def test_a_stand_in_for_slack_may_be_on_this_machine() -> None:
    assert Settings.read(slack_api_url="http://127.0.0.1:4000/api").slack_api_url.endswith("/api/")


def test_several_folders_are_parted_as_in_path(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    monkeypatch.setenv("QUIZ_CONTENT", "a:b")
    assert Settings.read().quiz_content == (Path("a"), Path("b"))


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/team/quizzes.git",
        "https://ana:secret@example.org/quizzes",
        "ssh://git@example.org:2222/team/quizzes.git",
        "git@example.org:team/quizzes.git",
        "file:///srv/quizzes.git",
    ],
)
def test_a_repository_may_be_named_in_every_usual_way(url: str) -> None:
    assert Settings.read(quiz_git_url=url).is_from_git


@pytest.mark.parametrize(
    "url",
    [
        "--upload-pack=evil",
        "ext::sh -c evil",
        "http://example.org/quizzes.git",
        "ssh://-oProxyCommand=evil/quizzes",
        "-oProxyCommand=evil@example.org:quizzes",
        "git@-oProxyCommand=evil:quizzes",
        "git@example.org:-evil",
        "https://example.org/two words",
        "/srv/quizzes",
    ],
)
def test_what_git_could_take_for_something_else_is_no_repository(url: str) -> None:
    with pytest.raises(ConfigError, match="QUIZ_GIT_URL"):
        Settings.read(quiz_git_url=url)


def test_secrets_are_not_shown() -> None:
    settings = Settings.read(
        slack_bot_token="xoxb-canary",
        slack_app_token="xapp-canary",
        slack_signing_secret="canary",
        redis_url="redis://:canary@localhost",
        quiz_git_url="https://canary@localhost/quizzes",
    )
    assert "canary" not in f"{settings!r} {settings}"


def test_a_pattern_for_edits_must_lead_somewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIZ_EDIT_URL", "https://x.example/{path}#L{line}")
    assert Settings.read().quiz_edit_url == "https://x.example/{path}#L{line}"
    monkeypatch.setenv("QUIZ_EDIT_URL", "https://x.example/{file}")
    with pytest.raises(ConfigError, match="QUIZ_EDIT_URL knows"):
        Settings.read()
