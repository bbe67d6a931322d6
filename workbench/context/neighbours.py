"""What shown code calls and is not shown itself: one line of signature for each, within a few tokens."""

from __future__ import annotations

import re
from collections.abc import Collection

from workbench.context.budget import estimate
from workbench.edits.foreign.symbols import symbols_of
from workbench.errors import EditRefused

LONGEST = 120
"""Characters of a signature that are shown."""

_CALLED = re.compile(r"(?<![\w.])([A-Za-z_]\w*)\s*\(")


def neighbours(path: str, text: str, code: str, shown: Collection[str], room: int) -> str:
    """Return signatures of what `code` calls and the same file defines, in the order of the calls.

    Args:
        path: the file's, for its language.
        text: the file, whole.
        code: what is shown of it.
        shown: the qualified names of the symbols in `code`; their own classes are shown with them.
        room: most tokens, by estimate.
    """
    if room <= 0:
        return ""
    try:
        known = {symbol.name: symbol for symbol in symbols_of(path, text) if symbol.kind == "function"}
    except EditRefused:
        return ""
    lines: dict[str, None] = {}
    left = room
    for name in _CALLED.findall(code):
        symbol = known.get(name)
        if symbol is None or symbol.name in shown:
            continue
        line = " ".join(symbol.signature.split())[:LONGEST]
        cost = estimate(line) + 1
        if line not in lines and cost <= left:
            lines[line] = None
            left -= cost
    return "\n".join(lines)
