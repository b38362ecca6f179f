"""How the cells of the initiatives' table are painted and edited in place.

Names are indented and fold, statuses carry a dot and a word, progress a bar and a number; days are picked from a
calendar. An edit that is refused is offered again with what was typed, so that nothing typed is lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

from PySide6.QtCore import QAbstractItemModel, QDate, QEvent, QModelIndex, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFont, QHelpEvent, QMouseEvent, QPainter, QPen, QTextCharFormat
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QCalendarWidget,
    QComboBox,
    QDateEdit,
    QDoubleSpinBox,
    QLineEdit,
    QSpinBox,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from planner.domain.initiative import Status
from planner.language import N_
from planner.words import STATUS_WORDS
from ui import theme
from ui.models.initiatives import ROW_ROLE, Index, InitiativeTable
from ui.models.outline import OutlineRow
from ui.present.columns import TITLES, Column
from ui.surroundings import Surroundings
from ui.widgets.number_cell import DecimalEditor, WholeEditor

INDENT: Final = 18
_CHEVRON: Final = 16
_BAR_WIDTH: Final = 30
_BAR_HEIGHT: Final = 5
_WIDEST_SHARE: Final = "100\N{NO-BREAK SPACE}%"
"""What every share ends under the end of, whatever the language puts before its sign."""
_LONGEST_DURATION: Final = 20_000.0

_KEPT_TEXTS: Final = 20_000
_SELECTED: Final = QStyle.StateFlag.State_Selected.value
_HOVERED: Final = QStyle.StateFlag.State_MouseOver.value
_FOCUSED: Final = QStyle.StateFlag.State_HasFocus.value
_NO_BRUSH: Final = QBrush(Qt.BrushStyle.NoBrush)
HOLLOW: Final = frozenset({Status.IDEA, Status.DROPPED})
"""The statuses whose sign is a ring."""

_DATED: Final = frozenset({Column.START, Column.FINISH, Column.DURATION})

ROOM_BESIDE_TEXT: Final = {
    Column.NAME: 2 * theme.SPACE_S + _CHEVRON + 2 + INDENT,
    Column.STATUS: 3 * theme.SPACE_S + 10,
    Column.START: 2 * theme.SPACE_S + 2,
    Column.FINISH: 2 * theme.SPACE_S + 2,
    Column.DURATION: 2 * theme.SPACE_S + 2,
    Column.PROGRESS: 3 * theme.SPACE_S + _BAR_WIDTH + theme.SPACE_S,
}
"""Pixels a column takes beside its text: margins, marks and bars."""


_STATUS_TOKENS: Final = {
    Status.IDEA: "border_strong",
    Status.PROPOSED: "text_muted",
    Status.PLANNED: "information",
    Status.ACTIVE: "warning",
    Status.DONE: "success",
    Status.DROPPED: "text_disabled",
}


def status_colour(tokens: theme.Tokens, status: Status, own: Mapping[Status, str]) -> str:
    """Return the colour of a status's dot: the engagement's `own`, or the usual one; the word beside it says the same."""
    usual: str = getattr(tokens, _STATUS_TOKENS[status])
    return own.get(status, usual)


@lru_cache(maxsize=64)
def _colour(name: str) -> QColor:
    return QColor(name)


@dataclass(slots=True)
class _Cell:
    """What is painted into one cell: `inside` shrinks as marks take their room."""

    painter: QPainter
    inside: QRect
    text: str
    colour: QColor


class InitiativeCells(QStyledItemDelegate):
    """Paints and edits the cells.

    `fold_asked(id)` is told when the mark before a name is clicked, `tip_asked(index)` when the pointer rests.
    """

    fold_asked = Signal(str)
    tip_asked = Signal(QModelIndex)

    def __init__(self, surroundings: Surroundings, parent: QWidget) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._rejected: dict[tuple[str, Column], Any] = {}
        self._elided: dict[tuple[str, int, QFont.Weight], tuple[str, int, float]] = {}

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """Let the table show its own tip."""
        del event, view, option
        self.tip_asked.emit(index)
        return True

    # Painting

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        model = index.model()
        if not isinstance(model, InitiativeTable):
            return
        tokens = self._surroundings.tokens
        state, place = option.state.value, option.rect
        selected = state & _SELECTED
        painter.save()
        if selected:
            painter.fillRect(place, _colour(tokens.selection))
        elif state & _HOVERED:
            painter.fillRect(place, _colour(tokens.stripe))
        painter.setPen(_colour(tokens.border))
        painter.drawLine(place.bottomLeft(), place.bottomRight())
        row, cells, column = model.row_at(index), model.cells_at(index), index.column()
        colour = _colour(tokens.selection_text if selected else tokens.text)
        if cells.initiative.status is Status.DROPPED or (row.has_children and column in _DATED and not selected):
            colour = _colour(tokens.text_muted)
        cell = _Cell(painter, place.adjusted(theme.SPACE_S, 0, -theme.SPACE_S, 0), model.text_at(index), colour)
        painter.setPen(colour)
        painter.setFont(option.font)
        if column == Column.NAME:
            self._paint_name(cell, row, option.font)
        elif column == Column.STATUS:
            self._paint_status(cell, cells.initiative.status, model.status_colours)
        elif column == Column.PROGRESS:
            self._paint_progress(cell, cells.progress)
        else:
            self._paint_text(cell, to_the_right=True)
        if state & _FOCUSED:
            painter.setPen(QPen(QColor(tokens.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(place).adjusted(1, 1, -1.5, -1.5))
        painter.restore()

    def _paint_name(self, cell: _Cell, row: OutlineRow, font: QFont) -> None:
        painter, inside = cell.painter, cell.inside
        inside.setLeft(inside.left() + row.depth * INDENT)
        if row.has_children:
            middle = QPointF(inside.left() + _CHEVRON / 2 - 1, inside.center().y() + 0.5)
            pen = QPen(cell.colour, 1.6)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            steps = ((-2.0, -4.0), (2.0, 0.0), (-2.0, 4.0)) if row.folded else ((-4.0, -2.0), (0.0, 2.0), (4.0, -2.0))
            painter.drawPolyline([middle + QPointF(x, y) for x, y in steps])
            painter.setPen(cell.colour)
            strong = QFont(font)
            strong.setWeight(QFont.Weight.DemiBold)
            painter.setFont(strong)
        inside.setLeft(inside.left() + _CHEVRON + 2)
        self._paint_text(cell)

    def _paint_status(self, cell: _Cell, status: Status, own: Mapping[Status, str]) -> None:
        painter, inside = cell.painter, cell.inside
        colour = _colour(status_colour(self._surroundings.tokens, status, own))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour, 1.6))
        painter.setBrush(_NO_BRUSH if status in HOLLOW else colour)
        painter.drawEllipse(QPointF(inside.left() + 4, inside.center().y() + 0.5), 3.6, 3.6)
        painter.setPen(cell.colour)
        inside.setLeft(inside.left() + 8 + theme.SPACE_S)
        self._paint_text(cell)

    def _paint_progress(self, cell: _Cell, progress: float) -> None:
        tokens = self._surroundings.tokens
        painter, inside = cell.painter, cell.inside
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        groove = QRectF(inside.left(), inside.center().y() + 0.5 - _BAR_HEIGHT / 2, _BAR_WIDTH, _BAR_HEIGHT)
        painter.setBrush(_colour(tokens.border))
        painter.drawRoundedRect(groove, _BAR_HEIGHT / 2, _BAR_HEIGHT / 2)
        done = max(0.0, min(1.0, progress))
        if done:
            groove.setWidth(max(_BAR_HEIGHT, _BAR_WIDTH * done))
            painter.setBrush(_colour(tokens.success if done >= 1 else tokens.accent))
            painter.drawRoundedRect(groove, _BAR_HEIGHT / 2, _BAR_HEIGHT / 2)
        painter.setPen(cell.colour)
        inside.setLeft(inside.left() + _BAR_WIDTH + theme.SPACE_S)
        inside.setWidth(min(inside.width(), painter.fontMetrics().horizontalAdvance(_WIDEST_SHARE) + 2))
        self._paint_text(cell, to_the_right=True)

    def _paint_text(self, cell: _Cell, *, to_the_right: bool = False) -> None:
        """Paint a cell's text on one line; what it comes to is kept, for a scroll asks for the same again and again."""
        painter, inside = cell.painter, cell.inside
        font = painter.font()
        key = (cell.text, inside.width(), font.weight())
        kept = self._elided.get(key)
        if kept is None:
            if len(self._elided) > _KEPT_TEXTS:
                self._elided.clear()
            metrics = painter.fontMetrics()
            line = metrics.elidedText(cell.text, Qt.TextElideMode.ElideRight, inside.width())
            kept = (line, metrics.horizontalAdvance(line), (metrics.ascent() - metrics.descent()) / 2)
            self._elided[key] = kept
        line, width, above = kept
        left = inside.right() - width if to_the_right else inside.left()
        painter.drawText(QPointF(left, inside.center().y() + 0.5 + above), line)

    # The mouse

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:
        """Fold or unfold when the mark before a name is clicked."""
        if (
            isinstance(event, QMouseEvent)
            and event.button() == Qt.MouseButton.LeftButton
            and event.type() in {QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick}
        ):
            row = index.data(ROW_ROLE)
            if self.is_fold_mark(option.rect, index, event.position().x()):
                self.fold_asked.emit(row.id)
                return True
        return super().editorEvent(event, model, option, index)

    @staticmethod
    def is_fold_mark(cell: QRect, index: Index, x: float) -> bool:
        """Tell whether `x` lies on the fold mark of a cell."""
        row: OutlineRow = index.data(ROW_ROLE)
        left = cell.left() + theme.SPACE_S + row.depth * INDENT
        return index.column() == Column.NAME and row.has_children and left - 4 <= x <= left + _CHEVRON

    # Editing

    def reject(self, initiative_id: str, column: Column, value: Any) -> None:
        """Keep a refused value, so that the next editor of its cell offers it again."""
        self._rejected[initiative_id, column] = value

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return the editor that fits a column."""
        column = Column(index.column())
        language = self._surroundings.language
        editor: QWidget
        if column is Column.STATUS:
            editor = QComboBox(parent)
            for status, word in STATUS_WORDS.items():
                editor.addItem(language.gettext(word), status.value)
            editor.activated.connect(lambda: self._commit(editor))
        elif column in {Column.START, Column.FINISH}:
            editor = QDateEdit(parent)
            editor.setCalendarPopup(True)
            editor.setDateRange(QDate(1900, 1, 1), QDate(9999, 12, 31))
            calendar = editor.calendarWidget()
            calendar.setAccessibleName(language.gettext(N_("Calendar")))
            calendar.setFirstDayOfWeek(Qt.DayOfWeek(language.first_weekday + 1))
            calendar.setVerticalHeaderFormat(calendar.VerticalHeaderFormat.ISOWeekNumbers)
            calm_weekends(calendar, self._surroundings.tokens)
        elif column is Column.DURATION:
            editor = DecimalEditor(parent, 0.0, _LONGEST_DURATION)
        elif column is Column.PROGRESS:
            editor = WholeEditor(parent, 0, 100, step=5)
            editor.setSuffix(" %")
        else:
            editor = QLineEdit(parent)
            editor.setMaxLength(300)
        editor.setAccessibleName(language.gettext(TITLES[column]))
        editor.setAutoFillBackground(True)
        return editor

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Lay an editor over its cell, wide enough to be read."""
        place = option.rect
        if index.column() == Column.NAME:
            row: OutlineRow = index.data(ROW_ROLE)
            place.setLeft(min(place.left() + row.depth * INDENT + _CHEVRON, place.right() - 120))
        else:
            place.setWidth(max(place.width(), editor.sizeHint().width()))
        editor.setGeometry(place)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Fill an editor, once, with its cell's value, or with what was refused a moment ago.

        Dates computed meanwhile must not take the place of what is being typed.
        """
        if editor.property("filled"):
            return
        editor.setProperty("filled", True)
        row: OutlineRow = index.data(ROW_ROLE)
        column = Column(index.column())
        value = self._rejected.pop((row.id, column), None)
        if value is None:
            value = index.data(Qt.ItemDataRole.EditRole)
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(editor.findData(value.value))
        elif isinstance(editor, QDateEdit):
            editor.setDate(QDate(value.year, value.month, value.day))
        elif isinstance(editor, QSpinBox):
            editor.setValue(round(value * 100))
            editor.selectAll()
        elif isinstance(editor, QDoubleSpinBox):
            editor.setValue(value)
            editor.selectAll()
        elif isinstance(editor, QLineEdit):
            editor.setText(value)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Ask the model for the edit, unless nothing was changed."""
        value = _value_in(editor)
        if value is not None and value != index.data(Qt.ItemDataRole.EditRole):
            model.setData(index, value, Qt.ItemDataRole.EditRole)

    def _commit(self, editor: QWidget) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)


def calm_weekends(calendar: QCalendarWidget, tokens: theme.Tokens) -> None:
    """Show weekends and headings in the theme's own muted text, not in Qt's red."""
    quiet = QTextCharFormat()
    quiet.setForeground(QColor(tokens.text_muted))
    calendar.setHeaderTextFormat(quiet)
    for weekday in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        calendar.setWeekdayTextFormat(weekday, quiet)


def _value_in(editor: QWidget) -> Any:
    if isinstance(editor, QComboBox):
        return Status(editor.currentData())
    if isinstance(editor, QDateEdit):
        day = editor.date()
        return date(day.year(), day.month(), day.day())
    if isinstance(editor, QSpinBox):
        return editor.value() / 100
    if isinstance(editor, QDoubleSpinBox):
        return editor.value()
    return editor.text() if isinstance(editor, QLineEdit) else None
