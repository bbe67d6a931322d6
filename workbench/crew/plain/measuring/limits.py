"""A limit of 0 that means that there is none."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbench.crew.judging.stated import parameters
from workbench.crew.plain.elsewhere.places import SwapElsewhere
from workbench.crew.plain.places import made, parts, spot, written
from workbench.crew.slips.righted import Changed, Righted
from workbench.edits.foreign.nodes import field, text

if TYPE_CHECKING:
    from tree_sitter import Node

_NONE_AT_ZERO = re.compile(
    r"\b(?:0|zero)\b[^.;\n]{0,40}\b(?:no (?:limit|maximum|cap|end)|unlimited|without (?:a )?limit|everything)\b"
    r"|\b(?:no limit|unlimited)\b[^.;\n]{0,30}\b(?:0|zero)\b",
    re.IGNORECASE,
)
_COMPARES = frozenset({"binary_expression", "binary"})


def no_limit_at_zero(changed: Changed) -> Iterator[Righted]:
    """Yield a parameter that limits something held for no limit where it is 0."""
    names = parameters(changed.node)
    for part in parts(changed) if _NONE_AT_ZERO.search(changed.task) else ():
        match part:
            case ast.Slice(lower=None, upper=ast.Name(id=name) as end, step=None) if name in names and (
                span := spot(changed, end)
            ):
                yield from made(changed, f"`{name}` of 0 is none", (*span, f"{name} or None"))
            case ast.Compare(left=left, ops=[ast.Gt() | ast.GtE()], comparators=[ast.Name(id=name)]) if (
                name in names and ast.unparse(left) != name and (span := spot(changed, part))
            ):
                yield from made(changed, f"`{name}` of 0 is none", (*span, f"{name} and {written(changed, part)}"))


def no_limit_at_zero_elsewhere(task: str, language: str, source: bytes, nodes: list[Node]) -> Iterator[SwapElsewhere]:
    """Yield comparisons with a limit only asked where that is more than 0."""
    if not _NONE_AT_ZERO.search(task):
        return
    given = next((found for node in nodes if (found := field(node, "parameters"))), None)
    names = {*re.findall(r"[A-Za-z_$][\w$]*", text(source, given))}
    for node in nodes:
        limit = text(source, field(node, "right"))
        is_more = node.type in _COMPARES and text(source, field(node, "operator")) in {">", ">="}
        is_asked = re.search(rf"\b{re.escape(limit)} (?:>|!==?|===?) 0\b", text(source, node))
        if is_more and limit in names and not is_asked:
            yield node, f"{limit} > 0 && {text(source, node)}"
