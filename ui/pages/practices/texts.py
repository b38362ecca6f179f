"""What is written about one practice, to read and to edit: four texts, what it builds on, where else to look.

A text is kept when the keyboard leaves it; a web address is opened only when it is asked for, in the browser.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from planner.domain.engagement import Engagement
from planner.domain.practice import Practice
from planner.language import N_, Language
from planner.words import FIELD_WORDS
from ui import theme
from ui.actions import plain_tip
from ui.surroundings import Surroundings
from ui.widgets.text import ElidedLabel, PlainLabel

FIELDS: Final = ("description", "risk", "measure", "verification")

_HINTS: Final = {
    "description": N_("What teams do when they do this"),
    "risk": N_("What goes wrong without it"),
    "measure": N_("How to get there"),
    "verification": N_("How an assessor recognises it"),
}
_TARGET: Final = Qt.ItemDataRole.UserRole
_MOST_ROWS: Final = 6
_TWO_COLUMNS_FROM: Final = 640
_WEB: Final = frozenset({"http", "https"})


class TextField(QPlainTextEdit):
    """One text; `kept(str)` when the keyboard leaves it, or on Ctrl+Return, with something else in it than before."""

    kept = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._before = ""
        self.setTabChangesFocus(True)
        self.setMinimumHeight(84)

    def show_text(self, text: str) -> None:
        """Show a text, unless that very one is being written over."""
        if text == self._before and self.hasFocus():
            return
        self._before = text
        if text != self.toPlainText():
            self.setPlainText(text)

    def keep(self) -> None:
        """Hand over what was written."""
        text = self.toPlainText().strip()
        if text != self._before:
            self._before = text
            self.kept.emit(text)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keep what was written."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.keep()

    def event(self, event: QEvent) -> bool:
        """Take Ctrl+Return from the page's actions while writing."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _keeps(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep on Ctrl+Return, take back on Escape."""
        if _keeps(event):
            self.keep()
        elif event.key() == Qt.Key.Key_Escape:
            self.setPlainText(self._before)
        else:
            super().keyPressEvent(event)


def _keeps(event: QKeyEvent) -> bool:
    return (
        event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        and event.modifiers() == Qt.KeyboardModifier.ControlModifier
    )


class LinkList(QListWidget):
    """A short list whose entries lead somewhere, by a click or Return; as high as it has entries."""

    followed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.itemClicked.connect(self._follow)

    def show_links(self, links: list[tuple[str, object]], nothing: str) -> None:
        """Show (text, target) entries; one without a target leads nowhere. `nothing` stands where there is none."""
        self.clear()
        for text, target in links or [(nothing, None)]:
            item = QListWidgetItem(" ".join(text.split()))
            item.setData(_TARGET, target)
            item.setToolTip(plain_tip(text))
            if not links:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.addItem(item)
        # Where there is nothing to follow there is nothing for the keyboard to stop at.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if links else Qt.FocusPolicy.NoFocus)
        rows = min(max(self.count(), 1), _MOST_ROWS)
        self.setFixedHeight(rows * max(self.sizeHintForRow(0), 20) + 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Follow the current entry with Return."""
        item = self.currentItem()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and item is not None:
            self._follow(item)
            return
        super().keyPressEvent(event)

    def _follow(self, item: QListWidgetItem) -> None:
        target = item.data(_TARGET)
        if target is not None:
            self.followed.emit(target)


class PracticeTexts(QScrollArea):
    """Reads and edits one practice; `go_to(practice_id)` and `edit(practice_id, field, text)` do what is asked."""

    def __init__(
        self,
        surroundings: Surroundings,
        *,
        edit: Callable[[str, str, str], object],
        go_to: Callable[[str], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._edit = edit
        self._go_to = go_to
        self._practice: Practice | None = None
        self._engagement: Engagement | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget(self)
        inside.setObjectName("page")
        inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title = ElidedLabel(role="heading")
        self._line = ElidedLabel(role="caption")
        self.fields = {field: TextField(inside) for field in FIELDS}
        self.links = {name: LinkList(inside) for name in ("builds-on", "opens", "resources", "references")}
        self._headings: dict[str, PlainLabel] = {}
        self._blocks: list[QWidget] = []
        for name, widget in (*self.fields.items(), *self.links.items()):
            self._blocks.append(self._block(name, widget, inside))
        for field, editor in self.fields.items():
            editor.kept.connect(self._keeper(field))
        for name in ("builds-on", "opens"):
            self.links[name].followed.connect(self._go)
        self.links["resources"].followed.connect(_open_in_browser)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.SPACE_XL)
        self._grid.setVerticalSpacing(theme.SPACE_M)
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(theme.SPACE_L, theme.SPACE_M, theme.SPACE_L, theme.SPACE_L)
        layout.setSpacing(0)
        layout.addWidget(self._title)
        layout.addWidget(self._line)
        layout.addSpacing(theme.SPACE_M)
        layout.addLayout(self._grid)
        layout.addStretch(1)
        self._columns = 0
        self._arrange(2)
        self.setWidget(inside)
        self.retranslate()

    def show_practice(self, engagement: Engagement | None, practice_id: str, *, can_edit: bool) -> None:
        """Show a practice; without one everything is empty and cannot be written in."""
        self._engagement = engagement
        self._practice = None if engagement is None else engagement.practices.get(practice_id)
        practice, language = self._practice, self._surroundings.language
        for field, editor in self.fields.items():
            editor.show_text("" if practice is None else getattr(practice, field))
            editor.setReadOnly(not can_edit or practice is None)
        if practice is None or engagement is None:
            self._title.setText(language.gettext(N_("Choose a practice to read it")))
            self._line.setText("")
        else:
            theme_ = engagement.themes[practice.theme_id]
            dimension = engagement.dimensions[theme_.dimension_id]
            level = "" if practice.level is None else f"{_word('level', language)} {practice.level}"
            self._title.setText(practice.name)
            self._line.setText(
                " · ".join(part for part in (dimension.name, theme_.name, level, *practice.tags) if part)
            )
        self._show_links()

    def keep(self) -> None:
        """Hand over what is being written."""
        for editor in self.fields.values():
            editor.keep()

    def retranslate(self) -> None:
        """Word the headings in the language of the screen."""
        language = self._surroundings.language
        words = {
            **{field: _word(field, language) for field in FIELDS},
            "builds-on": language.gettext(N_("Builds on")),
            "opens": language.gettext(N_("Opens the way to")),
            "resources": _word("resources", language),
            "references": _word("references", language),
        }
        for name, heading in self._headings.items():
            heading.setText(words[name])
        for field, editor in self.fields.items():
            editor.setAccessibleName(words[field])
            editor.setPlaceholderText(language.gettext(_HINTS[field]))
        for name, links in self.links.items():
            links.setAccessibleName(words[name])
        self._show_links()

    def _show_links(self) -> None:
        practice, engagement, language = self._practice, self._engagement, self._surroundings.language
        nothing = language.gettext(N_("None"))
        shown: dict[str, list[tuple[str, object]]] = {name: [] for name in self.links}
        if practice is not None and engagement is not None:
            for held in engagement.referring("prerequisites", "practice_id").get(practice.id, ()):
                required = engagement.practices[held.required_practice_id]
                least = language.gettext(N_("{name}, at {score} or more")).format(
                    name=required.name, score=language.percent(held.minimum_score)
                )
                shown["builds-on"].append((required.name if held.minimum_score >= 1 else least, required.id))
            for held in engagement.referring("prerequisites", "required_practice_id").get(practice.id, ()):
                shown["opens"].append((engagement.practices[held.practice_id].name, held.practice_id))
            for resource in practice.resources:
                text = " · ".join(part for part in (resource.name, resource.description, resource.url) if part)
                shown["resources"].append((text, resource.url or None))
            shown["references"] = [(f"{one.framework}: {one.code}", None) for one in practice.references]
        for name, links in shown.items():
            self.links[name].show_links(links, nothing)

    def _block(self, name: str, widget: QWidget, parent: QWidget) -> QWidget:
        block = QWidget(parent)
        heading = self._headings[name] = PlainLabel(role="strong")
        heading.setBuddy(widget)
        layout = QVBoxLayout(block)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE_XS)
        layout.addWidget(heading)
        layout.addWidget(widget)
        if name in self.links:
            layout.addStretch(1)
        return block

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for at, block in enumerate(self._blocks):
            self._grid.addWidget(block, at // columns, at % columns)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1 if columns > 1 else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand in one column where two would be too narrow."""
        super().resizeEvent(event)
        self._arrange(2 if event.size().width() >= _TWO_COLUMNS_FROM else 1)

    def minimumSizeHint(self) -> QSize:
        """Return a size it can always shrink to."""
        return QSize(240, 120)

    def _keeper(self, field: str) -> Callable[[str], None]:
        def keep(text: str) -> None:
            if self._practice is not None:
                self._edit(self._practice.id, field, text)

        return keep

    def _go(self, practice_id: object) -> None:
        self._go_to(str(practice_id))


def _word(field: str, language: Language) -> str:
    word = language.gettext(FIELD_WORDS[field])
    return word[:1].upper() + word[1:]


def _open_in_browser(address: object) -> None:
    url = QUrl(str(address), QUrl.ParsingMode.StrictMode)
    if url.isValid() and url.scheme() in _WEB:
        QDesktopServices.openUrl(url)
