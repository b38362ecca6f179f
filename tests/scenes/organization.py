"""The Organization page: its tree, groups, applications and map, and what it asks."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from tests.scenes.stage import Stage
from ui.pages.organization.tree_rows import Column

_VIEWS = ("groups", "applications", "map")
_LIST = {
    "en": "Team\tDepartment\tPeople\tCapacity\tTopology\tRemark\n"
    "Claims\tProducts and customers\t10\t8\tStream-aligned\t\n"
    "Fraud detection\tProducts and customers\t6\t4\tComplicated subsystem\tstarts in March\n"
    "Data office\tData\tseven\t\tEnabling\t\n"
    "\tData\t3\t\t\tno name yet\n",
    "fr": "Équipe\tDirection\tEffectif\tCapacité\tTopologie\tRemarque\n"
    "Sinistres\tProduits et clients\t10\t8\tAlignée sur un flux\t\n"
    "Lutte contre la fraude\tProduits et clients\t6\t4\tSous-système complexe\tdémarre en mars\n"
    "Bureau des données\tDonnées\tsept\t\tFacilitatrice\t\n"
    "\tDonnées\t3\t\t\tpas encore de nom\n",
}


def scenes(stage: Stage) -> Iterator[tuple[str, QWidget]]:
    """Play on the demo."""
    window = stage.roadbook.window
    page = stage.show_page("organization")
    yield "organization", window
    team = next(iter(page.engagement.teams))
    page.reveal("teams", team)
    stage.settle()
    yield "organization-team", window
    with stage.editing(page.tree.view, page.tree.model.index_of(team, Column.PEOPLE)):
        yield "organization-people-typed", window
    page.filter.setText("plat")
    stage.settle()
    yield "organization-filtered", window
    page.filter.clear()
    for view in _VIEWS:
        stage.trigger(f"organization.show-{view}")
        stage.settle(0.3)
        yield f"organization-{view}", window
    interactions = page.engagement.interactions.values()
    worst = next(each for each in interactions if each.health.value == "blocking")
    page.reveal("interactions", worst.id)
    stage.settle()
    yield "organization-map-interaction", window
    page.reveal("interactions", worst.id)
    page.map.map.view.select((worst.from_team_id,))
    stage.settle()
    yield "organization-map-team", window
    with stage.dialog("organization.map-connect") as dialog:
        yield "dialog-map-connect", dialog
    stage.trigger("organization.show-tree")
    QGuiApplication.clipboard().setText(_LIST[stage.surroundings.language.code])
    with stage.dialog("organization.paste-list") as dialog:
        stage.settle(0.3)
        yield "dialog-team-list", dialog
    QGuiApplication.clipboard().clear()
    with stage.dialog("organization.paste-list") as dialog:
        yield "dialog-team-list-empty", dialog


def empty_scenes(stage: Stage) -> Iterator[tuple[str, QWidget]]:
    """Play on an engagement with nothing in it."""
    stage.show_page("organization")
    yield "organization-empty", stage.roadbook.window
    for view in _VIEWS:
        stage.trigger(f"organization.show-{view}")
        yield f"organization-{view}-empty", stage.roadbook.window
    stage.trigger("organization.show-tree")
