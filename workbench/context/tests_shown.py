"""What a nanite is shown of a test: the parts that speak of what it is to change, within a few tokens."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Sequence

from workbench import python_ast
from workbench.context.budget import estimate
from workbench.model import Excerpt


def shown_tests(tests: Sequence[Excerpt], names: Iterable[str], room: int, *, failed: str = "") -> str:
    """Return the parts of `tests` that use one of `names`, those that failed first, in at most about `room` tokens.

    Args:
        tests: the files, whole.
        names: qualified names; their last part is looked for.
        room: tokens, by estimate.
        failed: what a checker said: the lines and the names of tests in it come first.
    """
    wanted = {name.rpartition(".")[2] for name in names}
    if not wanted or room <= 0:
        return ""
    uses = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(wanted)))})\b")
    pieces = [piece for test in tests for piece in _of_interest(_pieces(test), uses)]
    # What only makes the objects that are used, or looks at them too, comes where there is room left.
    ranked = sorted(
        enumerate(pieces),
        key=lambda one: (not _is_blamed(one[1], failed), not uses.search(one[1][1]), one[0]),
    )
    chosen: list[tuple[int, str]] = []
    left = room
    for place, (_, text) in ranked:
        cost = estimate(text)
        if cost <= left:
            chosen.append((place, text))
            left -= cost
    is_used = any(uses.search(text) for _, text in chosen)
    return "\n".join(text for _, text in sorted(chosen)) if is_used else ""


def _of_interest(pieces: Sequence[tuple[str, str]], uses: re.Pattern[str]) -> list[tuple[str, str]]:
    """Return the pieces that use a name, and the statements that share a variable with one of those, in their order."""
    chosen = {place for place, (_, text) in enumerate(pieces) if uses.search(text)}
    own = {place: _variables(text) for place, (name, text) in enumerate(pieces) if not name}
    set_here = {variable for stored, _ in own.values() for variable in stored}
    wanted = {variable for place in chosen & own.keys() for variable in own[place][1] & set_here}
    if wanted:
        for stored, words in reversed(own.values()):
            if stored & wanted:
                wanted |= words & set_here
        chosen |= {place for place, (_, words) in own.items() if words & wanted}
    return [piece for place, piece in enumerate(pieces) if place in chosen]


def _variables(text: str) -> tuple[set[str], set[str]]:
    """Return the variables that a statement of Python sets, and all names in it; nothing of other text."""
    try:
        names = [node for node in ast.walk(python_ast.parse(text)) if isinstance(node, ast.Name)]
    except (SyntaxError, ValueError, RecursionError):
        return set(), set()
    return {node.id for node in names if isinstance(node.ctx, ast.Store)}, {node.id for node in names}


def _is_blamed(piece: tuple[str, str], failed: str) -> bool:
    name, text = piece
    first = next((line.strip() for line in text.split("\n") if "assert" in line), "")
    return bool(failed) and ((bool(name) and name in failed) or (len(first) > 12 and first in failed))


def _pieces(test: Excerpt) -> list[tuple[str, str]]:
    """Return a test's pieces, each with its name: statements and functions of Python, else paragraphs."""
    if test.path.endswith(".py"):
        try:
            return _python_pieces(test.text)
        except (SyntaxError, ValueError, RecursionError):
            pass
    lines = test.text.split("\n")
    if len(lines) <= 40:
        return [("", test.text.strip("\n"))]
    pieces, begun = [], 0
    for number, line in enumerate(lines):
        if not line.strip():
            if number > begun:
                pieces.append(("", "\n".join(lines[begun:number])))
            begun = number + 1
    return [*pieces, ("", "\n".join(lines[begun:]))]


def _python_pieces(text: str) -> list[tuple[str, str]]:
    lines = text.split("\n")
    found: list[tuple[str, str]] = []

    def take(node: ast.stmt) -> None:
        if isinstance(node, ast.ClassDef):
            for inner in node.body:
                take(inner)
            return
        if isinstance(node, ast.Import | ast.ImportFrom):
            return
        name = node.name if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) else ""
        decorators = getattr(node, "decorator_list", [])
        first = min([node.lineno, *(one.lineno for one in decorators)])
        rows = lines[first - 1 : node.end_lineno]
        margin = len(rows[0]) - len(rows[0].lstrip())
        found.append((name, "\n".join(row[margin:] if not row[:margin].strip() else row for row in rows)))

    for node in python_ast.parse(text).body:
        take(node)
    return found
