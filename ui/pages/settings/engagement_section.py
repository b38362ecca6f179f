"""The engagement as a whole: its name and client, the days that frame the plan, its money, its year, its defaults."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from planner.domain.errors import UserError
from planner.domain.settings import SETTINGS_ID
from planner.editing import settings
from planner.language import N_
from ui import theme
from ui.forms.editor import FieldEditor, refusal
from ui.forms.fields import field_of
from ui.forms.making import make_editor
from ui.pages.page import Page, Selection
from ui.pages.settings.section import Section
from ui.widgets.text import PlainLabel

_FIELDS: Final = ("name", "client", "plan_start", "status_date", "roll_up", "cool_down_days", "readiness_factors")
_NOTES: Final = {
    "plan_start": N_("Nothing starts before this day, unless it has begun or is pinned."),
    "status_date": N_("The day progress was last taken."),
    "roll_up": N_("How scores are rolled up where nothing else is chosen; it is always named beside the number."),
    "cool_down_days": N_("Working days of rest after each adoption."),
    "readiness_factors": N_(
        "What effort is multiplied by for a team of readiness 1 to 5: 10 person-days count as {lowest} where readiness is "
        "lowest and as {highest} where it is highest. The factors may not rise."
    ),
    "currency": N_("The money costs are in."),
    "fiscal_year": N_("Quarters and years of the plan are counted from this month."),
}
_EXAMPLE_DAYS: Final = 10
_WIDTH: Final = 640


class EngagementSection(Section):
    """Edits the settings that are one value each."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.editors: dict[str, FieldEditor] = {
            name: make_editor(self.surroundings, field_of("settings", name)) for name in _FIELDS
        }
        self.currency = QComboBox()
        self.month = QComboBox()
        for box in (self.currency, self.month):
            box.setMaxVisibleItems(16)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._labels: dict[str, PlainLabel] = {}
        self._notes: dict[str, PlainLabel] = {}
        scroll = QScrollArea(self)
        inside = QWidget(scroll)
        inside.setObjectName("page")
        inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        form = QWidget(inside)
        form.setMaximumWidth(_WIDTH)
        beside = QHBoxLayout(inside)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(form, 1, Qt.AlignmentFlag.AlignTop)
        beside.addStretch(0)
        rows = QFormLayout(form)
        rows.setContentsMargins(theme.SPACE_XL, theme.SPACE_XL, theme.SPACE_XL, theme.SPACE_XL)
        rows.setHorizontalSpacing(theme.SPACE_L)
        rows.setVerticalSpacing(theme.SPACE_M)
        rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        rows.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        for name, editor in self.editors.items():
            self._add(rows, name, editor)
            editor.edited.connect(lambda name=name: self._take(name))
            editor.given_up.connect(lambda editor=editor: editor.show_error(""))
        self._add(rows, "currency", self.currency)
        self._add(rows, "fiscal_year", self.month)
        self.currency.activated.connect(self._take_currency)
        self.month.activated.connect(self._take_month)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)
        self.setFocusProxy(self.editors["name"])

    def _add(self, rows: QFormLayout, name: str, control: QWidget) -> None:
        label = PlainLabel(role="body")
        label.setBuddy(control)
        self._labels[name] = label
        cell = QWidget(rows.parentWidget())
        column = QVBoxLayout(cell)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(control)
        if name in _NOTES:
            self._notes[name] = PlainLabel(role="caption", wraps=True)
            column.addWidget(self._notes[name])
        rows.addRow(label, cell)

    def refresh(self) -> None:
        """Show the settings."""
        if self.page.opened is None:
            return
        setting, read_only = self.page.engagement.setting, not self.page.can_edit
        for name, editor in self.editors.items():
            if not editor.is_being_edited:
                editor.show_value(getattr(setting, name))
            editor.set_read_only(read_only=read_only)
        self._word_notes()
        if self.currency.findData(setting.currency) < 0:
            self.currency.addItem(setting.currency, setting.currency)
        self.currency.setCurrentIndex(self.currency.findData(setting.currency))
        self.month.setCurrentIndex(setting.fiscal_year_start_month - 1)
        self.currency.setEnabled(not read_only)
        self.month.setEnabled(not read_only)

    def retranslate(self) -> None:
        """Word the section in the language of the screen."""
        language = self.surroundings.language
        words = {name: language.gettext(editor.field.word) for name, editor in self.editors.items()}
        words["currency"] = language.gettext(N_("currency"))
        words["fiscal_year"] = language.gettext(N_("first month of the fiscal year"))
        for name, label in self._labels.items():
            label.setText(f"{words[name][:1].upper()}{words[name][1:]}")
        for editor in self.editors.values():
            editor.retranslate()
        self.currency.setAccessibleName(words["currency"])
        self.month.setAccessibleName(words["fiscal_year"])
        names = language.locale.currencies
        self.currency.clear()
        for code in sorted(names, key=lambda code: names[code].casefold()):
            self.currency.addItem(f"{names[code]} ({code})", code)
        self.month.clear()
        for month in range(1, 13):
            self.month.addItem(language.locale.months["stand-alone"]["wide"][month].capitalize(), month)
        self.refresh()

    def _word_notes(self) -> None:
        language, factors = self.surroundings.language, self.page.engagement.setting.readiness_factors
        lowest, highest = (language.number(_EXAMPLE_DAYS * factor) for factor in (factors[0], factors[-1]))
        for name, note in self._notes.items():
            note.setText(language.gettext(_NOTES[name]).format(lowest=lowest, highest=highest))

    def forget(self) -> None:
        """Drop what was being typed."""
        for editor in self.editors.values():
            editor.show_value(None)
            editor.show_error("")

    def selection(self) -> Selection:
        """Return the settings."""
        return Selection("settings", (SETTINGS_ID,))

    def reveal(self, kind: str, entity_id: str) -> bool:
        """Show the settings."""
        del entity_id
        return kind == "settings"

    def _take(self, name: str) -> None:
        editor = self.editors[name]
        try:
            value = editor.value
        except UserError as error:
            editor.show_error(refusal(error, self.surroundings))
            return
        done = self.page.edit(
            lambda engagement: settings.change(engagement, **{name: value}), refused=editor.show_error
        )
        if done:
            editor.show_error("")
            editor.show_value(getattr(self.page.engagement.setting, name))

    def _take_currency(self) -> None:
        code = self.currency.currentData()
        self.page.edit(lambda engagement: settings.change(engagement, currency=code))

    def _take_month(self) -> None:
        month = self.month.currentData()
        self.page.edit(lambda engagement: settings.change(engagement, fiscal_year_start_month=month))
