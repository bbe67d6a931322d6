"""Every key of the terminal workbench in one table: bindings, footer, help, palette and docs/keys.md all come from it.

A name on the left of nanites.toml's `[keys]` is an action's `name`; `binding` is how Textual knows it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from workbench.errors import SettingsError

Pane = Literal["everywhere", "review", "tasks", "diff", "transcript"]

PANES: dict[Pane, str] = {
    "everywhere": "Everywhere",
    "review": "Deciding (in every pane, about the selected task)",
    "tasks": "Tasks",
    "diff": "Diff",
    "transcript": "Transcript",
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
    Key("note", "c", "Write a note on the hunk; it goes along with a rejection", "review", "note"),
    Key("cancel", "x", "Cancel the task", "review", "cancel"),
    Key("new", "plus_sign,+", "New task", "everywhere", "new_task", label="new"),
    Key("search", "slash,/", "Search in the pane", "everywhere", "search", label="search"),
    Key("filter", "f", "Filter tasks by state, kind or text", "everywhere", "filter"),
    Key("zoom", "z", "Give the pane the whole screen, and back", "everywhere", "zoom"),
    Key("events", "g", "Show the log of events", "everywhere", "events"),
    Key("theme", "t", "Choose a theme", "everywhere", "theme"),
    Key("help", "question_mark,f1", "Help for the pane", "everywhere", "help", label="help"),
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
)
"""The table. Order is the order of help and footer."""


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
    _refuse_twins({key.name: remapped.get(key.name, key.keys) for key in table}, known)
    return {known[name].binding_id: keys for name, keys in remapped.items()}


def _refuse_twins(keys_of: Mapping[str, str], known: Mapping[str, Key]) -> None:
    taken: dict[tuple[str, str], str] = {}
    for name, keys in keys_of.items():
        pane = known[name].pane
        places = (pane,) if pane not in {"everywhere", "review"} else ("everywhere",)
        for key in keys.split(","):
            for place in places:
                other = taken.setdefault((place, key.strip()), name)
                if other != name:
                    raise SettingsError(
                        f"nanites.toml: keys: {name} and {other} would both be {key.strip()}",
                        hint="give one of them another key",
                    )


def shown(keys: str) -> str:
    """Return keys as people read them: `plus_sign,+` is `+`."""
    names = {
        "plus_sign": "+",
        "slash": "/",
        "question_mark": "?",
        "full_stop": ".",
        "comma": ",",
        "left_square_bracket": "[",
        "right_square_bracket": "]",
    }
    found = [names.get(key.strip(), key.strip()) for key in keys.split(",")]
    return " ".join(dict.fromkeys(part for part in found if part))


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
