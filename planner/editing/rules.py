"""The rules of a sound engagement, held at every step: the net under every intent and every import.

Each entity's fields (`field_rules`), each kind's own rules (`entity_rules`), references that lead somewhere, nothing
twice, no circles (`circles`), and what is closed stays as it is. Only what a step changes is looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final, cast

from planner.domain.changes import Changes, Label, build_changes
from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.domain.identity import folded
from planner.domain.kinds import REFERENCE_FIELDS
from planner.domain.mentions import mentions
from planner.domain.settings import SETTINGS_ID
from planner.editing.circles import check_links, check_nesting, check_prerequisites
from planner.editing.entity_rules import check_entity
from planner.editing.field_rules import check_fields
from planner.editing.naming import name_of
from planner.editing.references import references_to

_FEW: Final = 50


def _named(entity: Any) -> Any:
    return folded(entity.name)


UNIQUE: Final[Mapping[str, tuple[str | None, Callable[[Any], Any], str]]] = MappingProxyType(
    {
        # kind: (field whose value sets the scope, what may not stand there twice, error code)
        "calendars": (None, _named, "duplicate-name"),
        "units": ("parent_id", _named, "duplicate-name"),
        "groups": (None, _named, "duplicate-name"),
        "teams": ("unit_id", _named, "duplicate-name"),
        "applications": (None, _named, "duplicate-name"),
        "models": (None, lambda model: (_named(model), model.version), "duplicate-name"),
        "dimensions": ("model_id", _named, "duplicate-name"),
        "themes": ("dimension_id", _named, "duplicate-name"),
        "scales": ("model_id", _named, "duplicate-name"),
        "practices": ("theme_id", _named, "duplicate-name"),
        "prerequisites": ("practice_id", lambda it: it.required_practice_id, "duplicate-pair"),
        "assessments": (None, lambda it: (_named(it), it.held_on), "duplicate-name"),
        "answers": ("team_id", lambda it: (it.assessment_id, it.practice_id), "duplicate-pair"),
        "targets": ("team_id", lambda it: it.practice_id, "duplicate-pair"),
        "waves": (None, _named, "duplicate-name"),
        "estimates": ("initiative_id", lambda it: it.team_id, "duplicate-pair"),
        "links": ("predecessor_id", lambda it: (it.successor_id, it.type), "duplicate-pair"),
        "value_streams": (None, _named, "duplicate-name"),
        "criteria": (None, _named, "duplicate-name"),
        "criterion_scores": ("initiative_id", lambda it: it.criterion_id, "duplicate-pair"),
        "formulas": (None, _named, "duplicate-name"),
        "scenarios": (None, _named, "duplicate-name"),
        "initiative_overrides": ("scenario_id", lambda it: it.initiative_id, "duplicate-pair"),
        "team_overrides": ("scenario_id", lambda it: it.team_id, "duplicate-pair"),
    }
)
"""What may stand once only; names are compared without regard to case and spacing."""

_HELD_AGAINST: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "criteria": ("criterion_scores", "criterion_id"),
        "dimensions": ("themes", "dimension_id"),
        "themes": ("practices", "theme_id"),
        "scales": ("practices", "scale_id"),
    }
)
"""Kind -> (kind, field) of what must still be sound when an entity of it changes: a score, once its range narrows."""


def check(before: Engagement, changes: Changes) -> None:
    """Raise UserError when `changes` would leave `before` with a broken rule; the code names which."""
    if not changes:
        return
    after = check_sound(before, changes)
    _check_closed(before, after, changes)
    if changes.touches("criteria"):
        _check_named(
            before, after, [entity_id for entity_id in changes.by_kind["criteria"] if entity_id not in after.criteria]
        )


def check_sound(before: Engagement, changes: Changes) -> Engagement:
    """Return `before` after `changes`; UserError where that is not sound, whether or not a person may do it.

    Going back in history may open what is closed. BugError as `Engagement.apply`.
    """
    after = before.foresee(changes)
    if SETTINGS_ID not in after.settings:
        raise UserError("no-settings")
    for kind, by_id in changes.by_kind.items():
        put = {entity_id: change.after for entity_id, change in by_id.items() if change.after is not None}
        for entity in put.values():
            check_fields(entity)
        _check_references(after, kind, put)
        _check_left_behind(before, after, kind, [entity_id for entity_id in by_id if entity_id not in put])
    # What an entity is held against must itself be sound: fields and references of every kind come first.
    _check_kinds(after, changes)
    if changes.touches("prerequisites"):
        check_prerequisites(after)
    if changes.touches("links", "initiatives"):
        links = [link for link, kept in _sides(changes, "links") if kept and after.links[link.id] is link]
        check_links(after, links, moved=_moved(changes))
    return after


def check_all(engagement: Engagement) -> None:
    """Raise UserError when anything in `engagement` breaks a rule; a closed assessment is taken as it stands."""
    nothing = Engagement()
    entities = [entity for kind in engagement.by_kind().values() for entity in kind.values()]
    check(nothing, build_changes(nothing.by_kind(), Label("check"), put=entities))


def _check_named(before: Engagement, after: Engagement, removed: Collection[str]) -> None:
    """Refuse to remove a criterion that a formula of the coach's own names: it would rank nothing any more."""
    for formula in after.formulas.values() if removed else ():
        held = {(one.start, one.end) for one in mentions(formula.expression, after.criteria.values())}
        for one in mentions(formula.expression, before.criteria.values()):
            if one.criterion.id in removed and (one.start, one.end) not in held:
                raise UserError("criterion-in-formula", name=one.criterion.name, formula=formula.name)


def _check_kinds(after: Engagement, changes: Changes) -> None:
    for kind, by_id in changes.by_kind.items():
        put = {entity_id: change.after for entity_id, change in by_id.items() if change.after is not None}
        if kind in ("units", "initiatives"):
            check_nesting(after.kind(kind), put, code="nesting-circle")
        for entity in put.values():
            check_entity(after, kind, entity)
        _check_unique(after, kind, put)
    for kind, entity in _held_against(after, changes):
        check_entity(after, kind, entity)


def _check_references(after: Engagement, kind: str, put: Mapping[str, Any]) -> None:
    for reference in REFERENCE_FIELDS:
        if reference.kind != kind:
            continue
        targets = after.kind(reference.target)
        for entity in put.values():
            held = getattr(entity, reference.field)
            ids = held if reference.many else (held,)
            for target_id in ids:
                if target_id is not None and target_id not in targets:
                    raise UserError(
                        "dangling-reference",
                        kind=kind,
                        name=getattr(entity, "name", "") or entity.id,
                        attribute=reference.field,
                        id=target_id,
                    )
            if reference.many and len(set(ids)) != len(ids):
                raise UserError(
                    "listed-twice", kind=kind, name=getattr(entity, "name", "") or entity.id, attribute=reference.field
                )


def _check_left_behind(before: Engagement, after: Engagement, kind: str, removed: list[str]) -> None:
    """Refuse what referred to something removed and still does; what is put anew is held to its own references."""
    if not removed:
        return
    for reference in references_to(kind):
        index, now = before.referring(reference.kind, reference.field), after.kind(reference.kind)
        for entity_id in removed:
            for referrer in index.get(entity_id, ()):
                stays = now.get(referrer.id) is referrer
                if stays:
                    raise UserError(
                        "dangling-reference",
                        kind=reference.kind,
                        name=name_of(after, referrer),
                        attribute=reference.field,
                        id=entity_id,
                    )


def _held_against(after: Engagement, changes: Changes) -> Iterator[tuple[str, Any]]:
    """Yield (kind, entity) of what did not change itself but stands on what did."""
    waiting = [
        (kind, entity_id)
        for kind in _HELD_AGAINST
        for entity_id, change in changes.by_kind.get(kind, {}).items()
        if change.before is not None and change.after is not None
    ]
    while waiting:
        kind, entity_id = waiting.pop()
        leaning_kind, field = _HELD_AGAINST[kind]
        for entity in after.referring(leaning_kind, field).get(entity_id, ()):
            yield leaning_kind, entity
            if leaning_kind in _HELD_AGAINST:
                waiting.append((leaning_kind, entity.id))


def _check_unique(after: Engagement, kind: str, put: Mapping[str, Any]) -> None:
    if kind not in UNIQUE or not put:
        return
    scope, key, code = UNIQUE[kind]

    def refuse(entity: Any) -> UserError:
        return UserError(code, kind=kind, name=name_of(after, entity))

    if len(put) > _FEW:
        seen: set[Any] = set()
        for entity in after.kind(kind).values():
            found = (None if scope is None else getattr(entity, scope), key(entity))
            if found in seen:
                raise refuse(entity)
            seen.add(found)
        return
    for entity in put.values():
        siblings = (
            after.kind(kind).values() if scope is None else after.referring(kind, scope).get(getattr(entity, scope), ())
        )
        own = key(entity)
        if any(other.id != entity.id and key(other) == own for other in siblings):
            raise refuse(entity)


def _check_closed(before: Engagement, after: Engagement, changes: Changes) -> None:
    """Refuse to touch a closed assessment, its answers and votes, or a baseline, other than by removing it whole."""
    for assessment, kept in _sides(changes, "assessments"):
        if kept and assessment is not None:
            _check_open(before, after, assessment.id)
    for answer, _kept in _sides(changes, "answers"):
        _check_open(before, after, answer.assessment_id)
    for vote, _kept in _sides(changes, "votes"):
        answer = before.answers.get(vote.answer_id) or after.answers[vote.answer_id]
        _check_open(before, after, answer.assessment_id)
    for change in changes.by_kind.get("baselines", {}).values():
        if change.before is not None and change.after is not None:
            raise UserError("baseline-changed", name=name_of(before, change.before))


def _sides(changes: Changes, kind: str) -> Iterator[tuple[Any, bool]]:
    """Yield every entity of `kind` as it was and as it will be, with whether it is there afterwards."""
    for change in changes.by_kind.get(kind, {}).values():
        for side in (change.before, change.after):
            if side is not None:
                yield side, change.after is not None


def _check_open(before: Engagement, after: Engagement, assessment_id: str) -> None:
    assessment = before.assessments.get(assessment_id)
    if assessment is not None and assessment.closed_on is not None and assessment_id in after.assessments:
        raise UserError("closed-assessment", name=assessment.name)


def _moved(changes: Changes) -> list[Any]:
    """Return the initiatives that were there before and now stand elsewhere in the outline."""
    found: list[Any] = []
    for change in changes.by_kind.get("initiatives", {}).values():
        before, after = cast("tuple[Any, Any]", (change.before, change.after))
        if before is not None and after is not None and before.parent_id != after.parent_id:
            found.append(after)
    return found
