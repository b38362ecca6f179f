"""The colours of the statuses: each with its sign, a choice of colour, a warning where it is hard to see, its usual one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QColorDialog, QGridLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from planner.domain.initiative import Status
from planner.editing import settings
from planner.language import N_
from planner.words import STATUS_WORDS
from ui import theme
from ui.contrast import contrast
from ui.pages.page import Page, Selection
from ui.pages.settings.section import Section
from ui.present.colours import own_colours
from ui.widgets.cells import HOLLOW, status_colour
from ui.widgets.text import PlainLabel

_LEAST_CONTRAST: Final = 3.0
"""WCAG 2.2 AA for what carries meaning without being text."""

_SWATCH: Final = 22
_COLOUR_WORDS: Final = {
    "blue": N_("Blue"),
    "teal": N_("Teal"),
    "olive": N_("Olive"),
    "brown": N_("Brown"),
    "rose": N_("Rose"),
    "magenta": N_("Magenta"),
    "violet": N_("Violet"),
    "grey": N_("Grey"),
}


class ColoursSection(Section):
    """Edits the colours of the statuses."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.note = PlainLabel(role="muted", wraps=True)
        self._names = {status: PlainLabel(role="strong") for status in Status}
        self.buttons = {status: QPushButton() for status in Status}
        self.resets = {status: QPushButton() for status in Status}
        self.warnings = {status: PlainLabel(role="caption", wraps=True) for status in Status}
        inside = QWidget()
        inside.setMaximumWidth(720)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.SPACE_L)
        grid.setVerticalSpacing(theme.SPACE_S)
        for row, status in enumerate(Status):
            self.buttons[status].setIconSize(QSize(_SWATCH, _SWATCH))
            self.buttons[status].clicked.connect(partial(self._offer, status))
            self.resets[status].clicked.connect(partial(self._set, status, None))
            parts = (self._names[status], self.buttons[status], self.resets[status], self.warnings[status])
            for at, part in enumerate(parts):
                grid.addWidget(part, row, at)
        grid.setColumnStretch(3, 1)
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.SPACE_XL, theme.SPACE_XL, theme.SPACE_XL, theme.SPACE_XL)
        column.setSpacing(theme.SPACE_L)
        column.addWidget(self.note)
        column.addLayout(grid)
        column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(inside)
        self.setFocusProxy(self.buttons[Status.IDEA])
        self.surroundings.theme_changed.connect(self.refresh)

    def refresh(self) -> None:
        """Show the colours."""
        if self.page.opened is None:
            return
        language, tokens = self.surroundings.language, self.surroundings.tokens
        own = own_colours(self.page.engagement)
        for status in Status:
            colour = status_colour(tokens, status, own)
            button = self.buttons[status]
            button.setIcon(_swatch(colour, hollow=status in HOLLOW))
            said = self._said(colour)
            button.setText(f"\N{EN SPACE}{said}")
            name = language.gettext(STATUS_WORDS[status])
            button.setAccessibleName(language.gettext(N_("Colour of {status}")).format(status=name))
            button.setAccessibleDescription(said)
            button.setEnabled(self.page.can_edit)
            self.resets[status].setEnabled(self.page.can_edit and status in own)
            self.warnings[status].setText(self._warning(colour, status in own))

    def _warning(self, colour: str, is_own: bool) -> str:  # noqa: FBT001  one of two
        if not is_own:
            return ""
        grounds = {N_("light"): theme.LIGHT.surface, N_("dark"): theme.DARK.surface}
        language = self.surroundings.language
        hard = [
            language.gettext(name) for name, ground in grounds.items() if contrast(colour, ground) < _LEAST_CONTRAST
        ]
        if not hard:
            return ""
        text = language.gettext(N_("Hard to see in the {theme} theme: the contrast should be at least 3 to 1"))
        return text.format(theme=", ".join(hard))

    def retranslate(self) -> None:
        """Word the section in the language of the screen."""
        language = self.surroundings.language
        self.note.setText(
            language.gettext(
                N_("The colour of a status is shown wherever initiatives are listed; its word always stands beside it.")
            )
        )
        reset = language.gettext(N_("Usual colour"))
        for status in Status:
            name = language.gettext(STATUS_WORDS[status])
            self._names[status].setText(name)
            self.resets[status].setText(reset)
            self.resets[status].setAccessibleName(
                language.gettext(N_("{name}: {value}")).format(name=reset, value=name)
            )
        self.refresh()

    def selection(self) -> Selection:
        """Return nothing: colours are no entities."""
        return Selection()

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Return what carries out the section's action."""
        return {"settings.reset-colours": self.reset}

    def possible(self) -> frozenset[str]:
        """Return the ids of the actions that can be carried out now."""
        if self.page.can_edit and self.page.engagement.setting.status_colours:
            return frozenset({"settings.reset-colours"})
        return frozenset()

    def reset(self) -> None:
        """Give every status its usual colour again."""
        self.page.edit(settings.reset_colours)

    def _said(self, colour: str) -> str:
        """Return a colour by its name, where it has one."""
        names = {theme.PALETTE[name]: word for name, word in _COLOUR_WORDS.items()}
        return self.surroundings.language.gettext(names[colour]) if colour in names else colour

    def _offer(self, status: Status, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  a Qt slot
        """Offer the colours everybody tells apart, and any other."""
        language, button = self.surroundings.language, self.buttons[status]
        now = own_colours(self.page.engagement).get(status)
        menu = QMenu(button)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name, word in _COLOUR_WORDS.items():
            colour = theme.PALETTE[name]
            action = menu.addAction(_swatch(colour, hollow=status in HOLLOW), language.gettext(word))
            action.setCheckable(True)
            action.setChecked(colour == now)
            action.triggered.connect(partial(self._set, status, colour))
        menu.addSeparator()
        menu.addAction(language.gettext(N_("&Other…"))).triggered.connect(partial(self._ask, status))
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _ask(self, status: Status, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  a Qt slot
        own = own_colours(self.page.engagement)
        dialog = QColorDialog(QColor(status_colour(self.surroundings.tokens, status, own)), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setOption(QColorDialog.ColorDialogOption.DontUseNativeDialog)
        dialog.setWindowTitle(self.buttons[status].accessibleName())
        dialog.colorSelected.connect(lambda colour: self._set(status, colour.name()))
        dialog.open()

    def _set(self, status: Status, colour: str | None, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  a Qt slot
        self.page.edit(lambda engagement: settings.colour_status(engagement, status, colour))


def _swatch(colour: str, *, hollow: bool) -> QIcon:
    picture = QPixmap(_SWATCH * 2, _SWATCH * 2)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colour), 5))
    painter.setBrush(Qt.BrushStyle.NoBrush if hollow else QColor(colour))
    painter.drawEllipse(QPointF(_SWATCH, _SWATCH), 14, 14)
    painter.end()
    return QIcon(picture)
