"""Baselines of a Microsoft Project file: the dates of every task as they were kept, under a number from 0 to 10."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from planner.domain.engagement import Engagement
from planner.domain.identity import derived_id
from planner.domain.scenario import Baseline, BaselineEntry
from planner.exchange.import_report import ImportedItem, effect_of
from planner.exchange.msproject.project_file import ProjectFile, first_stamp
from planner.exchange.msproject.tasks_in import TaskIn
from planner.exchange.msproject.working_times import minutes_per_day


def take_in_baselines(
    source: ProjectFile, tasks: Sequence[TaskIn], engagement: Engagement, today: date
) -> tuple[list[Baseline], list[ImportedItem]]:
    """Return the baselines of a file and their lines in the report.

    A baseline never changes: one that is here with the same entries is the same; one with others is another.
    """
    minutes = minutes_per_day(source.header)
    entries: dict[int, list[BaselineEntry]] = defaultdict(list)
    for task in tasks:
        for kept in task.source.baselines:
            if kept.start is None or kept.finish is None or task.initiative is None:
                continue
            start = task.first_day(kept.start)
            entries[kept.number].append(
                BaselineEntry(
                    initiative_id=task.initiative.id,
                    name=task.initiative.name,
                    start=start,
                    finish=max(start, task.last_day(kept.finish)),
                    duration_days=max(0.0, (kept.minutes or 0.0) / task.minutes_a_day),
                    effort=max(0.0, kept.work / minutes),
                )
            )
    known = {baseline.entries: baseline for baseline in engagement.baselines.values()}
    saved = first_stamp(source.header.stamp("LastSaved"), source.header.stamp("CreationDate"))
    found, items = [], []
    for number, told in sorted(entries.items()):
        content = tuple(told)
        baseline = known.get(content) or Baseline(
            id=derived_id("mspdi-baseline", str(number), repr(content)),
            name="Baseline" if number == 0 else f"Baseline {number}",
            taken_on=saved.date() if saved else today,
            entries=content,
        )
        found.append(baseline)
        items.append(
            ImportedItem(
                kind="baselines", name=baseline.name, source_id=str(number), entity_id=baseline.id,
                effect=effect_of(engagement, "baselines", baseline),
            )
        )  # fmt: skip
    return found, items
