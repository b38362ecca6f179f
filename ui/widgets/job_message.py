"""A message that shows how far a job is and lets it be cancelled; it leaves when the job ends."""

from __future__ import annotations

from PySide6.QtWidgets import QProgressBar

from planner.language import N_
from ui.background import Job
from ui.surroundings import Surroundings
from ui.widgets.message_bar import Message, MessageArea


class JobBar(QProgressBar):
    """A bar whose slot goes with it: a message may be dismissed while its job goes on."""

    def show_progress(self, done: int, total: int) -> None:
        """Show how much is done."""
        self.setRange(0, max(1, total))
        self.setValue(done)


def show_job(area: MessageArea, surroundings: Surroundings, job: Job, *, text: str) -> Message:
    """Show `job` in `area` until it ends."""
    language = surroundings.language
    message = area.show_message(text, tone="information")
    bar = JobBar(message)
    bar.setTextVisible(False)
    bar.setRange(0, 0)
    bar.setFixedWidth(220)
    bar.setAccessibleName(text)
    message.add_widget(bar)
    cancel = message.add_button(language.gettext(N_("Cancel")), job.cancel, dismisses=False)
    cancel.clicked.connect(lambda: cancel.setEnabled(False))

    job.progressed.connect(bar.show_progress)
    job.finished.connect(message.dismiss)
    return message
