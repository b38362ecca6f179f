"""Draw every scene of the application as PNG, named SCENE-THEME-LANGUAGE-SIZE.png: `python -m tests.screenshots DIR`.

It uses the screen there is, or none, and folders of its own. High contrast and other sizes are drawn where they are asked
for; 200 % of scale is what `QT_SCALE_FACTOR=2` makes of it.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from itertools import product
from pathlib import Path

if not os.environ.get("DISPLAY") and sys.platform.startswith("linux"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent

from planner.language import Language
from tests.scenes.plays import all_plays, perform
from ui.app import make_application
from ui.surroundings import Surroundings


def main(arguments: list[str]) -> int:
    """Draw what is asked for into the folder named first."""
    parser = argparse.ArgumentParser(prog="python -m tests.screenshots", description=__doc__)
    parser.add_argument("folder", type=Path, help="where the pictures go")
    parser.add_argument("--only", default="", metavar="WORD", help="draw the plays whose name has this word")
    parser.add_argument("--themes", nargs="+", default=["light", "dark"], choices=["light", "dark", "high-contrast"])
    parser.add_argument("--languages", nargs="+", default=["en", "fr"], choices=["en", "fr"])
    parser.add_argument("--sizes", nargs="+", default=["1440x900", "1920x1080"], metavar="WIDTHxHEIGHT")
    asked = parser.parse_args(arguments)
    asked.folder.mkdir(parents=True, exist_ok=True)
    application = make_application()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        os.environ["ROADBOOK_CONFIG_DIR"] = str(Path(folder) / "config")
        for theme, code, size, play in product(asked.themes, asked.languages, asked.sizes, all_plays()):
            if asked.only not in str(play):
                continue
            own = Path(tempfile.mkdtemp(dir=folder))
            os.environ["ROADBOOK_STATE_DIR"] = str(own / "state")
            surroundings = Surroundings(application, language=Language(code), theme_name=theme)
            width, height = map(int, size.split("x"))
            for name, widget in perform(play, surroundings, own, (width, height)):
                path = asked.folder / f"{name}-{theme}-{code}-{size}.png"
                widget.grab().save(str(path))
                print(path, flush=True)
            surroundings.deleteLater()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # its words of Qt go with it
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
