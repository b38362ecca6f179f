"""The program: reads the command line, makes the application and what it stands in, and starts it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QApplication

from planner.language import LANGUAGES, N_, Language, system_language
from ui.bug_report import catch_bugs
from ui.garbage import GarbageCollector
from ui.memory import Memory
from ui.settings import THEMES, Preferences, load_preferences
from ui.surroundings import Surroundings
from ui.windows import Windows

_GIVE_WAY_SECONDS = 0.0002
"""How long a computing thread may keep the window waiting at each turn: at Python's own 5 ms a window that appears
while 10,000 initiatives are scheduled stood still for 0.4 s, at this for 0.1 to 0.2 s, and nothing took longer."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Start the application: `roadbook [FILE] [--demo] [--lang CODE] [--theme NAME]`; return its exit code."""
    preferences = load_preferences()
    asked = read_command_line(sys.argv[1:] if arguments is None else arguments, preferences)
    application = make_application()
    give_way_to_screen(application)
    surroundings = Surroundings(
        application, language=choose_language(asked.lang, preferences), theme_name=asked.theme or preferences.theme
    )
    windows = Windows(application, surroundings, Memory(preferences))
    catch_bugs(surroundings, windows.latest)
    windows.open(path=Path(asked.file) if asked.file else None, demo=asked.demo)
    return application.exec()


def give_way_to_screen(application: QApplication) -> GarbageCollector:
    """Let Python's threads take short turns beside the UI thread, and collect its garbage there alone."""
    sys.setswitchinterval(_GIVE_WAY_SECONDS)
    return GarbageCollector(application)


def make_application() -> QApplication:
    """Return the Qt application, named and in its style."""
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        application = QApplication(["roadbook"])
    application.setApplicationName("Roadbook")
    application.setApplicationDisplayName("Roadbook")
    application.setDesktopFileName("roadbook")
    application.setStyle("Fusion")
    return application


@dataclass(frozen=True, slots=True)
class CommandLine:
    """What was asked for; empty where nothing was."""

    file: str = ""
    demo: bool = False
    lang: str = ""
    theme: str = ""


def read_command_line(arguments: Sequence[str], preferences: Preferences) -> CommandLine:
    """Return what the command line asks for; help leaves with 0, usage errors with 2, as everywhere."""
    if not arguments:
        return CommandLine()
    if len(arguments) == 1 and not arguments[0].startswith("-"):
        return CommandLine(file=arguments[0])  # a file opened from its folder: what reads options costs a tenth of it
    import click  # noqa: PLC0415  as above

    from planner.cli_language import WordedCommand, WordedOption, explain_usage  # noqa: PLC0415  as above

    language = choose_language("", preferences)
    command = WordedCommand(
        "roadbook",
        params=[
            click.Argument(["file"], required=False, default=""),
            WordedOption(["--demo"], is_flag=True, help=N_("Open the demo engagement.")),
            WordedOption(["--lang"], type=click.Choice(sorted(LANGUAGES)), help=N_("The language of the screen.")),
            WordedOption(["--theme"], type=click.Choice(THEMES), help=N_("The colours of the screen.")),
        ],
        callback=lambda **given: CommandLine(**{name: value for name, value in given.items() if value is not None}),
        context_settings={"help_option_names": ["--help", "-h"]},
        help=N_(
            "Lead a transformation in one file: assess, prioritise, plan, present, track. FILE is the engagement to open."
        ),
    )
    try:
        asked = command.main(list(arguments), prog_name="roadbook", standalone_mode=False, obj=language)
    except click.UsageError as error:
        sys.stderr.write(f"{explain_usage(error, language)}\n")
        sys.exit(2)
    return asked if isinstance(asked, CommandLine) else sys.exit(0)


def choose_language(asked: str | None, preferences: Preferences) -> Language:
    """Return the language asked for, remembered, or spoken by this machine, in that order."""
    code = asked or preferences.language
    return Language(code) if code in LANGUAGES else system_language()


if __name__ == "__main__":
    sys.exit(main())
