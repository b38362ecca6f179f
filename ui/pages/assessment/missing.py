"""What an assessment needs before it can be: teams, practices, a first date; and what the page offers meanwhile."""

from __future__ import annotations

from typing import Final

from planner.domain.engagement import Engagement
from planner.domain.practice import MaturityModel
from planner.editing.practices import ordered_models
from planner.language import N_

NOTHING, TEAMS, PRACTICES, ASSESSMENT = range(4)


def what_is_missing(engagement: Engagement) -> int:
    """Return the first thing that is missing; NOTHING when the heatmap can be shown."""
    if not engagement.teams:
        return TEAMS
    if not engagement.practices:
        return PRACTICES
    return NOTHING if engagement.assessments else ASSESSMENT


def assessable_models(engagement: Engagement) -> list[MaturityModel]:
    """Return the maturity models that hold practices, in their order."""
    holding = {
        engagement.dimensions[engagement.themes[theme_id].dimension_id].model_id
        for theme_id in engagement.referring("practices", "theme_id")
    }
    return [model for model in ordered_models(engagement) if model.id in holding]


GUIDANCE: Final = (
    (
        N_("There are no teams to assess yet"),
        N_("Teams are what an assessment is about: add them on the organization page."),
        (("assessment.go-organization", "organization", N_("Go to the organization"), N_("Add units and teams, or paste them from a spreadsheet")),
         ("demo", "demo", N_("Look at the demo"), N_("See what an assessment looks like; this file stays as it is"))),
    ),
    (
        N_("There are no practices to assess yet"),
        N_("A maturity model holds the practices teams are assessed against."),
        (("import", "import", N_("Import a model"), N_("OWASP DSOMM, SAMM, Measure-Mate, a table or another engagement")),
         ("assessment.go-practices", "practices", N_("Go to the practices"), N_("Write practices of your own"))),
    ),
    (
        N_("There is no assessment yet"),
        N_("An assessment is a dated picture of where each team stands; the next one shows what changed."),
        (("assessment.start-empty", "assessment", N_("Start the first assessment"), N_("Rate teams with the keys 1 to 9, or by mouse")),),
    ),
)  # fmt: skip
"""Heading, sentence and offers of each state with nothing to show, in the order of what is missing."""
