"""What is taken out of an engagement before it leaves the room: costs, people, the names of teams.

The redacted engagement is a value like any other, so every export can be made from it. Names a coach typed into free
text stay where they are: who shares is told so.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from planner.domain.engagement import Engagement
from planner.domain.kinds import KINDS, Entity
from planner.language import N_, Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Redaction:
    """What to take out: every amount of money, every owner and respondent, the names of teams."""

    costs: bool = False
    people: bool = False
    teams: bool = False

    def __bool__(self) -> bool:
        """Tell whether anything is taken out."""
        return self.costs or self.people or self.teams


_COSTS: Final[Mapping[str, tuple[str, ...]]] = {"initiatives": ("cost",), "risks": ("impact_cost",)}
_PEOPLE: Final[Mapping[str, tuple[str, ...]]] = {
    "initiatives": ("owner",),
    "risks": ("owner",),
    "targets": ("owner",),
    "votes": ("respondent",),
}


def redact(engagement: Engagement, redaction: Redaction, *, language: Language) -> Engagement:
    """Return `engagement` without what `redaction` names; teams are numbered in the order of the organization."""
    if not redaction:
        return engagement
    blanks: dict[str, dict[str, Any]] = {}
    if redaction.costs:
        _blank(blanks, _COSTS, None)
    if redaction.people:
        _blank(blanks, _PEOPLE, "")
    entities: list[Entity] = []
    for kind in KINDS:
        fields = blanks.get(kind)
        entities.extend(
            dataclasses.replace(entity, **fields) if fields else entity for entity in engagement.kind(kind).values()
        )
    if redaction.teams:
        entities = list(_without_team_names(engagement, entities, language))
    return Engagement.of(entities)


def _blank(blanks: dict[str, dict[str, Any]], fields: Mapping[str, tuple[str, ...]], value: object) -> None:
    for kind, names in fields.items():
        blanks.setdefault(kind, {}).update(dict.fromkeys(names, value))


def _without_team_names(engagement: Engagement, entities: Iterable[Entity], language: Language) -> Iterable[Entity]:
    ordered = sorted(
        engagement.teams.values(),
        key=lambda team: (engagement.units[team.unit_id].position, team.unit_id, team.position, team.name),
    )
    pattern = language.gettext(N_("Team {number}"))
    names = {team.id: pattern.format(number=number) for number, team in enumerate(ordered, start=1)}
    for entity in entities:
        if entity.id in names and entity is engagement.teams.get(entity.id):
            yield dataclasses.replace(engagement.teams[entity.id], name=names[entity.id], description="")
        else:
            yield entity
