"""What a kill leaves, without a process to kill."""

from __future__ import annotations

from planner.document import Document


def drop(document: Document) -> None:
    """Let go of a document as a kill would: its locks vanish, its working copy and its note stay."""
    assert document._work is not None
    assert document._claim is not None
    document._work.close()  # a kill closes it as well, and its lock with it
    document._claim._lock.release()
