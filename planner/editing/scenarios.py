"""What a person does to keep the plan comparable: take baselines of it, and try scenarios beside it."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from planner.domain.changes import Changes, Label
from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.domain.identity import new_id
from planner.domain.initiative import Status
from planner.domain.kinds import Entity, kind_of
from planner.domain.overrides import overridden, overrides_of
from planner.domain.scenario import Baseline, BaselineEntry, InitiativeOverride, Scenario, TeamOverride
from planner.editing import entities
from planner.editing.step import step


def take_baseline(
    engagement: Engagement, spans: Mapping[str, tuple[date, date]], *, name: str, taken_on: date, reason: str
) -> Changes:
    """Keep an immutable copy of the plan's dates; `spans` gives each initiative's first and last working day.

    What is dropped, with what it holds, is no part of the plan and left out.
    """
    entries = []
    dropped: set[str | None] = set()
    for initiative, _depth in engagement.outline():
        if initiative.status is Status.DROPPED or initiative.parent_id in dropped:
            dropped.add(initiative.id)
        elif initiative.id in spans:
            start, finish = spans[initiative.id]
            estimates = engagement.referring("estimates", "initiative_id").get(initiative.id, ())
            entries.append(
                BaselineEntry(
                    initiative_id=initiative.id,
                    name=initiative.name,
                    start=start,
                    finish=finish,
                    duration_days=initiative.duration_days,
                    effort=sum(estimate.effort for estimate in estimates),
                )
            )
    baseline = Baseline(id=new_id(), name=name, taken_on=taken_on, reason=reason, entries=tuple(entries))
    return step(engagement, Label("take-baseline", {"name": name}), put=[baseline])


def add_scenario(engagement: Engagement, *, name: str, description: str = "") -> Changes:
    """Add a scenario that changes nothing yet; UserError "duplicate-name" for a name that is taken."""
    return entities.add(engagement, Scenario(id=new_id(), name=name, description=description))


def override_initiative(engagement: Engagement, scenario_id: str, initiative_id: str, /, **fields: Any) -> Changes:
    """Give fields of an `InitiativeOverride` values in a scenario; None leaves the live value again.

    Raises UserError "unknown-entity", and what breaks the rules of a field.
    """
    entities.find(engagement, "scenarios", scenario_id)
    entities.find(engagement, "initiatives", initiative_id)
    new = InitiativeOverride(id=new_id(), scenario_id=scenario_id, initiative_id=initiative_id)
    return _override(engagement, new, "initiative_id", fields)


def override_team(engagement: Engagement, scenario_id: str, team_id: str, /, **fields: Any) -> Changes:
    """Give fields of a `TeamOverride` values in a scenario; None leaves the live value again; raises as above."""
    entities.find(engagement, "scenarios", scenario_id)
    entities.find(engagement, "teams", team_id)
    new = TeamOverride(id=new_id(), scenario_id=scenario_id, team_id=team_id)
    return _override(engagement, new, "team_id", fields)


def promote(engagement: Engagement, scenario_id: str, *, only: Collection[str] | None = None) -> Changes:
    """Take a scenario's overrides, or those named by `only` (ids), over into the plan, in one step.

    What is taken over leaves the scenario; promoted whole, the scenario goes with it, for the plan is now what it was.
    Raises UserError "nothing-to-promote" (name) where there is no override, and what breaks a rule in the plan.
    """
    scenario: Scenario = entities.find(engagement, "scenarios", scenario_id)
    held = overrides_of(engagement, scenario_id)
    taken = [one for one in held if only is None or one.id in only]
    if not taken:
        raise UserError("nothing-to-promote", name=scenario.name)
    removed: list[Entity] = [scenario] if len(taken) == len(held) else list(taken)
    put = overridden(engagement, scenario_id, only={one.id for one in taken}).put
    return step(engagement, Label("promote-scenario", {"name": scenario.name}), put=put, remove=removed)


def _override(
    engagement: Engagement, new: InitiativeOverride | TeamOverride, target: str, fields: Mapping[str, Any]
) -> Changes:
    """Change the override that stands for the same scenario and `target` field as a new one does, or put that one."""
    kind = kind_of(type(new))
    present: list[Entity] = [
        one
        for one in engagement.referring(kind, "scenario_id").get(new.scenario_id, ())
        if getattr(one, target) == getattr(new, target)
    ]
    changed = dataclasses.replace(present[0] if present else new, **fields)
    label = Label("override", {"name": engagement.scenarios[new.scenario_id].name})
    says = {field.name for field in dataclasses.fields(changed)} - {"id", "scenario_id", target}
    if any(getattr(changed, name) is not None for name in says):
        return step(engagement, label, put=[changed])
    return step(engagement, label, remove=present)
