"""Calendars added, copied, kept by the engagement and by teams; days frozen, closed and opened; settings changed."""

from __future__ import annotations

from datetime import date

import pytest

from planner.analysis.public_holidays import countries, named_holidays, regions
from planner.domain.calendar import Calendar, CalendarException, Freeze
from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.domain.initiative import Status
from planner.domain.priority import FormulaKind
from planner.editing import calendars, settings
from planner.editing.calendars import SpanKind
from planner.language import Language
from tests import builders as a

START, FINISH = date(2026, 8, 3), date(2026, 8, 14)


def office() -> Engagement:
    return a.engagement(
        a.settings(calendar_id="own"),
        Calendar(id="own", name="Office", weekdays=(0, 1, 2, 3)),
        Calendar(id="other", name="Other", weekdays=None),
        Freeze(id="freeze", calendar_id="own", name="Summer", start=START, finish=FINISH, reason="Storms"),
        a.unit(id="unit", name="IT"),
        a.team(id="blue", calendar_id="other"),
        a.team(id="red"),
    )


def test_the_first_calendar_becomes_the_engagements_and_a_later_one_keeps_its_week() -> None:
    bare = a.engagement(a.settings())
    changes = calendars.add(bare, name="Office")
    after = bare.apply(changes)
    (first,) = after.calendars
    assert after.setting.calendar_id == first
    assert after.calendars[first].weekdays == (0, 1, 2, 3, 4)
    assert after.apply(changes.inverse()) == bare
    later = after.apply(calendars.add(after, name="Team"))
    (second,) = later.calendars.keys() - {first}
    assert later.calendars[second].weekdays is None
    assert later.setting.calendar_id == first


def test_a_copy_has_the_days_of_its_original() -> None:
    before = office()
    after = before.apply(calendars.duplicate(before, "own", name="Copy"))
    (copied,) = after.calendars.keys() - before.calendars.keys()
    (span,) = calendars.spans_of(after, copied)
    assert (span.name, span.start, span.finish) == ("Summer", START, FINISH)
    assert after.calendars[copied].weekdays == (0, 1, 2, 3)


def test_just_the_chosen_teams_keep_a_calendar() -> None:
    before = office()
    changes = calendars.assign(before, "other", ["red"])
    after = before.apply(changes)
    assert (after.teams["blue"].calendar_id, after.teams["red"].calendar_id) == (None, "other")
    assert after.apply(changes.inverse()) == before


def test_another_calendar_becomes_the_engagements_own() -> None:
    before = office()
    assert before.apply(calendars.make_own(before, "other")).setting.calendar_id == "other"


def test_a_country_forgets_its_region_with_it() -> None:
    before = office()
    placed = before.apply(calendars.set_country(before, "own", country="DE", subdivision="BY"))
    assert (placed.calendars["own"].country, placed.calendars["own"].subdivision) == ("DE", "BY")
    none = placed.apply(calendars.set_country(placed, "own", country=""))
    assert (none.calendars["own"].country, none.calendars["own"].subdivision) == ("", "")
    with pytest.raises(UserError, match="unknown-subdivision"):
        calendars.set_country(before, "own", country="DE", subdivision="Nowhere")


@pytest.mark.parametrize(("kind", "working"), [(SpanKind.CLOSED, False), (SpanKind.WORKING, True)])
def test_days_are_closed_or_opened(kind: SpanKind, working: bool) -> None:
    before = office()
    after = before.apply(calendars.add_span(before, "other", kind, start=START, finish=START, name="Party"))
    (span,) = calendars.spans_of(after, "other")
    assert isinstance(span, CalendarException)
    assert (span.working, calendars.kind_of_span(span)) == (working, kind)


def test_a_freeze_that_becomes_closed_days_and_back_is_one_step_each() -> None:
    before = office()
    changes = calendars.change_span(before, "freeze", SpanKind.CLOSED, start=START, finish=START, name="Shut")
    after = before.apply(changes)
    assert (len(after.freezes), len(after.calendar_exceptions)) == (0, 1)
    assert after.apply(changes.inverse()) == before
    renamed = before.apply(
        calendars.change_span(before, "freeze", SpanKind.FREEZE, start=START, finish=FINISH, name="Heat")
    )
    assert (renamed.freezes["freeze"].name, renamed.freezes["freeze"].reason) == ("Heat", "Storms")


def test_days_that_end_before_they_begin_are_refused() -> None:
    with pytest.raises(UserError, match="ends-before-start"):
        calendars.add_span(office(), "own", SpanKind.FREEZE, start=FINISH, finish=START, name="Back")


def test_marks_are_removed_in_one_step() -> None:
    before = office()
    assert calendars.spans_of(before.apply(calendars.remove_spans(before, ["freeze"])), "own") == ()


def test_a_week_begins_as_the_engagements_and_keeps_one_day() -> None:
    before = office()
    after = before.apply(calendars.set_weekday(before, "other", 4, working=True))
    assert after.calendars["other"].weekdays == (0, 1, 2, 3, 4)
    only = a.engagement(a.settings(calendar_id="own"), Calendar(id="own", name="Office", weekdays=(2,)))
    with pytest.raises(UserError, match="no-working-weekday"):
        calendars.set_weekday(only, "own", 2, working=False)


def test_statuses_get_colours_and_lose_them() -> None:
    before = office()
    after = before.apply(settings.colour_status(before, Status.DONE, "#AA00BB"))
    after = after.apply(settings.colour_status(after, Status.IDEA, "#112233"))
    assert [(one.status, one.colour) for one in after.setting.status_colours] == [
        (Status.IDEA, "#112233"),
        (Status.DONE, "#aa00bb"),
    ]
    assert len(after.apply(settings.colour_status(after, Status.IDEA, None)).setting.status_colours) == 1
    assert after.apply(settings.reset_colours(after)) == before


def test_a_setting_is_named_in_its_step() -> None:
    changes = settings.change(office(), currency="CHF")
    assert (changes.label.code, changes.label.parameters["attribute"]) == ("change-setting", "currency")


def test_a_formula_holds_an_expression_just_while_it_is_custom() -> None:
    before = office()
    after = before.apply(settings.add_formula(before, name="Ours", kind=FormulaKind.CUSTOM))
    (formula_id,) = after.formulas
    assert after.formulas[formula_id].expression
    known = after.apply(settings.change_formula_kind(after, formula_id, FormulaKind.WSJF))
    assert known.formulas[formula_id].expression == ""


def test_countries_and_regions_are_known_by_name_in_each_language() -> None:
    english, french = dict(countries(Language("en"))), dict(countries(Language("fr")))
    assert (english["DE"], french["DE"]) == ("Germany", "Allemagne")
    assert ("BY", "Bayern") in regions("DE")
    assert regions("") == ()
    assert named_holidays("FR", "", 2026, Language("fr"))[date(2026, 7, 14)] == "Fête nationale"
    assert named_holidays("FR", "", 2026, Language("en"))[date(2026, 7, 14)] == "National Day"
    assert (
        named_holidays("FR", "", 2026, Language("fr"))[date(2026, 1, 1)] == "Jour de l\N{RIGHT SINGLE QUOTATION MARK}an"
    )
    assert date(2026, 12, 26) in named_holidays("FR", "57", 2026, Language("fr"))
    assert named_holidays("", "", 2026, Language("en")) == {}
