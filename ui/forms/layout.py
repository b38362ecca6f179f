"""In which order and under which headings the fields of each kind stand in its form.

A field no section names stands at the end of the first one: a field added to an entity shows up by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from planner.language import N_
from ui.forms.fields import fields_of


@dataclass(frozen=True, slots=True)
class Section:
    """Fields under a heading (a message of the catalogues; none for the first); `folded` until it is opened."""

    title: str
    fields: tuple[str, ...]
    folded: bool = False


def _section(title: str, *fields: str, folded: bool = False) -> Section:
    return Section(title, fields, folded)


_SECTIONS: Final[Mapping[str, tuple[Section, ...]]] = {
    "settings": (
        _section("", "name", "client", "created"),
        _section(N_("Plan"), "plan_start", "status_date", "calendar_id", "cool_down_days"),
        _section(N_("Money and year"), "currency", "fiscal_year_start_month"),
        _section(N_("How it is worked out"), "roll_up", "formula_id", "readiness_factors", "status_colours"),
    ),
    "calendars": (_section("", "name", "weekdays", "country", "subdivision", "hours_per_day"),),
    "teams": (
        _section("", "name", "unit_id", "topology", "headcount", "group_ids", "description"),
        _section(N_("Room for change"), "change_capacity", "change_limit", "readiness", "calendar_id"),
    ),
    "interactions": (
        _section("", "from_team_id", "to_team_id", "mode", "health", "since", "expected_end", "note"),
    ),
    "models": (
        _section("", "name", "version", "released", "description"),
        _section(N_("Where it comes from"), "source", "licence", folded=True),
    ),
    "practices": (
        _section("", "name", "theme_id", "level", "description", "risk", "measure", "verification"),
        _section(N_("Scoring"), "scale_id", "weight", "descriptors"),
        _section(
            N_("What it takes and brings"), "knowledge_difficulty", "time_difficulty", "resources_difficulty",
            "usefulness",
        ),
        _section(N_("More"), "comments", "references", "resources", "tags", folded=True),
    ),
    "assessments": (_section("", "name", "held_on", "note"), _section(N_("Closing"), "closed_on", folded=True)),
    "answers": (
        _section("", "practice_id", "team_id", "state", "score", "confidence", "reason", "evidence", "expiry"),
        _section(N_("Belongs to"), "assessment_id", folded=True),
    ),
    "votes": (
        _section("", "respondent", "score", "comment"), _section(N_("Belongs to"), "answer_id", folded=True),
    ),
    "waves": (_section("", "name", "gate", "gate_date", "passed_on"),),
    "initiatives": (
        _section("", "name", "status", "progress", "owner", "wave_id", "description"),
        _section(N_("When"), "duration_days", "constraint", "constraint_date", "deadline"),
        _section(N_("Why"), "hypothesis", "measure"),
        _section(N_("As it went"), "actual_start", "actual_finish", "cost", folded=True),
        _section(N_("More"), "optimistic_days", "pessimistic_days", "parent_id", "tags", folded=True),
    ),
    "estimates": (
        _section("", "team_id", "effort", "optimistic_effort", "pessimistic_effort"),
        _section(N_("Belongs to"), "initiative_id", folded=True),
    ),
    "stream_steps": (
        _section(
            "", "name", "process_hours", "wait_hours", "complete_accurate", "waste", "visibility", "team_ids", "note",
        ),
        _section(N_("Belongs to"), "stream_id", folded=True),
    ),
    "outcomes": (
        _section(
            "", "kind", "metric", "practice_ids", "team_ids", "application_id", "from_value", "to_value", "step_id",
            "process_hours_after", "wait_hours_after", "verdict", "note",
        ),
        _section(N_("Belongs to"), "initiative_id", folded=True),
    ),
    "risks": (
        _section(
            "", "name", "status", "probability", "impact_days", "impact_cost", "owner", "response", "description",
            "initiative_id",
        ),
    ),
}  # fmt: skip
"""Kind -> its sections; a kind without any has one: its name, then the rest, what it belongs to last."""


def sections_of(kind: str) -> tuple[Section, ...]:
    """Return the sections of a kind's form, every field in one of them."""
    fields = fields_of(kind)
    names = [field.name for field in fields]
    sections = _SECTIONS.get(kind, (Section("", ()),))
    if kind not in _SECTIONS and "name" in names:
        names.remove("name")
        owner = next((field.name for field in fields if field.meaning.refers_to and not field.optional), None)
        if owner is not None:
            names.remove(owner)
        names = ["name", *names, *([owner] if owner else [])]
    placed = {name for section in sections for name in section.fields}
    rest = tuple(name for name in names if name not in placed)
    return (Section(sections[0].title, sections[0].fields + rest), *sections[1:])
