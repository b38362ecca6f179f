"""How well a value stream flows: lead time, flow efficiency, rolled %C&A.

Formulas after Martin and Osterling, "Value Stream Mapping" (2013): lead time is process time plus wait time, flow
efficiency their ratio, rolled %C&A the product of the steps' own.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable
from dataclasses import dataclass

from planner.domain.engagement import Engagement
from planner.domain.flow import StreamStep
from planner.domain.initiative import Outcome, Status, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamFlow:
    """What a stream's steps add up to; times in hours, shares from 0 to 1; efficiency None for an instant stream."""

    process_hours: float
    wait_hours: float
    efficiency: float | None
    complete_accurate: float

    @property
    def lead_hours(self) -> float:
        """Hours from the first step's queue to the last step's end."""
        return self.process_hours + self.wait_hours


def steps_of(engagement: Engagement, stream_id: str) -> tuple[StreamStep, ...]:
    """Return the steps of a value stream in their order."""
    steps = engagement.referring("stream_steps", "stream_id").get(stream_id, ())
    return tuple(sorted(steps, key=lambda step: (step.position, step.name, step.id)))


def measure_flow(steps: Iterable[StreamStep]) -> StreamFlow:
    """Return what `steps` add up to."""
    steps = tuple(steps)
    process = math.fsum(step.process_hours for step in steps)
    wait = math.fsum(step.wait_hours for step in steps)
    return StreamFlow(
        process_hours=process,
        wait_hours=wait,
        efficiency=process / (process + wait) if process + wait else None,
        complete_accurate=math.prod(step.complete_accurate for step in steps),
    )


def hoped_for(engagement: Engagement, step_id: str) -> tuple[Outcome, ...]:
    """Return the outcomes that are to change a step: of initiatives that are not dropped, and not refuted since."""
    return tuple(
        outcome
        for outcome in engagement.referring("outcomes", "step_id").get(step_id, ())
        if engagement.initiatives[outcome.initiative_id].status is not Status.DROPPED
        and outcome.verdict is not Verdict.REFUTED
    )


def step_after(engagement: Engagement, step: StreamStep) -> StreamStep:
    """Return a step as it will be after all that is hoped for: the lowest of the times promised, never their sum."""
    process, wait = step.process_hours, step.wait_hours
    outcomes = hoped_for(engagement, step.id)
    processes = [one.process_hours_after for one in outcomes if one.process_hours_after is not None]
    waits = [one.wait_hours_after for one in outcomes if one.wait_hours_after is not None]
    return dataclasses.replace(step, process_hours=min(processes, default=process), wait_hours=min(waits, default=wait))
