"""One page of the guide as it is read: our Markdown in the sizes, the room and the colours of the theme.

It loads nothing from anywhere and follows no link by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QUrl
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QTextEdit, QWidget

from ui import theme
from ui.help import topics
from ui.surroundings import Surroundings

_ROLES: Final = ("title", "heading", "strong")
"""The role in the type scale of a heading of each level."""


class GuideText(QTextBrowser):
    """Shows one page, from one heading on."""

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.document().setDocumentMargin(theme.SPACE_XL)

    def loadResource(self, _kind: int, _name: QUrl | str) -> None:
        """Load nothing: the guide is text."""

    def show_page(self, topic: str, *, heading: str = "", marked: str = "") -> None:
        """Show a page from a heading on, from its beginning without one, with the words of `marked` marked."""
        self.setMarkdown(topics.markdown(topic, self._surroundings.language))
        self._dress()
        self._mark(marked)
        self._scroll_to(heading)

    def headings(self) -> tuple[str, ...]:
        """Return the headings of the page shown."""
        return tuple(block.text() for block in self._blocks() if block.blockFormat().headingLevel())

    def _blocks(self) -> list[QTextBlock]:
        blocks, block = [], self.document().begin()
        while block.isValid():
            blocks.append(block)
            block = block.next()
        return blocks

    def _dress(self) -> None:
        self.document().setDefaultFont(self._surroundings.font)
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for block in self._blocks():
            self._dress_block(block)
        cursor.endEditBlock()
        for frame in self.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                self._dress_table(frame)

    def _dress_block(self, block: QTextBlock) -> None:
        tokens, font = self._surroundings.tokens, self._surroundings.font
        level = block.blockFormat().headingLevel()
        cursor = QTextCursor(block)
        room = QTextBlockFormat()
        room.setLineHeight(125, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if cursor.currentTable() is None:
            after_list = block.previous().textList() is not None and block.textList() is None
            above = theme.SPACE_L if level else theme.SPACE_S if after_list else 0
            room.setTopMargin(above if block.previous().isValid() else 0)
            room.setBottomMargin(theme.SPACE_XS if block.textList() is not None else theme.SPACE_S)
        cursor.mergeBlockFormat(room)
        if level:
            looks = QTextCharFormat()
            role = _ROLES[min(level, len(_ROLES)) - 1]
            looks.setFontPointSize(theme.font_of(role, font).pointSizeF())
            looks.setFontWeight(QFont.Weight.DemiBold)
            _lay_over(block, looks, lambda _looks: True)
        code = QTextCharFormat()
        code.setBackground(QColor(tokens.sunken))
        _lay_over(block, code, lambda looks: looks.fontFixedPitch() and not looks.isAnchor())
        link = QTextCharFormat()
        link.setForeground(QColor(tokens.accent))
        _lay_over(block, link, lambda looks: looks.isAnchor())

    def _dress_table(self, table: QTextTable) -> None:
        looks = table.format().toTableFormat()
        looks.setBorder(1)
        looks.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        looks.setBorderBrush(QBrush(QColor(self._surroundings.tokens.border)))
        looks.setBorderCollapse(True)
        looks.setCellPadding(theme.SPACE_S)
        looks.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        looks.setTopMargin(theme.SPACE_S)
        looks.setBottomMargin(theme.SPACE_M)
        table.setFormat(looks)

    def _mark(self, words: str) -> None:
        looks = QTextCharFormat()
        looks.setBackground(QColor(self._surroundings.tokens.selection))
        looks.setForeground(QColor(self._surroundings.tokens.selection_text))
        marks = []
        for word in words.split():
            found = self.document().find(word, 0, QTextDocument.FindFlag(0))
            while not found.isNull():
                mark = QTextEdit.ExtraSelection()
                mark.cursor = found
                mark.format = looks
                marks.append(mark)
                found = self.document().find(word, found, QTextDocument.FindFlag(0))
        self.setExtraSelections(marks)

    def _scroll_to(self, heading: str) -> None:
        block = next(
            (one for one in self._blocks() if one.blockFormat().headingLevel() and one.text() == heading),
            self.document().begin(),
        )
        self.setTextCursor(QTextCursor(block))
        top = self.document().documentLayout().blockBoundingRect(block).top()
        self.verticalScrollBar().setValue(round(top) - theme.SPACE_M if block.previous().isValid() else 0)


def _lay_over(block: QTextBlock, looks: QTextCharFormat, belongs: Callable[[QTextCharFormat], bool]) -> None:
    """Lay `looks` over the pieces of a block whose own looks belong."""
    pieces, walk = [], block.begin()
    while not walk.atEnd():
        piece = walk.fragment()
        if belongs(piece.charFormat()):
            laid = QTextCharFormat(piece.charFormat())
            laid.merge(looks)
            if looks.hasProperty(QTextCharFormat.Property.FontPointSize.value):
                # What Markdown says of a heading's size, relative to the text, would win over ours.
                laid.clearProperty(QTextCharFormat.Property.FontSizeAdjustment.value)
            pieces.append((piece.position(), piece.position() + piece.length(), laid))
        walk += 1
    for begin, end, laid in pieces:
        cursor = QTextCursor(block)
        cursor.setPosition(begin)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(laid)
