"""The editor of a number in a cell: no wider than it must be, its digits where the cell has them, stepped by the keys."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDoubleSpinBox, QSpinBox, QWidget

_USUAL_WIDTH: Final = 64
"""Pixels; a cell that is wider is filled."""


class WholeEditor(QSpinBox):
    """Edits a whole number within a range."""

    def __init__(self, parent: QWidget, least: int, most: int, *, step: int = 1) -> None:
        super().__init__(parent)
        self.setRange(least, most)
        self.setSingleStep(step)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)

    def sizeHint(self) -> QSize:
        """Return what a usual number takes."""
        return QSize(_USUAL_WIDTH, super().sizeHint().height())


class DecimalEditor(QDoubleSpinBox):
    """Edits a number with up to two decimals within a range."""

    def __init__(self, parent: QWidget, least: float, most: float, *, step: float = 1.0) -> None:
        super().__init__(parent)
        self.setDecimals(2)
        self.setRange(least, most)
        self.setSingleStep(step)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)

    def sizeHint(self) -> QSize:
        """Return what a usual number takes."""
        return QSize(_USUAL_WIDTH, super().sizeHint().height())

    def textFromValue(self, value: float) -> str:
        """Return the number as its cell shows it, without decimals that are 0."""
        text = super().textFromValue(value)
        point = self.locale().decimalPoint()
        return text.rstrip("0").removesuffix(point) if point in text else text
