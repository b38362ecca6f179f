"""Icons: glyphs of one kept set, Material Design Icons, drawn in a token's colour, crisp at every scale.

The font comes with the QtAwesome package, which is not imported for it: that costs a third of a second and offers
animations nobody needs here. The application's own mark is a drawing of its own.
"""

from __future__ import annotations

import importlib.util
import json
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

import resources
from planner.domain.errors import BugError
from ui.theme import Tokens

_SIZES: Final = (18, 36)
"""The size on a plain screen and on one of twice the density; each more costs time for every icon."""

_FONT: Final = "materialdesignicons6-webfont-6.9.96"

ICONS: Final = {
    # What the work is about
    "organization": "sitemap-outline",
    "unit": "office-building-outline",
    "team": "account-group-outline",
    "group": "account-multiple-outline",
    "application": "application-outline",
    "interaction": "transit-connection-variant",
    "practices": "clipboard-list-outline",
    "assessment": "view-grid-outline",
    "priorities": "sort-numeric-ascending",
    "timeline": "chart-gantt",
    "flow": "chart-timeline-variant",
    "share": "export-variant",
    "settings": "cog-outline",
    "calendar": "calendar-month-outline",
    "freeze": "snowflake",
    "risk": "alert-rhombus-outline",
    "target": "target",
    "map": "graph-outline",
    "table": "table-large",
    "bubbles": "chart-bubble",
    "metrics": "chart-line",
    "scale": "format-list-numbered",
    "step": "ray-start-arrow",
    "to-scale": "ruler",
    "after": "lightbulb-on-outline",
    "verdict": "scale-balance",
    "clock": "clock-outline",
    "visible": "eye-outline",
    "waste-partial-work": "circle-half-full",
    "waste-extra-processes": "playlist-remove",
    "waste-extra-features": "puzzle-remove-outline",
    "waste-task-switching": "shuffle-variant",
    "waste-waiting": "timer-sand",
    "waste-motion": "walk",
    "waste-defects": "bug-outline",
    "waste-manual-work": "hand-back-right-outline",
    "confirmed": "check-circle-outline",
    "refuted": "close-circle-outline",
    "inconclusive": "help-circle-outline",
    "pending": "clock-outline",
    "duplicate": "content-duplicate",
    "finish": "flag-checkered",
    "rising": "arrow-top-right-thick",
    "falling": "arrow-bottom-right-thick",
    "steady": "arrow-right-thick",
    # What is done
    "new": "file-plus-outline",
    "open": "folder-open-outline",
    "demo": "play-circle-outline",
    "save": "content-save-outline",
    "import": "import",
    "export": "export",
    "window": "dock-window",
    "undo": "undo",
    "redo": "redo",
    "cut": "content-cut",
    "copy": "content-copy",
    "paste": "content-paste",
    "fill-down": "arrow-collapse-down",
    "colours": "palette-outline",
    "add": "plus",
    "add-inside": "playlist-plus",
    "add-dimension": "folder-plus-outline",
    "rename": "pencil-outline",
    "remove": "trash-can-outline",
    "indent": "format-indent-increase",
    "outdent": "format-indent-decrease",
    "up": "arrow-up",
    "down": "arrow-down",
    "back": "chevron-left",
    "forward": "chevron-right",
    "choose": "chevron-down",
    "fold-all": "unfold-less-horizontal",
    "unfold-all": "unfold-more-horizontal",
    "zoom-in": "magnify-plus-outline",
    "zoom-out": "magnify-minus-outline",
    "fit": "arrow-expand-horizontal",
    "today": "calendar-today",
    "filter": "filter-outline",
    "search": "magnify",
    "history": "history",
    "more": "dots-horizontal",
    "recover": "backup-restore",
    "inspector": "dock-right",
    "compare": "compare",
    "link": "link-variant",
    "swap": "swap-horizontal",
    "refresh": "refresh",
    "close": "close",
    "keyboard": "keyboard-outline",
    "help": "help-circle-outline",
    "tour": "compass-outline",
    "folder": "folder-outline",
    "hidden": "eye-off-outline",
    # Files
    "file": "file-document-outline",
    "file-table": "file-table-outline",
    "file-picture": "file-image-outline",
    "file-code": "code-json",
    # How it stands
    "information": "information-outline",
    "success": "check-circle-outline",
    "warning": "alert-outline",
    "danger": "alert-octagon-outline",
    "lock": "lock-outline",
    "saving": "cloud-upload-outline",
    "unsaved": "progress-clock",
}
"""Our name of an icon -> its glyph in the set."""


@cache
def _glyphs() -> tuple[str, dict[str, str]]:
    """Return the family of the icon font, loaded, and glyph name -> its code point in hexadecimal."""
    spec = importlib.util.find_spec("qtawesome")
    if spec is None or not spec.submodule_search_locations:
        raise BugError("the icons are not installed")
    folder = Path(spec.submodule_search_locations[0]) / "fonts"
    number = QFontDatabase.addApplicationFont(str(folder / f"{_FONT}.ttf"))
    families = QFontDatabase.applicationFontFamilies(number)
    if not families:
        raise BugError("the icon font cannot be read")
    points: dict[str, str] = json.loads(
        (folder / f"{_FONT.replace('webfont', 'webfont-charmap')}.json").read_text(encoding="utf-8")
    )
    return families[0], points


@lru_cache(maxsize=512)
def picture(name: str, colour: str, size: int) -> QPixmap:
    """Return the icon `name` in `colour` (#rrggbb), `size` pixels square; BugError for a name not in `ICONS`."""
    pixmap = QPixmap(QSize(size, size))
    pixmap.fill(Qt.GlobalColor.transparent)
    if name not in ICONS:
        raise BugError(f"no icon {name!r}")
    family, points = _glyphs()
    font = QFont(family)
    font.setPixelSize(size)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(QRectF(0, 0, size, size), Qt.AlignmentFlag.AlignCenter, chr(int(points[ICONS[name]], 16)))
    painter.end()
    return pixmap


@lru_cache(maxsize=8)
def mark(size: int) -> QPixmap:
    """Return the application's own mark, `size` pixels square."""
    pixmap = QPixmap(QSize(size, size))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    drawing = (resources.ROOT / "icons" / "roadbook.svg").read_bytes()
    QSvgRenderer(QByteArray(drawing)).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap


def icon(name: str, tokens: Tokens, *, colour: str = "") -> QIcon:
    """Return the icon `name` in the theme's text colour, or in `colour`; faded where it is disabled."""
    found = QIcon()
    for size in _SIZES:
        found.addPixmap(picture(name, colour or tokens.text, size), QIcon.Mode.Normal)
        found.addPixmap(picture(name, tokens.text_disabled, size), QIcon.Mode.Disabled)
    return found


def application_icon() -> QIcon:
    """Return the application's own icon."""
    found = QIcon()
    for size in (32, 64, 256):
        found.addPixmap(mark(size))
    return found
