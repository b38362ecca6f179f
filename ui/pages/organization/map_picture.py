"""The teams and their interactions as a diagram: shapes by topology, lines by mode, weight and sign by health.

Shapes follow Team Topologies (Skelton and Pais, 2019). What stands out is marked by a sign and an outline besides its
colour.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from planner.analysis.interactions import Finding, FindingKind
from planner.domain.engagement import Engagement
from planner.domain.organization import Interaction, InteractionHealth, InteractionMode, Team, Topology
from planner.language import N_, NN_, Language
from planner.words import INTERACTION_HEALTH_WORDS, INTERACTION_MODE_WORDS, TOPOLOGY_WORDS
from ui.diagram.values import Diagram, Edge, Node, Region, Sample, Shape, Stroke, Symbol, Tone

SHAPES: Final = {
    Topology.STREAM_ALIGNED: Shape.BAR,
    Topology.PLATFORM: Shape.BOX,
    Topology.ENABLING: Shape.COLUMN,
    Topology.COMPLICATED_SUBSYSTEM: Shape.OCTAGON,
    Topology.UNKNOWN: Shape.PLAIN,
}
_CATEGORIES: Final = {
    Topology.STREAM_ALIGNED: 4,
    Topology.PLATFORM: 0,
    Topology.ENABLING: 3,
    Topology.COMPLICATED_SUBSYSTEM: 1,
    Topology.UNKNOWN: None,
}
_STROKES: Final = {
    InteractionMode.COLLABORATION: Stroke.DOUBLE,
    InteractionMode.X_AS_A_SERVICE: Stroke.SINGLE,
    InteractionMode.FACILITATING: Stroke.DOTTED,
    InteractionMode.HAND_OFF: Stroke.DASHED,
}
_TONES: Final = {
    InteractionHealth.OK: (Tone.PLAIN, Symbol.NONE),
    InteractionHealth.SLOWING: (Tone.WARNING, Symbol.SLOW),
    InteractionHealth.BLOCKING: (Tone.DANGER, Symbol.STOP),
}
_SILOS: Final = frozenset({FindingKind.ALONE, FindingKind.APART, FindingKind.HAND_OFFS_ONLY})

Places = Mapping[str, tuple[float, float]]


def draw_map(
    engagement: Engagement,
    findings: Iterable[Finding],
    places: Places,
    language: Language,
    *,
    today: date,
    wanted: str = "",
) -> Diagram:
    """Return the map of the teams that have a place, with what stands out marked and everything worded.

    Teams whose name, group and topology do not hold `wanted` stand back, with the interactions between them.
    """
    findings = tuple(findings)
    in_silos = {team_id for finding in findings if finding.kind in _SILOS for team_id in finding.team_ids}
    interactions = [
        each for each in engagement.interactions.values() if each.from_team_id in places and each.to_team_id in places
    ]
    counts: dict[str, int] = {}
    for each in interactions:
        for team_id in (each.from_team_id, each.to_team_id):
            counts[team_id] = counts.get(team_id, 0) + 1
    teams = [team for team in engagement.teams.values() if team.id in places]
    words = _NodeWords(engagement, language)
    drawn = Diagram(
        nodes=tuple(
            _node(team, places[team.id], words, interactions=counts.get(team.id, 0), silo=team.id in in_silos)
            for team in teams
        ),
        edges=tuple(_edge(engagement, each, language, today=today) for each in interactions),
        regions=tuple(_regions(engagement, teams)),
        legend=legend(language),
        title=engagement.setting.name,
    )
    return _stand_back(engagement, drawn, wanted.casefold(), language) if wanted else drawn


def _stand_back(engagement: Engagement, drawn: Diagram, wanted: str, language: Language) -> Diagram:
    found = set()
    for node in drawn.nodes:
        team = engagement.teams[node.id]
        texts = (
            team.name,
            language.gettext(TOPOLOGY_WORDS[team.topology]),
            *(engagement.groups[group_id].name for group_id in team.group_ids),
        )
        if any(wanted in text.casefold() for text in texts):
            found.add(node.id)
    return replace(
        drawn,
        nodes=tuple(replace(node, vivid=node.id in found) for node in drawn.nodes),
        edges=tuple(replace(edge, vivid=not found.isdisjoint((edge.source, edge.target))) for edge in drawn.edges),
    )


def word_interaction(engagement: Engagement, interaction: Interaction, language: Language, *, today: date) -> str:
    """Return an interaction in words: its teams, its mode, its health and, where it is late, since when."""
    teams = engagement.teams
    text = language.gettext(N_("{team} to {other}: {mode}, {health}")).format(
        team=teams[interaction.from_team_id].name,
        other=teams[interaction.to_team_id].name,
        mode=language.gettext(INTERACTION_MODE_WORDS[interaction.mode]),
        health=language.gettext(INTERACTION_HEALTH_WORDS[interaction.health]),
    )
    end = interaction.expected_end
    if end is not None:
        late = N_("{interaction}; was to end on {date}") if end < today else N_("{interaction}; to end on {date}")
        text = language.gettext(late).format(interaction=text, date=language.date(end))
    return text


def legend(language: Language) -> tuple[Sample, ...]:
    """Return what the shapes, lines and signs of the map mean."""
    topologies = tuple(
        Sample(
            text=language.gettext(TOPOLOGY_WORDS[topology]),
            node=Node(id=topology.value, text="", shape=SHAPES[topology], category=_CATEGORIES[topology]),
        )
        for topology in Topology
    )
    modes = tuple(
        Sample(
            text=language.gettext(INTERACTION_MODE_WORDS[mode]),
            edge=Edge(id=mode.value, source="", target="", stroke=_STROKES[mode]),
        )
        for mode in InteractionMode
    )
    healths = tuple(
        Sample(
            text=language.gettext(INTERACTION_HEALTH_WORDS[health]),
            edge=Edge(id=health.value, source="", target="", tone=_TONES[health][0], symbol=_TONES[health][1]),
        )
        for health in (InteractionHealth.SLOWING, InteractionHealth.BLOCKING)
    )
    return (
        *topologies,
        *modes,
        *healths,
        Sample(
            text=language.gettext(N_("Past its expected end")),
            edge=Edge(id="late", source="", target="", symbol=Symbol.LATE),
        ),
        Sample(
            text=language.gettext(N_("Silo: no work together with the rest")),
            node=Node(id="silo", text="", shape=Shape.BOX, tone=Tone.DANGER, symbol=Symbol.APART),
        ),
    )


class _NodeWords:
    """What is said of teams, each count of people and interactions worded once."""

    def __init__(self, engagement: Engagement, language: Language) -> None:
        self._engagement = engagement
        self._language = language
        self._counted: dict[tuple[tuple[str, str], int], str] = {}

    def people(self, team: Team) -> str:
        """Return how many people a team has; nothing where that is not known."""
        return self._count(NN_("{count} person", "{count} people"), team.headcount) if team.headcount else ""

    def description(self, team: Team, *, interactions: int, silo: bool) -> str:
        """Return a team in words."""
        language = self._language
        words = [
            language.gettext(N_("{team}, in {unit}: {topology}")).format(
                team=team.name,
                unit=self._engagement.units[team.unit_id].name,
                topology=language.gettext(TOPOLOGY_WORDS[team.topology]),
            ),
            self._count(NN_("{count} interaction", "{count} interactions"), interactions),
        ]
        if silo:
            words.append(language.gettext(N_("a silo: nobody works together with it")))
        return "; ".join(words)

    def _count(self, words: tuple[str, str], count: int) -> str:
        known = self._counted.get((words, count))
        if known is None:
            language = self._language
            known = language.ngettext(*words, count).format(count=language.number(count, decimals=0))
            self._counted[words, count] = known
        return known


def _node(team: Team, place: tuple[float, float], words: _NodeWords, *, interactions: int, silo: bool) -> Node:
    return Node(
        id=team.id,
        text=team.name,
        caption=words.people(team),
        description=words.description(team, interactions=interactions, silo=silo),
        shape=SHAPES[team.topology],
        category=_CATEGORIES[team.topology],
        tone=Tone.DANGER if silo else Tone.PLAIN,
        symbol=Symbol.APART if silo else Symbol.NONE,
        x=place[0],
        y=place[1],
    )


def _edge(engagement: Engagement, interaction: Interaction, language: Language, *, today: date) -> Edge:
    tone, symbol = _TONES[interaction.health]
    late = interaction.expected_end is not None and interaction.expected_end < today
    return Edge(
        id=interaction.id,
        source=interaction.from_team_id,
        target=interaction.to_team_id,
        description=word_interaction(engagement, interaction, language, today=today),
        stroke=_STROKES[interaction.mode],
        tone=tone,
        symbol=Symbol.LATE if late and symbol is Symbol.NONE else symbol,
    )


def _regions(engagement: Engagement, teams: Iterable[Team]) -> Iterable[Region]:
    by_unit: dict[str, list[str]] = {}
    for team in teams:
        by_unit.setdefault(team.unit_id, []).append(team.id)
    for unit_id, team_ids in by_unit.items():
        yield Region(id=unit_id, text=engagement.units[unit_id].name, node_ids=tuple(team_ids))
