"""A bar that is drawn longer than its width, or with less than nothing in it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workbench.crew.plain.measuring.held import is_held
from workbench.crew.plain.places import Finder, made, parts, spot, written
from workbench.crew.slips.righted import Changed, Righted

_BAR_LONG = re.compile(
    r"\b(?:too long|longer than|wider than|overflow\w*|beyond (?:the|its))\b|\bfull\b", re.IGNORECASE
)
_BAR_EMPTY = re.compile(r"\bnegative\b|\bempty\b|\bbelow (?:0|zero)\b|\bminus\b", re.IGNORECASE)
_BAR = re.compile(r"\bbar\b|\bprogress\b|\bclamp\w*\b", re.IGNORECASE)


def held_bar(changed: Changed) -> Iterator[Righted]:
    """Yield the filled part of a bar held within its width, at both ends where the task speaks of both."""
    task = changed.task
    if not _BAR.search(task) or changed.hides("min", "max") or re.search(r"\brais\w+|\brefus\w+|\bunless\b", task):
        return
    widths = {
        (ast.unparse(part.right), ast.unparse(part.left))
        for part in parts(changed)
        if isinstance(part, ast.BinOp)
        and isinstance(part.op, ast.Sub)
        and isinstance(part.left, ast.Name | ast.Attribute)
    }
    for part in parts(changed):
        match part:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if len(changed.sets(name)) == 1:
                width = next((total for filled, total in widths if filled == name), "")
                span = spot(changed, value) if width and not is_held(value, "min") else None
                if span is None:
                    continue
                said = written(changed, value)
                new = f"min({said}, {width})" if _BAR_LONG.search(task) else said
                new = f"max({new}, 0)" if _BAR_EMPTY.search(task) else new
                yield from made(changed, f"`{new}`", (*span, new))


FINDERS: tuple[Finder, ...] = (held_bar,)
