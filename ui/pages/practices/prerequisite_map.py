"""The prerequisite map: the practices of one model from left to right, each behind all it builds on.

A page within the practices page: it is told of the document and of the model, and asked for its selection and its
actions as any page is. Where practices stand is worked out on a pool thread.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QInputDialog, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from planner.analysis.map_layout import Layers, layer_by_depth
from planner.domain.changes import Changes
from planner.domain.errors import UserError
from planner.domain.practice import Prerequisite
from planner.editing import entities, prerequisites
from planner.language import N_
from ui import theme
from ui.diagram.bar import DiagramBar
from ui.diagram.chooser import Chooser
from ui.diagram.exporting import ask_picture
from ui.diagram.legend import Legend
from ui.diagram.values import SIZES, Diagram, Shape
from ui.diagram.view import DiagramView
from ui.pages.page import Page, Selection
from ui.pages.practices.map_actions import MAP_ACTIONS
from ui.pages.practices.map_picture import ModelPart, draw_prerequisites, part_of
from ui.widgets.action_menu import show_menu
from ui.widgets.choices import Choice
from ui.widgets.guidance import Guidance
from ui.widgets.text import PlainLabel
from ui.workbench import Workbench

_BUTTONS: Final = (
    ("practices.map-connect", "practices.map-focus"),
    ("practices.map-zoom-out", "practices.map-zoom-in", "practices.map-fit"),
    ("practices.map-picture",),
)
_KINDS: Final = ("models", "dimensions", "themes", "practices", "prerequisites")
_SIDE_WIDTH: Final = 260
_READABLE: Final = 0.7
_NOWHERE: Final = Layers(places={}, ways={}, circles=())

Question = tuple[tuple[str, ...], tuple[tuple[str, str], ...]]
"""The practices and the pairs (what builds, what it builds on): all that their places depend on."""


class PrerequisiteMap(Page):
    """Shows and edits what the practices of one model build on."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        surroundings, actions = workbench.surroundings, workbench.actions
        self._model_id = ""
        self._around = ""
        self._asked: Question = ((), ())
        self._layers = _NOWHERE
        self._is_fitted = False
        self._wanted = ""
        self.view = DiagramView(surroundings, self)
        self.view.movable = False
        self.legend = Legend(surroundings)
        self._heading = PlainLabel(role="heading")
        self.note = PlainLabel(role="muted", wraps=True)
        self.bar = DiagramBar(actions, _BUTTONS, worded=frozenset({"practices.map-connect", "practices.map-focus"}))
        self._guidance = Guidance(
            surroundings,
            actions,
            heading=N_("There are no practices yet"),
            sentence=N_("Once the model has practices, this map shows what each of them builds on."),
            offers=(),
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self._lay_out())
        self._stack.addWidget(self._guidance)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._stack)
        self.setFocusProxy(self.view)
        self.view.selected.connect(self._tell_selection)
        self.view.activated.connect(self._activate)
        self.view.connect_asked.connect(lambda source, target: self._join(target, source))
        self.view.menu_asked.connect(self._show_menu)
        self.retranslate()

    def _lay_out(self) -> QWidget:
        scroller = QScrollArea()
        scroller.setWidget(self.legend)
        scroller.setWidgetResizable(True)
        self.legend.setAutoFillBackground(False)
        scroller.viewport().setAutoFillBackground(False)
        scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        side = QWidget()
        side.setFixedWidth(_SIDE_WIDTH)
        column = QVBoxLayout(side)
        column.setContentsMargins(theme.SPACE_M, theme.SPACE_M, theme.SPACE_S, theme.SPACE_S)
        column.setSpacing(theme.SPACE_S)
        column.addWidget(self._heading)
        column.addWidget(scroller, 1)
        column.addWidget(self.note)
        whole = QWidget()
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.bar)
        beside = QHBoxLayout()
        beside.setSpacing(0)
        beside.addWidget(self.view, 1)
        beside.addWidget(side)
        rows.addLayout(beside, 1)
        return whole

    # The document

    @property
    def model_id(self) -> str:
        """The model shown: the one chosen, else the first there is."""
        if self.opened is None or self._model_id in self.engagement.models:
            return self._model_id
        return next(iter(self.engagement.models), "")

    def show_model(self, model_id: str) -> None:
        """Show another model of the document."""
        if model_id != self._model_id:
            self._model_id = model_id
            self._show_around("")
            self._is_fitted = False
            self.refresh()

    def forget(self) -> None:
        """Let go of the document before."""
        self._model_id = ""
        self._show_around("")
        self._asked = ((), ())
        self._layers = _NOWHERE
        self._is_fitted = False
        self.view.show_diagram(Diagram())

    def refresh(self) -> None:
        """Show the model anew; places are asked for where practices or prerequisites are others than before."""
        if self.opened is None:
            return
        part = self._part()
        self._stack.setCurrentIndex(0 if part.practices else 1)
        self.view.editable = self.can_edit
        question = (
            tuple(practice.id for practice in part.practices),
            tuple((each.practice_id, each.required_practice_id) for each in part.prerequisites),
        )
        if question != self._asked:
            self._asked = question
            self.workbench.background.run(
                lambda _progress: layer_by_depth(*question, size=SIZES[Shape.CARD]),
                success=lambda layers: self._take_layers(question, layers),
                failure=self._tell_failed,
            )
        else:
            self._draw(part)

    def take_changes(self, changes: Changes) -> None:
        """Show the effect of one step, where it is about the model."""
        if any(changes.touches(kind) for kind in _KINDS):
            self.refresh()

    def retranslate(self) -> None:
        """Word everything anew in the language of the screen."""
        language = self.workbench.surroundings.language
        self._heading.setText(language.gettext(N_("Legend")))
        self.legend.setAccessibleName(language.gettext(N_("Legend")))
        self.view.setAccessibleName(language.gettext(N_("Prerequisite map")))
        if self.opened is not None:
            self._draw(self._part())

    def _part(self) -> ModelPart:
        if self._around not in self.engagement.practices:
            self._show_around("")
        return part_of(self.engagement, self.model_id, around=self._around)

    def _take_layers(self, question: Question, layers: Layers) -> None:
        if self.opened is None or question != self._asked:
            return
        self._layers = layers
        self._draw(self._part())
        if self._wanted:
            self._select(self._wanted)
        self.situation_changed.emit()

    def _draw(self, part: ModelPart) -> None:
        language = self.workbench.surroundings.language
        diagram = draw_prerequisites(part, self._layers, language, title=self._title())
        self.view.show_diagram(diagram)
        self.legend.show_samples(diagram.legend)
        self.note.setText(self._note(part))
        if diagram.nodes and not self._is_fitted and self.view.viewport().width() > 100:
            self._is_fitted = True
            self.view.fit(least=_READABLE)

    def _title(self) -> str:
        model = self.engagement.models.get(self.model_id)
        return "" if model is None else model.name

    def _note(self, part: ModelPart) -> str:
        language = self.workbench.surroundings.language
        names = self.engagement.practices
        if self._layers.circles:
            circles = (
                " → ".join(names[each].name for each in circle if each in names) for circle in self._layers.circles
            )
            return "\n".join(language.gettext(N_("Circle: {names}")).format(names=circle) for circle in circles)
        if not part.prerequisites and not self._around:
            return language.gettext(
                N_("Drag from the rim of a practice to one that builds on it, or select one and press {key}.")
            ).format(key=self.workbench.actions["practices.map-connect"].shortcut().toString())
        if self._around:
            return language.gettext(N_("Only what {name} builds on and unlocks")).format(name=names[self._around].name)
        return ""

    # What is selected and what can be done

    def selection(self) -> Selection:
        """Return the selected practices, or prerequisites."""
        if practices := self.view.selected_nodes():
            return Selection("practices", practices)
        edges = self.view.selected_edges()
        return Selection("prerequisites", edges) if edges else Selection()

    def reveal(self, kind: str, entity_id: str) -> bool:
        """Select a practice or a prerequisite of any model and bring it into view."""
        if self.opened is None or kind not in ("practices", "prerequisites"):
            return False
        entity = self.engagement.kind(kind).get(entity_id)
        if entity is None:
            return False
        practice = self.engagement.practices[entity.practice_id if isinstance(entity, Prerequisite) else entity.id]
        theme_of = self.engagement.themes[practice.theme_id]
        self.show_model(self.engagement.dimensions[theme_of.dimension_id].model_id)
        if not any(each.id == practice.id for each in self._part().practices):
            self._show_around("")
            self.refresh()
        self._select(entity_id)
        return True

    def _select(self, entity_id: str) -> None:
        """Select something as soon as it has a place."""
        self.view.select((entity_id,))
        self.view.bring_into_view((entity_id,))
        self._wanted = "" if self.selection() else entity_id

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Return what carries out the actions of the map and those it shares."""
        return {
            "practices.map-connect": self.ask_connect,
            "practices.map-score": self.ask_score,
            "practices.map-focus": self.toggle_focus,
            "practices.map-zoom-in": self.view.zoom_in,
            "practices.map-zoom-out": self.view.zoom_out,
            "practices.map-fit": self.view.fit,
            "practices.map-picture": self.ask_picture,
            "remove": self._remove,
            "select-all": self.view.select_all,
            "find-here": self.ask_find,
        }

    def possible(self) -> frozenset[str]:
        """Return the ids of the actions that can be carried out now."""
        if self.opened is None or not self.view.diagram.nodes:
            return frozenset()
        found = {
            "select-all",
            "find-here",
            "practices.map-zoom-in",
            "practices.map-zoom-out",
            "practices.map-fit",
            "practices.map-picture",
        }
        selected = self.selection()
        single = selected.kind == "practices" and len(selected.ids) == 1
        if single or self._around:
            found.add("practices.map-focus")
        if self.can_edit:
            if single:
                found.add("practices.map-connect")
            if selected.kind == "prerequisites":
                found |= {"remove", "practices.map-score"}
        return frozenset(found)

    # What a person does

    def ask_connect(self) -> Chooser | None:
        """Ask what the selected practice builds on."""
        selected = self.selection()
        if selected.kind != "practices" or len(selected.ids) != 1:
            return None
        (practice_id,) = selected.ids
        name = self.engagement.practices[practice_id].name
        title = self.workbench.surroundings.language.gettext(N_("What does {name} build on?")).format(name=name)
        return self._choose(title, lambda chosen: self._join(practice_id, chosen), without=practice_id)

    def ask_find(self) -> Chooser:
        """Ask for a practice to go to."""
        title = self.workbench.surroundings.language.gettext(N_("Go to a practice"))
        return self._choose(title, self._select)

    def ask_score(self) -> QInputDialog | None:
        """Ask for the minimum score of the selected prerequisites, in percent."""
        selected = self.selection()
        if selected.kind != "prerequisites":
            return None
        language = self.workbench.surroundings.language
        dialog = QInputDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(language.gettext(N_("Minimum score")))
        dialog.setLabelText(language.gettext(N_("The score the required practice must reach first, in percent")))
        dialog.setInputMode(QInputDialog.InputMode.IntInput)
        dialog.setIntRange(0, 100)
        dialog.setIntStep(5)
        dialog.setIntValue(round(self.engagement.prerequisites[selected.ids[0]].minimum_score * 100))
        dialog.intValueSelected.connect(lambda percent: self._set_score(selected.ids, percent / 100))
        dialog.open()
        return dialog

    def ask_picture(self) -> None:
        """Ask where the picture of the whole map goes."""
        name = self.workbench.surroundings.language.gettext(N_("Prerequisites of {name}"))
        ask_picture(self.workbench, self, name=name.format(name=self._title()), make=lambda: self.view.diagram)

    def toggle_focus(self) -> None:
        """Show only what is joined to the selected practice, or everything again."""
        selected = self.selection()
        around = "" if self._around or selected.kind != "practices" else selected.ids[0]
        self._focus(around, selected.ids)

    def _focus(self, around: str, wanted: tuple[str, ...]) -> None:
        self._show_around(around)
        self._is_fitted = False
        self._wanted = wanted[0] if wanted else ""
        self.refresh()
        self.situation_changed.emit()

    def _show_around(self, practice_id: str) -> None:
        self._around = practice_id
        self.workbench.actions["practices.map-focus"].setChecked(bool(practice_id))

    def _activate(self, entity_id: str) -> None:
        if self._around and entity_id in self.engagement.practices and entity_id != self._around:
            self._focus(entity_id, (entity_id,))
            return
        action = self.workbench.actions["inspector"]
        if not action.isChecked():
            action.trigger()

    def _choose(self, title: str, chosen: Callable[[str], object], *, without: str = "") -> Chooser:
        part = part_of(self.engagement, self.model_id)
        chooser = Chooser(
            self.workbench.surroundings,
            title=title,
            offers=tuple(
                Choice(title=each.name, line=part.dimension_of[each.id].name, icon="practices", value=each.id)
                for each in part.practices
                if each.id != without
            ),
            parent=self,
        )
        chooser.chosen.connect(chosen)
        chooser.open()
        return chooser

    def _join(self, practice_id: str, required_id: str) -> None:
        before = self.engagement.prerequisites
        require = partial(prerequisites.require_practice, practice_id=practice_id, required_practice_id=required_id)
        if self.edit(require):
            added = [each for each in self.engagement.prerequisites if each not in before]
            self._select(added[0])
            self.view.setFocus()

    def _set_score(self, ids: tuple[str, ...], score: float) -> None:
        self.edit(lambda engagement: prerequisites.set_minimum_score(engagement, ids, score))

    def _remove(self) -> None:
        selected = self.selection()
        if selected.kind == "prerequisites":
            self.edit(lambda engagement: entities.remove(engagement, selected.kind, selected.ids))

    def _tell_selection(self) -> None:
        self.selection_changed.emit()
        self.situation_changed.emit()

    def _tell_failed(self, error: UserError) -> None:
        self.workbench.tell(error)

    def _show_menu(self, place: QPoint) -> None:
        possible = self.possible()
        offered = [action_id for action_id in (*(kind.id for kind in MAP_ACTIONS), "remove") if action_id in possible]
        show_menu(self, self.workbench.actions, [offered], place)
