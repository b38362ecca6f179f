"""What has changed under a scenario: values of the plan that are no longer what its overrides were made against.

An override is a change against the plan as it stood when it was made. The history tells both: the step that gave the
override its value, and what stood in the plan after that step.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias

from planner.analysis.variance import Earlier
from planner.domain.changes import Changes
from planner.domain.engagement import Engagement
from planner.domain.initiative import ConstraintKind, Status
from planner.domain.kinds import kind_of
from planner.domain.overrides import estimates_under, overrides_of
from planner.domain.scenario import InitiativeOverride, TeamOverride

LiveValue: TypeAlias = bool | int | float | tuple[ConstraintKind, date | None]
"""What stands in the plan where an override says otherwise: in or out, days, effort in person-days, a constraint."""

_FIELDS: Final = ("included", "start", "duration_days", "effort_factor", "change_capacity", "change_limit")


@dataclass(frozen=True, slots=True, kw_only=True)
class Overtaken:
    """A field of an override whose value in the plan was `then` after step `set_in`, and is `now` since step `changed_in`.

    Steps are numbers of the history.
    """

    override: InitiativeOverride | TeamOverride
    field: str
    then: LiveValue
    now: LiveValue
    set_in: int
    changed_in: int


def overtaken(engagement: Engagement, scenario_ids: Iterable[str], steps: Iterable[Earlier]) -> tuple[Overtaken, ...]:
    """Return what the plan changed under the overrides of some scenarios, in their order.

    `steps` are those done, the newest first; no more of them are read than it takes. What was set before them is not
    known and left out, and so is what was changed and changed back. Raises what `steps` raises.
    """
    asked = {
        (override.id, field): override
        for scenario_id in scenario_ids
        for override in overrides_of(engagement, scenario_id)
        for field in _FIELDS
        if getattr(override, field, None) is not None
    }
    now = {key: _live(engagement, override, key[1]) for key, override in asked.items()}
    left, changed_in, found = dict(asked), dict[tuple[str, str], int](), dict[tuple[str, str], Overtaken]()
    after = engagement
    for number, changes, before in steps if left else ():
        for key, override in list(left.items()):
            if _sets(changes, override, key[1]):
                del left[key]
                then = _live(after, override, key[1])
                if then != now[key]:
                    found[key] = Overtaken(
                        override=override, field=key[1], then=then, now=now[key],
                        set_in=number, changed_in=changed_in[key],
                    )  # fmt: skip
            elif key not in changed_in and _live(before, override, key[1]) != now[key]:
                changed_in[key] = number
        if not left:
            break
        after = before
    return tuple(found[key] for key in asked if key in found)


def _sets(changes: Changes, override: InitiativeOverride | TeamOverride, field: str) -> bool:
    change = changes.by_kind.get(kind_of(type(override)), {}).get(override.id)
    return change is not None and (
        change.before is None or getattr(change.before, field) != getattr(change.after, field, None)
    )


def _live(engagement: Engagement, override: InitiativeOverride | TeamOverride, field: str) -> LiveValue:
    """Return what the plan holds where an override's field says otherwise."""
    if isinstance(override, TeamOverride):
        team = engagement.teams[override.team_id]
        return team.change_capacity if field == "change_capacity" else team.change_limit
    initiative = engagement.initiatives[override.initiative_id]
    match field:
        case "included":
            return initiative.status is not Status.DROPPED
        case "start":
            return initiative.constraint, initiative.constraint_date
        case "duration_days":
            return initiative.duration_days
        case _:
            return math.fsum(estimate.effort for estimate in estimates_under(engagement, initiative.id))
