"""What is shown of each outcome, in words: what it was to move, what was measured before and after, what that says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from planner.analysis.verdicts import ENOUGH, Evidence, Finding, Inquiry, Reason, subjects_of_outcome
from planner.domain.engagement import Engagement
from planner.domain.flow import DeliveryMetric
from planner.domain.initiative import Outcome, OutcomeKind, Status, Verdict
from planner.language import N_, NN_, Language
from planner.quantities import unit_of, word, word_hours, word_measured, working_clock
from planner.words import METRIC_WORDS, STATUS_WORDS, VERDICT_WORDS
from ui.pages.flow.metric_rows import name_of_subject

TITLES: Final = (
    N_("Initiative"),
    N_("Hypothesis"),
    N_("Measure"),
    N_("Meant to move"),
    N_("Before"),
    N_("After"),
    N_("What it suggests"),
    N_("Verdict"),
    N_("Note"),
)
SUGGESTED, VERDICT, NOTE = 6, 7, 8
"""The numbers of columns that are more than text."""

Dates = Mapping[str, tuple[date, date]]
"""Initiative id -> the first and the last day of the plan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRow:
    """One outcome in words, a text a column; `suggested` is what its measurements suggest."""

    id: str
    initiative_id: str
    kind: OutcomeKind
    texts: tuple[str, ...]
    verdict: Verdict
    suggested: Verdict
    note: str


def finding_rows(
    engagement: Engagement, dates: Dates, language: Language, *, kind: OutcomeKind | None, wanted: str
) -> list[FindingRow]:
    """Return the outcomes (of one kind) that match a text, in the order of the plan."""
    inquiry = Inquiry(engagement)
    needle = wanted.casefold()
    by_initiative = engagement.referring("outcomes", "initiative_id")
    rows = []
    for initiative, _depth in engagement.outline():
        for outcome in by_initiative.get(initiative.id, ()):
            if kind is not None and outcome.kind is not kind:
                continue
            start, finish = dates.get(initiative.id, (None, None))
            row = _row(engagement, inquiry.find(outcome, start=start, finish=finish), language)
            if not needle or any(needle in text.casefold() for text in row.texts):
                rows.append(row)
    return rows


def _row(engagement: Engagement, finding: Finding, language: Language) -> FindingRow:
    outcome = finding.outcome
    initiative = engagement.initiatives[outcome.initiative_id]
    name = initiative.name
    if finding.finish is not None:
        done = initiative.status is Status.DONE
        pattern = N_("{status}, finished {day}") if done else N_("{status}, finishes {day}")
        status = language.gettext(STATUS_WORDS[initiative.status])
        name += "\n" + language.gettext(pattern).format(status=status, day=language.date(finding.finish))
    return FindingRow(
        id=outcome.id,
        initiative_id=initiative.id,
        kind=outcome.kind,
        texts=(
            name,
            initiative.hypothesis,
            initiative.measure,
            target_text(engagement, outcome, language),
            _before(engagement, finding, language),
            _after(engagement, finding, language),
            _suggestion(engagement, finding, language),
            language.gettext(VERDICT_WORDS[outcome.verdict]),
            outcome.note,
        ),
        verdict=outcome.verdict,
        suggested=finding.verdict,
        note=outcome.note,
    )


def target_text(engagement: Engagement, outcome: Outcome, language: Language) -> str:
    """Return what an outcome is to move, from where to where."""
    if outcome.kind is OutcomeKind.STREAM_STEP:
        step = engagement.stream_steps[outcome.step_id or ""]
        stream = engagement.value_streams[step.stream_id]
        return f"{step.name} ({stream.name})\n{_times_after(engagement, outcome, language)}"
    if outcome.kind is OutcomeKind.DELIVERY_METRIC and outcome.metric is not None:
        names = ", ".join(name_of_subject(engagement, subject) for subject in subjects_of_outcome(outcome))
        known = [value for value in (outcome.to_value, outcome.from_value) if value is not None]
        unit = unit_of(outcome.metric, known[0]) if known else None
        values = _from_to(
            *(
                None if value is None or unit is None else word(value, unit, language)
                for value in (outcome.from_value, outcome.to_value)
            )
        )
        moved = _told(language.gettext(METRIC_WORDS[outcome.metric]), names, language)
        return f"{moved}\n{values}".rstrip()
    practices = ", ".join(engagement.practices[practice_id].name for practice_id in outcome.practice_ids)
    teams = ", ".join(engagement.teams[team_id].name for team_id in outcome.team_ids)
    values = _from_to(
        *(None if value is None else language.percent(value) for value in (outcome.from_value, outcome.to_value))
    )
    return f"{_told(practices, teams, language)}\n{values}"


def _times_after(engagement: Engagement, outcome: Outcome, language: Language) -> str:
    clock = working_clock(engagement)
    said = []
    if outcome.wait_hours_after is not None:
        time = word_hours(outcome.wait_hours_after, language, clock)
        said.append(language.gettext(N_("wait {time}")).format(time=time))
    if outcome.process_hours_after is not None:
        time = word_hours(outcome.process_hours_after, language, clock)
        said.append(language.gettext(N_("work {time}")).format(time=time))
    return "\N{RIGHTWARDS ARROW} " + ", ".join(said) if said else ""


def _from_to(before: str | None, after: str | None) -> str:
    return " ".join(part for part in (before, f"\N{RIGHTWARDS ARROW} {after}" if after else None) if part)


def _times_now(engagement: Engagement, outcome: Outcome, language: Language) -> str:
    step, clock = engagement.stream_steps[outcome.step_id or ""], working_clock(engagement)
    wait, work = (word_hours(hours, language, clock) for hours in (step.wait_hours, step.process_hours))
    wait, work = (
        language.gettext(N_("wait {time}")).format(time=wait),
        language.gettext(N_("work {time}")).format(time=work),
    )
    return f"{wait}, {work}"


def _before(engagement: Engagement, finding: Finding, language: Language) -> str:
    outcome = finding.outcome
    if outcome.kind is OutcomeKind.STREAM_STEP:
        done = engagement.initiatives[outcome.initiative_id].status is Status.DONE
        return "" if done else _times_now(engagement, outcome, language)
    said = []
    for part in finding.evidence:
        if part.before is not None:
            value = _value(outcome, part.before, language)
            day = f" ({language.date(part.before_on)})" if part.before_on is not None else ""
            said.append(_of_subject(engagement, finding, part, f"{value}{day}", language))
    return "\n".join(said)


def _after(engagement: Engagement, finding: Finding, language: Language) -> str:
    outcome = finding.outcome
    if outcome.kind is OutcomeKind.STREAM_STEP:
        done = engagement.initiatives[outcome.initiative_id].status is Status.DONE
        return _times_now(engagement, outcome, language) if done else ""
    said = []
    for part in finding.evidence:
        if part.after is not None:
            words = NN_("median {value} of {count} measurement", "median {value} of {count} measurements")
            if outcome.kind is OutcomeKind.MATURITY:
                words = NN_("mean {value} of {count} score", "mean {value} of {count} scores")
            text = language.ngettext(*words, part.count).format(
                value=_value(outcome, part.after, language), count=language.number(part.count, decimals=0)
            )
            said.append(_of_subject(engagement, finding, part, text, language))
    return "\n".join(said)


def _of_subject(engagement: Engagement, finding: Finding, part: Evidence, text: str, language: Language) -> str:
    """Return what was found, after the name of whom it was found of where there are several."""
    if part.subject is None or len(finding.evidence) == 1:
        return text
    return _told(name_of_subject(engagement, part.subject), text, language)


def _told(name: str, value: str, language: Language) -> str:
    return language.gettext(N_("{name}: {value}")).format(name=name, value=value)


def _value(outcome: Outcome, value: float, language: Language) -> str:
    if outcome.kind is OutcomeKind.MATURITY:
        return language.percent(value)
    return word_measured(outcome.metric or DeliveryMetric.CHANGE_LEAD_TIME, value, language)


_ALONE: Final = {
    Reason.DROPPED: N_("The initiative was dropped."),
    Reason.NOT_FINISHED: N_("Not finished yet."),
    Reason.STEP_REACHED: N_("The step is as short as hoped."),
    Reason.STEP_LONGER: N_("The step is still drawn longer than hoped: walk it again."),
    Reason.NOT_ASSESSED: N_("Not assessed since."),
}
_MEASURED: Final = {
    Reason.REACHED: NN_(
        "{count} measurement after, median {after}, target {target}.",
        "{count} measurements after, median {after}, target {target}.",
    ),
    Reason.CLOSER: NN_(
        "{count} measurement after, median {after}: better than {before}, short of {target}.",
        "{count} measurements after, median {after}: better than {before}, short of {target}.",
    ),
    Reason.BETTER: NN_(
        "{count} measurement after, median {after}: better than {before}.",
        "{count} measurements after, median {after}: better than {before}.",
    ),
    Reason.NO_BETTER: NN_(
        "{count} measurement after, median {after}: no better than {before}.",
        "{count} measurements after, median {after}: no better than {before}.",
    ),
    Reason.NO_BEFORE: NN_(
        "{count} measurement after, median {after}, nothing to compare with.",
        "{count} measurements after, median {after}, nothing to compare with.",
    ),
    Reason.TOO_FEW: NN_(
        "{count} measurement after; {needed} are needed.",
        "{count} measurements after; {needed} are needed.",
    ),
}
_ASSESSED: Final = {
    Reason.REACHED: NN_("{reached} of {count} score reaches {target}.", "{reached} of {count} scores reach {target}."),
    Reason.CLOSER: NN_("{reached} of {count} score reaches {target}.", "{reached} of {count} scores reach {target}."),
    Reason.NO_BETTER: NN_("The {count} score has not risen.", "None of the {count} scores has risen."),
}


def _suggestion(engagement: Engagement, finding: Finding, language: Language) -> str:
    said = [_why(engagement, finding, part, language) for part in finding.evidence]
    if finding.reason in _ALONE:
        said = [language.gettext(_ALONE[finding.reason])]
    if finding.verdict is Verdict.PENDING:
        return "\n".join(said)
    return "\n".join([language.gettext(VERDICT_WORDS[finding.verdict]), *said])


def _why(engagement: Engagement, finding: Finding, part: Evidence, language: Language) -> str:
    if part.reason in _ALONE:
        return language.gettext(_ALONE[part.reason])
    outcome = finding.outcome
    patterns = _ASSESSED if outcome.kind is OutcomeKind.MATURITY else _MEASURED
    text = language.ngettext(*patterns[part.reason], part.count)

    def value(found: float | None) -> str:
        return "" if found is None else _value(outcome, found, language)

    text = text.format(
        count=language.number(part.count, decimals=0),
        reached=language.number(part.reached, decimals=0),
        needed=language.number(ENOUGH, decimals=0),
        after=value(part.after),
        before=value(part.before),
        target=value(outcome.to_value),
    )
    return _of_subject(engagement, finding, part, text, language)
