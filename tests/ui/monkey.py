"""A seeded monkey: presses keys, clicks, drags, triggers actions and answers dialogs at random, reproducibly.

What it does is a function of its seed and of what is on the screen. It does at once what it has not done before, counts
which actions were possible and which it carried out, and keeps the last things it did, to be told when something breaks.
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from planner.language import Language
from ui.composition import Roadbook
from ui.pages.kinds import PAGES

_KEYS = (
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_Escape,
    Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Space, Qt.Key.Key_Delete, Qt.Key.Key_F2, Qt.Key.Key_Home,
    Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_1, Qt.Key.Key_5, Qt.Key.Key_A, Qt.Key.Key_N,
    Qt.Key.Key_Plus, Qt.Key.Key_Minus,
)  # fmt: skip
_MODIFIERS = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier,
)
_CLOSE_MILLISECONDS = 60
_TEXTS = ("Équipe", "=1+1", "<b>x</b>", "3", "0,5", "$$", "12 h", "\N{GRINNING FACE}")
_LEAVES = frozenset({"quit", "new-window", "close", "open", "new", "new-like", "recover", "demo", "full-screen"})
"""Actions that take another document or leave: their questions are asked and answered with no."""

_LEFT_ALONE = frozenset({"quit", "new-window", "demo"})


class Monkey:
    """One monkey at one window."""

    def __init__(self, roadbook: Roadbook, *, seed: int, files: tuple[Path, ...], target: Path) -> None:
        self.roadbook = roadbook
        self._draw = random.Random(seed)
        self._files = files
        self._target = target
        self._count = 0
        self.possible: set[str] = set()
        self.reached: set[str] = set()
        self.done: deque[str] = deque(maxlen=25)
        # A menu opened by a button runs a loop of its own, in which no step of ours is taken: this closes it.
        self._closer = QTimer(roadbook)
        self._closer.setInterval(_CLOSE_MILLISECONDS)
        self._closer.timeout.connect(self._break_out)
        self._closer.start()

    def step(self) -> None:
        """Do one thing."""
        popup = QApplication.activePopupWidget()
        dialog = next((one for one in self.roadbook.window.findChildren(QDialog) if one.isVisible()), None)
        if popup is not None:
            self._answer_popup(popup)
        elif dialog is not None and self._draw.random() < 0.6:
            self._answer(dialog)
        elif self._fresh():
            self._act()
        else:
            ways: tuple[tuple[Callable[[], None], int], ...] = (
                (self._act, 10),
                (self._press_key, 8),
                (self._type, 2),
                (self._click, 8),
                (self._drag, 2),
                (self._turn_page, 8 if self.possible - self.reached - _LEFT_ALONE else 2),
                (self._change_looks, 1),
            )
            (way,) = self._draw.choices([way for way, _weight in ways], [weight for _way, weight in ways])
            way()
        QApplication.processEvents()

    def _break_out(self) -> None:
        popup, modal = QApplication.activePopupWidget(), QApplication.activeModalWidget()
        if isinstance(popup, QMenu):
            popup.close()
        elif isinstance(modal, QMessageBox):
            modal.reject()

    def _act(self) -> None:
        chosen = self._draw.choice(self._fresh() or self._enabled())
        self.reached.add(chosen)
        self.done.append(f"action {chosen}")
        self.roadbook.actions[chosen].trigger()

    def _enabled(self) -> list[str]:
        actions = self.roadbook.actions
        enabled = sorted(kind.id for kind in actions.kinds() if actions[kind.id].isEnabled())
        self.possible.update(enabled)
        return [one for one in enabled if one not in _LEFT_ALONE]

    def _fresh(self) -> list[str]:
        """Return what is possible now and was not done yet."""
        return [one for one in self._enabled() if one not in self.reached]

    def _press_key(self) -> None:
        widget = QApplication.focusWidget() or self.roadbook.window
        key, modifiers = self._draw.choice(_KEYS), self._draw.choice(_MODIFIERS)
        self.done.append(f"key {key.name} {modifiers} on {_name(widget)}")
        QTest.keyClick(widget, key, modifiers)

    def _type(self) -> None:
        widget = QApplication.focusWidget()
        if isinstance(widget, QLineEdit):
            text = self._draw.choice(_TEXTS)
            self.done.append(f"type {text!r} into {_name(widget)}")
            widget.insert(text)

    def _click(self) -> None:
        target = self._place()
        if target is not None:
            widget, place = target
            button = self._draw.choices([Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton], [6, 1])[0]
            self.done.append(f"click {button.name} at {place.toTuple()} on {_name(widget)}")
            if button is Qt.MouseButton.LeftButton and self._draw.random() < 0.25:
                QTest.mouseDClick(widget, button, pos=place)
            else:
                QTest.mouseClick(widget, button, self._draw.choice(_MODIFIERS[:5]), place)

    def _drag(self) -> None:
        target = self._place()
        if target is not None:
            widget, place = target
            away = QPoint(self._draw.randint(-150, 150), self._draw.randint(-80, 80))
            self.done.append(f"drag from {place.toTuple()} by {away.toTuple()} on {_name(widget)}")
            if _begins_system_drag(widget):
                return
            QTest.mousePress(widget, Qt.MouseButton.LeftButton, pos=place)
            QTest.mouseMove(widget, place + away / 2)
            QTest.mouseMove(widget, place + away)
            QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, pos=place + away)

    def _turn_page(self) -> None:
        if self.roadbook.opened is not None:
            wanted = {self.roadbook.actions.kind(one).page for one in self.possible - self.reached} - {""}
            page = self._draw.choice(sorted(wanted) or [kind.id for kind in PAGES])
            self.done.append(f"page {page}")
            self.roadbook.show_page(page)

    def _change_looks(self) -> None:
        surroundings = self.roadbook._surroundings
        if self._draw.random() < 0.85:
            code = self._draw.choice(("en", "fr"))
            self.done.append(f"language {code}")
            surroundings.set_language(Language(code))
        else:
            theme = self._draw.choice(("light", "dark", "high-contrast"))
            self.done.append(f"theme {theme}")
            surroundings.set_theme(theme)

    def _place(self) -> tuple[QWidget, QPoint] | None:
        """Return a widget under some point of the page or the inspector, and the point in it."""
        page = self.roadbook.window.pages.currentWidget()
        root = self.roadbook.window.centralWidget() if self._draw.random() < 0.3 else page
        if root.width() < 4 or root.height() < 4:
            return None
        place = QPoint(self._draw.randrange(root.width()), self._draw.randrange(root.height()))
        widget = root.childAt(place) or root
        parent = widget.parentWidget()
        if isinstance(parent, QAbstractScrollArea) and widget is not parent.viewport():
            widget = parent
        return (widget, widget.mapFrom(root, place)) if widget.isEnabled() else None

    def _answer_popup(self, popup: QWidget) -> None:
        self.done.append(f"popup {_name(popup)}")
        if isinstance(popup, QMenu):
            popup.close()
        elif self._draw.random() < 0.5:
            QTest.keyClick(popup, Qt.Key.Key_Escape)
            popup.close()
        else:
            QTest.keyClick(QApplication.focusWidget() or popup, self._draw.choice(_KEYS[:6]))
            if popup.isVisible() and self._draw.random() < 0.5:
                popup.close()

    def _answer(self, dialog: QDialog) -> None:
        if isinstance(dialog, QFileDialog):
            self._answer_file(dialog)
            return
        buttons = [one for one in dialog.findChildren(QAbstractButton) if one.isVisibleTo(dialog) and one.isEnabled()]
        if not buttons or self._draw.random() < 0.3:
            self.done.append(f"reject {_name(dialog)}")
            dialog.reject()
        else:
            button = self._draw.choice(buttons)
            self.done.append(f"button {button.text()!r} of {_name(dialog)}")
            button.click()

    def _answer_file(self, dialog: QFileDialog) -> None:
        leaves = self.done and any(word in " ".join(list(self.done)[-3:]) for word in _LEAVES)
        if leaves or self._draw.random() < 0.5:
            self.done.append("file: none")
            dialog.reject()
            return
        self._count += 1
        if dialog.acceptMode() == QFileDialog.AcceptMode.AcceptSave:
            suffix = dialog.defaultSuffix() or "out"
            path = self._target / f"{self._count}.{suffix.lstrip('.')}"
        else:
            path = self._draw.choice(self._files)
        self.done.append(f"file: {path.name}")
        if dialog.fileMode() == QFileDialog.FileMode.ExistingFiles:
            dialog.filesSelected.emit([str(path)])
        else:
            dialog.fileSelected.emit(str(path))
        dialog.done(QDialog.DialogCode.Accepted)


def _begins_system_drag(widget: QWidget) -> bool:
    """Tell whether dragging here hands over to the system, which waits for a mouse that a test does not have."""
    parent = widget.parentWidget()
    view = next((one for one in (widget, parent) if isinstance(one, QAbstractItemView)), None)
    if view is not None:
        return view.dragEnabled()
    texts = QAbstractButton | QComboBox | QLineEdit | QPlainTextEdit | QTextEdit | QAbstractSpinBox | QLabel
    return isinstance(widget, texts) or isinstance(parent, texts)


def _name(widget: QWidget) -> str:
    return f"{type(widget).__name__}({widget.accessibleName() or widget.objectName()})"
