"""Every action a person can take, in one registry: its id, words, key, icon, place in the menus and when it is possible.

Menus, toolbars, the page of shortcuts and the tests all read this one table. What an action does is bound by whoever
can do it (`bind`); whether it can be done now is a pure function of a `Situation`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from PySide6 import QtGui
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from planner.domain.errors import BugError
from planner.language import N_, Language
from ui import assets
from ui.theme import Tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What the actions' availability depends on; `undo` and `redo` name the step, in the language of the screen."""

    has_document: bool = False
    can_edit: bool = False
    undo: str = ""
    redo: str = ""
    unpublished: bool = False
    selected: int = 0
    can_indent: bool = False
    can_outdent: bool = False
    can_move_up: bool = False
    can_move_down: bool = False
    can_fold: bool = False
    can_unfold: bool = False
    has_initiatives: bool = False


def _always(_situation: Situation) -> bool:
    return True


def _open(situation: Situation) -> bool:
    return situation.has_document


def _editable(situation: Situation) -> bool:
    return situation.can_edit


def _filled(situation: Situation) -> bool:
    return situation.has_initiatives


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionKind:
    """One action: `text` carries its mnemonic (&), `tip` what it does where the text is too short to say so."""

    id: str
    menu: str
    text: str
    keys: tuple[str | QKeySequence.StandardKey, ...] = ()
    icon: str = ""
    tip: str = ""
    possible: Callable[[Situation], bool] = _always
    separated: bool = False


_KEY: Final = QKeySequence.StandardKey

MENUS: Final = {
    "file": N_("&File"),
    "edit": N_("&Edit"),
    "plan": N_("&Plan"),
    "view": N_("&View"),
    "help": N_("&Help"),
}
"""Menu -> its words, in the order of the menu bar."""

ACTIONS: Final[tuple[ActionKind, ...]] = (
    ActionKind(id="new", menu="file", text=N_("&New…"), keys=(_KEY.New,), icon="new"),
    ActionKind(id="open", menu="file", text=N_("&Open…"), keys=(_KEY.Open,), icon="open"),
    ActionKind(id="demo", menu="file", text=N_("Open the &demo"), keys=("Ctrl+Shift+D",), icon="demo"),
    ActionKind(
        id="save",
        menu="file",
        text=N_("&Save now"),
        keys=(_KEY.Save,),
        icon="save",
        tip=N_("Write every edit to the file now; it also happens by itself"),
        possible=lambda situation: situation.can_edit,
        separated=True,
    ),
    ActionKind(id="close", menu="file", text=N_("&Close the engagement"), keys=(_KEY.Close,), possible=_open),
    ActionKind(
        id="import",
        menu="file",
        text=N_("&Import…"),
        keys=("Ctrl+I",),
        icon="import",
        possible=_editable,
        separated=True,
    ),
    ActionKind(id="export", menu="file", text=N_("&Export…"), keys=("Ctrl+E",), icon="export", possible=_open),
    ActionKind(id="quit", menu="file", text=N_("&Quit"), keys=("Ctrl+Q",), separated=True),
    ActionKind(
        id="undo",
        menu="edit",
        text=N_("&Undo"),
        keys=(_KEY.Undo,),
        icon="undo",
        possible=lambda situation: bool(situation.undo),
    ),
    ActionKind(
        id="redo",
        menu="edit",
        text=N_("&Redo"),
        keys=("Ctrl+Shift+Z", "Ctrl+Y"),
        icon="redo",
        possible=lambda situation: bool(situation.redo),
    ),
    ActionKind(
        id="rename",
        menu="edit",
        text=N_("Re&name"),
        keys=("F2",),
        icon="rename",
        separated=True,
        possible=lambda situation: situation.can_edit and situation.selected == 1,
    ),
    ActionKind(
        id="remove",
        menu="edit",
        text=N_("Re&move"),
        keys=(_KEY.Delete,),
        icon="remove",
        possible=lambda situation: situation.can_edit and situation.selected > 0,
    ),
    ActionKind(
        id="select-all", menu="edit", text=N_("Select &all"), keys=(_KEY.SelectAll,), possible=_filled, separated=True
    ),
    ActionKind(
        id="add", menu="plan", text=N_("&Add an initiative"), keys=("Ctrl+Return",), icon="add", possible=_editable
    ),
    ActionKind(
        id="add-inside",
        menu="plan",
        text=N_("Add one &inside"),
        keys=("Ctrl+Shift+Return",),
        icon="add-inside",
        tip=N_("Add an initiative inside the selected one"),
        possible=lambda situation: situation.can_edit and situation.selected == 1,
    ),
    ActionKind(
        id="indent",
        menu="plan",
        text=N_("&Move inside the one above"),
        keys=("Alt+Shift+Right",),
        icon="indent",
        possible=lambda situation: situation.can_indent,
        separated=True,
    ),
    ActionKind(
        id="outdent",
        menu="plan",
        text=N_("Move &out"),
        keys=("Alt+Shift+Left",),
        icon="outdent",
        possible=lambda situation: situation.can_outdent,
    ),
    ActionKind(
        id="move-up",
        menu="plan",
        text=N_("Move &up"),
        keys=("Alt+Shift+Up",),
        icon="up",
        possible=lambda situation: situation.can_move_up,
    ),
    ActionKind(
        id="move-down",
        menu="plan",
        text=N_("Move &down"),
        keys=("Alt+Shift+Down",),
        icon="down",
        possible=lambda situation: situation.can_move_down,
    ),
    ActionKind(
        id="fold",
        menu="plan",
        text=N_("&Fold"),
        keys=("Alt+Left",),
        separated=True,
        possible=lambda situation: situation.can_fold,
    ),
    ActionKind(
        id="unfold",
        menu="plan",
        text=N_("Un&fold"),
        keys=("Alt+Right",),
        possible=lambda situation: situation.can_unfold,
    ),
    ActionKind(
        id="fold-all", menu="plan", text=N_("Fold a&ll"), keys=("Ctrl+Alt+Left",), icon="fold-all", possible=_filled
    ),
    ActionKind(
        id="unfold-all",
        menu="plan",
        text=N_("Unfold &everything"),
        keys=("Ctrl+Alt+Right",),
        icon="unfold-all",
        possible=_filled,
    ),
    ActionKind(
        id="zoom-in", menu="view", text=N_("Zoom &in"), keys=(_KEY.ZoomIn, "Ctrl+="), icon="zoom-in", possible=_open
    ),
    ActionKind(id="zoom-out", menu="view", text=N_("Zoom &out"), keys=(_KEY.ZoomOut,), icon="zoom-out", possible=_open),
    ActionKind(
        id="fit",
        menu="view",
        text=N_("&Whole plan"),
        keys=("Ctrl+0",),
        icon="fit",
        possible=_filled,
        tip=N_("Zoom so that the whole plan is seen"),
    ),
    ActionKind(id="today", menu="view", text=N_("Go to &today"), keys=("Ctrl+T",), icon="today", possible=_open),
    ActionKind(id="full-screen", menu="view", text=N_("&Full screen"), keys=("F11",), separated=True),
    ActionKind(id="shortcuts", menu="help", text=N_("&Keyboard shortcuts"), keys=("F1",), icon="keyboard"),
    ActionKind(id="about", menu="help", text=N_("&About Roadbook"), icon="information"),
)
"""Every action, in the order of the menus."""

BY_ID: Final = {kind.id: kind for kind in ACTIONS}


class Actions(QObject):
    """The actions of one window as Qt knows them, reworded and enabled as language and situation change."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._situation = Situation()
        self._actions: dict[str, QAction] = {}
        for kind in ACTIONS:
            action = QAction(window)
            action.setObjectName(kind.id)
            action.setShortcuts([QKeySequence(key) for key in kind.keys])
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            window.addAction(action)
            self._actions[kind.id] = action

    def __getitem__(self, action_id: str) -> QAction:
        """Return an action; BugError for an id that is not in the table."""
        try:
            return self._actions[action_id]
        except KeyError:
            raise BugError(f"no action {action_id!r}") from None

    def bind(self, action_id: str, handler: Callable[[], object]) -> None:
        """Let `handler` carry out an action."""
        self[action_id].triggered.connect(lambda _checked=False: handler())

    def of_menu(self, menu: str) -> Iterable[tuple[ActionKind, QAction]]:
        """Yield the actions of one menu, in order."""
        return ((kind, self._actions[kind.id]) for kind in ACTIONS if kind.menu == menu)

    def show_situation(self, situation: Situation, language: Language) -> None:
        """Enable what can be done in `situation` and name the steps that undo and redo would take."""
        self._situation = situation
        for kind in ACTIONS:
            self._actions[kind.id].setEnabled(kind.possible(situation))
        for action_id, step in (("undo", situation.undo), ("redo", situation.redo)):
            text = language.gettext(BY_ID[action_id].text)
            if step:
                shown = step if len(step) <= _LONGEST_STEP else step[: _LONGEST_STEP - 1].rstrip() + "…"
                text = language.gettext(N_("{action}: {step}")).format(action=text, step=shown.replace("&", "&&"))
            self._actions[action_id].setText(text)
            self._actions[action_id].setToolTip(self._tip(BY_ID[action_id], language, step))

    def retranslate(self, language: Language) -> None:
        """Word every action in `language`."""
        for kind in ACTIONS:
            action = self._actions[kind.id]
            action.setText(language.gettext(kind.text))
            action.setToolTip(self._tip(kind, language, ""))
        self.show_situation(self._situation, language)

    def draw_icons(self, tokens: Tokens) -> None:
        """Draw every icon in the colours of `tokens`."""
        for kind in ACTIONS:
            if kind.icon:
                self._actions[kind.id].setIcon(assets.icon(kind.icon, tokens))

    def _tip(self, kind: ActionKind, language: Language, step: str) -> str:
        text = language.gettext(kind.tip) if kind.tip else plain_words(language.gettext(kind.text))
        if step:
            text = language.gettext(N_("{action}: {step}")).format(action=text, step=step)
        keys = keys_of(self._actions[kind.id])
        return plain_tip(f"{text}  ({keys[0]})" if keys else text)


_LONGEST_STEP: Final = 60


def keys_of(action: QAction) -> list[str]:
    """Return the shortcuts of an action as this machine writes them."""
    shown: list[str] = []
    for key in action.shortcuts():
        text = key.toString(QKeySequence.SequenceFormat.NativeText)
        if text and text not in shown:
            shown.append(text)
    return shown


def plain_words(text: str) -> str:
    """Return the text of an action without its mnemonic and its dots."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip("…")


def plain_tip(text: str) -> str:
    """Return a tool tip that shows `text` letter by letter, whatever tags it seems to hold."""
    return QtGui.Qt.convertFromPlainText(text) if QtGui.Qt.mightBeRichText(text) else text
