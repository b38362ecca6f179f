r"""Keep the message catalogues complete: `update` reads the sources, `add` takes translations, `check` fails on gaps.

python packaging/catalogue.py update            bring every catalogue in line with the sources
python packaging/catalogue.py add FILE.json     take {"English": "French", "one|many": ["un", "plusieurs"]}
                                                (a message with a context: "context\u0004English")
python packaging/catalogue.py check             exit 1 when a message is missing, unused, fuzzy or mis-braced
"""

from __future__ import annotations

import datetime
import json
import re
import string
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po
from filelock import FileLock

ROOT = Path(__file__).resolve().parent.parent
LOCALES = ROOT / "resources" / "locale"
KEYWORDS = {
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "N_": None,
    "NN_": (1, 2),
}
CONTEXT_SEPARATOR = "\x04"
BREAKING = re.compile(
    "(?<=\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}) | (?=[:;!?%\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}])"
)
"""A space of French typography at which a line must not end, typed as an ordinary one."""


def read_sources() -> Catalog:
    """Return a catalogue of every message in the sources, without translations."""
    catalog = Catalog(project="Roadbook", charset="utf-8")
    for package in ("planner", "ui"):
        for _file, _line, message, comments, context in extract_from_dir(
            str(ROOT / package),
            method_map=[("**.py", "python")],
            keywords=KEYWORDS,
            comment_tags=("Translators:",),
        ):
            catalog.add(message, auto_comments=comments, context=context)
    return catalog


def read_catalogue(path: Path) -> Catalog:
    """Return the catalogue in `path`, or an empty one."""
    if path.exists():
        with path.open("rb") as file:
            return read_po(file, locale=path.stem)
    return Catalog(locale=path.stem, project="Roadbook", charset="utf-8")


def write_catalogue(path: Path, catalog: Catalog) -> None:
    """Write `catalog`, sorted, without line numbers and dates, so that a change shows only what changed."""
    catalog.creation_date = catalog.revision_date = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    catalog.msgid_bugs_address = catalog.last_translator = catalog.language_team = "Roadbook contributors"
    with path.open("wb") as file:
        write_po(file, catalog, sort_output=True, no_location=True, ignore_obsolete=True, width=110)


def placeholders(text: str) -> set[str]:
    """Return the names in braces of a pattern."""
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name is not None}


def find_faults(sources: Catalog, catalog: Catalog) -> Iterator[str]:
    """Yield what is wrong with `catalog`, a line each."""
    wanted = {(message.id, message.context) for message in sources if message.id}
    held = {(message.id, message.context): message for message in catalog if message.id}
    for key in sorted(wanted - held.keys(), key=str):
        yield f"missing: {key[0]!r}"
    for key in sorted(held.keys() - wanted, key=str):
        yield f"unused: {key[0]!r}"
    for key in wanted & held.keys():
        message = held[key]
        texts = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
        if message.fuzzy or not all(texts):
            yield f"untranslated: {message.id!r}"
            continue
        sources_texts = message.id if isinstance(message.id, (tuple, list)) else (message.id,)
        if any(placeholders(text) != placeholders(sources_texts[-1]) for text in texts):
            yield f"placeholders differ: {message.id!r} -> {message.string!r}"


def update(path: Path, translations: dict[str, str | list[str]]) -> None:
    """Bring the catalogue in `path` in line with the sources and take `translations` into it."""
    with FileLock(str(path.with_suffix(".lock"))):
        catalog = read_catalogue(path)
        catalog.update(read_sources(), no_fuzzy_matching=True)
        catalog.obsolete.clear()
        for source, translation in translations.items():
            context, _separator, text = source.rpartition(CONTEXT_SEPARATOR)
            singular = re.split(r"(?<!\\)\|", text, maxsplit=1)[0] if isinstance(translation, list) else text
            message = catalog.get(singular, context or None)
            if message is None:
                print(f"not in the sources: {text!r}", file=sys.stderr)
                continue
            message.string = tuple(translation) if isinstance(translation, list) else translation
            message.flags.discard("fuzzy")
        for message in catalog:
            if message.id and message.string:  # a new one has none yet
                message.string = unbroken(message.string)
        write_catalogue(path, catalog)


def unbroken(text: str | tuple[str, ...]) -> str | tuple[str, ...]:
    """Return French with a no-break space wherever its typography wants one and an ordinary one was typed."""
    if isinstance(text, str):
        return BREAKING.sub("\N{NO-BREAK SPACE}", text)
    return tuple(BREAKING.sub("\N{NO-BREAK SPACE}", one) for one in text)


def main(arguments: list[str]) -> int:
    """Carry out one command; see the module's text."""
    paths = [LOCALES / "fr.po"]
    match arguments:
        case ["update"]:
            for path in paths:
                update(path, {})
        case ["add", file]:
            update(paths[0], json.loads(Path(file).read_text(encoding="utf-8")))
        case ["check"]:
            sources = read_sources()
            faults = [f"{path.name}: {fault}" for path in paths for fault in find_faults(sources, read_catalogue(path))]
            print("\n".join([*faults, f"{len(faults)} faults in {len(sources)} messages"]))
            return 1 if faults else 0
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
