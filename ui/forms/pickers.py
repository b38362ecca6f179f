"""Editors of one choice among several: words of a closed set, another entity by its name, a country, a currency."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QCompleter, QLineEdit, QSizePolicy, QToolButton, QWidget

from planner.domain.errors import UserError
from planner.language import N_
from planner.words import CHOICE_WORDS
from ui import assets, theme
from ui.actions import plain_tip
from ui.forms.editor import MIXED, SEVERAL, FieldEditor, LineEditor, need
from ui.forms.fields import FormField
from ui.present.names import named_choices, path_name
from ui.surroundings import Surroundings

Choices = Sequence[tuple[str, Any]]
_NONE = N_("—")
_ROWS_SHOWN = 12


class _CalmCombo(QComboBox):
    """A box the wheel scrolls past instead of changing it."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to what scrolls."""
        event.ignore()


class ChoiceEditor(FieldEditor):
    """One of a closed set; yes or no where that may be left open."""

    def __init__(self, surroundings: Surroundings, field: FormField, parent: QWidget | None = None) -> None:
        super().__init__(surroundings, field, parent)
        self.box = _CalmCombo()
        self.box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(6)
        self._members: list[Any] = []
        self._row.addWidget(self.box, 1)
        self.setFocusProxy(self.box)
        self.box.activated.connect(lambda _row: self.commit())
        self.retranslate()

    def retranslate(self) -> None:
        """Word the choices."""
        row = self.box.currentIndex()
        language = self.surroundings.language
        self.box.clear()
        super().retranslate()
        self._members = [None] if self.field.optional else []
        if self.field.optional:
            self.box.addItem(language.gettext(_NONE))
        for member, word in self.choices().items():
            self._members.append(member)
            self.box.addItem(word)
        self.box.setPlaceholderText(language.gettext(SEVERAL))
        self.box.setCurrentIndex(row)

    def choices(self) -> Mapping[Any, str]:
        """Return what can be chosen, and its word in the language of the screen."""
        language = self.surroundings.language
        if self.field.type is bool:
            return {True: language.gettext(N_("Yes")), False: language.gettext(N_("No"))}
        return {member: language.gettext(CHOICE_WORDS[member]) for member in self.field.type}

    def needed_width(self) -> int:
        """Return the width of the longest choice with the mark beside it."""
        metrics = self.box.fontMetrics()
        words = (metrics.horizontalAdvance(self.box.itemText(row)) for row in range(self.box.count()))
        return max(super().needed_width(), max(words, default=0) + 2 * theme.SPACE_L)

    def typed(self) -> Any:
        """Return the member chosen."""
        row = self.box.currentIndex()
        return self._members[row] if row >= 0 else MIXED

    def put(self, typed: Any) -> None:
        """Show a member as chosen."""
        at = next((row for row, member in enumerate(self._members) if typed is member or typed == member), -1)
        self.box.setCurrentIndex(at)

    def display(self, value: Any) -> None:
        """Show a member."""
        self.put(value)


class MonthEditor(ChoiceEditor):
    """A month of the year by its name."""

    def choices(self) -> Mapping[Any, str]:
        """Return the months."""
        names = self.surroundings.language.locale.months["stand-alone"]["wide"]
        return {number: names[number][:1].upper() + names[number][1:] for number in range(1, 13)}


class TickEditor(FieldEditor):
    """Yes or no; half ticked where several differ."""

    def __init__(self, surroundings: Surroundings, field: FormField, parent: QWidget | None = None) -> None:
        super().__init__(surroundings, field, parent)
        self.box = QCheckBox()
        self._row.addWidget(self.box)
        self._row.addStretch(1)
        self.setFocusProxy(self.box)
        self.retranslate()
        self.box.clicked.connect(self._take)

    def typed(self) -> Any:
        """Return whether it is ticked."""
        state = self.box.checkState()
        return MIXED if state is Qt.CheckState.PartiallyChecked else state is Qt.CheckState.Checked

    def put(self, typed: Any) -> None:
        """Tick or not."""
        if typed is MIXED:
            self.box.setTristate(True)
            self.box.setCheckState(Qt.CheckState.PartiallyChecked)
        else:
            self.box.setTristate(False)
            self.box.setChecked(bool(typed))

    def display(self, value: Any) -> None:
        """Tick or not."""
        self.put(value)

    def _take(self) -> None:
        if self.box.checkState() is Qt.CheckState.PartiallyChecked:
            self.box.setCheckState(Qt.CheckState.Checked)
        self.box.setTristate(False)
        self.commit()


class FilterLine(QLineEdit):
    """A line that narrows a list of names as one types; `chosen(value)` when one of them is picked.

    The names are asked for when the list is first needed, so that ten thousand cost nothing until then.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.source: Callable[[], Choices] = tuple
        self._of: dict[str, Any] | None = None
        self._model = QStringListModel(self)
        completer = QCompleter(self._model, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setMaxVisibleItems(_ROWS_SHOWN)
        completer.activated.connect(self._pick)
        self.setCompleter(completer)
        self.textEdited.connect(lambda _text: self.load())
        self.setMinimumWidth(40)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def forget(self) -> None:
        """Ask for the names anew when the list is next needed."""
        self._of = None

    def load(self) -> dict[str, Any]:
        """Return name -> value of what can be chosen, in the list from now on."""
        if self._of is None:
            self._of = dict(self.source())
            self._model.setStringList(list(self._of))
        return self._of

    def value_named(self, text: str) -> Any:
        """Return the value a text names, alone of all; UserError "typed-no-choice" (text) when there is none."""
        of = self.load()
        if text in of:
            return of[text]
        wanted = text.strip().casefold()
        found = [value for name, value in of.items() if name.casefold() == wanted]
        found = found or [value for name, value in of.items() if wanted in name.casefold()]
        if len(found) != 1:
            raise UserError("typed-no-choice", text=text)
        return found[0]

    def open_list(self) -> None:
        """Show everything that can be chosen."""
        self.load()
        self.setFocus()
        completer = self.completer()
        completer.setCompletionPrefix("")
        popup = completer.popup()
        if popup is not None:
            popup.setAccessibleName(self.accessibleName())
        completer.complete()

    @property
    def list_is_open(self) -> bool:
        """Whether the list of names is on the screen."""
        popup = self.completer().popup()
        return popup is not None and popup.isVisible()

    @property
    def list_will_answer(self) -> bool:
        """Whether Enter now means the name marked in the list, and not what is typed."""
        popup = self.completer().popup()
        return popup is not None and popup.isVisible() and popup.currentIndex().isValid()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the list on Down."""
        if event.key() == Qt.Key.Key_Down and not self.list_is_open:
            self.open_list()
        else:
            super().keyPressEvent(event)

    def _pick(self, name: str) -> None:
        of = self.load()
        if name in of:
            self.chosen.emit(of[name])


class PickEditor(LineEditor):
    """One of many by its name, typed and narrowed; empty for `nothing` where that may be."""

    nothing: Any = None
    """The value of an empty line, where it may be empty."""

    def __init__(self, surroundings: Surroundings, field: FormField, parent: QWidget | None = None) -> None:
        line = FilterLine()
        self.filter = line
        self.button = QToolButton()
        self.button.setProperty("role", "beside-line")  # no taller than the line: rows keep their step
        self._value: Any = None
        self._name = ""
        super().__init__(surroundings, field, parent, line=line)
        line.source = self._list
        line.chosen.connect(self._pick)
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.setIconSize(QSize(theme.ICON_SIZE, theme.ICON_SIZE))
        self.button.clicked.connect(self.filter.open_list)
        self._row.addWidget(self.button)
        surroundings.theme_changed.connect(self._draw)
        self._draw()

    def choices(self) -> Choices:
        """Return (name, value) of everything that can be chosen."""
        return ()

    @property
    def may_be_empty(self) -> bool:
        """Whether nothing need be chosen."""
        return self.field.optional or self.nothing is not None

    @property
    def value(self) -> Any:
        """The value named; UserError "typed-no-choice" (text) when nothing is called that."""
        text = self.line.text()
        if text == self._name and self._value is not MIXED:
            return self._value
        if not text.strip():
            return self.nothing if self.may_be_empty else need(None)
        return self.filter.value_named(text)

    def display(self, value: Any) -> None:
        """Show a value by its name."""
        self.filter.forget()
        self._value = value
        super().display(value)
        self._name = self.line.text()
        self.line.setToolTip(plain_tip(self._name))

    def name_controls(self, label: str, description: str) -> None:
        """Name the line and its button."""
        super().name_controls(label, description)
        self.button.setAccessibleName(self.surroundings.language.gettext(N_("{field}: list")).format(field=label))

    def retranslate(self) -> None:
        """Word the button's tip."""
        super().retranslate()
        self.button.setToolTip(plain_tip(self.surroundings.language.gettext(N_("Show the list"))))

    def _list(self) -> Choices:
        return self.choices()

    def _pick(self, value: Any) -> None:
        name = next((name for name, known in self.filter.load().items() if known == value), "")
        self.line.setText(name)
        self.line.setCursorPosition(0)
        self.commit()

    def end(self) -> None:
        """Commit, unless the list is about to say what is meant."""
        if not self.filter.list_will_answer:
            self.commit()

    def _draw(self) -> None:
        self.button.setIcon(assets.icon("choose", self.surroundings.tokens))


class ReferenceEditor(PickEditor):
    """Another entity, by its name and where it is."""

    def choices(self) -> Choices:
        """Return every entity of the kind."""
        kind = self.field.meaning.refers_to
        return () if self.engagement is None or kind is None else named_choices(self.engagement, kind)

    def words_of(self, value: Any) -> str:
        """Return the name of an entity."""
        kind = self.field.meaning.refers_to
        if self.engagement is None or kind is None:
            return ""
        entity = self.engagement.kind(kind).get(value)
        return "" if entity is None else path_name(self.engagement, kind, entity)


class CountryEditor(PickEditor):
    """A country whose public holidays are known."""

    nothing = ""

    def choices(self) -> Choices:
        """Return every country by its name."""
        from holidays.utils import list_supported_countries  # noqa: PLC0415  a quarter of a second, once asked for

        names = self.surroundings.language.locale.territories
        return sorted(((names.get(code, code), code) for code in list_supported_countries(include_aliases=False)),
                      key=lambda pair: pair[0].casefold())  # fmt: skip

    def words_of(self, value: Any) -> str:
        """Return the name of a country."""
        return self.surroundings.language.locale.territories.get(value, value) if value else ""


class RegionEditor(PickEditor):
    """A region of the calendar's country that has holidays of its own."""

    nothing = ""

    def choices(self) -> Choices:
        """Return every region of the country, by name where one is known."""
        return sorted(((name, code) for code, name in self._names().items()), key=lambda pair: pair[0].casefold())

    def words_of(self, value: Any) -> str:
        """Return the name of a region."""
        return self._names().get(value, value) if value else ""

    def _names(self) -> dict[str, str]:
        country = getattr(self.entity, "country", "")
        if not country:
            return {}
        if "holidays" not in sys.modules and not self.hasFocus() and not self.line.hasFocus():
            return {}  # a quarter of a second to load: the code will do until someone edits here
        import holidays  # noqa: PLC0415  not at start-up

        if country not in holidays.utils.list_supported_countries(include_aliases=True):
            return {}
        found = holidays.country_holidays(country)
        names = {code: code for code in found.subdivisions}
        for name, code in getattr(found, "subdivisions_aliases", {}).items():
            if len(name) > 3 and names.get(code) == code:
                names[code] = f"{name} ({code})"
        return names


class CurrencyEditor(PickEditor):
    """A currency by its code and name."""

    def choices(self) -> Choices:
        """Return every currency."""
        names = self.surroundings.language.locale.currencies
        return [(self.words_of(code), code) for code in sorted(names)]

    def words_of(self, value: Any) -> str:
        """Return a code and the name behind it."""
        name = self.surroundings.language.locale.currencies.get(value)
        return value if name is None else f"{value} \N{EN DASH} {name}"
