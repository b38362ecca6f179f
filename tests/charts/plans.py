"""A plan of any size with everything a chart can show: lanes, programmes, milestones, links, deadlines, freezes."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import timedelta

from planner.domain.calendar import Calendar, Freeze
from planner.domain.engagement import Engagement
from planner.domain.initiative import ConstraintKind, Estimate, LinkType, Status
from planner.domain.kinds import Entity
from tests.builders import MONDAY, engagement, initiative, link, settings, team, unit

DEPARTMENTS = ("Claims", "Policies", "Technology")
TYPES = (*[LinkType.FINISH_TO_START] * 5, LinkType.START_TO_START, LinkType.FINISH_TO_FINISH, LinkType.START_TO_FINISH)


def a_plan(count: int, names: Sequence[str] = (), *, client: str = "The client", name: str = "A plan") -> Engagement:
    """Return a plan of `count` initiatives, a ninth of them programmes, named in turn after `names`."""
    draw = random.Random(count)
    entities: list[Entity] = [
        settings(name=name, client=client, calendar_id="calendar"),
        Calendar(id="calendar", name="Working week"),
        Freeze(
            id="freeze", calendar_id="calendar", name="Year end", start=MONDAY + timedelta(60),
            finish=MONDAY + timedelta(75),
        ),
        unit(id="organization", name="The organization"),
    ]  # fmt: skip
    entities += [
        unit(id=f"unit-{n}", name=title, parent_id="organization", position=n) for n, title in enumerate(DEPARTMENTS)
    ]
    entities += [team(id=f"team-{n}", name=f"Team {n}", unit_id=f"unit-{n % 3}", position=n) for n in range(6)]
    previous: str | None = None
    for n in range(count):
        initiative_id = f"initiative-{n:04}"
        programme = count > 4 and n % 9 == 0
        milestone = n % 9 == 8
        words = names[n % len(names)] if names else f"Initiative number {n}"
        entities.append(
            initiative(
                id=initiative_id,
                name=words,
                position=n,
                parent_id=None if programme or count <= 4 else f"initiative-{n - n % 9:04}",
                duration_days=0.0 if milestone else float(draw.choice([5, 10, 20, 40])),
                constraint=ConstraintKind.START_NO_EARLIER_THAN
                if not programme
                else ConstraintKind.AS_SOON_AS_POSSIBLE,
                constraint_date=None if programme else MONDAY + timedelta(draw.randrange(300)),
                status=draw.choice([Status.PLANNED, Status.ACTIVE, Status.IDEA]),
                progress=0.0 if milestone else draw.choice([0.0, 0.3]),
                deadline=MONDAY + timedelta(draw.randrange(30, 380)) if n % 5 == 1 else None,
            )
        )
        if programme:
            continue
        entities += [
            Estimate(
                id=f"estimate-{n}-{k}", initiative_id=initiative_id, team_id=f"team-{draw.randrange(6)}", effort=5.0
            )
            for k in range(draw.choice([0, 1, 1, 2]))
        ]
        if previous is not None and n % 3 == 0:
            entities.append(link(previous, initiative_id, id=f"link-{n}", type=draw.choice(TYPES)))
        previous = initiative_id
    return engagement(*entities)
