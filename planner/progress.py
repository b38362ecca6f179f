"""How long work says how far it is, and how it is told to stop."""

from __future__ import annotations

from typing import Protocol


class Cancelled(Exception):  # noqa: N818  a wish, not an error
    """Raised by a `Progress` when the person asked to stop; whoever works cleans up and lets it pass."""


class Progress(Protocol):
    """Called by long work now and then with units done of a total; raises `Cancelled` to stop it."""

    def __call__(self, done: int, total: int) -> None:
        """Take note that `done` of `total` units are finished."""


def ignore_progress(done: int, total: int) -> None:
    """Do nothing: the progress of work nobody watches."""
