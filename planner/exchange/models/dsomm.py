"""OWASP DSOMM read into an engagement: model, teams and progress, from any of its YAML files, one at a time or together.

Sources: the generated model of any version, a custom file over it, the meta file (progress states), the teams file,
the team progress file. What is read again is recognised: DSOMM is one maturity model of the engagement, brought up to
date. The parts: `dsomm_source` (what the files say), `dsomm_practices` (who is who), `dsomm_teams` (who stands where),
`prerequisites` (what depends on what).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

from planner.domain.assessment import Assessment
from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.domain.identity import derived_id
from planner.domain.kinds import Entity, kind_of
from planner.domain.organization import Unit
from planner.domain.practice import MaturityModel, Practice, Scale
from planner.exchange.import_report import ImportedItem, ImportReading, ImportReport, effect_of
from planner.exchange.models.dsomm_practices import Practices, build_practices
from planner.exchange.models.dsomm_source import Source, read_source
from planner.exchange.models.dsomm_teams import Teams, build_assessment, build_scale, build_teams
from planner.exchange.models.prerequisites import MOST_CIRCLES, TooManyCirclesError
from planner.language import Language

MODEL_NAME: Final = "OWASP DSOMM"
_MODEL_ID: Final = derived_id("dsomm", "model")


def read_dsomm(paths: Sequence[Path], engagement: Engagement, *, language: Language, today: date) -> ImportReading:
    """Return what importing DSOMM's files into `engagement` would do, everything in them accounted for.

    Raises UserError for YAML that cannot be read (file, line, cause), for a file that is nothing of DSOMM's, and for
    progress without the model it speaks of.
    """
    source = read_source(paths)
    files = tuple(str(path) for path in paths)
    model = _find_model(engagement)
    has_activities = any(activity.rejected is None and not activity.is_ignored for activity in source.activities)
    if model is None and not has_activities:
        if source.progress is not None or source.states or source.activities:
            raise UserError("dsomm-no-model", path=", ".join(files))
        teams = build_teams(source, engagement, (), language)
        return _reading(files, engagement, source, [], Practices(), teams, Teams())
    model = _updated(model, source)
    scale, scale_problems = build_scale(source, engagement, model, language)
    source.problems.extend(scale_problems)
    try:
        practices = build_practices(source, engagement, model, scale)
    except TooManyCirclesError as error:
        raise UserError("dsomm-too-many-circles", path=", ".join(files), limit=MOST_CIRCLES) from error
    teams = build_teams(source, engagement, practices.drafts, language)
    everyone = {
        **{i: p for i, p in engagement.practices.items() if _belongs(engagement, p, model)},
        **{entity.id: entity for entity in practices.put if isinstance(entity, Practice)},
    }
    progress = build_assessment(
        source, engagement, everyone, teams, practices.drafts, scale, language=language, today=today
    )
    return _reading(files, engagement, source, [model, scale], practices, teams, progress)


def _find_model(engagement: Engagement) -> MaturityModel | None:
    named = (model for model in engagement.models.values() if model.name == MODEL_NAME)
    return engagement.models.get(_MODEL_ID) or next(named, None)


def _updated(model: MaturityModel | None, source: Source) -> MaturityModel:
    before = model or MaturityModel(id=_MODEL_ID, name=MODEL_NAME, source=MODEL_NAME)
    return dataclasses.replace(
        before,
        version=source.version or before.version,
        released=source.released or before.released,
        source=source.publisher or before.source,
    )


def _belongs(engagement: Engagement, practice: Practice, model: MaturityModel) -> bool:
    dimension_id = engagement.themes[practice.theme_id].dimension_id
    return engagement.dimensions[dimension_id].model_id == model.id


def _reading(
    files: tuple[str, ...], engagement: Engagement, source: Source, head: list[Entity], practices: Practices,
    teams: Teams, progress: Teams,
) -> ImportReading:  # fmt: skip
    put = (*head, *practices.put, *teams.put, *progress.put)
    items = [
        ImportedItem(
            kind=kind_of(type(entity)), name=entity.name, effect=effect_of(engagement, kind_of(type(entity)), entity)
        )
        for entity in put
        if isinstance(entity, MaturityModel | Scale | Unit | Assessment)
    ]  # fmt: skip
    report = ImportReport(
        source_kind="dsomm",
        files=files,
        items=(*items, *practices.items, *teams.items, *progress.items),
        problems=(*source.problems, *practices.problems, *teams.problems, *progress.problems),
        vanished=practices.vanished,
    )
    return ImportReading(report=report, put=put, remove=tuple(practices.remove))
