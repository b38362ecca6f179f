"""What Roadbook is, which version, and under which licence it may be used."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from planner.language import N_
from ui import assets, theme
from ui.surroundings import Surroundings
from ui.widgets.text import PlainLabel


class AboutDialog(QDialog):
    """A name, a sentence, a version."""

    def __init__(self, surroundings: Surroundings, parent: QWidget) -> None:
        super().__init__(parent)
        language = surroundings.language
        self.setWindowTitle(language.gettext(N_("About Roadbook")))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        logo = PlainLabel()
        logo.setPixmap(assets.mark(64))
        sentence = language.gettext(N_("Lead a transformation in one file: assess, prioritise, plan, present, track."))
        buttons = QDialogButtonBox()
        close = buttons.addButton(language.gettext(N_("Close")), QDialogButtonBox.ButtonRole.RejectRole)
        close.setAccessibleName(close.text())
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_XL, theme.SPACE_XL, theme.SPACE_XL, theme.SPACE_L)
        layout.setSpacing(theme.SPACE_M)
        layout.addWidget(logo)
        layout.addWidget(PlainLabel("Roadbook", role="display"))
        layout.addWidget(PlainLabel(sentence, role="muted", wraps=True))
        layout.addWidget(PlainLabel(language.gettext(N_("Version {version}")).format(version=_version())))
        layout.addWidget(PlainLabel(language.gettext(N_("Free software under the MIT licence")), role="caption"))
        layout.addSpacing(theme.SPACE_L)
        layout.addWidget(buttons)
        self.setFixedWidth(440)


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415  slow, and only needed here

    try:
        return version("roadbook")
    except PackageNotFoundError:
        return "0.1.0"
