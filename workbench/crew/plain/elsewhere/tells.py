"""A function that tells whether there was something to remove, in JavaScript."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbench.crew.plain.elsewhere.places import SwapElsewhere
from workbench.edits.foreign.grammars import SCRIPTS
from workbench.edits.foreign.nodes import in_its_place, text

if TYPE_CHECKING:
    from tree_sitter import Node

_TELLS = re.compile(
    r"\breturn\w*\b.*\b(?:true|whether)\b|\btell\w*\b.*\b(?:true|whether|if)\b", re.IGNORECASE | re.DOTALL
)
_REMOVES = re.compile(r"this\.#?[\w$.]+\.delete\([^()]*\);?")
_FILTERS = re.compile(r"(?P<held>this\.#?[\w$]+) = (?P=held)\.filter\(.*\);?", re.DOTALL)


def tells_elsewhere(task: str, language: str, source: bytes, nodes: list[Node]) -> Iterator[SwapElsewhere]:
    """Yield the last statement of a function, which removes something, with whether it did."""
    if language not in SCRIPTS or not _TELLS.search(task) or any(node.type == "return_statement" for node in nodes):
        return
    for node in nodes:
        if node.type != "expression_statement" or node.next_named_sibling is not None:
            continue
        said = text(source, node)
        if _REMOVES.fullmatch(said):
            yield node, f"return {said}"
        elif found := _FILTERS.fullmatch(said):
            held = found["held"]
            lines = (f"const before = {held}.length;", said, f"return {held}.length < before;")
            if "before" not in said and (placed := in_its_place(source, node, lines)) is not None:
                yield node, placed
