"""Whether all that a problem asks for can be kept at once: every pin, wait, deadline that binds, capacity and limit.

Only what has a day to keep, and what that waits for, is looked at: all else can come after it. What is impossible is
proven so, by the longest chains or by CP-SAT on a picture that is never stricter than the truth; what is possible by a
plan. Between the two, time ran out or the picture was too coarse, and nothing is known.
"""

from __future__ import annotations

import enum
import math
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from planner.analysis.sequence.placing import Placement, earliest, place
from planner.analysis.sequence.problem import Problem


class Feasibility(enum.Enum):
    """Whether a problem has a plan."""

    POSSIBLE = "possible"
    IMPOSSIBLE = "impossible"
    UNKNOWN = "unknown"


def is_kept(problem: Problem, placement: Placement) -> bool:
    """Tell whether a placed plan keeps all that is asked, also what pins otherwise go before."""
    if problem.pinned_early or not _pins_fit(problem):
        return False
    for n, task in enumerate(problem.tasks):
        due = problem.due(n) if task.initiative_id else None
        if placement.starts[n] < 0 and not task.optional:
            return False
        if due is not None and placement.ends[n] > due:
            return False
    return all(
        placement.starts[wait.predecessor] >= 0
        and earliest(problem, n, placement.starts, placement.ends, (wait,)) <= placement.starts[n]
        for n, wait in problem.overridden
    )


def feasibility(problem: Problem, *, seconds: float) -> Feasibility:
    """Return whether a problem has a plan that keeps all it asks for, found out within a time."""
    until = time.monotonic() + seconds
    bound = _bound_tasks(problem)
    heads = _heads(problem, bound)
    if heads is None or not _pins_fit(problem):
        return Feasibility.IMPOSSIBLE
    latest = _latest_ends(problem, bound)
    last = float(len(problem.days))

    def is_possible(starts: Mapping[int, float]) -> bool:
        keys = [-starts[n] if n in starts else -2 * last for n in range(len(problem.tasks))]
        return is_kept(problem, place(problem, keys))

    if not bound or is_possible({n: min(last, latest[n]) for n in bound}):
        return Feasibility.POSSIBLE
    picture = _Picture(problem, sorted(bound), heads, latest)
    starts = picture.solved(until - time.monotonic())
    if starts is None:
        return picture.verdict
    return Feasibility.POSSIBLE if picture.is_exact or is_possible(starts) else Feasibility.UNKNOWN


def _bound_tasks(problem: Problem) -> set[int]:
    """Return the tasks with a day to keep that may not be left out, and all they wait for."""
    waits: list[list[int]] = [[wait.predecessor for wait in held] for held in problem.waits]
    for n, wait in problem.overridden:
        waits[n].append(wait.predecessor)
    found = {
        n
        for n, task in enumerate(problem.tasks)
        if task.initiative_id and not task.optional and (task.pin is not None or problem.due(n) is not None)
    }
    stack = list(found)
    while stack:
        n = stack.pop()
        for m in waits[n]:
            # A gate does not wait for what may be left out.
            if m not in found and (problem.tasks[n].initiative_id or not problem.tasks[m].optional):
                found.add(m)
                stack.append(m)
    return found


def _pins_fit(problem: Problem) -> bool:
    """Tell whether the teams have room for all that is pinned, beside what has begun."""
    effort: dict[tuple[int, int], int] = {}
    count: dict[tuple[int, int], int] = {}
    for task in problem.tasks:
        if task.pin is None or not task.duration:
            continue
        clock = problem.clocks[task.clock]
        rank = clock.rank[task.pin]
        slots = clock.at[rank : rank + task.duration]
        busy_until = clock.at[min(rank + task.duration - 1 + problem.cool_down, len(clock.at) - 1)] + 1
        for team, demand in task.demands:
            for slot in slots:
                taken = effort.get((team, slot), problem.taken_effort[team][slot]) + demand
                effort[team, slot] = taken
                if taken > problem.capacity[team]:
                    return False
            for slot in range(task.pin, busy_until):
                taken = count.get((team, slot), problem.taken_count[team][slot]) + 1
                count[team, slot] = taken
                if taken > problem.limit[team]:
                    return False
    return True


def _heads(problem: Problem, bound: set[int]) -> list[int] | None:
    """Return the earliest start of each by releases and waits alone (-1 of all else); None where that is too late."""
    if problem.pinned_early:
        return None
    starts, ends = [-1] * len(problem.tasks), [-1] * len(problem.tasks)
    for n in problem.order:
        if n not in bound:
            continue
        task = problem.tasks[n]
        starts[n] = earliest(problem, n, starts, ends) if task.pin is None else task.pin
        ends[n] = problem.end_of(n, starts[n])
        due = problem.due(n) if task.initiative_id else None
        if due is not None and ends[n] > due:
            return None
    for n, wait in problem.overridden:
        if n in bound and earliest(problem, n, starts, ends, (wait,)) > starts[n]:
            return None
    return starts


def _latest_ends(problem: Problem, bound: set[int]) -> list[float]:
    """Return by when each must end for the deadlines and pins behind it; infinity where nothing says."""
    latest = [math.inf] * len(problem.tasks)
    overridden: dict[int, list[Any]] = {}
    for n, wait in problem.overridden:
        overridden.setdefault(n, []).append(wait)
    pinned = [n for n in bound if problem.tasks[n].pin is not None]
    for n in (*pinned, *(n for n in reversed(problem.order) if n in bound)):
        task = problem.tasks[n]
        if task.pin is not None:
            latest[n] = problem.end_of(n, task.pin)
        elif task.initiative_id and (due := problem.due(n)) is not None:
            latest[n] = min(latest[n], due)
        for wait in (*problem.waits[n], *overridden.get(n, ())):
            if not wait.from_start and not wait.to_finish and wait.lag >= 0:
                latest[wait.predecessor] = min(latest[wait.predecessor], latest[n] - task.duration - wait.lag)
    return latest


class _Picture:
    """CP-SAT's picture of the bound tasks, in which every plan that keeps all is possible.

    Each is placed by its rank on its own clock. It is exact where the tasks of a team, and those that wait for one
    another with a lag, go by one clock.
    """

    def __init__(self, problem: Problem, bound: Sequence[int], heads: Sequence[int], latest: Sequence[float]) -> None:
        from ortools.sat.python import cp_model  # noqa: PLC0415  loaded when used

        self._cp = cp_model
        self.problem, self.bound = problem, bound
        self.model = cp_model.CpModel()
        self.is_exact = True
        self.verdict = Feasibility.UNKNOWN
        self.ranks: dict[int, Any] = {}
        self.starts: dict[int, Any] = {}
        self.ends: dict[int, Any] = {}
        self._is_empty = False
        for n in bound:
            self._add(n, heads[n], latest[n])
        if not self._is_empty:
            self._keep_waits()
            for team in range(len(problem.teams)):
                self._keep_team(team)

    def solved(self, seconds: float) -> dict[int, float] | None:
        """Return a start for each task; None, with the verdict, where there is none or none was found."""
        if self._is_empty:
            self.verdict = Feasibility.IMPOSSIBLE
            return None
        solver = self._cp.CpSolver()
        solver.parameters.max_time_in_seconds = max(0.01, seconds)
        solver.parameters.num_workers = 1
        status = solver.solve(self.model)
        if status in (self._cp.OPTIMAL, self._cp.FEASIBLE):
            return {n: float(solver.value(start)) for n, start in self.starts.items()}
        if status == self._cp.INFEASIBLE:
            self.verdict = Feasibility.IMPOSSIBLE
        return None

    def _add(self, n: int, head: int, latest: float) -> None:
        """Add a task: its rank, and its start and end as slots."""
        problem, task, model = self.problem, self.problem.tasks[n], self.model
        clock = problem.clocks[task.clock]
        last = int(min(latest, len(problem.days)))
        if not task.duration or clock.is_full:
            last -= task.duration
            if task.pin is not None:
                last = head
            if last < head:
                self._is_empty = True
                return
            start = model.new_int_var(head, last, f"s{n}")
            self.starts[n], self.ends[n] = start, start + task.duration
            if task.duration:
                self.ranks[n] = start
            return
        first = clock.rank[head]
        until = first + 1 if task.pin is not None else clock.rank[last] - task.duration + 1
        choices = range(first, min(until, len(clock.at) - task.duration + 1))
        if not choices:
            self._is_empty = True
            return
        rank = model.new_int_var(choices[0], choices[-1], f"k{n}")
        self.ranks[n] = rank
        self.starts[n] = self._looked_up(rank - first, [clock.at[k] for k in choices])
        self.ends[n] = self._looked_up(rank - first, [clock.at[k + task.duration - 1] + 1 for k in choices])

    def _looked_up(self, index: Any, values: Sequence[int]) -> Any:
        found = self.model.new_int_var(values[0], values[-1], "")
        self.model.add_element(index, list(values), found)
        return found

    def _keep_waits(self) -> None:
        problem, model = self.problem, self.model
        pairs = [(one, wait) for one in self.bound for wait in problem.waits[one]]
        for n, wait in [*pairs, *(pair for pair in problem.overridden if pair[0] in self.starts)]:
            m = wait.predecessor
            if m not in self.starts:
                continue
            first, second = problem.tasks[m], problem.tasks[n]
            if n in self.ranks and m in self.ranks and first.clock == second.clock:
                base = self.ranks[m] + (0 if wait.from_start else first.duration)
                model.add(self.ranks[n] + (second.duration if wait.to_finish else 0) >= base + wait.lag)
                continue
            base = (self.starts if wait.from_start else self.ends)[m]
            held = (self.ends if wait.to_finish else self.starts)[n]
            is_full = problem.clocks[second.clock].is_full
            self.is_exact = self.is_exact and (is_full or (not wait.lag and not wait.to_finish))
            if is_full or (not wait.lag and not wait.to_finish):
                model.add(held >= base + wait.lag)
            elif wait.lag > 0:
                # So many days of its own are at least one fewer slots, whichever side rests.
                model.add(held >= base + wait.lag - 1)

    def _keep_team(self, team: int) -> None:
        """Keep capacity clock by clock, and the change limit from first slot to the end of the cool-down."""
        problem = self.problem
        asking = [
            (n, demand)
            for n in self.bound
            for asked, demand in problem.tasks[n].demands
            if asked == team and n in self.ranks
        ]
        clocks = sorted({problem.tasks[n].clock for n, _demand in asking})
        self.is_exact = self.is_exact and len(clocks) <= 1
        for number in clocks:
            clock = problem.clocks[number]
            own = [(n, demand) for n, demand in asking if problem.tasks[n].clock == number]
            taken = [problem.taken_effort[team][slot] for slot in clock.at]
            spans = [
                (self.ranks[n], problem.tasks[n].duration, self.ranks[n] + problem.tasks[n].duration) for n, _d in own
            ]
            self._cumulate(spans, [demand for _n, demand in own], taken, problem.capacity[team])
        busy = [self._busy(n) for n, _demand in asking]
        self._cumulate(busy, [1] * len(busy), problem.taken_count[team], problem.limit[team])

    def _busy(self, n: int) -> tuple[Any, Any, Any]:
        problem, task = self.problem, self.problem.tasks[n]
        clock = problem.clocks[task.clock]
        if clock.is_full:
            size = task.duration + problem.cool_down
            return self.starts[n], size, self.starts[n] + size
        end = self.ends[n]
        if problem.cool_down:
            ahead = task.duration - 1 + problem.cool_down
            end = self._looked_up(
                self.ranks[n], [clock.at[min(k + ahead, len(clock.at) - 1)] + 1 for k in range(len(clock.at))]
            )
        return self.starts[n], self.model.new_int_var(1, len(problem.days), ""), end

    def _cumulate(
        self, spans: Sequence[tuple[Any, Any, Any]], demands: Sequence[int], taken: Sequence[int], most: int
    ) -> None:
        """Keep spans (start, size, end) and what is taken, of which no more than there is counts, within what there is."""
        if sum(demands) + min(most, max(taken, default=0)) <= most:
            return
        new: Callable[..., Any] = self.model.new_interval_var
        intervals = [new(*span, "") for span in spans]
        amounts = list(demands)
        slot = 0
        while slot < len(taken):
            after = slot + 1
            while after < len(taken) and taken[after] == taken[slot]:
                after += 1
            if taken[slot]:
                intervals.append(self.model.new_fixed_size_interval_var(slot, after - slot, ""))
                amounts.append(min(taken[slot], most))
            slot = after
        self.model.add_cumulative(intervals, amounts, most)
