"""A long file made short for reading: blank out what is not asked about, keep signatures, and keep the line numbers."""

from __future__ import annotations

import re

from workbench.context.budget import estimate
from workbench.model import Excerpt

_HEADS = re.compile(
    r"^\s*(?:@|(?:async def|def|class|import|from|function|export|func|fn|pub|impl|type|struct|interface|#{1,4}) |\[)"
    r"|^[A-Za-z_]\w*\s*[:=]"
)
_BLOCKS = re.compile(r"\s*(?:async def|def|class|function|func|fn)\b")
_WORD = re.compile(r"[A-Za-z_]\w{2,}")


def outlined(excerpt: Excerpt, task: str, room: int) -> Excerpt:
    """Return `excerpt` with lines blanked so that it takes at most about `room` tokens; line numbers stay true.

    Blocks whose heading has a name that the task speaks of are kept first, then headings of functions, classes and
    sections with the line below them, then headings alone, as far as there is room.
    """
    lines = excerpt.text.split("\n")
    words = set(_WORD.findall(task))
    heads = [number for number, line in enumerate(lines) if _HEADS.match(line)]
    kept: set[int] = set()
    spent = 0

    def take(numbers: list[int]) -> None:
        nonlocal spent
        for number in numbers:
            cost = estimate(lines[number]) + 2
            if number not in kept and lines[number].strip() and spent + cost <= room:
                kept.add(number)
                spent += cost

    for number in heads:
        if _BLOCKS.match(lines[number]) and words & set(_WORD.findall(lines[number])):
            take(_block(lines, number))
    take(heads)
    take([number + 1 for number in heads if number + 1 < len(lines)])
    text = "\n".join(line if number in kept else "" for number, line in enumerate(lines))
    return excerpt.model_copy(update={"text": text})


def _block(lines: list[str], head: int) -> list[int]:
    """Return the lines of the block that begins at `head`, by indentation."""
    margin = _margin(lines[head])
    found = [head]
    for number in range(head + 1, len(lines)):
        if (
            lines[number].strip()
            and _margin(lines[number]) <= margin
            and not lines[number].lstrip().startswith((")", "}"))
        ):
            break
        found.append(number)
    return found


def _margin(line: str) -> int:
    return len(line) - len(line.lstrip())
