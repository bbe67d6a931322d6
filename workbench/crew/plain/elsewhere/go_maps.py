"""A map of a struct in Go that nothing has made yet: writing to it panics, where the struct is its zero value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbench.crew.plain.elsewhere.go_structs import structs_of
from workbench.crew.plain.elsewhere.places import SwapElsewhere
from workbench.edits.foreign.nodes import field, in_its_place, statements_in, text

if TYPE_CHECKING:
    from tree_sitter import Node

_UNMADE = re.compile(
    r"\bpanic\w*|\bnil\b|\bzero[ -](?:value|\w+)|\b(?:(?:was|is|were)(?:n't| not)|not|never) made\b|\bwithout New\w*"
    r"|\bvar \w+ \w+",
    re.IGNORECASE,
)
_LOCK = re.compile(r"(?:defer )?[\w.]+\.R?(?:Lock|Unlock)\(\)")
_RECEIVER = re.compile(r"\((?P<name>\w+) \*(?P<type>\w+)\)")


def made_before_written(task: str, language: str, source: bytes, nodes: list[Node]) -> Iterator[SwapElsewhere]:
    """Yield the first statement of a method with a map that it writes to made before, where there is none."""
    method = next((node for node in nodes if node.type == "method_declaration"), None) if _UNMADE.search(task) else None
    receiver = _RECEIVER.fullmatch(text(source, field(method, "receiver")))
    first = _behind_locks(source, next(iter(statements_in(field(method, "body"))), None))
    if method is None or receiver is None or first is None:
        return
    fields = structs_of(source).get(receiver["type"], {})
    kinds = {f"{receiver['name']}.{name}": kind for name, kind in fields.items() if kind.startswith("map[")}
    written = [one for node in nodes if node.type in {"assignment_statement", "inc_statement"} for one in _goals(node)]
    held = dict.fromkeys(text(source, field(one, "operand")) for one in written if one.type == "index_expression")
    for name in held:
        if name in kinds and f"{name} == nil" not in text(source, method):
            lines = (f"if {name} == nil {{", f"\t{name} = {kinds[name]}{{}}", "}", text(source, first))
            if (placed := in_its_place(source, first, lines)) is not None:
                yield first, placed


def _behind_locks(source: bytes, first: Node | None) -> Node | None:
    """Return the first statement that is not about a lock: what a lock guards is only looked at while it is held."""
    while first is not None and _LOCK.fullmatch(text(source, first)):
        first = first.next_named_sibling
    return first


def _goals(node: Node) -> list[Node]:
    goals = field(node, "left")
    return goals.named_children if goals is not None else node.named_children[:1]
