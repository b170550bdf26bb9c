"""Pages as authors write them; the examples are in tests/golden/pages.txt."""

import pytest

from bot.bank.parser import parse_page
from bot.quiz.question import Slug
from tests.bank.dump import dump
from tests.golden import cases


@pytest.mark.parametrize(("given", "wanted"), cases("pages"))
def test_page_is_read_as_written(given: str, wanted: str) -> None:
    page = parse_page(given, path="page.md", slug=Slug("page"), site_url="https://docs.test/quiz")
    assert dump(page) == wanted
