"""Which of all that is asked cannot be kept together: the smallest set of constraints of which one has to give.

Every constraint is loosened by itself, in the engagement, and the problem it then poses is tried. Halving finds a set of
which no part can be spared (Junker, "QuickXplain", 2004); what must be loosened in every other way of keeping the rest is
then hit by as few constraints as can be, until that is a conflict itself: the smallest (Ignatiev and others, "Smallest MUS
extraction with minimal hitting set dualization", 2015). Both stop when time is over and say how far they came.
"""

from __future__ import annotations

import dataclasses
import enum
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from planner.analysis.schedule import Schedule
from planner.analysis.schedule import schedule as compute_schedule
from planner.analysis.sequence.feasible import Feasibility, feasibility
from planner.analysis.sequence.problem import Problem, build_problem
from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.domain.initiative import ConstraintKind, OutcomeKind

_MOST: Final = 1_000_000
_SECONDS_A_TRIAL: Final = 2.0


class Kind(enum.Enum):
    """What may be in conflict, and what its `Constraint.id` refers to."""

    HORIZON = "horizon"  # the day asked for, of nothing
    DEADLINE = "deadline"  # an initiative
    PIN = "pin"  # an initiative
    EARLIEST_START = "earliest-start"  # an initiative
    LINK = "link"  # a link
    GATE = "gate"  # a wave
    PREREQUISITE = "prerequisite"  # a prerequisite between practices
    CAPACITY = "capacity"  # a team
    LIMIT = "limit"  # a team
    COOL_DOWN = "cool-down"  # of every team
    FREEZE = "freeze"  # a freeze
    CALENDAR = "calendar"  # a team


@dataclass(frozen=True, slots=True, order=True)
class Constraint:
    """One thing that is asked for, and that could be loosened by itself; `id` is the entity that asks it, or empty."""

    place: int
    kind: Kind = dataclasses.field(compare=False)
    id: str = dataclasses.field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Constraints that cannot all be kept, proven.

    `is_minimal`: without any one of them the others can be kept. `is_smallest`: no conflict of this plan has fewer.
    """

    constraints: tuple[Constraint, ...]
    is_minimal: bool
    is_smallest: bool


def find_conflict(
    engagement: Engagement,
    *,
    today_schedule: Schedule | None = None,
    until: date | None = None,
    hard_deadlines: bool = False,
    seconds: float = 10.0,
) -> Conflict | None:
    """Return what cannot be kept together, the fewest that could be found in the time; None where no conflict is proven.

    Pins hold against all else here, as deadlines do where they are hard.
    """
    today = today_schedule or compute_schedule(engagement)
    search = _Search(engagement, today, until, is_hard=hard_deadlines, seconds=seconds)
    asked = [one for one in _asked(engagement, until) if hard_deadlines or one.kind is not Kind.DEADLINE]
    return search.run(asked)


def _asked(engagement: Engagement, until: date | None) -> list[Constraint]:
    """Return all that is asked and can be loosened."""
    found: list[tuple[Kind, str]] = []
    found += [(Kind.CALENDAR, team.id) for team in engagement.teams.values() if team.calendar_id is not None]
    if engagement.setting.cool_down_days:
        found.append((Kind.COOL_DOWN, ""))
    found += [(Kind.FREEZE, one) for one in engagement.freezes]
    asked = {estimate.team_id for estimate in engagement.estimates.values() if estimate.effort > 0}
    found += [(kind, one) for one in engagement.teams if one in asked for kind in (Kind.LIMIT, Kind.CAPACITY)]
    if any(one.kind is OutcomeKind.MATURITY for one in engagement.outcomes.values()):
        found += [(Kind.PREREQUISITE, one) for one in engagement.prerequisites]
    found += [(Kind.GATE, wave.id) for wave in engagement.waves.values() if wave.passed_on is None]
    found += [(Kind.LINK, one) for one in engagement.links]
    for initiative, _depth in engagement.outline():
        if initiative.constraint is ConstraintKind.MUST_START_ON:
            found.append((Kind.PIN, initiative.id))
        elif initiative.constraint_date is not None:
            found.append((Kind.EARLIEST_START, initiative.id))
        if initiative.deadline is not None:
            found.append((Kind.DEADLINE, initiative.id))
    if until is not None:
        found.append((Kind.HORIZON, ""))
    return [Constraint(n, kind, one) for n, (kind, one) in enumerate(found)]


class _TimeOverError(Exception):
    """The time is over: what is known so far is the answer."""


class _Search:
    """One search: what was tried, the smallest conflict known and the time there is."""

    def __init__(
        self, engagement: Engagement, today: Schedule, until: date | None, *, is_hard: bool, seconds: float
    ) -> None:
        self.engagement, self.today, self.until, self.is_hard = engagement, today, until, is_hard
        self.end = time.monotonic() + seconds
        self.tried: dict[frozenset[Constraint], Feasibility] = {}
        self.known: tuple[Constraint, ...] | None = None
        self.every: list[Constraint] = []

    def run(self, asked: list[Constraint]) -> Conflict | None:
        """Return the conflict among what is asked for."""
        self.every = asked
        is_minimal = is_smallest = False
        try:
            if self.verdict(asked) is not Feasibility.IMPOSSIBLE:
                return None
            self.verdict(self._halve([], asked, is_new=False))
            is_minimal = self._is_minimal()
            is_smallest = self._prove_smallest()
        except _TimeOverError:
            pass
        if self.known is None:
            return None
        return Conflict(
            constraints=tuple(sorted(self.known, reverse=True)),
            is_minimal=is_minimal or is_smallest,
            is_smallest=is_smallest,
        )

    def verdict(self, kept: Collection[Constraint]) -> Feasibility:
        """Return whether some of the constraints can be kept together, all others loosened."""
        key = frozenset(kept)
        if key not in self.tried:
            left = self.end - time.monotonic()
            if left <= 0 and self.tried:
                raise _TimeOverError
            loosened = _loosened(self.engagement, [one for one in self.every if one not in key])
            self.tried[key] = self._tried(loosened, key, max(0.1, min(left, _SECONDS_A_TRIAL)))
            if self.tried[key] is Feasibility.IMPOSSIBLE and (self.known is None or len(key) < len(self.known)):
                self.known = tuple(key)
        return self.tried[key]

    def _tried(self, engagement: Engagement, kept: Collection[Constraint], seconds: float) -> Feasibility:
        until = self.until if any(one.kind is Kind.HORIZON for one in kept) else None
        try:
            problem = build_problem(engagement, today_schedule=self.today, until=until, hard_deadlines=self.is_hard)
        except UserError as error:
            if error.code != "gates-circle":
                raise
            return Feasibility.IMPOSSIBLE
        if _is_pinned_into_a_freeze(engagement, problem):
            return Feasibility.IMPOSSIBLE
        return feasibility(problem, seconds=seconds)

    def _is_impossible(self, kept: Collection[Constraint]) -> bool:
        return self.verdict(kept) is Feasibility.IMPOSSIBLE

    def _halve(self, ground: list[Constraint], rest: list[Constraint], *, is_new: bool) -> list[Constraint]:
        """Return those of the rest that, with the ground, are in conflict, none of which can be spared."""
        if is_new and self._is_impossible(ground):
            return []
        if len(rest) <= 1:
            return rest
        first, second = rest[: len(rest) // 2], rest[len(rest) // 2 :]
        of_first = self._halve([*ground, *second], first, is_new=True)
        of_second = self._halve([*ground, *of_first], second, is_new=bool(of_first))
        return [*of_first, *of_second]

    def _is_minimal(self) -> bool:
        known = self.known or ()
        return all(
            self.verdict([one for one in known if one is not spared]) is Feasibility.POSSIBLE for spared in known
        )

    def _prove_smallest(self) -> bool:
        """Look for a smaller conflict until there can be none; false where a trial says nothing."""
        if self.known is not None and len(self.known) <= 1:
            return True
        corrections: list[frozenset[Constraint]] = []
        while self.known is not None:
            hit = _fewest_hitting(corrections)
            if len(hit) >= len(self.known):
                return True
            verdict = self.verdict(hit)
            if verdict is Feasibility.IMPOSSIBLE:
                return True
            if verdict is Feasibility.UNKNOWN:
                return False
            kept = self._grown(list(hit), [one for one in self.every if one not in hit])
            corrections.append(frozenset(self.every) - frozenset(kept))
        return False

    def _grown(self, kept: list[Constraint], more: list[Constraint]) -> list[Constraint]:
        """Return what is kept with as much more as can be kept with it."""
        if not more or self.verdict([*kept, *more]) is Feasibility.POSSIBLE:
            return [*kept, *more]
        if len(more) == 1:
            return kept
        middle = len(more) // 2
        return self._grown(self._grown(kept, more[:middle]), more[middle:])


def _fewest_hitting(sets: Sequence[frozenset[Constraint]]) -> frozenset[Constraint]:
    """Return the fewest constraints of which each set holds one."""
    from ortools.sat.python import cp_model  # noqa: PLC0415  loaded when used

    model = cp_model.CpModel()
    chosen = {one: model.new_bool_var("") for one in sorted(frozenset().union(*sets))}
    for each in sets:
        model.add_bool_or([chosen[one] for one in sorted(each)])
    model.minimize(sum(chosen.values()))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.solve(model)
    return frozenset(one for one, var in chosen.items() if solver.value(var))


def _loosened(engagement: Engagement, loose: Collection[Constraint]) -> Engagement:
    """Return the engagement without some of what it asks for."""
    changed: dict[str, dict[str, Any]] = {}

    def held(kind: str) -> dict[str, Any]:
        return changed.setdefault(kind, dict(engagement.kind(kind)))

    for one in loose:
        if one.kind in _REMOVED:
            del held(_REMOVED[one.kind])[one.id]
        elif one.kind in _CHANGED:
            kind, fields = _CHANGED[one.kind]
            entities = held(kind)
            entity_id = one.id or engagement.setting.id
            entities[entity_id] = dataclasses.replace(entities[entity_id], **fields)
        elif one.kind is Kind.GATE:
            waves = held("waves")
            waves[one.id] = dataclasses.replace(waves[one.id], passed_on=engagement.first_day)
    return Engagement.adopt({**engagement.by_kind(), **changed})


_AT_ANY_TIME: Final[Mapping[str, Any]] = {"constraint": ConstraintKind.AS_SOON_AS_POSSIBLE, "constraint_date": None}
_REMOVED: Final = {Kind.LINK: "links", Kind.PREREQUISITE: "prerequisites", Kind.FREEZE: "freezes"}
_CHANGED: Final[Mapping[Kind, tuple[str, Mapping[str, Any]]]] = {
    Kind.DEADLINE: ("initiatives", {"deadline": None}),
    Kind.PIN: ("initiatives", _AT_ANY_TIME),
    Kind.EARLIEST_START: ("initiatives", _AT_ANY_TIME),
    Kind.CAPACITY: ("teams", {"change_capacity": float(_MOST)}),
    Kind.LIMIT: ("teams", {"change_limit": _MOST}),
    Kind.CALENDAR: ("teams", {"calendar_id": None}),
    Kind.COOL_DOWN: ("settings", {"cool_down_days": 0}),
}


def _is_pinned_into_a_freeze(engagement: Engagement, problem: Problem) -> bool:
    """Tell whether anything that has not begun is pinned to a day on which it must rest for a freeze."""
    estimates = engagement.referring("estimates", "initiative_id")
    for task in problem.tasks:
        if task.pin is not None and engagement.freezes:
            day = engagement.initiatives[task.initiative_id].constraint_date
            asked = estimates.get(task.initiative_id, ())
            calendars = {engagement.teams[estimate.team_id].calendar_id for estimate in asked}
            calendars.add(engagement.setting.calendar_id)
            frozen = [one for one in engagement.freezes.values() if one.calendar_id in calendars]
            if day is not None and any(one.start <= day <= one.finish for one in frozen):
                return True
    return False
