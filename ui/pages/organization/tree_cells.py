"""How the cells of the organization's tree are painted and edited in place.

A team carries the shape and colour the interaction map gives its topology; readiness is five dots that can be clicked.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

from PySide6.QtCore import QAbstractItemModel, QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QHelpEvent, QMouseEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QComboBox,
    QDoubleSpinBox,
    QLineEdit,
    QSpinBox,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from planner.domain.fields import meanings_of
from planner.domain.organization import Team, Topology
from planner.editing.field_rules import LONGEST_NAME
from planner.words import TOPOLOGY_WORDS
from ui import theme
from ui.actions import plain_tip
from ui.pages.organization.tree_model import NUMBERS, ROW_ROLE, Index, TreeModel
from ui.pages.organization.tree_rows import FIELDS, TITLES, Column, Row
from ui.surroundings import Surroundings
from ui.widgets.number_cell import DecimalEditor, WholeEditor

_MARK: Final = 16
_DOTS: Final = 5
_DOT_STEP: Final = 14
_DOT_RADIUS: Final = 3.6
_MEANINGS: Final = meanings_of(Team)
_CATEGORIES: Final = {
    Topology.STREAM_ALIGNED: 4,
    Topology.PLATFORM: 0,
    Topology.ENABLING: 3,
    Topology.COMPLICATED_SUBSYSTEM: 1,
}
"""Topology -> the colour of the tokens' series it has on the interaction map."""

ROOM_BESIDE_TEXT: Final = {
    **dict.fromkeys(Column, 2 * theme.SPACE_S + 6),
    Column.READINESS: 2 * theme.SPACE_S + 6 + 18,
    Column.TOPOLOGY: 3 * theme.SPACE_S + _MARK,
}
"""Pixels a column takes beside its text: margins and marks."""


class TreeCells(QStyledItemDelegate):
    """Paints and edits the cells."""

    def __init__(self, surroundings: Surroundings, row_height: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._row_height = row_height
        self._rejected: dict[tuple[str, Column], Any] = {}

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return the size of a row; every row has the same height."""
        return QSize(80, self._row_height)

    # Painting

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        model = index.model()
        if not isinstance(model, TreeModel):
            return
        tokens, state, place = self._surroundings.tokens, option.state, option.rect
        selected = bool(state & QStyle.StateFlag.State_Selected)
        row, column = model.row_at(index), Column(index.column())
        painter.save()
        fill_row(painter, place, tokens, selected=selected, hovered=bool(state & QStyle.StateFlag.State_MouseOver))
        colour = _colour(tokens.selection_text if selected else tokens.text)
        if not selected and row.team is None and column is not Column.NAME:
            colour = _colour(tokens.text_muted)
        if row.id in model.cut:
            colour = _colour(tokens.text_disabled)
        inside = place.adjusted(theme.SPACE_S, 0, -theme.SPACE_S, 0)
        painter.setPen(colour)
        font = QFont(option.font)
        if row.team is None and column is Column.NAME:
            font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        if column is Column.NAME:
            inside.setLeft(place.left() + 2)
            self._paint_mark(painter, row, inside, colour)
            inside.setLeft(inside.left() + _MARK + theme.SPACE_S)
        if column is Column.READINESS and row.team is not None:
            self._paint_dots(painter, inside, row.team.readiness, colour)
        else:
            _paint_text(painter, inside, model.text_at(index), to_the_right=column in NUMBERS)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(tokens.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(place).adjusted(1, 1, -1.5, -1.5))
        painter.restore()

    def _paint_mark(self, painter: QPainter, row: Row, inside: QRect, colour: QColor) -> None:
        middle = QPointF(inside.left() + _MARK / 2, inside.center().y() + 0.5)
        if row.team is None:
            paint_unit(painter, middle, colour)
        else:
            paint_topology(painter, middle, row.team.topology, self._surroundings.tokens)
        painter.setPen(colour)

    @staticmethod
    def _paint_dots(painter: QPainter, inside: QRect, readiness: int, colour: QColor) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour, 1.2))
        for dot in range(_DOTS):
            painter.setBrush(colour if dot < readiness else Qt.BrushStyle.NoBrush)
            middle = QPointF(inside.left() + _DOT_STEP * (dot + 0.5), inside.center().y() + 0.5)
            painter.drawEllipse(middle, _DOT_RADIUS, _DOT_RADIUS)

    # The mouse

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """Show a text cut by its column in full, letter by letter."""
        text = index.data() if index.isValid() else ""
        room = option.rect.width() - (_MARK if index.column() == Column.NAME else 0) - 2 * theme.SPACE_S
        if text and view.fontMetrics().horizontalAdvance(text) > room - theme.SPACE_S:
            QToolTip.showText(event.globalPos(), plain_tip(text), view)
        else:
            QToolTip.hideText()
        return True

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:
        """Take a double click on a dot for the readiness it stands for."""
        if (
            isinstance(event, QMouseEvent)
            and event.type() == QEvent.Type.MouseButtonDblClick
            and index.column() == Column.READINESS
            and index.flags() & Qt.ItemFlag.ItemIsEditable
        ):
            dot = int((event.position().x() - option.rect.left() - theme.SPACE_S) // _DOT_STEP) + 1
            if 1 <= dot <= _DOTS:
                model.setData(index, dot, Qt.ItemDataRole.EditRole)
                return True
        return super().editorEvent(event, model, option, index)

    # Editing

    def reject(self, entity_id: str, column: Column, value: Any) -> None:
        """Keep a refused value, so that the next editor of its cell offers it again."""
        self._rejected[entity_id, column] = value

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return the editor that fits a column."""
        column = Column(index.column())
        language = self._surroundings.language
        editor: QWidget
        if column is Column.TOPOLOGY:
            editor = QComboBox(parent)
            for topology, word in TOPOLOGY_WORDS.items():
                editor.addItem(language.gettext(word), topology.value)
            editor.activated.connect(lambda _chosen, editor=editor: self._commit(editor))
        elif column is Column.NAME:
            editor = QLineEdit(parent)
            editor.setMaxLength(LONGEST_NAME)
        else:
            meaning = _MEANINGS[FIELDS[column]]
            least, most = int(meaning.minimum or 0), int(meaning.maximum or 0)
            if column is Column.CAPACITY:
                editor = DecimalEditor(parent, least, most, step=0.5)
            else:
                editor = WholeEditor(parent, least, most)
        editor.setAccessibleName(language.gettext(TITLES[column]))
        editor.setAutoFillBackground(True)
        return editor

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Lay an editor over its cell, wide enough to be read."""
        place = option.rect
        if index.column() == Column.NAME:
            place.setLeft(place.left() + _MARK + 2)
        place.setWidth(max(place.width(), 120 if index.column() == Column.NAME else editor.sizeHint().width()))
        editor.setGeometry(place)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Fill an editor, once, with its cell's value, or with what was refused a moment ago."""
        if editor.property("filled"):
            return
        editor.setProperty("filled", True)
        row: Row = index.data(ROW_ROLE)
        value = self._rejected.pop((row.id, Column(index.column())), None)
        if value is None:
            value = index.data(Qt.ItemDataRole.EditRole)
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(editor.findData(value.value))
        elif isinstance(editor, QSpinBox | QDoubleSpinBox):
            editor.setValue(value)
            editor.selectAll()
        elif isinstance(editor, QLineEdit):
            editor.setText(value)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Ask the model for the edit, unless nothing was changed."""
        value: Any = None
        if isinstance(editor, QComboBox):
            value = Topology(editor.currentData())
        elif isinstance(editor, QSpinBox | QDoubleSpinBox):
            value = editor.value()
        elif isinstance(editor, QLineEdit):
            value = editor.text()
        if value is not None and value != index.data(Qt.ItemDataRole.EditRole):
            model.setData(index, value, Qt.ItemDataRole.EditRole)

    def _commit(self, editor: QWidget) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)


def _paint_text(painter: QPainter, inside: QRect, text: str, *, to_the_right: bool) -> None:
    if text:
        metrics = painter.fontMetrics()
        line = metrics.elidedText(text, Qt.TextElideMode.ElideRight, inside.width())
        left = inside.right() - metrics.horizontalAdvance(line) if to_the_right else inside.left()
        above = (metrics.ascent() - metrics.descent()) / 2
        painter.drawText(QPointF(left, inside.center().y() + 0.5 + above), line)


@lru_cache(maxsize=64)
def _colour(name: str) -> QColor:
    return QColor(name)


def fill_row(painter: QPainter, place: QRect, tokens: theme.Tokens, *, selected: bool, hovered: bool) -> None:
    """Fill the part of a row that lies in `place`, with the line under it."""
    painter.fillRect(place, _colour(tokens.selection if selected else tokens.stripe if hovered else tokens.surface))
    painter.setPen(_colour(tokens.border))
    painter.drawLine(place.bottomLeft(), place.bottomRight())


def paint_unit(painter: QPainter, middle: QPointF, colour: QColor) -> None:
    """Paint the sign of a unit around `middle`: a box over two others."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 1.3))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(QRectF(middle.x() - 2.5, middle.y() - 6, 5, 4))
    for side in (-5.0, 5.0):
        painter.drawRect(QRectF(middle.x() + side - 2.5, middle.y() + 2, 5, 4))
    painter.drawPolyline(
        [middle + QPointF(-5, 2), middle + QPointF(-5, 0), middle + QPointF(5, 0), middle + QPointF(5, 2)]
    )
    painter.drawLine(middle + QPointF(0, -2), middle)


def paint_topology(painter: QPainter, middle: QPointF, topology: Topology, tokens: theme.Tokens) -> None:
    """Paint the sign of a topology around `middle`: the shape and colour it has on the interaction map."""
    category = _CATEGORIES.get(topology)
    colour = QColor(tokens.text_muted if category is None else tokens.series[category])
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(colour, 1.5)
    soft = QColor(colour)
    soft.setAlphaF(0.25)
    painter.setBrush(soft)
    if category is None:
        pen.setDashPattern([2, 1.6])
        painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen)
    x, y = middle.x(), middle.y()
    if topology is Topology.STREAM_ALIGNED:
        painter.drawRoundedRect(QRectF(x - 7, y - 3, 14, 6), 3, 3)
    elif topology is Topology.ENABLING:
        painter.drawRoundedRect(QRectF(x - 3, y - 7, 6, 14), 3, 3)
    elif topology is Topology.COMPLICATED_SUBSYSTEM:
        corners = ((-3, -6), (3, -6), (6, -3), (6, 3), (3, 6), (-3, 6), (-6, 3), (-6, -3))
        painter.drawPolygon(QPolygonF([QPointF(x + across, y + down) for across, down in corners]))
    else:
        painter.drawRect(QRectF(x - 6.5, y - 4.5, 13, 9))
