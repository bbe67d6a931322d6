"""TaskTable sorts, filters, folds and keeps its cursor on its task."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tui.widgets.stage import Stage, lines_of
from widgets.task_table import Progress, TaskRow, TaskTable
from widgets.tasks.columns import age_text, columns_for
from widgets.tasks.rows import RowOrder, usual_order

NOW = 1_000_000.0
ROWS = [
    TaskRow("q", "queued", "lint", "api.py", since=NOW - 5, by="me"),
    TaskRow("s", "running", "types", "src/**", since=NOW - 120),
    TaskRow("r", "review", "patch", "text.py", "checked", NOW - 12, "claude"),
    TaskRow("c1", "done", "types", "src/a.py", since=NOW - 100, parent="s"),
    TaskRow("c2", "running", "types", "src/b.py", since=NOW - 100, parent="s"),
    TaskRow("d", "applied", "docstrings", "bank.py", "proven", NOW - 9_000),
]


def staged() -> tuple[Stage, TaskTable]:
    table = TaskTable(ROWS, clock=lambda: NOW, tick_seconds=None)
    return Stage(table), table


async def test_what_waits_for_a_person_stands_first() -> None:
    stage, table = staged()
    async with stage.run_test(size=(80, 20)):
        assert table.shown_ids == ("r", "s", "q", "d")
        assert table.counts == {"queued": 1, "running": 2, "review": 1, "done": 1, "applied": 1}


async def test_the_cursor_moves_by_keys_and_says_where_it_is() -> None:
    stage, _table = staged()
    async with stage.run_test(size=(80, 20), message_hook=stage.note) as pilot:
        await pilot.press("j", "down", "k", "up", "end", "home", "G", "enter")
        await pilot.pause()
        assert [m.row_id for m in stage.heard(TaskTable.RowFocused)] == ["r", "s", "q", "s", "r", "d", "r", "d"]
        assert [m.row_id for m in stage.heard(TaskTable.RowOpened)] == ["d"]


async def test_the_cursor_stays_on_its_task_when_rows_move() -> None:
    stage, table = staged()
    async with stage.run_test(size=(80, 20)) as pilot:
        await pilot.press("j", "j")
        assert table.cursor_id == "q"
        table.put(TaskRow("q", "failed", "lint", "api.py", since=NOW - 5))
        table.put(TaskRow("new", "review", since=NOW))
        await pilot.pause()
        assert table.cursor_id == "q"
        table.forget("q")
        assert table.cursor_id in table.shown_ids


async def test_a_sweep_folds_with_its_progress_and_unfolds_by_key_and_mouse() -> None:
    stage, table = staged()
    async with stage.run_test(size=(100, 20), message_hook=stage.note) as pilot:
        assert "1/2" in lines_of(table)[1]
        await pilot.press("j", "right")
        assert table.shown_ids == ("r", "s", "c2", "c1", "q", "d")
        await pilot.press("j", "left")
        assert table.cursor_id == "s"
        assert "c1" not in table.shown_ids
        await pilot.click(table, offset=(1, 1))
        assert "c1" in table.shown_ids
        await pilot.pause()
        assert [m.folded for m in stage.heard(TaskTable.RowFolded)] == [False, True, False]


async def test_a_sweep_shows_its_estimate() -> None:
    stage, table = staged()
    async with stage.run_test(size=(120, 20)) as pilot:
        table.put(TaskRow("s", "running", "types", "src/**", since=NOW, progress=Progress(31, 58, "2m left")))
        await pilot.pause()
        assert "31/58 2m left" in lines_of(table)[1]
        assert "▇" in lines_of(table)[1]


async def test_a_filter_keeps_parents_of_what_passes() -> None:
    stage, table = staged()
    async with stage.run_test(size=(80, 20)) as pilot:
        assert table.filter(lambda row: row.target == "src/b.py") == 1
        assert list(table.shown_ids) == ["s"]
        await pilot.press("right")
        assert table.shown_ids == ("s", "c2")
        table.put(TaskRow("n", "queued", target="src/b.py"))
        table.put(TaskRow("m", "queued", target="other.py"))
        assert "n" in table.shown_ids
        assert "m" not in table.shown_ids
        table.filter(None)
        assert "m" in table.shown_ids


async def test_move_to_unfolds_the_parent() -> None:
    stage, table = staged()
    async with stage.run_test(size=(80, 20)):
        assert table.move_to("c1")
        assert table.cursor_id == "c1"
        assert not table.move_to("nobody")


async def test_sorting_by_another_key_and_back() -> None:
    stage, table = staged()
    async with stage.run_test(size=(80, 20)):
        table.sort_by(lambda row: row.target)
        assert table.shown_ids == ("q", "d", "s", "r")
        table.sort_by(lambda row: row.target, reverse=True)
        assert table.shown_ids == ("r", "s", "d", "q")
        table.sort_by()
        assert table.shown_ids == ("r", "s", "q", "d")


async def test_ages_grow_without_anything_else_happening() -> None:
    now = [NOW]
    table = TaskTable(ROWS, clock=lambda: now[0], tick_seconds=None)
    stage = Stage(table)
    async with stage.run_test(size=(80, 20)):
        assert "12s" in lines_of(table)[0]
        now[0] += 30
        table.tick()
        assert "42s" in lines_of(table)[0]


@pytest.mark.parametrize("width", [20, 40, 60, 80, 100, 150, 220, 300])
async def test_rows_fill_any_width_exactly(width: int) -> None:
    stage, table = staged()
    async with stage.run_test(size=(width, 12)):
        room = table.scrollable_content_region.width
        assert {table.render_line(y).cell_length for y in range(12)} == {room}
        assert "text.py" in lines_of(table)[0]


@given(st.integers(0, 400))
def test_columns_never_take_more_than_there_is(width: int) -> None:
    columns = columns_for(width)
    assert 3 + sum(size + 1 for size in columns.values()) <= max(width, 3 + 15)


async def test_a_page_goes_through_ten_thousand() -> None:
    table = TaskTable([TaskRow(f"{n:05}", "queued", since=NOW - n) for n in range(10_000)], clock=lambda: NOW)
    stage = Stage(table)
    async with stage.run_test(size=(80, 20)) as pilot:
        await pilot.press("pagedown")
        assert table.cursor_id == "00019"
        await pilot.press("pageup")
        assert table.cursor_id == "00000"
        await pilot.press("end")
        assert table.cursor_id == "09999"


async def test_hostile_names_are_harmless() -> None:
    hostile = "\x1b[31m[b]x[/]\u202e\n\x00"
    table = TaskTable([TaskRow("x", hostile, hostile, hostile, hostile, NOW, hostile, hostile)], clock=lambda: NOW)
    stage = Stage(table)
    async with stage.run_test(size=(200, 12)):
        shown = "".join(lines_of(table))
        assert not set("\x1b\u202e\n\x00") & set(shown)
        assert "␛[31m[b]x[/]" in shown


async def test_an_empty_table_says_what_will_be_there() -> None:
    table = TaskTable(empty_text="Drop a task.")
    stage = Stage(table)
    async with stage.run_test(size=(80, 12)) as pilot:
        await pilot.press("j", "k", "enter", "left", "right", "pagedown", "end")
        assert "Drop a task." in lines_of(table)[0]


@given(st.integers(0, 10_000), st.integers(1, 60))
@settings(max_examples=60)
def test_rows_that_change_one_by_one_stand_as_if_they_had_come_at_once(seed: int, steps: int) -> None:
    chance = random.Random(seed)
    live = RowOrder()
    live.filter_by(lambda row: row.kind != "hidden")
    rows: dict[str, TaskRow] = {}
    for _ in range(steps):
        name = f"t{chance.randrange(8)}"
        if chance.random() < 0.2:
            live.remove(name)
            rows = {key: row for key, row in rows.items() if name not in (key, row.parent)}
            continue
        parent = chance.choice([None, None, "t0"]) if name != "t0" else None
        row = TaskRow(
            name,
            chance.choice(["queued", "running", "review"]),
            chance.choice(["patch", "hidden"]),
            since=chance.randrange(5),
            parent=parent,
        )
        live.put(row)
        rows[name] = row
    fresh = RowOrder(usual_order)
    fresh.load(rows.values())
    fresh.filter_by(lambda row: row.kind != "hidden")
    assert live.shown == fresh.shown
    assert +live.counts == +fresh.counts


def test_an_age_has_at_most_four_characters() -> None:
    assert [age_text(seconds) for seconds in (-3, 0, 59, 60, 3_599, 3_600, 86_400, 10**9)] == [
        "0s",
        "0s",
        "59s",
        "1m",
        "59m",
        "1h",
        "1d",
        "999d",
    ]
