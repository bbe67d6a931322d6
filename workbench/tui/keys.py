"""Every key of the terminal workbench in one table: bindings, footer, help, palette and docs/keys.md all come from it.

A name on the left of nanites.toml's `[keys]` is an action's `name`; `binding` is how Textual knows it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from workbench.errors import SettingsError

Pane = Literal["everywhere", "review", "tasks", "diff", "transcript", "nanites"]

PANES: dict[Pane, str] = {
    "everywhere": "Everywhere",
    "review": "Deciding (in every pane, about the selected task)",
    "tasks": "Tasks",
    "diff": "Diff",
    "transcript": "Transcript",
    "nanites": "Nanites",
}


@dataclass(frozen=True, slots=True)
class Key:
    """One action and its keys.

    Attributes:
        name: what nanites.toml calls it.
        keys: key names as Textual has them, with commas between.
        does: a few words for the help and the footer.
        pane: where the key works.
        action: the screen's action; empty where the pane's widget has the binding.
        binding: the binding's ID.
        label: a word for the footer; empty keeps it out of there.
    """

    name: str
    keys: str
    does: str
    pane: Pane
    action: str = ""
    binding: str = ""
    label: str = ""

    @property
    def binding_id(self) -> str:
        """How Textual knows the binding."""
        return self.binding or f"workbench.{self.name}"


KEYS: tuple[Key, ...] = (
    Key("approve", "a", "Approve what is kept of the proposal", "review", "approve", label="approve"),
    Key("approve-proven", "A", "Approve every proposal that is proven", "review", "approve_proven"),
    Key("reject", "r", "Reject, with a reason the nanite hears if you retry", "review", "reject", label="reject"),
    Key("edit", "e", "Edit the proposal in $EDITOR", "review", "edit"),
    Key("retry", "R", "Run the task again", "review", "retry"),
    Key("undo", "u", "Undo an applied change", "review", "undo", label="undo"),
    Key("allow", "m", "Say whether a command that the task asks about may run", "review", "allow"),
    Key("note", "c", "Write a note on the hunk; it goes along with a rejection", "review", "note"),
    Key("cancel", "x", "Cancel the task", "review", "cancel"),
    Key("new", "plus_sign,+", "New task", "everywhere", "new_task", label="new"),
    Key("search", "slash,/", "Search in the pane", "everywhere", "search", label="search"),
    Key("filter", "f", "Filter tasks by state, kind or text", "everywhere", "filter"),
    Key("zoom", "z", "Give the pane the whole screen, and back", "everywhere", "zoom"),
    Key("events", "g", "Show the log of events", "everywhere", "events"),
    Key("theme", "t", "Choose a theme", "everywhere", "theme"),
    Key("palette", "colon,:", "All actions by name", "everywhere", "palette"),
    Key("help", "question_mark,f1", "Help for the pane", "everywhere", "help", label="help"),
    Key("leave", "escape", "Close the search, leave the zoom", "everywhere", "leave"),
    Key("quit", "q", "Quit; asks if work is running", "everywhere", "quit_workbench"),
    Key("next-pane", "tab", "Next pane", "everywhere", "next_pane"),
    Key("previous-pane", "shift+tab", "Previous pane", "everywhere", "previous_pane"),
    Key("pane-tasks", "1", "Go to the tasks", "everywhere", "pane('tasks')"),
    Key("pane-diff", "2", "Go to the diff", "everywhere", "pane('diff')"),
    Key("pane-transcript", "3", "Go to the transcript", "everywhere", "pane('transcript')"),
    Key("pane-nanites", "4", "Go to the nanites", "everywhere", "pane('nanites')"),
    Key("pane-machine", "5", "Go to the machine", "everywhere", "pane('machine')"),
    Key("next-voice", "full_stop,.", "Next voice of the transcript", "everywhere", "voice(1)"),
    Key("previous-voice", "comma", "Previous voice of the transcript", "everywhere", "voice(-1)"),
    Key("tasks-down", "j,down", "Next task", "tasks", binding="tasks.down"),
    Key("tasks-up", "k,up", "Previous task", "tasks", binding="tasks.up"),
    Key("tasks-page-down", "pagedown", "A page down", "tasks", binding="tasks.page_down"),
    Key("tasks-page-up", "pageup", "A page up", "tasks", binding="tasks.page_up"),
    Key("tasks-first", "home", "First task", "tasks", binding="tasks.first"),
    Key("tasks-last", "end,G", "Last task", "tasks", binding="tasks.last"),
    Key("open", "enter", "Go to the task's change", "tasks", binding="tasks.open"),
    Key("unfold", "right,l", "Show the tasks of a sweep", "tasks", binding="tasks.unfold"),
    Key("fold", "left,h", "Fold them away", "tasks", binding="tasks.fold"),
    Key("toggle-hunk", "space", "Keep or drop the hunk", "diff", binding="diff.toggle_hunk"),
    Key("next-hunk", "n", "Next hunk; next match while searching", "diff", binding="diff.next"),
    Key("previous-hunk", "p", "Previous hunk", "diff", binding="diff.previous_hunk"),
    Key("previous-match", "N", "Previous match", "diff", binding="diff.previous_match"),
    Key("next-file", "right_square_bracket", "Next file", "diff", binding="diff.next_file"),
    Key("previous-file", "left_square_bracket", "Previous file", "diff", binding="diff.previous_file"),
    Key("expand", "o", "Show more of the file around the hunk", "diff", binding="diff.expand"),
    Key("layout", "d", "Side by side or unified", "diff", binding="diff.toggle_layout"),
    Key("wrap", "w", "Wrap long lines or scroll them", "diff", binding="diff.toggle_wrap"),
    Key("select", "v", "Begin or end a selection of lines", "diff", binding="diff.select"),
    Key("other-side", "s", "Select on the other side", "diff", binding="diff.switch_side"),
    Key("copy", "y", "Copy the selection or the hunk, without + and -", "diff", binding="diff.copy"),
    Key("diff-down", "j,down", "A line down", "diff", binding="diff.down"),
    Key("diff-up", "k,up", "A line up", "diff", binding="diff.up"),
    Key("diff-page-down", "pagedown", "A page down", "diff", binding="diff.page_down"),
    Key("diff-page-up", "pageup", "A page up", "diff", binding="diff.page_up"),
    Key("diff-top", "home", "The beginning", "diff", binding="diff.top"),
    Key("diff-end", "end,G", "The end", "diff", binding="diff.end"),
    Key("diff-left", "left,h", "To the left", "diff", binding="diff.left"),
    Key("diff-right", "right,l", "To the right", "diff", binding="diff.right"),
    Key("diff-leave", "escape", "End the selection or the search", "diff", binding="diff.leave"),
    Key("toggle-fold", "space,enter", "Fold or unfold the entry", "transcript", binding="transcript.toggle_fold"),
    Key("copy-entry", "y", "Copy the entry", "transcript", binding="transcript.copy"),
    Key("copy-code", "Y", "Copy the code in the entry", "transcript", binding="transcript.copy_code"),
    Key("next-entry", "right_square_bracket", "Next entry", "transcript", binding="transcript.next_entry"),
    Key("previous-entry", "left_square_bracket", "Previous entry", "transcript", binding="transcript.previous_entry"),
    Key("transcript-next-match", "n", "Next match", "transcript", binding="transcript.next_match"),
    Key("transcript-previous-match", "N", "Previous match", "transcript", binding="transcript.previous_match"),
    Key("transcript-down", "j,down", "A line down", "transcript", binding="transcript.down"),
    Key("transcript-up", "k,up", "A line up", "transcript", binding="transcript.up"),
    Key("transcript-page-down", "pagedown", "A page down", "transcript", binding="transcript.page_down"),
    Key("transcript-page-up", "pageup", "A page up", "transcript", binding="transcript.page_up"),
    Key("transcript-top", "home", "The beginning", "transcript", binding="transcript.top"),
    Key("transcript-end", "end,G", "The end, and follow it", "transcript", binding="transcript.end"),
    Key("transcript-leave", "escape", "End the search", "transcript", binding="transcript.leave"),
    Key("agents-down", "j,down", "Next nanite", "nanites", binding="agents.down"),
    Key("agents-up", "k,up", "Previous nanite", "nanites", binding="agents.up"),
    Key("agents-open", "enter", "Go to what it writes", "nanites", binding="agents.open"),
)
"""The table. Order is the order of help and footer."""


def remapped_keys(root: Path) -> dict[str, str]:
    """Return `[keys]` of a repository's nanites.toml, read without the rest: the first picture does not wait for it.

    Where the file cannot be read as TOML there are none: whoever reads the settings then tells what is wrong.
    """
    try:
        data = (root / "nanites.toml").read_bytes()
    except OSError:
        return {}
    import tomllib

    try:
        keys = tomllib.loads(data.decode("utf-8")).get("keys")
    except (ValueError, RecursionError):
        return {}
    return keys if isinstance(keys, dict) else {}


def keymap(remapped: Mapping[str, str], table: tuple[Key, ...] = KEYS) -> dict[str, str]:
    """Return binding ID → keys for what nanites.toml remaps.

    Raises:
        SettingsError: there is no such action, or two actions of one place would have one key.
    """
    known = {key.name: key for key in table}
    for name, keys in remapped.items():
        if name not in known:
            raise SettingsError(
                f"nanites.toml: keys.{name}: there is no such action", hint="docs/keys.md lists the names"
            )
        if not isinstance(keys, str) or not keys.strip():
            raise SettingsError(f"nanites.toml: keys.{name}: name a key", hint='as in approve = "a"')
        for stroke in keys.split(","):
            if not _is_key(stroke.strip()):
                raise SettingsError(
                    f"nanites.toml: keys.{name}: there is no key {stroke.strip()!r}",
                    hint='as in "a", "ctrl+a", "f5", "pagedown", "comma"; several with commas between',
                )
    _refuse_twins({key.name: remapped.get(key.name, key.keys) for key in table}, known, frozenset(remapped))
    return {known[name].binding_id: keys for name, keys in remapped.items()}


def _refuse_twins(keys_of: Mapping[str, str], known: Mapping[str, Key], remapped: frozenset[str]) -> None:
    taken: dict[str, list[str]] = {}
    for name, keys in keys_of.items():
        for key in dict.fromkeys(map(_named, keys.split(","))):
            for other in taken.setdefault(key, []):
                if _meet(known[name], known[other], remapped):
                    raise SettingsError(
                        f"nanites.toml: keys: {name} and {other} would both be {key}",
                        hint="give one of them another key",
                    )
            taken[key].append(name)


def _meet(one: Key, other: Key, remapped: frozenset[str]) -> bool:
    """Return whether one key for both would put an action out of reach where the table does not mean it."""
    wide = [key.pane in {"everywhere", "review"} for key in (one, other)]
    return one.pane == other.pane or all(wide) or (any(wide) and not remapped.isdisjoint({one.name, other.name}))


_RENAMED = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}


_MODIFIERS = {"alt", "ctrl", "hyper", "meta", "shift", "super"}


def _is_key(stroke: str) -> bool:
    """Return whether Textual may ever send a key of this name."""
    from textual.keys import Keys, key_to_character

    *modifiers, key = re.split(r"(?<=.)\+(?=.)", stroke)
    if not set(modifiers) <= _MODIFIERS:
        return False
    named = {known.value for known in Keys} | set(_RENAMED.values())
    return len(key) == 1 or key in named or key_to_character(key) is not None


def _named(key: str) -> str:
    """Return a key as Textual names it, so that `/` and `slash` are one."""
    key = key.strip()
    if len(key) == 1 and not key.isalnum():
        key = unicodedata.name(key, key).lower().replace("-", "_").replace(" ", "_")
    return _RENAMED.get(key, key)


def shown(keys: str) -> str:
    """Return keys as people read them: `plus_sign,+` is `+`."""
    names = {
        "plus_sign": "+",
        "slash": "/",
        "question_mark": "?",
        "full_stop": ".",
        "comma": ",",
        "colon": ":",
        "left_square_bracket": "[",
        "right_square_bracket": "]",
    }
    found = [names.get(key.strip(), key.strip()) for key in keys.split(",")]
    return " ".join(dict.fromkeys(part for part in found if part))


def first_key(keys: str) -> str:
    """Return the first of several keys as people read it."""
    return shown(keys).partition(" ")[0]


def table_text(table: tuple[Key, ...] = KEYS) -> str:
    """Return the table for docs/keys.md, a section for each pane."""
    lines: list[str] = []
    for pane, title in PANES.items():
        rows = [key for key in table if key.pane == pane]
        if rows:
            lines += [f"## {title}", "", "| key | does | name in nanites.toml |", "| --- | --- | --- |"]
            lines += [f"| `{shown(key.keys)}` | {key.does} | `{key.name}` |" for key in rows]
            lines.append("")
    return "\n".join(lines)
