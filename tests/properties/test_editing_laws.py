"""What every edit owes, whatever it is: refused in plain words, or sound, undoable, and nothing left dangling."""

from __future__ import annotations

import dataclasses
import enum
import types
import typing
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.changes import Changes, Label
from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.domain.fields import Meaning, meanings_of
from planner.domain.initiative import LinkType
from planner.domain.kinds import KINDS, REFERENCE_FIELDS
from planner.editing import assessments, entities, initiatives, organization, organization_copies
from planner.editing.rules import check_all
from planner.editing.step import step
from planner.language import LANGUAGES, Language
from planner.messages import explain
from planner.step_labels import describe
from tests import builders
from tests.builders import MONDAY

TEXTS = ("", " ", "Payments", "PAYMENTS ", builders.AWKWARD, "two\nlines", "nul\x00", "x" * 301, "EUR", "FR", "#00aa55")
NUMBERS = (0, 1, 0.25, 0.5, 1.0, 2, 5.0, 13, 21, 101, -1, -0.5, 1e300, float("nan"), float("-inf"), 10**400)
DAYS = (MONDAY, MONDAY + timedelta(days=1), MONDAY + timedelta(days=400), date(1800, 1, 1), date(2300, 1, 1))


def beginning() -> Engagement:
    """Return an engagement of every kind, twice over where things can be moved about between two."""
    first = builders.sample_of_every_kind()
    again = {"model", "dimension", "theme", "scale", "practice", "stream", "scenario", "wave", "programme", "criterion"}
    second = [
        dataclasses.replace(
            entity,
            id=f"{entity.id}-again",
            name=f"{entity.name} again",
            **{
                reference.field: f"{getattr(entity, reference.field)}-again"
                for reference in REFERENCE_FIELDS
                if KINDS[reference.kind] is type(entity) and getattr(entity, reference.field) in again
            },
        )
        for entity in first
        if entity.id in again
    ]
    return Engagement.of([*first, *second])


BEGINNING = beginning()


def values(engagement: Engagement, hint: Any, meaning: Meaning) -> st.SearchStrategy[Any]:
    """Return values of a field's type, sound and unsound ones, references mostly to what is there."""
    if isinstance(hint, types.UnionType):
        (inner,) = (part for part in typing.get_args(hint) if part is not types.NoneType)
        return st.none() | values(engagement, inner, meaning)
    if typing.get_origin(hint) is tuple:
        parts = typing.get_args(hint)
        inner = values(engagement, parts[0], meaning)
        if Ellipsis in parts:
            return st.lists(inner, max_size=3).map(tuple)
        most = st.sampled_from([number for number in NUMBERS if 0.1 <= number <= 10])
        return st.tuples(*[inner] * len(parts)) | st.lists(most, min_size=4, max_size=5).map(
            lambda found: tuple(sorted(found, reverse=True))
        )
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        hints = typing.get_type_hints(hint)
        inner_values = {name: values(engagement, hints[name], inner) for name, inner in meanings_of(hint).items()}
        return st.fixed_dictionaries(inner_values).map(lambda fields: hint(**fields))
    return st.sampled_from(choices(engagement, hint, meaning))


def choices(engagement: Engagement, hint: type[Any], meaning: Meaning) -> list[Any]:
    if meaning.refers_to is not None:
        return [*engagement.kind(meaning.refers_to), "nowhere"]
    if issubclass(hint, enum.Enum):
        return list(hint)
    whole = [number for number in NUMBERS if isinstance(number, int)]
    return list({str: TEXTS, int: whole, float: NUMBERS, bool: (False, True), date: DAYS}[hint])


@st.composite
def intents(draw: st.DrawFn, engagement: Engagement) -> Callable[[], Changes]:
    """Return one thing a person might try, wise or not."""
    kind = draw(st.sampled_from([kind for kind in KINDS if engagement.kind(kind)]))
    entity = engagement.kind(kind)[draw(st.sampled_from(list(engagement.kind(kind))))]
    verb = draw(st.sampled_from(["change", "change", "remove", "copy", "plan", "plan", "organize", "assess"]))
    if verb == "remove":
        return lambda: entities.remove(engagement, kind, [entity.id])
    if verb in ("change", "copy"):
        hints = typing.get_type_hints(KINDS[kind])
        meanings = {name: meaning for name, meaning in meanings_of(KINDS[kind]).items() if name != "id"}
        chosen = draw(st.lists(st.sampled_from(list(meanings)), min_size=1, max_size=3, unique=True))
        fields = {name: draw(values(engagement, hints[name], meanings[name])) for name in chosen}
        if verb == "change":
            return lambda: entities.change(engagement, kind, entity.id, **fields)
        copied = dataclasses.replace(entity, id=f"copy-{sum(map(len, engagement.by_kind().values()))}", **fields)
        return lambda: entities.add(engagement, copied)
    return draw({"plan": planning, "organize": organizing, "assess": assessing}[verb](engagement))


def one_of(engagement: Engagement, kind: str) -> st.SearchStrategy[str]:
    return st.sampled_from([*engagement.kind(kind), "nowhere"])


@st.composite
def planning(draw: st.DrawFn, engagement: Engagement) -> Callable[[], Changes]:
    first, second = draw(one_of(engagement, "initiatives")), draw(one_of(engagement, "initiatives"))
    day, place = draw(st.sampled_from(DAYS)), draw(st.integers(-1, 4))
    link_type = draw(st.sampled_from(list(LinkType)))
    return draw(
        st.sampled_from(
            [
                lambda: initiatives.add(engagement, name="Payments", parent_id=first, position=place),
                lambda: initiatives.move(engagement, first, day),
                lambda: initiatives.place(engagement, first, parent_id=second, position=place),
                lambda: initiatives.place(engagement, first, parent_id=None, position=place),
                lambda: initiatives.connect(engagement, first, second, link_type=link_type),
                lambda: initiatives.remove(engagement, {first, second}),
            ]
        )
    )


@st.composite
def organizing(draw: st.DrawFn, engagement: Engagement) -> Callable[[], Changes]:
    first, second = draw(one_of(engagement, "units")), draw(one_of(engagement, "units"))
    teams = draw(st.lists(one_of(engagement, "teams"), max_size=2, unique=True))
    place = draw(st.integers(-1, 4))
    return draw(
        st.sampled_from(
            [
                lambda: organization.place(engagement, organization.Place(second, place), unit_ids={first}),
                lambda: organization.place(engagement, organization.Place(None, place), unit_ids={first, second}),
                lambda: organization.place(engagement, organization.Place(first, place), team_ids=teams),
                lambda: organization.add_team(engagement, name="Payments", unit_id=first, position=place),
                lambda: organization.add_unit(engagement, name="Payments", parent_id=first, position=place),
                lambda: organization_copies.paste(
                    engagement, organization_copies.extract(engagement, {first}, teams), parent_id=second
                ),
                lambda: organization.remove(engagement, unit_ids={first}, team_ids=teams),
                lambda: entities.remove(engagement, "teams", teams),
            ]
        )
    )


@st.composite
def assessing(draw: st.DrawFn, engagement: Engagement) -> Callable[[], Changes]:
    assessment_id = draw(one_of(engagement, "assessments"))
    day, score = draw(st.sampled_from(DAYS)), draw(st.sampled_from(NUMBERS))
    where = {
        "assessment_id": assessment_id,
        "team_id": draw(one_of(engagement, "teams")),
        "practice_id": draw(one_of(engagement, "practices")),
    }
    if draw(st.integers(0, 3)):
        return lambda: assessments.record(engagement, **where, score=score)
    return lambda: assessments.close(engagement, assessment_id, on=day)


def nothing_dangles(engagement: Engagement) -> bool:
    """Tell whether every reference leads somewhere, written apart from the rules."""
    for reference in REFERENCE_FIELDS:
        for entity in engagement.kind(reference.kind).values():
            held = getattr(entity, reference.field)
            targets = held if reference.many else (held,)
            if any(target is not None and target not in engagement.kind(reference.target) for target in targets):
                return False
    return True


def carry_out(intent: Callable[[], Changes]) -> Changes | None:
    """Return what an intent changes; None when it is refused, once the refusal has been told in every language."""
    try:
        return intent()
    except UserError as error:
        for code in LANGUAGES:
            explain(error, Language(code))
        return None


def test_the_engagement_these_laws_start_from_is_sound() -> None:
    check_all(BEGINNING)
    assert nothing_dangles(BEGINNING)


@settings(max_examples=250, deadline=None)
@given(st.data())
def test_an_edit_is_refused_in_plain_words_or_leaves_a_sound_engagement_and_can_be_undone(data: st.DataObject) -> None:
    engagement, done = BEGINNING, []
    for _ in range(data.draw(st.integers(1, 5))):
        intent = data.draw(intents(engagement))
        changes = carry_out(intent)
        if changes is None:
            continue
        after = engagement.apply(changes)
        check_all(after)
        assert nothing_dangles(after)
        assert after.apply(changes.inverse()) == engagement
        for code in LANGUAGES:
            assert describe(changes.label, Language(code))
        done.append(changes)
        engagement = after
    merged = step(BEGINNING, Label("change-entity", {"kind": "settings", "name": "All"}))
    for changes in done:
        merged = merged.merge(changes)
    assert BEGINNING.apply(merged) == engagement
    assert engagement.apply(merged.inverse()) == BEGINNING
    for changes in reversed(done):
        engagement = engagement.apply(changes.inverse())
    assert engagement == BEGINNING


@settings(max_examples=200, deadline=None)
@given(
    positions=st.lists(st.integers(-2, 6), max_size=8),
    chosen=st.integers(0, 7),
    target=st.integers(0, 9),
    whether_new=st.booleans(),
)
def test_what_is_placed_stands_where_asked_and_all_others_keep_their_order(
    positions: list[int], chosen: int, target: int, *, whether_new: bool
) -> None:
    siblings = [builders.initiative(id=f"i{n}", name=f"I{n}", position=at) for n, at in enumerate(positions)]
    plan = builders.engagement(*siblings)
    order = [initiative.id for initiative in plan.children_of(None)]
    if whether_new or not order:
        changes = initiatives.add(plan, name="New", position=target)
        ((_kind, placed_id, _change),) = [change for change in changes if change[2].before is None]
    else:
        placed_id = order.pop(chosen % len(order))
        changes = initiatives.place(plan, placed_id, parent_id=None, position=target)
    after = plan.apply(changes)
    assert [initiative.id for initiative in after.children_of(None)] == [*order[:target], placed_id, *order[target:]]
