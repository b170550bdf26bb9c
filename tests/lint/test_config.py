from pathlib import Path

import pytest

from bot.bank.problem import ERRORS, HOUSE_RULES, WARNINGS
from bot.errors import ConfigError
from bot.lint.config import Config, Configs, parse_config
from bot.lint.limits import Limits
from bot.lint.rules import DEFAULT, GROUPS, UnknownRule, chosen, known, nearest

HERE = Path("/bank/.quizlint.toml")


def test_groups_have_rules_that_can_be_chosen() -> None:
    assert GROUPS["all"] == {*WARNINGS, *HOUSE_RULES}
    assert all(rules <= GROUPS["all"] for rules in GROUPS.values())
    parts = [GROUPS[name] for name in ("format", "clues", "wording", "upkeep")]
    assert sum(map(len, parts)) == len(frozenset().union(*parts))


def test_names_are_read_in_any_case() -> None:
    assert chosen(["ALL"]) == GROUPS["all"]
    assert chosen([" Long-Stem ", "no-id"]) == {"long-stem", "no-id"}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("long-stemm", 'no rule or group "long-stemm"; did you mean long-stem?'),
        ("zzzz", "docs/lint.md has them all"),
        ("one-option", "is an error and cannot be chosen"),
    ],
)
def test_a_wrong_name_is_told_with_the_way_out(name: str, words: str) -> None:
    with pytest.raises(UnknownRule, match=words.replace("?", r"\?")):
        chosen([name])


def test_unknown_names_can_be_passed_over() -> None:
    assert known(["long-stem", "nonsense", next(iter(ERRORS))]) == {"long-stem"}
    assert nearest("echo-word").endswith("did you mean echoed-word?")


def test_an_empty_file_is_the_default() -> None:
    assert parse_config("", HERE) == Config(Path("/bank"))
    assert Config().selected == DEFAULT


def test_a_file_says_which_rules_count_where_and_their_numbers() -> None:
    text = """
    select = ["clues", "long-stem"]
    ignore = ["position-bias"]
    help-url = "https://docs.test/lint"
    [per-file-ignores]
    "old/*" = ["clues"]
    "*/draft.md" = ["all"]
    [rules.long-stem]
    most-words = 7
    [rules.longest-right]
    most-share = 1
    """
    config = parse_config(text, HERE)
    whole = GROUPS["clues"] - {"position-bias"} | {"long-stem"}
    assert config.rules_for(Path("/bank/a.md")) == whole
    assert config.rules_for(Path("/bank/old/deep/a.md")) == {"long-stem"}
    assert config.rules_for(Path("/bank/x/y/draft.md")) == set()
    assert config.rules_for(Path("/elsewhere/old/a.md")) == whole
    assert config.limits.long_stem.most_words == 7
    assert config.limits.longest_right.most_share == 1
    assert config.limits.stale_check == Limits().stale_check
    assert config.help_url == "https://docs.test/lint"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("selec = []", "selec: there is no such key"),
        ('select = "all"', "select: input should be a valid list"),
        ('select = ["long-stemm"]', "select: there is no rule or group"),
        ('ignore = ["one-option"]', 'ignore: "one-option" is an error'),
        ('[per-file-ignores]\n"a/*" = ["x-y"]', "per-file-ignores.'a/\\*': there is no rule"),
        ("[rules.long-stemm]", "rules.long-stemm: there is no such key"),
        ("[rules.long-stem]\nwords = 1", "rules.long-stem.words: there is no such key"),
        ("[rules.long-stem]\nmost-words = true", "rules.long-stem.most-words: input should be"),
        ('[rules.long-stem]\nmost-words = "9"', "rules.long-stem.most-words: input should be"),
        ("[rules.long-stem]\nmost-words = 0", "rules.long-stem.most-words: input should be"),
        ("select = [", "this is no TOML"),
    ],
)
def test_a_mistake_is_named_with_file_and_key(text: str, words: str) -> None:
    with pytest.raises(ConfigError, match=f"^/bank/.quizlint.toml: {words}"):
        parse_config(text, HERE)


def test_all_mistakes_are_told_at_once() -> None:
    with pytest.raises(ConfigError) as told:
        parse_config('select = 1\n[rules.few-options]\nleast = "x"', HERE)
    assert len(str(told.value).splitlines()) == 2


def test_the_nearest_file_counts(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / ".quizlint.toml").write_text('select = ["no-id"]', "utf-8")
    (tmp_path / "a" / ".quizlint.toml").write_text('select = ["long-stem"]', "utf-8")
    configs = Configs()
    assert configs.for_page(tmp_path / "page.md").selected == {"no-id"}
    assert configs.for_page(inner / "page.md").selected == {"long-stem"}


def test_the_command_line_has_the_last_word(tmp_path: Path) -> None:
    text = 'select = ["no-id"]\nignore = ["long-stem"]'
    (tmp_path / ".quizlint.toml").write_text(text, "utf-8")
    page = tmp_path / "page.md"
    selected = Configs(select=["wording"], ignore=["hard-to-read"]).for_page(page)
    assert selected.rules_for(page) == GROUPS["wording"] - {"long-stem", "hard-to-read"}
    assert Configs().for_page(page).rules_for(page) == {"no-id"}


def test_a_folder_that_cannot_be_looked_into_has_no_file() -> None:
    assert Configs().for_page(Path("/") / ("x" * 300) / "page.md").selected == DEFAULT


def test_one_file_can_be_named_for_all(tmp_path: Path) -> None:
    (tmp_path / "house.toml").write_text('select = ["no-id"]', "utf-8")
    configs = Configs(tmp_path / "house.toml")
    assert configs.for_page(Path("/anywhere/page.md")).selected == {"no-id"}


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / ".quizlint.toml").write_bytes(b"\xff")
    with pytest.raises(ConfigError, match=r"quizlint.toml: it is not UTF-8"):
        Configs().for_page(tmp_path / "page.md")
    with pytest.raises(ConfigError, match=r"none.toml: it cannot be read \(No such"):
        Configs(tmp_path / "none.toml")
    with pytest.raises(ConfigError, match="--select: there is no rule"):
        Configs(select=["nonsense"])
