"""Makes up the pages of a bank, always the same ones, so that runs can be compared."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

TOPICS: Final = ("queues", "caches", "indexes", "locks", "logs", "routers", "timers", "buckets")
VERBS: Final = ("drains", "fills", "splits", "merges", "rotates", "retries", "expires", "orders")
PLACES: Final = ("at night", "under load", "after a restart", "during a rollout", "on one node")

Write = Callable[[int], str]


def _setting(n: int) -> str:
    topic, verb, place = TOPICS[n % 8], VERBS[n // 8 % 8], PLACES[n % 5]
    return f"Team {n} runs a service that **{verb}** its `{topic}` {place}"


def single(n: int) -> str:
    """A listing, four options of which the second is right, feedback and a source."""
    return f"""{_setting(n)}. What does this print?

```python
limits = {{"first": {n}, "second": {n + 7}}}
for name, limit in sorted(limits.items()):
    if limit > {n + 3}:
        print(name, limit - {n})
```

- [ ] `first 0`, because the smaller limit comes first
  > The condition leaves it out: {n} is not above {n + 3}.
- [x] `second 7`, the only limit above {n + 3}
- [ ] Both lines, in the order of their names
- [ ] Nothing, because *no* limit is above {n + 3}

Only `second` passes the condition. Read more in [chapter {n}](https://example.org/{n}).
"""


def several(n: int) -> str:
    """A list in the prompt, and two right options."""
    return f"""{_setting(n)}. It follows these rules:

1. A job of more than {n + 2} items waits.
2. A job that failed comes back after `{n % 60} s`.
3. Nobody cancels a job that has begun.

Which of these can happen?

- [x] A job of {n + 3} items waits
- [ ] A job of {n + 1} items waits
- [x] A failed job comes back
- [ ] A job that has begun is cancelled
  > The third rule forbids it.

Rules 1 and 2 apply; see [the rules of team {n}](https://example.org/rules/{n}).
"""


def blank(n: int) -> str:
    """Two gaps."""
    return f"""{_setting(n)}. The command `status --team {n}` shows [[{n}|team {n}]] as its
number, and `status --count` shows [[{n * 3}]] for three times as many.

---

- `--team` repeats the number,
- `--count` multiplies it by *three*.
"""


MIXED: Final[Sequence[Write]] = (single, several, single, blank)


def page(number: int, questions: int, kinds: Sequence[Write] = MIXED) -> str:
    """Question numbers go on from one page to the next, so that no two are alike."""
    first = number * questions
    blocks = "\n".join(
        f'<quiz id="p{number}-q{n}">\n{kinds[n % len(kinds)](n)}</quiz>\n'
        for n in range(first, first + questions)
    )
    return f"""---
title: Page {number} about {TOPICS[number % 8]}
---

# Page {number} about {TOPICS[number % 8]}

What a team should know about its {TOPICS[number % 8]} before it is *on call*.

{blocks}
## Study guide

- [Handbook, part {number}](https://example.org/handbook/{number})
- [Stories of page {number}](https://example.org/stories/{number})
"""


def write_bank(folder: Path, pages: int, questions: int) -> None:
    """`questions` on each page, in tracks of twenty pages."""
    for number in range(pages):
        track = folder / f"track-{number // 20}"
        track.mkdir(exist_ok=True)
        (track / f"page-{number}.md").write_text(page(number, questions), "utf-8")
