"""How the cells of the tree of practices are painted and edited in place: names with counts, five-dot ratings."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

from PySide6.QtCore import QAbstractItemModel, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QLineEdit,
    QSpinBox,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from planner.editing.field_rules import LONGEST_NAME
from ui import theme
from ui.pages.practices.tree import NUMBERS, RATED, TITLES, Column, Index, Node, PracticeTree
from ui.surroundings import Surroundings
from ui.widgets.number_cell import DecimalEditor, WholeEditor

HIGHEST: Final = 5
_DOT: Final = 3.2
_STEP: Final = 11.0
_HEAVIEST: Final = 1_000.0


@lru_cache(maxsize=64)
def _colour(name: str) -> QColor:
    return QColor(name)


class PracticeCells(QStyledItemDelegate):
    """Paints and edits the cells of a `PracticeTree`."""

    def __init__(self, surroundings: Surroundings, parent: QWidget) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._height = theme.row_height(surroundings.font)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of a cell."""
        del option, index
        return QSize(80, self._height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        model = index.model()
        if not isinstance(model, PracticeTree):
            return
        tokens, node, column = self._surroundings.tokens, model.node_at(index), Column(index.column())
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if selected:
            painter.fillRect(option.rect, _colour(tokens.selection))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, _colour(tokens.hover))
        painter.setPen(_colour(tokens.border))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        colour = _colour(tokens.selection_text if selected else tokens.text)
        inside = option.rect.adjusted(theme.SPACE_S, 0, -theme.SPACE_S, 0)
        painter.setPen(colour)
        painter.setFont(option.font)
        if column is Column.NAME:
            self._paint_name(painter, inside, model, node, selected=selected)
        elif node.kind != "practices":
            pass
        elif column in RATED and column is not Column.LEVEL:
            self._paint_rating(painter, inside, index.data(Qt.ItemDataRole.EditRole), selected=selected)
        else:
            _paint_line(painter, inside, model.text_of(node, column), right=column in NUMBERS)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(_colour(tokens.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(option.rect).adjusted(1, 1, -1.5, -1.5))
        painter.restore()

    def _paint_name(self, painter: QPainter, inside: QRect, model: PracticeTree, node: Node, *, selected: bool) -> None:
        if node.kind == "practices":
            _paint_line(painter, inside, node.entity.name)
            return
        strong = QFont(painter.font())
        strong.setWeight(QFont.Weight.DemiBold if node.kind == "dimensions" else QFont.Weight.Medium)
        painter.setFont(strong)
        count = model.count_text(node)
        metrics = painter.fontMetrics()
        beside = metrics.horizontalAdvance(count) + theme.SPACE_M
        room = inside.width() - beside
        shows_count = room > metrics.averageCharWidth() * 12
        width = _paint_line(painter, inside.adjusted(0, 0, -beside if shows_count else 0, 0), node.entity.name)
        if shows_count:
            tokens = self._surroundings.tokens
            painter.setPen(_colour(tokens.selection_text if selected else tokens.text_muted))
            quiet = QFont(strong)
            quiet.setWeight(QFont.Weight.Normal)
            painter.setFont(quiet)
            _paint_line(painter, inside.adjusted(width + theme.SPACE_M, 0, 0, 0), count)

    def _paint_rating(self, painter: QPainter, inside: QRect, value: int | None, *, selected: bool) -> None:
        if value is None:
            return
        tokens = self._surroundings.tokens
        full = _colour(tokens.selection_text if selected else tokens.accent)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = inside.center().y() + 0.5
        for at in range(HIGHEST):
            painter.setPen(QPen(full if at < value else _colour(tokens.border_strong), 1.2))
            painter.setBrush(full if at < value else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(inside.left() + _DOT + 1 + at * _STEP, middle), _DOT, _DOT)

    # Editing

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return the editor that fits a column."""
        column, language = Column(index.column()), self._surroundings.language
        editor: QWidget
        if column in RATED:
            editor = WholeEditor(parent, 0, HIGHEST)
            editor.setSpecialValueText("\N{EN DASH}")
        elif column is Column.WEIGHT:
            editor = DecimalEditor(parent, 0.0, _HEAVIEST, step=0.5)
        elif column is Column.SCALE:
            editor = QComboBox(parent)
            model = index.model()
            if isinstance(model, PracticeTree):
                for scale_id, name in model.scales():
                    editor.addItem(name, scale_id)
            editor.activated.connect(lambda: self._commit(editor))
        else:
            editor = QLineEdit(parent)
            editor.setMaxLength(LONGEST_NAME)
        editor.setAccessibleName(language.gettext(TITLES[column]))
        editor.setAutoFillBackground(True)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Fill an editor, once, with its cell's value: what changes meanwhile must not replace what is typed."""
        if editor.property("filled"):
            return
        editor.setProperty("filled", True)
        value = index.data(Qt.ItemDataRole.EditRole)
        if isinstance(editor, QSpinBox):
            editor.setValue(value or 0)
            editor.selectAll()
        elif isinstance(editor, QDoubleSpinBox):
            editor.setValue(value)
            editor.selectAll()
        elif isinstance(editor, QComboBox):
            editor.setCurrentIndex(editor.findData(value))
        elif isinstance(editor, QLineEdit):
            editor.setText(value)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Ask the model for the edit, unless nothing was changed."""
        value = _value_in(editor)
        if value != index.data(Qt.ItemDataRole.EditRole):
            model.setData(index, value, Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Lay an editor over its cell, wide enough to be read."""
        place = option.rect
        if index.column() != Column.NAME:
            place.setWidth(max(place.width(), editor.sizeHint().width()))
        editor.setGeometry(place)

    def _commit(self, editor: QWidget) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor)


def _paint_line(painter: QPainter, inside: QRect, text: str, *, right: bool = False) -> int:
    """Paint one line of text, dots at its end where there is no room, at its left or `right`; return its width."""
    metrics = painter.fontMetrics()
    line = metrics.elidedText(text, Qt.TextElideMode.ElideRight, inside.width())
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(inside, int(side | Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine), line)
    return metrics.horizontalAdvance(line)


def _value_in(editor: QWidget) -> Any:
    if isinstance(editor, QSpinBox):
        return editor.value() or None
    if isinstance(editor, QDoubleSpinBox):
        return editor.value()
    if isinstance(editor, QComboBox):
        return editor.currentData()
    return editor.text().strip() if isinstance(editor, QLineEdit) else None
