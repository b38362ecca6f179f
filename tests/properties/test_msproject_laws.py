"""Out as Microsoft Project XML and in again: what is carried is the same, and so is every date."""

from __future__ import annotations

import dataclasses
import tempfile
from datetime import date, timedelta
from pathlib import Path

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from planner.analysis.schedule import schedule
from planner.domain.calendar import Calendar, CalendarException
from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.domain.identity import derived_id
from planner.domain.initiative import ConstraintKind, Estimate, Link, LinkType, Status
from planner.domain.kinds import Entity
from planner.exchange.formats import export
from planner.exchange.import_report import changes_of
from planner.exchange.sources import read_sources
from planner.language import Language
from tests import builders
from tests.builders import MONDAY
from tests.exchange.project_xml import LABEL

DAY = timedelta(days=1)
ENGLISH = Language("en")
NAMES = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp")), min_size=1, max_size=20
)
DAYS = st.integers(0, 60).map(lambda offset: MONDAY + offset * DAY)
DURATIONS = st.sampled_from([0.0, 0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 7.125])


def identity(*parts: object) -> str:
    return derived_id(*map(str, parts))


@st.composite
def calendars(draw: st.DrawFn) -> list[Entity]:
    """Return the engagement's calendar and one of a team's, with days of their own that do not overlap."""
    weekdays = tuple(sorted(draw(st.sets(st.integers(0, 6), min_size=3))))
    own, other = identity("own"), identity("other")
    found: list[Entity] = [
        Calendar(id=own, name="Ours", weekdays=weekdays, hours_per_day=draw(st.sampled_from([8.0, 7.5, 6.0, 24.0]))),
        Calendar(id=other, name="Theirs", weekdays=draw(st.sampled_from([None, weekdays[:-1]]))),
    ]
    for number, offset in enumerate(draw(st.lists(st.integers(0, 11), max_size=4, unique=True))):
        start = MONDAY + offset * 5 * DAY
        finish = start + draw(st.integers(0, 4)) * DAY
        of_team = draw(st.booleans())
        found.append(
            CalendarException(
                id=identity("x", number), calendar_id=other if of_team else own, name=draw(NAMES), start=start,
                finish=finish, working=draw(st.booleans()),
            )
        )  # fmt: skip
    return found


@st.composite
def plans(draw: st.DrawFn) -> Engagement:
    """Return a plan of up to eight initiatives, nested and linked, some begun, worked on by two teams."""
    count = draw(st.integers(1, 8))
    entities: list[Entity] = [
        builders.settings(plan_start=MONDAY, calendar_id=identity("own")),
        *draw(calendars()),
        builders.unit(id=identity("u"), name="U"),
        builders.team(id=identity("a"), name="A", unit_id=identity("u"), change_capacity=7.5, description="Two\nlines"),
        builders.team(id=identity("b"), name="B", unit_id=identity("u"), calendar_id=identity("other")),
    ]
    parents = [draw(st.integers(-1, n - 1)) if n and draw(st.booleans()) else -1 for n in range(count)]
    for n in range(count):
        holds = n in parents
        fields: dict[str, object] = {"duration_days": draw(DURATIONS), "status": Status.PLANNED}
        choice = -1 if holds else draw(st.integers(0, 6))
        if choice in (0, 1):
            fields["constraint"] = ConstraintKind.START_NO_EARLIER_THAN if choice == 0 else ConstraintKind.MUST_START_ON
            # Beginning with the plan's first day says nothing to what waits for others: it is not kept.
            fields["constraint_date"] = draw(DAYS) + DAY
        if choice == 2:
            fields |= {"actual_start": draw(DAYS), "progress": 0.5, "status": Status.ACTIVE}
        if draw(st.integers(0, 4)) == 0:
            fields["deadline"] = draw(DAYS)
        entities.append(
            builders.initiative(
                id=identity("i", n), name=draw(NAMES), position=n, description=draw(NAMES), owner=draw(NAMES),
                parent_id=identity("i", parents[n]) if parents[n] >= 0 else None,
                cost=draw(st.sampled_from([None, 12.5, 1e6])), **fields,
            )
        )  # fmt: skip
        entities += [
            Estimate(
                id=identity("e", n, team), initiative_id=identity("i", n), team_id=identity(team),
                effort=draw(st.sampled_from([0.0, 1.0, 2.5])),
            )
            for team in draw(st.sets(st.sampled_from("ab")))
            if not holds
        ]  # fmt: skip
        entities += [
            Link(
                id=identity("l", before, n), predecessor_id=identity("i", before), successor_id=identity("i", n),
                type=draw(st.sampled_from(LinkType)), lag_days=draw(st.sampled_from([0.0, 0.0, 1.0, -1.5, 0.25, 4.0])),
            )
            for before in range(n)
            if draw(st.integers(0, 3)) == 0
        ]  # fmt: skip
    return Engagement.of(entities)


def out_and_in(engagement: Engagement, before: Engagement) -> Engagement:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.xml"
        export(engagement, path, language=ENGLISH, today=MONDAY)
        reading = read_sources([path], before, kind=None, language=ENGLISH, today=MONDAY)
        return before.apply(changes_of(before, reading, LABEL))


def differences(ours: Entity, theirs: Entity, *, but: set[str]) -> dict[str, tuple[object, object]]:
    """Return the fields in which two entities differ, with both values."""
    values = (
        (field.name, getattr(ours, field.name), getattr(theirs, field.name)) for field in dataclasses.fields(ours)
    )
    return {name: (one, other) for name, one, other in values if one != other and name not in but}


def schedulable(engagement: Engagement) -> bool:
    try:
        schedule(engagement)
    except UserError:
        return False
    return True


@settings(max_examples=settings().max_examples // 2)
@given(plans())
def test_out_and_in_is_the_identity_on_what_is_carried(plan: Engagement) -> None:
    assume(schedulable(plan))
    back = out_and_in(plan, builders.engagement())
    holders = {one.parent_id for one in plan.initiatives.values()}
    assert set(back.initiatives) == set(plan.initiatives)
    for entity_id, whole in plan.initiatives.items():
        ours = whole
        assert [one.id for one in back.children_of(ours.id)] == [one.id for one in plan.children_of(ours.id)]
        computed = {"position", "duration_days", "status"} if entity_id in holders else {"position"}
        pinned = ours.constraint is ConstraintKind.MUST_START_ON and ours.constraint_date is not None
        if pinned and not ours.actual_start:
            # A pin on a day that rests means the next that works.
            ours = dataclasses.replace(ours, constraint_date=schedule(plan).dates[entity_id].early_start)
        assert differences(ours, back.initiatives[entity_id], but=computed) == {}
    kept = {(link.predecessor_id, link.successor_id): (link.type, link.lag_days) for link in back.links.values()}
    assert kept == {
        (link.predecessor_id, link.successor_id): (link.type, link.lag_days) for link in plan.links.values()
    }
    assert back.estimates == plan.estimates
    assert {team.id: (team.name, team.change_capacity, team.description) for team in back.teams.values()} == {
        team.id: (team.name, team.change_capacity, team.description) for team in plan.teams.values()
    }
    assert schedule(back) == schedule(plan)


@settings(max_examples=settings().max_examples // 2)
@given(plans())
def test_what_came_in_goes_out_and_in_without_a_change(plan: Engagement) -> None:
    assume(schedulable(plan))
    once = out_and_in(plan, builders.engagement())
    assert out_and_in(once, builders.engagement()) == once


@settings(max_examples=settings().max_examples // 2)
@given(plans())
def test_what_comes_back_to_where_it_came_from_changes_nothing(plan: Engagement) -> None:
    assume(schedulable(plan))
    back = out_and_in(plan, plan)
    for kind, held in plan.by_kind().items():
        found = back.kind(kind)
        assert set(found) == set(held)
        assert [differences(one, found[one.id], but=set()) for one in held.values() if one != found[one.id]] == []


@settings(max_examples=settings().max_examples // 4)
@given(plans(), st.integers(1, 8))
def test_a_plan_some_weeks_later_is_written_with_all_dates_as_much_later(plan: Engagement, weeks: int) -> None:
    assume(schedulable(plan))
    shifted = out_and_in(plan, builders.engagement())
    later = out_and_in(_shifted(plan, weeks * 7 * DAY), builders.engagement())
    ours, theirs = schedule(shifted).dates, schedule(later).dates
    for entity_id, dates in ours.items():
        assert theirs[entity_id].early_start - dates.early_start == weeks * 7 * DAY
        assert theirs[entity_id].late_finish - dates.late_finish == weeks * 7 * DAY


def _shifted(plan: Engagement, by: timedelta) -> Engagement:
    def move(day: date | None) -> date | None:
        return None if day is None else day + by

    entities: list[Entity] = []
    for held in plan.by_kind().values():
        for entity in held.values():
            fields = ("plan_start", "created", "start", "finish", "constraint_date", "deadline", "actual_start")
            said = {name: move(getattr(entity, name)) for name in fields if hasattr(entity, name)}
            entities.append(dataclasses.replace(entity, **said))
    return Engagement.of(entities)
