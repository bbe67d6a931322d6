"""Days of which Go asks whether one is before another: the same day counts too, or does no more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbench.crew.plain.elsewhere.places import SwapElsewhere
from workbench.crew.plain.tests import BOUNDARY
from workbench.edits.foreign.nodes import text

if TYPE_CHECKING:
    from tree_sitter import Node

_ON_THAT_DAY = re.compile(
    r"\b(?:on|that|the|same|very|this) (?:same |very )?(?:last |first )?(?:day|moment|minute)\b", re.IGNORECASE
)
_ASKS = re.compile(r"(?P<no>!?)(?P<one>[\w.()]+)\.(?P<how>Before|After)\((?P<other>.+)\)", re.DOTALL)
_OTHER = {"Before": "After", "After": "Before"}


def that_day_too(task: str, language: str, source: bytes, nodes: list[Node]) -> Iterator[SwapElsewhere]:
    """Yield `a.Before(b)` as `!a.After(b)`, and the other way round, where a task speaks of a boundary or that day."""
    if language != "go" or not (BOUNDARY.search(task) or _ON_THAT_DAY.search(task)):
        return
    for node in nodes:
        is_whole = node.type == "unary_expression" or (
            node.type == "call_expression" and node.parent is not None and node.parent.type != "unary_expression"
        )
        if is_whole and (found := _ASKS.fullmatch(text(source, node))):
            no = "" if found["no"] else "!"
            yield node, f"{no}{found['one']}.{_OTHER[found['how']]}({found['other']})"
