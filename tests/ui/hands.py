"""What a person does with a keyboard or a mouse and nothing else: keys to what has the focus, clicks on what is seen."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, QEvent, QModelIndex, QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QListView, QMenu, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import settle
from ui.composition import Roadbook


class Keyboard:
    """Carries actions out by their keys."""

    def __init__(self, roadbook: Roadbook, qtbot: QtBot) -> None:
        self.roadbook = roadbook
        self.qtbot = qtbot
        qtbot.waitUntil(roadbook.window.isActiveWindow)

    def do(self, action_id: str) -> None:
        """Carry out an action that can be carried out now."""
        action = self.roadbook.actions[action_id]
        self.qtbot.waitUntil(action.isEnabled)
        self.reach(action)
        QApplication.processEvents()
        settle(self.qtbot, self.roadbook)

    def reach(self, action: QAction) -> None:
        """Press the first of the action's keys, wherever the focus is."""
        actions = self.roadbook.actions
        keys = next(kind.keys for kind in actions.kinds() if actions[kind.id] is action)
        self.press(QKeySequence(keys[0]))

    def press(self, keys: QKeySequence) -> None:
        """Press keys on what has the focus."""
        QTest.keySequence(self.focused(), keys)
        QApplication.processEvents()

    def key(self, key: Qt.Key) -> None:
        """Press one key on what has the focus."""
        QTest.keyClick(self.focused(), key)
        QApplication.processEvents()

    def rename(self, _name: str) -> None:
        """Open the name of what is current, to be written over."""
        self.do("rename")

    def write(self, text: str) -> None:
        """Type a text over the one in the line that was opened, and Return."""
        self.qtbot.waitUntil(lambda: isinstance(self.focused(), QLineEdit))
        line = self.focused()
        assert isinstance(line, QLineEdit)
        line.selectAll()
        QTest.keyClicks(line, text)
        QTest.keyClick(line, Qt.Key.Key_Return)
        QApplication.processEvents()
        self.come_back()
        settle(self.qtbot, self.roadbook)

    def come_back(self) -> None:
        """Be in the window again, as after every menu and dialog: the offscreen screen stays in the closed one."""
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.roadbook.window.activateWindow()
        self.qtbot.waitUntil(self.roadbook.window.isActiveWindow)

    def focused(self) -> QWidget:
        """Return what has the focus; the window where nothing has."""
        return QApplication.focusWidget() or self.roadbook.window


class Mouse(Keyboard):
    """Carries actions out by clicks: on a button of the page where there is one, else in the menus."""

    def reach(self, action: QAction) -> None:
        """Click the action where it is seen."""
        button = next(
            (
                one
                for one in self.roadbook.window.findChildren(QToolButton)
                if one.defaultAction() is action and one.isVisible() and one.isEnabled()
            ),
            None,
        )
        if button is not None:
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
            return
        self.pick(action)

    def pick(self, action: QAction) -> None:
        """Open the menus down to an action and click it."""
        bar = self.roadbook.window.menuBar()
        way = next(way for top in bar.actions() if (way := list(_way_to(top, action))))
        QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.actionGeometry(way[0]).center())
        for step, following in itertools.pairwise(way):
            menu = step.menu()
            assert isinstance(menu, QMenu)
            self.qtbot.waitUntil(menu.isVisible)
            QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(following).center())
        self.come_back()

    def rename(self, name: str) -> None:
        """Double-click a name where it can be opened so; names are typed, and where they are not opened so, F2 does."""
        self.double_click_row(name)
        if not isinstance(self.focused(), QLineEdit):
            super().reach(self.roadbook.actions["rename"])

    def double_click_row(self, text: str) -> None:
        """Double-click the cell that says `text`; a picture keeps what is current."""
        for view in self.roadbook.window.findChildren(QAbstractItemView):
            for index in _cells(view, QModelIndex()) if view.isVisible() else ():
                if index.data() == text:
                    view.scrollTo(index)
                    place = view.visualRect(index).center()
                    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
                    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
                    QApplication.processEvents()
                    return

    def click(self, widget: QWidget, place: QPoint | None = None) -> None:
        """Click a widget."""
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=place or widget.rect().center())
        QApplication.processEvents()
        settle(self.qtbot, self.roadbook)


def _way_to(step: QAction, action: QAction) -> Iterator[QAction]:
    """Yield the menu entries from one down to an action; nothing where it does not lead there."""
    if step is action:
        yield step
        return
    menu = step.menu()
    if isinstance(menu, QMenu):
        for inside in menu.actions():
            way = list(_way_to(inside, action))
            if way:
                yield step
                yield from way
                return


def _cells(view: QAbstractItemView, parent: QModelIndex) -> Iterator[QModelIndex]:
    model = view.model()
    columns = 1 if isinstance(view, QListView) else model.columnCount(parent)
    for row in range(model.rowCount(parent)):
        for column in range(columns):
            index = model.index(row, column, parent)
            yield index
            if column == 0 and not isinstance(view, QListView):
                yield from _cells(view, index)
