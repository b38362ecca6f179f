"""The earliest dates: every initiative as soon as its links, its constraint, its holder and what has happened allow.

The walk forwards of the critical path method; its rules are told in `planner.analysis.schedule`, which walks back.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from planner.analysis.calendar import (
    LAST_NUMBERED_DAY,
    TICKS_PER_DAY,
    WorkCalendar,
    calendar_for,
    end_of,
    is_end,
    start_of,
)
from planner.analysis.network import Network
from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.domain.initiative import ConstraintKind, Initiative, Status

# Asked of every initiative; a member is slow to get from its enumeration.
_AS_SOON_AS_POSSIBLE: Final = ConstraintKind.AS_SOON_AS_POSSIBLE
_MUST_START_ON: Final = ConstraintKind.MUST_START_ON
_DONE: Final = Status.DONE


class EarlyDates:
    """The working figures of the walk forwards, by number of the initiative.

    What ends in `_at` is a moment, what ends in `_work` is work of the initiative's own calendar (both as in
    `planner.analysis.calendar`): most links join initiatives of one calendar, where work needs no converting.
    """

    def __init__(self, engagement: Engagement, network: Network) -> None:
        count = len(network.initiatives)
        self.network = network
        self.calendars = _calendars(engagement, network)
        self.duration = [round(initiative.duration_days * TICKS_PER_DAY) for initiative in network.initiatives]
        self.first_at = start_of(engagement.first_day)
        status_date = engagement.setting.status_date
        self.status_at = 0 if status_date is None else start_of(status_date)
        self.early_start_at = [0] * count
        self.early_finish_at = [0] * count
        self.early_start_work = [0] * count
        self.early_finish_work = [0] * count
        # What holders hand down to what they hold: no start and no finish before a moment.
        self.held_start_at = [0] * count
        self.held_finish_at = [0] * count
        self.first = 0
        self.last = 0

    def set_early(self) -> None:
        """Walk the network forwards: the earliest moments every link, constraint and actual date allows."""
        network = self.network
        for node in network.order:
            n = node >> 1
            if not network.children[n]:
                if network.counts[n]:
                    self._set_early_leaf(n)
                else:
                    self._set_dropped(n)
            elif node & 1:
                self._span_early(n)
            else:
                self.held_start_at[n], self.held_finish_at[n] = self._hold_back(n)
        counted = [n for n, counts in enumerate(network.counts) if counts] or range(len(network.initiatives))
        self.first = min([self.early_start_at[n] for n in counted])
        self.last = max([self.early_finish_at[n] for n in counted])

    def _set_early_leaf(self, n: int) -> None:
        initiative = self.network.initiatives[n]
        length = self.duration[n]
        if (
            not length
            or initiative.constraint is not _AS_SOON_AS_POSSIBLE
            or initiative.actual_start is not None
            or initiative.progress
            or initiative.status is _DONE
        ):
            self._set_uncommon(n)
            return
        # What most of a plan is, without the detours of the rest: this is where a schedule's time goes.
        calendar, calendars = self.calendars[n], self.calendars
        holder = self.network.parent[n]
        held_finish_at = 0
        if holder < 0:
            start = calendar.work_before(max(self.first_at, self.status_at))
        else:
            start = calendar.work_before(max(self.held_start_at[holder], self.status_at))
            held_finish_at = self.held_finish_at[holder]
            if held_finish_at:
                start = max(start, calendar.work_before(held_finish_at) - length)
        for other, from_start, to_finish, lag in self.network.before[n]:
            if calendars[other] is calendar:
                work = (self.early_start_work if from_start else self.early_finish_work)[other]
            else:
                work = calendar.work_before((self.early_start_at if from_start else self.early_finish_at)[other])
            if to_finish and not from_start and not lag and is_end(self.early_finish_at[other]):
                held_finish_at = max(held_finish_at, self.early_finish_at[other])
            work += lag - length if to_finish else lag
            if work > start:  # noqa: PLR1730  half the time of max()
                start = work
        self.early_start_work[n] = start
        self.early_finish_work[n] = start + length
        self.early_start_at[n] = calendar.starting(start)
        self.early_finish_at[n] = _finish(calendar, start + length, held_finish_at)

    def _set_dropped(self, n: int) -> None:
        """Set what is not to be done: it may not stop the plan, however far away it lies."""
        try:
            self._set_early_leaf(n)
        except UserError:
            asked = self.network.initiatives[n].actual_start
            start_at = self._hold_back(n)[0] if asked is None else start_of(asked)
            calendar = self.calendars[n]
            self.early_start_at[n] = min(start_at, start_of(LAST_NUMBERED_DAY))
            self.early_finish_at[n] = end_of(LAST_NUMBERED_DAY)
            self.early_start_work[n] = calendar.work_before(self.early_start_at[n])
            self.early_finish_work[n] = calendar.work_before(self.early_finish_at[n])

    def _hold_back(self, n: int) -> tuple[int, int]:
        """Return the moments before which `n` may not start and not finish: links, constraint, and its holder's."""
        initiative = self.network.initiatives[n]
        pin = pin_of(initiative)
        if pin is not None:
            return start_of(pin), 0
        calendar = self.calendars[n]
        holder, holds = self.network.parent[n], bool(self.network.children[n])
        start_at = self.held_start_at[holder] if holder >= 0 else self.first_at
        finish_at = self.held_finish_at[holder] if holder >= 0 else 0
        for other, from_start, to_finish, lag in self.network.before[n]:
            at = self.early_start_at[other] if from_start else self.early_finish_at[other]
            if lag:
                work = calendar.work_before(at) + lag
                # What a holder holds may work on days on which the holder does not: it starts as soon as the lag is over.
                ends = is_end(at) or (holds and not to_finish)
                at = calendar.finishing(work) if ends else calendar.starting(work)
            if to_finish:
                finish_at = max(finish_at, at)
            else:
                start_at = max(start_at, at)
        if initiative.constraint_date is not None:
            start_at = max(start_at, start_of(initiative.constraint_date))
        return start_at, finish_at

    def _set_uncommon(self, n: int) -> None:
        """Set a milestone, or work that is constrained, has begun or is done."""
        initiative = self.network.initiatives[n]
        calendar = self.calendars[n]
        length = self.duration[n]
        held_finish_at = 0
        if initiative.actual_start is not None:
            start_at = start_of(initiative.actual_start)
        else:
            start_at, held_finish_at = self._hold_back(n)
            if not is_done(initiative) and not initiative.progress and pin_of(initiative) is None:
                start_at = max(start_at, self.status_at)
            if length:
                start = max(calendar.work_before(start_at), calendar.work_before(held_finish_at) - length)
                start_at = calendar.starting(start)
            else:
                start_at = max(start_at, held_finish_at)
                start = calendar.work_before(start_at)
                if start_at != calendar.finishing(start):
                    start_at = calendar.starting(start)
        start = calendar.work_before(start_at)
        if initiative.actual_finish is not None:
            finish_at = end_of(initiative.actual_finish)
        elif length:
            finish_at = max(_finish(calendar, self._finish_work(n, start), held_finish_at), start_at)
        else:
            finish_at = start_at
        self.early_start_at[n], self.early_finish_at[n] = start_at, finish_at
        self.early_start_work[n], self.early_finish_work[n] = start, calendar.work_before(finish_at)

    def _finish_work(self, n: int, start: int) -> int:
        """Return the work by which an initiative is done; what is left of one under way waits for the status date."""
        initiative = self.network.initiatives[n]
        finish = start + self.duration[n]
        is_under_way = initiative.actual_start is not None or initiative.progress > 0
        if not self.status_at or not is_under_way or is_done(initiative):
            return finish
        left = round(self.duration[n] * (1 - initiative.progress))
        return max(finish, self.calendars[n].work_before(self.status_at) + left)

    def _span_early(self, n: int) -> None:
        calendar = self.calendars[n]
        spanned = self._spanned(n)
        self.early_start_at[n] = min([self.early_start_at[child] for child in spanned])
        self.early_finish_at[n] = max([self.early_finish_at[child] for child in spanned])
        self.early_start_work[n] = calendar.work_before(self.early_start_at[n])
        self.early_finish_work[n] = calendar.work_before(self.early_finish_at[n])

    def _spanned(self, n: int) -> list[int]:
        """Return what gives `n` its dates: what it holds, without the dropped unless all of it is."""
        counts = self.network.counts
        return [child for child in self.network.children[n] if counts[child]] or self.network.children[n]


def pin_of(initiative: Initiative) -> date | None:
    """Return the day an initiative must start on, None where it may move."""
    return initiative.constraint_date if initiative.constraint is _MUST_START_ON else None


def is_done(initiative: Initiative) -> bool:
    """Tell whether no work is left."""
    return initiative.actual_finish is not None or initiative.status is _DONE or initiative.progress >= 1


def _finish(calendar: WorkCalendar, work: int, held_at: int) -> int:
    """Return the moment at which `work` is finished, where what must finish first does so at `held_at`.

    When that is a day that rests here, all work is done before: it can be called finished when the next day begins.
    """
    at = calendar.finishing(work)
    if at < held_at and is_end(held_at):
        return calendar.starting(work)
    return at


def _calendars(engagement: Engagement, network: Network) -> list[WorkCalendar]:
    """Return each initiative's calendar, one object for all that share it."""
    own = calendar_for(engagement, ())
    if all(team.calendar_id is None for team in engagement.teams.values()):
        return [own] * len(network.initiatives)
    shared: dict[frozenset[str | None], WorkCalendar] = {frozenset(): own}
    estimates = engagement.referring("estimates", "initiative_id")
    found = []
    for initiative, counts in zip(network.initiatives, network.counts, strict=True):
        key = frozenset(engagement.teams[e.team_id].calendar_id for e in estimates.get(initiative.id, ()))
        if key not in shared:
            try:
                shared[key] = calendar_for(engagement, key)
            except UserError:
                if counts:
                    raise
                found.append(own)
                continue
        found.append(shared[key])
    return found
