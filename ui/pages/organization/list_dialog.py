"""A list of teams from a spreadsheet before it is taken in: which column is what, and what each row would do."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication

from planner.domain.organization import Topology
from planner.editing.team_list import Fate, ListPlan, Outcome, plan_list, take_list
from planner.exchange.team_table import MOST_ROWS, Part, guess_columns, read_cells, read_lines
from planner.language import N_, NN_, Language
from planner.messages import explain
from planner.words import TOPOLOGY_WORDS
from ui import theme
from ui.dialogs.table_dialog import FATE_WORDS, FateTable, TableDialog
from ui.pages.page import Page

PART_WORDS: Final = {
    None: N_("Leave out"),
    Part.NAME: N_("Team"),
    Part.UNIT: N_("Unit"),
    Part.HEADCOUNT: N_("People"),
    Part.CAPACITY: N_("Capacity"),
    Part.LIMIT: N_("Limit"),
    Part.READINESS: N_("Readiness"),
    Part.TOPOLOGY: N_("Topology"),
    Part.DESCRIPTION: N_("Description"),
}
_TITLES: Final = (N_("Row"), N_("What it does"), N_("Team"), N_("Unit"), N_("What it says, or why it is left out"))
_WIDTHS: Final = (64, 116, 170, 200)
_CHOICE_LETTERS: Final = 11
_MEASURED: Final = 300
"""Rows whose heights are measured for their texts; more would hold the screen up."""


class ListDialog(TableDialog):
    """Takes in the list when the person agrees, in one step."""

    def __init__(self, page: Page) -> None:
        surroundings = page.workbench.surroundings
        rows = FateTable(
            surroundings, titles=_TITLES, widths=_WIDTHS, texts=lambda outcome: _texts(outcome, surroundings.language)
        )
        super().__init__(
            surroundings,
            rows,
            page.window(),
            title=N_("Paste a list of teams"),
            name=N_("List of teams"),
            rows_name=N_("What each row would do"),
            part_words=PART_WORDS,
            letters=_CHOICE_LETTERS,
        )
        self._page = page
        self._unit_id = _target_of(page)
        self.plan = ListPlan((), (), ())
        self.table.setWordWrap(True)
        self.table.verticalHeader().setMinimumSectionSize(theme.row_height(self.table.font()))
        self.begin_with(QGuiApplication.clipboard().text())

    def read_cells(self, text: str) -> list[list[str]]:
        """Return the rows of a text, cell by cell."""
        return read_cells(text)

    def guess_columns(self, cells: list[list[str]]) -> tuple[bool, tuple[Part | None, ...]]:
        """Return whether the first row holds titles, and what each column seems to hold."""
        return guess_columns(cells)

    def parts(self) -> tuple[Part | None, ...]:
        """Return what each column holds, as chosen."""
        return self.chosen_parts()

    def _plan_again(self) -> None:
        parts = self.parts()
        lines = read_lines(self._cells, parts, has_titles=self.titles.isChecked()) if Part.NAME in parts else []
        if self._page.opened is not None:
            self.plan = plan_list(self._page.engagement, lines, unit_id=self._unit_id)
        self.rows.show(self.plan.outcomes)
        if len(self.plan.outcomes) <= _MEASURED:
            # Once the columns have the widths the dialog gives them.
            QTimer.singleShot(0, self.table, self.table.resizeRowsToContents)
        self.go.setEnabled(bool(self.plan.teams))
        self.summary.setText(self._summed_up(parts))

    def _summed_up(self, parts: tuple[Part | None, ...]) -> str:
        if not self._cells:
            return self._word(N_("There is no list yet."))
        if Part.NAME not in parts:
            return self._word(N_("Say which column holds the teams."))
        counts = (
            (NN_("{count} team added", "{count} teams added"), self.plan.count(Fate.ADD)),
            (NN_("{count} team changed", "{count} teams changed"), self.plan.count(Fate.UPDATE)),
            (NN_("{count} unit made", "{count} units made"), len(self.plan.units)),
            (NN_("{count} row same already", "{count} rows same already"), self.plan.count(Fate.SAME)),
            (NN_("{count} row left out", "{count} rows left out"), self.plan.count(Fate.REFUSED)),
        )
        said = self._summed(counts)
        if sum(map(any, self._cells)) == MOST_ROWS:
            shown = self._language.number(MOST_ROWS, decimals=0)
            said.append(self._word(N_("only the first {count} rows are read")).format(count=shown))
        return " · ".join(said)

    def take_in(self) -> None:
        """Take in what can be, in one step; stay open where it is refused."""
        if self._page.edit(lambda engagement: take_list(engagement, self.plan), refused=self.summary.setText):
            self.accept()


def _texts(outcome: Outcome, language: Language) -> tuple[str, ...]:
    line = outcome.line
    unit = outcome.unit_path or line.unit
    if outcome.makes_unit:
        unit = language.gettext(N_("{unit} (new)")).format(unit=unit)
    said = explain(outcome.cause, language) if outcome.cause is not None else _said(outcome, language)
    fate = language.gettext(FATE_WORDS[outcome.fate])
    return language.number(line.number, decimals=0), fate, line.name, unit, said


def _said(outcome: Outcome, language: Language) -> str:
    parts = []
    for part, word in PART_WORDS.items():
        value = None if part is None else outcome.line.fields.get(part.value)
        if value is not None:
            shown = language.gettext(TOPOLOGY_WORDS[value]) if isinstance(value, Topology) else value
            shown = language.number(shown, decimals=2) if isinstance(shown, int | float) else shown
            pattern = language.gettext(N_("{name}: {value}"))
            parts.append(pattern.format(name=language.gettext(word), value=shown))
    return " · ".join(parts)


def _target_of(page: Page) -> str | None:
    """Return the unit selected on the page, which rows without a unit go to."""
    selection = page.selection()
    if len(selection.ids) != 1 or page.opened is None:
        return None
    if selection.kind == "units":
        return selection.ids[0]
    team = page.engagement.teams.get(selection.ids[0]) if selection.kind == "teams" else None
    return None if team is None else team.unit_id
