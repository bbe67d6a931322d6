"""An order that a change lost: things are put in order by something else, though only ties were meant."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterator

from workbench.crew.judging.stated import Function
from workbench.crew.wrapping.tail import stored

_OF_TIES = re.compile(
    r"\b(?:same(?! (?:again|as|for|lists?|results?|way|with)\b)|equal\w*|ties?|tied|identical(?! (?:lists?|results?)\b)"
    r"|(?<=a )draw|as (?:often|many|much|long|good|high|late|early)(?! as\b)"
    r"|(?:both|two|several) (?:that|of them|which|who|are|have))\b",
    re.IGNORECASE,
)
_OTHERWISE = re.compile(
    r"\b(?:instead|rather than|no longer|not by|only by|regardless|whatever|replac\w*)\b", re.IGNORECASE
)
_GETTERS = frozenset({"attrgetter", "itemgetter", "methodcaller", "cmp_to_key"})
_OF_ALL = frozenset({*dir(str), *dir(dict), *dir(list)})


def disordered(task: str, name: str, before: Function, after: Function) -> Iterator[str]:
    """Yield what a function sorted or chose by and looks at nowhere any more, where the task asks for ties alone.

    A check that has nothing but ties in it does not see that.
    """
    if not _OF_TIES.search(task) or _OTHERWISE.search(task):
        return
    are = {*_words(after)} | (_bound(after) - _bound(before))
    called = {part.id for part in ast.walk(after) if isinstance(part, ast.Name)}
    known = _names(before) | _bound(after) | {*dir(builtins)}
    if not called <= known or not _methods(after) <= _methods(before):
        # A helper may know the order.
        return
    for key in _keys(before):
        gone = [word for word in _fields(key) if word not in are]
        gone += [word for word in _functions(key) if word not in called]
        if gone and not _is_new_order(task, gone[0], after):
            told = "it must go on to, and by what is new only where that is the same"
            yield f"{name} no longer orders by {gone[0]}; {told}"


def _is_new_order(task: str, gone: str, after: Function) -> bool:
    """Return whether a task may say what things are put in order by first, and not in ties alone.

    "Sort by rating, those with the same rating by title" names two; "sort by due date" comes before any tie, and equal
    names are those that are sorted by name. Who says "the same points" of points that are gone means ties alone.
    """
    ties = _OF_TIES.search(task)
    assert ties is not None
    word = _said(gone)
    if re.search(rf"\b{ties[0]} (?:\w+ ){{0,2}}{word}\b|\b{word} (?:\w+ ){{0,2}}{ties[0]}\b", task, re.IGNORECASE):
        return False
    own = rf"\b{ties[0]} {_said(_first(after))}"
    fields = {field for key in _keys(after) for field in _words(key) if field}
    named = [field for field in fields if re.search(rf"\b{_said(field)}", task, re.IGNORECASE)]
    first = task[: ties.start()]
    is_first = any(re.search(rf"\bby (?:the |their )?{_said(field)}", first, re.IGNORECASE) for field in named)
    return is_first or len(named) > 1 or bool(_first(after) and re.search(own, task, re.IGNORECASE))


def _first(node: Function) -> str:
    """Return the field or key by which things are put in order before any other; nothing where there is none."""
    return next((word for key in _keys(node) for word in _words(key) if word), "")


def _said(word: str) -> str:
    return re.escape(word).replace("_", "[_ ]")


def _keys(node: Function) -> Iterator[ast.expr]:
    """Yield what things are put in order by."""
    for part in ast.walk(node):
        match part:
            case ast.Call(func=ast.Name(id="sorted" | "min" | "max") | ast.Attribute(attr="sort"), keywords=keywords):
                yield from (one.value for one in keywords if one.arg == "key")


def _fields(key: ast.expr) -> Iterator[str]:
    """Yield the fields and keys by which things are put in order; `get` and `lower` say little of what."""
    for part in ast.walk(key):
        match part:
            case ast.Attribute(attr=word) if word not in _OF_ALL and word not in _GETTERS:
                yield word
            case ast.Subscript(slice=ast.Constant(value=str(word))):
                yield word
            case ast.Call(func=ast.Attribute(attr="get"), args=[ast.Constant(value=str(word)), *_]):
                yield word
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=given) if name in _GETTERS:
                said = (one.value for one in given if isinstance(one, ast.Constant) and isinstance(one.value, str))
                yield from (word for text in said for word in text.split("."))


def _functions(key: ast.expr) -> Iterator[str]:
    """Yield the functions by which things are put in order."""
    for part in ast.walk(key):
        match part:
            case ast.Call(func=ast.Name(id=word)) if word not in _GETTERS:
                yield word
    if isinstance(key, ast.Name):
        yield key.id


def _words(node: ast.AST) -> Iterator[str]:
    """Yield the fields and keys that code looks at."""
    for part in ast.walk(node):
        match part:
            case ast.Attribute(attr=word):
                yield word
            case ast.Constant(value=str(text)):
                yield from text.split(".")


def _methods(node: ast.AST) -> set[str]:
    """Return what code asks of its own object, and the methods by which it puts things in order."""
    keys = (part.value for part in ast.walk(node) if isinstance(part, ast.keyword) and part.arg == "key")
    methods = {key.attr for key in keys if isinstance(key, ast.Attribute) and key.attr not in _OF_ALL}
    for part in ast.walk(node):
        match part:
            case ast.Attribute(value=ast.Name(id="self" | "cls"), attr=word):
                methods.add(word)
    return methods


def _names(node: Function) -> set[str]:
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)} | _bound(node)


def _bound(node: Function) -> set[str]:
    return stored([node]) | {part.arg for part in ast.walk(node) if isinstance(part, ast.arg)}
