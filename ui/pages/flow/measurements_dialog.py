"""Delivery metrics from a spreadsheet before they are taken in: which column is what, and what each value would do."""

from __future__ import annotations

from typing import Final

from shiboken6 import isValid

from planner.domain.errors import UserError
from planner.domain.flow import DeliveryMetric
from planner.editing.measurements import MeasurementPlan, PlannedLine, plan_measurements, take_measurements
from planner.editing.team_list import Fate
from planner.exchange.measurements_csv import (
    MOST_ROWS,
    ColumnPart,
    Part,
    guess_columns,
    read_lines,
    read_measurement_cells,
)
from planner.language import N_, NN_, Language
from planner.messages import explain
from planner.quantities import word_measured
from planner.words import METRIC_WORDS
from ui.dialogs.table_dialog import FATE_WORDS, FateTable, TableDialog
from ui.pages.page import Page

PART_WORDS: Final[dict[ColumnPart, str]] = {
    None: N_("Leave out"),
    Part.SUBJECT: N_("Team or application"),
    Part.TEAM: N_("Team"),
    Part.APPLICATION: N_("Application"),
    Part.METRIC: N_("Delivery metric"),
    Part.DATE: N_("Date"),
    Part.VALUE: N_("Value"),
    Part.SOURCE: N_("Source"),
    **dict[ColumnPart, str](METRIC_WORDS.items()),
}
_TITLES: Final = (
    N_("Row"),
    N_("What it does"),
    N_("Team or application"),
    N_("Delivery metric"),
    N_("Date"),
    N_("Value"),
    N_("What changes, or why it is left out"),
)
_WIDTHS: Final = (56, 110, 170, 220, 110, 90)
_CHOICE_LETTERS: Final = 26
_AT_ONCE: Final = 600
"""Rows planned within a few milliseconds; more are planned on a pool thread."""


class MeasurementsDialog(TableDialog):
    """Takes in the measurements when the person agrees, in one step."""

    def __init__(
        self,
        page: Page,
        text: str,
        *,
        whom: tuple[str, str] = ("", ""),
        metric: DeliveryMetric | None = None,
    ) -> None:
        surroundings = page.workbench.surroundings
        rows = FateTable(
            surroundings, titles=_TITLES, widths=_WIDTHS, texts=lambda planned: _texts(planned, surroundings.language)
        )
        super().__init__(
            surroundings,
            rows,
            page.window(),
            title=N_("Take in delivery metrics"),
            name=N_("Table of measurements"),
            rows_name=N_("What each value would do"),
            part_words=PART_WORDS,
            letters=_CHOICE_LETTERS,
        )
        self._page = page
        self._whom, self._metric = whom, metric
        self._asked = 0
        self.plan = MeasurementPlan((), ())
        self.begin_with(text)

    def read_cells(self, text: str) -> list[list[str]]:
        """Return the rows of a text, cell by cell."""
        return read_measurement_cells(text)

    def guess_columns(self, cells: list[list[str]]) -> tuple[bool, tuple[ColumnPart, ...]]:
        """Return whether the first row holds titles, and what each column seems to hold."""
        return guess_columns(cells)

    def parts(self) -> tuple[ColumnPart, ...]:
        """Return what each column holds, as chosen."""
        return self.chosen_parts()

    def _plan_again(self) -> None:
        self._asked += 1
        asked, cells, parts, titled = self._asked, self._cells, self.parts(), self.titles.isChecked()
        if self._page.opened is None:
            return
        engagement, whom, metric = self._page.engagement, self._whom, self._metric

        def plan() -> MeasurementPlan:
            return plan_measurements(engagement, read_lines(cells, parts, has_titles=titled, whom=whom, metric=metric))

        if len(cells) <= _AT_ONCE:
            self._take_plan(asked, plan())
            return
        self.go.setEnabled(False)
        self.summary.setText(self._word(N_("Reading…")))
        self._page.workbench.background.run(
            lambda _progress: plan(),
            success=lambda found: self._take_plan(asked, found),
            failure=lambda error: self._tell(asked, error),
        )

    def _tell(self, asked: int, error: UserError) -> None:
        if isValid(self) and asked == self._asked:
            self.summary.setText(explain(error, self._language))

    def _take_plan(self, asked: int, plan: MeasurementPlan) -> None:
        if isValid(self) and asked == self._asked:
            self.plan = plan
            self.rows.show(plan.lines)
            self.go.setEnabled(bool(plan.measurements))
            self.summary.setText(self._summed_up())

    def _summed_up(self) -> str:
        if not self._cells:
            return self._word(N_("There is no table yet."))
        if not self.plan.lines:
            return self._word(N_("Say which column holds the values."))
        counts = (
            (NN_("{count} measurement added", "{count} measurements added"), self.plan.count(Fate.ADD)),
            (NN_("{count} measurement changed", "{count} measurements changed"), self.plan.count(Fate.UPDATE)),
            (NN_("{count} same already", "{count} same already"), self.plan.count(Fate.SAME)),
            (NN_("{count} left out", "{count} left out"), self.plan.count(Fate.REFUSED)),
        )
        said = self._summed(counts)
        if self.plan.unknown:
            names = self.plan.unknown[:5]
            more = "…" if len(self.plan.unknown) > len(names) else ""
            said.append(self._word(N_("not known here: {names}")).format(names=", ".join(names) + more))
        if sum(map(any, self._cells)) == MOST_ROWS:
            shown = self._language.number(MOST_ROWS, decimals=0)
            said.append(self._word(N_("only the first {count} rows are read")).format(count=shown))
        return " · ".join(said)

    def take_in(self) -> None:
        """Take in what can be, in one step; stay open where it is refused."""
        plan = self.plan
        if self._page.edit(lambda engagement: take_measurements(engagement, plan), refused=self.summary.setText):
            self.accept()

    def done(self, result: int) -> None:
        """Let go of what is still being read."""
        self._asked += 1
        super().done(result)


def _texts(planned: PlannedLine, language: Language) -> tuple[str, ...]:
    line = planned.line
    value = line.written
    if line.metric is not None and line.value is not None:
        value = word_measured(line.metric, line.value, language)
    said = "" if planned.cause is None else explain(planned.cause, language)
    if planned.fate is Fate.UPDATE and planned.before is not None and line.metric is not None:
        before = word_measured(line.metric, planned.before, language)
        said = language.gettext(N_("{value} until now")).format(value=before)
    return (
        language.number(line.number, decimals=0),
        language.gettext(FATE_WORDS[planned.fate]),
        line.name,
        "" if line.metric is None else language.gettext(METRIC_WORDS[line.metric]),
        "" if line.measured_on is None else language.date(line.measured_on),
        value,
        said or line.source,
    )
