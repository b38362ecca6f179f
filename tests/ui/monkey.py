"""A seeded monkey: presses keys, clicks, drags, triggers actions and answers dialogs at random, reproducibly.

What it does is a function of its seed and of what is on the screen. It does at once what it has not done before, counts
which actions were possible and which it carried out, and keeps the last things it did, to be told when something breaks.
"""

from __future__ import annotations

import random
from collections import Counter, deque
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt, QTimer
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

from ui.composition import Roadbook
from ui.pages.kinds import PAGES

_KEYS = (
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_Escape,
    Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Space, Qt.Key.Key_Delete, Qt.Key.Key_F2, Qt.Key.Key_Home,
    Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_1, Qt.Key.Key_5, Qt.Key.Key_A, Qt.Key.Key_N,
    Qt.Key.Key_Plus, Qt.Key.Key_Minus,
)  # fmt: skip
_ARROWS = _KEYS[:4]
_MODIFIERS = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier,
)
_CLOSE_MILLISECONDS = 60
_TAKES_BACK = 0.1
_TEXTS = ("Équipe", "=1+1", "<b>x</b>", "3", "0,5", "$$", "12 h", "\N{GRINNING FACE}")
_LEAVES = frozenset({"quit", "new-window", "close", "open", "new", "new-like", "recover", "demo", "full-screen"})
"""Actions that take another document or leave: their questions are asked and answered with no."""

_LEFT_ALONE = frozenset({"quit", "new-window", "demo"})


class Monkey:
    """One monkey at one window."""

    def __init__(self, roadbook: Roadbook, *, seed: int, files: tuple[Path, ...], target: Path) -> None:
        """Begin at `roadbook` with its document; `files` are there to be opened and imported, `target` to write to."""
        self.roadbook = roadbook
        self._home = roadbook.opened.document.path
        self._draw = random.Random(seed)
        self._files = files
        self._target = target
        self._count = 0
        self.possible: Counter[str] = Counter()
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
        dialog = next(
            (one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()), None
        )
        if popup is not None:
            self._answer_popup(popup)
        elif dialog is not None and self._draw.random() < 0.6:
            self._answer(dialog)
        elif any(one not in self.reached for one in self._enabled()):
            self._act()
        else:
            ways: tuple[tuple[Callable[[], None], int], ...] = (
                (self._act, 10),
                (self._press_key, 8),
                (self._type, 2),
                (self._click, 8),
                (self._drag, 2),
                (self._turn_page, 2),
                (self._seek, 16 if self.missed() else 0),
                (self._come_home, 0 if self.roadbook.opened else 8),
            )
            (way,) = self._draw.choices([way for way, _weight in ways], [weight for _way, weight in ways])
            way()
        QApplication.processEvents()
        # A program's own loop ends what is to be deleted. Left until the loop of some question of Qt's, a dialog would
        # end below that question, which stands on the stack.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def missed(self) -> list[str]:
        """Return what was possible once and was never done."""
        return sorted(set(self.possible) - self.reached - _LEFT_ALONE)

    def _break_out(self) -> None:
        popup, modal = QApplication.activePopupWidget(), QApplication.activeModalWidget()
        if isinstance(popup, QMenu):
            popup.close()
        elif isinstance(modal, QMessageBox):
            modal.reject()

    def _act(self) -> None:
        enabled = self._enabled()
        fresh = [one for one in enabled if one not in self.reached]
        # What was possible least often is taken first: something else might end what makes it possible.
        rarest = min((self.possible[one] for one in fresh), default=0)
        # Other colours or words take hundreds of times as long as most of the rest, and are soon tried enough.
        calm = [one for one in enabled if not one.startswith(("colours-", "language-"))]
        often = calm if calm and self._draw.random() < 0.9 else enabled
        chosen = self._draw.choice([one for one in fresh if self.possible[one] == rarest] or often)
        self.reached.add(chosen)
        self.done.append(f"action {chosen}")
        self.roadbook.actions[chosen].trigger()

    def _enabled(self) -> list[str]:
        actions = self.roadbook.actions
        enabled = sorted(kind.id for kind in actions.kinds() if actions[kind.id].isEnabled())
        self.possible.update(enabled)
        return [one for one in enabled if one not in _LEFT_ALONE]

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
            self._show(self._draw.choice([kind.id for kind in PAGES]))

    def _show(self, page_id: str) -> None:
        self.done.append(f"page {page_id}")
        self.roadbook.show_page(page_id)

    def _seek(self) -> None:
        """Look for something missed where it lives: on its page, in one of its views, on some row or place.

        Something else done there may make it possible. What it needs may have been removed meanwhile: some steps
        taken back bring it back.
        """
        if self.roadbook.actions["undo"].isEnabled() and self._draw.random() < _TAKES_BACK:
            self.done.append("action undo, many times")
            for _ in range(self._draw.randint(2, 20)):
                self.roadbook.actions["undo"].trigger()
        page_id = self.roadbook.actions.kind(self._draw.choice(self.missed())).page
        if page_id and self.roadbook.opened is not None:
            self._show(page_id)
            own = [one for one in self._enabled() if one.startswith(f"{page_id}.")]
            views = [one for one in own if ".show-" in one]
            for one in (self._draw.choice(some) for some in (views, own) if some):
                self.done.append(f"action {one}")
                self.roadbook.actions[one].trigger()
        page = self.roadbook.window.pages.currentWidget()
        areas = [one for one in page.findChildren(QAbstractScrollArea) if one.isVisible() and one.isEnabled()]
        if areas:
            area = self._draw.choice(areas)
            place = QPoint(self._draw.randrange(area.width() + 1), self._draw.randrange(area.height() + 1))
            self.done.append(f"seek at {place.toTuple()} on {_name(area)}")
            QTest.mouseClick(area.viewport(), Qt.MouseButton.LeftButton, pos=place)
            QTest.keyClick(area, self._draw.choice(_ARROWS))

    def _come_home(self) -> None:
        """Open the document again: nearly everything there is to do needs one."""
        if not self.roadbook.files.busy:
            self.done.append("come home")
            self.roadbook.files.open(self._home)

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
