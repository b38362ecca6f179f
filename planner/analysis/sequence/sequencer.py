"""The best order found within a time: rules and chance first, then the best of them improved part by part, and a bound.

What is given back is always a placed plan (`placing`), so that it keeps to everything exactly; solvers work on the same
problem, and their order is placed once more. The bound is what no plan can be below; where work rests on days on which
other work does not, CP-SAT's picture is a little stricter than the truth, so that it proves nothing there.

Parts end by counts of work that are the same on every machine; the clock steps in where a machine is too slow for them.
"""

from __future__ import annotations

import collections
import concurrent.futures
import dataclasses
import math
import queue
import random
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from planner.analysis.sequence.bounds import Relaxed, heads_of, load_bound, relax
from planner.analysis.sequence.evolve import Breeder, can_breed
from planner.analysis.sequence.model import Model, Solved
from planner.analysis.sequence.neighbourhoods import Neighbourhoods
from planner.analysis.sequence.objective import Objective, aim_at, first_slot, measure, peaks_of
from planner.analysis.sequence.placing import Placement, place
from planner.analysis.sequence.problem import Problem

__all__ = ["Asked", "Found", "Objective", "Watch", "greedy", "keep_watch", "measure", "sequence"]

_SAMPLES: Final = 20
_NOISE: Final = 0.3

_SMALL: Final = 40
"""Up to so many tasks plans are bred for a moment only and CP-SAT has the rest of the time: it proves most of them."""

_TASKS_BRED: Final = 60_000
"""Tasks placed in children a second on the machines we measured, at the least."""

_BROOD: Final = 20

_PROVABLE: Final = 40
"""Up to so many tasks CP-SAT is given all of them at once: it proves the best plan of most, in seconds."""

_WORK_A_PART: Final = 0.03
"""CP-SAT's own count of work after which a part is put back as good as it is."""

_WHOLE_WORK: Final = 0.6
_FEW_WORK: Final = 0.06
"""Such work a second asked for that goes into all tasks at once: all the time there is, and a third of it."""

_SECONDS_A_WORK: Final = 7.5
_SECONDS_A_TASK: Final = 0.0008
"""What such work, and a task of the whole plan, take in a round, in seconds on the machines we measured."""

_BUSY_SHARE: Final = 0.75
"""Of the time asked for, as much as the rounds may take by that count: the rest is for slower machines."""

_FIRST_PART: Final = 30.0
_LEAST_PART: Final = 10.0
_GROWS: Final = 1.08
_SHRINKS: Final = 0.9

_TICK: Final = 0.05
"""Seconds between two looks at whether to go on."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the sequencer: `seconds` it may take at most, `workers` side by side, `seed` of all chance.

    `beside` are the shares of further objectives in a mix in which the first has share 1.
    """

    objective: Objective
    seconds: float = 10.0
    workers: int = 2
    seed: int = 1
    beside: Mapping[Objective, float] = field(default_factory=dict)

    @property
    def shares(self) -> dict[Objective, float]:
        """Each objective's share."""
        return {**self.beside, self.objective: 1.0}


@dataclass(frozen=True, slots=True)
class Found:
    """The best plan found, its measure and what no plan can be below (0 where nothing is known).

    In the objective's own unit: worth times slots, slots, or shares of capacity; a mix in shares of the first plan's.
    `late` are the slots past what must be kept.
    """

    placement: Placement
    value: float
    bound: float
    late: int = 0

    @property
    def is_optimal(self) -> bool:
        """Whether no plan is better, to one part in ten thousand."""
        return not self.late and self.value <= self.bound * (1 + 1e-4) + 1e-6

    @property
    def gap(self) -> float:
        """How much better a plan could be at most, as a share of this one's measure."""
        return max(0.0, (self.value - self.bound) / self.value) if self.value > 0 else 0.0


Watch = Callable[[Found], bool]
"""Told of every better plan or bound, and now and then; true to go on, false to stop with the best so far."""


def keep_watch(_found: Found) -> bool:
    """Let the sequencer take its time."""
    return True


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
        self.asked, self.watch = asked, watch
        self.until = time.monotonic() + asked.seconds
        first = greedy(problem, asked.objective)
        if Objective.LOAD in asked.shares and problem.horizon is None:
            # Work spread ever thinner would load nobody: it ends by when the first plan does.
            problem = dataclasses.replace(problem, horizon=max(first.ends, default=0))
        self.problem = problem
        self.aim = aim_at(problem, asked.shares, first)
        self.cost = self.aim.cost(problem, first)
        self.heads = heads_of(problem)
        self.relaxing: _Relaxing | None = None
        self.is_bounded = not any(task.optional for task in problem.tasks)
        bound = self._simple_bound() if self.is_bounded else 0.0
        self.best = Found(first, self.cost.value, min(bound, self.cost.value), self.cost.late)
        self.goes_on = watch(self.best)

    def run(self) -> Found:
        """Search until the best is proven, the time is over or whoever watches has enough."""
        if not any(task.pin is None for task in self.problem.tasks):
            return self.best
        if self._may_go_on():
            with concurrent.futures.ThreadPoolExecutor(self.asked.workers) as self.pool:
                self._search()
        return self.best

    def _search(self) -> None:
        if self.asked.shares.keys() == {Objective.MAKESPAN}:
            self._shorten()
            return
        self.relaxing = self._relax() if self.is_bounded else None
        if self._may_go_on():
            self._stir()
        if len(self.problem.tasks) <= _PROVABLE:
            self._solve_whole(_FEW_WORK, workers=1)
        self._improve()
        if self.relaxing is not None:
            self._await(self.relaxing)

    def _may_go_on(self) -> bool:
        return self.goes_on and not self.best.is_optimal and time.monotonic() < self.until

    def _look_up(self) -> bool:
        """Tell whoever watches, and return whether to go on."""
        self.goes_on = self.goes_on and self.watch(self.best)
        return self._may_go_on()

    def take(self, placement: Placement) -> bool:
        """Keep a plan where it is better than the best so far; return whether it is."""
        cost = self.aim.cost(self.problem, placement)
        if cost >= self.cost:
            return False
        self.cost = cost
        self.best = Found(placement, cost.value, min(self.best.bound, cost.value), cost.late)
        self.goes_on = self.watch(self.best)
        return True

    def take_bound(self, bound: float) -> None:
        """Keep a bound where it is better than the one so far."""
        if bound > self.best.bound:
            self.best = dataclasses.replace(self.best, bound=min(bound, self.best.value))
            self.goes_on = self.watch(self.best)

    def _simple_bound(self) -> float:
        """Return what no plan can be below by releases, waits and the sum of work alone."""
        problem, weights = self.problem, self.aim.weights
        ends = [problem.end_of(n, start) for n, start in enumerate(self.heads)]
        whole = 0.0
        if weight := weights.get(Objective.VALUE):
            whole += weight * sum(task.worth * end for task, end in zip(problem.tasks, ends, strict=True))
        if weight := weights.get(Objective.MAKESPAN):
            whole += weight * (max(ends, default=0) - first_slot(problem))
        if weight := weights.get(Objective.STABILITY):
            heads = zip(problem.tasks, self.heads, strict=True)
            whole += weight * sum(max(0, head - task.now) for task, head in heads if task.initiative_id)
        if weight := weights.get(Objective.LOAD):
            whole += weight * load_bound(problem)
        return whole

    def _relax(self) -> _Relaxing | None:
        """Place plans by a coarse relaxation, and begin a fine one beside."""
        problem, weights = self.problem, self.aim.weights
        value, stability = weights.get(Objective.VALUE, 0.0), weights.get(Objective.STABILITY, 0.0)
        counts_moves = stability > 0 and problem.is_plain
        weighed = [
            value * task.worth + (stability if counts_moves and task.initiative_id else 0.0) for task in problem.tasks
        ]
        if not any(weighed):
            return None
        besides = 0.0
        if counts_moves:
            besides -= stability * sum(task.duration + task.now for task in problem.tasks if task.initiative_id)
        if weight := weights.get(Objective.MAKESPAN):
            besides += weight * measure(problem, Placement(self.heads, _ends(problem, self.heads)), Objective.MAKESPAN)
        if weight := weights.get(Objective.LOAD):
            besides += weight * load_bound(problem)
        latest, count = max(self.best.placement.ends), len(problem.tasks)

        def relaxed(cells: int) -> Relaxed | None:
            left = self.until - time.monotonic()
            return relax(problem, weighed, self.heads, latest, cells=cells, seconds=left) if left > 0 else None

        coarse = relaxed(600 + 4 * count)
        if coarse is not None:
            self.take_bound(coarse.bound + besides)
            for moments in (coarse.means, *coarse.moments):
                self.take(place(problem, [-moment for moment in moments]))
                halves = zip(moments, problem.tasks, strict=True)
                self.take(place(problem, [task.duration / 2 - moment for moment, task in halves]))
        return _Relaxing(lambda: relaxed(2_500 + 7 * count), besides)

    def _await(self, relaxing: _Relaxing) -> None:
        while self._may_go_on() and not relaxing.is_over(0.05):
            self.goes_on = self.watch(self.best)
        if relaxing.bound is not None:
            self.take_bound(relaxing.bound)

    def _stir(self) -> None:
        """Place plans whose priorities are stirred."""
        draw = random.Random(self.asked.seed)  # noqa: S311  chance, not secrets
        rule = _rule(self.problem, self.asked.objective)
        spread = (max(rule) - min(rule)) * _NOISE
        for _ in range(_SAMPLES):
            if not self._may_go_on():
                return
            self.take(place(self.problem, [one + draw.uniform(0, spread) for one in rule]))

    def _shorten(self) -> None:
        """Breed ever shorter plans and let CP-SAT prove, one after the other where there is little to breed."""
        if not can_breed(self.problem):
            self._stir()
            self._solve_whole(_WHOLE_WORK)
            return
        breeder = Breeder(self.problem, seed=self.asked.seed)
        if self._may_go_on():
            breeder.found(_rule(self.problem, Objective.MAKESPAN), self._look_up)
            self.take(breeder.best)
        count = len(self.problem.tasks)
        children = round(self.asked.seconds * _TASKS_BRED / count)
        collections.deque(self._broods(breeder, children // 10), maxlen=0)
        broods = self._broods(breeder, children)
        if count > _SMALL and self.asked.workers > 1:
            self._solve_whole(_WHOLE_WORK, workers=self.asked.workers - 1, beside=broods)
        else:
            self._solve_whole(_WHOLE_WORK)
        if count > _SMALL:
            collections.deque(broods, maxlen=0)

    def _broods(self, breeder: Breeder, children: int) -> Iterator[None]:
        """Breed so many children, a brood at a time."""
        for _ in range(0, children, _BROOD):
            if not self._may_go_on():
                return
            breeder.breed(_BROOD)
            self.take(breeder.best)
            self.goes_on = self.goes_on and self.watch(self.best)
            yield

    def _solve_whole(self, work: float, *, workers: int | None = None, beside: Iterator[None] | None = None) -> None:
        """Let CP-SAT look for better from the best so far, all of it at once, and go through `beside` meanwhile."""
        if not self._may_go_on():
            return
        model = Model(self.problem, self.aim, self.best.placement, len(self.problem.days))
        told: queue.SimpleQueue[tuple[tuple[float, ...], float]] = queue.SimpleQueue()

        def take_told() -> None:
            while not told.empty():
                keys, bound = told.get()
                self.take(self._placed(keys))
                if model.is_bounding:
                    self.take_bound(bound)

        def solve() -> Solved:
            return model.solved(
                seconds=self.until - time.monotonic(), work=work * self.asked.seconds,
                workers=workers or self.asked.workers, seed=self.asked.seed,
                told=lambda keys, bound: told.put((keys, bound)),
            )  # fmt: skip

        [solved] = self._run([model], [solve], take_told, beside)
        self._take_solved([solved])
        self._take_proof(model, solved)

    def _improve(self) -> None:
        """Free a part of the best plan at a time and let CP-SAT place it anew, a part a worker."""
        parts = Neighbourhoods(self.problem, seed=self.asked.seed)
        size, seed = float(_FIRST_PART), self.asked.seed
        work = 0.0
        while self._may_go_on() and work < _BUSY_SHARE * self.asked.seconds:
            plan = self.best.placement
            models = [
                Model(self.problem, self.aim, plan, max(plan.ends), free=parts.draw(plan, round(size)))
                for _ in range(self.asked.workers)
            ]
            seed += len(models)
            solved = self._run(models, [partial(self._solve_part, one, seed + n) for n, one in enumerate(models)])
            self._take_solved(solved)
            if self.relaxing is not None and self.relaxing.bound is not None:
                self.take_bound(self.relaxing.bound)
            for model, one in zip(models, solved, strict=True):
                self._take_proof(model, one)
                size = max(_LEAST_PART, min(float(len(plan.starts)), size * (_GROWS if one.is_best else _SHRINKS)))
            work += max(_SECONDS_A_WORK * one.work for one in solved) + _SECONDS_A_TASK * len(plan.starts)

    def _take_proof(self, model: Model, solved: Solved) -> None:
        """Take what a solver proved of the whole problem: a bound, or that what it found is the best there is."""
        if model.is_bounding:
            self.take_bound(solved.bound)
        if model.is_exact and solved.is_best:
            self.take_bound(self.best.value)

    def _solve_part(self, model: Model, seed: int) -> Solved:
        return model.solved(seconds=self.until - time.monotonic(), work=_WORK_A_PART, seed=seed)

    def _run(
        self,
        models: Sequence[Model],
        solving: Sequence[Callable[[], Solved]],
        between: Callable[[], None] = lambda: None,
        beside: Iterator[None] | None = None,
    ) -> list[Solved]:
        """Solve side by side, with something to go through meanwhile, asking now and then whether to go on."""
        running = [self.pool.submit(one) for one in solving]
        is_idle = False
        while concurrent.futures.wait(running, timeout=_TICK if is_idle else 0.0).not_done:
            is_idle = beside is None or next(beside, self) is self
            between()
            self.goes_on = self.goes_on and self.watch(self.best)
            if not self.goes_on or self.best.is_optimal:
                for model in models:
                    model.stop()
        between()
        return [one.result() for one in running]

    def _take_solved(self, solved: Sequence[Solved]) -> None:
        """Take the plan of each solution, and the one of all that they changed together."""
        plan = self.best.placement
        orders = [one.keys for one in solved if one.keys is not None]
        if len(orders) > 1:
            now = [math.inf if start < 0 else float(start) for start in plan.starts]
            merged = [next((keys[n] for keys in orders if keys[n] != now[n]), now[n]) for n in range(len(now))]
            orders.append(tuple(merged))
        for keys in orders:
            self.take(self._placed(keys))
            if Objective.LOAD in self.aim.weights:
                self.take(self._placed_below(keys))

    def _placed(self, keys: Sequence[float]) -> Placement:
        return place(self.problem, [-key for key in keys])

    def _placed_below(self, keys: Sequence[float]) -> Placement:
        """Return the plan placed by keys with no team asked for more at once than the keys as starts ask of it."""
        problem = self.problem
        starts = tuple(-1 if key == math.inf else int(key) for key in keys)
        peaks = peaks_of(problem, Placement(starts, _ends(problem, starts)))
        capacity = tuple(max(1, min(one, peak)) for one, peak in zip(problem.capacity, peaks, strict=True))
        return place(dataclasses.replace(problem, capacity=capacity), [-key for key in keys])


class _Relaxing:
    """A relaxation on a thread of its own: it may end after whoever asked for it has stopped waiting.

    The interpreter waits for it before it ends, which a solver torn down at work would abort.
    """

    def __init__(self, relaxed: Callable[[], Relaxed | None], besides: float) -> None:
        self.bound: float | None = None

        def run() -> None:
            found = relaxed()
            if found is not None:
                self.bound = found.bound + besides

        self._thread = threading.Thread(target=run)
        self._thread.start()

    def is_over(self, seconds: float) -> bool:
        """Wait so long at most and return whether it has ended."""
        self._thread.join(seconds)
        return not self._thread.is_alive()


def _rule(problem: Problem, objective: Objective) -> list[float]:
    """Return the priority of each task: what it unlocks counts for what is waited for."""
    tasks = problem.tasks
    if objective is Objective.STABILITY:
        return [-float(task.now) for task in tasks]
    tails = [float(task.duration) for task in tasks]
    worth = [task.worth / max(1, task.duration) for task in tasks]
    for n in reversed(problem.order):
        for held in problem.waits[n]:
            m = held.predecessor
            tails[m] = max(tails[m], tails[n] + held.lag + tasks[m].duration)
            worth[m] = max(worth[m], worth[n])
    return tails if objective is Objective.MAKESPAN else worth


def _ends(problem: Problem, starts: Sequence[int]) -> tuple[int, ...]:
    return tuple(-1 if start < 0 else problem.end_of(n, start) for n, start in enumerate(starts))
