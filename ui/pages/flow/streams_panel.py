"""The value streams as one view of the flow page: everything a person does to them, by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QMimeData, QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from planner.analysis.flow import measure_flow, steps_of
from planner.domain.changes import Changes
from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.domain.flow import StreamStep
from planner.editing import entities, flow
from planner.exchange.step_clip import MIME_TYPE, read_clip, read_table, write_clip, write_table
from planner.language import N_, NN_
from planner.quantities import read_hours, read_share, working_clock, write_hours, write_share
from ui.pages.flow.stream_export import ShownStreams, ask_stream_picture
from ui.pages.flow.stream_painting import Spot
from ui.pages.flow.stream_rows import ordered_streams, stream_rows
from ui.pages.flow.stream_view import Field, StreamView
from ui.pages.flow.view import FlowView
from ui.pages.page import Page, Selection
from ui.widgets.action_menu import show_menu
from ui.widgets.clipboard import clipboard_data
from ui.widgets.guidance import Guidance

_SHOWN_KINDS: Final = frozenset(
    {"value_streams", "stream_steps", "outcomes", "initiatives", "teams", "calendars", "settings"}
)
_OF_A_STEP: Final = ("rename", "remove", "copy")
_MENU: Final = (
    ("flow.add-step", "flow.add-step-before", "flow.add-stream"),
    ("rename", "flow.edit-wait", "flow.edit-process", "flow.edit-accurate"),
    ("cut", "copy", "paste", "remove"),
    ("flow.move-left", "flow.move-right", "flow.move-up", "flow.move-down"),
    ("flow.copy-stream", "flow.remove-stream", "flow.export-picture"),
)


class StreamsPanel(FlowView):
    """Shows and edits the value streams."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        workbench = page.workbench
        self.view = StreamView(workbench.surroundings, offer=self._offer, edit=self._edit)
        self.after = False
        self.to_scale = workbench.remembered("flow").get("to-scale") is True
        self._guidance = Guidance(
            workbench.surroundings,
            workbench.actions,
            heading=N_("How does an idea get to those who use it?"),
            sentence=N_(
                "Walk one change from idea to use with the people who do the work: each step, how long it takes, how "
                "long it waits before, and how much arrives complete and accurate."
            ),
            offers=(
                (
                    "flow.add-stream",
                    "flow",
                    N_("Add a value stream"),
                    N_("Name it after what it delivers, then add its steps one by one"),
                ),
                (
                    "paste",
                    "paste",
                    N_("Paste steps from a spreadsheet"),
                    N_("A line a step: name, wait, work, %C&A, in any order with titles"),
                ),
            ),
        )
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._guidance)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self.setFocusProxy(self.view)
        self.view.selected.connect(self._take_selection)
        self.view.moved.connect(self._move)
        self.view.menu_asked.connect(self._show_menu)
        workbench.actions["flow.to-scale"].setChecked(self.to_scale)
        self.retranslate()

    # The document

    def forget(self) -> None:
        """Let go of the streams before."""
        self.after = False
        self.page.workbench.actions["flow.show-after"].setChecked(False)
        self.view.show_rows((), to_scale=self.to_scale)

    def refresh(self) -> None:
        """Show the streams anew."""
        opened = self.page.opened
        rows = (
            []
            if opened is None
            else stream_rows(opened.engagement, self.language, after=self.after, wanted=self.wanted)
        )
        self.view.editable = self.page.can_edit
        self.view.show_rows(rows, to_scale=self.to_scale)
        empty = opened is not None and not opened.engagement.value_streams
        self._stack.setCurrentWidget(self._guidance if empty else self.view)
        self.setFocusProxy(self._guidance if empty else self.view)

    def take_changes(self, changes: Changes) -> None:
        """Show the effect of one step, where it can be seen here."""
        if changes.by_kind.keys() & _SHOWN_KINDS:
            self.refresh()

    def retranslate(self) -> None:
        """Word the streams in the language of the screen."""
        self.view.setAccessibleName(self.word(N_("Value streams")))
        if self.page.opened is not None:
            self.refresh()

    # Selection

    def selection(self) -> Selection:
        """Return the selected steps, or the selected stream."""
        steps = self.view.selected_steps()
        return Selection("stream_steps", steps) if steps else Selection("value_streams", self.view.selected_streams())

    def reveal(self, kind: str, entity_id: str) -> bool:
        """Select a step or a stream and bring it into view."""
        if kind not in ("value_streams", "stream_steps") or entity_id not in self.page.engagement.kind(kind):
            return False
        self.view.select([entity_id])
        return True

    def _take_selection(self) -> None:
        self.selection_changed.emit()

    # What can be done

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Return what carries out each action."""
        view = self.view
        return {
            "flow.add-step": lambda: self.add_step(1),
            "flow.add-step-before": lambda: self.add_step(0),
            "flow.add-stream": self.add_stream,
            "flow.copy-stream": self.copy_stream,
            "flow.remove-stream": self.remove_stream,
            "flow.edit-wait": lambda: view.edit_field(Field.WAIT),
            "flow.edit-process": lambda: view.edit_field(Field.PROCESS),
            "flow.edit-accurate": lambda: view.edit_field(Field.ACCURATE),
            "flow.move-left": lambda: self.shift(-1),
            "flow.move-right": lambda: self.shift(1),
            "flow.move-up": lambda: self.move_across(-1),
            "flow.move-down": lambda: self.move_across(1),
            "flow.show-after": self.switch_after,
            "flow.to-scale": self.switch_scale,
            "flow.zoom-in": view.zoom_in,
            "flow.zoom-out": view.zoom_out,
            "flow.fit": view.fit,
            "flow.export-picture": self.export_picture,
            "cut": self.cut,
            "copy": self.copy,
            "paste": self.paste,
            "rename": lambda: view.edit_field(Field.NAME),
            "remove": self.remove,
            "select-all": view.select_all,
        }

    def possible(self) -> frozenset[str]:
        """Return the ids of the actions that can be carried out now."""
        page, view = self.page, self.view
        if page.opened is None:
            return frozenset()
        steps, stream = view.selected_steps(), self._stream_id()
        found: set[str] = set()
        if view.rows:
            found |= {"flow.show-after", "flow.to-scale", "flow.zoom-in", "flow.zoom-out", "flow.fit"}
            found |= {"flow.export-picture", "select-all"}
        if steps:
            found |= {"copy"}
        if not page.can_edit:
            return frozenset(found)
        found |= {"flow.add-stream", "paste"}
        if stream:
            found |= {
                "flow.add-step",
                "flow.add-step-before",
                "flow.copy-stream",
                "flow.remove-stream",
                "rename",
                "remove",
            }
        if steps:
            found |= {"cut", "flow.edit-accurate"} | (
                {"flow.edit-wait", "flow.edit-process"} if not self.after else set()
            )
            found |= {
                action for action, way in (("flow.move-left", -1), ("flow.move-right", 1)) if self._can_shift(way)
            }
            found |= {action for action, way in (("flow.move-up", -1), ("flow.move-down", 1)) if self._beside(way)}
        return frozenset(found)

    def add_stream(self) -> None:
        """Add a stream and name it."""
        before = self.page.engagement.value_streams.keys()
        name = self.word(N_("New value stream"))
        if self.page.edit(lambda engagement: flow.add_stream(engagement, name=name)):
            (stream_id,) = self.page.engagement.value_streams.keys() - before
            self._begin_name(Spot(stream_id))

    def add_step(self, behind: int) -> None:
        """Add a step behind the one the keyboard is on, or before it, and name it."""
        spot, engagement = self.view.spot, self.page.engagement
        stream_id = self._stream_id()
        ids = [step.id for step in steps_of(engagement, stream_id)]
        at = ids.index(spot.step_id) + behind if spot.step_id in ids else len(ids) * behind
        name = self.word(N_("New step"))
        if self.page.edit(lambda now: flow.add_step(now, stream_id, name=name, at=at)):
            (step_id,) = self.page.engagement.stream_steps.keys() - engagement.stream_steps.keys()
            self._begin_name(Spot(stream_id, step_id))

    def _begin_name(self, spot: Spot) -> None:
        self.view.select([spot.step_id or spot.stream_id], spot=spot)
        self.view.setFocus()
        self.view.edit_field(Field.NAME)

    def copy_stream(self) -> None:
        """Add a copy of the stream the keyboard is on."""
        before, stream_id = self.page.engagement.value_streams.keys(), self._stream_id()
        if self.page.edit(lambda engagement: flow.copy_stream(engagement, stream_id)):
            (copy_id,) = self.page.engagement.value_streams.keys() - before
            self.view.select([copy_id])

    def remove_stream(self) -> None:
        """Remove the stream the keyboard is on, with its steps."""
        stream_id = self._stream_id()
        self._remove("value_streams", (stream_id,))

    def remove(self) -> None:
        """Remove what is selected: steps, or a stream."""
        steps = self.view.selected_steps()
        if steps:
            self._remove("stream_steps", steps)
        else:
            self.remove_stream()

    def _remove(self, kind: str, ids: tuple[str, ...]) -> None:
        engagement = self.page.engagement
        changes = entities.remove(engagement, kind, ids)
        gone = sum(change.after is None for _id, change in changes.by_kind.get("outcomes", {}).items())
        if self.page.edit(lambda _now: changes) and gone:
            text = self.language.ngettext(
                *NN_("{count} outcome of an initiative went with it.", "{count} outcomes of initiatives went with it."),
                gone,
            ).format(count=self.language.number(gone, decimals=0))
            self.page.workbench.tell(text, tone="information", key="flow-removed")

    def shift(self, steps: int) -> None:
        """Move the selected steps within their stream."""
        ids, stream_id = self.view.selected_steps(), self.view.spot.stream_id
        order = [step.id for step in steps_of(self.page.engagement, stream_id)]
        places = [order.index(step_id) for step_id in ids if step_id in order]
        if places:
            at = min(places) - 1 if steps < 0 else max(places) + 2
            self._move(tuple(order[place] for place in places), stream_id, at)

    def move_across(self, way: int) -> None:
        """Move the selected steps to the stream above or below, where they stand in this one."""
        target = self._beside(way)
        spot = self.view.spot
        order = [step.id for step in steps_of(self.page.engagement, spot.stream_id)]
        at = order.index(spot.step_id) if spot.step_id in order else 0
        self._move(self.view.selected_steps(), target, at)

    def _move(self, ids: tuple[str, ...], stream_id: str, at: int) -> None:
        spot = Spot(stream_id, self.view.spot.step_id)
        if self.page.edit(lambda engagement: flow.place_steps(engagement, ids, stream_id, at=at)):
            self.view.select(ids, spot=spot)

    def _can_shift(self, way: int) -> bool:
        ids, stream_id = set(self.view.selected_steps()), self.view.spot.stream_id
        order = [step.id for step in steps_of(self.page.engagement, stream_id)]
        if not ids <= set(order) or not order:
            return False
        return order[0] not in ids if way < 0 else order[-1] not in ids

    def _beside(self, way: int) -> str:
        """Return the id of the stream above or below the one the keyboard is on; empty where there is none."""
        shown = [row.id for row in self.view.rows]
        if self.view.spot.stream_id not in shown:
            return ""
        at = shown.index(self.view.spot.stream_id) + way
        return shown[at] if 0 <= at < len(shown) else ""

    def _stream_id(self) -> str:
        """Return the stream the keyboard is on, or the only one."""
        if self.view.spot.stream_id:
            return self.view.spot.stream_id
        return self.view.rows[0].id if len(self.view.rows) == 1 else ""

    # How it is shown

    def switch_after(self) -> None:
        """Show the streams as they are, or as they will be."""
        self.after = self.page.workbench.actions["flow.show-after"].isChecked()
        self.refresh()
        self.situation_changed.emit()

    def switch_scale(self) -> None:
        """Show waits in a readable scale, or to scale."""
        self.to_scale = self.page.workbench.actions["flow.to-scale"].isChecked()
        self.page.workbench.remember("flow", {"to-scale": self.to_scale})
        self.refresh()

    def export_picture(self) -> None:
        """Ask what to leave out and for a place, and write the streams there as they are shown."""
        shown = ShownStreams(
            engagement=self.page.engagement,
            stream_ids=frozenset(row.id for row in self.view.rows),
            after=self.after,
            to_scale=self.to_scale,
        )
        ask_stream_picture(self.page.workbench, self, shown)

    def _show_menu(self, place: QPoint) -> None:
        show_menu(self, self.page.workbench.actions, _MENU, place)

    # Editing in place

    def _offer(self, spot: Spot, field: Field) -> str:
        engagement = self.page.engagement
        if not spot.step_id:
            return engagement.value_streams[spot.stream_id].name
        step = engagement.stream_steps[spot.step_id]
        clock = working_clock(engagement)
        if field is Field.NAME:
            return step.name
        if field is Field.ACCURATE:
            return write_share(step.complete_accurate, self.language)
        if self.after:
            return ""
        return write_hours(getattr(step, field.value), self.language, clock)

    def _edit(self, spot: Spot, field: Field, text: str) -> str:
        def make(engagement: Engagement) -> Changes:
            if not spot.step_id:
                return entities.change(engagement, "value_streams", spot.stream_id, name=text)
            value: object = text
            if field is Field.ACCURATE:
                value = read_share(text)
            elif field is not Field.NAME:
                value = read_hours(text, working_clock(engagement))
            return entities.change(engagement, "stream_steps", spot.step_id, **{field.value: value})

        return self.attempt(make)

    # The clipboard

    def copy(self) -> None:
        """Copy the selected steps, as they are and as a table."""
        engagement = self.page.engagement
        steps = [engagement.stream_steps[step_id] for step_id in self.view.selected_steps()]
        mime = QMimeData()
        mime.setData(MIME_TYPE, write_clip(steps))
        mime.setText(write_table(engagement, steps, self.language))
        QGuiApplication.clipboard().setMimeData(mime)

    def cut(self) -> None:
        """Copy the selected steps and remove them."""
        self.copy()
        self.remove()

    def paste(self) -> None:
        """Put the steps on the clipboard behind the one the keyboard is on; into a new stream where there is none."""
        engagement = self.page.engagement
        try:
            steps = self._on_clipboard(engagement)
        except UserError as error:
            self.page.workbench.tell(error, tone="warning", key="flow-paste")
            return
        if not steps:
            self.page.workbench.tell(UserError("no-steps-to-paste"), tone="warning", key="flow-paste")
            return
        stream_id = self._stream_id()
        name = self.word(N_("New value stream"))

        def make(now: Engagement) -> Changes:
            if stream_id:
                return flow.paste_steps(now, stream_id, steps, at=self._place_behind(now, stream_id))
            return flow.paste_as_stream(now, steps, name=name)

        if self.page.edit(make):
            new = self.page.engagement.stream_steps.keys() - engagement.stream_steps.keys()
            ordered = [step.id for row in self.view.rows for step in row.steps if step.id in new]
            self.view.select(ordered)
            self.view.setFocus()

    def _place_behind(self, engagement: Engagement, stream_id: str) -> int:
        order = [step.id for step in steps_of(engagement, stream_id)]
        chosen = [order.index(step_id) for step_id in self.view.selected_steps() if step_id in order]
        return max(chosen) + 1 if chosen else len(order)

    def _on_clipboard(self, engagement: Engagement) -> tuple[StreamStep, ...]:
        mime = clipboard_data()
        if mime.hasFormat(MIME_TYPE):
            return read_clip(bytes(mime.data(MIME_TYPE).data()))
        return read_table(mime.text(), engagement, self.language) if mime.hasText() else ()

    def line(self) -> str:
        """Return how many streams and steps there are, and how well the whole of them flows."""
        engagement, language = self.page.engagement, self.language
        streams = ordered_streams(engagement)
        texts = [
            language.ngettext(*NN_("{count} value stream", "{count} value streams"), len(streams)),
            language.ngettext(*NN_("{count} step", "{count} steps"), len(engagement.stream_steps)),
        ]
        counts = (len(streams), len(engagement.stream_steps))
        said = [
            text.format(count=language.number(count, decimals=0)) for text, count in zip(texts, counts, strict=True)
        ]
        if len(streams) == 1:
            efficiency = measure_flow(steps_of(engagement, streams[0].id)).efficiency
            if efficiency is not None:
                said.append(
                    self.word(N_("flow efficiency {share}")).format(share=language.percent(efficiency, decimals=1))
                )
        return " · ".join(said)
