"""What is shown of each value stream, in words: its steps, what they take, what they waste, what is hoped for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from planner.analysis.flow import StreamFlow, hoped_for, measure_flow, step_after, steps_of
from planner.domain.engagement import Engagement
from planner.domain.flow import StreamStep, ValueStream, Waste
from planner.language import N_, Language
from planner.quantities import Clock, word_hours, working_clock
from planner.words import WASTE_WORDS

NOTHING: Final = "\N{EM DASH}"


@dataclass(frozen=True, slots=True, kw_only=True)
class StepCell:
    """One step as it is shown; `hoped` says what initiatives are to make of it, `description` all of it in words."""

    id: str
    name: str
    process: str
    wait: str
    accurate: str
    accurate_share: float
    teams: str
    process_hours: float
    wait_hours: float
    visibility: int | None
    waste: Waste | None
    waste_word: str
    hoped: str
    improved: bool
    """Whether what is shown is what is hoped for, and not what is."""
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One of the totals: its title, its value, and what it will be after all that is hoped for ("" for the same)."""

    title: str
    value: str
    after: str = ""

    @property
    def text(self) -> str:
        """The figure on one line."""
        arrow = f" \N{RIGHTWARDS ARROW} {self.after}" if self.after else ""
        return f"{self.title} {self.value}{arrow}"


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamRow:
    """One stream with its totals and its steps."""

    id: str
    name: str
    figures: tuple[Figure, ...]
    steps: tuple[StepCell, ...]
    description: str

    @property
    def lead_hours(self) -> float:
        """Work and waits together."""
        return sum(step.process_hours + step.wait_hours for step in self.steps)


def ordered_streams(engagement: Engagement) -> list[ValueStream]:
    """Return the value streams in the order of their names."""
    return sorted(engagement.value_streams.values(), key=lambda stream: (stream.name.casefold(), stream.id))


def stream_rows(
    engagement: Engagement, language: Language, *, after: bool = False, wanted: str = ""
) -> list[StreamRow]:
    """Return the streams that match a text by their own name, a step's or a team's; as they will be when `after`."""
    clock = working_clock(engagement)
    needle = wanted.casefold()
    rows = []
    for stream in ordered_streams(engagement):
        steps = steps_of(engagement, stream.id)
        cells = tuple(_cell(engagement, step, language, clock, after=after) for step in steps)
        texts = [stream.name, *(text for cell in cells for text in (cell.name, cell.teams, cell.waste_word))]
        if needle and not any(needle in text.casefold() for text in texts):
            continue
        figures = _figures(engagement, steps, language, clock, after=after)
        said = ". ".join((stream.name, *(figure.text for figure in figures)))
        rows.append(StreamRow(id=stream.id, name=stream.name, figures=figures, steps=cells, description=said))
    return rows


def _cell(engagement: Engagement, step: StreamStep, language: Language, clock: Clock, *, after: bool) -> StepCell:
    later = step_after(engagement, step)
    shown = later if after else step
    teams = ", ".join(engagement.teams[team_id].name for team_id in step.team_ids)
    process, wait = (word_hours(hours, language, clock) for hours in (shown.process_hours, shown.wait_hours))
    accurate = language.percent(step.complete_accurate)
    waste = language.gettext(WASTE_WORDS[step.waste]) if step.waste is not None else ""
    hoped = _hoped(engagement, step, later, language, clock, after=after)
    parts = [
        step.name,
        language.gettext(N_("waits {wait}, takes {process}, {share} complete and accurate")).format(
            wait=wait, process=process, share=accurate
        ),
        teams,
        waste,
        hoped,
    ]
    if step.visibility is not None:
        pattern = language.gettext(N_("visibility to the business {number} of 5"))
        parts.append(pattern.format(number=step.visibility))
    return StepCell(
        id=step.id,
        name=step.name,
        process=process,
        wait=wait,
        accurate=accurate,
        accurate_share=step.complete_accurate,
        teams=teams,
        process_hours=shown.process_hours,
        wait_hours=shown.wait_hours,
        visibility=step.visibility,
        waste=step.waste,
        waste_word=waste,
        hoped=hoped,
        improved=after and later != step,
        description=". ".join(part for part in parts if part),
    )


def _hoped(
    engagement: Engagement, step: StreamStep, later: StreamStep, language: Language, clock: Clock, *, after: bool
) -> str:
    """Return what initiatives are to make of a step; with `after`, what it is today."""
    if later == step:
        return ""
    outcomes = hoped_for(engagement, step.id)
    names = ", ".join(dict.fromkeys(engagement.initiatives[one.initiative_id].name for one in outcomes))
    other = step if after else later
    said = []
    if later.wait_hours != step.wait_hours:
        said.append(language.gettext(N_("wait {time}")).format(time=_held_together(other.wait_hours, language, clock)))
    if later.process_hours != step.process_hours:
        said.append(
            language.gettext(N_("work {time}")).format(time=_held_together(other.process_hours, language, clock))
        )
    pattern = N_("Today: {times} ({names})") if after else N_("After “{names}”: {times}")
    return language.gettext(pattern).format(times=", ".join(said), names=names)


def _held_together(hours: float, language: Language, clock: Clock) -> str:
    """Return a time whose number and unit stay on one line."""
    return word_hours(hours, language, clock).replace(" ", "\N{NO-BREAK SPACE}")


def _figures(
    engagement: Engagement, steps: tuple[StreamStep, ...], language: Language, clock: Clock, *, after: bool
) -> tuple[Figure, ...]:
    now, later = measure_flow(steps), measure_flow(step_after(engagement, step) for step in steps)
    shown = later if after else now
    return tuple(
        Figure(
            title=language.gettext(title),
            value=value(shown, language, clock),
            after="" if after or value(now, language, clock) == value(later, language, clock) else value(later, language, clock),
        )
        for title, value in _FIGURES
    )  # fmt: skip


def _efficiency(flow: StreamFlow, language: Language, _clock: Clock) -> str:
    return NOTHING if flow.efficiency is None else language.percent(flow.efficiency, decimals=1)


_FIGURES: Final = (
    (N_("Lead time"), lambda flow, language, clock: word_hours(flow.lead_hours, language, clock)),
    (N_("Work"), lambda flow, language, clock: word_hours(flow.process_hours, language, clock)),
    (N_("Waits"), lambda flow, language, clock: word_hours(flow.wait_hours, language, clock)),
    (N_("Flow efficiency"), _efficiency),
    (N_("Rolled %C&A"), lambda flow, language, _clock: language.percent(flow.complete_accurate, decimals=1)),
)
