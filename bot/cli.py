"""The command line: finds what was called, and loads nothing else."""

import sys
from importlib import import_module
from typing import Final, Protocol, cast

import typer
from rich.console import Console

from bot.errors import ConfigError

err = Console(stderr=True, highlight=False, soft_wrap=True)

COMMANDS: Final = {
    "bot.serving": ("run", "try", "manifest", "health"),
    "bot.lint.command": ("lint",),
    "bot.authoring.commands": ("new", "preview", "play"),
    "bot.exchange.commands": ("import", "export"),
}
"""Where each command is: to load all of them takes a second, and authors type a lot of them."""

EXIT_CONFIG: Final = 2
EXIT_STOPPED: Final = 130
"""As shells say it of a program that Ctrl-C has stopped."""


class Part(Protocol):
    """A module with commands."""

    def register(self, app: typer.Typer) -> None:
        """Add its commands to those of the app."""


def app_for(command: str) -> typer.Typer:
    """The app with what is needed for a command; with everything for help and for slips."""
    app = typer.Typer(
        help="Team quizzes in Slack: questions in Markdown, answers with buttons.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        add_completion=False,
    )
    app.callback()(_no_options)
    wanted = [module for module, names in COMMANDS.items() if command in names]
    for module in wanted or COMMANDS:
        cast("Part", import_module(module)).register(app)
    return app


def _no_options() -> None:
    """Keep the names of commands, where only one is loaded."""


def main() -> None:
    """The console command. Settings that are wrong are named, without a trace."""
    try:
        app_for(next(iter(sys.argv[1:]), ""))()
    except ConfigError as error:
        err.print(str(error), style="red", markup=False)
        sys.exit(EXIT_CONFIG)
    except KeyboardInterrupt:
        sys.exit(EXIT_STOPPED)
