"""PSPLIB's files are read as plans a coach could have, and the sequencer finds their best length."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.analysis.sequence.problem import build_problem
from planner.analysis.sequence.sequencer import Asked, Objective, sequence
from tests.bench.psplib import best_known, read_instance

SMALL = """\
PRECEDENCE RELATIONS:
jobnr.    #modes  #successors   successors
   1        1          2           2   3
   2        1          1           4
   3        1          1           4
   4        1          0
************************************************************************
REQUESTS/DURATIONS:
jobnr. mode duration  R 1  R 2
------------------------------------------------------------------------
  1      1     0       0    0
  2      1     3       2    0
  3      1     4       2    1
  4      1     0       0    0
************************************************************************
RESOURCEAVAILABILITIES:
  R 1  R 2
    3    1
************************************************************************
"""


def test_jobs_are_initiatives_and_resources_are_teams(tmp_path: Path) -> None:
    path = tmp_path / "j301_7.sm"
    path.write_text(SMALL, encoding="latin-1")
    instance = read_instance(path)
    assert instance.key == (1, 7)
    assert [one.duration_days for one in instance.engagement.initiatives.values()] == [0, 3, 4, 0]
    assert [team.change_capacity for team in instance.engagement.teams.values()] == [15, 5]
    assert len(instance.engagement.links) == 4
    problem = build_problem(instance.engagement)
    found = sequence(problem, Asked(Objective.MAKESPAN, seconds=2, workers=1))
    assert (found.value, found.is_optimal) == (7, True), "the two jobs ask 4 of 3 at once"


def test_the_best_known_length_of_a_real_instance_is_found(shared_data: Path) -> None:
    folder = shared_data / "psplib" / "j30"
    instance = read_instance(folder / "j301_1.sm")
    problem = build_problem(instance.engagement)
    found = sequence(problem, Asked(Objective.MAKESPAN, seconds=30, workers=1))
    assert found.value == best_known(folder)[instance.key]
    assert found.is_optimal


def test_a_file_that_is_no_instance_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "j301_1.sm"
    path.write_text("nothing", encoding="latin-1")
    with pytest.raises(ValueError, match="PRECEDENCE"):
        read_instance(path)
