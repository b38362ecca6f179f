"""The bar above a page: the engagement's name, and buttons for the actions used most there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from planner.language import N_
from ui import assets, theme
from ui.actions import Actions, plain_tip
from ui.surroundings import Surroundings
from ui.widgets.action_button import BESIDE_ICON, ICON_ONLY, ActionButton
from ui.widgets.text import ElidedLabel

_HEIGHT = 60
_GAP = 2
_AROUND_LINE = 2 * theme.SPACE_S + 1
_LEAST_TITLE = 180
"""Pixels the title keeps before the words of buttons give way to their icons, and the last buttons to a menu."""


class PageToolbar(QWidget):
    """A title, a line under it, and groups of buttons; `prominent` actions show their words.

    Where there is no room for all, the last ones are in a menu behind a button with dots; the prominent ones stay.
    """

    def __init__(
        self,
        surroundings: Surroundings,
        actions: Actions,
        groups: tuple[tuple[str, ...], ...],
        *,
        prominent: frozenset[str] = frozenset(),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self.setObjectName("toolbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(_HEIGHT)
        self.title = ElidedLabel(role="title")
        self.line = ElidedLabel(role="caption")
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addStretch(1)
        texts.addWidget(self.title)
        texts.addWidget(self.line)
        texts.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_L, 0, theme.SPACE_M, 0)
        layout.setSpacing(0)
        layout.addLayout(texts, 1)
        layout.addSpacing(theme.SPACE_L)
        self._groups: list[tuple[QWidget, list[ActionButton]]] = []
        for number, group in enumerate(groups):
            holder = QWidget(self)
            buttons = [
                ActionButton(actions[action_id], holder, style=BESIDE_ICON if action_id in prominent else ICON_ONLY)
                for action_id in group
            ]
            _line_up(holder, buttons, is_first=number == 0)
            layout.addWidget(holder)
            self._groups.append((holder, buttons))
        self._labelled = [button for button in self._buttons() if button.property("role") == "labelled"]
        self._more = QToolButton(self)
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._more.setIconSize(QSize(theme.ICON_SIZE, theme.ICON_SIZE))
        self._more.setMenu(QMenu(self._more))
        self._more.hide()
        layout.addWidget(self._more)
        surroundings.language_changed.connect(self._word)
        surroundings.theme_changed.connect(self._draw)
        self._word()
        self._draw()

    def minimumSizeHint(self) -> QSize:
        """Return the room for some of the title and the buttons that never give way."""
        kept = sum(self._more.sizeHint().width() for _button in (*self._labelled, self._more))
        return QSize(_LEAST_TITLE + kept + 3 * theme.SPACE_L, _HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the words of prominent actions where there is room for them, their icons alone where there is not."""
        super().resizeEvent(event)
        self._fit()

    def _word(self) -> None:
        words = self._surroundings.language.gettext(N_("More"))
        self._more.setAccessibleName(words)
        self._more.setToolTip(plain_tip(words))

    def _draw(self) -> None:
        self._more.setIcon(assets.icon("more", self._surroundings.tokens))

    def _fit(self) -> None:
        beside, alone = Qt.ToolButtonStyle.ToolButtonTextBesideIcon, Qt.ToolButtonStyle.ToolButtonIconOnly
        for button in self._labelled:
            button.setToolButtonStyle(beside)
        gone: set[QToolButton] = set()
        if self._needed(gone) > self.width():
            for button in self._labelled:
                button.setToolButtonStyle(alone)
        can_go = [button for button in self._buttons() if button not in self._labelled]
        while can_go and self._needed(gone) > self.width():
            gone.add(can_go.pop())
        self._show_all_but(gone)

    def _needed(self, gone: set[QToolButton]) -> int:
        width = _LEAST_TITLE + 2 * theme.SPACE_L + theme.SPACE_M + (self._more.sizeHint().width() if gone else 0)
        for number, (_holder, buttons) in enumerate(self._groups):
            widths = [button.sizeHint().width() + _GAP for button in buttons if button not in gone]
            width += sum(widths) + (_AROUND_LINE if number and widths else 0)
        return width

    def _show_all_but(self, gone: set[QToolButton]) -> None:
        menu = self._more.menu()
        menu.clear()
        for holder, buttons in self._groups:
            for button in buttons:
                button.setVisible(button not in gone)
            holder.setVisible(any(button not in gone for button in buttons))
            if not menu.isEmpty():
                menu.addSeparator()
            menu.addActions([button.defaultAction() for button in buttons if button in gone])
        self._more.setVisible(bool(gone))

    def _buttons(self) -> Iterator[QToolButton]:
        for _holder, buttons in self._groups:
            yield from buttons


class ViewToolbars(QStackedWidget):
    """A bar for each view of a page, with what belongs there; all bear the same title.

    `groups` and `prominent` (one action each) are by view.
    """

    def __init__(
        self,
        surroundings: Surroundings,
        actions: Actions,
        groups: Mapping[str, tuple[tuple[str, ...], ...]],
        *,
        prominent: Mapping[str, str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._of = {
            view: PageToolbar(surroundings, actions, own, prominent=frozenset({prominent.get(view, "")}), parent=self)
            for view, own in groups.items()
        }
        for toolbar in self._of.values():
            self.addWidget(toolbar)
        self.setFixedHeight(_HEIGHT)

    def say(self, title: str, line: str) -> None:
        """Show a title and a line under it."""
        for toolbar in self._of.values():
            toolbar.title.setText(title)
            toolbar.line.setText(line)

    def show_of(self, view: str) -> None:
        """Show the bar of a view."""
        self.setCurrentWidget(self._of[view])


def _line_up(holder: QWidget, buttons: Sequence[QToolButton], *, is_first: bool) -> None:
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(_GAP)
    if not is_first:
        row.addSpacing(theme.SPACE_S)
        row.addWidget(_separator(holder))
        row.addSpacing(theme.SPACE_S)
    for button in buttons:
        row.addWidget(button)


def _separator(parent: QWidget) -> QFrame:
    line = QFrame(parent)
    line.setObjectName("line")
    line.setFixedSize(1, 24)
    return line
