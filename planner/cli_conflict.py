"""What cannot be kept together, as `roadbook-cli sequence` tells it: in plain words, and as values for JSON."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from planner.language import N_, NN_, Language

if TYPE_CHECKING:
    from planner.analysis.sequence.conflict import Conflict, Constraint
    from planner.domain.engagement import Engagement

_WORDS: Final = {
    "horizon": N_("all that is kept ends by {day}"),
    "deadline": N_("“{name}” ends by its deadline, {day}"),
    "pin": N_("“{name}” is pinned to {day}"),
    "earliest-start": N_("“{name}” starts no earlier than {day}"),
    "link": N_("the link from “{first}” to “{second}”"),
    "gate": N_("nothing of a later wave starts before the gate of “{name}”"),
    "prerequisite": N_("“{practice}” builds on “{required}” at {score}"),
    "capacity": N_("{team} has {count} person-days a week"),
    "limit": N_("{team} takes on no more than {count} at a time"),
    "cool-down": N_("teams settle for {count} working days after each initiative"),
    "freeze": N_("“{name}” freezes all from {day} to {last}"),
    "calendar": N_("{team} works by a calendar of its own, “{name}”"),
}
"""What may be in conflict -> its words."""


def told_conflict(conflict: Conflict) -> dict[str, Any]:
    """Return a conflict as values: kinds and the ids of what asks for each, empty for the horizon and the cool-down."""
    return {
        "constraints": [{"kind": one.kind.value, "id": one.id} for one in conflict.constraints],
        "minimal": conflict.is_minimal,
        "smallest": conflict.is_smallest,
    }


def word_conflict(engagement: Engagement, conflict: Conflict, until: date | None, language: Language) -> list[str]:
    """Return a conflict in plain words, a line each."""
    words = NN_("This cannot be kept:", "These cannot be kept together:")
    lines = [language.ngettext(*words, len(conflict.constraints))]
    lines += [f"  - {_word(engagement, one, until, language)}" for one in conflict.constraints]
    if not conflict.is_smallest:
        lines.append(language.gettext(N_("A smaller set that cannot be kept may exist.")))
    return lines


def _word(engagement: Engagement, one: Constraint, until: date | None, language: Language) -> str:
    day: date | None = until
    last: date | None = None
    named: dict[str, str] = {}
    initiatives = engagement.initiatives
    match one.kind.value:
        case "deadline":
            named, day = {"name": initiatives[one.id].name}, initiatives[one.id].deadline
        case "pin" | "earliest-start":
            named, day = {"name": initiatives[one.id].name}, initiatives[one.id].constraint_date
        case "link":
            link = engagement.links[one.id]
            named = {"first": initiatives[link.predecessor_id].name, "second": initiatives[link.successor_id].name}
        case "gate":
            named = {"name": engagement.waves[one.id].name}
        case "prerequisite":
            held = engagement.prerequisites[one.id]
            named = {
                "practice": engagement.practices[held.practice_id].name,
                "required": engagement.practices[held.required_practice_id].name,
                "score": language.percent(held.minimum_score),
            }
        case "capacity" | "limit" | "calendar":
            named = _word_team(engagement, one, language)
        case "cool-down":
            named = {"count": language.number(engagement.setting.cool_down_days, decimals=0)}
        case "freeze":
            freeze = engagement.freezes[one.id]
            named, day, last = {"name": freeze.name}, freeze.start, freeze.finish
    dates = {name: language.date(value) for name, value in (("day", day), ("last", last)) if value is not None}
    return language.gettext(_WORDS[one.kind.value]).format(**named, **dates)


def _word_team(engagement: Engagement, one: Constraint, language: Language) -> dict[str, str]:
    team = engagement.teams[one.id]
    calendar = "" if team.calendar_id is None else engagement.calendars[team.calendar_id].name
    most = team.change_capacity if one.kind.value == "capacity" else team.change_limit
    decimals = 0 if most == int(most) else 1
    return {"team": team.name, "name": calendar, "count": language.number(most, decimals=decimals)}
