"""A number that is refused where it is not between two others: `raise a ValueError for everything not from 0 to 10`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workbench.crew.judging.stated import own_parts, parameters
from workbench.crew.plain.places import put, spot, written
from workbench.crew.slips.righted import Changed, Righted, at_the_top

_NUMBER = r"-?\d+(?:\.\d+)?"
_REFUSED = re.compile(
    r"\b(?:rais\w+|refus\w+ .{0,40}\bwith) an? (?P<error>[A-Z]\w*Error)\b[^.;\n]{0,60}?"
    rf"(?:\b(?:not|n't) (?:from|between|in the range(?: of| from)?)|\boutside(?: of)?(?: the range)?(?: of| from)?)"
    rf" (?P<least>{_NUMBER}) ?(?:to|and|-|–|\.\.) ?(?P<most>{_NUMBER})(?![\d.]*\d)",
    re.IGNORECASE,
)
_OTHERWISE = re.compile(
    r"\b(?:unless|except|instead|excl\w+|parameter|option\w*|both|or (?:if|when|where))\b", re.IGNORECASE
)
_NAMES = ("value", "number", "result")


def refused_outside(changed: Changed) -> Iterator[Righted]:
    """Yield the function with an error where its number is not between two that a task names.

    The number is the one parameter that is one, or what the function's last statement reads out of a text.
    """
    found = _REFUSED.search(changed.task)
    if found is None or _OTHERWISE.search(changed.task):
        return
    given = {name: one.node.annotation for name, one in parameters(changed.node).items() if name not in {"self", "cls"}}
    numbers = [name for name, kind in given.items() if kind is not None and ast.unparse(kind) in {"int", "float"}]
    said = f"must be from {found['least']} to {found['most']}"
    last = changed.node.body[-1]
    raises = f"raise {found['error']}"
    if len(given) == 1 and numbers:
        (name,) = numbers
        question = f"if not {found['least']} <= {name} <= {found['most']}:"
        one = at_the_top(changed, [question, f'    {raises}(f"{name} {said}: {{{name}}}")'])
        yield from [one] if one and not _raises(changed) else []
    match last:
        case ast.Return(
            value=ast.Call(func=ast.Name(id="int" | "float"), args=[ast.Name(id=name)], keywords=[]) as value
        ) if name in given and (free := next((one for one in _NAMES if one not in changed.own), "")):
            margin = changed.lines.indent(last.lineno)
            rows = (
                f"{free} = {written(changed, value)}",
                f"if not {found['least']} <= {free} <= {found['most']}:",
                f'    {raises}(f"{name} {said}: {{{name}!r}}")',
                f"return {free}",
            )
            if (span := spot(changed, last)) and not _raises(changed):
                yield from put(changed, f"`{name}` {said}", (*span, f"\n{margin}".join(rows)))


def _raises(changed: Changed) -> bool:
    return any(isinstance(part, ast.Raise) for part in own_parts(changed.node))
