"""A file is wholly the new one or still the old one."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.domain.errors import UserError
from planner.safe_file import write_safely


def test_the_new_content_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "plan é.json"
    target.write_text("old")
    write_safely(target, lambda path: path.write_text("new") and None)
    assert target.read_text() == "new"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("fault", [OSError(28, "No space left on device"), ValueError("bug")])
def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path: Path, fault: Exception) -> None:
    target = tmp_path / "plan.json"
    target.write_text("old")

    def write(path: Path) -> None:
        path.write_text("half")
        raise fault

    with pytest.raises(UserError if isinstance(fault, OSError) else ValueError):
        write_safely(target, write)
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_content_that_does_not_verify_is_not_put_in_place(tmp_path: Path) -> None:
    target = tmp_path / "plan.json"
    target.write_text("old")

    def verify(path: Path) -> None:
        raise UserError("cannot-write", path=str(path), cause="not readable")

    with pytest.raises(UserError):
        write_safely(target, lambda path: path.write_text("new") and None, verify=verify)
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_that_is_not_there_is_told_in_plain_words(tmp_path: Path) -> None:
    with pytest.raises(UserError) as raised:
        write_safely(tmp_path / "nowhere" / "plan.json", lambda path: path.write_text("new") and None)
    assert raised.value.code == "cannot-write"
