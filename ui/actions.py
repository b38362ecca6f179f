"""Every action a person can take: its id, words, keys, icon, place in the menus and when it is possible.

The window's own actions stand in `ACTIONS` here, each page's in the `actions` module of its package; menus, toolbars,
the search, the page of shortcuts and the tests all read these tables. What an action does is bound by whoever can do it
(`bind`); whether it can be done now follows from a `Situation`.
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
from planner.language import LANGUAGES, N_, Language
from ui import assets
from ui.theme import Tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What the actions' availability depends on; `undo` and `redo` name the step, in the language of the screen.

    `page` is the id of the page shown, `possible` what it says can be done there now.
    """

    has_document: bool = False
    can_edit: bool = False
    undo: str = ""
    redo: str = ""
    page: str = ""
    possible: frozenset[str] = frozenset()


def always(_situation: Situation) -> bool:
    """Tell that an action is possible whatever the situation."""
    return True


def with_document(situation: Situation) -> bool:
    """Tell whether a document is open."""
    return situation.has_document


def with_editable(situation: Situation) -> bool:
    """Tell whether a document is open that can be edited."""
    return situation.can_edit


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionKind:
    """One action: `text` carries its mnemonic (&), `tip` what it does where the text is too short to say so.

    `menu` is an id of `MENUS`; "page" for the actions that exist on one page alone, whose ids begin with that page's
    ("flow.add-stream"). `group` words the submenu it stands in. Without `possible` the page shown decides
    (`Page.possible`). A `ticked` action is switched on and off. The key of a `local` one types a letter elsewhere: it is
    told in the menus, and the one view it is for answers to it.
    """

    id: str
    menu: str = "page"
    text: str
    keys: tuple[str | QKeySequence.StandardKey, ...] = ()
    icon: str = ""
    tip: str = ""
    possible: Callable[[Situation], bool] | None = None
    separated: bool = False
    ticked: bool = False
    group: str = ""
    local: bool = False

    @property
    def page(self) -> str:
        """The id of the page the action belongs to; empty for the window's own."""
        return self.id.split(".", 1)[0] if self.menu == "page" else ""

    def can_be_done(self, situation: Situation) -> bool:
        """Tell whether the action is possible in a situation."""
        if self.possible is not None:
            return self.possible(situation)
        return self.id in situation.possible


_KEY: Final = QKeySequence.StandardKey

MENUS: Final = {
    "file": N_("&File"),
    "edit": N_("&Edit"),
    "page": N_("&Page"),
    "view": N_("&View"),
    "help": N_("&Help"),
}
"""Menu -> its words, in the order of the menu bar; "page" holds the actions of the page shown."""

ACTIONS: Final[tuple[ActionKind, ...]] = (
    ActionKind(id="new", menu="file", text=N_("&New…"), keys=(_KEY.New,), icon="new", possible=always),
    ActionKind(
        id="new-like", menu="file", text=N_("New with the &model of another…"), keys=("Ctrl+M",), possible=always
    ),
    ActionKind(
        id="new-window", menu="file", text=N_("New &window"), keys=("Ctrl+Shift+N",), icon="window", possible=always
    ),
    ActionKind(id="open", menu="file", text=N_("&Open…"), keys=(_KEY.Open,), icon="open", possible=always),
    ActionKind(
        id="recover",
        menu="file",
        text=N_("&Recover an earlier version…"),
        keys=("Ctrl+Shift+R",),
        icon="recover",
        possible=always,
    ),
    ActionKind(id="demo", menu="file", text=N_("Open the &demo"), keys=("Ctrl+Shift+D",), icon="demo", possible=always),
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
    ActionKind(id="save-copy", menu="file", text=N_("Save a co&py…"), keys=("Ctrl+Shift+S",), possible=with_document),
    ActionKind(
        id="close", menu="file", text=N_("&Close the engagement"), keys=("Ctrl+W", "Ctrl+F4"), possible=with_document
    ),
    ActionKind(
        id="import",
        menu="file",
        text=N_("&Import…"),
        keys=("Ctrl+I",),
        icon="import",
        possible=with_editable,
        separated=True,
    ),
    ActionKind(id="export", menu="file", text=N_("&Export"), keys=("Ctrl+E",), icon="export", possible=with_document),
    ActionKind(id="quit", menu="file", text=N_("&Quit"), keys=("Ctrl+Q",), separated=True, possible=always),
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
    ActionKind(id="cut", menu="edit", text=N_("Cu&t"), keys=(_KEY.Cut,), icon="cut", separated=True),
    ActionKind(id="copy", menu="edit", text=N_("&Copy"), keys=(_KEY.Copy,), icon="copy"),
    ActionKind(id="paste", menu="edit", text=N_("&Paste"), keys=(_KEY.Paste,), icon="paste"),
    ActionKind(
        id="rename",
        menu="edit",
        text=N_("Re&name"),
        keys=("F2",),
        icon="rename",
        separated=True,
    ),
    ActionKind(
        id="remove",
        menu="edit",
        text=N_("Re&move"),
        keys=(_KEY.Delete,),
        icon="remove",
    ),
    ActionKind(id="select-all", menu="edit", text=N_("Select &all"), keys=(_KEY.SelectAll,), separated=True),
    ActionKind(id="find-here", menu="edit", text=N_("&Filter this page"), keys=(_KEY.Find,), icon="filter"),
    ActionKind(
        id="search",
        menu="edit",
        text=N_("&Search everything…"),
        keys=("Ctrl+K",),
        icon="search",
        possible=always,
        separated=True,
    ),
    ActionKind(
        id="history", menu="edit", text=N_("&History…"), keys=("Ctrl+H",), icon="history", possible=with_document
    ),
    ActionKind(
        id="next-page",
        menu="view",
        text=N_("&Next page"),
        keys=("Ctrl+PgDown",),
        possible=with_document,
        separated=True,
    ),
    ActionKind(id="previous-page", menu="view", text=N_("&Previous page"), keys=("Ctrl+PgUp",), possible=with_document),
    ActionKind(id="full-screen", menu="view", text=N_("&Full screen"), keys=("F11",), separated=True, possible=always),
    ActionKind(
        id="inspector",
        menu="view",
        text=N_("&Inspector"),
        keys=("F4",),
        icon="inspector",
        ticked=True,
        possible=with_document,
    ),
    *(
        ActionKind(
            id=f"colours-{name}",
            menu="view",
            group=N_("&Colours"),
            text=words,
            keys=(f"Ctrl+Shift+{key}",),
            separated=name == "system",
            ticked=True,
            possible=always,
        )
        for name, words, key in (
            ("system", N_("Colours of the &system"), "F5"),
            ("light", N_("&Light colours"), "F6"),
            ("dark", N_("&Dark colours"), "F7"),
            ("high-contrast", N_("High &contrast"), "F8"),
        )
    ),
    *(
        ActionKind(
            id=f"language-{code}",
            menu="view",
            group=N_("&Language"),
            text=name,
            keys=(f"Ctrl+Shift+{key}",),
            ticked=True,
            possible=always,
        )
        for (code, name), key in zip(LANGUAGES.items(), ("F9", "F10"), strict=True)
    ),
    ActionKind(
        id="shortcuts", menu="help", text=N_("&Keyboard shortcuts"), keys=("F1",), icon="keyboard", possible=always
    ),
    ActionKind(id="guide", menu="help", text=N_("User &guide"), keys=("Shift+F1",), icon="help", possible=always),
    ActionKind(
        id="tour",
        menu="help",
        text=N_("First-run &tour"),
        keys=("Ctrl+Shift+F1",),
        icon="tour",
        tip=N_("Show what is where, step by step"),
        possible=with_document,
    ),
    ActionKind(
        id="about",
        menu="help",
        text=N_("&About Roadbook"),
        keys=("Ctrl+F1",),
        icon="information",
        possible=always,
    ),
)
"""The window's own actions, in the order of the menus."""


class Actions(QObject):
    """The actions of one window as Qt knows them, reworded and enabled as language and situation change."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._situation = Situation()
        self._actions: dict[str, QAction] = {}
        self._kinds: dict[str, ActionKind] = {}
        self._tokens: Tokens | None = None
        self._add(ACTIONS)

    def __getitem__(self, action_id: str) -> QAction:
        """Return an action; BugError for an id that is not in a table."""
        try:
            return self._actions[action_id]
        except KeyError:
            raise BugError(f"no action {action_id!r}") from None

    def add(self, kinds: Iterable[ActionKind], language: Language) -> None:
        """Take the actions of a page, worded in `language`."""
        added = tuple(kinds)
        self._add(added)
        self._word(added, language)
        if self._tokens is not None:
            self._draw(added, self._tokens)

    def kind(self, action_id: str) -> ActionKind:
        """Return what the table says of an action."""
        return self._kinds[action_id]

    def kinds(self) -> tuple[ActionKind, ...]:
        """Return every action's entry, the window's own first, then page by page."""
        return tuple(self._kinds.values())

    def bind(self, action_id: str, handler: Callable[[], object]) -> None:
        """Let `handler` carry out an action."""
        self[action_id].triggered.connect(lambda _checked=False: handler())

    def of_menu(self, menu: str) -> tuple[tuple[ActionKind, QAction], ...]:
        """Return the actions of one menu, in order."""
        return tuple((kind, self._actions[kind.id]) for kind in self._kinds.values() if kind.menu == menu)

    def of_page(self, page_id: str) -> tuple[tuple[ActionKind, QAction], ...]:
        """Return the actions that exist on one page alone, in order."""
        return tuple((kind, self._actions[kind.id]) for kind in self._kinds.values() if kind.page == page_id)

    def show_situation(self, situation: Situation, language: Language) -> None:
        """Enable what can be done in `situation` and name the steps that undo and redo would take."""
        self._situation = situation
        for kind in self._kinds.values():
            self._actions[kind.id].setEnabled(kind.can_be_done(situation))
        for action_id, step in (("undo", situation.undo), ("redo", situation.redo)):
            text = language.gettext(self._kinds[action_id].text)
            if step:
                shown = step if len(step) <= _LONGEST_STEP else step[: _LONGEST_STEP - 1].rstrip() + "…"
                text = language.gettext(N_("{action}: {step}")).format(action=text, step=shown.replace("&", "&&"))
            self._actions[action_id].setText(text)
            self._actions[action_id].setToolTip(self._tip(self._kinds[action_id], language, step))

    def retranslate(self, language: Language) -> None:
        """Word every action in `language`."""
        self._word(self._kinds.values(), language)
        self.show_situation(self._situation, language)

    def draw_icons(self, tokens: Tokens) -> None:
        """Draw every icon in the colours of `tokens`."""
        self._tokens = tokens
        self._draw(self._kinds.values(), tokens)

    def _add(self, kinds: Iterable[ActionKind]) -> None:
        for kind in kinds:
            if kind.id in self._kinds:
                raise BugError(f"two actions are called {kind.id!r}")
            action = QAction(self._window)
            action.setObjectName(kind.id)
            if kind.local:
                action.setProperty(_TYPED, list(kind.keys))
            else:
                action.setShortcuts([QKeySequence(key) for key in kind.keys])
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            action.setCheckable(kind.ticked)
            action.setEnabled(kind.can_be_done(self._situation))
            self._window.addAction(action)
            self._actions[kind.id], self._kinds[kind.id] = action, kind

    def _word(self, kinds: Iterable[ActionKind], language: Language) -> None:
        for kind in kinds:
            action = self._actions[kind.id]
            text = language.gettext(kind.text)
            action.setText(f"{text}\t{keys_of(action)[0]}" if kind.local else text)
            action.setToolTip(self._tip(kind, language, ""))

    def _draw(self, kinds: Iterable[ActionKind], tokens: Tokens) -> None:
        for kind in kinds:
            if kind.icon:
                self._actions[kind.id].setIcon(assets.icon(kind.icon, tokens))

    def _tip(self, kind: ActionKind, language: Language, step: str) -> str:
        text = language.gettext(kind.tip) if kind.tip else plain_words(language.gettext(kind.text))
        if step:
            text = language.gettext(N_("{action}: {step}")).format(action=text, step=step)
        keys = keys_of(self._actions[kind.id])
        return plain_tip(f"{text}  ({keys[0]})" if keys else text)


_LONGEST_STEP: Final = 60
_TYPED: Final = "typed"
"""The property that holds the key of a local action, which is no shortcut for Qt."""


def keys_of(action: QAction) -> list[str]:
    """Return the shortcuts of an action as this machine writes them."""
    shown: list[str] = list(action.property(_TYPED) or ())
    for key in action.shortcuts():
        text = key.toString(QKeySequence.SequenceFormat.NativeText)
        if text and text not in shown:
            shown.append(text)
    return shown


def plain_words(text: str) -> str:
    """Return the text of an action without its mnemonic, its dots and the key a menu shows behind it."""
    return text.partition("\t")[0].replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip("…")


def plain_tip(text: str) -> str:
    """Return a tool tip that shows `text` letter by letter, whatever tags it seems to hold."""
    return QtGui.Qt.convertFromPlainText(text) if QtGui.Qt.mightBeRichText(text) else text
