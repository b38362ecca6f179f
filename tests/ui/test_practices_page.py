"""The practices page as a person uses it: by mouse, by keyboard, back and forth."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from planner.document import Document
from planner.domain.engagement import Engagement
from planner.domain.practice import Descriptor, Dimension, Practice, Scale, ScaleOption, Theme
from planner.language import Language
from tests import builders as a
from tests.ui.conftest import StartRoadbook, settle
from ui.composition import Roadbook
from ui.pages.practices.page import PracticesPage
from ui.pages.practices.tree import Column, Filter, PracticeTree


def a_model() -> Engagement:
    """Return a model of two dimensions; the first has two themes, of three practices and one."""
    return a.engagement(
        a.settings(name="Littoral"),
        *a.model(),
        Dimension(id="run", model_id="model", name="Run", position=1),
        Theme(id="learn", dimension_id="dimension", name="Learn", position=1),
        *(a.practice(id=f"p{n}", name=f"Practice {n}", level=n + 1, position=n) for n in range(3)),
        a.practice(
            id="p9", name="Blameless reviews", theme_id="learn", tags=("people",), level=2,
            descriptors=(Descriptor(score=0.0, text="Blame"), Descriptor(score=1.0, text="Learning")),
        ),
    )  # fmt: skip


@pytest.fixture
def open_page(tmp_path: Path, start: StartRoadbook, qtbot: QtBot) -> Iterator[Callable[..., PracticesPage]]:
    opened: list[Roadbook] = []

    def begin(engagement: Engagement | None = None) -> PracticesPage:
        path = tmp_path / "littoral.roadbook"
        Document.create(path, engagement or a_model()).close()
        roadbook = start(path)
        opened.append(roadbook)
        roadbook.show_page("practices")
        settle(qtbot, roadbook)
        page = roadbook.page("practices")
        assert isinstance(page, PracticesPage)
        return page

    yield begin
    QGuiApplication.clipboard().clear()


def test_a_list_to_choose_from_closes_with_the_file(open_page: Callable[..., PracticesPage], qtbot: QtBot) -> None:
    page = open_page()
    choices, model_id = page.bar.models, page.bar.models.currentData()
    choices.showPopup()
    assert choices.view().isVisible()
    do(page, "close")
    qtbot.waitUntil(lambda: page.opened is None)
    assert not choices.view().isVisible()
    page.bar.model_chosen.emit(model_id)


def names(page: PracticesPage, theme_id: str) -> list[str]:
    held = [one for one in page.engagement.practices.values() if one.theme_id == theme_id]
    return [one.name for one in sorted(held, key=lambda one: one.position)]


def type_name(page: PracticesPage, qtbot: QtBot, name: str) -> None:
    editor = page.view.findChild(QLineEdit)
    assert editor is not None
    editor.selectAll()
    qtbot.keyClicks(editor, name)
    press_return(qtbot, editor)


def press_return(qtbot: QtBot, editor: QWidget) -> None:
    """End an edit; Qt commits it once the key itself is dealt with."""
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()


def do(page: PracticesPage, action_id: str) -> None:
    action = page.workbench.actions[action_id]
    assert action.isEnabled(), action_id
    action.trigger()


def test_the_item_models_keep_their_promises_through_a_whole_life(
    open_page: Callable[..., PracticesPage], qtbot: QtBot
) -> None:
    page = open_page()
    testers = [
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
        for model in (page.tree, page.pane.level_table, page.scales.scale_table, page.scales.option_table)
    ]
    page.view.reveal("p1")
    do(page, "practices.add-practice")
    type_name(page, qtbot, "Trunk")
    page.view.selectAll()
    do(page, "remove")
    for _step in ("remove", "rename", "add"):
        do(page, "undo")
    assert len(testers) == 4
    assert len(page.engagement.practices) == 4


def test_a_practice_is_added_behind_the_current_one_and_named_at_once(
    open_page: Callable[..., PracticesPage], qtbot: QtBot
) -> None:
    page = open_page()
    page.view.reveal("p0")
    qtbot.keyClick(page.view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    type_name(page, qtbot, "Trunk")
    assert names(page, "theme") == ["Practice 0", "Trunk", "Practice 1", "Practice 2"]
    do(page, "undo")
    do(page, "undo")
    assert names(page, "theme") == ["Practice 0", "Practice 1", "Practice 2"]
    do(page, "redo")
    assert len(names(page, "theme")) == 4


def test_tab_walks_the_cells_of_a_practice(open_page: Callable[..., PracticesPage], qtbot: QtBot) -> None:
    page = open_page()
    page.view.reveal("p0")
    do(page, "rename")
    editor = page.view.findChild(QLineEdit)
    assert editor is not None
    editor.setText("Trunk")
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert page.engagement.practices["p0"].name == "Trunk"
    assert page.view.currentIndex().column() > Column.NAME
    assert page.view.tree.nodes_of([page.view.currentIndex().internalId()])[0].entity.id == "p0"


def test_an_empty_engagement_is_led_to_a_first_practice(open_page: Callable[..., PracticesPage], qtbot: QtBot) -> None:
    page = open_page(a.engagement(a.settings(name="Empty")))
    do(page, "practices.add-model")
    model = next(iter(page.engagement.models.values()))
    editor = page.bar.findChild(QLineEdit, options=Qt.FindChildOption.FindChildrenRecursively)
    assert editor is not None
    qtbot.keyClicks(QApplication.focusWidget() or editor, "Our model")
    qtbot.keyClick(QApplication.focusWidget() or editor, Qt.Key.Key_Return)
    assert page.engagement.models[model.id].name == "Our model"
    do(page, "practices.add-practice")
    type_name(page, qtbot, "First")
    (practice,) = page.engagement.practices.values()
    assert practice.name == "First"
    assert page.engagement.scales[practice.scale_id].model_id == model.id


def test_a_models_name_that_is_being_typed_counts_when_the_file_is_closed(
    open_page: Callable[..., PracticesPage], qtbot: QtBot
) -> None:
    page = open_page()
    opened = page.opened
    model_id = page.model_id
    do(page, "practices.rename-model")
    qtbot.keyClicks(QApplication.focusWidget(), "Ours")
    do(page, "close")
    qtbot.waitUntil(lambda: page.opened is None)
    document = Document.open(opened.document.path)
    assert document.engagement.models[model_id].name == "Ours"
    document.close()


def test_cells_are_rated_with_digits_and_edited_with_return(
    open_page: Callable[..., PracticesPage], qtbot: QtBot
) -> None:
    page = open_page()
    page.view.setCurrentIndex(page.tree.index_of("p0", Column.USEFULNESS))
    qtbot.keyClick(page.view, Qt.Key.Key_4)
    assert page.engagement.practices["p0"].usefulness == 4
    page.view.setCurrentIndex(page.tree.index_of("p0", Column.LEVEL))
    qtbot.keyClick(page.view, Qt.Key.Key_Return)
    editor = page.view.findChild(QSpinBox)
    assert editor is not None
    editor.setValue(5)
    press_return(qtbot, editor)
    assert page.engagement.practices["p0"].level == 5
    qtbot.keyClick(page.view, Qt.Key.Key_0)
    assert page.engagement.practices["p0"].level is None


def test_a_digit_on_what_is_no_practice_changes_nothing(open_page: Callable[..., PracticesPage], qtbot: QtBot) -> None:
    page = open_page()
    before = page.engagement
    for row in ("dimension", "learn"):
        page.view.setCurrentIndex(page.tree.index_of(row, Column.USEFULNESS))
        qtbot.keyClick(page.view, Qt.Key.Key_4)
    assert page.engagement is before


def test_practices_move_by_keyboard_within_their_theme_and_into_the_next(
    open_page: Callable[..., PracticesPage],
) -> None:
    page = open_page()
    page.view.reveal("p1")
    do(page, "practices.move-up")
    assert names(page, "theme") == ["Practice 1", "Practice 0", "Practice 2"]
    do(page, "practices.move-after")
    assert names(page, "learn") == ["Practice 1", "Blameless reviews"]
    assert page.current() == ("practices", "p1")
    do(page, "undo")
    do(page, "undo")
    assert names(page, "theme") == ["Practice 0", "Practice 1", "Practice 2"]


def test_practices_are_dragged_to_another_theme(open_page: Callable[..., PracticesPage]) -> None:
    page = open_page()
    data = page.tree.mimeData([page.tree.index_of("p0"), page.tree.index_of("p2")])
    target = page.tree.index_of("learn")
    assert page.tree.canDropMimeData(data, Qt.DropAction.MoveAction, 0, 0, target)
    assert not page.tree.canDropMimeData(data, Qt.DropAction.MoveAction, 0, 0, page.tree.index_of("dimension"))
    page.tree.dropMimeData(data, Qt.DropAction.MoveAction, 0, 0, target)
    assert names(page, "learn") == ["Practice 0", "Practice 2", "Blameless reviews"]


def test_what_is_copied_is_pasted_as_new_practices_and_what_is_cut_moves_once(
    open_page: Callable[..., PracticesPage],
) -> None:
    page = open_page()
    page.view.reveal("p0")
    do(page, "copy")
    assert "Practice 0" in QGuiApplication.clipboard().text()
    page.view.reveal("learn")
    do(page, "paste")
    assert names(page, "learn") == ["Blameless reviews", "Practice 0"]
    assert names(page, "theme")[0] == "Practice 0"
    page.view.reveal("p2")
    do(page, "cut")
    assert "Practice 2" in names(page, "theme")
    page.view.reveal("p9")
    do(page, "paste")
    assert names(page, "learn") == ["Blameless reviews", "Practice 2", "Practice 0"]
    assert not page.workbench.actions["paste"].isEnabled()


def test_a_model_copied_as_a_new_version_is_whole_and_practices_paste_across(
    open_page: Callable[..., PracticesPage],
) -> None:
    page = open_page()
    page.view.reveal("p9")
    do(page, "copy")
    do(page, "practices.copy-model")
    assert len(page.engagement.models) == 2
    assert page.model_id != "model"
    assert len(page.engagement.practices) == 8
    before = page.engagement.practices.keys()
    do(page, "paste")
    (added,) = page.engagement.practices.keys() - before
    practice = page.engagement.practices[added]
    assert page.engagement.scales[practice.scale_id].model_id == page.model_id
    do(page, "practices.remove-model")
    assert page.model_id == "model"
    assert len(page.engagement.practices) == 4


def test_removing_a_theme_says_what_went_with_it(
    open_page: Callable[..., PracticesPage],
) -> None:
    page = open_page()
    page.view.reveal("theme")
    do(page, "remove")
    told = page.window().messages.messages()
    assert any("practice: 3" in message.label.text() for message in told)
    assert len(page.engagement.practices) == 1


def test_levels_stand_side_by_side_and_are_written_in_place(
    open_page: Callable[..., PracticesPage], qtbot: QtBot
) -> None:
    page = open_page()
    page.view.reveal("learn")
    table = page.pane.level_table
    assert table.rowCount() == 1
    last = table.index(0, table.columnCount() - 1)
    assert last.data() == "Learning"
    page.pane.levels.setFocus()
    page.pane.levels.setCurrentIndex(last)
    qtbot.keyClick(page.pane.levels, Qt.Key.Key_Return)
    editor = page.pane.levels.findChild(QPlainTextEdit)
    assert editor is not None
    editor.setPlainText("Learning, and shared")
    page.view.setFocus()
    qtbot.waitUntil(lambda: page.engagement.practices["p9"].descriptors[-1].text == "Learning, and shared")
    page.view.selectAll()
    assert table.rowCount() == 4


def test_texts_are_kept_when_the_keyboard_leaves_them(open_page: Callable[..., PracticesPage], qtbot: QtBot) -> None:
    page = open_page()
    do(page, "practices.show-texts")
    page.view.reveal("p1")
    field = page.pane.texts.fields["risk"]
    field.setFocus()
    qtbot.keyClicks(field, "Late surprises")
    page.view.reveal("p2")
    assert page.engagement.practices["p1"].risk == "Late surprises"
    assert page.pane.texts.fields["risk"].toPlainText() == ""
    do(page, "undo")
    assert page.engagement.practices["p1"].risk == ""


def test_scales_are_added_named_and_refused_while_in_use(open_page: Callable[..., PracticesPage], qtbot: QtBot) -> None:
    page = open_page()
    do(page, "practices.show-scales")
    used = page.scales.chosen_id()
    do(page, "remove")
    assert used in page.engagement.scales
    do(page, "practices.add-scale")
    assert len(page.engagement.scales) == 2
    page.scales.setFocus()
    do(page, "practices.add-option")
    assert len(page.engagement.scales[page.scales.chosen_id()].options) == 6
    do(page, "undo")
    do(page, "remove")
    assert len(page.engagement.scales) == 1


def test_the_filter_looks_into_names_texts_tags_and_levels(
    open_page: Callable[..., PracticesPage], qtbot: QtBot
) -> None:
    page = open_page()
    do(page, "find-here")
    qtbot.keyClicks(page.bar.filter, "people")
    qtbot.waitUntil(lambda: not page.tree.index_of("p0").isValid())
    assert page.tree.index_of("p9").isValid()
    page.bar.clear_filter()
    page.bar.levels.setCurrentIndex(2)
    assert page.tree.index_of("p1").isValid()
    assert not page.tree.index_of("p0").isValid()
    assert page.reveal("practices", "p0")
    assert page.current() == ("practices", "p0")


def test_the_page_speaks_french_at_once(open_page: Callable[..., PracticesPage]) -> None:
    page = open_page()
    page.workbench.surroundings.set_language(Language("fr"))
    assert page.tree.headerData(Column.LEVEL, Qt.Orientation.Horizontal) == "Niveau"
    assert page.summary_text() == "1 modèle · 2 dimensions · 4 pratiques"


@pytest.mark.parametrize("text", ["", "practice", "CE 1 dim", "level 2 learn", "nowhere"])
def test_a_filtered_tree_holds_only_what_matches(qtbot: QtBot, text: str) -> None:
    def refuse(*_asked: object) -> bool:
        return False

    tree = PracticeTree(Language("en"), edit=refuse, drop=refuse, parent=QApplication.instance())
    tree.show_model(a_model(), "model", Filter(text), can_edit=True)
    QAbstractItemModelTester(tree, QAbstractItemModelTester.FailureReportingMode.Fatal)
    shown = [node.entity for node in tree.nodes() if isinstance(node.entity, Practice)]
    expected = {"": 4, "practice": 3, "CE 1 dim": 2, "level 2 learn": 1, "nowhere": 0}[text]
    assert len(shown) == expected
    tree.deleteLater()


def test_an_unordered_scale_is_refused_with_a_sentence(open_page: Callable[..., PracticesPage]) -> None:
    scale = Scale(id="three", model_id="model", name="Three", options=tuple(
        ScaleOption(score=score, text=str(score)) for score in (0.0, 0.5, 1.0)
    ))  # fmt: skip
    page = open_page(a.engagement(*[one for kind in a_model().by_kind().values() for one in kind.values()], scale))
    assert not page.verbs.change_option("three", 0, 0.8, None)
    assert page.window().messages.messages()
