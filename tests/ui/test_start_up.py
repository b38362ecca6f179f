"""What starting must not cost: libraries only exports and old files need, and Babel, SQLAlchemy before the first picture."""

from __future__ import annotations

import subprocess
import sys

_NEVER = ("matplotlib", "openpyxl", "xlsxwriter", "pptx", "ortools", "pandas", "numpy", "alembic")
_NOT_BEFORE_THE_FIRST_PICTURE = (*_NEVER, "sqlalchemy", "sqlite3", "babel", "holidays", "msgspec", "yaml", "click")

_PROGRAM = """
import sys
from PySide6.QtCore import QTimer
from ui.app import make_application, choose_language
from ui.composition import Roadbook
from ui.memory import Memory
from ui.settings import Preferences
from ui.surroundings import Surroundings
from planner.language import Language
application = make_application()
roadbook = Roadbook(application, Surroundings(application, language=Language("en"), theme_name="light"), Memory(Preferences()))
roadbook.window.first_painted.connect(lambda: print(*sorted({name.split(".")[0] for name in sys.modules}), flush=True))
roadbook.window.first_painted.connect(lambda: QTimer.singleShot(0, roadbook.window.close))
roadbook.start()
sys.exit(application.exec())
"""


def test_the_first_picture_needs_none_of_the_heavy_libraries() -> None:
    done = subprocess.run([sys.executable, "-c", _PROGRAM], capture_output=True, text=True, timeout=60, check=True)
    loaded = set(done.stdout.split())
    assert "PySide6" in loaded
    assert loaded.isdisjoint(_NOT_BEFORE_THE_FIRST_PICTURE)


def test_importing_every_part_of_the_window_needs_none_of_the_export_libraries() -> None:
    program = "import sys, ui.app, ui.pages.timeline.page, ui.exchange_desk; print(*{name.split('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    assert set(done.stdout.split()).isdisjoint(_NEVER)
