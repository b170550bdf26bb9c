import json

from hypothesis import given, strategies as st

from bot.blocks import ids, privacy, settings
from bot.play.privacy import Export
from bot.quiz.people import Personal, Schedulers, WorkspaceSettings
from bot.quiz.player import UserId
from bot.sandbox.block_kit import check_message, check_view
from tests.blocks.samples import action_ids, button, read


def test_my_data_says_what_is_kept_and_what_one_can_do() -> None:
    message = privacy.privacy_message(Personal(zone="Europe/Berlin"), "/quiz")
    assert "Your time zone: Europe/Berlin" in read(message)
    assert action_ids(message) == [ids.MY_ZONE, ids.HIDE, ids.EXPORT, ids.FORGET]
    assert button(message, ids.HIDE)["value"] == "hide"
    hidden = privacy.privacy_message(Personal(is_hidden=True), "/quiz")
    assert button(hidden, ids.HIDE)["value"] == "show"
    assert "You are hidden from leaderboards." in hidden.text


def test_only_the_last_step_of_forgetting_is_dangerous() -> None:
    about = privacy.privacy_message(Personal(), "/quiz")
    assert "style" not in button(about, ids.FORGET)
    asked = privacy.forget_message("/quiz")
    assert button(asked, ids.FORGET_ME)["style"] == "danger"
    assert "This cannot be undone." in asked.text


@given(st.lists(st.text(max_size=400), max_size=60))
def test_pages_of_an_export_are_the_whole_export(lines: list[str]) -> None:
    content = json.dumps(lines, indent=1)
    pages = privacy.export_pages(Export("data.json", content))
    said = [page.blocks[1]["elements"][0]["elements"][0]["text"] for page in pages]
    assert "".join(said) == content
    for page in pages:
        assert not check_message({"text": page.text, "blocks": list(page.blocks)})


def test_a_long_line_of_an_export_is_cut_over_pages() -> None:
    pages = privacy.export_pages(Export("data.json", "x" * 20_000))
    assert len(pages) == 3
    assert "part 3 of 3" in pages[2].text


def test_the_settings_form_shows_what_was_decided() -> None:
    decided = WorkspaceSettings("Asia/Tokyo", Schedulers.MEMBERS, frozenset({UserId("U2")}))
    view = settings.settings_view(decided, "{}")
    assert not check_view(view)
    whole = json.dumps(view)
    for shown in ("Asia/Tokyo", '"members"', '"initial_users": ["U2"]'):
        assert shown in whole
    assert not check_view(settings.settings_view(WorkspaceSettings(), ""))
