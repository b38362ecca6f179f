"""A whole Gantt chart on paper: pages with title, swimlanes, chart, legend and number, filled and never cut.

Few initiatives get large rows and letters, more get smaller ones down to what can still be read; past that the chart
goes on to further pages, each with the header and the lane's name repeated, or, as one picture, grows in height.
"""

from __future__ import annotations

import enum
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from planner.charts.furniture import (
    Heading,
    Shown,
    count_of,
    empty_shapes,
    heading_of,
    legend_shapes,
    title_shapes,
)
from planner.charts.layout import (
    ARROW,
    STUB,
    Area,
    Lettering,
    LinkEnd,
    Span,
    background_shapes,
    baseline_under,
    header_shapes,
    link_shape,
    row_shapes,
    shades_days_off,
    span_of,
    today_shapes,
)
from planner.charts.pagination import Band, Block, Letters, Line, fit, indent_of, paginate, stretch_of
from planner.charts.rows import GanttRow, GroupBy, gantt_rows, overall_progress
from planner.charts.scene import Anchor, Point, Polyline, Rectangle, Role, Scene, Shape, Text
from planner.charts.text import Measure, shorten
from planner.charts.time_axis import TimeAxis
from planner.domain.engagement import Engagement
from planner.domain.initiative import Link, LinkType
from planner.language import Language

if TYPE_CHECKING:
    from planner.analysis.schedule import Schedule


class Paper(enum.Enum):
    """Sheet sizes, landscape: (width, height) in points."""

    A3 = (1190.55, 841.89)
    A4 = (841.89, 595.28)


@dataclass(frozen=True, slots=True, kw_only=True)
class GanttOptions:
    """What a chart on paper shows. `high_contrast` is for printers and eyes that need it."""

    paper: Paper = Paper.A3
    group_by: GroupBy = GroupBy.UNIT
    show_links: bool = True
    include_dropped: bool = False
    baseline_id: str | None = None
    high_contrast: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    """One sheet's measures in points: its margin, the font sizes rows may have, the small print."""

    width: float
    height: float
    margin: float
    sizes: tuple[float, ...]
    small: float


_SHEETS: Final = {
    Paper.A3: _Sheet(
        width=Paper.A3.value[0], height=Paper.A3.value[1], margin=38.0, sizes=(12.0, 11.0, 10.0, 9.0, 8.25, 7.5),
        small=9.0,
    ),
    Paper.A4: _Sheet(
        width=Paper.A4.value[0], height=Paper.A4.value[1], margin=28.0, sizes=(9.6, 9.0, 8.2, 7.5, 7.0), small=7.2,
    ),
}  # fmt: skip
_FROM_FINISH: Final = frozenset({LinkType.FINISH_TO_START, LinkType.FINISH_TO_FINISH})
_TO_FINISH: Final = frozenset({LinkType.FINISH_TO_FINISH, LinkType.START_TO_FINISH})
_PLATE: Final = 17.0
"""Height of the strip under the time header where the label of today stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Book:
    """What every page of one chart shares."""

    sheet: _Sheet
    heading: Heading
    letters: Letters
    room: float
    axis: TimeAxis
    shown: Shown
    links: Sequence[Link]
    leaving: frozenset[str]
    page_of: Mapping[str, int]
    critical: Mapping[str, bool]
    freezes: Sequence[tuple[date, date]]
    is_working: Callable[[date], bool]
    today: date
    language: Language
    measure: Measure
    pages: int


def gantt_pages(
    engagement: Engagement,
    schedule: Schedule,
    options: GanttOptions,
    language: Language,
    *,
    today: date,
    measure: Measure,
    is_working: Callable[[date], bool],
    paged: bool = True,
) -> tuple[Scene, ...]:
    """Return the pages of the chart, in points; not `paged`, one picture that grows in height as rows ask for it.

    `is_working` tells the days off of the engagement's calendar.
    """
    sheet = _SHEETS[options.paper]
    lanes = gantt_rows(
        engagement,
        schedule,
        group_by=options.group_by,
        no_team_title=language.gettext("No team yet"),
        baseline_id=options.baseline_id,
        include_dropped=options.include_dropped,
    )
    rows = [row for lane in lanes for row in lane.rows]
    heading = heading_of(
        engagement.setting, rows, progress=overall_progress(engagement), today=today, language=language
    )
    if not rows:
        return (_empty_page(sheet, heading, language=language, measure=measure),)
    shown_ids = {row.id for row in rows}
    links = [
        link
        for link in engagement.links.values()
        if options.show_links and link.predecessor_id in shown_ids and link.successor_id in shown_ids
    ]
    freezes = _freezes_of(engagement)
    first, last = _period(rows, today)
    # The legend is measured with everything it may hold, so that the height of the pages does not depend on itself.
    widest = Shown(rows=rows, links=bool(links), freezes=bool(freezes), resting=True, continued_links=bool(links))
    body = _body_height(sheet, heading, widest, language=language, measure=measure)
    inner = sheet.width - 2 * sheet.margin
    letters, room, blocks = fit(lanes, sheet.sizes, width=inner, height=body, measure=measure)
    pages = paginate(blocks, letters, height=body) if paged else [blocks]
    page_of = {
        block.row.id: number for number, page in enumerate(pages, start=1) for block in page if isinstance(block, Line)
    }
    left = sheet.margin + room
    days = last.toordinal() - first.toordinal() + 1
    axis = TimeAxis(start=first, left=left, pixels_per_day=(sheet.width - sheet.margin - left) / days)
    book = _Book(
        sheet=sheet,
        heading=heading,
        letters=letters,
        room=room,
        axis=axis,
        shown=Shown(
            rows=rows,
            links=bool(links),
            freezes=any(finish >= first and start <= last for start, finish in freezes),
            resting=shades_days_off(axis),
            continued_links=any(page_of[link.predecessor_id] != page_of[link.successor_id] for link in links),
        ),
        links=links,
        leaving=frozenset(link.predecessor_id for link in links if link.type in _FROM_FINISH),
        page_of=page_of,
        critical={row.id: row.critical for row in rows},
        freezes=freezes,
        is_working=is_working,
        today=today,
        language=language,
        measure=measure,
        pages=len(pages),
    )
    return tuple(_page(book, page, number) for number, page in enumerate(pages, start=1))


def _freezes_of(engagement: Engagement) -> list[tuple[date, date]]:
    calendar_id = engagement.setting.calendar_id
    return sorted(
        (freeze.start, freeze.finish) for freeze in engagement.freezes.values() if freeze.calendar_id == calendar_id
    )


def _period(rows: Sequence[GanttRow], today: date) -> tuple[date, date]:
    """Return the first and last day of the chart: whole months around the plan, and around today when it is near."""
    days = [day for row in rows for day in (row.start, row.finish, row.deadline) if day is not None]
    days += [day for row in rows if row.baseline is not None for day in row.baseline]
    first, last = min(days), max(days)
    near = max((last - first).days // 4, 14)
    if first.toordinal() - near <= today.toordinal() <= last.toordinal() + near:
        first, last = min(first, today), max(last, today)
    if (last - first).days < 45:
        monday = max(first.toordinal() - first.weekday(), date.min.toordinal())
        sunday = min(last.toordinal() + 6 - last.weekday(), date.max.toordinal())
        return date.fromordinal(monday), date.fromordinal(sunday)
    following = date(last.year + last.month // 12, last.month % 12 + 1, 1) if last < date(9999, 12, 1) else None
    end = date.max if following is None else date.fromordinal(following.toordinal() - 1)
    return first.replace(day=1), end


def _body_height(sheet: _Sheet, heading: Heading, shown: Shown, *, language: Language, measure: Measure) -> float:
    """Return how high the rows of one page may be together."""
    frame = Area(left=sheet.margin, top=sheet.margin, right=sheet.width - sheet.margin, bottom=sheet.height)
    _, title = title_shapes(heading, frame, size=sheet.small, measure=measure)
    _, legend = legend_shapes(
        shown, _legend_area(sheet, sheet.height), lettering=Lettering(sheet.small * 0.9, measure), language=language
    )
    return (
        sheet.height - sheet.margin - title - _gap(sheet) - _header_height(sheet) - _PLATE - 1.2 * sheet.small - legend
    )


def _gap(sheet: _Sheet) -> float:
    return 1.2 * sheet.small


def _header_height(sheet: _Sheet) -> float:
    return 4.0 * sheet.small


def _legend_area(sheet: _Sheet, height: float) -> Area:
    # The page number has the right corner to itself.
    return Area(
        left=sheet.margin, top=0.0, right=sheet.width - sheet.margin - 11 * sheet.small, bottom=height - sheet.margin
    )


def _empty_page(sheet: _Sheet, heading: Heading, *, language: Language, measure: Measure) -> Scene:
    frame = Area(
        left=sheet.margin, top=sheet.margin, right=sheet.width - sheet.margin, bottom=sheet.height - sheet.margin
    )
    shapes, _ = title_shapes(heading, frame, size=sheet.small, measure=measure)
    shapes += empty_shapes(frame, size=sheet.small, measure=measure, language=language)
    return Scene(width=sheet.width, height=sheet.height, shapes=tuple(shapes))


def _page(book: _Book, blocks: Sequence[Block], number: int) -> Scene:
    sheet = book.sheet
    right = sheet.width - sheet.margin
    frame = Area(left=sheet.margin, top=sheet.margin, right=right, bottom=sheet.height)
    shapes, y = title_shapes(book.heading, frame, size=sheet.small, measure=book.measure)
    header = Area(left=book.axis.left, top=y + _gap(sheet), right=right, bottom=y + _gap(sheet) + _header_height(sheet))
    top = header.bottom + _PLATE
    lettering = Lettering(sheet.small * 0.9, book.measure)
    _, legend = legend_shapes(book.shown, _legend_area(sheet, 0.0), lettering=lettering, language=book.language)
    natural = sum(block.height for block in blocks)
    space = sheet.height - sheet.margin - 1.2 * sheet.small - legend - top
    stretch = stretch_of(blocks, height=space)
    places: list[tuple[Block, Area]] = []
    y = top
    for block in blocks:
        tall = block.height * (stretch if isinstance(block, Line) else 1.0)
        places.append((block, Area(left=sheet.margin, top=y, right=right, bottom=y + tall)))
        y += tall
    height = max(sheet.height, sheet.height + natural - space)
    chart = Area(left=book.axis.left, top=header.bottom, right=right, bottom=y)
    shapes += _backdrop(book, places, header, chart)
    links = _link_shapes(book, places)
    crossings = _crossings(book, links, places, chart)
    shapes += links
    for at, (block, place) in enumerate(places):
        shapes += (
            _band_shapes(book, block, place)
            if isinstance(block, Band)
            else _line_shapes(book, block, place, crossings[at])
        )
    shapes += _frame_shapes(book, header, chart)
    shapes += legend_shapes(book.shown, _legend_area(sheet, height), lettering=lettering, language=book.language)[0]
    if book.pages > 1:
        shapes.append(_page_number(book, number, height))
    return Scene(width=sheet.width, height=height, shapes=tuple(shapes))


def _backdrop(book: _Book, places: Sequence[tuple[Block, Area]], header: Area, chart: Area) -> list[Shape]:
    shapes = background_shapes(
        book.axis, chart, is_working=book.is_working, freezes=book.freezes, size=book.sheet.small
    )
    for at, (block, place) in enumerate(places):
        if isinstance(block, Band):
            shapes.append(Rectangle(x=place.left, y=place.top, width=place.width, height=place.height, fill=Role.LANE))
        elif at + 1 < len(places) and isinstance(places[at + 1][0], Line):
            points = ((place.left, place.bottom), (place.right, place.bottom))
            shapes.append(Polyline(points=points, line=Role.GRID, line_width=0.4))
    today = Area(left=chart.left, top=header.bottom, right=chart.right, bottom=chart.bottom)
    shapes += today_shapes(book.axis, book.today, today)
    return shapes


def _frame_shapes(book: _Book, header: Area, chart: Area) -> list[Shape]:
    """Return the time header, the column's title, the lines around the chart and the label of today, over all else."""
    size = book.sheet.small
    lettering = Lettering(size, book.measure)
    shapes = header_shapes(book.axis, header, lettering=lettering, language=book.language)
    title = book.language.gettext("Initiative")
    shapes.append(
        Text(
            x=book.sheet.margin + 0.7 * book.letters.name,
            baseline=baseline_under(header.top + header.height * 0.75, size),
            text=title,
            size=size,
            width=lettering.width(title),
            role=Role.TEXT_MUTED,
        )
    )
    left = book.sheet.margin
    shapes += [
        Polyline(points=((left, header.bottom), (chart.right, header.bottom)), line=Role.GRID_STRONG, line_width=0.9),
        Polyline(points=((chart.left, header.top), (chart.left, chart.bottom)), line=Role.GRID_STRONG, line_width=0.9),
        Polyline(points=((left, chart.bottom), (chart.right, chart.bottom)), line=Role.GRID_STRONG, line_width=0.9),
    ]
    label = book.language.gettext("Today, {day}").format(day=_day_label(book.today, book.language))
    plate = Area(left=chart.left, top=header.bottom + 2.0, right=chart.right, bottom=header.bottom + _PLATE)
    shapes += today_shapes(
        book.axis, book.today, plate, label=label, lettering=Lettering(min(0.85 * size, 7.6), book.measure)
    )
    return shapes


def _band_shapes(book: _Book, band: Band, place: Area) -> list[Shape]:
    size = book.letters.name
    left = place.left + 0.7 * size
    count = "" if band.continued else count_of(band.lane.rows, book.language)
    title = book.language.gettext("{name} (continued)").format(name=band.title) if band.continued else band.title
    count_width = book.measure(count, book.letters.label, False) if count else 0.0
    room = place.right - left - count_width - 3 * size
    title = shorten(title, width=room, size=size, bold=True, measure=book.measure)
    width = book.measure(title, size, True)
    baseline = baseline_under(place.middle, size)
    shapes: list[Shape] = [Text(x=left, baseline=baseline, text=title, size=size, width=width, bold=True)]
    if count:
        shapes.append(
            Text(
                x=left + width + 1.2 * size, baseline=baseline, text=count, size=book.letters.label,
                width=count_width, role=Role.TEXT_MUTED,
            )
        )  # fmt: skip
    return shapes


def _line_shapes(book: _Book, line: Line, place: Area, crossings: Sequence[Span]) -> list[Shape]:
    letters = book.letters
    pitch, note_pitch = 1.22 * letters.name, 1.22 * letters.note
    tall = len(line.name) * pitch + (note_pitch if line.note else 0.0)
    x = place.left + 0.7 * letters.name + indent_of(line.row, letters.name)
    shapes: list[Shape] = []
    y = place.middle - tall / 2
    for text in line.name:
        width = book.measure(text, letters.name, line.row.summary)
        shapes.append(
            Text(
                x=x, baseline=baseline_under(y + pitch / 2, letters.name), text=text, size=letters.name, width=width,
                bold=line.row.summary,
            )
        )  # fmt: skip
        y += pitch
    if line.note:
        width = book.measure(line.note, letters.note, False)
        shapes.append(
            Text(
                x=x, baseline=baseline_under(y + note_pitch / 2, letters.note), text=line.note, size=letters.note,
                width=width, role=Role.TEXT_MUTED,
            )
        )  # fmt: skip
    shapes += row_shapes(
        line.row,
        book.axis,
        _strip(book, place),
        labels=_labels_of(line.row, book.language),
        lettering=Lettering(letters.label, book.measure),
        linked=line.row.id in book.leaving,
        obstacles=crossings,
    )
    return shapes


def _strip(book: _Book, place: Area) -> Area:
    return Area(left=book.axis.left + 2.0, top=place.top, right=place.right - 1.0, bottom=place.bottom)


def _labels_of(row: GanttRow, language: Language) -> tuple[str, ...]:
    start = _day_label(row.start, language)
    if row.milestone or row.start == row.finish:
        return (start,)
    dates = f"{start} \u2013 {_day_label(row.finish, language)}"
    if 0 < row.progress < 1:
        return f"{dates}  \u00b7  {language.percent(row.progress)}", dates
    return (dates,)


@lru_cache(maxsize=8192)
def _day_label(day: date, language: Language) -> str:
    return language.skeleton(day, "MMMd")


def _link_shapes(book: _Book, places: Sequence[tuple[Block, Area]]) -> list[Polyline]:
    strips = {block.row.id: (block.row, _strip(book, place)) for block, place in places if isinstance(block, Line)}
    shapes: list[Polyline] = []
    for link in book.links:
        before, after = strips.get(link.predecessor_id), strips.get(link.successor_id)
        if before is not None and after is not None:
            critical = before[0].critical and after[0].critical
            ends = [
                LinkEnd(span_of(row, book.axis, height=strip.height), strip.middle) for row, strip in (before, after)
            ]
            shapes.append(link_shape(link.type, ends[0], ends[1], row_height=after[1].height, critical=critical))
        elif before is not None:
            shapes.append(_stub(book, link, *before, leaves=True))
        elif after is not None:
            shapes.append(_stub(book, link, *after, leaves=False))
    return shapes


def _crossings(
    book: _Book, links: Sequence[Polyline], places: Sequence[tuple[Block, Area]], chart: Area
) -> list[list[Span]]:
    """Return, for each of `places`, where links and the line of today cross the middle of its row."""
    crossings: list[list[Span]] = [[] for _ in places]
    middles = [place.middle for _, place in places]
    reach = 0.6 * book.letters.label
    for link in links:
        for (x1, y1), (x2, y2) in pairwise(link.points):
            span = Span(min(x1, x2), max(x1, x2))
            first = bisect_left(middles, min(y1, y2) - reach)
            last = bisect_right(middles, max(y1, y2) + reach)
            for at in range(first, last):
                crossings[at].append(span)
    today = book.axis.x_middle(book.today)
    if chart.left <= today <= chart.right:
        for crossing in crossings:
            crossing.append(Span(today, today))
    return crossings


def _stub(book: _Book, link: Link, row: GanttRow, strip: Area, *, leaves: bool) -> Polyline:
    """Return the beginning or the end of a link whose other end is on another page, above or below."""
    other = link.successor_id if leaves else link.predecessor_id
    down = (book.page_of[other] > book.page_of[row.id]) == leaves
    side = 1 if link.type in (_FROM_FINISH if leaves else _TO_FINISH) else -1
    span = span_of(row, book.axis, height=strip.height)
    end = span.right if side > 0 else span.left
    turn = end + side * (STUB + (0.0 if leaves else ARROW / 2))
    points: tuple[Point, ...] = ((end, strip.middle), (turn, strip.middle))
    if leaves:
        points += ((turn, strip.bottom if down else strip.top),)
    else:
        points = ((turn, strip.top if down else strip.bottom), *reversed(points))
    critical = row.critical and book.critical.get(other, False)
    return Polyline(
        points=points,
        line=Role.LINK_CRITICAL if critical else Role.LINK,
        line_width=1.3 if critical else 0.8,
        arrow=ARROW,
        dashed=True,
    )


def _page_number(book: _Book, number: int, height: float) -> Text:
    size = book.sheet.small * 0.9
    text = book.language.gettext("Page {page} of {pages}").format(page=number, pages=book.pages)
    return Text(
        x=book.sheet.width - book.sheet.margin,
        baseline=height - book.sheet.margin - 0.6 * size,
        text=text,
        size=size,
        width=book.measure(text, size, False),
        role=Role.TEXT_MUTED,
        anchor=Anchor.END,
    )
