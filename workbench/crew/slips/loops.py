"""A loop that goes on without its step: `continue` before the line that moves it on, for ever."""

from __future__ import annotations

import ast
import re

from workbench.crew.slips.righted import Changed, Righted
from workbench.crew.wrapping.tail import stored

_WAITS = re.compile(r"\b(?:wait|paus|poll|ready|retr(?:y|ies))\w*", re.IGNORECASE)


def steps_on(changed: Changed) -> Righted | None:
    """Return the answer with the step of a loop made before a new `continue` that passes over it.

    `while day < end: if day in off: continue; …; day += week` never ends once it comes to such a day: nothing that is
    asked for changes any more. What is asked by a call may change by that.
    """
    if _WAITS.search(changed.task):
        return None
    for loop in ast.walk(changed.node):
        match loop:
            case ast.While(
                test=asked, body=[ast.If(test=test, body=[ast.Continue() as goes_on], orelse=[]) as choice, *_]
            ):
                step = loop.body[-1]
            case _:
                continue
        # What the step does not change may be changed by somebody else: such a loop waits.
        names = {part.id for part in ast.walk(test) if isinstance(part, ast.Name)}
        is_new = choice in changed.new and step not in changed.new
        moved = stored([step])
        is_step = isinstance(step, ast.Assign | ast.AugAssign) and len(moved) == 1 and moved <= names
        # What it is made of must be there before the lines that are passed over.
        is_ready = not stored(loop.body[1:-1]) & {part.id for part in ast.walk(step) if isinstance(part, ast.Name)}
        if not is_new or not is_step or not is_ready or not _is_looked_at(asked, test):
            continue
        lines = changed.lines
        begin, end = lines.span(goes_on)
        span = lines.span(step)
        if changed.have_their_lines((begin, end), span) and "\n" not in lines.text[slice(*span)]:
            margin = lines.text[lines.text.rfind("\n", 0, begin) + 1 : begin]
            said = lines.text[slice(*span)]
            return changed.righted(
                f"`{said}` before `continue`, or the loop never ends", (begin, begin, f"{said}\n{margin}")
            )
    return None


def _is_looked_at(asked: ast.expr, test: ast.expr) -> bool:
    """Return whether what is asked for gives the same answer until a name is set: no call but of a length is in it."""
    for part in (*ast.walk(asked), *ast.walk(test)):
        match part:
            case ast.Call(func=ast.Name(id="len")):
                continue
            case ast.NamedExpr() | ast.Await() | ast.Yield() | ast.YieldFrom() | ast.Call():
                return False
    return True
