"""What can be wrong with the bank while it is in use, and whether that is news."""

import json
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class BankTrouble:
    """What is wrong with the bank that people are asked; false when nothing is.

    `kept` are the pages that are shown as they were before they broke, `errors` lines such as
    `git/basics.md:12: …`; `source` says why there is no newer bank at all.
    """

    kept: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()
    source: str = ""

    def __bool__(self) -> bool:
        return bool(self.kept or self.errors or self.source)

    @property
    def name(self) -> str:
        """The same for the same trouble, on every worker; empty when all is well."""
        if not self:
            return ""
        # The words about the source differ from one try to the next.
        written = json.dumps([self.kept, self.errors, bool(self.source)])
        return sha256(written.encode()).hexdigest()[:16]


class News(StrEnum):
    """Whether somebody is to be told."""

    NEW = "new"
    KNOWN = "known"
    TOO_SOON = "too soon"
    """They were told the same a short while ago, and something else since: who notices it now
    may just be slower than whoever noticed the rest.
    """
