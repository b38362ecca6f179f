"""The organization's own intents: adding, moving, reordering, copying, removing, and taking in a list."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.changes import Label
from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.domain.organization import Topology
from planner.editing import organization as editing
from planner.editing.organization import Place
from planner.editing.organization_copies import extract, paste
from planner.editing.rules import check_all
from planner.editing.team_list import Fate, TeamLine, plan_list, take_list
from tests import builders as a

ORGANIZATION = a.engagement(
    a.unit(id="it", name="IT", position=0),
    a.unit(id="core", name="Core", parent_id="it", position=0),
    a.unit(id="web", name="Web", parent_id="it", position=1),
    a.unit(id="sales", name="Sales", position=1),
    a.team(id="ledger", name="Ledger", unit_id="core", position=0),
    a.team(id="rates", name="Rates", unit_id="core", position=1),
    a.team(id="risk", name="Risk", unit_id="core", position=2),
    a.team(id="portal", name="Portal", unit_id="web", position=0),
)


def teams(engagement: Engagement, unit_id: str) -> list[str]:
    return [team.id for team in engagement.teams_of(unit_id)]


def units(engagement: Engagement, parent_id: str | None = None) -> list[str]:
    return [unit.id for unit in engagement.subunits_of(parent_id)]


def step(engagement: Engagement, way: str, **chosen: set[str]) -> Engagement:
    to = editing.next_place(engagement, way, **chosen)
    assert to is not None
    return engagement.apply(editing.place(engagement, to, **chosen))


def test_the_first_team_brings_a_unit_named_after_the_client() -> None:
    empty = a.engagement()
    changes = editing.add_team(empty, name="New team")
    after = empty.apply(changes)
    (unit,), (team,) = after.units.values(), after.teams.values()
    assert (unit.name, team.unit_id) == ("Client", unit.id)
    assert after.apply(changes.inverse()) == empty


def test_a_new_team_stands_where_it_was_asked_for_under_a_name_nobody_has() -> None:
    after = ORGANIZATION.apply(editing.add_team(ORGANIZATION, name="ledger", unit_id="core", position=1))
    assert [team.name for team in after.teams_of("core")] == ["Ledger", "ledger 2", "Rates", "Risk"]


def test_a_new_unit_stands_after_its_neighbour() -> None:
    after = ORGANIZATION.apply(editing.add_unit(ORGANIZATION, name="Data", parent_id="it", position=1))
    assert [unit.name for unit in after.subunits_of("it")] == ["Core", "Data", "Web"]


def test_teams_are_reordered_within_their_unit_and_moved_between_units() -> None:
    after = ORGANIZATION.apply(editing.place(ORGANIZATION, Place("core", 0), team_ids={"risk"}))
    assert teams(after, "core") == ["risk", "ledger", "rates"]
    after = after.apply(editing.place(after, Place("web", 0), team_ids={"rates", "risk"}))
    assert (teams(after, "core"), teams(after, "web")) == (["ledger"], ["risk", "rates", "portal"])


def test_a_unit_takes_what_it_holds_along_and_cannot_go_into_itself() -> None:
    after = ORGANIZATION.apply(
        editing.place(ORGANIZATION, Place("sales"), unit_ids={"core"}, team_ids={"ledger", "portal"})
    )
    assert (units(after, "sales"), teams(after, "sales")) == (["core"], ["portal"])
    assert teams(after, "core") == ["ledger", "rates", "risk"]
    with pytest.raises(UserError, match="nesting-circle"):
        editing.place(ORGANIZATION, Place("core"), unit_ids={"it"})


def test_a_team_needs_a_unit() -> None:
    with pytest.raises(UserError, match="team-without-unit"):
        editing.place(ORGANIZATION, Place(None), team_ids={"ledger"})


def test_the_keys_lead_up_down_in_and_out() -> None:
    down = step(ORGANIZATION, "down", team_ids={"ledger"})
    assert teams(down, "core") == ["rates", "ledger", "risk"]
    assert teams(step(down, "up", team_ids={"ledger"}), "core") == ["ledger", "rates", "risk"]
    out = step(ORGANIZATION, "out", unit_ids={"core"})
    assert units(out) == ["it", "core", "sales"]
    assert units(step(out, "in", unit_ids={"core"}), "it") == ["web", "core"]
    assert teams(step(ORGANIZATION, "out", team_ids={"portal"}), "it") == ["portal"]


def test_a_team_at_the_edge_of_its_unit_goes_on_to_the_next_one() -> None:
    after = step(ORGANIZATION, "down", team_ids={"risk"})
    assert teams(after, "web") == ["risk", "portal"]
    assert teams(step(after, "up", team_ids={"risk"}), "core") == ["ledger", "rates", "risk"]


def test_what_stands_together_moves_together_and_what_does_not_cannot() -> None:
    after = step(ORGANIZATION, "down", team_ids={"ledger", "rates"})
    assert teams(after, "core") == ["risk", "ledger", "rates"]
    assert editing.next_place(ORGANIZATION, "up", team_ids={"ledger", "portal"}) is None
    assert editing.next_place(ORGANIZATION, "up", unit_ids={"web"}, team_ids={"ledger"}) is None
    assert editing.next_place(ORGANIZATION, "up", unit_ids={"it"}) is None
    assert editing.next_place(ORGANIZATION, "out", unit_ids={"it"}) is None


def test_removing_a_unit_is_one_step_and_says_which_team_keeps_it_from_going() -> None:
    changes = editing.remove(ORGANIZATION, unit_ids={"core"}, team_ids={"ledger", "portal"})
    after = ORGANIZATION.apply(changes)
    assert (sorted(after.units), sorted(after.teams)) == (["it", "sales", "web"], [])
    assert after.apply(changes.inverse()) == ORGANIZATION
    sample = a.engagement(*a.sample_of_every_kind())
    with pytest.raises(UserError, match="team-in-closed-assessment"):
        editing.remove(sample, unit_ids={"unit"})


def test_a_group_is_made_with_its_teams_who_join_and_leave_in_one_step() -> None:
    after = ORGANIZATION.apply(editing.add_group(ORGANIZATION, name="Guild", team_ids=["ledger"]))
    (group_id,) = after.groups
    assert after.teams["ledger"].group_ids == (group_id,)
    changes = editing.change_members(after, group_id, join=["portal", "rates"], leave=["ledger", "risk"])
    changed = after.apply(changes)
    assert {team.id for team in changed.teams.values() if group_id in team.group_ids} == {"portal", "rates"}
    assert set(changes.by_kind["teams"]) == {"portal", "rates", "ledger"}


def test_a_copy_brings_all_below_it_under_new_ids_and_a_free_name() -> None:
    copied = extract(ORGANIZATION, {"it"}, set())
    after = ORGANIZATION.apply(paste(ORGANIZATION, copied, parent_id=None))
    (new,) = [unit for unit in after.subunits_of(None) if unit.id not in ORGANIZATION.units]
    assert new.name == "IT 2"
    assert [unit.name for unit in after.subunits_of(new.id)] == ["Core", "Web"]
    assert len(after.teams) == 8
    check_all(after)


def test_a_copy_finds_its_groups_and_calendar_by_name_in_another_engagement() -> None:
    source = a.engagement(*a.sample_of_every_kind())
    copied = extract(source, set(), {"team"})
    other = a.engagement(a.unit(id="home"))
    after = other.apply(paste(other, copied, parent_id=None))
    (team,), (group,) = after.teams.values(), after.groups.values()
    assert (team.unit_id, team.group_ids, team.calendar_id) == ("home", (group.id,), None)
    again = source.apply(paste(source, copied, parent_id="unit-2"))
    (twin,) = [team for team in again.teams.values() if team.id not in source.teams]
    assert (twin.group_ids, twin.calendar_id, len(again.groups)) == (("group",), "calendar-team", 1)


def test_a_list_adds_changes_and_says_what_it_leaves_out() -> None:
    lines = [
        TeamLine(number=1, name="ledger ", fields={"headcount": 9}),
        TeamLine(number=2, name="Rates", unit="Core"),
        TeamLine(number=3, name="Alpha", unit="Labs / Alpha", fields={"topology": Topology.ENABLING}),
        TeamLine(number=4, name="Alpha", unit="labs / alpha"),
        TeamLine(number=5, name="Beta", unit="Nowhere", fields={"readiness": 9}),
    ]
    plan = plan_list(ORGANIZATION, lines, unit_id="web")
    assert [outcome.fate for outcome in plan.outcomes] == [
        Fate.UPDATE, Fate.SAME, Fate.ADD, Fate.REFUSED, Fate.REFUSED,
    ]  # fmt: skip
    assert [outcome.cause.code for outcome in plan.outcomes if outcome.cause] == ["team-listed-twice", "out-of-range"]
    changes = take_list(ORGANIZATION, plan)
    after = ORGANIZATION.apply(changes)
    assert after.teams["ledger"].headcount == 9
    assert {unit.name for unit in after.units.values()} - {"IT", "Core", "Web", "Sales"} == {"Labs", "Alpha"}
    assert after.apply(changes.inverse()) == ORGANIZATION


def test_what_a_list_adds_stands_last_in_its_order_and_a_row_left_out_leaves_no_unit_behind() -> None:
    top = a.engagement(a.unit(id="it", name="IT"), a.team(id="ledger", name="Ledger", unit_id="it", position=4))
    lines = [
        TeamLine(number=1, name="Rates", unit="IT"),
        TeamLine(number=2, name="Alpha", unit="IT"),
        TeamLine(number=3, name="Beta", unit="Labs", fields={"readiness": 9}),
        TeamLine(number=4, name="Beta", unit="Labs"),
        TeamLine(number=5, name="Ledger", unit="IT", fields={"headcount": 9}),
    ]
    plan = plan_list(top, lines)
    assert [outcome.makes_unit for outcome in plan.outcomes] == [False, False, False, True, False]
    assert plan.outcomes[3].unit_path == "IT / Labs", "under the organization, where there is one"
    changes = take_list(top, plan)
    assert changes.label == Label("take-team-list", {"count": 4})
    after = top.apply(changes)
    assert [team.position for team in after.teams_of("it")] == [4, 5, 6]
    assert [team.name for team in after.teams_of("it")] == ["Ledger", "Rates", "Alpha"]
    assert len(after.units) == 2


def test_a_list_names_a_unit_of_which_there_are_two_by_its_whole_way() -> None:
    twins = ORGANIZATION.apply(editing.add_unit(ORGANIZATION, name="Core", parent_id="sales"))
    plan = plan_list(
        twins, [TeamLine(number=1, name="X", unit="Core"), TeamLine(number=2, name="X", unit="Sales / Core")]
    )
    assert [outcome.fate for outcome in plan.outcomes] == [Fate.REFUSED, Fate.ADD]
    assert plan.outcomes[1].unit_path == "Sales / Core"


@pytest.mark.parametrize("written", ["Sales / New", "Sales > New", "Sales\\New", "sales → New", "Sales › New"])
def test_the_way_to_a_unit_is_read_however_it_is_marked(written: str) -> None:
    plan = plan_list(ORGANIZATION, [TeamLine(number=1, name="X", unit=written)])
    assert [outcome.unit_path for outcome in plan.outcomes] == ["Sales / New"]


def test_a_list_into_an_empty_engagement_makes_its_units() -> None:
    empty = a.engagement()
    plan = plan_list(empty, [TeamLine(number=1, name="X"), TeamLine(number=2, name="Y", unit="Labs")])
    after = empty.apply(take_list(empty, plan))
    assert {(team.name, after.units[team.unit_id].name) for team in after.teams.values()} == {
        ("X", "Client"), ("Y", "Labs"),
    }  # fmt: skip


IDS = st.sampled_from(sorted(ORGANIZATION.units))
TEAMS = st.sets(st.sampled_from(sorted(ORGANIZATION.teams)), min_size=1)


@given(team_ids=TEAMS, unit_id=IDS, position=st.none() | st.integers(0, 5))
def test_teams_put_somewhere_stand_together_there_and_everyone_else_keeps_their_order(
    team_ids: set[str], unit_id: str, position: int | None
) -> None:
    after = ORGANIZATION.apply(editing.place(ORGANIZATION, Place(unit_id, position), team_ids=team_ids))
    there = teams(after, unit_id)
    first = min(there.index(one) for one in team_ids)
    assert set(there[first : first + len(team_ids)]) == team_ids
    for unit in ORGANIZATION.units:
        stayed = [one for one in teams(ORGANIZATION, unit) if one not in team_ids]
        assert [one for one in teams(after, unit) if one not in team_ids] == stayed


@given(team_ids=TEAMS, way=st.sampled_from(["up", "down"]))
def test_a_step_and_the_step_back_leave_the_order_within_a_unit_as_it_was(team_ids: set[str], way: str) -> None:
    to = editing.next_place(ORGANIZATION, way, team_ids=team_ids)
    if to is None or to.parent_id not in {ORGANIZATION.teams[one].unit_id for one in team_ids}:
        return
    there = teams(ORGANIZATION, to.parent_id)
    places = sorted(there.index(one) for one in team_ids)
    if places != list(range(places[0], places[-1] + 1)):
        return
    after = step(step(ORGANIZATION, way, team_ids=team_ids), "down" if way == "up" else "up", team_ids=team_ids)
    assert teams(after, to.parent_id) == there
