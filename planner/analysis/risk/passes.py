"""The schedule of many draws at once: the forward pass of `planner.analysis.schedule`, on arrays, one column a draw.

The rules are those stated there, in the same order; without uncertainty the dates are the same. What is done stays on
the days of the plan whatever is drawn, and so does the start of what has begun. Besides dates, a pass remembers which
links and holders decide each start in which draws, to find the paths that decide the plan's end.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from planner.analysis.calendar import TICKS_PER_DAY, calendar_for, end_of, start_of
from planner.analysis.network import Network, build_network
from planner.analysis.risk.working_days import Ticks, WorkingDays, is_end
from planner.domain.engagement import Engagement
from planner.domain.initiative import ConstraintKind, Initiative, Status

Mask = NDArray[np.bool_]

_BEFORE_PLAN = 400
_AFTER_PLAN = 1_500
"""Days looked up at once before and after the plan's first day; more when they are asked for."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A draw-wise reason: in the draws of `mask`, the start of the link's successor is decided by an end of `other`."""

    other: int
    by_start: bool
    mask: Mask


@dataclass(slots=True)
class Run:
    """The moments of one pass by number of the initiative, and what decided them."""

    start_at: list[Ticks]
    finish_at: list[Ticks]
    start_work: list[Ticks]
    finish_work: list[Ticks]
    spanned_at: dict[int, Ticks] = field(default_factory=dict)
    spanned_work: dict[int, Ticks] = field(default_factory=dict)
    held_start_at: dict[int, Ticks] = field(default_factory=dict)
    held_finish_at: dict[int, Ticks | None] = field(default_factory=dict)
    decided: dict[int, list[Decided]] = field(default_factory=dict)
    decided_by_holder: dict[int, Mask] = field(default_factory=dict)
    last_at: Ticks = field(default_factory=lambda: np.zeros(1, dtype=np.int64))


class Passes:
    """A plan made ready to be scheduled again and again; errors as in `schedule`."""

    def __init__(self, engagement: Engagement) -> None:
        self.network: Network = build_network(engagement, ticks_per_day=TICKS_PER_DAY)
        network = self.network
        around = engagement.first_day.toordinal()
        own = calendar_for(engagement, ())
        known = {id(own): WorkingDays(own, first=around - _BEFORE_PLAN, last=around + _AFTER_PLAN)}
        self.plan_days = known[id(own)]
        self.calendars: list[WorkingDays] = []
        estimates = engagement.referring("estimates", "initiative_id")
        for initiative in network.initiatives:
            teams = (engagement.teams[estimate.team_id] for estimate in estimates.get(initiative.id, ()))
            calendar = calendar_for(engagement, {team.calendar_id for team in teams})
            if id(calendar) not in known:
                known[id(calendar)] = WorkingDays(calendar, first=around - _BEFORE_PLAN, last=around + _AFTER_PLAN)
            self.calendars.append(known[id(calendar)])
        self.first_at = np.array([start_of(engagement.first_day)], dtype=np.int64)
        status_date = engagement.setting.status_date
        self.status_at = 0 if status_date is None else start_of(status_date)
        self.likely = [_one(round(one.duration_days * TICKS_PER_DAY)) for one in network.initiatives]
        self.done = [is_done(one) for one in network.initiatives]
        self.begun = [one.actual_start is not None or one.progress > 0 for one in network.initiatives]
        self.planned: Run | None = None
        self.planned = self.run({}, {}, trace=False)

    @property
    def last_planned(self) -> Ticks:
        """The moment the plan ends with likely durations and no risk."""
        return self._as_planned().last_at

    def planned_finish(self, n: int) -> Ticks:
        """Return the moment an initiative ends with likely durations and no risk."""
        return self._as_planned().finish_at[n]

    def _as_planned(self) -> Run:
        assert self.planned is not None  # noqa: S101  made with the passes
        return self.planned

    def run(self, durations: Mapping[int, Ticks], delays: Mapping[int, Ticks], *, trace: bool = True) -> Run:
        """Return every moment of some draws: durations and delays by risk in ticks, by number; others are as planned."""
        count = len(self.network.initiatives)
        nothing = _one(0)
        run = Run([nothing] * count, [nothing] * count, [nothing] * count, [nothing] * count)
        for node in self.network.order:
            n = node >> 1
            if self.network.children[n]:
                if node & 1:
                    self._span(run, n, delays.get(n))
                else:
                    self._hold(run, n, trace=trace)
            elif self.planned is not None and (self.done[n] or not self.network.counts[n]):
                self._keep(run, self.planned, n)
            else:
                self._set(run, n, durations.get(n, self.likely[n]), delays.get(n), trace=trace)
        counted = [n for n, counts in enumerate(self.network.counts) if counts] or range(count)
        run.last_at = run.finish_at[counted[0]]
        for n in counted[1:]:
            if self.network.parent[n] < 0:
                run.last_at = np.maximum(run.last_at, run.finish_at[n])
        return run

    def _keep(self, run: Run, planned: Run, n: int) -> None:
        run.start_at[n], run.finish_at[n] = planned.start_at[n], planned.finish_at[n]
        run.start_work[n], run.finish_work[n] = planned.start_work[n], planned.finish_work[n]

    def _set(self, run: Run, n: int, length: Ticks, delay: Ticks | None, *, trace: bool) -> None:
        """Set the moments of one that holds nothing."""
        initiative = self.network.initiatives[n]
        worked = length if delay is None else length + delay
        if self.begun[n] or self.done[n]:
            self._set_begun(run, n, length, delay, trace=trace)
        elif not self.likely[n].any():
            self._set_milestone(run, n, delay, trace=trace)
        elif initiative.constraint is not ConstraintKind.AS_SOON_AS_POSSIBLE:
            self._set_constrained(run, n, worked, trace=trace)
        else:
            self._set_free(run, n, worked, trace=trace)

    def _set_free(self, run: Run, n: int, length: Ticks, *, trace: bool) -> None:
        days = self.calendars[n]
        holder = self.network.parent[n]
        bounds: list[tuple[Decided, Ticks]] = []
        held_start = self.first_at if holder < 0 else run.held_start_at[holder]
        held_finish = None if holder < 0 else run.held_finish_at[holder]
        start = days.work_before(np.maximum(held_start, self.status_at))
        from_holder = start
        if held_finish is not None:
            start = np.maximum(start, days.work_before(held_finish) - length)
            from_holder = start
        for other, by_start, to_finish, lag in self.network.before[n]:
            if self.calendars[other] is days:
                work = (run.start_work if by_start else run.finish_work)[other]
            else:
                work = days.work_before((run.start_at if by_start else run.finish_at)[other])
            if to_finish and not by_start and not lag:
                held_finish = _later_end(held_finish, run.finish_at[other])
            work = work + lag - length if to_finish else work + lag
            bounds.append((Decided(other, by_start, _NO_DRAW), work))
            start = np.maximum(start, work)
        if trace:
            self._remember(run, n, start, bounds, from_holder)
        run.start_work[n], run.finish_work[n] = start, start + length
        run.start_at[n] = days.starting(start)
        run.finish_at[n] = _finish(days, start + length, held_finish)

    def _set_constrained(self, run: Run, n: int, length: Ticks, *, trace: bool) -> None:
        days = self.calendars[n]
        start_at, finish_at, bounds, from_holder = self._held_back(run, n)
        if _pin_at(self.network.initiatives[n]) is None:
            start_at = np.maximum(start_at, self.status_at)
        start = days.work_before(start_at)
        if finish_at is not None:
            start = np.maximum(start, days.work_before(finish_at) - length)
        if trace:
            works = [
                (decided, days.work_before(at) - length if to_finish else days.work_before(at))
                for decided, at, to_finish in bounds
            ]
            self._remember(run, n, start, works, None if from_holder is None else days.work_before(from_holder))
        # From the day the work starts on, as what begins on a day that rests begins on the next that does not.
        run.start_at[n] = days.starting(start)
        run.start_work[n], run.finish_work[n] = start, start + length
        finish = np.maximum(_finish(days, start + length, finish_at), run.start_at[n])
        run.finish_at[n], run.finish_work[n] = finish, days.work_before(finish)

    def _set_milestone(self, run: Run, n: int, delay: Ticks | None, *, trace: bool) -> None:
        days = self.calendars[n]
        at, finish_at, bounds, from_holder = self._held_back(run, n)
        if _pin_at(self.network.initiatives[n]) is None:
            at = np.maximum(at, self.status_at)
        if finish_at is not None:
            at = np.maximum(at, finish_at)
        if trace:
            works = [(decided, days.work_before(bound)) for decided, bound, _to_finish in bounds]
            held = None if from_holder is None else days.work_before(from_holder)
            self._remember(run, n, days.work_before(at), works, held)
        work = days.work_before(at)
        at = np.where(at == days.finishing(work), at, days.starting(work))
        if delay is not None:
            at = np.where(delay > 0, days.finishing(days.work_before(at) + delay), at)
        run.start_at[n] = run.finish_at[n] = at
        run.start_work[n] = run.finish_work[n] = days.work_before(at)

    def _set_begun(self, run: Run, n: int, length: Ticks, delay: Ticks | None, *, trace: bool) -> None:
        """Set one under way: its start stays, what is left of the work waits for the status date."""
        initiative, days = self.network.initiatives[n], self.calendars[n]
        finish_at: Ticks | None = None
        if initiative.actual_start is not None:
            start_at = _one(start_of(initiative.actual_start))
        else:
            start_at, finish_at, _bounds, _holder = self._held_back(run, n)
            if self.planned is not None:
                start_at = self.planned.start_at[n]
            elif self.likely[n].any():
                start = days.work_before(start_at)
                if finish_at is not None:
                    start = np.maximum(start, days.work_before(finish_at) - length)
                start_at = days.starting(start)
            else:
                start_at = start_at if finish_at is None else np.maximum(start_at, finish_at)
                start = days.work_before(start_at)
                start_at = np.where(start_at == days.finishing(start), start_at, days.starting(start))
        start = days.work_before(start_at)
        if initiative.actual_finish is not None:
            finish = _one(end_of(initiative.actual_finish))
        elif self.likely[n].any():
            worked = start + length
            if self.status_at and not self.done[n]:
                left = np.rint(length * (1 - initiative.progress)).astype(np.int64)
                worked = np.maximum(worked, days.work_before(_one(self.status_at)) + left)
            worked = worked if delay is None else worked + delay
            finish = np.maximum(_finish(days, worked, finish_at), start_at)
        else:
            finish = start_at
        run.start_at[n], run.finish_at[n] = start_at, finish
        run.start_work[n], run.finish_work[n] = start, days.work_before(finish)
        if trace:
            run.decided[n] = []

    def _held_back(
        self, run: Run, n: int
    ) -> tuple[Ticks, Ticks | None, list[tuple[Decided, Ticks, bool]], Ticks | None]:
        """Return before which moments one may not start and not finish, by what, and by its holder (None: pinned)."""
        initiative = self.network.initiatives[n]
        pin_at = _pin_at(initiative)
        if pin_at is not None:
            return _one(pin_at), None, [], None
        days = self.calendars[n]
        holder, holds = self.network.parent[n], bool(self.network.children[n])
        start_at = from_holder = run.held_start_at[holder] if holder >= 0 else self.first_at
        finish_at = run.held_finish_at[holder] if holder >= 0 else None
        bounds: list[tuple[Decided, Ticks, bool]] = []
        for other, by_start, to_finish, lag in self.network.before[n]:
            at = (run.start_at if by_start else run.finish_at)[other]
            if lag:
                work = days.work_before(at) + lag
                if holds and not to_finish:
                    at = days.finishing(work)
                else:
                    at = np.where(is_end(at), days.finishing(work), days.starting(work))
            bounds.append((Decided(other, by_start, _NO_DRAW), at, to_finish))
            if to_finish:
                finish_at = at if finish_at is None else np.maximum(finish_at, at)
            else:
                start_at = np.maximum(start_at, at)
        if initiative.constraint_date is not None:
            start_at = np.maximum(start_at, start_of(initiative.constraint_date))
        return start_at, finish_at, bounds, from_holder

    def _hold(self, run: Run, n: int, *, trace: bool) -> None:
        """Set before which moments what `n` holds may not start and not finish."""
        start_at, finish_at, bounds, from_holder = self._held_back(run, n)
        run.held_start_at[n], run.held_finish_at[n] = start_at, finish_at
        if trace:
            # An evening and the next morning are one to work: what ends then decides as much.
            days = self.calendars[n]
            starts = days.work_before(start_at)
            finishes = None if finish_at is None else days.work_before(finish_at)
            run.decided[n] = [
                Decided(reason.other, reason.by_start, days.work_before(at) == (finishes if to_finish else starts))
                for reason, at, to_finish in bounds
            ]
            if from_holder is not None:
                run.decided_by_holder[n] = days.work_before(from_holder) == starts

    def _span(self, run: Run, n: int, delay: Ticks | None) -> None:
        """Let one that holds others span them; a risk of its own delays its end."""
        days = self.calendars[n]
        spanned = self.spanned(n)
        start, finish = run.start_at[spanned[0]], run.finish_at[spanned[0]]
        for child in spanned[1:]:
            start = np.minimum(start, run.start_at[child])
            finish = np.maximum(finish, run.finish_at[child])
        run.spanned_at[n], run.spanned_work[n] = finish, days.work_before(finish)
        if delay is not None:
            finish = np.where(delay > 0, days.finishing(days.work_before(finish) + delay), finish)
        run.start_at[n], run.finish_at[n] = start, finish
        run.start_work[n], run.finish_work[n] = days.work_before(start), days.work_before(finish)

    def spanned(self, n: int) -> list[int]:
        """Return what gives `n` its dates: what it holds, without the dropped unless all of it is."""
        counts = self.network.counts
        return [child for child in self.network.children[n] if counts[child]] or self.network.children[n]

    def _remember(
        self, run: Run, n: int, start: Ticks, bounds: list[tuple[Decided, Ticks]], from_holder: Ticks | None
    ) -> None:
        run.decided[n] = [Decided(reason.other, reason.by_start, bound == start) for reason, bound in bounds]
        if from_holder is not None and self.network.parent[n] >= 0:
            run.decided_by_holder[n] = from_holder == start


def critical_draws(passes: Passes, run: Run, draws: int) -> list[int]:
    """Return, by number, in how many draws each lies on a path that decides the plan's end.

    The path is walked back from what finishes last, over the links and holders that decided each start. What is done is
    on none, and what has begun waits for nothing any more.
    """
    return _Walk(passes, run, draws).back()


class _Walk:
    """The way back from the plan's end: by number, in which draws a start, a finish or what is held decides it."""

    def __init__(self, passes: Passes, run: Run, draws: int) -> None:
        network = passes.network
        never = np.zeros(draws, dtype=np.bool_)
        calendars = {id(days): days for days in passes.calendars}
        last = {key: days.work_before(run.last_at) for key, days in calendars.items()}
        self._passes, self._run = passes, run
        self._finish = [
            np.broadcast_to(run.finish_work[n] == last[id(passes.calendars[n])], (draws,)) if counts else never
            for n, counts in enumerate(network.counts)
        ]
        self._start = [never] * len(network.initiatives)
        self._within = [never] * len(network.initiatives)
        self._held = [never] * len(network.initiatives)

    def back(self) -> list[int]:
        """Return in how many draws each decides it."""
        network = self._passes.network
        found = [0] * len(network.initiatives)
        for node in reversed(network.order):
            n = node >> 1
            if network.children[n] and node & 1:
                self._enter(n)
            elif network.children[n]:
                found[n] = int(self._within[n].sum())
                self._leave(n, self._within[n], self._held[n])
            elif network.counts[n] and not self._passes.done[n]:
                critical = self._finish[n] | self._start[n]
                found[n] = int(critical.sum())
                self._leave(n, critical, critical)
        return found

    def _enter(self, n: int) -> None:
        """Hand what one that holds others decides to those of them that decide it."""
        run, passes = self._run, self._passes
        for child in passes.spanned(n):
            days = passes.calendars[child]
            if days is passes.calendars[n]:
                spanned, begun = run.spanned_work[n], run.start_work[n]
            else:
                spanned, begun = days.work_before(run.spanned_at[n]), days.work_before(run.start_at[n])
            self._finish[child] = self._finish[child] | (self._finish[n] & (run.finish_work[child] == spanned))
            self._start[child] = self._start[child] | (self._start[n] & (run.start_work[child] == begun))

    def _leave(self, n: int, critical: Mask, waits: Mask) -> None:
        """Hand it on to the holder, and to what decided the start in the draws of `waits`."""
        holder = self._passes.network.parent[n]
        if holder >= 0:
            self._within[holder] = self._within[holder] | critical
            decided = self._run.decided_by_holder.get(n)
            if decided is not None:
                self._held[holder] = self._held[holder] | (waits & decided)
        for reason in self._run.decided.get(n, ()):
            ends = self._start if reason.by_start else self._finish
            ends[reason.other] = ends[reason.other] | (waits & reason.mask)


def is_done(initiative: Initiative) -> bool:
    """Tell whether no work of an initiative is left."""
    return initiative.actual_finish is not None or initiative.status is Status.DONE or initiative.progress >= 1


def _one(value: int) -> Ticks:
    return np.array([value], dtype=np.int64)


_NO_DRAW: Mask = np.zeros(1, dtype=np.bool_)


def _pin_at(initiative: Initiative) -> int | None:
    pinned = initiative.constraint is ConstraintKind.MUST_START_ON and initiative.constraint_date is not None
    return start_of(initiative.constraint_date) if pinned and initiative.constraint_date is not None else None


def _later_end(held: Ticks | None, finish: Ticks) -> Ticks:
    """Return the later of two moments where the second is an end, the first (or no moment at all) where it is not."""
    ends = np.where(is_end(finish), finish, 0)
    return ends if held is None else np.maximum(held, ends)


def _finish(days: WorkingDays, work: Ticks, held: Ticks | None) -> Ticks:
    """Return the moments at which work is finished, where what must finish first does so at `held`.

    When that is a day that rests here, all work is done before: it can be called finished when the next day begins.
    """
    at = days.finishing(work)
    if held is None:
        return at
    late = (at < held) & is_end(held)
    return np.where(late, days.starting(work), at) if late.any() else at
