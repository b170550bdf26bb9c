"""What a `.quizlint.toml` says, checked: which rules count where, and their numbers."""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final, TypeVar

from pydantic import Field, ValidationError

from bot.errors import ConfigError
from bot.lint.limits import Limits, Table
from bot.lint.rules import DEFAULT, UnknownRule, chosen

NAME: Final = ".quizlint.toml"
T = TypeVar("T")


class _Contents(Table):
    """The file as it is written."""

    select: list[str] = Field(default_factory=lambda: ["default"])
    ignore: list[str] = Field(default_factory=list)
    per_file_ignores: dict[str, list[str]] = Field(default_factory=dict)
    help_url: str = ""
    rules: Limits = Field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class Config:
    """`folder` is where the file lies: its patterns are for paths below it.

    `help_url` is the address at which `docs/lint.md` is published, or empty.
    """

    folder: Path = Path()
    selected: frozenset[str] = DEFAULT
    ignored: frozenset[str] = frozenset()
    per_file: Mapping[str, frozenset[str]] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    help_url: str = ""

    def rules_for(self, path: Path) -> frozenset[str]:
        """The rules that count on a page."""
        return self.selected - self.ignored_on(path)

    def ignored_on(self, path: Path) -> frozenset[str]:
        """What a page is to be spared; `*` in a pattern stands for slashes too."""
        whole = path.absolute()
        here = whole.relative_to(self.folder) if whole.is_relative_to(self.folder) else whole
        name = here.as_posix()
        fitting = (rules for glob, rules in self.per_file.items() if fnmatchcase(name, glob))
        return self.ignored.union(*fitting)

    def with_choice(self, select: Iterable[str], ignore: Iterable[str]) -> "Config":
        """The same with other rules; a choice that is empty changes nothing."""
        selected = _checked("--select", chosen, select) or self.selected
        return replace(
            self,
            selected=selected,
            ignored=self.ignored | _checked("--ignore", chosen, ignore),
        )


def parse_config(text: str, path: Path) -> Config:
    """Read a `.quizlint.toml`. ConfigError names the file and the key of every mistake."""
    try:
        contents = _Contents.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: this is no TOML: {error}") from error
    except ValidationError as error:
        raise ConfigError("\n".join(_mistakes(path, error))) from error
    return Config(
        path.parent,
        _checked(f"{path}: select", chosen, contents.select),
        _checked(f"{path}: ignore", chosen, contents.ignore),
        {
            glob: _checked(f"{path}: per-file-ignores.{glob!r}", chosen, names)
            for glob, names in contents.per_file_ignores.items()
        },
        contents.rules,
        contents.help_url,
    )


def _mistakes(path: Path, error: ValidationError) -> Iterable[str]:
    for each in error.errors():
        key = ".".join(map(str, each["loc"]))
        why = "there is no such key" if each["type"] == "extra_forbidden" else each["msg"]
        yield f"{path}: {key}: {why[0].lower()}{why[1:]}"


def _checked(where: str, read: Callable[[Iterable[str]], T], names: Iterable[str]) -> T:
    try:
        return read(names)
    except UnknownRule as error:
        raise ConfigError(f"{where}: {error}") from error


def _is_there(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a folder that is closed: its pages are told about, not its configuration
        return False


class Configs:
    """Finds the configuration of a page: the nearest file in its folder or above.

    `only` is used for all pages instead, when it is given; `select` and `ignore` come on top.
    """

    def __init__(
        self, only: Path | None = None, select: Iterable[str] = (), ignore: Iterable[str] = ()
    ) -> None:
        self._choice = (tuple(select), tuple(ignore))
        self._plain = Config().with_choice(*self._choice)
        self._only = self._read(only) if only else None
        self._found: dict[Path, Config] = {}

    def for_page(self, path: Path) -> Config:
        return self._only or self._for_folder(path.absolute().parent)

    def _for_folder(self, folder: Path) -> Config:
        if folder not in self._found:
            here = folder / NAME
            if _is_there(here):
                self._found[folder] = self._read(here)
            elif folder.parent == folder:
                self._found[folder] = self._plain
            else:
                self._found[folder] = self._for_folder(folder.parent)
        return self._found[folder]

    def _read(self, path: Path) -> Config:
        try:
            text = path.read_text("utf-8")
        except OSError as error:
            raise ConfigError(f"{path}: it cannot be read ({error.strerror})") from error
        except UnicodeDecodeError as error:
            raise ConfigError(f"{path}: it is not UTF-8; save the file as UTF-8") from error
        return parse_config(text, path.absolute()).with_choice(*self._choice)
