"""Delivery metrics from spreadsheets: long and wide, English and French, units in titles and behind values."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.errors import UserError
from planner.domain.flow import DeliveryMetric, StreamStep, Waste
from planner.editing.measurements import MeasurementLine
from planner.exchange.measurements_csv import (
    Part,
    guess_columns,
    read_day,
    read_lines,
    read_measurement_cells,
    read_table_file,
)
from planner.exchange.step_clip import read_clip, read_table, write_clip, write_table
from planner.language import Language
from tests import builders as a

LEAD = DeliveryMetric.CHANGE_LEAD_TIME
FAIL = DeliveryMetric.CHANGE_FAIL_RATE
OFTEN = DeliveryMetric.DEPLOYMENT_FREQUENCY


def lines(text: str) -> list[MeasurementLine]:
    cells = read_measurement_cells(text)
    has_titles, parts = guess_columns(cells)
    return read_lines(cells, parts, has_titles=has_titles)


def test_a_long_table_in_english() -> None:
    found = lines(
        "Application,Metric,Date,Value,Source\n"
        "Portal,Change lead time,2026-03-31,2 d,CI\n"
        "Portal,Change fail rate,31 March 2026,15 %,\n"
        "Portal,Happiness,2026-03-31,5,\n"
    )
    assert [(one.name, one.metric, one.measured_on, one.value, one.source) for one in found[:2]] == [
        ("Portal", LEAD, date(2026, 3, 31), 48.0, "CI"),
        ("Portal", FAIL, date(2026, 3, 31), 0.15, ""),
    ]
    assert found[2].problem is not None
    assert found[2].problem.code == "not-a-metric"
    assert [one.number for one in found] == [2, 3, 4]


def test_a_long_table_in_french_with_semicolons_and_decimal_commas() -> None:
    found = lines(
        "Équipe;Indicateur;Mesuré le;Valeur\n"
        "Sinistres;Délai de livraison;31/03/2026;1,5 j\n"
        "Sinistres;Fréquence de déploiement;31/03/2026;2 par jour\n"
        "Sinistres;Taux d’échec;mars 2026;12,5 %\n"
    )
    assert [one.value for one in found] == [36.0, 14.0, 0.125]
    assert {one.measured_on for one in found} == {date(2026, 3, 31)}


def test_a_wide_table_with_units_in_its_titles() -> None:
    found = lines(
        "Team\tMonth\tLead time (days)\tDeployments (per day)\tChange fail rate (%)\tMTTR (min)\n"
        "Blue\t2026-03\t2\t1\t0.5\t90\n"
        "Blue\t2026-04\t\t2\tx\t30\n"
    )
    values = [(one.metric, one.value) for one in found]
    assert values[:4] == [(LEAD, 48.0), (OFTEN, 7.0), (FAIL, 0.005), (DeliveryMetric.RECOVERY_TIME, 1.5)]
    assert [one.metric for one in found[4:]] == [OFTEN, FAIL, DeliveryMetric.RECOVERY_TIME]
    assert found[5].problem is not None
    assert found[0].measured_on == date(2026, 3, 31)


def test_columns_without_titles_are_known_by_what_they_hold() -> None:
    cells = read_measurement_cells("Portal\t2026-03-31\tlead time\t3 d\nClaims\t2026-03-31\trework rate\t5 %")
    assert guess_columns(cells) == (False, (Part.SUBJECT, Part.DATE, Part.METRIC, Part.VALUE))


def test_months_come_first_where_days_can_be_read_no_other_way() -> None:
    american = lines("Team,Date,Lead time\nBlue,03/04/2026,1\nBlue,03/31/2026,1\n")
    assert [one.measured_on for one in american] == [date(2026, 3, 4), date(2026, 3, 31)]
    european = lines("Team,Date,Lead time\nBlue,03/04/2026,1\n")
    assert european[0].measured_on == date(2026, 4, 3)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-05", (2026, 3, 5)), ("05.03.26", (2026, 3, 5)), ("5 mars 2026", (2026, 3, 5)),
        ("1er févr. 2026", (2026, 2, 1)), ("March 5, 2026", (2026, 3, 5)), ("2026-03-05T10:20:00", (2026, 3, 5)),
        ("46086", (2026, 3, 5)), ("mars 2026", (2026, 3, 31)), ("août 2026", (2026, 8, 31)),
    ],
)  # fmt: skip
def test_days_are_read_in_many_ways(text: str, day: tuple[int, int, int]) -> None:
    assert read_day(text) == date(*day)


@pytest.mark.parametrize("text", ["", "soon", "2026-13-01", "31/02/2026", "12", "0000-00-00", "99999"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(UserError, match="not-a-date"):
        read_day(text)


@given(st.text(max_size=400))
def test_any_text_is_read_without_breaking(text: str) -> None:
    for line in lines(text):
        assert line.value is None or line.value >= 0


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_files_are_read_in_what_spreadsheets_write(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "mesures.csv"
    path.write_bytes("Équipe;Délai;Date\nBleue;3 j;2026-03-31\n".encode(encoding))
    assert read_table_file(path).startswith("Équipe;")


def test_a_file_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot-read"):
        read_table_file(tmp_path / "none.csv")


@pytest.mark.parametrize("code", ["en", "fr"])
def test_copied_steps_come_back_from_either_form(code: str) -> None:
    engagement = a.engagement(a.settings(), a.unit(id="unit"), a.team(id="blue", name="Blue, and red"), a.team(id="t"))
    steps = (
        StreamStep(id="1", stream_id="s", name="=Test", process_hours=4.5, wait_hours=24.0, complete_accurate=0.825,
                   team_ids=("blue",), waste=Waste.MOTION, visibility=3, note="x"),
        StreamStep(id="2", stream_id="s", name="Ship", team_ids=("t",)),
    )  # fmt: skip
    assert read_clip(write_clip(steps)) == steps
    assert read_clip(b"[{") == ()
    table = write_table(engagement, steps, Language(code))
    assert table.splitlines()[1].startswith("'=Test\t")
    read = read_table(table, engagement, Language(code))
    for step, back in zip(steps, read, strict=True):
        for field in ("name", "process_hours", "wait_hours", "complete_accurate", "team_ids", "waste", "visibility"):
            assert getattr(back, field) == getattr(step, field), field


def test_pasted_steps_without_titles_are_name_wait_work_and_share() -> None:
    engagement = a.engagement(a.settings())
    (step,) = read_table("Build\t3 d\t4 h\t85 %", engagement, Language("en"))
    assert (step.name, step.wait_hours, step.process_hours, step.complete_accurate) == ("Build", 24.0, 4.0, 0.85)
    with pytest.raises(UserError, match="unknown-team"):
        read_table("Step\tTeams\nBuild\tNobody", engagement, Language("en"))
