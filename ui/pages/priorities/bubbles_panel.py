"""The bubbles as a view of the page: the picture, and above it what runs along each axis and makes the size."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from planner.language import N_, NN_
from ui import theme
from ui.pages.page import Page
from ui.pages.priorities.board import Board, Wishes
from ui.pages.priorities.bubble_painting import CROWD
from ui.pages.priorities.bubble_view import BubbleView
from ui.pages.priorities.bubbles import Picture, axis_choices, draw, size_choices, usual_keys
from ui.pages.priorities.guidance import guide_to_initiatives
from ui.widgets.text import ElidedLabel, PlainLabel

_BOX_WIDTHS: Final = (168, 190)
"""The least and the most a choice takes: beside an open inspector a small window leaves them little."""
_LABELS: Final = {"x": N_("Across"), "y": N_("Up"), "size": N_("Size")}


class BubblesPanel(QWidget):
    """Shows the picture; what a person lets run along its axes is handed to `remember`."""

    def __init__(self, page: Page, *, remember: Callable[[dict[str, str]], object]) -> None:
        super().__init__(page.parent_of_views())
        self._page = page
        self._remember = remember
        self._board: Board | None = None
        self._wishes = Wishes()
        self._wanted: dict[str, str] = {}
        self._asked = 0
        self.picture = BubbleView(page.workbench)
        self.boxes = {part: QComboBox() for part in _LABELS}
        self._labels = {part: PlainLabel(role="muted") for part in _LABELS}
        self.left_out = ElidedLabel(role="caption")
        row = QHBoxLayout()
        row.setContentsMargins(theme.SPACE_M, theme.SPACE_S, theme.SPACE_M, theme.SPACE_S)
        row.setSpacing(theme.SPACE_S)
        for part, box in self.boxes.items():
            box.setMinimumWidth(_BOX_WIDTHS[0])
            box.setMaximumWidth(_BOX_WIDTHS[1])
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.activated.connect(self._take_choice)
            self._labels[part].setBuddy(box)
            row.addWidget(self._labels[part])
            row.addWidget(box, 3)
            row.addSpacing(theme.SPACE_XS)
        row.addWidget(self.left_out, 1)
        self._stack = QStackedWidget(self)
        drawn = QWidget(self._stack)
        column = QVBoxLayout(drawn)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.picture, 1)
        self._guidance = guide_to_initiatives(page.workbench)
        self._stack.addWidget(drawn)
        self._stack.addWidget(self._guidance)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self.setFocusProxy(self.picture)

    def wish(self, keys: dict[str, str]) -> None:
        """Let what was remembered run along the axes, where there is such a thing."""
        self._wanted = keys

    def show_board(self, board: Board | None, wishes: Wishes) -> None:
        """Show other figures, or other initiatives."""
        self._board, self._wishes = board, wishes
        is_empty = board is not None and not board.engagement.initiatives
        self._stack.setCurrentIndex(1 if is_empty else 0)
        self.setFocusProxy(self._guidance if is_empty else self.picture)
        if board is None:
            self._asked += 1
            self.picture.show_picture(None, None)
            return
        self._offer(board)
        self._draw()

    def retranslate(self) -> None:
        """Word the view in the language of the screen."""
        language = self._page.workbench.surroundings.language
        for part, word in _LABELS.items():
            self._labels[part].setText(language.gettext(word))
            self.boxes[part].setAccessibleName(language.gettext(word))
        self.picture.retranslate()
        if self._board is not None:
            self._offer(self._board)
            self._draw()

    def _offer(self, board: Board) -> None:
        language = self._page.workbench.surroundings.language
        usual = dict(zip(_LABELS, usual_keys(board), strict=True))
        for part, box in self.boxes.items():
            choices = size_choices(board, language) if part == "size" else axis_choices(board, language)
            box.clear()
            for key, title in choices:
                box.addItem(title, key)
            at = box.findData(self._wanted.get(part, usual[part]))
            box.setCurrentIndex(at if at >= 0 else max(0, box.findData(usual[part])))

    def _draw(self) -> None:
        """Work out the picture: at once, or a crowd's on a pool thread."""
        self._asked += 1
        board, language, wishes = self._board, self._page.workbench.surroundings.language, self._wishes
        if board is None:
            return
        x, y, size = (box.currentData() for box in self.boxes.values())
        if len(board.engagement.initiatives) <= CROWD:
            self._take_picture(self._asked, board, draw(board, board.shown(wishes), (x, y, size), language))
            return
        kept = board.kept()
        self._page.workbench.background.run(
            lambda _progress: draw(kept, kept.shown(wishes), (x, y, size), language),
            success=partial(self._take_picture, self._asked, kept),
            failure=self._page.workbench.tell,
        )

    def _take_picture(self, asked: int, board: Board, picture: Picture) -> None:
        if not isValid(self) or asked != self._asked:
            return
        language = self._page.workbench.surroundings.language
        selected = self._page.selection().ids
        self.picture.show_picture(board, picture)
        self.picture.select(selected)
        text = ""
        if picture.left_out:
            words = NN_("{count} initiative lacks a figure for it", "{count} initiatives lack a figure for it")
            count = picture.left_out
            text = language.ngettext(*words, count).format(count=language.number(count, decimals=0))
        self.left_out.setText(text)

    def _take_choice(self) -> None:
        self._wanted = {part: box.currentData() for part, box in self.boxes.items()}
        self._remember(self._wanted)
        self._draw()
