"""Placing tasks one after the other, each as early as all before it leave room: the serial schedule generation scheme.

Kolisch, "Serial and parallel resource-constrained project scheduling methods revisited" (1996). Whatever order it is
given, what comes out keeps to every link, calendar, capacity and limit; the best of all plans is among what it can give
(for a measure that does not reward starting later). `justify` is the double justification of Valls, Ballestín and
Quintanilla (2005): everything as late as possible, then as early as possible, which rarely ends later and often earlier.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass

from planner.analysis.sequence.problem import Problem, Task, Wait


@dataclass(frozen=True, slots=True)
class Placement:
    """Start and end slot of every task, by number; -1 of one that is left out."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]


class _Room:
    """What is taken of each team, slot by slot, while tasks are placed; the slots grow as far as they are asked."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self.effort = [list(taken) for taken in problem.taken_effort]
        self.count = [list(taken) for taken in problem.taken_count]
        self._has_limits = [limit < len(problem.tasks) for limit in problem.limit]

    def first_start(self, task: Task, rank: int) -> int:
        """Return the first rank of the task's clock, from `rank` on, at which there is room for all of it."""
        clock = self._problem.clocks[task.clock]
        at, duration = clock.at, task.duration
        while True:
            blocked = self._last_blocked(task, at[rank : rank + duration])
            if blocked < 0:
                return rank
            rank = clock.rank[blocked] + 1

    def last_start(self, task: Task, slot: int) -> int:
        """Return the last slot up to `slot` at which there is room for all of the task; negative where there is none.

        Where every slot works; what counts after the end, while a team cools down, is not looked at.
        """
        while slot >= 0:
            blocked = self._first_blocked(task, slot)
            if blocked < 0:
                return slot
            slot = blocked - task.duration
        return slot

    def _first_blocked(self, task: Task, start: int) -> int:
        first = -1
        for team, demand in task.demands:
            effort, most = self.effort[team], self._problem.capacity[team] - demand
            count, limit = self.count[team], self._problem.limit[team]
            for slot in range(start, start + task.duration):
                if 0 <= first <= slot:
                    break
                if effort[slot] > most or (self._has_limits[team] and count[slot] >= limit):
                    first = slot
                    break
        return first

    def _last_blocked(self, task: Task, slots: Sequence[int]) -> int:
        """Return the last slot on which a team has no room for the task; -1 where there is none."""
        problem, last = self._problem, -1
        for team, demand in task.demands:
            effort, most = self.effort[team], problem.capacity[team] - demand
            for slot in reversed(slots):
                if slot <= last:
                    break
                if effort[slot] > most:
                    last = slot
                    break
            if self._has_limits[team]:
                count, limit = self.count[team], problem.limit[team]
                for slot in range(self._busy_until(task, slots) - 1, slots[0] - 1, -1):
                    if slot <= last:
                        break
                    if count[slot] >= limit:
                        last = min(slot, slots[-1])
                        break
        return last

    def _busy_until(self, task: Task, slots: Sequence[int]) -> int:
        """Return the slot after the last on which the task counts for its teams, cool-down included."""
        cool_down = self._problem.cool_down
        if not cool_down:
            return slots[-1] + 1
        clock = self._problem.clocks[task.clock]
        return clock.at[min(clock.rank[slots[-1]] + cool_down, len(clock.at) - 1)] + 1

    def take(self, task: Task, rank: int) -> int:
        """Place the task at a rank of its clock and return its end."""
        slots = self._problem.clocks[task.clock].at[rank : rank + task.duration]
        until = self._busy_until(task, slots)
        for team, demand in task.demands:
            effort, count = self.effort[team], self.count[team]
            for slot in slots:
                effort[slot] += demand
            if self._has_limits[team]:
                for slot in range(slots[0], until):
                    count[slot] += 1
        return slots[-1] + 1


def place(problem: Problem, priority: Sequence[float]) -> Placement:
    """Return the plan in which, of all tasks whose waits are over, the one of the highest priority is placed next.

    What may be left out is, where it would end past the horizon or waits for something that is left out.
    """
    count = len(problem.tasks)
    starts, ends = [0] * count, [0] * count
    left, after = _waiting(problem)
    room = _Room(problem)
    for n, task in enumerate(problem.tasks):
        if task.pin is not None:
            starts[n], ends[n] = _put(problem, room, n, task.pin)
    ready = [(-priority[n], n) for n in range(count) if not left[n]]
    heapq.heapify(ready)
    while ready:
        _priority, n = heapq.heappop(ready)
        task = problem.tasks[n]
        if task.pin is None:
            slot = earliest(problem, n, starts, ends)
            if task.duration and task.demands:
                clock = problem.clocks[task.clock]
                slot = clock.at[room.first_start(task, clock.rank[slot])]
            if task.optional and _is_left_out(problem, n, slot, starts):
                starts[n] = ends[n] = -1
            else:
                starts[n], ends[n] = _put(problem, room, n, slot)
        for other in after[n]:
            left[other] -= 1
            if not left[other]:
                heapq.heappush(ready, (-priority[other], other))
    return Placement(tuple(starts), tuple(ends))


def _is_left_out(problem: Problem, number: int, slot: int, starts: Sequence[int]) -> bool:
    if problem.horizon is not None and problem.end_of(number, slot) > problem.horizon:
        return True
    return any(starts[wait.predecessor] < 0 for wait in problem.waits[number])


def _put(problem: Problem, room: _Room, number: int, slot: int) -> tuple[int, int]:
    task = problem.tasks[number]
    if task.duration and task.demands:
        return slot, room.take(task, problem.clocks[task.clock].rank[slot])
    return slot, problem.end_of(number, slot)


def _waiting(problem: Problem) -> tuple[list[int], list[list[int]]]:
    """Return how many others each task waits for, and who waits for each."""
    left = [0] * len(problem.tasks)
    after: list[list[int]] = [[] for _ in problem.tasks]
    for n, waits in enumerate(problem.waits):
        for m in {wait.predecessor for wait in waits}:
            after[m].append(n)
            left[n] += 1
    return left, after


def earliest(
    problem: Problem, number: int, starts: Sequence[int], ends: Sequence[int], waits: Sequence[Wait] | None = None
) -> int:
    """Return the first slot on which a task may start by its release and by what it waits for, all of it placed.

    `waits` are those to look at, all of the task's where None. What is left out holds nobody.
    """
    task = problem.tasks[number]
    clock = problem.clocks[task.clock]
    held_by = [wait for wait in (problem.waits[number] if waits is None else waits) if starts[wait.predecessor] >= 0]
    if not task.duration:
        slot = task.release
        for wait in held_by:
            base = starts[wait.predecessor] if wait.from_start else ends[wait.predecessor]
            slot = max(slot, _moved(clock.rank, clock.at, base, wait.lag))
        return slot
    rank = clock.rank[task.release]
    for wait in held_by:
        base = starts[wait.predecessor] if wait.from_start else ends[wait.predecessor]
        rank = max(rank, clock.rank[base] + wait.lag - (task.duration if wait.to_finish else 0))
    return clock.at[rank]


def _moved(rank: Sequence[int], at: Sequence[int], slot: int, lag: int) -> int:
    """Return the slot `lag` days of work after another."""
    if not lag:
        return slot
    worked = rank[slot] + lag
    return at[worked - 1] + 1 if worked > 0 else 0


def justify(problem: Problem, placement: Placement) -> Placement:
    """Return a plan placed anew in the order in which its tasks start once all are as late as they can be.

    Only for a plain problem (`Problem.is_plain`), in which later and earlier are alike.
    """
    late = _place_late(problem, placement)
    return place(problem, [-start for start in late])


def _place_late(problem: Problem, placement: Placement) -> list[int]:
    """Return the start of each task when, the last to end first, all are placed as late as the plan's end allows."""
    last = max(placement.ends, default=0)
    tasks, waits = problem.tasks, problem.waits
    latest = [last - task.duration for task in tasks]
    left = [0] * len(tasks)
    for held in waits:
        for m in {wait.predecessor for wait in held}:
            left[m] += 1
    room = _Room(problem)
    starts = [0] * len(tasks)
    ready = [(-placement.ends[n], -placement.starts[n], n) for n in range(len(tasks)) if not left[n]]
    heapq.heapify(ready)
    while ready:
        *_keys, n = heapq.heappop(ready)
        task = tasks[n]
        start = min(latest[n], last - task.duration)
        if task.pin is not None:
            start = task.pin
        elif task.duration and task.demands and start >= 0:
            start = room.last_start(task, start)
        starts[n] = start
        if task.duration and task.demands and start >= 0:
            room.take(task, start)
        for wait in waits[n]:
            m = wait.predecessor
            bound = (start + task.duration if wait.to_finish else start) - wait.lag
            latest[m] = min(latest[m], bound if wait.from_start else bound - tasks[m].duration)
        for m in {wait.predecessor for wait in waits[n]}:
            left[m] -= 1
            if not left[m]:
                heapq.heappush(ready, (-placement.ends[m], -placement.starts[m], m))
    return starts
