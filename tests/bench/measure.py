"""The ruler: interleaved rounds of ours and of a peer, their medians, the ratio and the goal it is held to."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

Subject = TypeVar("Subject")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One measured thing: seconds of ours and of the peer (or the limit), and the ratio allowed."""

    what: str
    ours_seconds: float
    peer: str
    peer_seconds: float
    goal: float

    @property
    def ratio(self) -> float:
        """Ours over the peer's, or over the limit."""
        return self.ours_seconds / self.peer_seconds

    @property
    def met(self) -> bool:
        """Whether the ratio is within the goal."""
        return self.ratio <= self.goal


def time_call(call: Callable[[], object]) -> float:
    """Return the seconds one call takes, with nothing left to collect before it starts."""
    gc.collect()
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def compare(
    what: str,
    ours: Subject,
    peer_name: str,
    peer: Subject,
    *,
    goal: float,
    rounds: int = 5,
    timed: Callable[[Subject], float],
) -> Row:
    """Return ours against a peer: after a warm-up, both in turn, `rounds` times, medians compared.

    `timed` takes either subject (a function, a program) and returns the seconds it took; `time_call` does for plain
    functions.
    """
    timed(ours)
    timed(peer)
    pairs = [(timed(ours), timed(peer)) for _ in range(rounds)]
    return Row(
        what=what,
        ours_seconds=statistics.median(pair[0] for pair in pairs),
        peer=peer_name,
        peer_seconds=statistics.median(pair[1] for pair in pairs),
        goal=goal,
    )


def hold(what: str, ours: Callable[[], object], *, limit_seconds: float, rounds: int = 5) -> Row:
    """Return ours against a fixed limit."""
    ours()
    return Row(
        what=what,
        ours_seconds=statistics.median(time_call(ours) for _ in range(rounds)),
        peer=f"limit {limit_seconds * 1000:,.0f} ms",
        peer_seconds=limit_seconds,
        goal=1.0,
    )
