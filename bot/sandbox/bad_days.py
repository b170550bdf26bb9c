"""What goes wrong between Slack and a bot, on order: limits, errors, lost and late answers."""

import asyncio
from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Rate:
    """At most `calls` within `seconds`."""

    calls: int
    seconds: float
    made: deque[float] = field(default_factory=deque)

    def wait(self, now: float) -> float:
        """Seconds until another call is allowed; counts the call if that is now."""
        while self.made and now - self.made[0] >= self.seconds:
            self.made.popleft()
        if len(self.made) >= self.calls:
            return self.seconds - (now - self.made[0])
        self.made.append(now)
        return 0


@dataclass
class Limit:
    """A rate for each value of the argument `per`, or a single one if that is empty."""

    calls: int
    seconds: float
    per: str = ""
    _rates: dict[object, Rate] = field(default_factory=dict)

    def wait(self, arguments: Mapping[str, Any], now: float) -> float:
        key = arguments.get(self.per)
        if key not in self._rates:
            self._rates[key] = Rate(self.calls, self.seconds)
        return self._rates[key].wait(now)


@dataclass
class BadDays:
    """By method; `dead` is the error that every call gets once the token is worth nothing."""

    limits: dict[str, Limit] = field(default_factory=dict)
    dead: str = ""
    _failures: dict[str, deque[str]] = field(default_factory=dict)
    _losses: Counter[str] = field(default_factory=Counter)
    _gates: dict[str, asyncio.Event] = field(default_factory=dict)
    _held: Counter[str] = field(default_factory=Counter)

    def fail(self, method: str, error: str, times: int = 1) -> None:
        self._failures.setdefault(method, deque()).extend([error] * times)

    def failure(self, method: str) -> str:
        """The error that was ordered for this call, if one was."""
        ordered = self._failures.get(method)
        return ordered.popleft() if ordered else ""

    def lose(self, method: str, times: int = 1) -> None:
        self._losses[method] += times

    def loses(self, method: str) -> bool:
        """Whether the answer to this call gets lost."""
        lost = self._losses[method] > 0
        self._losses[method] -= lost
        return lost

    def hold(self, method: str) -> None:
        self._gates.setdefault(method, asyncio.Event())

    def release(self, method: str) -> None:
        """Without a method, all."""
        for each in [method] if method else list(self._gates):
            if gate := self._gates.pop(each, None):
                gate.set()

    def held(self, method: str) -> int:
        """How many answers are being held back."""
        return self._held[method]

    async def pass_gate(self, method: str) -> None:
        """Wait as long as answers to this method are held back."""
        gate = self._gates.get(method)
        if gate is None:
            return
        self._held[method] += 1
        try:
            await gate.wait()
        finally:
            self._held[method] -= 1
