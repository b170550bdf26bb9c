import pytest

from bot.storage.server_check import check_server, version

GOOD = {
    "redis_version": "7.2.4",
    "valkey_version": "9.1.2",
    "maxmemory_policy": "noeviction",
    "aof_enabled": 1,
    "maxmemory": 0,
    "used_memory": 1_000_000,
}


def test_a_good_server_gives_no_warning() -> None:
    assert check_server(GOOD) == []


def test_a_server_that_keeps_to_itself_gives_no_warning() -> None:
    assert check_server({}) == []


@pytest.mark.parametrize(
    ("figures", "advice"),
    [
        pytest.param({"valkey_version": "8.1.3"}, "Update it to 8.1.4", id="old valkey"),
        pytest.param({"maxmemory_policy": "allkeys-lru"}, "noeviction", id="eviction"),
        pytest.param({"aof_enabled": 0}, "appendonly to yes", id="no append-only file"),
        pytest.param({"maxmemory": 1_200_000}, "83 % full", id="nearly full"),
    ],
)
def test_each_weakness_has_its_own_advice(figures: dict[str, object], advice: str) -> None:
    [warning] = check_server(GOOD | figures)
    assert advice in warning


def test_an_old_redis_is_told_from_an_old_valkey() -> None:
    assert "Redis 7.2.4" in check_server({"redis_version": "7.2.4"})[0]
    assert check_server({"redis_version": "8.2.2"}) == []


def test_eighty_percent_is_not_yet_full() -> None:
    assert check_server(GOOD | {"maxmemory": 1_250_000}) == []


def test_all_weaknesses_are_told_at_once() -> None:
    weak = {
        "redis_version": "6.0",
        "maxmemory_policy": "volatile-lru",
        "aof_enabled": 0,
        "maxmemory": 10,
        "used_memory": 10,
    }
    assert len(check_server(weak)) == 4


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("8.1.4", (8, 1, 4)), ("v=8.1 sha=0", (8, 1)), ("8.10.0", (8, 10, 0)), ("none", ())],
)
def test_a_version_is_compared_by_its_numbers(text: str, numbers: tuple[int, ...]) -> None:
    assert version(text) == numbers
