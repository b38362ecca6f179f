"""Kill the real document at random moments, again and again, and look for a lost or torn edit.

    python -m tests.campaigns.kill --times 1000

A worker edits, undoes, redoes and publishes one file in a loop. It announces each operation with the state it will
lead to and acknowledges it once it returned; it is killed (SIGKILL) after a random number of acknowledgements and a
random moment more. The file is then opened by this process: it must hold the state last acknowledged, or the one
announced after it. At the end everything is undone, which must lead back to the beginning. Workers are forked from
one process that has everything imported, so a kill costs milliseconds.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import IO

from planner.document import Document
from planner.domain.changes import Label, build_changes
from planner.domain.engagement import Engagement
from planner.domain.initiative import Initiative
from planner.domain.settings import Settings
from tests.storage.generate import start


@dataclass(slots=True)
class Tally:
    """What a campaign saw."""

    kills: int = 0
    acknowledged: int = 0
    in_flight: int = 0
    recovered: int = 0
    faults: list[str] = field(default_factory=list)


def state_of(document: Document) -> str:
    """Return the state of a document in one word: steps done, steps in all, and what the last one wrote."""
    steps = document.history()
    done = sum(not step.undone for step in steps)
    engagement = document.engagement
    return f"{done}/{len(steps)}/{engagement.setting.name}/{len(engagement.initiatives)}"


def work(path: Path, seed: int) -> None:
    """Edit the file for ever, announcing and acknowledging every operation on the standard output."""
    random = Random(seed)
    document = Document.open(path, allow_read_only=False)
    say(f"open {state_of(document)}")
    while True:
        steps = document.history()
        done = sum(not step.undone for step in steps)
        kind = random.choices(("edit", "undo", "redo", "publish"), (6, 2, 2, 2))[0]
        if kind == "publish":
            document.publish()
        elif kind == "edit":
            name = f"{random.getrandbits(60):x}"
            settings: Settings = replace(document.engagement.setting, name=name)
            initiative = Initiative(id=name, name=name)
            changes = build_changes(document.engagement.by_kind(), Label("test"), put=[settings, initiative])
            say(f"will {done + 1}/{done + 1}/{name}/{len(document.engagement.initiatives) + 1}")
            document.edit(changes)
            say(f"done {state_of(document)}")
        elif (kind == "undo" and done) or (kind == "redo" and done < len(steps)):
            say(f"will {done + (1 if kind == 'redo' else -1)}/{len(steps)}/*/*")
            document.undo() if kind == "undo" else document.redo()
            say(f"done {state_of(document)}")


def say(line: str) -> None:
    """Write one whole line at once: a kill leaves no half of it."""
    os.write(sys.stdout.fileno(), f"{line}\n".encode())


def nurse() -> None:
    """Fork a worker for every request on the standard input, and tell when it is gone."""
    _warm_up()
    for request in sys.stdin:
        seed, path = request.rstrip("\n").split(" ", 1)
        child = os.fork()
        if child == 0:
            try:
                work(Path(path), int(seed))
            except BaseException as error:  # noqa: BLE001  told to the campaign, which counts it as a fault
                say(f"fault {error!r}")
            os._exit(1)
        say(f"pid {child}")
        os.waitpid(child, 0)
        say("gone")


def _warm_up() -> None:
    """Do everything once, so that a worker finds it done."""
    with tempfile.TemporaryDirectory() as folder:
        document = Document.create(Path(folder) / "warm.roadbook", start())
        document.edit(build_changes(document.engagement.by_kind(), Label("test"), put=[Initiative(id="a", name="a")]))
        document.undo()
        document.close()
        Document.open(Path(folder) / "warm.roadbook").close()


@contextmanager
def nursery() -> Iterator[subprocess.Popen[str]]:
    """Give the process that forks the workers."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.campaigns.kill", "--nursery"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).resolve().parents[2],
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                stream.close()


def run(folder: Path, *, times: int, seed: int) -> Tally:
    """Kill a worker `times` times over one file in `folder` and return what was seen."""
    tally = Tally()
    random = Random(seed)
    path = folder / "Killed.roadbook"
    beginning: Engagement = start()
    Document.create(path, beginning).close()
    with nursery() as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for number in range(times):
            process.stdin.write(f"{random.getrandbits(32)} {path}\n")
            process.stdin.flush()
            lines = _kill_at_random(process.stdout, random, tally)
            _look(path, lines, tally, number)
    document = Document.open(path, allow_read_only=False)
    while document.undo():
        pass
    if document.engagement != beginning:
        tally.faults.append("undoing everything did not lead back to the beginning")
    document.close()
    return tally


def _kill_at_random(output: IO[str], random: Random, tally: Tally) -> list[str]:
    """Let one worker go until a random moment, kill it, and return what it said."""
    lines: list[str] = []
    wanted = random.randint(0, 12)
    pause = random.random() * 0.006
    pid = 0
    heard = 0
    for raw in output:
        line = raw.rstrip("\n")
        if line == "gone":
            break
        if line.startswith("pid "):
            pid = int(line[4:])
        else:
            lines.append(line)
            heard += line.startswith(("open", "done"))
        if pid and heard > wanted:
            time.sleep(pause)
            os.kill(pid, signal.SIGKILL)
            pid = 0
            heard = -1_000_000
            tally.kills += 1
    return lines


def _look(path: Path, lines: list[str], tally: Tally, number: int) -> None:
    tally.faults += [f"kill {number}: {line}" for line in lines if line.startswith("fault")]
    acknowledged = [line for line in lines if line.startswith(("open", "done"))]
    tally.acknowledged += len(acknowledged) - 1
    begun = lines[-1].removeprefix("will ") if lines and lines[-1].startswith("will") else None
    try:
        document = Document.open(path, allow_read_only=False)
        found = state_of(document)
        tally.recovered += any(notice.code == "edits-recovered" for notice in document.notices)
        others = [notice.code for notice in document.notices if notice.code != "edits-recovered"]
        # Left half the time as a second kill would leave it, published the other half.
        document.close(publish=number % 2 == 0)
    except Exception as error:  # noqa: BLE001  whatever it is, it is a fault of the file
        tally.faults.append(f"kill {number}: the file does not open: {error!r}")
        return
    if others:
        tally.faults.append(f"kill {number}: {others}")
    if acknowledged and found == acknowledged[-1].split(" ", 1)[1]:
        return
    if begun is not None and _matches(found, begun):
        tally.in_flight += 1
        return
    tally.faults.append(f"kill {number}: found {found}, acknowledged {acknowledged[-1:]}, begun {begun}")


def _matches(found: str, begun: str) -> bool:
    return all(wanted in ("*", is_there) for is_there, wanted in zip(found.split("/"), begun.split("/"), strict=True))


def main() -> int:
    """Run a campaign and return 0 when nothing was lost."""
    parser = argparse.ArgumentParser(prog="python -m tests.campaigns.kill", description=__doc__)
    parser.add_argument("--times", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--nursery", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.nursery:
        nurse()
        return 0
    seed = arguments.seed if arguments.seed is not None else int(time.time())
    with tempfile.TemporaryDirectory(prefix="roadbook-kill-") as folder:
        os.environ["ROADBOOK_STATE_DIR"] = str(Path(folder) / "state")
        tally = run(Path(folder), times=arguments.times, seed=seed)
    print(
        f"seed {seed}: {tally.kills} kills, {tally.acknowledged} edits acknowledged, {tally.in_flight} kills with an "
        f"edit under way that was kept, {tally.recovered} recoveries, {len(tally.faults)} faults"
    )
    for fault in tally.faults[:20]:
        print(" ", fault)
    return 1 if tally.faults else 0


if __name__ == "__main__":
    sys.exit(main())
