"""What a coach judged of a practice, which stays when the model it came from is read again."""

from __future__ import annotations

import dataclasses

from planner.domain.practice import Practice


def with_judgement(practice: Practice, before: Practice | None) -> Practice:
    """Return a practice as its source tells it, with what a coach said of it `before`: weight, ratings, comments."""
    if before is None:
        return practice
    return dataclasses.replace(
        practice, weight=before.weight, usefulness=before.usefulness, comments=before.comments,
        knowledge_difficulty=before.knowledge_difficulty, time_difficulty=before.time_difficulty,
        resources_difficulty=before.resources_difficulty, resources=before.resources or practice.resources,
        references=before.references or practice.references, level=before.level if practice.level is None else practice.level,
    )  # fmt: skip
