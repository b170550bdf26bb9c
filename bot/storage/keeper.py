"""Keeps one server alive for as long as the bot lives, and not a moment longer.

It runs as a process of its own between the two, because a bot that is killed outright can no
longer stop anything. The pipe to the bot says it all: it closes when the bot stops, however it
stops. Until then a server that crashes is started again. Standard library only, so that the
process is small and quick; `bot.storage.local` runs this file.
"""

import os
import select
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic

READY = b"ready\n"  # the bot has had an answer: from now on an end of the server is a crash
BOT = 0  # the descriptor that the bot holds the other end of
SHORTEST_PAUSE = 0.05
LONGEST_PAUSE = 2.0
STEADY = 10.0  # seconds; a server that lived this long did not fail at its start


class BotIsGone(Exception):
    """The bot has closed its end, by will or by death."""


@dataclass(slots=True)
class Keeper:
    """`lock` is a descriptor that the server inherits: a lock that lasts as long as it does.

    `grace` is how many seconds the server has for a tidy end.
    """

    command: Sequence[str]
    lock: int
    grace: float
    bell: int  # becomes readable when a child ends
    ready: bool = False

    def run(self) -> int:
        """Exit status: 0 when the bot asked for the end, else that of a server that never ran."""
        pause = SHORTEST_PAUSE
        try:
            while True:
                began = monotonic()
                status = self._serve()
                if not self.ready:
                    return status or 1
                pause = SHORTEST_PAUSE if monotonic() - began > STEADY else pause * 2
                pause = min(pause, LONGEST_PAUSE)
                self._listen_for(pause)
        except BotIsGone:
            return 0

    def _serve(self) -> int:
        server = subprocess.Popen(  # noqa: S603 - the command comes from the bot itself
            self.command, stdin=subprocess.DEVNULL, pass_fds=(self.lock,)
        )
        try:
            while (status := server.poll()) is None:
                self._listen()
        except BotIsGone:
            self._end(server)
            raise
        return status

    def _listen_for(self, seconds: float) -> None:
        end = monotonic() + seconds
        while (left := end - monotonic()) > 0:
            self._listen(left)

    def _listen(self, seconds: float | None = None) -> None:
        heard, _, _ = select.select([BOT, self.bell], [], [], seconds)
        if self.bell in heard:
            os.read(self.bell, 512)
        if BOT in heard:
            if not (words := os.read(BOT, 512)):
                raise BotIsGone
            self.ready = self.ready or words.endswith(READY)

    def _end(self, server: subprocess.Popen[bytes]) -> None:
        server.terminate()
        try:
            server.wait(self.grace)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def bell() -> int:
    """A descriptor that becomes readable when a child of this process ends."""
    hear, ring = os.pipe()
    os.set_blocking(ring, False)  # a full pipe rings just as well
    signal.set_wakeup_fd(ring, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, unmoved)
    return hear


def unmoved(*_: object) -> None:
    """Do nothing about a signal. Unlike SIG_IGN this does not pass on to the server."""


def main(lock: str, grace: str, *command: str) -> int:
    # A service manager may signal every process at once; the bot still needs its server while
    # it finishes what it has begun, and then closes the pipe.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, unmoved)
    return Keeper(command, int(lock), float(grace), bell()).run()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
