"""Slips in other languages than Python that can be seen from the code and the task alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workbench.crew.slips.filters_elsewhere import with_old_conditions
from workbench.crew.slips.refusals import with_old_refusals
from workbench.edits.foreign.grammars import SCRIPTS, still_parses
from workbench.edits.foreign.nodes import field, text, walk
from workbench.edits.foreign.symbols import outline_of_file
from workbench.errors import EditRefused
from workbench.model import FileEdit

_MISSING = re.compile(
    r"\b(?:undefined|null|no value|missing|(?:is|are)(?:n't| not) (?:set|given|there|known))\b", re.IGNORECASE
)
_OF_FALSE = re.compile(r"\b(?:empty|blank|falsy|zero|0)\b|''|\"\"", re.IGNORECASE)
_HELD = frozenset({"subscript_expression", "member_expression"})
_LITERALS = frozenset({"string", "template_string", "number"})
_GIVEN = frozenset({"arrow_function", "return_statement", "variable_declarator", "assignment_expression", "arguments"})


def evident_elsewhere(task: str, edits: Sequence[FileEdit]) -> tuple[tuple[FileEdit, ...], tuple[str, ...]]:
    """Return edits without such slips, and what was done.

    A new `held[key] || other` is `held[key] ?? other` where a task speaks only of what is missing: 0 and the empty
    text are values. A refusal that another one took the place of, where the task asks for one more, stays behind it;
    a filter's old condition that gave way to a new one stays in front of it.
    """
    speaks_of_missing = _MISSING.search(task) and not _OF_FALSE.search(task)
    made = [_only_where_missing(edit) if speaks_of_missing else edit for edit in edits]
    done = [f"`??` for `||` in {one.path}" for one, edit in zip(made, edits, strict=True) if one is not edit]
    for with_old, what in ((with_old_refusals, "refused"), (with_old_conditions, "asked of each thing")):
        kept = [with_old(task, edit) for edit in made]
        done += [
            f"what was {what} in {one.path} still is" for one, edit in zip(kept, made, strict=True) if one is not edit
        ]
        made = kept
    return tuple(made), tuple(done)


def _only_where_missing(edit: FileEdit) -> FileEdit:
    if not edit.before or not edit.after:
        return edit
    try:
        before, after = edit.before.decode("utf-8"), edit.after.decode("utf-8")
        file = outline_of_file(edit.path, after)
    except (EditRefused, ValueError):
        return edit
    if file.language not in SCRIPTS or file.source != edit.after:
        return edit
    places = []
    for found in file.by_name.values():
        for node in (part for one in found for part in walk(one.node)):
            left, sign, right = (field(node, side) for side in ("left", "operator", "right"))
            if left is None or sign is None or right is None or text(file.source, sign) != "||":
                continue
            is_value = right.type in _LITERALS or (right.type == "identifier" and left.type == "subscript_expression")
            is_default = left.type in _HELD and is_value and node.parent and node.parent.type in _GIVEN
            if is_default and text(file.source, node) not in before:
                places.append(sign.start_byte)
    content = edit.after
    for place in sorted(set(places), reverse=True):
        content = content[:place] + b"??" + content[place + 2 :]
    is_sound = content != edit.after and still_parses(edit.path, after, content.decode("utf-8"))
    return edit.model_copy(update={"after": content}) if is_sound else edit
