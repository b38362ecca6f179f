"""A whole Gantt chart on paper: pages with title, swimlanes, chart, legend and number, filled and never cut.

Few initiatives get large rows and letters, more get smaller ones down to what can still be read; past that the chart
goes on to further pages, each with the header and the lane's name repeated, or, as one picture, grows in height.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from planner.analysis.schedule import Schedule
from planner.charts.furniture import Shown, heading_of
from planner.charts.layout import shades_days_off
from planner.charts.page import FROM_FINISH, Book, Sheet, body_height, draw_page, empty_page
from planner.charts.pagination import Line, fit, paginate
from planner.charts.rows import GanttRow, GroupBy, gantt_rows, overall_progress
from planner.charts.scene import Scene
from planner.charts.text import Measure
from planner.charts.time_axis import TimeAxis
from planner.charts.waves import wave_spans
from planner.domain.engagement import Engagement
from planner.domain.initiative import Link
from planner.language import Language


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


_SHEETS: Final = {
    Paper.A3: Sheet(
        width=Paper.A3.value[0], height=Paper.A3.value[1], margin=38.0, sizes=(12.0, 11.0, 10.0, 9.0, 8.5, 8.0, 7.5),
        small=9.0,
    ),
    Paper.A4: Sheet(
        width=Paper.A4.value[0], height=Paper.A4.value[1], margin=28.0, sizes=(9.6, 9.0, 8.2, 7.5, 7.0), small=7.2,
    ),
}  # fmt: skip


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
        no_team_title=language.gettext("Without a team"),
        several_teams_title=language.gettext("Several teams"),
        baseline_id=options.baseline_id,
        include_dropped=options.include_dropped,
    )
    rows = [row for lane in lanes for row in lane.rows]
    heading = heading_of(
        engagement.setting, rows, progress=overall_progress(engagement), today=today, language=language
    )
    if not rows:
        return (empty_page(sheet, heading, language=language, measure=measure),)
    links = _links_between(rows, engagement) if options.show_links else []
    freezes = _freezes_of(engagement)
    waves = wave_spans(engagement, min(row.start for row in rows), max(row.finish for row in rows), today=today)
    first, last = _period(rows, today, [wave.finish for wave in waves])
    # The legend is measured with everything it may hold, so that the height of the pages does not depend on itself.
    widest = Shown(
        rows=rows, links=bool(links), freezes=bool(freezes), resting=True, continued_links=bool(links), waves=waves
    )
    body = body_height(sheet, heading, widest, language=language, measure=measure)
    inner = sheet.width - 2 * sheet.margin
    letters, room, blocks = fit(lanes, sheet.sizes, width=inner, height=body, measure=measure)
    pages = paginate(blocks, letters, height=body) if paged else [blocks]
    page_of = {
        block.row.id: number for number, page in enumerate(pages, start=1) for block in page if isinstance(block, Line)
    }
    left = sheet.margin + room
    days = last.toordinal() - first.toordinal() + 1
    axis = TimeAxis(
        start=first, left=left, pixels_per_day=(sheet.width - sheet.margin - left) / days,
        year_begins=engagement.setting.fiscal_year_start_month,
    )  # fmt: skip
    book = Book(
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
            waves=waves,
        ),
        links=links,
        leaving=frozenset(link.predecessor_id for link in links if link.type in FROM_FINISH),
        page_of=page_of,
        critical={row.id: row.critical for row in rows},
        freezes=freezes,
        is_working=is_working,
        today=today,
        language=language,
        measure=measure,
        pages=len(pages),
    )
    return tuple(draw_page(book, page, number) for number, page in enumerate(pages, start=1))


def _links_between(rows: Sequence[GanttRow], engagement: Engagement) -> list[Link]:
    shown = {row.id for row in rows}
    return [link for link in engagement.links.values() if link.predecessor_id in shown and link.successor_id in shown]


def _freezes_of(engagement: Engagement) -> list[tuple[date, date]]:
    calendar_id = engagement.setting.calendar_id
    return sorted(
        (freeze.start, freeze.finish) for freeze in engagement.freezes.values() if freeze.calendar_id == calendar_id
    )


def _period(rows: Sequence[GanttRow], today: date, gates: Sequence[date]) -> tuple[date, date]:
    """Return the first and last day of the chart: whole months around the plan and its gates, and today when it is near."""
    days = [*gates, *(day for row in rows for day in (row.start, row.finish, row.deadline) if day is not None)]
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
