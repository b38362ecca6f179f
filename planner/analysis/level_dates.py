"""When a maturity level is reached, and how surely: "level 3 by Q3 to Q4".

A level is that of the gate (ISO/IEC 33020, as in `planner.analysis.maturity`), over all cells of some teams together. In
each draw of a simulation it is reached when the last cell it needs is lifted; what no planned outcome lifts far enough
never is. Dates are by how likely they are kept, and quarters those of the engagement's fiscal year.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from planner.analysis.maturity import Cell, Heatmap, Rating, heatmap, rate
from planner.analysis.projection import Lift, lifts_of
from planner.analysis.risk.day_counts import DayCounts, place_of
from planner.analysis.risk.outlook import CONFIDENCES, Outlook, Portion
from planner.analysis.standings import Place
from planner.domain.assessment import AnswerState
from planner.domain.engagement import Engagement

_NOW: Final = 0
_NEVER: Final = (1 << 31) - 1
"""Days that stand for a level held already, and for one that no draw reaches."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FiscalQuarter:
    """A quarter of the fiscal year that began in the calendar year `year`; `number` runs from 1 to 4."""

    year: int
    number: int
    first_day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelForecast:
    """When a level, from 1 to 5, is held and stays so: by the plan, and on the days 50, 80 and 95 % of draws keep.

    A date is None where too few draws ever reach the level, as it is for what is held already (`held_now`); `chance` is
    the share of draws that reach it at some time. `missing` counts the cells that no outcome lifts far enough.
    """

    level: int
    held_now: bool
    planned: date | None
    p50: date | None
    p80: date | None
    p95: date | None
    chance: float
    missing: int


def fiscal_quarter(engagement: Engagement, day: date) -> FiscalQuarter:
    """Return the quarter a day lies in, of years that begin with the settings' first month."""
    begins = engagement.setting.fiscal_year_start_month
    since = (day.month - begins) % 12
    year = day.year if day.month >= begins else day.year - 1
    month = day.year * 12 + day.month - 1 - since % 3
    return FiscalQuarter(year=year, number=since // 3 + 1, first_day=date(month // 12, month % 12 + 1, 1))


class LevelWatch:
    """Watches a simulation for when the teams of some parts of the organization together reach each level.

    `see` is shown each portion of the draws; `forecasts` tells what came of it. Only how many draws reach a level on
    which day is kept.
    """

    def __init__(
        self,
        engagement: Engagement,
        parts: Mapping[str, Collection[str] | None],
        *,
        assessment_id: str | None = None,
        model_id: str | None = None,
    ) -> None:
        """Look at parts, each by the ids of its teams (None: all), over the levels a model (None: all) has practices on."""
        held = heatmap(engagement, assessment_id, model_id=model_id)
        lifts = lifts_of(engagement, held)
        self._gates = {part: _Gate(held, lifts, teams) for part, teams in parts.items()}
        self._asked = {one for gate in self._gates.values() for one in gate.initiative_ids}
        self._reached = {
            (part, level): _Reached() for part, gate in self._gates.items() for level in gate.levels
        }  # fmt: skip

    def see(self, portion: Portion) -> None:
        """Take in some draws."""
        days = {one: held for one in self._asked if (held := portion.days_of(one)) is not None}
        for part, gate in self._gates.items():
            for level, reached in gate.reached(days, portion.draws).items():
                self._reached[part, level].add(reached)

    def forecasts(self, outlook: Outlook) -> dict[str, tuple[LevelForecast, ...]]:
        """Return, by part, when each level is reached, by the plan and by all draws seen."""
        planned = {
            initiative_id: np.array([forecast.planned.toordinal()], dtype=np.int32)
            for initiative_id, forecast in outlook.initiatives.items()
        }
        return {part: self._forecasts_of(part, gate, planned) for part, gate in self._gates.items()}

    def _forecasts_of(
        self, part: str, gate: _Gate, planned: Mapping[str, NDArray[np.int32]]
    ) -> tuple[LevelForecast, ...]:
        by_plan, missing = gate.reached(planned, 1), gate.missing()
        found = []
        for level in gate.levels:
            reached = self._reached[part, level]
            p50, p80, p95 = (_day(reached.day_by(confidence)) for confidence in CONFIDENCES)
            found.append(
                LevelForecast(
                    level=level,
                    held_now=reached.now == reached.draws,
                    planned=_day(int(by_plan[level][0])),
                    p50=p50,
                    p80=p80,
                    p95=p95,
                    chance=1 - reached.never / reached.draws,
                    missing=missing[level],
                )
            )
        return tuple(found)


class _Reached:
    """In how many draws a level is held already, is reached on which day, and never is."""

    def __init__(self) -> None:
        self.now = self.never = 0
        self._days = DayCounts()

    @property
    def draws(self) -> int:
        return self.now + self._days.draws + self.never

    def add(self, days: NDArray[np.int32]) -> None:
        now, never = days == _NOW, days == _NEVER
        self.now += int(np.count_nonzero(now))
        self.never += int(np.count_nonzero(never))
        self._days.add(days[~(now | never)])

    def day_by(self, confidence: float) -> int:
        place = place_of(confidence, self.draws) - self.now
        if place < 0:
            return _NOW
        return self._days.day_at(place) if place < self._days.draws else _NEVER


class _Gate:
    """The cells that decide the levels of some teams, with what lifts them."""

    def __init__(self, held: Heatmap, lifts: Mapping[Place, list[Lift]], team_ids: Collection[str] | None) -> None:
        cells: dict[int, list[tuple[Cell, tuple[Lift, ...]]]] = defaultdict(list)
        for place, cell in held.cells.items():
            if cell.practice.level is not None and (team_ids is None or place[0] in team_ids):
                cells[cell.practice.level].append((cell, tuple(lifts.get(place, ()))))
        self.levels = tuple(sorted(cells))
        self.initiative_ids = {
            lift.initiative_id for held in cells.values() for _cell, lifted in held for lift in lifted
        }
        self._cells = cells
        self._needs = {(level, fully): _needs(cells[level], fully) for level in cells for fully in (False, True)}
        self._opens = {level: _opens(cells[level]) for level in cells}
        self._is_known = {
            level: any(cell.score is not None or lifts for cell, lifts in cells[level]) for level in cells
        }

    def missing(self) -> dict[int, int]:
        """Return, by level, how many cells that count no outcome lifts as far as the level asks."""
        found = {}
        for level in self.levels:
            found[level] = 0
            for lower in self.levels:
                for cell, lifts in self._cells[lower] if lower <= level else ():
                    best = max((lift.to_score for lift in lifts), default=None)
                    scores = [score for score in (cell.score, best) if score is not None]
                    found[level] += bool(scores) and not _suffices(max(scores), lower < level)
        return found

    def reached(self, days: Mapping[str, NDArray[np.int32]], draws: int) -> dict[int, NDArray[np.int32]]:
        """Return, by level, the day from which it is held for good in every draw, `_NOW` or `_NEVER`."""
        own = {level: self._all_reach(level, days, draws, fully=False) for level in self.levels}
        fully = {level: self._all_reach(level, days, draws, fully=True) for level in self.levels}
        first = {level: _known_from(self._opens[level], days, draws) for level in self.levels}
        found: dict[int, NDArray[np.int32]] = {}
        higher = np.full(draws, _NEVER, dtype=np.int32)
        for level in reversed(self.levels):
            held = higher
            if self._is_known[level]:
                held = np.maximum(own[level], first[level])
                for lower in self.levels:
                    if lower < level:
                        held = np.maximum(held, np.maximum(fully[lower], first[lower]))
                held = np.minimum(held, higher)
            found[level] = higher = held
        return found

    def _all_reach(
        self, level: int, days: Mapping[str, NDArray[np.int32]], draws: int, *, fully: bool
    ) -> NDArray[np.int32]:
        """Return from when on no cell of a level that counts is below what is asked."""
        needs = self._needs[level, fully]
        if needs is None:
            return np.full(draws, _NEVER, dtype=np.int32)
        found = np.full(draws, _NOW, dtype=np.int32)
        for need in needs:
            reached = _first_of(need.enough, days, draws)
            if not need.known:
                # Nothing holds the level back before the first lift says where this cell stands.
                reached = np.where(_first_of(need.short, days, draws) < reached, reached, _NOW)
            found = np.maximum(found, reached)
        return found


class _Need(NamedTuple):
    """Cells alike: whether a score is known today, and which initiatives lift them far enough, and not far enough."""

    known: bool
    enough: frozenset[str]
    short: frozenset[str]


def _needs(cells: Iterable[tuple[Cell, tuple[Lift, ...]]], fully: bool) -> set[_Need] | None:  # noqa: FBT001  one of two ratings
    """Return what a level waits for, cells alike once; None for what no planned outcome lifts far enough."""
    found: set[_Need] = set()
    for cell, lifts in cells:
        if cell.score is not None and _suffices(cell.score, fully):
            continue
        enough = frozenset(lift.initiative_id for lift in lifts if _suffices(lift.to_score, fully))
        short = frozenset(lift.initiative_id for lift in lifts if not _suffices(lift.to_score, fully))
        if not enough and (cell.score is not None or short):
            return None
        if enough:
            found.add(_Need(cell.score is not None, enough, short if cell.score is None else frozenset()))
    return found


def _opens(cells: list[tuple[Cell, tuple[Lift, ...]]]) -> frozenset[str] | None:
    """Return whose lifts first tell anything of a level of which only unanswered cells are known; None where more is."""
    is_open = any(cell.state is AnswerState.UNANSWERED for cell, _lifts in cells)
    if not is_open or any(cell.score is not None for cell, _lifts in cells):
        return None
    return frozenset(lift.initiative_id for _cell, lifts in cells for lift in lifts)


def _known_from(
    initiative_ids: frozenset[str] | None, days: Mapping[str, NDArray[np.int32]], draws: int
) -> NDArray[np.int32]:
    """Return when a level is first known of: until then it holds all back."""
    if initiative_ids is None:
        return np.full(draws, _NOW, dtype=np.int32)
    return _first_of(initiative_ids, days, draws)


def _suffices(score: float, fully: bool) -> bool:  # noqa: FBT001  one of two ratings
    rating = rate(score)
    return rating is Rating.FULLY or (rating is Rating.LARGELY and not fully)


def _first_of(initiative_ids: Collection[str], days: Mapping[str, NDArray[np.int32]], draws: int) -> NDArray[np.int32]:
    found = np.full(draws, _NEVER, dtype=np.int32)
    for initiative_id in initiative_ids:
        held = days.get(initiative_id)
        if held is not None:
            found = np.minimum(found, held)
    return found


def _day(ordinal: int) -> date | None:
    return None if ordinal in (_NOW, _NEVER) else date.fromordinal(ordinal)
