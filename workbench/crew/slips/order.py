"""New lines that are right but for their place among the others, or for a name that they take over."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import pairwise

from workbench.crew.slips.righted import Changed, Righted
from workbench.crew.wrapping.tail import stored
from workbench.edits.source import Lines

_LEAVES = (ast.Return, ast.Raise, ast.Break, ast.Continue)


def moved_by_one(changed: Changed) -> Iterator[Righted | None]:
    """Yield a new step put behind the old one that follows it, or before the one that it follows."""
    new = set(changed.new) if changed.was else set()
    for body in _bodies(changed.node):
        added = [one for one in body if one in new]
        if len(added) != 1 or not isinstance(added[0], ast.If | ast.Expr):
            continue
        for first, second in reversed(list(pairwise(body))):
            if added[0] in (first, second) and not isinstance(second, _LEAVES) and not _is_text(first):
                yield _swapped(changed, first, second)


def _is_text(step: ast.stmt) -> bool:
    """Return whether a statement is a docstring, which has its place."""
    return isinstance(step, ast.Expr) and isinstance(step.value, ast.Constant)


def _bodies(node: ast.AST) -> Iterator[list[ast.stmt]]:
    for part in ast.walk(node):
        for name in ("body", "orelse"):
            if isinstance(body := getattr(part, name, None), list):
                yield body


def _swapped(changed: Changed, first: ast.stmt, second: ast.stmt) -> Righted | None:
    """Return the answer with two statements in the other order, if each has its lines to itself."""
    lines = changed.lines
    spans = [lines.span(one) for one in (first, second)]
    if not changed.have_their_lines(*spans):
        return None
    texts = [lines.text[begin:end] for begin, end in spans]
    said = ast.unparse(second).splitlines()[0]
    return changed.righted(f"`{said}` comes first", (*spans[0], texts[1]), (*spans[1], texts[0]))


def of_its_own(changed: Changed) -> Righted | None:
    """Return the answer with a new loop's variable under a name of its own, where it takes one that is looked at later.

    After such a loop the name stands for the last thing that the loop saw, and no longer for what it was set to before.
    Old lines that look at it cannot mean that, unless it was set to next to nothing, for the loop to find something.
    """
    for body in _bodies(changed.node) if changed.was else ():
        for place, loop in enumerate(body):
            if not (isinstance(loop, ast.For) and loop in changed.new and isinstance(loop.target, ast.Name)):
                continue
            name = loop.target.id
            free = [one for one in ("one", "each", "other") if not changed.looks(one) and one not in changed.own]
            parts = [part for part in ast.walk(loop) if isinstance(part, ast.Name) and part.id == name]
            spans = [changed.lines.span(part) for part in parts]
            is_plain = not _is_bound_within(loop, name) and changed.stand_there(spans, name)
            if free and is_plain and not _is_left(loop) and _is_theirs(changed, name, body[:place], body[place + 1 :]):
                return changed.righted(f"the loop's `{name}` is `{free[0]}`", *((*span, free[0]) for span in spans))
    return None


def _is_theirs(changed: Changed, name: str, before: list[ast.stmt], behind: list[ast.stmt]) -> bool:
    """Return whether old lines behind a place look at what a name was set to before it, and no old loop set it."""
    old = list(ast.walk(changed.was)) if changed.was else []
    if any(isinstance(part, ast.For | ast.AsyncFor) and name in stored([part.target]) for part in old):
        return False
    if any(isinstance(part, ast.Global | ast.Nonlocal) and name in part.names for part in ast.walk(changed.node)):
        return False
    sets = [one for one in before if name in stored([one])]
    if not sets or not isinstance(sets[-1], ast.Assign) or _is_next_to_nothing(sets[-1].value):
        return False
    for one in behind:
        found = [part for part in ast.walk(one) if isinstance(part, ast.Name) and part.id == name]
        if found:
            return isinstance(found[0].ctx, ast.Load) and ast.dump(one) in {ast.dump(part) for part in old}
    return False


def _is_next_to_nothing(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) or ast.unparse(value) in {"[]", "()", "{}", "set()"}


def _is_bound_within(loop: ast.For, name: str) -> bool:
    """Return whether something else in a loop goes by its variable's name, or shows it, or what it runs over is it."""
    parts = list(ast.walk(loop))
    is_given = any(isinstance(part, ast.arg) and part.arg == name for part in parts)
    is_shown = any(isinstance(part, ast.JoinedStr) and f"{name}=" in ast.unparse(part) for part in parts)
    reads_it_first = any(isinstance(part, ast.Name) and part.id == name for part in ast.walk(loop.iter))
    return is_given or is_shown or reads_it_first or name in stored([*loop.body, *loop.orelse])


def _is_left(loop: ast.For) -> bool:
    """Return whether a loop is left where it has found what it looked for: its variable is then meant to be kept."""
    return any(isinstance(part, ast.Break) for part in ast.walk(loop))


def narrow_try(changed: Changed) -> Iterator[Righted | None]:
    """Yield the answer with a `try` around its first step alone, where it would catch what the next ones raise."""
    for block in changed.new:
        match block:
            case ast.Try(body=[ast.Assign() as first, *rest], handlers=handlers, orelse=[], finalbody=[]) if rest:
                raised = {_name_of(one.exc) for step in rest for one in ast.walk(step) if isinstance(one, ast.Raise)}
                caught = {ast.unparse(one.type) for one in handlers if one.type}
                if raised & caught and all(isinstance(one.body[-1], _LEAVES) for one in handlers):
                    yield _narrowed(changed, block, first, rest)


def _narrowed(changed: Changed, block: ast.Try, first: ast.stmt, rest: list[ast.stmt]) -> Righted | None:
    lines = changed.lines
    begin, end = lines.end(first.end_lineno or first.lineno), lines.end(rest[-1].end_lineno or rest[-1].lineno)
    texts = (part for step in rest for part in ast.walk(step) if isinstance(part, ast.Constant | ast.JoinedStr))
    if rest[0].lineno == first.end_lineno or any(part.lineno != part.end_lineno for part in texts):
        return None
    margin, inner = lines.indent(block.lineno), lines.indent(rest[0].lineno)
    rows = lines.text[begin:end].split("\n")[1:]
    after = "".join(f"\n{margin}{row.removeprefix(inner)}" if row.strip() else "\n" for row in rows)
    last = lines.end(block.end_lineno or block.lineno)
    return changed.righted(f"only `{ast.unparse(first)}` is tried", (begin, end, ""), (last, last, after))


def _name_of(raised: ast.expr | None) -> str:
    return ast.unparse(raised.func if isinstance(raised, ast.Call) else raised) if raised else ""


def out_of_a_block(changed: Changed) -> Righted | None:
    """Return the answer with old lines, that cannot be reached behind a `raise` or `return`, where they were before.

    A small model that changes a line deep within a function likes to go on as deep as that.
    """
    if changed.was is None or changed.was.col_offset != changed.node.col_offset:
        return None
    old, new = Lines((changed.edit.before or b"").decode("utf-8")), changed.lines
    first, last = changed.was.lineno, changed.was.end_lineno or changed.was.lineno
    for body in _bodies(changed.node):
        for one, after in pairwise(body):
            if isinstance(one, _LEAVES) and changed.node.end_lineno:
                begin = (one.end_lineno or one.lineno) + 1
                rest = [new.line(row) for row in range(begin, changed.node.end_lineno + 1)]
                at = _suffix([old.line(row) for row in range(first, last + 1)], rest)
                if at and after.lineno >= begin:
                    place = new.start(begin), new.end(changed.node.end_lineno)
                    return changed.righted("what cannot be reached stands where it was", (*place, "\n".join(at)))
    return None


def _suffix(old: list[str], rest: list[str]) -> list[str]:
    """Return the last lines of an old function that say the same as others but for their margins; else nothing."""
    wanted = [row.strip() for row in rest if row.strip()]
    for count in range(1, len(old)):
        said = [row.strip() for row in old[-count:] if row.strip()]
        if len(said) >= len(wanted) and old[-count - 1].strip():
            return old[-count:] if said == wanted and old[-count:] != rest else []
    return []
