"""A list to choose from that ends a choice too long for it in dots, and says it whole beside the pointer."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter

from ui.actions import plain_tip


class Chooser(QComboBox):
    """A combo box as wide as what it offers, or as its layout lets it be: from `least` to `most` pixels."""

    def __init__(self, *, least: int, most: int) -> None:
        super().__init__()
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMinimumWidth(least)
        self.setMaximumWidth(most)
        self.currentTextChanged.connect(lambda text: self.setToolTip(plain_tip(text)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the choice with dots where it is cut."""
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        style = QStyle.ComplexControl.CC_ComboBox
        room = self.style().subControlRect(style, option, QStyle.SubControl.SC_ComboBoxEditField, self)
        option.currentText = self.fontMetrics().elidedText(
            option.currentText, Qt.TextElideMode.ElideRight, max(0, room.width() - 4)
        )
        painter.drawComplexControl(style, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
