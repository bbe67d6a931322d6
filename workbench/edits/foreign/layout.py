"""Moving an answer's code to where it goes in a file: its margin, its steps of indentation, its strings as they were."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from workbench.edits.foreign.nodes import COMMENTS, HEREDOCS, is_string, long_strings, text, walk
from workbench.edits.foreign.outline import Outline, Symbol

if TYPE_CHECKING:
    from tree_sitter import Node


def unit_of(made: Outline, root: Node) -> str | None:
    """Return one step of indentation as it is usual in a tree; None where nothing is indented."""
    inside = _inner_rows(root)
    rows = made.source[made.line_start(root.start_byte) : root.end_byte].split(b"\n")
    steps: Counter[str] = Counter()
    last: str | None = None
    for number, row in enumerate(rows, root.start_point.row):
        said = row.strip()
        if not said or number in inside:
            continue
        margin = row[: len(row) - len(row.lstrip(b" \t"))].decode()
        if last is not None and margin.startswith(last) and len(margin) > len(last):
            steps[margin[len(last) :]] += 1
        last = margin
    return max(steps, key=lambda step: (steps[step], -len(step)), default=None)


def usual_unit(made: Outline) -> str | None:
    """Return one step of indentation as the file has it."""
    return unit_of(made, made.root)


def _inner_rows(root: Node) -> set[int]:
    """Return the rows that begin within a comment or a string."""
    rows: set[int] = set()
    for node in walk(root):
        if node.type in COMMENTS or node.type in HEREDOCS or node.start_point.row < node.end_point.row:
            if node.type in COMMENTS:
                rows.update(range(node.start_point.row + 1, node.end_point.row + 1))
            elif is_string(node):
                rows.update(_rows(node))
    return rows


def _rows(string: Node) -> range:
    """Return the rows that begin within a string, from 0; all of those of a here document."""
    first = string.start_point.row + 1
    if string.type in HEREDOCS and not string.start_point.column:
        first -= 1
    return range(first, string.end_point.row + 1)


def moved(
    answer: Outline, start: int, end: int, base: str, unit: str | None, known: tuple[Outline, Symbol] | None = None
) -> str:
    """Return a stretch of the answer's lines, its first without margin, as they stand at indentation `base`.

    Args:
        answer: the answer's outline.
        start: offset of the first word.
        end: offset after the last.
        base: the margin in the file.
        unit: one step of indentation there; None keeps the answer's own.
        known: the file and the symbol that is replaced: what lies in its strings is taken from there where a string
            differs from the answer's in its margin alone.
    """
    margin = answer.indent(start)
    kept = _kept_rows(answer, start, end, known)
    step = _step(answer, start, end)
    lines = answer.said(start, end).split("\n")
    first_row = answer.line(start)
    made = [lines[0]]
    for row, line in enumerate(lines[1:], first_row + 1):
        if row in kept:
            made.append(kept[row] if kept[row] is not None else line)  # type: ignore[arg-type]
        else:
            made.append(_moved_line(line, margin, base, step, unit))
    return "\n".join(made)


def _step(answer: Outline, start: int, end: int) -> str | None:
    node = answer.root.descendant_for_byte_range(start, max(start, end - 1))
    return unit_of(answer, node) if node is not None else None


def _moved_line(line: str, margin: str, base: str, step: str | None, unit: str | None) -> str:
    said = line.lstrip(" \t")
    if not said.strip():
        return ""
    space = line[: len(line) - len(said)]
    if said.startswith("#") and not space and margin != base:
        # What speaks to the preprocessor stands at the margin wherever the code stands.
        return line
    if not space.startswith(margin):
        width = len(space.expandtabs(4)) - len(margin.expandtabs(4))
        return base + " " * max(0, width) + said
    further = space[len(margin) :]
    if step and unit and step != unit:
        levels, rest = _levels(further, step)
        further = unit * levels + " " * rest
    return base + further + said


def _levels(space: str, step: str) -> tuple[int, int]:
    if step.strip(" ") == "":
        width = len(space.expandtabs(len(step)))
        return width // len(step), width % len(step)
    levels = len(space) - len(space.lstrip("\t"))
    return levels, len(space) - levels


def _kept_rows(
    answer: Outline, start: int, end: int, known: tuple[Outline, Symbol] | None
) -> dict[int, str | None]:
    """Return the rows that begin in a string: None where they stay, or the text that they become."""
    node = answer.root.descendant_for_byte_range(start, max(start, end - 1))
    if node is None:
        return {}
    there: dict[str, list[str]] = {}
    if known is not None:
        for string in long_strings(known[1].node):
            said = text(known[0].source, string)
            there.setdefault(_flush(said), []).append(said)
    rows: dict[int, str | None] = {}
    for string in long_strings(node):
        if string.start_byte < start or string.end_byte > end:
            continue
        said = text(answer.source, string)
        inner = _rows(string)
        alike = there.get(_flush(said), [])
        if said not in alike and len(alike) == 1 and string.type not in HEREDOCS:
            follows = answer.said(string.end_byte, min(end, answer.line_end(string.end_byte)))
            *middle, last = alike[0].split("\n")[1:]
            rows |= {row + 1: line for row, line in zip(inner, [*middle, last + follows], strict=True)}
        else:
            rows |= {row + 1: None for row in inner}
    return rows


def _flush(said: str) -> str:
    return "\n".join(line.lstrip() for line in said.split("\n"))
