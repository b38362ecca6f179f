"""Which tasks to free together while the rest of a plan stands: near in time, of the same teams, or linked.

Large-neighbourhood search (Shaw, 1998) gains where what is freed can change places; of tasks that share neither days nor
teams, none can.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from planner.analysis.sequence.placing import Placement
from planner.analysis.sequence.problem import Problem

_JITTER = 5.0
"""Slots by which starts are shaken before a window of them is taken."""

_APART = 60.0
"""Slots that a task of other teams counts as further away."""


class Neighbourhoods:
    """Draws sets of tasks of one problem; the same seed draws the same ones."""

    def __init__(self, problem: Problem, *, seed: int) -> None:
        """Look up who shares teams."""
        self._problem = problem
        self._draw = random.Random(seed)  # noqa: S311  chance, not secrets
        self._movable = [n for n, task in enumerate(problem.tasks) if task.pin is None]
        self._teams = [frozenset(team for team, _demand in task.demands) for task in problem.tasks]
        self._members: list[list[int]] = [[] for _ in problem.teams]
        for n in self._movable:
            for team in self._teams[n]:
                self._members[team].append(n)

    def draw(self, plan: Placement, size: int) -> list[int]:
        """Return about `size` tasks of a plan that may change places."""
        if size >= len(self._movable):
            return self._movable
        way = self._draw.random()
        if way < 0.5:
            return self._window(plan, self._movable, size)
        if way < 0.8 and len(self._members) > 1:
            return self._window(plan, self._of_teams(size), size)
        return self._around(plan, size)

    def _window(self, plan: Placement, tasks: Sequence[int], size: int) -> list[int]:
        """Return tasks that start after each other; what is left out comes along as if it started anywhere."""
        last = max(plan.ends, default=0)
        shaken = {
            n: (plan.starts[n] + self._draw.uniform(0, _JITTER) if plan.starts[n] >= 0 else self._draw.uniform(0, last))
            for n in tasks
        }
        ordered = sorted(tasks, key=shaken.__getitem__)
        first = self._draw.randint(0, max(0, len(ordered) - size))
        return ordered[first : first + size]

    def _of_teams(self, size: int) -> list[int]:
        found: dict[int, None] = {}
        teams = list(range(len(self._members)))
        self._draw.shuffle(teams)
        for team in teams:
            found.update(dict.fromkeys(self._members[team]))
            if len(found) >= size:
                break
        return list(found)

    def _around(self, plan: Placement, size: int) -> list[int]:
        centre = self._draw.choice(self._movable)
        start, teams = plan.starts[centre], self._teams[centre]

        def distance(n: int) -> float:
            return abs(plan.starts[n] - start) + (0.0 if self._teams[n] & teams else _APART)

        return sorted(self._movable, key=distance)[:size]
