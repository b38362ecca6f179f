"""What breeding makes of plans: shorter ones that keep to everything, the same for the same seed."""

from __future__ import annotations

import pytest

from planner.analysis.sequence.evolve import Breeder, can_breed
from planner.analysis.sequence.placing import Placement, place
from planner.analysis.sequence.problem import Problem, build_problem
from planner.domain.engagement import Engagement
from planner.domain.initiative import Link, LinkType
from tests.bench.roadmaps import roadmap
from tests.properties.plan_checker import faults_of


def faults(engagement: Engagement, problem: Problem, plan: Placement) -> list[str]:
    placed = zip(problem.tasks, plan.starts, plan.ends, strict=True)
    spans = {task.initiative_id: (problem.day(start), problem.day(end - 1)) for task, start, end in placed}
    return faults_of(engagement, spans)


def with_links(engagement: Engagement, kind: LinkType, lag: float) -> Engagement:
    """Return the plan with its links changed: those that let work overlap need orders put right."""
    links = [
        Link(id=one.id, predecessor_id=one.predecessor_id, successor_id=one.successor_id, type=kind, lag_days=lag)
        for one in engagement.links.values()
    ]
    others = [one for kind, by_id in engagement.by_kind().items() if kind != "links" for one in by_id.values()]
    return Engagement.of([*others, *links])


@pytest.mark.parametrize(
    ("kind", "lag"),
    [(LinkType.FINISH_TO_START, 0), (LinkType.START_TO_START, 2), (LinkType.FINISH_TO_FINISH, -3)],
)
def test_what_is_bred_keeps_to_everything_and_is_shorter(kind: LinkType, lag: float) -> None:
    engagement = with_links(roadmap(30, 3), kind, lag)
    problem = build_problem(engagement)
    assert can_breed(problem)
    priority = [float(task.duration) for task in problem.tasks]
    breeder = Breeder(problem, seed=1)
    breeder.found(priority)
    founded = max(breeder.best.ends)
    breeder.breed(200)
    assert faults(engagement, problem, breeder.best) == []
    assert max(breeder.best.ends) <= founded <= max(place(problem, priority).ends)
    again = Breeder(problem, seed=1)
    again.found(priority)
    again.breed(200)
    assert again.best == breeder.best
