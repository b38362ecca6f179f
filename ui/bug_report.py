"""What happens when our own code breaks a promise: it is written down, told plainly, and the work goes on.

Every edit is in the working copy before it shows, so nothing is lost; the details go to a log in the state folder.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType

from planner.language import N_
from planner.places import state_folder
from ui.surroundings import Surroundings
from ui.window import Window

_LARGEST_LOG = 1_000_000


def log_file() -> Path:
    """Return where faults are written down."""
    return state_folder() / "logs" / "faults.log"


def write_down(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> bool:
    """Add a fault to the log; return whether it could be written."""
    path = log_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        mode = "w" if path.exists() and path.stat().st_size > _LARGEST_LOG else "a"
        with path.open(mode, encoding="utf-8") as file:
            file.write(f"{datetime.now().astimezone().isoformat(timespec='seconds')}\n")
            file.writelines(traceback.format_exception(kind, error, trace))
    except OSError:
        return False
    return True


def catch_bugs(surroundings: Surroundings, latest: Callable[[], Window | None]) -> None:
    """Tell of every exception nobody took, from now on, in the window `latest` returns."""

    def tell(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        window = latest()
        if issubclass(kind, KeyboardInterrupt):
            if window is not None:
                window.close()
            return
        written = write_down(kind, error, trace)
        sys.__excepthook__(kind, error, trace)
        # Python keeps the last exception for debuggers. With it stay the painter of a picture that failed and, unless it
        # goes first, the end of what it paints on ends the process.
        for name in ("last_exc", "last_type", "last_value", "last_traceback"):
            sys.__dict__.pop(name, None)
        if window is None or window.messages.shows("bug"):
            return
        language = surroundings.language
        text = language.gettext(N_("Something went wrong in Roadbook itself. Your edits are safe."))
        if written:
            text += " " + language.gettext(N_("The details are in {path}.")).format(path=log_file())
        window.messages.show_message(text, tone="danger", key="bug")

    sys.excepthook = tell
