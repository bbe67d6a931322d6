"""What a comprehension passed over, and passes over no more since it passes something else over too."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workbench.crew.slips.righted import Changed, Righted

_OTHERWISE = re.compile(
    r"\b(?:instead|rather|no longer|any more|anymore|remov\w*|drop\w*|replac\w*|also keep|keep\w*|includ\w*|even"
    r"|regardless|whatever|all of them|every|go(?:es)? by|based on|depend\w*|not by)\b",
    re.IGNORECASE,
)
"""How a task says that what was passed over is to come."""

_PASSED = r"(?:skip|ignor|exclud|omit|pass|leav|left|hid|drop|filter|remov|be\b|to\b)"
_ARE_NO_LONGER = re.compile(
    rf"(?<!\bso )\b(?:who|that|which) (?:(?!{_PASSED})[\w']+ ){{1,4}}any ?more\b"
    rf"|(?<!\bso )\b(?:who|that|which) (?!should|must|shall)[\w']+ no longer\b(?! {_PASSED})",
    re.IGNORECASE,
)
"""What is said of the things, and not of what is done with them: `leave out those who are not active any more`."""

_PASSES_OVER = re.compile(
    r"\b(?:skip\w*|ignor\w*|exclud\w*|omit\w*|pass(?:es|ed)? over|(?:leav\w*|left) out|not (?:count|list|show|return)"
    r"|hid\w*)\b",
    re.IGNORECASE,
)
"""How a task says that something is to be passed over; others may ask for another condition in the old one's place."""

_CHAINED = frozenset({"strip", "lstrip", "rstrip", "lower", "upper", "casefold"})


def kept_condition(changed: Changed) -> Righted | None:
    """Return the answer with the old conditions of what is gone through, where it is gone through by a new one alone.

    A model that is to skip comments too likes to write that in the place of how blank lines are skipped.
    """
    if changed.was is None or not passes_over_too(changed.task):
        return None
    old = [(_way(one), one) for one in _ways(changed.was) if one.ifs]
    swaps: list[tuple[int, int, str]] = []
    said = ""
    for way in _ways(changed.node):
        was = [one for known, one in old if known == _way(way)]
        if len(was) != 1 or not way.ifs:
            continue
        asked = [ast.dump(part) for test in way.ifs for part in _parts(test)]
        lost = [part for test in was[0].ifs for part in _parts(test) if ast.dump(part) not in asked]
        # A condition that was mended is no new one: all of the old ones must be left out, as they were.
        if not lost or len(lost) != sum(len(_parts(test)) for test in was[0].ifs) or _is_like(lost, way):
            continue
        begin, end = changed.lines.span(way.ifs[0])
        said = " and ".join(f"({ast.unparse(one)})" if _is_loose(one) else ast.unparse(one) for one in lost)
        own = changed.lines.text[begin:end]
        swaps.append((begin, end, f"{said} and {f'({own})' if _is_loose(way.ifs[0]) else own}"))
    return changed.righted(f"`{said}` is asked still", *swaps) if len(swaps) == 1 else None


def passes_over_too(task: str) -> bool:
    """Return whether a task wants something passed over, and nothing that was passed over to come."""
    return _PASSES_OVER.search(task) is not None and not _OTHERWISE.search(_ARE_NO_LONGER.sub("", task))


def _ways(node: ast.AST) -> Iterator[ast.comprehension]:
    yield from (part for part in ast.walk(node) if isinstance(part, ast.comprehension))


def _way(one: ast.comprehension) -> str:
    return f"{ast.dump(one.target)} in {ast.dump(one.iter)}"


def _parts(test: ast.expr) -> list[ast.expr]:
    return test.values if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And) else [test]


def _is_loose(test: ast.expr) -> bool:
    return isinstance(test, ast.BoolOp | ast.IfExp | ast.Lambda | ast.NamedExpr)


def _is_like(lost: list[ast.expr], way: ast.comprehension) -> bool:
    """Return whether new conditions ask of the same thing in another way: `x.day > 2` for `x.day > 1`."""
    bare = {ast.dump(_without_not(test)) for test in lost}
    if any(ast.dump(part) in bare for test in way.ifs for part in ast.walk(test)):
        return not all(isinstance(_without_not(test), ast.Call) and _is_within_call(test, way) for test in lost)
    if {_asked(test) for test in lost} & {_asked(part) for test in way.ifs for part in ast.walk(test)} - {""}:
        return True
    own = {part.id for part in ast.walk(way.target) if isinstance(part, ast.Name)}
    return bool(_things(lost, own) & _things(way.ifs, own)) or any(
        ast.dump(_without_not(one)) in bare for one in way.ifs
    )


def _is_within_call(test: ast.expr, way: ast.comprehension) -> bool:
    """Return whether a condition is asked further where it stands in new ones: `x.strip().startswith('#')`."""
    known = ast.dump(test)
    inner = [part.value for one in way.ifs for part in ast.walk(one) if isinstance(part, ast.Attribute)]
    return any(ast.dump(part) == known for part in inner)


def _asked(test: ast.AST) -> str:
    """Return what a condition asks of what: `len(x) > 3` and `len(x) >= 3` the same, and `x` as `x >= 0`."""
    match test:
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            return _asked(inner)
        case ast.Compare(left=left):
            return ast.dump(_unchained(left))
        case ast.Name():
            return ast.dump(test)
        case ast.Call(func=ast.Attribute(value=value, attr=attr)) if attr not in _CHAINED:
            return f"{ast.dump(_unchained(value))}.{'is' if attr.startswith('is') else attr}"
    return ""


def _unchained(value: ast.expr) -> ast.expr:
    """Return what a text is made of: `x` of `x.strip().lower()`."""
    match value:
        case ast.Call(func=ast.Attribute(value=inner, attr=attr)) if attr in _CHAINED:
            return _unchained(inner)
    return value


def _without_not(test: ast.expr) -> ast.expr:
    return test.operand if isinstance(test, ast.UnaryOp) else test


def _things(tests: list[ast.expr], own: set[str]) -> set[str]:
    """Return the names and fields that conditions ask of, but the `own` ones of what is gone through by themselves."""
    every = [part for test in tests for part in ast.walk(test)]
    called = {id(part.func) for part in every if isinstance(part, ast.Call)}
    fields = {ast.dump(part) for part in every if isinstance(part, ast.Attribute) and id(part) not in called}
    return fields | {part.id for part in every if isinstance(part, ast.Name) and id(part) not in called} - own
