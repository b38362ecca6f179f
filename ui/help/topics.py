"""The pages of the user guide in one language: what they say, the sections in them, and where words are found.

The guide is Markdown of our own under `resources/help`. It names an action as `[[id]]`, which becomes the action's words
and keys on this machine, so the guide cannot say other keys than the menus do. What else it quotes from the window stands
as `{{message}}`, a message of the catalogues, and becomes the words of the screen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from PySide6.QtGui import QKeySequence

import resources
from planner.analysis.search import fold
from planner.domain.errors import BugError
from planner.language import Language
from ui.actions import ACTIONS, ActionKind, plain_words
from ui.pages.kinds import PAGES

TOPICS: Final = {
    "start": "demo",
    "file": "save",
    "organization": "organization",
    "practices": "practices",
    "assessment": "assessment",
    "priorities": "priorities",
    "timeline": "timeline",
    "flow": "flow",
    "settings": "settings",
    "share": "share",
    "search": "search",
    "keyboard": "keyboard",
    "glossary": "file",
    "command-line": "file-code",
}
"""Page of the guide -> its icon, in the order of the contents; a page of the rail has the guide's page of its id."""

_ACTION: Final = re.compile(r"\[\[([\w.-]+)\]\]")
_QUOTED: Final = re.compile(r"\{\{(.+?)\}\}")
_LINK: Final = re.compile(r"\[([^\]]+)\]\([^)]+\)")
_SIGNS: Final = re.compile(r"[*`|]|^[#>\s-]+", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a page under one heading, as plain text; the first one of a page has the page's title."""

    topic: str
    heading: str
    text: str


def topic_of(page_id: str) -> str:
    """Return the guide's page about a page of the rail; the first one where there is none."""
    return page_id if page_id in TOPICS else next(iter(TOPICS))


@cache
def source(topic: str, code: str) -> str:
    """Return the Markdown of a page as it is written, in the language of a code."""
    if topic not in TOPICS:
        raise BugError(f"no page {topic!r} in the guide")
    return (resources.ROOT / "help" / code / f"{topic}.md").read_text(encoding="utf-8")


def named_actions(markdown: str) -> tuple[str, ...]:
    """Return the ids of the actions a page names."""
    return tuple(_ACTION.findall(markdown))


def quoted_messages(markdown: str) -> tuple[str, ...]:
    """Return the messages of the catalogues a page quotes."""
    return tuple(_QUOTED.findall(markdown))


def markdown(topic: str, language: Language) -> str:
    """Return a page to be shown, its actions worded with their keys, what it quotes as the screen says it."""
    actions = _ACTION.sub(lambda found: _word_action(found[1], language), source(topic, language.code))
    return _QUOTED.sub(lambda found: _quote(found[1], language), actions)


def title_of(topic: str, language: Language) -> str:
    """Return the title of a page."""
    return source(topic, language.code).splitlines()[0].removeprefix("# ")


def sections(topic: str, language: Language) -> Iterator[Section]:
    """Yield the sections of a page in plain text, first that of its title."""
    for part in re.split(r"^#+ ", markdown(topic, language), flags=re.MULTILINE)[1:]:
        heading, _, rest = part.partition("\n")
        text = " ".join(_SIGNS.sub("", _LINK.sub(r"\1", rest)).split())
        yield Section(topic=topic, heading=heading.strip(), text=text)


def find(query: str, language: Language) -> tuple[Section, ...]:
    """Return the sections that hold every word of `query`, those with them in their heading first."""
    words = fold(query).split()
    found = []
    for topic in TOPICS:
        for section in sections(topic, language):
            heading = fold(section.heading)
            text = f"{heading} {fold(section.text)}"
            if all(word in text for word in words):
                found.append((not all(word in heading for word in words), section))
    found.sort(key=lambda one: one[0])
    return tuple(section for _rank, section in found)


def excerpt(text: str, query: str, *, before: int = 24) -> str:
    """Return `text` from shortly before the first word of `query` on."""
    words = fold(query).split()
    at = text.casefold().find(words[0]) if words else 0
    if at <= before:
        return text
    begin = text.rfind(" ", 0, at - before) + 1
    return f"…{text[begin:]}" if begin else text


@cache
def _kinds() -> dict[str, ActionKind]:
    return {kind.id: kind for kind in (*ACTIONS, *(kind for page in PAGES for kind in page.actions()))}


def _word_action(action_id: str, language: Language) -> str:
    kind = _kinds().get(action_id)
    if kind is None:
        raise BugError(f"the guide names no action {action_id!r}")
    words = f"**{plain_words(language.gettext(kind.text))}**"
    return f"{words} (`{_first_key(kind)}`)" if kind.keys else words


def _quote(message: str, language: Language) -> str:
    """Return a message as it stands on the screen, where what begins a line is written large."""
    words = plain_words(language.gettext(message))
    return f"**{words[:1].upper()}{words[1:]}**"


def _first_key(kind: ActionKind) -> str:
    key = kind.keys[0]
    sequence = QKeySequence(key) if isinstance(key, str) else QKeySequence.keyBindings(key)[0]
    return sequence.toString(QKeySequence.SequenceFormat.NativeText)
