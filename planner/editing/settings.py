"""What a coach does to the engagement as a whole: its name, dates and defaults, the colours of its statuses."""

from __future__ import annotations

import dataclasses
from typing import Any

from planner.domain.changes import Changes, Label
from planner.domain.engagement import Engagement
from planner.domain.identity import new_id
from planner.domain.initiative import Status
from planner.domain.priority import Formula, FormulaKind
from planner.domain.settings import StatusColour
from planner.editing import entities
from planner.editing.step import step


def change(engagement: Engagement, **fields: Any) -> Changes:
    """Give settings other values; a single one is named in the step."""
    setting = dataclasses.replace(engagement.setting, **fields)
    if len(fields) == 1:
        (field,) = fields
        return step(engagement, Label("change-setting", {"attribute": field}), put=[setting])
    return step(engagement, Label("change-settings"), put=[setting])


def colour_status(engagement: Engagement, status: Status, colour: str | None) -> Changes:
    """Give a status a colour (#rrggbb) of its own, or the usual one again (None)."""
    held = {one.status: one.colour for one in engagement.setting.status_colours}
    if colour is None:
        held.pop(status, None)
    else:
        held[status] = colour.lower()
    colours = tuple(StatusColour(status=one, colour=held[one]) for one in Status if one in held)
    setting = dataclasses.replace(engagement.setting, status_colours=colours)
    return step(engagement, Label("colour-status", {"status": status.value}), put=[setting])


def reset_colours(engagement: Engagement) -> Changes:
    """Give every status its usual colour again."""
    setting = dataclasses.replace(engagement.setting, status_colours=())
    return step(engagement, Label("reset-colours"), put=[setting])


def add_formula(engagement: Engagement, *, name: str, kind: FormulaKind) -> Changes:
    """Add a formula after the others; a custom one begins as the sum of nothing, to be written over."""
    position = max((formula.position + 1 for formula in engagement.formulas.values()), default=0)
    expression = "0" if kind is FormulaKind.CUSTOM else ""
    return entities.add(
        engagement, Formula(id=new_id(), name=name, kind=kind, expression=expression, position=position)
    )


def change_formula_kind(engagement: Engagement, formula_id: str, kind: FormulaKind) -> Changes:
    """Make a formula one of another kind; only a custom one holds an expression."""
    formula: Formula = entities.find(engagement, "formulas", formula_id)
    expression = (formula.expression or "0") if kind is FormulaKind.CUSTOM else ""
    return entities.change(engagement, "formulas", formula_id, kind=kind, expression=expression)
