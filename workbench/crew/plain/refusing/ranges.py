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
    r"(?:\b(?:should|must|shall|to|please|and|just) |(?:^|[.;:,!\n] ?))(?:[Rr]aise|[Rr]efuse\b.{0,40}\bwith) an? "
    r"`?(?P<error>[A-Z]\w*Error)\b(?P<about>[^.;\n]{0,60}?)"
    rf"(?:\b(?:not|n't) (?:from|between|in the range(?: of| from)?)|\boutside(?: of)?(?: the range)?(?: of| from)?)"
    rf" (?P<least>{_NUMBER}) ?(?:to|and|-|–|\.\.) ?(?P<most>{_NUMBER})(?![\d.,_ ]*\d|\w)"
)
_OTHERWISE = re.compile(
    r"\b(?:unless|except|instead|excl\w+|strictly|parameter|option\w*|both|or (?:if|when|where)|used to"
    r"|long|length|digits?|letters?|characters?|signs?)\b",
    re.IGNORECASE,
)
_ANYTHING = re.compile(r"\b(?:everything|anything|whatever|numbers?|values?|arguments?|inputs?|it)\b(?! of\b)")
_ERRORS = frozenset({"ValueError", "TypeError", "IndexError", "KeyError", "LookupError", "OverflowError"})
_NAMES = ("value", "number", "result")


def refused_outside(changed: Changed) -> Iterator[Righted]:
    """Yield the function with an error where its number is not between two that a task names.

    The number is the one parameter that is one, or what the function's last statement reads out of a text.
    """
    found = _REFUSED.search(changed.task)
    if found is None or _OTHERWISE.search(changed.task) or float(found["least"]) >= float(found["most"]):
        return
    if not _is_known(changed, found["error"]):
        return
    given = {name: one.node.annotation for name, one in parameters(changed.node).items() if name not in {"self", "cls"}}
    if not any(_is_about(found["about"], name) for name in given):
        return
    names = {part.id for part in ast.walk(changed.node) if isinstance(part, ast.Name)} | changed.own
    numbers = [name for name, kind in given.items() if kind is not None and ast.unparse(kind) in {"int", "float"}]
    said = f"must be from {found['least']} to {found['most']}"
    last = changed.node.body[-1]
    raises = f"raise {found['error']}"
    if len(given) == 1 and numbers and parameters(changed.node)[numbers[0]].written != "None":
        (name,) = numbers
        question = f"if not {found['least']} <= {name} <= {found['most']}:"
        one = at_the_top(changed, [question, f'    {raises}(f"{name} {said}: {{{name}}}")'])
        yield from [one] if one and not _raises(changed) else []
    match last:
        case ast.Return(
            value=ast.Call(func=ast.Name(id="int" | "float"), args=[ast.Name(id=name)], keywords=[]) as value
        ) if name in given and (free := next((one for one in _NAMES if one not in names), "")):
            margin = changed.lines.indent(last.lineno)
            rows = (
                f"{free} = {written(changed, value)}",
                f"if not {found['least']} <= {free} <= {found['most']}:",
                f'    {raises}(f"{name} {said}: {{{name}!r}}")',
                f"return {free}",
            )
            if (span := spot(changed, last)) and not _raises(changed):
                yield from put(changed, f"`{name}` {said}", (*span, f"\n{margin}".join(rows)))


def _is_known(changed: Changed, error: str) -> bool:
    """Return whether an error takes a message alone: Python has it, and the file none of its name."""
    return error in _ERRORS and not changed.hides(error)


def _is_about(said: str, name: str) -> bool:
    """Return whether a task speaks of what a parameter stands for, or of any value, and of nothing else that it has."""
    last = name.rpartition("_")[2]
    return _ANYTHING.search(said) is not None or re.search(rf"\b(?:{name}|{last})s?\b(?! of\b|'s)", said) is not None


def _raises(changed: Changed) -> bool:
    return any(isinstance(part, ast.Raise) for part in own_parts(changed.node))
