"""How far long work of the command line is, on a terminal somebody watches; a script and a log file see nothing of it."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator

import click

from planner.progress import Progress, ignore_progress


@contextlib.contextmanager
def watched(label: str) -> Iterator[Progress]:
    """Show a bar on standard error while something is done; Ctrl+C ends it as it ends everything."""
    if not sys.stderr.isatty():
        yield ignore_progress
        return
    with click.progressbar(length=1, label=label, file=sys.stderr) as bar:

        def show(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield show
