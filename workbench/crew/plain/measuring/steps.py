"""What is returned rounded to a step that the task names: up to the next half, to the nearest quarter, to full tens."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workbench.crew.plain.places import alone, made, parts, spot
from workbench.crew.slips.righted import Changed, Righted

_TO = re.compile(
    r"\bround\w*(?: (?!to\b)\w+){0,4}?(?: (?P<way>up|down|off))? to (?:the |an? )?(?:next |nearest |closest |last )?"
    r"(?:full |whole )?(?P<step>hal(?:f|ves)|quarters?|tens?|hundreds?|thousands?|\d{1,6}(?:\.\d{1,2})?)\b"
    r"(?!\.?\d| (?:places?|digits?|decimals?)\b)",
    re.IGNORECASE,
)
_NAMES_STEP = re.compile(r"\b(?:next|nearest|closest|full|whole)\b", re.IGNORECASE)
_UNIT = re.compile(r"-?\s*(?:of )?(?:an? )?(?P<unit>[^\W\d]+|%)")
_PARTS = {"half": 2, "halves": 2, "quarter": 4, "quarters": 4, "0.5": 2, "0.50": 2, "0.25": 4}
"""How many of a step are one."""

_WHOLE = {"ten": 10, "tens": 10, "hundred": 100, "hundreds": 100, "thousand": 1000, "thousands": 1000}

_SMALLEST = 2
_ROUNDS = frozenset({"round", "int", "ceil", "floor"})


def in_steps(changed: Changed) -> Iterator[Righted]:
    """Yield a computed value that is returned, or kept, rounded to the step that the task names, in its direction."""
    found = _TO.search(changed.task)
    if found is None:
        return
    way, said = (found["way"] or "").lower(), found["step"].lower()
    for part in parts(changed):
        match part:
            case (
                ast.Return(value=ast.BinOp() | ast.Call() as value)
                | ast.Assign(targets=[ast.Name()], value=ast.BinOp() as value)
                | ast.Assign(targets=[ast.Subscript() | ast.Attribute()], value=ast.BinOp() | ast.Call() as value)
            ) if (span := spot(changed, value)) and (inner := _unrounded(value)):
                new = _rounded(changed, inner, way, said)
                if new:
                    yield from made(changed, f"`{ast.unparse(value)}` is `{new}`", (*span, new))


def is_of_another_unit(changed: Changed) -> bool:
    """Return whether the step may be none of what is returned: no step in so many words, or of an unknown unit.

    "The next 5 cents" says nothing of euros. What is returned is known by how the docstring calls it.
    """
    found = _TO.search(changed.task)
    if found is None or not _NAMES_STEP.search(found[0]):
        return True
    unit = _UNIT.match(changed.task, found.end())
    about = (ast.get_docstring(changed.node) or "").lower()
    return unit is not None and not re.search(rf"\b{re.escape(unit['unit'].lower().rstrip('s'))}(?:e?s)?\b", about)


def _unrounded(value: ast.expr) -> ast.expr | None:
    """Return what is rounded already, or a sum; None of anything else."""
    match value:
        case ast.BinOp(op=ast.Add() | ast.Sub() | ast.Mult() | ast.Div() | ast.FloorDiv()):
            return value
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(value=ast.Name(id="math"), attr=name), args=[inner]) if (
            name in _ROUNDS and not value.keywords
        ):
            return inner
    return None


def _rounded(changed: Changed, inner: ast.expr, way: str, said: str) -> str:
    """Return the text of a value rounded; nothing where the step is none that numbers have exactly."""
    one, share = alone(changed, inner), _PARTS.get(said, 0)
    step = _WHOLE.get(said, 0) or (int(said) if said.isdigit() else 0)
    if not share and step < _SMALLEST:
        return ""
    scaled, back = (f"{one} * {share}", f"/ {share}") if share else (f"{one} / {step}", f"* {step}")
    if way not in {"up", "down"}:
        return f"round({scaled}) {back}"
    if _has_math(changed.tree):
        return f"math.{'ceil' if way == 'up' else 'floor'}({scaled}) {back}"
    size = 1 / share if share else step
    return f"-(-{one} // {size}) * {size}" if way == "up" else f"{one} // {size} * {size}"


def _has_math(tree: ast.Module) -> bool:
    names = [name for line in tree.body if isinstance(line, ast.Import) for name in line.names]
    return any(name.name == "math" and name.asname is None for name in names)
