"""What chosen files would bring in, worded for a person to agree to before anything changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from planner.domain.changes import Changes, Label
from planner.domain.engagement import Engagement
from planner.domain.kinds import kind_of
from planner.language import N_, NN_, Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One line of the account: what it is about, what became of it, and why."""

    name: str
    fate: str
    reasons: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A reading of files: its summary, its findings, and the changes it would make to an engagement."""

    title: str
    summary: tuple[str, ...]
    findings: tuple[Finding, ...]
    changes_for: Callable[[Engagement], Changes]
    anything: bool


def prepare(engagement: Engagement, paths: tuple[Path, ...], language: Language) -> Prepared:
    """Read `paths` and return what they would bring into `engagement`; UserError when they cannot be read."""
    if len(paths) == 1 and paths[0].suffix.lower() == ".json":
        return _prepare_json(paths[0], language)
    return _prepare_model(engagement, paths, language)


def _prepare_json(path: Path, language: Language) -> Prepared:
    from planner.editing.adopt import adopt  # noqa: PLC0415  not before it is used
    from planner.exchange.json_file import read_json  # noqa: PLC0415  not before it is used

    entities = read_json(path)
    counts: dict[str, int] = {}
    for entity in entities:
        kind = kind_of(type(entity))
        counts[kind] = counts.get(kind, 0) + 1
    words = language.ngettext(*NN_("{count} entity", "{count} entities"), len(entities))
    shown = [("initiatives", N_("Initiatives")), ("teams", N_("Teams")), ("practices", N_("Practices"))]
    summary = [words.format(count=language.number(len(entities), decimals=0))]
    summary += [
        f"{language.gettext(word)}: {language.number(counts[kind], decimals=0)}"
        for kind, word in shown
        if kind in counts
    ]
    label = Label("import-json", {"name": path.name})
    return Prepared(
        title=path.name,
        summary=tuple(summary),
        findings=(),
        changes_for=lambda engagement: adopt(engagement, entities, label=label),
        anything=bool(entities),
    )
