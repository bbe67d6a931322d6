"""The last of several set apart from the others, where there may be only one of them, or none."""

from __future__ import annotations

import ast

from workbench.crew.judging.stated import work_of
from workbench.crew.slips.righted import Changed, Righted, holders_of
from workbench.crew.wrapping.tail import stored
from workbench.edits.source import Lines


def few_as_before(changed: Changed) -> Righted | None:
    """Return the answer with what there was for less than two, where it takes the last one from the others unasked.

    `", ".join(names[:-1]) + " and " + names[-1]` is " and Ann" for one name, and an error for none. Old code that is
    one `return` did with both.
    """
    old = work_of(changed.was) if changed.was else []
    if len(old) != 1 or not isinstance(old[0], ast.Return) or old[0].value is None:
        return None
    looked_at = {ast.dump(one) for one in ast.walk(old[0].value)}
    for part in changed.new:
        match part:
            case ast.Return(value=ast.expr() as value):
                whole = _parted(value)
            case _:
                continue
        if whole is None or _is_asked(changed, whole) or ast.dump(whole) not in looked_at:
            continue
        before = [one for one in work_of(changed.node) if one is not part]
        if part not in work_of(changed.node) or stored(before):
            # What the old line reads may be something else by then.
            continue
        begin, margin = changed.lines.span(part)[0], changed.lines.indent(part.lineno)
        if not changed.lines.text[changed.lines.start(part.lineno) : begin].strip():
            text = ast.unparse(whole)
            deeper = "\t" if margin.endswith("\t") else "    "
            kept = f"if len({text}) < 2:\n{margin}{deeper}{_as_it_stood(changed, old[0])}\n{margin}"
            return changed.righted(f"less than two of `{text}` are as before", (begin, begin, kept))
    return None


def _parted(value: ast.expr) -> ast.expr | None:
    """Return of what an expression joins all but the last and takes the last as it is; None where of nothing.

    What is done to the last one alone is to be done to one that is all there is, too.
    """
    others, lasts = [], []
    holders = holders_of(value)
    for part in ast.walk(value):
        match part:
            case ast.Call(func=ast.Attribute(attr="join"), args=[ast.Subscript(value=whole, slice=ast.Slice() as cut)]):
                if cut.lower is None and cut.step is None and _is_last(cut.upper):
                    others.append(whole)
            case ast.Subscript(value=whole, slice=index) if _is_last(index):
                if isinstance(holders.get(id(part)), ast.BinOp | ast.FormattedValue | ast.List | ast.Tuple):
                    lasts.append(whole)
    same = [one for one in others if any(ast.dump(one) == ast.dump(other) for other in lasts)]
    return same[0] if same and isinstance(same[0], ast.Name | ast.Attribute) else None


def _is_last(index: ast.expr | None) -> bool:
    return index is not None and ast.unparse(index) == "-1"


def _is_asked(changed: Changed, whole: ast.expr) -> bool:
    """Return whether a function asks how many there are, or whether there are any."""
    known = ast.dump(whole)
    for part in ast.walk(changed.node):
        match part:
            case ast.Call(func=ast.Name(id="len"), args=[given]) if ast.dump(given) == known:
                return True
            case ast.If(test=test) | ast.IfExp(test=test) if known in ast.dump(test):
                return True
            case ast.Try():
                return True
    return False


def _as_it_stood(changed: Changed, line: ast.Return) -> str:
    """Return an old line as the file had it, where it stood in one."""
    source = Lines((changed.edit.before or b"").decode("utf-8"))
    alone = source.line(line.lineno).strip() if line.lineno == line.end_lineno else ""
    return alone if alone.startswith("return") and "#" not in alone else ast.unparse(line)
