"""When everything happens: early and late dates, slack and the critical path, by the critical path method.

Kelley and Walker, "Critical-path planning and scheduling" (1959), on working-day calendars, with the conventions of
Microsoft Project:

- an initiative works on the days on which the engagement and all teams that put effort into it work;
- a lag counts working time of the successor; a link to an initiative that holds others acts on each of them;
- *must start on* fixes the early and the late start; a deadline limits the late finish, it never moves anything;
- what has actually started or finished stays where it was, and what is left of the work starts no earlier than the
  status date, where one is set; finished work has no slack to speak of and is not critical;
- an initiative that holds others spans them and has the slack that is left in its dates;
- dropped initiatives keep dates of their own, but nothing waits for them and they do not stretch the plan.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from planner.analysis.calendar import TICKS_PER_DAY, WorkCalendar, calendar_for, day_of, end_of, start_of
from planner.analysis.network import Edge, Network, build_network
from planner.domain.engagement import Engagement
from planner.domain.initiative import ConstraintKind, Initiative, LinkType, Status

_NEVER = 1 << 62


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduledDates:
    """When one initiative happens. A finish is the last working day; a milestone finishes on the day it starts.

    Slack is in working days of the initiative's own calendar; `critical` when the total is 0 or less and work is left.
    """

    early_start: date
    early_finish: date
    late_start: date
    late_finish: date
    total_slack_days: float
    free_slack_days: float
    critical: bool
    summary: bool
    milestone: bool
    deadline_missed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """The dates of every initiative by id, and the first and last day of the plan (None when it is empty)."""

    dates: Mapping[str, ScheduledDates]
    start: date | None
    finish: date | None


def schedule(engagement: Engagement) -> Schedule:
    """Return when every initiative happens.

    Raises UserError "link-circle" (names), "no-working-days" (names), "beyond-calendar" (year).
    """
    network = build_network(engagement, ticks_per_day=TICKS_PER_DAY)
    if not network.initiatives:
        return Schedule(dates={}, start=None, finish=None)
    plan = _Plan(engagement, network)
    plan.set_early()
    plan.set_late()
    dates = {initiative.id: plan.dates(n) for n, initiative in enumerate(network.initiatives)}
    return Schedule(dates=dates, start=day_of(plan.first), finish=day_of(plan.last))


class _Plan:
    """The working figures of one schedule, by number of the initiative; moments as in `planner.analysis.calendar`."""

    def __init__(self, engagement: Engagement, network: Network) -> None:
        count = len(network.initiatives)
        self.network = network
        self.calendars = _calendars(engagement, network)
        self.duration = [round(initiative.duration_days * TICKS_PER_DAY) for initiative in network.initiatives]
        self.first_moment = start_of(engagement.first_day)
        status_date = engagement.setting.status_date
        self.status_moment = 0 if status_date is None else start_of(status_date)
        self.counts = _counting(network)
        # What holders hand down to what they hold: starts and finishes not before, finishes not after.
        self.held_start = [0] * count
        self.held_finish = [0] * count
        self.early_start = [0] * count
        self.early_finish = [0] * count
        # The same in work of the initiative's own calendar: converting is what a schedule mostly costs.
        self.early_start_work = [0] * count
        self.early_finish_work = [0] * count
        self.late_start = [0] * count
        self.late_finish = [_NEVER] * count
        self.free_finish = [_NEVER] * count
        self.first = 0
        self.last = 0

    def set_early(self) -> None:
        """Walk the network forwards: the earliest moments every link, constraint and actual date allows."""
        network = self.network
        for node in network.order:
            n, is_finish = divmod(node, 2)
            if not is_finish:
                self._hold_early(n)
                if not network.children[n]:
                    self._set_early_leaf(n)
                    self._note_work(n)
            elif network.children[n]:
                children = [c for c in network.children[n] if self.counts[c]] or network.children[n]
                self.early_start[n] = min(self.early_start[child] for child in children)
                self.early_finish[n] = max(self.early_finish[child] for child in children)
                self._note_work(n)
        counted = [n for n in range(len(network.initiatives)) if self.counts[n]] or range(len(network.initiatives))
        self.first = min(self.early_start[n] for n in counted)
        self.last = max(self.early_finish[n] for n in counted)

    def _note_work(self, n: int) -> None:
        calendar = self.calendars[n]
        self.early_start_work[n] = calendar.work_before(self.early_start[n])
        self.early_finish_work[n] = calendar.work_before(self.early_finish[n])

    def _early_work(self, n: int, calendar: WorkCalendar, *, of_start: bool) -> int:
        """Return the early start or finish of `n` as work of a calendar, its own or another's."""
        if self.calendars[n] is calendar:
            return self.early_start_work[n] if of_start else self.early_finish_work[n]
        return calendar.work_before(self.early_start[n] if of_start else self.early_finish[n])

    def _hold_early(self, n: int) -> None:
        """Gather what holds an initiative back: its links, its constraint, and what holds its holder back."""
        initiative = self.network.initiatives[n]
        calendar = self.calendars[n]
        holder = self.network.parent[n]
        start = self.held_start[holder] if holder >= 0 else self.first_moment
        finish = self.held_finish[holder] if holder >= 0 else 0
        for edge in self.network.before[n]:
            from_start = edge.type in (LinkType.START_TO_START, LinkType.START_TO_FINISH)
            work = self._early_work(edge.other, calendar, of_start=from_start) + edge.lag_ticks
            if edge.type in (LinkType.FINISH_TO_START, LinkType.START_TO_START):
                # A milestone happens when what it waits for has happened: at the end of that day, not the next one.
                at = calendar.finishing(work) if self._is_instant(n) and not from_start else calendar.starting(work)
                start = max(start, at)
            else:
                finish = max(finish, calendar.finishing(work))
        if initiative.constraint is ConstraintKind.START_NO_EARLIER_THAN and initiative.constraint_date is not None:
            start = max(start, start_of(initiative.constraint_date))
        self.held_start[n], self.held_finish[n] = start, finish

    def _is_instant(self, n: int) -> bool:
        return self.duration[n] == 0 and not self.network.children[n]

    def _set_early_leaf(self, n: int) -> None:
        initiative = self.network.initiatives[n]
        calendar = self.calendars[n]
        duration = self.duration[n]
        if initiative.actual_start is not None:
            self._set_actual(n, initiative, initiative.actual_start)
            return
        if initiative.constraint is ConstraintKind.MUST_START_ON and initiative.constraint_date is not None:
            work = calendar.work_before(start_of(initiative.constraint_date))
        else:
            start = self.held_start[n]
            if initiative.progress < 1 and initiative.status is not Status.DONE:
                start = max(start, self.status_moment)
            if duration == 0 and self.held_finish[n] <= start:
                work = calendar.work_before(start)
                at_end = start == calendar.finishing(work)
                self.early_start[n] = self.early_finish[n] = start if at_end else calendar.starting(work)
                return
            work = max(calendar.work_before(start), calendar.work_before(self.held_finish[n]) - duration)
        self._set_span(n, work, work + duration)

    def _set_actual(self, n: int, initiative: Initiative, actual_start: date) -> None:
        """Keep what happened; let what is left of the work finish no earlier than the status date allows."""
        calendar = self.calendars[n]
        self.early_start[n] = start_of(actual_start)
        if initiative.actual_finish is not None:
            self.early_finish[n] = end_of(initiative.actual_finish)
            return
        work = calendar.work_before(self.early_start[n])
        finish = work + self.duration[n]
        if initiative.progress < 1 and initiative.status is not Status.DONE:
            left = round(self.duration[n] * (1 - initiative.progress))
            finish = max(finish, calendar.work_before(self.status_moment) + left)
        self.early_finish[n] = max(calendar.finishing(finish), self.early_start[n])

    def _set_span(self, n: int, start_work: int, finish_work: int) -> None:
        calendar = self.calendars[n]
        self.early_start[n] = calendar.starting(start_work)
        self.early_finish[n] = calendar.finishing(finish_work) if finish_work > start_work else self.early_start[n]

    def set_late(self) -> None:
        """Walk the network backwards: the latest moments that delay neither the plan nor a deadline."""
        network = self.network
        for node in reversed(network.order):
            n, is_finish = divmod(node, 2)
            if is_finish:
                self._hold_late(n)
                if not network.children[n]:
                    self._set_late_leaf(n)
            elif network.children[n]:
                children = [c for c in network.children[n] if self.counts[c]] or network.children[n]
                self.late_start[n] = min(self.late_start[child] for child in children)
                self.late_finish[n] = max(self.late_finish[child] for child in children)

    def _hold_late(self, n: int) -> None:
        initiative = self.network.initiatives[n]
        holder = self.network.parent[n]
        late = self.late_finish[holder] if holder >= 0 else _NEVER
        free = self.free_finish[holder] if holder >= 0 else _NEVER
        for edge in self.network.after[n]:
            theirs = self.calendars[edge.other]
            to_start = edge.type in (LinkType.FINISH_TO_START, LinkType.START_TO_START)
            latest = self.late_start[edge.other] if to_start else self.late_finish[edge.other]
            late = min(late, self._latest(n, edge, theirs.work_before(latest)))
            free = min(free, self._latest(n, edge, self._early_work(edge.other, theirs, of_start=to_start)))
        if holder < 0:
            late, free = min(late, self.last), min(free, self.last)
        if initiative.deadline is not None:
            late = min(late, end_of(initiative.deadline))
        self.late_finish[n], self.free_finish[n] = late, free

    def _latest(self, n: int, edge: Edge, work: int) -> int:
        """Return the last finish of `n` that leaves the end of a successor it is linked to at `work` of theirs."""
        theirs = self.calendars[edge.other]
        if edge.type in (LinkType.FINISH_TO_START, LinkType.FINISH_TO_FINISH):
            return theirs.finishing(work - edge.lag_ticks)
        own = self.calendars[n]
        start = theirs.starting(work - edge.lag_ticks)
        return own.finishing(own.work_before(start) + self._length(n))

    def _length(self, n: int) -> int:
        """Return the working ticks from early start to early finish."""
        return self.early_finish_work[n] - self.early_start_work[n]

    def _set_late_leaf(self, n: int) -> None:
        initiative = self.network.initiatives[n]
        calendar = self.calendars[n]
        pinned = initiative.constraint is ConstraintKind.MUST_START_ON and initiative.constraint_date is not None
        if pinned or initiative.actual_start is not None:
            self.late_start[n] = self.early_start[n]
            if initiative.actual_finish is not None or pinned:
                self.late_finish[n] = self.early_finish[n]
            return
        finish = calendar.work_before(self.late_finish[n])
        length = self._length(n)
        if length:
            self.late_finish[n] = calendar.finishing(finish)
            self.late_start[n] = calendar.starting(finish - length)
        else:
            self.late_start[n] = self.late_finish[n]

    def dates(self, n: int) -> ScheduledDates:
        """Return the days and slack of one initiative."""
        initiative = self.network.initiatives[n]
        calendar = self.calendars[n]
        total = calendar.work_before(self.late_finish[n]) - self.early_finish_work[n]
        if self.network.children[n]:
            start_slack = calendar.work_before(self.late_start[n]) - self.early_start_work[n]
            total = min(total, start_slack)
        free = calendar.work_before(self.free_finish[n]) - self.early_finish_work[n]
        finished = initiative.actual_finish is not None or initiative.status in (Status.DONE, Status.DROPPED)
        early_start, early_finish = day_of(self.early_start[n]), day_of(self.early_finish[n])
        return ScheduledDates(
            early_start=early_start,
            early_finish=early_finish,
            late_start=day_of(self.late_start[n]),
            late_finish=day_of(self.late_finish[n]),
            total_slack_days=total / TICKS_PER_DAY,
            free_slack_days=max(0, min(free, max(total, 0))) / TICKS_PER_DAY,
            critical=total <= 0 and not finished,
            summary=bool(self.network.children[n]),
            milestone=self._is_instant(n),
            deadline_missed=initiative.deadline is not None and early_finish > initiative.deadline,
        )


def _counting(network: Network) -> list[bool]:
    """Return, by number, whether an initiative stretches the plan: it is not dropped, nor held by a dropped one."""
    counts: list[bool] = []
    for n, initiative in enumerate(network.initiatives):
        holder = network.parent[n]
        counts.append(initiative.status is not Status.DROPPED and (holder < 0 or counts[holder]))
    return counts


def _calendars(engagement: Engagement, network: Network) -> list[WorkCalendar]:
    """Return each initiative's calendar, one object for all that share it."""
    shared: dict[frozenset[str], WorkCalendar] = {}

    def chosen(initiative: Initiative) -> Iterator[str]:
        for estimate in engagement.referring("estimates", "initiative_id").get(initiative.id, ()):
            calendar_id = engagement.teams[estimate.team_id].calendar_id
            if calendar_id is not None:
                yield calendar_id

    found = []
    for initiative in network.initiatives:
        key = frozenset(chosen(initiative))
        if key not in shared:
            shared[key] = calendar_for(engagement, sorted(key))
        found.append(shared[key])
    return found
