"""A key that a dictionary may not have: an empty list is given for it, or the English text in its place."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workbench.crew.judging.stated import own_parts
from workbench.crew.plain.missing.guards import none_too
from workbench.crew.plain.missing.unknown_keys import as_key, fits, value_of_unknown
from workbench.crew.plain.missing.wished import wished
from workbench.crew.plain.places import Finder, alone, made, parts, put, quoted, set_at_the_top, spot, written
from workbench.crew.slips.righted import Changed, Righted

_KEY_ERROR = re.compile(r"\bKeyError\b")
_FAILS = re.compile(r"\b(?:KeyError|crash\w*|fail\w*|throw\w*|dies?|blows? up|breaks?|raises)\b")
_UNKNOWN = re.compile(
    r"\b(?:unknown|missing|new|no|not|never|without|first|absent|none|nobody|nothing|others?)\b|n't\b", re.IGNORECASE
)
_GIVES_NONE = re.compile(
    r"\b(?:returns?|gives?|get|gets|got|yields?|is|answers?|comes? back as|instead of|not|rather than|than) `?None\b"
)
_OTHERWISE = re.compile(
    r"\b(?:unless|parameter|keyword|(?:should|must|to) (?:also |then |still |instead )*raise|raise an?)\b",
    re.IGNORECASE,
)
_FALLS_BACK = re.compile(
    r"\bfall(?:s|ing)? back\b|\bfallback\b|\b(?:use|take|give|show|return|defaults? to)\b[^.;\n]{0,40}"
    r"\b(?:instead|then|if|when|for)\b",
    re.IGNORECASE,
)
_OTHER_ERRORS = re.compile(r"\b(?!KeyError)[A-Z]\w*(?:Error|Exception)\b")


def another_than_none(changed: Changed) -> Iterator[Righted]:
    """Yield what a function returns out of a dictionary with what a task wishes for in place of None."""
    value = wished(changed.task)
    if not value or value == "None" or not _GIVES_NONE.search(changed.task) or _OTHERWISE.search(changed.task):
        return
    for part in own_parts(changed.node):
        match part:
            case ast.Return(value=ast.Call(func=ast.Attribute(value=held, attr="get"), args=[key], keywords=[])) if (
                isinstance(held, ast.Name | ast.Attribute) and not isinstance(key, ast.Starred)
            ):
                if span := spot(changed, key):
                    new = f"{changed.lines.text[slice(*span)]}, {value}"
                    yield from put(changed, f"`{ast.unparse(held)}.get({new})`", (*span, new))


def value_of_missing(changed: Changed) -> Iterator[Righted]:
    """Yield what is looked up under a key with what a task wishes for where it is not there: an empty list, or None."""
    value = wished(changed.task)
    if not value or not _FAILS.search(changed.task) or _OTHERWISE.search(changed.task):
        return
    if not (_KEY_ERROR.search(changed.task) or _UNKNOWN.search(changed.task)) or _OTHER_ERRORS.search(changed.task):
        return
    if next(value_of_unknown(changed), None) is not None:
        return
    tables = dict(set_at_the_top(changed.tree))
    for part in parts(changed):
        match part:
            case ast.Subscript(value=held, slice=key, ctx=ast.Load()) if _is_table(changed, held) and is_key(key):
                holder = changed.holders[id(part)]
                is_used = isinstance(holder, ast.Attribute | ast.Subscript) and holder.value is part
                is_called = isinstance(holder, ast.Call) and holder.func is part
                span = spot(changed, part)
                is_other = isinstance(held, ast.Name) and not fits(value, tables.get(held.id))
                if is_used or is_called or is_other or span is None or asks_for_keys(changed, held):
                    continue
                new = f"{alone(changed, held)}.get({as_key(changed, key)}{'' if value == 'None' else f', {value}'})"
                swaps = none_too(changed, value) if isinstance(holder, ast.Return) else []
                yield from put(changed, f"`{new}`", (*span, new), *swaps)


def another_key(changed: Changed) -> Iterator[Righted]:
    """Yield what is looked up under a key that a task quotes where its own is not there: the text in English."""
    if not re.search(r"\bfall\w* ?back\b", changed.task, re.IGNORECASE) and not _FALLS_BACK.search(changed.task):
        return
    words = [one for one in quoted(changed.task) if re.fullmatch(r"[\w-]+", one)]
    words += re.findall(r"\bfall(?:s|ing)? back (?:to|on) ([A-Z][A-Z_]+)\b", changed.task)
    if len({*words}) != 1 or _OTHERWISE.search(changed.task):
        return
    tables = dict(set_at_the_top(changed.tree))
    word = words[0] if words[0].isupper() and words[0] in tables else f'"{words[0]}"'
    for part in parts(changed):
        match part:
            case ast.Subscript(value=ast.Name() | ast.Attribute() as held, slice=key, ctx=ast.Load()) if isinstance(
                key, ast.Name | ast.Attribute
            ) and not asks_for_keys(changed, held):
                table = tables.get(held.id) if isinstance(held, ast.Name) else None
                span = spot(changed, key)
                if span and (not isinstance(table, ast.Dict) or _has(table, words[0]) or word == words[0]):
                    said = written(changed, key)
                    new = f"{said} if {said} in {written(changed, held)} else {word}"
                    yield from made(changed, f"`{new}`", (*span, new))


def is_key(key: ast.expr) -> bool:
    """Return whether a key is not written out, and is no place or part of a list."""
    return not isinstance(key, ast.Constant | ast.Slice | ast.UnaryOp)


def asks_for_keys(changed: Changed, held: ast.expr) -> bool:
    """Return whether a function asks already whether a key is there, or catches what is raised without it."""
    said = ast.dump(held)
    for part in ast.walk(changed.node):
        match part:
            case ast.Compare(ops=[ast.In() | ast.NotIn()], comparators=[ast.expr() as table]) if (
                ast.dump(table) == said
            ):
                return True
            case ast.Name(id="KeyError" | "LookupError"):
                return True
    return False


def _has(table: ast.Dict, word: str) -> bool:
    return any(isinstance(one, ast.Constant) and one.value == word for one in table.keys)


def _is_table(changed: Changed, held: ast.expr) -> bool:
    """Return whether keys are looked up in a name or a field, or in what a function says to be a dictionary."""
    match held:
        case ast.Name() | ast.Attribute():
            return True
        case ast.Call(func=ast.Name(id=name)) | ast.Call(func=ast.Attribute(value=ast.Name(id="self"), attr=name)):
            made = (one for one in ast.walk(changed.tree) if isinstance(one, ast.FunctionDef) and one.name == name)
            kinds = [ast.unparse(one.returns) if one.returns else "" for one in made]
            return (
                len(kinds) == 1
                and re.match(r"(?:typing\.)?(?:dict|Dict|Mapping|Counter|defaultdict)\b|$", kinds[0]) is not None
            )
    return False


FINDERS: tuple[Finder, ...] = (another_than_none, value_of_missing, another_key)
