"""When the plan says an initiative happens: its days and its slack, as they are worked out; nothing to edit."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QGridLayout

from planner.language import N_
from ui import theme
from ui.present.words import word_days
from ui.widgets.text import PlainLabel
from ui.workbench import Workbench

_LINES = (N_("Starts"), N_("Finishes"), N_("Slack"), N_("Critical"))


class PlannedDates(QFrame):
    """The dates of one initiative; hidden while there are none."""

    def __init__(self, workbench: Workbench) -> None:
        super().__init__()
        self._workbench = workbench
        self.setObjectName("card")
        grid = QGridLayout(self)
        grid.setContentsMargins(theme.SPACE_S, theme.SPACE_S, theme.SPACE_S, theme.SPACE_S)
        grid.setHorizontalSpacing(theme.SPACE_S)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.labels = [PlainLabel(role="caption") for _line in _LINES]
        self.values = [PlainLabel() for _line in _LINES]
        for at, (label, value) in enumerate(zip(self.labels, self.values, strict=True)):
            grid.addWidget(label, at // 2 * 2, at % 2)
            grid.addWidget(value, at // 2 * 2 + 1, at % 2)
        self.hide()

    def show_dates(self, initiative_id: str) -> None:
        """Show the dates of an initiative, or nothing for an empty id."""
        plan = self._workbench.keeper.plan
        dates = plan.dates_of(initiative_id) if plan is not None and initiative_id else None
        self.setVisible(dates is not None)
        if dates is None:
            return
        language = self._workbench.surroundings.language
        texts = (
            language.date(dates.early_start),
            language.date(dates.early_finish),
            word_days(dates.total_slack_days, language),
            language.gettext(N_("Yes")) if dates.critical else language.gettext(N_("No")),
        )
        for label, line, value, text in zip(self.labels, _LINES, self.values, texts, strict=True):
            label.setText(language.gettext(line))
            value.setText(text)
            value.setAccessibleName(f"{label.text()}: {text}")
