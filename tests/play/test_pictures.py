"""Which images a bank shows, wherever they stand in a question."""

from datetime import UTC, datetime

from bot.bank.catalogue import Catalogue
from bot.bank.shelf import Shelf
from bot.play.pictures import Pictures, images_of_question
from bot.quiz.player import TeamId, Workspace
from bot.quiz.prose import Image
from bot.quiz.question import Option, Question, QuestionId, Quiz, Slug
from bot.storage.redis_store import RedisStore
from tests.conftest import Hand

ACME = Workspace(TeamId("T1"))


def local(name: str) -> Image:
    return Image(f"{name}.png", name, digest=name * 64)


A, B, C, D, E = map(local, "abcde")
REMOTE = Image("https://example.org/a.png")
EVERYWHERE = Question(
    QuestionId("q"), (A, REMOTE), (Option((B,), correct=True, feedback=(C,)),), (), (D,), (E,)
)


def bank_of(question: Question) -> Catalogue:
    return Catalogue((Quiz(Slug("page"), "Page", (question,)),))


def test_every_part_of_a_question_may_have_images() -> None:
    assert set(images_of_question(EVERYWHERE)) == {A, B, C, D, E, REMOTE}


async def nothing(*_: object) -> None:
    return None


async def no_file(*_: object) -> str:
    return ""


def pictures_of(store: RedisStore, library: Catalogue | Shelf, hand: Hand) -> Pictures:
    return Pictures(store, library, no_file, nothing, hand.now, hand, ACME)


async def test_only_files_are_to_be_brought(store: RedisStore, hand: Hand) -> None:
    pictures = pictures_of(store, bank_of(EVERYWHERE), hand)
    assert pictures.images() == {image.name: image for image in (A, B, C, D, E)}


async def test_the_newest_bank_counts(store: RedisStore, hand: Hand) -> None:
    shelf = Shelf(bank_of(EVERYWHERE))
    pictures = pictures_of(store, shelf, hand)
    assert A.name in pictures.images()
    shelf.current = bank_of(Question(QuestionId("q"), (local("f"),)))
    assert list(pictures.images()) == [local("f").name]


async def test_what_no_page_shows_cannot_be_brought(store: RedisStore, hand: Hand) -> None:
    pictures = pictures_of(store, bank_of(EVERYWHERE), hand)
    assert await pictures.bring(local("f").name) == ""
    assert await pictures.bring(A.name) == ""
    assert await store.claim_picture(ACME, A.name, "later", datetime.now(UTC)) == ""
