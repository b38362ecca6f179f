"""`roadbook-cli rank`: which initiative comes first by a formula, what it unlocks counted, and how sure that is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.cli_files import planned_as, reading
from planner.cli_language import WordedCommand, WordedOption, language_of
from planner.cli_output import print_json, print_line
from planner.domain.errors import UserError
from planner.language import N_, Language
from planner.words import CRITERION_ROLE_WORDS, FORMULA_KIND_WORDS

if TYPE_CHECKING:
    from planner.analysis.priority import Worth, Yardstick
    from planner.analysis.ranking import Ranked, Stability
    from planner.domain.engagement import Engagement


@click.command(cls=WordedCommand, help=N_("Rank the initiatives of FILE by worth, a prerequisite by what it unlocks."))
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--formula", metavar="NAME", cls=WordedOption,
    help=N_("A formula of FILE by its name, or visibility-first, wsjf, rice, ice or impact-effort."),
)  # fmt: skip
@click.option(
    "--scenario", metavar="NAME", cls=WordedOption, help=N_("A scenario of FILE, instead of the plan as it is.")
)
@click.option(
    "--draws", type=click.IntRange(1, 100_000), default=1_000, cls=WordedOption,
    help=N_("How often scores are drawn anew, each up to a fifth up or down, to see which ranks hold."),
)  # fmt: skip
@click.option(
    "--seed", type=click.IntRange(0, 2**31 - 1), default=1, cls=WordedOption, help=N_("The seed of all chance.")
)
@click.option(
    "--top", type=click.IntRange(1, 100_000), metavar="K", cls=WordedOption,
    help=N_("Say how often each is among the first K when scores are drawn anew."),
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, cls=WordedOption, help=N_("Print the result as JSON."))
@click.pass_context
def rank(
    context: click.Context,
    /,
    file: Path,
    *,
    formula: str | None,
    scenario: str | None,
    draws: int,
    seed: int,
    top: int | None,
    as_json: bool,
) -> None:
    """Print the ranks."""
    from planner.analysis.ranking import ranked, stability  # noqa: PLC0415  loaded when used

    language = language_of(context)
    with reading(file, language) as document:
        engagement = planned_as(document.engagement, scenario)
    name, yardstick = _yardstick(engagement, formula, language)
    found = ranked(engagement, yardstick)
    sure = {one.initiative_id: one for one in stability(engagement, yardstick, draws=draws, seed=seed, top=top)}
    if as_json:
        initiatives = [_told(engagement, one, sure.get(one.initiative_id)) for one in found]
        print_json({"formula": name, "draws": draws, "seed": seed, "top": top, "initiatives": initiatives})
        return
    print_line(language.gettext(N_("By {formula}:")).format(formula=name))
    for one in found:
        print_line(_worded(engagement, one, sure.get(one.initiative_id), top, language))


def _yardstick(engagement: Engagement, wanted: str | None, language: Language) -> tuple[str, Yardstick]:
    """Return a formula and what it is called: the one in force where none is named; UserError "unknown-formula"."""
    from planner.analysis.priority import Yardstick, yardstick_in_force, yardstick_of  # noqa: PLC0415  loaded when used
    from planner.domain.priority import FormulaKind  # noqa: PLC0415  loaded when used

    if wanted is None:
        chosen = engagement.formulas.get(engagement.setting.formula_id or "")
        known = language.gettext(FORMULA_KIND_WORDS[FormulaKind.VISIBILITY_FIRST])
        return known if chosen is None else chosen.name, yardstick_in_force(engagement)
    for formula in engagement.formulas.values():
        if wanted in (formula.id, formula.name):
            return formula.name, yardstick_of(engagement.criteria.values(), formula)
    kinds = [kind for kind in FormulaKind if kind is not FormulaKind.CUSTOM]
    for kind in kinds:
        word = language.gettext(FORMULA_KIND_WORDS[kind])
        if wanted.casefold() in (kind.value, word.casefold()):
            return word, Yardstick(engagement.criteria.values(), kind)
    names = ", ".join([*(one.name for one in engagement.formulas.values()), *(kind.value for kind in kinds)])
    raise UserError("unknown-formula", name=wanted, names=names)


def _told(engagement: Engagement, one: Ranked, sure: Stability | None) -> dict[str, Any]:
    return {
        "id": one.initiative_id,
        "name": engagement.initiatives[one.initiative_id].name,
        "rank": one.rank,
        "worth": one.own.value,
        "closed_worth": one.closed,
        "inherited_from": one.inherited_from,
        "missing": [*(role.value for role in one.own.missing), *_missing_names(engagement, one.own)],
        "stability": None
        if sure is None
        else {
            "likeliest_rank": sure.likeliest,
            "share": sure.share,
            "first_share": sure.first_share,
            "low": sure.low,
            "high": sure.high,
            "top_share": sure.top_share,
        },
    }


def _missing_names(engagement: Engagement, worth: Worth) -> list[str]:
    return [engagement.criteria[one].name for one in worth.missing_criteria]


def _worded(engagement: Engagement, one: Ranked, sure: Stability | None, top: int | None, language: Language) -> str:
    name = engagement.initiatives[one.initiative_id].name
    place = "-" if one.rank is None else language.number(one.rank, decimals=0)
    parts = [f"{place:>4}  {name}"]
    if one.closed is not None:
        parts.append(language.gettext(N_("worth {worth}")).format(worth=language.number(one.closed, decimals=2)))
    if one.inherited_from is not None:
        origin = engagement.initiatives[one.inherited_from].name
        parts.append(language.gettext(N_("inherited from “{name}”, which it unlocks")).format(name=origin))
    missing = [language.gettext(CRITERION_ROLE_WORDS[role]).lower() for role in one.own.missing]
    missing += _missing_names(engagement, one.own)
    if missing:
        parts.append(language.gettext(N_("not scored yet: {parts}")).format(parts=", ".join(missing)))
    elif one.own.value is None:
        parts.append(language.gettext(N_("the formula comes to no number")))
    if sure is not None:
        text = N_("rank {rank} in {share} of draws, from {low} to {high} in nine of ten")
        parts.append(
            language.gettext(text).format(
                rank=language.number(sure.likeliest, decimals=0),
                share=language.percent(sure.share),
                low=language.number(sure.low, decimals=0),
                high=language.number(sure.high, decimals=0),
            )
        )
        if top is not None and sure.top_share is not None:
            words = N_("the first in {share}") if top == 1 else N_("among the first {count} in {share}")
            count = language.number(top, decimals=0)
            parts.append(language.gettext(words).format(count=count, share=language.percent(sure.top_share)))
    return " · ".join(parts)
