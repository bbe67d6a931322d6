"""Text of strangers (names of files, tasks, models' answers, events, records) is shown and never obeyed."""

from __future__ import annotations

import asyncio
import json
import re
from pathlib import Path
from typing import Any

import pytest
from textual.drivers.headless_driver import HeadlessDriver
from textual.screen import Screen

from tests.house.place import Place
from tests.tui.day import NOW, Day
from tests.tui.house import READY, Sight, a_bench, opened
from workbench.tui.app import Workbench
from workbench.tui.dialogs import Ask, Choice, Choose, Help
from workbench.tui.events_screen import EventsScreen
from workbench.tui.new_task import NewTask
from workbench.tui.telemetry import EngineView, Telemetry

HARMFUL = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff"
    "\U000e0000-\U000e007f]"
)
TEXTS = {
    "markup": "[red]not red[/red] [@click=app.quit]no[/] [/nothing] [link=http://x]l[/link] \\[x",
    "ansi": "\x1b[31mred\x1b[2J\x1b[H\x1b[?1049l\x9b31m",
    "osc": "\x1b]8;;http://evil\x07link\x1b]8;;\x07\x1b]52;c;cm0gLXJm\x07\x1b]0;title\x07\x9d52;c;x\x9c",
    "bidi": "user\u202e\u2066 // admin\u2069\u2066 only\u200f\u061c",
    "zero-width": "pass\u200bword\u200d\u2060\ufeff\u00ad\U000e0041",
    "nul": "a\x00b\x07\x08\x0c\r\x0b\x85\u2028c",
    "surrogate": "half \ud800 a \udfff pair",
    "combining": "Z" + "\u0300\u0301\u0302\u0303\u0304\u0305" * 20,
    "long": "x" * 100_000,
    "wide": "漢字🦆👩‍👩‍👧‍👦ｶﾞ" * 50,
}


def shown(screen: Screen[Any]) -> str:
    """Return all that a screen paints; fail where any of it could command a terminal."""
    strips = screen._compositor.render_strips()
    assert all(segment.control is None for strip in strips for segment in strip)
    assert all(not (segment.style and segment.style.link) for strip in strips for segment in strip)
    text = "\n".join("".join(segment.text for segment in strip) for strip in strips)
    found = HARMFUL.search(text.replace("\n", ""))
    assert found is None, f"{found and found[0]!r} in {text[:2000]!r}"
    return text


async def walk(sight: Sight, seen: list[str]) -> None:
    """Look at every task in every pane, and at what can be laid over them."""
    app = sight.app
    for name in list(sight.table.shown_ids)[:5]:
        sight.table.move_to(name)
        await sight.until(lambda name=name: app.main.detail is not None and app.main.detail.task_id == name)  # type: ignore[misc]
        for key in (".", ".", "2", "d", "G", "3", "space"):
            await sight.press(key)
            seen.append(shown(app.screen))
    for key, leave in (("g", "escape"), ("?", "escape"), ("+", "escape"), ("r", "escape"), (":", "escape")):
        await sight.press(key)
        await sight.pilot.pause()
        seen.append(shown(app.screen))
        if app.screen is not app.main:
            await sight.press(leave)
    assert app._exception is None


def poisoned(day: Day, text: str) -> None:
    """Put a text into every field of every record, proposal, transcript and event that holds words."""

    def mad(value: Any, name: str = "") -> Any:
        if isinstance(value, dict):
            return {key: mad(inner, key) for key, inner in value.items()}
        if isinstance(value, list):
            return [mad(inner, name) for inner in value]
        kept = {"id", "state", "event", "task_id", "finish", "after", "before"}
        is_task = isinstance(value, str) and re.fullmatch(r"[0-9a-z]{14}", value) is not None
        return text + value if isinstance(value, str) and name not in kept and not is_task else value

    for path in day.folder.path.rglob("*.json"):
        path.write_text(json.dumps(mad(json.loads(path.read_text(encoding="utf-8")))), encoding="utf-8")
    for path in day.folder.path.rglob("*.jsonl"):
        lines = [mad(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]
        path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    for path in day.folder.path.rglob("proposal.patch"):
        added = f"\n+{text}".encode("utf-8", "surrogatepass")
        path.write_bytes(path.read_bytes().replace(b"\n+", added + b"\n+", 1).replace(b",22 @@", b",23 @@"))


MIXES = {
    "commands": "".join(TEXTS[name] for name in ("markup", "ansi", "osc", "nul")),
    "shapes": "".join(TEXTS[name] for name in ("bidi", "zero-width", "surrogate", "combining", "wide")),
}
"""The texts together, for every day; each by itself is among the slow tests."""


@pytest.mark.parametrize("name", [*MIXES, *(pytest.param(name, marks=pytest.mark.slow) for name in TEXTS)])
async def test_text_of_strangers_in_every_field_is_shown_harmlessly(day: Day, name: str) -> None:
    text = (TEXTS | MIXES)[name]
    poisoned(day, text)
    engines = (EngineView("o" + text, True, text, text, (text, "qwen2.5-coder:1.5b")),)
    seen: list[str] = []
    async with opened(day, telemetry=Telemetry(READY.machine, engines)) as sight:
        sight.happen(*({**line, "voice": f"{text}v", "model": text} for line in day.live))
        sight.happen(
            {"event": "token-streamed", "task": day.ids["running"], "voice": f"{text}v", "text": text, "at": NOW}
        )
        sight.happen(
            {"event": "file-refused", "file": text, "error": {"message": text, "hint": text}, "at": NOW},
            {"event": "review-asked", "task": day.ids["failed"], "verdict": text, "summary": text, "files": [text]},
        )
        await sight.until(lambda: len(sight.toasts) >= 2)
        assert all(HARMFUL.search(words) is None for words in sight.toasts)
        await walk(sight, seen)
    whole = "\n".join(seen)
    if name in {"markup", "commands"}:
        assert "[red]not red[/red]" in whole
        assert "[@click=app.quit]no[/]" in whole
    if name in {"ansi", "osc", "commands"}:
        assert "␛" in whole, "it is seen that there was something"


HOSTILE = "".join(TEXTS[name] for name in ("markup", "ansi", "osc", "bidi", "zero-width"))


@pytest.fixture
def hostile_day(tmp_path: Path) -> Day:
    """A run of the real runner over a file, a task and an answer that are all hostile, and one over a bad name."""
    place = Place(tmp_path / "repository", rules=[{"answer": f"```\n{HOSTILE}\n```\n# {HOSTILE}"}])
    for name in ("[red]not red.py", "\x1b[31m\u202evil\u200b.py"):
        (place.root / name).write_text(f'def f(x):\n    return """{TEXTS["bidi"]}{TEXTS["markup"]}"""\n')
    chat = {"kind": "chat", "targets": (), "by": HOSTILE[:60]}
    ids = {
        "chat": place.drop(f"Explain {HOSTILE}", read=("[[]red]not red.py",), **chat),
        "refused": place.drop(f"Explain {HOSTILE}", read=("\x1b[31m\u202evil\u200b.py",), **chat),
        "patch": place.drop(f"Change {HOSTILE}", targets=("*.py",)),
    }
    asyncio.run(place.drain())
    return Day(place.root, ids)


@pytest.mark.slow
async def test_a_real_run_over_hostile_names_and_words_is_shown_harmlessly(hostile_day: Day) -> None:
    seen: list[str] = []
    async with opened(hostile_day) as sight:
        assert len(sight.table.shown_ids) >= 1
        await walk(sight, seen)
    whole = "\n".join(seen)
    assert "[red]not red" in whole
    assert "␛[31m" in whole


@pytest.mark.parametrize("name", TEXTS)
async def test_questions_show_any_text_harmlessly(day: Day, name: str) -> None:
    text = TEXTS[name]
    async with opened(day) as sight:
        for screen in (
            Ask(text, value=text, placeholder=text),
            Choose(text, [Choice("a", text, "a")], words=text[:400]),
            NewTask(["patch"], [text], [text], {"task": text, "targets": [text]}, text),
            EventsScreen(day.folder),
            Help("tasks", {"approve": text}),
        ):
            sight.app.push_screen(screen)
            await sight.until(lambda screen=screen: sight.app.screen is screen)  # type: ignore[misc]
            await sight.pilot.pause()
            shown(sight.app.screen)
            sight.app.pop_screen()
            await sight.pilot.pause()


@pytest.mark.parametrize("program", ["iTerm.app", "WezTerm", "ghostty", "foot"])
async def test_what_the_terminal_itself_is_told_holds_one_command_and_no_other(
    day: Day, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    monkeypatch.setenv("TERM_PROGRAM", program)
    said: list[str] = []
    bench = a_bench(day)
    async with opened(day, bench=bench):
        monkeypatch.setattr(Workbench, "is_headless", False)
        monkeypatch.setattr(HeadlessDriver, "write", lambda self, data: said.append(data))
        for text in TEXTS.values():
            bench._notify_terminal(f"patch {text}; waits")
        monkeypatch.undo()
    assert len(said) == len(TEXTS)
    for line in said:
        found = re.fullmatch(r"\x1b\](9;|777;notify;Nanites;)([^;]*)\x07", line)
        assert found is not None, repr(line[:200])
        assert HARMFUL.search(found[2]) is None


async def test_a_terminal_without_such_news_is_told_nothing(day: Day, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    bench = a_bench(day)
    async with opened(day, bench=bench):
        monkeypatch.setattr(Workbench, "is_headless", False)
        monkeypatch.setattr(HeadlessDriver, "write", lambda self, data: said.append(data))
        bench._notify_terminal("patch waits")
        monkeypatch.undo()
    assert said == []
