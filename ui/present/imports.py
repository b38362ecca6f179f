"""What chosen files would bring in, row by row, worded for a person to agree to before anything changes."""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from planner.domain.changes import Changes, Label
from planner.domain.engagement import Engagement
from planner.exchange.import_choice import ImportRow, Key, rows_of, without
from planner.exchange.import_report import Effect, Fate, ImportReading, SourceColumn, changes_of
from planner.exchange.sources import read_sources, read_table
from planner.language import N_, NN_, Language
from planner.progress import Progress
from planner.words import FIELD_WORDS, KIND_WORDS


class Outcome(enum.Enum):
    """What becomes of one row, as the filter tells them apart."""

    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REMOVED = "removed"
    LEFT_OUT = "left-out"
    NOTE = "note"


OUTCOME_WORDS: Final = {
    Outcome.NEW: N_("New"),
    Outcome.UPDATED: N_("Updated"),
    Outcome.UNCHANGED: N_("As it was"),
    Outcome.REMOVED: N_("Removed"),
    Outcome.LEFT_OUT: N_("Left out"),
    Outcome.NOTE: N_("Note"),
}

_COUNTED: Final = {
    Outcome.NEW: NN_("{count} new", "{count} new"),
    Outcome.UPDATED: NN_("{count} updated", "{count} updated"),
    Outcome.UNCHANGED: NN_("{count} as it was", "{count} as they were"),
    Outcome.REMOVED: NN_("{count} removed", "{count} removed"),
    Outcome.LEFT_OUT: NN_("{count} left out", "{count} left out"),
}

_MEANING_WORDS: Final = {
    "": N_("Not read"),
    "dimension": N_("Dimension"),
    "theme": N_("Theme"),
    "practice": N_("Name of the practice"),
    "text": N_("Level descriptor"),
    "link": N_("Link to a resource"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewRow:
    """One row of the preview in words; `key` is None where there is nothing to choose."""

    kind: str
    name: str
    outcome: Outcome
    place: str = ""
    reasons: str = ""
    key: Key | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportSource:
    """What is read: files, or the text of a table that goes into a model."""

    paths: tuple[Path, ...] = ()
    text: str = ""
    model_id: str = ""

    def name(self, language: Language) -> str:
        """Return what to call it."""
        return ", ".join(path.name for path in self.paths) or language.gettext(N_("Clipboard"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A reading of a source, its account in words, and the changes it makes to the `engagement` it was read against."""

    source: ImportSource
    title: str
    summary: tuple[str, ...]
    rows: tuple[PreviewRow, ...]
    reading: ImportReading
    label: Label
    engagement: Engagement
    changes: Changes

    @property
    def columns(self) -> tuple[SourceColumn, ...]:
        """The columns of a table; none for any other source."""
        return self.reading.columns

    def changes_for(self, engagement: Engagement, left_out: frozenset[Key] = frozenset()) -> Changes:
        """Return the changes to `engagement` without the rows left out: those at hand, unless it has changed since."""
        if engagement is self.engagement and not left_out:
            return self.changes
        return changes_of(engagement, without(engagement, self.reading, left_out), self.label)


def prepare(engagement: Engagement, source: ImportSource, reading: ImportReading, *, language: Language) -> Prepared:
    """Return what a reading of `source` against `engagement` would bring, in words; UserError when it breaks a rule."""
    name = source.name(language)
    label = Label("import-files", {"names": name})
    found = rows_of(engagement, reading)
    rows = (
        *(
            PreviewRow(kind="", name="", outcome=Outcome.NOTE, reasons=problem.worded(language))
            for problem in reading.report.problems
        ),
        *(_worded(row, language) for row in found),
        *(
            PreviewRow(kind=language.gettext(KIND_WORDS["practices"]), name=gone, outcome=Outcome.NOTE,
                       reasons=language.gettext(N_("no longer in the source; it stays as it is")))
            for gone in reading.report.vanished
        ),
    )  # fmt: skip
    return Prepared(
        source=source,
        title=name,
        summary=_summarise(rows, language),
        rows=rows,
        reading=reading,
        label=label,
        engagement=engagement,
        changes=changes_of(engagement, reading, label),
    )


def meanings(language: Language) -> tuple[tuple[str, str], ...]:
    """Return what a column can be read as: (meaning, its words)."""
    from planner.exchange.models.practice_table import MEANINGS  # noqa: PLC0415  not at start-up

    found = []
    for meaning in ("", *MEANINGS):
        word = language.gettext(_MEANING_WORDS.get(meaning) or FIELD_WORDS[meaning])
        found.append((meaning, word[:1].upper() + word[1:]))
    return tuple(found)


def read_source(
    engagement: Engagement,
    progress: Progress,
    source: ImportSource,
    language: Language,
    today: date,
    columns: Sequence[str] | None,
) -> ImportReading:
    """Read a source in the form `planner.exchange.worker` runs; UserError when it cannot be read.

    `columns` says what the columns of a table are read as; None lets them be guessed.
    """
    progress(0, 1)
    if source.paths:
        if columns is not None:
            return read_table(source.paths, engagement, language=language, columns=columns)
        return read_sources(source.paths, engagement, kind=None, language=language, today=today)
    from planner.exchange.models.practice_table import TableOrigin, read_practice_table  # noqa: PLC0415  when used
    from planner.exchange.table_source import rows_of_text  # noqa: PLC0415  not at start-up

    name = source.name(language)
    origin = TableOrigin(name=name, model_id=source.model_id)
    return read_practice_table(
        rows_of_text(source.text, name=name), engagement, origin, language=language, columns=columns
    )


def _worded(row: ImportRow, language: Language) -> PreviewRow:
    outcome = _outcome(row)
    can_choose = row.key is not None and outcome in {Outcome.NEW, Outcome.UPDATED, Outcome.REMOVED}
    return PreviewRow(
        kind=language.gettext(KIND_WORDS.get(row.kind, row.kind)),
        name=row.name,
        outcome=outcome,
        place=row.place,
        reasons="; ".join(remark.worded(language) for remark in row.remarks),
        key=row.key if can_choose else None,
    )


def _outcome(row: ImportRow) -> Outcome:
    if row.fate is Fate.REJECTED:
        return Outcome.LEFT_OUT
    if row.removes:
        return Outcome.REMOVED
    return {Effect.NEW: Outcome.NEW, Effect.UPDATED: Outcome.UPDATED}.get(row.effect, Outcome.UNCHANGED)


def _summarise(rows: Iterable[PreviewRow], language: Language) -> tuple[str, ...]:
    counted: dict[str, Counter[Outcome]] = {}
    for row in rows:
        if row.outcome is not Outcome.NOTE:
            counted.setdefault(row.kind, Counter())[row.outcome] += 1
    return tuple(
        language.gettext(N_("{kind}: {counts}")).format(
            kind=kind[:1].upper() + kind[1:],
            counts=", ".join(
                language.ngettext(*pattern, counts[outcome]).format(count=language.number(counts[outcome], decimals=0))
                for outcome, pattern in _COUNTED.items()
                if counts[outcome]
            ),
        )
        for kind, counts in counted.items()
    )
