"""What must hold of every widget: plain text, names for those who cannot see, keys that reach, room for the words.

Words of our catalogues must fit wherever they stand; what a person typed may end in dots.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from babel.messages.pofile import read_po
from PySide6 import QtGui
from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics, QTextDocumentFragment
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QDialog,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QProgressBar,
    QRadioButton,
    QScrollArea,
    QScrollBar,
    QStyle,
    QStyleOptionComboBox,
    QStyleOptionFrame,
    QTabBar,
    QTableView,
    QTextBrowser,
    QTextEdit,
    QToolButton,
    QTreeView,
    QWidget,
)

import resources
from ui import theme
from ui.actions import plain_tip, plain_words
from ui.widgets.choices import CHOICE_ROLE, Choice
from ui.widgets.text import ElidedLabel

Room = tuple[str, int, int]
"""A text, the pixels it needs, the pixels it has."""

CONTROLS = (QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QProgressBar, QTabBar,
             QTextEdit)  # fmt: skip
SMALLEST = (1280, 720)


def parts(root: QWidget) -> list[QWidget]:
    """Return what is seen of a window, without the parts Qt itself makes inside its controls."""
    return [
        one for one in root.findChildren(QWidget) if one.isVisibleTo(root) and not one.objectName().startswith("qt_")
    ]


def read_as_html(part: QWidget) -> str:
    """Tell of a label, a tip or a text that could read what it is given as HTML."""
    if isinstance(part, QLabel) and part.textFormat() is not Qt.TextFormat.PlainText:
        return f"may read as HTML: {part.text()!r}"
    if isinstance(part, QTextEdit) and not isinstance(part, QTextBrowser) and part.acceptRichText():
        return f"takes HTML: {part.accessibleName()!r}"
    for tip in (part.toolTip(), part.whatsThis(), part.statusTip()):
        if QtGui.Qt.mightBeRichText(tip) and plain_tip(QTextDocumentFragment.fromHtml(tip).toPlainText()) != tip:
            return f"has a tip that may read as HTML: {tip!r}"
    return ""


def nameless(part: QWidget) -> str:
    """Tell of a control that those who cannot see hear no name of."""
    control = isinstance(part, CONTROLS) or part.focusPolicy() & Qt.FocusPolicy.TabFocus
    if not control or part.focusProxy() or isinstance(part, QHeaderView | QScrollBar) or is_made_by_qt(part):
        return ""
    return "" if part.accessibleName() else f"has no accessible name: {part}"


def out_of_reach(part: QWidget) -> str:
    """Tell of a control the keys cannot reach, or cannot leave."""
    if is_made_by_qt(part) or isinstance(part, QHeaderView):
        return ""
    if isinstance(part, QPlainTextEdit | QTextEdit) and not part.tabChangesFocus() and not part.isReadOnly():
        return f"keeps the Tab key: {part.accessibleName()}"
    if isinstance(part, QAbstractItemView) and part.tabKeyNavigation():
        return f"keeps the Tab key: {part.accessibleName()}"
    if isinstance(part, QProgressBar) or not isinstance(part, CONTROLS) or _has_nothing_to_stop_at(part):
        return ""
    if part.focusPolicy() & Qt.FocusPolicy.TabFocus or _is_led_by_a_line(part) or _is_led_by_its_group(part):
        return ""
    return f"cannot be reached by Tab: {part.accessibleName()}"


def _has_nothing_to_stop_at(part: QWidget) -> bool:
    """Tell of a list that only says there is nothing in it."""
    if not isinstance(part, QListView):
        return False
    model = part.model()
    return not any(model.flags(model.index(row, 0)) & Qt.ItemFlag.ItemIsEnabled for row in range(model.rowCount()))


def _is_led_by_a_line(part: QWidget) -> bool:
    """Tell of the line inside a field, and of a list whose keys are pressed in the line above it."""
    if isinstance(part, QLineEdit):
        return isinstance(part.parent(), QAbstractSpinBox | QComboBox)
    holder = part.parentWidget()
    return isinstance(part, QAbstractItemView) and holder is not None and bool(holder.findChildren(QLineEdit))


def _is_led_by_its_group(part: QWidget) -> bool:
    """Tell of one of several that exclude each other: Tab comes to the one chosen, the arrows to the others."""
    group = part.group() if isinstance(part, QAbstractButton) else None
    if group is None or not group.exclusive():
        return False
    return any(button.focusPolicy() & Qt.FocusPolicy.TabFocus for button in group.buttons())


def cut(part: QWidget) -> str:
    """Tell of a text that does not fit its box."""
    return next(
        (
            f"is cut: {text!r} ({needed} in {room} pixels)"
            for text, needed, room in rooms(part)
            if needed > room + _SLACK
        ),
        "",
    )


def rooms(part: QWidget) -> Iterator[Room]:
    """Yield each text a part shows with the pixels it needs and has."""
    for kind, measure in _MEASURES:
        if isinstance(part, kind):
            yield from measure(part)
            return


def _of_label(label: QLabel) -> Iterator[Room]:
    metrics, text = label.fontMetrics(), label.text()
    if text and label.wordWrap():
        yield text, label.heightForWidth(label.width()), label.height()
    elif text:
        yield text, metrics.boundingRect(text).height() - metrics.descent(), label.height()
        if not isinstance(label, ElidedLabel) or text in our_words():
            yield text, metrics.horizontalAdvance(text), label.width()


def _of_button(button: QAbstractButton) -> Iterator[Room]:
    style = button.toolButtonStyle() if isinstance(button, QToolButton) else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
    if not button.text() or style == Qt.ToolButtonStyle.ToolButtonIconOnly:
        return
    needed = button.fontMetrics().horizontalAdvance(plain_words(button.text())) + 2 * theme.SPACE_XS
    if not button.icon().isNull() and style != Qt.ToolButtonStyle.ToolButtonTextUnderIcon:
        needed += button.iconSize().width() + 4
    if isinstance(button, QCheckBox | QRadioButton):
        needed = button.sizeHint().width()
    yield button.text(), needed, button.width()


def _of_group(group: QGroupBox) -> Iterator[Room]:
    yield group.title(), group.fontMetrics().horizontalAdvance(group.title()), group.width()


def _of_tabs(tabs: QTabBar) -> Iterator[Room]:
    for at in range(tabs.count()):
        yield tabs.tabText(at), tabs.fontMetrics().horizontalAdvance(tabs.tabText(at)), tabs.tabRect(at).width()


def _of_choices(box: QComboBox) -> Iterator[Room]:
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    part = QStyle.SubControl.SC_ComboBoxEditField
    field = box.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, box)
    for at in range(box.count()):
        if box.itemText(at) in our_words():
            yield box.itemText(at), box.fontMetrics().horizontalAdvance(box.itemText(at)), field.width()


def _of_header(header: QHeaderView) -> Iterator[Room]:
    if header.orientation() != Qt.Orientation.Horizontal:
        return
    metrics = header.fontMetrics()
    lines = max(1, header.height() // metrics.lineSpacing())
    for at in range(header.count()):
        title = str(header.model().headerData(at, Qt.Orientation.Horizontal) or "")
        if title in our_words() and not header.isSectionHidden(at):
            pieces = re.split(r"(?<=[ \u2010-])", title) if lines > 1 else [title]
            needed = max(metrics.horizontalAdvance(piece.rstrip()) for piece in pieces)
            yield title, needed + 2 * theme.SPACE_XS, header.sectionSize(at)


def _of_choice_rows(rows: QListView) -> Iterator[Room]:
    """Measure the rows of two lines, with an icon before them, that pages offer choices by."""
    body, caption = (theme.font_of(kind, rows.font()) for kind in ("body", "caption"))
    room = rows.viewport().width() - 3 * theme.SPACE_M - theme.ICON_SIZE
    for at in range(rows.model().rowCount()):
        choice = rows.model().index(at, 0).data(CHOICE_ROLE)
        if isinstance(choice, Choice) and not choice.keys:
            for text, font in ((choice.title, body), (choice.line, caption)):
                if text in our_words():
                    yield text, QFontMetrics(font).horizontalAdvance(text), room


def _of_line(line: QLineEdit) -> Iterator[Room]:
    if line.text():
        return
    option, margins = QStyleOptionFrame(), line.textMargins()
    line.initStyleOption(option)
    field = line.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, line)
    room = field.width() - margins.left() - margins.right() - _LINE_MARGIN
    yield line.placeholderText(), line.fontMetrics().horizontalAdvance(line.placeholderText()), room


def _of_spin_box(box: QAbstractSpinBox) -> Iterator[Room]:
    line = box.lineEdit()
    yield line.text(), line.fontMetrics().horizontalAdvance(line.text()), line.width() - _LINE_MARGIN


_SLACK: Final = 2
"""Pixels a text may lack: less than a letter has beside it."""

_LINE_MARGIN: Final = 4
"""What Qt leaves free left and right of the text of a line."""

_MEASURES: Final[tuple[tuple[type[QWidget], Callable[[Any], Iterator[Room]]], ...]] = (
    (QLabel, _of_label), (QAbstractButton, _of_button), (QGroupBox, _of_group), (QTabBar, _of_tabs),
    (QListView, _of_choice_rows), (QComboBox, _of_choices), (QHeaderView, _of_header), (QLineEdit, _of_line),
    (QAbstractSpinBox, _of_spin_box),
)  # fmt: skip


def outside(part: QWidget) -> str:
    """Tell of a part that reaches out of what holds it, where nothing scrolls to it."""
    holder = part.parentWidget()
    around = None if holder is None else holder.parentWidget()
    if isinstance(around, QScrollArea) and around.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff:
        wide = part.width() - around.viewport().width()
        return f"is {wide} pixels wider than what shows it: {around}" if wide > 0 else ""
    if holder is None or part.isWindow() or isinstance(holder.parentWidget(), QAbstractScrollArea):
        return ""
    if isinstance(holder, QAbstractScrollArea) or holder.rect().adjusted(-1, -1, 1, 1).contains(part.geometry()):
        return ""
    shown = isinstance(part, (*CONTROLS, QLabel))
    return f"reaches out of what holds it: {part} {part.accessibleName()!r} in {holder.rect()}" if shown else ""


def ragged(part: QWidget) -> str:
    """Tell of a column of numbers whose digits, or whose heading, do not stand at its right.

    A model that says of a cell that it stands at the left means the dots or the bar that are painted of its number.
    """
    if not isinstance(part, QTableView | QTreeView) or part.model() is None:
        return ""
    header = part.header() if isinstance(part, QTreeView) else part.horizontalHeader()
    if header.isHidden():
        return ""
    rows = list(itertools.islice(_rows_of(part), _ROWS_LOOKED_AT))
    for column in range(header.count()):
        cells = [row.siblingAtColumn(column) for row in rows]
        filled = [cell for cell in cells if str(cell.data() or "").strip()]
        if (
            header.isSectionHidden(column)
            or not filled
            or not all(_NUMBER.fullmatch(str(cell.data())) for cell in filled)
        ):
            continue
        role = Qt.ItemDataRole.TextAlignmentRole
        sides = {_flags(cell.data(role)) for cell in filled}
        heading = _flags(part.model().headerData(column, Qt.Orientation.Horizontal, role) or header.defaultAlignment())
        is_picture = all(side & Qt.AlignmentFlag.AlignLeft.value for side in sides)
        if not is_picture and not all(side & _AT_RIGHT for side in (*sides, heading)):
            title = part.model().headerData(column, Qt.Orientation.Horizontal)
            return f"has numbers that are not under each other: {title!r} of {part.accessibleName()!r}"
    return ""


def _flags(side: Any) -> int:
    return side.value if isinstance(side, Qt.AlignmentFlag) else int(side or 0)


def _rows_of(view: QTableView | QTreeView) -> Iterator[QModelIndex]:
    index = view.model().index(0, 0)
    while index.isValid():
        yield index
        index = view.indexBelow(index) if isinstance(view, QTreeView) else index.siblingAtRow(index.row() + 1)


_ROWS_LOOKED_AT: Final = 30
_NUMBER: Final = re.compile(r"[+\-\u2212]?[\d\s.,]*\d[\d\s.,]*%?")
_AT_RIGHT: Final = (Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTrailing).value


def sideways(part: QWidget) -> str:
    """Tell of what has to be scrolled sideways to be seen, beyond tables and pictures."""
    if not isinstance(part, QScrollArea) or not part.horizontalScrollBar().maximum():
        return ""
    return f"is {part.horizontalScrollBar().maximum()} pixels wider than its place: {part.widget()}"


RULES: tuple[Callable[[QWidget], str], ...] = (read_as_html, nameless, out_of_reach, cut, ragged, sideways, outside)


def too_large(root: QWidget) -> str:
    """Tell of a window that does not fit the smallest screen, or a dialog that cannot be made to."""
    window = root.window()
    size = window.minimumSizeHint() if isinstance(window, QDialog) else window.size()
    fits = size.width() <= SMALLEST[0] and size.height() <= SMALLEST[1]
    return "" if fits else f"is larger than the smallest screen: {size.width()} x {size.height()}"


def against_reading_order(root: QWidget) -> Iterator[str]:
    """Tell of two controls beside or over each other that Tab visits the wrong way round."""
    by_holder: dict[QWidget | None, list[QWidget]] = {}
    one = root.nextInFocusChain()
    while one is not root:
        if one.isVisibleTo(root) and one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.window() is root.window():
            by_holder.setdefault(one.parentWidget(), []).append(one)
        one = one.nextInFocusChain()
    for held in by_holder.values():
        for first, second in itertools.pairwise(held):
            before, after = place(first), place(second)
            beside = before.top() <= after.bottom() and after.top() <= before.bottom()
            under = before.left() <= after.right() and after.left() <= before.right()
            if (beside and after.right() < before.left()) or (under and after.bottom() < before.top()):
                yield f"Tab goes back from {first.accessibleName()!r} to {second.accessibleName()!r}"


def overlapping(root: QWidget) -> Iterator[str]:
    """Tell of two controls that one holder lays over each other."""
    by_holder: dict[QWidget | None, list[QWidget]] = {}
    for part in parts(root):
        if isinstance(part, CONTROLS) and not is_made_by_qt(part) and not part.isWindow():
            by_holder.setdefault(part.parentWidget(), []).append(part)
    for holder, held in by_holder.items():
        if holder is None or holder.layout() is None:
            continue
        for first, second in itertools.combinations(held, 2):
            if first.geometry().intersects(second.geometry()):
                yield f"{first.accessibleName()!r} and {second.accessibleName()!r} lie over each other"


def place(part: QWidget) -> QRect:
    """Return where a part is in its window."""
    return QRect(part.mapTo(part.window(), QPoint(0, 0)), part.size())


@lru_cache
def our_words() -> frozenset[str]:
    """Return every text of the catalogues, in every language, as it is shown."""
    found: set[str] = set()
    for path in (Path(next(iter(resources.__path__))) / "locale").glob("*.po"):
        with path.open("rb") as file:
            for message in read_po(file):
                for text in (message.id, message.string):
                    found.update((text,) if isinstance(text, str) else text)
    return frozenset(text for text in found if text)


def is_made_by_qt(part: QWidget) -> bool:
    """Tell of the corner of a table, and of what clears a line, which selecting and Delete do as well."""
    return isinstance(part, QAbstractButton) and isinstance(part.parent(), QAbstractScrollArea | QLineEdit)
