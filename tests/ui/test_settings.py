import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ui.settings import RECENT_FILES, Preferences, load_preferences, save_preferences, settings_file


def test_what_is_saved_is_loaded_again() -> None:
    preferences = Preferences(
        language="fr", theme="dark", window="QUJD", pages={"timeline": {"columns": {"name": 210}}}
    ).with_recent(Path("/a/b.roadbook"), datetime(2026, 3, 2, 9, 30, tzinfo=UTC))
    assert save_preferences(preferences)
    assert load_preferences() == preferences


def test_nothing_saved_yet_means_the_defaults() -> None:
    assert load_preferences() == Preferences()


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"theme": 3, "pages": ["a"], "recent": {}}', "\x00", "[" * 9999]
)
def test_a_damaged_file_means_the_defaults(text: str) -> None:
    settings_file().parent.mkdir(parents=True, exist_ok=True)
    settings_file().write_text(text, encoding="utf-8")
    assert load_preferences() == Preferences()


def test_one_bad_value_costs_only_itself() -> None:
    settings_file().parent.mkdir(parents=True, exist_ok=True)
    settings_file().write_text(
        json.dumps({"theme": "dark", "language": 5, "columns": {"name": True}}), encoding="utf-8"
    )
    assert load_preferences() == Preferences(theme="dark")


def test_a_file_opened_again_moves_to_the_front_and_the_oldest_are_forgotten() -> None:
    preferences = Preferences()
    for number in range(RECENT_FILES + 3):
        preferences = preferences.with_recent(Path(f"/plans/{number}.roadbook"), datetime(2026, 3, 2, tzinfo=UTC))
    preferences = preferences.with_recent(Path("/plans/5.roadbook"), datetime(2026, 3, 3, tzinfo=UTC))
    names = [Path(recent.path).stem for recent in preferences.recent]
    assert names[0] == "5"
    assert len(names) == RECENT_FILES == len(set(names))


def test_a_folder_that_cannot_be_written_costs_no_more_than_the_memory(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("ROADBOOK_CONFIG_DIR", str(blocked / "inside"))
    assert not save_preferences(Preferences(theme="dark"))
    assert load_preferences() == Preferences()
