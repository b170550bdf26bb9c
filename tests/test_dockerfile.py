"""What can be said about the image without building it."""

import re
import shlex
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def instructions(text: str) -> list[tuple[str, str]]:
    """Name and arguments of each instruction, continued lines joined."""
    lines = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    joined = re.sub(r"\\\n\s*", " ", lines)
    return [
        (name.upper(), rest)
        for name, _, rest in (line.strip().partition(" ") for line in joined.splitlines())
        if name
    ]


STEPS = instructions((ROOT / "Dockerfile").read_text("utf-8"))
LAST_STAGE = STEPS[max(i for i, (name, _) in enumerate(STEPS) if name == "FROM") :]


def last(name: str) -> str:
    return [rest for step, rest in LAST_STAGE if step == name][-1]


def sources() -> list[str]:
    """Everything that is copied from the checkout."""
    copied = [shlex.split(rest) for name, rest in STEPS if name in {"COPY", "ADD"}]
    return [
        source.rstrip("/")
        for words in copied
        if not any(word.startswith("--from=") for word in words)
        for source in words[:-1]
        if not source.startswith("--")
    ]


def is_left_out(path: str) -> bool:
    """Whether `.dockerignore` keeps a path away from the build: the last fitting pattern wins."""
    left_out = False
    for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines():
        pattern = line.strip().removeprefix("!")
        if not pattern or pattern.startswith("#"):
            continue
        if fits(path, pattern):
            left_out = not line.startswith("!")
    return left_out


def fits(path: str, pattern: str) -> bool:
    """A pattern also fits everything below a folder that it fits."""
    parts = path.split("/")
    above = ["/".join(parts[: i + 1]) for i in range(len(parts))]
    anywhere = pattern.removeprefix("**/")
    if anywhere != pattern:
        return any(fnmatch(part, anywhere) for part in parts)
    return any(fnmatch(one, pattern) and one.count("/") == pattern.count("/") for one in above)


def test_the_bot_does_not_run_as_root() -> None:
    assert last("USER").split(":")[0] not in {"root", "0"}
    after = [name for name, _ in LAST_STAGE[LAST_STAGE.index(("USER", last("USER"))) :]]
    assert "RUN" not in after


def test_everything_that_is_copied_exists_and_reaches_the_build() -> None:
    assert sources()
    assert [path for path in sources() if not (ROOT / path).exists()] == []
    assert [path for path in sources() if is_left_out(path)] == []


@pytest.mark.parametrize(
    "path",
    [
        ".env",
        ".env.production",
        "bot/.env",
        ".git/config",
        ".venv/bin/python",
        ".quizbot/server/appendonlydir/appendonly.aof.1.incr.aof",
        "bot/storage/__pycache__/keys.cpython-311.pyc",
        "secrets.json",
        "tests/test_dockerfile.py",
    ],
)
def test_secrets_data_and_leftovers_never_reach_the_build(path: str) -> None:
    assert is_left_out(path)


@pytest.mark.parametrize("path", ["bot/cli.py", "content/git/basics.md", "requirements/run.txt"])
def test_what_the_image_is_made_of_reaches_the_build(path: str) -> None:
    assert not is_left_out(path)


def test_no_whole_checkout_is_copied() -> None:
    assert not {".", "..", "*", ""} & set(sources())


def test_no_secret_is_baked_in() -> None:
    named = " ".join(rest for name, rest in STEPS if name in {"ENV", "ARG"})
    assert not re.search(r"token|secret|password|xox|xapp", named, re.IGNORECASE)


def test_every_package_is_checked_against_its_hash() -> None:
    runs = " && ".join(rest for name, rest in STEPS if name == "RUN").split("&&")
    installs = [command for command in runs if "pip install" in command]
    assert installs
    for command in installs:
        assert "--require-hashes" in command or "--no-index" in command, command


def test_the_data_and_the_port_are_where_the_settings_say() -> None:
    settings = dict(word.split("=", 1) for word in shlex.split(last("ENV")))
    assert settings["QUIZ_DATA"] == last("VOLUME") == "/data"
    assert settings["PORT"] == last("EXPOSE")
    assert settings["HOST"] == "0.0.0.0"  # noqa: S104 - a published port leads here


def test_a_bank_can_be_pulled_and_nothing_is_left_of_the_installation() -> None:
    (command,) = [rest for step, rest in LAST_STAGE if step == "RUN" and "apt-get" in rest]
    assert {"ca-certificates", "git", "openssh-client"} <= set(command.split())
    assert "--no-install-recommends" in command
    assert command.endswith("rm -rf /var/lib/apt/lists/*")


def test_the_image_runs_the_bot_and_watches_its_health() -> None:
    assert last("ENTRYPOINT") == '["quizbot"]'
    assert last("CMD") == '["run"]'
    assert last("HEALTHCHECK").endswith('CMD ["python", "-m", "bot", "health"]')
