"""The reviews Microsoft's assessments export as CSV, read into a maturity model: DevOps capability, Well-Architected.

Such a file has three sections in one: results, recommendations, and the questions with every answer they offer, one a
row. A category becomes a dimension, a question a practice that is recognised by the answers it names. What was chosen is
not taken in, for the file does not say by whom; recommendations and results are listed as left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from types import MappingProxyType
from typing import Final

from planner.domain.engagement import Engagement
from planner.domain.identity import derived_id, folded
from planner.domain.kinds import Entity
from planner.domain.practice import Dimension, MaturityModel, Practice, Scale, ScaleOption, Theme
from planner.editing.naming import free_name
from planner.exchange.import_report import Fate, ImportedItem, ImportReading, ImportReport, Remark, effect_of, remark
from planner.exchange.models.cleaning import clean_line, clean_text
from planner.exchange.models.judgement import with_judgement
from planner.exchange.table_source import Row
from planner.language import N_, Language

_WHEN: Final = re.compile(r"\s+-\s+\w{3,9}\.? \d{1,2}, \d{4}\b.*$")
"""The day a review was taken, behind its name."""

_NONE: Final = re.compile(r"none of (the|these)|not applicable", re.IGNORECASE)
_RULE: Final = re.compile(r"-{3,}")
_SCALE: Final = ((0.0, N_("None of it")), (0.25, N_("A little of it")), (0.5, N_("Half of it")),
                 (0.75, N_("Most of it")), (1.0, N_("All of it")))  # fmt: skip


@dataclass(slots=True)
class _Question:
    """One question: its category, its text, the answers it offers, and where it stands."""

    category: str
    text: str
    place: str
    answers: list[str] = field(default_factory=list)


def is_review(rows: Sequence[Row]) -> bool:
    """Tell whether a table is such a review: it holds a heading of questions with their answers."""
    return _questions_at(rows) is not None


def read_review(rows: Sequence[Row], engagement: Engagement, *, file: str, language: Language) -> ImportReading:
    """Return what a review would bring: its questions as a model, every other row of it left out and named."""
    at = _questions_at(rows)
    head = rows if at is None else rows[:at]
    body = () if at is None else rows[at + 1 :]
    columns = (
        {folded(cell): place for place, cell in reversed(list(enumerate(rows[at].cells)))} if at is not None else {}
    )
    title = clean_line(_WHEN.sub("", rows[0].cells[0] if head else "")) or PurePath(file).stem
    identity = derived_id("capability-review", title.casefold())
    model = engagement.models.get(identity) or MaturityModel(id=identity, name=title, source=title)
    scale = Scale(
        id=derived_id(identity, "scale"), model_id=identity, name=language.gettext(N_("How much of it holds")),
        options=tuple(ScaleOption(score=score, text=language.gettext(text)) for score, text in _SCALE),
    )  # fmt: skip
    scale = engagement.scales.get(scale.id, scale)
    place = PurePath(file).name
    questions, chosen, strays = _questions(body, columns, place)
    put, items = _practices(questions, model, scale, engagement)
    items += [_left_out(row, place, remark("review-row-unknown")) for row in strays]
    items += list(_told_of_head(head, place))
    total = sum(len(question.answers) for question in questions)
    problems = (remark("review-answers", chosen=chosen, total=total),) if chosen else ()
    report = ImportReport(source_kind="table", files=(file,), items=tuple(items), problems=problems)
    return ImportReading(report=report, put=tuple(put))


def _questions_at(rows: Sequence[Row]) -> int | None:
    for at, row in enumerate(rows):
        named = {folded(cell) for cell in row.cells}
        if {"question", "category"} <= named and named & {"answers", "answer"}:
            return at
    return None


def _questions(rows: Sequence[Row], columns: Mapping[str, int], file: str) -> tuple[list[_Question], int, list[Row]]:
    """Return the questions with their answers, how many of these are chosen, and the rows that are none."""
    found: dict[tuple[str, str], _Question] = {}
    strays, chosen = [], 0
    for row in rows:
        told = MappingProxyType({name: row.cells[at] if at < len(row.cells) else "" for name, at in columns.items()})
        category, text = clean_line(told["category"]), clean_line(told["question"])
        answer = clean_line(told.get("answers") or told.get("answer") or "")
        if _RULE.fullmatch(category):
            continue
        if not text:
            strays.append(row)
            continue
        question = found.setdefault((folded(category), folded(text)), _Question(category, text, f"{file}:{row.number}"))
        if answer:
            question.answers.append(answer)
            chosen += bool(told.get("selected answer") or told.get("selected answers"))
    return list(found.values()), chosen, strays


def _practices(
    questions: Sequence[_Question], model: MaturityModel, scale: Scale, engagement: Engagement
) -> tuple[list[Entity], list[ImportedItem]]:
    groups: dict[str, tuple[Dimension, Theme]] = {}
    practices: list[Practice] = []
    items = []
    for place, question in enumerate(questions):
        name = question.category or model.name
        if folded(name) not in groups:
            dimension = Dimension(
                id=derived_id(model.id, "dimension", folded(name)), model_id=model.id, name=name, position=len(groups)
            )
            theme = Theme(id=derived_id(dimension.id, "theme"), dimension_id=dimension.id, name=name)
            groups[folded(name)] = (dimension, theme)
        theme = groups[folded(name)][1]
        title = free_name(question.text, (one.name for one in practices if one.theme_id == theme.id))
        offered = [answer for answer in question.answers if not _NONE.match(answer)]
        practice = Practice(
            id=derived_id(theme.id, "practice", folded(title)), theme_id=theme.id, name=title, scale_id=scale.id,
            source_id=f"{name} / {title}", verification=clean_text("\n".join(f"- {answer}" for answer in offered)),
            position=place,
        )  # fmt: skip
        practice = with_judgement(practice, engagement.practices.get(practice.id))
        practices.append(practice)
        items.append(
            ImportedItem(
                kind="practices", name=title, entity_id=practice.id, place=question.place,
                effect=effect_of(engagement, "practices", practice),
            )
        )  # fmt: skip
    groups_put = [one for pair in groups.values() for one in pair]
    return ([model, scale, *groups_put, *practices] if practices else []), items


def _told_of_head(rows: Sequence[Row], file: str) -> Iterator[ImportedItem]:
    """Yield a row for everything before the questions: the results, then the recommendations."""
    recommending = False
    for row in rows[1:]:
        if _RULE.fullmatch(row.cells[0]):
            continue
        named = {folded(cell) for cell in row.cells}
        if {"category", "link-text"} <= named:
            recommending = True
        else:
            yield _left_out(row, file, remark("review-recommendation") if recommending else remark("review-result"))


def _left_out(row: Row, file: str, why: Remark) -> ImportedItem:
    cells = [clean_line(cell) for cell in row.cells if cell]
    shown = " \N{MIDDLE DOT} ".join(cells[:2])
    return ImportedItem(
        kind="practices", name=clean_line(shown), place=f"{file}:{row.number}", fate=Fate.REJECTED, remarks=(why,)
    )
