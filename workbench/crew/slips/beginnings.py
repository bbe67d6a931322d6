"""New lines at the beginning of a function of a text: they go by what old lines below them clean, and refuse.

"Also take 'D-20359'" is answered with `if text[0] == "D": return text[2:]`, which takes `D-x` as well, stumbles over an
empty text, and does not know the text with a blank before it.
"""

from __future__ import annotations

import ast
import re

from workbench.crew.judging.stated import Function, parameters, work_of
from workbench.crew.slips.righted import Changed, Righted

_PIECES = frozenset(
    {"strip", "lstrip", "rstrip", "removeprefix", "removesuffix", "replace", "lower", "upper", "casefold"}
)
"""Methods of texts that give a text with less in it, or in another case."""

_OF_TEXTS = _PIECES | {"startswith", "endswith", "split", "partition", "isdigit", "splitlines", "title", "encode"}
_UNCHECKED = re.compile(
    r"\b(?:as (?:it|they) (?:is|are|stands?|comes?)|unchecked|without check\w*|unchanged|whatever)\b", re.I
)


def handed_on(changed: Changed, was: Function) -> Righted | None:
    """Return an answer that returns a piece of a text early with that piece handed on to the old lines below.

    Only where these clean the text first or may refuse it; whether that holds is to be judged by commands.
    """
    old, new = work_of(was), work_of(changed.node)
    place = _place_of_one(old, new)
    if place is None or _UNCHECKED.search(changed.task):
        return None
    match new[place]:
        case ast.If(body=[ast.Return(value=ast.expr() as value) as only], orelse=[]) as case:
            name = _of_piece(value)
        case _:
            return None
    if name not in parameters(was) or name not in _names([case.test]):
        return None
    clean = "" if place else _cleaned(old[0], name)
    if not clean and not any(isinstance(part, ast.Raise) for one in old[place:] for part in ast.walk(one)):
        return None
    lines = changed.lines
    spans = [lines.span(one) for one in (case, only, value, new[place + 1])]
    (begin, end), (_, returns), piece, first = spans
    if returns != end or not changed.have_their_lines((begin, end), first):
        return None
    kept = clean or name
    named = [lines.span(part) for part in ast.walk(case) if isinstance(part, ast.Name) and part.id == name]
    if not changed.stand_there(named, name):
        return None
    text = _renamed(lines.text, begin, end, [*((*span, kept) for span in named), (spans[1][0], piece[0], f"{kept} = ")])
    what = f"`{ast.unparse(value)}` goes through the old lines"
    if not clean:
        return changed.righted(what, (begin, end, text))
    margin = lines.indent(new[1].lineno)
    return changed.righted(what, (begin, first[0], ""), (first[1], first[1], f"\n{margin}{text}"))


def _place_of_one(old: list[ast.stmt], new: list[ast.stmt]) -> int | None:
    """Return where the one statement stands that is new, with old ones behind it; None where more is other."""
    was, now = [*map(ast.dump, old)], [*map(ast.dump, new)]
    place = next((at for at, (one, other) in enumerate(zip(was, now, strict=False)) if one != other), None)
    return place if place is not None and now[place + 1 :] == was[place:] else None


def begins_with(changed: Changed) -> Righted | None:
    """Return the answer with a new `text[0] == "D"` as `text.startswith("D")`, which an empty text is asked, too."""
    if changed.was is None:
        return None
    swaps = [swap for part in changed.new if isinstance(part, ast.Compare) and (swap := _asked(changed, part))]
    said = ", ".join(f"`{new}`" for _, _, new in swaps)
    return changed.righted(f"an empty text has no first sign: {said}", *swaps) if swaps else None


def _asked(changed: Changed, test: ast.Compare) -> tuple[int, int, str] | None:
    match test:
        case ast.Compare(
            left=ast.Subscript(value=ast.Name(id=name) as owner, slice=place),
            ops=[ast.Eq() | ast.NotEq() as sign],
            comparators=[ast.Constant(value=str() as letter) as said],
        ) if len(letter) == 1 and ast.unparse(place) in ("0", "-1") and _is_text(changed, name):
            pass
        case _:
            return None
    if _is_guarded(changed, test, name):
        return None
    lines = changed.lines
    (begin, end), known, letters = (lines.span(one) for one in (test, owner, said))
    if not changed.stand_there([known], name):
        return None
    method = "startswith" if ast.unparse(place) == "0" else "endswith"
    asked = f"{name}.{method}({lines.text[slice(*letters)]})"
    holder = changed.holders.get(id(test))
    needs_brackets = isinstance(sign, ast.NotEq) and not isinstance(holder, ast.If | ast.BoolOp | ast.IfExp)
    if isinstance(sign, ast.NotEq):
        asked = f"(not {asked})" if needs_brackets else f"not {asked}"
    return begin, end, asked


def _is_text(changed: Changed, name: str) -> bool:
    """Return whether a name is a text as far as one can see: it is declared as one, or a method of texts is called."""
    every = changed.node.args
    declared = {one.arg: one.annotation for one in (*every.posonlyargs, *every.args, *every.kwonlyargs)}
    kind = declared.get(name)
    places = [changed.holders.get(id(place)) for place in changed.sets(name)]
    set_to = [place.value for place in places if isinstance(place, ast.Assign)]
    # `line = line.split(",")` is no text any more, and what a loop goes through need not be what is declared.
    if not all(map(_is_piece, set_to)) or (kind is not None and len(set_to) != len(places)):
        return False
    if kind is not None:
        return ast.unparse(kind) == "str"
    return any(
        isinstance(part, ast.Attribute)
        and part.attr in _OF_TEXTS - {"replace"}
        and isinstance(part.value, ast.Name)
        and part.value.id == name
        for part in ast.walk(changed.was or changed.node)
    )


def _is_piece(value: ast.expr) -> bool:
    """Return whether a value is a text as far as one can see, where it is made of one."""
    match value:
        case ast.Constant(value=str()) | ast.JoinedStr() | ast.Subscript(slice=ast.Slice()):
            return True
        case ast.Call(func=ast.Attribute(attr=method)):
            return method in _PIECES
    return False


def _is_guarded(changed: Changed, test: ast.Compare, name: str) -> bool:
    """Return whether something else was asked of a name before one of its signs is: then it need not be empty.

    Nor need it be asked where it is caught that there is no such sign.
    """
    if any(
        isinstance(one, ast.Try) and one.handlers and any(part is test for row in one.body for part in ast.walk(row))
        for one in ast.walk(changed.node)
    ):
        return True
    looked = [
        part.lineno * 10_000 + part.col_offset
        for one in ast.walk(changed.node)
        if isinstance(one, ast.If | ast.IfExp | ast.While | ast.BoolOp | ast.comprehension)
        for asked in (
            one.values if isinstance(one, ast.BoolOp) else one.ifs if isinstance(one, ast.comprehension) else [one.test]
        )
        for part in ast.walk(asked)
        if isinstance(part, ast.Name) and part.id == name
    ]
    return any(place < test.lineno * 10_000 + test.col_offset for place in looked)


def _of_piece(value: ast.expr) -> str:
    """Return the name of the text of which a value is a piece; nothing where it is anything else."""
    match value:
        case ast.Subscript(value=inner, slice=ast.Slice()):
            return _name_of(inner)
        case ast.Call(func=ast.Attribute(value=inner, attr=method), keywords=[], args=given) if (
            method in _PIECES and all(isinstance(one, ast.Constant) for one in given)
        ):
            return _name_of(inner)
    return ""


def _name_of(value: ast.expr) -> str:
    return value.id if isinstance(value, ast.Name) else _of_piece(value)


def _cleaned(first: ast.stmt, name: str) -> str:
    """Return the name under which a first old line keeps a text cleaned; nothing where it does not."""
    match first:
        case ast.Assign(targets=[ast.Name(id=kept)], value=ast.Call() as value) if _of_piece(value) == name:
            return kept
    return ""


def _names(parts: list[ast.expr]) -> set[str]:
    return {part.id for one in parts for part in ast.walk(one) if isinstance(part, ast.Name)}


def _renamed(text: str, begin: int, end: int, swaps: list[tuple[int, int, str]]) -> str:
    """Return a stretch of a text with others at some places in it; the later of two at one place holds."""
    said = text[begin:end]
    for first, last, new in sorted(swaps, reverse=True):
        said = f"{said[: first - begin]}{new}{said[last - begin :]}"
    return said
