"""What is added up, or gathered, under a key that may be new: `self._counts[kind] += 1` starts at zero for it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workbench.crew.plain.missing.missing_keys import asks_for_keys, is_key
from workbench.crew.plain.missing.unknown_keys import as_key
from workbench.crew.plain.places import Finder, made, parts, put, spot, written
from workbench.crew.slips.righted import Changed, Righted

_FAILS = re.compile(r"\b(?:KeyError|crash\w*|fail\w*|throw\w*|dies?|blows? up|breaks?|raises)\b")
_OTHER_ERRORS = re.compile(r"\b(?!KeyError)[A-Z]\w*(?:Error|Exception)\b")
_OTHER_KINDS = (ast.JoinedStr, ast.List, ast.ListComp, ast.Tuple)
_OTHERWISE = re.compile(
    r"\b(?:unless|parameter|keyword|(?:should|must|to) (?:also |then |still |instead )*raise|raise an?)\b",
    re.IGNORECASE,
)
_AT_ZERO = re.compile(
    r"\b(?:start|begin)(?:s|ning|ing)? (?:at|with|from|out at) (?:0|zero|nothing)\b|\bfrom (?:0|zero)\b"
    r"|\bcount(?:s|ed)? as (?:0|zero)\b|\b(?:as|is) (?:0|zero) (?:there|then|so far|before|at first)\b"
    r"|\b(?:treat|take|assume|set)\w*\b[^.;\n]{0,30}\b(?:0|zero)\b",
    re.IGNORECASE,
)
_ADDS = re.compile(
    r"\b(?:new|first time|never|not yet|n't yet|not [a-z]+ yet|before|unknown|yet|add(?:ed)?|creat\w+|insert\w*)\b",
    re.I,
)
_EMPTY_LIST = re.compile(
    r"\b(?:start|begin)\w*\b[^.;\n]{0,20}\b(?:empty|new) list\b|\bnew list\b|\bempty list\b|\bfirst\b|\bnew\b|\bnever\b"
    r"|\byet\b|\bunknown\b",
    re.IGNORECASE,
)


def from_nothing_on(changed: Changed) -> Iterator[Righted]:
    """Yield a count under a key that starts at 0 where the key is new, or a list there that starts empty."""
    task = changed.task
    fails = _FAILS.search(task) is not None
    if (
        _OTHERWISE.search(task)
        or _OTHER_ERRORS.search(task)
        or not (_AT_ZERO.search(task) or (fails and _ADDS.search(task)))
    ):
        return
    for part in parts(changed):
        match part:
            case ast.AugAssign(
                target=ast.Subscript(value=ast.Name() | ast.Attribute() as held, slice=key) as target,
                op=ast.Add() | ast.Sub() as sign,
                value=value,
            ) if is_key(key) and not isinstance(value, _OTHER_KINDS) and not asks_for_keys(changed, held):
                span = spot(changed, part)
                table, place = written(changed, held), changed.lines.text[slice(*changed.lines.span(target))]
                said = as_key(changed, key)
                amount = written(changed, value)
                is_loose = isinstance(value, ast.IfExp | ast.BoolOp | ast.Compare | ast.Lambda) or (
                    isinstance(sign, ast.Sub) and isinstance(value, ast.BinOp)
                )
                amount = f"({amount})" if is_loose else amount
                new = f"{place} = {table}.get({said}, 0) {'+' if isinstance(sign, ast.Add) else '-'} {amount}"
                if span and "\n" not in new:
                    yield from put(changed, f"`{new}`", (*span, new))
            case ast.Call(
                func=ast.Attribute(
                    value=ast.Subscript(value=ast.Name() | ast.Attribute() as held, slice=key) as whole,
                    attr="append" | "extend" | "add" as method,
                )
            ) if fails and is_key(key) and _EMPTY_LIST.search(task) and not asks_for_keys(changed, held):
                if span := spot(changed, whole):
                    said = as_key(changed, key)
                    new = f"{written(changed, held)}.setdefault({said}, {'set()' if method == 'add' else '[]'})"
                    yield from made(changed, f"`{new}`", (*span, new))


FINDERS: tuple[Finder, ...] = (from_nothing_on,)
