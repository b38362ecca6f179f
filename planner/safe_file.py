"""Writing a file so that it is either wholly the new one or still the old one, whatever happens meanwhile.

The new content goes to a temporary file in the same folder, is verified there, made durable and only then put in
place. Sync clients and virus scanners hold files open for moments, on Windows above all, so the last step is retried.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from planner.domain.errors import UserError

TEMPORARY_PREFIX: Final = ".roadbook-"
"""How the names of unfinished files begin; a kill can leave one behind."""

_REPLACE_SECONDS: Final = 5.0


def write_safely(
    target: Path,
    write: Callable[[Path], None],
    *,
    verify: Callable[[Path], None] | None = None,
    before_replacing: Callable[[], None] | None = None,
) -> None:
    """Write `target` through `write(temporary)`, check it with `verify(temporary)`, then put it in place.

    The temporary file keeps the suffix of `target`, for libraries that look at it. `before_replacing` is called last
    of all, once the new content is durable, and can still refuse by raising. Raises UserError
    "cannot-write" (path, cause) when the system refuses; what either callable raises passes. In every case of failure
    `target` is untouched and the temporary file is gone.
    """
    temporary = target.with_name(f"{TEMPORARY_PREFIX}{os.getpid()}-{time.monotonic_ns()}{target.suffix}")
    try:
        write(temporary)
        if verify is not None:
            verify(temporary)
        with contextlib.suppress(FileNotFoundError):
            shutil.copymode(target, temporary)
        make_durable(temporary)
        if before_replacing is not None:
            before_replacing()
        replace_with_retries(temporary, target)
    except OSError as error:
        raise UserError("cannot-write", path=str(target), cause=error.strerror or str(error)) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def remove_unfinished(folder: Path, process_id: int) -> None:
    """Delete what a process that was ended in the middle of writing left in a folder."""
    with contextlib.suppress(OSError):
        for unfinished in folder.glob(f"{TEMPORARY_PREFIX}{process_id}-*"):
            unfinished.unlink()


def make_durable(path: Path) -> None:
    """Flush a closed file's content to the disk."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def replace_with_retries(source: Path, target: Path) -> None:
    """Rename `source` over `target`, trying for some seconds while another program holds it; OSError at the end."""
    deadline = time.monotonic() + _REPLACE_SECONDS
    pause = 0.02
    while True:
        try:
            source.replace(target)
            break
        except PermissionError:
            if os.name != "nt" or time.monotonic() >= deadline:
                raise
            time.sleep(pause)
            pause = min(pause * 2, 0.5)
    make_folder_durable(target.parent)


def make_folder_durable(folder: Path) -> None:
    """Flush the names in a folder to the disk, where the system has that step."""
    if os.name != "nt":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
