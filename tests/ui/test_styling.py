"""Making a page styles it about once: all that moves to another parent is styled anew, with everything in it."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.conftest import StartRoadbook
from ui.pages.kinds import PAGES

_MOST_TIMES = 3.2
"""Times a widget of a page is styled on average; four to six where pages are built from the inside out."""


class StyleChanges(QObject):
    """Counts how often any widget is styled anew."""

    count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's own name
        """Count, and let it pass."""
        self.count += event.type() is QEvent.Type.StyleChange and watched.isWidgetType()
        return False


@pytest.mark.parametrize("page_id", [kind.id for kind in PAGES])
def test_a_page_is_made_in_its_place_from_the_outside_in(
    page_id: str, start: StartRoadbook, plan_file: Path, qapp: QApplication
) -> None:
    roadbook = start(plan_file)
    assert roadbook.pages is not None
    kind = next(kind for kind in PAGES if kind.id == page_id)
    kind.load()
    changes = StyleChanges(qapp)
    qapp.installEventFilter(changes)
    page = kind.make(roadbook.pages._workbench, roadbook.window.pages)
    roadbook.window.pages.addWidget(page)
    qapp.removeEventFilter(changes)
    widgets = page.findChildren(QWidget)
    assert len(widgets) > 50
    assert changes.count < _MOST_TIMES * len(widgets)
    page.deleteLater()
