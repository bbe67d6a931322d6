"""Numbers rounded up, or to so many decimals, in JavaScript, and with so many in Go's texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbench.crew.plain.elsewhere.places import SwapElsewhere
from workbench.edits.foreign.grammars import SCRIPTS
from workbench.edits.foreign.nodes import field, text

if TYPE_CHECKING:
    from tree_sitter import Node

_DECIMALS = re.compile(r"\b(?P<count>one|two|three|1|2|3) (?:decimals?|digits? (?:after|behind) the)\b", re.IGNORECASE)
_COUNTS = {"one": 1, "two": 2, "three": 3}
_UP = re.compile(r"\bround\w*(?: \w+){0,3} up\b|\bup to the (?:next|full)\b", re.IGNORECASE)
_ROUND = re.compile(r"\bround\w*\b|\b\d+\.\d{6,}", re.IGNORECASE)
_WAYS = frozenset({"Math.round", "Math.floor", "Math.trunc"})
_WORKS = frozenset({"*", "/"})
_IN_GO = re.compile(r"(?<!%)%(?:g|v|f|\.\d+f)")


def rounded_elsewhere(task: str, language: str, source: bytes, nodes: list[Node]) -> Iterator[SwapElsewhere]:
    """Yield what is rounded rounded up, or what is worked out rounded to the decimals that the task says."""
    found = _DECIMALS.search(task)
    count = (_COUNTS.get(found["count"].lower()) or int(found["count"])) if found else 0
    for node in nodes:
        said = text(source, node)
        if language in SCRIPTS and _UP.search(task):
            if node.type == "member_expression" and said in _WAYS:
                yield node, "Math.ceil"
        elif language in SCRIPTS and found and _ROUND.search(task):
            is_outer = node.type == "binary_expression" and (
                node.parent is None or node.parent.type != "binary_expression"
            )
            if is_outer and text(source, field(node, "operator")) in _WORKS:
                yield node, f"Math.round({said} * {10**count}) / {10**count}"
        elif language == "go" and found and "string_literal" in node.type and len(_IN_GO.findall(said)) == 1:
            yield node, _IN_GO.sub(f"%.{count}f", said)
