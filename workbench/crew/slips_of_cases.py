"""A new case that took over the old ones: the answer does what is new and no longer what there was."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from workbench.crew.slips_righted import LONGEST, Changed, Righted, changed_function
from workbench.crew.stated import Function, parameters, work_of
from workbench.crew.wrapper_tail import ends, stored
from workbench.crew.wrapping import adds
from workbench.edits.source import Lines
from workbench.model import FileEdit

ALIKE = 0.6
"""Share of their text that two statements have in common of which one was written for the other."""

_IS_A_CASE = re.compile(r"\b(?:if|when|for|too|also|only|unless|where|from \w+ on|or more|at least|longer|more than)\b")


def as_before_without(changed: Changed) -> Iterator[Righted | None]:
    """Yield the answer with the short old body kept for where one of its new values is nothing.

    Asked to show hours where there are some, a model likes to show `0:` where there are none.
    """
    if changed.was is None or not _IS_A_CASE.search(changed.task):
        return
    old, new = work_of(changed.was), work_of(changed.node)
    rows = [row for one in old for row in ast.unparse(one).split("\n")]
    last = new[-1]
    if not isinstance(last, ast.Return) or not isinstance(old[-1], ast.Return) or len(rows) > LONGEST:
        return
    before, lines = new[:-1], changed.lines
    known = stored(old) | set(changed.names)
    # What the old body reads must be as it was when it began.
    if stored(before) & {one.arg for one in (*changed.was.args.args, *changed.was.args.kwonlyargs)}:
        return
    begin = lines.span(last)[0]
    margin = lines.indent(last.lineno)
    if lines.text[lines.start(last.lineno) : begin].strip():
        return
    for name in _set_plainly(before):
        if name not in known:
            kept = "".join(f"{margin}    {row}\n" for row in rows)
            yield changed.righted(
                f"without `{name}` it does what it did", (begin, begin, f"if not {name}:\n{kept}{margin}")
            )


def _set_plainly(statements: list[ast.stmt]) -> Iterator[str]:
    """Yield the names that statements set, one after the other and not in a branch."""
    for one in statements:
        if isinstance(one, ast.Assign):
            for target in one.targets:
                for part in target.elts if isinstance(target, ast.Tuple) else [target]:
                    if isinstance(part, ast.Name):
                        yield part.id


def nearer(task: str, edits: Sequence[FileEdit]) -> Iterator[Righted]:
    """Yield an answer nearer to what was there, where it wrote old lines anew; each is to be judged before the answer.

    Args:
        task: what was asked.
        edits: the answer; more than one file, or more than one function changed, is left alone.
    """
    changed = changed_function(task, edits)
    if changed is None or changed.was is None:
        return
    for find in (_with_old_body, _said_once):
        try:
            made = find(changed, changed.was)
        except (RecursionError, ValueError):
            made = None
        if made is not None:
            yield made


def _with_old_body(changed: Changed, was: Function) -> Righted | None:
    """Return an answer with the old body behind its first new case, where it wrote anew what comes after that.

    A model that adds a case to a function likes to write the rest as it thinks that it was.
    """
    if not adds(changed.task):
        return None
    old, new = work_of(was), work_of(changed.node)
    new_parts = set(changed.new)
    place = next((number for number, one in enumerate(new) if isinstance(one, ast.If) and one.test in new_parts), None)
    case = new[place] if place is not None else None
    if place is None or not isinstance(case, ast.If) or not ends(case.body):
        return None
    lead, rest = new[:place], [*case.orelse, *new[place + 1 :]]
    there = {ast.dump(one) for one in rest}
    given = set(parameters(was))
    if all(ast.dump(one) in there for one in old) or any(ast.dump(one) in {*map(ast.dump, old)} for one in lead):
        return None
    if stored(lead) & (given | {part.id for one in old for part in ast.walk(one) if isinstance(part, ast.Name)}):
        return None
    before, lines = Lines((changed.edit.before or b"").decode("utf-8")), changed.lines
    body = before.text[before.start(old[0].lineno) : before.end(old[-1].end_lineno or old[-1].lineno)]
    if before.indent(old[0].lineno) != lines.indent(new[0].lineno) or "\r" in body:
        return None
    begin = lines.end(case.body[-1].end_lineno or 0)
    end = lines.end(new[-1].end_lineno or new[-1].lineno)
    return changed.righted("the old lines follow what is new", (begin, end, f"\n{body}"))


def _said_once(changed: Changed, was: Function) -> Righted | None:
    """Return an answer without the old lines that stand behind what was written in their place.

    Asked for what is new alone, a model may write the old lines too, mended, and hand on to the old function after all.
    """
    old, new = work_of(was), work_of(changed.node)
    count = len(new) - len(old)
    if not 1 < count <= len(old) or [*map(ast.dump, new[count:])] != [*map(ast.dump, old)]:
        return None
    pairs = list(zip(new[:count], old, strict=False))
    if not all(type(one) is type(other) and _are_alike(one, other) for one, other in pairs):
        return None
    lines = changed.lines
    begin, end = lines.end(new[count - 1].end_lineno or 0), lines.end(new[2 * count - 1].end_lineno or 0)
    return changed.righted("the old lines are not said twice", (begin, end, ""))


def _are_alike(one: ast.stmt, other: ast.stmt) -> bool:
    return SequenceMatcher(None, ast.unparse(one), ast.unparse(other), autojunk=False).ratio() >= ALIKE
