"""What the guide says of the application is so: keys, menus, words of the window, verbs, options, suffixes and numbers.

An action it names as `[[id]]` and a message it quotes as `{{message}}` are worded by the application itself; what stands
between backticks is held against the application's own tables here, and nothing else may stand there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from babel.messages.pofile import read_po
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

import resources
from planner import cli, cli_output
from planner.analysis.expression import FUNCTIONS
from planner.domain.priority import FormulaKind
from planner.exchange import formats, sources
from planner.language import LANGUAGES, Language
from planner.storage import backups
from tests.ui.conftest import StartRoadbook
from ui.actions import ACTIONS, MENUS, ActionKind, plain_words
from ui.app import CommandLine, read_command_line
from ui.dialogs.shortcuts import ShortcutsDialog
from ui.help import topics
from ui.pages.kinds import PAGES
from ui.search.palette import SearchPalette
from ui.settings import Preferences
from ui.surroundings import Surroundings

pytestmark = pytest.mark.usefixtures("qapp")

CODES = tuple(LANGUAGES)
KINDS = (*ACTIONS, *(kind for page in PAGES for kind in page.actions()))
VISITS = {page.title: f"Ctrl+{number}" for number, page in enumerate(PAGES, start=1)}
OF_VIEWS = frozenset({"Tab", "Shift+Tab", "Enter", "Esc", "Home", "End", "Ctrl", "Shift", "Alt+Shift", "1", "9"})
"""Keys that views, fields and dialogs answer to themselves, as those everywhere do, and those held with others."""

OF_FORMULAS = frozenset({"+ - * / % **", "a if b else c", "and", "or", "not", *FUNCTIONS})
"""What the coach's own formula may be made of."""

IN_WORDS = OF_FORMULAS | {"NAME.roadbook", "NOM.roadbook", "IT / Payments", "!", *(kind.value for kind in FormulaKind)}
IN_WORDS |= {"(Visibility + 2 * Business value) / Job size", "(Visibilité + 2 * Valeur métier) / Taille"}
"""What stands between backticks and is an example, a sign, or what a formula is called."""

FOLDING = re.compile(r"\w+\.(un)?fold(-all)?")
"""Actions the guide tells by their keys, once for every page that has them."""


def spans(topic: str, code: str) -> list[str]:
    """Return what stands between backticks on a page, line by line of its blocks of code too."""
    text = topics.source(topic, code)
    blocks = re.findall(r"```\n(.*?)```", text, re.DOTALL)
    return re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL)) + [
        line for block in blocks for line in block.splitlines()
    ]


def is_key(span: str) -> bool:
    return bool(re.fullmatch(r"(\w|F\d+|[A-ZÀ-Ý][a-zà-ÿ]+)(\+(\w+|,))*", span)) and span not in words_of_commands()


def words_of_commands() -> set[str]:
    """Return the names of commands, of their options and of what an option is one of."""
    found = {"--theme"} | set(cli.commands.commands)
    groups = [one for one in cli.commands.commands.values() if isinstance(one, click.Group)]
    found |= {name for group in groups for name in group.commands}
    inner = [one for group in groups for one in group.commands.values()]
    for command in (cli.commands, *cli.commands.commands.values(), *inner):
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                found |= {*parameter.opts, *(getattr(parameter.type, "choices", ()))}
    return found


def suffixes() -> set[str]:
    imported = {".tar.gz" if suffix == ".gz" else suffix for suffix in sources._BY_SUFFIX}
    return imported | set(formats.EXPORTS) | {".txt"}


def keys_of_actions() -> set[str]:
    """Return every key of the tables as the guide writes it in English."""
    found = {*VISITS.values(), "Ctrl+,"}
    for kind in KINDS:
        for key in kind.keys:
            sequences = [QKeySequence(key)] if isinstance(key, str) else QKeySequence.keyBindings(key)
            found |= {sequence.toString().replace("Return", "Enter") for sequence in sequences}
    return found


def test_what_stands_between_backticks_is_known() -> None:
    keys, commands, endings = keys_of_actions(), words_of_commands(), suffixes()
    for code in CODES:
        for topic in topics.TOPICS:
            for span in spans(topic, code):
                if span.startswith("roadbook") or span in IN_WORDS:
                    continue
                if span.startswith("."):
                    assert span in endings, f"{code}/{topic}: no file ends with {span}"
                elif not is_key(span):
                    assert topic == "command-line", f"{code}/{topic}: {span}"
                    assert span in commands, f"{code}/{topic}: the command line knows no {span}"
                elif code == "en":
                    shifted = {f"Alt+Shift+{way}" for way in ("Left", "Right", "Up", "Down")}
                    assert span in keys | OF_VIEWS, f"{topic}: no action has the key {span}"
                    assert shifted <= keys


@pytest.mark.parametrize("topic", topics.TOPICS)
def test_a_key_is_written_as_the_menus_of_each_language_write_it(topic: str, surroundings: Surroundings) -> None:
    written = [span for span in spans(topic, "en") if is_key(span)]
    for code in CODES:
        surroundings.set_language(Language(code))
        named = ["+".join(QCoreApplication.translate("QShortcut", part) for part in key.split("+")) for key in written]
        assert [span for span in spans(topic, code) if is_key(span)] == named


def test_what_the_guide_quotes_is_said_by_the_application() -> None:
    with (resources.ROOT / "locale" / "fr.po").open("rb") as file:
        said = {message.id for message in read_po(file)}
    quoted = {one for topic in topics.TOPICS for one in topics.quoted_messages(topics.source(topic, "en"))}
    assert len(quoted) > 80
    assert quoted <= said
    for topic in topics.TOPICS:
        assert "{{" not in topics.markdown(topic, Language("fr"))


@pytest.mark.parametrize("code", CODES)
def test_a_menu_the_guide_names_is_there_and_holds_what_it_says(
    start: StartRoadbook, plan_file: Path, surroundings: Surroundings, code: str
) -> None:
    roadbook = start(plan_file)
    surroundings.set_language(Language(code))
    language = Language(code)
    held = {menu.title(): texts_in(menu) for menu in roadbook.window.menuBar().findChildren(QMenu)}
    for topic in topics.TOPICS:
        for sentence in re.split(r"(?<=[.:;])\s", topics.source(topic, code)):
            named = [one for one in topics.quoted_messages(sentence) if "&" in one.replace("C&A", "")]
            menu = next((language.gettext(one) for one in named if one in MENUS.values()), "")
            inside = held[menu] if menu else {text for texts in held.values() for text in texts} | set(held)
            assert {language.gettext(one) for one in named} - {menu} <= inside, sentence


def texts_in(menu: QMenu) -> set[str]:
    """Return the words of the actions of a menu, and of those of its submenus."""
    found = set()
    for action in menu.actions():
        found.add(action.text())
        if isinstance(inner := action.menu(), QMenu):
            found |= texts_in(inner)
    return found


def test_the_guide_says_what_every_action_is_for() -> None:
    named = {one for topic in topics.TOPICS for one in topics.named_actions(topics.source(topic, "en"))}
    told_by_keys = {kind.id for kind in KINDS if FOLDING.fullmatch(kind.id) or kind.id.startswith("assessment.rate-")}
    assert {kind.id for kind in KINDS} - named <= told_by_keys
    keyboard = set(spans("keyboard", "en")) | set(spans("assessment", "en"))
    for kind in KINDS:
        if kind.id not in named and not kind.id.startswith("assessment.rate-"):
            assert set(kind.keys) <= keyboard, kind.id


# The command line


def calls(code: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each call of `roadbook-cli` the guide shows: its verb, and what stands behind it."""
    for span in spans("command-line", code):
        program, *words = span.split()
        if program == "roadbook-cli" and words:
            with cli.commands.make_context("roadbook-cli", list(words), resilient_parsing=True):
                verb = next(word for word in words if word in cli.commands.commands)
                yield verb, words[words.index(verb) + 1 :]


@pytest.mark.parametrize("code", CODES)
def test_the_command_line_takes_what_the_guide_shows(code: str) -> None:
    shown = list(calls(code))
    for verb, words in shown:
        if "--help" not in words:
            cli.commands.commands[verb].make_context(verb, list(words), obj=Language(code))
    assert {verb for verb, _words in shown} == set(cli.commands.commands)


def test_the_program_takes_a_file_and_options_and_says_so_in_the_language_of_the_person(
    capsys: pytest.CaptureFixture[str],
) -> None:
    french = Preferences(language="fr")
    assert read_command_line([], french) == CommandLine()
    assert read_command_line(["a.roadbook"], french) == CommandLine(file="a.roadbook")
    asked = read_command_line(["--theme", "dark", "--lang", "en", "a.roadbook"], french)
    assert asked == CommandLine(file="a.roadbook", lang="en", theme="dark")
    assert read_command_line(["--demo"], french) == CommandLine(demo=True)
    for words, status in ((["--help"], 0), (["--lang", "xx"], 2), (["a", "b"], 2), (["--nonsense"], 2)):
        with pytest.raises(SystemExit) as left:
            read_command_line(words, french)
        assert left.value.code == status
    told = capsys.readouterr()
    assert "Ouvre la mission de démonstration." in told.out
    assert "--lang est l’un de" in told.err


@pytest.mark.parametrize("code", CODES)
def test_the_guide_shows_every_option_of_the_command_line(code: str) -> None:
    text = topics.source("command-line", code)
    options = {word for word in words_of_commands() if word.startswith("--")} - {"--version"}
    assert options <= set(re.findall(r"--[\w-]+", text))
    (row,) = (line for line in text.splitlines() if "schedule FILE --json" in line)
    with_json = {
        name for name, command in cli.commands.commands.items() for one in command.params if "--json" in one.opts
    }
    assert {"schedule", *re.findall(r"`(\w+)`", row)} == with_json
    (row,) = (line for line in text.splitlines() if "--as dsomm" in line)
    assert set(re.findall(r"`([\w-]+)`", row)) == set(sources.IMPORTS)
    (row,) = (line for line in text.splitlines() if "export FILE OUT..." in line)
    assert set(re.findall(r"`(\.\w+)`", row)) == set(formats.EXPORTS)


@pytest.mark.parametrize("code", CODES)
def test_numbers_the_guide_gives_are_those_of_the_application(code: str) -> None:
    kept = re.findall(r"\d+", next(line for line in topics.source("file", code).splitlines() if "[[recover]]" in line))
    assert [int(number) for number in kept] == [backups.LAST, backups.DAYS, backups.WEEKS, backups.MONTHS]
    codes = {int(number) for number in re.findall(r"^\| (\d+) \|", topics.source("command-line", code), re.MULTILINE)}
    known = {cli.DONE, cli.NOT_SOUND, cli.WRONG_USAGE, cli.BAD_INPUT, cli_output.OUR_BUG, cli.INTERRUPTED}
    assert codes == known
    assert f"`Ctrl+{len(PAGES)}`" in topics.source("keyboard", code)


@pytest.mark.parametrize("code", CODES)
def test_every_suffix_that_can_be_imported_stands_in_the_guide(code: str) -> None:
    told = {span for span in spans("practices", code) if span.startswith(".")}
    assert told == {".tar.gz" if suffix == ".gz" else suffix for suffix in sources._BY_SUFFIX if suffix != ".tar"}


def test_the_french_guide_is_set_as_french_is() -> None:
    for topic in topics.TOPICS:
        text = re.sub(
            r"```.*?```|`[^`]*`|\{\{.*?\}\}|^\|[-|]+\|$",
            "x",
            topics.source(topic, "fr"),
            flags=re.DOTALL | re.MULTILINE,
        )
        assert not re.findall(
            r".{0,12}(?:[^\xa0\s][?!;»]|[^\xa0\s]:\s|(?<!\|) [:;?!»%]|\|\xa0|«[^\xa0]|\w'\w).{0,12}", text
        ), topic


# F1 and the search


def first_key(kind: ActionKind) -> str:
    """Return the key an action is told with, as this machine writes it in the language of the screen."""
    if not kind.keys:
        return ""
    key = kind.keys[0]
    sequence = QKeySequence(key) if isinstance(key, str) else QKeySequence.keyBindings(key)[0]
    return sequence.toString(QKeySequence.SequenceFormat.NativeText)


@pytest.mark.parametrize("code", CODES)
def test_the_page_of_shortcuts_lists_every_action_of_every_page_with_its_keys(
    start: StartRoadbook, plan_file: Path, surroundings: Surroundings, code: str
) -> None:
    roadbook, language = start(plan_file), Language(code)
    surroundings.set_language(language)
    roadbook.actions["shortcuts"].trigger()
    (dialog,) = roadbook.window.findChildren(ShortcutsDialog)
    listed = {
        group.heading.text(): [(what.text(), keys.text().split("   ")[0]) for what, keys in group.rows]
        for group in dialog._groups
    }
    wanted = [(MENUS[kind.menu], kind) for kind in ACTIONS]
    wanted += [(page.title, kind) for page in PAGES for kind in page.actions()]
    for heading, kind in wanted:
        assert kind.keys, kind.id
        row = (plain_words(language.gettext(kind.text)), first_key(kind))
        assert row in listed[plain_words(language.gettext(heading))], kind.id
    view = listed[plain_words(language.gettext(MENUS["view"]))]
    for title, key in VISITS.items():
        assert (language.gettext(title), key) in view
    dialog.reject()


@pytest.mark.parametrize("code", CODES)
def test_the_search_finds_every_action_by_its_words(
    start: StartRoadbook, plan_file: Path, surroundings: Surroundings, code: str
) -> None:
    roadbook, language = start(plan_file), Language(code)
    surroundings.set_language(language)
    roadbook.show_page("timeline")
    roadbook.actions["search"].trigger()
    (palette,) = roadbook.window.findChildren(SearchPalette)
    titles = {page.id: language.gettext(page.title) for page in PAGES}
    for kind in roadbook.actions.kinds():
        if kind.id == "search" or not (kind.page or roadbook.actions[kind.id].isEnabled()):
            continue
        words = plain_words(language.gettext(kind.text))
        for query in (words, f"{titles.get(kind.page, '')} {words.upper()}"):
            palette.search(query)
            found = [palette.model.choice_at(row) for row in range(palette.model.rowCount())]
            (choice,) = (one for one in found if one.value == kind.id)
            assert choice.keys == first_key(kind)
    palette.hide()
