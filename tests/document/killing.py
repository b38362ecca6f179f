"""What a kill leaves, without a process to kill."""

from __future__ import annotations

import os

from planner.document import Document


def drop(document: Document) -> None:
    """Let go of a document as a kill would: its locks vanish, its working copy and its note stay."""
    assert document._work is not None
    assert document._claim is not None
    document._work.close()  # a kill closes it as well, and its lock with it
    document._claim._lock.release()


def fast_folder() -> str | None:
    """Return where temporary files live in memory, None where the system has no such place.

    A kill takes away a process, not what it wrote: a real disk's patience proves nothing more.
    """
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108  a folder in it is made safely
