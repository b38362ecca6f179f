"""What a page works with: the parts of its window, handed down by the composition root as one value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from planner.domain.errors import UserError
from ui.actions import Actions
from ui.background import Background
from ui.exchange_desk import ExchangeDesk
from ui.live_plan import LivePlanKeeper
from ui.surroundings import Surroundings


class Tell(Protocol):
    """Says something above the page without taking the keyboard; `tone` is one of the message bar's."""

    def __call__(self, what: UserError | str, *, tone: str = "danger", key: str = "") -> object:
        """Show an error in its sentence, or a text already in the language of the screen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbench:
    """The parts of one window.

    `keeper` holds the dates of the plan; `go_to(kind, id)` shows an entity on the page where it is at home;
    `remembered(page_id)` and `remember(page_id, values)` keep a page's choices (JSON values) on this machine.
    """

    surroundings: Surroundings
    actions: Actions
    background: Background
    keeper: LivePlanKeeper
    exchange: ExchangeDesk
    today: date
    tell: Tell
    go_to: Callable[[str, str], None]
    remembered: Callable[[str], Mapping[str, Any]]
    remember: Callable[[str, Mapping[str, Any]], None]
