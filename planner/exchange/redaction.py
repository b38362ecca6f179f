"""What is taken out of an engagement before it leaves the room: costs, people, the names of teams.

The redacted engagement is a value like any other, so every export can be made from it. Names of teams and owners are
also taken out of what the coach typed, wherever they stand there as they are written in their own field; first names,
nicknames and amounts in sentences stay: who shares is told so.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final

from planner.domain.engagement import Engagement
from planner.domain.fields import meaning_of, meanings_of
from planner.domain.identity import derived_id
from planner.domain.kinds import KINDS, Entity
from planner.domain.scenario import Baseline
from planner.language import N_, Language

TAKEN_OUT: Final = "[…]"
"""What stands in a text in the place of a person's name."""


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
_OWNED: Final = ("initiatives", "risks", "targets")
_PEOPLE: Final[Mapping[str, tuple[str, ...]]] = {**dict.fromkeys(_OWNED, ("owner",)), "votes": ("respondent",)}
_CODES: Final = frozenset(
    {
        ("settings", "currency"),
        ("calendars", "country"),
        ("calendars", "subdivision"),
        ("criteria", "name"),  # formulas call criteria by their names
        ("formulas", "expression"),
    }
)
_OF_MODELS: Final = frozenset({"models", "dimensions", "themes", "scales", "practices"})
"""Kinds whose words say what good looks like, mostly published ones; only the coach's comments on them are looked at."""


def redact(engagement: Engagement, redaction: Redaction, *, language: Language) -> Engagement:
    """Return `engagement` without what `redaction` names; teams are numbered in the order of the organization.

    Entities keep their order; their ids may change.
    """
    if not redaction:
        return engagement
    blanks: dict[str, dict[str, Any]] = {}
    if redaction.costs:
        _blank(blanks, _COSTS, None)
    if redaction.people:
        _blank(blanks, _PEOPLE, "")
    numbered = _numbered_teams(engagement, language) if redaction.teams else {}
    in_texts = {engagement.teams[team_id].name: name for team_id, name in numbered.items()}
    if redaction.people:
        in_texts |= dict.fromkeys(_people(engagement), TAKEN_OUT)
    reword = _Rewording(in_texts)
    entities: list[Entity] = []
    for kind in KINDS:
        fields = blanks.get(kind, {})
        for entity in engagement.kind(kind).values():
            changed = {**_reworded(kind, entity, reword), **fields} if reword else fields
            if kind == "teams" and numbered:
                changed = {**changed, "name": numbered[entity.id], "description": ""}
            redacted = dataclasses.replace(entity, **changed) if changed else entity
            entities.append(_with_plain_ids(kind, redacted) if reword else redacted)
    return Engagement.of(entities)


def redacted_ids(engagement: Engagement, redacted: Engagement, kind: str) -> dict[str, str]:
    """Return id in `engagement` -> id in what `redact` made of it, for the entities of one kind."""
    return dict(zip(engagement.kind(kind), redacted.kind(kind), strict=True))


def _blank(blanks: dict[str, dict[str, Any]], fields: Mapping[str, tuple[str, ...]], value: object) -> None:
    for kind, names in fields.items():
        blanks.setdefault(kind, {}).update(dict.fromkeys(names, value))


def _numbered_teams(engagement: Engagement, language: Language) -> dict[str, str]:
    ordered = sorted(
        engagement.teams.values(),
        key=lambda team: (engagement.units[team.unit_id].position, team.unit_id, team.position, team.name),
    )
    pattern = language.gettext(N_("Team {number}"))
    return {team.id: pattern.format(number=number) for number, team in enumerate(ordered, start=1)}


def _people(engagement: Engagement) -> Iterator[str]:
    """Yield the owners that are not teams, units or groups: these keep their names where only people lose theirs.

    Respondents are roles or numbers, which sentences are full of.
    """
    bodies = {one.name for kind in ("teams", "units", "groups") for one in engagement.kind(kind).values()}
    for kind in _OWNED:
        for entity in engagement.kind(kind).values():
            owner = entity.owner.strip()
            if owner not in bodies:
                yield owner


class _Rewording:
    """Puts other words where one of `names` stands alone in a text.

    A name of several words is found in capitals and small letters alike; a single one only as it is written, since
    "Platform" may be a team where "platform" is none.
    """

    def __init__(self, names: Mapping[str, str]) -> None:
        self._instead: dict[str, str] = {}
        self._by_first_word: dict[str, list[str]] = {}
        self._patterns: dict[frozenset[str], re.Pattern[str]] = {}
        for name, instead in names.items():
            words = _WORD.findall(name)
            if any(map(str.isalpha, name)) and words:
                self._instead[_key(name)] = instead
                self._by_first_word.setdefault(words[0].casefold(), []).append(name)

    def __bool__(self) -> bool:
        """Tell whether there is any name to look for."""
        return bool(self._instead)

    def __call__(self, text: str) -> str:
        """Return `text` reworded; looks only for names whose first word it has, of which there are few or none."""
        present = frozenset(self._by_first_word.keys() & set(map(str.casefold, _WORD.findall(text))))
        if not present:
            return text
        pattern = self._patterns.get(present)
        if pattern is None:
            names = sorted((name for word in present for name in self._by_first_word[word]), key=len, reverse=True)
            pattern = self._patterns[present] = re.compile("|".join(map(_pattern_of, names)))
        return pattern.sub(lambda found: self._instead[_key(found[0])], text)


_WORD: Final = re.compile(r"\w+")


def _key(name: str) -> str:
    """Return what is the same for every way of writing a name that is taken for it."""
    parts = name.split()
    return " ".join(parts).casefold() if len(parts) > 1 else name.strip()


def _pattern_of(name: str) -> str:
    parts = name.split()
    spaced = r"\s+".join(map(re.escape, parts))
    return rf"(?<!\w)(?i:{spaced})(?!\w)" if len(parts) > 1 else rf"(?<!\w){spaced}(?!\w)"


@cache
def _text_fields(kind: str) -> tuple[str, ...]:
    """Return the fields of a kind that hold what a person typed."""
    return tuple(
        field.name
        for field in dataclasses.fields(KINDS[kind])
        if field.type in {"str", "tuple[str, ...]"}
        and field.name != "id"
        and meaning_of(field).refers_to is None
        and (kind, field.name) not in _CODES
        and (kind not in _OF_MODELS or field.name == "comments")
    )


def _reworded(kind: str, entity: Entity, reword: _Rewording) -> dict[str, Any]:
    """Return the fields of an entity whose words change, with their new words."""
    changed: dict[str, Any] = {}
    for name in _text_fields(kind):
        before = getattr(entity, name)
        after: Any = reword(before) if isinstance(before, str) else _reworded_all(before, reword)
        if after != before:
            changed[name] = after
    if isinstance(entity, Baseline):
        changed["entries"] = tuple(dataclasses.replace(one, name=reword(one.name)) for one in entity.entries)
    return changed


def _reworded_all(texts: Iterable[str], reword: _Rewording) -> tuple[str, ...]:
    return tuple(map(reword, texts))


def _with_plain_ids(kind: str, entity: Entity) -> Entity:
    """Return an entity whose own id, and those it refers to, say no names.

    Baselines keep theirs: the one to compare with is chosen by it.
    """
    changed: dict[str, Any] = {}
    for name, meaning in meanings_of(KINDS[kind]).items():
        if meaning.refers_to is not None or (name == "id" and kind not in {"settings", "baselines"}):
            held = getattr(entity, name)
            changed[name] = tuple(map(_plain_id, held)) if isinstance(held, tuple) else held and _plain_id(held)
    if isinstance(entity, Baseline):
        changed["entries"] = tuple(
            dataclasses.replace(one, initiative_id=_plain_id(one.initiative_id)) for one in entity.entries
        )
    return dataclasses.replace(entity, **changed)


@lru_cache(maxsize=100_000)
def _plain_id(entity_id: str) -> str:
    """Return an id, or another in place of one that came with a file of someone's own, such as "team-claims"."""
    return entity_id if _RANDOM_ID.fullmatch(entity_id) else derived_id("redacted", entity_id)


_RANDOM_ID: Final = re.compile(r"[0-9a-f]{32}")
