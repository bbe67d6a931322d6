"""An answer's Python without the talk that a small model puts behind it, inside the same fence."""

from __future__ import annotations

import re

from workbench import python_ast
from workbench.edits.parses import parses

_DEFINES = re.compile(r"(?m)^\s*(?:async\s+def|def|class)\s")
_MOST = 40
"""Places that are tried."""


def code_alone(code: str) -> str:
    """Return code that parses, up to where what is no Python begins: notes, a list of changes, tests that were cut off.

    It ends at a line at the margin with nothing above it. Code that parses, or of which no such beginning with a
    definition does, is returned as it is.
    """
    try:
        python_ast.parse(code)
    except SyntaxError as error:
        rows = code.split("\n")
        last = min(error.lineno or 0, len(rows))
        places = [
            at for at in range(1, last) if rows[at].strip() and not rows[at][0].isspace() and not rows[at - 1].strip()
        ]
        for at in places[: -_MOST - 1 : -1]:
            kept = "\n".join(rows[:at]).rstrip()
            if _DEFINES.search(kept) and parses(kept):
                return kept
    except (ValueError, RecursionError, MemoryError):
        pass
    return code
