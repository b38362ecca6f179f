"""The colour of each role, three times: by day, by night, and for a printer or eyes that need more contrast.

Bars differ in blue and vermilion, which every common kind of colour blindness tells apart; the critical path has a
heavier outline besides. Text keeps 4.5 to 1 on whatever it stands on, what carries meaning 3 to 1 (WCAG 2.2 AA).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

from planner.charts.scene import Role

Palette: TypeAlias = Mapping[Role, str]

LIGHT: Final[Palette] = MappingProxyType(
    {
        Role.PAPER: "#ffffff",
        Role.TEXT: "#1a1f27",
        Role.TEXT_MUTED: "#566070",
        Role.RULE: "#2858c4",
        Role.LANE: "#eef1f6",
        Role.GRID: "#e6e9ee",
        Role.GRID_STRONG: "#cdd3dc",
        Role.RESTING: "#f3f4f7",
        Role.FREEZE: "#eee9f6",
        Role.FREEZE_LINE: "#8f7fb3",
        Role.BAR: "#dfe8fb",
        Role.BAR_DONE: "#a3bff5",
        Role.BAR_LINE: "#3a68c8",
        Role.BAR_TEXT: "#12275c",
        Role.CRITICAL: "#fde6d8",
        Role.CRITICAL_DONE: "#f6b48f",
        Role.CRITICAL_LINE: "#b8420b",
        Role.CRITICAL_TEXT: "#54200a",
        Role.IDLE: "#ffffff",
        Role.IDLE_LINE: "#7b8593",
        Role.SUMMARY: "#868f9d",
        Role.SUMMARY_DONE: "#2c3542",
        Role.MILESTONE: "#1d3f8f",
        Role.LINK: "#7b8593",
        Role.LINK_CRITICAL: "#b8420b",
        Role.TODAY: "#7b1fa2",
        Role.TODAY_TEXT: "#ffffff",
        Role.DEADLINE: "#3f4855",
        Role.DEADLINE_MISSED: "#b3261e",
        Role.BASELINE: "#868f9d",
        Role.GATE: "#0b6e5f",
    }
)

DARK: Final[Palette] = MappingProxyType(
    {
        Role.PAPER: "#1b1f26",
        Role.TEXT: "#e8ebf0",
        Role.TEXT_MUTED: "#a7b0be",
        Role.RULE: "#8bb0ff",
        Role.LANE: "#232831",
        Role.GRID: "#272d37",
        Role.GRID_STRONG: "#3a4250",
        Role.RESTING: "#171a20",
        Role.FREEZE: "#2a2438",
        Role.FREEZE_LINE: "#8d7fb0",
        Role.BAR: "#26375c",
        Role.BAR_DONE: "#3d5fa8",
        Role.BAR_LINE: "#8bb0ff",
        Role.BAR_TEXT: "#eef3ff",
        Role.CRITICAL: "#4a2a1a",
        Role.CRITICAL_DONE: "#8a4420",
        Role.CRITICAL_LINE: "#ff9d6b",
        Role.CRITICAL_TEXT: "#fff1e8",
        Role.IDLE: "#1b1f26",
        Role.IDLE_LINE: "#8a94a3",
        Role.SUMMARY: "#76808f",
        Role.SUMMARY_DONE: "#d5dae3",
        Role.MILESTONE: "#b9ceff",
        Role.LINK: "#8a94a3",
        Role.LINK_CRITICAL: "#ff9d6b",
        Role.TODAY: "#d6a4f0",
        Role.TODAY_TEXT: "#2a0f38",
        Role.DEADLINE: "#c5ccd8",
        Role.DEADLINE_MISSED: "#ff9a92",
        Role.BASELINE: "#76808f",
        Role.GATE: "#5fd0bd",
    }
)

PRINT: Final[Palette] = MappingProxyType(
    {
        **LIGHT,
        Role.TEXT: "#000000",
        Role.TEXT_MUTED: "#333333",
        Role.RULE: "#000000",
        Role.LANE: "#e6e6e6",
        Role.GRID: "#d9d9d9",
        Role.GRID_STRONG: "#a6a6a6",
        Role.RESTING: "#f2f2f2",
        Role.FREEZE: "#e9e9e9",
        Role.FREEZE_LINE: "#555555",
        Role.BAR: "#ffffff",
        Role.BAR_DONE: "#b9cdf3",
        Role.BAR_LINE: "#003a9e",
        Role.BAR_TEXT: "#000000",
        Role.CRITICAL: "#ffffff",
        Role.CRITICAL_DONE: "#f3b795",
        Role.CRITICAL_LINE: "#8a2b00",
        Role.CRITICAL_TEXT: "#000000",
        Role.IDLE_LINE: "#555555",
        Role.SUMMARY: "#777777",
        Role.SUMMARY_DONE: "#000000",
        Role.MILESTONE: "#000000",
        Role.LINK: "#444444",
        Role.LINK_CRITICAL: "#8a2b00",
        Role.TODAY: "#5b0f7d",
        Role.DEADLINE: "#000000",
        Role.DEADLINE_MISSED: "#8f0f0a",
        Role.BASELINE: "#777777",
        Role.GATE: "#00473c",
    }
)
