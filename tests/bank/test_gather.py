from bot.bank.gather import gather
from tests.bank.samples import page, question


def test_pages_without_questions_give_titles_to_tracks() -> None:
    catalogue, problems = gather(
        [page("# Git Quiz\n\n[Basics](basics.md)", "git"), page(question("Q"), "git/basics")]
    )
    assert [(track.slug, track.title) for track in catalogue.tracks()] == [("git", "Git")]
    assert problems == ()


def test_no_name_of_the_bank_turns_the_direction_of_what_follows() -> None:
    turn = "\u202e"
    head = f'---\ntitle: "A{turn}"\nlevel: "{turn}easy"\n---\n'
    text = question(f"Q{turn}", f'<quiz level="{turn}hard">')
    links = f"[L{turn}](https://a.test) [{turn}](https://b.test)"
    catalogue, _ = gather([page(f"# T{turn}", "t"), page(f"{head}{text}\n{links}\n", "t/a")])
    (quiz,) = catalogue
    assert (quiz.title, quiz.level, quiz.questions[0].level) == ("A", "easy", "hard")
    assert [link.title for link in quiz.links] == ["L", "https://b.test"]
    assert catalogue.track_title("t") == "T"


def test_problems_come_in_the_order_of_pages() -> None:
    _, problems = gather(
        [page("</quiz>", "b"), page(question("Q"), "c"), page(question("Q") + "</quiz>", "a")]
    )
    assert [f"{found.path}:{found.line} {found.rule}" for found in problems] == [
        "b.md:1 stray-end",
        "a.md:6 stray-end",
        "a.md:1 same-question",
    ]


def test_two_pages_of_one_name_both_stay() -> None:
    pages = [page(question(words), "git/basics") for words in ("A", "B", "C")]
    catalogue, problems = gather(pages)
    assert [quiz.slug for quiz in catalogue] == ["git/basics", "git/basics-2", "git/basics-3"]
    assert [found.rule for found in problems] == ["same-slug", "same-slug"]
    assert "git/basics.md is named" in problems[0].message


def test_a_question_whose_id_is_taken_is_left_out() -> None:
    tag = '<quiz id="a">'
    pages = [page(question("A", tag), "a"), page(question("B", tag) + question("C"), "b")]
    catalogue, problems = gather(pages)
    assert [[each.stem for each in quiz] for quiz in catalogue] == [["A"], ["C"]]
    assert [found.rule for found in problems] == ["same-id"]


def test_a_page_that_loses_all_its_questions_is_no_quiz() -> None:
    tag = '<quiz id="a">'
    catalogue, _ = gather([page(question("A", tag), "a"), page(question("B", tag), "b")])
    assert [quiz.slug for quiz in catalogue] == ["a"]


def test_a_bank_may_be_empty() -> None:
    catalogue, problems = gather([])
    assert (len(catalogue), problems) == (0, ())
