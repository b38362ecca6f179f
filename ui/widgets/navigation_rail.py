"""The rail at the left: one button a page, in the order of the work; the page shown is the button pressed.

In a low window its words give way to their icons, and are told in tips.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from planner.language import N_
from ui import assets, theme
from ui.actions import plain_tip
from ui.surroundings import Surroundings


class NavigationRail(QWidget):
    """Buttons for pages; `chosen(page_id)` when one is pressed."""

    chosen = Signal(str)

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._surroundings = surroundings
        self._titles: dict[str, str] = {}
        self._buttons: dict[str, QToolButton] = {}
        self._group = QButtonGroup(self)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(theme.SPACE_S, theme.SPACE_M, theme.SPACE_S, theme.SPACE_M)
        self._layout.setSpacing(theme.SPACE_XS)
        self._layout.addStretch(1)
        self._stretch_at = 0
        surroundings.language_changed.connect(self.retranslate)
        surroundings.theme_changed.connect(self._draw_icons)
        self.retranslate()

    def add_page(self, page_id: str, *, title: str, icon: str, at_foot: bool = False) -> None:
        """Offer a page, below the others or at the foot of the rail; `title` is a message of the catalogues."""
        button = QToolButton(self)
        button.setObjectName(icon)
        button.setCheckable(True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setIconSize(QSize(theme.ICON_SIZE_LARGE, theme.ICON_SIZE_LARGE))
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.clicked.connect(lambda: self.chosen.emit(page_id))
        self._group.addButton(button)
        self._titles[page_id], self._buttons[page_id] = title, button
        self._layout.insertWidget(self._layout.count() if at_foot else self._stretch_at, button)
        self._stretch_at += not at_foot
        self.retranslate()
        self._draw_icons()

    def button(self, page_id: str) -> QToolButton | None:
        """Return the button of a page; None where the page is not offered."""
        return self._buttons.get(page_id)

    def show_chosen(self, page_id: str) -> None:
        """Press the button of the page that is shown."""
        self._buttons[page_id].setChecked(True)

    def retranslate(self) -> None:
        """Word every button in the language of the screen."""
        language = self._surroundings.language
        self.setAccessibleName(language.gettext(N_("Pages")))
        for page_id, button in self._buttons.items():
            title = language.gettext(self._titles[page_id])
            button.setText(title)
            button.setAccessibleName(title)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show words where there is room for all of them."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        margins = self._layout.contentsMargins()
        styles = (Qt.ToolButtonStyle.ToolButtonTextUnderIcon, Qt.ToolButtonStyle.ToolButtonIconOnly)
        for style in styles:
            for button in self._buttons.values():
                button.setToolButtonStyle(style)
                button.setToolTip(plain_tip(button.text()) if style is styles[1] else "")
            heights = sum(button.sizeHint().height() + self._layout.spacing() for button in self._buttons.values())
            if margins.top() + heights + margins.bottom() <= self.height():
                break
        self.setFixedWidth(theme.ICON_RAIL_WIDTH if style is styles[1] else self._width_of_words())

    def _width_of_words(self) -> int:
        room = 2 * theme.SPACE_S + 2 * theme.SPACE_S
        texts = (button.text() for button in self._buttons.values())
        return max(theme.RAIL_WIDTH, max(map(self.fontMetrics().horizontalAdvance, texts), default=0) + room)

    def _draw_icons(self) -> None:
        for button in self._buttons.values():
            button.setIcon(assets.icon(button.objectName(), self._surroundings.tokens))
