"""Going back to a backup: choose the file, choose the moment; it opens as a file of its own, so that nothing is lost."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from planner.document import Backup, list_backups
from planner.domain.errors import UserError
from planner.language import N_
from planner.messages import explain
from ui import theme
from ui.background import Background
from ui.dialogs.files import ask_open, folder_text
from ui.surroundings import Surroundings
from ui.widgets.agree_buttons import AgreeButtons
from ui.widgets.text import PlainLabel


class RecoverDialog(QDialog):
    """`chosen(backup, path)` with the backup to open and the new file it goes to."""

    chosen = Signal(object, object)

    def __init__(
        self,
        surroundings: Surroundings,
        background: Background,
        known: tuple[Path, ...],
        folder: Path,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._background = background
        self._folder = folder
        self._asked = 0
        language = surroundings.language
        title = language.gettext(N_("Recover an earlier version"))
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.files = QComboBox()
        self.files.setAccessibleName(language.gettext(N_("File")))
        self.files.setMinimumContentsLength(24)
        self.files.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for path in known:
            self._add(path)
        self.browse = QPushButton(language.gettext(N_("&Another file…")))
        self.browse.setAccessibleName(language.gettext(N_("Another file")))
        self.browse.clicked.connect(self._browse)
        row = QHBoxLayout()
        row.addWidget(self.files, 1)
        row.addWidget(self.browse)
        self.moments = QListWidget()
        self.moments.setObjectName("rows")
        self.moments.setAccessibleName(language.gettext(N_("Backups, newest first")))
        self.moments.itemDoubleClicked.connect(self._choose)
        self.state = PlainLabel(role="muted", wraps=True)
        buttons = AgreeButtons(language, language.gettext(N_("&Open as a new file")))
        self.go = buttons.go
        buttons.accepted.connect(self._choose)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_XL, theme.SPACE_XL, theme.SPACE_XL, theme.SPACE_L)
        layout.setSpacing(theme.SPACE_M)
        layout.addWidget(PlainLabel(title, role="title"))
        layout.addLayout(row)
        layout.addWidget(self.state)
        layout.addWidget(self.moments, 1)
        layout.addWidget(buttons)
        self.resize(600, 480)
        self.files.currentIndexChanged.connect(self._list)
        self._list()

    def done(self, result: int) -> None:
        """Close; what is still being read is of no interest any more."""
        self._asked += 1
        super().done(result)

    def _add(self, path: Path) -> None:
        self.files.addItem(
            self._surroundings.language.gettext(N_("{name} in {folder}")).format(
                name=path.stem, folder=folder_text(path)
            ),
            str(path),
        )
        self.files.setItemData(self.files.count() - 1, str(path), Qt.ItemDataRole.AccessibleDescriptionRole)

    def _browse(self) -> None:
        language = self._surroundings.language
        ask_open(
            self,
            language=language,
            title=language.gettext(N_("Recover an earlier version")),
            filters=(language.gettext(N_("Roadbook engagement (*.roadbook)")),),
            folder=self._folder,
            chosen=self._take_file,
        )

    def _take_file(self, path: Path) -> None:
        at = self.files.findData(str(path))
        if at < 0:
            self._add(path)
            at = self.files.count() - 1
        self.files.setCurrentIndex(at)

    def _list(self) -> None:
        """List the backups of the chosen file; each is read whole first, off the UI thread."""
        self.moments.clear()
        self.go.setEnabled(False)
        chosen = self.files.currentData()
        language = self._surroundings.language
        if chosen is None:
            self.state.setText(language.gettext(N_("Choose the file whose earlier versions you look for.")))
            return
        self.state.setText(language.gettext(N_("Checking the backups…")))
        self._asked += 1
        asked = self._asked
        self._background.run(
            lambda _progress: list_backups(Path(chosen)),
            success=lambda backups: self._show_backups(asked, backups),
            failure=lambda error: self._show_problem(asked, error),
        )

    def _show_backups(self, asked: int, backups: tuple[Backup, ...]) -> None:
        if not isValid(self) or asked != self._asked:
            return
        language = self._surroundings.language
        minutes = Counter(backup.at.replace(second=0, microsecond=0) for backup in backups)
        for backup in backups:
            at = backup.at.astimezone()
            is_alone = minutes[backup.at.replace(second=0, microsecond=0)] == 1
            time = f"{at:%H:%M}" if is_alone else f"{at:%H:%M:%S}"
            item = QListWidgetItem(f"{language.date(at.date(), width='full')}, {time}")
            item.setData(Qt.ItemDataRole.UserRole, backup)
            self.moments.addItem(item)
        if backups:
            self.state.setText(language.gettext(N_("A version opens as a file of its own; the present one stays.")))
            self.moments.setCurrentRow(0)
            self.go.setEnabled(True)
        else:
            self.state.setText(language.gettext(N_("This machine has no backup of that file.")))

    def _show_problem(self, asked: int, error: UserError) -> None:
        if isValid(self) and asked == self._asked:
            self.state.setText(explain(error, self._surroundings.language))

    def _choose(self) -> None:
        item = self.moments.currentItem()
        if item is None:
            return
        backup: Backup = item.data(Qt.ItemDataRole.UserRole)
        path = Path(self.files.currentData())
        stamp = f"{backup.at.astimezone():%Y-%m-%d %H.%M.%S}"
        self.accept()
        self.chosen.emit(backup, path.with_name(f"{path.stem} ({stamp}){path.suffix}"))
