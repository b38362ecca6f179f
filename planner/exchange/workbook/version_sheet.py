"""The very hidden sheet that lets the workbook be read back: which version wrote it, when, from what, row by row.

First pairs of name and value, then one line a row of the other sheets: its kind, its id and the digest of its cells as
they were written (`canvas.digest_of_row`). A row whose digest differs was edited since.
"""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from typing import Any, Final

from planner.domain.engagement import Engagement
from planner.exchange.json_file import encode
from planner.exchange.workbook.canvas import Export, fit

NAME: Final = "version"
FORMAT: Final = "roadbook-workbook"
VERSION: Final = 1
ROWS_HEADER: Final = ("kind", "id", "digest")


def digest_of(engagement: Engagement) -> str:
    """Return the SHA-256 of the engagement's open-format document, hexadecimal."""
    return hashlib.sha256(encode(engagement)).hexdigest()


def write_version_sheet(worksheet: Any, export: Export, digests: list[tuple[str, str, str]]) -> None:
    """Write what reading back needs; `digests` are (kind, id, digest) of every row of the other sheets."""
    pairs = (
        ("format", FORMAT),
        ("version", str(VERSION)),
        ("application", version("roadbook")),
        ("exported", export.today.isoformat()),
        ("language", export.language.code),
        ("engagement", digest_of(export.engagement)),
    )
    for row, (name, value) in enumerate(pairs):
        worksheet.write_string(row, 0, name)
        worksheet.write_string(row, 1, value)
    header = len(pairs) + 1
    for column, name in enumerate(ROWS_HEADER):
        worksheet.write_string(header, column, name)
    for row, (kind, entity_id, digest) in enumerate(digests, start=header + 1):
        worksheet.write_string(row, 0, kind)
        worksheet.write_string(row, 1, fit(entity_id))
        worksheet.write_string(row, 2, digest)
    worksheet.very_hidden()
