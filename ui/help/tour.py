"""The first-run tour: a small callout that points at the real parts of the window, one after the other.

It never takes the keyboard and holds nothing up: Escape, its close button or a click anywhere else ends it, and that
click still does what it does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from planner.language import N_
from ui import assets, theme
from ui.surroundings import Surroundings
from ui.widgets.text import PlainLabel

WIDTH: Final = 380
_RING: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class TourStep:
    """One stop; `place` gives what is pointed at, in the window's pixels, or None where it is not there."""

    title: str
    text: str
    place: Callable[[], QRect | None]


class Tour(QObject):
    """One tour under way in one window; `left` once when it is over."""

    left = Signal()

    def __init__(self, surroundings: Surroundings, window: QWidget, steps: tuple[TourStep, ...]) -> None:
        super().__init__(window)
        self._surroundings = surroundings
        self._window = window
        self._steps = steps
        self._at = 0
        self._screen = window.windowHandle()
        self._ring = _Ring(surroundings, window)
        self.callout = Callout(surroundings, window)
        self.callout.back.clicked.connect(lambda: self.go(-1))
        self.callout.next.clicked.connect(lambda: self.go(1))
        self.callout.leave.clicked.connect(self.leave)
        self.callout.close_button.clicked.connect(self.leave)
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), window, self.leave)
        window.installEventFilter(self)
        self._screen.installEventFilter(self)
        surroundings.language_changed.connect(self._show)
        surroundings.theme_changed.connect(self._show)
        self._show()

    def standing(self) -> tuple[TourStep, ...]:
        """Return the steps whose part of the window is there now."""
        return tuple(step for step in self._steps if step.place() is not None)

    def go(self, steps: int) -> None:
        """Go on, or back; past the last step the tour is over."""
        self._at = max(0, self._at + steps)
        if self._at >= len(self.standing()):
            self.leave()
        else:
            self._show()

    def leave(self) -> None:
        """End the tour and take away all that belongs to it."""
        self._window.removeEventFilter(self)
        self._screen.removeEventFilter(self)
        self._surroundings.language_changed.disconnect(self._show)
        self._surroundings.theme_changed.disconnect(self._show)
        for part in (self._ring, self.callout):
            part.hide()
            part.deleteLater()
        self._escape.setEnabled(False)
        self._escape.deleteLater()
        self.left.emit()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size, and end at a click elsewhere without taking it away."""
        if watched is self._window and event.type() in {QEvent.Type.Resize, QEvent.Type.LayoutRequest}:
            self._place()
        elif event.type() == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            at = event.position().toPoint()
            if watched is self._screen and not self.callout.geometry().contains(at):
                self.leave()
        return False

    def _show(self) -> None:
        standing = self.standing()
        if not standing:
            self.leave()
            return
        self._at = min(self._at, len(standing) - 1)
        self.callout.show_step(standing[self._at], at=self._at, of=len(standing))
        self._place()

    def _place(self) -> None:
        standing = self.standing()
        area = standing[self._at].place() if self._at < len(standing) else None
        if area is None:
            self._show()
            return
        self._ring.setGeometry(area.adjusted(-_RING, -_RING, _RING, _RING).intersected(self._window.rect()))
        self.callout.fit()
        self.callout.move(beside(area, self.callout.size(), self._window.rect()))
        for part in (self._ring, self.callout):
            part.show()
            part.raise_()


def beside(area: QRect, size: QSize, room: QRect) -> QPoint:
    """Return where a callout of `size` stands inside `room` without covering `area`, where there is room for it."""
    gap, width, height = theme.SPACE_M, size.width(), size.height()
    across, down = area.center().x() - width // 2, area.top()
    spots = (
        QPoint(area.right() + gap, down),
        QPoint(area.left() - gap - width, down),
        QPoint(across, area.bottom() + gap),
        QPoint(across, area.top() - gap - height),
    )
    kept = [_inside(QRect(spot, size), room) for spot in spots]
    free = next((one for one in kept if not one.intersects(area)), kept[0])
    return free.topLeft()


def _inside(rectangle: QRect, room: QRect) -> QRect:
    """Return a rectangle moved into the room there is."""
    edge = theme.SPACE_S
    left = max(room.left() + edge, min(rectangle.left(), room.right() - edge - rectangle.width()))
    top = max(room.top() + edge, min(rectangle.top(), room.bottom() - edge - rectangle.height()))
    return QRect(QPoint(left, top), rectangle.size())


class Callout(QFrame):
    """What a step says, where it stands in the tour, and the ways on, back and out."""

    def __init__(self, surroundings: Surroundings, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("callout")
        self._surroundings = surroundings
        self._title = PlainLabel(role="heading", wraps=True)
        self._text = PlainLabel(wraps=True)
        self._count = PlainLabel(role="caption")
        self._dots = _Dots(surroundings)
        self.close_button = QToolButton()
        self.leave, self.back, self.next = QPushButton(), QPushButton(), QPushButton()
        self.next.setProperty("role", "primary")
        for button in (self.close_button, self.leave, self.back, self.next):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            if isinstance(button, QPushButton):
                button.setAutoDefault(True)
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        progress = QVBoxLayout()
        progress.setSpacing(theme.SPACE_XS)
        progress.addWidget(self._count)
        progress.addWidget(self._dots)
        foot.addLayout(progress)
        foot.addStretch(1)
        for button in (self.leave, self.back, self.next):
            foot.addWidget(button)
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(theme.SPACE_L, theme.SPACE_M, theme.SPACE_L, theme.SPACE_L)
        self._inside.setSpacing(theme.SPACE_S)
        self._inside.addLayout(head)
        self._inside.addWidget(self._text)
        self._inside.addSpacing(theme.SPACE_XS)
        self._inside.addLayout(foot)

    @property
    def title(self) -> str:
        """The heading of the step shown."""
        return self._title.text()

    @property
    def count(self) -> str:
        """Where the step stands in the tour, in words."""
        return self._count.text()

    def show_step(self, step: TourStep, *, at: int, of: int) -> None:
        """Say a step, the `at`-th (from 0) of so many."""
        language = self._surroundings.language
        self._title.setText(language.gettext(step.title))
        self._text.setText(language.gettext(step.text))
        self._count.setText(language.gettext(N_("Step {number} of {count}")).format(number=at + 1, count=of))
        self._dots.show_progress(at, of)
        self.back.setEnabled(at > 0)
        self.close_button.setIcon(assets.icon("close", self._surroundings.tokens))
        self.close_button.setToolTip(language.gettext(N_("Leave the tour")))
        last = N_("Got it") if at == of - 1 else N_("Next")
        for button, words in ((self.leave, N_("Leave")), (self.back, N_("Back")), (self.next, last)):
            button.setText(language.gettext(words))
            button.setAccessibleName(button.text())
        self.close_button.setAccessibleName(self.close_button.toolTip())
        self.setAccessibleName(self._title.text())
        self.setAccessibleDescription(f"{self._text.text()} {self.count}")

    def fit(self) -> None:
        """Be as wide as the callout is and as high as its words need."""
        self._inside.activate()
        width = max(WIDTH, self._inside.minimumSize().width())
        self.resize(width, self._inside.totalHeightForWidth(width))


class _Dots(QWidget):
    """A dot a step; those done and the present one filled."""

    def __init__(self, surroundings: Surroundings) -> None:
        super().__init__()
        self._surroundings = surroundings
        self._at, self._of = 0, 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_progress(self, at: int, of: int) -> None:
        """Show the `at`-th dot (from 0) of so many."""
        self._at, self._of = at, of
        self.setFixedSize(of * theme.SPACE_S, theme.SPACE_S)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the dots."""
        tokens = self._surroundings.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for dot in range(self._of):
            painter.setPen(QColor(tokens.accent if dot <= self._at else tokens.border_strong))
            painter.setBrush(QColor(tokens.accent if dot <= self._at else tokens.raised))
            painter.drawEllipse(QRectF(dot * theme.SPACE_S + 1, 1, theme.SPACE_XS + 1, theme.SPACE_XS + 1))


class _Ring(QWidget):
    """A line around what is pointed at; the mouse goes through it."""

    def __init__(self, surroundings: Surroundings, parent: QWidget) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._surroundings.tokens.accent), _RING))
        inside = QRectF(self.rect()).adjusted(_RING / 2, _RING / 2, -_RING / 2, -_RING / 2)
        painter.drawRoundedRect(inside, theme.RADIUS, theme.RADIUS)
