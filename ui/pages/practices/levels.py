"""Level descriptors side by side: a column a score, a row a practice, so that several can be compared; edited in place.

Where a practice says nothing of a score its scale's own words stand there, faint: they are what would be answered.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractItemModel, QAbstractTableModel, QModelIndex, QObject, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QPlainTextEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from planner.domain.engagement import Engagement
from planner.domain.practice import Practice
from planner.language import N_, Language
from planner.words import FIELD_WORDS
from ui import theme
from ui.actions import plain_tip
from ui.pages.practices.tree import Index
from ui.surroundings import Surroundings
from ui.widgets.cell_editing import edit_cell
from ui.widgets.hint import paint_hint

MOST_COMPARED: Final = 30
"""Practices shown one above the other; more cannot be compared by eye, and each costs time to lay out."""

FAINT_ROLE: Final = Qt.ItemDataRole.UserRole + 1
_NARROWEST: Final = 150
_LOWEST_ROW: Final = 56
_HIGHEST_ROW: Final = 280
_WRAPPED: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)


class LevelTable(QAbstractTableModel):
    """Rows of practices, a first column of names, then one of each score; `edit(practice_id, score, text)` does it."""

    def __init__(self, language: Language, *, edit: Callable[[str, float, str], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._language = language
        self._edit = edit
        self._engagement: Engagement | None = None
        self._practices: tuple[Practice, ...] = ()
        self._texts: list[dict[float, str]] = []
        self._options: list[dict[float, str]] = []
        self.scores: tuple[float, ...] = ()
        self.can_edit = False

    def show_practices(self, engagement: Engagement | None, ids: Sequence[str], *, can_edit: bool) -> None:
        """Show practices, one above the other."""
        self.beginResetModel()
        self._engagement, self.can_edit = engagement, can_edit
        self._practices = () if engagement is None else tuple(engagement.practices[one] for one in ids)
        self._texts = [{held.score: held.text for held in practice.descriptors} for practice in self._practices]
        self._options = []
        if engagement is not None:
            self._options = [
                {option.score: option.text for option in engagement.scales[practice.scale_id].options}
                for practice in self._practices
            ]
        self.scores = tuple(sorted({score for one in (*self._texts, *self._options) for score in one}))
        self.endResetModel()

    def retranslate(self, language: Language) -> None:
        """Word headings in another language."""
        self._language = language
        if self.scores:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.scores))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        """Return the number of practices."""
        return 0 if parent.isValid() else len(self._practices)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        """Return the number of scores, and one for the name."""
        return 0 if parent.isValid() else len(self.scores) + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the score of a column, with the words of the scale where all practices share it."""
        if orientation != Qt.Orientation.Horizontal or role not in {
            Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.TextAlignmentRole,
        }:  # fmt: skip
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        if section == 0:
            return self._language.gettext(N_("Practice"))
        score = self.scores[section - 1]
        texts = {options.get(score, "") for options in self._options}
        percent = self._language.percent(score)
        shown = f"{percent}  {next(iter(texts))}".strip() if len(texts) == 1 else percent
        return plain_tip(shown) if role == Qt.ItemDataRole.ToolTipRole else shown

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a descriptor, or the words of the scale where there is none."""
        if not index.isValid():
            return None
        practice = self._practices[index.row()]
        if index.column() == 0:
            if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
                return self._title(practice)
            return None
        score = self.scores[index.column() - 1]
        own = self._texts[index.row()].get(score)
        if role == Qt.ItemDataRole.DisplayRole:
            return own or self._options[index.row()].get(score, "")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{practice.name}, {self._language.percent(score)}: {own or ''}"
        return {Qt.ItemDataRole.EditRole: own or "", FAINT_ROLE: own is None}.get(role)

    def _title(self, practice: Practice) -> str:
        if practice.level is None:
            return practice.name
        word = self._language.gettext(FIELD_WORDS["level"])
        return f"{practice.name}\n{word[:1].upper()}{word[1:]} {practice.level}"

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return what can be done with a cell."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() and self.can_edit:
            found |= Qt.ItemFlag.ItemIsEditable
        return found

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for the step that describes a level."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid() or not index.column() or not self.can_edit:
            return False
        return self._edit(self._practices[index.row()].id, self.scores[index.column() - 1], str(value))


class _LevelCells(QStyledItemDelegate):
    """Paints wrapped text, faint where it is not the practice's own, and edits it in several lines."""

    def __init__(self, surroundings: Surroundings, parent: QWidget) -> None:
        super().__init__(parent)
        self._surroundings = surroundings

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        tokens = self._surroundings.tokens
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if selected:
            painter.fillRect(option.rect, QColor(tokens.selection))
        elif index.column() == 0:
            painter.fillRect(option.rect, QColor(tokens.stripe))
        painter.setPen(QColor(tokens.border))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.drawLine(option.rect.topRight(), option.rect.bottomRight())
        colour = tokens.selection_text if selected else tokens.text_muted if index.data(FAINT_ROLE) else tokens.text
        painter.setPen(QColor(colour))
        font = theme.font_of("strong", option.font) if index.column() == 0 else option.font
        painter.setFont(font)
        inside = option.rect.adjusted(theme.SPACE_S, theme.SPACE_S, -theme.SPACE_S, -theme.SPACE_XS)
        painter.setClipRect(inside)
        painter.drawText(inside, _WRAPPED, index.data(Qt.ItemDataRole.DisplayRole) or "")
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setClipRect(option.rect)
            painter.setPen(QPen(QColor(tokens.focus), 2))
            painter.drawRect(QRectF(option.rect).adjusted(1, 1, -1.5, -1.5))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the room the wrapped text takes in the width its column has."""
        view = self.parent()
        width = view.columnWidth(index.column()) if isinstance(view, QTableView) else _NARROWEST
        room = QRect(0, 0, max(40, width - 2 * theme.SPACE_S), 10_000)
        text = index.data(Qt.ItemDataRole.DisplayRole) or ""
        metrics = option.fontMetrics
        if index.column() == 0:
            metrics = QFontMetrics(theme.font_of("strong", option.font))
        height = metrics.boundingRect(room, _WRAPPED, text).height() + 2 * theme.SPACE_S
        return QSize(width, min(max(height, _LOWEST_ROW), _HIGHEST_ROW))

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return an editor of several lines; Ctrl+Return or leaving it keeps what was typed, Escape does not."""
        editor = QPlainTextEdit(parent)
        editor.setTabChangesFocus(True)
        editor.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole)).split(":", 1)[0])
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Fill an editor, once."""
        if isinstance(editor, QPlainTextEdit) and not editor.property("filled"):
            editor.setProperty("filled", True)
            editor.setPlainText(index.data(Qt.ItemDataRole.EditRole))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Ask the model for the edit, unless nothing was changed."""
        if isinstance(editor, QPlainTextEdit) and editor.toPlainText() != index.data(Qt.ItemDataRole.EditRole):
            model.setData(index, editor.toPlainText(), Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        """Lay an editor over its cell, high enough to write in."""
        place = option.rect
        place.setHeight(max(place.height(), 96))
        editor.setGeometry(place)


class LevelView(QTableView):
    """Shows a `LevelTable`: columns share the width, rows are as high as their texts need."""

    def __init__(self, surroundings: Surroundings, levels: LevelTable, parent: QWidget) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self.levels = levels
        self.setObjectName("levels")
        self.setModel(levels)
        self.setItemDelegate(_LevelCells(surroundings, self))
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        levels.modelReset.connect(self.lay_out)
        self.retranslate()

    def retranslate(self) -> None:
        """Name the view in the language of the screen."""
        self.setAccessibleName(self._surroundings.language.gettext(N_("Level descriptors side by side")))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the levels; without any, how to see some."""
        super().paintEvent(event)
        if not self.levels.rowCount():
            words = N_("Select practices, a theme or a dimension to see their levels side by side.")
            paint_hint(self, self._surroundings, self._surroundings.language.gettext(words))

    def lay_out(self) -> None:
        """Give every column its share of the width and every row the height of its texts."""
        count = self.levels.columnCount()
        if not self.levels.rowCount() or count < 2 or not self.isVisible():
            return
        room = self.viewport().width()
        first = min(max(_NARROWEST, room // 5), 220)
        width = max(_NARROWEST, (room - first) // (count - 1))
        self.setColumnWidth(0, first)
        for column in range(1, count):
            self.setColumnWidth(column, width)
        self.resizeRowsToContents()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width."""
        super().resizeEvent(event)
        self.lay_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the current cell with Return."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and edit_cell(self, self.currentIndex()):
            return
        super().keyPressEvent(event)
