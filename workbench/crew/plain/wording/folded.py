"""A name, or what it is set to, put in lower or upper case."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from workbench.crew.judging.stated import parameters
from workbench.crew.plain.places import (
    Swap,
    alone,
    fields_beside,
    made,
    parts,
    put,
    quoted,
    said_as,
    spot,
)
from workbench.crew.plain.rows import first, free_name
from workbench.crew.slips.righted import Changed, Righted
from workbench.crew.slips.texts import ANY_CASE

_LETTERS = said_as(r"\b(?:small|big|capital|large|upper ?case|lower ?case) letters?\b|\bcapital\w*\b")
_NOT_ASKED = said_as(
    r"\b(?:not|never|no longer) (?:be )?(?:ignor\w+|lower(?:ed)?|upper(?:ed)?|chang\w+|convert\w*|turn\w*|capitali\w+)"
    r"|\bcase[- ]?sensitiv|\bkeep\w*[^.;]{0,20}\bcase\b"
)
LOWER = said_as(r"\b(?:in|into|to|with|as|a|all) (?:all )?(?:lower[ -]?case|small letters?)\b|\blower[- ]?cased?\b")
UPPER = said_as(
    r"\b(?:in|into|to|with|as|a|all) (?:all )?(?:upper[ -]?case|capitals?|capital letters?)\b|\bupper[- ]?cased?\b"
)
BLANKS = said_as(r"\b(?:blanks?|spaces?|white ?spaces?)\b")
_FOLDS = frozenset({"lower", "upper", "casefold", "title", "capitalize"})
_MADE = frozenset({"strip", "lstrip", "rstrip", "replace", "removeprefix", "removesuffix"})


def is_of_case(task: str) -> bool:
    """Return whether a task speaks of upper and lower case, or shows it, and does not want it kept."""
    shown = quoted(task)
    is_shown = len({one.lower() for one in shown}) < len({*shown})
    is_said = ANY_CASE.search(task) or _LETTERS.search(task) or LOWER.search(task) or UPPER.search(task)
    return (is_shown or is_said is not None) and not _NOT_ASKED.search(task)


def may_be_text(changed: Changed, key: ast.expr) -> bool:
    """Return whether nothing says that a value is no text, or may be None."""
    match key:
        case ast.Name(id=name):
            known = parameters(changed.node).get(name)
            kind = ast.unparse(known.node.annotation) if known and known.node.annotation else "str"
            is_none = known is not None and known.written == "None"
            owners = (changed.holders.get(id(one)) for one in changed.looks(name))
            has_fields = any(isinstance(one, ast.Attribute) and not hasattr(str, one.attr) for one in owners)
            value = value_of(changed, name)
            is_made = value is None or may_be_text(changed, value[1])
            return kind == "str" and not is_none and not has_fields and is_made
        case ast.Attribute(attr=field):
            kind = fields_beside(changed, field).get(field, "str")
            is_asked = f"{ast.unparse(key)} is not None" in ast.unparse(changed.node)
            return kind == "str" or (is_asked and kind in {"str | None", "Optional[str]"})
        case ast.Call(func=ast.Attribute(attr=attr)):
            return attr in _MADE
    return isinstance(key, ast.Subscript)


def made_in_case(changed: Changed, name: str, end: str) -> Iterator[Righted]:
    """Yield a name set to what it is now with a method's call behind; of a parameter as its first row.

    Where an error tells of a parameter, that goes on to tell what was given.
    """
    found = value_of(changed, name)
    if found is not None:
        stripped = ".strip()" if end.startswith(".strip()") and _is_stripped(found[1]) else ""
        if span := spot(changed, found[1]):
            new = f"{alone(changed, found[1])}{end.removeprefix(stripped)}"
            yield from made(changed, f"`{name}` is `{new}`", (*span, new))
    elif name in parameters(changed.node) and not changed.sets(name):
        looks = changed.looks(name)
        told = {id(part) for one in parts(changed) if isinstance(one, ast.Raise) for part in ast.walk(one)}
        kept = name if not told & {id(one) for one in looks} else free_name(changed, "word", "lowered", "known")
        row = first(changed, [f"{kept} = {name}{end}"]) if kept else None
        spans = [spot(changed, one) for one in looks if id(one) not in told] if kept != name else []
        if row and None not in spans:
            swaps: list[Swap] = [(*span, kept) for span in spans if span]
            yield from put(changed, f"`{kept} = {name}{end}` comes first", row, *swaps)
    else:
        looks = [one for one in changed.looks(name) if _is_key(changed, one)]
        spans = [spot(changed, one) for one in looks]
        if looks and None not in spans:
            yield from made(changed, f"`{name}{end}`", *((*span, f"{name}{end}") for span in spans if span))


def _is_key(changed: Changed, one: ast.Name) -> bool:
    """Return whether something is looked up by a name at a place."""
    match changed.holders.get(id(one)):
        case ast.Subscript(slice=key):
            return key is one
        case ast.Call(func=ast.Attribute(attr="get" | "add" | "append" | "setdefault" | "index")) as call:
            return call.args[:1] == [one]
        case ast.Compare(left=left):
            return left is one
    return False


def value_of(changed: Changed, name: str) -> tuple[ast.Assign, ast.expr] | None:
    """Return the one statement that sets a name, and the value; None where it is set again, or in a loop's head."""
    if len(changed.sets(name)) != 1:
        return None
    for part in parts(changed):
        match part:
            case ast.Assign(targets=[ast.Name(id=target)], value=value) if target == name:
                return part, value
            case ast.Assign(targets=[ast.Tuple(elts=targets)], value=ast.Tuple(elts=values)):
                for one, value in zip(targets, values, strict=False):
                    if isinstance(one, ast.Name) and one.id == name:
                        return part, value
    return None


def _is_stripped(value: ast.expr) -> bool:
    return isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and value.func.attr == "strip"


def is_folded(value: ast.expr) -> bool:
    """Return whether a text is put in upper or lower case."""
    return any(isinstance(part, ast.Attribute) and part.attr in _FOLDS for part in ast.walk(value))
