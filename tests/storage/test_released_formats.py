"""Every file a released version wrote opens for ever, with everything that was in it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import msgspec
import pytest

from planner.document import Document
from planner.storage import file_format

FILES = Path(__file__).resolve().parents[1] / "files"


@pytest.mark.parametrize("number", sorted(file_format.SCHEMAS))
def test_a_file_of_each_format_opens_with_all_it_held(number: int, tmp_path: Path) -> None:
    path = tmp_path / "old.roadbook"
    shutil.copyfile(FILES / f"format-{number}.roadbook", path)
    expected = json.loads((FILES / f"format-{number}.json").read_bytes())
    document = Document.open(path)
    assert document.read_only is None
    for kind, entities in expected.items():
        held = document.engagement.kind(kind)
        assert len(held) == len(entities)
        for entity in entities:
            found = json.loads(msgspec.json.encode(held[entity["id"]]))
            assert {name: found[name] for name in entity} == entity
    assert [step.undone for step in document.history()] == [False, False, False, True]
    assert document.redo() is not None
    steps_back = 0
    while document.undo():
        steps_back += 1
    assert steps_back == 4
    document.close()
