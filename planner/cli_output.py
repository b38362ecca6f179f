"""How the command line speaks: results on standard output, messages on standard error, a bug in a log file.

Nothing a file or its name holds can steer the terminal: control characters are shown as replacement characters.
"""

from __future__ import annotations

import contextlib
import json
import os
import platform
import re
import sys
import traceback
from datetime import UTC, date, datetime
from typing import Any, Final

from planner.exchange.import_report import Effect, Fate, ImportReport, Remark
from planner.language import N_, NN_, Language
from planner.places import state_folder
from planner.words import KIND_WORDS

OUR_BUG: Final = 4
_UNPRINTABLE: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


class ReaderLeft(Exception):  # noqa: N818  no error: whoever read our output had enough
    """Raised when nobody reads the output any more; no OSError, which click would turn into a failure of its own."""


def print_line(text: str) -> None:
    """Print one line of a result."""
    _print(_UNPRINTABLE.sub("�", text))


def print_table(rows: list[tuple[str, ...]]) -> None:
    """Print columns as wide as their widest cell; the last one, which is a name, as it is."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]) - 1)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        print_line("  ".join((*cells, row[-1])).rstrip())


def print_json(value: Any) -> None:
    """Print a result as JSON, in ASCII where the terminal speaks something else than UTF-8."""
    speaks_unicode = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    _print(json.dumps(value, indent=2, ensure_ascii=not speaks_unicode))


def _print(text: str) -> None:
    try:
        sys.stdout.write(text + "\n")
    except BrokenPipeError:
        raise ReaderLeft from None


def say(text: str) -> None:
    """Tell the person something, on standard error."""
    with contextlib.suppress(OSError):
        sys.stderr.write(_UNPRINTABLE.sub("�", text) + "\n")
        sys.stderr.flush()


def prepare_streams() -> None:
    """Let no character a terminal does not know stop the output."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def abandon_output() -> None:
    """Let the interpreter exit in peace when whoever read our output has gone."""
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def describe_report(report: ImportReport, language: Language, *, dry_run: bool, changes: int) -> dict[str, Any]:
    """Return an import report as values for JSON."""
    return {
        "kind": report.source_kind,
        "files": list(report.files),
        "dry_run": dry_run,
        "changes": changes,
        "summary": {
            kind: {
                **{fate.value: count for fate, count in report.count_fates(kind).items()},
                "effects": {effect.value: count for effect, count in report.count_effects(kind).items()},
            }
            for kind in report.kinds()
        },
        "items": [
            {
                "kind": item.kind,
                "name": item.name,
                "source_id": item.source_id,
                "entity_id": item.entity_id,
                "place": item.place,
                "fate": item.fate.value,
                "effect": item.effect.value,
                "remarks": [_told_remark(remark, language) for remark in item.remarks],
            }
            for item in report.items
        ],
        "problems": [_told_remark(remark, language) for remark in report.problems],
        "vanished": list(report.vanished),
    }


def _told_remark(remark: Remark, language: Language) -> dict[str, Any]:
    return {
        "code": remark.code,
        "parameters": {name: plain(value) for name, value in remark.parameters.items()},
        "text": remark.worded(language),
    }


def print_report(report: ImportReport, language: Language) -> None:
    """Print an import report for people."""
    for kind in report.kinds():
        fates, effects = report.count_fates(kind), report.count_effects(kind)
        pattern = N_(
            "{kind}: {imported} imported, {changed} changed on the way in, {rejected} rejected "
            "({new} new, {updated} updated, {unchanged} unchanged)"
        )
        print_line(
            language.gettext(pattern).format(
                kind=language.gettext(KIND_WORDS.get(kind, kind)),
                imported=fates[Fate.IMPORTED],
                changed=fates[Fate.CHANGED],
                rejected=fates[Fate.REJECTED],
                new=effects[Effect.NEW],
                updated=effects[Effect.UPDATED],
                unchanged=effects[Effect.UNCHANGED],
            )
        )
    for item in report.items:
        for remark in item.remarks:
            print_line(f"  {' '.join(filter(None, (item.place, item.name)))}: {remark.worded(language)}")
    for problem in report.problems:
        print_line(problem.worded(language))
    if report.vanished:
        pattern_of_count = NN_(
            "{count} practice is no longer in the source; it was kept: {names}",
            "{count} practices are no longer in the source; they were kept: {names}",
        )
        told = language.ngettext(*pattern_of_count, len(report.vanished))
        print_line(told.format(count=len(report.vanished), names=", ".join(report.vanished)))


def plain(value: Any) -> Any:
    """Return a value as JSON can hold it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return value


def report_bug(language: Language) -> int:
    """Put the exception at hand into a log file and say where; nothing of it on the terminal."""
    told = traceback.format_exc()
    at = datetime.now(UTC)
    log = state_folder() / "bugs" / f"{at:%Y-%m-%dT%H-%M-%S}-{os.getpid()}.txt"
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        head = f"{at.isoformat()} Python {platform.python_version()} {platform.platform()}\n{sys.argv!r}\n\n"
        log.write_text(head + told, encoding="utf-8", errors="backslashreplace")
    except OSError:
        sentence = language.gettext(
            N_("This is a bug in Roadbook, and no log of it could be written. Please report it.")
        )
        say(sentence)
        return OUR_BUG
    say(language.gettext(N_("This is a bug in Roadbook. Please report it with the file {log}.")).format(log=log))
    return OUR_BUG
