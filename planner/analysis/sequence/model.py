"""The problem, or a part of it with the rest where it stands, as CP-SAT reads it.

An interval a task, two cumulative resources a team (effort and count), waits as differences, what is asked for in whole
numbers. Where a task rests on slots on which others work, its interval holds its teams there too: the picture is a
little stricter than the truth, so that it finds plans but proves nothing (`is_exact`). Plans are placed anew (`placing`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from planner.analysis.sequence.objective import Aim, Objective, first_slot, peaks_of
from planner.analysis.sequence.placing import Placement, earliest
from planner.analysis.sequence.problem import Problem

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

_STEPS: Final = 10_000
"""Steps in which the greatest weight is counted."""


Told = Callable[[tuple[float, ...], float], None]
"""Hears of the keys of a better plan, and of the bound."""


@dataclass(frozen=True, slots=True)
class Solved:
    """What the solver found: a plan as keys (the earlier, the smaller; infinite: left out), None where it found none.

    `bound` is what no plan within the picture can measure below; `work` the solver's own count of seconds, the same on
    every machine.
    """

    keys: tuple[float, ...] | None
    is_best: bool
    is_impossible: bool
    bound: float
    work: float


class Model:
    """A model of the tasks that are `free` (all that are not pinned where None), around a plan that the rest keeps."""

    def __init__(
        self, problem: Problem, aim: Aim, plan: Placement, last: int, *, free: Collection[int] | None = None
    ) -> None:
        """Build the model of all plans whose free tasks end by slot `last`, or ever where all are free.

        `is_exact` tells whether what it proves holds for the problem, `is_bounding` whether its bound is of the measure.
        """
        from ortools.sat.python import cp_model  # noqa: PLC0415  loaded when used

        self._cp = cp_model
        self.problem, self.aim, self.plan, self.last = problem, aim, plan, last
        movable = {n for n, task in enumerate(problem.tasks) if task.pin is None}
        self.free = movable if free is None else movable & set(free)
        self.is_whole = self.free == movable
        self.is_exact = self.is_whole and problem.is_plain
        self.last = last = len(problem.days) if self.is_whole else last
        self._model = cp_model.CpModel()
        self.starts: list[Any] = list(plan.starts)
        self.ends: list[Any] = list(plan.ends)
        self._sizes: list[Any] = [0] * len(problem.tasks)
        self._solver: cp_model.CpSolver | None = None
        self._kept: dict[int, Any] = {}
        self._terms: list[tuple[float, Any]] = []
        self._penalties: list[tuple[int, Any]] = []
        self._constant = 0.0
        for n in sorted(self.free):
            self._add_task(n)
        self._keep_waits()
        self._keep_teams()
        self._keep_dues()
        self._measure()
        self._minimize()
        self.is_bounding = self.is_exact and not self._kept and not self._penalties

    def solved(
        self, *, seconds: float, work: float = math.inf, workers: int = 1, seed: int = 1, told: Told | None = None
    ) -> Solved:
        """Search until `seconds` have passed, the solver has counted `work` of its own, or `stop` is called.

        `told` hears of every better plan (its keys) and bound, on a thread of the solver's.
        """
        cp_model = self._cp
        solver = self._solver = cp_model.CpSolver()
        parameters = solver.parameters
        parameters.max_time_in_seconds = max(0.01, seconds)
        if work < math.inf:
            parameters.max_deterministic_time = work
        parameters.num_workers = workers
        parameters.linearization_level = 2
        parameters.random_seed = seed
        status = solver.solve(self._model, None if told is None else self._listener(told))
        found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
        return Solved(
            keys=self._keys(solver.value) if found else None,
            is_best=status == cp_model.OPTIMAL,
            is_impossible=status == cp_model.INFEASIBLE,
            bound=self._unscaled(solver.best_objective_bound),
            work=solver.response_proto.deterministic_time,
        )

    def stop(self) -> None:
        """End the search as soon as may be, from another thread."""
        if self._solver is not None:
            self._solver.stop_search()

    def _listener(self, told: Told) -> Any:
        model = self

        class Listener(self._cp.CpSolverSolutionCallback):  # type: ignore[name-defined,misc]
            """Tells of every plan the solver finds."""

            def on_solution_callback(self) -> None:
                """Tell of one."""
                told(model._keys(self.value), model._unscaled(self.best_objective_bound))

        return Listener()

    def _unscaled(self, objective: float) -> float:
        return objective / self._scale + self._constant

    def _keys(self, value: Callable[[Any], int]) -> tuple[float, ...]:
        return tuple(self._key(value, n) for n in range(len(self.starts)))

    def _key(self, value: Callable[[Any], int], n: int) -> float:
        if n in self._kept and not value(self._kept[n]):
            return math.inf
        if n not in self.free:
            return math.inf if self.plan.starts[n] < 0 else float(self.plan.starts[n])
        return float(value(self.starts[n]))

    def _add_task(self, n: int) -> None:
        """Add start, length and end of a task, a length of its own where some slots rest, and the hint of the plan."""
        problem, model, task = self.problem, self._model, self.problem.tasks[n]
        clock = problem.clocks[task.clock]
        now = self.plan.starts[n]
        fixed = tuple(wait for wait in problem.waits[n] if wait.predecessor not in self.free)
        first = earliest(problem, n, self.plan.starts, self.plan.ends, fixed)
        if not task.duration or clock.is_full:
            start = model.new_int_var(first, max(first, now, self.last - task.duration), f"s{n}")
            size: Any = task.duration
            end = start + size
        else:
            after = max(
                clock.rank[max(first, now)] + 1, clock.rank[min(self.last, len(problem.days))] - task.duration + 1
            )
            ranks = range(clock.rank[first], min(after, len(clock.at) - task.duration + 1))
            starts, ends = [clock.at[k] for k in ranks], [clock.at[k + task.duration - 1] + 1 for k in ranks]
            rank = model.new_int_var(0, len(ranks) - 1, f"k{n}")
            start = model.new_int_var_from_domain(self._cp.Domain.from_values(starts), f"s{n}")
            end = model.new_int_var_from_domain(self._cp.Domain.from_values(ends), f"e{n}")
            model.add_element(rank, starts, start)
            model.add_element(rank, ends, end)
            size = model.new_int_var(task.duration, max(b - a for a, b in zip(starts, ends, strict=True)), f"d{n}")
            model.add(size == end - start)
        self.starts[n], self._sizes[n], self.ends[n] = start, size, end
        if now >= 0:
            model.add_hint(start, now)
        if task.optional:
            kept = self._kept[n] = model.new_bool_var(f"p{n}")
            model.add_hint(kept, now >= 0)

    def _keep_waits(self) -> None:
        """Let each task wait for what it waits for; what waits for one that is left out is left out too, but a gate."""
        model = self._model
        for n, waits in enumerate(self.problem.waits):
            if n not in self.free and self.plan.starts[n] < 0:
                continue
            for wait in waits:
                m = wait.predecessor
                if n not in self.free and m not in self.free:
                    continue
                if m not in self.free and self.plan.starts[m] < 0:
                    if n in self._kept:
                        model.add(self._kept[n] == 0)
                    continue
                base = (self.starts if wait.from_start else self.ends)[m]
                held = (self.ends if wait.to_finish else self.starts)[n]
                kept = [self._kept[one] for one in (m, n) if one in self._kept]
                rule = model.add(held >= base + wait.lag)
                if kept:
                    rule.only_enforce_if(kept)
                if m in self._kept and self.problem.tasks[n].initiative_id:
                    if n in self._kept:
                        model.add_implication(self._kept[n], self._kept[m])
                    else:
                        model.add(self._kept[m] == 1)

    def _keep_teams(self) -> None:
        problem = self.problem
        asking: list[list[tuple[int, int]]] = [[] for _ in problem.teams]
        standing: list[list[tuple[int, int]]] = [[] for _ in problem.teams]
        for n, task in enumerate(problem.tasks):
            if task.duration:
                for team, demand in task.demands:
                    if n in self.free:
                        asking[team].append((n, demand))
                    elif self.plan.starts[n] >= 0:
                        standing[team].append((n, demand))
        weight = self.aim.weights.get(Objective.LOAD, 0.0) / max(1, len(problem.teams))
        peaks = peaks_of(problem, self.plan)
        for team in range(len(problem.teams)):
            capacity, limit = problem.capacity[team], problem.limit[team]
            if asking[team]:
                effort, count = self._taken(team, standing[team])
                most: Any = capacity
                if weight:
                    most = peak = self._model.new_int_var(0, max(capacity, peaks[team]), f"peak{team}")
                    self._model.add_hint(peak, peaks[team])
                    self._terms.append((weight / max(1, capacity), peak))
                self._hold(asking[team], 0, effort, capacity, most)
                ones = [(n, 1) for n, _demand in asking[team]]
                self._hold(ones, problem.cool_down, count, limit, limit)
            elif weight:
                self._constant += weight * peaks[team] / max(1, capacity)

    def _taken(self, team: int, standing: Sequence[tuple[int, int]]) -> tuple[list[int], list[int]]:
        """Return what is taken of a team slot by slot by what has begun and by what keeps its place."""
        problem = self.problem
        effort, count = list(problem.taken_effort[team]), list(problem.taken_count[team])
        for n, demand in standing:
            start, end = self.plan.starts[n], self.plan.ends[n]
            clock = problem.clocks[problem.tasks[n].clock]
            worked = range(start, end) if clock.is_full else clock.at[clock.rank[start] : clock.rank[end]]
            for slot in worked:
                effort[slot] += demand
            until = clock.at[min(clock.rank[end] + problem.cool_down, len(clock.at)) - 1] + 1
            for slot in range(start, max(end, until)):
                count[slot] += 1
        return effort, count

    def _hold(
        self, asking: Sequence[tuple[int, int]], tail: int, taken: Sequence[int], capacity: int, most: Any
    ) -> None:
        """Keep demands, of so many slots after their ends too, and what is taken within what there is."""
        blocks = _blocks(taken, capacity, self.last + tail)
        is_bound = sum(demand for _n, demand in asking) + max((d for *_span, d in blocks), default=0) > capacity
        if not is_bound and most is capacity:
            return
        intervals = [self._interval(n, tail) for n, _demand in asking]
        intervals += [self._model.new_fixed_size_interval_var(a, b - a, "") for a, b, _d in blocks]
        demands = [demand for _n, demand in asking] + [d for *_span, d in blocks]
        if most is capacity and all(2 * demand > capacity for demand in demands):
            self._model.add_no_overlap(intervals)
        else:
            self._model.add_cumulative(intervals, demands, most)

    def _interval(self, n: int, tail: int) -> Any:
        start, size, end = self.starts[n], self._sizes[n], self.ends[n]
        if n in self._kept:
            return self._model.new_optional_interval_var(start, size + tail, end + tail, self._kept[n], f"i{n}+{tail}")
        return self._model.new_interval_var(start, size + tail, end + tail, f"i{n}+{tail}")

    def _keep_dues(self) -> None:
        """Keep what must be kept; where the plan does not yet, being less late comes before all else."""
        for n in sorted(self.free):
            due = self.problem.due(n)
            if due is None:
                continue
            rule = self._model.add(self.ends[n] <= due)
            if n in self._kept:
                rule.only_enforce_if(self._kept[n])
            elif self.plan.ends[n] > due:
                is_kept = self._model.new_bool_var("")
                rule.only_enforce_if(is_kept)
                late = self._model.new_int_var(0, max(0, self.last - due), f"late{n}")
                self._model.add(late >= self.ends[n] - due)
                self._penalties.append((_LATE, late))

    def _measure(self) -> None:
        """Add what is asked for as terms, that of what keeps its place as a constant."""
        weights = self.aim.weights
        if weight := weights.get(Objective.VALUE):
            self._measure_value(weight)
        if weight := weights.get(Objective.STABILITY):
            self._measure_moves(weight)
        if weight := weights.get(Objective.MAKESPAN):
            self._measure_length(weight)

    def _measure_value(self, weight: float) -> None:
        for n, task in enumerate(self.problem.tasks):
            if n not in self.free:
                self._constant += weight * task.worth * max(0, self.plan.ends[n])
            elif task.worth:
                self._terms.append((weight * task.worth, self._counted(n, self.ends[n])))

    def _measure_moves(self, weight: float) -> None:
        for n, task in enumerate(self.problem.tasks):
            if not task.initiative_id:
                continue
            if n not in self.free:
                self._constant += weight * (abs(self.plan.starts[n] - task.now) if self.plan.starts[n] >= 0 else 0)
                continue
            move = self._model.new_int_var(0, max(self.last, task.now), f"m{n}")
            self._model.add_abs_equality(move, self.starts[n] - task.now)
            self._terms.append((weight, self._counted(n, move)))

    def _measure_length(self, weight: float) -> None:
        first = first_slot(self.problem)
        standing = max((end for n, end in enumerate(self.plan.ends) if n not in self.free), default=0)
        whole = self._model.new_int_var(max(first, standing), max(self.last, standing), "end")
        for n in sorted(self.free):
            rule = self._model.add(whole >= self.ends[n])
            if n in self._kept:
                rule.only_enforce_if(self._kept[n])
        self._constant -= weight * first
        self._terms.append((weight, whole))

    def _counted(self, n: int, what: Any) -> Any:
        """Return a variable of at least a measure of a task that is kept; nothing where it is left out."""
        if n not in self._kept:
            return what
        counted = self._model.new_int_var(0, self.last + self.problem.tasks[n].now, f"v{n}")
        self._model.add(counted >= what).only_enforce_if(self._kept[n])
        return counted

    def _minimize(self) -> None:
        """Count weights in whole numbers, never more than they are: the bound stays one."""
        greatest = max((weight for weight, _what in self._terms), default=1.0)
        self._scale = _STEPS / greatest if greatest > 0 else 1.0
        whole = [(math.floor(weight * self._scale), what) for weight, what in self._terms]
        above = sum(weight for weight, _what in whole) * (self.last + 1) + 1
        worth = max((task.worth for task in self.problem.tasks), default=0.0) or 1.0
        absences = [
            (1 + round(_WORTH_STEPS * self.problem.tasks[n].worth / worth), kept.negated())
            for n, kept in self._kept.items()
        ]
        self._model.minimize(
            sum(weight * what for weight, what in whole)
            + above * sum(weight * what for weight, what in (*absences, *self._penalties))
        )


_WORTH_STEPS: Final = 10_000
_LATE: Final = 10 * _WORTH_STEPS
"""A slot past what must be kept weighs more than leaving out what is worth most."""


def _blocks(taken: Sequence[int], most: int, last: int) -> list[tuple[int, int, int]]:
    """Return stretches of equal taking, (from, to, how much), never more than `most`."""
    found: list[tuple[int, int, int]] = []
    for slot in range(min(last, len(taken))):
        amount = min(taken[slot], most)
        if found and found[-1][1] == slot and found[-1][2] == amount:
            found[-1] = (found[-1][0], slot + 1, amount)
        elif amount:
            found.append((slot, slot + 1, amount))
    return found
