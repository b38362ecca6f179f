"""Templates of Measure-Mate: attributes become practices, ratings their scale, and whatever is no model is told."""

from __future__ import annotations

import dataclasses
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from planner.domain.changes import Label
from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.domain.practice import Descriptor
from planner.editing.rules import check_all
from planner.exchange.import_report import Fate, ImportReading, changes_of
from planner.exchange.sources import read_sources
from planner.language import Language
from tests import builders as a

LABEL = Label("import-files", {"names": "fixture"})


def record(model: str, key: int, **fields: Any) -> dict[str, Any]:
    return {"model": f"measure_mate.{model}", "pk": key, "fields": fields}


RECORDS = [
    record("template", 1, name="Teamwork", short_desc="How a team works"),
    record("attribute", 12, name="Reviews", template=1, rank=2, desc="Read by others"),
    record("attribute", 11, name="Stand-ups", template=1, rank=1, desc="* Daily\r\n* Short"),
    record("rating", 21, attribute=11, name="N/A", rank=0, desc="Not applicable"),
    record("rating", 23, attribute=11, name="Good", rank=2, desc="Every day"),
    record("rating", 22, attribute=11, name="Poor", rank=1, desc="Never"),
    record("rating", 24, attribute=12, name="Green", rank=1, desc="Green\r\n"),
    record("rating", 25, attribute=12, name="Yellow", rank=2, desc="Sometimes"),
    record("rating", 26, attribute=12, name="Red", rank=3, desc="Red"),
    record("attribute", 13, name="Unrated", template=1, rank=3, desc=""),
    record("attribute", 14, name="Adrift", template=9, rank=1, desc=""),
    record("rating", 27, attribute=99, name="Lost", rank=1, desc=""),
    record("tag", 1, name="blue"),
    record("tag", 2, name="red"),
]


def write(folder: Path, records: object) -> Path:
    path = folder / "fixture.json"
    path.write_text(json.dumps(records), encoding="utf-8")
    return path


def read(path: Path, engagement: Engagement) -> ImportReading:
    return read_sources([path], engagement, kind=None, language=Language("en"), today=date(2026, 11, 23))


def test_attributes_become_practices_rated_from_the_worst_to_the_best(tmp_path: Path) -> None:
    engagement = a.engagement()
    reading = read(write(tmp_path, RECORDS), engagement)
    after = engagement.apply(changes_of(engagement, reading, LABEL))
    check_all(after)
    (model,) = after.models.values()
    assert (model.name, model.source) == ("Teamwork", "Measure-Mate")
    practices = sorted(after.practices.values(), key=lambda one: one.position)
    assert [one.name for one in practices] == ["Stand-ups", "Reviews"]
    stand_ups, reviews = practices
    assert stand_ups.description == "* Daily\n* Short"
    assert stand_ups.descriptors == (Descriptor(score=0.0, text="Never"), Descriptor(score=1.0, text="Every day"))
    options = after.scales[reviews.scale_id].options
    assert [(option.score, option.text) for option in options] == [(0.0, "Red"), (0.5, "Yellow"), (1.0, "Green")]
    assert reviews.descriptors == (Descriptor(score=0.5, text="Sometimes"),)


def test_everything_that_is_not_taken_in_is_told(tmp_path: Path) -> None:
    reading = read(write(tmp_path, RECORDS), a.engagement())
    told = {item.name: (item.fate, [one.code for one in item.remarks]) for item in reading.report.items}
    assert told == {
        "Stand-ups": (Fate.CHANGED, ["rating-is-state"]),
        "Reviews": (Fate.CHANGED, ["ratings-turned"]),
        "Unrated": (Fate.REJECTED, ["attribute-unrated"]),
        "Adrift": (Fate.REJECTED, ["template-missing"]),
        "Lost": (Fate.REJECTED, ["attribute-missing"]),
    }
    (problem,) = reading.report.problems
    assert problem.worded(Language("en")) == (
        "fixture.json: 2 records of 'measure_mate.tag' are no part of a maturity model and were left out."
    )


def test_read_again_it_meets_itself_and_keeps_what_the_coach_judged(tmp_path: Path) -> None:
    engagement = a.engagement()
    path = write(tmp_path, RECORDS)
    after = engagement.apply(changes_of(engagement, read(path, engagement), LABEL))
    first = next(iter(after.practices.values()))
    judged = dataclasses.replace(first, weight=3.0, usefulness=5)
    after = Engagement.adopt({**after.by_kind(), "practices": {**after.practices, first.id: judged}})
    assert not changes_of(after, read(path, after), LABEL)


@pytest.mark.parametrize("records", [[], [record("tag", 1, name="blue")], [1, "two", None, {"model": 3}]])
def test_a_file_without_a_template_is_refused_in_one_sentence(tmp_path: Path, records: object) -> None:
    with pytest.raises(UserError) as caught:
        read(write(tmp_path, records), a.engagement())
    assert caught.value.code == "measure-mate-nothing"


@pytest.mark.parametrize(("text", "code"), [("[1, 2", "json-broken"), ("[" * 100_000, "json-too-deep")])
def test_broken_json_is_told_as_such(tmp_path: Path, text: str, code: str) -> None:
    path = tmp_path / "broken.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        read(path, a.engagement())
    assert caught.value.code == code


def test_the_real_template_comes_in_whole(shared_data: Path) -> None:
    engagement = a.engagement()
    reading = read(shared_data / "maturity" / "measuremate-DevOps.json", engagement)
    after = engagement.apply(changes_of(engagement, reading, LABEL))
    check_all(after)
    assert len(after.practices) == 8
    (scale,) = after.scales.values()
    assert len(scale.options) == 6
    assert all(len(practice.descriptors) == 6 for practice in after.practices.values())
