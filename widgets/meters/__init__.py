"""Meters: sparklines and bars, the machine's readings, the agents at work. Values in, lines of any width out."""

from widgets.meters.agents import AgentList, AgentRow
from widgets.meters.gauges import Bar, Sparkline, bar_text, sparkline_text
from widgets.meters.machine import NAME_CELLS, DeviceReading, LoadedModel, MachinePanel, MachineReading

__all__ = [
    "NAME_CELLS",
    "AgentList",
    "AgentRow",
    "Bar",
    "DeviceReading",
    "LoadedModel",
    "MachinePanel",
    "MachineReading",
    "Sparkline",
    "bar_text",
    "sparkline_text",
]
