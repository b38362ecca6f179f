"""The client's organization: units, teams, overlapping groups, applications, and how teams interact."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from datetime import date

from planner.domain.fields import between, long_text, refers_to, required_text


class Topology(enum.Enum):
    """What a team is for, in the words of Team Topologies (Skelton and Pais, 2019)."""

    STREAM_ALIGNED = "stream-aligned"
    PLATFORM = "platform"
    ENABLING = "enabling"
    COMPLICATED_SUBSYSTEM = "complicated-subsystem"
    UNKNOWN = "unknown"


class InteractionMode(enum.Enum):
    """How two teams work together; collaboration and facilitating are meant to end."""

    COLLABORATION = "collaboration"
    X_AS_A_SERVICE = "x-as-a-service"
    FACILITATING = "facilitating"
    HAND_OFF = "hand-off"


class InteractionHealth(enum.Enum):
    """What an interaction does to the flow of work."""

    OK = "ok"
    SLOWING = "slowing"
    BLOCKING = "blocking"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """Node of the organization tree: organization, department, sub-department, at any depth."""

    id: str
    name: str = field(metadata=required_text())
    parent_id: str | None = field(default=None, metadata=refers_to("units"))
    description: str = field(default="", metadata=long_text())
    position: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A set of teams across units (a guild, a site, a release train); a team may join several."""

    id: str
    name: str = field(metadata=required_text())
    description: str = field(default="", metadata=long_text())


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """Leaf of the organization that does work.

    `change_capacity` is in person-days a week, `change_limit` in initiatives at once; `readiness` (1 to 5) says how far
    its habits already favour working across silos. `calendar_id` adds to the engagement's calendar. `map_x` and `map_y`
    are where its centre was put on the interaction map, in points at 100 %, x to the right and y down; None: wherever
    the map finds room.
    """

    id: str
    name: str = field(metadata=required_text())
    unit_id: str = field(metadata=refers_to("units"))
    group_ids: tuple[str, ...] = field(default=(), metadata=refers_to("groups"))
    topology: Topology = Topology.UNKNOWN
    headcount: int = field(default=0, metadata=between(0, 100_000, unit="people"))
    change_capacity: float = field(default=5.0, metadata=between(0, 500_000, unit="person-days a week"))
    change_limit: int = field(default=2, metadata=between(0, 1_000, unit="initiatives at once"))
    readiness: int = field(default=3, metadata=between(1, 5))
    calendar_id: str | None = field(default=None, metadata=refers_to("calendars"))
    description: str = field(default="", metadata=long_text())
    position: int = 0
    map_x: float | None = field(default=None, metadata=between(-1e6, 1e6, unit="points"))
    map_y: float | None = field(default=None, metadata=between(-1e6, 1e6, unit="points"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """A product or system whose delivery is measured, run by one team."""

    id: str
    name: str = field(metadata=required_text())
    team_id: str | None = field(default=None, metadata=refers_to("teams"))
    description: str = field(default="", metadata=long_text())


@dataclass(frozen=True, slots=True, kw_only=True)
class Interaction:
    """Directed relation between two teams, since a day and, where it is temporary, expected to end on another."""

    id: str
    from_team_id: str = field(metadata=refers_to("teams"))
    to_team_id: str = field(metadata=refers_to("teams"))
    mode: InteractionMode = InteractionMode.HAND_OFF
    health: InteractionHealth = InteractionHealth.OK
    since: date | None = None
    expected_end: date | None = None
    note: str = field(default="", metadata=long_text())
