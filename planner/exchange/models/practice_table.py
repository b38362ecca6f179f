"""A table of practices, one a row, read into a maturity model; what each column means is guessed, then told.

Headings are known in English and French. Level texts stand in columns of their own: "0 %" to "100 %", or "Level 1" to
"Level 5". A blank dimension or theme is that of the row above, as people write tables. What is there already, found by
the names of dimension, theme and practice, is brought up to date: a column that is missing changes nothing.
"""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from planner.domain.engagement import Engagement
from planner.domain.identity import derived_id, folded
from planner.domain.kinds import Entity
from planner.domain.practice import (
    Descriptor,
    Dimension,
    MaturityModel,
    Practice,
    Resource,
    Scale,
    ScaleOption,
    Theme,
)
from planner.editing.practices import ordered_inside, ordered_scales
from planner.exchange.import_report import (
    Fate,
    ImportedItem,
    ImportReading,
    ImportReport,
    Remark,
    SourceColumn,
    effect_of,
    remark,
)
from planner.exchange.models.cleaning import clean_line, clean_text
from planner.exchange.table_source import Row
from planner.language import N_, Language

_NAMES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "dimension": ("dimension", "category", "categorie", "domain", "domaine", "pillar", "pilier", "axe", "area"),
        "theme": ("theme", "subcategory", "sous categorie", "sub dimension", "subdimension", "reportingcategory",
                  "reporting category", "topic", "sujet", "stream", "capability", "capacite"),
        "practice": ("practice", "pratique", "name", "nom", "activity", "activite", "link text", "title", "titre",
                     "question", "intitule"),
        "level": ("level", "niveau", "maturity level", "niveau de maturite", "maturity"),
        "weight": ("weight", "poids", "ponderation"),
        "description": ("description", "context", "contexte", "details", "detail", "definition"),
        "risk": ("risk", "risque", "why", "pourquoi"),
        "measure": ("measure", "mesure", "how", "comment", "how to"),
        "verification": ("verification", "evidence", "preuve", "acceptance"),
        "comments": ("comments", "commentaires", "note", "notes", "remarks", "remarques"),
        "usefulness": ("usefulness", "utilite", "value", "valeur", "impact"),
        "knowledge_difficulty": ("knowledge", "savoir", "connaissance", "connaissances", "knowledge needed"),
        "time_difficulty": ("time", "temps", "time needed"),
        "resources_difficulty": ("resources", "ressources", "moyens", "resources needed"),
        "tags": ("tags", "labels", "etiquettes", "mots cles", "keywords"),
        "link": ("link", "url", "lien", "reference", "documentation"),
    }
)  # fmt: skip
"""Meaning of a column -> the headings it is recognised by, without accents, signs and case."""

MEANINGS: Final = (*_NAMES, "text")
"""What a column can be read as; "text" is a level's, told by its heading."""

_LONG: Final = ("description", "risk", "measure", "verification", "comments")
_RATED: Final = ("level", "usefulness", "knowledge_difficulty", "time_difficulty", "resources_difficulty")
_LEVEL_HEADING: Final = re.compile(r"(?:level|niveau|score|maturity)\s*(\d)\b")
_PERCENT_HEADING: Final = re.compile(r"(\d{1,3}(?:[.,]\d+)?)\s*%")
_FEWEST_KNOWN: Final = 2
_LOOKED_AT_ROWS: Final = 60
_OPTIONS: Final = ((0.0, N_("Not at all")), (0.5, N_("Partly")), (1.0, N_("Fully")))


@dataclass(frozen=True, slots=True, kw_only=True)
class TableOrigin:
    """Where a table comes from: what to call the model made of it, its files, and a model to add to instead."""

    name: str
    files: tuple[str, ...] = ()
    model_id: str = ""


@dataclass(slots=True)
class _Draft:
    """What a reading comes to while rows are gone through."""

    engagement: Engagement
    model: MaturityModel
    scale: Scale
    dimensions: dict[str, Dimension] = field(default_factory=dict)
    themes: dict[tuple[str, str], Theme] = field(default_factory=dict)
    practices: dict[tuple[str, str], Practice] = field(default_factory=dict)
    file: str = ""
    items: list[ImportedItem] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)


def read_practice_table(
    rows: Sequence[Row],
    engagement: Engagement,
    origin: TableOrigin,
    *,
    language: Language,
    columns: Sequence[str] | None = None,
) -> ImportReading:
    """Return what a table would bring; `columns` says what each is read as (empty: not at all), None guesses."""
    head = _heading_row(rows)
    headings = rows[head].cells if rows else ()
    body = rows[head + 1 :] if rows else ()
    width = max((len(row.cells) for row in (*body, *rows[head : head + 1])), default=0)
    headings = (*headings, *[""] * (width - len(headings)))
    meanings = tuple(columns) if columns is not None and len(columns) == width else guess(headings)
    told = tuple(
        SourceColumn(heading, next((_at(row, at) for row in body if _at(row, at)), ""), meaning)
        for at, (heading, meaning) in enumerate(zip(headings, meanings, strict=True))
    )
    scores = _scores(headings, meanings)
    draft = _begin(engagement, origin, headings, scores, language)
    problems = []
    if "practice" in meanings:
        _read_body(body, meanings, scores, draft, language)
    else:
        problems.append(remark("table-without-names"))
    files = origin.files or (origin.name,)
    if not draft.practices:
        report = ImportReport(source_kind="table", files=files, items=tuple(draft.items), problems=tuple(problems))
        return ImportReading(report=report, columns=told)
    put: tuple[Entity, ...] = (
        draft.model,
        draft.scale,
        *draft.dimensions.values(),
        *draft.themes.values(),
        *draft.practices.values(),
    )
    report = ImportReport(source_kind="table", files=files, items=tuple(draft.items), problems=tuple(problems))
    return ImportReading(report=report, put=put, columns=told)


def known_columns(rows: Sequence[Row]) -> int:
    """Return how many columns of a table are known by their headings; none at all where no column names practices."""
    meanings = guess(rows[_heading_row(rows)].cells) if rows else ()
    return sum(map(bool, meanings)) if "practice" in meanings else 0


def guess(headings: Sequence[str]) -> tuple[str, ...]:
    """Return what each column seems to be, every meaning once; an empty text where nothing is known of it."""
    found = [""] * len(headings)
    taken: set[str] = set()
    for at, heading in enumerate(headings):
        if _score_of(heading) is not None:
            found[at] = "text"
    for exactly in (True, False):
        for at, heading in enumerate(headings):
            plain = _plain(heading)
            if found[at] or not plain:
                continue
            for meaning, names in _NAMES.items():
                fits = plain in names if exactly else any(re.search(rf"\b{name}\b", plain) for name in names)
                if fits and meaning not in taken:
                    found[at] = meaning
                    taken.add(meaning)
                    break
    return tuple(found)


def _heading_row(rows: Sequence[Row]) -> int:
    """Return where the headings stand: among the first rows, the one with most of them known."""
    known = [sum(map(bool, guess(row.cells))) for row in rows[:_LOOKED_AT_ROWS]]
    if not known or max(known) < _FEWEST_KNOWN:
        return 0
    return known.index(max(known))


def _plain(heading: str) -> str:
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", heading) if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[^\w%]+", " ", bare.replace("_", " ")).casefold().split())


def _score_of(heading: str) -> tuple[str, float] | None:
    """Return ("percent", share) or ("level", number) where a heading names a level, else None."""
    percent = _PERCENT_HEADING.search(heading)
    if percent:
        share = float(percent[1].replace(",", ".")) / 100
        return ("percent", share) if share <= 1 else None
    level = _LEVEL_HEADING.search(_plain(heading))
    return ("level", float(level[1])) if level else None


def _scores(headings: Sequence[str], meanings: Sequence[str]) -> dict[int, float]:
    """Return column -> score of the level it describes; columns told apart by nothing share 0 to 1 evenly."""
    texts = [at for at, meaning in enumerate(meanings) if meaning == "text"]
    named = {at: _score_of(headings[at]) for at in texts}
    levels = [found[1] for found in named.values() if found is not None and found[0] == "level"]
    lowest, highest = min(levels, default=0.0), max(levels, default=1.0)
    scores = {}
    for place, at in enumerate(texts):
        found = named[at]
        if found is None:
            scores[at] = place / max(1, len(texts) - 1)
        elif found[0] == "percent":
            scores[at] = found[1]
        else:
            scores[at] = (found[1] - lowest) / (highest - lowest) if highest > lowest else 1.0
    return {at: round(score, 6) for at, score in scores.items()}


def _begin(
    engagement: Engagement,
    origin: TableOrigin,
    headings: Sequence[str],
    scores: Mapping[int, float],
    language: Language,
) -> _Draft:
    source = f"table:{origin.name}"
    there = engagement.models.get(origin.model_id) or engagement.models.get(derived_id(source))
    model = there or MaturityModel(id=derived_id(source), name=clean_line(origin.name) or "-", source=origin.name)
    scales = ordered_scales(engagement, model.id)
    if there is None and any(
        (one.name, one.version) == (model.name, model.version) for one in engagement.models.values()
    ):
        model = dataclasses.replace(model, version="2")
    if scales:
        used = engagement.referring("practices", "scale_id")
        scale = max(scales, key=lambda one: len(used.get(one.id, ())))
    else:
        by_score = {score: clean_line(headings[at]) for at, score in scores.items()}
        options = by_score or {score: language.gettext(text) for score, text in _OPTIONS}
        scale = Scale(
            id=derived_id(source, "scale"),
            model_id=model.id,
            name=language.gettext(N_("Levels of the table")),
            options=tuple(ScaleOption(score=score, text=options[score]) for score in sorted(options)),
        )
    return _Draft(engagement, model, scale, file=Path(origin.files[0]).name if origin.files else origin.name)


def _read_body(
    rows: Sequence[Row], meanings: Sequence[str], scores: Mapping[int, float], draft: _Draft, language: Language
) -> None:
    column = {meaning: at for at, meaning in enumerate(meanings) if meaning and meaning != "text"}
    general = language.gettext(N_("General"))
    dimension_name = theme_name = ""
    for row in rows:
        named = {meaning: _at(row, at) for meaning, at in column.items()}
        if named.get("dimension"):
            changed = clean_line(named["dimension"])
            theme_name = theme_name if changed == dimension_name else ""
            dimension_name = changed
        theme_name = clean_line(named.get("theme", "")) or theme_name
        name = clean_line(named["practice"])
        place = f"{draft.file}:{row.number}"
        if not name:
            shown = clean_line(next(cell for cell in row.cells if cell))
            draft.items.append(_left_out(shown, place, remark("nameless")))
            continue
        theme = _theme(draft, dimension_name or general, theme_name or dimension_name or general)
        key = (theme.id, folded(name))
        if key in draft.practices:
            draft.items.append(_left_out(name, place, remark("table-row-twice", place=str(draft.places[str(key)]))))
            continue
        draft.places[str(key)] = row.number
        practice, remarks = _practice(draft, theme, name, named, row, scores)
        draft.practices[key] = practice
        draft.items.append(
            ImportedItem(
                kind="practices",
                name=name,
                entity_id=practice.id,
                place=place,
                fate=Fate.CHANGED if remarks else Fate.IMPORTED,
                effect=effect_of(draft.engagement, "practices", practice),
                remarks=tuple(remarks),
            )
        )


def _left_out(name: str, place: str, why: Remark) -> ImportedItem:
    return ImportedItem(kind="practices", name=name, place=place, fate=Fate.REJECTED, remarks=(why,))


def _theme(draft: _Draft, dimension_name: str, theme_name: str) -> Theme:
    engagement, model = draft.engagement, draft.model
    dimension = draft.dimensions.get(folded(dimension_name))
    if dimension is None:
        there = ordered_inside(engagement, "dimensions", model.id)
        dimension = _named(there, dimension_name) or Dimension(
            id=derived_id(model.id, folded(dimension_name)),
            model_id=model.id,
            name=dimension_name,
            position=len(there) + len(draft.dimensions),
        )
        draft.dimensions[folded(dimension_name)] = dimension
    key = (dimension.id, folded(theme_name))
    theme = draft.themes.get(key)
    if theme is None:
        held = ordered_inside(engagement, "themes", dimension.id)
        theme = _named(held, theme_name) or Theme(
            id=derived_id(dimension.id, "theme", folded(theme_name)),
            dimension_id=dimension.id,
            name=theme_name,
            position=len(held) + len(draft.themes),
        )
        draft.themes[key] = theme
    return theme


def _practice(
    draft: _Draft, theme: Theme, name: str, named: Mapping[str, str], row: Row, scores: Mapping[int, float]
) -> tuple[Practice, list[Remark]]:
    held = ordered_inside(draft.engagement, "practices", theme.id)
    before = _named(held, name) or Practice(
        id=derived_id(theme.id, "practice", folded(name)),
        theme_id=theme.id,
        name=name,
        scale_id=draft.scale.id,
        position=len(held) + len(draft.practices),
    )
    remarks: list[Remark] = []
    fields: dict[str, Any] = {one: clean_text(named[one]) for one in _LONG if named.get(one)}
    for one in _RATED:
        _take(named.get(one, ""), one, _rating, fields, remarks)
    _take(named.get("weight", ""), "weight", _weight, fields, remarks)
    if named.get("tags"):
        parts = (clean_line(part) for part in re.split(r"[,;\n]", named["tags"]))
        fields["tags"] = tuple(dict.fromkeys(part for part in parts if part))
    if named.get("link"):
        url = clean_line(named["link"])
        if all(one.url != url for one in before.resources):
            fields["resources"] = (*before.resources, Resource(name=name, url=url))
    texts = {held.score: held.text for held in before.descriptors}
    texts |= {score: text for at, score in scores.items() if (text := clean_text(_at(row, at)))}
    fields["descriptors"] = tuple(Descriptor(score=score, text=texts[score]) for score in sorted(texts))
    return dataclasses.replace(before, **fields), remarks


def _take(
    text: str, name: str, read: Callable[[str], float | None], fields: dict[str, Any], remarks: list[Remark]
) -> None:
    if not text:
        return
    value = read(text)
    if value is not None:
        fields[name] = value
    elif name == "weight":
        remarks.append(remark("weight-left-out", value=text))
    else:
        remarks.append(remark("rating-left-out", attribute=name, value=text))


def _rating(text: str) -> int | None:
    found = re.fullmatch(r"(?:\D{0,12}\s)?([1-5])(?:[.,]0+)?(?:\s*/\s*5)?", text.strip())
    return int(found[1]) if found else None


def _weight(text: str) -> float | None:
    try:
        value = float(text.replace("\N{NO-BREAK SPACE}", "").replace(" ", "").replace(",", "."))
    except ValueError:
        return None
    return value if 0 <= value <= 1_000 else None


def _named(held: Sequence[Any], name: str) -> Any:
    return next((one for one in held if folded(one.name) == folded(name)), None)


def _at(row: Row, at: int) -> str:
    return row.cells[at] if at < len(row.cells) else ""
