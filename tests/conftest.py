"""What every test stands on: no screen, no home folder, no thread left behind, the real inputs where they are."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

settings.register_profile(
    "default", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
settings.register_profile("ci", settings.get_profile("default"), derandomize=True, print_blob=True)
settings.register_profile("campaign", settings.get_profile("default"), max_examples=5_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "default"))

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of real maturity models, MS Project files and scheduling instances beside the checkout."""
    if not SHARED.is_dir():
        pytest.skip("the real input files (../shared/data beside the checkout) are not on this machine")
    return SHARED


@pytest.fixture(autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep working copies, backups and preferences of every test to itself."""
    monkeypatch.setenv("ROADBOOK_STATE_DIR", str(tmp_path_factory.mktemp("state")))
    monkeypatch.setenv("ROADBOOK_CONFIG_DIR", str(tmp_path_factory.mktemp("config")))


@pytest.fixture(autouse=True)
def _no_thread_left_behind() -> Iterator[None]:
    """Fail the test that starts a thread and leaves it running, a daemon too; Qt's own pool threads may stay."""
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + 5
    left = started_since(before)
    while left and time.monotonic() < deadline:
        time.sleep(0.01)
        left = started_since(before)
    if left:
        pytest.fail(f"threads left running: {[thread.name for thread in left]}")


def started_since(before: set[threading.Thread]) -> list[threading.Thread]:
    """Return the threads Python started since; a thread of Qt that once ran Python code is not one of them."""
    return [
        thread
        for thread in threading.enumerate()
        if thread not in before and not isinstance(thread, threading._DummyThread)  # no public name says it
    ]
