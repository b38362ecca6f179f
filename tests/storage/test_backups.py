"""Backups are thinned with age and never go before a newer one has been read back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.document import Document
from planner.domain.errors import UserError
from planner.storage import backups
from tests.document.test_document import rename
from tests.storage.generate import start

TIMES = st.lists(
    st.datetimes(datetime(2024, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001  given above
    max_size=80,
)


@given(TIMES)
def test_the_newest_ten_stay(times: list[datetime]) -> None:
    assert backups.choose_kept(times) >= set(sorted(set(times))[-10:])


@given(TIMES)
def test_each_recent_day_week_and_month_keeps_its_newest(times: list[datetime]) -> None:
    kept = backups.choose_kept(times)
    for count, span in (
        (7, lambda at: at.date()),
        (8, lambda at: at.isocalendar()[:2]),
        (12, lambda at: (at.year, at.month)),
    ):
        spans = sorted({span(at) for at in times}, reverse=True)[:count]
        assert kept >= {max(at for at in times if span(at) == wanted) for wanted in spans}


@given(TIMES)
def test_at_most_thirty_seven_stay(times: list[datetime]) -> None:
    kept = backups.choose_kept(times)
    assert len(kept) <= 37
    assert kept <= set(times)


@given(TIMES)
def test_thinning_twice_is_thinning_once(times: list[datetime]) -> None:
    kept = backups.choose_kept(times)
    assert backups.choose_kept(kept) == kept


def test_thinning_day_by_day_keeps_a_year_reachable() -> None:
    kept: set[datetime] = set()
    day = datetime(2025, 1, 1, 12, tzinfo=UTC)
    for number in range(500):
        kept = backups.choose_kept({*kept, day + timedelta(days=number)})
    assert min(kept) <= day + timedelta(days=500 - 310)


def test_a_session_leaves_backups_that_open(tmp_path: Path) -> None:
    path = tmp_path / "x.roadbook"
    for name in "ABC":
        document = Document.open(path) if path.exists() else Document.create(path, start())
        rename(document, name)
        document.close()
    found = backups.list_backups(path)
    assert len(found) == 4
    names = []
    for number, backup in enumerate(found):
        copy = tmp_path / f"{number}.roadbook"
        copy.write_bytes(backup.path.read_bytes())
        document = Document.open(copy)
        names.append(document.engagement.setting.name)
        document.close()
    assert names == ["C", "B", "A", "Beginning"]


def test_nothing_is_backed_up_twice(tmp_path: Path) -> None:
    path = tmp_path / "x.roadbook"
    Document.create(path, start()).close()
    for _ in range(3):
        Document.open(path).close()
    assert len(backups.list_backups(path)) == 1


def test_no_backup_goes_when_the_new_one_does_not_read_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.roadbook"
    document = Document.create(path, start())
    monkeypatch.setattr(backups, "LAST", 1)
    monkeypatch.setattr(backups, "DAYS", 0)
    monkeypatch.setattr(backups, "WEEKS", 0)
    monkeypatch.setattr(backups, "MONTHS", 0)
    before = backups.list_backups(path)
    rename(document, "A")
    with monkeypatch.context() as patched:
        patched.setattr(backups, "_copy", lambda _source, target: target.write_bytes(b"cut short"))
        document.close()
    assert [notice.code for notice in document.notices] == ["backup-failed"]
    assert backups.list_backups(path) == before
    document = Document.open(path)
    document.close()
    assert len(backups.list_backups(path)) == 1
    assert backups.list_backups(path) != before


def test_a_damaged_backup_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "x.roadbook"
    document = Document.create(path, start())
    rename(document, "A")
    document.close()
    newest, older = backups.list_backups(path)
    newest.path.write_bytes(newest.path.read_bytes()[:-1])
    assert backups.newest_good(path) == older
    path.unlink()
    with pytest.raises(UserError, match="file-missing-with-backup"):
        Document.open(path)
