"""Initiatives as tasks of Microsoft Project XML: dates, progress, constraint, links and baselines of each.

Everything a scheduler needs is said in so many words, in the order of the published schema. What the status date holds
back is constrained to start no earlier than it, as Project does when it moves work; what several teams work on follows
the calendar of the days on which all of them work, and no other.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from planner.analysis.calendar import TICKS_PER_DAY, WorkCalendar, calendar_for, calendar_of, start_of
from planner.analysis.schedule import moments, schedule
from planner.domain.engagement import Engagement
from planner.domain.initiative import ConstraintKind, Estimate, Initiative, Link, LinkType, Status
from planner.domain.scenario import Baseline, BaselineEntry
from planner.exchange.msproject.calendars_out import CalendarOut, CalendarsOut
from planner.exchange.msproject.identities import guid_of
from planner.exchange.msproject.xml_out import DAYS_FORMAT, Times, Xml
from planner.progress import Progress

_LINK_NUMBERS: Final = {
    LinkType.FINISH_TO_FINISH: 0,
    LinkType.FINISH_TO_START: 1,
    LinkType.START_TO_FINISH: 2,
    LinkType.START_TO_START: 3,
}
_AS_SOON, _MUST_START, _START_FROM = 0, 2, 4
_MOST_BASELINES: Final = 11
_LONGEST_LINE: Final = 512
_ROWS_BETWEEN_PROGRESS: Final = 200
_FIXED_DURATION: Final = 1


class Plan:
    """A plan, computed, on its way out; rows go by number, from 1."""

    def __init__(self, engagement: Engagement) -> None:
        """Compute everything that is written of it."""
        self.engagement = engagement
        self.scheduled = schedule(engagement)
        self.moments = moments(engagement)
        self.rows = engagement.outline()
        self.first = self.scheduled.start or engagement.first_day
        self.last = self.scheduled.finish or engagement.first_day
        self.calendars = CalendarsOut(engagement, self.last)
        self.times = Times(self.calendars.hours)
        self.uid = {initiative.id: number for number, (initiative, _depth) in enumerate(self.rows, 1)}
        self.estimates: Mapping[str, tuple[Estimate, ...]] = engagement.referring("estimates", "initiative_id")
        self._days: dict[str, WorkCalendar] = {}
        self._calendar: dict[str, CalendarOut] = {}
        self._dropped: set[str] = set()
        self._waiting: set[str] = set()
        linked = engagement.referring("links", "successor_id")
        for initiative, _depth in self.rows:
            keys = [engagement.teams[one.team_id].calendar_id for one in self.estimates.get(initiative.id, ())]
            if engagement.children_of(initiative.id):
                keys = []  # what holds others takes its dates from them
            self._calendar[initiative.id] = self.calendars.for_teams(keys)
            self._days[initiative.id] = calendar_for(engagement, keys)
            if initiative.status is Status.DROPPED or initiative.parent_id in self._dropped:
                self._dropped.add(initiative.id)
            if initiative.id in linked or initiative.parent_id in self._waiting:
                self._waiting.add(initiative.id)
        self._costs = self._sum_costs()
        self._done_of_holders = self._sum_progress()
        self._baselines = self._choose_baselines()

    def _sum_costs(self) -> dict[str, float]:
        found = {initiative.id: initiative.cost or 0.0 for initiative, _depth in self.rows}
        for initiative, _depth in reversed(self.rows):
            if initiative.parent_id is not None:
                found[initiative.parent_id] += found[initiative.id]
        return found

    def _sum_progress(self) -> dict[str, float]:
        """Return how much of each that holds others is done, by the days its parts take."""
        days: dict[str, float] = {}
        done: dict[str, float] = {}
        for initiative, _depth in reversed(self.rows):
            if not self.scheduled.dates[initiative.id].summary and initiative.id not in self._dropped:
                days[initiative.id] = initiative.duration_days
                done[initiative.id] = initiative.duration_days * self._progress(initiative)
            parent = initiative.parent_id
            if parent is not None and initiative.id in days:
                days[parent] = days.get(parent, 0.0) + days[initiative.id]
                done[parent] = done.get(parent, 0.0) + done[initiative.id]
        return {one: done[one] / days[one] if days[one] else 0.0 for one in days if self.scheduled.dates[one].summary}

    def _choose_baselines(self) -> dict[str, list[tuple[int, BaselineEntry]]]:
        """Return the entries of the newest baselines, as many as Project has numbers for, 0 for the newest."""

        def newest_first(baseline: Baseline) -> tuple[int, int, str]:
            return -baseline.taken_on.toordinal(), len(baseline.name), baseline.name

        found: dict[str, list[tuple[int, BaselineEntry]]] = {}
        chosen = sorted(self.engagement.baselines.values(), key=newest_first)[:_MOST_BASELINES]
        for number, baseline in enumerate(chosen):
            for entry in baseline.entries:
                found.setdefault(entry.initiative_id, []).append((number, entry))
        return found

    def write_tasks(self, xml: Xml, progress: Progress) -> None:
        """Write the row of the whole project, then one an initiative."""
        with xml.element("Task"):
            self._write_project(xml)
        counters: list[int] = []
        links = self.engagement.referring("links", "successor_id")
        for row, (initiative, depth) in enumerate(self.rows):
            if not row % _ROWS_BETWEEN_PROGRESS:
                progress(row, len(self.rows))
            counters = counters[: depth + 1] if len(counters) > depth else [*counters, 0]
            counters[depth] += 1
            with xml.element("Task"):
                self._write_task(xml, initiative, ".".join(map(str, counters)), depth + 1)
                self._write_dates(xml, initiative)
                self._write_progress(xml, initiative)
                self._write_constraint(xml, initiative)
                for link in links.get(initiative.id, ()):
                    with xml.element("PredecessorLink"):
                        self._write_link(xml, link)
                for number, entry in self._baselines.get(initiative.id, ()):
                    with xml.element("Baseline"):
                        self._write_baseline(xml, number, entry)
        progress(max(1, len(self.rows)), max(1, len(self.rows)))

    def _write_project(self, xml: Xml) -> None:
        days = calendar_of(self.engagement, None).count(self.first, self.last)
        xml.put(
            UID=0, ID=0, Name=self.engagement.setting.name, Active=True, Manual=False, Type=_FIXED_DURATION,
            IsNull=False, CreateDate=self.times.morning(self.engagement.setting.created), WBS="0", OutlineNumber="0",
            OutlineLevel=0, Priority=500, Start=self.times.morning(self.first), Finish=self.times.evening(self.last),
            Duration=self.times.span(days), DurationFormat=DAYS_FORMAT, EffortDriven=False, Recurring=False,
            Estimated=False, Milestone=False, Summary=True, IsSubproject=False, IsSubprojectReadOnly=False,
            ExternalTask=False, FixedCost=0, FixedCostAccrual=3, ConstraintType=_AS_SOON, CalendarUID=-1,
        )  # fmt: skip

    def _write_task(self, xml: Xml, initiative: Initiative, number: str, level: int) -> None:
        uid, dates = self.uid[initiative.id], self.scheduled.dates[initiative.id]
        at = self.moments[initiative.id]
        effort = sum(one.effort for one in self.estimates.get(initiative.id, ()))
        xml.put(
            UID=uid, GUID=guid_of(initiative.id), ID=uid, Name=initiative.name,
            Active=initiative.id not in self._dropped, Manual=False, Type=_FIXED_DURATION, IsNull=False,
            CreateDate=self.times.morning(self.engagement.setting.created),
            Contact=initiative.owner[:_LONGEST_LINE] or None, WBS=number, OutlineNumber=number, OutlineLevel=level,
            Priority=500, Start=self.times.stamp(at.early_start), Finish=self.times.end_stamp(at.early_finish),
            Duration=self.times.span(self._duration(initiative)), DurationFormat=DAYS_FORMAT,
            Work=self.times.span(effort),
        )  # fmt: skip
        if self._is_split(initiative):
            status = self.engagement.setting.status_date or self.first
            days = self._days[initiative.id]
            done = days.work_before(at.early_start) + round(self._done(initiative) * TICKS_PER_DAY)
            xml.put(
                Stop=self.times.end_stamp(days.finishing(done)), Resume=self.times.morning(days.first_working(status))
            )
        xml.put(
            ResumeValid=False, EffortDriven=False, Recurring=False, OverAllocated=False, Estimated=False,
            Milestone=dates.milestone, Summary=dates.summary, Critical=dates.critical, IsSubproject=False,
            IsSubprojectReadOnly=False, ExternalTask=False,
        )  # fmt: skip

    def _duration(self, initiative: Initiative) -> float:
        """Return what it takes in days; what it took, once it is finished; what it spans, where it holds others."""
        is_plain = initiative.actual_finish is None or not initiative.duration_days
        if not self.scheduled.dates[initiative.id].summary and is_plain:
            return initiative.duration_days
        at, days = self.moments[initiative.id], self._days[initiative.id]
        return (days.work_before(at.early_finish) - days.work_before(at.early_start)) / TICKS_PER_DAY

    def _write_dates(self, xml: Xml, initiative: Initiative) -> None:
        at, dates = self.moments[initiative.id], self.scheduled.dates[initiative.id]
        xml.put(
            EarlyStart=self.times.stamp(at.early_start), EarlyFinish=self.times.end_stamp(at.early_finish),
            LateStart=self.times.stamp(at.late_start), LateFinish=self.times.end_stamp(at.late_finish),
            FreeSlack=self.times.tenths(dates.free_slack_days), TotalSlack=self.times.tenths(dates.total_slack_days),
            FixedCost=None if initiative.cost is None else initiative.cost * 100, FixedCostAccrual=3,
        )  # fmt: skip

    def _write_progress(self, xml: Xml, initiative: Initiative) -> None:
        at = self.moments[initiative.id]
        effort = sum(one.effort for one in self.estimates.get(initiative.id, ()))
        share = self._progress(initiative)
        started, finished = self._begun(initiative), self._finished(initiative)
        duration = self._duration(initiative)
        xml.put(
            PercentComplete=float(round(share * 100, 8)), PercentWorkComplete=float(round(share * 100, 8)),
            Cost=self._costs[initiative.id] * 100,
            ActualStart=self.times.stamp(at.early_start) if started else None,
            ActualFinish=self.times.end_stamp(at.early_finish) if finished else None,
            ActualDuration=self.times.span(duration * share), ActualWork=self.times.span(effort * share),
            RemainingDuration=self.times.span(duration * (1 - share)),
            RemainingWork=self.times.span(effort * (1 - share)),
        )  # fmt: skip

    def _write_constraint(self, xml: Xml, initiative: Initiative) -> None:
        number, day = self._constraint(initiative)
        calendar = self._calendar[initiative.id]
        is_own = calendar is self.calendars.own
        xml.put(
            ConstraintType=number, CalendarUID=-1 if is_own else calendar.uid,
            ConstraintDate=None if day is None else self.times.morning(day),
            Deadline=None if initiative.deadline is None else self.times.evening(initiative.deadline),
            LevelAssignments=False, LevelingCanSplit=False, LevelingDelay=0, LevelingDelayFormat=8,
            IgnoreResourceCalendar=not is_own, Notes=initiative.description or None, HideBar=False, Rollup=False,
        )  # fmt: skip

    def _constraint(self, initiative: Initiative) -> tuple[int, date | None]:
        """Return the number and day of the constraint; a pin on what holds others is a first day, as Project has it."""
        holds = self.scheduled.dates[initiative.id].summary
        day = initiative.constraint_date
        if initiative.constraint is ConstraintKind.MUST_START_ON and day is not None:
            # A pin on a day that rests means the next that works; others leave the start on the day that rests.
            return (_START_FROM, day) if holds else (_MUST_START, self._days[initiative.id].first_working(day))
        if not holds and not self._begun(initiative) and initiative.id not in self._dropped:
            days, at = self._days[initiative.id], self.moments[initiative.id].early_start
            for limit in (self.engagement.setting.status_date, self._first_day_for(initiative)):
                if limit is None or (day is not None and day >= limit):
                    continue
                if days.work_before(at) <= days.work_before(start_of(limit)):
                    return _START_FROM, limit
        return (_AS_SOON if day is None else _START_FROM), day

    def _first_day_for(self, initiative: Initiative) -> date | None:
        """Return the plan's first day for what waits for others: by a negative lag alone it might start before."""
        return self.engagement.first_day if initiative.id in self._waiting else None

    def _write_link(self, xml: Xml, link: Link) -> None:
        xml.put(
            PredecessorUID=self.uid[link.predecessor_id], Type=_LINK_NUMBERS[link.type], CrossProject=False,
            LinkLag=self.times.tenths(link.lag_days), LagFormat=DAYS_FORMAT,
        )  # fmt: skip

    def _write_baseline(self, xml: Xml, number: int, entry: BaselineEntry) -> None:
        instant = not entry.duration_days and entry.start == entry.finish
        xml.put(
            Number=number, Start=self.times.morning(entry.start),
            Finish=self.times.morning(entry.finish) if instant else self.times.evening(entry.finish),
            Duration=self.times.span(entry.duration_days), DurationFormat=DAYS_FORMAT, EstimatedDuration=False,
            Work=self.times.span(entry.effort),
        )  # fmt: skip

    def _begun(self, initiative: Initiative) -> bool:
        return not self.scheduled.dates[initiative.id].summary and (
            initiative.actual_start is not None or self._progress(initiative) > 0
        )

    def _finished(self, initiative: Initiative) -> bool:
        return self._begun(initiative) and self._progress(initiative) >= 1

    def _progress(self, initiative: Initiative) -> float:
        if self.scheduled.dates[initiative.id].summary:
            return self._done_of_holders.get(initiative.id, 0.0)
        done = initiative.actual_finish is not None or initiative.status is Status.DONE
        return 1.0 if done else min(1.0, initiative.progress)

    def progress_of(self, initiative_id: str) -> float:
        """Return how much of an initiative is done, from 0 to 1."""
        return self._progress(self.engagement.initiatives[initiative_id])

    def _done(self, initiative: Initiative) -> float:
        return initiative.duration_days * self._progress(initiative)

    def _is_split(self, initiative: Initiative) -> bool:
        """Tell whether what is left of an initiative under way waits for the status date."""
        if not self._begun(initiative) or self._finished(initiative) or self.engagement.setting.status_date is None:
            return False
        at, days = self.moments[initiative.id], self._days[initiative.id]
        worked = days.work_before(at.early_finish) - days.work_before(at.early_start)
        return worked > round(initiative.duration_days * TICKS_PER_DAY)
