"""`quizbot lint` as an author and a pipeline meet it."""

import json
import os
import pty
import shlex
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
import typer
import yaml
from typer.testing import CliRunner, Result

from bot.errors import ConfigError
from bot.lint.command import Linting
from tests.lint.samples import TODAY, choice
from tests.test_cli import BROKEN, ROOT, clean_environment, quizbot

WEAK = choice("Which of these is not it?", "a", "b", tag='<quiz id="weak">')
UNTIDY = choice("Which tool is it?", "a", "b").replace("- [ ]", "* []")
SUMMARY = "1 quiz, 1 question, 0 errors, {}"


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only page of a bank in the working folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bank").mkdir()
    path = tmp_path / "bank" / "page.md"
    path.write_text(UNTIDY, "utf-8")
    return path


def lint(arguments: str) -> Result:
    app = typer.Typer()
    Linting(lambda: datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=UTC)).register(app)
    return CliRunner().invoke(app, shlex.split(arguments))


def mistake(arguments: str) -> str:
    error = lint(arguments).exception
    assert isinstance(error, ConfigError)
    return str(error)


def test_warnings_pass_unless_they_may_not(page: Path) -> None:
    page.write_text(WEAK, "utf-8")
    done = lint("bank")
    assert done.exit_code == 0
    first, last = done.stdout.splitlines()
    assert first.startswith("bank/page.md:1: warning[unmarked-negation] The word ")
    assert last == SUMMARY.format("1 warning")
    assert lint("bank --strict").exit_code == 1
    assert lint("bank --strict --ignore wording").exit_code == 0


def test_rules_can_be_chosen(page: Path) -> None:
    done = lint(f"{page} --select no-id,untidy-box")
    told = [line.split()[1] for line in done.stdout.splitlines()[:-1]]
    assert told == ["warning[no-id]", "warning[untidy-box]"]
    assert "warning[no-source]" in lint("bank --all").stdout


def test_the_day_is_the_one_of_the_command(page: Path) -> None:
    page.write_text(WEAK.replace("weak", 'weak" checked="2025-11-22'), "utf-8")
    assert "366 days ago" in lint("bank --select stale-check").stdout


def test_a_wrong_choice_is_told(page: Path) -> None:
    assert "did you mean no-id?" in mistake("bank --select no-idd")
    (page.parent / ".quizlint.toml").write_text("selekt = []", "utf-8")
    assert "quizlint.toml: selekt: there is no such key" in mistake("bank")
    assert lint("bank --format xml").exit_code == 2


def test_a_mistake_in_the_configuration_leaves_no_trace(page: Path) -> None:
    (page.parent / ".quizlint.toml").write_text("selekt = []", "utf-8")
    done = quizbot("lint", "bank", folder=page.parent.parent)
    assert done.returncode == 2
    assert "selekt" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_diff_changes_nothing_and_a_fix_does(page: Path) -> None:
    done = lint("bank --diff")
    assert done.exit_code == 1
    assert "\n-* [] b\n+- [ ] b\n" in done.stdout
    assert page.read_text("utf-8") == UNTIDY
    done = lint("bank --fix")
    assert (done.exit_code, done.stdout) == (0, SUMMARY.format("0 warnings") + "\n")
    assert done.stderr == "Mended 1 page: 1 id added, 1 box tidied.\n"
    assert "\n- [ ] b\n" in page.read_text("utf-8")
    done = lint("bank --diff")
    assert (done.exit_code, done.stdout) == (0, "")
    assert lint("bank --fix").stderr == "There was nothing to mend.\n"


def test_ids_can_be_readable(page: Path) -> None:
    lint("bank --fix --ids readable")
    assert page.read_text("utf-8").startswith('<quiz id="tool">')


def test_programs_get_nothing_but_their_format(page: Path) -> None:
    page.write_text(BROKEN, "utf-8")
    done = lint("bank --fix --stats --format json")
    assert done.exit_code == 1
    assert json.loads(done.stdout)["statistics"]["questions"] == 0
    (run,) = json.loads(lint("bank --format sarif").stdout)["runs"]
    (found,) = run["results"]
    assert found["ruleId"] == "no-right-option"
    place = found["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "bank/page.md"
    github = lint("bank --format github").stdout
    assert github.startswith("::error file=bank/page.md,line=3,title=no-right-option::")


def test_numbers_go_with_text_and_json_only(page: Path) -> None:
    page.write_text(f"---\nlevel: hard\n---\n{WEAK}", "utf-8")
    shown = lint("bank --stats").stdout
    assert "\nLevels: 1 hard\n" in shown
    assert "\nNear duplicates: 0\n" in shown
    words = "--stats goes with --format text or json, not sarif"
    assert mistake("bank --stats --format sarif") == words


def test_the_address_of_the_rules_comes_from_the_bank(page: Path) -> None:
    page.write_text(WEAK, "utf-8")
    (page.parent / ".quizlint.toml").write_text('help-url = "https://docs.test/lint"', "utf-8")
    (run,) = json.loads(lint("bank --format sarif").stdout)["runs"]
    (rule,) = run["tool"]["driver"]["rules"]
    assert rule["helpUri"] == "https://docs.test/lint#unmarked-negation"


def test_the_hook_of_pre_commit_is_this_command() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert (hook["id"], hook["entry"]) == ("quizbot-lint", "quizbot lint")
    assert hook["pass_filenames"] is False


def test_a_rule_is_explained() -> None:
    done = lint("--explain echoed-word")
    assert done.stdout.startswith("# echoed-word (warning)\n")
    assert "Good:" in done.stdout
    assert "there is no rule" in mistake("--explain echo")


def test_a_terminal_gets_it_grouped_by_file(page: Path) -> None:
    page.write_text(WEAK, "utf-8")
    folder = page.parent.parent
    reader, writer = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-m", "bot", "lint", "bank"],
        cwd=folder,
        env={**clean_environment(folder), "TERM": "xterm", "COLUMNS": "80"},
        stdout=writer,
        timeout=60,
        check=False,
    )
    os.close(writer)
    shown = os.read(reader, 65_536).decode()
    os.close(reader)
    assert done.returncode == 0
    assert "bank/page.md\x1b[0m\r\n" in shown
    assert "unmarked-negation" in shown
