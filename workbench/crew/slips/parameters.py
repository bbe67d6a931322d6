"""A new parameter that stands as a word in a format, or for more than the one constant that it is for."""

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Iterator

from workbench.crew.slips.righted import Changed, Righted

_SPEC = re.compile(r"(.?[<>=^])?[-+ ]?#?0?(?P<name>[A-Za-z_]\w*?)(?P<end>,?(?:\.\d+)?[bcdeEfFgGnosxX%]?)")


def in_a_format(changed: Changed) -> Righted | None:
    """Return the answer with a new parameter that stands in a format, as in `{number:0widthd}`, put in braces there."""
    added = changed.added
    begin, end = changed.lines.span(changed.node)
    swaps: list[tuple[int, int, str]] = []
    for part in changed.new:
        match part:
            case ast.FormattedValue(format_spec=ast.JoinedStr(values=[ast.Constant(value=str() as spec)])):
                found = _SPEC.fullmatch(spec)
                if found is None or found["name"] not in added or _is_format(spec):
                    continue
                # Python 3.11 does not always know where a part of an f-string is, so its words are looked for.
                places = [one.start() for one in re.finditer(re.escape(f":{spec}}}"), changed.lines.text[begin:end])]
                if len(places) == 1:
                    at = begin + places[0] + 1 + found.start("name")
                    swaps.append((at, at + len(found["name"]), f"{{{found['name']}}}"))
    return changed.righted("the width of a format is a parameter", *swaps) if swaps else None


def _is_format(spec: str) -> bool:
    """Return whether a number or a text can be written so, as in `{number:x}`."""
    for value in (0, 0.5, ""):
        try:
            format(value, spec)
        except ValueError:
            continue
        return True
    return False


def only_there(changed: Changed) -> Iterator[Righted | None]:
    """Yield the answer with a new parameter in one place alone, where it took the place of several like constants."""
    added = changed.added
    old = {ast.dump(part) for part in ast.walk(changed.was)} if changed.was else set()
    for name, one in added.items():
        if not isinstance(one.default, ast.Constant) or isinstance(one.default.value, bool | None):
            continue
        written = one.written or ""
        places = [look for look in changed.looks(name) if _stood_there(changed, look, one.default, old)]
        spans = [changed.lines.span(look) for look in places]
        if len(places) > 1 and changed.stand_there(spans, name):
            for kept in spans:
                rest = [(*span, written) for span in spans if span != kept]
                yield changed.righted(f"`{name}` stands for one {written} alone", *rest)
        elif len(places) == 1 and len(changed.looks(name)) > 1 and changed.stand_there(spans, name):
            yield changed.righted(f"`{name}` does not stand for this {written}", (*spans[0], written))


def _stood_there(changed: Changed, look: ast.Name, default: ast.Constant, old: set[str]) -> bool:
    """Return whether the part around a name was there before, with the name's default in its place."""
    holder = changed.holders[id(look)]
    other = copy.deepcopy(holder)
    for field, value in ast.iter_fields(holder):
        if value is look:
            setattr(other, field, default)
        elif isinstance(value, list) and any(part is look for part in value):
            setattr(other, field, [default if part is look else part for part in value])
    return ast.dump(other) in old
