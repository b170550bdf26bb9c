"""Images that pages name: found below the bank's folder, and nowhere else."""

import hashlib
import os
from pathlib import Path
from typing import Final

import pytest

from bot.bank.files import Bank, read_bank
from bot.bank.picture_files import PictureFolder, content_of_image, glance, picture_root
from bot.bank.pictures import MOST_BYTES, Mistake, Picture
from bot.bank.reader import Reader
from bot.play.pictures import images_of_quiz
from bot.quiz.prose import Image
from tests.pictures import GIF, PNG, RED

PAGE: Final = """# Maps

<quiz id="map">
Which way?

![A map](../pics/map.png)

- [x] Up
- [ ] Down
</quiz>
"""


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    folder = tmp_path / "bank"
    (folder / "pics").mkdir(parents=True)
    (folder / "git").mkdir()
    (folder / "pics/map.png").write_bytes(PNG)
    (folder / "git/maps.md").write_text(PAGE, "utf-8")
    return folder


def images(bank: Bank) -> list[Image]:
    return [image for quiz in bank.catalogue for image in images_of_quiz(quiz)]


def test_an_image_is_known_by_its_place_and_its_content(bank: Path) -> None:
    (image,) = images(read_bank([bank]))
    digest = hashlib.sha256(PNG).hexdigest()
    assert image == Image("pics/map.png", "A map", digest=digest)
    assert content_of_image(image, [bank]) == PNG


def mistake(bank: Path, target: str) -> str:
    found = PictureFolder(bank, "git").find(target)
    assert isinstance(found, Mistake)
    return found.what


def test_what_cannot_be_shown_is_told(bank: Path) -> None:
    (bank / "git/page.png").write_text("<svg/>")
    (bank / "git/notes.txt").write_bytes(PNG)
    (bank / "git/folder.png").mkdir()
    with (bank / "git/big.png").open("wb") as big:
        big.write(PNG)
        big.truncate(MOST_BYTES + 1)
    assert "no such image" in mistake(bank, "none.png")
    assert "no PNG" in mistake(bank, "page.png")
    assert "no PNG" in mistake(bank, "notes.txt")
    assert "no PNG" in mistake(bank, "folder.png")
    assert "more than 5 MB" in mistake(bank, "big.png")
    assert "no such image" in mistake(bank, "x" * 300 + ".png")


def test_nothing_outside_of_the_bank_is_read(bank: Path) -> None:
    secret = bank.parent / "secret.png"
    secret.write_bytes(PNG)
    (bank / "git/link.png").symlink_to(secret)
    (bank / "git/out").symlink_to(bank.parent)
    (bank / "git/round.png").symlink_to(bank / "git/round.png")
    assert "outside" in mistake(bank, "../../secret.png")
    assert "outside" in mistake(bank, str(secret))
    assert "outside" in mistake(bank, "link.png")
    assert "outside" in mistake(bank, "out/secret.png")
    assert "no such image" in mistake(bank, "round.png")


def test_a_link_within_the_bank_is_followed(bank: Path) -> None:
    (bank / "git/here.png").symlink_to(bank / "pics/map.png")
    assert isinstance(PictureFolder(bank, "git").find("here.png"), Picture)


def test_the_page_says_what_is_missing_and_shows_the_words(bank: Path) -> None:
    (bank / "pics/map.png").unlink()
    found = read_bank([bank])
    (problem,) = found.problems
    assert (problem.line, problem.rule, problem.level) == (6, "missing-image", "warning")
    ((question,),) = found.catalogue
    assert question.stem == "Which way?\nA map"


def test_another_content_is_not_passed_off_as_the_image(bank: Path) -> None:
    (image,) = images(read_bank([bank]))
    (bank / "pics/map.png").write_bytes(RED)
    assert content_of_image(image, [bank]) is None
    assert content_of_image(image, [bank.parent, bank]) is None
    (bank / "pics/map.png").unlink()
    assert content_of_image(image, [bank]) is None


def test_a_path_from_elsewhere_leads_nowhere(bank: Path) -> None:
    (bank.parent / "secret.png").write_bytes(PNG)
    image = Image("../secret.png", digest=hashlib.sha256(PNG).hexdigest())
    assert content_of_image(image, [bank]) is None


@pytest.mark.parametrize("mark", [".git", ".quizlint.toml"])
def test_a_page_by_itself_has_the_images_of_its_bank(bank: Path, mark: str) -> None:
    page = bank / "git/maps.md"
    assert picture_root(page) == bank / "git"
    assert images(read_bank([page])) == []
    (bank / mark).touch()
    (image,) = images(read_bank([page]))
    assert image.url == "pics/map.png"
    assert content_of_image(image, [page]) == PNG


def test_another_image_is_a_reason_to_read_the_page_again(bank: Path) -> None:
    reader = Reader([bank])
    (before,) = images(reader.read())
    assert not reader.is_news(reader.look())
    (bank / "pics/map.png").write_bytes(GIF)
    assert reader.is_news(reader.look())
    (after,) = images(reader.read())
    assert before.digest != after.digest
    assert not reader.is_news(reader.look())


def test_an_image_that_comes_or_goes_is_news_too(bank: Path) -> None:
    reader = Reader([bank])
    reader.read()
    (bank / "pics/map.png").unlink()
    assert reader.is_news(reader.look())
    assert images(reader.read()) == []
    assert not reader.is_news(reader.look())
    (bank / "pics/map.png").write_bytes(PNG)
    assert reader.is_news(reader.look())
    assert len(images(reader.read())) == 1


def test_a_glance_sees_an_edit_of_the_same_length(bank: Path) -> None:
    file = bank / "pics/map.png"
    before = glance(file)
    os.utime(file, ns=(1, 1))
    assert glance(file) != before
    assert glance(bank / "none.png") == glance(Path("\0")) == ""
