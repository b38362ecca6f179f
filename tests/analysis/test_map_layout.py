"""Where a map puts things: nothing on anything, what was placed stays, what builds on others stands behind them."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from planner.analysis.map_layout import Body, Place, arrange_clusters, layer_by_depth

SIZE = (180.0, 60.0)
ids = st.lists(st.sampled_from([f"n{number}" for number in range(14)]), unique=True, max_size=14)


@st.composite
def maps(draw: st.DrawFn) -> tuple[list[Body], list[tuple[str, str]]]:
    bodies = [
        Body(
            id=each,
            cluster=draw(st.sampled_from("xyz")),
            size=(draw(st.sampled_from((110.0, 190.0))), draw(st.sampled_from((58.0, 108.0)))),
        )
        for each in draw(ids)
    ]
    if not bodies:
        return [], []
    end = st.sampled_from([body.id for body in bodies])
    return bodies, draw(st.lists(st.tuples(end, end).filter(lambda pair: pair[0] != pair[1]), max_size=20))


def covers(first: Body, second: Body, places: dict[str, Place]) -> bool:
    across, down = (abs(places[first.id][axis] - places[second.id][axis]) for axis in (0, 1))
    return across < (first.size[0] + second.size[0]) / 2 and down < (first.size[1] + second.size[1]) / 2


@given(maps())
def test_every_team_has_a_place_and_none_covers_another(drawn: tuple[list[Body], list[tuple[str, str]]]) -> None:
    bodies, joined = drawn
    places = arrange_clusters(bodies, joined, kept={})
    assert places.keys() == {body.id for body in bodies}
    assert not [pair for pair in combinations(bodies, 2) if covers(*pair, places)]


@given(maps())
def test_the_same_question_has_the_same_answer(drawn: tuple[list[Body], list[tuple[str, str]]]) -> None:
    bodies, joined = drawn
    assert arrange_clusters(bodies, joined, kept={}) == arrange_clusters(bodies, joined, kept={})


@given(maps(), st.data())
def test_what_was_put_in_place_stays_there_and_nothing_else_covers_it(
    drawn: tuple[list[Body], list[tuple[str, str]]], data: st.DataObject
) -> None:
    bodies, joined = drawn
    if not bodies:
        return
    body = data.draw(st.sampled_from(bodies))
    place = (float(data.draw(st.integers(-900, 900))), float(data.draw(st.integers(-900, 900))))
    places = arrange_clusters(bodies, joined, kept={body.id: place, "gone": (0.0, 0.0)})
    assert places[body.id] == place
    assert places.keys() == {each.id for each in bodies}
    assert not [other for other in bodies if other is not body and covers(body, other, places)]


def test_the_clusters_of_a_map_do_not_mix() -> None:
    bodies = [Body(id=f"{cluster}{at}", cluster=cluster, size=SIZE) for cluster in "xyz" for at in range(6)]
    joined = [("x0", "y0"), ("y1", "z1"), ("x0", "x1"), ("x1", "x2")]
    places = arrange_clusters(bodies, joined, kept={})
    boxes = []
    for cluster in "xyz":
        spots = [places[body.id] for body in bodies if body.cluster == cluster]
        lows, highs = zip(*[(min(axis), max(axis)) for axis in zip(*spots, strict=True)], strict=True)
        boxes.append((lows, highs))
    for (lows, highs), (other_lows, other_highs) in combinations(boxes, 2):
        assert any(highs[axis] < other_lows[axis] or other_highs[axis] < lows[axis] for axis in (0, 1))


acyclic = ids.flatmap(
    lambda found: st.tuples(
        st.just(found),
        st.lists(st.sampled_from([(b, a) for a, b in combinations(found, 2)]), max_size=24)
        if len(found) > 1
        else st.just([]),
    )
)


@given(acyclic)
def test_whatever_builds_on_others_stands_to_the_right_of_them_all(
    drawn: tuple[list[str], list[tuple[str, str]]],
) -> None:
    found, requires = drawn
    layers = layer_by_depth(found, requires, size=SIZE)
    assert layers.places.keys() == set(found)
    assert layers.circles == ()
    for builds, required in requires:
        assert layers.places[builds][0] > layers.places[required][0]
        way = layers.ways[builds, required]
        assert [x for x, _y in way] == sorted(x for x, _y in way)
        assert all(layers.places[required][0] < x < layers.places[builds][0] for x, _y in way)
    bodies = [Body(id=each, cluster="", size=SIZE) for each in found]
    assert not [pair for pair in combinations(bodies, 2) if covers(*pair, dict(layers.places))]


@given(acyclic)
def test_no_link_passes_through_a_practice_between_its_ends(drawn: tuple[list[str], list[tuple[str, str]]]) -> None:
    found, requires = drawn
    layers = layer_by_depth(found, requires, size=SIZE)
    for way in layers.ways.values():
        for x, y in way:
            column = [place for place in layers.places.values() if place[0] == x]
            assert all(abs(place[1] - y) > SIZE[1] / 2 for place in column)


def test_a_circle_is_named_and_shares_a_column() -> None:
    layers = layer_by_depth(["a", "b", "c", "d"], [("a", "b"), ("b", "a"), ("c", "a")], size=SIZE)
    assert layers.circles == (("a", "b"),)
    assert layers.places["a"][0] == layers.places["b"][0] < layers.places["c"][0]
    assert layers.ways.keys() == {("c", "a")}
