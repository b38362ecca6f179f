"""What the file will look like: a chart's page painted as it will print, a sheet's first rows, the beginning of a text."""

from __future__ import annotations

import re
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QPlainTextEdit, QStackedWidget, QTableView, QVBoxLayout, QWidget

from planner.charts.palette import LIGHT, PRINT, Palette
from planner.charts.scene import Role, Scene
from planner.exchange.preview import PagePreview, Preview, SheetPreview, TablePreview
from planner.language import N_, NN_, Language
from ui import theme
from ui.surroundings import Surroundings
from ui.timeline.painter import ShapePainter
from ui.widgets.text import PlainLabel

Index = QModelIndex | QPersistentModelIndex

_NOTHING: Final = SheetPreview(title="", cells=(), rows=0)


_ROWS_MEASURED: Final = 40
_AT_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_NUMBER: Final = re.compile(r"[-\u2212]?\d[\d\s.,/]*%?")
"""A number or a day: spreadsheets put them at the right."""
_WIDEST_COLUMN: Final = 320


class PaperView(QWidget):
    """One page, as large as there is room for it."""

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._scene: Scene | None = None
        self._palette: Palette = LIGHT
        self.setMinimumSize(240, 160)

    def show_page(self, scene: Scene | None, palette: Palette) -> None:
        """Show another page, in the colours it will be printed in."""
        self._scene, self._palette = scene, palette
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the page with a shadow's worth of margin."""
        painter = QPainter(self)
        scene = self._scene
        if scene is None:
            return
        room = QRectF(self.rect()).adjusted(theme.SPACE_L, theme.SPACE_L, -theme.SPACE_L, -theme.SPACE_L)
        scale = min(room.width() / scene.width, room.height() / scene.height)
        if scale <= 0:
            return
        width, height = scene.width * scale, scene.height * scale
        left, top = room.left() + (room.width() - width) / 2, room.top() + (room.height() - height) / 2
        painter.setPen(QColor(self._surroundings.tokens.border_strong))
        painter.setBrush(QColor(self._palette[Role.PAPER]))
        painter.drawRect(QRectF(left, top, width, height))
        painter.setClipRect(QRectF(left, top, width, height))
        painter.translate(left, top)
        painter.scale(scale, scale)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ShapePainter(self._palette, self._surroundings.font, on_paper=True).paint(painter, scene.shapes)


class SheetTable(QAbstractTableModel):
    """The first rows of a sheet."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sheet = _NOTHING
        self._columns = 0

    def show_sheet(self, sheet: SheetPreview) -> None:
        """Show another sheet."""
        self.beginResetModel()
        self._sheet = sheet
        self._columns = max((len(row) for row in sheet.cells), default=0)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        """Return how many rows are shown."""
        return 0 if parent.isValid() else len(self._sheet.cells)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        """Return how many columns are shown."""
        return 0 if parent.isValid() else self._columns

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the text of a cell."""
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.TextAlignmentRole):
            return None
        row = self._sheet.cells[index.row()]
        text = " ".join(row[index.column()].split()) if index.column() < len(row) else ""
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        return _AT_RIGHT if _NUMBER.fullmatch(text) else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the letters of a column or the number of a row, as every spreadsheet has them."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return _letters(section) if orientation == Qt.Orientation.Horizontal else section + 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that a cell can be selected and copied, not edited."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren


def _letters(column: int) -> str:
    """Return what a spreadsheet calls a column, from 0: A to Z, then AA."""
    first, last = divmod(column, 26)
    return (_letters(first - 1) if first else "") + chr(ord("A") + last)


class PreviewPane(QWidget):
    """One page or sheet of a preview at a time; `turned` when another one is shown."""

    turned = Signal()

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._preview: Preview | None = None
        self._high_contrast = False
        self._at = 0
        self.caption = PlainLabel(role="muted")
        self.paper = PaperView(surroundings)
        self.model = SheetTable(self)
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setWordWrap(False)
        self.table.horizontalHeader().setResizeContentsPrecision(_ROWS_MEASURED)
        self.table.horizontalHeader().setMaximumSectionSize(_WIDEST_COLUMN)
        self.table.verticalHeader().setDefaultSectionSize(theme.row_height(surroundings.font) - theme.SPACE_XS)
        self.table.setTabKeyNavigation(False)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setTabChangesFocus(True)
        self._stack = QStackedWidget()
        for widget in (self.paper, self.table, self.text):
            self._stack.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE_XS)
        layout.addWidget(self.caption)
        layout.addWidget(self._stack, 1)
        self.retranslate()

    @property
    def count(self) -> int:
        """How many pages or sheets can be looked at."""
        if isinstance(self._preview, PagePreview):
            return len(self._preview.pages)
        return len(self._preview.sheets) if isinstance(self._preview, TablePreview) else int(self._preview is not None)

    @property
    def at(self) -> int:
        """Which of them is shown, from 0."""
        return self._at

    def show_preview(self, preview: Preview | None, *, high_contrast: bool = False) -> None:
        """Show another preview, at the same page if it has one."""
        self._preview, self._high_contrast = preview, high_contrast
        self._at = max(0, min(self._at, self.count - 1))
        self._show()

    def turn(self, steps: int) -> None:
        """Show a page further on or back."""
        self._at = max(0, min(self._at + steps, self.count - 1))
        self._show()

    def retranslate(self) -> None:
        """Word the preview in the language of the screen."""
        language = self._surroundings.language
        name = language.gettext(N_("Preview"))
        for widget in (self, self.paper, self.table, self.text):
            widget.setAccessibleName(name)
        self._caption()

    def _show(self) -> None:
        preview = self._preview
        if preview is None or isinstance(preview, PagePreview):
            page = preview.pages[self._at] if isinstance(preview, PagePreview) and preview.pages else None
            self.paper.show_page(page, PRINT if self._high_contrast else LIGHT)
            self._stack.setCurrentWidget(self.paper)
        elif isinstance(preview, TablePreview):
            self.model.show_sheet(preview.sheets[self._at])
            self.table.resizeColumnsToContents()
            self._stack.setCurrentWidget(self.table)
        else:
            self.text.setPlainText(preview.text)
            self._stack.setCurrentWidget(self.text)
        self._caption()
        self.turned.emit()

    def _caption(self) -> None:
        self.caption.setText(
            "" if self._preview is None else _caption_of(self._preview, self._at, self._surroundings.language)
        )


def _caption_of(preview: Preview, at: int, language: Language) -> str:
    """Return what is seen of the whole, in words."""
    if isinstance(preview, PagePreview):
        words = language.gettext(N_("Page {number} of {count}"))
        return words.format(
            number=language.number(at + 1, decimals=0), count=language.number(preview.count, decimals=0)
        )
    if isinstance(preview, TablePreview):
        sheet = preview.sheets[at]
        rows = language.ngettext(*NN_("{count} row", "{count} rows"), sheet.rows)
        rows = rows.format(count=language.number(sheet.rows, decimals=0))
        if len(sheet.cells) < sheet.rows:
            first = language.gettext(N_("{rows}, the first are shown")).format(rows=rows)
            rows = first
        return f"{sheet.title} · {rows}" if sheet.title else rows
    return language.gettext(N_("The whole file")) if preview.whole else language.gettext(N_("The first lines"))
