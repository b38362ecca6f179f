"""Reading a Microsoft Project XML file (MSPDI) into an engagement: what it would change, and an account of all it holds.

In an engagement without a plan the project's first day, calendar, status date and currency become the engagement's;
beside a plan the project stands under an initiative of its own, which starts no earlier than it does. What stood in
the file before, or was written from here, is brought up to date; what only Roadbook knows of it stays.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from planner.analysis.schedule import Schedule, schedule
from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.domain.initiative import ConstraintKind, Initiative, LinkType
from planner.domain.kinds import Entity
from planner.domain.scenario import Baseline
from planner.domain.settings import Settings
from planner.exchange.import_report import Fate, ImportedItem, ImportReading, ImportReport, Remark, effect_of, remark
from planner.exchange.models.cleaning import clean_line
from planner.exchange.msproject.baselines_in import take_in_baselines
from planner.exchange.msproject.calendars_in import CalendarsIn
from planner.exchange.msproject.identities import Identities
from planner.exchange.msproject.left_out import left_out
from planner.exchange.msproject.project_file import (
    ProjectFile,
    named,
    read_project,
)
from planner.exchange.msproject.task_days import DaysOfTasks
from planner.exchange.msproject.tasks_in import (
    FINISH_BY,
    LINK_TYPES,
    START_BY,
    START_FROM,
    TaskIn,
    make_initiative,
    make_link,
    outline,
)
from planner.exchange.msproject.teams_in import TeamsIn
from planner.exchange.msproject.working_times import minutes_per_day
from planner.language import Language
from planner.messages import explain

_REACH: Final = timedelta(days=366)
_FARTHEST: Final = timedelta(days=20_000)
_MOST_ROUNDS: Final = 5
_SYMBOLS: Final = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY"}
_ISO_LETTERS: Final = 3
_MONTHS: Final = 12


def read_msproject(paths: Sequence[Path], engagement: Engagement, *, language: Language, today: date) -> ImportReading:
    """Return what a project would bring.

    Raises UserError "import-one-project" (paths) for several at a time, "import-refused" (files, cause) for a plan that
    cannot be scheduled, and what `planner.exchange.msproject.project_file` says.
    """
    if len(paths) != 1:
        raise UserError("import-one-project", paths=tuple(str(path) for path in paths))
    source = read_project(paths[0])
    reading = _Reading(source, engagement, today)
    try:
        reading.take_in()
        reading.settle()
    except UserError as error:
        if "path" in error.parameters:
            raise  # it names the file by itself
        raise UserError("import-refused", files=str(paths[0]), cause=explain(error, language)) from error
    return reading.result()


class _Reading:
    """The state of one reading."""

    def __init__(self, source: ProjectFile, engagement: Engagement, today: date) -> None:
        self.source = source
        self.engagement = engagement
        self.today = today
        self.identities = Identities(source, engagement)
        self.rows = outline(source.tasks)
        self.name = clean_line(source.header.text("Title") or source.header.text("Name") or source.path.stem)
        self.initiative_ids = {
            task.uid: self.identities.find("initiatives", guid=task.guid, uid=task.uid) for task, _above in self.rows
        }
        ours = set(self.initiative_ids.values()) | {self.identities.derive("initiatives", "project")}
        self.is_alone = all(one in ours for one in engagement.initiatives)
        self.first, horizon = self._reach()
        self.calendars = CalendarsIn(source, self.identities, engagement, horizon)
        self.teams = TeamsIn(source, self.identities, engagement, self.calendars)
        self.tasks: dict[str, TaskIn] = {}
        self.settings = engagement.setting
        self.leads_from: date | None = None
        self.apart: set[tuple[str, str]] = set()
        self.project_day = self.first
        self.links: list[Entity] = []
        self.baselines: list[Baseline] = []
        self.items: list[ImportedItem] = []
        self.problems: list[Remark] = []

    def _reach(self) -> tuple[date, tuple[date, date]]:
        header = self.source.header
        said = [header.stamp("StartDate"), header.stamp("FinishDate")]
        for task in self.source.tasks:
            said += [task.start, task.finish]
        days = [stamp.date() for stamp in said if stamp is not None]
        start = header.stamp("StartDate")
        first = start.date() if start is not None else min(days, default=self.engagement.first_day)
        since = min([*days, first]) - _REACH
        return first, (since, min(max([*days, first]) + _REACH, since + _FARTHEST))

    def take_in(self) -> None:
        """Make entities of everything the file holds."""
        self.calendars.take_in(
            [resource.calendar_uid for resource in self.source.resources],
            [task.calendar_uid for task, _above in self.rows],
            sets_own=self.is_alone,
        )
        if self.is_alone:
            self.settings = self._settings()
        else:
            self.problems.append(remark("mspdi-beside", first=self.first))
        self.teams.take_in_teams(self.name or "Microsoft Project")
        self._take_in_tasks()
        self._take_in_links()
        self.teams.take_in_efforts(
            {uid: task.initiative_id for uid, task in self.tasks.items()},
            {task.uid: clean_line(task.name) or task.uid for task in self.source.tasks},
            minutes_per_day(self.source.header),
            self.apart,
        )
        self.baselines, items = take_in_baselines(self.source, list(self.tasks.values()), self.engagement, self.today)
        self.items += items

    def _settings(self) -> Settings:
        header = self.source.header
        code = header.text("CurrencyCode").upper() or _SYMBOLS.get(header.text("CurrencySymbol"), "")
        is_code = len(code) == _ISO_LETTERS and code.isascii() and code.isalpha()
        project = self.calendars.project
        start = header.stamp("StartDate")
        first = self.first
        if start is not None:
            share = project.share_before(start)[1]
            first += timedelta(days=1 if share >= 1 else 0)
            if 0 < share < 1:
                self.problems.append(remark("mspdi-start-time", day=first))
        self.leads_from = self._earliest_lead(first)
        if self.leads_from is not None:
            self.project_day, first = first, self.leads_from
            self.problems.append(remark("mspdi-leads", day=first, start=self.project_day))
        if header.text("ScheduleFromStart") in ("0", "false"):
            self.problems.append(remark("mspdi-from-finish"))
        month = header.whole("FYStartDate") or 0
        return dataclasses.replace(
            self.settings,
            client=self.settings.client or clean_line(header.text("Company")),
            fiscal_year_start_month=month if 1 <= month <= _MONTHS else self.settings.fiscal_year_start_month,
            plan_start=first
            if (self.settings.plan_start or self.settings.created) != first
            else self.settings.plan_start,
            calendar_id=self.calendars.project_id,
            currency=code if is_code else self.settings.currency,
        )

    def _earliest_lead(self, first: date) -> date | None:
        """Return the first day of what a negative lag lets start before the project does; None when nothing does."""
        days = [
            task.early_start.date()
            for task, above in self.rows
            if task.early_start
            and task.actual_start is None
            and not task.is_manual
            and (task.links or above is not None)
        ]
        earliest = min(days, default=first)
        return earliest if earliest < first else None

    def _take_in_tasks(self) -> None:
        holding = {above.uid for _task, above in self.rows if above is not None}
        ours = self._with([*self.calendars.put, *self.teams.put, self.settings])
        days_of = DaysOfTasks(self.source, self.calendars, self.teams, ours)
        minutes = self.calendars.project.usual_minutes()
        positions: dict[str | None, int] = defaultdict(int)
        holder = None if self.is_alone else self._holder()
        status = self.source.header.stamp("StatusDate") if self.is_alone else None
        for source, above in self.rows:
            holds = source.uid in holding
            days = days_of.find(source, holds=holds)
            task = TaskIn(
                source=source, initiative_id=self.initiative_ids[source.uid],
                parent=self.tasks[above.uid] if above is not None else None,
                position=positions[above.uid if above else None], holds=holds, calendar=days.here, hours=days.hours,
                minutes_a_day=minutes, status_day=None if status is None else status.date(),
            )  # fmt: skip
            positions[above.uid if above else None] += 1
            self.tasks[source.uid] = task
            if days.follows is not None:
                team_id = self.teams.take_in_calendar(days.follows, self.name or "Microsoft Project")
                self.teams.let_follow(source.uid, task.initiative_id, team_id)
                task.say("mspdi-follows", name=clean_line(days.follows.name))
            self._make(task, holder)
        self.apart = days_of.left_out
        self._keep_positions()

    def _keep_positions(self) -> None:
        """Leave initiatives where they are among others when the file tells them in the order they have here."""
        groups: dict[str | None, list[TaskIn]] = defaultdict(list)
        ours = set(self.initiative_ids.values())
        for task in self.tasks.values():
            if task.initiative is not None:
                groups[task.initiative.parent_id].append(task)
        for parent_id, tasks in groups.items():
            here = [one for one in self.engagement.children_of(parent_id) if one.id in ours]
            if [one.id for one in here] != [task.initiative_id for task in tasks]:
                continue
            for task, before in zip(tasks, here, strict=True):
                if task.initiative is not None:
                    task.initiative = dataclasses.replace(task.initiative, position=before.position)

    def _make(self, task: TaskIn, holder: Initiative | None) -> None:
        source = task.source
        parent_id = task.parent.initiative_id if task.parent else holder.id if holder else None
        before: Initiative | None = self.identities.before("initiatives", task.initiative_id)
        if before is not None and task.parent is None and holder is not None:
            parent_id = before.parent_id
        if source.is_external:
            task.say("mspdi-external", project=source.external_project or "?")
        elif source.subproject:
            task.say("mspdi-subproject", project=source.subproject)
        if not source.is_active and (task.parent is None or task.parent.source.is_active):
            task.say("mspdi-inactive")
        task.waits = bool(source.links) or (task.parent is not None and task.parent.waits)
        task.initiative = make_initiative(task, before, parent_id=parent_id)
        starts_first = task.starts is not None and task.first_day(task.starts) == self.project_day
        if self.leads_from is not None and not task.holds and (starts_first or not task.waits):
            task.initiative = _not_before(task.initiative, self.project_day)
        first = self.settings.plan_start or self.settings.created
        is_plain = source.constraint == START_FROM and not task.holds and not source.is_manual
        is_new = before is None or before.constraint_date != first
        if is_plain and is_new and task.waits and self.is_alone and task.initiative.constraint_date == first:
            # What waits for others is held to the project's first day in so many words; here that goes without saying.
            task.initiative = _free(task.initiative)

    def _holder(self) -> Initiative:
        """Return the initiative a project stands under, beside a plan that is here already."""
        holder_id = self.identities.derive("initiatives", "project")
        before: Initiative | None = self.identities.before("initiatives", holder_id)
        if before is not None:
            return before
        return Initiative(
            id=holder_id,
            name=self.name or "Microsoft Project",
            position=len(self.engagement.children_of(None)),
            constraint=ConstraintKind.START_NO_EARLIER_THAN,
            constraint_date=self.first,
        )

    def _take_in_links(self) -> None:
        known = {
            (link.predecessor_id, link.successor_id, link.type): link.id for link in self.engagement.links.values()
        }
        names = {task.uid: task.name for task in self.source.tasks}
        for task in self.tasks.values():
            seen: set[tuple[str, LinkType]] = set()
            for source in task.source.links:
                predecessor = self.tasks.get(source.predecessor_uid)
                kind = LINK_TYPES.get(source.type, LinkType.FINISH_TO_START)
                is_within = predecessor is not None and predecessor.is_within(task)
                if predecessor is None or is_within or (source.predecessor_uid, kind) in seen:
                    code = "mspdi-link-elsewhere" if source.cross_project else "mspdi-link-nothing"
                    code = "mspdi-link-within" if is_within else code
                    before = names.get(source.predecessor_uid, source.predecessor_uid)
                    self.items.append(
                        ImportedItem(
                            kind="links", name=f"{clean_line(before)} → {clean_line(task.source.name)}",
                            source_id=f"{source.predecessor_uid}-{task.source.uid}", place=str(source.line),
                            fate=Fate.REJECTED, remarks=(remark(code, project=source.cross_project),),
                        )
                    )  # fmt: skip
                    continue
                seen.add((source.predecessor_uid, kind))
                ends = (predecessor.initiative_id, task.initiative_id, kind)
                link_id = known.get(ends) or self.identities.derive(
                    "links", source.predecessor_uid, task.source.uid, kind.value
                )
                link, item = make_link(source, predecessor, task, link_id, self.engagement)
                self.links.append(link)
                self.items.append(item)

    def settle(self) -> None:
        """Hold what is scheduled by hand where it is, take the status date if nothing moves by it, compare all dates."""
        planned = self._hold_manual()
        stamp = self.source.header.stamp("StatusDate")
        if stamp is not None and self.is_alone:
            planned = self._try_status_date(stamp.date(), planned)
        elif stamp is not None:
            self.problems.append(remark("mspdi-status-date-beside", day=stamp.date()))
        for task in self.tasks.values():
            self._compare(task, planned)

    def _hold_manual(self) -> Schedule:
        """Pin what the file has earlier than its links let it be: by hand, or by a constraint that goes before them."""
        held = [
            task
            for task in self.tasks.values()
            if not task.holds and (task.source.is_manual or task.source.constraint in (START_BY, FINISH_BY))
        ]
        for _round in range(_MOST_ROUNDS):
            planned = schedule(self._whole())
            late = [task for task in held if self._pin_if_late(task, planned)]
            if not late:
                break
        for task in held:
            if task.initiative is not None and task.initiative.constraint_date is not None:
                pinned = task.initiative.constraint is ConstraintKind.MUST_START_ON
                day = task.initiative.constraint_date
                if task.source.is_manual:
                    task.say("mspdi-manual-pinned" if pinned else "mspdi-manual-held", day=day)
                elif pinned:
                    task.say("mspdi-pinned", day=day)
        return planned

    def _pin_if_late(self, task: TaskIn, planned: Schedule) -> bool:
        """Pin a task to the day the file has it on, if it starts later here; tell whether that was so."""
        initiative, start = task.initiative, task.source.start if task.source.is_manual else task.starts
        if initiative is None or start is None or initiative.actual_start is not None:
            return False
        day = task.first_day(start)
        is_pinned = initiative.constraint is ConstraintKind.MUST_START_ON
        if is_pinned or planned.dates[initiative.id].early_start <= task.calendar.first_working(day):
            return False
        task.initiative = dataclasses.replace(initiative, constraint=ConstraintKind.MUST_START_ON, constraint_date=day)
        return True

    def _try_status_date(self, day: date, planned: Schedule) -> Schedule:
        """Take the status date in, unless it moves what Project left where it was."""
        before = self.settings
        held = self._held_by(day)
        plain = {task.initiative_id: task.initiative for task in held}
        self.settings = dataclasses.replace(before, status_date=day)
        for task in held:
            if task.initiative is not None:
                known: Initiative | None = self.identities.before("initiatives", task.initiative_id)
                own = None if known is None else known.constraint_date
                task.initiative = _free(task.initiative)
                if known is not None and own is not None and own < day:
                    task.initiative = dataclasses.replace(
                        task.initiative, constraint=known.constraint, constraint_date=own
                    )
        found = schedule(self._whole())
        moved = [task for task in self.tasks.values() if self._differs(task, found)]
        if len(moved) <= sum(self._differs(task, planned) for task in self.tasks.values()):
            return found
        self.settings = before
        for task in held:
            task.initiative = plain[task.initiative_id]
        self.problems.append(
            remark("mspdi-status-date", day=day, count=len(moved), names=named([task.source.name for task in moved]))
        )
        return planned

    def _held_by(self, day: date) -> list[TaskIn]:
        """Return the tasks that are constrained to start no earlier than the status date, which says so by itself."""
        return [
            task
            for task in self.tasks.values()
            if task.initiative is not None
            and not task.source.is_manual
            and task.source.constraint == START_FROM
            and task.initiative.constraint_date == day
            and not task.holds
        ]

    def _differs(self, task: TaskIn, planned: Schedule) -> bool:
        """Tell whether a task's days here are others than those in the file."""
        starts, ends = task.starts, task.ends
        is_free = task.holds and not task.source.is_manual  # its dates follow from what it holds, there and here
        if is_free or starts is None or ends is None or not task.source.is_active:
            return False
        dates = planned.dates[task.initiative_id]
        start = task.first_day(starts)
        if dates.milestone or starts == ends:
            return dates.early_start not in (start, starts.date(), task.last_day(ends))
        return (dates.early_start, dates.early_finish) != (start, max(start, task.last_day(ends)))

    def _compare(self, task: TaskIn, planned: Schedule) -> None:
        """Say where a task's dates are other ones here."""
        starts, ends = task.starts, task.ends
        if starts is not None and ends is not None and self._differs(task, planned):
            dates, start = planned.dates[task.initiative_id], task.first_day(starts)
            task.say(
                "mspdi-dates-differ", start=start, finish=max(start, task.last_day(ends)), here=dates.early_start,
                here_finish=dates.early_finish,
            )  # fmt: skip

    def _entities(self) -> Iterator[Entity]:
        yield from self.calendars.put
        yield from self.teams.put
        if not self.is_alone and self.tasks:
            yield self._holder()
        for task in self.tasks.values():
            if task.initiative is not None:
                yield task.initiative
        yield from self.links
        yield from self.baselines
        if self.settings != self.engagement.setting:
            yield self.settings

    def _whole(self) -> Engagement:
        return self._with(list(self._entities()), without={one.id for one in self._gone()})

    def _with(self, entities: list[Entity], *, without: AbstractSet[str] = frozenset()) -> Engagement:
        kept = [one for held in self.engagement.by_kind().values() for one in held.values() if one.id not in without]
        return Engagement.of([*kept, *entities])

    def result(self) -> ImportReading:
        """Return the reading."""
        tasks = []
        for task in self.tasks.values():
            initiative = task.initiative
            if initiative is not None:
                tasks.append(
                    ImportedItem(
                        kind="initiatives", name=initiative.name, source_id=task.source.uid, entity_id=initiative.id,
                        place=str(task.source.line), fate=Fate.CHANGED if task.remarks else Fate.IMPORTED,
                        effect=effect_of(self.engagement, "initiatives", initiative), remarks=tuple(task.remarks),
                    )
                )  # fmt: skip
        blank = sum(task.is_blank for task in self.source.tasks)
        if blank:
            self.problems.append(remark("mspdi-blank", count=blank))
        self.problems += left_out(self.source, taken=frozenset(self._taken_of_project()), name=self.name)
        report = ImportReport(
            source_kind="msproject",
            files=(str(self.source.path),),
            items=(*self.calendars.items, *self.teams.items, *tasks, *self.items),
            problems=tuple(self.problems),
        )
        return ImportReading(report=report, put=tuple(self._entities()), remove=tuple(self._gone()))

    def _gone(self) -> Iterator[Entity]:
        """Yield the links and efforts of tasks that were here before and that the file no longer holds."""
        ours = {task.initiative_id for task in self.tasks.values()}
        links = {link.id for link in self.links}
        teams = {team.id for team in self.teams.put} | set(self.teams.known_ids())
        efforts = {one.id for one in self.teams.put}
        for link in self.engagement.links.values():
            if link.predecessor_id in ours and link.successor_id in ours and link.id not in links:
                yield link
        for estimate in self.engagement.estimates.values():
            if estimate.initiative_id in ours and estimate.team_id in teams and estimate.id not in efforts:
                yield estimate

    def _taken_of_project(self) -> Iterator[str]:
        """Yield which fields are the engagement's now, or the name of the initiative that holds the project."""
        header = self.source.header
        if not self.is_alone or clean_line(header.text("Title")) in ("", self.settings.name):
            yield "Title"
        if self.is_alone and clean_line(header.text("Company")) in ("", self.settings.client):
            yield "Company"
        if self.is_alone:
            yield "FYStartDate"


def _free(initiative: Initiative) -> Initiative:
    return dataclasses.replace(initiative, constraint=ConstraintKind.AS_SOON_AS_POSSIBLE, constraint_date=None)


def _not_before(initiative: Initiative, day: date) -> Initiative:
    """Return an initiative held to the project's first day, where nothing else holds it."""
    is_free = initiative.constraint is ConstraintKind.AS_SOON_AS_POSSIBLE and initiative.actual_start is None
    if not is_free:
        return initiative
    return dataclasses.replace(initiative, constraint=ConstraintKind.START_NO_EARLIER_THAN, constraint_date=day)
