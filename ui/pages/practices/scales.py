"""The scales of one model: a list of them beside the options of the chosen one, both edited in place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDoubleSpinBox,
    QHeaderView,
    QSplitter,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from planner.domain.engagement import Engagement
from planner.domain.practice import Scale
from planner.editing.practices import ordered_scales
from planner.language import N_, Language
from planner.words import FIELD_WORDS
from ui import theme
from ui.actions import plain_tip
from ui.pages.practices.tree import Index
from ui.surroundings import Surroundings
from ui.widgets.cell_editing import edit_cell
from ui.widgets.text import PlainLabel

_SCALE_TITLES: Final = (N_("Scale"), N_("Practices"))
_OPTION_TITLES: Final = (N_("Score"), N_("Answer"))


class ScaleTable(QAbstractTableModel):
    """One row a scale: its name and how many practices answer on it; `rename(id, name)` does it."""

    def __init__(self, language: Language, *, rename: Callable[[str, str], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._language = language
        self._rename = rename
        self._uses: dict[str, int] = {}
        self.scales: tuple[Scale, ...] = ()
        self.can_edit = False

    def show_model(self, engagement: Engagement | None, model_id: str, *, can_edit: bool) -> None:
        """Show the scales of a model."""
        self.beginResetModel()
        self.can_edit = can_edit
        self.scales = () if engagement is None else ordered_scales(engagement, model_id)
        used = {} if engagement is None else engagement.referring("practices", "scale_id")
        self._uses = {scale.id: len(used.get(scale.id, ())) for scale in self.scales}
        self.endResetModel()

    def retranslate(self, language: Language) -> None:
        """Word headings in another language."""
        self._language = language
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, 1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        """Return the number of scales."""
        return 0 if parent.isValid() else len(self.scales)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        """Return the number of columns."""
        return 0 if parent.isValid() else 2

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a heading."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(is_number=section == 1)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._language.gettext(_SCALE_TITLES[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell says."""
        if not index.isValid():
            return None
        scale = self.scales[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole}:
            return self._language.number(self._uses[scale.id], decimals=0) if index.column() else scale.name
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(is_number=index.column() == 1)
        if role == Qt.ItemDataRole.ToolTipRole and not index.column():
            return plain_tip(scale.name)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return what can be done with a cell."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if not index.column() and self.can_edit:
            found |= Qt.ItemFlag.ItemIsEditable
        return found

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for the step that renames a scale."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid() or index.column() or not self.can_edit:
            return False
        scale = self.scales[index.row()]
        return value != scale.name and self._rename(scale.id, str(value))


class OptionTable(QAbstractTableModel):
    """One row an option of a scale: its score in percent and its text; `change(scale_id, at, score, text)` does it."""

    def __init__(
        self, language: Language, *, change: Callable[[str, int, float | None, str | None], bool], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._language = language
        self._change = change
        self.scale: Scale | None = None
        self.can_edit = False

    def show_scale(self, scale: Scale | None, *, can_edit: bool) -> None:
        """Show the options of a scale."""
        self.beginResetModel()
        self.scale, self.can_edit = scale, can_edit
        self.endResetModel()

    def retranslate(self, language: Language) -> None:
        """Word headings in another language."""
        self._language = language
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, 1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        """Return the number of options."""
        return 0 if parent.isValid() or self.scale is None else len(self.scale.options)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        """Return the number of columns."""
        return 0 if parent.isValid() else 2

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a heading."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(is_number=section == 0)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._language.gettext(_OPTION_TITLES[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell says or is edited as (a score in percent)."""
        if not index.isValid() or self.scale is None:
            return None
        option = self.scale.options[index.row()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(is_number=index.column() == 0)
        if role == Qt.ItemDataRole.DisplayRole:
            return option.text if index.column() else self._language.percent(option.score)
        if role == Qt.ItemDataRole.EditRole:
            return option.text if index.column() else option.score * 100
        if role == Qt.ItemDataRole.ToolTipRole and index.column():
            return plain_tip(option.text)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return what can be done with a cell."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return found | Qt.ItemFlag.ItemIsEditable if self.can_edit else found

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for the step that changes an option."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid() or self.scale is None or not self.can_edit:
            return False
        if value == self.data(index, Qt.ItemDataRole.EditRole):
            return False
        score, text = (None, str(value)) if index.column() else (round(float(value) / 100, 6), None)
        return self._change(self.scale.id, index.row(), score, text)


class _Cells(QStyledItemDelegate):
    """Edits scores from 0 to 100 %, and everything else as one line."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return the editor that fits a cell."""
        editor = super().createEditor(parent, option, index)
        if isinstance(editor, QDoubleSpinBox):
            editor.setRange(0.0, 100.0)
            editor.setDecimals(2)
            editor.setSuffix(" %")
        heading = index.model().headerData(index.column(), Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole)
        editor.setAccessibleName(str(heading))
        editor.setAutoFillBackground(True)
        return editor


class _Table(QTableView):
    """A plain table whose current cell opens with Return."""

    def __init__(self, model: QAbstractTableModel, parent: QWidget, *, stretched: int, row_height: int) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(_Cells(self))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(row_height)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the current cell with Return."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and edit_cell(self, self.currentIndex()):
            return
        super().keyPressEvent(event)


class ScaleEditor(QWidget):
    """The scales of the model shown; `changed` when another scale or option is chosen."""

    changed = Signal()

    def __init__(
        self,
        surroundings: Surroundings,
        *,
        rename: Callable[[str, str], bool],
        change: Callable[[str, int, float | None, str | None], bool],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._surroundings = surroundings
        row_height = theme.row_height(surroundings.font)
        self.scale_table = ScaleTable(surroundings.language, rename=rename, parent=self)
        self.option_table = OptionTable(surroundings.language, change=change, parent=self)
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.scales = _Table(self.scale_table, splitter, stretched=0, row_height=row_height)
        self.options = _Table(self.option_table, splitter, stretched=1, row_height=row_height)
        self._hint = PlainLabel(role="muted", wraps=True)
        self._hint.setContentsMargins(theme.SPACE_L, theme.SPACE_S, theme.SPACE_L, theme.SPACE_S)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.scales)
        splitter.addWidget(self.options)
        splitter.setSizes([_SCALES_WIDTH, 2 * _SCALES_WIDTH])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._hint)
        layout.addWidget(splitter, 1)
        self.setFocusProxy(self.scales)
        self.scales.selectionModel().currentRowChanged.connect(lambda *_both: self._show_options())
        self.options.selectionModel().currentRowChanged.connect(lambda *_both: self.changed.emit())
        self.retranslate()

    def show_model(self, engagement: Engagement | None, model_id: str, *, can_edit: bool) -> None:
        """Show the scales of a model, the same one chosen as before where it is still there."""
        chosen, option = self.chosen_id(), self.options.currentIndex()
        kept = (option.row(), option.column())
        self.scale_table.show_model(engagement, model_id, can_edit=can_edit)
        ids = [scale.id for scale in self.scale_table.scales]
        if ids:
            self.scales.setCurrentIndex(self.scale_table.index(ids.index(chosen) if chosen in ids else 0, 0))
        self._show_options()
        if chosen in ids and kept[0] >= 0:
            last = self.option_table.rowCount() - 1
            self.options.setCurrentIndex(self.option_table.index(min(kept[0], last), kept[1]))

    def chosen_id(self) -> str:
        """Return the id of the chosen scale; an empty text where there is none."""
        row = self.scales.currentIndex().row()
        return self.scale_table.scales[row].id if 0 <= row < len(self.scale_table.scales) else ""

    def chosen_option(self) -> int:
        """Return which option is chosen, from 0; -1 where none is."""
        return self.options.currentIndex().row()

    def possible(self) -> set[str]:
        """Return the ids of the actions that can be carried out on the scales now."""
        if not self.scale_table.can_edit:
            return set()
        found = {"practices.add-scale"}
        if self.chosen_id():
            found |= {"practices.add-option", "rename", "remove"}
        return found

    def choose(self, scale_id: str) -> bool:
        """Choose a scale; return whether it is of the model shown."""
        ids = [scale.id for scale in self.scale_table.scales]
        if scale_id not in ids:
            return False
        self.scales.setCurrentIndex(self.scale_table.index(ids.index(scale_id), 0))
        return True

    def rename_chosen(self) -> None:
        """Open the name of the chosen scale."""
        index = self.scales.currentIndex().siblingAtColumn(0)
        self.scales.setFocus()
        edit_cell(self.scales, index)

    def edit_option(self, at: int) -> None:
        """Open the text of an option."""
        index = self.option_table.index(at, 1)
        self.options.setFocus()
        self.options.setCurrentIndex(index)
        edit_cell(self.options, index)

    def retranslate(self) -> None:
        """Word everything in the language of the screen."""
        language = self._surroundings.language
        self.scale_table.retranslate(language)
        self.option_table.retranslate(language)
        self.scales.setAccessibleName(language.gettext(N_("Scales of the model")))
        self.options.setAccessibleName(language.gettext(FIELD_WORDS["options"]))
        self._hint.setText(
            language.gettext(
                N_("Practices are answered on a scale: options from 0 % to 100 %. Level descriptors follow a score.")
            )
        )

    def _show_options(self) -> None:
        row = self.scales.currentIndex().row()
        held = self.scale_table.scales
        self.option_table.show_scale(held[row] if 0 <= row < len(held) else None, can_edit=self.scale_table.can_edit)
        self.changed.emit()


_SCALES_WIDTH: Final = 300


def _side(*, is_number: bool) -> int:
    """Return where a cell and its heading stand: numbers at the right, their digits under each other."""
    side = Qt.AlignmentFlag.AlignRight if is_number else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)
