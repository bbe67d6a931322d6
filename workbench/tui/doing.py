"""Doing what a key of the table does without the key: from the palette, and by a click on a hint."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from textual.app import SystemCommand

from workbench.tui.keys import KEYS, PANES, Key, shown

if TYPE_CHECKING:
    from workbench.tui.pane_actions import PaneActions


async def do(screen: PaneActions, key: Key) -> None:
    """Do it; what belongs to a pane is done there, and the pane comes into focus."""
    if key.action:
        await screen.run_action(key.action)
        return
    screen.action_pane(key.pane)
    widget = screen.query_one(f"#{key.pane}")
    for bindings in widget._bindings.key_to_bindings.values():
        for binding in bindings:
            if binding.id == key.binding_id:
                await widget.run_action(binding.action)
                return


def commands_for(screen: PaneActions) -> Iterator[SystemCommand]:
    """Yield every action of the table for the palette, with its keys as they are now."""
    keys_now = screen.bench.keys_now
    for key in KEYS:
        if key.name != "palette":
            place = f"{PANES[key.pane].partition(' ')[0]}: " if not key.action else ""
            does: Callable[[], Awaitable[None]] = partial(do, screen, key)
            yield SystemCommand(f"{place}{key.does}", f"key: {shown(keys_now.get(key.name, key.keys))}", does)
