"""What the sequencer proposes: for each initiative its dates of today and new ones, and what holds it where it is.

Every part can be refused: `retimed` places the rest around what stays where it is today.
"""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from planner.analysis.sequence.objective import Aim
from planner.analysis.sequence.placing import Placement, earliest, place
from planner.analysis.sequence.problem import Problem, Wait
from planner.domain.errors import UserError


class Held(enum.Enum):
    """What keeps an initiative from starting earlier."""

    RELEASE = "release"
    PIN = "pin"
    WAIT = "wait"
    PREREQUISITE = "prerequisite"
    GATE = "gate"
    CAPACITY = "capacity"
    LIMIT = "limit"
    ORDER = "order"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why an initiative does not start a day earlier.

    WAIT names the initiative it waits for; PREREQUISITE the one that brings a practice its outcome needs; CAPACITY and LIMIT the team that has no room, until which day, and the
    initiatives that take it; RELEASE the day before which it may not start. ORDER: there is room, but what is worth more
    was placed first. REFUSED: it stays where it is today, because a person wants it so.
    """

    held: Held
    initiative_ids: tuple[str, ...] = ()
    team_id: str | None = None
    until: date | None = None
    practice_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """One initiative: its first and last working day today and as proposed, and why not earlier.

    `late` is one that finishes past its deadline.
    """

    initiative_id: str
    start_now: date
    finish_now: date
    start: date
    finish: date
    reason: Reason
    late: bool

    @property
    def moves(self) -> bool:
        """Whether it would start on another day."""
        return self.start != self.start_now


def propose(problem: Problem, placement: Placement, refused: Collection[str] = ()) -> tuple[Proposed, ...]:
    """Return what a placement means for each initiative that has not begun and is not left out, in the plan's order.

    `refused` are those it was `retimed` around.
    """
    profile = _Profile(problem, placement)
    found = []
    for n, task in enumerate(problem.tasks):
        if not task.initiative_id or placement.starts[n] < 0:
            continue
        start, end = placement.starts[n], placement.ends[n]
        now_end = problem.end_of(n, task.now)
        found.append(
            Proposed(
                initiative_id=task.initiative_id,
                start_now=problem.day(_shown(task.now, now_end)[0]),
                finish_now=problem.day(_shown(task.now, now_end)[1]),
                start=problem.day(_shown(start, end)[0]),
                finish=problem.day(_shown(start, end)[1]),
                reason=Reason(held=Held.REFUSED) if task.initiative_id in refused else profile.reason(n),
                late=task.due is not None and end > task.due,
            )
        )
    return tuple(found)


def left_out(problem: Problem, placement: Placement) -> tuple[str, ...]:
    """Return the initiatives that a placement leaves out, what is worth most first."""
    out = [
        task for task, start in zip(problem.tasks, placement.starts, strict=True) if task.initiative_id and start < 0
    ]
    return tuple(task.initiative_id for task in sorted(out, key=lambda task: -task.worth))


@dataclass(frozen=True, slots=True)
class Earlier:
    """What it would take to move an initiative earlier: its first day then, and what else changes.

    `price` is how much worse the plan would measure, in the objective's own unit (below 0: better); `pushed` gives the
    initiatives that would finish later and by how many days of work anywhere in the plan, the most first.
    """

    initiative_id: str
    start: date
    price: float
    pushed: tuple[tuple[str, int], ...]


def cost_of_earlier(problem: Problem, placement: Placement, aim: Aim, initiative_id: str) -> Earlier | None:
    """Return what it costs to place an initiative, with all it waits for, before all others; None where nothing gains.

    The rest keeps its order. UserError "not-in-proposal" (name: the id) for one that has begun, is pinned or is left out.
    """
    number = next((n for n, task in enumerate(problem.tasks) if task.initiative_id == initiative_id), None)
    if number is None or problem.tasks[number].pin is not None or placement.starts[number] < 0:
        raise UserError("not-in-proposal", name=initiative_id)
    needed = {number}
    stack = [number]
    while stack:
        for wait in problem.waits[stack.pop()]:
            if wait.predecessor not in needed:
                needed.add(wait.predecessor)
                stack.append(wait.predecessor)
    last = len(problem.days) + 1
    keys = [last if start < 0 else start for start in placement.starts]
    moved = place(problem, [last - key if n in needed else -key for n, key in enumerate(keys)])
    if not 0 <= moved.starts[number] < placement.starts[number]:
        return None
    pushed = [
        (task.initiative_id, moved.ends[n] - placement.ends[n])
        for n, task in enumerate(problem.tasks)
        if task.initiative_id and moved.ends[n] > placement.ends[n] >= 0
    ]
    return Earlier(
        initiative_id,
        problem.day(_shown(moved.starts[number], moved.ends[number])[0]),
        aim.value(problem, moved) - aim.value(problem, placement),
        tuple(sorted(pushed, key=lambda one: -one[1])),
    )


def retimed(problem: Problem, placement: Placement, refused: Collection[str]) -> Placement:
    """Return the placement with the refused initiatives where they are today and the rest placed around them.

    The rest keeps its order. What waits for a refused one starts no earlier than that lets it; what a refused one waits
    for stays where it is today too, where it would otherwise end too late for it.
    """
    last = len(problem.days)
    priority = [-float(last if start < 0 else start) for start in placement.starts]
    now = [task.now for task in problem.tasks]
    now_ends = [problem.end_of(n, start) for n, start in enumerate(now)]
    staying = {n for n, task in enumerate(problem.tasks) if task.initiative_id in refused and task.pin is None}
    while True:
        fixed = _fixed(problem, staying)
        placed = place(fixed, priority)
        holding = {
            m
            for n in staying
            for m, wait in _waits_through_gates(problem, n)
            if fixed.tasks[m].pin is None
            and _is_broken(problem, n, wait, placed.starts, placed.ends)
            and not _is_broken(problem, n, wait, now, now_ends)
        }
        if not holding:
            return placed
        staying |= holding


def refusing(problem: Problem, refused: Collection[str]) -> Problem:
    """Return the problem in which the refused initiatives stay where they are today."""
    return _fixed(problem, {n for n, task in enumerate(problem.tasks) if task.initiative_id in refused})


def _fixed(problem: Problem, staying: Collection[int]) -> Problem:
    tasks = tuple(
        dataclasses.replace(task, pin=task.now, optional=False) if n in staying and task.pin is None else task
        for n, task in enumerate(problem.tasks)
    )
    return dataclasses.replace(problem, tasks=tasks)


def _waits_through_gates(problem: Problem, number: int) -> Iterator[tuple[int, Wait]]:
    """Give the initiatives a task waits for, also by gates, each with its wait."""
    for wait in problem.waits[number]:
        if problem.tasks[wait.predecessor].initiative_id:
            yield wait.predecessor, wait
        else:
            yield from _waits_through_gates(problem, wait.predecessor)


def _is_broken(problem: Problem, number: int, wait: Wait, starts: Sequence[int], ends: Sequence[int]) -> bool:
    """Tell whether a task starts before what it waits for lets it."""
    if starts[wait.predecessor] < 0:
        return True
    return earliest(problem, number, starts, ends, (wait,)) > max(starts[number], problem.tasks[number].release)


def _shown(start: int, end: int) -> tuple[int, int]:
    """Return the first and last slot worked; what takes no time happens on the evening before it, as in the schedule."""
    if end > start:
        return start, end - 1
    return max(0, start - 1), max(0, start - 1)


class _Profile:
    """Who takes what of each team on each slot, to tell what stands in the way."""

    def __init__(self, problem: Problem, placement: Placement) -> None:
        self.problem, self.placement = problem, placement
        self.members: list[list[int]] = [[] for _ in problem.teams]
        for n, task in enumerate(problem.tasks):
            if task.duration:
                for team, _demand in task.demands:
                    self.members[team].append(n)

    def reason(self, number: int) -> Reason:
        """Return why a task does not start earlier."""
        problem, starts, ends = self.problem, self.placement.starts, self.placement.ends
        task, start = problem.tasks[number], starts[number]
        if task.pin is not None:
            return Reason(held=Held.PIN, until=problem.day(start))
        if start <= earliest(problem, number, starts, ends):
            return self._waited_for(number)
        clock = problem.clocks[task.clock]
        before = clock.at[clock.rank[start] - 1] if task.duration and clock.rank[start] else start - 1
        return self._in_the_way(number, before)

    def _waited_for(self, number: int) -> Reason:
        problem, starts, ends = self.problem, self.placement.starts, self.placement.ends
        task = problem.tasks[number]
        for wait in problem.waits[number]:
            if starts[number] > task.release and earliest(problem, number, starts, ends, (wait,)) >= starts[number]:
                waited = problem.tasks[wait.predecessor]
                if not waited.initiative_id:
                    return Reason(held=Held.GATE, until=problem.day(starts[number]))
                return _waiting_for(waited.initiative_id, wait.practice_id, problem.day(starts[number]))
        if task.follows is not None:
            return _waiting_for(task.follows, task.follows_for, problem.day(starts[number]))
        return Reason(held=Held.RELEASE, until=problem.day(min(task.release, len(problem.days) - 1)))

    def _in_the_way(self, number: int, first: int) -> Reason:
        """Return which team has no room were the task to start on slot `first`, and until when."""
        problem, task = self.problem, self.problem.tasks[number]
        clock = problem.clocks[task.clock]
        slots = clock.at[clock.rank[first] : clock.rank[first] + task.duration]
        for team, demand in task.demands:
            for slot in slots:
                others = [n for n in self.members[team] if n != number and self._works(n, slot)]
                effort = problem.taken_effort[team][slot] + sum(self._demand(n, team) for n in others)
                if effort + demand > problem.capacity[team]:
                    return self._taken_by(Held.CAPACITY, team, others)
                counted = [n for n in self.members[team] if n != number and self._counts(n, slot)]
                if problem.taken_count[team][slot] + len(counted) >= problem.limit[team]:
                    return self._taken_by(Held.LIMIT, team, counted)
        return Reason(held=Held.ORDER, until=problem.day(self.placement.starts[number]))

    def _taken_by(self, held: Held, team: int, others: list[int]) -> Reason:
        ends = [self.placement.ends[n] - 1 for n in others]
        return Reason(
            held=held,
            team_id=self.problem.teams[team],
            initiative_ids=tuple(self.problem.tasks[n].initiative_id for n in others),
            until=self.problem.day(min(ends)) if ends else None,
        )

    def _works(self, number: int, slot: int) -> bool:
        return self.placement.starts[number] <= slot < self.placement.ends[number]

    def _counts(self, number: int, slot: int) -> bool:
        return self.placement.starts[number] <= slot < self.placement.ends[number] + self.problem.cool_down

    def _demand(self, number: int, team: int) -> int:
        return sum(demand for asked, demand in self.problem.tasks[number].demands if asked == team)


def _waiting_for(initiative_id: str, practice_id: str | None, until: date) -> Reason:
    held = Held.WAIT if practice_id is None else Held.PREREQUISITE
    return Reason(held=held, initiative_ids=(initiative_id,), until=until, practice_id=practice_id)


_FOLLOWS: Final = (Held.WAIT, Held.RELEASE, Held.PIN)
"""What comes to its start by itself, by links and constraints it has already."""


def needed_starts(proposal: Collection[Proposed]) -> dict[str, date]:
    """Return initiative id -> the day before which it must not start for the schedule to come out as proposed."""
    return {one.initiative_id: one.start for one in proposal if one.moves and one.reason.held not in _FOLLOWS}
