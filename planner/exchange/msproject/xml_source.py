"""XML others wrote, read piece by piece and with care: one record at a time, no entities, no more than a plan can hold.

A file of a hundred megabytes costs the memory of its largest record. A document type, and with it every entity that
could be expanded or fetched, is refused before anything is made of it; what is broken, too deep or too much is one
UserError that names the file and the line.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NoReturn
from xml.parsers import expat

from planner.domain.errors import UserError
from planner.progress import Progress, ignore_progress

_MOST_MEGABYTES: Final = 400
_AT_ONCE: Final = 1 << 18
_DEEPEST: Final = 24
_MOST_IN_A_RECORD: Final = 100_000
_MOST_RECORDS: Final = 500_000
_LONGEST_TEXT: Final = 1_000_000


@dataclass(slots=True)
class Node:
    """One element: its name without namespace, its line, its text and its children."""

    name: str
    line: int
    text: str = ""
    children: list[Node] = field(default_factory=list)

    def child(self, name: str) -> Node | None:
        """Return the first child of that name."""
        return next((child for child in self.children if child.name == name), None)

    def all(self, *names: str) -> list[Node]:
        """Return what is reached by `names`, one level a name."""
        found = [self]
        for name in names:
            found = [child for one in found for child in one.children if child.name == name]
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What is read of a document: its `root`, the `records` (paths below it), and names to `skip` within them.

    What is skipped leaves an empty element, one for several in a row.

    A path is a tuple of names. What stands directly below the root and holds no records is a record too.
    """

    root: str
    records: frozenset[tuple[str, ...]]
    skip: frozenset[str] = frozenset()


def read_records(
    path: Path, shape: Shape, take: Callable[[tuple[str, ...], Node], None], progress: Progress = ignore_progress
) -> None:
    """Call `take(path below the root, element)` for each record, in the order of the file.

    Raises UserError "cannot-read", "source-too-large", "source-empty", "xml-broken" (path, line, column, cause),
    "xml-document-type" (path, line), "xml-too-much" (path, line), "xml-other-root" (path, root, expected).
    """
    try:
        size = path.stat().st_size
        if size > _MOST_MEGABYTES * 1_000_000:
            raise UserError("source-too-large", path=str(path), limit_megabytes=_MOST_MEGABYTES)
        with path.open("rb") as file:
            reader = _Reader(path, shape, take)
            read = 0
            while chunk := file.read(_AT_ONCE):
                read += len(chunk)
                if read > _MOST_MEGABYTES * 1_000_000:
                    raise UserError("source-too-large", path=str(path), limit_megabytes=_MOST_MEGABYTES)
                progress(min(read, size), max(size, 1))
                reader.feed(chunk)
            if not read:
                raise UserError("source-empty", path=str(path))
            reader.feed(b"", is_last=True)
    except OSError as error:
        raise UserError("cannot-read", path=str(path), cause=error.strerror or str(error)) from error


class _Reader:
    """The state of one reading: where we are, and the record being gathered."""

    def __init__(self, path: Path, shape: Shape, take: Callable[[tuple[str, ...], Node], None]) -> None:
        self._path = path
        self._shape = shape
        self._take = take
        self._names: list[str] = []
        self._open: list[Node] = []
        self._holders = {record[0] for record in shape.records}
        self._skipped_from = 0
        self._texts: list[str] = []
        self._length = 0
        self._count = 0
        self._records = 0
        self._parser = parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._add_text
        parser.StartDoctypeDeclHandler = self._refuse_document_type
        parser.EntityDeclHandler = self._refuse_document_type
        parser.ExternalEntityRefHandler = self._refuse_document_type

    def feed(self, chunk: bytes, *, is_last: bool = False) -> None:
        try:
            self._parser.Parse(chunk, is_last)
        except expat.ExpatError as error:
            raise self._broken(error.lineno, error.offset + 1, expat.ErrorString(error.code)) from error
        except (LookupError, ValueError) as error:
            if self._names:
                raise  # of our own making: an encoding is named before anything else
            raise self._broken(self._line, self._parser.CurrentColumnNumber + 1, str(error)) from error

    def _broken(self, line: int, column: int, cause: str) -> UserError:
        return UserError("xml-broken", path=str(self._path), line=str(line), column=str(column), cause=cause)

    @property
    def _line(self) -> int:
        return self._parser.CurrentLineNumber

    def _too_much(self) -> UserError:
        return UserError("xml-too-much", path=str(self._path), line=str(self._line))

    def _refuse_document_type(self, *_arguments: Any) -> NoReturn:
        raise UserError("xml-document-type", path=str(self._path), line=str(self._line))

    def _begin(self, qualified: str, _attributes: dict[str, str]) -> None:
        name = qualified.rpartition(":")[2]
        self._names.append(name)
        depth = len(self._names)
        if depth > _DEEPEST:
            raise self._too_much()
        if depth == 1:
            if name != self._shape.root:
                raise UserError("xml-other-root", path=str(self._path), root=name[:100], expected=self._shape.root)
            return
        if self._skipped_from:
            return
        if self._open and name in self._shape.skip:
            self._skip(name, depth)
            return
        if not self._open and not self._begins_record(name):
            return
        self._count += 1
        if self._count > _MOST_IN_A_RECORD or self._records > _MOST_RECORDS:
            raise self._too_much()
        node = Node(name, self._line)
        if self._open:
            self._open[-1].children.append(node)
        self._open.append(node)
        self._texts, self._length = [], 0

    def _skip(self, name: str, depth: int) -> None:
        self._skipped_from = depth
        above = self._open[-1].children
        if not above or above[-1].name != name:
            above.append(Node(name, self._line))

    def _begins_record(self, name: str) -> bool:
        below = tuple(self._names[1:])
        if below not in self._shape.records and (len(below) > 1 or name in self._holders):
            return False
        self._count = 0
        self._records += 1
        return True

    def _add_text(self, text: str) -> None:
        if self._open and not self._skipped_from:
            self._length += len(text)
            if self._length > _LONGEST_TEXT:
                raise self._too_much()
            self._texts.append(text)

    def _end(self, _name: str) -> None:
        names = self._names
        if self._skipped_from:
            if len(names) == self._skipped_from:
                self._skipped_from = 0
        elif self._open:
            node = self._open.pop()
            node.text = "".join(self._texts)
            self._texts, self._length = [], 0
            if not self._open:
                self._take(tuple(names[1:]), node)
        names.pop()
