"""Every message has its French, says as much as the English, and is typed as French is."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType
from typing import Final

import pytest
from babel.messages.catalog import Catalog, Message

from planner.language import LANGUAGES
from tests.architecture.test_words import ROOT


def load_tool() -> ModuleType:
    """Load the catalogue tool, a script that is in no package."""
    spec = importlib.util.spec_from_file_location("catalogue", ROOT / "packaging" / "catalogue.py")
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    return tool


TOOL: Final = load_tool()
SPACE: Final = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"
TYPING: Final[dict[str, str]] = {
    "a line may end before its punctuation": r" [:;?!%»]|« ",
    "no space before its punctuation": rf"[^\W\d][;?!]|[^\W\d]:(?!/)|[^{SPACE}]»|«[^{SPACE}]",
    "an apostrophe of a typewriter": r"\w'\w",
    "three dots for one": r"\.\.\.",
    "quotes of another language": r"[“”]",
}
"""What French is never typed as: what it is called -> the pattern that finds it."""


def texts(message: Message) -> list[tuple[str, str]]:
    """Return each text of a message beside the English it stands for."""
    sources = message.id if isinstance(message.id, tuple) else (message.id,)
    given = message.string if isinstance(message.string, tuple) else (message.string,)
    return [(sources[min(at, len(sources) - 1)], text) for at, text in enumerate(given)]


def french() -> list[tuple[str, str]]:
    """Return each French text beside its English."""
    return [pair for message in TOOL.read_catalogue(TOOL.LOCALES / "fr.po") if message.id for pair in texts(message)]


def test_the_sources_and_every_catalogue_say_the_same() -> None:
    sources = TOOL.read_sources()
    assert len(sources) > 1_000, "the scan of the sources is broken"
    for code in set(LANGUAGES) - {"en"}:
        assert list(TOOL.find_faults(sources, TOOL.read_catalogue(TOOL.LOCALES / f"{code}.po"))) == []


def test_french_is_typed_as_french_is() -> None:
    assert [
        f"{told}: {text!r}"
        for _source, text in french()
        for told, pattern in TYPING.items()
        if re.search(pattern, text)
    ] == []


def test_french_keeps_the_edges_and_the_mnemonic_of_the_english() -> None:
    for source, text in french():
        assert source[0].isspace() == text[0].isspace(), text
        assert source[-1].isspace() == text[-1].isspace(), text
        assert source.replace("&&", "").count("&") == text.replace("&&", "").count("&"), text
        if len(source) > len("No. 1"):
            assert (source[-1] in ".…:?!") == (text[-1] in ".…:?!"), f"{source!r} ends as {text!r} does not"


def test_a_message_new_in_the_sources_waits_in_the_catalogue_for_its_french(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = Catalog()
    sources.add("New?")
    sources.add(("{count} new", "{count} new ones"))
    monkeypatch.setattr(TOOL, "read_sources", lambda: sources)
    path = tmp_path / "fr.po"
    TOOL.update(path, {})
    assert len(list(TOOL.find_faults(sources, TOOL.read_catalogue(path)))) == 2
    TOOL.update(path, {"New?": "Quoi ?", "{count} new|{count} new ones": ["{count} neuf", "{count} neufs"]})
    assert list(TOOL.find_faults(sources, TOOL.read_catalogue(path))) == []
    assert TOOL.read_catalogue(path).get("New?").string == "Quoi\u00a0?"


@pytest.mark.parametrize(
    "text", ["Quoi ?", "Quoi?", "un « mot»", "«mot »", "l'équipe", "Ouvrir...", "50 %", "un “mot”", "Nom: oui"]
)
def test_what_is_typed_wrongly_is_found(text: str) -> None:
    assert any(re.search(pattern, text) for pattern in TYPING.values())


@pytest.mark.parametrize(
    "text", ["Quoi\u00a0?", "«\u00a0mot\u00a0»", "l’équipe", "Ouvrir…", "14:32", "https://a.b", "{a}{b}"]
)
def test_what_is_typed_well_is_let_through(text: str) -> None:
    assert not any(re.search(pattern, text) for pattern in TYPING.values())
