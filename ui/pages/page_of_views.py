"""What a page is that shows its document in several views, one at a time: it hands on what it is told to the one shown.

One row under the toolbar holds a button a view and a filter that narrows the view shown. Which view that was last is
remembered from one start to the next. A view out of sight is not refreshed; it catches up when it is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from planner.domain.changes import Changes
from ui import theme
from ui.pages.page import Page, Selection
from ui.pages.view import PageView
from ui.widgets.action_button import ActionButton
from ui.workbench import Workbench


class PageOfViews(Page):
    """One page of several views; subclasses make them, then `lay_out` them and fill in `retitle`.

    `page_id` is what the choice of view is remembered under; `view_actions` names the view each action shows;
    `shown_in` names the kinds of entities each view shows.
    """

    def __init__(
        self,
        workbench: Workbench,
        *,
        page_id: str,
        view_actions: Mapping[str, str],
        shown_in: Mapping[str, tuple[str, ...]],
        filter_line: QLineEdit,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(workbench, parent)
        self._page_id = page_id
        self._view_actions = view_actions
        self._shown_in = shown_in
        self._views: dict[str, PageView] = {}
        self._shown = ""
        self._stack = QStackedWidget(self)
        self.filter = filter_line

    def lay_out(self, top: QWidget, views: Mapping[str, PageView]) -> None:
        """Put the views, by name, below `top` and the row that chooses among them; none is shown yet."""
        self._views = dict(views)
        for view in self._views.values():
            self._stack.addWidget(view)
            view.selection_changed.connect(partial(self._pass_on_selection, view))
            view.situation_changed.connect(partial(self._pass_on_situation, view))
        self.filter.textChanged.connect(self._narrow)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(top)
        layout.addWidget(self._bar())
        layout.addWidget(self._stack, 1)

    def _bar(self) -> QWidget:
        bar = QWidget(self)
        bar.setObjectName("toolbar")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(bar)
        row.setContentsMargins(theme.SPACE_M, theme.SPACE_XS, theme.SPACE_M, theme.SPACE_XS)
        row.setSpacing(theme.SPACE_XS)
        for action_id in self._view_actions:
            row.addWidget(ActionButton(self.workbench.actions[action_id], style=Qt.ToolButtonStyle.ToolButtonTextOnly))
        row.addStretch(1)
        row.addWidget(self.filter, 4)
        return bar

    def parent_of_views(self) -> QWidget:
        """Return the stack of views."""
        return self._stack

    # The document

    def forget(self) -> None:
        """Let go of the document before."""
        self.filter.clear()
        for view in self._views.values():
            view.forget()

    def refresh(self) -> None:
        """Show the document anew, in the view shown; the others follow when they are."""
        self.view.refresh()
        self.retitle()

    def take_changes(self, changes: Changes) -> None:
        """Show the effect of one step."""
        self.view.take_changes(changes)
        self.retitle()

    def retranslate(self) -> None:
        """Word the page in the language of the screen."""
        for view in self._views.values():
            view.retranslate()
        self.retitle()

    def retitle(self) -> None:
        """Say above the views what the open document is; nothing while none is."""

    # The views

    @property
    def view(self) -> PageView:
        """The view shown."""
        return self._views[self._shown]

    def show_view(self, name: str) -> None:
        """Show a view of the page, give it the keyboard, and remember it."""
        self._show_view(name)
        self.workbench.remember(self._page_id, {"view": name})
        if self.opened is not None:
            self.view.narrow(self.filter.text())
            self.view.refresh()
        self.view.setFocus()
        self.situation_changed.emit()
        self.selection_changed.emit()

    def kept_view(self) -> str:
        """Return the view that was shown last, the first one where none is remembered."""
        kept = self.workbench.remembered(self._page_id).get("view")
        return kept if isinstance(kept, str) and kept in self._views else next(iter(self._views))

    def _show_view(self, name: str) -> None:
        self._shown = name
        self._stack.setCurrentWidget(self._views[name])
        self.setFocusProxy(self._views[name])
        for action_id, shown in self._view_actions.items():
            self.workbench.actions[action_id].setChecked(shown == name)

    def _in_view(self, name: str) -> None:
        """Show all of a view, whatever was filtered or shown before."""
        self.filter.clear()
        if name != self._shown:
            self.show_view(name)

    def selection(self) -> Selection:
        """Return what is selected in the view shown."""
        return self.view.selection()

    def reveal(self, kind: str, entity_id: str) -> bool:
        """Show an entity in the view it is in."""
        for name, kinds in self._shown_in.items():
            if kind in kinds:
                self._in_view(name)
                return self.view.reveal(kind, entity_id)
        return False

    # What can be done

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Return what shows each view, finds the filter, and carries out each action of the view shown."""
        return {
            **{action_id: partial(self.show_view, name) for action_id, name in self._view_actions.items()},
            "find-here": self._find,
            **self.view.handlers(),
        }

    def possible(self) -> frozenset[str]:
        """Return the ids of the actions that can be carried out now."""
        if self.opened is None:
            return frozenset()
        return frozenset({*self._view_actions, "find-here"}) | self.view.possible()

    def _find(self) -> None:
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def _narrow(self, wanted: str) -> None:
        if self.opened is not None:
            self.view.narrow(" ".join(wanted.split()))
            self.situation_changed.emit()

    def _pass_on_selection(self, view: PageView) -> None:
        if view is self.view:
            self.selection_changed.emit()

    def _pass_on_situation(self, view: PageView) -> None:
        if view is self.view:
            self.situation_changed.emit()
