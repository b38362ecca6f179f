"""How work flows: value streams, delivery metrics, and whether what was meant to move them did."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from planner.domain.changes import Changes
from planner.language import N_, NN_
from ui import theme
from ui.pages.flow.actions import VIEW_ACTIONS
from ui.pages.flow.metrics_panel import MetricsPanel
from ui.pages.flow.outcome_dialog import OutcomeDialog
from ui.pages.flow.streams_panel import StreamsPanel
from ui.pages.flow.verdicts_panel import VerdictsPanel
from ui.pages.flow.view import FlowView
from ui.pages.page import Page, Selection
from ui.widgets.labelled_button import labelled_button
from ui.widgets.toolbar import PageToolbar
from ui.workbench import Workbench

_FILTER_WIDTH: Final = 240
_BUTTONS: Final = {
    "streams": (
        ("undo", "redo"),
        ("flow.add-step", "flow.add-stream", "flow.copy-stream"),
        ("flow.move-left", "flow.move-right", "flow.add-outcome", "remove"),
        ("flow.show-after", "flow.to-scale", "flow.zoom-out", "flow.zoom-in", "flow.fit"),
        ("flow.export-picture",),
    ),
    "metrics": (
        ("undo", "redo"),
        ("flow.add-measurement", "flow.paste-metrics", "flow.import-metrics"),
        ("flow.add-outcome", "remove"),
    ),
    "verdicts": (
        ("undo", "redo"),
        ("flow.add-outcome",),
        ("flow.take-suggestion", "flow.go-to-initiative", "remove"),
    ),
}
"""View -> the buttons above it."""

_PROMINENT: Final = {
    "streams": "flow.add-step",
    "metrics": "flow.add-measurement",
    "verdicts": "flow.add-outcome",
}
_REACHED: Final = {
    "flow.add-stream": "streams",
    "flow.add-measurement": "metrics",
    "flow.paste-metrics": "metrics",
    "flow.import-metrics": "metrics",
}
"""What can be done from any view, and the view it is done in."""


class FlowPage(Page):
    """Shows and edits the flow of one open document."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self._toolbars = {
            name: PageToolbar(workbench.actions, groups, prominent=frozenset({_PROMINENT[name]}))
            for name, groups in _BUTTONS.items()
        }
        self._tops = QStackedWidget()
        for toolbar in self._toolbars.values():
            self._tops.addWidget(toolbar)
        self._tops.setFixedHeight(self._toolbars["streams"].height())
        self.filter = QLineEdit()
        self.filter.setClearButtonEnabled(True)
        self.filter.setFixedWidth(_FILTER_WIDTH)
        self.streams = StreamsPanel(self)
        self.metrics = MetricsPanel(self)
        self.verdicts = VerdictsPanel(self)
        self._views: dict[str, FlowView] = {
            "streams": self.streams,
            "metrics": self.metrics,
            "verdicts": self.verdicts,
        }
        self._shown = "streams"
        self._stack = QStackedWidget()
        for view in self._views.values():
            self._stack.addWidget(view)
            view.selection_changed.connect(partial(self._pass_on_selection, view))
            view.situation_changed.connect(partial(self._pass_on_situation, view))
        self.filter.textChanged.connect(self._narrow)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._tops)
        layout.addWidget(self._bar())
        layout.addWidget(self._stack, 1)
        kept = workbench.remembered("flow").get("view")
        self._show_view(kept if isinstance(kept, str) and kept in self._views else "streams")
        self.retranslate()

    def _bar(self) -> QWidget:
        bar = QWidget()
        bar.setObjectName("toolbar")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(bar)
        row.setContentsMargins(theme.SPACE_M, theme.SPACE_XS, theme.SPACE_M, theme.SPACE_XS)
        row.setSpacing(theme.SPACE_XS)
        for action_id, name in VIEW_ACTIONS.items():
            if name in self._views:
                row.addWidget(labelled_button(self.workbench.actions[action_id]))
        row.addStretch(1)
        row.addWidget(self.filter)
        return bar

    # The document

    def forget(self) -> None:
        """Let go of the document before."""
        self.filter.clear()
        for view in self._views.values():
            view.forget()

    def refresh(self) -> None:
        """Show the document anew, in the view shown; the others follow when they are."""
        self.view.refresh()
        self._retitle()

    def take_changes(self, changes: Changes) -> None:
        """Show the effect of one step."""
        self.view.take_changes(changes)
        self._retitle()

    def retranslate(self) -> None:
        """Word the page in the language of the screen."""
        words = self.workbench.surroundings.language.gettext(N_("Filter this page"))
        self.filter.setPlaceholderText(words)
        self.filter.setAccessibleName(words)
        for view in self._views.values():
            view.retranslate()
        self._retitle()

    def summary_text(self) -> str:
        """Return what the status bar says of the flow."""
        language = self.workbench.surroundings.language
        count = len(self.engagement.measurements)
        words = NN_("{count} measurement", "{count} measurements")
        measured = language.ngettext(*words, count).format(count=language.number(count, decimals=0))
        return f"{self.streams.line()} · {measured}"

    # The views

    @property
    def view(self) -> FlowView:
        """The view shown."""
        return self._views[self._shown]

    def show_view(self, name: str) -> None:
        """Show a view of the page, give it the keyboard, and remember it."""
        self._show_view(name)
        self.workbench.remember("flow", {"view": name})
        if self.opened is not None:
            self.view.narrow(self.filter.text())
            self.view.refresh()
        self.view.setFocus()
        self.situation_changed.emit()
        self.selection_changed.emit()

    def _show_view(self, name: str) -> None:
        self._shown = name
        self._stack.setCurrentWidget(self._views[name])
        self._tops.setCurrentWidget(self._toolbars[name])
        self.setFocusProxy(self._views[name])
        for action_id, shown in VIEW_ACTIONS.items():
            self.workbench.actions[action_id].setChecked(shown == name)

    def selection(self) -> Selection:
        """Return what is selected in the view shown."""
        return self.view.selection()

    def reveal(self, kind: str, entity_id: str) -> bool:
        """Show an entity in the view it is in."""
        for name, kinds in _SHOWN_IN.items():
            if kind in kinds and name in self._views:
                self.filter.clear()
                if name != self._shown:
                    self.show_view(name)
                return self.view.reveal(kind, entity_id)
        return False

    # What can be done

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Return what carries out each action: the page's own, then those of the view shown."""
        handlers = {action_id: partial(self.show_view, name) for action_id, name in VIEW_ACTIONS.items()}
        reached = {
            action_id: partial(self._in_view, name, self._views[name].handlers()[action_id])
            for action_id, name in _REACHED.items()
        }
        return {
            **handlers,
            "find-here": self._find,
            "flow.add-outcome": self.add_outcome,
            **self.view.handlers(),
            **reached,
        }

    def possible(self) -> frozenset[str]:
        """Return the ids of the actions that can be carried out now."""
        if self.opened is None:
            return frozenset()
        views = {action_id for action_id, name in VIEW_ACTIONS.items() if name in self._views}
        reached = {action_id for action_id, name in _REACHED.items() if action_id in self._views[name].possible()}
        if self.can_edit and self.engagement.initiatives:
            reached.add("flow.add-outcome")
        return frozenset({*views, "find-here", *reached}) | self.view.possible()

    def add_outcome(self) -> None:
        """Ask which initiative is to move what is selected, and how far."""
        steps = self.streams.view.selected_steps() if self._shown == "streams" else ()
        measured = self.metrics.grid.current if self._shown == "metrics" else None
        dialog = OutcomeDialog(self, step_id=steps[0] if len(steps) == 1 else "", measured=measured)
        dialog.added.connect(self._show_outcome)
        dialog.open()

    def _show_outcome(self, outcome_id: str) -> None:
        if self._shown == "verdicts":
            self.verdicts.reveal("outcomes", outcome_id)

    def _in_view(self, name: str, act: Callable[[], object]) -> None:
        self.filter.clear()
        if name != self._shown:
            self.show_view(name)
        act()

    def _find(self) -> None:
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def _narrow(self, wanted: str) -> None:
        if self.opened is not None:
            self.view.narrow(" ".join(wanted.split()))
            self.situation_changed.emit()

    def _retitle(self) -> None:
        if self.opened is not None:
            for toolbar in self._toolbars.values():
                toolbar.title.setText(self.engagement.setting.name)
                toolbar.line.setText(self.summary_text())

    def _pass_on_selection(self, view: FlowView) -> None:
        if view is self.view:
            self.selection_changed.emit()

    def _pass_on_situation(self, view: FlowView) -> None:
        if view is self.view:
            self.situation_changed.emit()


_SHOWN_IN: Final = {
    "streams": ("value_streams", "stream_steps"),
    "metrics": ("measurements",),
    "verdicts": ("outcomes",),
}
"""View -> the kinds it shows."""


def make_page(workbench: Workbench) -> FlowPage:
    """Return the page."""
    return FlowPage(workbench)
