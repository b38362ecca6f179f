"""When a maturity level is reached, and how surely: "level 3 by Q3 to Q4".

A level is that of the gate (ISO/IEC 33020, as in `planner.analysis.maturity`), over all cells of some teams together. In
each draw of a simulation it is reached when the last cell it needs is lifted; what no planned outcome lifts far enough
never is. Dates are by how likely they are kept, and quarters those of the engagement's fiscal year.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from planner.analysis.maturity import Cell, Heatmap, Rating, heatmap, rate
from planner.analysis.projection import Lift, lifts_of
from planner.analysis.risk.outlook import Outlook, percentile
from planner.domain.assessment import AnswerState
from planner.domain.engagement import Engagement

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

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


def level_dates(
    engagement: Engagement,
    outlook: Outlook,
    *,
    team_ids: Collection[str] | None = None,
    assessment_id: str | None = None,
    model_id: str | None = None,
) -> tuple[LevelForecast, ...]:
    """Return when some teams (None: all) together reach each level a model (None: all of them) has practices on."""
    import numpy as np  # noqa: PLC0415  not at start-up

    gate = _Gate(engagement, heatmap(engagement, assessment_id, model_id=model_id), team_ids)
    drawn = {key: outlook.days_of(key) for key in gate.initiative_ids}
    days = {key: held for key, held in drawn.items() if held is not None}
    planned = {key: np.array([outlook.initiatives[key].planned.toordinal()], dtype=np.int32) for key in days}
    found, missing = [], gate.missing()
    in_draws, by_plan = gate.reached(days, outlook.draws), gate.reached(planned, 1)
    for level in gate.levels:
        reached = in_draws[level]
        dates = [_day(percentile(reached, confidence)) for confidence in (0.5, 0.8, 0.95)]
        found.append(
            LevelForecast(
                level=level,
                held_now=bool((reached == _NOW).all()),
                planned=_day(int(by_plan[level][0])),
                p50=dates[0],
                p80=dates[1],
                p95=dates[2],
                chance=float((reached < _NEVER).mean()),
                missing=missing[level],
            )
        )
    return tuple(found)


class _Gate:
    """The cells that decide levels, with what lifts them."""

    def __init__(self, engagement: Engagement, held: Heatmap, team_ids: Collection[str] | None) -> None:
        lifts = lifts_of(engagement, held)
        self._cells: dict[int, list[tuple[Cell, tuple[Lift, ...]]]] = defaultdict(list)
        for place, cell in held.cells.items():
            if cell.practice.level is not None and (team_ids is None or place[0] in team_ids):
                self._cells[cell.practice.level].append((cell, tuple(lifts.get(place, ()))))
        self.levels = tuple(sorted(self._cells))
        self.initiative_ids = {
            lift.initiative_id for cells in self._cells.values() for _cell, lifted in cells for lift in lifted
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

    def reached(self, days: dict[str, NDArray[np.int32]], draws: int) -> dict[int, NDArray[np.int32]]:
        """Return, by level, the day from which it is held for good in every draw, `_NOW` or `_NEVER`."""
        import numpy as np  # noqa: PLC0415  not at start-up

        own = {level: self._all_reach(level, days, draws, fully=False) for level in self.levels}
        fully = {level: self._all_reach(level, days, draws, fully=True) for level in self.levels}
        first = {level: self._first_known(level, days, draws) for level in self.levels}
        found: dict[int, NDArray[np.int32]] = {}
        higher = np.full(draws, _NEVER, dtype=np.int32)
        for level in reversed(self.levels):
            held = higher
            if any(cell.score is not None or lifts for cell, lifts in self._cells[level]):
                held = np.maximum(own[level], first[level])
                for lower in self.levels:
                    if lower < level:
                        held = np.maximum(held, np.maximum(fully[lower], first[lower]))
                held = np.minimum(held, higher)
            found[level] = higher = held
        return found

    def _all_reach(
        self, level: int, days: dict[str, NDArray[np.int32]], draws: int, *, fully: bool
    ) -> NDArray[np.int32]:
        """Return from when on no cell of a level that counts is below what is asked; cells alike are asked once."""
        import numpy as np  # noqa: PLC0415  not at start-up

        found = np.full(draws, _NOW, dtype=np.int32)
        asked: set[tuple[bool, frozenset[str], frozenset[str]]] = set()
        for cell, lifts in self._cells[level]:
            if cell.score is not None and _suffices(cell.score, fully):
                continue
            enough = frozenset(lift.initiative_id for lift in lifts if _suffices(lift.to_score, fully))
            short = frozenset(lift.initiative_id for lift in lifts if not _suffices(lift.to_score, fully))
            if not enough and (cell.score is not None or short):
                return np.full(draws, _NEVER, dtype=np.int32)
            if enough:
                asked.add((cell.score is not None, enough, short if cell.score is None else frozenset()))
        for known, enough, short in asked:
            reached = _first_of(enough, days, draws)
            if not known:
                # Nothing holds the level back before the first lift says where this cell stands.
                reached = np.where(_first_of(short, days, draws) < reached, reached, _NOW)
            found = np.maximum(found, reached)
        return found

    def _first_known(self, level: int, days: dict[str, NDArray[np.int32]], draws: int) -> NDArray[np.int32]:
        """Return when a level of which only unanswered cells are known is first known of: until then it holds all back."""
        import numpy as np  # noqa: PLC0415  not at start-up

        cells = self._cells[level]
        is_open = any(cell.state is AnswerState.UNANSWERED for cell, _lifts in cells)
        if not is_open or any(cell.score is not None for cell, _lifts in cells):
            return np.full(draws, _NOW, dtype=np.int32)
        return _first_of({lift.initiative_id for _cell, lifts in cells for lift in lifts}, days, draws)


def _suffices(score: float, fully: bool) -> bool:  # noqa: FBT001  one of two ratings
    rating = rate(score)
    return rating is Rating.FULLY or (rating is Rating.LARGELY and not fully)


def _first_of(initiative_ids: Collection[str], days: dict[str, NDArray[np.int32]], draws: int) -> NDArray[np.int32]:
    import numpy as np  # noqa: PLC0415  not at start-up

    found = np.full(draws, _NEVER, dtype=np.int32)
    for initiative_id in initiative_ids:
        held = days.get(initiative_id)
        if held is not None:
            found = np.minimum(found, held)
    return found


def _day(ordinal: int) -> date | None:
    return None if ordinal in (_NOW, _NEVER) else date.fromordinal(ordinal)
