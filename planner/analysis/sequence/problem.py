"""The plan as the sequencer reads it: whole working days, numbered, on which work is placed within what teams can take.

A *slot* is a day on which some calendar of the plan works; a *clock* tells which slots one calendar works. A *task* is an
initiative that has not begun, or the gate of a wave. What has begun or is done stays where the schedule has it and takes
its share of its teams. Effort is spread evenly over an initiative's days, so that a team's capacity of a week is held on
each of its days; durations and lags count whole days, a part of one as a day.

An end is the slot after the last one worked: what starts there starts the next day.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from planner.analysis.calendar import WorkCalendar, calendar_for, calendar_of
from planner.analysis.effort import effort_of
from planner.analysis.priority import scores_of, yardstick_in_force
from planner.analysis.schedule import Schedule
from planner.analysis.schedule import schedule as compute_schedule
from planner.analysis.sequence.prerequisites import Need, Unmet, needs_of, unmet
from planner.analysis.sequence.slots import Clock, Slots, clock_of
from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.domain.initiative import ConstraintKind, Initiative, LinkType, Status

PARTS: Final = 1_000
"""Parts of a person-day in which demand and capacity are counted."""

_FROM_START: Final = (LinkType.START_TO_START, LinkType.START_TO_FINISH)
_TO_FINISH: Final = (LinkType.FINISH_TO_FINISH, LinkType.START_TO_FINISH)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One initiative to place, or a gate (no initiative, no duration).

    `duration` is in working days of its clock, `demands` (team, parts of a person-day each day); it starts no earlier
    than slot `release`, on slot `pin` where it is pinned, and should end by slot `due`. `now` is where it starts today.
    One that is `optional` may be left out where the problem's horizon is too near. `follows` is the initiative that has
    begun whose days set the release, `follows_for` the practice it is waited for, where that is why.
    """

    initiative_id: str
    duration: int
    clock: int
    demands: tuple[tuple[int, int], ...] = ()
    release: int = 0
    pin: int | None = None
    due: int | None = None
    worth: float = 0.0
    now: int = 0
    optional: bool = False
    follows: str | None = None
    follows_for: str | None = None


@dataclass(frozen=True, slots=True)
class Wait:
    """What a task waits for: the end (or start) of another, for its own start (or end), with a lag in its days.

    `practice_id` is the practice the other must bring first, where that is why.
    """

    predecessor: int
    from_start: bool = False
    to_finish: bool = False
    lag: int = 0
    practice_id: str | None = None


@dataclass(frozen=True, slots=True)
class Overfull:
    """An initiative that alone asks more of a team (person-days a day) than it has: nothing else of it runs beside."""

    initiative_id: str
    team_id: str
    asked: float
    capacity: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """All there is to place and to keep to; tasks and teams go by number.

    `days` are the slots as ordinals. `capacity` is in parts of a person-day a day, `limit` in initiatives at once; what
    cannot move takes `taken_effort[team][slot]` and `taken_count[team][slot]` of them. After each adoption its teams
    count it for `cool_down` of its days more. `order` lists the tasks so that each comes after all it waits for. What is
    kept ends by slot `horizon`, where there is one; deadlines must be kept where they are hard. `overridden` are waits,
    (task, wait), of what is pinned: its pin goes before them; `pinned_early` is pinned before what has begun lets it start.
    `unmet` are prerequisites that nothing delivers in time.
    """

    days: tuple[int, ...]
    clocks: tuple[Clock, ...]
    tasks: tuple[Task, ...]
    waits: tuple[tuple[Wait, ...], ...]
    teams: tuple[str, ...]
    capacity: tuple[int, ...]
    limit: tuple[int, ...]
    taken_effort: tuple[tuple[int, ...], ...]
    taken_count: tuple[tuple[int, ...], ...]
    cool_down: int
    order: tuple[int, ...]
    overfull: tuple[Overfull, ...] = ()
    horizon: int | None = None
    deadlines_are_hard: bool = False
    overridden: tuple[tuple[int, Wait], ...] = ()
    pinned_early: tuple[int, ...] = ()
    unmet: tuple[Unmet, ...] = ()

    def due(self, number: int) -> int | None:
        """Return the slot by which a task must end, by the horizon and by its deadline where those are hard; or None."""
        if not self.tasks[number].initiative_id:  # a gate keeps nobody busy: it may come after the last day
            return None
        due = self.tasks[number].due if self.deadlines_are_hard else None
        dues = [slot for slot in (due, self.horizon) if slot is not None]
        return min(dues, default=None)

    @property
    def is_plain(self) -> bool:
        """Whether every clock works every slot: then a task takes as many slots as it has days."""
        return all(clock.is_full for clock in self.clocks)

    def day(self, slot: int) -> date:
        """Return the day a slot is."""
        return date.fromordinal(self.days[slot])

    def end_of(self, number: int, start: int) -> int:
        """Return the end of a task that starts on a slot of its clock."""
        task = self.tasks[number]
        if not task.duration:
            return start
        clock = self.clocks[task.clock]
        return clock.at[clock.rank[start] + task.duration - 1] + 1


def build_problem(
    engagement: Engagement,
    *,
    today_schedule: Schedule | None = None,
    until: date | None = None,
    hard_deadlines: bool = False,
) -> Problem:
    """Return the problem an engagement's plan poses, around its schedule of today (computed where None is given).

    With a day `until` which all is to be finished, what is not pinned may be left out. Deadlines bind if they are hard.

    Raises what the schedule and the formula in force raise, UserError "gates-circle" where a link leads back before a gate, and
    "no-changes-allowed" (name, team) for an initiative of a team whose change limit is 0.
    """
    reading = _Reading(engagement, today_schedule or compute_schedule(engagement), until)
    return dataclasses.replace(reading.problem(), deadlines_are_hard=hard_deadlines)


class _Reading:
    """One engagement on its way into a problem."""

    def __init__(self, engagement: Engagement, today: Schedule, until: date | None) -> None:
        self.engagement, self.today, self.until = engagement, today, until
        self.yardstick = yardstick_in_force(engagement)
        self.estimates = engagement.referring("estimates", "initiative_id")
        self.counting = _counting(engagement)
        self.movable = [one for one in self.counting if not _has_begun(one)]
        self.begun = [one for one in self.counting if _has_begun(one)]
        self.has_begun = {initiative.id for initiative in self.begun}
        self.number = {initiative.id: n for n, initiative in enumerate(self.movable)}
        asked = {e.team_id for one in self.counting for e in self.estimates.get(one.id, ()) if e.effort > 0}
        self.teams = tuple(team_id for team_id in engagement.teams if team_id in asked)
        self.team_number = {team_id: n for n, team_id in enumerate(self.teams)}
        self.overfull: list[Overfull] = []
        self.overridden: list[tuple[int, Wait]] = []
        self.pinned_early: list[int] = []
        self.unmet: list[Unmet] = []
        self.calendars: list[WorkCalendar] = []
        self.clock_of = [self._calendar_of(one) for one in self.movable]
        if not self.calendars:
            self.calendars.append(calendar_for(engagement, ()))
        self.days = self._days()
        self.slot = Slots(self.days)
        self.clocks = tuple(clock_of(calendar, self.days) for calendar in self.calendars)

    def problem(self) -> Problem:
        """Return the problem."""
        tasks = [self._task(n, one) for n, one in enumerate(self.movable)]
        waits: list[list[Wait]] = [[] for _ in tasks]
        self._read_links(tasks, waits)
        self._read_gates(tasks, waits)
        for need in needs_of(self.engagement):
            self._read_need(need, tasks, waits)
        effort, count = self._taken()
        return Problem(
            days=tuple(self.days),
            clocks=self.clocks,
            tasks=tuple(tasks),
            waits=tuple(tuple(dict.fromkeys(held)) for held in waits),
            teams=self.teams,
            capacity=tuple(self._capacity(team_id) for team_id in self.teams),
            limit=tuple(self.engagement.teams[team_id].change_limit for team_id in self.teams),
            taken_effort=effort,
            taken_count=count,
            cool_down=self.engagement.setting.cool_down_days,
            order=_order(waits),
            overfull=tuple(self.overfull),
            overridden=tuple(self.overridden),
            pinned_early=tuple(self.pinned_early),
            unmet=tuple(self.unmet),
            horizon=None if self.until is None else self.slot.at_or_after(self.until, after=True),
        )

    def _calendar_of(self, initiative: Initiative) -> int:
        teams = (self.engagement.teams[e.team_id] for e in self.estimates.get(initiative.id, ()))
        calendar = calendar_for(self.engagement, {team.calendar_id for team in teams})
        if calendar not in self.calendars:
            self.calendars.append(calendar)
        return self.calendars.index(calendar)

    def _days(self) -> list[int]:
        """Return the days that work, from the plan's first to where it ends even if nothing runs beside anything."""
        engagement = self.engagement
        first = engagement.first_day.toordinal()
        gates = [wave.gate_date for wave in engagement.waves.values() if wave.gate_date is not None]
        last = max(day.toordinal() for day in (engagement.setting.status_date or engagement.first_day, *gates))
        last = max(first, last)
        cool_down = self.engagement.setting.cool_down_days
        for one in self.counting:
            dates = self.today.dates[one.id]
            first = min(first, dates.early_start.toordinal())
            held = one.constraint_date or dates.early_finish
            last = max(last, dates.early_finish.toordinal(), held.toordinal())
        work = sum(math.ceil(one.duration_days) + cool_down + 1 for one in self.movable)
        work += sum(math.ceil(abs(link.lag_days)) for link in self.engagement.links.values())
        days: list[int] = []
        ordinal = first
        worked = [0] * len(self.calendars)
        while ordinal <= last or min(worked) <= work:
            day = date.fromordinal(ordinal)
            working = [calendar.is_working(day) for calendar in self.calendars]
            if any(working):
                days.append(ordinal)
            if ordinal > last:
                worked = [done + works for done, works in zip(worked, working, strict=True)]
            ordinal += 1
        return days

    def _task(self, number: int, initiative: Initiative) -> Task:
        engagement = self.engagement
        clock = self.clocks[self.clock_of[number]]
        duration = math.ceil(initiative.duration_days - 1e-9)
        earliest = max(engagement.first_day, engagement.setting.status_date or engagement.first_day)
        held = initiative.constraint_date
        pinned = initiative.constraint is ConstraintKind.MUST_START_ON and held is not None
        if held is not None:
            earliest = held if pinned else max(earliest, held)
        for holder in _holders(engagement, initiative):
            if holder.constraint_date is not None and not pinned:
                earliest = max(earliest, holder.constraint_date)
        release = self._starting(clock, self.slot.at_or_after(earliest), duration)
        due = [one.deadline for one in (initiative, *_holders(engagement, initiative)) if one.deadline is not None]
        return Task(
            initiative_id=initiative.id,
            duration=duration,
            clock=self.clock_of[number],
            demands=self._demands(initiative, duration),
            release=release,
            pin=release if pinned else None,
            due=self.slot.at_or_after(min(due), after=True) if due else None,
            worth=max(0.0, self.yardstick.measure(initiative.id, scores_of(engagement, initiative.id)).value or 0.0),
            now=self._starting(clock, self.slot.at_or_after(self.today.dates[initiative.id].early_start), duration),
            optional=self.until is not None and not pinned,
        )

    def _starting(self, clock: Clock, slot: int, duration: int) -> int:
        """Return the slot or the next one its clock works; any will do for what takes no time."""
        return clock.at[clock.rank[slot]] if duration else slot

    def _demands(self, initiative: Initiative, duration: int) -> tuple[tuple[int, int], ...]:
        asked: dict[str, float] = {}
        for estimate in self.estimates.get(initiative.id, ()):
            asked[estimate.team_id] = asked.get(estimate.team_id, 0.0) + effort_of(self.engagement, estimate)
        found = []
        for team_id, effort in asked.items():
            if effort <= 0 or not duration:
                continue
            demand, capacity = math.floor(effort / duration * PARTS + 1e-6), self._capacity(team_id)
            team = self.engagement.teams[team_id]
            if demand > capacity:
                self.overfull.append(Overfull(initiative.id, team_id, effort / duration, capacity / PARTS))
            if team.change_limit < 1:
                raise UserError("no-changes-allowed", name=initiative.name, team=team.name)
            found.append((self.team_number[team_id], min(demand, capacity)))
        return tuple(found)

    def _capacity(self, team_id: str) -> int:
        """Return what a team has each of its days, in parts of a person-day."""
        team = self.engagement.teams[team_id]
        return math.floor(team.change_capacity / calendar_of(self.engagement, team_id).days_a_week * PARTS + 1e-6)

    def _read_links(self, tasks: list[Task], waits: list[list[Wait]]) -> None:
        """Let each task wait for what its links, and those of what holds it, make it wait for."""
        engagement = self.engagement
        for link in engagement.links.values():
            from_start, to_finish = link.type in _FROM_START, link.type in _TO_FINISH
            lag = math.ceil(link.lag_days - 1e-9)
            for second in _leaves(engagement, link.successor_id):
                n = self.number.get(second.id)
                if n is not None:
                    for first in _leaves(engagement, link.predecessor_id):
                        self._let_wait(tasks, waits, n, first, Wait(-1, from_start, to_finish, lag))

    def _let_wait(self, tasks: list[Task], waits: list[list[Wait]], n: int, first: Initiative, wait: Wait) -> None:
        """Let a task wait for an initiative; where that has begun, it holds the task's release instead."""
        m = self.number.get(first.id)
        if m is not None:
            self._add(tasks, waits, n, dataclasses.replace(wait, predecessor=m))
        elif first.id in self.has_begun:
            task, clock = tasks[n], self.clocks[tasks[n].clock]
            base = self._span(first)[0 if wait.from_start else 1]
            rank = clock.rank[base] + wait.lag - (task.duration if wait.to_finish else 0)
            slot = base if not task.duration and not wait.lag else clock.at[max(0, rank)]
            if task.pin is not None and slot > task.pin:
                self.pinned_early.append(n)
            elif slot > task.release:
                tasks[n] = dataclasses.replace(task, release=slot, follows=first.id, follows_for=wait.practice_id)

    def _add(self, tasks: list[Task], waits: list[list[Wait]], n: int, wait: Wait) -> None:
        if tasks[n].pin is None:
            waits[n].append(wait)
        else:
            self.overridden.append((n, wait))

    def _span(self, initiative: Initiative) -> tuple[int, int]:
        """Return the first slot and the end of what has begun, as the schedule has them."""
        dates = self.today.dates[initiative.id]
        return self.slot.at_or_after(dates.early_start), self.slot.at_or_after(dates.early_finish, after=True)

    def _read_need(self, need: Need, tasks: list[Task], waits: list[list[Wait]]) -> None:
        """Let an initiative wait for the first to deliver what it needs (ties as in the plan) that does not wait for it."""
        engagement, finish = self.engagement, {one: self.today.dates[one].early_finish for one in need.deliverers}
        in_need = [n for one in _leaves(engagement, need.initiative_id) if (n := self.number.get(one.id)) is not None]
        if not in_need:
            return
        place = {initiative.id: n for n, (initiative, _depth) in enumerate(engagement.outline())}
        for deliverer in sorted(need.deliverers, key=lambda one: (finish[one], place[one])):
            counting = [
                one for one in _leaves(engagement, deliverer) if one.id in self.number or one.id in self.has_begun
            ]
            bringing = [self.number[one.id] for one in counting if one.id in self.number]
            if counting and not _waits_for_any(waits, bringing, set(in_need)):
                for n in in_need:
                    for first in counting:
                        self._let_wait(tasks, waits, n, first, Wait(-1, practice_id=need.practice_id))
                return
        if need.score is not None or need.deliverers:
            self.unmet.append(unmet(need, too_late=need.deliverers))

    def _read_gates(self, tasks: list[Task], waits: list[list[Wait]]) -> None:
        """Let nothing of a wave start before the gates of the waves before it, where they are not passed yet."""
        engagement = self.engagement
        rounds = sorted(engagement.waves.values(), key=lambda wave: (wave.position, wave.name, wave.id))
        members: dict[str, list[int]] = {wave.id: [] for wave in rounds}
        begun_until = dict.fromkeys(members, 0)
        for initiative in self.counting:
            chain = (initiative, *_holders(engagement, initiative))
            wave_id = next((one.wave_id for one in chain if one.wave_id is not None), None)
            if wave_id is not None and initiative.id in self.number:
                members[wave_id].append(self.number[initiative.id])
            elif wave_id is not None:
                begun_until[wave_id] = max(begun_until[wave_id], self._span(initiative)[1])
        gate: int | None = None
        for wave in rounds:
            if gate is not None:
                for n in members[wave.id]:
                    self._add(tasks, waits, n, Wait(gate))
            if wave.passed_on is not None:
                continue
            held = [Wait(n) for n in members[wave.id]] + ([] if gate is None else [Wait(gate)])
            if not held and not begun_until[wave.id] and wave.gate_date is None:
                continue
            release = 0 if wave.gate_date is None else self.slot.at_or_after(wave.gate_date)
            release = max(release, begun_until[wave.id])
            gate = len(tasks)
            tasks.append(Task(initiative_id="", duration=0, clock=0, release=release))
            waits.append(held)

    def _taken(self) -> tuple[tuple[tuple[int, ...], ...], tuple[tuple[int, ...], ...]]:
        """Return what the work that has begun takes of each team, slot by slot: effort and count."""
        effort = [[0] * len(self.days) for _ in self.teams]
        count = [[0] * len(self.days) for _ in self.teams]
        for initiative in self.begun:
            first, end = self._span(initiative)
            for estimate in self.estimates.get(initiative.id, ()):
                if estimate.effort <= 0 or end <= first:
                    continue
                n = self.team_number[estimate.team_id]
                daily = math.floor(effort_of(self.engagement, estimate) / (end - first) * PARTS)
                for slot in range(first, end):
                    effort[n][slot] += daily
                for slot in range(first, min(end + self.engagement.setting.cool_down_days, len(self.days))):
                    count[n][slot] += 1
        return tuple(map(tuple, effort)), tuple(map(tuple, count))


def _counting(engagement: Engagement) -> list[Initiative]:
    """Return, in the order of the plan, what holds nothing and is not dropped, nor within what is."""
    found: list[Initiative] = []
    dropped_from: int | None = None
    for initiative, depth in engagement.outline():
        if dropped_from is not None and depth > dropped_from:
            continue
        dropped_from = depth if initiative.status is Status.DROPPED else None
        if dropped_from is None and not engagement.children_of(initiative.id):
            found.append(initiative)
    return found


def _has_begun(initiative: Initiative) -> bool:
    return (
        initiative.actual_start is not None
        or initiative.actual_finish is not None
        or initiative.progress > 0
        or initiative.status is Status.DONE
    )


def _holders(engagement: Engagement, initiative: Initiative) -> list[Initiative]:
    found = []
    while initiative.parent_id is not None:
        initiative = engagement.initiatives[initiative.parent_id]
        found.append(initiative)
    return found


def _leaves(engagement: Engagement, initiative_id: str) -> Iterable[Initiative]:
    stack = [engagement.initiatives[initiative_id]]
    while stack:
        one = stack.pop()
        held = engagement.children_of(one.id)
        if held:
            stack.extend(held)
        else:
            yield one


def _waits_for_any(waits: list[list[Wait]], numbers: list[int], wanted: set[int]) -> bool:
    """Tell whether a task is one of those wanted or, in the end, waits for one."""
    stack, seen = list(numbers), set(numbers)
    while stack:
        n = stack.pop()
        if n in wanted:
            return True
        for wait in waits[n]:
            if wait.predecessor not in seen:
                seen.add(wait.predecessor)
                stack.append(wait.predecessor)
    return False


def _order(waits: list[list[Wait]]) -> tuple[int, ...]:
    """Return the tasks so that each comes after all it waits for; UserError "gates-circle" where there is no such."""
    left = [len({wait.predecessor for wait in held}) for held in waits]
    after: list[list[int]] = [[] for _ in waits]
    for n, held in enumerate(waits):
        for m in {wait.predecessor for wait in held}:
            after[m].append(n)
    ready = [n for n, count in enumerate(left) if not count]
    found: list[int] = []
    for n in ready:
        found.append(n)
        for other in after[n]:
            left[other] -= 1
            if not left[other]:
                ready.append(other)
    if len(found) < len(waits):
        raise UserError("gates-circle")
    return tuple(found)
