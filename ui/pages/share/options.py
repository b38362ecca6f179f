"""The choices an export offers, as controls that remember: language, paper, lanes, what is shown, what is taken out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QVBoxLayout, QWidget

from planner.charts.paper import GanttOptions, Paper
from planner.charts.rows import GroupBy
from planner.domain.engagement import Engagement
from planner.exchange.options import ExportOptions
from planner.exchange.redaction import Redaction
from planner.exchange.workbook.gantt_sheet import Period
from planner.language import LANGUAGES, N_, Language
from ui import theme
from ui.dialogs.redaction import REDACTION_HEADING, REDACTION_NOTE, REDACTION_WORDS
from ui.surroundings import Surroundings
from ui.widgets.text import PlainLabel

CHARTS: Final = frozenset({".pdf", ".png", ".svg"})

_GROUPS: Final = {
    GroupBy.UNIT: N_("By unit"),
    GroupBy.TEAM: N_("By team"),
    GroupBy.OUTLINE: N_("By programme"),
}
_PERIODS: Final = {
    None: N_("Fitted to the plan"),
    Period.WEEK: N_("Weeks"),
    Period.MONTH: N_("Months"),
    Period.QUARTER: N_("Quarters"),
}
_LABELS: Final = {
    "language": N_("Language of the export"),
    "paper": N_("Paper"),
    "group": N_("Lanes"),
    "baseline": N_("Compare with"),
    "period": N_("Columns of the Gantt sheet"),
}
_CHECKS: Final = {
    "links": N_("Show links"),
    "dropped": N_("Show dropped initiatives"),
    "contrast": N_("High contrast, for printing"),
    **REDACTION_WORDS,
}
_OF_CHARTS: Final = ("paper", "group", "baseline", "links", "dropped", "contrast")


class ExportChoices(QWidget):
    """The controls; `changed` whenever a choice does."""

    changed = Signal()

    def __init__(self, surroundings: Surroundings, kept: Mapping[str, Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._suffix = ""
        self._filling = False
        self.boxes = {name: QComboBox() for name in _LABELS}
        self.checks = {name: QCheckBox() for name in _CHECKS}
        self._labels = {name: PlainLabel() for name in _LABELS}
        self._heading = PlainLabel(role="heading")
        self._note = PlainLabel(role="caption", wraps=True)
        self._form = QFormLayout()
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setVerticalSpacing(theme.SPACE_S)
        self._form.setHorizontalSpacing(theme.SPACE_M)
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        for name, box in self.boxes.items():
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            self._labels[name].setBuddy(box)
            self._form.addRow(self._labels[name], box)
            box.currentIndexChanged.connect(self._tell)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE_S)
        layout.addLayout(self._form)
        for name in _CHECKS:
            if name == "costs":
                layout.addSpacing(theme.SPACE_M)
                layout.addWidget(self._heading)
            layout.addWidget(self.checks[name])
            self.checks[name].toggled.connect(self._tell)
        layout.addWidget(self._note)
        self._fill_fixed()
        self.checks["links"].setChecked(True)
        self._restore(kept)
        self.retranslate()

    def show_baselines(self, engagement: Engagement) -> None:
        """Offer the engagement's baselines to compare the chart with."""
        box = self.boxes["baseline"]
        chosen = box.currentData()
        self._filling = True
        box.clear()
        box.addItem(self._surroundings.language.gettext(N_("Nothing")), None)
        for baseline in sorted(engagement.baselines.values(), key=lambda one: one.taken_on, reverse=True):
            box.addItem(" ".join(baseline.name.split()), baseline.id)
        box.setCurrentIndex(max(0, box.findData(chosen)))
        self._filling = False

    def show_kind(self, suffix: str) -> None:
        """Offer what the format behind a suffix knows."""
        self._suffix = suffix
        is_chart = suffix in CHARTS
        for name in _OF_CHARTS:
            (self.boxes.get(name) or self.checks[name]).setVisible(is_chart)
        for name, label in self._labels.items():
            if name in _OF_CHARTS:
                label.setVisible(is_chart)
        for widget in (self.boxes["period"], self._labels["period"]):
            widget.setVisible(suffix == ".xlsx")
        for widget in (self.boxes["language"], self._labels["language"]):
            widget.setVisible(suffix not in (".json", ".xml"))

    @property
    def language(self) -> Language:
        """The language of the export."""
        return Language(self.boxes["language"].currentData())

    @property
    def options(self) -> ExportOptions:
        """What was chosen, as the writers take it."""
        checked = {name: box.isChecked() for name, box in self.checks.items()}
        return ExportOptions(
            gantt=GanttOptions(
                paper=Paper[self.boxes["paper"].currentData()],
                group_by=GroupBy(self.boxes["group"].currentData()),
                show_links=checked["links"],
                include_dropped=checked["dropped"],
                baseline_id=self.boxes["baseline"].currentData(),
                high_contrast=checked["contrast"],
            ),
            period=Period(self.boxes["period"].currentData()) if self.boxes["period"].currentData() else None,
            redaction=Redaction(**{name: checked[name] for name in REDACTION_WORDS}),
        )

    def values(self) -> dict[str, Any]:
        """Return the choices to remember; a baseline belongs to its engagement and is not among them."""
        kept: dict[str, Any] = {name: box.currentData() for name, box in self.boxes.items() if name != "baseline"}
        return kept | {name: box.isChecked() for name, box in self.checks.items()}

    def retranslate(self) -> None:
        """Word every choice in the language of the screen."""
        language = self._surroundings.language
        for name, label in self._labels.items():
            label.setText(language.gettext(_LABELS[name]))
            self.boxes[name].setAccessibleName(label.text())
        for name, check in self.checks.items():
            check.setText(language.gettext(_CHECKS[name]))
            check.setAccessibleName(check.text())
        self._heading.setText(language.gettext(REDACTION_HEADING))
        self._note.setText(language.gettext(REDACTION_NOTE))
        for box, words in ((self.boxes["group"], _GROUPS), (self.boxes["period"], _PERIODS)):
            for at, word in enumerate(words.values()):
                box.setItemText(at, language.gettext(word))
        if self.boxes["baseline"].count():
            self.boxes["baseline"].setItemText(0, language.gettext(N_("Nothing")))

    def _fill_fixed(self) -> None:
        for code, name in LANGUAGES.items():
            self.boxes["language"].addItem(name, code)
        for paper in Paper:
            self.boxes["paper"].addItem(paper.name, paper.name)
        for group in _GROUPS:
            self.boxes["group"].addItem("", group.value)
        for period in _PERIODS:
            self.boxes["period"].addItem("", period.value if period is not None else None)

    def _restore(self, kept: Mapping[str, Any]) -> None:
        self._filling = True
        language = self.boxes["language"]
        language.setCurrentIndex(language.findData(self._surroundings.language.code))
        for name, box in self.boxes.items():
            at = box.findData(kept[name]) if name in kept else -1
            if at >= 0:
                box.setCurrentIndex(at)
        for name, check in self.checks.items():
            if isinstance(kept.get(name), bool):
                check.setChecked(kept[name])
        self._filling = False

    def _tell(self) -> None:
        if not self._filling:
            self.changed.emit()
