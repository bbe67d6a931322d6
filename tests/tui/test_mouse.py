"""What can be done with the mouse: rows, folds, hunks, chapters, entries, agents, and the hints in the last line."""

from __future__ import annotations

from textual.events import MouseScrollDown
from textual.widgets import OptionList

from tests.tui.day import Day
from tests.tui.house import BARE, Sight, opened
from widgets.diff_view import DiffView
from widgets.meters import AgentList
from widgets.status_line import StatusLine
from widgets.task_table import TaskTable
from widgets.transcript import Transcript
from workbench.tui.dialogs import Ask, Choose, Help
from workbench.tui.new_task import NewTask
from workbench.tui.pane import ChapterLine
from workbench.tui.welcome import welcome_choices


def column(line: str, words: str) -> int:
    """Return the cell in which words begin."""
    assert words in line, line
    return line.index(words)


async def click_hint(sight: Sight, words: str) -> None:
    line = sight.app.main.query_one(StatusLine)
    (shown,) = sight.text_of(line)
    await sight.pilot.click(line, offset=(column(shown, words), 0))
    await sight.pilot.pause()


async def test_a_click_chooses_a_task_and_a_double_click_opens_it(day: Day) -> None:
    async with opened(day) as sight:
        await sight.focus("diff")
        row = sight.table.shown_ids.index(day.ids["patch"])
        await sight.pilot.click(TaskTable, offset=(12, row))
        await sight.pilot.pause()
        assert sight.table.cursor_id == day.ids["patch"]
        assert sight.pane == "tasks"
        await sight.pilot.click(TaskTable, offset=(12, row), times=2)
        await sight.pilot.pause()
        assert [message.row_id for message in sight.heard(TaskTable.RowOpened)] == [day.ids["patch"]]
        assert sight.pane == "diff"


async def test_a_click_on_the_fold_shows_the_tasks_of_a_sweep(day: Day) -> None:
    async with opened(day) as sight:
        row = sight.table.shown_ids.index(day.ids["sweep"])
        x = column(sight.text_of(sight.table)[row], "▸")
        before = len(sight.table.shown_ids)
        await sight.pilot.click(TaskTable, offset=(x, row))
        await sight.pilot.pause()
        assert len(sight.table.shown_ids) == before + 3
        await sight.pilot.click(TaskTable, offset=(x, row))
        await sight.pilot.pause()
        assert len(sight.table.shown_ids) == before


async def test_the_wheel_scrolls_what_is_under_the_mouse(day: Day) -> None:
    async with opened(day, size=(100, 24)) as sight:
        await sight.select("proven")
        assert sight.diff.scroll_offset.y == 0
        await sight.pilot._post_mouse_events([MouseScrollDown], DiffView, offset=(5, 5))
        await sight.until(lambda: sight.diff.scroll_offset.y > 0)
        assert sight.pane == "tasks"


async def test_a_double_click_on_its_heading_drops_a_hunk(day: Day) -> None:
    async with opened(day) as sight:
        await sight.select("proven")
        heading = next(at for at, line in enumerate(sight.text_of(sight.diff)) if "hunk 1/3" in line)
        await sight.pilot.click(DiffView, offset=(10, heading), times=2)
        await sight.pilot.pause()
        assert [(message.hunk, message.kept) for message in sight.heard(DiffView.HunkToggled)] == [(1, False)]
        assert "hunk 1 of 3 dropped" in str(sight.app.main.query_one("#diff-pane").border_subtitle)


async def test_a_hunk_of_what_is_applied_cannot_be_dropped(day: Day) -> None:
    async with opened(day) as sight:
        await sight.select("applied")
        heading = next(at for at, line in enumerate(sight.text_of(sight.diff)) if "hunk 1/1" in line)
        await sight.pilot.click(DiffView, offset=(10, heading), times=2)
        await sight.press("2", "space")
        assert sight.heard(DiffView.HunkToggled) == []


async def test_a_click_chooses_a_chapter_of_the_transcript(day: Day) -> None:
    async with opened(day) as sight:
        await sight.select("patch")
        line = sight.app.main.query_one(ChapterLine)
        x = column(sight.text_of(line)[0], "Checks")
        await sight.pilot.click(line, offset=(x + 1, 0))
        await sight.pilot.pause()
        assert sight.app.main.chapter == "Checks"
        assert "[Checks]" in sight.text_of(line)[0]
        assert any("true passed" in line for line in sight.text_of(sight.transcript))


async def test_a_click_on_an_entrys_header_folds_it(day: Day) -> None:
    async with opened(day) as sight:
        await sight.select("patch")
        await sight.focus("transcript")
        await sight.press("home")
        await sight.pilot.click("#transcript", offset=(5, 0))
        await sight.pilot.pause()
        assert len(sight.heard(Transcript.EntryFolded)) == 1


async def test_a_double_click_on_a_nanite_goes_to_what_it_writes(day: Day) -> None:
    async with opened(day) as sight:
        await sight.go_live()
        await sight.pilot.click(AgentList, offset=(3, 0), times=2)
        await sight.pilot.pause()
        assert sight.table.cursor_id == day.ids["running"]
        assert sight.pane == "transcript"


async def test_a_click_on_a_hint_does_what_its_key_does(day: Day) -> None:
    async with opened(day, size=(150, 40)) as sight:
        task = await sight.select("patch")
        await click_hint(sight, "a approve")
        assert sight.decisions == {task: {"decision": "approve"}}
        await sight.select("patch")
        for words, screen in (("r reject", Ask), ("+ new", NewTask), ("? help", Help)):
            await click_hint(sight, words)
            await sight.until(lambda screen=screen: isinstance(sight.app.screen, screen), words)  # type: ignore[misc]
            await sight.press("escape")
        await click_hint(sight, "/ search")
        assert sight.app.main.query_one("#bar").has_class("-open")


async def test_an_answer_of_a_question_can_be_clicked(day: Day) -> None:
    async with opened(day) as sight:
        answers: list[str | None] = []
        choices = welcome_choices(BARE.engines or (), "m")
        sight.app.push_screen(Choose("Welcome", choices), answers.append)
        await sight.pilot.pause()
        options = sight.app.screen.query_one(OptionList)
        line = next(at for at, words in enumerate(sight.text_of(options)) if "Go on" in words)
        await sight.pilot.click(options, offset=(5, line))
        await sight.pilot.pause()
        assert answers == ["on"]
