"""Where a function has a value written out: by a constant's name, alone, or as a part of a longer text."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator

from workbench.crew.plain.places import Swap, meant, parts, set_at_the_top, spot
from workbench.crew.slips.righted import Changed
from workbench.edits.parses import tree_of

TYPES: dict[type, str] = {str: "str", int: "int", float: "float"}
_PLAIN = re.compile(r"(?P<quote>\"|')(?P<inner>(?:(?!(?P=quote))[^\n\\{}])*)(?P=quote)")
_IN_SPEC = "(?<=[:.0<>^])"


def is_same(one: object, other: object) -> bool:
    """Return whether two values are the same and of one type."""
    return type(one) is type(other) and one == other


def default_of(value: str | float) -> str:
    """Return a value as code."""
    return repr(value)


def constants_before(changed: Changed) -> dict[str, object]:
    """Return the names at the top of a file that are set once, above the function, to something written out."""
    bound = Counter(
        part.id for part in ast.walk(changed.tree) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)
    )
    return {
        name: value.value
        for name, value in set_at_the_top(changed.tree)
        if isinstance(value, ast.Constant)
        and bound[name] == 1
        and value.lineno < changed.node.lineno
        and name not in changed.own
    }


def places_of(changed: Changed, name: str, value: str | float) -> Iterator[Swap]:
    """Yield where a value stands in a function, each with a name in its place.

    It stands alone, by the name of a constant, as a part of a text, or as a number in a format.
    """
    named = {one for one, known in constants_before(changed).items() if is_same(known, value)}
    beside = {
        id(inner)
        for part in parts(changed)
        # A name in a pattern would fit anything.
        if isinstance(part, ast.JoinedStr | ast.pattern)
        for inner in ast.walk(part)
    }
    for part in parts(changed):
        if isinstance(part, ast.JoinedStr) and id(part) not in _within(changed):
            yield from parts_of_text(changed, part, name, value)
        # What stands alone is a docstring.
        if isinstance(changed.holders.get(id(part)), ast.Expr):
            continue
        is_it = isinstance(part, ast.Constant) and is_same(part.value, value) and id(part) not in beside
        is_named = isinstance(part, ast.Name) and part.id in named and isinstance(part.ctx, ast.Load)
        if isinstance(part, ast.Constant | ast.Name) and (is_it or is_named) and (span := spot(changed, part)):
            yield (*span, _apart(changed, *span, name))
        elif isinstance(part, ast.Constant) and isinstance(part.value, str) and id(part) not in beside:
            yield from parts_of_text(changed, part, name, value)


def parts_of_text(
    changed: Changed, part: ast.JoinedStr | ast.Constant, name: str, value: str | float
) -> Iterator[Swap]:
    """Yield where a value stands in a longer text, or a number in the format of one, with a name in its place."""
    span = spot(changed, part)
    text = changed.lines.text[slice(*span)] if span else ""
    if span is None or not text or value in {"'", '"', ""}:
        return
    is_plain = isinstance(part, ast.Constant)
    if isinstance(part, ast.Constant) and not (_PLAIN.fullmatch(text) and _is_apart(part.value, value)):
        return
    for begin, end in _found(text, value):
        new = f"{text[:begin]}{{{name}}}{text[end:]}"
        new = f"f{new}" if is_plain else new
        if _taken_back(new, name, str(value)) == _whole(meant_tree(text)):
            if is_plain:
                yield (*span, new)
            else:
                yield span[0] + begin, span[0] + end, f"{{{name}}}"


def _within(changed: Changed) -> set[int]:
    """Return the formats within formatted texts."""
    return {
        id(inner)
        for part in parts(changed)
        if isinstance(part, ast.JoinedStr)
        for inner in ast.walk(part)
        if inner is not part and isinstance(inner, ast.JoinedStr)
    }


def _is_apart(text: object, value: object) -> bool:
    """Return whether a value stands in a text once, and for itself: blanks are all that is beside it."""
    if not isinstance(text, str) or not isinstance(value, str):
        return False
    return text != value and value in text and not text.replace(value, "", 1).strip()


def _found(text: str, value: str | float) -> Iterator[tuple[int, int]]:
    said = str(value)
    if isinstance(value, str):
        ahead = r"(?<!\w)" if re.match(r"\w", said) else ""
        behind = r"(?!\w)" if re.search(r"\w$", said) else ""
        pattern = rf"{ahead}{re.escape(said)}{behind}"
    else:
        pattern = rf"{_IN_SPEC}{re.escape(said)}(?=[a-z%]?\}})"
    yield from (one.span() for one in re.finditer(pattern, text))


def meant_tree(text: str) -> ast.expr | None:
    """Return an expression that is written somewhere."""
    tree = tree_of(f"({text})") if meant(text) else None
    only = tree.body[0] if tree else None
    return only.value if isinstance(only, ast.Expr) else None


def _taken_back(text: str, name: str, value: str) -> str:
    """Return the sense of a text with a value where a name stands now; nothing where that is not there once."""
    tree = meant_tree(text)
    names = [one for one in ast.walk(tree) if isinstance(one, ast.Name) and one.id == name] if tree else []
    if tree is None or len(names) != 1:
        return ""
    for one in ast.walk(tree):
        if isinstance(one, ast.JoinedStr):
            one.values = [ast.Constant(value) if _is_value(each, name) else each for each in one.values]
    return _whole(tree)


def _is_value(part: ast.expr, name: str) -> bool:
    match part:
        case ast.FormattedValue(value=ast.Name(id=said), conversion=-1, format_spec=None):
            return said == name
    return False


def _whole(tree: ast.expr | None) -> str:
    """Return the sense of a text, however it is put together; nothing of none."""
    if tree is None:
        return ""
    for one in ast.walk(tree):
        if isinstance(one, ast.JoinedStr):
            joined: list[ast.expr] = []
            for each in one.values:
                last = joined[-1] if joined else None
                if isinstance(each, ast.Constant) and isinstance(last, ast.Constant):
                    joined[-1] = ast.Constant(str(last.value) + str(each.value))
                else:
                    joined.append(each)
            one.values = joined
    match tree:
        case ast.JoinedStr(values=[ast.Constant() as only]):
            return ast.dump(only)
    return ast.dump(tree)


def _apart(changed: Changed, begin: int, end: int, name: str) -> str:
    """Return a name so that it does not run into the words beside it, as a text in quotes need not."""
    around = changed.lines.text[begin - 1 : begin] + changed.lines.text[end : end + 1]
    return f"({name})" if re.search(r"\w", around) else name
