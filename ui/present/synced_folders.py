"""Whether a file lies in a folder that another program keeps in step with other machines, and whose that is."""

from __future__ import annotations

from pathlib import Path
from typing import Final

_SERVICES: Final = (
    ("onedrive", "OneDrive"),
    ("sharepoint", "SharePoint"),
    ("dropbox", "Dropbox"),
    ("google drive", "Google Drive"),
    ("googledrive", "Google Drive"),
    ("my drive", "Google Drive"),
    ("mon drive", "Google Drive"),
    ("mobile documents", "iCloud Drive"),
    ("icloud", "iCloud Drive"),
    ("nextcloud", "Nextcloud"),
    ("owncloud", "ownCloud"),
    ("box sync", "Box"),
    ("kdrive", "kDrive"),
    ("pcloud", "pCloud"),
    ("syncthing", "Syncthing"),
    ("seafile", "Seafile"),
    ("proton drive", "Proton Drive"),
)
"""How the folder's name begins, in lower case -> the service."""

_MARKERS: Final = ((".stfolder", "Syncthing"), (".dropbox", "Dropbox"))
"""What a service leaves at the top of a folder it keeps."""


def service_of(path: Path) -> str:
    """Return the name of the service that keeps the folder of `path` in step; empty for none that is known."""
    for folder in path.parents:
        name = folder.name.casefold()
        for beginning, service in _SERVICES:
            if name.startswith(beginning):
                return service
        for marker, service in _MARKERS:
            if (folder / marker).exists():
                return service
    return ""
