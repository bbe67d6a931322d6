"""What a filter in JavaScript let through, asked by a new condition alone: the old one stays in front of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workbench.crew.slips.conditions import passes_over_too
from workbench.edits.foreign.grammars import SCRIPTS, still_parses
from workbench.edits.foreign.nodes import field, text, walk
from workbench.edits.foreign.outline import Outline
from workbench.edits.foreign.symbols import outline_of_file
from workbench.errors import EditRefused
from workbench.model import FileEdit

if TYPE_CHECKING:
    from tree_sitter import Node

_NAME = re.compile(r"[A-Za-z_$][\w$]*")
_LOOSE = re.compile(r"\|\||\?\?|\?[^.]|=>")


def with_old_conditions(task: str, edit: FileEdit) -> FileEdit:
    """Return a change with what a filter asked before in front of what it asks now, where it asks nothing of that.

    Only where a task wants something passed over, and the two look at other fields.
    """
    if not passes_over_too(task) or not edit.before or not edit.after:
        return edit
    try:
        after = edit.after.decode("utf-8")
        was, now = outline_of_file(edit.path, edit.before.decode("utf-8")), outline_of_file(edit.path, after)
    except (EditRefused, ValueError):
        return edit
    if now.language not in SCRIPTS or now.source != edit.after or was.source != edit.before:
        return edit
    content = edit.after
    for start, end, new in sorted(_put_back(was, now), reverse=True):
        content = content[:start] + new.encode("utf-8") + content[end:]
    is_sound = content != edit.after and still_parses(edit.path, after, content.decode("utf-8"))
    return edit.model_copy(update={"after": content}) if is_sound else edit


def _put_back(was: Outline, now: Outline) -> set[tuple[int, int, str]]:
    swaps = set()
    for name, found in was.by_name.items():
        others = now.by_name.get(name, [])
        if len(found) != 1 or len(others) != 1 or found[0].kind != "function":
            continue
        old, new = (_filters(file, one[0].node) for file, one in ((was, found), (now, others)))
        code = text(now.source, others[0].node)
        for held, (given, body) in new.items():
            before = old.get(held)
            if before is None or before[0] != given or text(was.source, before[1]) in code:
                continue
            said, own = text(was.source, before[1]), text(now.source, body)
            if {*_NAME.findall(said)} & {*_NAME.findall(own)} <= {given}:
                first, second = (f"({one})" if _LOOSE.search(one) else one for one in (said, own))
                swaps.add((body.start_byte, body.end_byte, f"{first} && {second}"))
    return swaps


def _filters(file: Outline, root: Node) -> dict[str, tuple[str, Node]]:
    """Return what each `filter` of a function asks: by what is filtered, the name of each thing and the question."""
    found: dict[str, tuple[str, Node]] = {}
    for node in walk(root):
        called = field(node, "function") if node.type == "call_expression" else None
        given = field(node, "arguments")
        if text(file.source, field(called, "property")) != "filter" or given is None or len(given.named_children) != 1:
            continue
        arrow = given.named_children[0]
        name = text(file.source, field(arrow, "parameter") or field(arrow, "parameters")).strip("()")
        body = field(arrow, "body")
        held = text(file.source, field(called, "object"))
        if body is not None and body.type != "statement_block" and name.isidentifier() and held not in found:
            found[held] = (name, body)
    return found
