"""What stands around the chart on paper: title block, legend, page number, and the page of an empty plan."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from planner.charts.layout import ARROW, Area, Lettering, baseline_under
from planner.charts.rows import GanttRow
from planner.charts.scene import Anchor, Diamond, Polygon, Polyline, Rectangle, Role, Shape, Text
from planner.charts.text import Measure, on_one_line, shorten, wrap
from planner.charts.waves import GateState, WaveSpan, gate_mark
from planner.domain.initiative import Status
from planner.domain.settings import Settings
from planner.language import N_, NN_, Language

_INITIATIVES: Final = NN_("{count} initiative", "{count} initiatives")
_MILESTONES: Final = NN_("{count} milestone", "{count} milestones")
_DEADLINES_MISSED: Final = NN_("{count} deadline missed", "{count} deadlines missed")
_SEPARATOR: Final = "  \u00b7  "
_SWATCH: Final = 26.0
_TITLE_LINES: Final = 6
"""Lines the title may take: enough for the longest name the rules allow."""
"""Width of a legend's sample, in font sizes of 8."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What a title block says, worded; each on one line."""

    name: str
    client: str
    facts: str
    prepared: str
    period: str


def heading_of(
    settings: Settings, rows: Sequence[GanttRow], *, progress: float, today: date, language: Language
) -> Heading:
    """Return what the title block says about a plan of `rows`, prepared `today`."""
    facts: list[str] = []
    bars = sum(1 for row in rows if not row.milestone and not row.summary)
    milestones = sum(1 for row in rows if row.milestone)
    missed = sum(1 for row in rows if row.deadline_missed)
    for pattern, count in ((_INITIATIVES, bars), (_MILESTONES, milestones), (_DEADLINES_MISSED, missed)):
        if count:
            facts.append(language.ngettext(*pattern, count).format(count=language.number(count)))
    if rows:
        facts.append(language.gettext("{share} done").format(share=language.percent(progress)))
    period = ""
    if rows:
        period = language.gettext("{start} to {finish}").format(
            start=language.date(min(row.start for row in rows), width="long"),
            finish=language.date(max(row.finish for row in rows), width="long"),
        )
    return Heading(
        name=on_one_line(settings.name),
        client=on_one_line(settings.client),
        facts=_SEPARATOR.join(facts),
        prepared=language.gettext("Prepared on {day}").format(day=language.date(today, width="long")),
        period=period,
    )


def count_of(rows: Sequence[GanttRow], language: Language) -> str:
    """Return how many initiatives, programmes and milestones aside, there are: "12 initiatives"; "" for none."""
    count = sum(1 for row in rows if not row.summary and not row.milestone)
    return language.ngettext(*_INITIATIVES, count).format(count=language.number(count)) if count else ""


def title_shapes(heading: Heading, area: Area, *, size: float, measure: Measure) -> tuple[list[Shape], float]:
    """Return the title block at the top of `area` and where it ends; `size` is the font size of its small print."""
    side = area.width * 0.34
    shapes: list[Shape] = []
    y_right = area.top
    for text, scale, bold, role, lines in (
        (heading.client, 1.3, True, Role.TEXT, 2),
        (heading.period, 1.0, False, Role.TEXT_MUTED, 2),
        (heading.prepared, 1.0, False, Role.TEXT_MUTED, 1),
    ):
        if text:
            letters = size * scale
            for line in wrap(text, width=side, size=letters, bold=bold, measure=measure, lines=lines):
                width = measure(line, letters, bold)
                y_right += letters * 1.42
                shapes.append(
                    Text(
                        x=area.right, baseline=y_right - 0.38 * letters, text=line, size=letters, width=width,
                        role=role, bold=bold, anchor=Anchor.END,
                    )
                )  # fmt: skip
    room = area.width - side - 3 * size
    letters, lines_of_name = _fit_name(heading.name, room=room, size=size, measure=measure)
    y = area.top
    for line in lines_of_name:
        y += letters * 1.2
        width = measure(line, letters, True)
        shapes.append(Text(x=area.left, baseline=y - 0.28 * letters, text=line, size=letters, width=width, bold=True))
    facts = shorten(heading.facts, width=room, size=size * 1.08, bold=False, measure=measure)
    if facts:
        y += size * 1.75
        shapes.append(
            Text(
                x=area.left, baseline=y - 0.35 * size, text=facts, size=size * 1.08,
                width=measure(facts, size * 1.08, False), role=Role.TEXT_MUTED,
            )
        )  # fmt: skip
    bottom = max(y, y_right) + 0.7 * size
    shapes += [
        Rectangle(x=area.left, y=bottom, width=area.width, height=0.7, fill=Role.GRID_STRONG),
        Rectangle(x=area.left, y=bottom - 0.6, width=7 * size, height=1.9, fill=Role.RULE),
    ]
    return shapes, bottom + 1.3


def _fit_name(name: str, *, room: float, size: float, measure: Measure) -> tuple[float, tuple[str, ...]]:
    for scale in (2.6, 2.3, 2.0, 1.75):
        if measure(name, size * scale, True) <= room:
            return size * scale, (name,)
    return size * 1.75, wrap(name, width=room, size=size * 1.75, bold=True, measure=measure, lines=_TITLE_LINES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Which things a picture holds that its legend must explain."""

    rows: Sequence[GanttRow]
    links: bool = False
    freezes: bool = False
    resting: bool = False
    continued_links: bool = False
    waves: Sequence[WaveSpan] = ()


def legend_shapes(
    shown: Shown, area: Area, *, lettering: Lettering, language: Language, bottom: bool = True
) -> tuple[list[Shape], float]:
    """Return the legend of what is shown and its height; it stands on the bottom of `area`, or from its top."""
    entries = [
        (sample, shorten(language.gettext(words), width=area.width - 60.0, size=lettering.size, bold=False,
                         measure=lettering.measure))
        for wanted, sample, words in _entries(shown)
        if wanted
    ]  # fmt: skip
    swatch = _SWATCH * lettering.size / 8
    gap, between = 0.7 * lettering.size, 1.9 * lettering.size
    lines: list[list[tuple[Callable[[float, float, float], list[Shape]], str]]] = [[]]
    x = area.left
    for sample, words in entries:
        width = swatch + gap + lettering.width(words)
        if lines[-1] and x + width > area.right:
            lines.append([])
            x = area.left
        lines[-1].append((sample, words))
        x += width + between
    pitch = 1.95 * lettering.size
    height = pitch * len(lines)
    shapes: list[Shape] = []
    y = (area.bottom - height if bottom else area.top) + pitch / 2
    for line in lines:
        x = area.left
        for sample, words in line:
            shapes.extend(sample(x, y, swatch))
            width = lettering.width(words)
            shapes.append(
                Text(
                    x=x + swatch + gap, baseline=baseline_under(y, lettering.size), text=words,
                    size=lettering.size, width=width, role=Role.TEXT_MUTED,
                )
            )  # fmt: skip
            x += swatch + gap + width + between
        y += pitch
    return shapes, height


def empty_shapes(area: Area, *, size: float, measure: Measure, language: Language) -> list[Shape]:
    """Return the words of a plan without initiatives, in the middle of `area`."""
    shapes: list[Shape] = []
    centre = (area.left + area.right) / 2
    y = area.middle
    for text, letters, bold, role in (
        (language.gettext("Nothing is planned yet"), size * 2.0, True, Role.TEXT),
        (language.gettext("Initiatives appear here as soon as the plan holds some."), size * 1.2, False,
         Role.TEXT_MUTED),
    ):  # fmt: skip
        for line in wrap(text, width=area.width, size=letters, bold=bold, measure=measure, lines=2):
            width = measure(line, letters, bold)
            shapes.append(
                Text(
                    x=centre, baseline=y, text=line, size=letters, width=width, role=role, bold=bold,
                    anchor=Anchor.MIDDLE,
                )
            )  # fmt: skip
            y += letters * 1.4
    return shapes


def _entries(shown: Shown) -> list[tuple[bool, Callable[[float, float, float], list[Shape]], str]]:
    rows, waves = shown.rows, shown.waves
    bars = [row for row in rows if not row.summary and not row.milestone]
    decided = {row.id for row in rows if row.status not in {Status.IDEA, Status.DROPPED}}
    critical = [row for row in rows if row.critical and row.status is not Status.DROPPED]
    milestones = [row for row in rows if row.milestone]
    # Where all that is critical, or every milestone, is an idea still, the sample is the outline the chart shows.
    critical_sample = _critical_sample if any(row.id in decided for row in critical) else _critical_idea_sample
    milestone_sample = _milestone_sample if any(row.id in decided for row in milestones) else _milestone_idea_sample
    return [
        (any(not row.critical and row.id in decided for row in bars), _bar_sample, N_("Initiative")),
        (any(row.progress > 0 for row in rows), _progress_sample, N_("Done so far")),
        (bool(critical), critical_sample, N_("Critical path")),
        (any(row.status is Status.IDEA for row in bars), _idle_sample, N_("Idea, not decided")),
        (any(row.status is Status.DROPPED for row in bars), _idle_sample, N_("Dropped")),
        (any(row.summary for row in rows), _summary_sample, N_("Programme")),
        (bool(milestones), milestone_sample, N_("Milestone")),
        (shown.links, _link_sample, N_("Depends on")),
        (shown.continued_links, _continued_sample, N_("Link to another page")),
        (any(row.deadline is not None and not row.deadline_missed for row in rows), _deadline_sample, N_("Deadline")),
        (any(row.deadline_missed for row in rows), _missed_sample, N_("Deadline missed")),
        (any(row.baseline is not None for row in rows), _baseline_sample, N_("Baseline")),
        (any(it.gate in {GateState.AHEAD, GateState.PASSED} for it in waves), _gate_sample, N_("Gate of a wave")),
        (any(it.gate is GateState.OVERDUE for it in waves), _overdue_gate_sample, N_("Gate not passed in time")),
        (shown.freezes, _freeze_sample, N_("Change freeze")),
        (shown.resting, _resting_sample, N_("Days off")),
    ]


def _sample_box(y: float, width: float) -> tuple[float, float]:
    height = width * 0.34
    return y - height / 2, height


def _bar_sample(x: float, y: float, width: float) -> list[Shape]:
    top, height = _sample_box(y, width)
    return [
        Rectangle(x=x, y=top, width=width, height=height, fill=Role.BAR, line=Role.BAR_LINE, line_width=0.8, radius=2.0)
    ]


def _progress_sample(x: float, y: float, width: float) -> list[Shape]:
    top, height = _sample_box(y, width)
    return [
        Rectangle(x=x, y=top, width=width, height=height, fill=Role.BAR, radius=2.0),
        Rectangle(x=x, y=top, width=width * 0.6, height=height, fill=Role.BAR_DONE, radius=2.0),
        Rectangle(x=x, y=top, width=width, height=height, line=Role.BAR_LINE, line_width=0.8, radius=2.0),
    ]


def _critical_sample(x: float, y: float, width: float) -> list[Shape]:
    top, height = _sample_box(y, width)
    return [
        Rectangle(
            x=x, y=top, width=width, height=height, fill=Role.CRITICAL, line=Role.CRITICAL_LINE, line_width=1.8,
            radius=2.0,
        )
    ]  # fmt: skip


def _critical_idea_sample(x: float, y: float, width: float) -> list[Shape]:
    top, height = _sample_box(y, width)
    return [
        Rectangle(
            x=x, y=top, width=width, height=height, fill=Role.IDLE, line=Role.CRITICAL_LINE, line_width=1.8,
            radius=2.0, dashed=True,
        )
    ]  # fmt: skip


def _idle_sample(x: float, y: float, width: float) -> list[Shape]:
    top, height = _sample_box(y, width)
    return [
        Rectangle(
            x=x, y=top, width=width, height=height, fill=Role.IDLE, line=Role.IDLE_LINE, line_width=0.8, radius=2.0,
            dashed=True,
        )
    ]  # fmt: skip


def _summary_sample(x: float, y: float, width: float) -> list[Shape]:
    tall = width * 0.13
    low = y + tall / 2
    return [
        Rectangle(x=x, y=low - tall, width=width, height=tall, fill=Role.SUMMARY),
        Polygon(points=((x, low - tall), (x + tall, low), (x, low + tall)), fill=Role.SUMMARY_DONE),
        Polygon(
            points=((x + width, low - tall), (x + width, low + tall), (x + width - tall, low)),
            fill=Role.SUMMARY_DONE,
        ),
    ]


def _milestone_sample(x: float, y: float, width: float) -> list[Shape]:
    return [Diamond(x=x + width / 2, y=y, reach=width * 0.2, fill=Role.MILESTONE, line=Role.MILESTONE)]


def _milestone_idea_sample(x: float, y: float, width: float) -> list[Shape]:
    return [Diamond(x=x + width / 2, y=y, reach=width * 0.2, fill=Role.IDLE, line=Role.MILESTONE)]


def _link_sample(x: float, y: float, width: float) -> list[Shape]:
    points = ((x, y - 3.0), (x + width * 0.45, y - 3.0), (x + width * 0.45, y + 3.0), (x + width, y + 3.0))
    return [Polyline(points=points, line=Role.LINK, line_width=0.8, arrow=ARROW)]


def _continued_sample(x: float, y: float, width: float) -> list[Shape]:
    points = ((x + width * 0.2, y - 3.5), (x + width * 0.5, y - 3.5), (x + width * 0.5, y + 4.5))
    return [Polyline(points=points, line=Role.LINK, line_width=0.8, arrow=ARROW, dashed=True)]


def _deadline_sample(x: float, y: float, width: float) -> list[Shape]:
    return _flag(x + width / 2, y, width, fill=Role.PAPER, line=Role.DEADLINE)


def _missed_sample(x: float, y: float, width: float) -> list[Shape]:
    return _flag(x + width / 2, y, width, fill=Role.DEADLINE_MISSED, line=Role.DEADLINE_MISSED)


def _flag(x: float, y: float, width: float, *, fill: Role, line: Role) -> list[Shape]:
    half = width * 0.13
    top = y - width * 0.22
    tip = (x, top + 1.7 * half)
    return [
        Polyline(points=(tip, (x, y + width * 0.24)), line=line, line_width=1.1),
        Polygon(points=((x - half, top), (x + half, top), tip), fill=fill, line=line, line_width=1.1),
    ]


def _baseline_sample(x: float, y: float, width: float) -> list[Shape]:
    return [Rectangle(x=x, y=y - 1.2, width=width, height=2.4, fill=Role.BASELINE)]


def _gate_sample(x: float, y: float, width: float) -> list[Shape]:
    return _gate(GateState.AHEAD, x, y, width, line=Role.GATE)


def _overdue_gate_sample(x: float, y: float, width: float) -> list[Shape]:
    return _gate(GateState.OVERDUE, x, y, width, line=Role.DEADLINE_MISSED)


def _gate(state: GateState, x: float, y: float, width: float, *, line: Role) -> list[Shape]:
    middle = x + width / 2
    tall = width * 0.24
    return [
        Polyline(points=((middle, y - tall), (middle, y + tall)), line=line, line_width=1.0, dashed=True),
        gate_mark(state, middle, y, reach=width * 0.15),
    ]


def _freeze_sample(x: float, y: float, width: float) -> list[Shape]:
    top, height = _sample_box(y, width)
    return [
        Rectangle(
            x=x, y=top, width=width, height=height, fill=Role.FREEZE, line=Role.FREEZE_LINE, line_width=0.5,
            dashed=True,
        )
    ]  # fmt: skip


def _resting_sample(x: float, y: float, width: float) -> list[Shape]:
    top, height = _sample_box(y, width)
    return [
        Rectangle(
            x=x, y=top, width=width, height=height, fill=Role.RESTING, line=Role.GRID_STRONG, line_width=0.4
        )
    ]  # fmt: skip
