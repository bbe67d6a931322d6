"""A parameter that need not be given, in Go, which has none: the rest of the arguments, or what stood there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workbench.crew.slips.righted import Righted
from workbench.edits.foreign.nodes import field, text, walk
from workbench.edits.foreign.outline import Outline
from workbench.edits.foreign.symbols import outline_of_file
from workbench.edits.foreign.verifying import replaced
from workbench.edits.source import Replacement
from workbench.errors import EditRefused
from workbench.model import FileEdit

if TYPE_CHECKING:
    from tree_sitter import Node

_LITERALS = frozenset({"interpreted_string_literal", "int_literal", "float_literal", "rune_literal", "true", "false"})


def optional_in_go(edit: FileEdit, name: str) -> Righted | None:
    """Return an answer whose new last parameter took the place of a constant with that parameter as the rest.

    `Join(parts []string, sep string)` breaks who calls `Join(parts)`; `Join(parts []string, seps ...string)` does not.
    """
    if not edit.path.endswith(".go") or not edit.before or not edit.after:
        return None
    try:
        was, now = (outline_of_file(edit.path, one.decode("utf-8")) for one in (edit.before, edit.after))
    except (EditRefused, ValueError):
        return None
    if now.source != edit.after or not (was.by_name.get(name) and now.by_name.get(name)):
        return None
    old, new = was.by_name[name][0].node, now.by_name[name][0].node
    added = _added(was, old, now, new)
    body = field(new, "body")
    if added is None or body is None:
        return None
    known, kind = text(now.source, field(added, "name")), text(now.source, field(added, "type"))
    constant = _stood_there(was, old, now, new, known)
    rest = f"{known}s"
    if not constant or rest in {text(now.source, one) for one in walk(new) if one.type == "identifier"}:
        return None
    lines = (f"{known} := {constant}", f"if len({rest}) > 0 {{", f"\t{known} = {rest}[0]", "}")
    begin = body.start_byte + 1
    swaps = [
        Replacement(added.start_byte, added.end_byte, f"{rest} ...{kind}"),
        Replacement(begin, begin, "".join(f"\n\t{line}" for line in lines)),
    ]
    after = replaced(edit.after, swaps)
    return Righted(f"`{known}` need not be given: it is {constant} then", (edit.model_copy(update={"after": after}),))


def _added(was: Outline, old: Node, now: Outline, new: Node) -> Node | None:
    """Return the one parameter that stands behind those which a function had; None where it has others."""
    before, after = field(old, "parameters"), field(new, "parameters")
    if before is None or after is None or not after.named_children:
        return None
    had = [text(was.source, one) for one in before.named_children]
    *first, last = after.named_children
    is_plain = last.type == "parameter_declaration" and len(last.children_by_field_name("name")) == 1
    return last if is_plain and [text(now.source, one) for one in first] == had else None


def _stood_there(was: Outline, old: Node, now: Outline, new: Node, known: str) -> str:
    """Return the constant in whose place a name stands, where nothing else of the function changed; else nothing."""
    before, after = field(old, "body"), field(new, "body")
    said, says = (text(was.source, before), text(now.source, after)) if before and after else ("", "")
    for one in walk(before) if before and said != says else ():
        literal = text(was.source, one)
        put_back = re.sub(rf"\b{re.escape(known)}\b", literal.replace("\\", r"\\"), says)
        if one.type in _LITERALS and put_back == said:
            return literal
    return ""
