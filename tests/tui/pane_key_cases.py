"""Cases for the keys of the diff, the transcript and the nanites."""

from __future__ import annotations

from tests.tui.house import Sight
from tests.tui.key_cases import CASES, Case, case
from widgets.diff_view import DiffView
from widgets.meters import AgentList
from widgets.transcript import Transcript

__all__ = ["CASES"]

# Diff


async def at_diff(sight: Sight, name: str = "proven") -> DiffView:
    await sight.select(name)
    await sight.focus("diff")
    sight.messages.clear()
    return sight.diff


@case("toggle-hunk")
async def toggle_hunk(sight: Sight, key: str) -> None:
    diff = await at_diff(sight)
    await sight.press(key)
    assert [(message.hunk, message.kept) for message in sight.heard(DiffView.HunkToggled)] == [(1, False)]
    assert diff.kept == (2, 3)
    await sight.press("a")
    assert sight.decisions == {sight.day.ids["proven"]: {"decision": "approve", "hunks": [2, 3]}}


@case("next-hunk")
async def next_hunk(sight: Sight, key: str) -> None:
    diff = await at_diff(sight)
    while diff.current_hunk != 2:
        await sight.press(key)
    assert sight.heard(DiffView.HunkFocused)[-1].hunk == 2
    diff.search("Returns")
    await sight.pilot.pause()
    first = sight.heard(DiffView.Searched)[-1].position
    await sight.press(key)
    assert sight.heard(DiffView.Searched)[-1].position != first


@case("previous-hunk")
async def previous_hunk(sight: Sight, key: str) -> None:
    diff = await at_diff(sight)
    diff.go_to_hunk(3)
    await sight.press(key)
    assert diff.current_hunk == 2
    assert sight.heard(DiffView.HunkFocused)[-1].hunk == 2


@case("previous-match")
async def previous_match(sight: Sight, key: str) -> None:
    diff = await at_diff(sight)
    count = diff.search("Returns")
    assert count > 2
    await sight.press(key)
    assert [message.position for message in sight.heard(DiffView.Searched)] == [1, count]


@case("next-file")
async def next_file(sight: Sight, key: str) -> None:
    diff = await at_diff(sight)
    assert diff.current_file == "bank.py"
    await sight.press(key)
    assert diff.current_file == "text.py"
    assert sight.heard(DiffView.HunkFocused)[-1].file == "text.py"


@case("previous-file")
async def previous_file(sight: Sight, key: str) -> None:
    diff = await at_diff(sight)
    diff.go_to_hunk(3)
    await sight.press(key)
    assert diff.current_file == "bank.py"


@case("expand")
async def expand(sight: Sight, key: str) -> None:
    diff = await at_diff(sight)
    diff.go_to_hunk(2)
    before = diff.virtual_size.height
    await sight.press(key)
    assert sight.heard(DiffView.ContextWanted)
    assert diff.virtual_size.height > before


@case("layout")
async def layout(sight: Sight, key: str) -> None:
    diff = await at_diff(sight)
    before = diff.shown_layout
    await sight.press(key)
    assert diff.shown_layout != before
    assert [message.layout for message in sight.heard(DiffView.LayoutChanged)] == [diff.shown_layout]


@case("wrap")
async def wrap(sight: Sight, key: str) -> None:
    diff = await at_diff(sight)
    await sight.press(key)
    assert diff.wrap
    assert [message.wrap for message in sight.heard(DiffView.LayoutChanged)] == [True]


@case("select")
async def select(sight: Sight, key: str) -> None:
    diff = await at_diff(sight, "patch")
    diff.search("limit")
    await sight.press(key, "j")
    assert len(diff.selected_text.split("\n")) == 2
    await sight.press(key)
    assert diff.selected_text == ""


@case("other-side")
async def other_side(sight: Sight, key: str) -> None:
    diff = await at_diff(sight, "patch")
    diff.layout_mode = "split"
    diff.search("len(text) > limit")
    await sight.press("v")
    before = diff.selected_text
    await sight.press(key)
    assert diff.selected_text != before


@case("copy")
async def copy(sight: Sight, key: str) -> None:
    await at_diff(sight, "patch")
    await sight.press(key)
    (copied,) = sight.heard(DiffView.Copied)
    assert "    if len(text) <= limit:" in copied.text.split("\n")
    assert sight.app.clipboard == copied.text


def scrolls_diff(before: str, *, down: bool) -> Case:
    """A key that moves the diff's cursor down or up, from the beginning or the end."""

    async def scroll(sight: Sight, key: str) -> None:
        diff = await at_diff(sight)
        await sight.press(before)
        at = diff._cursor
        await sight.press(key)
        assert (diff._cursor > at) is down
        assert diff._cursor != at

    return scroll


CASES |= {
    "diff-down": scrolls_diff("home", down=True),
    "diff-up": scrolls_diff("end", down=False),
    "diff-page-down": scrolls_diff("home", down=True),
    "diff-page-up": scrolls_diff("end", down=False),
    "diff-top": scrolls_diff("end", down=False),
    "diff-end": scrolls_diff("home", down=True),
}


@case("diff-right")
async def diff_right(sight: Sight, key: str) -> None:
    diff = await at_diff(sight)
    diff.layout_mode = "split"
    await sight.pilot.pause()
    assert diff.max_scroll_x > 0, (diff.size, diff.virtual_size)
    await sight.press(key)
    assert diff.scroll_offset.x > 0


@case("diff-left")
async def diff_left(sight: Sight, key: str) -> None:
    diff = await at_diff(sight)
    diff.layout_mode = "split"
    await sight.press("l", "l", key, key)
    assert diff.scroll_offset.x == 0


@case("diff-leave")
async def diff_leave(sight: Sight, key: str) -> None:
    diff = await at_diff(sight)
    diff.search("Returns")
    await sight.press("v", "j")
    assert diff.selected_text
    await sight.press(key)
    assert diff.selected_text == ""
    before = len(sight.heard(DiffView.Searched))
    await sight.press("n")
    assert len(sight.heard(DiffView.Searched)) == before + 1
    await sight.press(key, "n")
    assert len(sight.heard(DiffView.Searched)) == before + 1, "n goes by hunks again"


# Transcript


async def at_transcript(sight: Sight, name: str = "proven") -> Transcript:
    await sight.select(name)
    await sight.focus("transcript")
    sight.messages.clear()
    return sight.transcript


@case("toggle-fold")
async def toggle_fold(sight: Sight, key: str) -> None:
    await at_transcript(sight)
    await sight.press(key)
    (folded,) = sight.heard(Transcript.EntryFolded)
    await sight.press(key)
    assert sight.heard(Transcript.EntryFolded)[-1].folded is not folded.folded


@case("copy-entry")
async def copy_entry(sight: Sight, key: str) -> None:
    transcript = await at_transcript(sight)
    await sight.press(key)
    (copied,) = sight.heard(Transcript.Copied)
    assert copied.text == transcript.text_of(transcript.current_entry or "")
    assert sight.app.clipboard == copied.text


@case("copy-code")
async def copy_code(sight: Sight, key: str) -> None:
    await at_transcript(sight, "patch")
    await sight.press("right_square_bracket", key)
    (copied,) = sight.heard(Transcript.Copied)
    assert copied.text.startswith("def truncate(text, limit):")
    assert "```" not in copied.text


@case("next-entry")
async def next_entry(sight: Sight, key: str) -> None:
    transcript = await at_transcript(sight)
    await sight.press("home", *["left_square_bracket"] * 20)
    assert transcript.current_entry == transcript.entries[0]
    await sight.press(key)
    assert transcript.current_entry == transcript.entries[1]


@case("previous-entry")
async def previous_entry(sight: Sight, key: str) -> None:
    transcript = await at_transcript(sight)
    await sight.press("end", *["right_square_bracket"] * 20)
    assert transcript.current_entry == transcript.entries[-1]
    await sight.press(key)
    assert transcript.current_entry == transcript.entries[-2]


@case("transcript-next-match", "transcript-previous-match")
async def next_match(sight: Sight, key: str) -> None:
    await at_transcript(sight)
    await sight.press("/", *"self", "enter")
    first = sight.heard(Transcript.Searched)[-1]
    assert first.count > 2
    await sight.press(key)
    step = 1 if key == "n" else -1
    assert sight.heard(Transcript.Searched)[-1].position == (first.position - 1 + step) % first.count + 1


def scrolls_transcript(before: str, *, down: bool) -> Case:
    """A key that scrolls the transcript down or up, from the beginning or the end."""

    async def scroll(sight: Sight, key: str) -> None:
        transcript = await at_transcript(sight)
        await sight.press(before)
        at = transcript.scroll_offset.y
        await sight.press(key)
        assert (transcript.scroll_offset.y > at) is down
        assert transcript.scroll_offset.y != at

    return scroll


CASES |= {
    "transcript-down": scrolls_transcript("home", down=True),
    "transcript-up": scrolls_transcript("end", down=False),
    "transcript-page-down": scrolls_transcript("home", down=True),
    "transcript-page-up": scrolls_transcript("end", down=False),
    "transcript-top": scrolls_transcript("end", down=False),
    "transcript-end": scrolls_transcript("home", down=True),
}


@case("transcript-leave")
async def transcript_leave(sight: Sight, key: str) -> None:
    await at_transcript(sight)
    await sight.press("/", *"self", "enter", key)
    before = len(sight.heard(Transcript.Searched))
    await sight.press("n")
    assert len(sight.heard(Transcript.Searched)) == before


# Nanites


async def at_agents(sight: Sight) -> AgentList:
    await sight.go_live()
    asked, *_ = sight.day.live
    sight.happen(asked | {"task": sight.day.ids["sweep"], "voice": "other"})
    agents = sight.app.main.query_one(AgentList)
    await sight.until(lambda: len(agents.agents) == 2)
    await sight.focus("nanites")
    return agents


@case("agents-down")
async def agents_down(sight: Sight, key: str) -> None:
    agents = await at_agents(sight)
    await sight.press(key)
    assert agents.chosen_line == 1


@case("agents-up")
async def agents_up(sight: Sight, key: str) -> None:
    agents = await at_agents(sight)
    await sight.press("j", key)
    assert agents.chosen_line == 0


@case("agents-open")
async def agents_open(sight: Sight, key: str) -> None:
    agents = await at_agents(sight)
    await sight.press(key)
    (opened,) = sight.heard(AgentList.AgentOpened)
    assert opened.agent == agents.agents[0]
    assert sight.table.cursor_id == sight.day.ids["running"]
    assert sight.pane == "transcript"
