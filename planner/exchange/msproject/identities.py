"""Who is who between a Microsoft Project file and an engagement: what was read or written before meets itself.

What Project writes has a GUID, and what we write carries our own id as one; files older than that have numbers, which
count only together with the project they are of.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from planner.domain.engagement import Engagement
from planner.domain.identity import derived_id
from planner.exchange.msproject.project_file import ProjectFile

_HEXADECIMAL: Final = re.compile("[0-9a-f]{32}")
_NOBODY: Final = "0" * 32


def guid_of(entity_id: str) -> str:
    """Return the GUID an entity is written with: its id where that is one, else one derived from it."""
    digits = entity_id if _HEXADECIMAL.fullmatch(entity_id) else derived_id("guid", entity_id)
    return str(uuid.UUID(hex=digits)).upper()


class Identities:
    """The ids of what one file holds, in one engagement."""

    def __init__(self, project: ProjectFile, engagement: Engagement) -> None:
        header = project.header
        self._engagement = engagement
        self._source = _digits(header.text("GUID")) or "|".join(
            (header.text("Title") or project.path.stem, header.text("CreationDate"))
        )
        self._taken: set[tuple[str, str]] = set()

    def find(self, kind: str, *, guid: str, uid: str) -> str:
        """Return the id of a thing of the file: what it has here already, or one that will always be its own."""
        digits = _digits(guid)
        if digits and (kind, digits) not in self._taken:
            self._taken.add((kind, digits))
            return _known(self._engagement, kind).get(digits, digits)
        return self.derive(kind, uid)

    def derive(self, kind: str, *parts: str) -> str:
        """Return an id for what has no GUID of its own."""
        return derived_id("mspdi", self._source, kind, *parts)

    def before(self, kind: str, entity_id: str) -> Any:
        """Return the entity as it is in the engagement; None where it is not."""
        return self._engagement.kind(kind).get(entity_id)


def _digits(guid: str) -> str:
    digits = re.sub(r"[{}\-\s]", "", guid).lower()
    return digits if _HEXADECIMAL.fullmatch(digits) and digits != _NOBODY else ""


@lru_cache(maxsize=8)
def _by_guid(ids: frozenset[str]) -> Mapping[str, str]:
    return {guid_of(entity_id).replace("-", "").lower(): entity_id for entity_id in ids}


def _known(engagement: Engagement, kind: str) -> Mapping[str, str]:
    return _by_guid(frozenset(engagement.kind(kind)))
