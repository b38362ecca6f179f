"""What a coach does to priorities: score initiatives, choose and order the criteria, choose the formula that ranks."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any

from planner.domain.changes import Changes, Label
from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.domain.identity import new_id
from planner.domain.kinds import Entity
from planner.domain.mentions import MOST_CHARACTERS, mentions, renamed
from planner.domain.priority import Criterion, CriterionRole, CriterionScore, Formula, FormulaKind
from planner.editing import entities
from planner.editing.naming import name_of
from planner.editing.step import step

Cell = tuple[str, str]
"""An initiative's id and a criterion's."""


def score(engagement: Engagement, values: Mapping[Cell, float | None]) -> Changes:
    """Give initiatives scores on criteria in one step; None takes a score away, for a missing one is not zero.

    Raises UserError "score-out-of-criterion" for a value outside its criterion's range, "unknown-entity" otherwise.
    """
    put: list[Entity] = []
    removed: list[Entity] = []
    for (initiative_id, criterion_id), value in values.items():
        entities.find(engagement, "initiatives", initiative_id)
        entities.find(engagement, "criteria", criterion_id)
        held = score_at(engagement, initiative_id, criterion_id)
        if value is None:
            if held is not None:
                removed.append(held)
        elif held is None:
            put.append(CriterionScore(id=new_id(), initiative_id=initiative_id, criterion_id=criterion_id, value=value))
        else:
            put.append(dataclasses.replace(held, value=value))
    return step(engagement, _label(engagement, values), put=put, remove=removed)


def score_at(engagement: Engagement, initiative_id: str, criterion_id: str) -> CriterionScore | None:
    """Return the score of an initiative on a criterion; None where it is missing."""
    scores: tuple[CriterionScore, ...] = engagement.referring("criterion_scores", "initiative_id").get(
        initiative_id, ()
    )
    return next((held for held in scores if held.criterion_id == criterion_id), None)


def criteria_in_order(engagement: Engagement) -> tuple[Criterion, ...]:
    """Return every criterion, in the coach's order."""
    return tuple(sorted(engagement.criteria.values(), key=lambda one: (one.position, one.name, one.id)))


def add_criterion(engagement: Engagement, *, name: str, role: CriterionRole = CriterionRole.OTHER) -> Changes:
    """Add a criterion after the others; one of size or effort is better when it is lower."""
    return entities.add(engagement, _criterion(name, role, position=_next_position(engagement)))


def add_criteria(engagement: Engagement, named: Mapping[CriterionRole, str]) -> Changes:
    """Add the criteria of some roles, under a name each, in one step; a role that has one already gets no other."""
    held = {criterion.role for criterion in engagement.criteria.values()}
    first = _next_position(engagement)
    wanted = [(role, name) for role, name in named.items() if role not in held]
    added = [_criterion(name, role, position=first + at) for at, (role, name) in enumerate(wanted)]
    return step(engagement, Label("add-criteria", {"count": len(added)}), put=added)


def place_criterion(engagement: Engagement, criterion_id: str, *, by: int) -> Changes:
    """Move a criterion some places to the right, or to the left when `by` is negative, as far as there are others."""
    criterion: Criterion = entities.find(engagement, "criteria", criterion_id)
    ordered = [one for one in criteria_in_order(engagement) if one.id != criterion_id]
    now = [one.id for one in criteria_in_order(engagement)].index(criterion_id)
    ordered.insert(max(0, min(len(ordered), now + by)), criterion)
    label = Label("place-criterion", {"name": name_of(engagement, criterion)})
    return step(engagement, label, put=[dataclasses.replace(one, position=at) for at, one in enumerate(ordered)])


def change_criterion(engagement: Engagement, criterion_id: str, /, **fields: Any) -> Changes:
    """Give fields of a criterion new values; the coach's own formulas that name it follow to its new name.

    Raises UserError "criterion-name-misread" (formula) for a name by which a formula would read otherwise,
    "expression-long" (most) for one that makes a formula too long, and what `entities.change` does.
    """
    criterion: Criterion = entities.find(engagement, "criteria", criterion_id)
    name = str(fields.get("name", criterion.name)).strip()
    changes = entities.change(engagement, "criteria", criterion_id, **fields)
    formulas = _named_anew(engagement, criterion, name) if name != criterion.name else []
    if not formulas:
        return changes
    return step(engagement, changes.label, put=[dataclasses.replace(criterion, **fields), *formulas])


def remove_criteria(engagement: Engagement, ids: Iterable[str]) -> Changes:
    """Remove criteria with the scores given on them, in one step; UserError "criterion-in-formula" while one is named."""
    return entities.remove(engagement, "criteria", ids)


def choose_formula(engagement: Engagement, formula_id: str) -> Changes:
    """Rank by one of the engagement's formulas from now on."""
    formula: Formula = entities.find(engagement, "formulas", formula_id)
    return _choose(engagement, formula, put=[])


def choose_known_formula(engagement: Engagement, kind: FormulaKind, *, name: str) -> Changes:
    """Rank by a known formula; the engagement's own of that kind, or one that is added under `name`."""
    held: Iterable[Formula] = engagement.formulas.values()
    found = next((one for one in sorted(held, key=lambda one: one.position) if one.kind is kind), None)
    if found is not None:
        return _choose(engagement, found, put=[])
    position = max((one.position + 1 for one in held), default=0)
    added = Formula(id=new_id(), name=name, kind=kind, position=position)
    return _choose(engagement, added, put=[added])


def _choose(engagement: Engagement, formula: Formula, *, put: list[Entity]) -> Changes:
    setting = dataclasses.replace(engagement.setting, formula_id=formula.id)
    return step(engagement, Label("choose-formula", {"name": formula.name}), put=[*put, setting])


def _named_anew(engagement: Engagement, criterion: Criterion, name: str) -> list[Formula]:
    """Return the coach's own formulas that name a criterion, with its new name in them."""
    criteria: list[Criterion] = list(engagement.criteria.values())
    afterwards = [dataclasses.replace(one, name=name) if one.id == criterion.id else one for one in criteria]
    found: list[Formula] = []
    for formula in engagement.formulas.values():
        named = [one.criterion.id for one in mentions(formula.expression, criteria)]
        text = renamed(formula.expression, criteria, criterion.id, name)
        if [one.criterion.id for one in mentions(text, afterwards)] != named:
            raise UserError("criterion-name-misread", name=name, formula=formula.name)
        if len(text) > MOST_CHARACTERS >= len(formula.expression):
            raise UserError("expression-long", most=MOST_CHARACTERS)
        if text != formula.expression:
            found.append(dataclasses.replace(formula, expression=text))
    return found


def _criterion(name: str, role: CriterionRole, *, position: int) -> Criterion:
    lower = role in (CriterionRole.JOB_SIZE, CriterionRole.EFFORT)
    return Criterion(id=new_id(), name=name, role=role, higher_is_better=not lower, position=position)


def _next_position(engagement: Engagement) -> int:
    return max((criterion.position + 1 for criterion in engagement.criteria.values()), default=0)


def _label(engagement: Engagement, values: Mapping[Cell, float | None]) -> Label:
    if len(values) != 1:
        return Label("score-initiatives", {"count": len(values)})
    (((initiative_id, criterion_id), value),) = values.items()
    return Label(
        "clear-score" if value is None else "score-initiative",
        {
            "name": name_of(engagement, engagement.initiatives[initiative_id]),
            "criterion": name_of(engagement, engagement.criteria[criterion_id]),
        },
    )
