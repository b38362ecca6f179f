from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from planner.charts.paper import GanttOptions, Paper
from planner.charts.rows import GroupBy
from planner.charts.scene import Polyline, Rectangle, Scene, Text
from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.exchange import gantt_image
from planner.exchange.fonts import drawable, family_for, measure, properties_for
from planner.exchange.gantt_image import scenes_of, write_gantt
from planner.exchange.scene_painting import drawing_settings
from planner.language import Language
from planner.messages import explain
from planner.progress import Cancelled
from tests.builders import AWKWARD, MONDAY, engagement, initiative, settings
from tests.charts.plans import a_plan

ENGLISH = Language("en")
GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "gantt_scene.txt"
UNFRIENDLY = (
    AWKWARD,
    "$$",
    "$x^2$ \\frac",
    "\U0001f680",
    "תכנון",
    "إعادة",
    "自動化テスト",
    "a & b < c > d \"e\" 'f'",
    "]]>",
)
SVG = "{http://www.w3.org/2000/svg}"


def write(plan: Engagement, path: Path, **choices: object) -> Path:
    write_gantt(plan, path, **{"language": ENGLISH, "today": MONDAY, **choices})
    return path


def words_in(pdf: Path) -> str:
    return " ".join(page.extract_text() for page in PdfReader(pdf).pages)


@pytest.mark.parametrize(("count", "paper"), [(8, Paper.A3), (60, Paper.A4)])
def test_a_png_is_wide_enough_for_a_board_room(tmp_path: Path, count: int, paper: Paper) -> None:
    from PIL import Image

    path = write(a_plan(count), tmp_path / "plan.png", options=GanttOptions(paper=paper))
    with Image.open(path) as picture:
        picture.load()
        assert picture.width >= 1920
        assert picture.height > picture.width * 0.6
        # Painted, not blank: paper, text and both colours of bars are there.
        colours = {colour for _, colour in picture.convert("RGB").getcolors(maxcolors=2**24)}
    assert {(255, 255, 255), (0xDF, 0xE8, 0xFB), (0xFD, 0xE6, 0xD8)} <= colours


def test_an_svg_is_well_formed_and_its_text_stays_text(tmp_path: Path) -> None:
    plan = a_plan(9, UNFRIENDLY, name=AWKWARD)
    root = ET.parse(write(plan, tmp_path / "plan.svg")).getroot()  # noqa: S314  our own output
    assert root.tag == f"{SVG}svg"
    words = [element.text for element in root.iter(f"{SVG}text")]
    assert AWKWARD in words
    assert "$x^2$ \\frac" in words
    assert not list(root.iter(f"{SVG}b"))
    title = root.find(f"{SVG}title")
    assert title is not None
    assert title.text == AWKWARD


def test_an_svg_is_at_least_as_wide_as_its_sheet(tmp_path: Path) -> None:
    root = ET.parse(write(a_plan(60), tmp_path / "plan.svg")).getroot()  # noqa: S314  our own output
    assert float(root.attrib["width"].removesuffix("pt")) == pytest.approx(Paper.A3.value[0])
    assert float(root.attrib["height"].removesuffix("pt")) >= Paper.A3.value[1]


def test_a_pdf_has_all_names_on_numbered_pages_of_its_paper(tmp_path: Path) -> None:
    path = write(a_plan(150), tmp_path / "plan.pdf", options=GanttOptions(paper=Paper.A4))
    pages = PdfReader(path).pages
    assert len(pages) > 1
    assert [float(side) for side in pages[0].mediabox[2:]] == pytest.approx(Paper.A4.value, abs=0.1)
    words = words_in(path)
    assert all(f"Initiative number {n}" in words for n in range(150))
    assert f"Page 2 of {len(pages)}" in words


def test_a_pdf_embeds_its_fonts_as_letters(tmp_path: Path) -> None:
    path = write(a_plan(8), tmp_path / "plan.pdf")
    for page in PdfReader(path).pages:
        for reference in page["/Resources"]["/Font"].values():
            font = reference.get_object()
            assert font["/Subtype"] == "/Type0"
            descendant = font["/DescendantFonts"][0].get_object()
            assert "/FontFile2" in descendant["/FontDescriptor"]


def test_a_pdf_names_the_engagement_and_nobody(tmp_path: Path) -> None:
    about = PdfReader(write(a_plan(8, name="Faster claims"), tmp_path / "plan.pdf")).metadata
    assert about is not None
    assert about.title == "Faster claims"
    assert about.creator == "Roadbook"
    assert about.author is None
    assert about.creation_date is None


@pytest.mark.parametrize("suffix", [".png", ".svg", ".pdf"])
def test_the_same_plan_gives_the_same_file(tmp_path: Path, suffix: str) -> None:
    plan = a_plan(9, UNFRIENDLY)
    first = write(plan, tmp_path / f"one{suffix}").read_bytes()
    assert write(plan, tmp_path / f"two{suffix}").read_bytes() == first


@pytest.mark.parametrize("suffix", [".png", ".svg", ".pdf"])
@pytest.mark.parametrize("group_by", GroupBy)
def test_an_empty_plan_is_a_page_that_says_so(tmp_path: Path, suffix: str, group_by: GroupBy) -> None:
    path = write(engagement(), tmp_path / f"plan{suffix}", options=GanttOptions(group_by=group_by))
    assert path.stat().st_size > 1000
    if suffix == ".pdf":
        assert "Nothing is planned yet" in words_in(path)


def test_the_picture_speaks_the_language_asked_for(tmp_path: Path) -> None:
    words = words_in(write(a_plan(8), tmp_path / "plan.pdf", language=Language("fr")))
    assert "T1 2026" in words
    assert "Chemin critique" in words
    assert "avril" in words


def test_stopping_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "plan.pdf"
    path.write_bytes(b"old")
    seen: list[tuple[int, int]] = []

    def stop_at_second_page(done: int, total: int) -> None:
        seen.append((done, total))
        if (done, total > 1) == (1, True):
            raise Cancelled

    with pytest.raises(Cancelled):
        write(a_plan(150), path, progress=stop_at_second_page)
    assert seen[-1][0] == 1
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("suffix", [".png", ".svg", ".pdf"])
def test_progress_ends_at_the_whole(tmp_path: Path, suffix: str) -> None:
    seen: list[tuple[int, int]] = []
    write(a_plan(90), tmp_path / f"plan{suffix}", progress=lambda done, total: seen.append((done, total)))
    assert seen[0][0] == 0
    assert seen[-1][0] == seen[-1][1]
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)


def test_another_suffix_is_refused_in_plain_words(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        write(a_plan(1), tmp_path / "plan.gif")
    assert caught.value.code == "export-unknown"
    assert "plan.gif" in explain(caught.value, ENGLISH)
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there_is_told_in_plain_words(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        write(a_plan(1), tmp_path / "nowhere" / "plan.svg")
    assert caught.value.code == "cannot-write"


def test_a_plan_no_picture_can_hold_is_refused_before_it_is_drawn(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        write(a_plan(3500), tmp_path / "plan.png")
    assert caught.value.code == "picture-too-tall"
    assert "PDF" in explain(caught.value, ENGLISH)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("suffix", [".png", ".svg", ".pdf"])
def test_a_file_that_does_not_read_back_whole_is_not_put_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    real = gantt_image._PAINTERS[suffix]

    def paint_and_lose_the_end(pages: object, path: Path, *rest: object) -> None:
        real(pages, path, *rest)
        path.write_bytes(path.read_bytes()[:-40])

    monkeypatch.setitem(gantt_image._PAINTERS, suffix, paint_and_lose_the_end)
    with pytest.raises(UserError) as caught:
        write(a_plan(3), tmp_path / f"plan{suffix}")
    assert caught.value.code == "written-differs"
    assert not list(tmp_path.iterdir())


def test_high_contrast_paints_text_in_black(tmp_path: Path) -> None:
    svg = write(a_plan(8), tmp_path / "plan.svg", options=GanttOptions(high_contrast=True)).read_text(encoding="utf-8")
    assert "#1a1f27" not in svg


def test_a_person_s_own_matplotlib_settings_do_not_show_and_are_left_alone(tmp_path: Path) -> None:
    import matplotlib

    plain = write(a_plan(8), tmp_path / "plain.svg").read_bytes()
    own = {"savefig.bbox": "tight", "text.usetex": True, "svg.fonttype": "path", "font.family": "serif",
           "figure.constrained_layout.use": True, "path.sketch": (1, 100, 2)}  # fmt: skip
    with matplotlib.rc_context(own):
        assert write(a_plan(8), tmp_path / "own.svg").read_bytes() == plain
        assert matplotlib.rcParams["text.usetex"] is True


@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60) | st.sampled_from(UNFRIENDLY))
def test_text_is_drawn_no_wider_than_it_was_measured(text: str) -> None:
    from matplotlib.font_manager import fontManager, get_font

    with drawing_settings():
        shown = drawable(text)
        for bold in (False, True):
            paths = fontManager._find_fonts_by_props(properties_for([shown], size=100, bold=bold))
            font = get_font(paths)
            font.set_size(100, 72)
            font.set_text(shown, 0)
            # Some room for the rounding of hinted glyphs and for what leans out of the last one.
            assert font.get_width_height()[0] / 64 <= measure(text, 100, bold) * 1.01 + 12


def test_a_sign_no_font_has_becomes_a_box() -> None:
    unassigned = "\U000e0fff"
    assert family_for(unassigned) is None
    assert drawable(f"a{unassigned}b") == "a\u25a1b"
    assert drawable("plain é …") == "plain é …"


def test_the_scene_of_a_small_plan_is_the_golden_one() -> None:
    plan = replace(a_plan(10), settings=engagement(settings(name="A plan", client="The client")).settings)
    plan = replace(plan, calendars={}, freezes={})
    (scene,) = scenes_of(
        plan,
        gantt_image.schedule(plan),
        language=ENGLISH,
        today=MONDAY,
        options=GanttOptions(),
        paged=True,
    )
    told = "\n".join(tell(scene)) + "\n"
    if os.environ.get("ROADBOOK_WRITE_GOLDEN"):
        GOLDEN.write_text(told, encoding="utf-8")
    assert told == GOLDEN.read_text(encoding="utf-8")


def tell(scene: Scene) -> list[str]:
    """Return what is on a page in words: texts, bars and links with their places, to the point."""
    lines = [f"page {scene.width:.0f} x {scene.height:.0f}"]
    for shape in scene.shapes:
        if isinstance(shape, Text):
            lines.append(
                f"text {shape.x:.0f} {shape.baseline:.0f} {shape.anchor.value} {shape.role.value} {shape.text}"
            )
        elif isinstance(shape, Rectangle):
            role = (shape.fill or shape.line).value
            lines.append(f"box {shape.x:.0f} {shape.y:.0f} {shape.width:.0f} {shape.height:.0f} {role}")
        elif isinstance(shape, Polyline):
            points = " ".join(f"{x:.0f},{y:.0f}" for x, y in shape.points)
            lines.append(f"line {points} {shape.line.value}{' arrow' if shape.arrow else ''}")
        else:
            lines.append(f"{type(shape).__name__.lower()} {shape.fill.value if shape.fill else ''}")
    return lines


def test_no_name_reaches_a_picture_as_a_formula_or_markup(tmp_path: Path) -> None:
    plan = engagement(settings(name="<script>alert(1)</script>"), initiative(id="i", name="<img src=x onerror=y>"))
    svg = write(plan, tmp_path / "plan.svg").read_text(encoding="utf-8")
    assert not re.search(r"<(script|img)", svg)
