"""What the page knows of every initiative: scores, worth, place, effort; and which of them are shown in which order.

A score that changes is taken in alone; everything else is looked at anew. Qt has no part in it.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from planner.analysis.priority import Ranking, Worth, Yardstick, efforts, formula_in_force, yardstick_in_force
from planner.domain.changes import Changes
from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.domain.initiative import Initiative, Status
from planner.domain.priority import Criterion, CriterionRole, FormulaKind
from planner.editing.priorities import criteria_in_order
from ui.models.outline import reshapes

# A sign no id begins with keeps these keys apart from the ids of criteria.
RANK: Final = "=rank"
NAME: Final = "=name"
WORTH: Final = "=worth"
STATUS: Final = "=status"
EFFORT: Final = "=effort"
FIXED_KEYS: Final = frozenset({RANK, NAME, WORTH, STATUS, EFFORT})
"""The keys of the columns that are there whatever the criteria."""

_NOT_RANKED: Final = frozenset({Status.DONE, Status.DROPPED})
"""What is over takes no place from what is to come; its worth is still told."""

_SHOWN_FOR: Final = frozenset({"estimates", "criteria", "formulas", "settings", "teams", "waves"})
"""The kinds a change of which asks for another board; scores and initiatives are taken in one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What is to be seen: a top programme, a status, a wave (None: any), a text, programmes too, the formula's alone."""

    programme_id: str | None = None
    status: Status | None = None
    wave_id: str | None = None
    text: str = ""
    with_programmes: bool = False
    formula_criteria_only: bool = False

    @property
    def narrows(self) -> bool:
        """Whether some initiatives are left out."""
        return bool(self.programme_id or self.status or self.wave_id or self.text)


@dataclass(frozen=True, slots=True)
class Order:
    """What the rows are sorted by: one of this module's keys or a criterion's id."""

    key: str = RANK
    descending: bool = False


class Board:
    """The figures of one engagement under one formula; worths are taken over from a board `before` where they hold."""

    def __init__(self, engagement: Engagement, *, before: Board | None = None) -> None:
        self.engagement = engagement
        self.kind: FormulaKind = formula_in_force(engagement)
        self.criteria: tuple[Criterion, ...] = criteria_in_order(engagement)
        self.scores: dict[str, dict[str, float]] = {}
        for score in engagement.criterion_scores.values():
            self.scores.setdefault(score.initiative_id, {})[score.criterion_id] = score.value
        self.fault: UserError | None = None
        self._yardstick: Yardstick | None = None
        try:
            self._yardstick = yardstick_in_force(engagement)
        except UserError as fault:  # an expression that cannot be read: nothing has a worth, and the page says why
            self.fault = fault
        self._tops: dict[str, str] = {}
        self._outline: dict[str, int] = {}
        self.holders: frozenset[str] = frozenset()
        self.efforts: dict[str, float] = {}
        self._take_plan(before)
        self.worths: dict[str, Worth] = {}
        if self._yardstick is not None:
            kept = before if before is not None and before.measured_by == self.measured_by else None
            self.worths = {one: self._measured(one, self._yardstick, kept) for one in self._outline}
        self._ranking = Ranking(
            worth for one, worth in self.worths.items() if worth.value is not None and self._takes_place(one)
        )
        self.places = self._ranking.places()

    def _take_plan(self, before: Board | None) -> None:
        """Learn how the plan is nested and what it takes, from the board before where neither changed."""
        engagement = self.engagement
        if (
            before is not None
            and before.engagement.initiatives is engagement.initiatives
            and before.engagement.estimates is engagement.estimates
            and before.engagement.teams is engagement.teams
            and before.engagement.setting.readiness_factors == engagement.setting.readiness_factors
        ):
            self._tops, self._outline = before._tops, before._outline  # noqa: SLF001  its own kind
            self.holders, self.efforts = before.holders, before.efforts
            return
        for at, (initiative, _depth) in enumerate(engagement.outline()):
            self._outline[initiative.id] = at
            parent = initiative.parent_id
            self._tops[initiative.id] = initiative.id if parent is None else self._tops[parent]
        self.holders = frozenset(
            parent_id for parent_id in engagement.referring("initiatives", "parent_id") if parent_id is not None
        )
        self.efforts = efforts(engagement)

    @property
    def roles(self) -> tuple[CriterionRole, ...]:
        """The roles the formula needs; none for one that is not worked out."""
        return () if self._yardstick is None else self._yardstick.roles

    @property
    def works_out(self) -> bool:
        """Whether the formula can be worked out at all."""
        return self._yardstick is not None

    def counts(self, criterion: Criterion) -> bool:
        """Return whether the formula asks for a criterion: by its part, or by its name in one of the coach's own."""
        custom = None if self._yardstick is None else self._yardstick.custom
        return criterion.role in self.roles if custom is None else criterion.id in custom.criteria

    @property
    def measured_by(self) -> object:
        """What makes a worth of scores: the same again gives the same scores the same worth."""
        if self._yardstick is None:
            return self.kind, ()
        custom = self._yardstick.custom
        return self.kind, self._yardstick.parts, None if custom is None else (custom.text, self.criteria)

    def follow(self, changes: Changes, engagement: Engagement) -> Board:
        """Return the board after a step: this one, brought up to date, where no initiative came, went, moved or ended."""
        if changes.touches(*_SHOWN_FOR) or reshapes(changes, engagement) or _restates(changes):
            return Board(engagement, before=self)
        self.engagement = engagement
        touched: set[str] = set()
        # What was kept for another thread shares these: they are replaced, never changed in place.
        self.scores, self.worths = dict(self.scores), dict(self.worths)
        for change in changes.by_kind.get("criterion_scores", {}).values():
            before: Any = change.before
            after: Any = change.after
            if before is not None:
                held = self.scores.get(before.initiative_id, {})
                self.scores[before.initiative_id] = {
                    criterion_id: value for criterion_id, value in held.items() if criterion_id != before.criterion_id
                }
                touched.add(before.initiative_id)
            if after is not None:
                held = self.scores.get(after.initiative_id, {})
                self.scores[after.initiative_id] = {**held, after.criterion_id: after.value}
                touched.add(after.initiative_id)
        if self._yardstick is not None:
            for one in touched & self._outline.keys():
                worth = self.worths[one] = self._yardstick.measure(one, self.scores.get(one, {}))
                self._ranking.take(one, worth.value if self._takes_place(one) else None)
        self.places = self._ranking.places()
        return self

    def kept(self) -> Board:
        """Return these figures as they are now, for a reader on another thread: no later step changes them."""
        return copy.copy(self)

    def initiative(self, initiative_id: str) -> Initiative:
        """Return an initiative."""
        return self.engagement.initiatives[initiative_id]

    def worth(self, initiative_id: str) -> float | None:
        """Return what an initiative is worth; None where a score is missing."""
        found = self.worths.get(initiative_id)
        return None if found is None else found.value

    def score(self, initiative_id: str, criterion_id: str) -> float | None:
        """Return a score; None where it is missing."""
        return self.scores.get(initiative_id, {}).get(criterion_id)

    def programme_of(self, initiative_id: str) -> Initiative:
        """Return the top programme an initiative belongs to: itself at the top."""
        return self.initiative(self._tops[initiative_id])

    def programmes(self) -> tuple[Initiative, ...]:
        """Return the initiatives at the top of the plan that hold others, in their order."""
        return tuple(one for one in self.engagement.children_of(None) if one.id in self.holders)

    def path(self, initiative_id: str) -> tuple[str, ...]:
        """Return the names of what holds an initiative, from the top."""
        names: list[str] = []
        parent = self.initiative(initiative_id).parent_id
        while parent is not None:
            holder = self.initiative(parent)
            names.append(holder.name)
            parent = holder.parent_id
        return tuple(reversed(names))

    def missing(self, initiative_id: str) -> tuple[CriterionRole, ...]:
        """Return the parts of the formula an initiative has no score for."""
        found = self.worths.get(initiative_id)
        return () if found is None else found.missing

    def missing_criteria(self, initiative_id: str) -> tuple[str, ...]:
        """Return the names of the criteria that the coach's own formula needs and an initiative has no score for."""
        found = self.worths.get(initiative_id)
        missing = () if found is None else found.missing_criteria
        return tuple(one.name for one in self.criteria if one.id in missing)

    # What is shown

    def columns(self, wishes: Wishes) -> tuple[Criterion, ...]:
        """Return the criteria that have a column."""
        if not wishes.formula_criteria_only or self._yardstick is None:
            return self.criteria
        return tuple(one for one in self.criteria if self.counts(one))

    def shown(self, wishes: Wishes) -> list[str]:
        """Return the initiatives that are wanted, in the order of the plan.

        Those that hold none are; one that holds others when it has scores of its own, or when they are asked for.
        """
        words = wishes.text.casefold().split()
        found: list[str] = []
        initiatives, tops = self.engagement.initiatives, self._tops
        for one in self._outline:
            if one in self.holders and not (wishes.with_programmes or self.scores.get(one)):
                continue
            initiative = initiatives[one]
            if wishes.programme_id is not None and tops[one] != wishes.programme_id:
                continue
            if wishes.status is not None and initiative.status is not wishes.status:
                continue
            if wishes.wave_id is not None and initiative.wave_id != wishes.wave_id:
                continue
            if words and not self._matches(initiative, words):
                continue
            found.append(one)
        return found

    def sort(self, ids: Iterable[str], order: Order) -> list[str]:
        """Return initiatives in an order; what has no value there comes last either way, then as in the plan."""
        value = self._values(order.key)
        keyed = [(value(one), self._outline[one], one) for one in ids]
        known = [entry for entry in keyed if entry[0] is not None]
        known.sort(key=lambda entry: entry[1])
        known.sort(key=lambda entry: entry[0], reverse=order.descending)
        unknown = sorted(entry[1:] for entry in keyed if entry[0] is None)
        return [entry[2] for entry in known] + [one for _at, one in unknown]

    def _values(self, key: str) -> Callable[[str], Any]:
        if key == RANK:
            return self.places.get
        if key == WORTH:
            return self.worth
        if key == EFFORT:
            return self.efforts.get
        initiatives = self.engagement.initiatives
        if key == NAME:
            return lambda one: initiatives[one].name.casefold()
        if key == STATUS:
            statuses: Sequence[Status] = tuple(Status)
            return lambda one: statuses.index(initiatives[one].status)
        return lambda one: self.score(one, key)

    def _matches(self, initiative: Initiative, words: Sequence[str]) -> bool:
        text = " ".join((initiative.name, initiative.owner, *initiative.tags, *self.path(initiative.id))).casefold()
        return all(word in text for word in words)

    def _measured(self, initiative_id: str, yardstick: Yardstick, kept: Board | None) -> Worth:
        """Return what an initiative is worth, as it was `kept` if its scores are the same."""
        scores = self.scores.get(initiative_id)
        known = None if kept is None else kept.worths.get(initiative_id)
        if known is not None and kept is not None and kept.scores.get(initiative_id) == scores:
            return known
        return yardstick.measure(initiative_id, scores or {})

    def _takes_place(self, initiative_id: str) -> bool:
        """Tell whether an initiative is ranked, if it has a worth."""
        return self.engagement.initiatives[initiative_id].status not in _NOT_RANKED and (
            initiative_id not in self.holders or bool(self.scores.get(initiative_id))
        )


def _restates(changes: Changes) -> bool:
    """Tell whether an initiative's status changes, and with it whether it takes a place."""
    initiatives: Iterable[Any] = changes.by_kind.get("initiatives", {}).values()
    return any(change.before.status is not change.after.status for change in initiatives)
