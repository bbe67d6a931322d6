"""Transcript streams, follows, folds, searches, copies and forgets as it promises."""

from __future__ import annotations

import asyncio
import time

from hypothesis import given
from hypothesis import strategies as st
from textual.pilot import Pilot

from tests.tui.widgets.stage import Stage, lines_of
from widgets.talk.block import Block
from widgets.talk.prose import code_of, prose
from widgets.transcript import Entry, Transcript

ANSWER = """# Plan
Make **it** *short* with `limit`:

- measure
1. cut

> said before

```python
def cut():
    '''Cut
    it.'''
```
Done."""
SIZE = (80, 24)


async def until(pilot: Pilot[None], holds: object) -> None:
    """Wait until a condition holds, at most two seconds."""
    assert callable(holds)
    end = time.monotonic() + 2
    while not holds() and time.monotonic() < end:
        await asyncio.sleep(0.01)
        await pilot.pause()
    assert holds()


def shown(transcript: Transcript) -> str:
    return "\n".join(line.rstrip() for line in lines_of(transcript))


async def test_tokens_are_joined_and_appear_within_a_frame() -> None:
    transcript = Transcript([Entry("a", title="Implementer", streaming=True)])
    stage = Stage(transcript)
    async with stage.run_test(size=SIZE) as pilot:
        for word in ("def ", "cut", "():\n", "    pass"):
            transcript.append("a", word)
        assert transcript.text_of("a") == "def cut():\n    pass"
        await until(pilot, lambda: "def cut():\n    pass" in shown(transcript))


async def test_an_answer_is_plain_while_it_streams_and_marked_when_it_ends() -> None:
    transcript = Transcript([Entry("a", streaming=True)])
    stage = Stage(transcript)
    async with stage.run_test(size=SIZE) as pilot:
        transcript.append("a", ANSWER)
        await until(pilot, lambda: "**it**" in shown(transcript))
        transcript.finish("a")
        await pilot.pause()
        text = shown(transcript)
        assert "**it**" not in text
        assert "Make it short with limit:" in text
        assert "• measure" in text
        assert "╭─ python" in text


async def test_the_end_is_followed_until_somebody_scrolls_up_and_again_from_the_end() -> None:
    transcript = Transcript([Entry("a", streaming=True)])
    stage = Stage(transcript)
    async with stage.run_test(size=SIZE, message_hook=stage.note) as pilot:
        transcript.append("a", "".join(f"line {n}\n" for n in range(100)))
        await until(pilot, lambda: "line 99" in shown(transcript))
        await pilot.press("pageup")
        before = shown(transcript)
        transcript.append("a", "later\n" * 50)
        await until(pilot, lambda: transcript.virtual_size.height > 150)
        assert shown(transcript) == before
        await pilot.press("end")
        assert "later" in shown(transcript)
        await pilot.pause()
        assert [m.following for m in stage.heard(Transcript.FollowingChanged)] == [False, True]


async def test_prompts_begin_folded_and_open_with_a_key() -> None:
    transcript = Transcript([Entry("p", "prompt", "Prompt", "secret\n" * 40)])
    stage = Stage(transcript)
    async with stage.run_test(size=SIZE, message_hook=stage.note) as pilot:
        assert "secret" not in shown(transcript)
        await pilot.press("space")
        assert "secret" in shown(transcript)
        await pilot.press("enter")
        assert "secret" not in shown(transcript)
        await pilot.pause()
        assert [(m.entry, m.folded) for m in stage.heard(Transcript.EntryFolded)] == [("p", False), ("p", True)]


async def test_a_click_on_a_header_folds() -> None:
    transcript = Transcript([Entry("o", "output", "pytest", "1 passed")])
    stage = Stage(transcript)
    async with stage.run_test(size=SIZE) as pilot:
        await pilot.click(transcript, offset=(3, 0))
        assert "1 passed" not in shown(transcript)


async def test_an_entry_and_its_code_are_copied_as_they_came() -> None:
    transcript = Transcript([Entry("n", "note", "Note", "first"), Entry("a", title="A", text=ANSWER)])
    stage = Stage(transcript)
    async with stage.run_test(size=SIZE, message_hook=stage.note) as pilot:
        await pilot.press("y", "Y", "left_square_bracket", "y")
        await pilot.pause()
        assert stage.copied == [ANSWER, "def cut():\n    '''Cut\n    it.'''", "first"]
        assert [m.lines for m in stage.heard(Transcript.Copied)] == [len(ANSWER.split("\n")), 3, 1]


async def test_a_search_opens_folds_and_counts() -> None:
    transcript = Transcript([Entry("p", "prompt", "P", "needle\n" + "x\n" * 40), Entry("a", text="a Needle, a needle")])
    stage = Stage(transcript)
    async with stage.run_test(size=SIZE, message_hook=stage.note) as pilot:
        assert transcript.search("needle") == 3
        await pilot.press("n")
        await pilot.pause()
        assert "x" in shown(transcript)
        assert [(m.position, m.count) for m in stage.heard(Transcript.Searched)] == [(3, 3), (1, 3)]
        await pilot.press("N", "escape", "n")
        assert transcript.search("nowhere") == 0


async def test_a_resize_wraps_anew_and_stays_at_the_end() -> None:
    words = " ".join(f"word{n}" for n in range(400))
    transcript = Transcript([Entry("a", text=words)])
    stage = Stage(transcript)
    async with stage.run_test(size=(120, 20)) as pilot:
        wide = transcript.virtual_size.height
        await pilot.resize_terminal(40, 20)
        await pilot.pause()
        assert transcript.virtual_size.height > 2 * wide
        assert "word399" in shown(transcript)
        assert all(strip.cell_length == 39 for strip in map(transcript.render_line, range(20)))


async def test_memory_is_bounded_and_says_that_something_is_gone() -> None:
    transcript = Transcript(most_characters=10_000)
    stage = Stage(transcript)
    async with stage.run_test(size=SIZE) as pilot:
        transcript.add(Entry("old", "note", text="old " * 100))
        transcript.add(Entry("a", streaming=True))
        for number in range(300):
            transcript.append("a", f"line {number} of a long answer, longer than what is kept of it\n")
            if number % 50 == 0:
                await asyncio.sleep(0.1)
        transcript.finish("a")
        await pilot.pause()
        assert len(transcript.text_of("a")) <= 10_000
        assert transcript.text_of("a").startswith("…\n")
        assert transcript.text_of("a").rstrip().endswith("line 299 of a long answer, longer than what is kept of it")
        assert "line 299" in shown(transcript)
        assert transcript.entries == ("a",)


async def test_an_entry_put_again_takes_its_place() -> None:
    transcript = Transcript([Entry("a", text="one"), Entry("b", text="two")])
    stage = Stage(transcript)
    async with stage.run_test(size=SIZE) as pilot:
        transcript.add(Entry("a", text="three"))
        await pilot.pause()
        assert transcript.entries == ("a", "b")
        assert "one" not in shown(transcript)
        transcript.clear()
        await pilot.pause()
        assert "What is said will appear here." in shown(transcript)


async def test_hostile_text_is_shown_harmlessly() -> None:
    hostile = "\x1b]8;;http://x\x07 [link=x]y[/] \u202e\u200b\x00 " + "z" * 100_000
    transcript = Transcript([Entry("s", title=hostile, streaming=True), Entry("a", title=hostile, text=hostile)])
    stage = Stage(transcript)
    async with stage.run_test(size=SIZE) as pilot:
        transcript.append("s", hostile)
        transcript.finish("s")
        await pilot.press("home")
        text = shown(transcript)
        assert not set("\x1b\x07\x00\u202e\u200b") & set(text)
        assert "␛]8;;http://x␇ [link=x]y[/]" in text


async def test_the_mouse_selects_what_it_drags_over() -> None:
    transcript = Transcript([Entry("a", text="first line\nsecond line")])
    stage = Stage(transcript)
    async with stage.run_test(size=SIZE) as pilot:
        await pilot.mouse_down(transcript, offset=(0, 1))
        await pilot.hover(transcript, offset=(5, 2))
        await pilot.mouse_up(transcript, offset=(5, 2))
        await pilot.press("y")
        assert stage.copied[-1].startswith("first line\nsecon")


@given(st.lists(st.text(alphabet="ab \n漢", max_size=12), max_size=12), st.integers(3, 20))
def test_a_streamed_text_is_laid_out_as_if_it_had_come_at_once(pieces: list[str], width: int) -> None:
    streamed, whole = Block(Entry("a", streaming=True)), Block(Entry("a", text="".join(pieces), streaming=True))
    streamed.lay_out(width)
    whole.lay_out(width)
    for piece in pieces:
        if piece:
            streamed.extend(piece)
    assert [streamed.plain_line(at) for at in range(streamed.height)] == [
        whole.plain_line(at) for at in range(whole.height)
    ]


@given(st.text(alphabet="#*`->_ ab\n1.~", max_size=80))
def test_any_text_becomes_paragraphs_and_loses_no_word(text: str) -> None:
    paragraphs = prose(text)
    assert sum(p.text.count("a") + p.prefix.count("a") for p in paragraphs) == text.count("a")
    assert isinstance(code_of(text), str)


async def test_what_came_before_it_was_on_the_screen_is_there() -> None:
    transcript = Transcript()
    transcript.add(Entry("a", streaming=True))
    transcript.append("a", "early words")
    stage = Stage(transcript)
    async with stage.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert "early words" in shown(transcript)
