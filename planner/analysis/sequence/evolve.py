"""Shorter plans bred from each other: a hybrid genetic search for problems in which everybody works the same days.

After Valls, Ballestín and Quintanilla, "A hybrid genetic algorithm for the resource-constrained project scheduling
problem" (2008): plans are orders of tasks; a child takes a stretch in which its mother uses teams well and the order of
its father around it; every child is justified, late and then early. What all teams have left in a slot is packed into
one integer, a field a team with a guard bit above it, so that one subtraction tells whether a task fits.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Final

from planner.analysis.sequence.placing import Placement
from planner.analysis.sequence.problem import Problem

_POPULATION: Final = 100
_MUTATION: Final = 0.05
_PEAKS: Final = 4
_PATIENCE: Final = 1_500
_SHAKES: Final = (3, 6, 12, 20)
"""Places by which tasks of the best order are shaken when the search begins anew."""

_NOISE: Final = 0.3


def can_breed(problem: Problem) -> bool:
    """Return whether plans of a problem can be bred: same days for all, no rest after, nothing pinned or left out."""
    return (
        problem.is_plain
        and not problem.cool_down
        and problem.horizon is None
        and not problem.deadlines_are_hard
        and all(task.pin is None for task in problem.tasks)
    )


class Breeder:
    """Breeds plans of one problem; the same seed breeds the same ones."""

    def __init__(self, problem: Problem, *, seed: int) -> None:
        """Pack what teams have and tasks ask for."""
        self.problem = problem
        self._draw = random.Random(seed)  # noqa: S311  chance, not secrets
        self._decoder = _Decoder(problem)
        self._plans: list[tuple[int, list[int], list[int]]] = []
        self._seen: set[tuple[int, ...]] = set()
        self._fruitless = 0

    def found(self, priority: Sequence[float], goes_on: Callable[[], bool] = lambda: True) -> None:
        """Found the population: the plan by falling priority, and plans by priorities stirred by chance.

        There is one at least; `goes_on` is asked before each further one.
        """
        spread = (max(priority) - min(priority)) * _NOISE
        for count in range(2 * _POPULATION):
            if count and not goes_on():
                return
            keys = [one + (self._draw.uniform(0, spread) if count else 0.0) for one in priority]
            order = sorted(range(len(keys)), key=lambda n: -keys[n])
            self._let_in(self._decoder.topological(order))

    @property
    def best(self) -> Placement:
        """The shortest plan so far."""
        starts = self._plans[0][1]
        ends = tuple(start + length for start, length in zip(starts, self._decoder.length, strict=True))
        return Placement(tuple(starts), ends)

    def breed(self, count: int) -> None:
        """Breed so many children; where none gets better for long, go on with neighbours of the best alone."""
        for _ in range(count):
            before = self._plans[0][0]
            self._let_in(self._child())
            self._fruitless = 0 if self._plans[0][0] < before else self._fruitless + 1
            if self._fruitless > _PATIENCE:
                self._begin_anew()

    def _begin_anew(self) -> None:
        self._fruitless = 0
        best = self._plans[0]
        self._plans, self._seen = [best], {tuple(best[1])}
        for _ in range(_POPULATION):
            shake = self._draw.choice(_SHAKES)
            keys = [at + self._draw.uniform(0, shake) for at in range(len(best[2]))]
            self._let_in(self._decoder.topological([n for _key, n in sorted(zip(keys, best[2], strict=True))]))

    def _let_in(self, order: Sequence[int]) -> None:
        decoder = self._decoder
        starts = decoder.justified(decoder.decode(order))
        last = max(map(int.__add__, starts, decoder.length), default=0)
        plans = self._plans
        if len(plans) >= _POPULATION and last > plans[-1][0]:
            return
        key = tuple(starts)
        if key in self._seen:
            return
        self._seen.add(key)
        at = len(plans)
        while at and plans[at - 1][0] > last:
            at -= 1
        plans.insert(at, (last, starts, decoder.ordered(starts)))
        if len(plans) > _POPULATION:
            self._seen.discard(tuple(plans.pop()[1]))

    def _child(self) -> list[int]:
        draw = self._draw
        _end, starts, mother = draw.choice(self._plans)
        _end, _starts, father = draw.choice(self._plans)
        size = len(mother)
        first, after = self._peak(starts, mother)
        stretch = mother[first:after]
        kept = set(stretch)
        place = {n: at for at, n in enumerate(mother)}
        rest = [n for n in father if n not in kept]
        before = [n for n in rest if place[n] < first]
        behind = [n for n in rest if place[n] >= first]
        order = [*before, *stretch, *behind]
        chance, waited = draw.random, self._decoder.waited
        for at in range(size - 1):
            if chance() < _MUTATION and order[at] not in waited[order[at + 1]]:
                order[at], order[at + 1] = order[at + 1], order[at]
        return order

    def _peak(self, starts: Sequence[int], order: Sequence[int]) -> tuple[int, int]:
        """Return the stretch of an order that starts in the busiest of a few spans of its plan."""
        draw, busy = self._draw, self._decoder.busy
        last = max(starts) + 1
        best, found = -1.0, (0, len(order))
        for _ in range(_PEAKS):
            width = draw.uniform(0.25, 0.6) * last
            first = draw.uniform(0, last - width)
            members = [at for at, n in enumerate(order) if first <= starts[n] < first + width]
            use = sum(busy[order[at]] for at in members) / width
            if members and use > best:
                best, found = use, (members[0], members[-1] + 1)
        return found


class _Decoder:
    """Turns orders of tasks into starts; holds what is the same for every order."""

    def __init__(self, problem: Problem) -> None:
        tasks = problem.tasks
        self.length = [task.duration for task in tasks]
        self.release = [task.release for task in tasks]
        self.before: list[list[tuple[int, int]]] = [[] for _ in tasks]
        self.after: list[list[tuple[int, int]]] = [[] for _ in tasks]
        for n, waits in enumerate(problem.waits):
            for wait in waits:
                m = wait.predecessor
                apart = (0 if wait.from_start else self.length[m]) + wait.lag
                apart -= self.length[n] if wait.to_finish else 0
                self.before[n].append((m, apart))
                self.after[m].append((n, apart))
        self.waited = [frozenset(m for m, _apart in held) for held in self.before]
        # Where each task follows the ends of all it waits for, orders by start or by end are orders it can be placed in.
        self._follows = all(apart >= self.length[m] for held in self.before for m, apart in held)
        self._rank = {n: rank for rank, n in enumerate(problem.order)}
        self.need = [0] * len(tasks)
        self.busy = [0.0] * len(tasks)
        self.guard = offer = shift = 0
        taken: list[int] = [0] * len(problem.days)
        for team, capacity in enumerate(problem.capacity):
            asked = [(n, d) for n, task in enumerate(tasks) for one, d in task.demands if one == team and task.duration]
            effort, count = problem.taken_effort[team], problem.taken_count[team]
            fields = [(capacity, asked, effort), (problem.limit[team], [(n, 1) for n, _d in asked], count)]
            for most, demands, used in fields:
                if sum(d for _n, d in demands) + max(used, default=0) <= most:
                    continue
                for n, demand in demands:
                    self.need[n] |= demand << shift
                    self.busy[n] += demand * self.length[n] / most
                for slot, amount in enumerate(used):
                    taken[slot] += min(amount, most) << shift
                offer |= most << shift
                shift += most.bit_length() + 1
                self.guard |= 1 << (shift - 1)
        self._left = [offer + self.guard - amount for amount in taken]
        self._free = offer + self.guard

    def decode(self, order: Sequence[int]) -> list[int]:
        """Return starts as early as may be, each task of the order (after all it waits for) in turn."""
        left, guard = self._left.copy(), self.guard
        starts = [0] * len(self.length)
        length_of, need_of, before, release = self.length, self.need, self.before, self.release
        for n in order:
            start = release[n]
            for m, apart in before[n]:
                at = starts[m] + apart
                start = max(start, at)
            need = need_of[n]
            if need:
                length = length_of[n]
                end, free = start + length, start
                slot = end - 1
                while slot >= free:
                    if (left[slot] - need) & guard != guard:
                        start, free = slot + 1, end
                        end = start + length
                        slot = end
                    slot -= 1
                for slot in range(start, end):
                    left[slot] -= need
            starts[n] = start
        return starts

    def justified(self, starts: list[int]) -> list[int]:
        """Return a plan pushed late and early again: never longer, often shorter."""
        length, rank = self.length, self._rank
        last = max(map(int.__add__, starts, length), default=0)
        backward = sorted(range(len(starts)), key=lambda n: (-starts[n] - length[n], -rank[n]))
        late = self._decode_late(backward if self._follows else self.topological(backward, late=True), last)
        if late is None:
            return starts
        found = self.decode(self.ordered(late))
        return found if max(map(int.__add__, found, length), default=0) <= last else starts

    def _decode_late(self, order: list[int], last: int) -> list[int] | None:
        """Return starts as late as may be before `last`; None where one would start before it may."""
        left, guard = self._left[:last], self.guard
        starts = [0] * len(order)
        length_of, need_of, after = self.length, self.need, self.after
        for n in order:
            length, need = length_of[n], need_of[n]
            start = last - length
            for m, apart in after[n]:
                at = starts[m] - apart
                start = min(start, at)
            if need:
                free = start + length
                slot = start
                while slot < free and start >= 0:
                    if (left[slot] - need) & guard != guard:
                        free, start = start, slot - length
                        slot = start - 1
                    slot += 1
            if start < self.release[n]:
                return None
            if need:
                for slot in range(start, start + length):
                    left[slot] -= need
            starts[n] = start
        return starts

    def ordered(self, starts: Sequence[int]) -> list[int]:
        """Return the tasks by their starts, each after all it waits for."""
        rank = self._rank
        order = sorted(range(len(starts)), key=lambda n: (starts[n], rank[n]))
        return order if self._follows else self.topological(order)

    def topological(self, order: list[int], *, late: bool = False) -> list[int]:
        """Return an order with each task moved behind all it waits for (`late`: all that wait for it)."""
        edges = self.after if late else self.before
        placed = [False] * len(order)
        found: list[int] = []
        for first in order:
            if placed[first]:
                continue
            stack = [first]
            while stack:
                n = stack[-1]
                missing = [m for m, _apart in edges[n] if not placed[m]]
                if missing:
                    stack.extend(missing)
                    continue
                stack.pop()
                if not placed[n]:
                    placed[n] = True
                    found.append(n)
        return found
