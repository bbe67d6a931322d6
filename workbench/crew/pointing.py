"""Which symbols a task points at without naming them: by a text of theirs that it quotes, or by how a check fails."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from workbench.edits.symbols import Symbol

SHORTEST = 10
"""Characters of a quoted piece that are looked for: fewer stand in too many places."""

_QUOTED = re.compile(r"'([^'\n]{10,200})'|\"([^\"\n]{10,200})\"|`([^`\n]{10,200})`|“([^”\n]{10,200})”")
_FILLED_IN = re.compile(r"\d+|[{}%<>'\"]|\.\.\.|…")
"""What a quoted message has where the code has a placeholder."""

_FRAME = re.compile(
    r'File "(?P<path>[^"\n]{1,300})", line (?P<line>\d{1,7})|(?<![\w./-])(?P<other>[\w./-]{1,300}):(?P<row>\d{1,7})\b'
)


def quoted(task: str, text: str, symbols: Sequence[Symbol]) -> tuple[str, ...]:
    """Return the innermost symbols that hold a text which the task quotes, such as an error's message.

    A message is quoted as somebody saw it, with numbers and names where the code has placeholders: its longest piece
    between those is looked for. What stands in more than one symbol points at none.
    """
    lines = text.split("\n")
    found: dict[str, None] = {}
    for groups in _QUOTED.findall(task):
        pieces = [piece.strip() for piece in _FILLED_IN.split("".join(groups))]
        piece = max(pieces, key=len)
        if len(piece) < SHORTEST or " " not in piece:
            continue
        rows = [number for number, line in enumerate(lines, 1) if piece in line]
        holders = dict.fromkeys(name for row in rows if (name := holder(row, symbols)))
        if len(holders) == 1:
            found |= holders
    return tuple(found)


def blamed(output: str, path: str, symbols: Sequence[Symbol]) -> tuple[str, ...]:
    """Return the innermost symbols of a file through which what a failed check printed goes, in that order.

    Args:
        output: tracebacks, or lines that begin with a file and a line's number; files from the repository's top.
        path: the file, from the repository's top.
        symbols: those of the file.
    """
    found: dict[str, None] = {}
    for frame in _FRAME.finditer(output):
        name, row = frame["path"] or frame["other"], int(frame["line"] or frame["row"])
        if PurePosixPath(name) == PurePosixPath(path):
            found |= dict.fromkeys(filter(None, [holder(row, symbols)]))
    return tuple(found)


def holder(row: int, symbols: Sequence[Symbol]) -> str | None:
    """Return the name of the smallest symbol that holds a line, counted from 1."""
    around = [symbol for symbol in symbols if symbol.first <= row <= symbol.last]
    return min(around, key=lambda symbol: symbol.last - symbol.first).name if around else None
