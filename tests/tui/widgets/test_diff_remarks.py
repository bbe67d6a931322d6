"""Remarks about a whole patch stand above it, and leave room for it."""

from __future__ import annotations

from tests.tui.widgets.stage import PATCH, Stage, lines_of
from widgets.diff_view import DiffView


def remarked() -> tuple[Stage, DiffView]:
    view = DiffView(PATCH)
    return Stage(view), view


async def test_remarks_stand_above_the_patch_in_whole_words() -> None:
    stage, view = remarked()
    words = "2 of 3 answers agreed; tests/test_text.py uses it; " + "to have it checked, allow and name a command " * 3
    async with stage.run_test(size=(60, 30)) as pilot:
        view.show(PATCH, remarks=[words, "short\x1b and harmless"])
        await pilot.pause()
        shown = [line.strip() for line in lines_of(view)]
        file = next(index for index, line in enumerate(shown) if "bank.py" in line and "───" in line)
        above = [line.removeprefix("▸").strip() for line in shown[:file]]
        assert above[0].startswith("› 2 of 3 answers agreed")
        assert " ".join(above).replace("› ", "").split() == [*words.split(), "short␛", "and", "harmless"]
        await pilot.press("n", "n")
        assert view.current_hunk == 2
        assert "hunk 2/3" in "".join(lines_of(view))


async def test_many_remarks_leave_room_for_the_patch() -> None:
    stage, view = remarked()
    async with stage.run_test(size=(60, 12)) as pilot:
        view.show(PATCH, remarks=[f"remark {number}" for number in range(40)])
        await pilot.pause()
        shown = lines_of(view)
        assert "remark 0" in shown[0]
        file = next(index for index, line in enumerate(shown) if "───" in line)
        assert file <= 4
        assert "…" in shown[file - 1]
