"""Where the state folder keeps what belongs to one file of the user's: by the file's path, hashed to be a safe name."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from planner.places import state_folder


def key_of(path: Path) -> str:
    """Return a name for everything kept about the file at `path`, readable in part, the same every time."""
    readable = "".join(character if character.isalnum() else "-" for character in path.stem[:32])
    return f"{readable}-{hashlib.sha256(os.path.normcase(path).encode(errors='surrogatepass')).hexdigest()[:20]}"


def work_root() -> Path:
    """Return the folder of working copies, one folder each."""
    return state_folder() / "work"


def backups_of(path: Path) -> Path:
    """Return the folder of the backups of one file."""
    return state_folder() / "backups" / key_of(path)


def damaged_folder() -> Path:
    """Return the folder where damaged files are kept as they were found."""
    return state_folder() / "damaged"


def locks_folder() -> Path:
    """Return the folder of this machine's locks."""
    return state_folder() / "locks"
