"""What a person does to keep the plan comparable: take a baseline of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from planner.domain.changes import Changes, Label
from planner.domain.engagement import Engagement
from planner.domain.identity import new_id
from planner.domain.scenario import Baseline, BaselineEntry
from planner.editing.step import step


def take_baseline(
    engagement: Engagement, spans: Mapping[str, tuple[date, date]], *, name: str, taken_on: date, reason: str
) -> Changes:
    """Keep an immutable copy of the plan's dates; `spans` gives each initiative's first and last working day."""
    entries = []
    for initiative, _depth in engagement.outline():
        if initiative.id in spans:
            start, finish = spans[initiative.id]
            estimates = engagement.referring("estimates", "initiative_id").get(initiative.id, ())
            entries.append(
                BaselineEntry(
                    initiative_id=initiative.id,
                    name=initiative.name,
                    start=start,
                    finish=finish,
                    duration_days=initiative.duration_days,
                    effort=sum(estimate.effort for estimate in estimates),
                )
            )
    baseline = Baseline(id=new_id(), name=name, taken_on=taken_on, reason=reason, entries=tuple(entries))
    return step(engagement, Label("take-baseline", {"name": name}), put=[baseline])
