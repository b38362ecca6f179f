"""What chosen files would bring in, worded for a person to agree to before anything changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from planner.domain.changes import Changes, Label
from planner.domain.engagement import Engagement
from planner.exchange.import_report import (
    Effect,
    Fate,
    ImportedItem,
    ImportReading,
    ImportReport,
    changes_of,
)
from planner.exchange.sources import read_sources
from planner.language import N_, NN_, Language
from planner.words import KIND_WORDS

_FATES: Final = {
    Fate.IMPORTED: N_("Taken in"),
    Fate.CHANGED: N_("Changed"),
    Fate.REJECTED: N_("Left out"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One line of the account: what it is about, what became of it, and why."""

    name: str
    fate: str
    reasons: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A reading of files, its account in words, and the changes it makes to the `engagement` it was read against."""

    title: str
    summary: tuple[str, ...]
    findings: tuple[Finding, ...]
    reading: ImportReading
    label: Label
    engagement: Engagement
    changes: Changes

    def changes_for(self, engagement: Engagement) -> Changes:
        """Return the changes to `engagement`: those at hand, unless it has changed since."""
        if engagement is self.engagement:
            return self.changes
        return changes_of(engagement, self.reading, self.label)


def prepare(engagement: Engagement, paths: tuple[Path, ...], *, language: Language, today: date) -> Prepared:
    """Read `paths` and return what they would bring into `engagement`; UserError when they cannot be read."""
    reading = read_sources(paths, engagement, kind=None, language=language, today=today)
    names = ", ".join(path.name for path in paths)
    label = Label("import-files", {"names": names})
    return Prepared(
        title=names,
        summary=_summarise(reading.report, language),
        findings=_find(reading.report, language),
        reading=reading,
        label=label,
        engagement=engagement,
        changes=changes_of(engagement, reading, label),
    )


def _summarise(report: ImportReport, language: Language) -> tuple[str, ...]:
    lines = []
    for kind in report.kinds():
        effects, fates = report.count_effects(kind), report.count_fates(kind)
        word = language.gettext(KIND_WORDS.get(kind, kind))
        parts = [
            language.ngettext(*pattern, count).format(count=language.number(count, decimals=0))
            for pattern, count in (
                (NN_("{count} new", "{count} new"), effects[Effect.NEW]),
                (NN_("{count} updated", "{count} updated"), effects[Effect.UPDATED]),
                (NN_("{count} as it was", "{count} as they were"), effects[Effect.UNCHANGED]),
                (NN_("{count} left out", "{count} left out"), fates[Fate.REJECTED]),
            )
            if count
        ]
        lines.append(
            language.gettext(N_("{kind}: {counts}")).format(kind=word[:1].upper() + word[1:], counts=", ".join(parts))
        )
    if report.vanished:
        count = len(report.vanished)
        gone = language.ngettext(
            *NN_("{count} practice is no longer in the source", "{count} practices are no longer in the source"), count
        )
        lines.append(gone.format(count=language.number(count, decimals=0)))
    return tuple(lines)


def _find(report: ImportReport, language: Language) -> tuple[Finding, ...]:
    problems = [
        Finding(name="", fate=language.gettext(N_("Note")), reasons=problem.worded(language))
        for problem in report.problems
    ]
    return (*problems, *(_finding(item, language) for item in report.items if item.remarks))


def _finding(item: ImportedItem, language: Language) -> Finding:
    return Finding(
        name=item.name,
        fate=language.gettext(_FATES[item.fate]),
        reasons="; ".join(remark.worded(language) for remark in item.remarks),
    )
