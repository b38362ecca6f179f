"""The figures above the heatmap, in words: everything rolled up, distance to targets, progress, and what was before."""

from __future__ import annotations

from planner.analysis.standings import target_progress
from planner.domain.assessment import Assessment
from planner.domain.engagement import Engagement
from planner.language import N_, NN_, Language
from ui.pages.assessment.axes import EVERYTHING
from ui.pages.assessment.faces import Reading, value_text
from ui.pages.assessment.summary import named_value, spread_text, used_text


def figures_of(
    engagement: Engagement, reading: Reading, *, top: str, practice_ids: frozenset[str]
) -> tuple[tuple[str, str], ...]:
    """Return (figure, line under it) for everything under the line `top` and the practices shown."""
    language = reading.language
    rolled = reading.now.tally(top, EVERYTHING).rolled_up(reading.method)
    value = value_text(rolled.value, reading.method, language)
    parts = (used_text(rolled, language), spread_text(rolled, language))
    base = None if reading.base is None else engagement.assessments[reading.base.assessment_id]
    aims = target_progress(
        [target for target in reading.targets.values() if target.practice_id in practice_ids],
        reading.now.answers(),
        {} if reading.base is None else reading.base.answers(),
    )
    counted = NN_("{used} of {count} target scored", "{used} of {count} targets scored")
    scored = language.ngettext(*counted, aims.count).format(
        used=language.number(aims.used, decimals=0), count=language.number(aims.count, decimals=0)
    )
    found = [
        (named_value(reading.method, value, language), " \N{MIDDLE DOT} ".join(part for part in parts if part)),
        (_with_share(reading, N_("To target: {share}"), aims.percent), scored),
        (_with_share(reading, N_("Progress: {share}"), aims.progress), _since(base, reading)),
    ]
    if reading.before is not None:
        earlier = reading.before.tally(top, EVERYTHING).value(reading.method)
        text = language.gettext(N_("Before: {value}")).format(value=value_text(earlier, reading.method, language))
        found.append((text, engagement.assessments[reading.before.assessment_id].name))
    return tuple(found)


def base_of(engagement: Engagement, assessment_id: str) -> str | None:
    """Return the id of the first assessment of all, which progress is measured from; None when it is this one."""
    first = min(engagement.assessments.values(), key=lambda one: (one.held_on, one.id))
    return None if first.id == assessment_id else first.id


def _with_share(reading: Reading, pattern: str, share: float | None) -> str:
    language = reading.language
    shown = language.gettext(N_("none")) if share is None else language.percent(share)
    return language.gettext(pattern).format(share=shown)


def _since(base: Assessment | None, reading: Reading) -> str:
    language = reading.language
    if base is None:
        return language.gettext(N_("From the next assessment on"))
    return language.gettext(N_("Since {name}")).format(name=" ".join(base.name.split()))


def when_held(assessment: Assessment, language: Language) -> str:
    """Return when an assessment was held and whether it can still change."""
    day = language.date(assessment.held_on, width="long")
    if assessment.closed_on is None:
        return language.gettext(N_("Held on {day}, open")).format(day=day)
    closed = language.date(assessment.closed_on, width="long")
    return language.gettext(N_("Held on {day}, closed on {closed}")).format(day=day, closed=closed)
