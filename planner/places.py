"""Where Roadbook keeps what is not the user's own file: working copies, backups, caches, settings of this machine.

`ROADBOOK_STATE_DIR` and `ROADBOOK_CONFIG_DIR` put them elsewhere, for tests and for portable set-ups.
"""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

_NAME = "roadbook"


def state_folder() -> Path:
    """Return the folder of working copies, backups and caches; local to this machine, never a synced one."""
    chosen = os.environ.get("ROADBOOK_STATE_DIR")
    return Path(chosen) if chosen else platformdirs.user_state_path(_NAME, appauthor=False)


def config_folder() -> Path:
    """Return the folder of this machine's preferences (window state, recent files, language)."""
    chosen = os.environ.get("ROADBOOK_CONFIG_DIR")
    return Path(chosen) if chosen else platformdirs.user_config_path(_NAME, appauthor=False)
