"""The keys of every action: each has some, none means two things where it is pressed, none is a letter somewhere else."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QKeySequence

from ui.actions import ACTIONS, ActionKind
from ui.pages.kinds import PAGES

PAGE_IDS = [page.id for page in PAGES]
KEYLESS = frozenset({"about"})
"""What is done once in a year, from its menu."""

EVERYWHERE: dict[QKeySequence.StandardKey, tuple[str, ...]] = {
    QKeySequence.StandardKey.New: ("Ctrl+N",),
    QKeySequence.StandardKey.Open: ("Ctrl+O",),
    QKeySequence.StandardKey.Save: ("Ctrl+S",),
    QKeySequence.StandardKey.Undo: ("Ctrl+Z", "Alt+Backspace"),
    QKeySequence.StandardKey.Cut: ("Ctrl+X", "Shift+Del", "F20"),
    QKeySequence.StandardKey.Copy: ("Ctrl+C", "Ctrl+Ins", "F16"),
    QKeySequence.StandardKey.Paste: ("Ctrl+V", "Shift+Ins", "F18"),
    QKeySequence.StandardKey.Delete: ("Del",),
    QKeySequence.StandardKey.SelectAll: ("Ctrl+A",),
    QKeySequence.StandardKey.Find: ("Ctrl+F",),
    QKeySequence.StandardKey.ZoomIn: ("Ctrl++",),
    QKeySequence.StandardKey.ZoomOut: ("Ctrl+-",),
}
"""The standard keys that are the same on every desktop, and what they are on any of them."""


def written_keys(kind: ActionKind) -> list[str]:
    """Return the keys of an action on all desktops, the way Qt writes them."""
    keys: list[str] = []
    for key in kind.keys:
        written = (key,) if isinstance(key, str) else EVERYWHERE[key]
        keys += [QKeySequence(each).toString() for each in written]
    return keys


def kinds_on(page_id: str) -> tuple[ActionKind, ...]:
    """Return the actions that answer while a page is shown, those of the window among them."""
    (page,) = (page for page in PAGES if page.id == page_id)
    visits = tuple(
        ActionKind(id=f"go-{each.id}", text=each.title, keys=(f"Ctrl+{number}",))
        for number, each in enumerate(PAGES, start=1)
    )
    return (*ACTIONS, *visits, *page.actions())


@pytest.mark.parametrize("page_id", PAGE_IDS)
def test_no_key_means_two_things_on_a_page(page_id: str) -> None:
    meant: dict[str, str] = {}
    for kind in kinds_on(page_id):
        for key in written_keys(kind):
            assert meant.setdefault(key, kind.id) == kind.id, f"{key} is {meant[key]} and {kind.id}"


@pytest.mark.parametrize("page_id", PAGE_IDS)
def test_every_action_has_keys(page_id: str) -> None:
    assert {kind.id for kind in kinds_on(page_id) if not kind.keys} <= KEYLESS


@pytest.mark.parametrize("page_id", PAGE_IDS)
def test_no_key_writes_a_letter_on_another_keyboard(page_id: str) -> None:
    """Ctrl+Alt is AltGr on the keyboards of Germany, France and many more, where it writes @, # or the euro sign."""
    for kind in kinds_on(page_id):
        for key in written_keys(kind):
            parts = set(key.split("+"))
            assert not {"Ctrl", "Alt"} <= parts, f"{kind.id}: {key}"
