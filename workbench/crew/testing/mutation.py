"""Small wrong versions of a symbol, to see whether a test would notice: one comparison, constant or result each.

The idea is that of mutation testing (DeMillo, Lipton, Sayward 1978); a few mutants of one symbol are all that is needed
here, so this is a walk over its tree and no library. Loops keep their conditions, lest a mutant never end.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from workbench import python_ast
from workbench.context.shown import definitions
from workbench.edits.parses import parses
from workbench.edits.source import Lines

_SWAPPED: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
}


@dataclass(frozen=True)
class Mutant:
    """A file with one small fault in it, and what that is."""

    what: str
    text: str


def mutants(text: str, name: str, most: int = 8) -> tuple[Mutant, ...]:
    """Return up to `most` versions of a file, each with one fault in the symbol `name`, all kinds of fault mixed.

    Those that only the sharpest test would notice come first; a function that returns nothing at all comes last.
    """
    try:
        tree = python_ast.parse(text.removeprefix("\ufeff"))
    except (SyntaxError, ValueError, RecursionError):
        return ()
    node = next((node for known, node in definitions(tree) if known == name), None)
    if node is None:
        return ()
    lines = Lines(text)
    kinds: dict[str, list[Mutant]] = {}
    for kind, old, new in _faults(node):
        begin, end = lines.span(old)
        changed = f"{text[:begin]}{new}{text[end:]}"
        if parses(changed):
            what = f"line {old.lineno}: {' '.join(text[begin:end].split())[:60]} → {new[:60]}"
            kinds.setdefault(kind, []).append(Mutant(what, changed))
    mixed: list[Mutant] = []
    order = [kinds[kind] for kind in ("compare", "constant", "operator", "condition", "result") if kind in kinds]
    for place in range(max((len(found) for found in order), default=0)):
        mixed += [found[place] for found in order if place < len(found)]
    return tuple(mixed[:most])


def _faults(node: ast.AST) -> Iterator[tuple[str, ast.expr, str]]:
    """Yield the kind of each fault, the expression it is in, and what that becomes."""
    for part in _within(node):
        if isinstance(part, ast.Return) and part.value is not None:
            if not (isinstance(part.value, ast.Constant) and part.value.value is None):
                yield "result", part.value, "None"
        elif isinstance(part, ast.If | ast.IfExp | ast.Assert):
            yield "condition", part.test, f"(not ({ast.unparse(part.test)}))"
        elif isinstance(part, ast.Compare) and type(part.ops[0]) in _SWAPPED:
            yield "compare", part, _with_operator(part, "ops")
        elif isinstance(part, ast.BoolOp | ast.BinOp) and type(part.op) in _SWAPPED and not _is_text(part):
            yield "operator", part, _with_operator(part, "op")
        elif isinstance(part, ast.UnaryOp) and isinstance(part.op, ast.Not):
            yield "operator", part, f"({ast.unparse(part.operand)})"
        elif isinstance(part, ast.Constant):
            other = _other(part.value)
            if other is not None:
                yield "constant", part, other


def _within(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what is in a symbol apart from docstrings, annotations, f-strings and what makes loops end."""
    for child in _children(node):
        if isinstance(child, ast.JoinedStr | ast.AugAssign):
            continue
        if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
            continue
        yield child
        yield from _within(child)


def _children(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        yield from (default for default in (*node.args.defaults, *node.args.kw_defaults) if default is not None)
        yield from node.body
    elif isinstance(node, ast.While):
        yield from (*node.body, *node.orelse)
    elif isinstance(node, ast.AnnAssign):
        yield from [node.value] if node.value else []
    else:
        yield from ast.iter_child_nodes(node)


def _with_operator(node: ast.expr, field: str) -> str:
    changed = copy.deepcopy(node)
    if field == "ops":
        assert isinstance(changed, ast.Compare)
        changed.ops[0] = cast("ast.cmpop", _SWAPPED[type(changed.ops[0])]())
    else:
        operator = getattr(changed, "op")  # noqa: B009 — of a BoolOp or a BinOp
        setattr(changed, "op", _SWAPPED[type(operator)]())  # noqa: B010
    return f"({ast.unparse(changed)})"


def _is_text(node: ast.AST) -> bool:
    """Return whether an operation is on texts, of which another operator only makes an error."""
    return isinstance(node, ast.BinOp) and any(
        isinstance(side, ast.JoinedStr) or (isinstance(side, ast.Constant) and isinstance(side.value, str))
        for side in (node.left, node.right)
    )


def _other(value: object) -> str | None:
    if isinstance(value, bool):
        return str(not value)
    if isinstance(value, int) and abs(value) < 10**9:
        return f"({value + 1})"
    if isinstance(value, str):
        return '"x"' if not value else '""'
    return None
