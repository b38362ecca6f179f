"""The system's clipboard as every page reads it, and tables as spreadsheets copy and paste them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication


def clipboard_data() -> QMimeData:
    """Return what is on the clipboard; some systems have nothing to say of one that nobody filled, which is an empty one."""
    data: QMimeData | None = QGuiApplication.clipboard().mimeData()
    return QMimeData() if data is None else data


def table_text(rows: Iterable[Sequence[str]]) -> str:
    """Return cells as tab-separated text, in quotes where they hold tabs or line ends."""
    text = io.StringIO()
    csv.writer(text, dialect="excel-tab", lineterminator="\n").writerows(rows)
    return text.getvalue()
