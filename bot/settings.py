"""The operator's settings: read once, checked once, every mistake named at once."""

import re
from pathlib import Path
from typing import Annotated, Any, Final, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from bot.errors import ConfigError
from bot.quiz.editing import pattern_mistake

SLACK_API: Final = "https://slack.com/api/"
LOG_LEVELS: Final = ("DEBUG", "INFO", "WARNING", "ERROR")
COMMAND: Final = re.compile(r"/[a-z0-9_-]{1,31}")
SECONDS: Final = re.compile(r"[1-9][0-9]{0,4}")
REPOSITORY: Final = re.compile(
    r"(https|ssh)://[^\s/-][^\s/]*/\S+|file:///\S+|[\w.-]+@[\w][\w.-]*:[^\s/-]\S*"
)
"""Addresses that git reads as what they look like, never as an option or a helper to start."""
BRANCH: Final = re.compile(r"[\w][\w./-]*")
LEAST_GIT_EVERY: Final = 30
PORT: Final = re.compile(r"[0-9]{1,5}")
LAST_PORT: Final = 65_535
LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})


def default_content() -> Path:
    """The starter bank: beside the package in a checkout, inside it when installed."""
    package = Path(__file__).parent
    checkout = package.parent / "content"
    return checkout if checkout.is_dir() else package / "starter"


class Settings(BaseSettings):
    """One field for each variable of the README's table, by its name in lower case."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        extra="ignore",
        frozen=True,
        env_ignore_empty=True,
    )

    slack_bot_token: SecretStr = Field(default=SecretStr(""))
    slack_app_token: SecretStr = Field(default=SecretStr(""))
    slack_signing_secret: SecretStr = Field(default=SecretStr(""))
    slack_api_url: str = SLACK_API
    redis_url: SecretStr = Field(default=SecretStr(""))
    quiz_data: Path = Path(".quizbot")
    quiz_content: Annotated[tuple[Path, ...], NoDecode] = Field(
        default_factory=lambda: (default_content(),)
    )
    quiz_reload: str = "auto"
    quiz_git_url: SecretStr = Field(default=SecretStr(""))
    quiz_git_branch: str = ""
    quiz_git_folder: str = ""
    quiz_git_every: int = 300
    quiz_site_url: str = ""
    quiz_edit_url: str = ""
    quiz_command: str = "/quiz"
    host: str = "127.0.0.1"
    port: int = 3000
    log_level: str = "INFO"
    log_format: str = "auto"

    @field_validator("slack_bot_token")
    @classmethod
    def _is_bot_token(cls, value: SecretStr) -> SecretStr:
        return _begins(value, "xoxb-", "the Bot User OAuth Token, under OAuth & Permissions")

    @field_validator("slack_app_token")
    @classmethod
    def _is_app_token(cls, value: SecretStr) -> SecretStr:
        return _begins(value, "xapp-", "the app-level token, under Basic Information")

    @field_validator("slack_api_url")
    @classmethod
    def _is_api(cls, value: str) -> str:
        """Tokens travel there, so plain HTTP is for this machine only."""
        parts = urlsplit(value)
        local = parts.hostname in LOOPBACK
        if parts.scheme != "https" and not (parts.scheme == "http" and local):
            raise ValueError("must begin with https:// (http:// only on this machine)")
        if not parts.hostname or parts.query or parts.fragment:
            raise ValueError("must be an address such as https://slack.com/api/")
        return value.rstrip("/") + "/"

    @field_validator("quiz_site_url")
    @classmethod
    def _is_site(cls, value: str) -> str:
        if value and urlsplit(value).scheme not in {"http", "https"}:
            raise ValueError("must begin with https:// or http://")
        return value

    @field_validator("redis_url")
    @classmethod
    def _is_redis(cls, value: SecretStr) -> SecretStr:
        schemes = {"redis", "rediss", "unix"}
        if value.get_secret_value() and urlsplit(value.get_secret_value()).scheme not in schemes:
            raise ValueError("must begin with redis://, rediss:// or unix://")
        return value

    @field_validator("quiz_content", mode="before")
    @classmethod
    def _several(cls, value: Any) -> Any:
        """Several folders are parted as in PATH."""
        return tuple(map(Path, value.split(":"))) if isinstance(value, str) else value

    @field_validator("quiz_content")
    @classmethod
    def _exists(cls, value: tuple[Path, ...]) -> tuple[Path, ...]:
        missing = [str(path) for path in value if not path.exists()]
        if missing:
            raise ValueError(f"no such file or folder: {', '.join(missing)}")
        return value

    @field_validator("quiz_reload")
    @classmethod
    def _is_pace(cls, value: str) -> str:
        text = value.strip().lower()
        if text not in {"auto", "off"} and not SECONDS.fullmatch(text):
            raise ValueError("must be auto, off, or every how many seconds to look, from 1")
        return text

    @field_validator("quiz_git_url")
    @classmethod
    def _is_repository(cls, value: SecretStr) -> SecretStr:
        url = value.get_secret_value()
        if url and not REPOSITORY.fullmatch(url):
            raise ValueError(
                "must begin with https://, ssh:// or file:///, or be like git@host:team/quizzes"
            )
        return value

    @field_validator("quiz_git_branch")
    @classmethod
    def _is_branch(cls, value: str) -> str:
        if value and (not BRANCH.fullmatch(value) or ".." in value):
            raise ValueError("must be the name of a branch, such as main")
        return value

    @field_validator("quiz_git_folder")
    @classmethod
    def _is_inside(cls, value: str) -> str:
        if value.startswith("/") or ".." in Path(value).parts:
            raise ValueError("must be a folder inside the repository, such as docs/quizzes")
        return value

    @field_validator("quiz_git_every", mode="before")
    @classmethod
    def _is_patient(cls, value: Any) -> Any:
        text = str(value)
        if not (SECONDS.fullmatch(text) and int(text) >= LEAST_GIT_EVERY):
            raise ValueError(f"must be a number of seconds, from {LEAST_GIT_EVERY}")
        return value

    @field_validator("port", mode="before")
    @classmethod
    def _is_port(cls, value: Any) -> Any:
        text = str(value)
        if not (PORT.fullmatch(text) and int(text) <= LAST_PORT):
            raise ValueError(f"must be a number from 0 to {LAST_PORT}")
        return value

    @field_validator("quiz_edit_url")
    @classmethod
    def _is_pattern(cls, value: str) -> str:
        if value and (mistake := pattern_mistake(value)):
            raise ValueError(mistake)
        return value

    @field_validator("quiz_command")
    @classmethod
    def _is_command(cls, value: str) -> str:
        if not COMMAND.fullmatch(value):
            raise ValueError("must be a slash and a word, such as /quiz")
        return value

    @field_validator("log_level")
    @classmethod
    def _is_level(cls, value: str) -> str:
        return _one_of(value.upper(), LOG_LEVELS)

    @field_validator("log_format")
    @classmethod
    def _is_format(cls, value: str) -> str:
        return _one_of(value.lower(), ("auto", "text", "json"))

    @property
    def is_socket_mode(self) -> bool:
        return bool(self.slack_app_token.get_secret_value())

    @property
    def is_from_git(self) -> bool:
        """Whether the bank is a repository; `quiz_content` is none of it then."""
        return bool(self.quiz_git_url.get_secret_value())

    @property
    def own_content(self) -> Path:
        """The first folder that somebody has chosen. Raises ConfigError without one: what is
        written into the starter bank is lost with the next version.
        """
        if "quiz_content" not in self.model_fields_set:
            raise ConfigError("Say where your quizzes are: --in my-quizzes, or QUIZ_CONTENT.")
        return self.quiz_content[0]

    @property
    def reload_seconds(self) -> int:
        """Every how many seconds to look at folders; 0 for when the system tells."""
        return int(self.quiz_reload) if self.quiz_reload.isdecimal() else 0

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003  the names are the library's
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, dotenv_settings

    @classmethod
    def read(cls, **values: Any) -> Self:
        """From the environment and `.env`; `values` come before both. Raises ConfigError."""
        try:
            return cls(**values)
        except ValidationError as error:
            raise ConfigError(_mistakes(error)) from None

    def check_slack(self) -> None:
        """Raise ConfigError with everything that is missing to run against Slack."""
        missing = []
        if not self.slack_bot_token.get_secret_value():
            missing.append("SLACK_BOT_TOKEN is not set: it begins with xoxb-")
        if not self.is_socket_mode and not self.slack_signing_secret.get_secret_value():
            missing.append(
                "neither SLACK_APP_TOKEN (Socket Mode) nor SLACK_SIGNING_SECRET (HTTP) is set"
            )
        if missing:
            way_out = "The README shows where to find them; `quizbot try` needs none."
            raise ConfigError("\n".join([*missing, way_out]))


VARIABLES: Final = tuple(name.upper() for name in Settings.model_fields)


def _begins(value: SecretStr, prefix: str, what: str) -> SecretStr:
    text = value.get_secret_value()
    if text and not text.startswith(prefix):
        raise ValueError(f"must begin with {prefix}: it is {what}")
    return value


def _one_of(value: str, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise ValueError(f"must be one of {', '.join(allowed)}")
    return value


def _mistakes(error: ValidationError) -> str:
    """One line for each variable, never with its value: it may be a secret."""
    lines = []
    for mistake in error.errors(include_input=False, include_url=False):
        name = str(mistake["loc"][0]).upper()
        lines.append(f"{name} {mistake['msg'].removeprefix('Value error, ')}")
    return "\n".join(lines)
