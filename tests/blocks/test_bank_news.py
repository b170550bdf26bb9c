from bot.blocks.bank_news import LINES_SHOWN, bank_message
from bot.quiz.trouble import BankTrouble
from tests.blocks.samples import read

LINE = 'git/basics.md:12: error[no-right-option] Mark <!channel> with "[x]".'


def test_a_broken_page_is_named_with_its_line_and_the_way_out() -> None:
    message = bank_message(BankTrouble(kept=("git/basics.md",), errors=(LINE,)))
    words = read(message)
    assert words.startswith("⚠️ 1 page cannot be used as changed, so everybody gets the last good")
    assert words.count("git/basics.md") == 1
    assert "quizbot lint" in words
    assert "&lt;!channel&gt;" in message.text
    assert "<!channel>" not in f"{message.text}{message.blocks}"


def test_pages_that_no_error_names_are_named_below_the_cause() -> None:
    message = bank_message(BankTrouble(kept=("a.md", "b.md"), errors=("bank:1: it is empty",)))
    assert "⚠️ 2 pages cannot" in read(message)
    assert "• bank:1: it is empty\n• a.md\n• b.md" in read(message)


def test_a_question_that_is_left_out_costs_no_page() -> None:
    words = read(bank_message(BankTrouble(errors=(LINE,))))
    assert words.startswith("⚠️ Some questions have errors and are left out.")


def test_a_source_that_cannot_be_reached_is_told_with_its_reason() -> None:
    words = read(bank_message(BankTrouble(source="Permission denied (publickey).")))
    assert words.startswith("⚠️ I cannot get newer quizzes")
    assert "• Permission denied (publickey)." in words
    assert "lint" not in words


def test_of_many_lines_the_first_are_shown_and_the_rest_is_counted() -> None:
    errors = tuple(f"p{n}.md:1: {'x' * 5_000}" for n in range(100))
    words = read(
        bank_message(BankTrouble(kept=tuple(f"p{n}.md" for n in range(100)), errors=errors))
    )
    assert words.count("• ") == LINES_SHOWN + 1
    assert f"and {100 - LINES_SHOWN} more" in words


def test_when_all_is_well_again_that_is_all_it_says() -> None:
    assert read(bank_message(BankTrouble())).startswith("✅ All quizzes are well again")
