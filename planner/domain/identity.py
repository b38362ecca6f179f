"""Where ids come from, random for what a person makes, derived for what is read elsewhere; and when names are the same."""

from __future__ import annotations

import uuid

_NAMESPACE = uuid.UUID("5d9c2f0e-6a53-4b7e-9a44-0a6f9d3e7b21")


def new_id() -> str:
    """Return a fresh id, 32 hexadecimal digits."""
    return uuid.uuid4().hex


def derived_id(*parts: str) -> str:
    """Return the same id for the same parts, always: what a source is read to twice must meet itself."""
    return uuid.uuid5(_NAMESPACE, "\x1f".join(parts)).hex


def folded(name: str) -> str:
    """Return what two names have in common that are the same to a reader: case and spacing do not count."""
    return " ".join(name.split()).casefold()
