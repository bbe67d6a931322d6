"""What a filter in JavaScript let through, asked by a new condition alone: the old one stays in front of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbench.crew.slips.conditions import passes_over_too
from workbench.crew.slips.put_back import Swap, with_what_was_lost
from workbench.edits.foreign.grammars import SCRIPTS
from workbench.edits.foreign.nodes import field, text, walk
from workbench.edits.foreign.outline import Outline
from workbench.model import FileEdit

if TYPE_CHECKING:
    from tree_sitter import Node

_NAME = re.compile(r"[A-Za-z_$][\w$]*")
_LOOSE = re.compile(r"\|\||\?\?|\?[^.]|=>")


def with_old_conditions(task: str, edit: FileEdit) -> FileEdit:
    """Return a change with what a filter asked before in front of what it asks now, where it asks nothing of that.

    Only where a task wants something passed over, and the two look at other fields.
    """
    return with_what_was_lost(edit, SCRIPTS, _conditions) if passes_over_too(task) else edit


def _conditions(was: Outline, before: Node, now: Outline, after: Node) -> Iterator[Swap]:
    old, new = _filters(was, before), _filters(now, after)
    code = text(now.source, after)
    for held, (given, body) in new.items():
        asked = old.get(held)
        if asked is None or asked[0] != given or text(was.source, asked[1]) in code:
            continue
        said, own = text(was.source, asked[1]), text(now.source, body)
        if {*_NAME.findall(said)} & {*_NAME.findall(own)} <= {given}:
            first, second = (f"({one})" if _LOOSE.search(one) else one for one in (said, own))
            yield body.start_byte, body.end_byte, f"{first} && {second}"


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
