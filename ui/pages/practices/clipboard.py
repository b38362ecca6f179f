"""What the page puts on the clipboard and takes from it: entities for itself, a table for spreadsheets."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QGuiApplication

from planner.domain.engagement import Engagement
from planner.domain.practice import Practice
from planner.editing.practices import ordered_inside
from planner.exchange.csv_file import defuse
from planner.language import Language
from planner.words import FIELD_WORDS, KIND_WORDS
from ui.pages.practices.tree import mime_of, read_mime
from ui.widgets.clipboard import clipboard_data, table_text

CUT_MIME: Final = "application/x-roadbook-practices-cut"

_FIELDS: Final = ("level", "weight", "description", "risk", "measure", "verification", "tags")


def put(engagement: Engagement, kind: str, ids: list[str], language: Language, *, cut: bool) -> None:
    """Put entities on the clipboard; with `cut` pasting moves them, and until then nothing is gone."""
    data = mime_of(kind, ids)
    data.setText(_as_table(engagement, kind, ids, language))
    if cut:
        data.setData(CUT_MIME, b"1")
    QGuiApplication.clipboard().setMimeData(data)


def forget_cut() -> None:
    """Empty the clipboard after what was cut has moved, so that pasting again does not move it once more."""
    QGuiApplication.clipboard().clear()


def entities_there(engagement: Engagement) -> tuple[str, list[str], bool]:
    """Return kind and ids of what is on the clipboard and still in `engagement`, and whether it was cut."""
    data = clipboard_data()
    kind, ids = read_mime(data)
    if kind not in {"dimensions", "themes", "practices"}:
        return "", [], False
    return kind, [one for one in ids if one in engagement.kind(kind)], data.hasFormat(CUT_MIME)


def table_there() -> str:
    """Return the text on the clipboard where it looks like a table, else an empty text."""
    data = clipboard_data()
    if read_mime(data)[1]:
        return ""
    text = data.text() if data.hasText() else ""
    return text if "\t" in text or "\n" in text.strip() else ""


def _as_table(engagement: Engagement, kind: str, ids: list[str], language: Language) -> str:
    practices = _practices(engagement, kind, ids)
    scores = sorted({held.score for practice in practices for held in practice.descriptors})
    headings = [KIND_WORDS["dimensions"], KIND_WORDS["themes"], KIND_WORDS["practices"]]
    headings += [FIELD_WORDS[field] for field in _FIELDS]
    words = [language.gettext(heading) for heading in headings]
    rows = [[*(word[:1].upper() + word[1:] for word in words), *(language.percent(score) for score in scores)]]
    for practice in practices:
        theme = engagement.themes[practice.theme_id]
        texts = {held.score: held.text for held in practice.descriptors}
        cells = [
            engagement.dimensions[theme.dimension_id].name,
            theme.name,
            practice.name,
            "" if practice.level is None else str(practice.level),
            language.number(practice.weight, decimals=3),
            practice.description,
            practice.risk,
            practice.measure,
            practice.verification,
            ", ".join(practice.tags),
            *(texts.get(score, "") for score in scores),
        ]
        rows.append([defuse(cell) for cell in cells])
    return table_text(rows)


def _practices(engagement: Engagement, kind: str, ids: list[str]) -> list[Practice]:
    if kind == "practices":
        return [engagement.practices[one] for one in ids]
    inside = {"dimensions": "themes", "themes": "practices"}[kind]
    return [
        practice
        for one in ids
        for practice in _practices(engagement, inside, [held.id for held in ordered_inside(engagement, inside, one)])
    ]
