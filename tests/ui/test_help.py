"""The help inside the application: the guide in both languages, the tour, and the ways to them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

import resources
from planner.document import Document
from planner.language import LANGUAGES, Language
from tests import builders as a
from tests.ui.conftest import StartRoadbook, leave
from ui.actions import ACTIONS, plain_words
from ui.composition import Roadbook
from ui.help import topics
from ui.help.guide import GuideWindow
from ui.help.tour import Callout, Tour, TourStep, beside
from ui.pages.kinds import PAGES
from ui.settings import Preferences
from ui.surroundings import Surroundings

pytestmark = pytest.mark.usefixtures("qapp")

LANGUAGE_CODES = tuple(LANGUAGES)
ENGLISH = Language("en")


def shape(topic: str, code: str) -> list[str]:
    """Return how a page is built: its headings by level, its tables by rows, its links, what it names and quotes."""
    text = topics.source(topic, code)
    lines = [re.match(r"(#+ |\||- |\d+\. |```)", line) for line in text.splitlines()]
    built = [found[1] for found in lines if found]
    named = sorted((*topics.named_actions(text), *topics.quoted_messages(text)))
    return [*built, *re.findall(r"\((\w[\w-]*\.md)\)", text), *named]


@pytest.mark.parametrize("code", LANGUAGE_CODES)
def test_the_guide_has_the_same_pages_in_every_language(code: str) -> None:
    written = {path.stem for path in (resources.ROOT / "help" / code).glob("*.md")}
    assert written == set(topics.TOPICS)


@pytest.mark.parametrize("topic", topics.TOPICS)
def test_a_page_of_the_guide_is_built_alike_in_every_language(topic: str) -> None:
    assert len({tuple(shape(topic, code)) for code in LANGUAGE_CODES}) == 1


def test_the_guide_has_a_page_for_every_page_of_the_rail() -> None:
    assert {page.id for page in PAGES} <= set(topics.TOPICS)


@pytest.mark.parametrize("code", LANGUAGE_CODES)
@pytest.mark.parametrize("topic", topics.TOPICS)
def test_every_action_and_page_the_guide_names_exists(topic: str, code: str) -> None:
    known = {kind.id for kind in (*ACTIONS, *(kind for page in PAGES for kind in page.actions()))}
    text = topics.source(topic, code)
    assert set(topics.named_actions(text)) <= known
    assert set(re.findall(r"\((\w[\w-]*)\.md\)", text)) <= set(topics.TOPICS)
    assert "[[" not in topics.markdown(topic, Language(code))


@pytest.mark.parametrize("code", LANGUAGE_CODES)
def test_the_guide_begins_with_the_pages_of_the_rail_in_their_order(code: str) -> None:
    listed = re.findall(r"^\d\. \{\{(.+?)\}\}", topics.source("start", code), re.MULTILINE)
    assert listed == [page.title for page in PAGES][: len(listed)]
    assert len(listed) == len(PAGES) - 1  # the settings are no stage of the work


def test_an_action_is_named_in_the_guide_as_the_menus_name_it_with_its_keys(surroundings: Surroundings) -> None:
    page = topics.markdown("file", Language("fr"))
    undo = next(kind for kind in ACTIONS if kind.id == "undo")
    words = plain_words(Language("fr").gettext(undo.text))
    assert f"**{words}** (`Ctrl+Z`)" in page


def test_the_guide_finds_words_whatever_their_accents_in_headings_first() -> None:
    found = topics.find("equipes unites", Language("fr"))
    assert found[0].heading == "Unités et équipes"
    assert topics.find("zzzz", ENGLISH) == ()


def test_headings_stand_out_by_their_size_and_lists_keep_their_distance(guide: GuideWindow) -> None:
    guide.go("timeline")
    sizes = {}
    block = guide.text.document().begin()
    while block.isValid():
        walk = block.begin()
        if not walk.atEnd():
            sizes.setdefault(block.blockFormat().headingLevel(), walk.fragment().charFormat().font().pointSizeF())
        block = block.next()
    assert sizes[1] > sizes[2] > guide.text.document().defaultFont().pointSizeF()


def test_an_excerpt_begins_shortly_before_the_word() -> None:
    text = "one two three four five six seven eight nine ten"
    assert topics.excerpt(text, "nine", before=8).startswith("…")
    assert "nine" in topics.excerpt(text, "nine", before=8)
    assert topics.excerpt(text, "one") == text


@pytest.fixture
def guide(surroundings: Surroundings, qtbot: QtBot) -> Iterator[GuideWindow]:
    window = QWidget()
    made = GuideWindow(surroundings, window)
    qtbot.addWidget(window)
    made.open_at("start")
    qtbot.waitUntil(made.isVisible)
    yield made
    made.close()


def test_links_lead_from_page_to_page_and_back(guide: GuideWindow, qtbot: QtBot) -> None:
    guide.text.anchorClicked.emit(QUrl("file.md"))
    assert guide.place == ("file", "")
    assert guide.text.headings()[0] == "The file and how it is kept safe"
    QTest.keyClick(guide, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert guide.place == ("start", "")
    qtbot.mouseClick(guide.forward, Qt.MouseButton.LeftButton)
    assert guide.place == ("file", "")
    assert not guide.forward.isEnabled()


def test_an_address_of_the_web_opens_outside_when_it_is_clicked(
    guide: GuideWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    guide.text.anchorClicked.emit(QUrl("https://example.org/"))
    assert [url.toString() for url in opened] == ["https://example.org/"]
    assert guide.place == ("start", "")


def test_the_guide_is_searched_with_the_keys_and_marks_what_was_found(guide: GuideWindow) -> None:
    QTest.keyClick(guide, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert guide.line.hasFocus()
    QTest.keyClicks(guide.line, "negative lag")
    assert guide.model.rowCount() == 1
    QTest.keyClick(guide.line, Qt.Key.Key_Return)
    assert guide.place == ("timeline", "Links")
    assert guide.text.textCursor().block().text() == "Links"
    assert guide.text.extraSelections()
    QTest.keyClick(guide, Qt.Key.Key_Escape)
    assert not guide.isVisible()


def test_the_guide_follows_language_and_colours_while_it_is_open(
    guide: GuideWindow, surroundings: Surroundings
) -> None:
    guide.go("timeline", "Links")
    surroundings.set_language(Language("fr"))
    assert guide.text.headings()[0] == "Planning"
    assert guide.windowTitle() == "Guide d’utilisation"
    surroundings.set_theme("dark")
    assert guide.text.palette().base().color().name() == surroundings.tokens.surface
    assert guide.place == ("timeline", "")


def test_the_guide_opens_at_the_page_shown_and_leaves_the_window_free(start: StartRoadbook, plan_file: Path) -> None:
    roadbook = start(plan_file)
    roadbook.show_page("practices")
    roadbook.actions["guide"].trigger()
    guide = roadbook.window.findChild(GuideWindow)
    assert guide.place[0] == "practices"
    assert not guide.isModal()
    roadbook.show_page("share")
    roadbook.actions["guide"].trigger()
    assert guide.place[0] == "share"
    assert len(roadbook.window.findChildren(GuideWindow)) == 1


def test_without_a_file_the_guide_opens_at_its_beginning(start: StartRoadbook) -> None:
    roadbook = start()
    roadbook.actions["guide"].trigger()
    assert roadbook.window.findChild(GuideWindow).place[0] == "start"


def test_an_empty_page_leads_to_what_the_guide_says_of_it(start: StartRoadbook, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "new.roadbook"
    Document.create(path, a.engagement()).close()
    roadbook = start(path)
    roadbook.show_page("organization")
    links = [
        one
        for one in roadbook.page("organization").findChildren(QPushButton)
        if one.property("role") == "link" and one.isVisible()
    ]
    qtbot.mouseClick(links[0], Qt.MouseButton.LeftButton)
    assert roadbook.window.findChild(GuideWindow).place[0] == "organization"


# The tour


def callout_of(roadbook: Roadbook) -> Callout | None:
    return next((one for one in roadbook.window.findChildren(Callout) if one.isVisible()), None)


def offers(roadbook: Roadbook) -> list[QPushButton]:
    return [
        button
        for message in roadbook.window.messages.messages()
        for button in message.findChildren(QPushButton)
        if button.text() == "Take the tour"
    ]


def test_the_tour_is_offered_once_and_does_not_begin_by_itself(
    start: StartRoadbook, plan_file: Path, qtbot: QtBot
) -> None:
    roadbook = start(plan_file, preferences=Preferences())
    assert len(offers(roadbook)) == 1
    assert callout_of(roadbook) is None
    remembered = roadbook.memory.preferences
    leave(qtbot, roadbook)
    assert not offers(start(plan_file, preferences=remembered))


def test_the_tour_goes_step_by_step_without_taking_the_keyboard(
    start: StartRoadbook, plan_file: Path, qtbot: QtBot
) -> None:
    roadbook = start(plan_file, preferences=Preferences())
    working = QApplication.focusWidget()
    offers(roadbook)[0].click()
    callout = callout_of(roadbook)
    assert callout is not None
    assert QApplication.focusWidget() is working
    titles = [callout.title]
    total = int(callout.count.rsplit(" ", 1)[1])
    assert callout.count == f"Step 1 of {total}"
    assert not callout.back.isEnabled()
    for _step in range(total - 1):
        callout.next.click()
        titles.append(callout.title)
        assert roadbook.window.rect().contains(callout.geometry())
    assert len(set(titles)) == total == 9
    callout.back.click()
    assert callout.title == titles[-2]
    callout.next.click()
    callout.next.click()
    assert callout_of(roadbook) is None
    assert QApplication.focusWidget() is working


@pytest.mark.parametrize("way", ["escape", "close", "leave", "elsewhere"])
def test_the_tour_can_be_left_at_any_moment_and_leaves_nothing_behind(
    start: StartRoadbook, plan_file: Path, qtbot: QtBot, way: str
) -> None:
    roadbook = start(plan_file)
    for kind in PAGES:
        roadbook.page(kind.id)  # they are made one by one in idle moments, and would be counted
    before = len(roadbook.window.findChildren(QWidget)), len(roadbook.window.findChildren(Tour))
    roadbook.actions["tour"].trigger()
    callout = callout_of(roadbook)
    assert callout is not None
    callout.next.click()
    if way == "escape":
        QTest.keyClick(roadbook.window, Qt.Key.Key_Escape)
    elif way == "elsewhere":
        button = roadbook.window.rail.button("practices")
        at = button.mapTo(roadbook.window, button.rect().center())
        QTest.mouseClick(roadbook.window.windowHandle(), Qt.MouseButton.LeftButton, pos=at)
        qtbot.waitUntil(lambda: roadbook.pages.current_id == "practices")
        roadbook.show_page("timeline")
    else:
        (callout.close_button if way == "close" else callout.leave).click()
    assert callout_of(roadbook) is None
    qtbot.waitUntil(lambda: not roadbook.window.findChildren(Tour))
    if way != "elsewhere":
        after = len(roadbook.window.findChildren(QWidget)), len(roadbook.window.findChildren(Tour))
        assert after <= before  # the message that offered the tour goes with it


def test_the_tour_follows_the_window_and_skips_what_is_not_there(
    start: StartRoadbook, plan_file: Path, qtbot: QtBot
) -> None:
    roadbook = start(plan_file)
    roadbook.window.rail.button("organization").hide()
    roadbook.actions["tour"].trigger()
    callout = callout_of(roadbook)
    assert callout is not None
    assert callout.count == "Step 1 of 8"
    for _step in range(5):
        callout.next.click()
    roadbook.window.resize(800, 500)
    QApplication.processEvents()
    assert roadbook.window.rect().contains(callout.geometry())
    roadbook.actions["close"].trigger()
    qtbot.waitUntil(lambda: callout_of(roadbook) is None)


@pytest.mark.parametrize("code", LANGUAGE_CODES)
def test_the_tour_is_reworded_while_it_is_shown(
    start: StartRoadbook, plan_file: Path, surroundings: Surroundings, code: str
) -> None:
    roadbook = start(plan_file)
    roadbook.actions["tour"].trigger()
    callout = callout_of(roadbook)
    assert callout is not None
    surroundings.set_language(Language(code))
    surroundings.set_theme("high-contrast")
    assert callout.count == Language(code).gettext("Step {number} of {count}").format(number=1, count=9)
    assert callout.height() >= callout.layout().totalHeightForWidth(callout.width())


def test_a_tour_with_nothing_to_point_at_is_over_at_once(surroundings: Surroundings, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    tour = Tour(surroundings, window, (TourStep(title="x", text="y", place=lambda: None),))
    assert not [one for one in window.findChildren(Callout) if one.isVisible()]
    assert tour.standing() == ()


@pytest.mark.parametrize(
    "area",
    [
        QRect(0, 0, 90, 600),
        QRect(0, 200, 90, 60),
        QRect(900, 0, 340, 700),
        QRect(0, 690, 120, 28),
        QRect(40, 0, 50, 24),
    ],
)
def test_the_callout_stands_beside_what_it_points_at(area: QRect) -> None:
    room, size = QRect(0, 0, 1240, 720), QSize(380, 180)
    spot = QRect(beside(area, size, room), size)
    assert room.contains(spot)
    assert not spot.intersects(area)


def test_a_callout_with_no_room_beside_its_area_stays_in_the_window() -> None:
    room = QRect(0, 0, 500, 300)
    spot = beside(room, QSize(380, 180), room)
    assert room.contains(QRect(spot, QSize(380, 180)))
    assert spot != QPoint(0, 0)
