"""This machine's preferences: language, theme, recent files, how the window stood; nothing of any engagement.

Kept as one small JSON file in the configuration folder. A missing or damaged file means the defaults, and a folder that
cannot be written costs the memory of a preference, never the work at hand.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from planner.domain.errors import UserError
from planner.places import config_folder
from planner.safe_file import write_safely

RECENT_FILES: Final = 10
THEMES: Final = ("system", "light", "dark", "high-contrast")


@dataclass(frozen=True, slots=True)
class RecentFile:
    """A file opened on this machine, and when (ISO 8601, local time)."""

    path: str
    opened_at: str


@dataclass(frozen=True, slots=True)
class Preferences:
    """What this machine remembers; `language` and `theme` follow the system when empty or "system".

    `window` is the window's geometry as Qt writes it, in base64; `pages` what each page, and the window itself, asked to
    remember: JSON values by name.
    """

    language: str = ""
    theme: str = "system"
    recent: tuple[RecentFile, ...] = ()
    window: str = ""
    pages: dict[str, dict[str, Any]] = field(default_factory=dict)
    export_folder: str = ""

    def with_recent(self, path: Path, at: datetime) -> Preferences:
        """Return these preferences with `path` as the latest file opened."""
        shown = str(path)
        others = tuple(recent for recent in self.recent if recent.path != shown)
        return replace(self, recent=(RecentFile(shown, at.isoformat(timespec="minutes")), *others)[:RECENT_FILES])

    def without_recent(self, path: str) -> Preferences:
        """Return these preferences with `path` forgotten."""
        return replace(self, recent=tuple(recent for recent in self.recent if recent.path != path))


def settings_file() -> Path:
    """Return where the preferences are kept."""
    return config_folder() / "settings.json"


def load_preferences() -> Preferences:
    """Return what this machine remembers; the defaults where it remembers nothing readable."""
    try:
        kept = json.loads(settings_file().read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return Preferences()
    return _read(kept) if isinstance(kept, dict) else Preferences()


def save_preferences(preferences: Preferences) -> bool:
    """Write `preferences`; return whether this machine let us."""
    path = settings_file()
    text = json.dumps(asdict(preferences), ensure_ascii=False, indent=1)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_safely(path, lambda temporary: _write(temporary, text))
    except (OSError, UserError):
        return False
    return True


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def _read(kept: dict[str, Any]) -> Preferences:
    """Take each value that is what it should be and leave the others at their defaults."""
    default = Preferences()
    found: dict[str, Any] = {}
    for known in fields(Preferences):
        value = kept.get(known.name)
        match known.name:
            case "recent" if isinstance(value, list):
                found["recent"] = tuple(
                    RecentFile(item["path"], item["opened_at"])
                    for item in value
                    if isinstance(item, dict)
                    and isinstance(item.get("path"), str)
                    and isinstance(item.get("opened_at"), str)
                )[:RECENT_FILES]
            case "pages" if isinstance(value, dict):
                found["pages"] = {page: kept for page, kept in value.items() if isinstance(kept, dict)}
            case "theme" if value in THEMES:
                found["theme"] = value
            case "language" | "window" | "export_folder" if isinstance(value, str):
                found[known.name] = value
            case _:
                pass
    return replace(default, **found)
