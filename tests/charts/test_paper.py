"""Whole pages, with the letters they are really drawn with: nothing cut, nothing overlapping, nothing lost."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.analysis.calendar import calendar_of
from planner.analysis.schedule import schedule
from planner.charts.page import Band
from planner.charts.pagination import Letters, Line, blocks_of, paginate, stretch_of
from planner.charts.paper import GanttOptions, Paper, gantt_pages
from planner.charts.rows import GanttRow, GroupBy, Lane, gantt_rows
from planner.charts.scene import Anchor, Diamond, Polygon, Polyline, Rectangle, Role, Scene, Text
from planner.domain.engagement import Engagement
from planner.domain.initiative import Wave
from planner.exchange.fonts import measure
from planner.language import Language
from tests.builders import AWKWARD, MONDAY, engagement
from tests.charts.plans import a_plan

LONG_FRENCH = (
    "Cartographie de la chaîne de valeur de l’instruction des sinistres corporels",
    "Remplacement du comité de changement par la revue entre pairs et l’automatisation des contrôles",
    "Développement sur tronc commun",
    "Jeux d’essai",
)
UNFRIENDLY = (
    AWKWARD,
    "X" * 300,
    "A name of many words that goes on " * 9,
    "$$ \\frac{1}{2} _x_ 100 %",
    "line one\nline two\r\n\ttab",
    "תכנון מחדש של תהליך השחרור",
    "إعادة تصميم عملية الإصدار",
    "継続的デリバリーの導入と自動化テスト" * 6,
    "\U0001f469\u200d\U0001f469\u200d\U0001f467 \U0001f680 \U0001f1eb\U0001f1f7",
    "i",
)
names = st.lists(
    st.one_of(
        st.sampled_from(UNFRIENDLY + LONG_FRENCH),
        st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=120),
    ),
    min_size=1,
    max_size=12,
)
options = st.builds(
    GanttOptions, paper=st.sampled_from(Paper), group_by=st.sampled_from(GroupBy), show_links=st.booleans()
)


def draw(
    plan: Engagement, *, chosen: GanttOptions | None = None, code: str = "en", paged: bool = True
) -> tuple[Scene, ...]:
    return gantt_pages(
        plan,
        schedule(plan),
        chosen or GanttOptions(),
        Language(code),
        today=MONDAY,
        measure=measure,
        is_working=calendar_of(plan, None).is_working,
        paged=paged,
    )


def texts_of(scene: Scene) -> list[Text]:
    return [shape for shape in scene.shapes if isinstance(shape, Text)]


def assert_nothing_is_cut_or_overlaps(scene: Scene) -> None:
    boxes = []
    for text in texts_of(scene):
        assert "\n" not in text.text
        assert text.width == pytest.approx(measure(text.text, text.size, text.bold))
        box = (text.left, text.baseline - 0.76 * text.size, text.right, text.baseline + 0.22 * text.size, text)
        assert box[0] >= 10, text
        assert box[1] >= 10, text
        assert box[2] <= scene.width - 10, text
        assert box[3] <= scene.height - 10, text
        boxes.append(box)
    boxes.sort(key=lambda box: box[1])
    for at, (left, _top, right, bottom, text) in enumerate(boxes):
        for other_left, other_top, other_right, _bottom, other in boxes[at + 1 :]:
            if other_top >= bottom:
                break
            assert other_right <= left or other_left >= right, (text, other)


def assert_no_shape_leaves_the_page(scene: Scene) -> None:
    for shape in scene.shapes:
        if isinstance(shape, Rectangle):
            corners = [(shape.x, shape.y), (shape.x + shape.width, shape.y + shape.height)]
        elif isinstance(shape, Diamond):
            corners = [(shape.x - shape.reach, shape.y), (shape.x + shape.reach, shape.y)]
        elif isinstance(shape, Polygon | Polyline):
            corners = list(shape.points)
        else:
            continue
        for x, y in corners:
            assert 0 <= x <= scene.width, shape
            assert 0 <= y <= scene.height, shape


@pytest.mark.parametrize("count", [1, 8, 60])
@pytest.mark.parametrize("paged", [True, False], ids=["pages", "picture"])
@settings(max_examples=12)
@given(words=names, chosen=options, code=st.sampled_from(["en", "fr"]), title=st.sampled_from(UNFRIENDLY))
def test_no_text_is_cut_or_overlaps_another(
    count: int, paged: bool, words: list[str], chosen: GanttOptions, code: str, title: str
) -> None:
    plan = a_plan(count, words, name=title, client=title)
    for scene in draw(plan, chosen=chosen, code=code, paged=paged):
        assert_nothing_is_cut_or_overlaps(scene)
        assert_no_shape_leaves_the_page(scene)


@pytest.mark.parametrize("group_by", GroupBy)
@settings(max_examples=3)
@given(words=names, paper=st.sampled_from(Paper))
def test_no_text_is_cut_or_overlaps_another_at_400_initiatives(
    group_by: GroupBy, words: list[str], paper: Paper
) -> None:
    for scene in draw(a_plan(400, words), chosen=GanttOptions(paper=paper, group_by=group_by), code="fr"):
        assert_nothing_is_cut_or_overlaps(scene)
        assert_no_shape_leaves_the_page(scene)


@pytest.mark.parametrize("count", [8, 400])
@pytest.mark.parametrize("paper", Paper)
def test_the_longest_name_is_shown_whole(count: int, paper: Paper) -> None:
    name = " ".join(f"word{number:03}" for number in range(37))
    assert len(name) <= 300
    plan = a_plan(count, [name], name=name)
    shown = " ".join(text.text for page in draw(plan, chosen=GanttOptions(paper=paper)) for text in texts_of(page))
    assert "\u2026" not in shown
    assert shown.count("word036") > count, "every row and the title end with the last word"


def test_no_link_runs_through_the_letters_of_a_label() -> None:
    crossed = 0
    for page in (*draw(a_plan(400)), *draw(a_plan(400), paged=False)):
        upright = [
            (at, x1, min(y1, y2), max(y1, y2))
            for at, shape in enumerate(page.shapes)
            if isinstance(shape, Polyline) and shape.line in (Role.LINK, Role.LINK_CRITICAL)
            for (x1, y1), (x2, y2) in pairwise(shape.points)
            if x1 == x2
        ]
        for at, text in enumerate(page.shapes):
            if isinstance(text, Text):
                middle = text.baseline - 0.3 * text.size
                for drawn, x, top, bottom in upright:
                    if text.left < x < text.right and top < middle < bottom:
                        crossed += 1
                        assert any(
                            isinstance(shape, Rectangle)
                            and shape.fill is not None
                            and shape.x <= x <= shape.x + shape.width
                            and shape.y <= middle <= shape.y + shape.height
                            for shape in page.shapes[drawn + 1 : at]
                        ), text
    assert crossed, "a plan so dense has labels that links pass behind"


@pytest.mark.parametrize("group_by", GroupBy)
def test_every_initiative_stands_on_one_page_and_every_page_says_which_it_is(group_by: GroupBy) -> None:
    plan = a_plan(150)
    pages = draw(plan, chosen=GanttOptions(group_by=group_by))
    assert len(pages) > 1
    planned = {initiative.name for initiative in plan.initiatives.values()}
    shown = [text.text for page in pages for text in texts_of(page) if text.text in planned]
    assert sorted(shown) == sorted(planned)
    for number, page in enumerate(pages, start=1):
        words = [text.text for text in texts_of(page)]
        assert f"Page {number} of {len(pages)}" in words
        assert "A plan" in words
        assert any(word.startswith("Q") for word in words)


def test_a_lane_that_goes_on_is_named_again() -> None:
    words = [[text.text for text in texts_of(page)] for page in draw(a_plan(150))]
    assert all(any("(continued)" in word for word in page) for page in words[1:])
    assert not any("(continued)" in word for word in words[0])


@pytest.mark.parametrize("paper", Paper)
def test_pages_are_filled(paper: Paper) -> None:
    for count in (8, 30, 90):
        for page in draw(a_plan(count), chosen=GanttOptions(paper=paper)):
            lowest = max(text.baseline for text in texts_of(page) if text.text.startswith("Initiative number"))
            assert lowest > 0.72 * page.height


def test_few_initiatives_have_larger_letters_than_many() -> None:
    sizes = []
    for count in (8, 25, 60):
        (page,) = draw(a_plan(count), paged=False)
        sizes.append(next(text.size for text in texts_of(page) if text.text.startswith("Initiative number")))
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > sizes[-1] >= 7.5


def test_one_picture_grows_in_height_and_keeps_its_width() -> None:
    (small,) = draw(a_plan(8), paged=False)
    (large,) = draw(a_plan(400), paged=False)
    assert small.width == large.width == Paper.A3.value[0]
    assert small.height == pytest.approx(Paper.A3.value[1])
    assert large.height > 4 * small.height


def test_an_empty_plan_says_so_on_one_page() -> None:
    (page,) = draw(engagement(), code="fr")
    assert "Rien n’est encore planifié" in [text.text for text in texts_of(page)]
    assert_nothing_is_cut_or_overlaps(page)


def test_links_to_another_page_are_told_at_both_ends() -> None:
    plan = a_plan(150)
    pages = draw(plan, chosen=GanttOptions(group_by=GroupBy.TEAM))
    page_of = {text.text: at for at, page in enumerate(pages) for text in texts_of(page)}
    names_of = {initiative.id: initiative.name for initiative in plan.initiatives.values()}
    crossing = [
        link
        for link in plan.links.values()
        if page_of[names_of[link.predecessor_id]] != page_of[names_of[link.successor_id]]
    ]
    dashed = [s for page in pages for s in page.shapes if isinstance(s, Polyline) and s.dashed and s.arrow]
    samples = len(pages) if crossing else 0  # the legend of every page shows one
    assert crossing
    assert len(dashed) == 2 * len(crossing) + samples


def test_a_legend_explains_only_what_is_there() -> None:
    quiet = [text.text for text in texts_of(draw(a_plan(3), chosen=GanttOptions(show_links=False))[0])]
    assert "Depends on" not in quiet
    assert "Programme" not in quiet
    busy = [text.text for text in texts_of(draw(a_plan(60), paged=False)[0])]
    assert {"Depends on", "Programme", "Milestone", "Critical path", "Deadline", "Change freeze"} <= set(busy)


def test_flush_right_texts_end_on_the_margin() -> None:
    (page,) = draw(a_plan(8))
    ends = {round(text.x, 2) for text in texts_of(page) if text.anchor is Anchor.END and text.baseline < 100}
    assert len(ends) == 1


@given(count=st.integers(1, 300), height=st.floats(120, 700), group_by=st.sampled_from(GroupBy))
@settings(max_examples=40)
def test_pages_hold_all_blocks_in_order_none_too_high_and_no_band_last(
    count: int, height: float, group_by: GroupBy
) -> None:
    plan = a_plan(count)
    lanes = gantt_rows(plan, schedule(plan), group_by=group_by, no_team_title="Nobody", several_teams_title="Several")
    letters = Letters(8.0)
    blocks = blocks_of(lanes, letters, room=200.0, measure=measure)
    pages = paginate(blocks, letters, height=height)
    own = [block for page in pages for block in page if not (isinstance(block, Band) and block.continued)]
    assert own == blocks
    for page in pages:
        assert sum(block.height for block in page) <= height + 0.01
        assert not isinstance(page[-1], Band)
        assert stretch_of(page, height=height) >= 1.0
    if len(pages) > 2:
        heights = [sum(block.height for block in page) for page in pages]
        assert all(abs(one - other) < 90 for one, other in pairwise(heights[:-1]))


@pytest.mark.parametrize("paper", Paper)
def test_waves_stand_under_the_scales_of_every_page_and_their_gates_in_the_legend(paper: Paper) -> None:
    plain = a_plan(160)
    waves = [
        Wave(id="w-1", name="Foundations", position=0, gate_date=MONDAY - timedelta(3)),
        Wave(id="w-2", name="Spread", position=1, gate_date=MONDAY + timedelta(120)),
    ]
    plan = Engagement.of([*(entity for kind in plain.by_kind().values() for entity in kind.values()), *waves])
    pages = draw(plan, chosen=GanttOptions(paper=paper))
    assert len(pages) > 1
    for page in pages:
        words = [shape.text for shape in page.shapes if isinstance(shape, Text)]
        assert words.count("Spread") == 1
        assert "Gate of a wave" in words
        assert "Gate not passed in time" in words
        lines = [shape for shape in page.shapes if isinstance(shape, Polyline) and shape.dashed]
        assert {Role.GATE, Role.DEADLINE_MISSED} <= {shape.line for shape in lines}
    without = [shape.text for page in draw(plain) for shape in page.shapes if isinstance(shape, Text)]
    assert "Gate of a wave" not in without


@pytest.mark.parametrize("room", [90.0, 140.0, 260.0])
def test_teams_under_a_name_are_written_whole_on_as_many_lines_as_that_takes(room: float) -> None:
    def note_of(*teams: str) -> tuple[tuple[str, ...], float]:
        row = GanttRow(id="i", name="Name", start=MONDAY, finish=MONDAY, teams=teams)
        (line,) = blocks_of([Lane("", "", (row,))], Letters(10.0), room=room, measure=measure)
        assert isinstance(line, Line)
        assert all(measure(text, Letters(10.0).note, False) <= room for text in line.note)
        return line.note, line.height

    few, low = note_of("Claims and indemnities", "Policies", "Platform")
    assert " ".join(few) == "Claims and indemnities, Policies, Platform"
    assert low > note_of("Claims")[1] or len(few) == 1
    many, high = note_of(*(f"Claims and indemnities {number}" for number in range(60)))
    left_out = int(many[-1].rpartition("+")[2])
    assert left_out + " ".join(many).count("indemnities") == 60
    assert high < 8 * low
