"""YAML read with care: every value with its line, nothing typed before its reader says what it should be.

YAML guesses (an unquoted `No` is false, 4.10 is 4.1, a date is a date); here a scalar keeps its text, and who reads it
asks for a text, a whole number, a truth, a day or a share. What can harm is refused in one sentence with its line:
aliases that expand without end, nesting without end, keys said twice, tags, tabs. Parsing itself is PyYAML's, safe and
where possible in C; only its events are used, so nothing is ever constructed.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

import yaml

from planner.domain.errors import UserError
from planner.exchange.text_source import read_text

LIMIT_MEGABYTES: Final = 10
_DEEPEST: Final = 40
_MOST_NODES: Final = 400_000
_NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})
_TRUTHS: Final = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
_KNOWN_TAGS: Final = re.compile(r"(tag:yaml\.org,2002:(str|int|float|bool|null|timestamp|seq|map)|!)")
_DAY: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[Tt ].*)?")
_SHARE: Final = re.compile(r"(\d+(?:\.\d+)?)\s*(%?)")
_CAUSES: Final = (
    # What the parser says -> error code
    (r"'\\t'|\btabs?\b", "yaml-tab"),
    (r"mapping values are not allowed|could not find expected ':'|expected <block end>", "yaml-structure"),
    (r"undefined alias", "yaml-undefined-alias"),
    (r"unexpected end of stream|expected ',' or", "yaml-unclosed"),
    (r"special characters|control characters|invalid .*UTF|unacceptable", "yaml-character"),
)


class Shape(enum.Enum):
    """What a node is."""

    SCALAR = "scalar"
    LIST = "list"
    MAPPING = "mapping"


@dataclass(slots=True, eq=False)
class Node:
    """One value and the line it starts on (from 1); for a mapping, `lines` tells the line of each key."""

    shape: Shape
    line: int
    text: str = ""
    plain: bool = True
    items: list[Node] = field(default_factory=list)
    entries: dict[str, Node] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    expanded: int = 1
    depth: int = 1
    complete: bool = True

    @property
    def is_null(self) -> bool:
        """Tell whether nothing stands there."""
        return self.shape is Shape.SCALAR and self.plain and self.text in _NULLS

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing is said: null, an empty text, an empty list or mapping."""
        return self.is_null or not (self.text or self.items or self.entries)

    def get(self, key: str) -> Node | None:
        """Return the value of a key that is there and not null."""
        found = self.entries.get(key)
        return None if found is None or found.is_null else found


def text_of(node: Node) -> str | None:
    """Return a scalar as the text that was written; None for a list or a mapping."""
    if node.shape is not Shape.SCALAR:
        return None
    return "" if node.is_null else node.text


def truth_of(node: Node) -> bool | None:
    """Return a scalar as true or false, quoted or not; None for anything else."""
    return _TRUTHS.get(node.text.strip().lower()) if node.shape is Shape.SCALAR else None


def whole_number_of(node: Node) -> int | None:
    """Return a scalar as a whole number, quoted or not, with ".0" or not; None for anything else."""
    matched = re.fullmatch(r"([+-]?\d{1,9})(\.0+)?", node.text.strip()) if node.shape is Shape.SCALAR else None
    return int(matched.group(1)) if matched else None


def day_of(node: Node) -> date | None:
    """Return a scalar as a day, quoted or not, with a time or not; None for anything else."""
    matched = _DAY.fullmatch(node.text.strip()) if node.shape is Shape.SCALAR else None
    if matched is None:
        return None
    try:
        return date(*(int(part) for part in matched.groups()))
    except ValueError:
        return None


def share_of(node: Node) -> float | None:
    """Return a scalar such as 30%, 0.3 or 30 as a share from 0 to 1; None for anything else. A bare 1 is all of it."""
    matched = _SHARE.fullmatch(node.text.strip()) if node.shape is Shape.SCALAR else None
    if matched is None:
        return None
    number = float(matched.group(1))
    share = number / 100 if matched.group(2) or number > 1 else number
    return share if share <= 1 else None


def read_yaml(path: Path) -> list[Node]:
    """Return the documents of a YAML file that say anything.

    Raises UserError naming the file, the line and the cause.
    """
    text = read_text(path, limit_megabytes=LIMIT_MEGABYTES)
    builder = _Builder(path)
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        for event in yaml.parse(text, Loader=loader):
            builder.take(event)
    except yaml.YAMLError as error:
        raise _explained(path, text, error) from error
    except RecursionError as error:
        raise UserError("yaml-too-deep", path=str(path), line="1") from error
    return [document for document in builder.documents if not document.is_null]


class _Builder:
    """Builds nodes from the parser's events, without recursion, counting what aliases would expand to."""

    def __init__(self, path: Path) -> None:
        self.documents: list[Node] = []
        self._path = path
        self._stack: list[Node] = []
        self._keys: list[tuple[str, int] | None] = []
        self._anchors: dict[str, Node] = {}
        self._count = 0

    def take(self, event: Any) -> None:
        line = event.start_mark.line + 1
        if isinstance(event, yaml.DocumentStartEvent):
            self._anchors = {}
        elif isinstance(event, yaml.AliasEvent):
            self._add(self._aliased(event.anchor, line), line)
        elif isinstance(event, yaml.ScalarEvent):
            self._check_tag(event, line)
            node = Node(Shape.SCALAR, line, event.value, not event.style and event.tag is None)
            self._anchor(event, node)
            self._add(node, line)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._check_tag(event, line)
            shape = Shape.MAPPING if isinstance(event, yaml.MappingStartEvent) else Shape.LIST
            node = Node(shape, line, complete=False)
            self._anchor(event, node)
            if self._stack and self._stack[-1].shape is Shape.MAPPING and self._keys[-1] is None:
                raise self._refused("yaml-key", line)
            self._stack.append(node)
            self._keys.append(None)
            if len(self._stack) > _DEEPEST:
                raise self._refused("yaml-too-deep", line)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            node = self._stack.pop()
            self._keys.pop()
            self._close(node)
            self._add(node, node.line)

    def _refused(self, code: str, line: int, **parameters: str) -> UserError:
        return UserError(code, path=str(self._path), line=str(line), **parameters)

    def _check_tag(self, event: Any, line: int) -> None:
        if event.tag is not None and not _KNOWN_TAGS.fullmatch(event.tag):
            raise self._refused("yaml-tag", line, tag=event.tag[:60])

    def _anchor(self, event: Any, node: Node) -> None:
        if event.anchor is not None:
            self._anchors[event.anchor] = node

    def _aliased(self, name: str | None, line: int) -> Node:
        node = self._anchors.get(name or "")
        if name is None or node is None:
            raise self._refused("yaml-undefined-alias", line)
        if not node.complete:
            raise self._refused("yaml-alias-circle", line, alias=name)
        if len(self._stack) + node.depth > _DEEPEST:
            raise self._refused("yaml-too-deep", line)
        return node

    def _add(self, node: Node, line: int) -> None:
        self._count += 1
        if not self._stack:
            self.documents.append(node)
            return
        parent = self._stack[-1]
        if parent.shape is Shape.LIST:
            parent.items.append(node)
        elif self._keys[-1] is None:
            if node.shape is not Shape.SCALAR:
                raise self._refused("yaml-key", line)
            self._keys[-1] = (node.text, line)
        else:
            key, key_line = self._keys[-1]
            self._keys[-1] = None
            if key in parent.entries:
                raise self._refused("yaml-double-key", key_line, key=key[:100], first=str(parent.lines[key]))
            parent.entries[key] = node
            parent.lines[key] = key_line
        parent.expanded += node.expanded
        parent.depth = max(parent.depth, node.depth + 1)
        if parent.expanded > _MOST_NODES or self._count > _MOST_NODES:
            raise self._refused("yaml-too-many", line)

    def _close(self, node: Node) -> None:
        merged = node.entries.pop("<<", None)
        if merged is not None:
            line = node.lines.pop("<<")
            for source in [merged] if merged.shape is Shape.MAPPING else merged.items:
                if source.shape is not Shape.MAPPING:
                    raise self._refused("yaml-key", line)
                for key, value in source.entries.items():
                    if key not in node.entries:
                        node.entries[key] = value
                        node.lines[key] = line
        node.complete = True


def _explained(path: Path, text: str, error: yaml.YAMLError) -> UserError:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is not None:
        line, column = mark.line + 1, mark.column + 1
    else:
        before = text.encode()[: max(getattr(error, "position", 0) or 0, 0)].decode(errors="ignore")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    told = str(error)
    code = next((code for pattern, code in _CAUSES if re.search(pattern, told)), "yaml-broken")
    lines = text.splitlines()
    if code in ("yaml-broken", "yaml-structure") and line <= len(lines) and "\t" in _indentation(lines[line - 1]):
        code = "yaml-tab"
    return UserError(code, path=str(path), line=str(line), column=str(column))


def _indentation(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def walk(node: Node) -> Iterator[tuple[str, int, Node]]:
    """Yield (key, line, value) of a mapping, in order."""
    for key, value in node.entries.items():
        yield key, node.lines[key], value
