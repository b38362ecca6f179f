"""`roadbook-cli`: every verb of a Roadbook file for people without a screen and for scripts.

Results go to standard output (`--json` makes them machine-readable), messages to standard error. The exit code says
how it went: 0 done, 1 checked and not sound, 2 wrong usage, 3 bad input, 4 a bug of ours. What takes time to load is
loaded by the verb that needs it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

import click

from planner.cli_baseline import baseline
from planner.cli_files import close, editing, reading
from planner.cli_language import WordedGroup, WordedOption, explain_usage, language_asked_for, language_of
from planner.cli_load import load
from planner.cli_outlook import project, risk
from planner.cli_output import (
    ReaderLeft,
    abandon_output,
    describe_report,
    plain,
    prepare_streams,
    print_json,
    print_line,
    print_report,
    report_bug,
    say,
)
from planner.cli_rank import rank
from planner.cli_scenario import scenario
from planner.cli_sequence import sequence
from planner.domain.errors import UserError
from planner.language import LANGUAGES, N_, Language
from planner.messages import ERRORS, explain
from planner.words import KIND_WORDS

if TYPE_CHECKING:
    from planner.domain.engagement import Engagement

DONE, NOT_SOUND, WRONG_USAGE, BAD_INPUT, INTERRUPTED = 0, 1, 2, 3, 130

_NOT_SOUND_CODES: Final = frozenset(
    {"file-damaged", "file-damaged-with-backup", "file-empty", "file-empty-with-backup"}
)
_UNPRINTABLE: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_FILE: Final = click.Path(path_type=Path)
_JSON_OPTION: Final = click.option(
    "--json", "as_json", is_flag=True, cls=WordedOption, help=N_("Print the result as JSON.")
)
_LANG_OPTION: Final = click.option(
    "--lang",
    type=click.Choice(list(LANGUAGES)),
    cls=WordedOption,
    help=N_("The language of what is written: en or fr."),
)


@click.group(
    cls=WordedGroup, context_settings={"help_option_names": ["--help", "-h"]},
    help=N_("Create, check, fill, schedule and export a Roadbook file."),
)  # fmt: skip
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, cls=WordedOption, help=N_("Show the version and exit."),
    callback=lambda context, _parameter, wanted: _show_version(context) if wanted else None,
)  # fmt: skip
@click.option(
    "--lang", type=click.Choice(list(LANGUAGES)), cls=WordedOption, help=N_("The language of what is said: en or fr.")
)
def commands(lang: str | None) -> None:
    """Hold the commands; the language was chosen before any of them runs."""
    del lang


@commands.command(help=N_("Create FILE, empty or with the demo engagement."))
@click.argument("file", type=_FILE)
@click.option("--demo", is_flag=True, cls=WordedOption, help=N_("Fill it with the demo engagement."))
@_LANG_OPTION
@click.pass_context
def new(context: click.Context, file: Path, *, demo: bool, lang: str | None) -> None:
    """Create a file."""
    from planner.document import Document  # noqa: PLC0415  loaded when used
    from planner.editing.start import start_engagement  # noqa: PLC0415  loaded when used

    language = Language(lang) if lang else language_of(context)
    if demo:
        from planner.exchange.demo import demo_engagement  # noqa: PLC0415  loaded when used

        engagement = demo_engagement(language, date.today())
    else:
        engagement = start_engagement(_name_after(file), created=date.today())
    document = Document.create(file, engagement)
    close(document, language)
    say(language.gettext(N_("Created {path}.")).format(path=file))


@commands.command(help=N_("Show what FILE holds."))
@click.argument("file", type=_FILE)
@_JSON_OPTION
@click.pass_context
def info(context: click.Context, file: Path, *, as_json: bool) -> None:
    """Show a file's content in numbers."""
    from planner.document import FILE_FORMAT  # noqa: PLC0415  loaded when used
    from planner.step_labels import describe  # noqa: PLC0415  loaded when used

    language = language_of(context)
    with reading(file, language) as document:
        engagement, state = document.engagement, document.save_state
        counts = {kind: len(entities) for kind, entities in engagement.by_kind().items()}
        undo, redo = document.undo_label, document.redo_label
        told = {
            "file": str(file),
            "name": engagement.setting.name,
            "client": engagement.setting.client,
            "created": engagement.setting.created.isoformat(),
            "first_day": engagement.first_day.isoformat(),
            "file_format": FILE_FORMAT,
            "save_state": state.kind.value,
            "read_only": explain(document.read_only, language) if document.read_only else None,
            "steps": len(document.history()),
            "undo": describe(undo, language) if undo else None,
            "redo": describe(redo, language) if redo else None,
            "counts": counts,
        }
    if as_json:
        print_json(told)
        return
    print_line(" · ".join(filter(None, (engagement.setting.name, engagement.setting.client))))
    for kind, count in counts.items():
        if count and kind != "settings":
            print_line(f"{count:>8}  {language.gettext(KIND_WORDS[kind])}")
    if undo:
        print_line(language.gettext(N_("Last step: {step}")).format(step=describe(undo, language)))


@commands.command(help=N_("Verify FILE wholly: seal, structure, rules, schedule."))
@click.argument("file", type=_FILE)
@_JSON_OPTION
@click.pass_context
def check(context: click.Context, file: Path, *, as_json: bool) -> int:
    """List what is not sound; exit 1 when anything is."""
    language = language_of(context)
    findings: list[UserError] = []
    try:
        with reading(file, language) as document:
            findings.extend(_faults_in(document.engagement))
    except UserError as error:
        if error.code not in _NOT_SOUND_CODES:
            raise
        findings.append(error)
    if as_json:
        told = [{"code": finding.code, "message": explain(finding, language)} for finding in findings]
        print_json({"file": str(file), "sound": not findings, "findings": told})
    elif findings:
        for finding in findings:
            print_line(explain(finding, language))
    else:
        print_line(language.gettext(N_("{path} is sound.")).format(path=file))
    return NOT_SOUND if findings else DONE


@commands.command(
    "import",
    help=N_(
        "Take SOURCE files into FILE: Roadbook JSON, Microsoft Project XML, OWASP DSOMM or SAMM, Measure-Mate, a table of "
        "practices."
    ),
)
@click.argument("file", type=_FILE)
@click.argument("source", type=_FILE, nargs=-1, required=True)
@click.option(
    "--as",
    "kind",
    type=click.Choice(["json", "dsomm", "samm", "measure-mate", "table", "msproject"]),
    cls=WordedOption,
    help=N_("What SOURCE is: json, dsomm, samm, measure-mate, table or msproject."),
)
@click.option("--dry-run", is_flag=True, cls=WordedOption, help=N_("Report what would change, and change nothing."))
@_JSON_OPTION
@click.pass_context
def import_sources(
    context: click.Context, file: Path, source: tuple[Path, ...], *, kind: str | None, dry_run: bool, as_json: bool
) -> None:
    """Import as one step that can be undone."""
    from planner.domain.changes import Label  # noqa: PLC0415  loaded when used
    from planner.exchange.import_report import Fate, changes_of  # noqa: PLC0415  loaded when used
    from planner.exchange.sources import read_sources  # noqa: PLC0415  loaded when used

    language = language_of(context)
    with reading(file, language) if dry_run else editing(file, language) as document:
        taken = read_sources(source, document.engagement, kind=kind, language=language, today=date.today())
        label = Label("import-files", {"names": ", ".join(_readable(path.name) for path in source)})
        try:
            changes = changes_of(document.engagement, taken, label)
        except UserError as error:
            files = ", ".join(str(path) for path in source)
            raise UserError("import-refused", files=files, cause=explain(error, language)) from error
        if not dry_run:
            document.edit(changes)
    if as_json:
        print_json(describe_report(taken.report, language, dry_run=dry_run, changes=len(changes)))
    else:
        print_report(taken.report, language)
    if dry_run:
        say(language.gettext(N_("Nothing was changed: this was a dry run.")))
    elif not changes:
        complete = all(item.fate is not Fate.REJECTED for item in taken.report.items) and not taken.report.problems
        known = N_("Nothing was changed: everything is there already.")
        say(language.gettext(known if complete else N_("Nothing was changed.")))


@commands.command(help=N_("Write FILE to each OUT; its suffix says how (.json .xml .xlsx .png .svg .pdf .csv)."))
@click.argument("file", type=_FILE)
@click.argument("out", type=_FILE, nargs=-1, required=True)
@_LANG_OPTION
@click.pass_context
def export(context: click.Context, file: Path, out: tuple[Path, ...], *, lang: str | None) -> None:
    """Export to one or several files."""
    from planner.exchange import formats  # noqa: PLC0415  loaded when used

    language = Language(lang) if lang else language_of(context)
    for path in out:
        formats.format_of(path)
    with reading(file, language) as document:
        engagement = document.engagement
    for path in out:
        if path.resolve() == file.resolve():
            raise UserError("export-onto-itself", path=str(path))
        formats.export(engagement, path, language=language, today=date.today())
        print_line(str(path))


@commands.command(help=N_("Compute the dates of every initiative in FILE."))
@click.argument("file", type=_FILE)
@_JSON_OPTION
@click.pass_context
def schedule(context: click.Context, file: Path, *, as_json: bool) -> None:
    """Print the schedule in the order of the plan."""
    from planner.analysis.schedule import schedule as compute  # noqa: PLC0415  loaded when used

    language = language_of(context)
    with reading(file, language) as document:
        engagement = document.engagement
    computed = compute(engagement)
    if as_json:
        print_json(
            [
                {
                    "id": initiative.id,
                    "name": initiative.name,
                    "early_start": dates.early_start.isoformat(),
                    "early_finish": dates.early_finish.isoformat(),
                    "late_start": dates.late_start.isoformat(),
                    "late_finish": dates.late_finish.isoformat(),
                    "total_slack_days": dates.total_slack_days,
                    "free_slack_days": dates.free_slack_days,
                    "critical": dates.critical,
                }
                for initiative, _depth in engagement.outline()
                for dates in (computed.dates[initiative.id],)
            ]
        )
        return
    for initiative, depth in engagement.outline():
        dates = computed.dates[initiative.id]
        critical = "!" if dates.critical else " "
        print_line(f"{dates.early_start} {dates.early_finish} {critical} {'  ' * depth}{initiative.name}")


for _verb in (rank, sequence, load, risk, project, scenario, baseline):
    commands.add_command(_verb)


@commands.command(help=N_("Take back the last step made in FILE."))
@click.argument("file", type=_FILE)
@click.pass_context
def undo(context: click.Context, file: Path) -> None:
    """Undo one step."""
    _move(file, language_of(context), backwards=True)


@commands.command(help=N_("Make again the step last taken back in FILE."))
@click.argument("file", type=_FILE)
@click.pass_context
def redo(context: click.Context, file: Path) -> None:
    """Redo one step."""
    _move(file, language_of(context), backwards=False)


@commands.command(help=N_("List every step made in FILE."))
@click.argument("file", type=_FILE)
@_JSON_OPTION
@click.pass_context
def history(context: click.Context, file: Path, *, as_json: bool) -> None:
    """Print the history, oldest step first."""
    from planner.step_labels import describe  # noqa: PLC0415  loaded when used

    language = language_of(context)
    with reading(file, language) as document:
        steps = document.history()
    if as_json:
        print_json(
            [
                {
                    "number": step.number,
                    "at": step.at.isoformat(),
                    "label": {
                        "code": step.label.code,
                        "parameters": {name: plain(value) for name, value in step.label.parameters.items()},
                        "text": describe(step.label, language),
                    },
                    "undone": step.undone,
                }
                for step in steps
            ]
        )
        return
    word = language.gettext(N_("undone"))
    for step in steps:
        undone = f" ({word})" if step.undone else ""
        print_line(f"{step.number:>5}  {step.at.astimezone():%Y-%m-%d %H:%M}  {describe(step.label, language)}{undone}")


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit with its code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    prepare_streams()
    try:
        language = language_asked_for(given)
    except Exception:  # noqa: BLE001  no catalogue is a bug, but one that must still be told
        sys.exit(report_bug(Language("en")))
    sys.exit(_run(given, language))


def _run(arguments: list[str], language: Language) -> int:
    try:
        code: Any = commands.main(args=arguments, prog_name="roadbook-cli", standalone_mode=False, obj=language)
        sys.stdout.flush()
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001  each kind of end has its exit code
        return _explain_end(error, language)
    return code if isinstance(code, int) else DONE


def _explain_end(error: BaseException, language: Language) -> int:
    """Say why a command did not finish and return the exit code of it; called while `error` is handled."""
    match error:
        case click.exceptions.NoArgsIsHelpError():
            say(error.format_message())
            code = WRONG_USAGE
        case click.UsageError():
            say(explain_usage(error, language))
            say((error.ctx or click.Context(commands, info_name="roadbook-cli", obj=language)).get_usage())
            code = WRONG_USAGE
        case UserError(code=known) if known in ERRORS:
            say(explain(error, language))
            code = BAD_INPUT
        case click.Abort() | KeyboardInterrupt():
            say(language.gettext(N_("Interrupted.")))
            code = INTERRUPTED
        case ReaderLeft() | BrokenPipeError():
            abandon_output()
            code = DONE
        case _:
            code = report_bug(language)
    return code


def _move(file: Path, language: Language, *, backwards: bool) -> None:
    from planner.step_labels import describe  # noqa: PLC0415  loaded when used

    with editing(file, language) as document:
        changes = document.undo() if backwards else document.redo()
        if changes is None:
            raise UserError("nothing-to-undo" if backwards else "nothing-to-redo", path=str(file))
    pattern = N_("Taken back: {step}") if backwards else N_("Made again: {step}")
    print_line(language.gettext(pattern).format(step=describe(changes.label, language)))


def _faults_in(engagement: Engagement) -> Iterator[UserError]:
    from planner.analysis.schedule import schedule as compute  # noqa: PLC0415  loaded when used
    from planner.editing.rules import check_all  # noqa: PLC0415  loaded when used

    told: set[str] = set()
    for verify in (check_all, compute):
        try:
            verify(engagement)
        except UserError as error:
            if str(error) not in told:
                yield error
            told.add(str(error))


def _name_after(file: Path) -> str:
    return " ".join(_readable(file.stem).split())[:200] or "Roadbook"


def _readable(name: str) -> str:
    """Return a file's name as text: a name may hold bytes and control characters that no text may."""
    return _UNPRINTABLE.sub(" ", name).encode("utf-8", errors="replace").decode()


def _show_version(context: click.Context) -> None:
    from importlib.metadata import version  # noqa: PLC0415  loaded when used

    click.echo(f"roadbook-cli {version('roadbook')}")
    context.exit()


if __name__ == "__main__":
    main()
