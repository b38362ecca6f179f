"""Make the file of the present format, once, when that format is about to be released: `python -m tests.files.make`.

Beside it goes what it holds, as JSON, so that later versions are held to reading it right.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from random import Random

import msgspec

from planner.document import Document
from planner.storage import file_format
from tests.storage.generate import fill, random_step

FOLDER = Path(__file__).parent


def main() -> None:
    """Write format-N.roadbook and format-N.json."""
    name = f"format-{file_format.CURRENT_FORMAT}"
    with tempfile.TemporaryDirectory() as state:
        os.environ["ROADBOOK_STATE_DIR"] = state
        path = FOLDER / f"{name}.roadbook"
        path.unlink(missing_ok=True)
        random = Random(2026)
        document = Document.create(path, fill(random, rounds=2))
        while len(document.history()) < 4:
            document.edit(random_step(random, document.engagement))
        document.undo()
        document.close()
    content = {kind: list(entities.values()) for kind, entities in document.engagement.by_kind().items()}
    (FOLDER / f"{name}.json").write_bytes(msgspec.json.format(msgspec.json.encode(content), indent=1) + b"\n")


if __name__ == "__main__":
    main()
