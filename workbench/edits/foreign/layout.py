"""Moving an answer's code to where it goes in a file: its margin, its steps of indentation, strings as they were."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from workbench.edits.foreign.nodes import BLOCKS, long_strings, walk
from workbench.edits.foreign.outline import Outline, Symbol
from workbench.edits.foreign.settling import Rows, rows_in, settled

if TYPE_CHECKING:
    from tree_sitter import Node


_BRACKETS = frozenset(
    """
    arguments argument_list parenthesized_expression array jsx_element formal_parameters parameters parameter_list
    initializer_list literal_value array_expression field_initializer_list
    """.split()  # noqa: SIM905 — a paragraph of words reads better than a list
)
_HEADLESS = frozenset({"body_statement", "then", "block_body"})


def unit_of(made: Outline, root: Node) -> str | None:
    """Return one step of indentation as it is usual in a tree's blocks; None where none of them tells."""
    return _step_of(made, root, BLOCKS) or _step_of(made, root, _BRACKETS)


def _step_of(made: Outline, root: Node, kinds: frozenset[str]) -> str | None:
    steps: Counter[str] = Counter()
    for node in walk(root):
        if node.type not in kinds or not node.named_child_count:
            continue
        outer = node.parent if node.type in _HEADLESS and node.parent is not None else node
        inner = node.named_children[0]
        if outer.start_point.row == inner.start_point.row or not made.begins_line(inner.start_byte):
            continue
        margin, deeper = made.indent(outer.start_byte), made.indent(inner.start_byte)
        if deeper.startswith(margin) and len(deeper) > len(margin):
            steps[deeper[len(margin) :]] += 1
    return max(steps, key=lambda step: (steps[step], -len(step)), default=None)


def usual_unit(made: Outline) -> str | None:
    """Return one step of indentation as the file has it."""
    return unit_of(made, made.root)


def moved(
    answer: Outline,
    start: int,
    end: int,
    base: str,
    unit: str | None,
    *,
    said: Symbol | None = None,
    known: tuple[Outline, Symbol] | None = None,
) -> str:
    """Return a stretch of the answer's lines, its first without margin, as they stand at indentation `base`.

    Args:
        answer: the answer's outline.
        start: offset of the first word.
        end: offset after the last.
        base: the margin in the file.
        unit: one step of indentation there; None keeps the answer's own.
        said: the symbol that it is, if it is one.
        known: the file and the symbol that is replaced: what the file has too is taken from there.
    """
    margin = answer.indent(start) or _margin_of_the_end(answer, start, end)
    kept = _kept_rows(answer, start, end)
    step = usual_unit(answer) if said is None else unit_of(answer, said.node) or usual_unit(answer)
    flat = answer.language in {"c", "cpp"}
    lines = answer.said(start, end).split("\n")
    first_row = answer.line(start)
    made = [lines[0]]
    for row, line in enumerate(lines[1:], first_row + 1):
        if row in kept:
            made.append(line)
        else:
            # What speaks to the preprocessor stands at the margin wherever the code stands.
            made.append(line if flat and line.startswith("#") else _moved_line(line, margin, base, step, unit))
    if said is not None and known is not None:
        file, there = known
        own = Rows(file, there, there.start, there.end)
        return settled(Rows(answer, said, start, end), own, made, unit or usual_unit(file) or "    ")
    return "\n".join(made)


def _margin_of_the_end(answer: Outline, start: int, end: int) -> str:
    """Return the margin of code whose first line has lost it, as it does where the prompt ended with it."""
    last = answer.said(answer.line_start(max(start, end - 1)), end)
    is_closing = last.lstrip(" \t").startswith(("}", ")", "]", "end"))
    return last[: len(last) - len(last.lstrip(" \t"))] if is_closing and "\n" in answer.said(start, end) else ""


def _moved_line(line: str, margin: str, base: str, step: str | None, unit: str | None) -> str:
    said = line.lstrip(" \t")
    if not said.strip():
        return ""
    space = line[: len(line) - len(said)]
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


def _kept_rows(answer: Outline, start: int, end: int) -> set[int]:
    """Return the rows, from 1, that begin in a string: their white space is data."""
    node = answer.root.descendant_for_byte_range(start, max(start, end - 1))
    inside = (
        string
        for string in (long_strings(node) if node is not None else ())
        if string.start_byte >= start and string.end_byte <= end
    )
    return {row + 1 for string in inside for row in rows_in(string)}
