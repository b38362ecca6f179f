"""One list of related entities in the inspector: a heading with their number, the list, and buttons to add and remove."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QToolButton, QVBoxLayout, QWidget

from planner.domain.engagement import Engagement
from planner.language import N_, NN_
from ui import assets, theme
from ui.inspector.related import SHOWN, Relation, entities_of, title_beside
from ui.surroundings import Surroundings
from ui.widgets.text import ElidedLabel, PlainLabel

_ROWS_SEEN = 5


class _List(QListWidget):
    """The entities; Delete asks for the current one to be removed."""

    remove_asked = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Look into an entity at Enter, remove it at Delete."""
        if event.key() == Qt.Key.Key_Delete:
            self.remove_asked.emit()
        else:
            super().keyPressEvent(event)


class Section(QWidget):
    """`looked_into(kind, id)`, `add_asked(relation)`, `remove_asked(kind, id)`."""

    looked_into = Signal(str, str)
    add_asked = Signal(object)
    remove_asked = Signal(str, str)

    def __init__(self, surroundings: Surroundings, relation: Relation, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.relation = relation
        self._surroundings = surroundings
        self.heading = ElidedLabel(role="strong")
        self.add = _button()
        self.remove = _button()
        self.list = _List()
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._rest = PlainLabel(role="caption")
        self.list.itemActivated.connect(self._look_into)
        self.list.itemDoubleClicked.connect(self._look_into)
        self.list.currentItemChanged.connect(self._show_possible)
        self.list.remove_asked.connect(self._ask_remove)
        self.add.clicked.connect(lambda: self.add_asked.emit(self.relation))
        self.remove.clicked.connect(self._ask_remove)
        self._read_only = False
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.heading, 1)
        row.addWidget(self.remove)
        row.addWidget(self.add)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.SPACE_M, 0, 0)
        layout.setSpacing(theme.SPACE_XS)
        layout.addLayout(row)
        layout.addWidget(self.list)
        layout.addWidget(self._rest)

    def show_entities(self, engagement: Engagement, entity_id: str, *, read_only: bool) -> None:
        """Show what refers to an entity."""
        language, tokens = self._surroundings.language, self._surroundings.tokens
        found = entities_of(engagement, self.relation, entity_id)
        current = self.list.currentRow()
        title = self.relation.title(language)
        count = language.number(len(found), decimals=0)
        self.heading.setText(f"{title} · {count}")
        self.list.clear()
        for entity in found[:SHOWN]:
            item = QListWidgetItem(title_beside(engagement, self.relation, entity))
            item.setData(Qt.ItemDataRole.UserRole, entity.id)
            self.list.addItem(item)
        self.list.setCurrentRow(min(current, self.list.count() - 1))
        self.list.setVisible(bool(found))
        row = self.list.sizeHintForRow(0)
        self.list.setFixedHeight(min(len(found), _ROWS_SEEN) * max(row, 1) + 2 * theme.SPACE_XS)
        rest = len(found) - SHOWN
        words = language.ngettext(*NN_("and {count} more", "and {count} more"), max(rest, 0))
        self._rest.setText(words.format(count=language.number(max(rest, 0), decimals=0)))
        self._rest.setVisible(rest > 0)
        self.list.setAccessibleName(title)
        for button, icon, message in (
            (self.add, "add", N_("Add to: {field}")),
            (self.remove, "remove", N_("Remove from: {field}")),
        ):
            words = language.gettext(message).format(field=title)
            button.setAccessibleName(words)
            button.setToolTip(words)
            button.setIcon(assets.icon(icon, tokens))
        self._read_only = read_only
        self.add.setVisible(self.relation.can_add)
        self.add.setEnabled(not read_only)
        self._show_possible()

    def _show_possible(self) -> None:
        self.remove.setVisible(self.list.count() > 0)
        self.remove.setEnabled(not self._read_only and self.list.currentItem() is not None)

    def _look_into(self, item: QListWidgetItem) -> None:
        self.looked_into.emit(self.relation.kind, item.data(Qt.ItemDataRole.UserRole))

    def _ask_remove(self) -> None:
        item = self.list.currentItem()
        if item is not None and not self._read_only:
            self.remove_asked.emit(self.relation.kind, item.data(Qt.ItemDataRole.UserRole))


def _button() -> QToolButton:
    button = QToolButton()
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
