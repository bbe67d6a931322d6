"""Defaults of parameters as a task states them, put into an answer that has others.

A small model asked for `strict=False` likes to write `strict=True`, for it thinks of the case that is new. What a task
says in so many words needs no model: the default is set, in the answer, to what the task has. A default that stood
there before, and of which the task says nothing, is put back in the same way.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from workbench.context.shown import definitions

_LITERAL = r"None|True|False|-?\d+(?:\.\d+)?|\(\)|\[\]|\{\}|'[^'\n]*'|\"[^\"\n]*\""
_GIVEN = re.compile(rf"(?<![\w.])([a-z_]\w*)\s?=\s?({_LITERAL})(?!\w|\.\d)")
_CALL = re.compile(r"(?<!def )(?<!func )(?<![\w.])[A-Za-z_][\w.]*\([^()\n]*\)")
_IN_A_CASE = re.compile(
    r"\b(?:with|when|whenever|if|for|where|while|unless|given|passing|calling|and|or|but)\b[^.;:,]{0,40}$",
    re.IGNORECASE,
)
_ADDING = re.compile(
    r"\b(?:add|give|get|gets|take|takes|accept|accepts|have|has|introduce|new|optional|parameter|argument|option|keyword"
    r"|flag|default)\b",
    re.IGNORECASE,
)
SAYS_DEFAULT = re.compile(r"\bdefaults?\b", re.IGNORECASE)

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Parameter:
    """A parameter with its default as it is written, or None where it must be given."""

    node: ast.arg
    default: ast.expr | None

    @property
    def written(self) -> str | None:
        """The default, in the spelling of `ast.unparse`."""
        return None if self.default is None else ast.unparse(self.default)


def stated(task: str) -> dict[str, str]:
    """Return the defaults that a task states, by the names of the parameters, as it spells them.

    A value in a call (`cut(text, limit=3)`) or in a case (`with limit=3`) is no default; nor is one of two.
    """
    plain = _CALL.sub(lambda call: " " * len(call[0]), task)
    found: dict[str, set[str]] = {}
    for match in _GIVEN.finditer(plain):
        before = plain[: match.start()].rstrip("`\"' ")
        if not _IN_A_CASE.search(before) and _ADDING.search(re.split(r"[.;](?:\s|$)", before)[-1]):
            found.setdefault(match[1], set()).add(match[2])
    return {name: values.pop() for name, values in found.items() if len(values) == 1}


def functions(content: bytes) -> dict[str, Function]:
    """Return the functions of a Python file by their qualified names; none where it does not parse."""
    try:
        tree = ast.parse(content.decode("utf-8", "replace").removeprefix("\ufeff"))
    except (SyntaxError, ValueError, RecursionError):
        return {}
    return {name: node for name, node in definitions(tree) if isinstance(node, Function)}


def parameters(node: Function) -> dict[str, Parameter]:
    """Return the parameters of a function that can be given by position or by name, in their order."""
    arguments = node.args
    plain = [*arguments.posonlyargs, *arguments.args]
    bare: list[ast.expr | None] = [None] * (len(plain) - len(arguments.defaults))
    pairs = [
        *zip(plain, [*bare, *arguments.defaults], strict=True),
        *zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True),
    ]
    return {argument.arg: Parameter(argument, value) for argument, value in pairs}


def same_value(literal: str, written: str | None) -> bool:
    """Return whether a literal of a task is what stands in the code, however each spells it."""
    try:
        return ast.unparse(ast.parse(literal, mode="eval")) == written
    except SyntaxError:
        return literal == written


def as_stated(task: str, before: bytes, after: bytes) -> bytes:
    """Return a changed Python file with the defaults that the task states, and those it says nothing of as they were.

    That is: a new parameter's default as the task spells it, and an old one's as it was.

    Args:
        task: what was asked.
        before: the file as it was.
        after: the file as the answer makes it; returned as it is where nothing has to be set, or nothing can be.
    """
    swaps = {swap[:2]: swap for swap in _swaps(task, functions(before), functions(after))}
    if not swaps or after.startswith(b"\xef\xbb\xbf"):
        return after
    lines = after.splitlines(keepends=True)
    for (row, begin), (_, _, end, text) in sorted(swaps.items(), reverse=True):
        line = lines[row - 1]
        lines[row - 1] = line[:begin] + text.encode() + line[end:]
    changed = b"".join(lines)
    return changed if functions(changed) else after


Swap = tuple[int, int, int, str]
"""A row, its first and last column in bytes, and the text that takes their place."""


def _swaps(task: str, before: dict[str, Function], after: dict[str, Function]) -> Iterator[Swap]:
    wanted = stated(task)
    words = set(re.findall(r"[^\s()`,;]+", task)) | set(re.findall(r"\w+", task))
    keeps = not SAYS_DEFAULT.search(task)
    for name, node in after.items():
        old = parameters(before[name]) if name in before else {}
        for argument, parameter in parameters(node).items():
            if argument in old:
                was = old[argument].written
                # Where the task has the parameter's name, or the new value, it may well be meant.
                is_meant = not keeps or argument in words or parameter.written in words
                if was is not None and not is_meant and parameter.written != was:
                    yield from _set(parameter, was)
            elif argument in wanted and not same_value(wanted[argument], parameter.written):
                yield from _set(parameter, wanted[argument])


def _set(parameter: Parameter, text: str) -> Iterator[Swap]:
    place = parameter.default or parameter.node
    if place.end_lineno is None or place.end_col_offset is None:
        return
    if parameter.default is None:
        sign = " = " if parameter.node.annotation else "="
        yield place.end_lineno, place.end_col_offset, place.end_col_offset, f"{sign}{text}"
    elif place.lineno == place.end_lineno:
        yield place.lineno, place.col_offset, place.end_col_offset, text
