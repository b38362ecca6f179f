"""A tip beside the pointer that shows plain text: a heading and lines under it, whatever signs they hold."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.text import PlainLabel

_WIDEST = 420
_OFFSET = QPoint(14, 18)


class Tip(QFrame):
    """One tip, moved and reworded as the pointer moves."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("tip")
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._heading = PlainLabel(role="strong", wraps=True)
        self._lines = PlainLabel(role="muted", wraps=True)
        layout = self._inside = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_M, theme.SPACE_S, theme.SPACE_M, theme.SPACE_S)
        layout.setSpacing(theme.SPACE_XS)
        layout.addWidget(self._heading)
        layout.addWidget(self._lines)

    @property
    def text(self) -> str:
        """What the tip says, a line each."""
        return f"{self._heading.text()}\n{self._lines.text()}"

    def show_at(self, where: QPoint, heading: str, lines: tuple[str, ...]) -> None:
        """Show a heading and lines near a point of the screen, kept inside it."""
        self._heading.setText(heading)
        self._lines.setText("\n".join(lines))
        self._lines.setVisible(bool(lines))
        for part in (self, self._heading, self._lines):
            part.ensurePolished()  # or it would be measured in another type than it is shown in
        metrics = self.fontMetrics()
        widest = max(metrics.horizontalAdvance(line) for line in (heading + "  ", *lines)) + 2 * theme.SPACE_M + 4
        self.setFixedWidth(min(_WIDEST, widest))
        self._inside.invalidate()
        self.setFixedHeight(self._inside.heightForWidth(self.width()) + 2 * self.frameWidth())
        place = where + _OFFSET
        screen = QGuiApplication.screenAt(where)
        if screen is not None:
            room = screen.availableGeometry()
            if place.x() + self.width() > room.right():
                place.setX(where.x() - self.width() - _OFFSET.x())
            if place.y() + self.height() > room.bottom():
                place.setY(where.y() - self.height() - _OFFSET.y())
        self.move(place)
        self.show()
