"""Meters and the status line say what they know in any width."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tui.widgets.stage import Stage, lines_of
from widgets.meters import (
    AgentList,
    AgentRow,
    Bar,
    DeviceReading,
    LoadedModel,
    MachinePanel,
    MachineReading,
    Sparkline,
    bar_text,
    sparkline_text,
)
from widgets.meters.gauges import bytes_text
from widgets.meters.panel import Part, fit
from widgets.status_line import KeyHint, StatusLine, StatusSegment

GB = 1 << 30
READING = MachineReading(
    (
        DeviceReading("GPU0", 0.61, 9 * GB, 24 * GB, 71, 180, (0.1, 0.5, 0.9)),
        DeviceReading("GPU1", 1.0, 24 * GB, 24 * GB, 90),
    ),
    DeviceReading("CPU", 0.34, 5 * GB, 16 * GB),
    (LoadedModel("qwen2.5-coder:1.5b", GB, 2, 4, 240, "ollama"), LoadedModel("other", expires_in=None)),
    (10.0, 28.0),
)
AGENTS = (
    AgentRow("1", "Implementer", "qwen2.5-coder:1.5b", "nanite", "t1", "working", 28, 4_000, 8_192, (1.0, 2.0)),
    AgentRow("2", "Reviewer", "qwen2.5-coder:7b", "mid", state="idle"),
    AgentRow("3", "Bug Hunter", "qwen2.5-coder:1.5b", "nanite", "t2", "stuck", None, 8_000, 8_192),
)
WIDTHS = [24, 40, 60, 80, 120, 220]


@given(st.lists(st.floats(0, 1e6), max_size=30), st.integers(0, 20))
def test_a_sparkline_is_as_wide_as_asked(values: list[float], width: int) -> None:
    assert len(sparkline_text(values, width)) == width


@given(st.floats(-1, 2), st.integers(1, 40))
def test_a_bar_is_full_only_when_all_is_done(share: float, width: int) -> None:
    bar = bar_text(share, width)
    assert len(bar) == width
    assert (bar == "▇" * width) == (share >= 1)


def test_the_newest_value_stands_at_the_right() -> None:
    assert sparkline_text([0, 1, 2, 4], 4) == "▁▃▅█"
    assert sparkline_text([9, 0, 4], 2, 4) == "▁█"


def test_bytes_are_short() -> None:
    assert [bytes_text(size) for size in (0, 1_024, 9.1 * GB, 24 * GB)] == ["0B", "1.0K", "9.1G", "24G"]


@pytest.mark.parametrize("width", WIDTHS)
async def test_the_machine_fits_any_width(width: int) -> None:
    panel = MachinePanel(READING)
    stage = Stage(panel)
    async with stage.run_test(size=(width, 8)):
        shown = lines_of(panel)
        assert {panel.render_line(y).cell_length for y in range(8)} == {panel.scrollable_content_region.width}
        assert "GPU0" in shown[0]
        assert "61%" in shown[0]


def test_where_a_part_does_not_fit_a_shorter_one_of_less_weight_still_may() -> None:
    parts = [Part("name"), Part("long history", rank=1), Part("7W", rank=2)]
    assert [part.text for part in fit(parts, 20)] == ["name", "long history", "7W"]
    assert [part.text for part in fit(parts, 19)] == ["name", "long history"]
    assert [part.text for part in fit(parts, 16)] == ["name", "7W"]
    assert [part.text for part in fit(parts, 2)] == ["name"]


def test_in_the_pane_of_120_columns_a_gpu_has_its_power_and_the_tokens_have_their_history() -> None:
    gpu = DeviceReading("H100 80GB HBM3", 1.0, 17 << 30, 80 << 30, 68.0, 699.0, (1.0,) * 9)
    lines = MachinePanel(MachineReading((gpu,), token_rates=(20.0, 2_000.0))).lines(38)
    assert [part.text for part in fit(lines[0], 38)] == ["H100 80GB HBM3", "100%", "17G/80G", "68°", "699W"]
    assert [len(part.text) for part in fit(lines[1], 38)] == [14, 8, 14]


async def test_heat_and_full_memory_are_said_in_words() -> None:
    panel = MachinePanel(READING)
    stage = Stage(panel)
    async with stage.run_test(size=(120, 8)):
        shown = lines_of(panel)
        assert "9.0G/24G 71° 180W" in shown[0]
        assert "full" in shown[1]
        assert "hot" in shown[1]
        assert "28 t/s" in shown[3]
        assert "1.0G 2/4 slots ollama 4m left" in shown[4]
        assert "stays" in shown[5]


async def test_only_what_changed_is_drawn_again() -> None:
    panel = MachinePanel(READING)
    stage = Stage(panel)
    async with stage.run_test(size=(120, 8)) as pilot:
        kept = panel.render_line(0)
        panel.show(MachineReading(READING.devices, DeviceReading("CPU", 0.99), READING.models, READING.token_rates))
        await pilot.pause()
        assert panel.render_line(0) is kept
        assert "99%" in lines_of(panel)[2]


@pytest.mark.parametrize("width", WIDTHS)
async def test_a_stuck_agent_stands_out_by_sign_and_word(width: int) -> None:
    agents = AgentList(AGENTS)
    stage = Stage(agents)
    async with stage.run_test(size=(width, 6)):
        line = lines_of(agents)[2]
        assert "! Bug Hunter" in line
        assert "STUCK" in line


async def test_in_focus_the_cursor_stays_on_its_agent_where_another_comes_before_it() -> None:
    agents = AgentList(AGENTS[1:])
    stage = Stage(agents)
    async with stage.run_test(size=(60, 8)) as pilot:
        agents.show(AGENTS)
        assert agents.agents[agents.chosen_line].id == "2"
        agents.show(AGENTS[:1])
        assert agents.chosen_line == 0
        stage.set_focus(None)
        await pilot.pause()
        agents.show(AGENTS[1:])
        agents.show(AGENTS)
        agents.focus()
        await pilot.pause()
        assert agents.chosen_line == 0, "out of focus nobody is chosen, and the first line is"


async def test_enter_opens_the_agent_under_the_cursor() -> None:
    agents = AgentList(AGENTS)
    stage = Stage(agents)
    async with stage.run_test(size=(100, 6), message_hook=stage.note) as pilot:
        await pilot.press("j", "j", "k", "enter")
        await pilot.pause()
        assert [m.agent.id for m in stage.heard(AgentList.AgentOpened)] == ["2"]
        agents.show(())
        await pilot.press("enter", "j")
        assert "Nobody is at work." in lines_of(agents)[0]


async def test_gauges_draw_their_values() -> None:
    line, bar = Sparkline((1, 2), most=2), Bar(0.5)
    stage = Stage(line, bar)
    async with stage.run_test(size=(20, 4)) as pilot:
        bar.show(0.25)
        line.show((2, 2))
        await pilot.pause()
        assert lines_of(line)[0].endswith("██")
        assert lines_of(bar)[0].endswith(" 25%")


HINTS = tuple(
    KeyHint(key, label) for key, label in (("a", "approve"), ("r", "reject"), ("space", "hunk"), ("?", "help"))
)
NEWS = (
    StatusSegment("saved 41.2k today", "41k", 2, "success"),
    StatusSegment("ollama ● 2/4 slots", "ollama ●", 1),
    StatusSegment("2 wait for you", "2 wait", 0, "warning", True),
)


@pytest.mark.parametrize("width", [20, 40, 60, 80, 120, 300])
async def test_the_status_line_keeps_what_matters_in_any_width(width: int) -> None:
    line = StatusLine(HINTS, NEWS)
    stage = Stage(line)
    async with stage.run_test(size=(width, 3)):
        strip = line.render_line(0)
        assert strip.cell_length == width
        assert "2 wait" in strip.text
        assert ("saved 41.2k today" in strip.text) == (width >= 120)


async def test_a_click_on_a_hint_says_its_key() -> None:
    line = StatusLine(HINTS, NEWS)
    stage = Stage(line)
    async with stage.run_test(size=(120, 3), message_hook=stage.note) as pilot:
        await pilot.click(line, offset=(14, 0))
        await pilot.pause()
        assert [m.key for m in stage.heard(StatusLine.HintClicked)] == ["r"]
        line.show_hints((KeyHint("q", "quit"),))
        line.show_segments(())
        await pilot.pause()
        assert "quit" in line.render_line(0).text
