"""The interaction map as a picture for a slide, without what its maker leaves out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QWidget

from planner.analysis.interactions import find_all
from planner.domain.engagement import Engagement
from planner.exchange.redaction import Redaction, redact, redacted_ids
from planner.language import N_, Language
from ui.diagram.exporting import MAP_TITLE, ask_place, save_off_thread
from ui.diagram.picture import write_picture
from ui.diagram.values import Diagram
from ui.dialogs.redaction import RedactionDialog, ask_redaction
from ui.pages.organization.map_picture import draw_map
from ui.workbench import Workbench


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownMap:
    """What a picture is made of: the teams with a place, those that match `wanted` in front."""

    engagement: Engagement
    places: Mapping[str, tuple[float, float]]
    wanted: str
    today: date

    def diagram(self, redaction: Redaction, language: Language) -> Diagram:
        """Return the map without what `redaction` names, as every export leaves it out."""
        redacted = redact(self.engagement, redaction, language=language)
        ids = redacted_ids(self.engagement, redacted, "teams")
        places = {ids[team_id]: place for team_id, place in self.places.items()}
        drawn = self._draw(redacted, places, language)
        # Who stands back is said by the names on screen, which may not be those of the picture.
        seen = self._draw(self.engagement, self.places, language, wanted=self.wanted)
        return replace(
            drawn,
            nodes=tuple(
                replace(one, vivid=as_seen.vivid) for one, as_seen in zip(drawn.nodes, seen.nodes, strict=True)
            ),
            edges=tuple(
                replace(one, vivid=as_seen.vivid) for one, as_seen in zip(drawn.edges, seen.edges, strict=True)
            ),
            title=title_of(redacted, language),
        )

    def _draw(
        self, engagement: Engagement, places: Mapping[str, tuple[float, float]], language: Language, *, wanted: str = ""
    ) -> Diagram:
        findings = find_all(engagement, today=self.today)
        return draw_map(engagement, findings, places, language, today=self.today, wanted=wanted)


def title_of(engagement: Engagement, language: Language) -> str:
    """Return what stands above the picture."""
    return language.gettext(N_("Interactions of {name}")).format(name=engagement.setting.name)


def ask_map_picture(workbench: Workbench, parent: QWidget, shown: ShownMap) -> RedactionDialog:
    """Ask what to leave out and for a place, and write the map there, in the format its name ends with."""
    language, font = workbench.surroundings.language, workbench.surroundings.font
    title = language.gettext(MAP_TITLE)

    def ask_where(redaction: Redaction) -> None:
        def save(path: Path) -> None:
            save_off_thread(
                workbench,
                lambda target, progress: write_picture(
                    shown.diagram(redaction, language), target, font=font, progress=progress
                ),
                path,
            )

        ask_place(workbench, parent, title=title, name=title_of(shown.engagement, language), chosen=save)

    return ask_redaction(workbench, parent, title=title, agreed=ask_where)
