"""Turns measurements into the few words of a table."""

from collections.abc import Sequence
from statistics import median, quantiles


def percentile(values: Sequence[float], which: int) -> float:
    """`which` from 1 to 99."""
    return quantiles(values, n=100, method="inclusive")[which - 1]


def milliseconds(values: Sequence[float], which: int) -> str:
    return f"{percentile(values, which) * 1000:.2f}"


def ratio(values: Sequence[float]) -> str:
    """The middle of several rounds, and how far they lie apart: `0.61x (0.58-0.66)`."""
    spread = f" ({_short(min(values))}-{_short(max(values))})" if len(values) > 1 else ""
    return f"{_short(median(values))}x{spread}"


def _short(value: float) -> str:
    return f"{value:.2f}" if value < 10 else f"{value:.0f}"
