"""The holidays of the world's countries, from the library that keeps them up to date.

An edge of the bot, like Slack and Redis: rules ask through `quiz.days_off.Calendars`.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final

from holidays import HolidayBase, country_holidays
from holidays.registry import COUNTRIES

from bot.quiz.days_off import Country

SMALL: Final = frozenset({"and", "of", "the", "da"})
SPELT: Final = {
    "aland_islands": "Åland Islands",
    "cocos_islands": "Cocos (Keeling) Islands",
    "curacao": "Curaçao",
    "dr_congo": "DR Congo",
    "guinea_bissau": "Guinea-Bissau",
    "heard_island_and_mcdonald_islands": "Heard Island and McDonald Islands",
    "hongkong": "Hong Kong",
    "ivory_coast": "Côte d’Ivoire",  # noqa: RUF001  that is how it is spelt
    "reunion": "Réunion",
    "saint_barthelemy": "Saint Barthélemy",
    "sao_tome_and_principe": "São Tomé and Príncipe",
    "syrian_arab_republic": "Syria",
    "timor_leste": "Timor-Leste",
    "turkey": "Türkiye",
}
"""Names that the library's own words do not give."""


def _name(words: str) -> str:
    parts = [part if part in SMALL else part.capitalize() for part in words.split("_")]
    return SPELT.get(words, " ".join(parts))


CODES: Final = {words: names[1] for words, names in COUNTRIES.items()}
NAMES: Final = tuple(Country(code, _name(words)) for words, code in sorted(CODES.items()))


class WorldCalendars:
    """Public holidays that hold in the whole country; a region's own are not among them.

    A year is worked out when it is first asked for, and kept.
    """

    def __init__(self) -> None:
        self._known = frozenset(CODES.values())
        self._opened: dict[str, HolidayBase] = {}

    def holiday(self, country: str, day: date) -> str | None:
        if country not in self._known:
            return None
        if country not in self._opened:
            self._opened[country] = country_holidays(country, language="en_US")
        return self._opened[country].get(day)

    def __call__(self, country: str, day: date) -> bool:
        return self.holiday(country, day) is not None

    def countries(self) -> Sequence[Country]:
        return NAMES
