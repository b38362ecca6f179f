"""One writer at a time; nothing stale stops anybody."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from planner.storage.claim import FRESH_MINUTES, Claim, InUseError, Machine, Owner, note_path, this_machine

HERE = Machine("here", "Poste 1")


def test_a_machine_keeps_its_id() -> None:
    assert this_machine().id == this_machine("named").id
    assert this_machine("named").name == "named"


def test_a_claim_is_taken_once_until_given_back(tmp_path: Path) -> None:
    path = tmp_path / "x.roadbook"
    claim = Claim(path, HERE)
    with pytest.raises(InUseError) as raised:
        Claim(path, HERE)
    assert raised.value.owner is not None
    assert raised.value.owner.process == os.getpid()
    claim.release()
    Claim(path, HERE).release()
    assert not note_path(path).exists()


def test_the_note_of_another_machine_counts_while_it_is_fresh(tmp_path: Path) -> None:
    path = tmp_path / "x.roadbook"
    now = datetime.now(UTC)
    for minutes, respected in ((0, True), (FRESH_MINUTES - 1, True), (FRESH_MINUTES + 1, False), (-600, False)):
        owner = Owner("there", "Poste 2", 1, since=now, renewed=now - timedelta(minutes=minutes))
        note_path(path).write_bytes(msgspec.json.encode(owner))
        if respected:
            with pytest.raises(InUseError):
                Claim(path, HERE)
        else:
            Claim(path, HERE).release()


def test_a_claim_taken_over_meanwhile_is_left_to_its_new_owner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.roadbook"
    claim = Claim(path, HERE)
    now = datetime.now(UTC)
    note_path(path).write_bytes(msgspec.json.encode(Owner("there", "Poste 2", 1, since=now, renewed=now)))
    claim.release()
    assert note_path(path).exists()


def test_renewing_keeps_the_note_fresh(tmp_path: Path) -> None:
    path = tmp_path / "x.roadbook"
    claim = Claim(path, HERE)
    note = note_path(path)
    first = msgspec.json.decode(note.read_bytes(), type=Owner)
    claim.renew()
    second = msgspec.json.decode(note.read_bytes(), type=Owner)
    assert second.renewed >= first.renewed
    assert second.since == first.since
    claim.release()
    claim.renew()
    assert not note.exists()


def test_the_claim_of_a_killed_program_is_void(tmp_path: Path) -> None:
    path = tmp_path / "x.roadbook"
    program = (
        "import sys, time; from pathlib import Path; from planner.storage.claim import Claim, Machine;"
        "claim = Claim(Path(sys.argv[1]), Machine('here', 'Poste 1')); print('taken', flush=True); time.sleep(60)"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program, str(path)], stdout=subprocess.PIPE, cwd=Path(__file__).resolve().parents[2]
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"taken\n"
    with pytest.raises(InUseError) as raised:
        Claim(path, HERE)
    assert raised.value.owner is not None
    assert raised.value.owner.process == process.pid
    process.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))
    process.wait()
    process.stdout.close()
    Claim(path, HERE).release()
