"""Finding entities by any words in them: names first, then descriptions, hypotheses, evidence and whatever else is text.

An index is made once and brought up to date with the next engagement by comparing entities by identity, which costs
milliseconds; a search scans what was folded (case and accents away) and takes less than that.
"""

from __future__ import annotations

import dataclasses
import heapq
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple

from planner.domain.engagement import Engagement
from planner.domain.kinds import KINDS, Entity, kind_of

_ENOUGH: Final = 20
_SHORT: Final = 3
_IDENTITIES: Final = frozenset({"id", "source_id"})


class Found(NamedTuple):
    """An entity a search found, by kind and id."""

    kind: str
    id: str


@dataclass(slots=True)
class _Entry:
    kind: str
    entity: Entity
    name: str
    texts: str


class SearchIndex:
    """What can be found in one engagement; made empty, filled by `update`, which may run on any one thread."""

    def __init__(self) -> None:
        self._entries: dict[tuple[str, str], _Entry] = {}

    def update(self, engagement: Engagement) -> None:
        """Bring the index up to date with `engagement`: only entities that are not the same object are read again."""
        entries: dict[tuple[str, str], _Entry] = {}
        for kind in _ORDER:
            for entity_id, entity in engagement.kind(kind).items():
                key = (kind, entity_id)
                known = self._entries.get(key)
                if known is not None and known.entity is entity:
                    entries[key] = known
                    continue
                name, texts = _words_of(entity)
                if name or texts:
                    entries[key] = _Entry(kind, entity, name, texts)
        self._entries = entries

    def find(self, query: str, *, limit: int = 50) -> list[Found]:
        """Return the entities that hold every word of `query`, best first: in the name, at a word's beginning, short.

        Words are found anywhere, in any order, whatever their case and accents; a first word of one or two letters only
        where a word of a name begins. An empty query finds nothing.
        """
        words = fold(query).split()
        if not words:
            return []
        first, others = words[0], words[1:]
        best = 0
        ranked = []
        is_short = len(first) < _SHORT
        beginning = f" {first}"
        for (kind, entity_id), entry in self._entries.items():
            name, texts = entry.name, entry.texts
            if is_short:
                if not name.startswith(first) and beginning not in name:
                    continue
            elif first not in name and first not in texts:
                continue
            for word in others:
                if word not in name and word not in texts:
                    break
            else:
                rank = _rank(name, words)
                ranked.append((rank, _ORDER[kind], len(name), name, entity_id, kind))
                best += not rank
                if best >= _ENOUGH * limit:
                    break  # a letter or two: nobody reads past the first names that begin with it
        return [Found(kind, entity_id) for *_rank_of_it, entity_id, kind in heapq.nsmallest(limit, ranked)]


def fold(text: str) -> str:
    """Return a text without what a search overlooks: case, accents, ligatures."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))


def _rank(name: str, words: Iterable[str]) -> int:
    """Return 0 for a name that begins with the first word, then the worse the looser the words are in it."""
    rank = 0
    for at, word in enumerate(words):
        place = name.find(word)
        if place < 0:
            rank += 4
        elif place and name[place - 1].isalnum():
            rank += 2
        elif place and not at:
            rank += 1
    return rank


def _words_of(entity: Entity) -> tuple[str, str]:
    name = fold(getattr(entity, "name", ""))
    texts = [text for field in _TEXT_FIELDS[kind_of(type(entity))] if (text := getattr(entity, field))]
    return name, fold("\n".join(texts)) if texts else ""


_TEXT_FIELDS: Final = {
    kind: tuple(
        field.name
        for field in dataclasses.fields(entity_type)
        if str(field.type) == "str" and field.name not in _IDENTITIES and field.name != "name"
    )
    for kind, entity_type in KINDS.items()
}
"""Kind -> the fields that hold text."""

_SOUGHT_MOST: Final = ("initiatives", "teams", "practices", "units", "value_streams")
_ORDER: Final = {
    kind: place for place, kind in enumerate((*_SOUGHT_MOST, *(kind for kind in KINDS if kind not in _SOUGHT_MOST)))
}
"""Kind -> its place among equals: what a coach looks for most comes first."""
