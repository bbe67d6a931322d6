"""What a task says in so many words and a change of Python does not do: a wrong default, an exception never raised.

Nothing runs for this, and it is no proof either way. It finds slips that small models make often: a new option that is
on where it should be off, an old default that was changed in passing, an exception that was left out.
"""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterator, Sequence

from workbench.context.shown import definitions
from workbench.model import FileEdit

_GIVEN = re.compile(r"(?<![\w.])([a-z_]\w*)\s?=\s?(None|True|False|-?\d+(?:\.\d+)?|'[^'\n]*'|\"[^\"\n]*\")(?!\w|\.\d)")
_RAISES = re.compile(r"\b(?:raises?|raising)\s+(?:an?\s+|the\s+)?`?([A-Z]\w*(?:Error|Exception|Iteration))\b")
_USES = re.compile(
    r"\b(?:with|using|uses?|by)\s+`?(repr|sorted|isinstance|callable|enumerate|zip|round|abs|reversed)\b"
)
_SAYS_DEFAULT = re.compile(r"\bdefaults?\b", re.IGNORECASE)
_TAKES_AWAY = re.compile(r"\b(?:remove|rename|drop|delete|replace|swap|reorder|instead of|no longer)\b", re.IGNORECASE)
_AS_BEFORE = re.compile(r"\b(?:as before|as now|no longer|instead of|like today)\b", re.IGNORECASE)

_Function = ast.FunctionDef | ast.AsyncFunctionDef


def unmet(task: str, edits: Sequence[FileEdit]) -> str:
    """Return what a task says plainly and edits do not do, for the model to read; nothing where nothing is missed."""
    for edit in edits:
        if edit.path.endswith((".py", ".pyi")) and edit.after is not None:
            for fault in _faults(task, edit):
                return fault
    return ""


def _faults(task: str, edit: FileEdit) -> Iterator[str]:
    before, after = _functions(edit.before or b""), _functions(edit.after or b"")
    changed = {name: node for name, node in after.items() if name not in before or not _equal(before[name], node)}
    if not changed:
        return
    for name, node in changed.items():
        if name in before:
            yield from _moved(task, name, before[name], node)
    yield from _missing(task, changed, before)


def _functions(content: bytes) -> dict[str, _Function]:
    try:
        tree = ast.parse(content.decode("utf-8", "replace").removeprefix("\ufeff"))
    except (SyntaxError, ValueError, RecursionError):
        return {}
    return {name: node for name, node in definitions(tree) if isinstance(node, _Function)}


def _equal(one: _Function, other: _Function) -> bool:
    return ast.dump(one) == ast.dump(other)


def _defaults(node: _Function) -> dict[str, str | None]:
    """Return every parameter with its default as it is written, or None."""
    arguments = node.args
    plain = [*arguments.posonlyargs, *arguments.args]
    bare: list[ast.expr | None] = [None] * (len(plain) - len(arguments.defaults))
    pairs = [
        *zip(plain, [*bare, *arguments.defaults], strict=True),
        *zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True),
    ]
    return {argument.arg: None if value is None else ast.unparse(value) for argument, value in pairs}


def _moved(task: str, name: str, before: _Function, after: _Function) -> Iterator[str]:
    """Yield what calls that worked before would trip over."""
    old, new = _defaults(before), _defaults(after)
    if not _TAKES_AWAY.search(task):
        gone = [argument for argument in old if argument not in new]
        if gone and not after.args.kwarg:
            yield f"{name} must keep its parameter {gone[0]}"
    if not _SAYS_DEFAULT.search(task):
        for argument, value in old.items():
            if value is not None and argument in new and new[argument] != value:
                yield f"the default of {argument} must stay {value}; calls that do not give it must work as before"


def _missing(task: str, changed: dict[str, _Function], before: dict[str, _Function]) -> Iterator[str]:
    known = {argument for node in before.values() for argument in _defaults(node)}
    new = {argument: value for node in changed.values() for argument, value in _defaults(node).items()}
    for argument, value in _GIVEN.findall(task):
        if argument in new and argument not in known and new[argument] != _written(value):
            yield f"the new parameter must be {argument}={value}, as the task says"
    text = "\n".join(ast.unparse(node) for node in changed.values())
    if not _AS_BEFORE.search(task):
        for error in _RAISES.findall(task):
            if hasattr(builtins, error) and not re.search(rf"\b{error}\b", text):
                yield f"the task asks to raise {error}, and the code never does"
    for used in _USES.findall(task):
        if not re.search(rf"\b{used}\b", text) and not (used == "repr" and re.search(r"![r]\b|%r", text)):
            yield f"the task asks to use {used}, and the code does not"


def _written(value: str) -> str:
    try:
        return ast.unparse(ast.parse(value, mode="eval"))
    except SyntaxError:
        return value
