"""Defaults of parameters as a task states them, put into an answer that has others.

A small model asked for `strict=False` likes to write `strict=True`, for it thinks of the case that is new. What a task
says in so many words needs no model: the default is set, in the answer, to what the task has. A default that stood
there before and that the answer left out is put back in the same way.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from workbench import python_ast
from workbench.context.shown import DefinitionNode, definitions

_LITERAL = r"None|True|False|-?\d+(?:\.\d+)?|\(\)|\[\]|\{\}|'[^'\n]*'|\"[^\"\n]*\""
_ENDS = r"(?=[`)\]]*(?:[.,;:!?)`]*(?:\s|$)))"
_GOES_ON = (
    r"(?!`?\s*(?:[-+*/%|&^<>=.](?!\s*$)"
    r"|(?:or|and|if|gives?|returns?|means?|is|must|raises?|makes?|does|turns?|keeps?|puts?|writes?|prints?|shows?|adds?"
    r"|uses?|skips?|leaves?|drops?|cuts?|counts?|sorts?|starts?|stops?|allows?|disables?|enables?|switches|wraps?)\b))"
)
_GIVEN = re.compile(rf"(?<![\w.])([a-z_]\w*)\s?=\s?({_LITERAL}){_ENDS}{_GOES_ON}")
_ANY = re.compile(rf"(?<![\w.])([a-z_]\w*)\s?=\s?({_LITERAL})")
_CALL = re.compile(r"(?<!def )(?<!func )(?<![\w.])[A-Za-z_][\w.]*\([^()\n]*\)")
_IN_A_CASE = re.compile(
    r"\b(?:with|when|if|for|where|while|unless|given|pass|passing|calling|like|such as)\b[^.;:,]{0,40}$", re.IGNORECASE
)
_ADDING = re.compile(
    r"\b(?:add|give|gets|takes?|accepts?|introduce|optional|parameter|argument|option|keyword"
    r"|flag|default)\b",
    re.IGNORECASE,
)
_LOOK_BACK = 120
"""Characters before a value that say how it is meant."""

SAYS_REQUIRED = re.compile(r"\b(?:required|mandatory|obligatory|must\s+(?:be\s+given|give|pass|name))\b", re.IGNORECASE)
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


@lru_cache(maxsize=32)
def stated(task: str) -> Mapping[str, str]:
    """Return the defaults that a task states, by the names of the parameters, as it spells them.

    A value in a call (`cut(text, limit=3)`) or in a case (`with limit=3`) is no default; nor is one of two, one that is
    said to do something (`limit=0 gives nothing`), or the beginning of something longer (`limit=10*1024`); nor is True,
    unless the task speaks of a default: it is the new case that is described so (`reverse=True sorts descending`).
    """
    plain = _CALL.sub(lambda call: " " * len(call[0]), task)
    found: dict[str, set[str]] = {}
    counted: dict[str, int] = {}
    for match in _ANY.finditer(plain):
        before = plain[max(0, match.start() - _LOOK_BACK) : match.start()].rstrip("`\"' ")
        if _IN_A_CASE.search(before):
            continue
        counted[match[1]] = counted.get(match[1], 0) + 1
        if _GIVEN.match(plain, match.start()) and _ADDING.search(re.split(r"[.;](?:\s|$)", before)[-1]):
            found.setdefault(match[1], set()).add(match[2])
    known = {name: values.pop() for name, values in found.items() if len(values) == 1 == counted[name]}
    return {name: value for name, value in known.items() if value != "True" or SAYS_DEFAULT.search(task)}


def yields(node: Function) -> bool:
    """Return whether a function, or one within it, is a generator."""
    return any(isinstance(part, ast.Yield | ast.YieldFrom) for part in ast.walk(node))


def own_parts(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the parts of a function but for those of functions and classes within it."""
    for part in ast.iter_child_nodes(node):
        yield part
        if not isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef):
            yield from own_parts(part)


def work_of(node: Function) -> list[ast.stmt]:
    """Return the statements of a function but for its docstring."""
    return node.body[1:] if ast.get_docstring(node, clean=False) is not None else node.body


def needed(node: Function) -> list[ast.arg]:
    """Return the parameters of a function that must be given."""
    return [known.node for known in parameters(node).values() if known.default is None]


@lru_cache(maxsize=8)
def functions(content: bytes) -> Mapping[str, Function]:
    """Return the functions of a Python file by their qualified names, but those whose name is bound more than once.

    Overloads only tell types, and are none. Nothing is returned where the file does not parse. The trees are those of
    every caller: whoever changes one changes a copy.
    """
    try:
        tree = python_ast.parse(content.decode("utf-8", "replace").removeprefix("\ufeff"))
    except (SyntaxError, ValueError, RecursionError):
        return {}
    found: dict[str, list[DefinitionNode]] = {}
    for name, node in definitions(tree):
        if not any(ast.unparse(one).rpartition(".")[2] == "overload" for one in node.decorator_list):
            found.setdefault(name, []).append(node)
    once = {name: nodes[0] for name, nodes in found.items() if len(nodes) == 1}
    return MappingProxyType({name: node for name, node in once.items() if isinstance(node, Function)})


def changed_names(before: bytes, after: bytes) -> list[str]:
    """Return the names of the functions of a Python file that were not there before, or that say something else."""
    old, new = functions(before), functions(after)
    were, are = before.splitlines(), after.splitlines()
    return [
        name
        for name, node in new.items()
        if name not in old
        or (_lines_of(old[name], were) != _lines_of(node, are) and ast.dump(old[name]) != ast.dump(node))
    ]


def _lines_of(node: Function, lines: Sequence[bytes]) -> Sequence[bytes]:
    """Return the whole lines that a function stands on, decorators too: where they are the same, so is its tree."""
    first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
    return lines[first - 1 : node.end_lineno]


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
        return ast.unparse(python_ast.parse(literal, mode="eval")) == written
    except SyntaxError:
        return literal == written


def as_stated(task: str, before: bytes, after: bytes) -> bytes:
    """Return a changed Python file with the defaults that the task states, and those that the answer dropped.

    Only new parameters of functions that were there before get what is stated, and only where the answer gives them
    some default; a default that an answer changed may well be meant, and stays.

    Args:
        task: what was asked.
        before: the file as it was.
        after: the file as the answer makes it; returned as it is where nothing has to be set, or nothing can be.
    """
    old, new = functions(before), functions(after)
    swaps = {swap[:2]: swap for swap in _swaps(task, old, new, before.decode("utf-8", "replace"))}
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


def _swaps(task: str, before: Mapping[str, Function], after: Mapping[str, Function], source: str) -> Iterator[Swap]:
    wanted, words = stated(task), set(re.findall(r"\w+", task))
    keeps = not (SAYS_DEFAULT.search(task) or SAYS_REQUIRED.search(task))
    for name, node in after.items():
        if name not in before:
            continue
        old = parameters(before[name])
        yield from _among_keywords(wanted, before[name], node)
        for argument, parameter in parameters(node).items():
            default = parameter.default
            if argument not in old:
                if argument in wanted and default is not None and not same_value(wanted[argument], parameter.written):
                    yield from _replaced(default, wanted[argument])
            elif keeps and default is None and (was := old[argument].default) is not None and argument not in words:
                # Its own spelling, where that is to be had: 0o755 stays that.
                text = ast.get_source_segment(source, was)
                if text is not None and "\n" not in text:
                    yield from _added(parameter.node, text)


def _among_keywords(wanted: Mapping[str, str], was: Function, node: Function) -> Iterator[Swap]:
    """Yield what `kwargs.get("strict", True)` needs where `strict=False` is stated and was not looked for before."""
    if node.args.kwarg is None:
        return
    known = {name for name, _ in _looked_for(was)}
    for name, default in _looked_for(node):
        if name in wanted and name not in known and not same_value(wanted[name], ast.unparse(default)):
            yield from _replaced(default, wanted[name])


def _looked_for(node: Function) -> Iterator[tuple[str, ast.expr]]:
    """Yield the names that a function looks for among its keywords, each with the literal it takes instead."""
    taken = node.args.kwarg.arg if node.args.kwarg else None
    for call in ast.walk(node):
        match call:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id=holder), attr="get" | "pop"),
                args=[ast.Constant(value=str() as name), ast.Constant() as default],
            ) if holder == taken:
                yield name, default


def _replaced(default: ast.expr, text: str) -> Iterator[Swap]:
    if default.lineno == default.end_lineno and default.end_col_offset is not None:
        yield default.lineno, default.col_offset, default.end_col_offset, text


def _added(argument: ast.arg, text: str) -> Iterator[Swap]:
    if argument.end_lineno is not None and argument.end_col_offset is not None:
        sign = " = " if argument.annotation else "="
        yield argument.end_lineno, argument.end_col_offset, argument.end_col_offset, f"{sign}{text}"
