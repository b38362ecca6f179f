"""What stands out on the interaction map, as a list: choosing one selects what it names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from planner.analysis.interactions import Finding, FindingKind
from planner.domain.engagement import Engagement
from planner.language import N_, NN_, Language
from planner.words import INTERACTION_MODE_WORDS
from ui import theme
from ui.actions import plain_tip
from ui.diagram import painting
from ui.diagram.painting import Dress
from ui.diagram.values import Symbol
from ui.pages.organization.map_picture import word_interaction

_SIGNS: Final = {
    FindingKind.BLOCKING: Symbol.STOP,
    FindingKind.ALONE: Symbol.APART,
    FindingKind.APART: Symbol.APART,
    FindingKind.HAND_OFFS_ONLY: Symbol.APART,
    FindingKind.OVERDUE: Symbol.LATE,
}
_NO_PARENT: Final = QModelIndex()


def word_finding(engagement: Engagement, finding: Finding, language: Language) -> str:
    """Return a finding as a heading and a line below it."""
    names = [engagement.teams[team_id].name for team_id in finding.team_ids]
    shown = ", ".join(names[:6]) + (", …" if len(names) > 6 else "")
    if finding.kind is FindingKind.BLOCKING:
        heading = language.gettext(N_("Blocking: {mode}"))
        mode = engagement.interactions[finding.interaction_ids[0]].mode
        heading = heading.format(mode=language.gettext(INTERACTION_MODE_WORDS[mode]))
        return f"{heading}\n{' → '.join(names)}"
    if finding.kind is FindingKind.OVERDUE:
        heading = language.ngettext(*NN_("{count} day past its end", "{count} days past its end"), finding.days_late)
        return f"{heading.format(count=language.number(finding.days_late, decimals=0))}\n{' → '.join(names)}"
    headings = {
        FindingKind.ALONE: N_("Silo: no interaction at all"),
        FindingKind.APART: N_("Silo: no interaction with the rest"),
        FindingKind.HAND_OFFS_ONLY: N_("Silo: nothing but hand-offs"),
    }
    return f"{language.gettext(headings[finding.kind])}\n{shown}"


class FindingList(QAbstractListModel):
    """The findings, worded."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.findings: tuple[Finding, ...] = ()
        self._texts: tuple[str, ...] = ()
        self._tips: tuple[str, ...] = ()
        self._dress: Dress | None = None

    def take(
        self,
        engagement: Engagement | None,
        findings: Sequence[Finding],
        language: Language,
        dress: Dress,
        *,
        today: date,
    ) -> None:
        """Show other findings, or the same in other words or colours."""
        texts = tuple(word_finding(engagement, each, language) for each in findings) if engagement is not None else ()
        if (tuple(findings), texts, dress) == (self.findings, self._texts, self._dress):
            return
        self.beginResetModel()
        self.findings, self._texts, self._dress = tuple(findings), texts, dress
        self._tips = tuple(_tip(engagement, each, language, today) for each in findings) if engagement else ()
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> int:
        """Return how many things stand out."""
        return 0 if parent.isValid() else len(self._texts)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the words, the sign or the tip of one finding."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._texts[index.row()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._texts[index.row()].replace("\n", ": ")
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._tips[index.row()])
        if role == Qt.ItemDataRole.DecorationRole and self._dress is not None:
            return painting.sign(_SIGNS[self.findings[index.row()].kind], self._dress, theme.ICON_SIZE)
        return None


def _tip(engagement: Engagement, finding: Finding, language: Language, today: date) -> str:
    interactions = [engagement.interactions[each] for each in finding.interaction_ids[:12]]
    lines = [word_interaction(engagement, each, language, today=today) for each in interactions]
    notes = [each.note for each in interactions if each.note and len(interactions) == 1]
    return "\n".join((*lines, *notes)) or word_finding(engagement, finding, language)
