"""Who is who between a Microsoft Project file and an engagement: what was read or written before meets itself.

What Project writes has a GUID, and what we write carries our own id as one; files older than that have numbers, which
count only together with the project they are of.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
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
        self._by_guid: dict[str, Mapping[str, str]] = {}

    def find(self, kind: str, *, guid: str, uid: str) -> str:
        """Return the id of a thing of the file: what it has here already, or one that will always be its own."""
        digits = _digits(guid)
        if digits and (kind, digits) not in self._taken:
            self._taken.add((kind, digits))
            return self._known(kind).get(digits, digits)
        return self.derive(kind, uid)

    def derive(self, kind: str, *parts: str) -> str:
        """Return an id for what has no GUID of its own."""
        return derived_id("mspdi", self._source, kind, *parts)

    def _known(self, kind: str) -> Mapping[str, str]:
        """Return the ids of the engagement's entities of a kind by the digits of the GUID each is written with."""
        if kind not in self._by_guid:
            self._by_guid[kind] = {guid_of(one).replace("-", "").lower(): one for one in self._engagement.kind(kind)}
        return self._by_guid[kind]

    def before(self, kind: str, entity_id: str) -> Any:
        """Return the entity as it is in the engagement; None where it is not."""
        return self._engagement.kind(kind).get(entity_id)


def _digits(guid: str) -> str:
    digits = re.sub(r"[{}\-\s]", "", guid).lower()
    return digits if _HEXADECIMAL.fullmatch(digits) and digits != _NOBODY else ""
