"""Where the work stands, always in sight: saved and when, being written, not yet, read-only and why."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QWidget

from planner.language import N_, Language
from ui import assets, theme
from ui.actions import plain_tip
from ui.surroundings import Surroundings
from ui.widgets.text import PlainLabel


class SaveKind(enum.Enum):
    """What the label says of the file, and with which icon and tone."""

    NONE = ("", "text_muted")
    SAVED = ("success", "success")
    UNPUBLISHED = ("unsaved", "warning")
    PUBLISHING = ("saving", "information")
    READ_ONLY = ("lock", "text_muted")
    CONFLICT_COPY = ("warning", "warning")


@dataclass(frozen=True, slots=True)
class SaveSituation:
    """The state of the file; `at` is when it was last written, in local time.

    `reason` says in a sentence why it is read-only; where somebody else has it open (`is_in_use`), `machine` says on
    which machine, empty for this one.
    """

    kind: SaveKind = SaveKind.NONE
    at: datetime | None = None
    reason: str = ""
    is_in_use: bool = False
    machine: str = ""
    service: str = ""
    """The service that keeps the file's folder in step with other machines, if any."""


_WORDS: Final = {
    SaveKind.NONE: "",
    SaveKind.SAVED: N_("Saved"),
    SaveKind.UNPUBLISHED: N_("Not yet published"),
    SaveKind.PUBLISHING: N_("Publishing…"),
    SaveKind.READ_ONLY: N_("Read-only"),
    SaveKind.CONFLICT_COPY: N_("Conflict copy made"),
}


def word_save_situation(situation: SaveSituation, language: Language) -> str:
    """Return the state of the file in a few words."""
    if situation.kind is SaveKind.SAVED and situation.at is not None:
        time = f"{situation.at:%H:%M}"
        if situation.at.date() == date.today():
            return language.gettext(N_("Saved {time}")).format(time=time)
        day = language.date(situation.at.date())
        return language.gettext(N_("Saved on {day}, {time}")).format(day=day, time=time)
    if situation.kind is SaveKind.READ_ONLY and situation.is_in_use:
        if situation.machine:
            return language.gettext(N_("Read-only: open on {machine}")).format(machine=situation.machine)
        return language.gettext(N_("Read-only: open in another window"))
    return language.gettext(_WORDS[situation.kind])


def word_synced_folder(service: str, language: Language) -> str:
    """Return why a file is safe in a folder a service keeps in step."""
    return language.gettext(
        N_(
            "This file lies in {service} and is safe there: Roadbook works on a copy on this machine and replaces the "
            "file whole. If another machine changed it meanwhile, both versions are kept."
        )
    ).format(service=service)


class SaveStateLabel(QWidget):
    """An icon and a few words."""

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._situation = SaveSituation()
        self._picture = PlainLabel()
        self._picture.setFixedWidth(theme.ICON_SIZE)
        self.label = PlainLabel(role="caption")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_S, theme.SPACE_XS, theme.SPACE_S, theme.SPACE_XS)
        layout.setSpacing(theme.SPACE_XS + 2)
        layout.addWidget(self._picture)
        layout.addWidget(self.label)
        surroundings.language_changed.connect(self._refresh)
        surroundings.theme_changed.connect(self._refresh)
        self._refresh()

    @property
    def text(self) -> str:
        """The words shown."""
        return self.label.text()

    def show_situation(self, situation: SaveSituation) -> None:
        """Show another state."""
        self._situation = situation
        self._refresh()

    def _refresh(self) -> None:
        icon, tone = self._situation.kind.value
        text = word_save_situation(self._situation, self._surroundings.language)
        service = self._situation.service
        if service:
            language = self._surroundings.language
            self.setToolTip(plain_tip(word_synced_folder(service, language)))
            text = language.gettext(N_("{state} · in {service}")).format(state=text, service=service) if text else ""
        else:
            self.setToolTip(plain_tip(self._situation.reason))
        self.label.setText(text)
        self.label.setAccessibleName(text)
        self.setAccessibleName(text)
        if icon:
            self._picture.setPixmap(assets.picture(icon, getattr(self._surroundings.tokens, tone), theme.ICON_SIZE - 2))
        self._picture.setVisible(bool(icon))
