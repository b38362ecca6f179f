"""The Assessment page: every state of a cell, the card and its parts, each roll-up, two assessments compared, prompts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from PySide6.QtWidgets import QWidget

from planner.domain.assessment import AnswerState
from planner.domain.changes import Label
from planner.domain.organization import Team, Unit
from planner.domain.practice import Dimension, MaturityModel, Practice, Scale, ScaleOption, Theme
from planner.domain.settings import RollUp
from planner.editing import assessments
from planner.editing.step import step
from tests.scenes.stage import Stage

_REASON = "The platform is run by the group, which decides it once a year with all its subsidiaries"
_EVIDENCE = "https://wiki.example.org/pipelines, shown to us on the day"


def scenes(stage: Stage) -> Iterator[tuple[str, QWidget]]:
    """Play on the demo."""
    page = stage.show_page("assessment")
    window = stage.roadbook.window
    page.setFocus()
    yield "assessment", window
    yield from _compared(stage, page)
    _answer_in_every_way(page)
    stage.settle()
    yield "assessment-every-state", window
    yield from _card(stage, page)
    yield from _prompts(stage, page)
    for method in RollUp:
        page.bar.method_chosen.emit(method)
        stage.settle()
        yield f"assessment-{method.value}", window
    stage.trigger("assessment.turn")
    yield "assessment-turned", window
    stage.trigger("assessment.turn")
    stage.trigger("assessment.fold-all")
    yield "assessment-folded", window
    stage.trigger("assessment.unfold-all")
    stage.trigger("select-all")
    yield "assessment-all-selected", window
    page.heatmap.select((2, 3))
    heading, lines = page._describe(*page.heatmap.current_lines())
    page.heatmap._tip.show_at(window.mapToGlobal(window.rect().center()), heading, lines)
    yield "assessment-tip", page.heatmap._tip
    page.heatmap._tip.hide()


def empty_scenes(stage: Stage) -> Iterator[tuple[str, QWidget]]:
    """Play on an engagement that gets its teams, then its practices, then its first assessment."""
    window = stage.roadbook.window
    page = stage.show_page("assessment")
    yield "assessment-empty", window
    stage.show_page("organization")
    opened = stage.roadbook.opened
    assert opened is not None
    for make in _first_steps():
        opened.edit(make(opened.engagement))
        stage.show_page("assessment")
        name = "no-assessment" if opened.engagement.practices else "no-practices"
        yield f"assessment-{name}", window
    stage.trigger("assessment.start-empty")
    page.setFocus()
    stage.settle()
    yield "assessment-first", window


def _first_steps() -> Iterator[Any]:
    options = (ScaleOption(score=0.0, text="Not yet"), ScaleOption(score=1.0, text="Everywhere"))
    steps = (
        (Unit(id="u", name="Rivage"), Team(id="t", name="Quay", unit_id="u"), Team(id="s", name="Tide", unit_id="u")),
        (
            MaturityModel(id="m", name="Ours"), Scale(id="k", model_id="m", name="Two", options=options),
            Dimension(id="d", model_id="m", name="Delivery"), Theme(id="h", dimension_id="d", name="Build"),
            Practice(id="p", theme_id="h", name="Trunk-based development", scale_id="k"),
        ),
    )  # fmt: skip
    for put in steps:
        yield lambda engagement, put=put: step(engagement, Label("import-files", {"names": "teams"}), put=put)


def _compared(stage: Stage, page: Any) -> Iterator[tuple[str, QWidget]]:
    held = sorted(page.engagement.assessments.values(), key=lambda one: one.held_on)
    for earlier, later in pairwise(held):
        page.show_assessment(later.id)
        page.compare_with(earlier.id)
        stage.settle()
    yield "assessment-compared", stage.roadbook.window
    page.compare_with("")
    stage.settle()


def _answer_in_every_way(page: Any) -> None:
    """Give the first team an answer of every state, with and without what may stand beside it."""
    places = [page.heatmap.place_at(row, column) for row in range(8) for column in range(20)]
    places = [place for place in places if place is not None]
    if not page.can_answer:
        page.verbs.start(carried=True)
    yesterday = date.today() - timedelta(days=1)
    told = (
        {"state": AnswerState.NOT_APPLICABLE, "reason": _REASON},
        {"state": AnswerState.DECLINED, "reason": _REASON},
        {"state": AnswerState.OUTSIDE_OUR_CONTROL, "reason": _REASON},
        {"state": AnswerState.UNANSWERED},
        {"state": AnswerState.ANSWERED, "score": 0.5, "confidence": 0.2, "evidence": _EVIDENCE},
        {"state": AnswerState.ANSWERED, "score": 1.0, "confidence": 1.0, "expiry": yesterday},
    )
    fields = dict(zip(places, told, strict=False))
    page.edit(lambda engagement: assessments.record_many(engagement, assessment_id=page.assessment_id, fields=fields))
    page.edit(lambda engagement: assessments.aim(engagement, places=places[4:6], score=0.75))
    page.heatmap.select_place(places[4])


def _card(stage: Stage, page: Any) -> Iterator[tuple[str, QWidget]]:
    window = stage.roadbook.window
    for part, action_id in (("answer", "open-card"), ("target", "target")):
        stage.trigger(f"assessment.{action_id}")
        yield f"assessment-card-{part}", window
    page.card.tabs.setCurrentIndex(2)
    stage.settle()
    yield "assessment-card-votes", window
    page.card.leave()


def _prompts(stage: Stage, page: Any) -> Iterator[tuple[str, QWidget]]:
    window = stage.roadbook.window
    for action_id in ("assessment.declined", "rename", "assessment.close"):
        stage.trigger(action_id)
        yield f"assessment-asked-{action_id.rpartition('.')[2]}", window
        page.prompt.leave()
    stage.trigger("assessment.confidence")
    yield "assessment-confidences", window
    page.verbs._menu.close()
