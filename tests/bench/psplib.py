"""The sequencer on PSPLIB's instances of resource-constrained scheduling, held against the best known.

`python -m tests.bench.psplib DIR [--seconds N] [--limit N] [--json]` reads `.sm` files (Kolisch and Sprecher, 1996) as
engagements, jobs as initiatives and renewable resources as teams, and sends them through the sequencer a coach uses.
DIR is the folder of one set or their parent; the reference solutions stand beside the folder or in it.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from planner.analysis.sequence.problem import build_problem
from planner.analysis.sequence.sequencer import Asked, Objective, greedy, sequence
from planner.domain.engagement import Engagement
from planner.domain.initiative import Estimate, Initiative, Link
from planner.domain.organization import Team, Unit
from planner.domain.settings import Settings
from tests.builders import engagement as engagement_of

_MONDAY = date(2001, 1, 1)
_ENCODING = "latin-1"
_DAYS_A_WEEK = 5
_REFERENCES = ("opt.sm", "hrs.sm")


@dataclass(frozen=True, slots=True)
class Instance:
    """One instance: its name (j301_1), parameter and number, and the plan it poses; the rest as it stands in the file.

    `durations` and `demands` (a renewable resource each) by job, `after` the jobs that follow each, `capacities` of the
    resources.
    """

    name: str
    key: tuple[int, int]
    engagement: Engagement
    durations: dict[int, int]
    demands: dict[int, list[int]]
    after: dict[int, list[int]]
    capacities: list[int]

    def is_kept(self, starts: dict[int, int]) -> bool:
        """Return whether starts of all jobs (in periods) keep to precedence and resources; by the file's numbers alone."""
        ends = {job: starts[job] + duration for job, duration in self.durations.items()}
        if any(starts[later] < ends[job] for job, follow in self.after.items() for later in follow):
            return False
        use = [[0] * max(ends.values(), default=0) for _ in self.capacities]
        for job, asked in self.demands.items():
            for resource, demand in enumerate(asked):
                for period in range(starts[job], ends[job]):
                    use[resource][period] += demand
        return all(max(used, default=0) <= most for used, most in zip(use, self.capacities, strict=True))


def read_instance(path: Path) -> Instance:
    """Return an instance; ValueError for a file that is not one."""
    text = path.read_text(encoding=_ENCODING)
    precedence = _rows(text, "PRECEDENCE RELATIONS")
    requests = _rows(text, "REQUESTS/DURATIONS")
    capacities = _rows(text, "RESOURCEAVAILABILITIES")[0]
    unit = Unit(id="unit", name="All")
    teams = [
        Team(id=f"r{n}", name=f"R{n}", unit_id="unit", change_capacity=capacity * _DAYS_A_WEEK, change_limit=1_000)
        for n, capacity in enumerate(capacities)
    ]
    initiatives = [
        Initiative(id=f"j{job}", name=f"Job {job}", position=job, duration_days=duration)
        for job, _mode, duration, *_demands in requests
    ]
    estimates = [
        Estimate(id=f"j{job}r{n}", initiative_id=f"j{job}", team_id=f"r{n}", effort=demand * duration)
        for job, _mode, duration, *demands in requests
        for n, demand in enumerate(demands)
        if demand and duration
    ]
    links = [
        Link(id=f"l{job}-{successor}", predecessor_id=f"j{job}", successor_id=f"j{successor}")
        for job, _modes, _count, *successors in precedence
        for successor in successors
    ]
    settings = Settings(name=path.stem, created=_MONDAY, plan_start=_MONDAY)
    entities: list[Any] = [settings, unit, *teams, *initiatives, *estimates, *links]
    return Instance(
        name=path.stem,
        key=_key(path.stem),
        engagement=engagement_of(*entities),
        durations={job: duration for job, _mode, duration, *_demands in requests},
        demands={job: demands for job, _mode, _duration, *demands in requests},
        after={job: successors for job, _modes, _count, *successors in precedence},
        capacities=capacities,
    )


def _key(name: str) -> tuple[int, int]:
    """Return parameter and number of an instance: the set's own size stands before them in its name."""
    for size in ("30", "60", "90", "120"):
        if name.startswith(f"j{size}"):
            parameter, number = name[len(size) + 1 :].split("_")
            return int(parameter), int(number)
    raise ValueError(f"{name}: no instance of a known set")


def _rows(text: str, heading: str) -> list[list[int]]:
    """Return the rows of numbers below a heading."""
    _before, found, rest = text.partition(heading)
    if not found:
        raise ValueError(f"no {heading}")
    rows: list[list[int]] = []
    for line in rest.splitlines()[1:]:
        cells = line.split()
        if cells and all(cell.isdigit() for cell in cells):
            rows.append([int(cell) for cell in cells])
        elif rows or line.startswith("***"):
            break
    return rows


def _set_of(path: Path) -> str:
    """Return the set a file is of, by its name: j30, j60, j90 or j120; ValueError for none of them."""
    for size in ("30", "60", "90", "120"):
        if path.stem.startswith(f"j{size}"):
            return f"j{size}"
    raise ValueError(f"{path.name}: no instance of a known set")


def best_known(folder: Path, name: str | None = None) -> dict[tuple[int, int], int]:
    """Return (parameter, number) -> the best makespan known of a set; empty where none is told.

    `name` is the set's where the folder is called otherwise.
    """
    for place in (folder.parent, folder):
        for ending in _REFERENCES:
            path = place / f"{name or folder.name}{ending}"
            if path.exists():
                rows = (line.split() for line in path.read_text(encoding=_ENCODING).splitlines())
                return {
                    (int(row[0]), int(row[1])): int(row[2])
                    for row in rows
                    if len(row) >= 3 and all(cell.isdigit() for cell in row[:3])
                }
    return {}


def _sets(folder: Path) -> Iterator[Path]:
    """Give the folders of sets: DIR itself, or those in it."""
    if any(folder.glob("*_*.sm")):
        yield folder
    else:
        yield from sorted(
            (one for one in folder.iterdir() if one.is_dir() and any(one.glob("*_*.sm"))),
            key=lambda one: int(re.sub(r"\D", "", one.name) or 0),
        )


def measure(folder: Path, *, seconds: float, limit: int | None, workers: int = 2) -> dict[str, Any]:
    """Return what the sequencer makes of one set."""
    paths = sorted(folder.glob("*_*.sm"), key=lambda path: _key(path.stem))[:limit]
    known = best_known(folder, _set_of(paths[0]))
    gaps, greedy_gaps, times, solved, proved, equal = [], [], [], 0, 0, 0
    for path in paths:
        instance = read_instance(path)
        started = time.perf_counter()
        problem = build_problem(instance.engagement)
        found = sequence(problem, Asked(Objective.MAKESPAN, seconds=seconds, workers=workers))
        times.append(time.perf_counter() - started)
        first = max(greedy(problem, Objective.MAKESPAN).ends)
        makespan = max(found.placement.ends)
        numbers = {task.initiative_id: start for task, start in zip(problem.tasks, found.placement.starts, strict=True)}
        solved += instance.is_kept({job: numbers[f"j{job}"] for job in instance.durations})
        proved += found.is_optimal
        best = known.get(instance.key)
        if best is None:
            print(f"{path.stem}: no best known makespan is told, it counts for no gap", file=sys.stderr)
        else:
            gaps.append(100 * (makespan - best) / best)
            greedy_gaps.append(100 * (first - best) / best)
            equal += makespan <= best
        print(f"{path.stem}: {makespan} (greedy {first}, best {best}, bound {found.bound:.0f}), {times[-1]:.1f} s",
              file=sys.stderr, flush=True)  # fmt: skip
    return {
        "instances": len(paths),
        "solved": solved,
        "proved": proved,
        "best_known": equal,
        "mean_gap_percent": round(statistics.fmean(gaps), 3) if gaps else None,
        "median_seconds": round(statistics.median(times), 2) if times else None,
        "greedy_mean_gap_percent": round(statistics.fmean(greedy_gaps), 3) if greedy_gaps else None,
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", metavar="DIR", type=Path)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--json", action="store_true", dest="as_json")
    asked = parser.parse_args()
    asked.folder = asked.folder.resolve()
    if not asked.folder.is_dir() or not list(_sets(asked.folder)):
        parser.error(f"{asked.folder}: no folder of .sm files, nor of sets of them")
    found = {
        _set_of(next(one.glob("*_*.sm"))): measure(one, seconds=asked.seconds, limit=asked.limit)
        for one in _sets(asked.folder)
    }
    if asked.as_json:
        print(json.dumps(found, indent=2))
        return
    for name, row in found.items():
        print(name, ", ".join(f"{what} {value}" for what, value in row.items()))


if __name__ == "__main__":
    main()
