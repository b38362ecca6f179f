"""What DSOMM's files say, section by section, as plain values: nothing of the engagement is known here.

A file is told by what is in it, not by its name: activities (dimension > sub-dimension > activity, in the generated
shape of any version, or a few of them in a custom file that adds to the model or overrides it), the model's version,
progress states, teams and groups, progress by team. One file may hold several of these, in one or more documents.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from planner.domain.errors import UserError
from planner.exchange.import_report import Remark, remark
from planner.exchange.models.cleaning import clean_line, clean_text
from planner.exchange.models.dsomm_activity import ACTIVITY_SIGNS, Activity, looks_like_activity, read_activity
from planner.exchange.models.yaml_nodes import Node, Shape, day_of, read_yaml, share_of, text_of, truth_of, walk

_MODEL_SIGNS: Final = frozenset({"version", "released", "publisher"})
_SETTINGS: Final = frozenset(
    {
        "progressDefinition", "teamProgressFile", "teamEvidenceFile", "activityFiles", "strings", "lang", "teams",
        "teamGroups", "progress", "implementations", "allowChangeTeamNameInBrowser", "checkForUpdates", "evidence",
    }
)  # fmt: skip
_TELLING: Final = frozenset({"progressDefinition", "teams", "teamGroups", "progress", "implementations", "strings"})


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A progress state: its name and what it is worth, from 0 to 1."""

    name: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What a progress file says of one team and one activity: (state, day or None, as written), in its order."""

    activity: str
    team: str
    place: str
    states: tuple[tuple[str, date | None, str], ...]


@dataclass(slots=True)
class Source:
    """All that the files given together say; `ignored` are (dimension, theme or None for all of it, place)."""

    version: str = ""
    released: date | None = None
    publisher: str = ""
    has_model_head: bool = False
    activities: list[Activity] = field(default_factory=list)
    states: list[State] | None = None
    teams: list[str] | None = None
    groups: dict[str, list[str]] = field(default_factory=dict)
    all_teams_name: str = ""
    progress: list[Progress] | None = None
    implementations: dict[str, Node] = field(default_factory=dict)
    ignored: list[tuple[str, str | None, str]] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)
    problems: list[Remark] = field(default_factory=list)


def read_source(paths: Sequence[Path]) -> Source:
    """Return what the files say; UserError for YAML that cannot be read or that is nothing of DSOMM's."""
    source = Source()
    read = [(path, read_yaml(path)) for path in paths]
    for _path, documents in read:
        for document in documents:
            for name, _line, node in walk(document.get("implementations") or Node(Shape.MAPPING, 0)):
                source.implementations[name] = node
    for path, documents in read:
        recognised = False
        for number, document in enumerate(documents):
            recognised |= _read_document(source, path, f"{path}#{number}", document)
        if not recognised:
            raise UserError("dsomm-not-recognised", path=str(path))
    return source


def _read_document(source: Source, path: Path, document_id: str, document: Node) -> bool:
    if document.shape is not Shape.MAPPING:
        return False
    recognised = False
    head = document.entries.get("meta")
    is_head = head is not None and head.shape is Shape.MAPPING and bool(_MODEL_SIGNS & head.entries.keys())
    if head is not None and is_head:
        _read_head(source, head)
        recognised = True
    settings = _settings_in(document)
    if settings & _TELLING or (settings and not any(map(_is_dimension, document.entries.values()))):
        _read_settings(source, path, document)
        return True
    for name, line, node in walk(document):
        if name == "meta" and is_head:
            continue
        if name.startswith("_"):
            source.problems.append(remark("section-left-out", place=f"{path.name}:{line}", section=name))
            continue
        if node.shape is Shape.MAPPING and _is_ignored(node):
            source.ignored.append((clean_line(name), None, f"{path.name}:{line}"))
            recognised = True
        elif node.shape is Shape.MAPPING:
            recognised |= _read_dimension(source, path, document_id, name, node)
    return recognised


def _settings_in(document: Node) -> frozenset[str]:
    """Return the settings a document holds; a list of objects called teams is somebody else's, DSOMM's are names."""
    found = _SETTINGS & document.entries.keys()
    teams = document.entries.get("teams")
    if teams is not None and teams.shape is not Shape.MAPPING and all(text_of(item) is None for item in teams.items):
        found -= {"teams"}
    return found


def _is_dimension(node: Node) -> bool:
    return node.shape is Shape.MAPPING and any(
        theme.shape is Shape.MAPPING and any(map(looks_like_activity, theme.entries.values()))
        for theme in node.entries.values()
    )


def _read_head(source: Source, head: Node) -> None:
    source.has_model_head = True
    version, released, publisher = (head.get(key) for key in ("version", "released", "publisher"))
    source.version = clean_line(text_of(version) or "") if version else source.version
    source.released = day_of(released) if released else source.released
    source.publisher = clean_line(text_of(publisher) or "") if publisher else source.publisher


def _read_dimension(source: Source, path: Path, document_id: str, dimension: str, node: Node) -> bool:
    """Read the activities of one dimension; tell whether any of it is DSOMM's."""
    recognised = False
    for theme, line, activities in walk(node):
        if activities.shape is not Shape.MAPPING:
            source.problems.append(
                remark("section-left-out", place=f"{path.name}:{line}", section=f"{dimension} / {theme}")
            )
            continue
        if _is_ignored(activities):
            source.ignored.append((clean_line(dimension), clean_line(theme), f"{path.name}:{line}"))
            recognised = True
            continue
        for name, activity_line, activity in walk(activities):
            read = read_activity(
                activity,
                name=name,
                theme=theme,
                dimension=dimension,
                place=f"{path.name}:{activity_line}",
                document_id=document_id,
                implementations=source.implementations,
            )
            source.activities.append(read)
            recognised |= activity.shape is Shape.MAPPING and bool(ACTIVITY_SIGNS & activity.entries.keys())
    return recognised


def _is_ignored(node: Node) -> bool:
    mark = node.get("ignore")
    return mark is not None and truth_of(mark) is True


def _read_settings(source: Source, path: Path, document: Node) -> None:
    for name, line, node in walk(document):
        place = f"{path.name}:{line}"
        if name == "progressDefinition":
            _read_states(source, path, node)
        elif name == "teams":
            _read_teams(source, place, node)
        elif name == "teamGroups":
            _read_groups(source, place, node)
        elif name == "progress":
            _read_progress(source, path, place, node)
        elif name == "strings":
            _read_strings(source, node)
        elif (name not in _SETTINGS and name != "meta") or (name == "evidence" and not node.is_empty):
            source.problems.append(remark("section-left-out", place=place, section=name))


def _read_states(source: Source, path: Path, node: Node) -> None:
    states = []
    for name, line, value in walk(node):
        worth = value.get("score") if value.shape is Shape.MAPPING else value
        share = share_of(worth) if worth is not None else None
        if share is None or not clean_line(name):
            source.problems.append(remark("state-not-a-share", place=f"{path.name}:{line}", state=name))
        else:
            states.append(State(name=clean_line(name), score=share))
    source.states = states or source.states


def _read_teams(source: Source, place: str, node: Node) -> None:
    elsewhere = node.get("$ref") if node.shape is Shape.MAPPING else None
    if elsewhere is not None:
        source.places["teams"] = place
        source.places["teams-elsewhere"] = text_of(elsewhere) or ""
        return
    found = list(node.entries) if node.shape is Shape.MAPPING else [text_of(item) or "" for item in node.items]
    source.teams = source.teams or []
    source.teams.extend(clean_line(name) for name in found)
    source.places["teams"] = place


def _read_groups(source: Source, place: str, node: Node) -> None:
    if node.get("$ref") is not None:
        return
    for name, _line, members in walk(node):
        named = [clean_line(text_of(item) or "") for item in members.items]
        source.groups.setdefault(clean_line(name), []).extend(named)
        source.places[f"group:{clean_line(name)}"] = place


def _read_strings(source: Source, node: Node) -> None:
    for _language, _line, strings in walk(node):
        named = strings.get("allTeamsGroupName") if strings.shape is Shape.MAPPING else None
        if named is not None and not source.all_teams_name:
            source.all_teams_name = clean_line(text_of(named) or "")


def _read_progress(source: Source, path: Path, place: str, node: Node) -> None:
    found = []
    for activity, line, teams in walk(node):
        if teams.shape is not Shape.MAPPING:
            if not teams.is_empty:
                found.append(Progress(activity=activity, team="", place=f"{path.name}:{line}", states=()))
            continue
        for team, team_line, states in walk(teams):
            said: tuple[tuple[str, date | None, str], ...] = tuple(
                (clean_line(state), day_of(day), clean_text(text_of(day) or "")[:40])
                for state, _line, day in walk(states)
            )
            found.append(
                Progress(
                    activity=activity.strip(), team=clean_line(team), place=f"{path.name}:{team_line}", states=said
                )
            )
    if not found:
        source.problems.append(remark("no-progress", place=place))
    source.progress = [*(source.progress or []), *found]
