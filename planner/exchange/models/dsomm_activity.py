"""One activity of DSOMM as the fields of a practice, with a remark for everything that had to change on the way.

Only the fields the source gives are there, so that a custom file can override a few of them. "none" among the tags is
DSOMM's word for no tags.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from planner.domain.practice import Reference, Resource
from planner.editing.field_rules import LONGEST_LIST, LONGEST_TEXT
from planner.exchange.import_report import Remark, remark
from planner.exchange.models.cleaning import clean_line, clean_text, is_clean
from planner.exchange.models.yaml_nodes import Node, Shape, text_of, truth_of, walk, whole_number_of

ACTIVITY_SIGNS: Final = frozenset(
    {
        "uuid", "level", "risk", "measure", "difficultyOfImplementation", "usefulness", "dependsOn", "ignore",
        "isImplemented", "teamsImplemented", "teamsEvidence", "comments", "implementation",
    }
)  # fmt: skip
"""Fields that tell an activity from anything else."""

SINGLE_TEAM: Final = "Default"
"""The team meant where a file speaks of one team without naming it."""

_TEXTS: Final = {"description": "description", "risk": "risk", "assessment": "verification"}
_DIFFICULTIES: Final = {
    "knowledge": "knowledge_difficulty",
    "time": "time_difficulty",
    "resources": "resources_difficulty",
}
_COMMENTS: Final = ("comments", "comment", "credits")
_SILENT: Final = frozenset({"uuid", "ignore"})


@dataclass(slots=True, kw_only=True)
class Activity:
    """An activity as one place in a source tells it; `fields` are those of a practice, `rejected` says why not."""

    name: str
    theme: str
    dimension: str
    place: str
    document_id: str
    source_id: str = ""
    fields: dict[str, Any] = field(default_factory=dict)
    depends_on: list[str] | None = None
    implemented: dict[str, bool] = field(default_factory=dict)
    evidence: dict[str, str] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    is_ignored: bool = False
    rejected: Remark | None = None

    def is_remarked(self, code: str) -> bool:
        """Tell whether a remark of this code was made."""
        return any(said.code == code for said in self.remarks)


def looks_like_activity(node: Node) -> bool:
    """Tell whether a node has what only activities have."""
    return node.shape is Shape.MAPPING and bool(ACTIVITY_SIGNS & node.entries.keys())


def read_activity(
    node: Node,
    *,
    name: str,
    theme: str,
    dimension: str,
    place: str,
    document_id: str,
    implementations: Mapping[str, Node],
) -> Activity:
    """Return what one node says as an activity; `implementations` are those other files define, by name."""
    activity = Activity(
        name=clean_line(name),
        theme=clean_line(theme),
        dimension=clean_line(dimension),
        place=place,
        document_id=document_id,
    )
    if not (activity.name and activity.theme and activity.dimension):
        activity.rejected = remark("nameless")
    elif node.shape is not Shape.MAPPING or not (node.entries.keys() & (ACTIVITY_SIGNS | _READERS.keys())):
        activity.rejected = remark("not-an-activity")
    if activity.rejected is not None:
        return activity
    if activity.name != name:
        activity.remarks.append(remark("text-cleaned", field="name"))
    uuid = node.get("uuid")
    activity.source_id = clean_line(text_of(uuid) or "").lower() if uuid else ""
    ignore = node.get("ignore")
    activity.is_ignored = ignore is not None and truth_of(ignore) is True
    for key, _line, value in walk(node):
        reader = _READERS.get(key)
        if reader is not None:
            reader(activity, key, value)
        elif key == "implementation":
            _read_implementation(activity, value, implementations)
        elif key not in _SILENT and key not in _COMMENTS and key != "meta" and not value.is_empty:
            activity.remarks.append(remark("field-unknown", field=clean_line(key)))
    _read_measure(activity, node)
    _read_comments(activity, node)
    return activity


def _take_text(activity: Activity, key: str, node: Node) -> str | None:
    text = text_of(node)
    if text is None:
        activity.remarks.append(remark("value-not-text", field=clean_line(key)))
        return None
    if not is_clean(text):
        activity.remarks.append(remark("text-cleaned", field=clean_line(key)))
    if len(text) > LONGEST_TEXT:
        activity.remarks.append(remark("text-shortened", field=clean_line(key), limit=LONGEST_TEXT))
    return clean_text(text)


def _read_text(activity: Activity, key: str, node: Node) -> None:
    text = _take_text(activity, key, node)
    if text is not None:
        activity.fields[_TEXTS[key]] = text


def _read_number(activity: Activity, key: str, node: Node) -> None:
    _take_number(activity, key, key, node)


def _take_number(activity: Activity, name: str, key: str, node: Node) -> None:
    if node.is_null:
        activity.fields[name] = None
        return
    number = whole_number_of(node)
    if number is None or not 1 <= number <= 5:
        value = clean_line(text_of(node) or node.shape.value)[:40]
        activity.remarks.append(remark("value-left-out", field=clean_line(key), value=value))
        return
    activity.fields[name] = number


def _read_difficulties(activity: Activity, key: str, node: Node) -> None:
    if node.shape is not Shape.MAPPING:
        if not node.is_null:
            activity.remarks.append(remark("entry-unknown", field=key))
        return
    for name, _line, value in walk(node):
        if name in _DIFFICULTIES:
            _take_number(activity, _DIFFICULTIES[name], f"{key}.{name}", value)
        else:
            activity.remarks.append(remark("field-unknown", field=f"{key}.{clean_line(name)}"))


def _read_references(activity: Activity, key: str, node: Node) -> None:
    found: list[Reference] = []
    sources = walk(node) if node.shape is Shape.MAPPING else iter([("", node.line, node)])
    for framework, _line, codes in sources:
        for item in codes.items if codes.shape is Shape.LIST else [codes]:
            code = text_of(item)
            if code is None:
                activity.remarks.append(remark("entry-unknown", field=f"{key}.{clean_line(framework)}"))
            elif code.strip():
                found.append(Reference(framework=clean_line(framework), code=clean_text(code)))
    activity.fields["references"] = tuple(dict.fromkeys(found))[:LONGEST_LIST]


def _read_tags(activity: Activity, key: str, node: Node) -> None:
    activity.fields["tags"] = tuple(tag for tag in _texts_in(activity, key, node) if tag != "none")


def _texts_in(activity: Activity, key: str, node: Node) -> tuple[str, ...]:
    found: list[str] = []
    for item in node.items if node.shape is Shape.LIST else [node]:
        text = text_of(item)
        if text is None:
            activity.remarks.append(remark("entry-unknown", field=clean_line(key)))
        elif clean_line(text):
            found.append(clean_line(text))
    return tuple(dict.fromkeys(found))[:LONGEST_LIST]


def _read_depends_on(activity: Activity, key: str, node: Node) -> None:
    activity.depends_on = [name.removeprefix("uuid:").strip() for name in _texts_in(activity, key, node)]


def _read_is_implemented(activity: Activity, _key: str, node: Node) -> None:
    if truth_of(node) is True:
        activity.implemented.setdefault(SINGLE_TEAM, True)


def _read_evidence(activity: Activity, key: str, node: Node) -> None:
    text = _take_text(activity, key, node)
    if text:
        activity.evidence.setdefault(SINGLE_TEAM, text)


def _read_teams_implemented(activity: Activity, key: str, node: Node) -> None:
    for team, _line, value in walk(node):
        ticked = truth_of(value)
        if clean_line(team) and ticked is not None:
            activity.implemented[clean_line(team)] = ticked
        elif not value.is_null:
            activity.remarks.append(remark("entry-unknown", field=key))


def _read_teams_evidence(activity: Activity, key: str, node: Node) -> None:
    for team, _line, value in walk(node):
        text = _take_text(activity, f"{key}.{team}", value)
        if clean_line(team) and text:
            activity.evidence[clean_line(team)] = text


def _read_implementation(activity: Activity, node: Node, implementations: Mapping[str, Node]) -> None:
    found = []
    for item in node.items if node.shape is Shape.LIST else [node]:
        resource = _resource(activity, item, implementations)
        if resource is not None:
            found.append(resource)
    activity.fields["resources"] = tuple(found)[:LONGEST_LIST]


def _resource(activity: Activity, node: Node, implementations: Mapping[str, Node]) -> Resource | None:
    text = text_of(node)
    if text is not None:
        lines = clean_text(text).splitlines()
        return Resource(name=clean_line(lines[0]), description="\n".join(lines[1:]).strip()) if lines else None
    elsewhere = node.get("$ref") if node.shape is Shape.MAPPING else None
    if elsewhere is not None:
        reference = clean_line(text_of(elsewhere) or "")
        name = reference.rpartition("/")[2]
        if name in implementations and implementations[name].get("$ref") is None:
            return _resource(activity, implementations[name], implementations)
        activity.remarks.append(remark("reference-elsewhere", reference=reference))
        return Resource(name=name or reference)
    said = {
        key: clean_text(text_of(value) or "")
        for key in ("name", "url", "description")
        if node.shape is Shape.MAPPING and (value := node.get(key)) is not None
    }
    name = clean_line(said.get("name", "") or said.get("url", ""))
    if not name:
        if not node.is_empty:
            activity.remarks.append(remark("entry-unknown", field="implementation"))
        return None
    tags = node.get("tags")
    return Resource(
        name=name,
        url=clean_line(said.get("url", "")),
        description=said.get("description", ""),
        tags=_texts_in(activity, "implementation.tags", tags) if tags is not None else (),
    )


def _read_measure(activity: Activity, node: Node) -> None:
    measure, meta = node.get("measure"), node.get("meta")
    guide = meta.get("implementationGuide") if meta is not None and meta.shape is Shape.MAPPING else None
    parts = [_take_text(activity, key, part) for key, part in (("measure", measure), ("guide", guide)) if part]
    if any(part is not None for part in parts):
        activity.fields["measure"] = "\n\n".join(filter(None, parts))[:LONGEST_TEXT]
    for key, _line, value in walk(meta) if meta is not None else ():
        if key != "implementationGuide" and not value.is_empty:
            activity.remarks.append(remark("field-unknown", field=f"meta.{clean_line(key)}"))


def _read_comments(activity: Activity, node: Node) -> None:
    parts = [_take_text(activity, key, value) for key in _COMMENTS if (value := node.get(key)) is not None]
    if any(part is not None for part in parts):
        activity.fields["comments"] = "\n\n".join(filter(None, parts))[:LONGEST_TEXT]


_READERS: Final[Mapping[str, Callable[[Activity, str, Node], None]]] = {
    "description": _read_text,
    "risk": _read_text,
    "assessment": _read_text,
    "level": _read_number,
    "usefulness": _read_number,
    "difficultyOfImplementation": _read_difficulties,
    "references": _read_references,
    "tags": _read_tags,
    "dependsOn": _read_depends_on,
    "isImplemented": _read_is_implemented,
    "evidence": _read_evidence,
    "teamsImplemented": _read_teams_implemented,
    "teamsEvidence": _read_teams_evidence,
    "measure": lambda _activity, _key, _node: None,  # with its guide, by _read_measure
}
