"""What comes first where nothing can be ranked: initiatives, then the criteria they are scored on."""

from __future__ import annotations

from typing import Final

from planner.language import N_
from ui.widgets.guidance import Guidance
from ui.workbench import Workbench

_NO_INITIATIVES: Final = (
    ("go-timeline", "timeline", N_("Go to the timeline"), N_("Add initiatives to the plan")),
    ("import", "import", N_("Import"), N_("An engagement as JSON, or a maturity model")),
)
_NO_CRITERIA: Final = (
    (
        "priorities.add-formula-criteria",
        "add-inside",
        N_("Add the criteria of the formula"),
        N_("One for each of its parts, from 1 to 10"),
    ),
    ("priorities.add-criterion", "add", N_("Add a criterion of your own"), N_("Name it and set its range")),
)


def guide_to_initiatives(workbench: Workbench) -> Guidance:
    """Return where initiatives come from, while there are none."""
    return Guidance(
        workbench.surroundings,
        workbench.actions,
        heading=N_("Nothing to rank yet"),
        sentence=N_("Initiatives come from the plan; here they are scored and put in order."),
        offers=_NO_INITIATIVES,
    )


def guide_to_criteria(workbench: Workbench) -> Guidance:
    """Return what makes criteria, while there are none."""
    return Guidance(
        workbench.surroundings,
        workbench.actions,
        heading=N_("No criteria yet"),
        sentence=N_("Initiatives are scored on criteria, and a formula makes one worth of the scores."),
        offers=_NO_CRITERIA,
    )
