"""The page everything leaves through: choose a format, see what it will hold, say what stays between us, write it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListView,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from planner.domain.changes import Changes
from planner.domain.errors import UserError
from planner.exchange.preview import Preview
from planner.language import N_
from planner.messages import explain
from ui import theme
from ui.pages.page import Page
from ui.pages.share.options import ExportChoices
from ui.pages.share.preview import PreviewPane
from ui.present.exports import OFFERED, OfferedExport
from ui.widgets.choice_rows import ChoiceRows
from ui.widgets.choices import Choice, ChoiceList
from ui.widgets.guidance import Guidance
from ui.widgets.text import PlainLabel
from ui.widgets.toolbar import PageToolbar
from ui.workbench import Workbench

_WAIT_MILLISECONDS: Final = 250
"""How long a choice rests before its preview is made: several are often changed in a row."""

_OFFERS: Final = (
    ("go-timeline", "timeline", N_("Plan initiatives"), N_("On the timeline, with what they wait for and bring")),
    ("go-organization", "organization", N_("Add units and teams"), N_("Typed in, or pasted from a spreadsheet")),
    ("demo", "demo", N_("Look at the demo"), N_("A whole engagement to try every export with")),
)

_BUTTONS: Final = (("share.previous-sheet", "share.next-sheet", "share.refresh"), ("share.export",))


class SharePage(Page):
    """Every export with its preview."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        surroundings = workbench.surroundings
        kept = workbench.remembered("share")
        self.toolbar = PageToolbar(
            surroundings, workbench.actions, _BUTTONS, prominent=frozenset({"share.export"}), parent=self
        )
        self._offers = ChoiceList(self)
        self._nest()
        self.kinds = QListView(self._side)
        self.kinds.setModel(self._offers)
        self.kinds.setItemDelegate(ChoiceRows(surroundings, self.kinds))
        self.kinds.setUniformItemSizes(True)
        self.kinds.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.kinds.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.kinds.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.choices = ExportChoices(surroundings, kept, self._side)
        self.preview = PreviewPane(surroundings, self._shown)
        self._guidance = Guidance(
            surroundings,
            workbench.actions,
            heading=N_("There is nothing to show yet"),
            sentence=N_(
                "Charts and tables show the initiatives of the plan, the workbook also teams, practices and where they "
                "stand. As soon as there are some, they are previewed here."
            ),
            offers=_OFFERS,
            parent=self._stack,
        )
        self.state = PlainLabel(role="muted")
        self._busy = False
        self._again = False
        self._asked = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MILLISECONDS)
        self._timer.timeout.connect(self._make_preview)
        self._lay_out()
        suffixes = [kind.suffix for kind in OFFERED]
        self._offer_kinds()
        self.choose_kind(kept["kind"] if kept.get("kind") in suffixes else suffixes[0])
        self.choices.show_kind(self.kind.suffix)
        self.kinds.selectionModel().currentChanged.connect(self._take_kind)
        self.kinds.activated.connect(self._ask_export)
        self.choices.changed.connect(self._take_choice)
        self.preview.turned.connect(self.situation_changed)
        surroundings.theme_changed.connect(self.kinds.viewport().update)
        self.setFocusProxy(self.kinds)
        self.retranslate()

    @property
    def kind(self) -> OfferedExport:
        """The format that is chosen."""
        return OFFERED[max(0, self.kinds.currentIndex().row())]

    def choose_kind(self, suffix: str) -> None:
        """Choose the format behind a suffix."""
        row = [kind.suffix for kind in OFFERED].index(suffix)
        self.kinds.setCurrentIndex(self._offers.index(row, 0))

    def forget(self) -> None:
        """Show nothing of the document before."""
        self._asked += 1
        self._timer.stop()
        self.preview.show_preview(None)
        self.state.setText("")

    def refresh(self) -> None:
        """Make the preview anew."""
        if self.opened is not None:
            self.choices.show_baselines(self.engagement)
            self._plan_preview()
        self._retitle()
        self.situation_changed.emit()

    def take_changes(self, changes: Changes) -> None:
        """Make the preview anew, a moment later."""
        del changes
        self.refresh()

    def retranslate(self) -> None:
        """Word the page in the language of the screen."""
        language = self.workbench.surroundings.language
        self.kinds.setAccessibleName(language.gettext(N_("Kinds of export")))
        self.choices.retranslate()
        self.preview.retranslate()
        self._retitle()
        chosen = self.kind.suffix
        self._offer_kinds()
        self.choose_kind(chosen)

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Return what carries out the page's actions."""
        return {
            "share.export": self._ask_export,
            "share.refresh": self._plan_preview,
            "share.previous-sheet": lambda: self.preview.turn(-1),
            "share.next-sheet": lambda: self.preview.turn(1),
        }

    def possible(self) -> frozenset[str]:
        """Return what can be done with the document and its preview."""
        if not self._has_content():
            return frozenset()
        found = {"share.export", "share.refresh"}
        if self.preview.at > 0:
            found.add("share.previous-sheet")
        if self.preview.at < self.preview.count - 1:
            found.add("share.next-sheet")
        return frozenset(found)

    def summary_text(self) -> str:
        """Return which format is chosen."""
        return self.workbench.surroundings.language.gettext(self.kind.title)

    def _nest(self) -> None:
        """Make what holds the parts, from the outside in: what moves to another parent is styled anew."""
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._scroll = QScrollArea(self._splitter)
        self._side = QWidget(self._scroll)
        self._stack = QStackedWidget(self._splitter)
        self._shown = QWidget(self._stack)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self._side)
        column.setContentsMargins(theme.SPACE_L, theme.SPACE_M, theme.SPACE_M, theme.SPACE_L)
        column.setSpacing(theme.SPACE_L)
        column.addWidget(self.kinds)
        column.addWidget(self.choices)
        column.addStretch(1)
        scroll = self._scroll
        scroll.setWidgetResizable(True)
        scroll.setWidget(self._side)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setMinimumWidth(320)
        right = QVBoxLayout(self._shown)
        right.setContentsMargins(theme.SPACE_L, theme.SPACE_M, theme.SPACE_L, theme.SPACE_M)
        right.setSpacing(theme.SPACE_XS)
        right.addWidget(self.preview, 1)
        right.addWidget(self.state)
        self._stack.addWidget(self._shown)
        self._stack.addWidget(self._guidance)
        splitter = self._splitter
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(scroll)
        splitter.addWidget(self._stack)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([360, 1000])
        body = QHBoxLayout()
        body.setContentsMargins(0, 0, 0, 0)
        body.addWidget(splitter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.toolbar)
        layout.addLayout(body, 1)

    def _offer_kinds(self) -> None:
        language = self.workbench.surroundings.language
        blocked = self.kinds.selectionModel().blockSignals(True)
        self._offers.offer(
            tuple(
                Choice(title=language.gettext(kind.title), line=language.gettext(kind.line), icon=kind.icon)
                for kind in OFFERED
            )
        )
        self.kinds.selectionModel().blockSignals(blocked)
        self.kinds.setFixedHeight(self.kinds.sizeHintForRow(0) * len(OFFERED) + 2 * theme.SPACE_XS)

    def _retitle(self) -> None:
        language = self.workbench.surroundings.language
        self.toolbar.title.setText(language.gettext(N_("Share")))
        self.toolbar.line.setText(self.engagement.setting.name if self.opened is not None else "")

    def _take_kind(self) -> None:
        self.choices.show_kind(self.kind.suffix)
        self._take_choice()
        self.situation_changed.emit()

    def _take_choice(self) -> None:
        self.workbench.remember("share", {**self.choices.values(), "kind": self.kind.suffix})
        self._plan_preview()

    def _has_content(self) -> bool:
        """Tell whether the engagement holds anything that the chosen format shows; the open format shows all there is."""
        if self.opened is None:
            return False
        engagement, suffix = self.engagement, self.kind.suffix
        if suffix == ".json" or engagement.initiatives:
            return True
        return suffix == ".xlsx" and bool(engagement.teams or engagement.practices)

    def _plan_preview(self) -> None:
        """Make the preview a moment later, or say where to begin while there is nothing to preview."""
        has_content = self._has_content()
        self._stack.setCurrentIndex(0 if has_content or self.opened is None else 1)
        if has_content:
            self._timer.start()
        else:
            self._asked += 1
            self._timer.stop()

    def _make_preview(self) -> None:
        """Make the preview; while one is being made, only the latest wish after it counts."""
        if self.opened is None or not self.isVisible():
            return
        if self._busy:
            self._again = True
            return
        self._busy = True
        self._asked += 1
        asked, options = self._asked, self.choices.options
        self.state.setText(self.workbench.surroundings.language.gettext(N_("Making the preview…")))
        self.workbench.exchange.preview(
            self.engagement,
            self.kind.suffix,
            self.choices.language,
            options,
            success=lambda preview: self._show(asked, preview, high_contrast=options.gantt.high_contrast),
            failure=lambda error: self._show_problem(asked, error),
        )

    def _show(self, asked: int, preview: Preview, *, high_contrast: bool) -> None:
        if asked == self._asked:
            self.state.setText("")
            self.preview.show_preview(preview, high_contrast=high_contrast)
        self._go_on()

    def _show_problem(self, asked: int, error: UserError) -> None:
        if asked == self._asked:
            self.preview.show_preview(None)
            self.state.setText(explain(error, self.workbench.surroundings.language))
        self._go_on()

    def _go_on(self) -> None:
        self._busy = False
        self.situation_changed.emit()
        if self._again:
            self._again = False
            self._timer.start()

    def _ask_export(self) -> None:
        if self.opened is not None and self._has_content():
            self.workbench.exchange.ask_where(self.opened, self.kind, self.choices.language, self.choices.options)


def make_page(workbench: Workbench, parent: QWidget) -> SharePage:
    """Return the page."""
    return SharePage(workbench, parent)
