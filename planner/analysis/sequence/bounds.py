"""How good any plan can be: a bound nothing beats, so that the gap told to a coach is honest, and an order worth trying.

The relaxation lets work be split and shared out over stretches of slots, narrow at first and wider later. Work that is
not split ends half its length after its mean moment of work (Goemans et al., "Single machine scheduling with release
dates", 2002), which is linear in what each stretch holds of it; what a stretch hides of the mean is taken off, so that
wide stretches stay valid.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from planner.analysis.sequence.placing import earliest
from planner.analysis.sequence.problem import Problem

_ROUNDING: Final = 1e-5
"""What an interior point leaves uncertain of an optimum, taken off the bound."""


_GROWTH: Final = 4.0
"""The last stretch is so many times as wide as the first."""

_PARTS: Final = (0, 1, 2)
"""What demands are rounded to, besides themselves (0): one or two to a team at once."""


_ALPHAS: Final = (0.1, 0.25, 0.5, 0.75, 0.9)


@dataclass(frozen=True, slots=True)
class Relaxed:
    """A bound on the weighted ends (in their unit), and the mean slot of work of each task: orders worth placing.

    `moments` holds, for several shares of each task's work, the slots at which so much of it is done (alpha points).
    """

    bound: float
    means: tuple[float, ...]
    moments: tuple[tuple[float, ...], ...]


def relax(
    problem: Problem, weights: Sequence[float], heads: Sequence[int], latest: int, *, cells: int, seconds: float
) -> Relaxed | None:
    """Return the relaxation of the sum of weights times ends; None where the time ran out.

    `heads` are the first slots tasks can start on by what they wait for; work after `latest` is counted as done there.
    `cells` is how many shares of work in stretches the relaxation may have, more or less.
    """
    return _Relaxation(problem, weights, heads, latest, cells).solved(seconds)


def stretches(latest: int, count: int, growth: float) -> list[int]:
    """Return the edges of about `count` stretches from slot 0 to `latest`, the last one `growth` times the first."""
    widths = [1 + (growth - 1) * n / max(1, count - 1) for n in range(count)]
    scale = latest / sum(widths)
    edges, at = [0], 0.0
    for width in widths:
        at += width * scale
        edges.append(max(edges[-1] + 1, round(at)))
    return edges


def heads_of(problem: Problem) -> tuple[int, ...]:
    """Return the first slot each task can start on with teams that have no limits: nobody can start it earlier."""
    starts, ends = [0] * len(problem.tasks), [0] * len(problem.tasks)
    for n in problem.order:
        pin = problem.tasks[n].pin
        starts[n] = earliest(problem, n, starts, ends) if pin is None else pin
        ends[n] = problem.end_of(n, starts[n])
    return tuple(starts)


def load_bound(problem: Problem) -> float:
    """Return the load no plan that ends by the problem's horizon is below: each team's work spread over all there is."""
    total = 0.0
    for team, capacity in enumerate(problem.capacity):
        asked = [(task.duration, demand) for task in problem.tasks for one, demand in task.demands if one == team]
        taken = problem.taken_effort[team]
        slots = len(problem.days) if problem.horizon is None else problem.horizon
        work = sum(duration * demand for duration, demand in asked) + sum(taken[:slots])
        peak = max([max(taken, default=0), work / max(1, slots), *(demand for _duration, demand in asked)])
        total += peak / capacity if capacity else 0.0
    return total / max(1, len(problem.teams))


class _Rows:
    """Rows of a linear model, collected as triplets."""

    def __init__(self) -> None:
        self.low: list[float] = []
        self.high: list[float] = []
        self.rows: list[int] = []
        self.columns: list[int] = []
        self.values: list[float] = []

    def add(self, terms: Sequence[tuple[int, float]], low: float, high: float) -> None:
        """Keep the sum of terms (column, coefficient; ascending columns) between two values."""
        row = len(self.low)
        self.low.append(low)
        self.high.append(high)
        for column, value in terms:
            self.rows.append(row)
            self.columns.append(column)
            self.values.append(value)


class _Relaxation:
    """One relaxation on its way to the solver."""

    def __init__(
        self, problem: Problem, weights: Sequence[float], heads: Sequence[int], latest: int, cells: int
    ) -> None:
        self.problem, self.weights, self.heads, self.latest = problem, weights, heads, latest
        self.moving = [n for n, task in enumerate(problem.tasks) if task.duration and task.pin is None]
        mean_head = sum(heads[n] for n in self.moving) / max(1, len(self.moving))
        share = max(0.1, 1 - mean_head / max(1, latest))
        count = max(8, min(latest, round(cells / max(1, len(self.moving)) / share)))
        self.edges = stretches(latest, count, _GROWTH)
        self.low: list[float] = []
        self.high: list[float] = []
        self.rows = _Rows()
        self.share: dict[int, dict[int, int]] = {}
        self.end: dict[int, int] = {}

    def solved(self, seconds: float) -> Relaxed | None:
        """Return what the solver makes of it."""
        from ortools.math_opt.python import mathopt  # type: ignore[import-untyped]  # noqa: PLC0415  loaded when used

        if not self.moving:
            return None
        self._share_out()
        self._end()
        self._keep_waits()
        model = mathopt.Model.from_model_proto(self._proto())
        parameters = mathopt.SolveParameters(
            time_limit=timedelta(seconds=seconds), lp_algorithm=mathopt.LPAlgorithm.BARRIER, enable_output=False
        )
        found = mathopt.solve(model, mathopt.SolverType.HIGHS, params=parameters)
        if found.termination.reason is not mathopt.TerminationReason.OPTIMAL:
            return None
        return self._read(found)

    def _variable(self, low: float, high: float) -> int:
        self.low.append(low)
        self.high.append(high)
        return len(self.low) - 1

    def _share_out(self) -> None:
        """Let each task do its work in stretches from its head on, and teams no more in each than they have."""
        problem, edges = self.problem, self.edges
        for n in self.moving:
            task, head = problem.tasks[n], self.heads[n]
            mine = self.share[n] = {}
            for b in range(len(edges) - 1):
                room = edges[b + 1] - max(edges[b], head)
                if room > 0:
                    mine[b] = self._variable(0.0, min(room, task.duration))
            # What comes after the last edge counts as if it were done there: no plan is left out.
            mine[len(edges) - 1] = self._variable(0.0, task.duration)
            self.rows.add([(column, 1.0) for column in mine.values()], task.duration, task.duration)
        for team in range(len(problem.teams)):
            asked = [(n, d) for n in self.moving for t, d in problem.tasks[n].demands if t == team]
            capacity, taken = problem.capacity[team], problem.taken_effort[team]
            seen = set()
            for parts in _PARTS:
                shares = [(n, _dual_feasible(d, capacity, parts)) for n, d in asked]
                if tuple(shares) in seen:
                    continue
                seen.add(tuple(shares))
                self._team(shares, [_dual_feasible(min(one, capacity), capacity, parts) for one in taken])
            if len(asked) > problem.limit[team]:
                limit = problem.limit[team]
                self._team([(n, 1 / limit) for n, _d in asked], [one / limit for one in problem.taken_count[team]])

    def _team(self, shares: Sequence[tuple[int, float]], taken: Sequence[float]) -> None:
        """Keep what tasks take of a team within each stretch, in shares of all it has, beside what is taken already."""
        edges = self.edges
        shares = [(n, share) for n, share in shares if share > 0]
        for b in range(len(edges) - 1):
            terms = sorted((self.share[n][b], share) for n, share in shares if b in self.share[n])
            if not terms:
                continue
            offered = (edges[b + 1] - edges[b]) - sum(
                min(1.0, taken[slot]) for slot in range(edges[b], min(edges[b + 1], len(taken)))
            )
            if sum(self.high[c] * v for c, v in terms) > offered:
                self.rows.add(terms, -math.inf, max(0.0, offered))

    def _end(self) -> None:
        """End each task half its length after its mean moment of work, and its whole length after its head."""
        edges, last = self.edges, len(self.edges) - 1
        for n in self.moving:
            length = self.problem.tasks[n].duration
            plain = self.problem.clocks[self.problem.tasks[n].clock].is_full
            hidden = [_hidden(length, edges[b + 1] - edges[b], plain=plain) for b in self.share[n] if b < last]
            starts = [edges[b] for b in self.share[n] if b < last]
            base = hidden[0]
            slope = max([0.0, *((h - base) / a for h, a in zip(hidden, starts, strict=True) if a > 0)])
            end = self.end[n] = self._variable(self.heads[n] + length, math.inf)
            terms = [
                (column, -((edges[b] + edges[b + 1]) / 2 if b < last else float(edges[b])) / length)
                for b, column in self.share[n].items()
            ]
            self.rows.add([*terms, (end, 1.0 + slope)], length / 2 - base, math.inf)

    def _keep_waits(self) -> None:
        problem, edges = self.problem, self.edges
        last = len(edges) - 1
        for n in self.moving:
            task = problem.tasks[n]
            for wait in problem.waits[n]:
                m = wait.predecessor
                if wait.from_start or wait.to_finish or m not in self.end:
                    continue
                plain = problem.clocks[task.clock].is_full
                lag = wait.lag if plain else min(wait.lag, 0)
                self.rows.add(sorted([(self.end[m], -1.0), (self.end[n], 1.0)]), task.duration + lag, math.inf)
                if lag < 0:
                    continue
                before = problem.tasks[m].duration
                back = min(task.duration, before) + lag
                reached = 0
                for b in self.share[n]:
                    if b == last:
                        break
                    at = edges[b + 1] - back
                    while reached < last and edges[reached] < at:
                        reached += 1
                    # By the end of stretch b no more of this is done than of the other by the edge at or after `at`.
                    mine = [(c, 1 / task.duration) for k, c in self.share[n].items() if k <= b]
                    others = [(c, -1 / before) for k, c in self.share[m].items() if k < reached]
                    self.rows.add(sorted([*mine, *others]), -math.inf, 0.0)

    def _proto(self) -> Any:
        from ortools.math_opt import model_pb2  # type: ignore[import-untyped]  # noqa: PLC0415  loaded when used

        proto = model_pb2.ModelProto()
        columns, rows = len(self.low), self.rows
        proto.variables.ids.extend(range(columns))
        proto.variables.lower_bounds.extend(self.low)
        proto.variables.upper_bounds.extend(self.high)
        proto.variables.integers.extend([False] * columns)
        weighed = [(self.end[n], self.weights[n]) for n in self.moving if self.weights[n]]
        proto.objective.linear_coefficients.ids.extend(column for column, _w in weighed)
        proto.objective.linear_coefficients.values.extend(weight for _c, weight in weighed)
        proto.linear_constraints.ids.extend(range(len(rows.low)))
        proto.linear_constraints.lower_bounds.extend(rows.low)
        proto.linear_constraints.upper_bounds.extend(rows.high)
        matrix = proto.linear_constraint_matrix
        matrix.row_ids.extend(rows.rows)
        matrix.column_ids.extend(rows.columns)
        matrix.coefficients.extend(rows.values)
        return proto

    def _read(self, found: Any) -> Relaxed:
        values = found.variable_values()
        by_id = {variable.id: value for variable, value in values.items()}
        means = [float(head) for head in self.heads]
        last = len(self.edges) - 1
        for n, mine in self.share.items():
            moment = sum(
                ((self.edges[b] + self.edges[b + 1]) / 2 if b < last else self.edges[b]) * by_id[column]
                for b, column in mine.items()
            )
            means[n] = moment / self.problem.tasks[n].duration
        settled = sum(
            weight * self.problem.end_of(n, self.heads[n])
            for n, weight in enumerate(self.weights)
            if n not in self.share
        )
        moments = tuple(tuple(self._moment(by_id, n, share) for n in range(len(means))) for share in _ALPHAS)
        value = found.termination.objective_bounds.dual_bound
        return Relaxed(bound=settled + value - abs(value) * _ROUNDING, means=tuple(means), moments=moments)

    def _moment(self, by_id: Mapping[int, float], n: int, share: float) -> float:
        """Return the slot at which a share of a task's work is done."""
        if n not in self.share:
            return float(self.heads[n])
        left = share * self.problem.tasks[n].duration
        for b, column in self.share[n].items():
            done = by_id[column]
            if done >= left:
                first, width = self.edges[b], (self.edges[b + 1] - self.edges[b] if b + 1 < len(self.edges) else 0)
                return first + width * left / done if done > 0 else float(first)
            left -= done
        return float(self.edges[-1])


def _hidden(length: int, width: int, *, plain: bool) -> float:
    """Return by how much a stretch may hide the mean moment of work that ends in it (with rests within: not `plain`)."""
    if not plain:
        return width / 2
    most = min(length, width / 2)
    return most * (width - most) / (2 * length)


def _dual_feasible(demand: int, capacity: int, parts: int) -> float:
    """Return what a demand counts of 1: what fits beside each other never counts more (Fekete and Schepers, 2001)."""
    if not parts or (demand * (parts + 1)) % capacity == 0:
        return demand / capacity
    return (demand * (parts + 1) // capacity) / parts
