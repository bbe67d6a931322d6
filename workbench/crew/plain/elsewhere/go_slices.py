"""The first so many of a slice in Go, where there may be fewer: `names[:n]` panics with a larger `n`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbench.crew.plain.elsewhere.places import SwapElsewhere
from workbench.edits.foreign.nodes import field, in_its_place, text

if TYPE_CHECKING:
    from tree_sitter import Node

_TOO_MANY = re.compile(r"\b(?:panic\w*|crash\w*|out of range|fewer|shorter|not enough)\b", re.IGNORECASE)
_HOLDERS = frozenset({"block", "statement_list"})


def at_most_all(task: str, language: str, source: bytes, nodes: list[Node]) -> Iterator[SwapElsewhere]:
    """Yield statements that take the first so many of a slice with the number held to its length before them."""
    for node in nodes if _TOO_MANY.search(task) else ():
        held, end = field(node, "operand"), field(node, "end")
        if node.type != "slice_expression" or field(node, "start") is not None or held is None or end is None:
            continue
        if end.type != "identifier" or held.type not in {"identifier", "selector_expression"}:
            continue
        statement: Node | None = node
        while statement is not None and not (statement.parent and statement.parent.type in _HOLDERS):
            statement = statement.parent
        if statement is not None:
            count, length = text(source, end), f"len({text(source, held)})"
            guard = f"if {count} > {length} {{", f"\t{count} = {length}", "}", text(source, statement)
            if (placed := in_its_place(source, statement, guard)) is not None:
                yield statement, placed
