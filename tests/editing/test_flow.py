"""Value streams and lists of measurements: what each intent does, in one step, and that undo takes all of it back."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.analysis.flow import steps_of
from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.domain.flow import DeliveryMetric, Measurement, StreamStep, ValueStream
from planner.domain.organization import Application
from planner.editing import entities, flow
from planner.editing.measurements import MeasurementLine, plan_measurements, take_measurements
from planner.editing.team_list import Fate
from tests import builders as a

DAY = date(2026, 3, 31)


def streams(first: int = 3, second: int = 2) -> Engagement:
    return a.engagement(
        a.settings(),
        a.unit(id="unit"),
        a.team(id="blue", name="Blue"),
        ValueStream(id="s", name="Claims"),
        ValueStream(id="t", name="Refunds"),
        *(StreamStep(id=f"s{n}", stream_id="s", name=f"S{n}", position=n, team_ids=("blue",)) for n in range(first)),
        *(StreamStep(id=f"t{n}", stream_id="t", name=f"T{n}", position=n) for n in range(second)),
    )


def names(engagement: Engagement, stream_id: str) -> list[str]:
    return [step.name for step in steps_of(engagement, stream_id)]


def test_a_step_is_added_where_it_is_asked_for() -> None:
    before = streams()
    after = before.apply(flow.add_step(before, "s", name="New", at=1))
    assert names(after, "s") == ["S0", "New", "S1", "S2"]
    assert names(after.apply(flow.add_step(after, "s", name="Last")), "s")[-1] == "Last"


def test_steps_move_within_their_stream_and_to_another() -> None:
    before = streams()
    assert names(before.apply(flow.place_steps(before, ["s0"], "s", at=2)), "s") == ["S1", "S0", "S2"]
    after = before.apply(flow.place_steps(before, ["s0", "s2"], "t", at=1))
    assert (names(after, "s"), names(after, "t")) == (["S1"], ["T0", "S0", "S2", "T1"])
    assert [step.position for step in steps_of(after, "t")] == [0, 1, 2, 3]


@given(data=st.data(), first=st.integers(1, 6), second=st.integers(0, 6))
def test_moving_steps_loses_none_and_goes_back(data: st.DataObject, first: int, second: int) -> None:
    before = streams(first, second)
    chosen = data.draw(st.lists(st.sampled_from(sorted(before.stream_steps)), min_size=1, unique=True))
    target, at = data.draw(st.sampled_from(["s", "t"])), data.draw(st.integers(-1, 8))
    changes = flow.place_steps(before, chosen, target, at=at)
    after = before.apply(changes)
    assert sorted(names(after, "s") + names(after, "t")) == sorted(names(before, "s") + names(before, "t"))
    placed = [step.id for step in steps_of(after, target)]
    start = placed.index(chosen[0])
    assert placed[start : start + len(chosen)] == chosen
    for stream_id in ("s", "t"):
        assert [step.position for step in steps_of(after, stream_id)] == list(range(len(names(after, stream_id))))
    assert after.apply(changes.inverse()) == before


def test_pasted_steps_are_new_ones_without_teams_that_are_not_there() -> None:
    before = streams()
    steps = (StreamStep(id="s0", stream_id="x", name="Copy", wait_hours=4.0, team_ids=("gone", "blue")),)
    after = before.apply(flow.paste_steps(before, "s", steps, at=1))
    copy = steps_of(after, "s")[1]
    assert (copy.name, copy.wait_hours, copy.team_ids) == ("Copy", 4.0, ("blue",))
    assert copy.id != "s0"
    made = before.apply(flow.paste_as_stream(before, steps, name="Claims"))
    assert {stream.name for stream in made.value_streams.values()} == {"Claims", "Refunds", "Claims 2"}
    with pytest.raises(UserError, match="no-steps-to-paste"):
        flow.paste_steps(before, "s", (), at=0)


def test_a_copied_stream_has_steps_of_its_own() -> None:
    before = streams()
    after = before.apply(flow.copy_stream(before, "s"))
    (copy_id,) = after.value_streams.keys() - before.value_streams.keys()
    assert after.value_streams[copy_id].name == "Claims 2"
    assert names(after, copy_id) == names(before, "s")
    assert len(after.stream_steps) == len(before.stream_steps) + 3


def measured() -> Engagement:
    return a.engagement(
        a.settings(),
        a.unit(id="unit"),
        a.team(id="blue", name="Blue"),
        a.team(id="both", name="Portal"),
        Application(id="portal", name="Portal"),
        Application(id="claims", name="Claims"),
        Measurement(
            id="m", metric=DeliveryMetric.REWORK_RATE, measured_on=DAY, value=0.2, application_id="claims", source="CI"
        ),
    )


def line(**fields: object) -> MeasurementLine:
    chosen = {"number": 1, "metric": DeliveryMetric.REWORK_RATE, "measured_on": DAY, "value": 0.1, **fields}
    return MeasurementLine(**chosen)  # type: ignore[arg-type]


def test_a_list_adds_changes_and_names_what_it_leaves_out() -> None:
    before = measured()
    plan = plan_measurements(
        before,
        [
            line(name="blue"),
            line(name="Claims", value=0.15),
            line(name="Nobody"),
            line(name="Portal"),
            line(name="Portal", kind="teams"),
            line(name="Blue", value=1.5),
            line(name="Blue", metric=None),
            line(name="Blue", measured_on=None),
            line(name="Blue", value=None),
            line(name=""),
            line(name="Blue", problem=UserError("not-a-date", value="x")),
        ],
    )
    assert [one.fate for one in plan.lines[:2]] == [Fate.ADD, Fate.UPDATE]
    assert [one.cause.code if one.cause else "" for one in plan.lines[2:]] == [
        "measured-unknown", "measured-ambiguous", "", "rate-over-one", "measured-what", "measured-when",
        "measured-nothing", "measured-nobody", "not-a-date",
    ]  # fmt: skip
    assert plan.unknown == ("Nobody",)
    changes = take_measurements(before, plan)
    after = before.apply(changes)
    assert after.measurements["m"].value == 0.15
    assert after.measurements["m"].source == "CI"
    assert len(after.measurements) == 3
    assert after.apply(changes.inverse()) == before


def test_of_two_rows_for_one_day_the_last_one_counts() -> None:
    before = measured()
    plan = plan_measurements(before, [line(name="Blue"), line(name="BLUE ", value=0.3), line(name="Claims", value=0.2)])
    assert [(one.fate, one.before) for one in plan.lines] == [
        (Fate.ADD, None), (Fate.UPDATE, 0.1), (Fate.SAME, 0.2),
    ]  # fmt: skip
    after = before.apply(take_measurements(before, plan))
    assert [one.value for one in after.measurements.values() if one.team_id == "blue"] == [0.3]
    assert plan_measurements(after, [line(name="Blue", value=0.3)]).count(Fate.SAME) == 1


def test_a_name_without_its_accents_is_found_unless_two_would_answer_to_it() -> None:
    credit = a.engagement(
        a.settings(),
        a.unit(id="unit"),
        a.team(
            id="accented", name="\N{LATIN CAPITAL LETTER E WITH ACUTE}quipe Cr\N{LATIN SMALL LETTER E WITH ACUTE}dit"
        ),
    )
    plan = plan_measurements(credit, [line(name="EQUIPE  CREDIT")])
    assert [one.team_id for one in plan.measurements] == ["accented"]
    both = credit.apply(entities.add(credit, a.team(id="plain", name="Equipe Credit", unit_id="unit")))
    assert [one.team_id for one in plan_measurements(both, [line(name="equipe credit")]).measurements] == ["plain"]
    refused = plan_measurements(both, [line(name="\N{LATIN CAPITAL LETTER E WITH ACUTE}quipe Credit")]).lines[0]
    assert refused.cause is not None
    assert refused.cause.code == "measured-ambiguous"
