"""What a person does to the models on this page, verb by verb: each is one step, and what it made is shown and named."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, Protocol

from PySide6.QtCore import QMimeData

from planner.domain.changes import Changes
from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.domain.identity import new_id
from planner.domain.practice import Scale, ScaleOption
from planner.editing import entities, practices
from planner.editing.naming import free_name
from planner.language import N_, Language
from planner.words import KIND_WORDS
from ui.pages.practices import clipboard
from ui.pages.practices.tree import Column, read_mime
from ui.workbench import Workbench

_OPTIONS: Final = (
    (0.0, N_("Not at all")),
    (0.25, N_("Tried out")),
    (0.5, N_("Partly")),
    (0.75, N_("Mostly")),
    (1.0, N_("Fully")),
)
_HOLDER: Final = {"dimensions": "models", "themes": "dimensions", "practices": "themes"}
_NEW_NAMES: Final = {
    "dimensions": N_("New dimension"),
    "themes": N_("New theme"),
    "practices": N_("New practice"),
}


class Shown(Protocol):
    """What the verbs ask of the page they serve."""

    workbench: Workbench

    @property
    def engagement(self) -> Engagement:
        """The engagement as it stands."""

    @property
    def can_edit(self) -> bool:
        """Whether a document is open that may be edited now."""

    @property
    def model_id(self) -> str:
        """The model shown."""

    def edit(
        self,
        make: Callable[[Engagement], Changes],
        *,
        refused: Callable[[str], object] | None = None,
        then: Callable[[], object] | None = None,
    ) -> bool:
        """Carry out one step."""

    def chosen(self) -> tuple[tuple[str, str], ...]:
        """Return (kind, id) of what is selected in the tree, from top to bottom."""

    def current(self) -> tuple[str, str] | None:
        """Return (kind, id) of the current row of the tree; None where there is none."""

    def show_model(self, model_id: str) -> None:
        """Show a model."""

    def show_added(self, entity_id: str, *, named: bool) -> None:
        """Select what was just made and, if `named`, let it be named."""


def standard_options(language: Language) -> tuple[ScaleOption, ...]:
    """Return the options a new scale begins with."""
    return tuple(ScaleOption(score=score, text=language.gettext(text)) for score, text in _OPTIONS)


def standard_name(language: Language) -> str:
    """Return what a new scale is called."""
    return language.gettext(N_("Five steps"))


class PracticeVerbs:
    """The verbs of one page."""

    def __init__(self, page: Shown) -> None:
        self._page = page

    @property
    def _language(self) -> Language:
        return self._page.workbench.surroundings.language

    def of_one_kind(self) -> tuple[str, list[str]]:
        """Return kind and ids of the selected entities of the current one's kind, or of the first one's."""
        chosen = self._page.chosen()
        if not chosen:
            return "", []
        kinds = [kind for kind, _id in chosen]
        current = self._page.current()
        kind = current[0] if current is not None and current in chosen else kinds[0]
        return kind, [entity_id for one, entity_id in chosen if one == kind]

    # Models

    def add_model(self) -> bool:
        """Add an empty model and show it."""
        there = self._page.engagement.models.values()
        name = free_name(self._language.gettext(N_("New model")), (model.name for model in there))
        options, scale_name = standard_options(self._language), standard_name(self._language)
        return self._add_model(
            lambda engagement: practices.add_model(engagement, name=name, scale_name=scale_name, options=options)
        )

    def copy_model(self) -> bool:
        """Copy the model shown as another version and show the copy."""
        model = self._page.engagement.models[self._page.model_id]
        same = {one.version for one in self._page.engagement.models.values() if one.name == model.name}
        version = next(text for number in range(1, len(same) + 3) if (text := _next(model.version, number)) not in same)
        return self._add_model(
            lambda engagement: practices.duplicate_model(engagement, model.id, name=model.name, version=version)
        )

    def _add_model(self, make: Callable[[Engagement], Changes]) -> bool:
        before = self._page.engagement.models.keys()
        if not self._page.edit(make):
            return False
        self._page.show_model(next(iter(self._page.engagement.models.keys() - before)))
        return True

    def rename_model(self, name: str) -> bool:
        """Give the model shown another name."""
        model_id = self._page.model_id
        if self._page.engagement.models[model_id].name == name:
            return False
        return self.rename("models", model_id, name)

    def remove_model(self) -> bool:
        """Remove the model shown with all it holds, and say what went with it."""
        return self._remove((("models", self._page.model_id),))

    # What a model holds

    def add(self, kind: str) -> bool:
        """Add a dimension, theme or practice behind the current one, with what it needs to stand in; let it be named."""
        page, language = self._page, self._language
        made: list[str] = []

        def make(engagement: Engagement) -> Changes:
            changes = practices.add_near(
                engagement,
                kind,
                model_id=page.model_id,
                near=page.current(),
                names={one: language.gettext(name) for one, name in _NEW_NAMES.items()},
                scale_name=standard_name(language),
                options=standard_options(language),
            )
            made.extend(one for one, change in changes.by_kind[kind].items() if change.before is None)
            return changes

        if not page.edit(make):
            return False
        page.show_added(made[-1], named=True)
        return True

    def shift(self, steps: int) -> bool:
        """Move what is selected up or down by one place."""
        kind, ids = self.of_one_kind()
        moved = practices.shift(self._page.engagement, kind, ids, steps) if ids else None
        return moved is not None and self._page.edit(lambda _engagement: moved)

    def possible(self) -> set[str]:
        """Return the ids of what can be done now with what is selected in the tree."""
        page = self._page
        found, chosen = {"find-here", "practices.fold-all", "practices.unfold-all", "select-all"}, page.chosen()
        if chosen:
            found.add("copy")
        if not page.can_edit:
            return found
        if clipboard.entities_there(page.engagement)[1] or clipboard.table_there():
            found.add("paste")
        if page.current() is not None:
            found.add("rename")
        if chosen:
            found |= {"cut", "remove"}
            for name, steps in (("up", -1), ("down", 1)):
                if self.can_shift(steps):
                    found.add(f"practices.move-{name}")
            for name, steps in (("before", -1), ("after", 1)):
                if self.can_change_holder(steps):
                    found.add(f"practices.move-{name}")
        return found

    def can_shift(self, steps: int) -> bool:
        """Tell whether `shift` would move anything."""
        kind, ids = self.of_one_kind()
        try:
            return bool(ids) and practices.shift(self._page.engagement, kind, ids, steps) is not None
        except UserError:
            return False  # a practice of that name stands where it would go

    def change_holder(self, steps: int) -> bool:
        """Move what is selected into the holder before or after its own."""
        kind, ids = self.of_one_kind()
        holder_id = self._holder_beside(kind, ids, steps)
        if holder_id is None:
            return False
        position = practices.END if steps < 0 else 0
        return self._page.edit(
            lambda engagement: practices.place(engagement, kind, ids, holder_id=holder_id, position=position)
        )

    def can_change_holder(self, steps: int) -> bool:
        """Tell whether there is a holder before or after."""
        kind, ids = self.of_one_kind()
        return self._holder_beside(kind, ids, steps) is not None

    def _holder_beside(self, kind: str, ids: list[str], steps: int) -> str | None:
        if not ids or kind == "dimensions":
            return None
        edge = self._page.engagement.kind(kind)[ids[0] if steps < 0 else ids[-1]]
        holder_id = getattr(edge, practices.HOLDER_FIELDS[kind])
        return practices.holder_beside(self._page.engagement, kind, holder_id, steps)

    def drop(self, data: QMimeData, kind: str, holder_id: str, before_id: str | None) -> bool:
        """Move what was dragged before another entity, or behind the last one."""
        _kind, ids = read_mime(data)
        there = [one for one in ids if one in self._page.engagement.kind(kind)]
        stay = [
            one.id for one in practices.ordered_inside(self._page.engagement, kind, holder_id) if one.id not in there
        ]
        position = len(stay)
        if before_id is not None:
            siblings = [one.id for one in practices.ordered_inside(self._page.engagement, kind, holder_id)]
            behind = siblings[siblings.index(before_id) :]
            position = next((stay.index(one) for one in behind if one in stay), len(stay))
        return bool(there) and self._page.edit(
            lambda engagement: practices.place(engagement, kind, there, holder_id=holder_id, position=position)
        )

    # Clipboard

    def copy(self, *, cut: bool = False) -> bool:
        """Put what is selected on the clipboard."""
        kind, ids = self.of_one_kind()
        if ids:
            clipboard.put(self._page.engagement, kind, ids, self._language, cut=cut)
        return bool(ids)

    def paste(self) -> bool:
        """Copy or move what is on the clipboard behind the current row; a table is read as an import."""
        kind, ids, cut = clipboard.entities_there(self._page.engagement)
        if not ids:
            return False
        target, at = practices.place_near(
            self._page.engagement, kind, model_id=self._page.model_id, near=self._page.current()
        )
        if not target:
            word = self._language.gettext(KIND_WORDS[_HOLDER[kind]])
            text = self._language.gettext(N_("Add a {kind} first: what is pasted goes into one.")).format(kind=word)
            self._page.workbench.tell(text, tone="information", key="edit")
            return False
        before = self._page.engagement.kind(kind).keys()
        if cut:
            siblings = practices.ordered_inside(self._page.engagement, kind, target)
            at -= sum(one.id in ids for one in siblings[:at])
            if self._page.edit(lambda one: practices.place(one, kind, ids, holder_id=target, position=at)):
                clipboard.forget_cut()
                self._page.show_added(ids[0], named=False)
                return True
            return False
        if self._page.edit(lambda one: practices.copy_into(one, kind, ids, holder_id=target, position=at)):
            added = self._page.engagement.kind(kind).keys() - before
            first = min(added, key=lambda one: self._page.engagement.kind(kind)[one].position)
            self._page.show_added(first, named=False)
            return True
        return False

    def remove(self) -> bool:
        """Remove what is selected and say what went with it."""
        return self._remove(self._page.chosen())

    def _remove(self, chosen: tuple[tuple[str, str], ...]) -> bool:
        try:
            along = practices.count_taken_along(self._page.engagement, chosen)
        except UserError as error:
            self._page.workbench.tell(error, tone="danger", key="edit")
            return False

        def tell() -> None:
            if along:
                self._page.workbench.tell(self._consequence(along), tone="information", key="edit")

        return bool(chosen) and self._page.edit(lambda engagement: practices.remove_all(engagement, chosen), then=tell)

    def _consequence(self, along: Mapping[str, int]) -> str:
        language = self._language
        parts = [
            language.gettext(N_("{kind}: {count}")).format(
                kind=language.gettext(KIND_WORDS[kind]), count=language.number(count, decimals=0)
            )
            for kind, count in along.items()
        ]
        return language.gettext(N_("Removed with it: {parts}. Undo brings all of it back.")).format(
            parts=", ".join(parts)
        )

    # Cells, texts, levels and scales

    def edit_cell(self, kind: str, entity_id: str, column: Column, value: Any, field: str) -> bool:
        """Give a field of an entity the value typed into its cell."""
        if column is Column.NAME and not str(value).strip():
            return False
        return self._page.edit(lambda engagement: entities.change(engagement, kind, entity_id, **{field: value}))

    def edit_text(self, practice_id: str, field: str, text: str) -> bool:
        """Give a text of a practice other words."""
        if practice_id not in self._page.engagement.practices:
            return False
        return self._page.edit(
            lambda engagement: entities.change(engagement, "practices", practice_id, **{field: text})
        )

    def describe_level(self, practice_id: str, score: float, text: str) -> bool:
        """Say what a practice looks like at a score."""
        return self._page.edit(
            lambda engagement: practices.describe_level(engagement, practice_id, score=score, text=text)
        )

    def add_scale(self) -> str:
        """Add a scale to the model shown; return its id, or an empty text."""
        there = practices.ordered_scales(self._page.engagement, self._page.model_id)
        scale = Scale(
            id=new_id(),
            model_id=self._page.model_id,
            name=free_name(self._language.gettext(N_("New scale")), (one.name for one in there)),
            options=standard_options(self._language),
        )
        return scale.id if self._page.edit(lambda engagement: entities.add(engagement, scale)) else ""

    def rename(self, kind: str, entity_id: str, name: str) -> bool:
        """Give an entity another name."""
        return self._page.edit(lambda engagement: entities.change(engagement, kind, entity_id, name=name))

    def remove_scale(self, scale_id: str) -> bool:
        """Remove a scale; refused while practices answer on it."""
        return self._remove((("scales", scale_id),))

    def add_option(self, scale_id: str, after: int) -> bool:
        """Add an option to a scale behind another."""
        text = self._language.gettext(N_("New answer"))
        return self._page.edit(lambda one: practices.add_option(one, scale_id, after=after, text=text))

    def change_option(self, scale_id: str, at: int, score: float | None, text: str | None) -> bool:
        """Change score or text of an option."""
        return self._page.edit(lambda one: practices.change_option(one, scale_id, at, score=score, text=text))


def _next(version: str, number: int) -> str:
    """Return a version `number` after another: 2 after an empty one, 1.3 after 1.2, otherwise a number behind it."""
    head, dot, last = version.rpartition(".")
    if not version:
        return str(number + 1)
    return f"{head}{dot}{int(last) + number}" if last.isdecimal() and last.isascii() else f"{version}-{number + 1}"
