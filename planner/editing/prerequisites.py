"""What a person does on the prerequisite map: let one practice build on another, from which score on."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from planner.domain.changes import Changes, Label
from planner.domain.engagement import Engagement
from planner.domain.identity import new_id
from planner.domain.practice import Prerequisite
from planner.editing.entities import find
from planner.editing.naming import name_of
from planner.editing.step import step


def require_practice(
    engagement: Engagement, *, practice_id: str, required_practice_id: str, minimum_score: float = 1.0
) -> Changes:
    """Let a practice build on another one, which must first reach `minimum_score` (0 to 1).

    Raises UserError "prerequisite-circle" when it would, in the end, build on itself, and "duplicate-pair" when it
    builds on the other already.
    """
    practice, required = (find(engagement, "practices", each) for each in (practice_id, required_practice_id))
    prerequisite = Prerequisite(
        id=new_id(), practice_id=practice.id, required_practice_id=required.id, minimum_score=minimum_score
    )
    label = Label(
        "require-practice", {"practice": name_of(engagement, practice), "required": name_of(engagement, required)}
    )
    return step(engagement, label, put=[prerequisite])


def set_minimum_score(engagement: Engagement, prerequisite_ids: Iterable[str], minimum_score: float) -> Changes:
    """Give prerequisites a minimum score (0 to 1), in one step."""
    changed = [
        dataclasses.replace(find(engagement, "prerequisites", each), minimum_score=minimum_score)
        for each in prerequisite_ids
    ]
    return step(engagement, Label("set-minimum-score", {"count": len(changed)}), put=changed)
