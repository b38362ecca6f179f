"""What goes where in the chart area, row by row: the one picture the screen and every export are painted from.

Each function takes the geometry of what is visible and returns shapes, so a screen asks only for the rows it shows.
The order of painting is: `background_shapes`, `link_shape`s, `row_shapes`, `today_shapes`, `header_shapes`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from planner.charts.rows import GanttRow
from planner.charts.scene import Anchor, Diamond, Point, Polygon, Polyline, Rectangle, Role, Shape, Text
from planner.charts.text import CAP_HEIGHT, Measure
from planner.charts.time_axis import Scale, Tick, TickUnit, TimeAxis, month_labels, scales_for, tick_labels
from planner.domain.initiative import LinkType, Status
from planner.language import Language

STUB: Final = 5.0
"""How far a link runs straight out of a bar before it turns."""
ARROW: Final = 4.5
_RESTING_FROM: Final = 3.0
_LEAST_BAR: Final = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A part of the picture: a row's strip across the chart, its header, the chart itself."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """How wide it is."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """How high it is."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Half-way down."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Lettering:
    """The font size of a text and how the painter measures it."""

    size: float
    measure: Measure

    def width(self, text: str, *, bold: bool = False) -> float:
        """Return the width `text` takes up."""
        return self.measure(text, self.size, bold)


@dataclass(frozen=True, slots=True)
class Span:
    """From where to where a bar, bracket or diamond reaches across."""

    left: float
    right: float


def span_of(row: GanttRow, axis: TimeAxis, *, height: float) -> Span:
    """Return where the bar of a row `height` high reaches; links and labels start from its ends."""
    if row.milestone:
        middle, reach = axis.x_middle(row.start), diamond_reach(height)
        return Span(middle - reach, middle + reach)
    left = axis.x_of(row.start)
    return Span(left, max(axis.x_after(row.finish), left + _LEAST_BAR))


def bar_height(height: float) -> float:
    """Return how high a bar is in a row `height` high."""
    return min(0.62 * height, 24.0)


def diamond_reach(height: float) -> float:
    """Return how far a diamond reaches from its centre in a row `height` high."""
    return min(0.36 * height, 10.0)


def baseline_under(middle: float, size: float) -> float:
    """Return the baseline of a text of `size` whose capitals are centred on `middle`."""
    return middle + size * CAP_HEIGHT / 2


def row_shapes(
    row: GanttRow,
    axis: TimeAxis,
    strip: Area,
    *,
    labels: Sequence[str] = (),
    lettering: Lettering | None = None,
    linked: bool = False,
    obstacles: Sequence[Span] = (),
) -> list[Shape]:
    """Return the bar, bracket or diamond of a row, its deadline and baseline, and one of `labels` where it fits.

    `strip` is the row across the whole chart. The longest of `labels` that fits stands inside the bar, else beside it
    within the strip, clear of `obstacles` (lines that cross the row) where it can be. `linked` leaves room for a link
    that runs out of its end.
    """
    shapes: list[Shape] = []
    span = span_of(row, axis, height=strip.height)
    if row.baseline is not None:
        shapes.append(_baseline_shape(row.baseline, axis, strip))
    if row.milestone:
        shapes.append(_milestone_shape(row, span, strip))
    elif row.summary:
        shapes.extend(_bracket_shapes(row, span, strip))
    else:
        shapes.extend(_bar_shapes(row, span, strip))
    if row.deadline is not None:
        shapes.extend(_deadline_shapes(row, axis, row.deadline, strip))
    if labels and lettering is not None:
        inside = _label_inside(row, span, labels, middle=strip.middle, lettering=lettering)
        gap = STUB + 3.0 if linked else 4.0
        if inside is not None:
            shapes.append(inside)
        else:
            if row.deadline is not None:
                obstacles = (*obstacles, _deadline_span(axis, row.deadline, strip))
            beside = _label_beside(span, labels, strip, lettering=lettering, gap=gap, obstacles=obstacles)
            if beside is not None:
                shapes.append(beside)
    return shapes


def _bar_shapes(row: GanttRow, span: Span, strip: Area) -> list[Shape]:
    tall = bar_height(strip.height)
    y, wide = strip.middle - tall / 2, span.right - span.left
    radius = min(3.0, tall / 4, wide / 2)
    # An idea is an outline still, but what hangs on it and what is done of it count as for any other.
    undecided = row.status in {Status.IDEA, Status.DROPPED}
    counts = row.status is not Status.DROPPED
    if not counts:
        fill, done, line = Role.IDLE, Role.IDLE, Role.IDLE_LINE
    elif undecided:
        fill = Role.IDLE
        done = Role.CRITICAL_DONE if row.critical else Role.BAR_DONE
        line = Role.CRITICAL_LINE if row.critical else Role.IDLE_LINE
    elif row.critical:
        fill, done, line = Role.CRITICAL, Role.CRITICAL_DONE, Role.CRITICAL_LINE
    else:
        fill, done, line = Role.BAR, Role.BAR_DONE, Role.BAR_LINE
    # The critical path is told by a heavy outline too, for those who see no difference of hue and for grey printers.
    line_width = 1.8 if row.critical and counts else 0.8
    shapes: list[Shape] = []
    share = min(max(row.progress, 0.0), 1.0)
    if share >= 1.0 and counts:
        fill = done
    shapes.append(Rectangle(x=span.left, y=y, width=wide, height=tall, fill=fill, radius=radius))
    if 0.0 < share < 1.0 and counts:
        shapes.append(
            Rectangle(
                x=span.left, y=y, width=wide * share, height=tall, fill=done, radius=min(radius, wide * share / 2)
            )
        )
    shapes.append(
        Rectangle(
            x=span.left, y=y, width=wide, height=tall, line=line, line_width=line_width, radius=radius, dashed=undecided
        )
    )
    return shapes


def _bracket_shapes(row: GanttRow, span: Span, strip: Area) -> list[Shape]:
    thick = max(min(0.22 * strip.height, 6.0), 2.0)
    tip = min(thick * 1.2, (span.right - span.left) / 2)
    y = strip.middle - thick
    low = y + thick
    shapes: list[Shape] = [
        Rectangle(x=span.left, y=y, width=span.right - span.left, height=thick, fill=Role.SUMMARY),
    ]
    if row.progress > 0:
        done = (span.right - span.left) * min(row.progress, 1.0)
        shapes.append(Rectangle(x=span.left, y=y, width=done, height=thick, fill=Role.SUMMARY_DONE))
    shapes += [
        Polygon(points=((span.left, y), (span.left + tip, low), (span.left, low + tip)), fill=Role.SUMMARY_DONE),
        Polygon(points=((span.right, y), (span.right, low + tip), (span.right - tip, low)), fill=Role.SUMMARY_DONE),
    ]
    return shapes


def _milestone_shape(row: GanttRow, span: Span, strip: Area) -> Shape:
    if row.status is Status.DROPPED:
        fill, line = Role.IDLE, Role.IDLE_LINE
    elif row.status is Status.IDEA:
        fill, line = Role.IDLE, Role.CRITICAL_LINE if row.critical else Role.MILESTONE
    elif row.critical:
        fill, line = Role.CRITICAL_LINE, Role.CRITICAL_LINE
    else:
        fill, line = Role.MILESTONE, Role.MILESTONE
    centre = (span.left + span.right) / 2
    reach = diamond_reach(strip.height)
    return Diamond(x=centre, y=strip.middle, reach=reach, fill=fill, line=line, line_width=1.8 if row.critical else 0.8)


def _baseline_shape(baseline: tuple[date, date], axis: TimeAxis, strip: Area) -> Shape:
    left = axis.x_of(baseline[0])
    thick = max(min(strip.height * 0.12, 3.0), 1.0)
    return Rectangle(
        x=left,
        y=strip.middle + bar_height(strip.height) / 2 + 1.0,
        width=max(axis.x_after(baseline[1]) - left, _LEAST_BAR),
        height=thick,
        fill=Role.BASELINE,
    )


def _deadline_span(axis: TimeAxis, deadline: date, strip: Area) -> Span:
    x, half = axis.x_after(deadline), _deadline_reach(strip)
    return Span(x - half, x + half)


def _deadline_reach(strip: Area) -> float:
    return min(0.2 * strip.height, 4.5)


def _deadline_shapes(row: GanttRow, axis: TimeAxis, deadline: date, strip: Area) -> list[Shape]:
    x = axis.x_after(deadline)
    role = Role.DEADLINE_MISSED if row.deadline_missed else Role.DEADLINE
    half = _deadline_reach(strip)
    y = strip.top + 0.1 * strip.height
    tip = (x, y + 1.7 * half)
    head = Polygon(
        points=((x - half, y), (x + half, y), tip),
        fill=role if row.deadline_missed else Role.PAPER,
        line=role,
        line_width=1.1,
    )
    return [Polyline(points=(tip, (x, strip.top + 0.9 * strip.height)), line=role, line_width=1.1), head]


def _label_inside(
    row: GanttRow, span: Span, labels: Sequence[str], *, middle: float, lettering: Lettering
) -> Text | None:
    crossed = row.deadline is not None and row.start <= row.deadline <= row.finish
    if row.milestone or row.summary or crossed:
        return None
    if row.status is Status.DROPPED or (row.status is Status.IDEA and not row.progress):
        role = Role.TEXT_MUTED
    else:
        role = Role.CRITICAL_TEXT if row.critical else Role.BAR_TEXT
    for label in labels:
        width = lettering.width(label)
        if width <= span.right - span.left - 9.0:
            baseline = baseline_under(middle, lettering.size)
            return Text(x=span.left + 5.0, baseline=baseline, text=label, size=lettering.size, width=width, role=role)
    return None


def _label_beside(
    span: Span,
    labels: Sequence[str],
    strip: Area,
    *,
    lettering: Lettering,
    gap: float,
    obstacles: Sequence[Span],
) -> Text | None:
    size = lettering.size
    baseline = baseline_under(strip.middle, size)
    reach = gap + 5.0 * size + max(lettering.width(label) for label in labels)
    # Of lines that run over each other one is enough: a plan of thousands of links has hundreds in the same place.
    lines = {
        (round(line.left), round(line.right)): line
        for line in obstacles
        if line.right > span.left - reach and line.left < span.right + reach
    }.values()
    # Just past a line is still beside the bar; further off a label would seem another bar's.
    near = 5.0 * size
    ends = [(span.right + gap, Anchor.START), (span.left - gap, Anchor.END)]
    past_right = sorted(line.right + 3.0 for line in lines if 0.0 < line.right - span.right < near)
    past_left = sorted((line.left - 3.0 for line in lines if 0.0 < span.left - line.left < near), reverse=True)
    ends += [(x, Anchor.START) for x in past_right[:4]] + [(x, Anchor.END) for x in past_left[:4]]
    best: Text | None = None
    least = math.inf
    for label in labels:
        width = lettering.width(label)
        for x, anchor in ends:
            text = Text(x=x, baseline=baseline, text=label, size=size, width=width, role=Role.TEXT_MUTED, anchor=anchor)
            if text.left < strip.left or text.right > strip.right:
                continue
            struck = _struck(text, lines)
            if struck < least:
                best, least = text, struck
        if least == 0.0:
            break
    return best


def _struck(text: Text, lines: Iterable[Span]) -> float:
    """Return how much of a text lines run through; 0 when it stands clear."""
    left, right = text.left - 1.0, text.right + 1.0
    return sum(
        1.0 + min(line.right, right) - max(line.left, left) for line in lines if line.left < right and line.right > left
    )


@dataclass(frozen=True, slots=True)
class LinkEnd:
    """Where one end of a link is: the span of its bar and the middle of its row."""

    span: Span
    middle: float


def link_shape(
    link_type: LinkType, predecessor: LinkEnd, successor: LinkEnd, *, row_height: float, critical: bool = False
) -> Polyline:
    """Return the right-angled line from one bar to another with its arrow at the successor.

    It turns beside the predecessor and runs along the successor's row, on the side where that row has no label.
    """
    from_finish = link_type in {LinkType.FINISH_TO_START, LinkType.FINISH_TO_FINISH}
    to_finish = link_type in {LinkType.FINISH_TO_FINISH, LinkType.START_TO_FINISH}
    begin = predecessor.span.right if from_finish else predecessor.span.left
    end = successor.span.right if to_finish else successor.span.left
    out = STUB if from_finish else -STUB
    back = STUB + ARROW / 2 if to_finish else -STUB - ARROW / 2
    y1, y2 = predecessor.middle, successor.middle
    points: tuple[Point, ...]
    if from_finish == to_finish:
        turn = max(begin + out, end + back) if from_finish else min(begin + out, end + back)
        points = ((begin, y1), (turn, y1), (turn, y2), (end, y2))
    elif (end + back - begin - out) * out >= 0:
        points = ((begin, y1), (begin + out, y1), (begin + out, y2), (end, y2))
    else:
        between = y2 - row_height / 2 if y2 >= y1 else y2 + row_height / 2
        points = (
            (begin, y1),
            (begin + out, y1),
            (begin + out, between),
            (end + back, between),
            (end + back, y2),
            (end, y2),
        )
    return Polyline(
        points=points,
        line=Role.LINK_CRITICAL if critical else Role.LINK,
        line_width=1.3 if critical else 0.8,
        arrow=ARROW,
    )


def shades_days_off(axis: TimeAxis) -> bool:
    """Tell whether single days off are shaded at this zoom; further out they would be a grey haze."""
    return axis.pixels_per_day >= _RESTING_FROM


def background_shapes(
    axis: TimeAxis,
    area: Area,
    *,
    is_working: Callable[[date], bool] | None = None,
    freezes: Sequence[tuple[date, date]] = (),
    size: float = 8.0,
) -> list[Shape]:
    """Return the days off and freezes as shades and the marks of both scales as lines, within `area`.

    `size` is the header's font size: it decides which marks there are.
    """
    shapes: list[Shape] = []
    top, bottom = area.top, area.bottom
    if is_working is not None and shades_days_off(axis):
        shapes.extend(_resting_shapes(axis, area, is_working))
    for start, finish in freezes:
        x, until = max(axis.x_of(start), area.left), min(axis.x_after(finish), area.right)
        if until > x:
            shapes.append(Rectangle(x=x, y=top, width=until - x, height=area.height, fill=Role.FREEZE))
            shapes.extend(
                Polyline(points=((edge, top), (edge, bottom)), line=Role.FREEZE_LINE, line_width=0.5, dashed=True)
                for edge in (axis.x_of(start), axis.x_after(finish))
                if area.left <= edge <= area.right
            )
    coarse, fine = scales_for(axis, size=size)
    for scale, role, width in ((fine, Role.GRID, 0.4), (coarse, Role.GRID_STRONG, 0.6)):
        shapes.extend(
            Polyline(points=((tick.left, top), (tick.left, bottom)), line=role, line_width=width)
            for tick in axis.ticks(scale, area.left, area.right)
            if area.left < tick.left < area.right
        )
    return shapes


def _resting_shapes(axis: TimeAxis, area: Area, is_working: Callable[[date], bool]) -> list[Shape]:
    shapes: list[Shape] = []
    run: list[Tick] = []
    for tick in axis.ticks(Scale(TickUnit.DAY), area.left, area.right - 1e-6):
        if not is_working(tick.first):
            run.append(tick)
        elif run:
            shapes.append(_shade(run, area))
            run = []
    if run:
        shapes.append(_shade(run, area))
    return shapes


def _shade(run: list[Tick], area: Area) -> Rectangle:
    x, until = max(run[0].left, area.left), min(run[-1].right, area.right)
    return Rectangle(x=x, y=area.top, width=until - x, height=area.height, fill=Role.RESTING)


def header_shapes(axis: TimeAxis, area: Area, *, lettering: Lettering, language: Language) -> list[Shape]:
    """Return the two lines of a time header: each mark's wording, kept within its mark and within `area`."""
    shapes: list[Shape] = []
    coarse, fine = scales_for(axis, size=lettering.size)
    half = area.height / 2
    for level, scale in enumerate((coarse, fine)):
        y = area.top + level * half
        for tick in axis.ticks(scale, area.left, area.right - 1e-6):
            box = Area(left=max(tick.left, area.left), right=min(tick.right, area.right), top=y, bottom=y + half)
            if tick.left > area.left:
                points = ((tick.left, box.top), (tick.left, box.bottom))
                shapes.append(Polyline(points=points, line=Role.GRID_STRONG, line_width=0.6))
            labels = (
                month_labels(tick.first, language)
                if (coarse.unit, scale.unit) == (TickUnit.QUARTER, TickUnit.MONTH)
                else tick_labels(tick.first, scale, language)
            )
            shapes.extend(_mark_shapes(labels, box, lettering=lettering, bold=level == 0))
    middle = area.top + half
    shapes.append(Polyline(points=((area.left, middle), (area.right, middle)), line=Role.GRID, line_width=0.6))
    return shapes


def _mark_shapes(labels: Sequence[str], box: Area, *, lettering: Lettering, bold: bool) -> list[Shape]:
    size = lettering.size
    for label in labels:
        width = lettering.width(label, bold=bold)
        if width <= box.width - 0.8 * size:
            centred = not bold
            return [
                Text(
                    x=(box.left + box.right) / 2 if centred else box.left + 0.4 * size,
                    baseline=baseline_under(box.middle, size),
                    text=label,
                    size=size,
                    width=width,
                    role=Role.TEXT if bold else Role.TEXT_MUTED,
                    bold=bold,
                    anchor=Anchor.MIDDLE if centred else Anchor.START,
                )
            ]
    return []


def today_shapes(
    axis: TimeAxis, today: date, area: Area, *, label: str = "", lettering: Lettering | None = None
) -> list[Shape]:
    """Return the line of today and, at its head, its label on a plate kept within `area`; [] outside of it."""
    x = axis.x_middle(today)
    if not area.left <= x <= area.right:
        return []
    shapes: list[Shape] = [Polyline(points=((x, area.top), (x, area.bottom)), line=Role.TODAY, line_width=1.2)]
    if label and lettering is not None:
        size = lettering.size
        width = lettering.width(label, bold=True)
        plate = width + 1.2 * size
        centre = min(max(x, area.left + plate / 2), area.right - plate / 2)
        tall = 1.7 * size
        shapes += [
            Rectangle(x=centre - plate / 2, y=area.top, width=plate, height=tall, fill=Role.TODAY, radius=tall / 2),
            Text(
                x=centre,
                baseline=baseline_under(area.top + tall / 2, size),
                text=label,
                size=size,
                width=width,
                role=Role.TODAY_TEXT,
                bold=True,
                anchor=Anchor.MIDDLE,
            ),
        ]
    return shapes
