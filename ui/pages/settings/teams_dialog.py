"""Which teams keep a calendar: all of them with a tick each, found by name."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, QSortFilterProxyModel, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QListView, QVBoxLayout, QWidget

from planner.domain.engagement import Engagement
from planner.language import N_
from ui import theme
from ui.surroundings import Surroundings
from ui.widgets.text import PlainLabel

_ID = Qt.ItemDataRole.UserRole + 1


class TeamsDialog(QDialog):
    """Offers every team; `agreed(ids)` with those that were ticked."""

    def __init__(
        self,
        surroundings: Surroundings,
        engagement: Engagement,
        calendar_id: str,
        *,
        agreed: Callable[[tuple[str, ...]], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        language = surroundings.language
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        name = engagement.calendars[calendar_id].name
        self.setWindowTitle(language.gettext(N_("Teams that keep a calendar")))
        heading = PlainLabel(
            language.gettext(N_("Teams that keep “{name}”")).format(name=name), role="heading", wraps=True
        )
        sentence = PlainLabel(
            language.gettext(N_("A team keeps one calendar of its own beside the engagement's.")),
            role="muted",
            wraps=True,
        )
        self.model = QStandardItemModel(self)
        for team in sorted(engagement.teams.values(), key=lambda team: team.name.casefold()):
            other = engagement.calendars.get(team.calendar_id or "")
            note = f" \N{EM DASH} {other.name}" if other is not None and other.id != calendar_id else ""
            item = QStandardItem(f"{team.name} ({engagement.units[team.unit_id].name}){note}")
            item.setData(team.id, _ID)
            item.setSizeHint(QSize(0, theme.row_height(surroundings.font)))
            item.setCheckable(True)
            item.setEditable(False)
            item.setCheckState(Qt.CheckState.Checked if team.calendar_id == calendar_id else Qt.CheckState.Unchecked)
            self.model.appendRow(item)
        narrowed = QSortFilterProxyModel(self)
        narrowed.setSourceModel(self.model)
        narrowed.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        find = QLineEdit()
        words = language.gettext(N_("Find a team"))
        find.setPlaceholderText(words)
        find.setAccessibleName(words)
        find.setClearButtonEnabled(True)
        find.textChanged.connect(narrowed.setFilterFixedString)
        self.teams = QListView()
        self.teams.setModel(narrowed)
        self.teams.setUniformItemSizes(True)
        self.teams.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.teams.setAccessibleName(language.gettext(N_("Teams")))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        for button in buttons.buttons():
            button.setAccessibleName(button.text().replace("&", ""))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.accepted.connect(lambda: agreed(self.ticked()))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_XL, theme.SPACE_L, theme.SPACE_XL, theme.SPACE_L)
        layout.setSpacing(theme.SPACE_S)
        for part in (heading, sentence, find, self.teams, buttons):
            layout.addWidget(part)
        self.resize(460, 520)

    def ticked(self) -> tuple[str, ...]:
        """Return the teams that are ticked."""
        items = [self.model.item(row) for row in range(self.model.rowCount())]
        return tuple(item.data(_ID) for item in items if item.checkState() == Qt.CheckState.Checked)
