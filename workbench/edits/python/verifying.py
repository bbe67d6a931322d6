"""A second look at a splice before anyone sees it: what was written is what the answer said, and nothing else moved.

Only the top-level statements that changed are parsed again. A text that begins and ends with whole top-level lines
parses alike wherever it stands, so the rest of the file, untouched, need not be.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterable

from workbench.edits.python.alike import head, nested_names, same_code
from workbench.edits.python.outline import Outline, SymbolNode, build
from workbench.edits.python.settled_strings import worn
from workbench.edits.python.trees import Definition, docstring_text, same
from workbench.edits.source import Replacement, parse, replace
from workbench.errors import EditRefused


def verify(
    file: Outline,
    changes: list[Replacement],
    added: Iterable[str],
    written: Iterable[tuple[str, SymbolNode]],
    classes: Iterable[tuple[str, ast.ClassDef]],
) -> None:
    """Check the changes made to a file.

    Args:
        file: the file before.
        changes: what was replaced in its text.
        added: qualified names that are new.
        written: symbols by qualified name, with the answer's statement that each must now be.
        classes: classes whose header or docstring changed, likewise.

    Raises:
        EditRefused: the result would not parse (code `result-does-not-parse`), or is not what was meant
            (code `not-as-meant`).
    """
    before: Counter[str] = Counter()
    after: Counter[str] = Counter()
    found: dict[str, list[SymbolNode]] = {}
    for start, end, inside in _windows(file, changes):
        before.update(_names_within(file, start, end))
        moved = [Replacement(change.start - start, change.end - start, change.text) for change in inside]
        text = replace(file.text[start:end], moved)
        new = build(text, parse(text, "result").body)
        after.update({name: len(units) for name, units in new.units.items()})
        for name, units in new.units.items():
            found.setdefault(name, []).extend(part.node for unit in units for part in unit.parts)
    expected = before + Counter(added)
    wrong = next((name for name, node in written if not any(_is(node, one) for one in found.get(name, []))), None)
    wrong = wrong or next((name for name, node in classes if not _heads_alike(node, found.get(name, []))), None)
    if wrong or after != expected:
        name = wrong or next(iter((after - expected) + (expected - after)))
        raise EditRefused(f"{name} would not be what the answer says", code="not-as-meant", hint="change it by hand")


def _names_within(file: Outline, start: int, end: int) -> list[str]:
    tops = [unit for unit in file.module.units if start <= unit.parts[0].start <= end]
    return [name for unit in tops for name in nested_names(unit, unit.name)]


def _heads_alike(meant: ast.ClassDef, made: list[SymbolNode]) -> bool:
    return any(
        isinstance(one, ast.ClassDef)
        and same(head(meant), head(one))
        and docstring_text(meant) in {None, docstring_text(one)}
        for one in made
    )


def _is(meant: SymbolNode, made: SymbolNode) -> bool:
    if type(meant) is not type(made):
        return False
    if isinstance(meant, Definition) and isinstance(made, Definition):
        return same_code(meant, made, reading=worn)
    return same(meant, made, worn)


def _windows(file: Outline, changes: list[Replacement]) -> list[tuple[int, int, list[Replacement]]]:
    """Return the stretches of whole top-level lines that hold all changes, each with its own, not overlapping."""
    lines = file.lines
    spans = _spans(file)
    windows: list[tuple[int, int, list[Replacement]]] = []
    at = 0
    for change in sorted(changes, key=lambda change: (change.start, change.end)):
        while at < len(spans) and spans[at][1] < change.start:
            at += 1
        start, end = lines.start(lines.line_at(change.start)), lines.end(lines.line_at(change.end))
        following = at
        while following < len(spans) and spans[following][0] <= change.end:
            start, end = min(start, spans[following][0]), max(end, spans[following][1])
            following += 1
        if windows and start <= windows[-1][1]:
            first, last, inside = windows[-1]
            windows[-1] = (first, max(last, end), [*inside, change])
        else:
            windows.append((start, end, [change]))
    return windows


def _spans(file: Outline) -> list[tuple[int, int]]:
    """Return the lines of each top-level statement as offsets; the parts of one symbol share theirs."""
    lines = file.lines
    shared: dict[int, tuple[int, int]] = {}
    for unit in file.module.units:
        whole = lines.start(unit.parts[0].first), lines.end(unit.parts[-1].last)
        shared |= {id(part.node): whole for part in unit.parts}
    return [
        shared.get(id(one)) or (lines.start(one.lineno), lines.end(one.end_lineno or one.lineno)) for one in file.body
    ]
