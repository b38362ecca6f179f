"""The dialogs pages open, each with what a coach has before them when it opens, and the form that adds one of every kind."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from planner.domain.kinds import KINDS
from tests.scenes.stage import Stage, wait_until
from ui.dialogs.import_report import ImportDialog
from ui.forms.dialog import EntityDialog

_TABLE = "Dimension,Theme,Practice,Level\nFlow,Build,Trunk-based development,2\nFlow,Build,Small steps,9\n,,,5\n"


def scenes(stage: Stage) -> Iterator[tuple[str, QWidget]]:
    """Play on the demo."""
    yield from _of_flow(stage)
    yield from _of_settings(stage)
    yield from _forms(stage)
    yield from _import(stage)


def _of_flow(stage: Stage) -> Iterator[tuple[str, QWidget]]:
    """The dialogs of the Flow page: a table from the clipboard with rows of every fate, none, and what is to be moved."""
    page = stage.show_page("flow")
    team = next(iter(page.engagement.teams.values()))
    measured = f"Team\tDate\tLead time (days)\n{team.name}\t2026-03-31\t2\nNobody\t2026-03-31\t1\n"
    for state, copied in (("", measured), ("-empty", "")):
        QGuiApplication.clipboard().setText(copied)
        with stage.dialog("flow.paste-metrics") as dialog:
            yield f"dialog-paste-metrics{state}", dialog
    QGuiApplication.clipboard().clear()
    with stage.dialog("flow.add-outcome") as dialog:
        yield "dialog-outcome", dialog
    page.show_view("streams")
    with stage.dialog("flow.export-picture") as dialog:
        yield "dialog-redaction", dialog


def _of_settings(stage: Stage) -> Iterator[tuple[str, QWidget]]:
    """The dialog that asks which teams keep a calendar."""
    stage.show_page("settings").show_section("calendars")
    stage.settle()
    with stage.dialog("settings.assign-teams") as dialog:
        yield "dialog-teams", dialog


def _forms(stage: Stage) -> Iterator[tuple[str, QWidget]]:
    """The form that adds one entity, of every kind there can be several of."""
    page = stage.show_page("organization")
    opened = stage.roadbook.opened
    assert opened is not None
    for kind in KINDS:
        if kind != "settings":
            dialog = EntityDialog(page.workbench, opened, kind, parent=stage.roadbook.window)
            with stage.dialog(partial(dialog.open)) as shown:
                yield f"dialog-add-{kind}", shown
            dialog.deleteLater()


def _import(stage: Stage) -> Iterator[tuple[str, QWidget]]:
    """What an import would take in, row by row."""
    opened, window = stage.roadbook.opened, stage.roadbook.window
    assert opened is not None
    path = stage.folder / "practices.csv"
    path.write_text(_TABLE, encoding="utf-8")
    stage.roadbook._exchange_desk().read(opened, (path,))
    wait_until(lambda: window.findChildren(ImportDialog))
    (dialog,) = window.findChildren(ImportDialog)
    stage.settle()
    yield "dialog-import", dialog
    dialog.reject()
    stage.settle()
