"""Maturity models of Measure-Mate, read from its JSON: templates of attributes, each with the ratings it is given.

The file is a list of records, as Django writes them: {"model", "pk", "fields"}. A template becomes a maturity model, an
attribute a practice, its ratings its scale and level descriptors. Attributes stand in no groups there, so a template is
its own dimension and theme. Records of assessments, teams and tags are no part of a model and are counted, not read.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.domain.identity import derived_id
from planner.domain.kinds import Entity
from planner.domain.practice import Descriptor, Dimension, MaturityModel, Practice, Scale, ScaleOption, Theme
from planner.editing.naming import free_name
from planner.exchange.import_report import Fate, ImportedItem, ImportReading, ImportReport, Remark, effect_of, remark
from planner.exchange.models.cleaning import clean_line, clean_text
from planner.exchange.models.judgement import with_judgement
from planner.exchange.text_source import read_text

LIMIT_MEGABYTES: Final = 20
_SOURCE: Final = "Measure-Mate"
_PARTS: Final = ("template", "attribute", "rating")
_NOT_A_RATING: Final = frozenset({"n/a", "na", "not applicable", "not relevant"})
_LIGHTS: Final = {"green": 2, "yellow": 1, "amber": 1, "orange": 1, "red": 0}
"""How good a colour says a rating is; what runs from green to red is read the other way round."""


@dataclass(frozen=True, slots=True)
class _Record:
    """One record: its key, as text, what it says, and where it stands."""

    key: str
    fields: Mapping[str, Any]
    place: str

    def line(self, name: str) -> str:
        """Return a field as one line of text; an empty one where it is missing or no text."""
        value = self.fields.get(name)
        return clean_line(value) if isinstance(value, str) else ""

    def text(self, name: str) -> str:
        """Return a field as text of several lines."""
        value = self.fields.get(name)
        return clean_text(value) if isinstance(value, str) else ""

    def rank(self) -> float:
        """Return where it stands among its like; last where it does not say."""
        value = self.fields.get("rank")
        return float(value) if isinstance(value, int | float) else float("inf")


@dataclass(slots=True)
class _Source:
    """The records of one file, part by part, and what else was in it."""

    parts: dict[str, list[_Record]] = field(default_factory=lambda: {part: [] for part in _PARTS})
    others: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class _Draft:
    """What a reading comes to."""

    engagement: Engagement
    put: list[Entity] = field(default_factory=list)
    items: list[ImportedItem] = field(default_factory=list)
    problems: list[Remark] = field(default_factory=list)

    def reject(self, record: _Record, why: Remark) -> None:
        name = record.line("name") or record.key
        self.items.append(
            ImportedItem(kind="practices", name=name, place=record.place, fate=Fate.REJECTED, remarks=(why,))
        )


def read_measure_mate(paths: Sequence[Path], engagement: Engagement) -> ImportReading:
    """Return what importing Measure-Mate's templates would do, every attribute and rating accounted for.

    Raises UserError "cannot-read", "source-too-large", "source-not-utf-8", "json-broken", "json-too-deep" or
    "measure-mate-nothing" (path), which names the first file without a template.
    """
    draft = _Draft(engagement)
    for path in paths:
        source = _read(path)
        if not source.parts["template"]:
            raise UserError("measure-mate-nothing", path=str(path))
        draft.problems += [
            remark("records-left-out", place=path.name, section=name, count=count)
            for name, count in source.others.items()
        ]
        _build(source, draft)
    report = ImportReport(
        source_kind="measure-mate",
        files=tuple(str(path) for path in paths),
        items=tuple(draft.items),
        problems=tuple(draft.problems),
    )
    return ImportReading(report=report, put=tuple(draft.put))


def _read(path: Path) -> _Source:
    text = read_text(path, limit_megabytes=LIMIT_MEGABYTES)
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        raise UserError("json-broken", path=str(path), line=str(error.lineno), column=str(error.colno)) from error
    except RecursionError as error:
        raise UserError("json-too-deep", path=str(path)) from error
    except ValueError as error:  # a whole number of thousands of digits
        raise UserError("json-number-too-long", path=str(path)) from error
    source = _Source()
    for number, entry in enumerate(document if isinstance(document, list) else (), start=1):
        named = entry.get("model") if isinstance(entry, dict) else None
        fields = entry.get("fields") if isinstance(entry, dict) else None
        if not isinstance(named, str) or not isinstance(fields, dict):
            source.others["-"] += 1
            continue
        part = named.rpartition(".")[2].casefold()
        if part in source.parts:
            source.parts[part].append(_Record(str(entry.get("pk")), fields, f"{path.name}:{number}"))
        else:
            source.others[clean_line(named)] += 1
    return source


def _build(source: _Source, draft: _Draft) -> None:
    attributes, ratings = _by_holder(source, "attribute", "template"), _by_holder(source, "rating", "attribute")
    for template in source.parts["template"]:
        _build_template(template, attributes.pop(template.key, []), ratings, draft)
    for adrift in attributes.values():
        for record in adrift:
            draft.reject(record, remark("template-missing"))
            ratings.pop(record.key, None)
    for record in (one for left in ratings.values() for one in left):
        draft.reject(record, remark("attribute-missing"))


def _by_holder(source: _Source, part: str, holder: str) -> dict[str, list[_Record]]:
    """Return the records of one part by the key of what holds them, in their order."""
    found: dict[str, list[_Record]] = {}
    for record in source.parts[part]:
        found.setdefault(str(record.fields.get(holder)), []).append(record)
    for held in found.values():
        held.sort(key=_Record.rank)
    return found


def _build_template(
    template: _Record, attributes: Sequence[_Record], ratings: dict[str, list[_Record]], draft: _Draft
) -> None:
    name = template.line("name") or _SOURCE
    identity = derived_id("measure-mate", name.casefold())
    model = draft.engagement.models.get(identity) or MaturityModel(id=identity, name=name, source=_SOURCE)
    if any(one.id != model.id and (one.name, one.version) == (name, model.version)
           for one in draft.engagement.models.values()):  # fmt: skip
        model = MaturityModel(id=identity, name=name, version="2", source=_SOURCE)
    dimension = Dimension(
        id=derived_id(identity, "dimension"), model_id=identity, name=name, description=template.text("short_desc")
    )
    theme = Theme(id=derived_id(identity, "theme"), dimension_id=dimension.id, name=name)
    scales: dict[tuple[str, ...], Scale] = {}
    practices: list[Practice] = []
    for place, attribute in enumerate(attributes):
        given, remarks = _told(ratings.pop(attribute.key, []))
        if not attribute.line("name") or len(given) < 2:
            draft.reject(attribute, remark("attribute-unrated") if attribute.line("name") else remark("nameless"))
            continue
        scale = _scale(given, identity, scales)
        title = free_name(attribute.line("name"), (one.name for one in practices))
        practice = Practice(
            id=derived_id(identity, "practice", title.casefold()), theme_id=theme.id, name=title, scale_id=scale.id,
            source_id=f"{name} / {title}", description=attribute.text("desc"), position=place,
            descriptors=tuple(_descriptors(given, scale)),
        )  # fmt: skip
        practice = with_judgement(practice, draft.engagement.practices.get(practice.id))
        practices.append(practice)
        draft.items.append(
            ImportedItem(
                kind="practices", name=title, entity_id=practice.id, place=attribute.place, remarks=tuple(remarks),
                fate=Fate.CHANGED if remarks else Fate.IMPORTED,
                effect=effect_of(draft.engagement, "practices", practice),
            )
        )  # fmt: skip
    draft.put += [model, *scales.values(), dimension, theme, *practices] if practices else []


def _told(ratings: Sequence[_Record]) -> tuple[list[_Record], list[Remark]]:
    """Return the ratings that are scores, from the worst to the best, and what is to be said of the others."""
    remarks = []
    given = []
    for record in ratings:
        name = record.line("name")
        if name.casefold() in _NOT_A_RATING:
            remarks.append(remark("rating-is-state", rating=name))
        elif name:
            given.append(record)
    if given:
        first, last = _goodness(given[0]), _goodness(given[-1])
        if first is not None and last is not None and first > last:
            given.reverse()
            remarks.append(remark("ratings-turned", worst=given[0].line("name"), best=given[-1].line("name")))
    return given, remarks


def _goodness(rating: _Record) -> int | None:
    by_name = _LIGHTS.get(rating.line("name").casefold())
    return _LIGHTS.get(rating.line("colour").casefold()) if by_name is None else by_name


def _scale(ratings: Sequence[_Record], model_id: str, scales: dict[tuple[str, ...], Scale]) -> Scale:
    names = tuple(record.line("name") for record in ratings)
    if names not in scales:
        last = len(names) - 1
        options = tuple(ScaleOption(score=round(at / last, 6), text=text) for at, text in enumerate(names))
        title = free_name(clean_line(f"{names[0]} … {names[-1]}"), (scale.name for scale in scales.values()))
        scales[names] = Scale(id=derived_id(model_id, "scale", *names), model_id=model_id, name=title, options=options)
    return scales[names]


def _descriptors(ratings: Sequence[_Record], scale: Scale) -> Iterator[Descriptor]:
    for option, record in zip(scale.options, ratings, strict=True):
        text = record.text("desc")
        if text and text.casefold() != option.text.casefold():
            yield Descriptor(score=option.score, text=text)
