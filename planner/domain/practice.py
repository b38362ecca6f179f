"""Maturity models: dimensions, themes, practices, the scales they are scored on and what they build on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from planner.domain.fields import between, long_text, refers_to, required_text


@dataclass(frozen=True, slots=True, kw_only=True)
class MaturityModel:
    """A versioned set of dimensions, themes, practices and scales; several may live in one engagement.

    `source` names where it comes from, so that the same model read again is recognised.
    """

    id: str
    name: str = field(metadata=required_text())
    version: str = ""
    source: str = ""
    licence: str = ""
    released: date | None = None
    description: str = field(default="", metadata=long_text())


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """First division of a maturity model."""

    id: str
    model_id: str = field(metadata=refers_to("models"))
    name: str = field(metadata=required_text())
    description: str = field(default="", metadata=long_text())
    position: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """Division of a dimension; it holds the practices."""

    id: str
    dimension_id: str = field(metadata=refers_to("dimensions"))
    name: str = field(metadata=required_text())
    description: str = field(default="", metadata=long_text())
    position: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleOption:
    """One answer a scale offers: its score from 0 to 1 and its text."""

    score: float = field(metadata=between(0, 1))
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Ordered options, scores never falling from first to last."""

    id: str
    model_id: str = field(metadata=refers_to("models"))
    name: str = field(metadata=required_text())
    options: tuple[ScaleOption, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Descriptor:
    """What a practice looks like at a score from 0 to 1: a level descriptor."""

    score: float = field(metadata=between(0, 1))
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Where another framework speaks of the same thing: framework and the code it uses."""

    framework: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """Something that helps to adopt a practice: a tool, a text, a guide."""

    name: str
    url: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """One thing teams do. Difficulties and usefulness run from 1 to 5, as does the level it sits on.

    `source_id` is its identity in the model it was read from; `measure` says how to get there, `verification` how an
    assessor recognises it.
    """

    id: str
    theme_id: str = field(metadata=refers_to("themes"))
    name: str = field(metadata=required_text())
    scale_id: str = field(metadata=refers_to("scales"))
    source_id: str = ""
    level: int | None = field(default=None, metadata=between(1, 5))
    description: str = field(default="", metadata=long_text())
    risk: str = field(default="", metadata=long_text())
    measure: str = field(default="", metadata=long_text())
    verification: str = field(default="", metadata=long_text())
    comments: str = field(default="", metadata=long_text())
    descriptors: tuple[Descriptor, ...] = ()
    knowledge_difficulty: int | None = field(default=None, metadata=between(1, 5))
    time_difficulty: int | None = field(default=None, metadata=between(1, 5))
    resources_difficulty: int | None = field(default=None, metadata=between(1, 5))
    usefulness: int | None = field(default=None, metadata=between(1, 5))
    weight: float = field(default=1.0, metadata=between(0, 1_000))
    references: tuple[Reference, ...] = ()
    resources: tuple[Resource, ...] = ()
    tags: tuple[str, ...] = ()
    position: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Prerequisite:
    """`practice_id` builds on `required_practice_id`, which must first reach `minimum_score` (0 to 1)."""

    id: str
    practice_id: str = field(metadata=refers_to("practices"))
    required_practice_id: str = field(metadata=refers_to("practices"))
    minimum_score: float = field(default=1.0, metadata=between(0, 1))
