import json
import re
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from rich.console import Console

from bot.bank.problem import RULES, Problem, problem
from bot.lint.formats import as_github, as_json, as_sarif
from bot.lint.report import Report
from bot.lint.screen import RichReport, plain_report
from bot.lint.sheets import read_sheets
from bot.lint.statistics import statistics
from bot.quiz.question import Place
from tests.lint.samples import choice

FOUND = (
    problem(Place("a b/ä.md", 3), "one-option", "100 %: one,\r\nonly."),
    problem(Place("a b/ä.md", 12), "no-id"),
    problem(Place("z.md", 1), "no-id"),
)
SUMMARY = "1 quiz, 1 question, 1 error, 2 warnings"


@pytest.fixture
def report(tmp_path: Path) -> Report:
    (tmp_path / "page.md").write_text(choice("Which?", "a", "b"), "utf-8")
    return Report(read_sheets([tmp_path]).bank, FOUND)


def with_numbers(report: Report) -> Report:
    questions = [question for quiz in report.bank.catalogue for question in quiz]
    return Report(report.bank, report.problems, statistics(questions))


def shown(report: Report, width: int = 70, *, colour: bool = False) -> str:
    file = StringIO()
    console = Console(file=file, width=width, force_terminal=colour, highlight=False)
    console.print(RichReport(report))
    return file.getvalue()


def test_plain_text_has_a_line_for_each_problem_and_the_summary_last(report: Report) -> None:
    *lines, last = plain_report(Report(report.bank, FOUND[1:])).splitlines()
    assert lines == [str(found) for found in FOUND[1:]]
    assert last == "1 quiz, 1 question, 0 errors, 2 warnings"


def test_numbers_take_the_place_of_problems(report: Report) -> None:
    text = plain_report(with_numbers(report))
    assert "Right option strictly the longest: 0 % (0 of 1)\n" in text
    assert "no-id" not in text
    assert text.endswith(f"\n{SUMMARY}")


def test_a_terminal_shows_problems_below_their_file(report: Report) -> None:
    lines = shown(report).splitlines()
    assert [line.rstrip() for line in lines if line and not line.startswith(" ")] == [
        "a b/ä.md",
        "z.md",
        SUMMARY,
    ]
    assert lines[1].split()[:2] == ["3", "one-option"]
    assert all(len(line) <= 70 for line in lines)


def test_markup_in_a_message_is_only_text(report: Report) -> None:
    odd = Report(report.bank, (problem(Place("[red].md", 1), "no-id", "[bold]x[/bold]"),))
    text = shown(odd, colour=True)
    assert "[red].md" in text
    assert "[bold]x[/bold]" in text


def test_a_terminal_shows_numbers_as_a_table(report: Report) -> None:
    first = shown(with_numbers(report)).splitlines()[0]
    assert first.split() == ["Questions", "1"]


@pytest.mark.parametrize(("first", "colour"), [(0, "31"), (1, "33"), (3, "32")])
def test_the_summary_has_the_colour_of_the_worst(first: int, colour: str, report: Report) -> None:
    last = shown(Report(report.bank, FOUND[first:]), colour=True).splitlines()[-1]
    assert re.search(rf"\x1b\[(?:1;)?{colour}m", last)


def test_json_has_the_numbers_of_the_summary_and_all_problems(report: Report) -> None:
    found = json.loads(as_json(report))
    assert (found["quizzes"], found["questions"]) == (1, 1)
    assert (found["errors"], found["warnings"]) == (1, 2)
    assert found["problems"][1] == FOUND[1].to_dict()
    assert "statistics" not in found
    assert json.loads(as_json(with_numbers(report)))["statistics"]["questions"] == 1


def test_annotations_escape_what_would_end_them(report: Report) -> None:
    first, second, _, last = as_github(report).splitlines()
    assert first == (
        "::error file=a b/ä.md,line=3,title=one-option::"
        "100 %25: one,%0D%0Aonly. Add at least one more option."
    )
    assert second.startswith("::warning file=a b/ä.md,line=12,title=no-id::Add an `id`")
    assert last == SUMMARY
    odd = Report(report.bank, (problem(Place("a,b:c%.md", 1), "no-id"),))
    assert as_github(odd).startswith("::warning file=a%2Cb%3Ac%25.md,line=1,")


def results(report: Report) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    log = json.loads(as_sarif(report))
    assert (log["version"], len(log["runs"])) == ("2.1.0", 1)
    run = log["runs"][0]
    return run["tool"]["driver"], run["results"]


def test_sarif_names_rules_once_and_points_at_them(report: Report) -> None:
    driver, found = results(report)
    assert [rule["id"] for rule in driver["rules"]] == ["no-id", "one-option"]
    assert [each["ruleId"] for each in found] == ["one-option", "no-id", "no-id"]
    for each in found:
        assert driver["rules"][each["ruleIndex"]]["id"] == each["ruleId"]
    levels = [rule["defaultConfiguration"]["level"] for rule in driver["rules"]]
    assert levels == ["warning", "error"]
    assert found[0]["level"] == "error"
    assert driver["rules"][0]["shortDescription"]["text"] == RULES["no-id"]
    assert "```markdown" in driver["rules"][0]["help"]["markdown"]
    assert driver["rules"][1]["help"]["text"] == RULES["one-option"]


def test_sarif_paths_are_relative_uris_and_lines_count_from_one(report: Report) -> None:
    _, found = results(report)
    places = [each["locations"][0]["physicalLocation"] for each in found]
    assert places[0]["artifactLocation"]["uri"] == "a%20b/%C3%A4.md"
    assert [place["region"]["startLine"] for place in places] == [3, 12, 1]


def test_sarif_names_a_file_elsewhere_whole(report: Report, tmp_path: Path) -> None:
    there = problem(Place(str(tmp_path / "x.md"), 1), "no-id")
    _, (found,) = results(Report(report.bank, (there,)))
    uri = found["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert urlsplit(uri).scheme == "file"
    assert uri.endswith("/x.md")


def test_sarif_links_to_the_published_page_of_rules(report: Report) -> None:
    published = Report(report.bank, FOUND, help_url="https://docs.test/lint")
    driver, _ = results(published)
    assert driver["rules"][0]["helpUri"] == "https://docs.test/lint#no-id"
    assert all("helpUri" not in rule for rule in results(report)[0]["rules"])


def test_nothing_found_is_a_whole_report_too(report: Report) -> None:
    none: tuple[Problem, ...] = ()
    assert results(Report(report.bank, none))[1] == []
    assert as_github(Report(report.bank, none)).count("\n") == 0
