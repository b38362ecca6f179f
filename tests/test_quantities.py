"""Times, shares and frequencies as people write them: read in both languages, offered back as they were meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.errors import UserError
from planner.domain.flow import DeliveryMetric
from planner.language import Language
from planner.quantities import (
    ELAPSED,
    Clock,
    read_frequency,
    read_hours,
    read_measured,
    read_share,
    word_hours,
    word_measured,
    working_clock,
    write_hours,
    write_measured,
    write_share,
)
from tests import builders as a

WORK = Clock(8.0, 5.0)
LANGUAGES = [Language("en"), Language("fr")]


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("3", 3), ("2,5", 2.5), ("2.5 h", 2.5), ("4h", 4), ("3 d", 24), ("3 j", 24), ("1 day 4 hours", 12),
        ("1 jour et 4 h".replace(" et", ""), 12), ("30 min", 0.5), ("1 h 30", 1.5), ("1h30", 1.5), ("2 weeks", 80), ("2 sem.", 80),
        ("1 200", 1200), ("1 200,5 h", 1200.5), ("1,200.5 h", 1200.5), (" 45 MIN ", 0.75), ("90 s", 0.025),
    ],
)  # fmt: skip
def test_a_time_is_read_as_it_is_written(text: str, hours: float) -> None:
    assert read_hours(text, WORK) == pytest.approx(hours)


@pytest.mark.parametrize("text", ["", "h", "-3 h", "3 years", "3 d d", "1 h 75", "three", "3 4", "1e9", "=1+1", "∞"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(UserError, match="not-a-time"):
        read_hours(text, WORK)


def test_a_day_is_as_long_as_its_clock_says() -> None:
    assert read_hours("2 d", ELAPSED) == 48
    assert word_hours(48, Language("en"), ELAPSED) == "2 d"
    assert word_hours(48, Language("en"), WORK) == "6 d"
    assert word_hours(0.5, Language("fr"), WORK) == "30\N{NO-BREAK SPACE}min"


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda one: one.code)
@given(hours=st.floats(0, 1_000_000).map(lambda value: round(value, 6)))
def test_a_time_offered_to_be_edited_reads_back_the_same(language: Language, hours: float) -> None:
    for clock in (WORK, ELAPSED, Clock(7.5, 5.0)):
        assert read_hours(write_hours(hours, language, clock), clock) == pytest.approx(hours, abs=1e-8, rel=1e-8)


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda one: one.code)
@given(share=st.floats(0, 1).map(lambda value: round(value, 6)), often=st.floats(0, 10_000).map(lambda v: round(v, 6)))
def test_what_is_offered_of_a_metric_reads_back_the_same(language: Language, share: float, often: float) -> None:
    rate, frequency = DeliveryMetric.REWORK_RATE, DeliveryMetric.DEPLOYMENT_FREQUENCY
    assert read_share(write_share(share, language)) == pytest.approx(share, abs=1e-9)
    assert read_measured(rate, write_measured(rate, share, language)) == pytest.approx(share, abs=1e-9)
    assert read_measured(frequency, write_measured(frequency, often, language)) == pytest.approx(often, abs=1e-8)


def test_a_share_is_a_percentage_above_one() -> None:
    assert [read_share(text) for text in ("15 %", "15%", "0,15", "15", "1", "100 %")] == [0.15, 0.15, 0.15, 0.15, 1, 1]
    assert read_share("0,5", in_percent=True) == 0.005
    for text in ("101 %", "-1", "x", "", "150"):
        with pytest.raises(UserError, match="not-a-share"):
            read_share(text)


def test_a_frequency_is_counted_by_the_week() -> None:
    assert [read_frequency(text) for text in ("3", "3 / week", "3 par semaine", "2 a day", "2 par jour", "1/j")] == [
        3, 3, 3, 14, 14, 7,
    ]  # fmt: skip
    assert read_frequency("1 par mois") == pytest.approx(0.23, abs=0.001)
    with pytest.raises(UserError, match="not-a-frequency"):
        read_frequency("3 a fortnight")


def test_metrics_read_best_in_their_own_units() -> None:
    english = Language("en")
    assert word_measured(DeliveryMetric.CHANGE_LEAD_TIME, 36, english) == "1.5 d"
    assert word_measured(DeliveryMetric.DEPLOYMENT_FREQUENCY, 14, english) == "2 a day"
    assert word_measured(DeliveryMetric.DEPLOYMENT_FREQUENCY, 0.25, english) == "1.1 a month"
    assert word_measured(DeliveryMetric.CHANGE_FAIL_RATE, 0.125, english) == "12.5%"


def test_a_stream_counts_in_the_days_of_the_engagements_calendar() -> None:
    assert working_clock(a.engagement(a.settings())) == Clock(8.0, 5.0)
    assert working_clock(a.engagement(*a.sample_of_every_kind())).hours_per_day > 0
