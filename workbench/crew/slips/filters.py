"""What a function leaves out, which an answer forgot when it put the rest in order."""

from __future__ import annotations

import ast
import re

from workbench.crew.judging.lost import ALL_OF_THEM
from workbench.crew.judging.stated import parameters, work_of
from workbench.crew.slips.righted import Changed, Righted
from workbench.crew.wrapping.tail import stored
from workbench.edits.source import Lines

_TESTS = (ast.If, ast.IfExp, ast.BoolOp, ast.Compare, ast.Try)
_FURTHER_DOWN = re.compile(
    r"\b(?:blank|too|also|as well|still|last|end|bottom|below|behind|after|keep\w*|not|never|stop\w*|hid\w*|drop\w*"
    r"|leav\w*|skip\w*|filter\w*)\b|n't\b",
    re.IGNORECASE,
)
"""Words of a task that may want what was left out behind the rest."""

_AS_NOW = re.compile(r",? (?:and )?not (?:in the order|by) (?:(?! (?:and|but)\b)[^,:.;])*")
"""How things are sorted now: "in the order of their start, not in the order in which they were made"."""

_TRUTH = re.compile(r"\b(?:is|has|can)_\w|\b(?:not|bool)\b")
"""What sorts those that are something before those that are not: both are meant to be there."""


def still_left_out(changed: Changed) -> Righted | None:
    """Return an answer that sorts all things with those left out again that were left out before.

    `[group for group in groups if group.is_open]` became `sorted(groups, ...)`, and nothing is asked any more. Only
    what was returned then and is returned now is looked at, where no other line is new.
    """
    if changed.was is None or ALL_OF_THEM.search(changed.task) or any(map(_asks, ast.walk(changed.node))):
        return None
    chosen = [part for part in ast.walk(changed.was) if isinstance(part, ast.ListComp)]
    returned = work_of(changed.was)[-1:]
    if len(chosen) != 1 or len(chosen[0].generators) != 1 or _FURTHER_DOWN.search(_AS_NOW.sub("", changed.task)):
        return None
    (only,) = chosen[0].generators
    kept = ast.unparse(only.target) == ast.unparse(chosen[0].elt) and only.ifs
    if not kept or not _returns(returned, chosen[0]) or not _is_known(changed, only):
        return None
    match [part for part in changed.new if isinstance(part, ast.stmt) and not _says_nothing(part)]:
        case [ast.Return(value=ast.Call(func=ast.Name(id="sorted"), args=[values]) as call)]:
            is_all = ast.dump(values) == ast.dump(only.iter) and not _TRUTH.search(ast.unparse(call))
            new = _as_it_stood(changed, chosen[0])
            return changed.righted(f"`{new}` is sorted", (*changed.lines.span(values), new)) if is_all else None
    return None


def _returns(last: list[ast.stmt], value: ast.expr) -> bool:
    """Return whether a function returns a value at its end, sorted or as it is."""
    match last:
        case [ast.Return(value=ast.Call(func=ast.Name(id="sorted"), args=[given]))]:
            return given is value
        case [ast.Return(value=given)]:
            return given is value
    return False


def _is_known(changed: Changed, choice: ast.comprehension) -> bool:
    """Return whether what the choice looks at is still there: a parameter may have gone, or a line that set it."""
    assert changed.was is not None
    looked_at = {part.id for test in choice.ifs for part in ast.walk(test) if isinstance(part, ast.Name)}
    gone = (stored([changed.was]) | {*parameters(changed.was)}) - changed.own - stored([choice.target])
    return looked_at.isdisjoint(gone)


def _says_nothing(part: ast.stmt) -> bool:
    """Return whether a statement is a docstring, or the function that holds all others."""
    is_text = isinstance(part, ast.Expr) and isinstance(part.value, ast.Constant)
    return is_text or isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef)


def _as_it_stood(changed: Changed, part: ast.expr) -> str:
    lines = Lines((changed.edit.before or b"").decode("utf-8"))
    text = lines.text[slice(*lines.span(part))]
    return ast.unparse(part) if "\n" in text or "\r" in text else text


def _asks(part: ast.AST) -> bool:
    """Return whether a part may leave something out."""
    if isinstance(part, ast.Call) and ast.unparse(part.func).rpartition(".")[2] in {"filter", "filterfalse"}:
        return True
    return isinstance(part, _TESTS) or (isinstance(part, ast.comprehension) and bool(part.ifs))
