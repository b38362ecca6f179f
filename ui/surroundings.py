"""What every widget stands in: the language it speaks and the theme it wears, both switchable while running.

One value of this is made by the composition root and handed down; widgets reword and repaint when it says so.
"""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, Qt, QTranslator, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from planner.language import Language
from ui import theme
from ui.style_sheet import style_sheet
from ui.theme import Tokens


class Surroundings(QObject):
    """The language and the theme of the running application."""

    language_changed = Signal()
    theme_changed = Signal()

    def __init__(self, application: QApplication, *, language: Language, theme_name: str) -> None:
        super().__init__(application)
        self._application = application
        self._translator = QTranslator(self)
        self.language = language
        self.theme_name = theme_name
        self.font: QFont = theme.body_font()
        self.tokens: Tokens = theme.LIGHT
        application.styleHints().colorSchemeChanged.connect(self._follow_system)
        self._apply_language()
        self._apply_theme()

    def set_language(self, language: Language) -> None:
        """Speak `language` from now on."""
        if language != self.language:
            self.language = language
            self._apply_language()
            self.language_changed.emit()

    def set_theme(self, theme_name: str) -> None:
        """Wear "light", "dark", "high-contrast" or, with "system", what the system shows."""
        if theme_name != self.theme_name:
            self.theme_name = theme_name
            self._apply_theme()
            self.theme_changed.emit()

    def _apply_language(self) -> None:
        code = self.language.code
        self._application.removeTranslator(self._translator)
        locale = QLocale(QLocale.Language.French if code == "fr" else QLocale.Language.English)
        if code == "en":
            locale = QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)
        elif self._translator.load(f"qtbase_{code}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            self._application.installTranslator(self._translator)
        QLocale.setDefault(locale)

    def _apply_theme(self) -> None:
        scheme = {
            "light": Qt.ColorScheme.Light,
            "dark": Qt.ColorScheme.Dark,
            "high-contrast": Qt.ColorScheme.Dark,
        }.get(self.theme_name)
        hints = self._application.styleHints()
        if scheme is None:
            hints.unsetColorScheme()
        else:
            hints.setColorScheme(scheme)
        self.tokens = theme.resolve_tokens(self.theme_name)
        self._application.setFont(self.font)
        self._application.setPalette(theme.palette_of(self.tokens))
        # Replacing a sheet dresses every widget once for each widget it lies in; off and on again, once each. With every
        # page made that is 0.15 s instead of 1 s.
        self._application.setStyleSheet("")
        self._application.setStyleSheet(style_sheet(self.tokens, self.font))

    def _follow_system(self) -> None:
        if self.theme_name == "system" and theme.resolve_tokens("system") != self.tokens:
            self._apply_theme()
            self.theme_changed.emit()
