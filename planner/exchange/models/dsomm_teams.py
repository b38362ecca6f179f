"""DSOMM's teams, groups and progress as teams, groups and a dated assessment of an engagement.

A team is the one of its name; who is new goes into one unit. Progress gives one assessment, held on the newest day in
it: the answer of a team is worth the highest state it reached, and its evidence keeps every state with its day. A
team that only progress names is added and said so; a state the progress states do not name is left out and said so.
Where a model itself ticks teams off, a team with nothing ticked says nothing: that is how the template comes.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from planner.domain.assessment import Answer, AnswerState, Assessment
from planner.domain.engagement import Engagement
from planner.domain.identity import derived_id, folded
from planner.domain.kinds import Entity
from planner.domain.organization import Group, Team, Unit
from planner.domain.practice import MaturityModel, Practice, Scale, ScaleOption
from planner.editing.field_rules import FIRST_DAY
from planner.exchange.import_report import Effect, Fate, ImportedItem, Remark, effect_of, remark
from planner.exchange.models.dsomm_practices import Draft
from planner.exchange.models.dsomm_source import Progress, Source, State
from planner.language import N_, Language

_NOT_IMPLEMENTED: Final = N_("Not implemented")
_FULLY_IMPLEMENTED: Final = N_("Fully implemented")
_TOP_STATES: Final = frozenset({"implemented", "fully implemented", "done"})
_INFORMATIVE: Final = frozenset({"states-skipped", "states-out-of-order", "state-taken-for-top", "team-unknown"})


@dataclasses.dataclass(slots=True)
class Teams:
    """What becomes of teams and progress: entities to put, their account."""

    put: list[Entity] = dataclasses.field(default_factory=list)
    items: list[ImportedItem] = dataclasses.field(default_factory=list)
    problems: list[Remark] = dataclasses.field(default_factory=list)


def build_scale(
    source: Source, engagement: Engagement, model: MaturityModel, language: Language
) -> tuple[Scale, list[Remark]]:
    """Return the scale DSOMM's practices are scored on, as the progress states say, or as it stands, or the default."""
    scales = engagement.referring("scales", "model_id").get(model.id, ())
    scale_id = derived_id("dsomm", "scale", model.id)
    before = engagement.scales.get(scale_id) or next(iter(scales), None)
    problems: list[Remark] = []
    zero = language.gettext(_NOT_IMPLEMENTED)
    if source.states:
        states = sorted(source.states, key=lambda state: state.score)
        if states[0].score > 0:
            states.insert(0, State(name=zero, score=0.0))
            problems.append(remark("zero-added", state=zero))
    elif before is not None:
        return before, problems
    else:
        states = [State(name=zero, score=0.0), State(name=language.gettext(_FULLY_IMPLEMENTED), score=1.0)]
        problems.append(remark("default-scale"))
    options = tuple(ScaleOption(score=state.score, text=state.name) for state in states)
    if before is not None:
        return dataclasses.replace(before, options=options), problems
    return Scale(id=scale_id, model_id=model.id, name=language.gettext(N_("Progress")), options=options), problems


def build_teams(source: Source, engagement: Engagement, drafts: Iterable[Draft], language: Language) -> Teams:
    """Return the teams and groups the source names; those it only mentions in progress are told as such."""
    found = Teams()
    if source.teams is None and "teams-elsewhere" in source.places:
        found.problems.append(
            remark("teams-elsewhere", place=source.places["teams"], reference=source.places["teams-elsewhere"])
        )
    listed = list(source.teams or ())
    mentioned = [each.team for each in source.progress or () if each.team]
    ticking, silent = _ticking_teams(drafts)
    if silent and source.teams is None and source.progress is None:
        found.problems.append(remark("team-nothing-ticked", teams=tuple(silent)))
    by_name = {folded(team.name): team for team in engagement.teams.values()}
    groups = _build_groups(found, source, engagement)
    told_groups = {group.id for group in groups.values()}
    memberships: dict[str, list[str]] = defaultdict(list)
    for group, members in source.groups.items():
        for member in members if group in groups else ():
            memberships[folded(member)].append(groups[group].id)
    known = [
        team.name
        for team in engagement.teams.values()
        if folded(team.name) in memberships or not told_groups.isdisjoint(team.group_ids)
    ]
    unit: Unit | None = None
    seen: set[str] = set()
    fresh = 0
    for name, is_listed in [*((n, True) for n in listed), *((n, False) for n in [*ticking, *mentioned, *known])]:
        if not name or folded(name) in seen:
            if is_listed and name:
                found.items.append(_item("teams", name, source, Fate.REJECTED, remark("team-listed-twice")))
            continue
        seen.add(folded(name))
        before = by_name.get(folded(name))
        if before is None and unit is None:
            unit = _unit_for(found, source, engagement, language)
        team = before or Team(
            id=derived_id("dsomm", "team", folded(name)),
            name=name,
            unit_id=unit.id if unit else "",
            position=len(engagement.teams) + fresh,
        )
        fresh += before is None
        kept = [group_id for group_id in team.group_ids if group_id not in told_groups]
        team = dataclasses.replace(team, group_ids=(*kept, *dict.fromkeys(memberships[folded(name)])))
        found.put.append(team)
        why = [] if is_listed or before is not None or name in ticking else [remark("team-unknown")]
        found.items.append(
            dataclasses.replace(
                _item("teams", name, source, Fate.IMPORTED, *why), effect=effect_of(engagement, "teams", team)
            )
        )
    _tell_strangers(found, source, {*seen, *by_name})
    return found


def build_assessment(
    source: Source, engagement: Engagement, practices: Mapping[str, Practice], teams: Teams, drafts: Iterable[Draft],
    scale: Scale, *, language: Language, today: date,
) -> Teams:  # fmt: skip
    """Return one assessment with the answers progress gives, or those the model ticks off where there is none."""
    found = Teams()
    by_name = {folded(t.name): t.id for t in [*engagement.teams.values(), *_teams_in(teams)]}
    if source.progress is not None:
        answers, keys, held_on = _answers_of_progress(found, source, practices, by_name, scale, today)
    else:
        answers, keys, held_on = _answers_of_ticks(drafts, by_name), [], today
    if not answers:
        return found
    assessment_id = derived_id("dsomm", "assessment", held_on.isoformat())
    before = engagement.assessments.get(assessment_id)
    if before is not None and before.closed_on is not None:
        found.problems.append(remark("assessment-closed", day=held_on))
        found.items = [
            dataclasses.replace(
                item,
                fate=Fate.REJECTED,
                effect=Effect.NONE,
                remarks=(*item.remarks, remark("assessment-closed", day=held_on)),
            )
            for item in found.items
        ]
        return found
    name = language.gettext(N_("DSOMM progress, {day}")).format(day=language.date(held_on))
    found.put.append(before or Assessment(id=assessment_id, name=name, held_on=held_on))
    standing = {
        (answer.team_id, answer.practice_id): answer
        for answer in engagement.referring("answers", "assessment_id").get(assessment_id, ())
    }
    effects: dict[tuple[str, str], Effect] = {}
    for (team_id, practice_id), (score, evidence) in answers.items():
        earlier = standing.get((team_id, practice_id))
        answer = earlier or Answer(
            id=derived_id("dsomm", "answer", assessment_id, team_id, practice_id),
            assessment_id=assessment_id, team_id=team_id, practice_id=practice_id, score=score,
        )  # fmt: skip
        answer = dataclasses.replace(answer, state=AnswerState.ANSWERED, score=score, reason="", evidence=evidence)
        effects[team_id, practice_id] = effect_of(engagement, "answers", answer)
        found.put.append(answer)
    accepted = iter(keys)
    found.items = [
        item if item.fate is Fate.REJECTED else dataclasses.replace(item, effect=effects[next(accepted)])
        for item in found.items
    ]
    return found


def _teams_in(teams: Teams) -> list[Team]:
    return [entity for entity in teams.put if isinstance(entity, Team)]


def _item(kind: str, name: str, source: Source, fate: Fate, *why: Remark) -> ImportedItem:
    return ImportedItem(kind=kind, name=name, place=source.places.get(kind, ""), fate=fate, remarks=why)


def _ticking_teams(drafts: Iterable[Draft]) -> tuple[list[str], list[str]]:
    """Return the teams of the model's own ticks with anything ticked or shown, and those with nothing."""
    ticked: dict[str, bool] = {}
    for draft in drafts:
        for activity in draft.activities:
            for team, value in activity.implemented.items():
                ticked[team] = ticked.get(team, False) or value
            for team in activity.evidence:
                ticked[team] = True
    return [team for team, value in ticked.items() if value], [team for team, value in ticked.items() if not value]


def _unit_for(found: Teams, source: Source, engagement: Engagement, language: Language) -> Unit:
    """Return where new teams go: the only top unit there is, or one named as the source names all teams."""
    tops = engagement.subunits_of(None)
    if len(tops) == 1:
        return tops[0]
    name = source.all_teams_name or language.gettext(N_("All teams"))
    same = [unit for unit in tops if folded(unit.name) == folded(name)]
    if same:
        return same[0]
    unit = engagement.units.get(derived_id("dsomm", "unit")) or Unit(id=derived_id("dsomm", "unit"), name=name)
    found.put.append(unit)
    return unit


def _build_groups(found: Teams, source: Source, engagement: Engagement) -> dict[str, Group]:
    by_name = {folded(group.name): group for group in engagement.groups.values()}
    groups = {}
    for name in source.groups:
        if not name:
            continue
        group = by_name.get(folded(name)) or Group(id=derived_id("dsomm", "group", folded(name)), name=name)
        by_name[folded(name)] = group
        groups[name] = group
        found.put.append(group)
    return groups


def _tell_strangers(found: Teams, source: Source, known: set[str]) -> None:
    put = {entity.name: entity for entity in found.put if isinstance(entity, Group)}
    for name, members in source.groups.items():
        strangers = [member for member in dict.fromkeys(members) if folded(member) not in known]
        found.items.append(
            ImportedItem(
                kind="groups",
                name=name,
                place=source.places.get(f"group:{name}", ""),
                fate=Fate.CHANGED if strangers else Fate.IMPORTED if name in put else Fate.REJECTED,
                effect=Effect.NEW if name in put else Effect.NONE,
                remarks=tuple(remark("group-member-unknown", team=stranger) for stranger in strangers),
            )
        )


def _answers_of_ticks(drafts: Iterable[Draft], by_name: Mapping[str, str]) -> dict[tuple[str, str], tuple[float, str]]:
    drafts = list(drafts)
    ticking = set(_ticking_teams(drafts)[0])
    answers = {}
    for draft in drafts:
        for activity in draft.activities:
            for team in sorted(ticking & (activity.implemented.keys() | activity.evidence.keys())):
                score = 1.0 if activity.implemented.get(team, False) else 0.0
                answers[by_name[folded(team)], draft.practice_id] = (score, activity.evidence.get(team, ""))
    return answers


def _answers_of_progress(
    found: Teams, source: Source, practices: Mapping[str, Practice], by_name: Mapping[str, str], scale: Scale,
    today: date,
) -> tuple[dict[tuple[str, str], tuple[float, str]], list[tuple[str, str]], date]:  # fmt: skip
    by_identity = {p.source_id: p for p in practices.values() if p.source_id}
    by_identity.update({folded(p.name): p for p in practices.values()})
    answers: dict[tuple[str, str], tuple[float, str]] = {}
    keys: list[tuple[str, str]] = []
    held_on = FIRST_DAY
    for each in source.progress or ():
        practice = by_identity.get(each.activity.lower()) or by_identity.get(folded(each.activity))
        reading = _Reading(each, scale, today)
        if practice is None:
            reading.remarks = [remark("activity-unknown")]
        elif not each.states or not each.team:
            reading.remarks = [remark("progress-unreadable")]
        else:
            reading.read()
        if practice is not None and reading.score is not None:
            keys.append((by_name[folded(each.team)], practice.id))
            answers[keys[-1]] = (reading.score, reading.evidence())
            held_on = max(held_on, reading.newest)
        changed = any(said.code not in _INFORMATIVE for said in reading.remarks)
        fate = Fate.REJECTED if reading.score is None else Fate.CHANGED if changed else Fate.IMPORTED
        found.items.append(
            ImportedItem(
                kind="answers", name=f"{each.team} – {practice.name if practice else each.activity}", place=each.place,
                source_id=each.activity, fate=fate, remarks=tuple(reading.remarks),
            )
        )  # fmt: skip
    return answers, keys, held_on


class _Reading:
    """What one team's states on one activity are worth."""

    def __init__(self, progress: Progress, scale: Scale, today: date) -> None:
        self.remarks: list[Remark] = []
        self.score: float | None = None
        self.newest = FIRST_DAY
        self._progress = progress
        self._scale = scale
        self._today = today
        self._reached: list[tuple[float, str, date]] = []

    def read(self) -> None:
        """Score the states; `score` stays None where none of them counts."""
        for state, day, written in self._progress.states:
            self._take(state, day, written)
        if not self._reached:
            self.remarks.append(remark("no-state-left"))
            return
        self.score, top, _day = max(self._reached)
        self.newest = max(day for _score, _state, day in self._reached)
        told = {folded(state) for _score, state, _day in self._reached}
        skipped = [o.text for o in self._scale.options if 0 < o.score < self.score and folded(o.text) not in told]
        if skipped:
            self.remarks.append(remark("states-skipped", state=top, skipped=tuple(skipped)))
        in_order = sorted(self._reached)
        for (_low, earlier, earlier_day), (_high, later, later_day) in itertools.pairwise(in_order):
            if later_day < earlier_day:
                self.remarks.append(remark("states-out-of-order", earlier=earlier, later=later))

    def evidence(self) -> str:
        """Return every state with its day, a line each, as the source writes it."""
        return "\n".join(f"{state}: {day.isoformat()}" for _score, state, day in sorted(self._reached))

    def _take(self, state: str, day: date | None, written: str) -> None:
        score = next((o.score for o in self._scale.options if folded(o.text) == folded(state)), None)
        if score is None and folded(state) in _TOP_STATES and len(self._scale.options) == 2:
            score = self._scale.options[-1].score
            self.remarks.append(remark("state-taken-for-top", state=state))
        if score is None:
            self.remarks.append(remark("state-unknown", state=state))
        elif day is None or day < FIRST_DAY:
            self.remarks.append(remark("state-without-date", state=state, value=written))
        elif day > self._today:
            self.remarks.append(remark("state-in-future", state=state, day=day))
        else:
            self._reached.append((score, state, day))
