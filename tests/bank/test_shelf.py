from dataclasses import replace

from bot.bank.catalogue import Catalogue, Found
from bot.bank.shelf import Library, Shelf
from bot.quiz.question import Slug
from tests.conftest import COLOURS, SHAPES, bank_of

BEFORE = bank_of(basics__colours=COLOURS).catalogue
AFTER = bank_of(basics__colours=COLOURS, basics__shapes=SHAPES).catalogue


def seen(library: Library) -> list[object]:
    """All that can be asked of a bank."""
    return [
        len(library),
        tuple(library),
        library.quizzes,
        library.current,
        library.get("basics/shapes"),
        library.question("sides"),
        library.tracks(),
        library.track("basics"),
        library.below(""),
        library.about("basics/shapes"),
        library.track_title("basics"),
        library.search("shapes"),
        library.search("", 1),
        library.fitting("shaeps"),
        library.search_questions("triangle"),
        library.names("shapes"),
        library.find("shapes"),
        library.find("basics", nearer="shapes"),
    ]


def test_it_reads_like_what_stands_on_it() -> None:
    assert seen(Shelf(AFTER)) == seen(AFTER)


def test_whoever_holds_it_sees_the_new_bank_at_once() -> None:
    shelf = Shelf(BEFORE)
    assert not isinstance(shelf.find("shapes"), Found)
    shelf.current = AFTER
    assert seen(shelf) == seen(AFTER)


def test_what_was_taken_before_stays_as_it_was() -> None:
    shelf = Shelf(BEFORE)
    taken, walk = shelf.current, iter(shelf)
    shelf.current = AFTER
    assert seen(taken) == seen(BEFORE)
    assert tuple(walk) == BEFORE.quizzes


def test_a_changed_page_is_found_by_its_new_name_only() -> None:
    shelf = Shelf(BEFORE)
    changed = replace(BEFORE.quizzes[0], title="Tints", slug=Slug("basics/tints"))
    shelf.current = Catalogue((changed,))
    assert shelf.find("tints") == Found(changed)
    assert shelf.question("sky") == (changed, changed.questions[0])
    assert shelf.get("basics/colours") is None
