"""The practices page: one model at a time as a tree, with what is chosen read, compared and edited beside it.

Four views share it: level descriptors side by side, the texts of one practice, the map of what builds on what, and
the scales. What a person does is in `verbs`; what is shown of an engagement in `tree`, `levels`, `texts` and `scales`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QHideEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from planner.domain.changes import Changes
from planner.editing.practices import model_of, ordered_models, practices_of, remove_option
from planner.language import N_, NN_
from ui.pages.page import Page, Selection
from ui.pages.practices import clipboard
from ui.pages.practices.bar import VIEWS, PracticesBar
from ui.pages.practices.pane import ReadingPane
from ui.pages.practices.prerequisite_map import PrerequisiteMap
from ui.pages.practices.scales import ScaleEditor
from ui.pages.practices.tree import FIELDS, Column, PracticeTree
from ui.pages.practices.tree_view import PracticeView
from ui.pages.practices.verbs import PracticeVerbs
from ui.widgets.guidance import Guidance
from ui.widgets.toolbar import PageToolbar
from ui.workbench import Workbench

_BUTTONS: Final = (
    ("undo", "redo"),
    ("practices.add-practice", "practices.add-theme", "practices.add-dimension"),
    ("practices.move-up", "practices.move-down", "remove"),
    ("import",),
)
_OFFERS: Final = (
    ("import", "import", N_("Import a model"), N_("OWASP DSOMM, SAMM, Measure-Mate, a table or another engagement")),
    ("practices.add-model", "practices", N_("Add an empty model"), N_("Write dimensions, themes and practices of your own")),
    ("demo", "demo", N_("Look at the demo"), N_("See what a model looks like; this file stays as it is")),
)  # fmt: skip
_KINDS: Final = ("models", "dimensions", "themes", "practices", "prerequisites", "scales")
_WITH_TREE: Final = frozenset({"levels", "texts"})
_SHAPING: Final = frozenset({"theme_id", "name", "position", "level", "description", "tags"})
"""Fields of a practice that decide where it is shown, or whether the filter lets it through."""
_PROMINENT = frozenset({"practices.add-practice", "import"})


class PracticesPage(Page):
    """Shows and edits the maturity models of one open document."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        surroundings, actions = workbench.surroundings, workbench.actions
        self.verbs = PracticeVerbs(self)
        self._model_id = ""
        self._view = "levels"
        self._is_refreshing = False
        self.map: PrerequisiteMap | None = None
        self.toolbar = PageToolbar(surroundings, actions, _BUTTONS, prominent=_PROMINENT, parent=self)
        self.bar = PracticesBar(surroundings, actions, self)
        self._nest()
        self.tree = PracticeTree(surroundings.language, edit=self._edit_cell, drop=self._drop, parent=self)
        self.view = PracticeView(surroundings, self.tree, self._splitter)
        self.pane = ReadingPane(
            surroundings,
            describe_level=self.verbs.describe_level,
            edit_text=self.verbs.edit_text,
            go_to=self._go_to_practice,
            parent=self._splitter,
        )
        self.scales = ScaleEditor(
            surroundings, rename=self._rename_scale, change=self.verbs.change_option, parent=self._views
        )
        self._build(_OFFERS)
        self._connect()

    def _nest(self) -> None:
        """Make what holds the views, from the outside in: what moves to another parent is styled anew."""
        self._stack = QStackedWidget(self)
        self._whole = QWidget(self._stack)
        self._views = QStackedWidget(self._whole)
        self._splitter = QSplitter(Qt.Orientation.Vertical, self._views)

    def _build(self, offers: tuple[tuple[str, str, str, str], ...]) -> None:
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self.view)
        self._splitter.addWidget(self.pane)
        self._splitter.setSizes([_TREE_SHARE, _PANE_SHARE])
        self._splitter.setStretchFactor(0, 1)  # a taller window shows more rows, not more ground below the texts
        self._views.addWidget(self._splitter)
        self._views.addWidget(self.scales)
        rows = QVBoxLayout(self._whole)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.bar)
        rows.addWidget(self._views, 1)
        self._stack.addWidget(self._whole)
        self._stack.addWidget(
            Guidance(
                self.workbench.surroundings,
                self.workbench.actions,
                heading=N_("There is no maturity model yet"),
                sentence=N_("A model holds the practices teams are assessed against, each described level by level."),
                offers=offers,
                parent=self._stack,
            )
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.toolbar)
        layout.addWidget(self._stack, 1)
        self.setFocusProxy(self.view)

    def _connect(self) -> None:
        self.bar.model_chosen.connect(self.show_model)
        self.bar.model_named.connect(self.verbs.rename_model)
        self.bar.filter_changed.connect(self._refilter)
        self.view.selectionModel().selectionChanged.connect(lambda *_both: self._take_selection())
        self.scales.changed.connect(self._take_selection)
        self.workbench.surroundings.theme_changed.connect(self.view.viewport().update)
        QGuiApplication.clipboard().dataChanged.connect(self.situation_changed)
        kept = self.workbench.remembered("practices")
        sizes, view = kept.get("splitter"), kept.get("view")
        if isinstance(sizes, list) and len(sizes) == 2 and all(isinstance(size, int) and size > 0 for size in sizes):
            self._splitter.setSizes(sizes)
        self._show_view(view if view in VIEWS and view != "map" else "levels")

    # The document

    def forget(self) -> None:
        """Let go of the models before."""
        self._model_id = ""
        self.view.folded = set()
        self.bar.clear_filter()
        self.tree.show_model(None, "", self.bar.chosen_filter(), can_edit=False)
        self.pane.clear()
        self.scales.show_model(None, "", can_edit=False)
        if self.map is not None:
            self.map.show_document(self.opened)

    def refresh(self) -> None:
        """Show the models anew."""
        if self.opened is None:
            return
        models = ordered_models(self.engagement)
        if self._model_id not in self.engagement.models:
            kept = self.workbench.remembered("practices").get("model")
            self._model_id = str(kept) if kept in self.engagement.models else (models[0].id if models else "")
        self._stack.setCurrentIndex(0 if models else 1)
        self.bar.show_models([(model.id, f"{model.name} {model.version}".strip()) for model in models], self._model_id)
        self._is_refreshing = True
        self.scales.show_model(self.engagement, self._model_id, can_edit=self.can_edit)
        self._show_tree()
        self._show_map()
        self._retitle()
        self.selection_changed.emit()

    def take_changes(self, changes: Changes) -> None:
        """Show the effect of one step: a changed practice where it stands, or everything anew."""
        if changes.touches("settings"):
            self._retitle()
        if not changes.touches(*_KINDS):
            return
        made = [one for one, change in changes.by_kind.get("models", {}).items() if change.before is None]
        if changes.label.code == "import-files" and made:
            self._model_id = made[0]
        if changes.touches(*(kind for kind in _KINDS if kind not in {"practices", "prerequisites"})):
            self.refresh()
            return
        touched = changes.by_kind.get("practices", {})
        if any(change.before is None or change.after is None or _reshapes(change.before, change.after)
               for change in touched.values()):  # fmt: skip
            self.refresh()
            return
        self.tree.take_practices(self.engagement, frozenset(touched))
        self._show_chosen()

    def retranslate(self) -> None:
        """Word everything in the language of the screen."""
        language = self.workbench.surroundings.language
        self.tree.retranslate(language)
        self.view.retranslate()
        self.bar.retranslate()
        self.pane.retranslate()
        self.scales.retranslate()
        if self.opened is not None:
            self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what is being written, and remember the page's choices."""
        super().hideEvent(event)
        self.pane.keep()
        self.workbench.remember(
            "practices", {"splitter": self._splitter.sizes(), "view": self._view, "model": self._model_id}
        )

    # What the verbs and the window ask

    @property
    def model_id(self) -> str:
        """The id of the model shown; empty where there is none."""
        return self._model_id

    def chosen(self) -> tuple[tuple[str, str], ...]:
        """Return (kind, id) of what is selected in the tree, from top to bottom."""
        return self.view.selected_ids()

    def current(self) -> tuple[str, str] | None:
        """Return (kind, id) of the current row of the tree; None where there is none."""
        kind, entity_id = self.view.current_id()
        return (kind, entity_id) if entity_id else None

    def show_model(self, model_id: str) -> None:
        """Show a model."""
        if self.opened is None or model_id not in self.engagement.models or model_id == self._model_id:
            return
        self._model_id = model_id
        self.bar.clear_filter()
        self.refresh()
        self.situation_changed.emit()
        self.selection_changed.emit()

    def show_added(self, entity_id: str, *, named: bool) -> None:
        """Select what was just made, whatever the filter, and let it be named."""
        if not self.tree.index_of(entity_id).isValid():
            self.bar.clear_filter()
            self._show_tree()
        if self._view not in _WITH_TREE:
            self._show_view("levels")
        self.view.setFocus()
        if named:
            self.view.edit_cell(entity_id, Column.NAME)
        else:
            self.view.reveal(entity_id)

    def selection(self) -> Selection:
        """Return what is selected: rows of the current row's kind, the chosen scale, or the model itself."""
        if self.opened is None or not self._model_id:
            return Selection()
        if self._view == "map" and self.map is not None and self.map.selection():
            return self.map.selection()
        if self._view == "scales":
            scale_id = self.scales.chosen_id()
            return Selection("scales", (scale_id,)) if scale_id else Selection("models", (self._model_id,))
        kind, ids = self.verbs.of_one_kind()
        return Selection(kind, tuple(ids)) if ids else Selection("models", (self._model_id,))

    def reveal(self, kind: str, entity_id: str) -> bool:
        """Show the model an entity is of, select it and bring it into view."""
        if kind not in _KINDS or entity_id not in self.engagement.kind(kind):
            return False
        if kind == "prerequisites":
            practice_id = self.engagement.prerequisites[entity_id].practice_id
            self.show_model(model_of(self.engagement, "practices", practice_id))
            self._show_view("map")
            return self.map is not None and self.map.reveal(kind, entity_id)
        self.show_model(model_of(self.engagement, kind, entity_id))
        if kind == "models":
            return True
        if kind == "scales":
            self._show_view("scales")
            return self.scales.choose(entity_id)
        if self._view not in _WITH_TREE:
            self._show_view("levels")
        self.show_added(entity_id, named=False)
        return True

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Return what carries out the page's actions and those it shares with the others."""
        own: dict[str, Callable[[], object]] = {
            "practices.add-practice": lambda: self.verbs.add("practices"),
            "practices.add-theme": lambda: self.verbs.add("themes"),
            "practices.add-dimension": lambda: self.verbs.add("dimensions"),
            "practices.move-up": lambda: self.verbs.shift(-1),
            "practices.move-down": lambda: self.verbs.shift(1),
            "practices.move-before": lambda: self.verbs.change_holder(-1),
            "practices.move-after": lambda: self.verbs.change_holder(1),
            "practices.fold-all": self.view.fold_all,
            "practices.unfold-all": self.view.unfold_all,
            "practices.add-scale": self._add_scale,
            "practices.add-option": self._add_option,
            "practices.add-model": self._add_model,
            "practices.rename-model": self._ask_model_name,
            "practices.copy-model": self.verbs.copy_model,
            "practices.remove-model": self.verbs.remove_model,
            "cut": lambda: self.verbs.copy(cut=True),
            "copy": self.verbs.copy,
            "paste": self._paste,
            "rename": self._rename,
            "remove": self._remove,
            "select-all": self.view.selectAll,
            "find-here": self._find,
        }
        for view in VIEWS:
            own[f"practices.show-{view}"] = partial(self._show_view, view)
        if self.map is not None:
            of_map = self.map.handlers()
            own |= (
                of_map if self._view == "map" else {one: of_map[one] for one in of_map if one.startswith("practices")}
            )
        return own

    def possible(self) -> frozenset[str]:
        """Return what the model and the selection allow."""
        if self.opened is None:
            return frozenset()
        found = {"practices.add-model"} if self.can_edit else set()
        if not self._model_id:
            return frozenset(found)
        found |= {f"practices.show-{view}" for view in VIEWS}
        if self.can_edit:
            found |= {f"practices.{verb}-model" for verb in ("rename", "copy", "remove")}
            found |= {f"practices.add-{kind}" for kind in ("practice", "theme", "dimension")}
        if self._view == "map":
            return frozenset(found | (self.map.possible() if self.map is not None else set()))
        if self._view == "scales":
            return frozenset(found | self.scales.possible())
        return frozenset(found | self.verbs.possible())

    def summary_text(self) -> str:
        """Return what the status bar says: how many models, dimensions and practices there are."""
        language, engagement = self.workbench.surroundings.language, self.engagement
        return " · ".join(
            language.ngettext(*words, count).format(count=language.number(count, decimals=0))
            for words, count in (
                (NN_("{count} model", "{count} models"), len(engagement.models)),
                (NN_("{count} dimension", "{count} dimensions"), len(engagement.dimensions)),
                (NN_("{count} practice", "{count} practices"), len(engagement.practices)),
            )
        )

    # Showing

    def _retitle(self) -> None:
        model = self.engagement.models.get(self._model_id)
        self.toolbar.title.setText(self.engagement.setting.name if model is None else model.name)
        language, parts = self.workbench.surroundings.language, [""]
        if model is not None:
            version = model.version and language.gettext(N_("Version {version}")).format(version=model.version)
            parts = [version, model.source if model.source != model.name else "", model.licence]
            count = len(practices_of(self.engagement, self._model_id))
            words = language.ngettext(*NN_("{count} practice", "{count} practices"), count)
            parts.append(words.format(count=language.number(count, decimals=0)))
        self.toolbar.line.setText(" · ".join(part for part in parts if part))
        self.toolbar.line.setVisible(any(parts))

    def _show_tree(self) -> None:
        self._is_refreshing = True
        selected = {entity_id for _kind, entity_id in self.view.selected_ids()}
        _kind, current = self.view.current_id()
        column, scroll = self.view.currentIndex().column(), self.view.verticalScrollBar().value()
        was_blocked = self.view.selectionModel().blockSignals(True)
        self.tree.show_model(self.engagement, self._model_id, self.bar.chosen_filter(), can_edit=self.can_edit)
        self.view.selectionModel().blockSignals(was_blocked)
        self.view.restore(selected, current, column, scroll)
        if not self.view.currentIndex().isValid() and self.tree.rowCount():
            self.view.setCurrentIndex(self.tree.index(0, 0))
        self._is_refreshing = False
        self._show_chosen()

    def _refilter(self) -> None:
        if self.opened is not None:
            self._show_tree()
            self.situation_changed.emit()
            self.selection_changed.emit()

    def _take_selection(self) -> None:
        if self.opened is None or self._is_refreshing:
            return
        self._show_chosen()
        self.situation_changed.emit()
        self.selection_changed.emit()

    def _show_chosen(self) -> None:
        """Show the levels and texts of what is selected: practices, or those of a theme or dimension."""
        self.pane.show_chosen(self.engagement, self.chosen(), self.view.current_id()[1], can_edit=self.can_edit)

    def _show_map(self) -> None:
        if self._view == "map" and self.map is not None and self._model_id:
            self.map.show_model(self._model_id)

    def _show_view(self, view: str) -> None:
        self._view = view
        if view == "map":
            self._make_map()
        self.bar.show_view(view)
        self.pane.show_view(view)
        shown: QWidget = self._splitter
        if view == "scales":
            shown = self.scales
        elif view == "map" and self.map is not None:
            shown = self.map
        self._views.setCurrentWidget(shown)
        if self.opened is not None:
            self._show_chosen()
            self._show_map()
            self.situation_changed.emit()
            self.selection_changed.emit()

    def _make_map(self) -> None:
        """Make the map when it is first asked for: most visits to the page are without it."""
        if self.map is None:
            self.map = PrerequisiteMap(self.workbench, self)
            self._views.addWidget(self.map)
            self.map.selection_changed.connect(self.selection_changed)
            self.map.situation_changed.connect(self.situation_changed)
            self.map.show_document(self.opened)

    # Doing

    def _edit_cell(self, kind: str, entity_id: str, column: Column, value: Any) -> bool:
        return self.verbs.edit_cell(kind, entity_id, column, value, FIELDS[column])

    def _drop(self, data: QMimeData, kind: str, holder_id: str, before_id: str | None) -> bool:
        return self.verbs.drop(data, kind, holder_id, before_id)

    def _go_to_practice(self, practice_id: str) -> None:
        self.reveal("practices", practice_id)

    def _rename_scale(self, scale_id: str, name: str) -> bool:
        return self.verbs.rename("scales", scale_id, name)

    def _add_model(self) -> None:
        if self.verbs.add_model():
            self._ask_model_name()

    def _ask_model_name(self) -> None:
        self.bar.ask_name(self.engagement.models[self._model_id].name)

    def _add_scale(self) -> None:
        scale_id = self.verbs.add_scale()
        if scale_id:
            self.scales.choose(scale_id)
            self.scales.rename_chosen()

    def _add_option(self) -> None:
        after = self.scales.chosen_option()
        last = self.scales.option_table.rowCount() - 1
        after = after if after >= 0 else last
        if self.verbs.add_option(self.scales.chosen_id(), after):
            self.scales.edit_option(after + 1)

    def _paste(self) -> None:
        table = clipboard.table_there()
        if not self.verbs.paste() and table and self.opened is not None:
            self.workbench.exchange.read_table(self.opened, table, model_id=self._model_id)

    def _rename(self) -> None:
        if self._view == "scales":
            self.scales.rename_chosen()
            return
        current = self.current()
        if current is not None:
            self.view.edit_cell(current[1], Column.NAME)

    def _remove(self) -> None:
        if self._view != "scales":
            self.verbs.remove()
            return
        scale_id, option = self.scales.chosen_id(), self.scales.chosen_option()
        if option >= 0 and self.scales.options.hasFocus():
            self.edit(lambda engagement: remove_option(engagement, scale_id, option))
        else:
            self.verbs.remove_scale(scale_id)

    def _find(self) -> None:
        self.bar.filter.setFocus()
        self.bar.filter.selectAll()


def _reshapes(before: Any, after: Any) -> bool:
    return any(getattr(before, field) != getattr(after, field) for field in _SHAPING)


def make_page(workbench: Workbench, parent: QWidget) -> PracticesPage:
    """Return the page."""
    return PracticesPage(workbench, parent)


_TREE_SHARE: Final = 360
_PANE_SHARE: Final = 300
