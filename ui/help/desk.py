"""The help of one window: opens the guide at what is shown, leads the tour, offers it the first time."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtWidgets import QWidget

from planner.language import N_
from ui.help.guide import GuideWindow
from ui.help.topics import topic_of
from ui.help.tour import Tour, TourStep
from ui.memory import Memory
from ui.surroundings import Surroundings
from ui.window import Window


class HelpDesk(QObject):
    """Guide and tour of one window."""

    def __init__(self, window: Window, surroundings: Surroundings, memory: Memory) -> None:
        super().__init__(window)
        self._window = window
        self._surroundings = surroundings
        self._memory = memory
        self.guide: GuideWindow | None = None
        self.tour: Tour | None = None

    def show_guide(self, page_id: str) -> None:
        """Open the guide at what it says of a page of the rail."""
        if self.guide is None:
            self.guide = GuideWindow(self._surroundings, self._window)
        self.guide.open_at(topic_of(page_id))

    def offer_tour(self) -> None:
        """Offer the tour above the page, once on this machine."""
        if not self._memory.of_page("window").get("tour"):
            self._memory.keep_of_page("window", {"tour": "offered"})
            language = self._surroundings.language
            text = language.gettext(N_("New here? A short tour shows what is where. Help > First-run tour has it too."))
            message = self._window.messages.show_message(text, tone="information", key="tour", passing=True)
            message.add_button(language.gettext(N_("Take the tour")), self.take_tour)

    def take_tour(self) -> None:
        """Begin the tour, anew if it is under way."""
        self.leave_tour()
        self._window.messages.dismiss("tour")
        self.tour = Tour(self._surroundings, self._window, self._steps())
        self.tour.left.connect(self._forget_tour)
        if not self.tour.standing():
            self.tour.leave()

    def leave_tour(self) -> None:
        """End the tour, if it is under way."""
        if self.tour is not None:
            self.tour.leave()

    def _forget_tour(self) -> None:
        self.tour = None

    def _steps(self) -> tuple[TourStep, ...]:
        window = self._window
        places: dict[str, Callable[[], QRect | None]] = {
            "rail": lambda: self._area(window.rail),
            "inspector": lambda: self._area(window.beside()) or self._menu_area("view"),
            "edit": lambda: self._menu_area("edit"),
            "help": lambda: self._menu_area("help"),
            "state": lambda: self._area(window.save_state),
        }
        return tuple(
            TourStep(
                title=title,
                text=text,
                place=places.get(what, partial(self._area_of_page, what)),
            )
            for what, title, text in _STEPS
        )

    def _area(self, widget: QWidget | None) -> QRect | None:
        if widget is None or not widget.isVisible():
            return None
        return QRect(widget.mapTo(self._window, QPoint(0, 0)), widget.size())

    def _area_of_page(self, page_id: str) -> QRect | None:
        return self._area(self._window.rail.button(page_id))

    def _menu_area(self, menu_id: str) -> QRect | None:
        bar = self._window.menuBar()
        area = self._window.menu_area(menu_id)
        # Where the system itself shows the menus, they are not in the window.
        if not bar.isVisible() or bar.isNativeMenuBar() or area.isEmpty():
            return None
        return area.translated(bar.mapTo(self._window, QPoint(0, 0)))


_STEPS: Final = (
    (
        "rail",
        N_("The work, in its order"),
        N_(
            "Each stage of a transformation has its page: who there is, what good looks like, where teams stand, what "
            "comes first, when, how work flows, and what you show."
        ),
    ),
    (
        "organization",
        N_("Begin with the teams"),
        N_("Units hold teams. Paste a list from a spreadsheet, and note how much change each team can absorb."),
    ),
    (
        "assessment",
        N_("See where they stand"),
        N_("Bring in a maturity model under Practices, then rate teams here. What is not answered never counts as 0."),
    ),
    (
        "timeline",
        N_("Plan what changes"),
        N_(
            "Initiatives are rows and bars: drag a bar to move it, its end to make it longer. Priorities says which "
            "come first; dates follow links and working days."
        ),
    ),
    (
        "inspector",
        N_("Everything about one thing"),
        N_("Whatever you select, its details are here to be read and edited. F4 hides this pane and brings it back."),
    ),
    (
        "edit",
        N_("Search, undo, look back"),
        N_(
            "Ctrl+K finds anything you typed and anything you can do. Every edit can be undone, even after a restart; "
            "History shows them all."
        ),
    ),
    (
        "state",
        N_("It saves by itself"),
        N_("Every edit is on disk before you see it. Here is when the file itself was last written."),
    ),
    (
        "share",
        N_("Show it to others"),
        N_("Charts, an Excel plan and more, with a preview, and without costs or names where you wish."),
    ),
    (
        "help",
        N_("When you need a hand"),
        N_("The guide works offline and opens at the page you are on. F1 lists every key. Enjoy the road."),
    ),
)
