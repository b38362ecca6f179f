"""What a re-assessment found against what the plan had foreseen: which initiatives delivered, which fell short.

The forecast is the projection from the earlier assessment to the day of the later one. A finding belongs to every
initiative that was to lift its cell by then; an assessment cannot tell which of several did.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from planner.analysis.maturity import heatmap
from planner.analysis.projection import lifts_of, project_scores
from planner.analysis.standings import Place
from planner.domain.engagement import Engagement

_TOLERANCE: Final = 1e-9


class Delivery(enum.Enum):
    """What came of a promise: reached, short of it, below where it began, not assessed since, or a gain nobody promised."""

    DELIVERED = "delivered"
    UNDER_DELIVERED = "under-delivered"
    REGRESSED = "regressed"
    NOT_ASSESSED = "not-assessed"
    UNFORESEEN = "unforeseen"


@dataclass(frozen=True, slots=True, kw_only=True)
class CellForecast:
    """One team in one practice: score before, expected and found, from 0 to 1 (None: not known), and who promised it."""

    team_id: str
    practice_id: str
    before: float | None
    expected: float | None
    found: float | None
    initiative_ids: tuple[str, ...]
    delivery: Delivery


@dataclass(frozen=True, slots=True, kw_only=True)
class InitiativeDelivery:
    """What came of one initiative's lifts, by number of cells; `delivery` is the worst that was found of any.

    A cell counts as delivered when it reaches what this initiative promised, whatever others promised of it.
    """

    initiative_id: str
    finish: date
    delivery: Delivery
    delivered: int
    under_delivered: int
    regressed: int
    not_assessed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastReview:
    """Forecast against actual: the cells that were promised something or changed, and the initiatives behind them."""

    before_id: str
    after_id: str
    cells: tuple[CellForecast, ...]
    initiatives: tuple[InitiativeDelivery, ...]


_WORST_FIRST: Final = (Delivery.REGRESSED, Delivery.UNDER_DELIVERED, Delivery.DELIVERED)


def review_forecast(
    engagement: Engagement, finishes: Mapping[str, date], *, before_id: str, after_id: str
) -> ForecastReview:
    """Return what was expected by the day of a later assessment, from an earlier one and the plan, and what was found.

    `finishes` are those of the plan looked at: the live one, with its actual dates, or a baseline's.
    """
    before, after = heatmap(engagement, before_id), heatmap(engagement, after_id)
    on = engagement.assessments[after_id].held_on
    expected = project_scores(engagement, finishes, on=on, assessment_id=before_id)
    promised = {
        place: [lift for lift in lifts if (finish := finishes.get(lift.initiative_id)) is not None and finish <= on]
        for place, lifts in lifts_of(engagement, before).items()
    }
    cells: list[CellForecast] = []
    tallies: dict[str, dict[Delivery, int]] = {}
    for place, cell in before.cells.items():
        found = after.cells[place].score
        lifts = promised.get(place, [])
        for lift in lifts:
            tally = tallies.setdefault(lift.initiative_id, dict.fromkeys(Delivery, 0))
            tally[_judge(cell.score, lift.to_score, found)] += 1
        if lifts or _differs(cell.score, found):
            cells.append(
                _cell_forecast(place, cell.score, expected[place], found, tuple(lift.initiative_id for lift in lifts))
            )
    order = [initiative.id for initiative, _depth in engagement.outline()]
    return ForecastReview(
        before_id=before_id,
        after_id=after_id,
        cells=tuple(cells),
        initiatives=tuple(_summed(one, finishes[one], tallies[one]) for one in order if one in tallies),
    )


def _cell_forecast(
    place: Place, before: float | None, expected: float | None, found: float | None, initiative_ids: tuple[str, ...]
) -> CellForecast:
    delivery = Delivery.UNFORESEEN
    if initiative_ids or (before is not None and found is not None and found < before):
        delivery = _judge(before, expected if initiative_ids else before, found)
    return CellForecast(
        team_id=place[0],
        practice_id=place[1],
        before=before,
        expected=expected,
        found=found,
        initiative_ids=tuple(dict.fromkeys(initiative_ids)),
        delivery=delivery,
    )


def _judge(before: float | None, promised: float | None, found: float | None) -> Delivery:
    if found is None:
        return Delivery.NOT_ASSESSED
    if before is not None and found < before - _TOLERANCE:
        return Delivery.REGRESSED
    return Delivery.DELIVERED if promised is None or found >= promised - _TOLERANCE else Delivery.UNDER_DELIVERED


def _differs(before: float | None, found: float | None) -> bool:
    return before is not None and found is not None and abs(found - before) > _TOLERANCE


def _summed(initiative_id: str, finish: date, tally: Mapping[Delivery, int]) -> InitiativeDelivery:
    return InitiativeDelivery(
        initiative_id=initiative_id,
        finish=finish,
        delivery=next((kind for kind in _WORST_FIRST if tally[kind]), Delivery.NOT_ASSESSED),
        delivered=tally[Delivery.DELIVERED],
        under_delivered=tally[Delivery.UNDER_DELIVERED],
        regressed=tally[Delivery.REGRESSED],
        not_assessed=tally[Delivery.NOT_ASSESSED],
    )
