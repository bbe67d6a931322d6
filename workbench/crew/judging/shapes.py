"""What the texts that a function gives can look like, held against one that its task shows.

`f"{hours}:{minutes:02d}"` never gives '1:30:00', whatever the numbers are. Nothing runs for that: a number is known by
how it is worked out or written, and what is not known may be any text.
"""

from __future__ import annotations

import ast
import re
from typing import TypeGuard

from workbench.crew.judging.stated import Function, own_parts, parameters, yields

DEEPEST = 6
"""Names and choices that are looked through for what a text is made of."""

MOST = 64
"""Ways in which one text may come that are looked at; where there are more, any text may."""

STEPS = 2000
"""Expressions of one function that are looked at, some of them again and again; of what comes then nothing is known."""

_NUMBER = r"-?\d[\d,_]*(?:\.\d+)?"
_WRITTEN = re.compile(r",?(?:0?(?P<width>\d+))?(?P<digits>\.\d+f)?d?")
_NUMERIC = {"int", "float", "Decimal"}
_SIGNS = re.compile(r"[\d.,_-]+")
_FILLED_IN = re.compile(r"%(?:\(|\.?\d*[sdrifgx])|\{[^{}]*\}")
"""What a text has that is put together elsewhere, as the words of a log are."""

_WRITES = frozenset({"print", "write", "writelines", "echo"})

_SHOWN = re.compile(
    r"\b(?:should|must|shall|want|expect|would (?:like|expect))\b"
    r"(?:(?!\b(?:not|never|no longer|stop\w*|instead of|rather than|accept\w*|allow\w*|take\w*|understand|handle|treat"
    r"|count|ignore|skip|refuse|reject|called?|parse|with|for|of|from|given|if|when|where)\b)[^.;\"']){0,60}?"
    r"\b(?:be|read|show|give|return|say|print|get|see|like|become|as|well|too|then|instead|rather)[,:]? "
    r"(?P<quote>[\"'])(?P<text>[^\"'\n]{3,80})(?P=quote)(?!,? (?:as|like|too|correctly|is|are|stands?|comes?)\b)",
    re.IGNORECASE,
)
"""A text that is what should come out; people write what comes in, too, and what should not come."""

_STANDS_FOR_ONE = re.compile(r"\.\.\.|…|[{}<>#\\]|_{2,}|\b[nN]\b|^[xX]\b|\b(?:[Hh]{1,2}:[Mm]{2}|[XN]+\.[XN]+)\b")
"""What people write where any number or name may come, or a sign that cannot be seen."""


class _Any:
    """Any text at all."""


_Atom = str | re.Pattern[str] | _Any
"""A sign, a number as it may be written, or any text."""

_Shape = tuple[_Atom, ...]
ANY: _Shape = (_Any(),)


def cannot_come(task: str, name: str, node: Function) -> str:
    """Return the text that a task shows as what should come of a function, and that it cannot give; else nothing.

    Args:
        task: the task, which must have the function's name: what is shown may be another's else.
        name: the qualified name.
        node: the function as it is now.
    """
    names = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
    shown = [found["text"] for found in _SHOWN.finditer(task)]
    texts = [text for text in shown if not (_STANDS_FOR_ONE.search(text) or names & {*re.findall(r"\w+", text)})]
    returned = [part.value for part in own_parts(node) if isinstance(part, ast.Return) and part.value is not None]
    if not texts or not returned or yields(node) or not re.search(rf"\b{name.rpartition('.')[2]}\b", task):
        return ""
    if any(_may_write(part) for part in ast.walk(node)):
        return ""
    made = _Made(node)
    # A message or a line of a log may be meant.
    said = [one for part in own_parts(node) if isinstance(part, ast.Raise) for one in _words_of(part)]
    said += [part for part in own_parts(node) if isinstance(part, ast.JoinedStr) or _is_text(part)]
    shapes = [shape for value in (*returned, *said) for shape in made.shapes(value)]
    if any(_FILLED_IN.search(str(one.value)) for one in said if _is_text(one)):
        return ""
    return next((text for text in texts if not any(_can_hold(shape, text) for shape in shapes)), "")


def _is_text(part: ast.AST) -> TypeGuard[ast.Constant]:
    return isinstance(part, ast.Constant) and isinstance(part.value, str)


def _may_write(part: ast.AST) -> bool:
    """Return whether a part writes something that is not returned, or sets what another function sets too."""
    match part:
        case ast.Nonlocal() | ast.Global():
            return True
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            return name in _WRITES
    return False


def _words_of(part: ast.Raise) -> list[ast.expr]:
    return [*part.exc.args, *(one.value for one in part.exc.keywords)] if isinstance(part.exc, ast.Call) else []


class _Made:
    """What the values of a function are made of."""

    def __init__(self, node: Function) -> None:
        self._numbers = {name for name, one in parameters(node).items() if _is_numeric(one.node.annotation)}
        self._set: dict[str, list[ast.expr | None]] = {}
        self._left = STEPS
        simple = _simple_places(node)
        for part in own_parts(node):
            match part:
                case ast.Assign(targets=[ast.Name(id=name)], value=value):
                    self._set.setdefault(name, []).append(value)
                case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Call(func=ast.Name(id="divmod"))):
                    for one in names:
                        self._set.setdefault(ast.unparse(one), []).append(ast.Constant(0))
                case ast.Name(id=name, ctx=ast.Store()) if id(part) not in simple:
                    self._set.setdefault(name, []).append(None)
                case ast.arg(arg=name) if name not in self._numbers:
                    self._set.setdefault(name, []).append(None)

    def shapes(self, value: ast.expr, depth: int = 0) -> list[_Shape]:
        """Return how a value may look as a text; one of any where that is not known."""
        self._left -= 1
        if depth > DEEPEST or self._left < 0:
            return [ANY]
        match value:
            case ast.Constant(value=str(text)):
                return [tuple(text)]
            case ast.Constant(value=bool() | None):
                return [()]
            case ast.JoinedStr(values=parts):
                return self._joined([self.shapes(part, depth + 1) for part in parts])
            case ast.FormattedValue(value=what, format_spec=None, conversion=-1):
                return [(re.compile(_NUMBER),)] if self._is_number(what, depth) else self.shapes(what, depth + 1)
            case ast.FormattedValue(format_spec=ast.JoinedStr(values=[ast.Constant(value=str(spec))])):
                return [(pattern,)] if (pattern := _number_as(spec)) else [ANY]
            case ast.BinOp(left=left, op=ast.Add(), right=right) if not self._is_number(value, depth):
                return self._joined([self.shapes(left, depth + 1), self.shapes(right, depth + 1)])
            case ast.IfExp(body=body, orelse=orelse):
                return [*self.shapes(body, depth + 1), *self.shapes(orelse, depth + 1)][:MOST]
            case ast.Name(id=name) if name in self._set and name not in self._numbers:
                values = self._set[name]
                return [shape for one in values for shape in (self.shapes(one, depth + 1) if one else [ANY])][:MOST]
        return [ANY]

    def _joined(self, parts: list[list[_Shape]]) -> list[_Shape]:
        found: list[_Shape] = [()]
        for part in parts:
            found = [(*before, *after) for before in found for after in part]
            if len(found) > MOST:
                return [ANY]
        return found

    def _is_number(self, value: ast.expr, depth: int) -> bool:
        """Return whether a value is a number for sure: by its arithmetic, its name's type or how it is worked out."""
        self._left -= 1
        if depth > DEEPEST or self._left < 0:
            return False
        match value:
            case ast.Constant(value=held):
                return isinstance(held, int | float) and not isinstance(held, bool)
            case ast.BinOp(op=ast.FloorDiv()):
                return True
            # What is left of two dates is none, and paths are put together by a slash.
            case ast.BinOp(left=left, op=ast.Mod() | ast.Div()):
                return self._is_number(left, depth + 1)
            case ast.BinOp(left=left, op=ast.Sub(), right=right):
                return self._is_number(left, depth + 1) or self._is_number(right, depth + 1)
            case ast.BinOp(left=left, right=right):
                return self._is_number(left, depth + 1) and self._is_number(right, depth + 1)
            case ast.Call(func=ast.Name(id="len" | "int")):
                return True
            case ast.Call(func=ast.Name(id="round" | "abs"), args=[held, *_]):
                return self._is_number(held, depth + 1)
            case ast.Name(id=name):
                if name not in self._set:
                    return name in self._numbers
                return all(one is not None and self._is_number(one, depth + 1) for one in self._set[name])
        return False


def _simple_places(node: Function) -> set[int]:
    """Return the `id` of the names that are set by a plain assignment, or by taking apart what `divmod` gives."""
    found: set[int] = set()
    for part in own_parts(node):
        match part:
            case ast.Assign(targets=[ast.Name() as target]):
                found.add(id(target))
            case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Call(func=ast.Name(id="divmod"))):
                found |= {id(one) for one in names}
    return found


def _is_numeric(annotation: ast.expr | None) -> bool:
    return annotation is not None and ast.unparse(annotation) in _NUMERIC


def _number_as(spec: str) -> re.Pattern[str] | None:
    """Return what a number looks like under a format; None where something else may be meant."""
    found = _WRITTEN.fullmatch(spec)
    if found is None or not (spec.endswith(("d", "f")) or spec == ","):
        return None
    digits = int(found["digits"][1:-1]) if found["digits"] else 0
    fraction = rf"\.\d{{{digits}}}" if digits else ""
    least = int(found["width"] or 1) if spec.startswith("0") and not found["digits"] else 1
    return re.compile(rf" *(?:-[\d,]{{{max(least - 1, 1)},}}|[\d,]{{{least},}}){fraction}")


def _can_hold(shape: _Shape, text: str) -> bool:
    """Return whether a text may be part of what a shape stands for.

    Of a number with which the text begins or ends, a part may be shown.
    """
    ahead = {(start, 0) for start in range(len(shape))}
    seen: set[tuple[int, int]] = set()
    while ahead:
        place = ahead.pop()
        seen.add(place)
        at, done = place
        if done == len(text):
            return True
        first = shape[at] if at < len(shape) else ""
        if isinstance(first, _Any):
            return True
        if isinstance(first, re.Pattern):
            if _SIGNS.fullmatch(text[done:]):
                return True
            before = ("", "1", "1.") if done == 0 else ("",)
            ends = [end for end in range(done + 1, len(text) + 1) if _SIGNS.fullmatch(text[done:end].lstrip())]
            fits = [end for end in ends if any(first.fullmatch(one + text[done:end]) for one in before)]
        else:
            fits = [done + 1] if text[done] == first else []
        ahead |= {(at + 1, end) for end in fits} - seen
    return False
