"""What an answer in another language than Python wrote over, put back into it function by function."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import TYPE_CHECKING

from workbench.edits.foreign.grammars import still_parses
from workbench.edits.foreign.outline import Outline
from workbench.edits.foreign.symbols import outline_of_file
from workbench.errors import EditRefused
from workbench.model import FileEdit

if TYPE_CHECKING:
    from tree_sitter import Node

Swap = tuple[int, int, str]
"""Bytes of the answer, from and to, and what stands there then."""

Lost = Callable[[Outline, "Node", Outline, "Node"], Iterator[Swap]]
"""Yields what a function lost, given the file and the function before, and both as they are now."""


def with_what_was_lost(edit: FileEdit, languages: Collection[str], lost: Lost) -> FileEdit:
    """Return a change with what its functions lost put back, if it still parses; else the change as it is.

    Args:
        edit: the change of one file.
        languages: the grammars' names; a file of any other is left alone.
        lost: what is looked for, in each function that is there once before and after.
    """
    if not edit.before or not edit.after:
        return edit
    try:
        after = edit.after.decode("utf-8")
        was, now = outline_of_file(edit.path, edit.before.decode("utf-8")), outline_of_file(edit.path, after)
    except (EditRefused, ValueError):
        return edit
    if now.language not in languages or now.source != edit.after or was.source != edit.before:
        return edit
    content = edit.after
    swaps = {swap for old, new in _functions(was, now) for swap in lost(was, old, now, new)}
    for start, end, new in sorted(swaps, reverse=True):
        content = content[:start] + new.encode("utf-8") + content[end:]
    is_sound = content != edit.after and still_parses(edit.path, after, content.decode("utf-8"))
    return edit.model_copy(update={"after": content}) if is_sound else edit


def _functions(was: Outline, now: Outline) -> Iterator[tuple[Node, Node]]:
    for name, found in was.by_name.items():
        others = now.by_name.get(name, [])
        if len(found) == len(others) == 1 and found[0].kind == "function":
            yield found[0].node, others[0].node
