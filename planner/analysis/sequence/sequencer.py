"""The best order found within a time: many plans placed by rule and chance, then CP-SAT from the best of them.

What is given back is always a placed plan (`placing`), so that it keeps to everything exactly; the solver works on the
same problem, and its order is placed once more. The bound is what the solver proved no plan can be below; where work
rests on days on which other work does not, the solver's picture is a little stricter than the truth, so that it proves
nothing there and the bound is that of the longest chain of waits.
"""

from __future__ import annotations

import enum
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from planner.analysis.sequence.placing import Placement, justify, place
from planner.analysis.sequence.problem import Problem

_SAMPLING_SHARE: Final = 0.15
"""Of the time asked for, at most this much goes into plans placed by chance."""

_MOST_SAMPLES: Final = 2_000
_NOISE: Final = 0.3


class Objective(enum.Enum):
    """What a plan is measured by; of each, less is better."""

    VALUE = "value"
    MAKESPAN = "makespan"
    STABILITY = "stability"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the sequencer: `seconds` it may take at most, `workers` of the solver, `seed` of all chance."""

    objective: Objective
    seconds: float = 10.0
    workers: int = 2
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Found:
    """The best plan found, its measure and what no plan can be below, in the objective's own unit.

    Value is counted in worth times days, a makespan and moves in days.
    """

    placement: Placement
    value: float
    bound: float

    @property
    def is_optimal(self) -> bool:
        """Whether no plan is better."""
        return self.value <= self.bound + 1e-6

    @property
    def gap(self) -> float:
        """How much better a plan could be at most, as a share of this one's measure."""
        return max(0.0, (self.value - self.bound) / self.value) if self.value > 0 else 0.0


Watch = Callable[[Found], bool]
"""Told of every better plan or bound; true to go on, false to stop with the best so far."""


def keep_watch(_found: Found) -> bool:
    """Let the sequencer take its time."""
    return True


def measure(problem: Problem, placement: Placement, objective: Objective) -> float:
    """Return what a plan measures: worth times completion, its length, or the days it moves what is planned."""
    if objective is Objective.MAKESPAN:
        return max(placement.ends, default=0) - _first(problem)
    if objective is Objective.VALUE:
        return sum(task.worth * end for task, end in zip(problem.tasks, placement.ends, strict=True))
    moves = zip(problem.tasks, placement.starts, strict=True)
    return sum(abs(start - task.now) for task, start in moves if task.initiative_id)


def greedy(problem: Problem, objective: Objective) -> Placement:
    """Return the plan of one pass: by worth for value, by the longest chain for length, by today's order otherwise."""
    return place(problem, _rule(problem, objective))


def sequence(problem: Problem, asked: Asked, *, watch: Watch = keep_watch) -> Found:
    """Return the best plan found in the time asked for, told to `watch` on the way.

    The same problem, seed and number of workers give the same plan as long as the time is not what ends the search.
    """
    return _Search(problem, asked, watch).run()


class _Search:
    """One search: the best so far and what it is measured by."""

    def __init__(self, problem: Problem, asked: Asked, watch: Watch) -> None:
        self.problem, self.asked, self.watch = problem, asked, watch
        self.until = time.monotonic() + asked.seconds
        first = greedy(problem, asked.objective)
        self.best = Found(first, measure(problem, first, asked.objective), _bound(problem, asked.objective))
        self.goes_on = watch(self.best)

    def run(self) -> Found:
        """Search until the best is proven, the time is over or whoever watches has enough."""
        if self.problem.tasks and self.goes_on and not self.best.is_optimal:
            self._sample()
        if self.problem.tasks and self.goes_on and not self.best.is_optimal and time.monotonic() < self.until:
            self._solve()
        return self.best

    def take(self, placement: Placement) -> None:
        """Keep a plan where it is better than the best so far."""
        value = measure(self.problem, placement, self.asked.objective)
        if value < self.best.value:
            self.best = Found(placement, value, self.best.bound)
            self.goes_on = self.watch(self.best)

    def take_bound(self, bound: float) -> None:
        """Keep a bound where it is better than the one so far."""
        if bound > self.best.bound:
            self.best = Found(self.best.placement, self.best.value, min(bound, self.best.value))
            self.goes_on = self.watch(self.best)

    def _sample(self) -> None:
        """Place many plans whose priorities are stirred, justified where everybody works the same days."""
        problem, objective = self.problem, self.asked.objective
        draw = random.Random(self.asked.seed)  # noqa: S311  chance, not secrets
        until = time.monotonic() + self.asked.seconds * _SAMPLING_SHARE
        rule = _rule(problem, objective)
        shortens = objective is Objective.MAKESPAN and problem.is_plain
        for _ in range(_MOST_SAMPLES):
            if time.monotonic() > until or not self.goes_on or self.best.is_optimal:
                return
            spread = (max(rule) - min(rule)) * _NOISE
            placement = place(problem, [one + draw.uniform(0, spread) for one in rule])
            self.take(placement)
            if shortens:
                self.take(justify(problem, placement))
                rule = [-float(start) for start in self.best.placement.starts] if draw.random() < 0.5 else rule
            elif draw.random() < 0.5:
                rule = [-float(start) for start in self.best.placement.starts]

    def _solve(self) -> None:
        """Let CP-SAT look for better from the best so far."""
        from ortools.sat.python import cp_model  # noqa: PLC0415  loaded when used

        picture = _Picture(self.problem, self.asked.objective, self.best.placement)
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = max(0.01, self.until - time.monotonic())
        solver.parameters.num_workers = self.asked.workers
        solver.parameters.random_seed = self.asked.seed
        search = self

        class Listener(cp_model.CpSolverSolutionCallback):
            """Takes every plan the solver finds."""

            def on_solution_callback(self) -> None:
                """Place the plan anew: what the solver leaves open closes."""
                search.take(picture.placed([self.value(start) for start in picture.starts]))
                if problem_is_plain:
                    search.take_bound(picture.value_of(self.best_objective_bound))
                if not search.goes_on:
                    self.stop_search()

        problem_is_plain = self.problem.is_plain
        status = solver.solve(picture.model, Listener())
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            self.take(picture.placed([solver.value(start) for start in picture.starts]))
        if problem_is_plain and status in (cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.UNKNOWN):
            self.take_bound(picture.value_of(solver.best_objective_bound))


class _Picture:
    """The problem as CP-SAT reads it: an interval a task, teams as cumulative resources, worth in whole numbers."""

    def __init__(self, problem: Problem, objective: Objective, hint: Placement) -> None:
        from ortools.sat.python import cp_model  # noqa: PLC0415  loaded when used

        self.problem, self.objective = problem, objective
        self.model = model = cp_model.CpModel()
        self.first = _first(problem)
        last = max(*hint.ends, *(task.now for task in problem.tasks)) + 1
        if objective is not Objective.MAKESPAN:
            last = min(len(problem.days), last + last // 2)
        self.last = last
        self.starts: list[Any] = []
        self.ends: list[Any] = []
        self.sizes: list[Any] = []
        for number, task in enumerate(problem.tasks):
            start, size, end = self._bounds(number, task.release, task.pin)
            self.starts.append(start)
            self.sizes.append(size)
            self.ends.append(end)
            model.add_hint(start, hint.starts[number])
        self._keep_waits()
        self._keep_teams()
        self.scale = 1.0
        model.minimize(self._measured())

    def placed(self, starts: Sequence[int]) -> Placement:
        """Return the plan with the tasks placed in the order of the solver's starts."""
        return place(self.problem, [-float(start) for start in starts])

    def value_of(self, objective: float) -> float:
        """Return the solver's measure or bound in the objective's own unit."""
        return objective / self.scale - (self.first if self.objective is Objective.MAKESPAN else 0)

    def _bounds(self, number: int, release: int, pin: int | None) -> tuple[Any, Any, Any]:
        """Return start, length and end of a task: a length of its own where some slots rest."""
        model, task = self.model, self.problem.tasks[number]
        clock = self.problem.clocks[task.clock]
        if pin is not None:
            pinned_end = self.problem.end_of(number, pin)
            return model.new_constant(pin), pinned_end - pin, model.new_constant(pinned_end)
        if not task.duration or clock.is_full:
            start = model.new_int_var(release, max(release, self.last - task.duration), f"s{number}")
            return start, task.duration, start + task.duration
        from ortools.sat.python import cp_model  # noqa: PLC0415  loaded when used

        first, after = clock.rank[release], max(clock.rank[release] + 1, clock.rank[self.last] - task.duration + 1)
        ranks = range(first, min(after, len(clock.at) - task.duration + 1))
        starts, ends = [clock.at[k] for k in ranks], [clock.at[k + task.duration - 1] + 1 for k in ranks]
        rank = model.new_int_var(0, len(ranks) - 1, f"k{number}")
        start = model.new_int_var_from_domain(cp_model.Domain.from_values(starts), f"s{number}")
        end = model.new_int_var_from_domain(cp_model.Domain.from_values(ends), f"e{number}")
        model.add_element(rank, starts, start)
        model.add_element(rank, ends, end)
        size = model.new_int_var(task.duration, max(b - a for a, b in zip(starts, ends, strict=True)), f"d{number}")
        model.add(size == end - start)
        return start, size, end

    def _keep_waits(self) -> None:
        for number, waits in enumerate(self.problem.waits):
            for wait in waits:
                base = (self.starts if wait.from_start else self.ends)[wait.predecessor]
                held = (self.ends if wait.to_finish else self.starts)[number]
                self.model.add(held >= base + wait.lag)

    def _keep_teams(self) -> None:
        problem, model = self.problem, self.model
        intervals: dict[tuple[int, int], Any] = {}
        for team in range(len(problem.teams)):
            asking = [
                (n, demand)
                for n, task in enumerate(problem.tasks)
                for asked, demand in task.demands
                if asked == team and task.duration
            ]
            for tail in (0, problem.cool_down):
                for n, _demand in asking:
                    if (n, tail) not in intervals:
                        start, size, end = self.starts[n], self.sizes[n], self.ends[n]
                        intervals[n, tail] = model.new_interval_var(start, size + tail, end + tail, f"i{n}+{tail}")
            taken, capacity = problem.taken_effort[team], problem.capacity[team]
            blocks = _blocks(taken, capacity, self.last)
            if sum(demand for _n, demand in asking) + max((d for *_span, d in blocks), default=0) > capacity:
                fixed = [model.new_fixed_size_interval_var(a, b - a, f"t{team}@{a}") for a, b, _d in blocks]
                model.add_cumulative(
                    [intervals[n, 0] for n, _demand in asking] + fixed,
                    [demand for _n, demand in asking] + [d for *_span, d in blocks],
                    capacity,
                )
            counted = _blocks(problem.taken_count[team], problem.limit[team], self.last)
            if len(asking) + max((d for *_span, d in counted), default=0) > problem.limit[team]:
                fixed = [model.new_fixed_size_interval_var(a, b - a, f"c{team}@{a}") for a, b, _d in counted]
                model.add_cumulative(
                    [intervals[n, problem.cool_down] for n, _demand in asking] + fixed,
                    [1] * len(asking) + [d for *_span, d in counted],
                    problem.limit[team],
                )

    def _measured(self) -> Any:
        model, tasks = self.model, self.problem.tasks
        if self.objective is Objective.MAKESPAN:
            end = model.new_int_var(0, self.last, "end")
            model.add_max_equality(end, self.ends)
            return end
        if self.objective is Objective.VALUE:
            self.scale = _WORTH_STEPS / max((task.worth for task in tasks), default=1.0) if tasks else 1.0
            return sum(round(task.worth * self.scale) * end for task, end in zip(tasks, self.ends, strict=True))
        moves = []
        for number, (task, start) in enumerate(zip(tasks, self.starts, strict=True)):
            if task.initiative_id:
                move = model.new_int_var(0, self.last, f"m{number}")
                model.add_abs_equality(move, start - task.now)
                moves.append(move)
        return sum(moves)


_WORTH_STEPS: Final = 1_000
"""Steps in which the greatest worth is counted by the solver."""


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


def _first(problem: Problem) -> int:
    """Return the first slot anything may start on: what a plan's length is counted from."""
    return min((task.release for task in problem.tasks), default=0)


def _rule(problem: Problem, objective: Objective) -> list[float]:
    """Return the priority of each task: what it unlocks counts for what is waited for."""
    tasks = problem.tasks
    if objective is Objective.STABILITY:
        return [-float(task.now) for task in tasks]
    tails = [float(task.duration) for task in tasks]
    worth = [task.worth / max(1, task.duration) for task in tasks]
    for n in reversed(problem.order):
        for wait in problem.waits[n]:
            m = wait.predecessor
            tails[m] = max(tails[m], tails[n] + wait.lag + tasks[m].duration)
            worth[m] = max(worth[m], worth[n])
    return tails if objective is Objective.MAKESPAN else worth


def _bound(problem: Problem, objective: Objective) -> float:
    """Return what no plan can be below by releases and waits alone."""
    if objective is Objective.STABILITY or not problem.tasks:
        return 0.0
    free = _unlimited(problem)
    return measure(problem, free, objective)


def _unlimited(problem: Problem) -> Placement:
    """Return the plan of teams without limits: nobody can start anything earlier."""
    from planner.analysis.sequence.placing import earliest  # noqa: PLC0415  beside its only use

    starts, ends = [0] * len(problem.tasks), [0] * len(problem.tasks)
    for n in problem.order:
        pin = problem.tasks[n].pin
        starts[n] = earliest(problem, n, starts, ends) if pin is None else pin
        ends[n] = problem.end_of(n, starts[n])
    return Placement(tuple(starts), tuple(ends))
