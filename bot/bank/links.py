"""Where a link or an image of a page leads when it is read in Slack and not on its site."""

from dataclasses import dataclass
from pathlib import PurePath
from typing import Final
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

from bot.bank.pictures import Find, Found, not_looked_for, picture_of
from bot.quiz.question import Slug

SCHEMES: Final = frozenset({"http", "https", "mailto"})
INDEX_NAMES: Final = frozenset({"index", "readme"})
_PAGE_ENDS: Final = (".md", ".markdown")


@dataclass(frozen=True, slots=True)
class Links:
    """`base` is the folder of the page on its site, or empty when no site is known; `find` looks
    for a file in the bank's folder.
    """

    base: str = ""
    find: Find = not_looked_for

    def picture(self, target: str) -> Found:
        return picture_of(target, self.find)

    def resolve(self, target: str) -> str:
        """Give the whole address, or nothing for what a reader in Slack cannot open."""
        try:
            parts = urlsplit(target)
            if parts.scheme:
                return target if _can_be_opened(parts) else ""
            return self._on_site(parts) if self.base and target else ""
        except ValueError:  # an address such as http://[
            return ""

    def _on_site(self, parts: SplitResult) -> str:
        on_site = urljoin(self.base, urlunsplit(parts._replace(path=_served(parts.path))))
        return on_site if _can_be_opened(urlsplit(on_site)) else ""


def links_of(path: str, slug: Slug, site_url: str | None, find: Find = not_looked_for) -> Links:
    """Links of the page with this slug, for a site that serves the bank's folder at `site_url`."""
    if not site_url:
        return Links(find=find)
    folder = str(slug) if is_index(path) else slug.rpartition("/")[0]
    return Links("/".join(part for part in (site_url.rstrip("/"), folder) if part) + "/", find)


def is_index(path: str) -> bool:
    """Tell whether a file stands for its folder."""
    return PurePath(path).stem.lower() in INDEX_NAMES


def _can_be_opened(parts: SplitResult) -> bool:
    return parts.scheme in SCHEMES and bool(parts.netloc or parts.scheme == "mailto")


def _served(path: str) -> str:
    """Name a page as a site serves it: `a/index.md` as `a/`, `b.md` as `b/`."""
    if not path.endswith(_PAGE_ENDS):
        return path
    stem = path.rpartition(".")[0]
    folder, slash, name = stem.rpartition("/")
    if name.lower() in INDEX_NAMES:
        return f"{folder}{slash}" or "./"
    return f"{stem}/"
