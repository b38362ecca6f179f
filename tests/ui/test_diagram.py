"""The picture of nodes and edges: routes, keyboard, mouse, and what is written to files."""

from __future__ import annotations

import math
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QFontMetricsF, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from planner.analysis.map_layout import Body, arrange_clusters
from planner.domain.errors import BugError, UserError
from planner.progress import Cancelled
from ui import theme
from ui.diagram import walking, ways
from ui.diagram.chooser import Chooser
from ui.diagram.painting import Dress
from ui.diagram.picture import write_picture
from ui.diagram.routing import is_inside, rim_towards, route_all
from ui.diagram.values import SIZES, Diagram, Edge, Node, Region, Sample, Shape, Stroke, Symbol, Tone
from ui.diagram.view import DiagramView
from ui.surroundings import Surroundings
from ui.widgets.choices import Choice

SQUARE = Diagram(
    nodes=(
        Node(id="a", text="A", description="Node A", shape=Shape.BAR, x=0, y=0),
        Node(id="b", text="B", description="Node B", shape=Shape.OCTAGON, category=1, x=400, y=0),
        Node(id="c", text="C", description="Node C", shape=Shape.COLUMN, category=2, x=0, y=300, tone=Tone.DANGER),
        Node(id="d", text="<b>D</b>", description="<b>Node D</b>", shape=Shape.PLAIN, x=400, y=300, symbol=Symbol.APART),
    ),
    edges=(
        Edge(id="ab", source="a", target="b", description="A to B", stroke=Stroke.DOUBLE),
        Edge(id="ba", source="b", target="a", stroke=Stroke.DASHED, symbol=Symbol.STOP, tone=Tone.DANGER),
        Edge(id="ab2", source="a", target="b", stroke=Stroke.DOTTED, symbol=Symbol.SLOW, tone=Tone.WARNING),
        Edge(id="cd", source="c", target="d", text="50 %", symbol=Symbol.LATE),
    ),
    regions=(Region(id="r", text="Unit", node_ids=("a", "b")),),
    legend=(Sample(text="A node", node=Node(id="n", text="")), Sample(text="An edge", edge=Edge(id="e", source="", target=""))),
    title="Square & <round>",
)  # fmt: skip


@pytest.fixture
def view(qtbot: QtBot, surroundings: Surroundings) -> DiagramView:
    made = DiagramView(surroundings)
    qtbot.addWidget(made)
    made.editable = True
    made.resize(900, 700)
    made.show_diagram(SQUARE)
    made.show()
    made.fit()
    made.activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    return made


def on_screen(view: DiagramView, x: float, y: float) -> QPoint:
    return view.mapFromScene(QPointF(x, y))


def drag(view: DiagramView, begin: QPoint, end: QPoint) -> None:
    viewport = view.viewport()
    QTest.mouseMove(viewport, begin)
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=begin)
    for share in (0.3, 0.6, 1.0):
        QTest.mouseMove(viewport, begin + (end - begin) * share)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=end)
    QApplication.processEvents()


# Routes


@given(st.sampled_from(list(Shape)), st.floats(0, 2 * math.pi), st.floats(300, 2000))
def test_an_edge_ends_at_the_rim_whatever_the_shape(shape: Shape, angle: float, distance: float) -> None:
    node = Node(id="n", text="", shape=shape, x=50, y=-20)
    x, y = rim_towards(node, (50 + math.cos(angle) * distance, -20 + math.sin(angle) * distance))
    across, down = x - node.x, y - node.y
    assert not is_inside(node, across, down)
    assert is_inside(node, across * 0.9, down * 0.9)


def test_edges_of_one_pair_run_apart_whatever_their_direction() -> None:
    routes = route_all(SQUARE)
    middles = [routes[edge].middle for edge in ("ab", "ba", "ab2")]
    for at, first in enumerate(middles):
        for second in middles[at + 1 :]:
            assert math.dist(first, second) > 20


@pytest.mark.parametrize("seed", range(10))
def test_no_edge_of_a_map_that_arranged_itself_runs_through_a_node(seed: int) -> None:
    choices = random.Random(seed)
    shapes = {str(number): choices.choice(list(Shape)[:5]) for number in range(9)}
    units = {node_id: str(choices.randrange(4)) for node_id in shapes}
    joined = sorted({tuple(choices.sample(sorted(shapes), 2)) for _edge in range(11)})
    bodies = [Body(id=i, cluster=units[i], size=Node(id=i, text="", shape=shape).size) for i, shape in shapes.items()]
    places = arrange_clusters(bodies, joined, kept={})
    diagram = Diagram(
        nodes=tuple(Node(id=i, text="", shape=shapes[i], x=x, y=y) for i, (x, y) in places.items()),
        edges=tuple(Edge(id=f"{one}-{other}", source=one, target=other) for one, other in joined),
    )
    for edge in diagram.edges:
        route = route_all(diagram)[edge.id]
        for node in diagram.nodes:
            left, top, right, bottom = node.box
            way = [route.at(look / 60) for look in range(61)] if node.id not in (edge.source, edge.target) else []
            assert not any(left < x < right and top < y < bottom for x, y in way), (edge.id, node.id)


def test_an_edge_goes_around_a_node_in_its_way() -> None:
    nodes = (Node(id="a", text="", x=0), Node(id="between", text="", x=400), Node(id="b", text="", x=800))
    diagram = Diagram(nodes=nodes, edges=(Edge(id="e", source="a", target="b"),))
    route = route_all(diagram)["e"]
    seen = [route.at(share / 50) for share in range(51)]
    assert not any(is_inside(nodes[1], x - 400, y) for x, y in seen)
    assert route_all(diagram)["e"].middle[1] != 0


def test_an_edge_told_its_way_takes_it() -> None:
    nodes = (Node(id="a", text=""), Node(id="b", text="", x=900, y=40))
    route = route_all(Diagram(nodes=nodes, edges=(Edge(id="e", source="a", target="b", via=((450.0, 120.0),)),)))["e"]
    assert route.middle == (450.0, 120.0)
    assert route.start[0] > SIZES[Shape.BOX][0] / 2 - 1
    assert abs(route.direction(1.0)) < 0.1


# Keyboard


def test_the_keyboard_walks_to_the_nearest_node_in_each_direction(view: DiagramView) -> None:
    QTest.keyClick(view, Qt.Key.Key_Home)
    for key, expected in (
        (Qt.Key.Key_Right, "b"),
        (Qt.Key.Key_Down, "d"),
        (Qt.Key.Key_Left, "c"),
        (Qt.Key.Key_Up, "a"),
        (Qt.Key.Key_Up, "a"),
        (Qt.Key.Key_End, "d"),
    ):
        QTest.keyClick(view, key)
        assert (view.current, view.selected_nodes()) == (expected, (expected,))


def test_what_the_keyboard_is_on_is_told_to_screen_readers(view: DiagramView) -> None:
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert view.accessibleDescription() == "Node A"
    found = QAccessible.queryAccessibleInterface(view)
    assert found.text(QAccessible.Text.Description) == "Node A"
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    assert view.accessibleDescription() == "A to B"


def test_page_keys_walk_around_the_edges_of_a_node_and_escape_leads_back(view: DiagramView) -> None:
    view.select(("a",))
    seen = []
    for _step in range(3):
        QTest.keyClick(view, Qt.Key.Key_PageDown)
        seen.append(view.current)
    assert sorted(seen) == ["ab", "ab2", "ba"]
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert view.current in ("a", "b")
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert (view.current, view.selected_nodes()) == ("", ())


def test_shift_and_arrows_select_more_and_space_lets_one_go(view: DiagramView) -> None:
    view.select(("a",))
    QTest.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert view.selected_nodes() == ("a", "b")
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert view.selected_nodes() == ("a",)


def test_tab_walks_in_reading_order_and_leaves_at_the_end(view: DiagramView) -> None:
    view.select(("a",))
    for expected in ("b", "c", "d"):
        QTest.keyClick(view, Qt.Key.Key_Tab)
        assert view.current == expected
    assert walking.beside(SQUARE, "d", 1) is None
    QTest.keyClick(view, Qt.Key.Key_Backtab)
    assert view.current == "c"


def test_alt_and_arrows_move_what_is_selected(view: DiagramView, qtbot: QtBot) -> None:
    view.select(("a", "b"))
    with qtbot.waitSignal(view.moved) as told:
        QTest.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert told.args == [{"a": (20.0, 0.0), "b": (420.0, 0.0)}]
    view.editable = False
    with qtbot.assertNotEmitted(view.moved):
        QTest.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)


def test_return_activates_what_the_keyboard_is_on(view: DiagramView, qtbot: QtBot) -> None:
    view.select(("c",))
    with qtbot.waitSignal(view.activated) as told:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert told.args == ["c"]


# Mouse


def test_dragging_a_node_tells_where_it_was_put_once_and_its_edges_follow(view: DiagramView, qtbot: QtBot) -> None:
    before = view._edges["cd"].route
    with qtbot.waitSignal(view.moved) as told:
        drag(view, on_screen(view, 390, 310), on_screen(view, 450, 360))
    (places,) = told.args
    assert set(places) == {"d"}
    assert places["d"] == (pytest.approx(460, abs=4), pytest.approx(350, abs=4))
    qtbot.waitUntil(lambda: view._edges["cd"].route != before)


def test_dragging_from_the_rim_connects_two_nodes(view: DiagramView, qtbot: QtBot) -> None:
    rim = SIZES[Shape.BAR][0] / 2
    with qtbot.waitSignal(view.connect_asked) as told:
        drag(view, on_screen(view, rim, 0), on_screen(view, 400, 300))
    assert told.args == ["a", "d"]
    with qtbot.assertNotEmitted(view.connect_asked):
        drag(view, on_screen(view, rim, 0), on_screen(view, 200, 150))


def test_a_rubber_band_selects_nodes_alone(view: DiagramView) -> None:
    drag(view, on_screen(view, -150, -110), on_screen(view, 520, 110))
    assert view.selected_nodes() == ("a", "b")
    assert view.selected_edges() == ()


def test_clicking_an_edge_selects_it(view: DiagramView, qtbot: QtBot) -> None:
    x, y = view._edges["cd"].route.at(0.3)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=on_screen(view, x, y))
    assert (view.selected_edges(), view.current) == (("cd",), "cd")


def test_the_wheel_with_ctrl_and_the_keys_zoom_within_limits(view: DiagramView) -> None:
    def turn(angle: int) -> None:
        middle = QPointF(view.viewport().rect().center())
        event = QWheelEvent(
            middle, view.viewport().mapToGlobal(middle), QPoint(), QPoint(0, angle), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(view.viewport(), event)

    scale = view.transform().m11()
    turn(120)
    assert view.transform().m11() > scale
    for _turn in range(60):
        turn(-120)
    assert view.transform().m11() == pytest.approx(0.08)
    view.fit()
    assert view.transform().m11() == pytest.approx(scale)
    view.zoom_in()
    view.zoom_out()
    assert view.transform().m11() == pytest.approx(scale)


def test_what_stays_in_a_diagram_keeps_its_selection_and_what_goes_is_gone(view: DiagramView) -> None:
    view.select(("a", "c"), current="c")
    kept = view._nodes["a"]
    view.show_diagram(Diagram(nodes=(SQUARE.nodes[0], SQUARE.nodes[1]), edges=SQUARE.edges[:1]))
    assert view._nodes["a"] is kept
    assert view.selected_nodes() == ("a",)
    assert view.current == ""


def test_tips_show_what_a_person_typed_letter_by_letter(view: DiagramView) -> None:
    assert "&lt;b&gt;" in view._nodes["d"].toolTip()


# Pictures


@pytest.mark.parametrize("suffix", [".png", ".svg", ".pdf"])
def test_a_picture_holds_the_whole_map_and_is_light_in_every_theme(
    suffix: str, tmp_path: Path, surroundings: Surroundings
) -> None:
    surroundings.set_theme("dark")
    path = tmp_path / f"map{suffix}"
    write_picture(SQUARE, path, font=surroundings.font)
    content = path.read_bytes()
    if suffix == ".png":
        image = QImage(str(path))
        assert image.width() > 900
        assert image.pixelColor(2, 2).name() == theme.LIGHT.surface
    elif suffix == ".svg":
        assert b"Square &amp; &lt;round&gt;" in content
        assert b"An edge" in content
    else:
        assert content.startswith(b"%PDF")
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_letters_no_file_can_hold_do_not_spoil_a_picture(tmp_path: Path, surroundings: Surroundings) -> None:
    diagram = Diagram(nodes=(Node(id="n", text="bell \x07 and \ufffe end"),), title="\x01 title")
    write_picture(diagram, tmp_path / "odd.svg", font=surroundings.font)
    assert b"bell" in (tmp_path / "odd.svg").read_bytes()


def test_a_picture_that_cannot_be_written_leaves_the_old_file(tmp_path: Path, surroundings: Surroundings) -> None:
    folder = tmp_path / "map.png"
    folder.mkdir()
    with pytest.raises(UserError, match="cannot-write"):
        write_picture(SQUARE, folder, font=surroundings.font)
    assert list(tmp_path.iterdir()) == [folder]
    with pytest.raises(BugError):
        write_picture(SQUARE, tmp_path / "map.gif", font=surroundings.font)


@pytest.mark.parametrize("step", [0, 1, 2, 3])
def test_a_picture_that_is_cancelled_leaves_nothing_behind(
    step: int, tmp_path: Path, surroundings: Surroundings
) -> None:
    def cancel(done: int, _total: int) -> None:
        if done == step:
            raise Cancelled

    with pytest.raises(Cancelled):
        write_picture(SQUARE, tmp_path / "map.png", font=surroundings.font, progress=cancel)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_diagram_is_a_picture_too(tmp_path: Path, surroundings: Surroundings) -> None:
    write_picture(Diagram(), tmp_path / "empty.png", font=surroundings.font)
    assert not QImage(str(tmp_path / "empty.png")).isNull()


# Much at once


def test_edges_that_take_long_find_their_ways_in_turns(
    view: DiagramView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ways, "_AT_ONCE_SECONDS", 0.0)
    nodes = tuple(Node(id=f"n{at}", text=str(at), x=at % 6 * 300, y=at // 6 * 120) for at in range(36))
    edges = tuple(Edge(id=f"e{at}", source=f"n{at}", target=f"n{(at * 7 + 5) % 36}") for at in range(36) if at != 5)
    diagram = Diagram(nodes=nodes, edges=edges)
    view.show_diagram(diagram)
    assert view._ways.under_way
    view.show_diagram(diagram)
    view.fit()
    qtbot.waitUntil(lambda: not view._ways.under_way)
    assert {edge_id: item.route for edge_id, item in view._edges.items()} == route_all(diagram)
    seen = view.mapToScene(view.viewport().rect()).boundingRect()
    assert all(seen.contains(item.sceneBoundingRect().center()) for item in view._edges.values())


# Choosing


def test_a_chooser_narrows_by_what_is_typed_and_is_left_by_keys_alone(
    qtbot: QtBot, surroundings: Surroundings, view: DiagramView
) -> None:
    offers = tuple(
        Choice(title=name, line="Letters", icon="team", value=str(at))
        for at, name in enumerate(("Alpha", "Beta", "Alphabet"), start=1)
    )
    chooser = Chooser(surroundings, title="Go", offers=offers, parent=view)
    chooser.open()
    qtbot.keyClicks(chooser.filter, "ALPHA")
    assert chooser.names.model().rowCount() == 2
    QTest.keyClick(chooser.filter, Qt.Key.Key_Down)
    with qtbot.waitSignal(chooser.chosen) as told:
        QTest.keyClick(chooser.filter, Qt.Key.Key_Return)
    assert told.args == ["3"]


def test_a_space_that_holds_words_together_does_not_break_a_line(surroundings: Surroundings) -> None:
    dress = Dress(surroundings.tokens, surroundings.font)
    text = "Après les environnements\N{NO-BREAK SPACE}: attente"
    width = QFontMetricsF(dress.caption).horizontalAdvance("Après les environnements") + 1
    assert dress.lines(text, dress.caption, width, 3)[0] == "Après les"


def has_bars(view: DiagramView) -> bool:
    return view.horizontalScrollBar().isVisible() or view.verticalScrollBar().isVisible()


def test_scroll_bars_are_there_only_while_something_is_out_of_sight(view: DiagramView) -> None:
    view.resize(600, 500)
    QTest.qWait(1)
    assert not has_bars(view)
    for _step in range(6):
        view.zoom_in()
    assert has_bars(view)
    view.fit()
    QTest.qWait(1)
    assert not has_bars(view)
    view.horizontalScrollBar().setValue(view.horizontalScrollBar().maximum())
    QTest.qWait(1)
    assert has_bars(view)


def test_what_was_shown_whole_stays_whole_in_a_smaller_view_until_somebody_zooms(view: DiagramView) -> None:
    def shows_all() -> bool:
        seen = view.mapToScene(view.viewport().rect()).boundingRect()
        return all(seen.contains(QPointF(node.x, node.y)) for node in SQUARE.nodes)

    view.resize(360, 260)
    QTest.qWait(1)
    assert shows_all()
    assert not has_bars(view)
    view.zoom_in()
    view.resize(300, 200)
    QTest.qWait(1)
    assert not shows_all()
    assert has_bars(view)
