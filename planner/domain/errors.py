"""The two kinds of failure: what a person can mend, and what we must.

A `UserError` carries a code and its parameters, never a sentence: the sentence is worded once per language in
`planner.messages`. A `BugError` says that a promise of our own code was broken.
"""

from __future__ import annotations

from typing import Any


class UserError(Exception):
    """Something a person can mend: a code from `planner.messages` and the values its sentence names."""

    def __init__(self, code: str, **parameters: Any) -> None:
        """Keep `code` and `parameters`; `place` (where in the file or form) is a parameter like any other."""
        super().__init__(code, parameters)
        self.code = code
        self.parameters: dict[str, Any] = parameters

    def __str__(self) -> str:
        """Return the code with its parameters, for logs; people read `planner.messages.explain`."""
        named = ", ".join(f"{name}={value!r}" for name, value in sorted(self.parameters.items()))
        return f"{self.code}({named})"


class BugError(Exception):
    """A broken promise of our own code; it must surface and be reported, never be swallowed."""
