"""The row of buttons above a diagram: actions of its page, the main one with its words."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui import theme
from ui.actions import Actions
from ui.widgets.action_button import BESIDE_ICON, ICON_ONLY, ActionButton


class DiagramBar(QWidget):
    """Buttons in groups; `worded` actions show their words beside their icon."""

    def __init__(
        self,
        actions: Actions,
        groups: tuple[tuple[str, ...], ...],
        *,
        worded: frozenset[str] = frozenset(),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("toolbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(theme.SPACE_M, theme.SPACE_XS, theme.SPACE_M, theme.SPACE_XS)
        self.row.setSpacing(2)
        for at, group in enumerate(groups):
            if at:
                self.row.addSpacing(theme.SPACE_M)
            for action_id in group:
                self.row.addWidget(
                    ActionButton(actions[action_id], style=BESIDE_ICON if action_id in worded else ICON_ONLY)
                )
        self.row.addStretch(1)
