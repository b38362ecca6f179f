"""The window: menus, the rail, the page that is shown, messages above it and the state of the file below; no logic."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, QEvent, QMimeData, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup, QCloseEvent, QDragEnterEvent, QDropEvent, QFocusEvent, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QMenuBar,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QStatusBar,
    QVBoxLayout,
    QWidget,
)

from planner.language import LANGUAGES, N_
from ui import assets, theme
from ui.actions import MENUS, ActionKind, Actions
from ui.settings import THEMES
from ui.surroundings import Surroundings
from ui.widgets.message_bar import MessageArea
from ui.widgets.navigation_rail import NavigationRail
from ui.widgets.save_state import SaveStateLabel
from ui.widgets.text import PlainLabel

_FIRST_SIZE = QSize(1360, 840)
_LEAST_SIZE = QSize(640, 400)
"""Less than a laptop's screen at 200 %; a page that needs more is scrolled."""


class Window(QMainWindow):
    """One window, one file; whoever composes the application binds what it offers."""

    close_asked = Signal()
    first_painted = Signal()
    language_chosen = Signal(str)
    theme_chosen = Signal(str)
    recent_chosen = Signal(str)
    file_dropped = Signal(object)
    beside_resized = Signal(int)

    def __init__(self, surroundings: Surroundings) -> None:
        super().__init__()
        self._surroundings = surroundings
        self._painted = False
        self.may_close = False
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        self.resize(_FIRST_SIZE.boundedTo(self.screen().availableSize()))
        self.setMinimumSize(_LEAST_SIZE)
        self.setAcceptDrops(True)
        self.actions_table = Actions(self)
        self.rail = NavigationRail(surroundings)
        self.pages = _Pages()
        self.messages = MessageArea(surroundings, pages=self.pages)
        self.save_state = SaveStateLabel(surroundings)
        self.summary = PlainLabel(role="caption")
        self._page_of: dict[str, QWidget] = {}
        self._page_title = ""
        self._menus: dict[str, QMenu] = {}
        self._submenus: dict[str, QMenu] = {}
        self._page_submenus: dict[str, QMenu] = {}
        self._build_menus()
        self._build_body()
        surroundings.language_changed.connect(self.retranslate)
        surroundings.theme_changed.connect(self._draw_icons)
        # Drawing them takes as long as all the rest of the window, and none is seen before a menu or a page opens.
        self.first_painted.connect(self._draw_icons)
        self.retranslate()

    def add_page(self, page_id: str, page: QWidget) -> None:
        """Take a page."""
        self._page_of[page_id] = page
        self.pages.addWidget(page)

    def add_beside(self, pane: QWidget, *, width: int) -> None:
        """Put a pane at the right of the pages, that wide at first."""
        self._beside.addWidget(pane)
        self._beside.setStretchFactor(1, 0)
        self._beside.setSizes([max(1, self._beside.width() - width), width])

    def beside(self) -> QWidget | None:
        """Return the pane at the right of the pages; None before there is one."""
        return self._beside.widget(1)

    def menu_area(self, menu_id: str) -> QRect:
        """Return where the title of a menu stands in the menu bar."""
        return self.menuBar().actionGeometry(self._menus[menu_id].menuAction())

    def add_visits(self, actions: Sequence[QAction]) -> None:
        """Offer going to each page in the View menu."""
        before = self._menus["view"].actions()[0]
        self._menus["view"].insertActions(before, actions)

    def show_page_actions(self, title: str, actions: Sequence[tuple[ActionKind, QAction]]) -> None:
        """Fill the page's menu; without actions there is none. `title` is a message of the catalogues."""
        self._page_title = title
        menu = self._menus["page"]
        menu.clear()
        for submenu in self._page_submenus.values():
            submenu.deleteLater()
        self._page_submenus = {}
        for kind, action in actions:
            if kind.separated:
                menu.addSeparator()
            if kind.group and kind.group not in self._page_submenus:
                self._page_submenus[kind.group] = _add_menu(menu)
            (self._page_submenus[kind.group] if kind.group else menu).addAction(action)
        menu.menuAction().setVisible(bool(actions))
        self._word_page_menu()

    def show_page(self, page_id: str, *, on_rail: bool = True) -> None:
        """Show a page; the rail is there only for the pages of an open engagement."""
        self.pages.setCurrentWidget(self._page_of[page_id])
        self.rail.setVisible(on_rail)
        self.statusBar().setVisible(on_rail)
        if on_rail:
            self.rail.show_chosen(page_id)

    def end_typing(self) -> None:
        """Take what is being typed as typed: a field commits when the keyboard leaves it."""
        typing = self.focusWidget()
        if typing is None:
            return
        if typing.hasFocus():
            typing.clearFocus()
        else:  # another program is in front, and for that a field has not committed
            QApplication.sendEvent(typing, QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.OtherFocusReason))

    def list_recent(self, paths: tuple[str, ...]) -> None:
        """Offer the recent files in the File menu."""
        self._recent_menu.clear()
        for path in paths:
            action = self._recent_menu.addAction(path.replace("&", "&&"))
            action.triggered.connect(lambda _checked=False, path=path: self.recent_chosen.emit(path))
        self._recent_menu.setEnabled(bool(paths))

    def remembered_state(self) -> str:
        """Return the window's size and place as text, to be remembered."""
        return bytes(self.saveGeometry().toBase64().data()).decode("ascii")

    def restore_state(self, state: str) -> None:
        """Stand where the window stood before, if that text says so."""
        if state:
            self.restoreGeometry(QByteArray.fromBase64(state.encode("ascii", "ignore")))

    def retranslate(self) -> None:
        """Word menus and choices in the language of the screen."""
        language = self._surroundings.language
        for menu_id, menu in self._menus.items():
            menu.setTitle(language.gettext(MENUS[menu_id]))
        self._word_page_menu()
        self._recent_menu.setTitle(language.gettext(N_("Open &recent")))
        for words, submenu in self._submenus.items():
            submenu.setTitle(language.gettext(words))
        self.actions_table.retranslate(language)
        self.menuBar().setAccessibleName(language.gettext(N_("Menus")))
        self.statusBar().setAccessibleName(language.gettext(N_("State of the file")))
        self.show_choices()

    def _word_page_menu(self) -> None:
        """Name the menu after the page it is of, with a mnemonic no other menu has, and its submenus."""
        for words, submenu in self._page_submenus.items():
            submenu.setTitle(self._surroundings.language.gettext(words))
        language = self._surroundings.language
        shown = self._page_title or MENUS["page"]
        title = language.gettext(shown)
        taken = {menu.title()[menu.title().index("&") + 1].casefold() for menu_id, menu in self._menus.items()
                 if menu_id != "page" and "&" in menu.title()}  # fmt: skip
        at = next((at for at, letter in enumerate(title) if letter.isalpha() and letter.casefold() not in taken), None)
        plain = title.replace("&", "")
        self._menus["page"].setTitle(plain if at is None else f"{plain[:at]}&{plain[at:]}")

    def show_choices(self) -> None:
        """Tick the language and the colours in use."""
        self._language_actions[self._surroundings.language.code].setChecked(True)
        self._theme_actions[self._surroundings.theme_name].setChecked(True)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask to be closed; the composition root closes the file first and then the window."""
        if self.may_close:
            event.accept()
        else:
            event.ignore()
            self.close_asked.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take an engagement's file that is dragged here."""
        if dropped_file(event.mimeData()) is not None:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the file that is dropped; once the drag is over, for whoever drags waits for that."""
        path = dropped_file(event.mimeData())
        if path is not None:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            QTimer.singleShot(0, self, lambda: self.file_dropped.emit(path))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell of the first paint, once it is on the screen: what need not be there before waits for it."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self.first_painted.emit)

    def _draw_icons(self) -> None:
        self.setWindowIcon(assets.application_icon())
        self.actions_table.draw_icons(self._surroundings.tokens)

    def _build_menus(self) -> None:
        bar = self.menuBar()
        for menu_id in MENUS:
            menu = _add_menu(bar)
            self._menus[menu_id] = menu
            for kind, action in self.actions_table.of_menu(menu_id):
                if kind.separated:
                    menu.addSeparator()
                if kind.group and kind.group not in self._submenus:
                    self._submenus[kind.group] = _add_menu(menu)
                (self._submenus[kind.group] if kind.group else menu).addAction(action)
        self._menus["page"].menuAction().setVisible(False)
        self._recent_menu = QMenu(self)
        self._menus["file"].insertMenu(self.actions_table["demo"], self._recent_menu)
        self._recent_menu.setEnabled(False)
        self._theme_actions = {name: self.actions_table[f"colours-{name}"] for name in THEMES}
        self._language_actions = {code: self.actions_table[f"language-{code}"] for code in LANGUAGES}
        themes, languages = QActionGroup(self), QActionGroup(self)
        for name, action in self._theme_actions.items():
            themes.addAction(action)
            action.triggered.connect(lambda _checked=False, name=name: self.theme_chosen.emit(name))
        for code, action in self._language_actions.items():
            languages.addAction(action)
            action.triggered.connect(lambda _checked=False, code=code: self.language_chosen.emit(code))

    def _build_body(self) -> None:
        self._beside = QSplitter(Qt.Orientation.Horizontal)
        self._beside.setHandleWidth(1)
        self._beside.setChildrenCollapsible(False)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self.pages)
        self._beside.addWidget(scroll)
        self._beside.splitterMoved.connect(lambda: self.beside_resized.emit(self._beside.sizes()[-1]))
        self._beside.setStretchFactor(0, 1)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.messages)
        right.addWidget(self._beside, 1)
        body = QWidget()
        layout = QHBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.rail)
        layout.addLayout(right, 1)
        self.rail.hide()
        self.setCentralWidget(body)
        status = QStatusBar()
        status.setSizeGripEnabled(False)
        status.setContentsMargins(theme.SPACE_S, 0, theme.SPACE_M, 0)
        status.addWidget(self.save_state)
        status.addPermanentWidget(self.summary)
        self.setStatusBar(status)


class _Pages(QStackedWidget):
    """The pages; what the one shown needs is what all need."""

    def minimumSizeHint(self) -> QSize:
        """Return what the page shown needs at least."""
        page = self.currentWidget()
        return super().minimumSizeHint() if page is None else page.minimumSizeHint()

    def heightForWidth(self, _width: int) -> int:
        """Return that there is no such height: else the highest page would have all of them scrolled."""
        return -1


def dropped_file(data: QMimeData) -> Path | None:
    """Return the one engagement's file that is dragged; None for anything else."""
    urls = data.urls()
    path = Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
    return path if path is not None and path.suffix.lower() == ".roadbook" else None


def _add_menu(holder: QMenuBar | QMenu) -> QMenu:
    """Add a menu made here: one that Qt makes may be taken for one that is gone and stood at the same address."""
    menu = QMenu(holder)
    holder.addMenu(menu)
    return menu
