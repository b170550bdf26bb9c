"""The documents say what the program does."""

import re
import tomllib
from pathlib import Path

import pytest

from bot.bank.parser import parse_page
from bot.quiz.question import Slug
from bot.settings import VARIABLES, Settings
from bot.slack import command
from tests.test_cli import quizbot

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "bench/README.md")


def test_every_setting_is_in_the_table() -> None:
    assert re.findall(r"^\| `([A-Z_]+)` \|", README, re.MULTILINE) == list(VARIABLES)


@pytest.mark.parametrize("name", ["quiz_command", "host", "port", "log_level", "slack_api_url"])
def test_defaults_are_as_the_table_says(name: str) -> None:
    default = Settings.model_fields[name].default
    assert re.search(
        rf"^\| `{name.upper()}` \| `{re.escape(str(default))}` \|", README, re.MULTILINE
    )


def test_every_documented_command_is_understood() -> None:
    typed = re.findall(r"^\| `/quiz ?([^`]*)` \|", README, re.MULTILINE)
    for text in typed:
        assert not isinstance(command.parse(text), command.NotUnderstood), text
    firsts = {text.partition(" ")[0] for text in typed}
    assert firsts >= {*command.OTHERS.values(), "", "start", "resume", "stop", "stats", "help"}


@pytest.mark.parametrize("text", [README, CONTRIBUTING], ids=["README", "CONTRIBUTING"])
def test_examples_of_quizzes_are_right(text: str) -> None:
    examples = [e for e in re.findall(r"```markdown\n(.*?)```", text, re.DOTALL) if "<quiz" in e]
    assert examples
    for example in examples:
        page = parse_page(example, path="example.md", slug=Slug("example"))
        assert page.quiz is not None
        assert not page.problems


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_to_files_lead_somewhere(name: str) -> None:
    document = ROOT / name
    text = re.sub(r"`[^`\n]+`", "", document.read_text("utf-8"))  # an example leads nowhere
    for target in re.findall(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)", text):
        assert (document.parent / target).exists(), target


def test_every_library_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    table = CONTRIBUTING.partition("## Why these libraries")[2]
    for requirement in project["dependencies"]:
        name = re.split(r"[>=<; ]", requirement)[0]
        assert name in table.lower().replace("slack_sdk", "slack-sdk"), name


@pytest.mark.parametrize("name", ["run.txt", "dev.txt"])
def test_locked_packages_have_hashes_and_name_no_host(name: str) -> None:
    text = (ROOT / "requirements" / name).read_text("utf-8")
    assert not re.search(r"https?:|file:|--(?:extra-)?index-url|--find-links", text)
    for block in re.split(r"\n(?=\S)", text.strip()):
        assert "--hash=sha256:" in block, block.splitlines()[0]


def test_the_statistics_of_the_starter_bank_are_those_of_the_readme() -> None:
    """What to do when this fails: paste what the command prints."""
    shown = re.search(r"\$ quizbot lint content --stats\n(.*?)\n```", README, re.DOTALL)
    assert shown
    assert quizbot("lint", "content", "--stats", folder=ROOT).stdout.strip() == shown[1]
