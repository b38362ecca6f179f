"""When everything happens: early and late dates, slack and the critical path, by the critical path method.

Kelley and Walker, "Critical-path planning and scheduling" (1959), on working-day calendars, with the conventions of
Microsoft Project:

- an initiative works on the days on which the engagement and all teams that put effort into it work;
- a lag counts working time of the successor; a link to an initiative that holds others acts on each of them;
- *must start on* fixes the early and the late start, over every link; a deadline limits the late finish, even of what is
  pinned, and never moves anything;
- on one that holds others, *must start on* keeps what it holds from starting earlier, in place of the links to it and of
  what holds it, and what starts first from starting later without negative slack;
- what has actually started stays where it was and limits nothing it waited for; what is left of the work comes no
  earlier than the status date, where one is set; finished work is not critical;
- an initiative that holds others spans them and has the slack that is left in its dates;
- a milestone happens when what it waits for does: after work, on the evening that ends it;
- dropped initiatives, and what they hold, keep dates of their own, but nothing waits for them and they do not stretch
  the plan; where their teams never work on the same day they go by the engagement's calendar, and what would run past
  the last day that calendars number ends on it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from planner.analysis.calendar import TICKS_PER_DAY, day_of, end_of, is_end, start_of
from planner.analysis.early_dates import EarlyDates, is_done, pin_of
from planner.analysis.network import Network, build_network
from planner.domain.engagement import Engagement

_NEVER: Final = 1 << 62


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
    return Schedule(dates=plan.dates(), start=day_of(plan.first), finish=day_of(plan.last))


class Moments(NamedTuple):
    """When one initiative happens to the tick, as moments of `planner.analysis.calendar`."""

    early_start: int
    early_finish: int
    late_start: int
    late_finish: int


def moments(engagement: Engagement) -> Mapping[str, Moments]:
    """Return the moments of every initiative by id, for formats that tell times of day; raises as `schedule` does."""
    network = build_network(engagement, ticks_per_day=TICKS_PER_DAY)
    plan = _Plan(engagement, network)
    if network.initiatives:
        plan.set_early()
        plan.set_late()
    found = zip(plan.early_start_at, plan.early_finish_at, plan.late_start_at, plan.late_finish_at, strict=True)
    return {initiative.id: Moments(*at) for initiative, at in zip(network.initiatives, found, strict=True)}


class _Plan(EarlyDates):
    """The walk backwards over the same figures: late dates and slack."""

    def __init__(self, engagement: Engagement, network: Network) -> None:
        super().__init__(engagement, network)
        count = len(network.initiatives)
        self.late_start_at = [0] * count
        self.late_finish_at = [0] * count
        self.total_ticks = [0] * count
        self.free_ticks = [0] * count
        # No finish after a moment, and no start of those the holder starts with: late ones and free ones.
        self.limit_at = [_NEVER] * count
        self.free_limit_at = [_NEVER] * count
        self.start_limit_at = [_NEVER] * count
        self.free_start_limit_at = [_NEVER] * count
        # The latest start and finish of what holds nothing, and (at a holder) those of the first of all it holds.
        self.start_bound_work = [0] * count
        self.finish_bound_work = [0] * count
        self.first_bounds_at: dict[tuple[int, bool, bool], tuple[int, int]] = {}
        # Of one that holds others: something, or all, of what it spans has begun.
        self.has_begun = [initiative.actual_start is not None for initiative in network.initiatives]
        self.all_begun = self.has_begun.copy()

    def set_late(self) -> None:
        """Walk the network backwards: the latest moments that delay neither the plan nor a deadline."""
        network = self.network
        for node in reversed(network.order):
            n = node >> 1
            if not network.children[n]:
                self._set_late_leaf(n)
            elif node & 1:
                self._limit_children(n)
            else:
                self._span_late(n)

    def _set_late_leaf(self, n: int) -> None:
        calendar = self.calendars[n]
        initiative = self.network.initiatives[n]
        finish = self.early_finish_work[n]
        length = finish - self.early_start_work[n]
        limit, free = self._limits(n, length)
        by_deadline = _NEVER
        if not self.network.counts[n]:
            limit = max(limit, finish)
        elif initiative.deadline is not None:
            by_deadline = calendar.work_before(end_of(initiative.deadline))
            limit = min(limit, by_deadline)
        has_begun = initiative.actual_start is not None
        if has_begun and is_done(initiative):
            limit = finish
        elif not has_begun and pin_of(initiative) is not None:
            limit = min(finish, by_deadline)
        self.start_bound_work[n], self.finish_bound_work[n] = limit - length, limit
        self.late_start_at[n], self.late_finish_at[n] = self.early_start_at[n], self.early_finish_at[n]
        if limit != finish:
            self.late_finish_at[n] = late_at = calendar.finishing(limit)
            if has_begun:
                self.late_start_at[n] = min(self.early_start_at[n], late_at)
            else:
                self.late_start_at[n] = calendar.starting(limit - length) if length else late_at
        self.total_ticks[n] = limit - finish
        self.free_ticks[n] = max(0, min(free, limit) - finish)

    def _limits(self, n: int, length: int) -> tuple[int, int]:
        """Return the work by which `n` must finish, for late ends and for early ends of what waits: links and holder."""
        calendar, calendars = self.calendars[n], self.calendars
        children, all_begun, has_begun = self.network.children, self.all_begun, self.has_begun[n]
        holder = self.network.parent[n]
        if holder < 0:
            limit = free = calendar.work_before(self.last)
        else:
            limit = free = calendar.work_before(self.limit_at[holder])
            if self.free_limit_at[holder] != self.limit_at[holder]:
                free = calendar.work_before(self.free_limit_at[holder])
            is_first = self.early_start_at[n] == self.early_start_at[holder] and not has_begun
            if is_first and self.start_limit_at[holder] < _NEVER:
                limit = min(limit, calendar.work_before(self.start_limit_at[holder]) + length)
                free = min(free, calendar.work_before(self.free_start_limit_at[holder]) + length)
        for other, from_start, to_finish, lag in self.network.after[n]:
            if all_begun[other] or (from_start and has_begun):
                continue
            if calendars[other] is calendar and not children[other]:
                bound = (self.finish_bound_work if to_finish else self.start_bound_work)[other] - lag
                early = (self.early_finish_work if to_finish else self.early_start_work)[other] - lag
            else:
                after_end = not from_start and is_end(self.early_finish_at[n])
                late_at, early_at = self._bounds_at(other, lag, after_end=after_end, to_finish=to_finish)
                bound, early = calendar.work_before(late_at), calendar.work_before(early_at)
            if from_start:
                bound += length
                early += length
            limit = min(limit, bound)
            free = min(free, early)
        return limit, free

    def _bounds_at(self, other: int, lag: int, *, after_end: bool, to_finish: bool) -> tuple[int, int]:
        """Return the moments by which what `other` waits for must happen: for its late end, and for its early end.

        What waits, to finish, for an end (not for a day's beginning) is not called finished before it: see `_finish`.
        """
        theirs = self.calendars[other]
        if self.network.children[other]:
            late_at, early_at = self._first_bounds_at(other, after_end=after_end, to_finish=to_finish)
            if not lag:
                return late_at, early_at
            bound, early = theirs.work_before(late_at), theirs.work_before(early_at)
        elif not lag and (not to_finish or not self.duration[other]):
            return self.late_start_at[other], self.early_start_at[other]
        elif not lag and after_end:
            return self.late_finish_at[other], self.early_finish_at[other]
        elif to_finish:
            bound, early = self.finish_bound_work[other], self.early_finish_work[other]
        else:
            bound, early = self.start_bound_work[other], self.early_start_work[other]
        return theirs.starting(bound - lag), theirs.starting(early - lag)

    def _first_bounds_at(self, n: int, *, after_end: bool, to_finish: bool) -> tuple[int, int]:
        """Return the first of the bounds of all that `n` holds and that has not begun: a link to it acts on each."""
        if (n, after_end, to_finish) not in self.first_bounds_at:
            holders = [n]
            for holder in holders:
                holders += [child for child in self._spanned(holder) if self.network.children[child]]
            # From the inside out, so that each finds those of the holders in it: nesting may be deep.
            for holder in reversed(holders):
                bounds = [
                    self._bounds_at(child, 0, after_end=after_end, to_finish=to_finish)
                    for child in self._spanned(holder)
                    if not self.all_begun[child]
                ]
                self.first_bounds_at[holder, after_end, to_finish] = (
                    min((late for late, _early in bounds), default=_NEVER),
                    min((early for _late, early in bounds), default=_NEVER),
                )
        return self.first_bounds_at[n, after_end, to_finish]

    def _limit_children(self, n: int) -> None:
        """Gather what limits what `n` holds: its links, its deadline, its pin, and its holder's limits."""
        network = self.network
        holder = network.parent[n]
        limit_at = free_at = self.last
        start_at = free_start_at = _NEVER
        if holder >= 0:
            limit_at, free_at = self.limit_at[holder], self.free_limit_at[holder]
            if self.early_start_at[n] == self.early_start_at[holder]:
                start_at, free_start_at = self.start_limit_at[holder], self.free_start_limit_at[holder]
        for other, from_start, to_finish, lag in network.after[n]:
            if self.all_begun[other]:
                continue
            after_end = not from_start and is_end(self.early_finish_at[n])
            late_at, early_at = self._bounds_at(other, lag, after_end=after_end, to_finish=to_finish)
            if from_start:
                start_at, free_start_at = min(start_at, late_at), min(free_start_at, early_at)
            else:
                limit_at, free_at = min(limit_at, late_at), min(free_at, early_at)
        initiative = network.initiatives[n]
        pin = pin_of(initiative)
        if pin is not None:
            start_at, free_start_at = min(start_at, start_of(pin)), min(free_start_at, start_of(pin))
        if not network.counts[n]:
            limit_at = max(limit_at, self.early_finish_at[n])
        elif initiative.deadline is not None:
            limit_at = min(limit_at, end_of(initiative.deadline))
        self.limit_at[n], self.free_limit_at[n] = limit_at, free_at
        self.start_limit_at[n], self.free_start_limit_at[n] = start_at, free_start_at

    def _span_late(self, n: int) -> None:
        calendar = self.calendars[n]
        spanned = self._spanned(n)
        self.late_start_at[n] = min([self.late_start_at[child] for child in spanned])
        self.late_finish_at[n] = max([self.late_finish_at[child] for child in spanned])
        self.has_begun[n] = any(self.has_begun[child] for child in spanned)
        self.all_begun[n] = all(self.all_begun[child] for child in spanned)
        finish = self.early_finish_work[n]
        total = calendar.work_before(self.late_finish_at[n]) - finish
        free = calendar.work_before(self.free_limit_at[n]) - finish
        if not self.has_begun[n]:
            start = self.early_start_work[n]
            total = min(total, calendar.work_before(self.late_start_at[n]) - start)
            if self.free_start_limit_at[n] < _NEVER:
                free = min(free, calendar.work_before(self.free_start_limit_at[n]) - start)
        self.total_ticks[n] = total
        self.free_ticks[n] = max(0, min(free, total))

    def dates(self) -> dict[str, ScheduledDates]:
        """Return the days and slack of every initiative by id."""
        network = self.network
        done = self._done()
        found = {}
        for n, initiative in enumerate(network.initiatives):
            early_finish = day_of(self.early_finish_at[n])
            total = self.total_ticks[n]
            holds = bool(network.children[n])
            counts = network.counts[n]
            found[initiative.id] = ScheduledDates(
                early_start=day_of(self.early_start_at[n]),
                early_finish=early_finish,
                late_start=day_of(self.late_start_at[n]),
                late_finish=day_of(self.late_finish_at[n]),
                total_slack_days=total / TICKS_PER_DAY,
                free_slack_days=self.free_ticks[n] / TICKS_PER_DAY,
                critical=total <= 0 and counts and not done[n],
                summary=holds,
                milestone=not self.duration[n] and not holds,
                deadline_missed=counts and initiative.deadline is not None and early_finish > initiative.deadline,
            )
        return found

    def _done(self) -> list[bool]:
        """Return, by number, whether no work is left: one that holds others is done when all it spans is."""
        done = [is_done(initiative) for initiative in self.network.initiatives]
        for n in range(len(done) - 1, -1, -1):
            if self.network.children[n]:
                done[n] = all(done[child] for child in self._spanned(n))
        return done
