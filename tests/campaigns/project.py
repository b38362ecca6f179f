"""Random plans written as Microsoft Project XML, read and scheduled anew by another program, and held against ours.

The other program is MPXJ's Microsoft scheduler, which no requirement of ours brings along: it needs Java 17 and, in the
environment this runs in, `pip install mpxj jpype1`. Moments are the same when a calendar has worked as much before both.

    .venv/bin/python -m tests.campaigns.project --plans 100 --seed 1
"""

from __future__ import annotations

import argparse
import importlib
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from planner.analysis.calendar import TICKS_PER_DAY, WorkCalendar, calendar_for, start_of
from planner.analysis.schedule import moments
from planner.domain.calendar import Calendar, CalendarException
from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.domain.initiative import ConstraintKind, Estimate, LinkType, Status
from planner.domain.kinds import Entity
from planner.exchange.formats import export
from planner.language import Language
from tests import builders as a

DAY: Final = timedelta(days=1)
DURATIONS: Final = (0.0, 0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 5.0)
LAGS: Final = (0.0, 0.0, 0.0, 1.0, 2.5, -1.0, -0.5, 4.0)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--plans", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--team-calendars", action="store_true", help="where the two do not always agree on late dates")
    asked = parser.parse_args()
    try:
        schedule_there = other_scheduler()
    except ImportError:
        print("MPXJ is not installed here: pip install mpxj jpype1 (and Java 17).", file=sys.stderr)
        return 2
    counted: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for number in range(asked.plans):
            plan = random_plan(random.Random(asked.seed * 1_000_003 + number), team_calendars=asked.team_calendars)
            path = Path(folder) / "plan.xml"
            try:
                export(plan, path, language=Language("en"), today=a.MONDAY)
            except UserError:
                continue  # links through holders may run in a circle
            counted["plans"] += 1
            for told in differences(plan, schedule_there(path)):
                counted["differing"] += 1
                print(f"plan {number}: {told}")
            counted["initiatives"] += len(plan.initiatives)
    print(", ".join(f"{count:,} {what}" for what, count in counted.items()))
    return 1 if counted["differing"] else 0


def other_scheduler() -> Any:
    """Return a function from a file to name -> early and late start and finish, as texts; ImportError without MPXJ."""
    importlib.import_module("mpxj")
    java = importlib.import_module("jpype")
    if not java.isJVMStarted():
        java.startJVM()
    reader = java.JClass("org.mpxj.reader.UniversalProjectReader")
    scheduler = java.JClass("org.mpxj.cpm.MicrosoftScheduler")

    def schedule_there(path: Path) -> dict[str, tuple[str, ...]]:
        project = reader().read(str(path))
        scheduler().schedule(project, project.getProjectProperties().getStartDate())
        return {
            str(task.getName()): tuple(
                str(stamp) for stamp in (task.getEarlyStart(), task.getEarlyFinish(), task.getLateStart(), task.getLateFinish())
            )
            for task in project.getTasks()
        }  # fmt: skip

    return schedule_there


def differences(plan: Engagement, theirs: dict[str, tuple[str, ...]]) -> Iterator[str]:
    """Yield what of a plan happens at another time there."""
    ours = moments(plan)
    for initiative in plan.initiatives.values():
        estimates = plan.referring("estimates", "initiative_id").get(initiative.id, ())
        calendar = calendar_for(plan, [plan.teams[one.team_id].calendar_id for one in estimates])
        for which, moment, stamp in zip(
            ("early start", "early finish", "late start", "late finish"),
            ours[initiative.id],
            theirs[initiative.name],
            strict=True,
        ):
            if calendar.work_before(moment) != work_before(stamp, calendar):
                yield f"{initiative.name} has another {which}: {stamp} there"


def work_before(stamp: str, calendar: WorkCalendar) -> int:
    """Return the ticks worked before a stamp, on days from 8 to 12 and 13 to 17."""
    at = datetime.fromisoformat(stamp)
    minutes = at.hour * 60 + at.minute + at.second / 60
    worked = min(max(minutes - 480, 0), 240) + min(max(minutes - 780, 0), 240)
    return calendar.work_before(start_of(at.date()) + round(worked * TICKS_PER_DAY / 480))


def random_plan(chance: random.Random, *, team_calendars: bool) -> Engagement:
    """Return up to fourteen initiatives, nested and linked, in a calendar with exceptions; teams may have their own."""
    weekdays = tuple(sorted(chance.sample(range(7), chance.randint(3, 6))))
    calendars = (None, "one", "two") if team_calendars else (None, None, None)
    entities: list[Entity] = [
        a.settings(calendar_id="own"),
        Calendar(id="own", name="Ours", weekdays=weekdays),
        Calendar(id="one", name="One", weekdays=None),
        Calendar(id="two", name="Two", weekdays=weekdays[:-1]),
        a.unit(id="u"),
        *(a.team(id=f"t{n}", unit_id="u", calendar_id=calendar) for n, calendar in enumerate(calendars)),
    ]
    for number in range(chance.randint(0, 5)):
        first = a.MONDAY + chance.randint(0, 50) * DAY
        entities.append(
            CalendarException(
                id=f"x{number}", calendar_id=chance.choice(("own", "one", "two")), name="Away", start=first,
                finish=first + chance.randint(0, 4) * DAY, working=chance.random() < 0.2,
            )
        )  # fmt: skip
    count = chance.randint(2, 14)
    parents = [None if not n or chance.random() > 0.4 else chance.randrange(n) for n in range(count)]
    for n in range(count):
        holds = n in parents
        entities.append(random_initiative(chance, n, parents[n], holds=holds))
        if not holds:
            teams = chance.sample(range(3), chance.choice((0, 0, 1, 1, 2)))
            entities += [
                Estimate(id=f"e{n}-{team}", initiative_id=f"i{n}", team_id=f"t{team}", effort=1.0) for team in teams
            ]
            entities += [
                a.link(f"i{before}", f"i{n}", type=chance.choice(list(LinkType)), lag_days=chance.choice(LAGS))
                for before in range(n)
                if before not in parents and chance.random() < 0.25
            ]
    return Engagement.of(entities)


def random_initiative(chance: random.Random, number: int, parent: int | None, *, holds: bool) -> Entity:
    """Return one initiative; what holds others is not constrained."""
    fields: dict[str, object] = {}
    if not holds and chance.random() < 0.15:
        fields["constraint"] = ConstraintKind.START_NO_EARLIER_THAN
        fields["constraint_date"] = a.MONDAY + chance.randint(0, 30) * DAY
    elif not holds and chance.random() < 0.15:
        fields["deadline"] = date(2026, 3, 2) + chance.randint(0, 40) * DAY
    return a.initiative(
        id=f"i{number}", name=f"I{number}", position=number, status=Status.PLANNED,
        parent_id=None if parent is None else f"i{parent}", duration_days=chance.choice(DURATIONS), **fields,
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
