"""What a plan is measured by, alone or in a mix, and how two plans compare.

Whatever is asked for, what must be kept comes first: a plan that misses hard deadlines by less is better than any that
misses them by more, and one that leaves less worth out is better than any that leaves out more.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from planner.analysis.sequence.placing import Placement
from planner.analysis.sequence.problem import Problem


class Objective(enum.Enum):
    """What a plan is measured by; of each, less is better."""

    VALUE = "value"
    MAKESPAN = "makespan"
    LOAD = "load"
    STABILITY = "stability"


def first_slot(problem: Problem) -> int:
    """Return the first slot anything may start on: what a plan's length is counted from."""
    return min((task.release for task in problem.tasks), default=0)


def _value(problem: Problem, placement: Placement) -> float:
    ended = zip(problem.tasks, placement.ends, strict=True)
    return sum(task.worth * end for task, end in ended if end >= 0)


def _makespan(problem: Problem, placement: Placement) -> float:
    return max(0, max(placement.ends, default=0) - first_slot(problem))


def _load(problem: Problem, placement: Placement) -> float:
    peaks = peaks_of(problem, placement)
    return sum(peak / most for peak, most in zip(peaks, problem.capacity, strict=True) if most) / max(1, len(peaks))


def _stability(problem: Problem, placement: Placement) -> float:
    moves = zip(problem.tasks, placement.starts, strict=True)
    return sum(abs(start - task.now) for task, start in moves if task.initiative_id and start >= 0)


_MEASURES: Final[Mapping[Objective, Callable[[Problem, Placement], float]]] = {
    Objective.VALUE: _value,
    Objective.MAKESPAN: _makespan,
    Objective.LOAD: _load,
    Objective.STABILITY: _stability,
}


def measure(problem: Problem, placement: Placement, objective: Objective) -> float:
    """Return what a plan measures.

    Value is worth times end, summed, a makespan the days from first to last, stability the days moved, all in slots;
    load the mean over teams of their busiest day, as a share of what they have. What is left out counts nothing.
    """
    return _MEASURES[objective](problem, placement)


def peaks_of(problem: Problem, placement: Placement) -> list[int]:
    """Return what the busiest slot of each team asks of it, in parts of a person-day."""
    steps: list[dict[int, int]] = [{} for _ in problem.teams]
    for n, task in enumerate(problem.tasks):
        start, end = placement.starts[n], placement.ends[n]
        if start < 0 or end <= start:
            continue
        for team, demand in task.demands:
            steps[team][start] = steps[team].get(start, 0) + demand
            steps[team][end] = steps[team].get(end, 0) - demand
    return [_peak(step, taken) for step, taken in zip(steps, problem.taken_effort, strict=True)]


def _peak(steps: Mapping[int, int], taken: tuple[int, ...]) -> int:
    highest = max(taken, default=0)
    if not steps:
        return highest
    level = 0
    slots = sorted(steps)
    for slot, after in zip(slots, [*slots[1:], slots[-1]], strict=True):
        level += steps[slot]
        if level:
            highest = max(highest, level + max(taken[slot:after], default=0))
    return highest


@dataclass(frozen=True, slots=True, order=True)
class Cost:
    """How good a plan is, less is better, the first that differs decides.

    `late` are the slots past what must be kept, `worth` and `count` what is left out, `value` what is asked for.
    """

    late: int
    worth: float
    count: int
    value: float


@dataclass(frozen=True, slots=True)
class Aim:
    """What is asked for: the weight of a unit of each objective's measure."""

    weights: Mapping[Objective, float]

    def value(self, problem: Problem, placement: Placement) -> float:
        """Return the weighted measure of a plan."""
        return sum(weight * measure(problem, placement, one) for one, weight in self.weights.items())

    def cost(self, problem: Problem, placement: Placement) -> Cost:
        """Return how good a plan is."""
        late, worth, count = 0, 0.0, 0
        for n, (task, end) in enumerate(zip(problem.tasks, placement.ends, strict=True)):
            if end < 0:
                worth, count = worth + task.worth, count + 1
            elif (due := problem.due(n)) is not None and end > due:
                late += end - due
        return Cost(late, worth, count, self.value(problem, placement))


def aim_at(problem: Problem, shares: Mapping[Objective, float], first: Placement) -> Aim:
    """Return the aim of shares: one objective in its own unit, several as shares of what the `first` plan measures.

    A mix measures 1 for the first plan and 0.9 for one that is a tenth better. Where the first plan measures nothing
    of an objective, a unit of it counts as much as all.
    """
    asked = {one: share for one, share in shares.items() if share > 0}
    if len(asked) == 1:
        return Aim(dict.fromkeys(asked, 1.0))
    whole = sum(asked.values())
    return Aim({one: share / whole / (measure(problem, first, one) or 1.0) for one, share in asked.items()})
