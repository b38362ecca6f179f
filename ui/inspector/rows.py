"""What a row of a related list says: what the other entity is, and the one thing about it worth a glance."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from planner.domain.engagement import Engagement
from planner.domain.kinds import REFERENCE_FIELDS
from planner.editing.naming import name_of
from planner.language import N_, NN_, Language
from planner.quantities import word_measured
from planner.words import (
    ANSWER_STATE_WORDS,
    CHOICE_WORDS,
    INTERACTION_MODE_WORDS,
    METRIC_WORDS,
    OUTCOME_KIND_WORDS,
    RISK_STATUS_WORDS,
    STATUS_WORDS,
)
from ui.forms.reading import write_number
from ui.present.names import shown_day

_PERSON_DAYS: Final = NN_("{count} person-day", "{count} person-days")
_CODES: Final = {"FS": N_("FS"), "SS": N_("SS"), "FF": N_("FF"), "SF": N_("SF")}


def row_title(engagement: Engagement, kind: str, entity: Any, owner_field: str, language: Language) -> str:
    """Return what an entity is called in a list of those that name one in `owner_field`: the names of the others."""
    own = getattr(entity, "name", "")
    if own:
        return " ".join(own.split())
    if kind == "outcomes":
        return _outcome_title(engagement, entity, owner_field, language)
    if kind == "votes":
        return str(entity.respondent) or language.gettext(N_("A vote"))
    names = []
    for reference in REFERENCE_FIELDS:
        if reference.kind == kind and reference.field != owner_field and not reference.many:
            target = engagement.kind(reference.target).get(getattr(entity, reference.field))
            if target is not None:
                names.append(name_of(engagement, target))
    if kind == "measurements":
        names = [language.gettext(METRIC_WORDS[entity.metric]), *names]
    return " \N{EN DASH} ".join(" ".join(name.split()) for name in names) or name_of(engagement, entity)


def row_detail(engagement: Engagement, kind: str, entity: Any, language: Language) -> str:
    """Return the one thing about an entity worth a glance; empty where the title says it all."""
    found = _DETAILS.get(kind)
    return "" if found is None else found(engagement, entity, language)


def _outcome_title(engagement: Engagement, outcome: Any, owner_field: str, language: Language) -> str:
    names = [language.gettext(OUTCOME_KIND_WORDS[outcome.kind])]
    if owner_field != "initiative_id":
        names = [name_of(engagement, engagement.initiatives[outcome.initiative_id])]
    elif outcome.metric is not None:
        names = [language.gettext(METRIC_WORDS[outcome.metric])]
    elif outcome.practice_ids:
        names = [name_of(engagement, engagement.practices[one]) for one in outcome.practice_ids[:2]]
        names += ["…"] if len(outcome.practice_ids) > 2 else []
    elif outcome.step_id in engagement.stream_steps:
        names = [name_of(engagement, engagement.stream_steps[outcome.step_id])]
    return ", ".join(" ".join(name.split()) for name in names)


def _effort(_engagement: Engagement, estimate: Any, language: Language) -> str:
    count = language.number(estimate.effort, decimals=1)
    return language.ngettext(*_PERSON_DAYS, estimate.effort).format(count=count)


def _link(_engagement: Engagement, link: Any, language: Language) -> str:
    code = language.gettext(_CODES[link.type.value])
    if not link.lag_days:
        return code
    sign = "+" if link.lag_days > 0 else ""
    return f"{code} {sign}{language.number(link.lag_days, decimals=1)}"


def _answer(_engagement: Engagement, answer: Any, language: Language) -> str:
    if answer.score is not None:
        return language.percent(answer.score)
    return language.gettext(ANSWER_STATE_WORDS[answer.state])


def _score(_engagement: Engagement, entity: Any, language: Language) -> str:
    return language.percent(entity.score)


def _value(_engagement: Engagement, entity: Any, language: Language) -> str:
    return write_number(entity.value, language)


def _measurement(_engagement: Engagement, entity: Any, language: Language) -> str:
    return f"{word_measured(entity.metric, entity.value, language)} · {shown_day(entity.measured_on, language)}"


def _span(_engagement: Engagement, entity: Any, language: Language) -> str:
    if entity.start == entity.finish:
        return shown_day(entity.start, language)
    return f"{shown_day(entity.start, language)} \N{EN DASH} {shown_day(entity.finish, language)}"


_DETAILS: Final[Mapping[str, Callable[[Engagement, Any, Language], str]]] = {
    "answers": _answer,
    "assessments": lambda _engagement, entity, language: shown_day(entity.held_on, language),
    "baselines": lambda _engagement, entity, language: shown_day(entity.taken_on, language),
    "calendar_exceptions": _span,
    "criterion_scores": _value,
    "estimates": _effort,
    "freezes": _span,
    "initiatives": lambda _engagement, entity, language: language.gettext(STATUS_WORDS[entity.status]),
    "interactions": lambda _engagement, entity, language: language.gettext(INTERACTION_MODE_WORDS[entity.mode]),
    "links": _link,
    "measurements": _measurement,
    "outcomes": lambda _engagement, entity, language: language.gettext(CHOICE_WORDS[entity.verdict]),
    "prerequisites": lambda _engagement, entity, language: language.percent(entity.minimum_score),
    "risks": lambda _engagement, entity, language: language.gettext(RISK_STATUS_WORDS[entity.status]),
    "targets": _score,
    "votes": _score,
}
"""Kind -> what its rows say beside the title."""
