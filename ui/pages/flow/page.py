"""How work flows: value streams, delivery metrics, and whether what was meant to move them did."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from PySide6.QtWidgets import QLineEdit, QWidget

from planner.language import N_, NN_
from ui.pages.flow.actions import VIEW_ACTIONS
from ui.pages.flow.metrics_panel import MetricsPanel
from ui.pages.flow.outcome_dialog import OutcomeDialog
from ui.pages.flow.streams_panel import StreamsPanel
from ui.pages.flow.verdicts_panel import VerdictsPanel
from ui.pages.page_of_views import PageOfViews
from ui.widgets.toolbar import ViewToolbars
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


class FlowPage(PageOfViews):
    """Shows and edits the flow of one open document."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        filter_line = QLineEdit()
        filter_line.setClearButtonEnabled(True)
        filter_line.setFixedWidth(_FILTER_WIDTH)
        super().__init__(
            workbench,
            page_id="flow",
            view_actions=VIEW_ACTIONS,
            shown_in=_SHOWN_IN,
            filter_line=filter_line,
            parent=parent,
        )
        self._toolbars = ViewToolbars(
            workbench.surroundings, workbench.actions, _BUTTONS, prominent=_PROMINENT, parent=self
        )
        self.streams = StreamsPanel(self)
        self.metrics = MetricsPanel(self)
        self.verdicts = VerdictsPanel(self)
        self.lay_out(self._toolbars, {"streams": self.streams, "metrics": self.metrics, "verdicts": self.verdicts})
        self._show_view(self.kept_view())
        self.retranslate()

    # The document

    def retranslate(self) -> None:
        """Word the page in the language of the screen."""
        words = self.workbench.surroundings.language.gettext(N_("Filter this page"))
        self.filter.setPlaceholderText(words)
        self.filter.setAccessibleName(words)
        super().retranslate()

    def retitle(self) -> None:
        """Say above each view whose flow it is and how much was measured."""
        if self.opened is not None:
            self._toolbars.say(self.engagement.setting.name, self.summary_text())

    def summary_text(self) -> str:
        """Return what the status bar says of the flow."""
        language = self.workbench.surroundings.language
        count = len(self.engagement.measurements)
        words = NN_("{count} measurement", "{count} measurements")
        measured = language.ngettext(*words, count).format(count=language.number(count, decimals=0))
        return f"{self.streams.line()} · {measured}"

    def _show_view(self, name: str) -> None:
        super()._show_view(name)
        self._toolbars.show_of(name)

    # What can be done

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Return what carries out each action: the page's own, then those of the view shown."""
        reached = {
            action_id: partial(self._do_in_view, name, self._views[name].handlers()[action_id])
            for action_id, name in _REACHED.items()
        }
        return {"flow.add-outcome": self.add_outcome, **super().handlers(), **reached}

    def possible(self) -> frozenset[str]:
        """Return the ids of the actions that can be carried out now."""
        if self.opened is None:
            return frozenset()
        reached = {action_id for action_id, name in _REACHED.items() if action_id in self._views[name].possible()}
        if self.can_edit and self.engagement.initiatives:
            reached.add("flow.add-outcome")
        return super().possible() | reached

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

    def _do_in_view(self, name: str, act: Callable[[], object]) -> None:
        self._in_view(name)
        act()


_SHOWN_IN: Final = {
    "streams": ("value_streams", "stream_steps"),
    "metrics": ("measurements",),
    "verdicts": ("outcomes",),
}
"""View -> the kinds it shows."""


def make_page(workbench: Workbench, parent: QWidget) -> FlowPage:
    """Return the page."""
    return FlowPage(workbench, parent)
