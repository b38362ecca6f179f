"""How the cells of the ranking are painted, and how a number is typed into one: Tab and Enter move on."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QHelpEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from planner.domain.initiative import Status
from ui import theme
from ui.pages.priorities import board as figures
from ui.pages.priorities.board import Board
from ui.pages.priorities.table_model import Index, PriorityTable
from ui.pages.priorities.wording import MISSING, title_of
from ui.present.colours import own_colours
from ui.surroundings import Surroundings
from ui.widgets.cells import HOLLOW, status_colour

_BAR_HEIGHT: Final = 3
_SELECTED: Final = QStyle.StateFlag.State_Selected
_HOVERED: Final = QStyle.StateFlag.State_MouseOver
_FOCUSED: Final = QStyle.StateFlag.State_HasFocus
_STEPS: Final = {
    Qt.Key.Key_Tab: (0, 1),
    Qt.Key.Key_Backtab: (0, -1),
    Qt.Key.Key_Return: (1, 0),
    Qt.Key.Key_Enter: (1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Up: (-1, 0),
}
"""A key in an editor -> the rows and columns it moves on by."""


class PriorityCells(QStyledItemDelegate):
    """Paints and edits the cells.

    `moved_on(rows, columns)` is told when a key ended an edit to go on elsewhere, `tip_asked(index)` when the pointer rests.
    """

    moved_on = Signal(int, int)
    tip_asked = Signal(QModelIndex)

    def __init__(self, surroundings: Surroundings, parent: QWidget) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._rejected: tuple[str, str, str] | None = None
        self.largest_worth = 0.0

    def reject(self, initiative_id: str, key: str, text: str) -> None:
        """Keep a refused text, so that the next editor of its cell offers it again."""
        self._rejected = (initiative_id, key, text)

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """Let the table show its own tip."""
        del event, view, option
        self.tip_asked.emit(index)
        return True

    # Painting

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        model = index.model()
        if not isinstance(model, PriorityTable) or model.board is None:
            return
        tokens, place, board = self._surroundings.tokens, option.rect, model.board
        initiative_id, key = model.id_at(index), model.key_at(index)
        selected = bool(option.state & _SELECTED)
        painter.save()
        if selected:
            painter.fillRect(place, QColor(tokens.selection))
        elif option.state & _HOVERED:
            painter.fillRect(place, QColor(tokens.stripe))
        painter.setPen(QColor(tokens.border))
        painter.drawLine(place.bottomLeft(), place.bottomRight())
        quiet = board.initiative(initiative_id).status in (Status.DONE, Status.DROPPED) and not selected
        colour = QColor(tokens.selection_text if selected else tokens.text_muted if quiet else tokens.text)
        painter.setPen(colour)
        painter.setFont(option.font)
        inside = place.adjusted(theme.SPACE_S, 0, -theme.SPACE_S, 0)
        text = model.text_at(index.row(), index.column())
        if key == figures.NAME:
            self._paint_name(painter, inside, text, board, initiative_id, option.font, colour)
        elif key == figures.STATUS:
            self._paint_status(painter, inside, text, board.initiative(initiative_id).status, board)
        else:
            self._paint_number(painter, inside, text, index, board, option.font, selected=selected)
        if option.state & _FOCUSED:
            painter.setPen(QPen(QColor(tokens.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(place).adjusted(1, 1, -1.5, -1.5))
        painter.restore()

    def _paint_name(
        self,
        painter: QPainter,
        inside: QRect,
        text: str,
        board: Board,
        initiative_id: str,
        font: QFont,
        colour: QColor,
    ) -> None:
        if initiative_id in board.holders:
            font = QFont(font)
            font.setWeight(QFont.Weight.DemiBold)
        width = _paint_line(painter, QRectF(inside), text, font)
        path = " \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} ".join(board.path(initiative_id))
        left = inside.left() + width + theme.SPACE_M
        if path and inside.right() - left > _LEAST_PATH:
            quiet = QColor(self._surroundings.tokens.text_muted)
            painter.setPen(quiet if colour != QColor(self._surroundings.tokens.selection_text) else colour)
            rest = QRectF(left, inside.top(), inside.right() - left, inside.height())
            _paint_line(painter, rest, path, theme.font_of("caption", font))

    def _paint_status(self, painter: QPainter, inside: QRect, text: str, status: Status, board: Board) -> None:
        colour = QColor(status_colour(self._surroundings.tokens, status, own_colours(board.engagement)))
        pen = painter.pen()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour, 1.6))
        painter.setBrush(Qt.BrushStyle.NoBrush if status in HOLLOW else colour)
        painter.drawEllipse(QPointF(inside.left() + 4, inside.center().y() + 0.5), 3.6, 3.6)
        painter.setPen(pen)
        _paint_line(painter, QRectF(inside.adjusted(8 + theme.SPACE_S, 0, 0, 0)), text, painter.font())

    def _paint_number(
        self,
        painter: QPainter,
        inside: QRect,
        text: str,
        index: Index,
        board: Board,
        font: QFont,
        *,
        selected: bool,
    ) -> None:
        tokens = self._surroundings.tokens
        model = index.model()
        key = model.key_at(index) if isinstance(model, PriorityTable) else ""
        if key in (figures.RANK, figures.WORTH):
            font = QFont(font)
            font.setWeight(QFont.Weight.DemiBold)
        if text == MISSING and not selected:
            painter.setPen(QColor(tokens.text_muted))
        share = self._share(index, key, board)
        if share is not None:
            groove = QRectF(inside.left(), inside.bottom() - _BAR_HEIGHT - 2, inside.width(), _BAR_HEIGHT)
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.border))
            painter.drawRoundedRect(groove, _BAR_HEIGHT / 2, _BAR_HEIGHT / 2)
            groove.setWidth(max(_BAR_HEIGHT, groove.width() * share))
            used = key == figures.WORTH or board.counts(board.engagement.criteria[key])
            painter.setBrush(QColor(tokens.accent if used else tokens.border_strong))
            painter.drawRoundedRect(groove, _BAR_HEIGHT / 2, _BAR_HEIGHT / 2)
            painter.restore()
            inside = inside.adjusted(0, 0, 0, -_BAR_HEIGHT)
        painter.setFont(font)
        painter.drawText(inside, Qt.AlignmentFlag.AlignCenter, text)

    def _share(self, index: Index, key: str, board: Board) -> float | None:
        """Return how much of its range a cell fills; None where it has none."""
        value: float | None = index.data(Qt.ItemDataRole.EditRole)
        if value is None:
            return None
        if key == figures.WORTH:
            return max(0.0, min(1.0, value / self.largest_worth)) if self.largest_worth > 0 else None
        criterion = board.engagement.criteria.get(key)
        if criterion is None:
            return None
        return max(0.0, min(1.0, (value - criterion.minimum) / (criterion.maximum - criterion.minimum)))

    # Editing

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return a line to type in."""
        editor = QLineEdit(parent)
        editor.setAutoFillBackground(True)
        model = index.model()
        if isinstance(model, PriorityTable) and model.board is not None:
            editor.setAccessibleName(title_of(model.board, model.key_at(index), self._surroundings.language))
            if model.is_score(index.column()):
                editor.setAlignment(Qt.AlignmentFlag.AlignCenter)
                editor.setMaxLength(30)
            else:
                editor.setMaxLength(300)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Fill an editor, once, with its cell's text, or with what was refused a moment ago."""
        model = index.model()
        if not isinstance(editor, QLineEdit) or not isinstance(model, PriorityTable) or editor.property("filled"):
            return
        editor.setProperty("filled", True)
        text = index.data(Qt.ItemDataRole.EditRole) if not model.is_score(index.column()) else index.data()
        if self._rejected is not None and self._rejected[:2] == (model.id_at(index), model.key_at(index)):
            text = self._rejected[2]
        self._rejected = None
        editor.setText("" if text == MISSING else text)
        editor.selectAll()
        editor.setProperty("before", editor.text())

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Ask the model for the edit, unless nothing was changed."""
        if isinstance(editor, QLineEdit) and editor.text() != editor.property("before"):
            model.setData(index, editor.text())

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """End an edit by the keys that move on."""
        if isinstance(editor, QLineEdit) and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = _STEPS.get(Qt.Key(event.key()))
            if step is not None and not event.modifiers() & ~_HARMLESS:
                self.commitData.emit(editor)
                self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
                self.moved_on.emit(*step)
                return True
        return super().eventFilter(editor, event)


_HARMLESS: Final = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
_LEAST_PATH: Final = 40


def _paint_line(painter: QPainter, place: QRectF, text: str, font: QFont) -> float:
    """Paint one line of text, cut where there is no room; return its width."""
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    line = metrics.elidedText(text, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, line)
    return metrics.horizontalAdvance(line)
