"""Changes of what is written out: another text that counts too, one that is to fit with its dots, a sign's blanks."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

from workbench.crew.plain.places import made, parts, spot
from workbench.crew.slips.righted import Changed, Righted

_TOO = re.compile(r"\b(?:also|too|as well|either|accept\w*|allow\w*|like|treat\w*|count\w*|mean\w*)\b", re.IGNORECASE)
_TO_FIT = re.compile(
    r"\b(?:longer|at most|exceeds?|too (?:long|wide)|fits?|width|includ\w+|altogether|in all|no more than)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"(?<!\w)(['\"`])((?:(?!\1)[^\n\\])+)\1")


def texts_too(changed: Changed) -> Iterator[Righted]:
    """Yield texts that the task quotes taken too where a text is compared, looked for or asked how it begins."""
    known = {part.value for part in parts(changed) if isinstance(part, ast.Constant)}
    quoted = _quoted(changed.task) if _TOO.search(changed.task) else []
    new = [ast.Constant(text) for text in quoted if text not in known]
    for part in parts(changed) if new else ():
        match part:
            case ast.Call(func=ast.Attribute(attr="startswith" | "endswith"), args=[given]) if _are_texts(given):
                old, written = given, ast.unparse(_with(given, new))
            case ast.Compare(
                ops=[ast.In() | ast.NotIn()], comparators=[ast.Tuple() | ast.List() | ast.Set() as given]
            ) if _are_texts(given):
                old, written = given, ast.unparse(_with(given, new))
            case ast.Compare(left=left, ops=[ast.Eq()], comparators=[ast.Constant(value=str()) as given]):
                old, written = part, ast.unparse(ast.Compare(left, [ast.In()], [_with(given, new)]))
            case ast.Compare(left=left, ops=[ast.NotEq()], comparators=[ast.Constant(value=str()) as given]):
                old, written = part, ast.unparse(ast.Compare(left, [ast.NotIn()], [_with(given, new)]))
            case _:
                continue
        if span := spot(changed, old):
            yield from made(changed, f"`{written}`", (*span, written))


def _are_texts(given: ast.expr) -> bool:
    every = given.elts if isinstance(given, ast.Tuple | ast.List | ast.Set) else [given]
    return all(isinstance(one, ast.Constant) and isinstance(one.value, str) for one in every)


def _with(given: ast.expr, new: Sequence[ast.expr]) -> ast.expr:
    """Return one text, or some, with others behind."""
    match given:
        case ast.Tuple() | ast.List() | ast.Set():
            return type(given)([*given.elts, *new])
    return ast.Tuple([given, *new])


def to_fit(changed: Changed) -> Iterator[Righted]:
    """Yield a text cut shorter by what is put behind it."""
    joined = [part for part in parts(changed) if isinstance(part, ast.BinOp) and isinstance(part.op, ast.Add)]
    for part in joined if _TO_FIT.search(changed.task) else ():
        behind = part.right.value if isinstance(part.right, ast.Constant) else None
        for cut in ast.walk(part.left) if isinstance(behind, str) else ():
            match cut:
                case ast.Slice(lower=None, upper=ast.expr() as upper, step=None) if span := spot(changed, upper):
                    shorter = ast.unparse(ast.BinOp(upper, ast.Sub(), ast.Constant(len(str(behind)))))
                    yield from made(changed, f"cut at `{shorter}`", (*span, shorter))


def without_blanks(changed: Changed) -> Iterator[Righted]:
    """Yield a text cut at a sign without the blanks around it, where the task has a sample that lacks them."""
    quoted = _quoted(changed.task)
    for part in parts(changed):
        match part:
            case ast.Call(
                func=ast.Attribute(attr="split" | "partition" | "rsplit" | "rpartition"),
                args=[ast.Constant(value=str(sign)) as given, *_],
            ) if sign.strip() and sign != sign.strip() and (span := spot(changed, given)):
                if any(sign not in text and sign.strip() in text for text in quoted):
                    yield from made(changed, f"cut at {sign.strip()!r}", (*span, repr(sign.strip())))


def _quoted(task: str) -> list[str]:
    return list(dict.fromkeys(found[2] for found in _QUOTED.finditer(task)))
