"""How the command line opens a file: to read it without a byte of it changed, or to edit it in one step."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from planner.cli_output import say
from planner.domain.errors import UserError
from planner.language import Language
from planner.messages import explain

if TYPE_CHECKING:
    from planner.analysis.variance import Earlier
    from planner.document import Document
    from planner.domain.engagement import Engagement


@contextlib.contextmanager
def reading(file: Path, language: Language) -> Iterator[Document]:
    """Open a file, to be closed without a byte of it changed."""
    from planner.document import Document  # noqa: PLC0415  loaded when used

    document = Document.open(file)
    try:
        _tell_notices(document, language)
        yield document
    finally:
        document.close(publish=False)


@contextlib.contextmanager
def editing(file: Path, language: Language) -> Iterator[Document]:
    """Open a file to edit it: published when the edit is made, left as it was when it fails."""
    from planner.document import Document  # noqa: PLC0415  loaded when used

    document = Document.open(file, allow_read_only=False)
    try:
        _tell_notices(document, language)
        yield document
    except BaseException:
        document.close(publish=False)
        raise
    close(document, language)


def close(document: Document, language: Language) -> None:
    """Publish a file and close it, and say what there is to say of that."""
    told = len(document.notices)
    try:
        document.close()
    except UserError:
        document.close(publish=False)
        raise
    for notice in document.notices[told:]:
        say(explain(notice, language))


def steps_back(document: Document, day: date | None = None) -> Iterator[Earlier]:
    """Give the steps done (since the beginning of a day), the newest first; UserError as `Document.rewind`.

    A file that can only be read tells its steps, but what each did is in the copy that is edited: UserError why.
    """
    if document.read_only is not None:
        raise document.read_only
    for step, changes, before in document.rewind():
        if day is not None and step.at.astimezone().date() < day:
            return
        yield step.number, changes, before


def scenario_named(engagement: Engagement, name: str) -> str:
    """Return the id of a scenario named by its id or name; UserError "unknown-scenario" (name, names)."""
    for one in engagement.scenarios.values():
        if name in (one.id, one.name):
            return one.id
    names = ", ".join(one.name for one in engagement.scenarios.values())
    raise UserError("unknown-scenario", name=name, names=names or "-")


def planned_as(engagement: Engagement, scenario: str | None) -> Engagement:
    """Return the engagement under a scenario named by its id or name, as it is where None is named."""
    from planner.analysis.scenario import applied  # noqa: PLC0415  loaded when used

    return engagement if scenario is None else applied(engagement, scenario_named(engagement, scenario))


def _tell_notices(document: Document, language: Language) -> None:
    for notice in document.notices:
        say(explain(notice, language))
