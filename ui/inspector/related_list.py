"""One list below the form: how many there are, which, and add, remove or open one of them, by mouse or keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from planner.domain.engagement import Engagement
from planner.language import N_
from ui import assets, theme
from ui.actions import plain_tip
from ui.inspector.relations import Relation
from ui.inspector.rows import row_detail, row_title
from ui.surroundings import Surroundings
from ui.widgets.cell_editing import stand_on
from ui.widgets.text import ElidedLabel

Index = QModelIndex | QPersistentModelIndex
DETAIL_ROLE: Final = Qt.ItemDataRole.UserRole + 1
_MOST_ROWS: Final = 6
_KEYS: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Delete, Qt.Key.Key_Insert})


class RelatedRows(QAbstractListModel):
    """The entities of one list; what they say is worked out when it is seen."""

    def __init__(self, relation: Relation, surroundings: Surroundings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._relation, self._surroundings = relation, surroundings
        self._engagement: Engagement | None = None
        self.entities: Sequence[Any] = ()

    def show(self, engagement: Engagement, entities: Sequence[Any]) -> None:
        """Show other entities, or the same ones as they are now."""
        same = [one.id for one in entities] == [one.id for one in self.entities]
        if same:
            self._engagement, self.entities = engagement, entities
            if entities:
                self.dataChanged.emit(self.index(0), self.index(len(entities) - 1))
            return
        self.beginResetModel()
        self._engagement, self.entities = engagement, entities
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        """Return how many there are."""
        return 0 if parent.isValid() else len(self.entities)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what `role` asks of a row."""
        if not index.isValid() or self._engagement is None:
            return None
        entity, language = self.entities[index.row()], self._surroundings.language
        title = ""
        if role != DETAIL_ROLE:
            title = row_title(self._engagement, self._relation.kind, entity, self._relation.field, language)
        if role == Qt.ItemDataRole.DisplayRole:
            return title
        detail = row_detail(self._engagement, self._relation.kind, entity, language)
        if role == DETAIL_ROLE:
            return detail
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{title}, {detail}" if detail else title
        return plain_tip(f"{title}\n{detail}" if detail else title) if role == Qt.ItemDataRole.ToolTipRole else None


class _Painted(QStyledItemDelegate):
    """A row: the title at the left, the detail at the right, quieter."""

    def __init__(self, surroundings: Surroundings, parent: QWidget) -> None:
        super().__init__(parent)
        self._surroundings = surroundings

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return the height of one line."""
        return QSize(80, QFontMetrics(self._surroundings.font).height() + theme.SPACE_S)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        tokens, font = self._surroundings.tokens, self._surroundings.font
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if selected:
            painter.fillRect(option.rect, QColor(tokens.selection))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, QColor(tokens.hover))
        inside = option.rect.adjusted(theme.SPACE_S, 0, -theme.SPACE_S, 0)
        caption = theme.font_of("caption", font)
        detail = index.data(DETAIL_ROLE)
        left_over = inside.width() - QFontMetrics(font).horizontalAdvance(index.data()) - theme.SPACE_S
        widest = max(inside.width() // 2, left_over)
        shown = QFontMetrics(caption).elidedText(detail, Qt.TextElideMode.ElideRight, widest)
        width = QFontMetrics(caption).horizontalAdvance(shown)
        painter.setFont(font)
        painter.setPen(QColor(tokens.selection_text if selected else tokens.text))
        room = QRect(
            inside.left(), inside.top(), inside.width() - width - (theme.SPACE_S if width else 0), inside.height()
        )
        title = QFontMetrics(font).elidedText(index.data(), Qt.TextElideMode.ElideRight, room.width())
        middle = Qt.AlignmentFlag.AlignVCenter.value | Qt.TextFlag.TextSingleLine.value
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft.value | middle, title)
        painter.setFont(caption)
        painter.setPen(QColor(tokens.selection_text if selected else tokens.text_muted))
        painter.drawText(inside, Qt.AlignmentFlag.AlignRight.value | middle, shown)
        painter.restore()


class RelatedView(QListView):
    """The rows; Enter opens, Delete removes, Insert adds."""

    opened = Signal(int)
    add_asked = Signal()
    remove_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("rows")
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))

    def event(self, event: QEvent) -> bool:
        """Keep the keys that mean something here from the window's actions, which are about the page."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in _KEYS:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open, remove or add."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
        elif event.key() == Qt.Key.Key_Delete:
            self.remove_asked.emit()
        elif event.key() == Qt.Key.Key_Insert:
            self.add_asked.emit()
        else:
            super().keyPressEvent(event)


class RelatedList(QWidget):
    """One relation of what is inspected."""

    open_asked = Signal(str, str)
    add_asked = Signal(object)
    remove_asked = Signal(str, object)

    def __init__(self, relation: Relation, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.relation, self._surroundings = relation, surroundings
        self._read_only = False
        self.model = RelatedRows(relation, surroundings, self)
        self.heading = ElidedLabel(role="strong")
        self.view = RelatedView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(_Painted(surroundings, self.view))
        self.buttons = {name: QToolButton() for name in ("forward", "remove", "add")}
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 0, 0)
        top.setSpacing(0)
        top.addWidget(self.heading, 1)
        for button in self.buttons.values():
            button.setIconSize(QSize(theme.ICON_SIZE, theme.ICON_SIZE))
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            top.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE_XS)
        layout.addLayout(top)
        layout.addWidget(self.view)
        self.buttons["forward"].clicked.connect(self._open_current)
        self.buttons["remove"].clicked.connect(self._remove)
        self.buttons["add"].clicked.connect(self._add)
        self.view.opened.connect(self._open)
        self.view.add_asked.connect(self._add)
        self.view.remove_asked.connect(self._remove)
        self.view.selectionModel().selectionChanged.connect(lambda *_: self._offer())

    def show_related(self, engagement: Engagement, owner_id: str, *, read_only: bool) -> None:
        """Show the entities that belong to one."""
        self._read_only = read_only
        self.model.show(engagement, self.relation.entities(engagement, owner_id))
        count = len(self.model.entities)
        self.view.setVisible(bool(count))
        rows = min(count, _MOST_ROWS)
        self.view.setFixedHeight(rows * max(1, self.view.sizeHintForRow(0)) + 2 * self.view.frameWidth() + 2)
        self._word()
        self._offer()

    def selected_ids(self) -> tuple[str, ...]:
        """Return the ids selected in the list."""
        rows = sorted(index.row() for index in self.view.selectionModel().selectedIndexes())
        return tuple(self.model.entities[row].id for row in rows)

    def select(self, entity_id: str) -> None:
        """Select an entity of the list."""
        for row, entity in enumerate(self.model.entities):
            if entity.id == entity_id:
                stand_on(self.view, self.model.index(row))
                return

    def retranslate(self) -> None:
        """Word the list in the language of the screen."""
        self._word()
        self.view.viewport().update()

    def draw(self) -> None:
        """Draw the icons in the colours of the theme."""
        for name, button in self.buttons.items():
            button.setIcon(assets.icon(name, self._surroundings.tokens))

    def _word(self) -> None:
        language = self._surroundings.language
        title = language.gettext(self.relation.title)
        count = language.number(len(self.model.entities), decimals=0)
        self.heading.setText(f"{title} · {count}" if self.model.entities else title)
        self.view.setAccessibleName(title)
        for name, pattern in (
            ("forward", N_("{list}: open the selected (Enter)")),
            ("remove", N_("{list}: remove the selected (Delete)")),
            ("add", N_("{list}: add (Insert)")),
        ):
            words = language.gettext(pattern).format(list=title)
            self.buttons[name].setAccessibleName(words)
            self.buttons[name].setToolTip(plain_tip(words))

    def _offer(self) -> None:
        chosen = self.view.selectionModel().hasSelection()
        grows = self.relation.grows and not self._read_only
        self.buttons["forward"].setVisible(bool(self.model.entities))
        self.buttons["forward"].setEnabled(chosen)
        self.buttons["remove"].setVisible(grows and bool(self.model.entities))
        self.buttons["remove"].setEnabled(chosen)
        self.buttons["add"].setVisible(grows)

    def _open(self, row: int) -> None:
        self.open_asked.emit(self.relation.kind, self.model.entities[row].id)

    def _open_current(self) -> None:
        if self.view.currentIndex().isValid():
            self._open(self.view.currentIndex().row())

    def _add(self) -> None:
        if self.relation.grows and not self._read_only:
            self.add_asked.emit(self)

    def _remove(self) -> None:
        ids = self.selected_ids()
        if ids and self.relation.grows and not self._read_only:
            self.remove_asked.emit(self.relation.kind, ids)
