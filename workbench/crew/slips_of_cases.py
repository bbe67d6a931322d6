"""A new case that took over the old ones: the answer does what is new and no longer what there was."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workbench.crew.slips_righted import LONGEST, Changed, Righted
from workbench.crew.stated import work_of
from workbench.crew.wrapper_tail import stored

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
