"""The composition root: makes every part of the application once and wires them; the only place that knows them all.

What the first picture does not need is imported after it: the plan's page, the document, everything behind them.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QDialog

from planner.domain.errors import UserError
from planner.language import LANGUAGES, N_, Language, make_ready
from planner.progress import Progress
from ui.actions import Situation
from ui.background import Background
from ui.file_desk import FileDesk, is_demo
from ui.memory import Memory
from ui.open_document import OpenDocument
from ui.pages.opening import OpeningPage
from ui.pages.welcome import WelcomePage
from ui.settings import Preferences, RecentFile
from ui.surroundings import Surroundings
from ui.widgets.message_bar import Message
from ui.widgets.save_state import SaveSituation
from ui.window import Window

if TYPE_CHECKING:
    from planner.domain.changes import Changes
    from ui.exchange_desk import ExchangeDesk
    from ui.file_news import FileNews
    from ui.file_questions import FileQuestions
    from ui.help.desk import HelpDesk
    from ui.live_plan import LivePlanKeeper
    from ui.page_desk import PageDesk
    from ui.pages.page import Page
    from ui.search.palette import SearchPalette

_CLAIM_MILLISECONDS = 120_000
_PASSING_TONES = frozenset({"information", "success"})


class Roadbook(QObject):
    """One window with all its parts; `window_asked(path)` for another one, `quit_asked` to close all, `left` once this is gone."""

    window_asked = Signal(object)
    quit_asked = Signal()
    left = Signal()

    def __init__(self, application: QApplication, surroundings: Surroundings, memory: Memory) -> None:
        super().__init__(application)
        self._application = application
        self._surroundings = surroundings
        self.memory = memory
        self.window = Window(surroundings)
        self.background = Background(self)
        self.files = FileDesk(self.background, self)
        self.actions = self.window.actions_table
        self._welcome = WelcomePage(surroundings, self.actions)
        self._opening = OpeningPage(surroundings)
        self.pages: PageDesk | None = None
        self._keeper: LivePlanKeeper | None = None
        self._exchange: ExchangeDesk | None = None
        self._palette: SearchPalette | None = None
        self._file_questions: FileQuestions | None = None
        self._help: HelpDesk | None = None
        self._claim_timer = QTimer(self)
        self._claim_timer.setInterval(_CLAIM_MILLISECONDS)
        self._news: FileNews | None = None
        self._listed: tuple[RecentFile, ...] | None = None
        self.elsewhere: Callable[[Path], bool] = _nowhere
        self.window.add_page("welcome", self._welcome)
        self.window.add_page("opening", self._opening)
        self._wire()

    def start(self, *, path: Path | None = None, demo: bool = False) -> None:
        """Show the window; open what was asked for once it is painted."""
        self.window.restore_state(self.memory.preferences.window)
        if path is None and not demo:
            self.window.show_page("welcome", on_rail=False)
        else:
            self._show_opening(str(path) if path is not None else self._surroundings.language.gettext(N_("the demo")))
        self._refresh()
        self.window.first_painted.connect(lambda: self._begin(path, demo=demo))
        self.window.show()

    @property
    def opened(self) -> OpenDocument | None:
        """The open document."""
        return self.files.current

    def holds(self, path: Path) -> bool:
        """Tell whether a file is the one open here."""
        return self.opened is not None and _is_same(self.opened.document.path, path)

    def open_file(self, path: Path) -> None:
        """Open a file, unless it is open here or in another window, which then comes to the front."""
        if not self.holds(path) and not self.elsewhere(path):
            self.files.open(path)

    def page(self, page_id: str) -> Page:
        """Return a page of the open document."""
        return self._page_desk().page(page_id)

    def show_page(self, page_id: str) -> None:
        """Show a page of the open document."""
        self._page_desk().show(page_id)

    def _begin(self, path: Path | None, *, demo: bool) -> None:
        self._list_recent()
        self._ready_languages()
        if path is not None:
            self.files.open(path.absolute())
        elif demo:
            self.files.open_demo(self._surroundings.language, date.today())

    def _ready_languages(self) -> None:
        """Have every language at hand, the one spoken first, before a page or the menu of languages asks for it."""
        spoken = self._surroundings.language.code

        def read(_progress: Progress) -> None:
            for code in sorted(LANGUAGES, key=lambda code: code != spoken):
                make_ready(Language(code))

        self.background.run(read, success=lambda _none: None, failure=self._tell_failure)

    def _wire(self) -> None:
        window, files = self.window, self.files
        for action_id, handler in (
            ("new", lambda: self._questions().ask_new()),
            ("new-window", lambda: self.window_asked.emit(None)),
            ("open", lambda: self._questions().ask_open()),
            ("recover", lambda: self._questions().ask_recover()),
            ("demo", lambda: files.open_demo(self._surroundings.language, date.today())),
            ("save", self._save),
            ("close", lambda: files.close(lambda: None)),
            ("import", self._import),
            ("export", self._export),
            ("quit", self.quit_asked.emit),
            ("search", self._search),
            ("history", self._show_history),
            ("save-copy", lambda: self._questions().ask_copy()),
            ("new-like", lambda: self._questions().ask_like()),
            ("undo", lambda: self._step("undo")),
            ("redo", lambda: self._step("redo")),
            ("full-screen", self._toggle_full_screen),
            ("shortcuts", self._show_shortcuts),
            ("guide", lambda: self._help_desk().show_guide(self.pages.current_id if self.pages is not None else "")),
            ("tour", lambda: self._help_desk().take_tour()),
            ("about", self._show_about),
        ):
            self.actions.bind(action_id, handler)
        self.quit_asked.connect(window.close)
        window.close_asked.connect(lambda: files.close(self._leave))
        window.language_chosen.connect(self._speak)
        window.theme_chosen.connect(self._wear)
        window.recent_chosen.connect(lambda path: self.open_file(Path(path)))
        window.file_dropped.connect(self.open_file)
        window.rail.chosen.connect(self.show_page)
        self._welcome.recent_chosen.connect(lambda path: self.open_file(Path(path)))
        files.opening.connect(self._show_opening)
        files.opened.connect(self._take_document)
        files.close_asked.connect(window.end_typing)
        files.closing.connect(self._leave_dialogs)
        files.closed.connect(self._let_go)
        files.failed.connect(self._tell_not_opened)
        files.close_failed.connect(lambda error: self._file_news().tell_not_closed(error))
        self.memory.changed.connect(self._list_recent)
        self._claim_timer.timeout.connect(self._renew_claim)
        self._surroundings.language_changed.connect(self._refresh)

    # A document comes and goes

    def _take_document(self, opened: OpenDocument) -> None:
        pages = self._page_desk()
        opened.save_state_changed.connect(self._refresh)
        opened.changed.connect(self._take_changes)
        news = self._file_news()
        opened.publish_failed.connect(news.tell_not_published)
        opened.published.connect(lambda: news.tell_published(opened))
        self._plan_keeper().take(opened.engagement)
        pages.show_document(opened)
        if self._palette is not None:
            self._palette.take_document(opened)
        if not is_demo(opened.document.path):
            self._remember(self.memory.preferences.with_recent(opened.document.path, datetime.now().astimezone()))
        self._exchange_desk().folder = self._questions().folder()
        news.tell_opened(opened)
        self._claim_timer.start()
        if not self.memory.of_page("window").get("tour"):
            self._help_desk().offer_tour()
        self._refresh()

    def _take_changes(self, changes: Changes) -> None:
        self.window.messages.take_step()
        if self.opened is not None:
            self._plan_keeper().take(self.opened.engagement, changes)

    def _leave_dialogs(self) -> None:
        """Leave what is asked about a document that takes no more edits."""
        for dialog in self.window.findChildren(QDialog):
            dialog.reject()

    def _let_go(self) -> None:
        self._claim_timer.stop()
        if self._exchange is not None:
            self._exchange.forget()
        if self._help is not None:
            self._help.leave_tour()
        self._leave_dialogs()
        if self.pages is not None:
            self.pages.show_document(None)
            self._plan_keeper().forget()
        if self._palette is not None:
            self._palette.take_document(None)
        self.window.messages.clear()
        self.window.show_page("welcome", on_rail=False)
        self._refresh()

    def _page_desk(self) -> PageDesk:
        if self.pages is None:
            from ui.page_desk import PageDesk  # noqa: PLC0415  not before the first picture
            from ui.workbench import Workbench  # noqa: PLC0415  not before the first picture

            self.pages = PageDesk(
                self.window,
                Workbench(
                    surroundings=self._surroundings,
                    actions=self.actions,
                    background=self.background,
                    keeper=self._plan_keeper(),
                    exchange=self._exchange_desk(),
                    today=date.today(),
                    tell=self._tell_of_step,
                    go_to=lambda kind, entity_id: self._page_desk().go_to(kind, entity_id),
                    remembered=self.memory.of_page,
                    remember=self.memory.keep_of_page,
                ),
            )
            self.pages.situation_changed.connect(self._refresh)
        return self.pages

    def _plan_keeper(self) -> LivePlanKeeper:
        if self._keeper is None:
            from ui.live_plan import LivePlanKeeper  # noqa: PLC0415  not before the first picture

            self._keeper = LivePlanKeeper(self.background, self)
            self._keeper.failed.connect(lambda error: self._tell(error, tone="danger", key="plan"))
            self._keeper.computed.connect(lambda: self.window.messages.dismiss("plan"))
        return self._keeper

    def _exchange_desk(self) -> ExchangeDesk:
        if self._exchange is None:
            from ui.exchange_desk import ExchangeDesk  # noqa: PLC0415  not before it is used

            self._exchange = ExchangeDesk(self.window, self._surroundings, self.background, today=date.today())
        return self._exchange

    def _questions(self) -> FileQuestions:
        if self._file_questions is None:
            from ui.file_questions import FileQuestions  # noqa: PLC0415  not before it is used

            self._file_questions = FileQuestions(
                self.window,
                self._surroundings,
                files=self.files,
                open_file=self.open_file,
                background=self.background,
                memory=self.memory,
                tell=self._tell,
            )
        return self._file_questions

    def _file_news(self) -> FileNews:
        if self._news is None:
            from ui.file_news import FileNews  # noqa: PLC0415  not before it is used

            self._news = FileNews(
                self.window, self._surroundings, files=self.files, actions=self.actions, memory=self.memory
            )
        return self._news

    def _help_desk(self) -> HelpDesk:
        if self._help is None:
            from ui.help.desk import HelpDesk  # noqa: PLC0415  not before it is used

            self._help = HelpDesk(self.window, self._surroundings, self.memory)
        return self._help

    # What actions do

    def _search(self) -> None:
        if self._palette is None:
            from ui.search.palette import SearchPalette  # noqa: PLC0415  not before it is used

            self._palette = SearchPalette(self._surroundings, self.actions, self.background, self.window)
            self._palette.take_document(self.opened)
            self._palette.entity_chosen.connect(lambda kind, entity_id: self._page_desk().go_to(kind, entity_id))
            self._palette.action_chosen.connect(self._do_found)
        self._palette.open()

    def _do_found(self, action_id: str) -> None:
        """Carry out an action that was searched for, on its own page if it has one."""
        page_id = self.actions.kind(action_id).page
        if page_id:
            self.show_page(page_id)
        self.actions[action_id].trigger()

    def _show_history(self) -> None:
        from ui.dialogs.history import HistoryDialog  # noqa: PLC0415  not before it is used

        if self.opened is not None:
            HistoryDialog(self._surroundings, self.opened, self.window).show()

    def _save(self) -> None:
        if self.opened is not None:
            typing = self.window.focusWidget()
            self.window.end_typing()
            self.opened.publish()
            if typing is not None and typing.isVisible():
                typing.setFocus()

    def _import(self) -> None:
        if self.opened is not None:
            self._exchange_desk().ask_import(self.opened)

    def _export(self) -> None:
        if self.opened is not None:
            self.show_page("share")

    def _step(self, direction: str) -> None:
        if self.opened is not None:
            move = self.opened.undo if direction == "undo" else self.opened.redo
            move(self._tell_failure)

    def _toggle_full_screen(self) -> None:
        if self.window.isFullScreen():
            self.window.showNormal()
        else:
            self.window.showFullScreen()

    def _show_shortcuts(self) -> None:
        from ui.dialogs.shortcuts import ShortcutsDialog  # noqa: PLC0415  not before it is used

        page_id = self.pages.current_id if self.pages is not None else ""
        ShortcutsDialog(self._surroundings, self.actions, self.window, page_id=page_id).open()

    def _show_about(self) -> None:
        from ui.dialogs.about import AboutDialog  # noqa: PLC0415  not before it is used

        AboutDialog(self._surroundings, self.window).open()

    def _speak(self, code: str) -> None:
        self._surroundings.set_language(Language(code))
        self._remember(replace(self.memory.preferences, language=code))

    def _wear(self, theme_name: str) -> None:
        self._surroundings.set_theme(theme_name)
        self._remember(replace(self.memory.preferences, theme=theme_name))

    def _leave(self) -> None:
        self._remember(replace(self.memory.preferences, window=self.window.remembered_state()))
        self.background.close()
        if self._exchange is not None:
            self._exchange.close()
        self.window.may_close = True
        # Not at once: Qt ignores a close within the close that asked for it.
        QTimer.singleShot(0, self.window, self._close_window)

    def _close_window(self) -> None:
        self.window.close()
        self.left.emit()

    # What is told

    def _refresh(self) -> None:
        opened, words = self.opened, self._surroundings.language
        situation = Situation()
        if opened is not None:
            from planner.step_labels import describe  # noqa: PLC0415  not before the first picture

            undo, redo = opened.undo_label, opened.redo_label
            situation = Situation(
                has_document=True,
                can_edit=not opened.read_only,
                undo=describe(undo, words) if undo is not None else "",
                redo=describe(redo, words) if redo is not None else "",
            )
            if self.pages is not None:
                situation = self.pages.complete(situation)
        self.actions.show_situation(situation, words)
        self.window.save_state.show_situation(
            SaveSituation() if opened is None else self._file_news().save_situation(opened)
        )
        self.window.summary.setText(self.pages.summary_text() if self.pages is not None else "")
        title = opened.engagement.setting.name if opened is not None else ""
        self.window.setWindowTitle(" ".join(title.split()))

    def _tell(self, what: UserError | str, *, tone: str = "danger", key: str = "") -> Message:
        from planner.messages import explain  # noqa: PLC0415  not before it is used

        text = what if isinstance(what, str) else explain(what, self._surroundings.language)
        return self.window.messages.show_message(text, tone=tone, key=key, passing=tone in _PASSING_TONES)

    def _tell_of_step(self, what: UserError | str, *, tone: str = "danger", key: str = "") -> Message:
        message = self._tell(what, tone=tone, key=key)
        message.until_step = True
        return message

    def _tell_not_opened(self, error: UserError) -> None:
        self.window.show_page("welcome", on_rail=False)
        self._file_news().tell_not_opened(error)
        self._refresh()

    def _show_opening(self, name: str) -> None:
        self.window.messages.dismiss("open")
        self._opening.show_name(Path(name).stem)
        self.window.show_page("opening", on_rail=False)

    def _renew_claim(self) -> None:
        if self.opened is not None:
            document = self.opened.document
            self.background.run(
                lambda _progress: document.renew_claim(), success=lambda _none: None, failure=self._tell_failure
            )

    def _list_recent(self) -> None:
        recent = self.memory.preferences.recent
        if recent == self._listed:
            return
        self._listed = recent
        self._welcome.show_recent(recent)
        self.window.list_recent(tuple(one.path for one in recent))

    def _remember(self, preferences: Preferences) -> None:
        self.memory.keep(preferences)

    def _tell_failure(self, error: UserError) -> None:
        self._tell(error, tone="danger")


def _nowhere(_path: Path) -> bool:
    """Tell that no other window has a file open."""
    return False


def _is_same(one: Path, other: Path) -> bool:
    """Tell whether two paths name one file, without asking a disk that may be far away."""
    return os.path.normcase(one.absolute()) == os.path.normcase(other.absolute())
