"""What the tip over a bar says, in plain lines."""

from __future__ import annotations

from planner.charts.rows import GanttRow
from planner.domain.engagement import Engagement
from planner.language import N_, Language
from planner.words import STATUS_WORDS
from ui.live_plan import LivePlan
from ui.present.columns import day_text
from ui.present.words import word_days


def tip_of(row: GanttRow, engagement: Engagement, plan: LivePlan, language: Language) -> tuple[str, tuple[str, ...]]:
    """Return the heading and the lines about one row."""
    initiative = engagement.initiatives[row.id]
    dates = plan.schedule.dates[row.id]
    lines = []
    if row.milestone:
        lines.append(day_text(row.start, language.code))
    else:
        span = language.gettext(N_("{start} to {finish}")).format(
            start=day_text(row.start, language.code), finish=day_text(row.finish, language.code)
        )
        lines.append(span if row.summary else f"{span} · {word_days(initiative.duration_days, language)}")
    lines.append(
        language.gettext(N_("{status}, {progress} done")).format(
            status=language.gettext(STATUS_WORDS[initiative.status]), progress=language.percent(row.progress)
        )
    )
    if row.critical:
        lines.append(language.gettext(N_("On the critical path: a delay here delays the end")))
    elif not row.summary:
        lines.append(
            language.gettext(N_("Can slip {days} before the end moves")).format(
                days=word_days(dates.total_slack_days, language)
            )
        )
    if row.deadline is not None:
        pattern = N_("Misses its deadline of {day}") if row.deadline_missed else N_("Deadline {day}")
        lines.append(language.gettext(pattern).format(day=day_text(row.deadline, language.code)))
    if row.teams:
        lines.append(", ".join(row.teams))
    return row.name, tuple(lines)
