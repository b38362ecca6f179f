"""Controls that choose among entities by typing part of a name: one, or several."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QToolButton, QWidget

from planner.analysis.search import fold
from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.editing.naming import name_of
from planner.language import N_
from ui import assets, theme
from ui.forms.editor import FieldEditor, refusal
from ui.forms.fields import FormField
from ui.surroundings import Surroundings

_ROWS_SEEN = 4
_HOLDERS = {
    "teams": ("unit_id", "units"),
    "units": ("parent_id", "units"),
    "initiatives": ("parent_id", "initiatives"),
    "practices": ("theme_id", "themes"),
    "themes": ("dimension_id", "dimensions"),
    "dimensions": ("model_id", "models"),
    "scales": ("model_id", "models"),
    "stream_steps": ("stream_id", "value_streams"),
}
"""Kind -> what says which of two entities of one name is meant."""


def title_of(engagement: Engagement, kind: str, entity_id: str) -> str:
    """Return the name of an entity on one line, with that of what holds it."""
    entity = engagement.kind(kind)[entity_id]
    name = " ".join(name_of(engagement, entity).split())
    if kind in _HOLDERS:
        field, target = _HOLDERS[kind]
        holder = engagement.kind(target).get(getattr(entity, field) or "")
        if holder is not None:
            return f"{name} \N{EM DASH} {' '.join(name_of(engagement, holder).split())}"
    return name


class _Titles:
    """The entities of a kind by title; two of one title are numbered apart."""

    def __init__(self) -> None:
        self.ids: dict[str, str] = {}
        self.titles: dict[str, str] = {}
        self._entities: object = None

    def follow(self, engagement: Engagement, kind: str) -> bool:
        """Take the entities of an engagement; return whether they are others than before."""
        entities = engagement.kind(kind)
        if entities is self._entities:
            return False
        self._entities = entities
        self.ids, self.titles = {}, {}
        for entity_id in entities:
            title = own = title_of(engagement, kind, entity_id)
            number = 2
            while title in self.ids:
                title = f"{own} ({number})"
                number += 1
            self.ids[title], self.titles[entity_id] = entity_id, title
        return True

    def find(self, text: str) -> str | None:
        """Return the id meant by a title, or by the only one that contains the text."""
        if text in self.ids:
            return self.ids[text]
        wanted = fold(text)
        found = [entity_id for title, entity_id in self.ids.items() if wanted in fold(title)]
        return found[0] if len(found) == 1 else None


class ReferenceEditor(FieldEditor):
    """One entity of a kind, found by typing; empty for none where that is allowed."""

    def __init__(self, surroundings: Surroundings, field: FormField, parent: QWidget | None = None) -> None:
        super().__init__(surroundings, field, parent)
        self.line = QLineEdit()
        self.line.setClearButtonEnabled(field.optional)
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.activated.connect(self._finish)
        self.line.setCompleter(completer)
        self.line.editingFinished.connect(self._finish)
        self._titles = _Titles()
        self._shown = ""
        self._add(self.line)
        self.retranslate()

    def follow(self, engagement: Engagement) -> None:
        """Offer the entities of an engagement."""
        if self._titles.follow(engagement, str(self.field.meaning.refers_to)):
            self._names.setStringList(sorted(self._titles.ids, key=fold))

    @property
    def value(self) -> Any:
        """The id of the entity; None for an empty line."""
        text = self.line.text().strip()
        return self._titles.find(text) if text else None

    def show_value(self, value: Any) -> None:
        """Show an entity."""
        self.line.setPlaceholderText("" if not self.field.optional else self._none())
        self._shown = self._titles.titles.get(value or "", "")
        self.line.setText(self._shown)
        self.line.setCursorPosition(0)

    def show_several(self) -> None:
        """Show an empty line that says so."""
        self._shown = ""
        self.line.clear()
        self.line.setPlaceholderText(self._several())

    @property
    def is_being_edited(self) -> bool:
        """Whether something was typed that is not taken yet."""
        return self.line.text() != self._shown

    def retranslate(self) -> None:
        """Name the line."""
        self._say(self.line)

    def controls(self) -> tuple[QWidget, ...]:
        """Return the line."""
        return (self.line,)

    def _none(self) -> str:
        return self.surroundings.language.gettext(N_("none"))

    def _finish(self) -> None:
        if not self.is_being_edited:
            return
        text = self.line.text().strip()
        found = self._titles.find(text) if text else None
        if found is None and (text or not self.field.optional):
            problem = UserError("typed-no-choice", text=text) if text else UserError("typed-nothing")
            self.show_error(refusal(problem, self.surroundings))
            return
        self.show_error("")
        self._shown = self._titles.titles.get(found or "", "")
        self.line.setText(self._shown)
        self.edited.emit()


class _ChosenList(QListWidget):
    """The entities chosen; Delete takes the current one out."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the current entity out on Delete."""
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.itemActivated.emit(self.currentItem())
            return
        super().keyPressEvent(event)


class ReferencesEditor(FieldEditor):
    """Several entities of a kind: a list of those chosen, and a line to find another."""

    def __init__(self, surroundings: Surroundings, field: FormField, parent: QWidget | None = None) -> None:
        super().__init__(surroundings, field, parent)
        self.list = _ChosenList()
        self.list.setFixedHeight(self.fontMetrics().lineSpacing() * _ROWS_SEEN + 4 * theme.SPACE_S)
        self.list.itemActivated.connect(lambda _item: self._take_out())
        self.line = QLineEdit()
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.activated.connect(self._take_in)
        self.line.setCompleter(completer)
        self.line.returnPressed.connect(self._take_in)
        self.out = QToolButton()
        self.out.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.out.clicked.connect(self._take_out)
        self._titles = _Titles()
        self._chosen: tuple[str, ...] = ()
        self._add(self.list)
        below = QHBoxLayout()
        below.setSpacing(theme.SPACE_XS)
        below.addWidget(self.line, 1)
        below.addWidget(self.out)
        column = self.layout()
        column.insertLayout(1, below)  # type: ignore[union-attr]
        surroundings.theme_changed.connect(self._draw)
        self._draw()
        self.retranslate()

    def follow(self, engagement: Engagement) -> None:
        """Offer the entities of an engagement."""
        if self._titles.follow(engagement, str(self.field.meaning.refers_to)):
            self._names.setStringList(sorted(self._titles.ids, key=fold))

    @property
    def value(self) -> Any:
        """The ids chosen."""
        return self._chosen

    def show_value(self, value: Any) -> None:
        """Show which are chosen."""
        self.line.setPlaceholderText(self.surroundings.language.gettext(N_("add: type a part of the name")))
        self._show(tuple(value or ()))

    def show_several(self) -> None:
        """Show that the lists differ."""
        self._show(())
        self.line.setPlaceholderText(self._several())

    @property
    def is_being_edited(self) -> bool:
        """Whether something was typed that is not taken yet."""
        return bool(self.line.text())

    def retranslate(self) -> None:
        """Name the controls."""
        language = self.surroundings.language
        word = language.gettext(self.field.word)
        self._say(self.list)
        self.line.setAccessibleName(language.gettext(N_("Add to: {field}")).format(field=word))
        self.out.setAccessibleName(language.gettext(N_("Take out of: {field}")).format(field=word))
        self.line.setPlaceholderText(language.gettext(N_("add: type a part of the name")))

    def controls(self) -> tuple[QWidget, ...]:
        """Return the list, the line and the button that takes out."""
        return (self.list, self.line, self.out)

    def _show(self, ids: tuple[str, ...]) -> None:
        self._chosen = ids
        self.list.clear()
        for entity_id in ids:
            item = QListWidgetItem(self._titles.titles.get(entity_id, entity_id))
            item.setData(Qt.ItemDataRole.UserRole, entity_id)
            self.list.addItem(item)

    def _take_in(self) -> None:
        text = self.line.text().strip()
        found = self._titles.find(text) if text else None
        if found is None:
            if text:
                self.show_error(refusal(UserError("typed-no-choice", text=text), self.surroundings))
            return
        self.show_error("")
        self.line.clear()
        if found not in self._chosen:
            self._show((*self._chosen, found))
            self.edited.emit()

    def _take_out(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            taken = item.data(Qt.ItemDataRole.UserRole)
            self._show(tuple(one for one in self._chosen if one != taken))
            self.edited.emit()

    def _draw(self) -> None:
        self.out.setIcon(assets.icon("remove", self.surroundings.tokens))
