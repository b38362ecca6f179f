"""Text files others wrote, read whole and with care: size, encoding and place of the first fault, for every reader.

What the text means is the business of the reader of its format.
"""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import Final

from planner.domain.errors import UserError

_UTF_32: Final = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_UTF_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_WESTERN: Final = "cp1252"


def read_text(path: Path, *, limit_megabytes: int) -> str:
    """Return the text of a UTF-8 file, without its byte order mark.

    Raises UserError "cannot-read" (path, cause), "source-too-large" (path, limit_megabytes) or
    "source-not-utf-8" (path, line, column).
    """
    content = _read(path, limit_megabytes)
    if content.startswith((*_UTF_32, *_UTF_16)):
        raise UserError("source-not-utf-8", path=str(path), line="1", column="1")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line, column = place_in(content[: error.start].decode("utf-8-sig", errors="replace"))
        raise UserError("source-not-utf-8", path=str(path), line=str(line), column=str(column)) from error


def read_spreadsheet_text(path: Path, *, limit_megabytes: int) -> str:
    """Return the text of a CSV or TSV file in whatever encoding a spreadsheet wrote it.

    That is what its byte order mark says, UTF-8, or else Windows-1252, in which Excel writes CSV west of Warsaw. Raises
    UserError "cannot-read" (path, cause), "source-too-large" (path, limit_megabytes) or "source-not-text" (path).
    """
    content = _read(path, limit_megabytes)
    if content.startswith(_UTF_32):
        encoding = "utf-32"
    elif content.startswith(_UTF_16):
        encoding = "utf-16"
    elif b"\0" in content:
        raise UserError("source-not-text", path=str(path))
    else:
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError:
            encoding = _WESTERN
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UserError("source-not-text", path=str(path)) from error


def _read(path: Path, limit_megabytes: int) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(limit_megabytes * 1_000_000 + 1)
    except OSError as error:
        raise UserError("cannot-read", path=str(path), cause=error.strerror or str(error)) from error
    if len(content) > limit_megabytes * 1_000_000:
        raise UserError("source-too-large", path=str(path), limit_megabytes=limit_megabytes)
    return content


def place_in(text_before: str) -> tuple[int, int]:
    """Return the line and column, from 1, of what follows `text_before`."""
    return text_before.count("\n") + 1, len(text_before) - text_before.rfind("\n")
