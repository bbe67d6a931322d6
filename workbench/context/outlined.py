"""A long file made short for reading: blank out what is not asked about, keep signatures, and keep the line numbers."""

from __future__ import annotations

import re

from workbench.context.budget import estimate
from workbench.model import Excerpt

_HEADS = re.compile(
    r"^\s*(?:@|(?:async def|def|class|import|from|function|export|func|fn|pub|impl|type|struct|interface|#{1,4}) |\[)"
    r"|^[A-Za-z_]\w*\s*[:=]"
)
_BLOCKS = re.compile(r"\s*(?:export\s+)?(?:async\s+)?(?:def|class|function|func|fn)\s+(?P<name>\w+)")
_WORD = re.compile(r"[A-Za-z_]\w{2,}")


def outlined(excerpt: Excerpt, task: str, room: int) -> Excerpt:
    """Return `excerpt` with lines blanked so that it takes at most about `room` tokens; line numbers stay true.

    Blocks whose heading has a name that the task speaks of are kept first, then those that they use, then headings,
    each with the line below it, as far as there is room. Where blocks were found, headings get a third of the room.
    """
    lines = excerpt.text.split("\n")
    words = set(_WORD.findall(task))
    heads = [number for number, line in enumerate(lines) if _HEADS.match(line)]
    kept: set[int] = set()
    spent = 0

    def take(numbers: list[int], limit: int) -> None:
        nonlocal spent
        for number in numbers:
            cost = estimate(lines[number]) + 2
            if number not in kept and lines[number].strip() and spent + cost <= limit:
                kept.add(number)
                spent += cost

    blocks = {found["name"]: number for number in heads if (found := _BLOCKS.match(lines[number]))}
    for number in [number for name, number in blocks.items() if name in words]:
        take(_block(lines, number), room)
    used = {word for number in kept for word in _WORD.findall(lines[number])} - words
    for number in [number for name, number in blocks.items() if name in used]:
        take(_block(lines, number), room)
    limit = min(room, spent + room // 3) if kept else room
    take([number for number in heads if _BLOCKS.match(lines[number])], limit)
    take(heads, limit)
    take([number + 1 for number in heads if number + 1 < len(lines)], limit)
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
