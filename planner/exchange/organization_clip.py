"""Units and teams on the clipboard: as our own JSON, which keeps all of them, and as a table for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Final

import msgspec

from planner.domain.engagement import Engagement
from planner.domain.organization import Group, Team, Unit
from planner.editing.organization import holders_of
from planner.editing.organization_copies import Extract
from planner.editing.team_list import STEP_MARK
from planner.exchange.csv_file import defuse
from planner.language import N_, Language
from planner.words import TOPOLOGY_WORDS

MIME_TYPE: Final = "application/x-roadbook-organization+json"
TITLES: Final = (
    N_("Team"),
    N_("Unit"),
    N_("People"),
    N_("Capacity for change"),
    N_("Change limit"),
    N_("Readiness"),
    N_("Topology"),
)
"""The titles of the table, which the reading of a list knows again in every language."""


class _Clip(msgspec.Struct, frozen=True, kw_only=True):
    """What stands on the clipboard; `mark` tells a cut from a copy to who cut it."""

    units: tuple[Unit, ...] = ()
    teams: tuple[Team, ...] = ()
    groups: tuple[Group, ...] = ()
    calendars: Mapping[str, str] = {}
    mark: str = ""


def write_clip(copied: Extract, *, mark: str = "") -> bytes:
    """Return what is put on the clipboard under `MIME_TYPE`."""
    clip = _Clip(
        units=copied.units,
        teams=copied.teams,
        groups=copied.groups,
        calendars=dict(copied.calendars),
        mark=mark,
    )
    return msgspec.json.encode(clip)


def read_clip(data: bytes) -> tuple[Extract, str]:
    """Return what stands on the clipboard and its mark; nothing where another program wrote something else there."""
    try:
        clip = msgspec.json.decode(data, type=_Clip)
    except (msgspec.DecodeError, RecursionError):
        return Extract(), ""
    copied = Extract(units=clip.units, teams=clip.teams, groups=clip.groups, calendars=clip.calendars)
    return copied, clip.mark


def write_table(engagement: Engagement, copied: Extract, language: Language) -> str:
    """Return a line of titles and a line a team, cells parted by tabs, numbers as the locale writes them."""
    table = io.StringIO()
    writer = csv.writer(table, dialect="excel-tab", lineterminator="\n")
    writer.writerow([language.gettext(title) for title in TITLES])
    for team in copied.teams:
        writer.writerow(
            [
                defuse(team.name),
                defuse(path_of(engagement, team.unit_id)),
                str(team.headcount),
                language.number(team.change_capacity, decimals=6),
                str(team.change_limit),
                str(team.readiness),
                language.gettext(TOPOLOGY_WORDS[team.topology]),
            ]
        )
    return table.getvalue()


def path_of(engagement: Engagement, unit_id: str) -> str:
    """Return the names of a unit and of those that hold it, outermost first."""
    return STEP_MARK.join(reversed([engagement.units[one].name for one in holders_of(engagement, unit_id)]))
