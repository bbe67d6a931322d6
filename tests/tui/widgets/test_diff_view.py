"""DiffView does what its keys say, tells it, and shows text of others harmlessly."""

from __future__ import annotations

import pytest
from textual.containers import Vertical

from tests.tui.widgets.stage import CHANGED, PATCH, Stage, lines_of
from widgets.diff_view import DiffView

WIDE, NARROW = (120, 40), (80, 24)


def staged(patch: str = PATCH, decidable: bool = True) -> tuple[Stage, DiffView]:
    view = DiffView(patch, decidable=decidable)
    return Stage(view), view


def long_diff() -> str:
    return "--- a/long.txt\n+++ b/long.txt\n" + "".join(
        [
            "@@ -7,7 +7,7 @@\n line 7\n line 8\n line 9\n-line 10\n+line ten\n line 11\n line 12\n line 13\n",
            "@@ -47,7 +47,8 @@\n line 47\n line 48\n line 49\n-line 50\n+line fifty\n"
            "+and a half\n line 51\n line 52\n line 53\n",
        ]
    )


async def test_n_and_p_go_from_hunk_to_hunk_and_say_which() -> None:
    stage, view = staged()
    async with stage.run_test(size=WIDE, message_hook=stage.note) as pilot:
        await pilot.press("n", "n", "n", "n", "p")
        await pilot.pause()
        assert [(m.hunk, m.file) for m in stage.heard(DiffView.HunkFocused)] == [
            (1, "bank.py"),
            (2, "bank.py"),
            (3, "note.txt"),
            (2, "bank.py"),
        ]
        assert view.current_hunk == 2
        assert view.current_file == "bank.py"


async def test_brackets_go_from_file_to_file() -> None:
    stage, view = staged()
    async with stage.run_test(size=WIDE) as pilot:
        await pilot.press("right_square_bracket")
        assert view.current_file == "note.txt"
        await pilot.press("left_square_bracket")
        assert view.current_file == "bank.py"


async def test_space_drops_a_hunk_and_keeps_it_again_with_a_sign_that_is_no_colour() -> None:
    stage, view = staged()
    async with stage.run_test(size=WIDE, message_hook=stage.note) as pilot:
        await pilot.press("n", "n", "space")
        assert view.kept == (1, 3)
        assert any("✘ dropped" in line for line in lines_of(view))
        await pilot.press("space")
        await pilot.pause()
        assert view.dropped == frozenset()
        assert [(m.hunk, m.kept) for m in stage.heard(DiffView.HunkToggled)] == [(2, False), (2, True)]


async def test_a_diff_that_is_only_shown_drops_nothing() -> None:
    stage, view = staged(decidable=False)
    async with stage.run_test(size=WIDE, message_hook=stage.note) as pilot:
        await pilot.press("n", "space")
        assert view.dropped == frozenset()
        assert not any("kept" in line for line in lines_of(view))


@pytest.mark.parametrize(("size", "layout"), [(WIDE, "split"), (NARROW, "unified")])
async def test_two_columns_from_a_hundred_cells_on(size: tuple[int, int], layout: str) -> None:
    stage, view = staged()
    async with stage.run_test(size=size):
        assert view.shown_layout == layout


async def test_a_resize_changes_the_layout_and_keeps_the_hunk() -> None:
    stage, view = staged()
    async with stage.run_test(size=WIDE) as pilot:
        await pilot.press("n", "n")
        await pilot.resize_terminal(*NARROW)
        await pilot.pause()
        assert view.shown_layout == "unified"
        assert view.current_hunk == 2


async def test_d_and_w_change_how_it_is_shown() -> None:
    stage, _view = staged()
    async with stage.run_test(size=WIDE, message_hook=stage.note) as pilot:
        await pilot.press("d", "w")
        await pilot.pause()
        changes = [(m.layout, m.wrap) for m in stage.heard(DiffView.LayoutChanged)]
        assert changes == [("unified", False), ("unified", True)]


async def test_rows_are_paired_and_numbered() -> None:
    stage, view = staged()
    async with stage.run_test(size=WIDE):
        shown = lines_of(view)
        row = next(line for line in shown if "hello" in line and "Say" not in line)
        assert 'return "hello " + name' in row
        assert "4 -" in row
        row = next(line for line in shown if "good day" in line and "Say" not in line)
        assert "6 +" in row


async def test_annotations_and_notes_stand_with_their_hunk() -> None:
    stage, view = staged()
    async with stage.run_test(size=WIDE) as pilot:
        view.show(PATCH, annotations={1: "match exact"}, notes={2: "why?\nsecond line"})
        await pilot.pause()
        shown = lines_of(view)
        assert "match exact" in next(line for line in shown if "hunk 1/3" in line)
        heading = next(index for index, line in enumerate(shown) if "hunk 2/3" in line)
        assert "✎ why?" in shown[heading + 1]
        assert "✎ second line" in shown[heading + 2]


async def test_v_selects_lines_and_y_copies_them_without_signs() -> None:
    stage, _view = staged()
    async with stage.run_test(size=WIDE, message_hook=stage.note) as pilot:
        await pilot.press("n", "j", "j", "v", "j", "y")
        await pilot.pause()
        assert stage.copied == ['    """Say good day\n    to one.']
        assert [m.lines for m in stage.heard(DiffView.Copied)] == [2]


async def test_s_takes_the_other_side() -> None:
    stage, _view = staged()
    async with stage.run_test(size=WIDE) as pilot:
        await pilot.press("n", "j", "j", "v", "j", "s", "y")
        assert stage.copied == ['    """Say hello\n    to one."""']


async def test_y_without_a_selection_copies_the_hunk_as_it_will_be() -> None:
    stage, _view = staged()
    async with stage.run_test(size=NARROW) as pilot:
        await pilot.press("n", "n", "y")
        assert stage.copied == ["total = 0\nreturn total"]


async def test_escape_gives_up_the_selection() -> None:
    stage, view = staged()
    async with stage.run_test(size=WIDE) as pilot:
        await pilot.press("n", "v", "j", "escape")
        assert view.selected_text == ""


async def test_a_tab_is_copied_as_a_tab() -> None:
    stage, _view = staged()
    async with stage.run_test(size=WIDE) as pilot:
        await pilot.press("n", "n", "n", "y")
        assert stage.copied == ["first\n\tsecond"]


async def test_the_mouse_selects_words_within_a_column() -> None:
    stage, view = staged()
    async with stage.run_test(size=WIDE) as pilot:
        shown = lines_of(view)
        y = next(index for index, line in enumerate(shown) if "hello" in line and "return" in line)
        x = shown[y].index("hello")
        await pilot.mouse_down(view, offset=(x, y))
        await pilot.hover(view, offset=(x + 5, y))
        await pilot.mouse_up(view, offset=(x + 5, y))
        assert view.selected_text == "hello"


async def test_the_mouse_selects_lines_of_the_column_it_began_in() -> None:
    stage, view = staged()
    async with stage.run_test(size=WIDE) as pilot:
        shown = lines_of(view)
        y = next(index for index, line in enumerate(shown) if "Say good day" in line)
        x = shown[y].index('"""Say good day')
        await pilot.mouse_down(view, offset=(x, y))
        await pilot.hover(view, offset=(5, y + 1))
        await pilot.mouse_up(view, offset=(5, y + 1))
        assert view.selected_text.startswith('"""Say good day\n')
        assert "hello" not in view.selected_text


async def test_a_double_click_on_a_heading_drops_the_hunk() -> None:
    stage, view = staged()
    async with stage.run_test(size=WIDE) as pilot:
        y = next(index for index, line in enumerate(lines_of(view)) if "hunk 2/3" in line)
        await pilot.click(view, offset=(10, y), times=2)
        await pilot.pause()
        assert view.kept == (1, 3)


async def test_a_search_goes_from_match_to_match_with_n_and_ends_with_escape() -> None:
    stage, view = staged()
    async with stage.run_test(size=WIDE, message_hook=stage.note) as pilot:
        assert view.search("return") == 3
        await pilot.press("n", "N", "N")
        await pilot.pause()
        assert [(m.position, m.count) for m in stage.heard(DiffView.Searched)] == [(1, 3), (2, 3), (1, 3), (3, 3)]
        await pilot.press("escape", "n")
        assert len(stage.heard(DiffView.Searched)) == 4


async def test_a_search_without_a_match_says_so() -> None:
    stage, view = staged()
    async with stage.run_test(size=WIDE, message_hook=stage.note) as pilot:
        assert view.search("nowhere") == 0
        await pilot.pause()
        assert [(m.position, m.count) for m in stage.heard(DiffView.Searched)] == [(0, 0)]


async def test_o_shows_more_of_the_file_and_stops_at_its_neighbour() -> None:
    stage, view = staged(long_diff())
    async with stage.run_test(size=(120, 100)) as pilot:
        view.set_sources({"long.txt": CHANGED})
        await pilot.press("n")
        assert not any("line 20" in line for line in lines_of(view))
        for _ in range(6):
            await pilot.press("o")
        shown = "\n".join(lines_of(view))
        for number in range(1, 47):
            if number != 10:
                assert f" line {number} " in shown
        numbers = [line for line in lines_of(view) if " line 30 " in line]
        assert len(numbers) == 1
        assert "30" in numbers[0].split()[:2]


async def test_o_asks_for_a_file_it_does_not_know() -> None:
    stage, _view = staged(long_diff())
    async with stage.run_test(size=WIDE, message_hook=stage.note) as pilot:
        await pilot.press("n", "n", "o")
        await pilot.pause()
        assert [(m.hunk, m.file) for m in stage.heard(DiffView.ContextWanted)] == [(2, "long.txt")]


async def test_context_after_the_last_hunk_has_the_numbers_of_both_files() -> None:
    stage, view = staged(long_diff())
    async with stage.run_test(size=(120, 60)) as pilot:
        view.set_sources({"long.txt": CHANGED})
        await pilot.press("n", "n", "o")
        row = next(line for line in lines_of(view) if " line 60 " in line)
        assert row.split()[1] == "60"
        assert " 61 " in row


async def test_a_docstring_keeps_its_colour_over_lines() -> None:
    stage, view = staged()
    async with stage.run_test(size=WIDE):
        y = next(index for index, line in enumerate(lines_of(view)) if "Kindly" in line)
        words = next(segment for segment in view.render_line(y) if "Kindly" in segment.text)
        code = view._ready().scene.palette.style("syntax-docstring", "diff-added-background")
        assert words.style is not None
        assert words.style.color == code.color


HOSTILE = "\x1b]52;c;aGk=\x07 \x1b[31m [bold]x[/] \u202e abc \u200b \x00 \x9b0m"


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_hostile_text_is_shown_harmlessly_everywhere(size: tuple[int, int]) -> None:
    patch = f"--- a/{HOSTILE}.py\n+++ b/{HOSTILE}.py\n@@ -1 +1 @@ {HOSTILE}\n-{HOSTILE}\n+{HOSTILE}!\n"
    view = DiffView()
    stage = Stage(view)
    async with stage.run_test(size=size) as pilot:
        view.show(patch, annotations={1: HOSTILE}, notes={1: HOSTILE}, sources={})
        await pilot.pause()
        shown = "".join(lines_of(view))
        assert not set("\x1b\x07\x00\x9b\u202e\u200b") & set(shown)
        assert "[bold]x[/]" in shown
        assert "␛[31m" in shown


@pytest.mark.parametrize("wrap", [False, True])
async def test_a_line_of_a_hundred_kilobytes_is_shown_and_scrolled(wrap: bool) -> None:
    long = "漢 ab " * 20_000
    view = DiffView(f"--- a/x.py\n+++ b/x.py\n@@ -1 +1 @@\n-{long}\n+{long}!\n", wrap=wrap)
    stage = Stage(view)
    async with stage.run_test(size=WIDE) as pilot:
        await pilot.press("right", "end", "home")
        assert all(strip == 119 for strip in {view.render_line(y).cell_length for y in range(20)})


async def test_every_line_is_exactly_as_wide_as_its_place() -> None:
    for size in ((40, 20), (79, 24), (100, 30), (220, 60), (300, 50)):
        for wrap in (False, True):
            view = DiffView(PATCH, wrap=wrap)
            stage = Stage(view)
            async with stage.run_test(size=size):
                region = view.scrollable_content_region
                widths = {view.render_line(y).cell_length for y in range(region.height)}
                assert widths == {region.width}


async def test_wrapped_lines_lose_nothing() -> None:
    words = " ".join(f"word{number}" for number in range(60))
    view = DiffView(f"--- a/x.txt\n+++ b/x.txt\n@@ -0,0 +1 @@\n+{words}\n", layout_mode="unified", wrap=True)
    stage = Stage(view)
    async with stage.run_test(size=NARROW):
        shown = "".join(line[12:] for line in lines_of(view)[2:])
        assert "".join(words.split()) in "".join(shown.replace("↪", "").split())


async def test_showing_again_keeps_the_place_if_asked() -> None:
    stage, view = staged()
    async with stage.run_test(size=WIDE) as pilot:
        await pilot.press("n", "n")
        view.show(PATCH, keep_place=True)
        await pilot.pause()
        assert view.current_hunk == 2
        view.show(PATCH)
        await pilot.pause()
        assert view.current_hunk == 1


async def test_nothing_to_show_says_what_will_be() -> None:
    view = DiffView(empty_text="Proposals appear here.")
    stage = Stage(view)
    async with stage.run_test(size=WIDE) as pilot:
        await pilot.press("n", "p", "j", "k", "space", "v", "y", "o", "end", "home", "pagedown", "d", "w")
        assert "Proposals appear here." in lines_of(view)[0]


async def test_pages_reach_the_end_and_come_back() -> None:
    view = DiffView("--- a/x\n+++ b/x\n@@ -0,0 +1,500 @@\n" + "".join(f"+{n}\n" for n in range(500)))
    stage = Stage(view)
    async with stage.run_test(size=WIDE) as pilot:
        await pilot.press("end")
        assert any("499" in line for line in lines_of(view))
        await pilot.press("home", "pagedown", "pagedown", "pageup", "pageup")
        assert view.scroll_offset.y == 0


async def test_what_is_shown_before_there_is_a_place_for_it_appears_there() -> None:
    stage, view = staged()
    view.display = False
    async with stage.run_test(size=WIDE) as pilot:
        for patch in (PATCH, long_diff(), "", PATCH, long_diff()):
            view.show(patch, notes={1: "a note"}, keep_place=True)
            view.go_to_hunk(2)
            await pilot.pause()
        view.display = True
        await pilot.pause()
        shown = "\n".join(lines_of(view))
        assert "line fifty" in shown
        assert "✎ a note" in shown
        assert "bank.py" not in shown


async def test_a_border_does_not_shift_the_mouse() -> None:
    stage, view = staged()
    view.styles.border = ("round", "red")
    async with stage.run_test(size=WIDE) as pilot:
        y = next(index for index, line in enumerate(lines_of(view)) if "hello" in line and "return" in line)
        x = lines_of(view)[y].index("hello")
        await pilot.mouse_down(view, offset=(x + 1, y + 1))
        await pilot.hover(view, offset=(x + 6, y + 1))
        await pilot.mouse_up(view, offset=(x + 6, y + 1))
        assert view.selected_text == "hello"


async def test_another_patch_given_while_hidden_is_painted_when_seen_again() -> None:
    view = DiffView("--- a/x.py\n+++ b/x.py\n@@ -1,3 +1,3 @@\n a\n-b\n+c\n d\n")
    pane = Vertical(view)
    pairs = "".join(f"-b{number}\n+c{number}\n" for number in range(10))
    async with Stage(pane).run_test(size=WIDE) as pilot:
        await pilot.pause()
        pane.display = False
        await pilot.pause()
        view.show(f"--- a/x.py\n+++ b/x.py\n@@ -1,12 +1,12 @@\n a\n{pairs} d\n")
        pane.display = True
        await pilot.pause()
        assert any("c9" in line for line in lines_of(view))
