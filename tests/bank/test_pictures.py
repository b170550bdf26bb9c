"""Which image can be shown: by its address, its place, its first bytes."""

import pytest

from bot.bank.pictures import (
    Found,
    Mistake,
    Picture,
    kind_of,
    not_looked_for,
    path_below,
    picture_of,
)


@pytest.mark.parametrize(
    ("folder", "target", "path"),
    [
        pytest.param("", "a.png", "a.png", id="beside a page at the top"),
        pytest.param("git", "a.png", "git/a.png", id="beside a page in a folder"),
        pytest.param("git/deep", "../pics/a.png", "git/pics/a.png", id="in a folder next to it"),
        pytest.param("git", "./x/../a.png?v=2#top", "git/a.png", id="with detours"),
        pytest.param("git", "my%20map.png", "git/my map.png", id="with a space"),
        pytest.param("git", "../../a.png", None, id="above the bank"),
        pytest.param("git", "%2e%2e/%2e%2e/a.png", None, id="above the bank in disguise"),
        pytest.param("", "..", None, id="the folder above"),
        pytest.param("git", "/etc/a.png", None, id="from the root of the disk"),
        pytest.param("git", "..\\..\\a.png", None, id="with backslashes"),
        pytest.param("git", "%00.png", None, id="with a NUL"),
        pytest.param("git", "x%3A/a.png", None, id="with a drive"),
        pytest.param("git", "", None, id="nothing"),
    ],
)
def test_a_path_leads_below_the_bank_or_nowhere(
    folder: str, target: str, path: str | None
) -> None:
    assert path_below(folder, target) == path


@pytest.mark.parametrize(
    "target",
    ["https://example.org/a.png", "https://example.org/render?id=7", "https://example.org/A.JPG"],
)
def test_an_image_elsewhere_is_shown_from_there(target: str) -> None:
    assert picture_of(target, not_looked_for) == Picture(target)


@pytest.mark.parametrize(
    "target",
    [
        *("http://example.org/a.png", "//example.org/a.png", "data:image/png;base64,AA", "https:"),
        *("https://example.org/a.svg", "https://example.org/a.WEBP", "http://["),
    ],
)
def test_what_slack_does_not_fetch_is_told(target: str) -> None:
    found = picture_of(target, not_looked_for)
    assert isinstance(found, Mistake)
    assert found.what


def test_a_path_is_left_to_whoever_knows_the_folder() -> None:
    def find(target: str) -> Found:
        return Picture(f"pages/{target}", "digest")

    assert picture_of("a.png", find) == Picture("pages/a.png", "digest")
    assert picture_of("a.png", not_looked_for) == Mistake()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n...", "png"),
        (b"\xff\xd8\xff\xe0", "jpeg"),
        (b"GIF89a", "gif"),
        (b"<svg/>", ""),
        (b"RIFF....WEBP", ""),
        (b"", ""),
    ],
)
def test_the_first_bytes_tell_an_image(content: bytes, kind: str) -> None:
    assert kind_of(content) == kind
