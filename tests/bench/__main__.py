"""`python -m tests.bench [NAME...]`: measure every row (or those whose module is named) and print the table."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
import tempfile
from pathlib import Path

from tests.bench.measure import Row

MODULES = ("startup", "file", "plan", "outlook", "exports", "screen", "stalls")


def print_table(rows: list[Row]) -> None:
    """Print the rows as a Markdown table."""
    print("| What | Ours | Limit or peer | | Ratio | Goal | Met |")
    print("|---|--:|---|--:|--:|--:|---|")
    for row in rows:
        print(
            f"| {row.what} | {row.ours_seconds * 1000:,.1f} ms | {row.peer} | {row.peer_seconds * 1000:,.1f} ms "
            f"| {row.ratio:.2f} | {row.goal:.2f} | {'yes' if row.met else 'NO'} |"
        )


def main() -> int:
    """Measure, print, and return 0 when every goal is met."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(MODULES))
    chosen = parser.parse_args().names or MODULES
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="roadbook-bench-") as folder:
        os.environ["ROADBOOK_STATE_DIR"] = str(Path(folder) / "state")
        os.environ["ROADBOOK_CONFIG_DIR"] = str(Path(folder) / "config")
        for name in chosen:
            print(f"measuring {name} ...", file=sys.stderr, flush=True)
            rows += importlib.import_module(f"tests.bench.{name}").measure(Path(folder))
    print_table(rows)
    met = sum(row.met for row in rows)
    print(f"\n{met} of {len(rows)} goals met")
    return 0 if met == len(rows) else 1


if __name__ == "__main__":
    sys.exit(main())
