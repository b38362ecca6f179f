"""Qt's own dialogs speak the language of the screen: their buttons, titles and fields."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import (
    QAbstractButton,
    QColorDialog,
    QDialogButtonBox,
    QFileDialog,
    QInputDialog,
    QLabel,
    QWidget,
)
from pytestqt.qtbot import QtBot

from planner.language import Language
from ui.actions import plain_words
from ui.surroundings import Surroundings

BUTTONS = QDialogButtonBox.StandardButton
WORDS = {
    "en": {BUTTONS.Cancel: "Cancel", BUTTONS.Save: "Save", BUTTONS.Close: "Close", BUTTONS.Yes: "Yes"},
    "fr": {BUTTONS.Cancel: "Annuler", BUTTONS.Save: "Enregistrer", BUTTONS.Close: "Fermer", BUTTONS.Yes: "Oui"},
}


def said(dialog: QWidget) -> str:
    """Return what the buttons and labels of a dialog say."""
    parts = [*dialog.findChildren(QLabel), *dialog.findChildren(QAbstractButton)]
    return " · ".join(plain_words(part.text()) for part in parts if part.text())


@pytest.mark.parametrize("code", WORDS)
def test_the_buttons_qt_words_itself_are_in_the_language_of_the_screen(
    code: str, surroundings: Surroundings, qtbot: QtBot
) -> None:
    surroundings.set_language(Language("fr" if code == "en" else "en"))
    surroundings.set_language(Language(code))
    box = QDialogButtonBox()
    qtbot.addWidget(box)
    for which, word in WORDS[code].items():
        assert plain_words(box.addButton(which).text()) == word


def test_the_dialogs_of_qt_hold_no_english_on_a_french_screen(surroundings: Surroundings, qtbot: QtBot) -> None:
    dialogs: list[QWidget] = []
    for code in ("en", "fr"):
        surroundings.set_language(Language(code))
        colours, files, asked = QColorDialog(), QFileDialog(), QInputDialog()
        colours.setOption(QColorDialog.ColorDialogOption.DontUseNativeDialog)
        files.setOption(QFileDialog.Option.DontUseNativeDialog)
        for one in (colours, files, asked):
            qtbot.addWidget(one)
            one.show()
            dialogs.append(one)
    english, french = dialogs[:3], dialogs[3:]
    for before, after in zip(english, french, strict=True):
        assert said(before) != said(after)
        assert "Cancel" in said(before)
        assert "Annuler" in said(after)
        assert "Cancel" not in said(after)
