"""The dimensions, themes and practices of one model as a tree of values, filtered, for the view to show and edit.

The model holds no wishes of its own: an edited cell and a drop are handed to whoever carries steps out.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from PySide6.QtCore import QAbstractItemModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt

from planner.domain.engagement import Engagement
from planner.domain.practice import Practice
from planner.editing.practices import ordered_inside
from planner.language import N_, NN_, Language
from planner.words import FIELD_WORDS, KIND_WORDS
from ui.actions import plain_tip

Index: TypeAlias = QModelIndex | QPersistentModelIndex

MIME: Final = "application/x-roadbook-practices"


class Column(enum.IntEnum):
    """The columns, from left to right."""

    NAME = 0
    LEVEL = 1
    WEIGHT = 2
    USEFULNESS = 3
    KNOWLEDGE = 4
    TIME = 5
    RESOURCES = 6
    SCALE = 7


FIELDS: Final = {
    Column.NAME: "name",
    Column.LEVEL: "level",
    Column.WEIGHT: "weight",
    Column.USEFULNESS: "usefulness",
    Column.KNOWLEDGE: "knowledge_difficulty",
    Column.TIME: "time_difficulty",
    Column.RESOURCES: "resources_difficulty",
    Column.SCALE: "scale_id",
}
"""Column -> the field of a practice it shows."""

TITLES: Final = {
    Column.NAME: N_("Name"),
    Column.LEVEL: N_("Level"),
    Column.WEIGHT: N_("Weight"),
    Column.USEFULNESS: N_("Usefulness"),
    Column.KNOWLEDGE: N_("Knowledge"),
    Column.TIME: N_("Time"),
    Column.RESOURCES: N_("Resources"),
    Column.SCALE: N_("Scale"),
}

RATED: Final = frozenset({Column.LEVEL, Column.USEFULNESS, Column.KNOWLEDGE, Column.TIME, Column.RESOURCES})
"""Columns of whole numbers from 1 to 5, or none."""

NUMBERS: Final = frozenset({Column.LEVEL, Column.WEIGHT})
"""Columns that show a number, whose digits stand under each other."""


@dataclass(slots=True)
class Node:
    """One row: what it shows, what holds it, what it holds."""

    kind: str
    entity: Any
    number: int
    holder: int
    row: int
    inside: list[int] = field(default_factory=list)
    held: int = 0
    """Practices it holds, shown or not."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What is shown: practices whose texts hold every word of `text`, on `level` where one is chosen."""

    text: str = ""
    level: int | None = None

    def __bool__(self) -> bool:
        """Tell whether anything is filtered out."""
        return bool(self.text.strip()) or self.level is not None

    def takes(self, practice: Practice, around: str, level_word: str) -> bool:
        """Tell whether a practice is shown; `around` are the names of its theme and dimension."""
        if self.level is not None and practice.level != self.level:
            return False
        words = self.text.casefold().split()
        if not words:
            return True
        level = "" if practice.level is None else f"{level_word} {practice.level}"
        text = " ".join((practice.name, practice.description, *practice.tags, level, around)).casefold()
        return all(word in text for word in words)


_NOTHING: Final = Filter()


class PracticeTree(QAbstractItemModel):
    """The tree of one model; `edit(kind, id, column, value)` and `drop(mime, kind, holder_id, before_id)` do steps."""

    def __init__(
        self,
        language: Language,
        *,
        edit: Callable[[str, str, Column, Any], bool],
        drop: Callable[[QMimeData, str, str, str | None], bool],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._language = language
        self._edit = edit
        self._drop = drop
        self._engagement: Engagement | None = None
        self._model_id = ""
        self._nodes: list[Node] = []
        self._top: list[int] = []
        self._numbers: dict[str, int] = {}
        self.filter = _NOTHING
        self.can_edit = False

    # What is shown

    def show_model(self, engagement: Engagement | None, model_id: str, chosen: Filter, *, can_edit: bool) -> None:
        """Show a model of an engagement, or nothing, as far as the filter lets it through."""
        self.beginResetModel()
        self._engagement, self._model_id, self.filter, self.can_edit = engagement, model_id, chosen, can_edit
        self._nodes, self._top, self._numbers = [], [], {}
        if engagement is not None and model_id in engagement.models:
            self._build(engagement)
        self.endResetModel()

    def take_practices(self, engagement: Engagement, ids: frozenset[str]) -> None:
        """Show changed fields of practices that stay where they are."""
        self._engagement = engagement
        for practice_id in ids & self._numbers.keys():
            node = self._nodes[self._numbers[practice_id]]
            node.entity = engagement.practices[practice_id]
            self.dataChanged.emit(
                self.createIndex(node.row, 0, node.number), self.createIndex(node.row, len(Column) - 1, node.number)
            )

    def retranslate(self, language: Language) -> None:
        """Word headings and cells in another language."""
        self._language = language
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)

    def _build(self, engagement: Engagement) -> None:
        word = self._language.gettext(FIELD_WORDS["level"])
        for dimension in ordered_inside(engagement, "dimensions", self._model_id):
            outer = self._add("dimensions", dimension, -1)
            for theme in ordered_inside(engagement, "themes", dimension.id):
                middle = self._add("themes", theme, outer.number)
                practices = ordered_inside(engagement, "practices", theme.id)
                middle.held = len(practices)
                outer.held += len(practices)
                around = f"{theme.name} {dimension.name}"
                for practice in practices:
                    if self.filter.takes(practice, around, word):
                        self._add("practices", practice, middle.number)
                if self.filter and not middle.inside:
                    self._take_back(middle)
            if self.filter and not outer.inside:
                self._take_back(outer)

    def _add(self, kind: str, entity: Any, holder: int) -> Node:
        siblings = self._top if holder < 0 else self._nodes[holder].inside
        node = Node(kind, entity, len(self._nodes), holder, len(siblings))
        siblings.append(node.number)
        self._nodes.append(node)
        self._numbers[entity.id] = node.number
        return node

    def _take_back(self, node: Node) -> None:
        siblings = self._top if node.holder < 0 else self._nodes[node.holder].inside
        siblings.pop()
        del self._numbers[node.entity.id]
        self._nodes.pop()

    # Finding

    def node_at(self, index: Index) -> Node:
        """Return the row an index stands for."""
        return self._nodes[index.internalId()]

    def index_of(self, entity_id: str, column: Column = Column.NAME) -> QModelIndex:
        """Return where an entity is shown; an invalid index where it is not."""
        number = self._numbers.get(entity_id)
        if number is None:
            return QModelIndex()
        return self.createIndex(self._nodes[number].row, column, number)

    def nodes(self) -> Iterator[Node]:
        """Yield every row, holders before what they hold."""
        return iter(self._nodes)

    def nodes_of(self, numbers: Iterable[int]) -> list[Node]:
        """Return rows by the numbers their indexes carry, which run from top to bottom."""
        return [self._nodes[number] for number in numbers]

    # Qt's questions

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008  Qt's signature
        """Return the index of a cell."""
        siblings = self._inside(parent)
        if not (0 <= row < len(siblings) and 0 <= column < len(Column)):
            return QModelIndex()
        return self.createIndex(row, column, siblings[row])

    def parent(self, index: Index = QModelIndex()) -> Any:  # noqa: B008  Qt's signature
        """Return what holds a row."""
        if not index.isValid():
            return QModelIndex()
        holder = self._nodes[index.internalId()].holder
        return QModelIndex() if holder < 0 else self.createIndex(self._nodes[holder].row, 0, holder)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        """Return how many rows a row holds."""
        return 0 if parent.isValid() and parent.column() else len(self._inside(parent))

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        """Return the number of columns."""
        return len(Column)

    def _inside(self, parent: Index) -> list[int]:
        return self._nodes[parent.internalId()].inside if parent.isValid() else self._top

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a column's heading."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._language.gettext(TITLES[Column(section)])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(Column(section))
        if role == Qt.ItemDataRole.ToolTipRole:
            word = self._language.gettext(FIELD_WORDS[FIELDS[Column(section)]])
            return word[:1].upper() + word[1:]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: PLR0911  one a role
        """Return what a cell says, is edited as, or is read aloud as."""
        if not index.isValid():
            return None
        node, column = self.node_at(index), Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text_of(node, column)
        if role == Qt.ItemDataRole.EditRole:
            return getattr(node.entity, FIELDS[column], None)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(column)
        if role == Qt.ItemDataRole.ToolTipRole and column is Column.NAME:
            return plain_tip(node.entity.name)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            kind = self._language.gettext(KIND_WORDS[node.kind])
            title = self._language.gettext(TITLES[column])
            return f"{kind} {node.entity.name}" if column is Column.NAME else f"{title} {self.text_of(node, column)}"
        return None

    def text_of(self, node: Node, column: Column) -> str:
        """Return the text of a cell."""
        if column is Column.NAME:
            return str(node.entity.name)
        if node.kind != "practices":
            return ""
        practice: Practice = node.entity
        if column is Column.SCALE:
            return "" if self._engagement is None else self._engagement.scales[practice.scale_id].name
        value = getattr(practice, FIELDS[column])
        return "" if value is None else self._language.number(value, decimals=2)

    def count_text(self, node: Node) -> str:
        """Return how much a dimension or theme holds, in words."""
        count = self._language.number(node.held, decimals=0)
        return self._language.ngettext(*NN_("{count} practice", "{count} practices"), node.held).format(count=count)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return what can be done with a cell."""
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled if self.can_edit else Qt.ItemFlag.NoItemFlags
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.can_edit:
            node = self.node_at(index)
            found |= Qt.ItemFlag.ItemIsDragEnabled
            if node.kind != "practices":
                found |= Qt.ItemFlag.ItemIsDropEnabled
            if node.kind == "practices" or index.column() == Column.NAME:
                found |= Qt.ItemFlag.ItemIsEditable
        return found

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for the step that gives a cell another value."""
        if role != Qt.ItemDataRole.EditRole or not self.flags(index) & Qt.ItemFlag.ItemIsEditable:
            return False
        node, column = self.node_at(index), Column(index.column())
        return self._edit(node.kind, node.entity.id, column, value)

    def scales(self) -> list[tuple[str, str]]:
        """Return (id, name) of the scales a practice of this model can answer on."""
        if self._engagement is None:
            return []
        held = self._engagement.referring("scales", "model_id").get(self._model_id, ())
        return sorted(((scale.id, scale.name) for scale in held), key=lambda one: one[1].casefold())

    # Dragging

    def mimeTypes(self) -> list[str]:
        """Return what can be dropped here."""
        return [MIME]

    def supportedDropActions(self) -> Qt.DropAction:
        """Return what a drop does: it moves, or copies with Ctrl."""
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction

    def mimeData(self, indexes: Any) -> QMimeData:
        """Return what is dragged: entities of the kind of the first one."""
        nodes = sorted({index.internalId() for index in indexes})
        kind = self._nodes[nodes[0]].kind if nodes else "practices"
        return mime_of(kind, [self._nodes[at].entity.id for at in nodes if self._nodes[at].kind == kind])

    def canDropMimeData(self, data: QMimeData, _action: Qt.DropAction, row: int, _column: int, parent: Index) -> bool:
        """Tell whether what is dragged may be dropped there."""
        kind, ids = read_mime(data)
        return bool(ids) and self._target(kind, row, parent) is not None

    def dropMimeData(self, data: QMimeData, _action: Qt.DropAction, row: int, _column: int, parent: Index) -> bool:
        """Ask for the step that moves what is dropped."""
        kind, ids = read_mime(data)
        target = self._target(kind, row, parent)
        if not ids or target is None:
            return False
        holder_id, before_id = target
        return self._drop(data, kind, holder_id, before_id)

    def _target(self, kind: str, row: int, parent: Index) -> tuple[str, str | None] | None:
        """Return which holder a drop goes into and before which of its entities."""
        holder_kind = {"dimensions": "", "themes": "dimensions", "practices": "themes"}.get(kind)
        if parent.isValid():
            node = self.node_at(parent)
            if node.kind != holder_kind:
                return None
            holder_id, siblings = str(node.entity.id), node.inside
        elif holder_kind == "":
            holder_id, siblings = self._model_id, self._top
        else:
            return None
        before = str(self._nodes[siblings[row]].entity.id) if 0 <= row < len(siblings) else None
        return holder_id, before


def _side(column: Column) -> int:
    side = Qt.AlignmentFlag.AlignRight if column in NUMBERS else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)


def mime_of(kind: str, ids: list[str]) -> QMimeData:
    """Return entities of one kind as what is dragged or put on the clipboard."""
    data = QMimeData()
    data.setData(MIME, "\n".join((kind, *ids)).encode())
    return data


def read_mime(data: QMimeData) -> tuple[str, list[str]]:
    """Return the kind and ids that `mime_of` wrote; nothing for anything else."""
    if not data.hasFormat(MIME):
        return "", []
    kind, *ids = bytes(data.data(MIME).data()).decode("utf-8", errors="replace").split("\n")
    return kind, ids
