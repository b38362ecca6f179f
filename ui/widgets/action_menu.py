"""The menu a view shows beside the pointer: actions of the window, in groups."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from ui.actions import Actions


def show_menu(parent: QWidget, actions: Actions, groups: Iterable[Iterable[str]], place: QPoint) -> None:
    """Offer actions, by id, at a point of the screen; a group that is empty leaves no line behind."""
    menu = QMenu(parent)
    for group in groups:
        offered = [actions[action_id] for action_id in group]
        if offered and not menu.isEmpty():
            menu.addSeparator()
        menu.addActions(offered)
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(place)
