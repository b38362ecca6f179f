"""How a row to choose is painted: an icon, a title, a quieter line under it, a shortcut at the right."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui import assets, theme
from ui.surroundings import Surroundings
from ui.widgets.choices import CHOICE_ROLE, Choice

Index = QModelIndex | QPersistentModelIndex


class ChoiceRows(QStyledItemDelegate):
    """Paints the rows."""

    def __init__(self, surroundings: Surroundings, parent: QWidget) -> None:
        super().__init__(parent)
        self._surroundings = surroundings

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return the height of two lines."""
        font = self._surroundings.font
        lines = QFontMetrics(font).height() + QFontMetrics(theme.font_of("caption", font)).height()
        return QSize(200, lines + 2 * theme.SPACE_S)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        choice: Choice = index.data(CHOICE_ROLE)
        tokens, font = self._surroundings.tokens, self._surroundings.font
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if selected:
            painter.fillRect(option.rect, QColor(tokens.selection))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(tokens.focus), 2))
            painter.drawRect(option.rect.adjusted(1, 1, -1, -1))
        inside = option.rect.adjusted(theme.SPACE_M, theme.SPACE_S, -theme.SPACE_M, -theme.SPACE_S)
        strong = QColor(tokens.selection_text if selected else tokens.text)
        quiet = QColor(tokens.selection_text if selected else tokens.text_muted)
        top = inside.center().y() - theme.ICON_SIZE // 2
        painter.drawPixmap(inside.left(), top, assets.picture(choice.icon, quiet.name(), theme.ICON_SIZE))
        caption = theme.font_of("caption", font)
        keys_width = QFontMetrics(caption).horizontalAdvance(choice.keys) if choice.keys else 0
        left = inside.left() + theme.ICON_SIZE + theme.SPACE_M
        width = inside.right() - left - keys_width - (theme.SPACE_M if keys_width else 0)
        height = QFontMetrics(font).height()
        _draw(painter, QRect(left, inside.top(), width, height), choice.title, font, strong)
        rest = QRect(left, inside.top() + height, width, inside.height() - height)
        _draw(painter, rest, choice.line, caption, quiet)
        if choice.keys:
            painter.setFont(caption)
            painter.setPen(quiet)
            painter.drawText(inside, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, choice.keys)
        painter.restore()


def _draw(painter: QPainter, place: QRect, text: str, font: QFont, colour: QColor) -> None:
    painter.setFont(font)
    painter.setPen(colour)
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, Qt.AlignmentFlag.AlignLeft.value | Qt.TextFlag.TextSingleLine.value, shown)
