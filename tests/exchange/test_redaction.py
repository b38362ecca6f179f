"""What is taken out before an engagement is shared."""

from __future__ import annotations

import dataclasses

import pytest

from planner.domain.engagement import Engagement
from planner.exchange.json_file import encode
from planner.exchange.redaction import Redaction, redact
from planner.language import Language
from tests import builders as a

FRENCH = Language("fr")


@pytest.fixture
def engagement() -> Engagement:
    return a.engagement(*a.sample_of_every_kind())


def test_nothing_asked_for_is_the_same_value(engagement: Engagement) -> None:
    assert redact(engagement, Redaction(), language=FRENCH) is engagement


def test_no_amount_of_money_is_left(engagement: Engagement) -> None:
    redacted = redact(engagement, Redaction(costs=True), language=FRENCH)
    assert any(initiative.cost for initiative in engagement.initiatives.values())
    assert all(initiative.cost is None for initiative in redacted.initiatives.values())
    assert all(risk.impact_cost is None for risk in redacted.risks.values())
    assert redacted.teams == engagement.teams


def test_no_owner_and_no_respondent_is_left(engagement: Engagement) -> None:
    redacted = redact(engagement, Redaction(people=True), language=FRENCH)
    for kind in ("initiatives", "risks", "targets"):
        assert any(one.owner for one in engagement.kind(kind).values()), kind
        assert not any(one.owner for one in redacted.kind(kind).values()), kind
    assert not any(vote.respondent for vote in redacted.votes.values())


def test_teams_lose_their_names_and_nothing_else_of_the_plan(engagement: Engagement) -> None:
    redacted = redact(engagement, Redaction(teams=True), language=FRENCH)
    names = {team.name for team in redacted.teams.values()}
    assert names == {f"Équipe {number}" for number in range(1, len(engagement.teams) + 1)}
    assert redacted.estimates == engagement.estimates
    assert redacted.initiatives == engagement.initiatives


def test_a_redacted_export_does_not_hold_what_was_taken_out() -> None:
    hidden = "Zanzibar-4711"
    entities = [
        a.unit(id="u"),
        a.team(id="t", name=hidden, unit_id="u"),
        dataclasses.replace(a.initiative(id="i"), owner=hidden, cost=47_114_711.0),
    ]
    engagement = a.engagement(*entities)
    assert hidden.encode() in encode(engagement)
    redacted = encode(redact(engagement, Redaction(costs=True, people=True, teams=True), language=FRENCH))
    assert hidden.encode() not in redacted
    assert b"47114711" not in redacted
