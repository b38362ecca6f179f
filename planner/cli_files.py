"""How the command line opens a file: to read it without a byte of it changed, or to edit it in one step."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from planner.cli_output import say
from planner.domain.errors import UserError
from planner.language import Language
from planner.messages import explain

if TYPE_CHECKING:
    from planner.document import Document


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


def _tell_notices(document: Document, language: Language) -> None:
    for notice in document.notices:
        say(explain(notice, language))
