"""A believable client to try everything on: an engagement read from `resources/demo`, always around today.

The data holds every text in every language and every day as a distance from today ("today-90" is moved on to the next
working day, "by today-90" back to the one before, and neither across today); here both are settled, and the compact
grids of the data (answers, targets, scores, efforts, metrics) become entities. Ids never change with language or day.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, Final

import resources
from planner.analysis.calendar import calendar_of
from planner.domain.assessment import Answer, AnswerState, Target, Vote
from planner.domain.calendar import Freeze
from planner.domain.engagement import Engagement
from planner.domain.errors import BugError
from planner.domain.flow import DeliveryMetric, Measurement
from planner.domain.initiative import Estimate, Link, LinkType
from planner.domain.kinds import KINDS, Entity
from planner.domain.priority import CriterionScore
from planner.domain.scenario import Baseline, BaselineEntry
from planner.language import LANGUAGES, Language

FILES: Final = ("organization", "model", "assessments", "plan", "outlook", "flow")
"""The files of `resources/demo`, by stem."""

_DAY: Final = re.compile(r"(?P<rule>by |saturday after )?today(?P<offset>[+-]\d+)?")
_LINK: Final = re.compile(r"(?P<type>FS|SS|FF|SF)(?P<lag>[+-]\d+)?")
_CONFIDENCE: Final = {"": 0.7, "!": 0.9, "?": 0.4}
_STATES: Final = {
    "-": AnswerState.UNANSWERED,
    "n": AnswerState.NOT_APPLICABLE,
    "o": AnswerState.OUTSIDE_OUR_CONTROL,
    "d": AnswerState.DECLINED,
}

_IsWorking = Callable[[date], bool]
_Data = Mapping[str, Any]


def demo_engagement(language: Language, today: date) -> Engagement:
    """Return the demo engagement in `language`, its dates placed around `today`."""
    data = _in_words(_read(), language)
    yearly = list(_yearly_freezes(data["yearly_freezes"], today))
    every_day = _in_days({kind: data[kind] for kind in ("settings", "calendars")}, today, lambda _day: True)
    calendar = calendar_of(Engagement.of([*_plain(every_day), *yearly]), None)
    dated = _in_days(data, today, calendar.is_working)
    entities = [
        *_plain(dated),
        *yearly,
        *_links(dated["links_between"]),
        *_measurements(dated["delivery_metrics"], today),
    ]
    entities += [*_answers(dated), *_votes(dated["vote_rounds"]), *_targets(dated["target_grid"])]
    entities += [*_estimates(dated["efforts"]), *_scores(dated), *_baselines(dated, calendar.is_working)]
    return Engagement.of(entities)


def _read() -> dict[str, Any]:
    import yaml  # noqa: PLC0415  not at start-up

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    data: dict[str, Any] = {}
    for stem in FILES:
        with (resources.ROOT / "demo" / f"{stem}.yaml").open(encoding="utf-8") as file:
            data |= yaml.load(file, Loader=loader)  # noqa: S506  a safe loader, the C one where there is one
    return data


def _in_words(value: Any, language: Language) -> Any:
    """Return `value` with every {en: ..., fr: ...} replaced by its text in `language`."""
    if isinstance(value, dict):
        if value.keys() == LANGUAGES.keys():
            return value[language.code]
        return {key: _in_words(item, language) for key, item in value.items()}
    if isinstance(value, list):
        return [_in_words(item, language) for item in value]
    return value


def _in_days(value: Any, today: date, is_working: _IsWorking) -> Any:
    """Return `value` with every day that counts from today replaced by its date."""
    if isinstance(value, dict):
        return {key: _in_days(item, today, is_working) for key, item in value.items()}
    if isinstance(value, list):
        return [_in_days(item, today, is_working) for item in value]
    if isinstance(value, str) and (found := _DAY.fullmatch(value)):
        return _day(found, today, is_working)
    return value


def _day(found: re.Match[str], today: date, is_working: _IsWorking) -> date:
    asked = today + timedelta(days=int(found["offset"] or 0))
    if found["rule"] == "saturday after ":
        return asked + timedelta(days=(5 - asked.weekday()) % 7)
    step = timedelta(days=-1 if found["rule"] else 1)
    day = asked
    while not is_working(day):
        day += step
    # What is over stays over, what is to come stays to come, even where the nearest working day lies across today.
    if (asked <= today) != (day <= today):
        day = asked
        while not is_working(day):
            day -= step
    return day


def _plain(data: _Data) -> Iterator[Entity]:
    """Yield the entities that the data spells out field by field, under the names of their kinds."""
    import msgspec  # noqa: PLC0415  not at start-up

    for kind, entity_type in KINDS.items():
        for row in data.get(kind, ()):
            yield msgspec.convert(row, entity_type)


def _yearly_freezes(rows: Iterable[_Data], today: date) -> Iterator[Freeze]:
    for row in rows:
        for year in range(today.year - 2, today.year + 3):
            start = date.fromisoformat(f"{year}-{row['start']}")
            finish = date.fromisoformat(f"{year}-{row['finish']}")
            yield Freeze(
                id=f"{row['id']}-{year}",
                calendar_id=row["calendar_id"],
                name=row["name"],
                start=start,
                finish=finish if finish >= start else finish.replace(year=year + 1),
                reason=row["reason"],
            )


def _links(rows: Iterable[tuple[str, str, str]]) -> Iterator[Link]:
    for predecessor_id, kind, successor_id in rows:
        found = _LINK.fullmatch(kind)
        if found is None:
            raise BugError(f"demo link {kind!r} between {predecessor_id} and {successor_id} is not one")
        yield Link(
            id=f"link-{predecessor_id}-{successor_id}",
            predecessor_id=predecessor_id,
            successor_id=successor_id,
            type=LinkType(found["type"]),
            lag_days=float(found["lag"] or 0),
        )


def _answers(data: _Data) -> Iterator[Answer]:
    for grid in data["answer_grids"]:
        for practice, marks in grid["rows"].items():
            for team, mark in zip(grid["teams"], marks, strict=True):
                state = _STATES.get(mark[0], AnswerState.ANSWERED)
                digit = mark[1:] if state is AnswerState.DECLINED else mark.rstrip("!?")
                scored = state in (AnswerState.ANSWERED, AnswerState.DECLINED)
                sureness = mark[len(digit) :] if state is AnswerState.ANSWERED else ""
                reasons = data["reasons"]
                reason = reasons.get(practice, {}).get(team) or reasons["every"].get(team)
                yield Answer(
                    id=_answer_id(grid["assessment"], practice, team),
                    assessment_id=grid["assessment"],
                    team_id=f"team-{team}",
                    practice_id=f"practice-{practice}",
                    state=state,
                    score=int(digit) / 4 if scored else None,
                    confidence=_CONFIDENCE[sureness] if scored else None,
                    evidence=data["evidence"][practice][team] if sureness == "!" else "",
                    reason="" if state in (AnswerState.ANSWERED, AnswerState.UNANSWERED) else reason,
                    expiry=grid["review_after"] if sureness == "?" else None,
                )


def _answer_id(assessment_id: str, practice: str, team: str) -> str:
    return f"answer-{assessment_id.removeprefix('assessment-')}-{practice}-{team}"


def _votes(rows: Iterable[_Data]) -> Iterator[Vote]:
    for row in rows:
        answer_id = _answer_id(row["assessment"], row["practice"], row["team"])
        for number, score in enumerate(row["scores"], start=1):
            yield Vote(
                id=f"vote-{answer_id.removeprefix('answer-')}-{number}",
                answer_id=answer_id,
                respondent=str(number),
                score=score / 4,
                comment=row.get("comments", {}).get(str(score), ""),
            )


def _targets(grid: _Data) -> Iterator[Target]:
    for row in grid["rows"]:
        for team, mark in zip(grid["teams"], row["marks"].split(), strict=True):
            if mark != ".":
                yield Target(
                    id=f"target-{row['practice']}-{team}",
                    team_id=f"team-{team}",
                    practice_id=f"practice-{row['practice']}",
                    score=int(mark) / 4,
                    due=row["due"],
                    owner=row["owner"],
                    rationale=row.get("rationale", ""),
                )


def _estimates(efforts: Mapping[str, Mapping[str, Any]]) -> Iterator[Estimate]:
    for initiative_id, by_team in efforts.items():
        for team, effort in by_team.items():
            optimistic, likely, pessimistic = effort if isinstance(effort, list) else (None, effort, None)
            yield Estimate(
                id=f"estimate-{initiative_id}-{team}",
                initiative_id=initiative_id,
                team_id=f"team-{team}",
                optimistic_effort=optimistic,
                effort=likely,
                pessimistic_effort=pessimistic,
            )


def _scores(data: _Data) -> Iterator[CriterionScore]:
    for initiative_id, values in data["scores"].items():
        for criterion, value in zip(data["criteria"], values, strict=True):
            if value is not None:
                yield CriterionScore(
                    id=f"score-{initiative_id}-{criterion['id'].removeprefix('criterion-')}",
                    initiative_id=initiative_id,
                    criterion_id=criterion["id"],
                    value=value,
                )


def _measurements(metrics: _Data, today: date) -> Iterator[Measurement]:
    months = len(metrics["series"][0]["values"])
    first_days = [today.replace(day=1)]
    for _month in range(months):
        first_days.insert(0, (first_days[0] - timedelta(days=1)).replace(day=1))
    month_ends = [following - timedelta(days=1) for _month, following in pairwise(first_days)]
    for series in metrics["series"]:
        measured_id = series.get("team_id") or series["application_id"]
        for number, (month_end, value) in enumerate(zip(month_ends, series["values"], strict=True), start=1):
            yield Measurement(
                id=f"measurement-{measured_id}-{series['metric']}-{number}",
                metric=DeliveryMetric(series["metric"]),
                measured_on=month_end,
                value=value,
                team_id=series.get("team_id"),
                application_id=series.get("application_id"),
                source=metrics["source"],
            )


def _baselines(data: _Data, is_working: _IsWorking) -> Iterator[Baseline]:
    names = {row["id"]: row["name"] for row in data["initiatives"]}
    efforts: dict[str, float] = {}
    for estimate in _estimates(data["efforts"]):
        efforts[estimate.initiative_id] = efforts.get(estimate.initiative_id, 0.0) + estimate.effort
    for row in data["baseline_schedules"]:
        yield Baseline(
            id=row["id"],
            name=row["name"],
            taken_on=row["taken_on"],
            reason=row["reason"],
            entries=tuple(
                BaselineEntry(
                    initiative_id=initiative_id,
                    name=names[initiative_id],
                    start=start,
                    finish=_last_working_day(start, duration_days, is_working),
                    duration_days=duration_days,
                    effort=efforts.get(initiative_id, 0.0),
                )
                for initiative_id, (start, duration_days) in row["entries"].items()
            ),
        )


def _last_working_day(start: date, duration_days: int, is_working: _IsWorking) -> date:
    day, left = start, duration_days - 1
    while left > 0:
        day += timedelta(days=1)
        left -= is_working(day)
    return day
