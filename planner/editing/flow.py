"""What a person does to value streams: add streams and steps, move, copy and paste steps, judge what shortened them.

Steps keep an order without gaps within their stream; every intent is one step of the history.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence

from planner.domain.changes import Changes, Label
from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.domain.flow import StreamStep, ValueStream
from planner.domain.identity import new_id
from planner.domain.initiative import Verdict
from planner.editing.entities import find
from planner.editing.naming import free_name, name_of
from planner.editing.step import step


def add_stream(engagement: Engagement, *, name: str, unit_id: str | None = None) -> Changes:
    """Add an empty value stream, after those there are."""
    stream = ValueStream(id=new_id(), name=free_name(name, _names(engagement)), unit_id=unit_id)
    return step(engagement, Label("add-entity", {"kind": "value_streams", "name": stream.name}), put=[stream])


def add_step(engagement: Engagement, stream_id: str, *, name: str, at: int | None = None) -> Changes:
    """Add a step to a stream, before the one at place `at` (None: at the end)."""
    find(engagement, "value_streams", stream_id)
    steps = _steps(engagement, stream_id)
    place = len(steps) if at is None else min(max(0, at), len(steps))
    steps.insert(place, StreamStep(id=new_id(), stream_id=stream_id, name=name))
    label = Label("add-entity", {"kind": "stream_steps", "name": name})
    return step(engagement, label, put=_numbered(steps))


def place_steps(engagement: Engagement, ids: Sequence[str], stream_id: str, *, at: int) -> Changes:
    """Move steps, in the order given, before the one now at place `at` of a stream, theirs or another."""
    find(engagement, "value_streams", stream_id)
    moved = [find(engagement, "stream_steps", step_id) for step_id in dict.fromkeys(ids)]
    there = _steps(engagement, stream_id)
    held = {one.id for one in moved}
    kept_before = sum(one.id not in held for one in there[: max(0, at)])
    staying = [one for one in there if one.id not in held]
    arriving = [dataclasses.replace(one, stream_id=stream_id) for one in moved]
    put = _numbered([*staying[:kept_before], *arriving, *staying[kept_before:]])
    for left_id in {one.stream_id for one in moved} - {stream_id}:
        put += _numbered([one for one in _steps(engagement, left_id) if one.id not in held])
    if len(moved) == 1:
        label = Label("place-step", {"name": name_of(engagement, moved[0])})
    else:
        label = Label("place-steps", {"count": len(moved)})
    return step(engagement, label, put=put)


def paste_steps(engagement: Engagement, stream_id: str, steps: Iterable[StreamStep], *, at: int) -> Changes:
    """Put copies of `steps` before place `at` of a stream; teams that are not there are left out."""
    find(engagement, "value_streams", stream_id)
    there = _steps(engagement, stream_id)
    copies = _copies(engagement, steps, stream_id)
    place = min(max(0, at), len(there))
    put = _numbered([*there[:place], *copies, *there[place:]])
    return step(engagement, Label("paste-steps", {"count": len(copies)}), put=put)


def paste_as_stream(engagement: Engagement, steps: Iterable[StreamStep], *, name: str) -> Changes:
    """Put copies of `steps` into a new stream."""
    stream = ValueStream(id=new_id(), name=free_name(name, _names(engagement)))
    copies = _copies(engagement, steps, stream.id)
    return step(engagement, Label("paste-steps", {"count": len(copies)}), put=[stream, *_numbered(copies)])


def copy_stream(engagement: Engagement, stream_id: str) -> Changes:
    """Add a copy of a stream with all its steps, under a name of its own."""
    stream = find(engagement, "value_streams", stream_id)
    copy = dataclasses.replace(stream, id=new_id(), name=free_name(stream.name, _names(engagement)))
    steps = [dataclasses.replace(one, id=new_id(), stream_id=copy.id) for one in _steps(engagement, stream_id)]
    return step(engagement, Label("copy-stream", {"name": stream.name}), put=[copy, *_numbered(steps)])


def judge_outcomes(engagement: Engagement, verdicts: Mapping[str, Verdict]) -> Changes:
    """Give outcomes their verdicts, outcome id -> verdict, in one step."""
    put = [
        dataclasses.replace(find(engagement, "outcomes", outcome_id), verdict=verdict)
        for outcome_id, verdict in verdicts.items()
    ]
    return step(engagement, Label("judge-outcomes", {"count": len(put)}), put=put)


def _copies(engagement: Engagement, steps: Iterable[StreamStep], stream_id: str) -> list[StreamStep]:
    copies = [
        dataclasses.replace(
            one,
            id=new_id(),
            stream_id=stream_id,
            team_ids=tuple(team_id for team_id in one.team_ids if team_id in engagement.teams),
        )
        for one in steps
    ]
    if not copies:
        raise UserError("no-steps-to-paste")
    return copies


def _steps(engagement: Engagement, stream_id: str) -> list[StreamStep]:
    steps = engagement.referring("stream_steps", "stream_id").get(stream_id, ())
    return sorted(steps, key=lambda one: (one.position, one.name, one.id))


def _numbered(steps: Iterable[StreamStep]) -> list[StreamStep]:
    return [dataclasses.replace(one, position=position) for position, one in enumerate(steps)]


def _names(engagement: Engagement) -> list[str]:
    return [stream.name for stream in engagement.value_streams.values()]
