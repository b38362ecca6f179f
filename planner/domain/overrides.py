"""What the overrides of a scenario come to: the live entities as they would be under it.

Applying a scenario and promoting it both read this, so that what was compared is what is taken over.
"""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from planner.domain.engagement import Engagement
from planner.domain.initiative import ConstraintKind, Estimate, Initiative, Status
from planner.domain.kinds import Entity
from planner.domain.organization import Team
from planner.domain.scenario import InitiativeOverride, TeamOverride


class PassedOver(enum.Enum):
    """Why a part of an override does nothing: what has begun keeps its start, what holds others its dates."""

    HAS_BEGUN = "has-begun"
    HOLDS_OTHERS = "holds-others"


@dataclass(frozen=True, slots=True)
class Overridden:
    """The entities a scenario changes, as they would be, and the overrides (by id) of which a part does nothing."""

    put: tuple[Entity, ...]
    passed_over: tuple[tuple[str, PassedOver], ...]


def overrides_of(engagement: Engagement, scenario_id: str) -> tuple[InitiativeOverride | TeamOverride, ...]:
    """Return the overrides of a scenario, initiatives first."""
    return (
        *engagement.referring("initiative_overrides", "scenario_id").get(scenario_id, ()),
        *engagement.referring("team_overrides", "scenario_id").get(scenario_id, ()),
    )


def overridden(engagement: Engagement, scenario_id: str, *, only: Collection[str] | None = None) -> Overridden:
    """Return what a scenario's overrides, or the ones named by `only` (ids), come to.

    A start is a day before which an initiative does not begin, or the day on which it does where it is pinned. What is
    not included is dropped; what was dropped and is included is planned again. An effort factor multiplies every
    estimate of an initiative and of what it holds, factor upon factor. What is optimistic and pessimistic keeps its
    proportion to what is likely.
    """
    initiatives: dict[str, Initiative] = {}
    estimates: dict[str, Estimate] = {}
    teams: list[Team] = []
    passed: list[tuple[str, PassedOver]] = []
    for one in overrides_of(engagement, scenario_id):
        if only is not None and one.id not in only:
            continue
        if isinstance(one, TeamOverride):
            teams.append(_team(engagement.teams[one.team_id], one))
            continue
        initiative = initiatives.get(one.initiative_id, engagement.initiatives[one.initiative_id])
        changed, reason = _initiative(engagement, initiative, one)
        initiatives[changed.id] = changed
        if reason is not None:
            passed.append((one.id, reason))
        if one.effort_factor is not None:
            for estimate in estimates_under(engagement, changed.id):
                held = estimates.get(estimate.id, estimate)
                effort = held.effort * one.effort_factor
                low, high = _spread(held.effort, held.optimistic_effort, held.pessimistic_effort, effort)
                estimates[estimate.id] = dataclasses.replace(
                    held, optimistic_effort=low, effort=effort, pessimistic_effort=high
                )
    return Overridden((*initiatives.values(), *estimates.values(), *teams), tuple(passed))


def _team(team: Team, override: TeamOverride) -> Team:
    fields = {"change_capacity": override.change_capacity, "change_limit": override.change_limit}
    return dataclasses.replace(team, **{name: value for name, value in fields.items() if value is not None})  # type: ignore[arg-type]


def _initiative(
    engagement: Engagement, initiative: Initiative, override: InitiativeOverride
) -> tuple[Initiative, PassedOver | None]:
    reason: PassedOver | None = None
    if override.included is not None and override.included == (initiative.status is Status.DROPPED):
        initiative = dataclasses.replace(initiative, status=Status.PLANNED if override.included else Status.DROPPED)
    if override.start is None and override.duration_days is None:
        return initiative, None
    if engagement.children_of(initiative.id):
        return initiative, PassedOver.HOLDS_OTHERS
    if override.duration_days is not None:
        days, likely = override.duration_days, initiative.duration_days
        low, high = _spread(likely, initiative.optimistic_days, initiative.pessimistic_days, days)
        initiative = dataclasses.replace(initiative, optimistic_days=low, duration_days=days, pessimistic_days=high)
    if override.start is not None:
        if initiative.actual_start is not None:
            reason = PassedOver.HAS_BEGUN
        else:
            pinned = initiative.constraint is ConstraintKind.MUST_START_ON
            kind = ConstraintKind.MUST_START_ON if pinned else ConstraintKind.START_NO_EARLIER_THAN
            initiative = dataclasses.replace(initiative, constraint=kind, constraint_date=override.start)
    return initiative, reason


def _spread(likely: float, low: float | None, high: float | None, changed: float) -> tuple[float | None, float | None]:
    """Return the optimistic and the pessimistic value beside another likely one, in the proportion they had."""
    if not likely:
        return (low if low is None else min(low, changed)), (high if high is None else max(high, changed))
    factor = changed / likely
    # Rounding must not turn the order around.
    return (
        low if low is None else min(low * factor, changed),
        high if high is None else max(high * factor, changed),
    )


def estimates_under(engagement: Engagement, initiative_id: str) -> Iterable[Estimate]:
    """Give the estimates of an initiative and of all it holds, which an effort factor multiplies."""
    yield from engagement.referring("estimates", "initiative_id").get(initiative_id, ())
    for child in engagement.children_of(initiative_id):
        yield from estimates_under(engagement, child.id)
