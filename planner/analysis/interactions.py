"""What stands out in how teams work together: silos, what blocks, what was meant to have ended.

For the interaction map and whoever speaks of silos. A silo is a team, or a set of teams, that nothing joins to the
rest, or that only hand-offs join: work is passed over a wall there, nobody works on it together. Where the teams fall
apart, the part with more than half of them is what the others are apart from; without such a part each is a silo.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from planner.domain.engagement import Engagement
from planner.domain.organization import Interaction, InteractionHealth, InteractionMode


class FindingKind(enum.Enum):
    """Why something stands out."""

    ALONE = "team without any interaction"
    APART = "set of teams without interaction across"
    HAND_OFFS_ONLY = "joined to the rest by hand-offs alone"
    BLOCKING = "interaction that blocks"
    OVERDUE = "interaction past its expected end"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that stands out: the teams and the interactions it names; `days_late` for what is overdue."""

    kind: FindingKind
    team_ids: tuple[str, ...] = ()
    interaction_ids: tuple[str, ...] = ()
    days_late: int = 0


def find_all(engagement: Engagement, *, today: date) -> tuple[Finding, ...]:
    """Return everything that stands out, the gravest first: what blocks, silos, what is overdue."""
    return (*find_blocking(engagement), *find_silos(engagement), *find_overdue(engagement, today=today))


def find_blocking(engagement: Engagement) -> tuple[Finding, ...]:
    """Return every interaction whose health is blocking, by the names of its teams."""
    return tuple(
        _of_interaction(FindingKind.BLOCKING, interaction)
        for interaction in _by_names(engagement, engagement.interactions.values())
        if interaction.health is InteractionHealth.BLOCKING
    )


def find_overdue(engagement: Engagement, *, today: date) -> tuple[Finding, ...]:
    """Return every interaction still there past its expected end, the latest first."""
    late = [
        (today - interaction.expected_end, interaction)
        for interaction in _by_names(engagement, engagement.interactions.values())
        if interaction.expected_end is not None and interaction.expected_end < today
    ]
    late.sort(key=lambda pair: pair[0], reverse=True)
    return tuple(_of_interaction(FindingKind.OVERDUE, interaction, days_late=past.days) for past, interaction in late)


def find_silos(engagement: Engagement) -> tuple[Finding, ...]:
    """Return every silo, larger ones first; none as long as no interaction is known, for then nothing is."""
    if len(engagement.teams) < 2 or not engagement.interactions:
        return ()
    joined = _parts(engagement.teams, engagement.interactions.values())
    silos = [_silo(engagement, part) for part in _apart_from_the_rest(joined, len(engagement.teams))]
    for part in joined:
        inside = [each for each in engagement.interactions.values() if each.from_team_id in part]
        working = [each for each in inside if each.mode is not InteractionMode.HAND_OFF]
        clusters = _parts(part, working)
        silos.extend(
            Finding(
                kind=FindingKind.HAND_OFFS_ONLY,
                team_ids=_in_order(engagement, cluster),
                interaction_ids=tuple(
                    each.id for each in inside if (each.from_team_id in cluster) != (each.to_team_id in cluster)
                ),
            )
            for cluster in _apart_from_the_rest(clusters, len(part))
        )
    return tuple(sorted(silos, key=lambda silo: (-len(silo.team_ids), _names(engagement, silo.team_ids))))


def _parts(team_ids: Iterable[str], interactions: Iterable[Interaction]) -> list[frozenset[str]]:
    """Return the sets of teams that interactions join, whatever their direction."""
    import networkx as nx  # noqa: PLC0415  half a second's work, for whoever asks only

    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(team_ids)
    graph.add_edges_from((each.from_team_id, each.to_team_id) for each in interactions)
    return [frozenset(part) for part in nx.connected_components(graph)]


def _apart_from_the_rest(parts: list[frozenset[str]], count: int) -> list[frozenset[str]]:
    return [part for part in parts if len(part) * 2 <= count] if len(parts) > 1 else []


def _silo(engagement: Engagement, part: frozenset[str]) -> Finding:
    kind = FindingKind.ALONE if len(part) == 1 else FindingKind.APART
    return Finding(kind=kind, team_ids=_in_order(engagement, part))


def _of_interaction(kind: FindingKind, interaction: Interaction, *, days_late: int = 0) -> Finding:
    return Finding(
        kind=kind,
        team_ids=(interaction.from_team_id, interaction.to_team_id),
        interaction_ids=(interaction.id,),
        days_late=days_late,
    )


def _in_order(engagement: Engagement, team_ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(team_ids, key=lambda team_id: (engagement.teams[team_id].name, team_id)))


def _names(engagement: Engagement, team_ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(engagement.teams[team_id].name for team_id in team_ids)


def _by_names(engagement: Engagement, interactions: Iterable[Interaction]) -> list[Interaction]:
    return sorted(interactions, key=lambda each: (*_names(engagement, (each.from_team_id, each.to_team_id)), each.id))
