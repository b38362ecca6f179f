"""The domain's closed sets in the words of the workbook."""

from __future__ import annotations

from typing import Final

from planner.domain.assessment import AnswerState
from planner.domain.initiative import Status
from planner.domain.organization import Topology
from planner.domain.settings import RollUp
from planner.language import N_

STATUSES: Final = {
    Status.IDEA: N_("Idea"),
    Status.PROPOSED: N_("Proposed"),
    Status.PLANNED: N_("Planned"),
    Status.ACTIVE: N_("Active"),
    Status.DONE: N_("Done"),
    Status.DROPPED: N_("Dropped"),
}

TOPOLOGIES: Final = {
    Topology.STREAM_ALIGNED: N_("Stream-aligned"),
    Topology.PLATFORM: N_("Platform"),
    Topology.ENABLING: N_("Enabling"),
    Topology.COMPLICATED_SUBSYSTEM: N_("Complicated subsystem"),
    Topology.UNKNOWN: N_("Not yet known"),
}

ROLL_UPS: Final = {
    RollUp.MEAN: N_("Mean, by weight"),
    RollUp.FLOOR: N_("Floor (lowest score)"),
    RollUp.GATE: N_("Level held (gate, ISO/IEC 33020)"),
}

STATES: Final = {
    AnswerState.UNANSWERED: N_("Unanswered"),
    AnswerState.ANSWERED: N_("Answered"),
    AnswerState.NOT_APPLICABLE: N_("Not applicable"),
    AnswerState.DECLINED: N_("Declined"),
    AnswerState.OUTSIDE_OUR_CONTROL: N_("Outside our control"),
}

STATE_SIGNS: Final = {
    AnswerState.UNANSWERED: N_("?"),
    AnswerState.NOT_APPLICABLE: N_("n/a"),
    AnswerState.OUTSIDE_OUR_CONTROL: N_("out"),
}
"""What a cell of the heatmap shows in place of a score."""
