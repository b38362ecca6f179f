"""The outcomes as a table: a few lines a row, verdicts with a sign and a word, verdict and note edited in place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    Qt,
)
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QComboBox,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from planner.domain.initiative import Verdict
from planner.language import Language
from planner.words import VERDICT_WORDS
from ui import assets, theme
from ui.actions import plain_tip
from ui.diagram.painting import Dress
from ui.models.entity_table import Cell, EntityRow, EntityTable, TableColumn
from ui.pages.flow.finding_rows import NOTE, SUGGESTED, TITLES, VERDICT, FindingRow
from ui.surroundings import Surroundings

Index = QModelIndex | QPersistentModelIndex

ROW_ROLE: Final = Qt.ItemDataRole.UserRole + 1
LINES: Final = 4
"""Lines of text a row has room for."""

_SIGN: Final = 15
_TONES: Final = {
    Verdict.PENDING: "text_muted",
    Verdict.CONFIRMED: "success",
    Verdict.REFUTED: "danger",
    Verdict.INCONCLUSIVE: "warning",
}


class FindingTable(EntityTable):
    """The rows; `edit(id, column, value)` carries out an edit and returns whether it was accepted."""

    def __init__(
        self, language: Language, *, edit: Callable[[str, int, Any], bool], parent: QObject | None = None
    ) -> None:
        super().__init__(language, _COLUMNS, edit=edit, parent=parent)
        self._findings: Mapping[str, FindingRow] = {}

    @property
    def findings(self) -> tuple[FindingRow, ...]:
        """The outcomes shown, from the top."""
        return tuple(self._findings.values())

    def show_findings(self, findings: Sequence[FindingRow], *, read_only: bool) -> bool:
        """Show other outcomes, or the same ones as they are now; return whether they are others."""
        self._findings = {finding.id: finding for finding in findings}
        return self.show([EntityRow(finding.id, _cells(finding)) for finding in findings], read_only=read_only)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what `role` asks of a cell; `ROW_ROLE` its outcome."""
        if index.isValid() and role in (ROW_ROLE, Qt.ItemDataRole.ToolTipRole):
            finding = self._findings[self.rows[index.row()].id]
            return finding if role == ROW_ROLE else plain_tip(finding.texts[index.column()])
        return super().data(index, role)


def _cells(finding: FindingRow) -> tuple[Cell, ...]:
    values = {VERDICT: finding.verdict, NOTE: finding.note}
    return tuple(Cell(text=text, value=values.get(at, text)) for at, text in enumerate(finding.texts))


_COLUMNS: Final = tuple(TableColumn(title=title, editable=at in (VERDICT, NOTE)) for at, title in enumerate(TITLES))


class FindingCells(QStyledItemDelegate):
    """Paints and edits the cells."""

    def __init__(self, surroundings: Surroundings, parent: QWidget) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._dress = Dress(surroundings.tokens, surroundings.font)
        surroundings.theme_changed.connect(self._wear)

    @property
    def row_height(self) -> int:
        """The height of a row."""
        heights = [QFontMetricsF(font).height() for font in (self._dress.caption, self._dress.region)]
        return int(max(heights[0] * LINES, heights[0] * (LINES - 2) + heights[1] * 2)) + 2 * theme.SPACE_S

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        tokens, row = self._surroundings.tokens, index.data(ROW_ROLE)
        if not isinstance(row, FindingRow):
            return
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if selected:
            painter.fillRect(option.rect, QColor(tokens.selection))
        painter.setPen(QColor(tokens.border))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        place = QRectF(option.rect).adjusted(theme.SPACE_S, theme.SPACE_S, -theme.SPACE_S, -theme.SPACE_XS)
        column = index.column()
        verdict = {VERDICT: row.verdict, SUGGESTED: row.suggested}.get(column)
        if verdict is not None and not (column == SUGGESTED and verdict is Verdict.PENDING):
            self._paint_sign(painter, verdict, place, selected=selected)
            place.setLeft(place.left() + _SIGN + 6)
        ink = tokens.selection_text if selected else tokens.text if column in (0, VERDICT) else tokens.text_muted
        top = place.top()
        first = True
        for paragraph in row.texts[column].split("\n"):
            strong = first and column in (0, SUGGESTED) and not (column == SUGGESTED and verdict is Verdict.PENDING)
            font = self._dress.region if strong and column == 0 else self._dress.caption
            height = QFontMetricsF(font).height()
            room = max(1, int((place.bottom() - top) // height))
            for line in self._dress.lines(
                paragraph, font, place.width(), min(room, 2 if column == 0 and first else room)
            ):
                if top + height > place.bottom() + 2:
                    break
                painter.setFont(font)
                painter.setPen(QColor(tokens.selection_text if selected else tokens.text if strong else ink))
                painter.drawText(QRectF(place.left(), top, place.width(), height + 2), _LINE, line)
                top += height
            first = False
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(tokens.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(option.rect).adjusted(1, 1, -1.5, -1.5))
        painter.restore()

    def _paint_sign(self, painter: QPainter, verdict: Verdict, place: QRectF, *, selected: bool) -> None:
        tokens = self._surroundings.tokens
        colour = tokens.selection_text if selected else getattr(tokens, _TONES[verdict])
        picture = assets.picture(verdict.value, colour, 2 * _SIGN)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(QRectF(place.left(), place.top(), _SIGN, _SIGN), picture, QRectF(picture.rect()))

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return a choice of verdicts, or a line for the note."""
        language = self._surroundings.language
        editor: QWidget
        if index.column() == VERDICT:
            editor = QComboBox(parent)
            for verdict, word in VERDICT_WORDS.items():
                editor.addItem(language.gettext(word), verdict.value)
            editor.activated.connect(lambda: self._commit(editor))
        else:
            editor = QLineEdit(parent)
        editor.setAccessibleName(language.gettext(TITLES[index.column()]))
        return editor

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        """Lay the editor over the top of its cell, wide enough to be read."""
        place = option.rect
        place.setWidth(max(place.width(), editor.sizeHint().width()))
        place.setHeight(min(place.height(), editor.sizeHint().height() + 4))
        editor.setGeometry(place)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Fill an editor with its cell's value, once: what is measured meanwhile must not undo what is being typed."""
        if editor.property("filled"):
            return
        editor.setProperty("filled", True)
        value = index.data(Qt.ItemDataRole.EditRole)
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(editor.findData(value.value))
        elif isinstance(editor, QLineEdit):
            editor.setText(" ".join(value.split()))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Ask the model for the edit, unless nothing was changed."""
        if isinstance(editor, QComboBox):
            model.setData(index, Verdict(editor.currentData()), Qt.ItemDataRole.EditRole)
        elif isinstance(editor, QLineEdit) and editor.isModified():
            model.setData(index, editor.text(), Qt.ItemDataRole.EditRole)

    def _commit(self, editor: QWidget) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def _wear(self) -> None:
        self._dress = Dress(self._surroundings.tokens, self._surroundings.font)


_LINE: Final = Qt.TextFlag.TextSingleLine.value
