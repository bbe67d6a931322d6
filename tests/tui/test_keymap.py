"""One table of keys: what nanites.toml may change of it, and that widgets, help, palette and docs say the same."""

from __future__ import annotations

import subprocess
import sys

import pytest
from textual.binding import Binding
from textual.command import CommandPalette
from textual.screen import Screen
from textual.widgets import Input, OptionList

from tests.tui.day import Day
from tests.tui.house import opened
from widgets.diff_view import DiffView
from widgets.meters import AgentList
from widgets.task_table import TaskTable
from widgets.transcript import Transcript
from workbench.errors import SettingsError
from workbench.settings import load
from workbench.tui.app import Workbench
from workbench.tui.dialogs import Help
from workbench.tui.doing import commands_for
from workbench.tui.keys import KEYS, PANES, keymap, shown, table_text

MULTIPLEXERS = {f"ctrl+{key}" for key in "abghjnopqst"}
"""What tmux, screen and zellij begin with, and what a terminal takes for itself: ctrl+s, ctrl+q, ctrl+h, ctrl+j."""


@pytest.mark.parametrize(
    ("prefix", "widget"),
    [("tasks.", TaskTable), ("diff.", DiffView), ("transcript.", Transcript), ("agents.", AgentList)],
)
def test_the_table_has_every_binding_of_a_widget_and_no_other(prefix: str, widget: type[TaskTable]) -> None:
    bound = {each.id: each.key for each in widget.BINDINGS if isinstance(each, Binding)}
    assert len(bound) == len(widget.BINDINGS), "each is a Binding with an id of its own"
    assert {key.binding: key.keys for key in KEYS if key.binding.startswith(prefix)} == bound


def test_names_are_unique_and_ids_too() -> None:
    assert len({key.name for key in KEYS}) == len({key.binding_id for key in KEYS}) == len(KEYS)
    assert all(bool(key.action) is not bool(key.binding) for key in KEYS)


def test_no_key_is_one_that_a_multiplexer_takes() -> None:
    assert {key.name for key in KEYS for stroke in key.keys.split(",") if stroke in MULTIPLEXERS} == set()


def test_the_table_as_it_is_has_no_twins() -> None:
    assert keymap({}) == {}


@pytest.mark.parametrize(
    ("remapped", "words"),
    [
        ({"aprove": "a"}, "keys.aprove: there is no such action"),
        ({"approve": ""}, "keys.approve: name a key"),
        ({"approve": 3}, "keys.approve: name a key"),
        ({"approve": "entr"}, "keys.approve: there is no key 'entr'"),
        ({"approve": "a,control+a"}, "keys.approve: there is no key 'control+a'"),
        ({"approve": ","}, "keys.approve: there is no key ''"),
        ({"approve": "r"}, "reject and approve would both be r"),
        ({"reject": "q"}, "quit and reject would both be q"),
        ({"toggle-hunk": "n"}, "next-hunk and toggle-hunk would both be n"),
        ({"approve": "?"}, "help and approve would both be question_mark"),
        ({"approve": "slash"}, "search and approve would both be slash"),
        ({"approve": "y"}, "copy and approve would both be y"),
        ({"copy": "a"}, "copy and approve would both be a"),
        ({"tasks-down": "ctrl+d, x"}, "tasks-down and cancel would both be x"),
    ],
)
def test_a_remapping_that_cannot_be_is_refused_in_words(remapped: dict[str, str], words: str) -> None:
    with pytest.raises(SettingsError) as caught:
        keymap(remapped)
    assert words in str(caught.value) or _turned(words) in str(caught.value)
    assert caught.value.hint


def _turned(words: str) -> str:
    one, _, rest = words.partition(" and ")
    other, _, end = rest.partition(" ")
    return f"{other} and {one} {end}"


@pytest.mark.parametrize(
    "stroke", ["§", "ctrl+a", "ctrl++", "ctrl+shift+f5", "alt+slash", "tilde", "f12", "ctrl+pagedown", "semicolon,f9"]
)
def test_every_key_that_a_terminal_can_send_may_be_named(stroke: str) -> None:
    assert keymap({"approve": stroke}) == {"workbench.approve": stroke}


def test_two_actions_of_one_place_can_change_keys() -> None:
    assert keymap({"approve": "r", "reject": "a"}) == {"workbench.approve": "r", "workbench.reject": "a"}


async def test_a_key_of_nanites_toml_takes_the_place_of_the_usual_one(day: Day) -> None:
    (day.root / "nanites.toml").write_text('[keys]\napprove = "ctrl+y,§"\nnext-hunk = "N"\nprevious-match = "n"\n')
    for stroke in ("ctrl+y", "§"):
        async with opened(day, settings=load(day.root)) as sight:
            task = await sight.select("patch")
            await sight.press("a")
            assert sight.decisions == {}
            assert sight.text_of(sight.app.main)[-1].startswith(" ctrl+y approve")
            await sight.press(stroke)
            assert sight.decisions.pop(task) == {"decision": "approve"}
            (day.folder.decisions / f"{task}.json").unlink()
            await sight.select("proven")
            await sight.focus("diff")
            await sight.press("N", "N")
            assert sight.diff.current_hunk == 2


def test_a_bad_remapping_keeps_the_workbench_from_starting(day: Day) -> None:
    (day.root / "nanites.toml").write_text('[keys]\napprove = "r"\n')
    with pytest.raises(SettingsError, match="would both be r"):
        Workbench(day.folder, load(day.root))


@pytest.mark.parametrize("pane", ["tasks", "diff", "transcript", "nanites", "machine"])
async def test_keys_that_decide_work_in_every_pane(day: Day, pane: str) -> None:
    async with opened(day) as sight:
        await sight.go_live()
        task = await sight.select("patch")
        await sight.focus(pane)
        assert sight.pane == pane
        await sight.press("a")
        assert sight.decisions == {task: {"decision": "approve"}}


@pytest.mark.parametrize("opener", ["f", "r", "c", "plus"])
async def test_keys_that_decide_are_off_while_a_text_field_has_the_focus(day: Day, opener: str) -> None:
    letters = "".join(shown(key.keys).split()[0] for key in KEYS if key.pane == "review")
    async with opened(day) as sight:
        await sight.select("patch")
        await sight.press(opener)
        field = sight.app.focused
        assert field is not None
        screen = sight.app.screen
        await sight.press(*letters, *"qzgt12345")
        written = field.value if isinstance(field, Input) else getattr(field, "text", "")
        assert written == letters + "qzgt12345"
        assert sight.decisions == {}
        assert sight.app.screen is screen
        assert not sight.app._exit


@pytest.mark.parametrize("pane", ["tasks", "diff", "transcript", "nanites"])
async def test_help_begins_with_the_keys_of_the_pane_in_focus(day: Day, pane: str) -> None:
    async with opened(day, size=(120, 60)) as sight:
        await sight.focus(pane)
        await sight.press("?")
        await sight.until(lambda: isinstance(sight.app.screen, Help))
        words = "\n".join(sight.text_of(sight.app.screen.query_one(".dialog")))
        begin = next(key for key in KEYS if key.pane == pane)
        assert words.index(PANES[pane]) < words.index(begin.does) < words.index("Deciding")  # type: ignore[index]
        await sight.press("escape")
        assert sight.app.screen is sight.app.main


async def test_the_palette_offers_every_action(day: Day) -> None:
    async with opened(day) as sight:
        offered = list(sight.app.get_system_commands(sight.app.main))
        wanted = [key for key in KEYS if key.name != "palette"]
        assert len({command.title for command in offered}) == len(offered) == len(wanted)
        assert all(key.does in command.title for key, command in zip(wanted, offered, strict=True))
        assert all(shown(key.keys) in command.help for key, command in zip(wanted, offered, strict=True))
        assert list(sight.app.get_system_commands(Help("tasks", {}))) == []


@pytest.mark.slow
async def test_an_action_chosen_in_the_palette_is_done(day: Day) -> None:
    async with opened(day) as sight:
        task = await sight.select("patch")
        for words, done in (
            ("Diff: Side by side", lambda: sight.heard(DiffView.LayoutChanged)),
            ("Approve what is kept", lambda: sight.decisions == {task: {"decision": "approve"}}),
        ):
            await sight.press(":")
            await sight.until(lambda: isinstance(sight.app.screen, CommandPalette))
            await sight.press(*words)
            options = sight.app.screen.query_one(OptionList)
            await sight.until(lambda options=options: options.option_count == 1, words)  # type: ignore[misc]
            await sight.press("enter")
            await sight.press(*() if sight.app.screen is sight.app.main else ("enter",))
            await sight.until(done, words)


@pytest.mark.slow
async def test_every_action_of_the_palette_can_be_done_without_raising(day: Day) -> None:
    async with opened(day) as sight:
        main: Screen[None] = sight.app.main
        for command in list(commands_for(sight.app.main)):
            if "Quit" in command.title or "$EDITOR" in command.title:
                continue
            await command.callback()
            await sight.pilot.pause()
            while sight.app.screen is not main:
                sight.app.pop_screen()
            assert sight.app._exception is None, command.title


async def test_ctrl_c_says_how_to_leave(day: Day) -> None:
    async with opened(day) as sight:
        await sight.press("ctrl+c")
        assert sight.toasts == ["q quits, and asks if work is running"]


@pytest.mark.parametrize("pane", ["diff", "transcript", "tasks"])
async def test_escape_leaves_the_zoom_in_every_pane(day: Day, pane: str) -> None:
    async with opened(day) as sight:
        await sight.select("patch")
        await sight.focus(pane)
        await sight.press("z", "escape")
        assert not sight.app.main.has_class("-zoomed")


def test_the_table_can_be_read_without_a_screen() -> None:
    code = "import sys, workbench.tui.keys; sys.exit('textual' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_docs_name_every_key_as_the_table_has_it() -> None:
    told = table_text()
    assert all(f"| `{shown(key.keys)}` | {key.does} | `{key.name}` |" in told for key in KEYS)
