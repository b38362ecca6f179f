"""The OWASP SAMM core model read into a maturity model: its archive (tar, gzipped or not, zip) or its folder of YAML files.

A business function becomes a dimension, a security practice a theme, an activity a practice on its maturity level; the
question about it says how it is recognised, its answer set is the scale and describes the levels. Everything is told
by SAMM's own identifiers, so that a later version read again meets itself. Nothing is unpacked to disk.
"""

from __future__ import annotations

import tarfile
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final

from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.domain.identity import derived_id
from planner.domain.kinds import Entity, kind_of
from planner.domain.practice import Descriptor, Dimension, MaturityModel, Practice, Scale, ScaleOption, Theme
from planner.editing.naming import free_name
from planner.exchange.import_report import Fate, ImportedItem, ImportReading, ImportReport, effect_of, remark
from planner.exchange.models.cleaning import clean_line, clean_text
from planner.exchange.models.judgement import with_judgement

MODEL_NAME: Final = "OWASP SAMM"
LIMIT_FILES: Final = 5_000
LIMIT_MEGABYTES: Final = 20

_MODEL_ID: Final = derived_id("samm", "model")
_MODEL_FOLDER: Final = "model"
_SUFFIXES: Final = frozenset({".yml", ".yaml"})


@dataclass(frozen=True, slots=True)
class _Part:
    """One YAML file: where it stands and what it says, every value as text."""

    place: str
    fields: dict[str, Any]

    def text(self, field: str) -> str:
        """Return a field as text; an empty one where it is missing or no text."""
        value = self.fields.get(field)
        return value if isinstance(value, str) else ""

    def number(self, field: str, otherwise: float = 0.0) -> float:
        """Return a field as a number."""
        try:
            return float(self.text(field))
        except ValueError:
            return otherwise


def read_samm(paths: Sequence[Path], engagement: Engagement) -> ImportReading:
    """Return what importing SAMM's core model would do, every activity in it accounted for.

    Raises UserError "cannot-read", "samm-unreadable" (path, cause), "source-too-large" or "samm-nothing" (path).
    """
    parts: dict[str, dict[str, _Part]] = {}
    for path in paths:
        for place, content in _files(path):
            for part in _parse(path, place, content):
                held = parts.setdefault(part.text("type"), {})
                # The whole repository holds translations of some parts beside its model, under the same identifiers.
                if part.text("id") not in held or _MODEL_FOLDER in PurePosixPath(part.place).parts:
                    held[part.text("id")] = part
    if not parts.get("Activity"):
        raise UserError("samm-nothing", path=", ".join(str(path) for path in paths))
    model = engagement.models.get(_MODEL_ID) or MaturityModel(
        id=_MODEL_ID, name=MODEL_NAME, version="2", source="https://owaspsamm.org", licence="CC BY-SA 4.0"
    )
    dimensions = {
        one: Dimension(
            id=derived_id("samm", one), model_id=model.id, name=clean_line(part.text("name")) or one,
            description=clean_text(part.text("description")), position=int(part.number("order")),
        )
        for one, part in parts.get("Function", {}).items()
    }  # fmt: skip
    themes = {
        one: Theme(
            id=derived_id("samm", one), dimension_id=dimensions[part.text("function")].id,
            name=clean_line(part.text("name")) or one, description=clean_text(part.text("longDescription")),
            position=int(part.number("order")),
        )
        for one, part in parts.get("Practice", {}).items()
        if part.text("function") in dimensions
    }  # fmt: skip
    scales = {one: scale for one, part in parts.get("AnswerSet", {}).items() if (scale := _scale(part, model.id))}
    practices, items = _practices(parts, themes, scales, engagement)
    used = {practice.scale_id for practice in practices}
    put: tuple[Entity, ...] = (
        model,
        *(scale for scale in scales.values() if scale.id in used),
        *dimensions.values(),
        *themes.values(),
        *practices,
    )
    named = [
        ImportedItem(kind=kind_of(type(one)), name=one.name, entity_id=one.id, effect=effect_of(engagement, kind_of(type(one)), one))
        for one in put
        if isinstance(one, MaturityModel | Scale | Dimension | Theme)
    ]  # fmt: skip
    report = ImportReport(source_kind="samm", files=tuple(str(path) for path in paths), items=(*named, *items))
    return ImportReading(report=report, put=put)


def _practices(
    parts: dict[str, dict[str, _Part]], themes: dict[str, Theme], scales: dict[str, Scale], engagement: Engagement
) -> tuple[list[Practice], list[ImportedItem]]:
    questions = {part.text("activity"): part for part in parts.get("Question", {}).values()}
    levels, maturities = parts.get("PracticeLevel", {}), parts.get("MaturityLevel", {})
    found: list[Practice] = []
    items: list[ImportedItem] = []
    names: dict[str, list[str]] = {}
    for one, part in sorted(parts["Activity"].items(), key=lambda pair: pair[1].place):
        name = clean_line(part.text("title"))
        level = levels.get(part.text("level"))
        theme = themes.get(level.text("practice")) if level is not None else None
        question = questions.get(one)
        scale = scales.get(question.text("answerSet")) if question is not None else None
        if not name or level is None or theme is None or question is None or scale is None:
            why = remark("nameless") if not name else remark("samm-incomplete")
            items.append(
                ImportedItem(
                    kind="practices", name=name or one, source_id=one, place=part.place, fate=Fate.REJECTED, remarks=(why,)
                )
            )  # fmt: skip
            continue
        name = free_name(name, names.setdefault(theme.id, []))
        names[theme.id].append(name)
        stream = parts.get("Stream", {}).get(part.text("stream"))
        maturity = maturities.get(level.text("maturityLevel"))
        number = int(maturity.number("number")) if maturity is not None else 0
        criteria = [clean_line(line) for line in question.fields.get("quality") or () if isinstance(line, str)]
        identity = derived_id("samm", one)
        practice = Practice(
            id=identity, theme_id=theme.id, name=name, scale_id=scale.id, source_id=one,
            level=number if 1 <= number <= 5 else None,
            description=clean_text(part.text("longDescription") or part.text("shortDescription")),
            measure=clean_text(part.text("benefit")),
            verification=clean_text("\n".join((question.text("text"), *(f"- {line}" for line in criteria if line)))),
            descriptors=tuple(
                Descriptor(score=score, text=text)
                for score, text in {option.score: option.text for option in scale.options}.items()
            ),
            tags=(clean_line(stream.text("name")),) if stream is not None and stream.text("name") else (),
            position=number * 10 + int(stream.number("order") if stream is not None else 0),
        )  # fmt: skip
        practice = with_judgement(practice, engagement.practices.get(identity))
        found.append(practice)
        items.append(
            ImportedItem(
                kind="practices", name=name, source_id=one, entity_id=practice.id, place=part.place,
                effect=effect_of(engagement, "practices", practice),
            )
        )  # fmt: skip
    return found, items


def _scale(part: _Part, model_id: str) -> Scale | None:
    options = []
    for value in part.fields.get("values") or ():
        one = _Part(part.place, value) if isinstance(value, dict) else None
        if one is not None and 0 <= one.number("value", -1.0) <= 1:
            options.append(ScaleOption(score=one.number("value"), text=clean_line(one.text("text"))))
    options.sort(key=lambda option: option.score)
    if not options:
        return None
    name = PurePosixPath(part.place).stem
    return Scale(id=derived_id("samm", part.text("id")), model_id=model_id, name=f"SAMM {name}", options=tuple(options))


def _files(path: Path) -> Iterator[tuple[str, bytes]]:
    """Yield (place, content) of the YAML files in a folder or an archive."""
    total = 0
    try:
        for number, (place, content) in enumerate(_inside(path)):
            total += len(content)
            if number >= LIMIT_FILES or total > LIMIT_MEGABYTES * 1_000_000:
                raise UserError("source-too-large", path=str(path), limit_megabytes=LIMIT_MEGABYTES)
            yield place, content
    except OSError as error:
        raise UserError("cannot-read", path=str(path), cause=error.strerror or str(error)) from error
    except (tarfile.TarError, zipfile.BadZipFile, EOFError, RuntimeError) as error:
        raise UserError("samm-unreadable", path=str(path), cause=str(error)) from error


def _inside(path: Path) -> Iterator[tuple[str, bytes]]:
    if path.is_dir():
        return _in_folder(path)
    return _in_zip(path) if path.suffix.lower() == ".zip" else _in_archive(path)


def _in_zip(path: Path) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(path) as archive:
        for number, member in enumerate(archive.infolist()):
            if number > 2 * LIMIT_FILES or member.file_size > LIMIT_MEGABYTES * 1_000_000:
                raise UserError("source-too-large", path=str(path), limit_megabytes=LIMIT_MEGABYTES)
            if not member.is_dir() and PurePosixPath(member.filename).suffix.lower() in _SUFFIXES:
                yield member.filename, archive.read(member)


def _in_folder(path: Path) -> Iterator[tuple[str, bytes]]:
    for file in sorted(path.rglob("*")):
        if file.suffix.lower() in _SUFFIXES and file.is_file() and file.stat().st_size <= LIMIT_MEGABYTES * 1_000_000:
            yield file.relative_to(path).as_posix(), file.read_bytes()


def _in_archive(path: Path) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(path, "r:*") as archive:
        for number, member in enumerate(archive):
            if number > 2 * LIMIT_FILES:
                raise UserError("source-too-large", path=str(path), limit_megabytes=LIMIT_MEGABYTES)
            if not member.isfile() or PurePosixPath(member.name).suffix.lower() not in _SUFFIXES:
                continue
            if member.size > LIMIT_MEGABYTES * 1_000_000:
                raise UserError("source-too-large", path=str(path), limit_megabytes=LIMIT_MEGABYTES)
            content = archive.extractfile(member)
            if content is not None:
                yield member.name, content.read()


def _parse(path: Path, place: str, content: bytes) -> Iterator[_Part]:
    import yaml  # noqa: PLC0415  loaded when used

    try:
        # Every value as the text it is written as: an unquoted "No" is an answer, not a truth value.
        documents = list(yaml.load_all(content, Loader=yaml.BaseLoader))
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        cause = " ".join(str(error).split())
        raise UserError("samm-unreadable", path=f"{path} ({place})", cause=cause) from error
    for document in documents:
        if isinstance(document, dict):
            yield _Part(place, document)
