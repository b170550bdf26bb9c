"""What operators type: run the bot, try it on this machine, ask how it is."""

import asyncio
import gc
import signal
import sys
import webbrowser
from collections.abc import Awaitable
from typing import Annotated

import typer
from aiohttp import ClientError, ClientSession, ClientTimeout
from rich.console import Console

from bot import logs
from bot.manifest import as_yaml, manifest as build_manifest
from bot.settings import Settings
from bot.supply import load_bank
from bot.trial import open_trial, trial_data
from bot.wiring import open_bot

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)

PLAY = "Type {command} there to play on your own."
WEEK = """\
The channels get a question every working day: the clock at the top of the page leads to the
next one, to its result and through the week."""
STOP = "Ctrl-C stops; your answers are kept."
EXIT_PROBLEMS = 1


def register(app: typer.Typer) -> None:
    app.command()(run)
    app.command("try")(try_out)
    app.command()(manifest)
    app.command()(health)


async def _until_stopped(*others: Awaitable[None]) -> None:
    """Wait for Ctrl-C or SIGTERM; an error of the others ends it as well."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(sign, stop.set)
    waiting = [asyncio.ensure_future(work) for work in (stop.wait(), *others)]
    done, late = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    for task in late:
        task.cancel()
    for task in done:
        task.result()


def run() -> None:
    """Run against Slack: by Socket Mode when SLACK_APP_TOKEN is set, else by HTTP."""
    settings = Settings.read()
    settings.check_slack()
    logs.set_up(settings.log_level, settings.log_format)
    bank = load_bank(settings)

    async def serve() -> None:
        gc.freeze()  # the bank stays for good: to look through it again and again costs clicks
        async with open_bot(settings, bank) as running:
            mode = "Socket Mode" if running.socket else f"HTTP at {running.url}/slack/events"
            err.print(f"Quiz bot is running: {mode}. Health: {running.url}/readyz")
            await _until_stopped(*running.watching())

    asyncio.run(serve())


def try_out(
    port: Annotated[int | None, typer.Option(help="Where the page is; PORT, or 3000.")] = None,
    *,
    browser: Annotated[bool, typer.Option(help="Open the page in your browser.")] = True,
) -> None:
    """Play on this machine, without Slack: a Slack-like page and the whole bot behind it."""
    settings = Settings.read(**({} if port is None else {"port": port}))
    logs.set_up("WARNING" if settings.log_level == "INFO" else settings.log_level, "text")
    bank = load_bank(settings)
    is_new = not trial_data(settings).exists()

    async def serve() -> None:
        async with open_trial(settings, bank) as trial:
            if is_new:
                await trial.plan()
            number = len(trial.running.catalogue.quizzes)
            quizzes = f"{number} {'quiz' if number == 1 else 'quizzes'}"
            out.print(f"\nQuiz bot is ready with {quizzes}: [bold]{trial.page}[/bold]")
            out.print(PLAY.format(command=settings.quiz_command))
            if await trial.running.store.schedules(trial.running.home):
                out.print(WEEK)
            out.print(STOP, end="\n\n")
            out.file.flush()  # a pipe would keep it until the end
            if browser and _has_screen():
                await asyncio.to_thread(webbrowser.open, trial.page)
            await _until_stopped(*trial.running.watching())

    asyncio.run(serve())


def _has_screen() -> bool:
    """Whether a browser would show itself, rather than take over the terminal."""
    try:
        return not isinstance(webbrowser.get(), webbrowser.GenericBrowser)
    except webbrowser.Error:
        return False


def manifest(
    http: Annotated[
        str | None, typer.Option(help="The public address of the bot, for HTTP.")
    ] = None,
) -> None:
    """Print the app manifest: for Socket Mode, or for HTTP at an address."""
    sys.stdout.write(as_yaml(build_manifest(Settings.read().quiz_command, http)))


def health() -> None:
    """Exit with 0 when the bot on this machine is ready, for a container's health check."""
    port = Settings.read().port

    async def ask() -> bool:
        async with ClientSession(timeout=ClientTimeout(total=3)) as session:
            try:
                async with session.get(f"http://127.0.0.1:{port}/readyz") as answer:
                    return answer.ok
            except (ClientError, TimeoutError):
                return False

    if not asyncio.run(ask()):
        raise typer.Exit(EXIT_PROBLEMS)
