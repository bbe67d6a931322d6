"""What shown code uses and is not shown itself: functions that it calls, the classes of its values, constants.

A small model that sees `stop.kilos` and not what a stop has makes up `stop.parcel_count`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator
from itertools import chain

from workbench.context.budget import estimate
from workbench.edits.foreign.symbols import speaks, symbols_of
from workbench.edits.parses import tree_of
from workbench.edits.source import PYTHON_SUFFIXES
from workbench.edits.symbols import Symbol
from workbench.errors import EditRefused

LONGEST = 120
"""Characters of a signature that are shown."""

LONGEST_CONSTANT = 80
"""Characters of a constant's line that is shown."""

LONGEST_CLASS = 240
"""Characters of a class's fields that are shown."""

_CALLED = re.compile(r"(?<![\w.])([A-Za-z_]\w*)\s*\(")
_WORD = re.compile(r"(?<!\w)[A-Za-z_]\w*")
_PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z][a-z0-9]*|[a-z0-9]+")


def neighbours(path: str, text: str, code: str, shown: Collection[str], room: int, *, task: str = "") -> str:
    """Return lines of what `code` uses and the same file defines: classes of values, what it calls, and constants.

    Args:
        path: the file's, for its language.
        text: the file, whole.
        code: what is shown of it.
        shown: the qualified names of the symbols in `code`; their own classes are shown with them.
        room: most tokens, by estimate.
        task: what is asked, which may name classes and constants too.
    """
    if room <= 0:
        return ""
    try:
        symbols = symbols_of(path, text)
    except EditRefused:
        return ""
    lines: dict[str, None] = {}
    left = room
    used = (
        _classes(path, text, f"{code}\n{task}", shown, symbols),
        _functions(code, shown, symbols),
        _constants(text, code, shown, symbols, task),
    )
    for line in chain.from_iterable(used):
        cost = estimate(line) + 1
        if line not in lines and cost <= left:
            lines[line] = None
            left -= cost
    return "\n".join(lines)


def _functions(code: str, shown: Collection[str], symbols: Collection[Symbol]) -> Iterator[str]:
    """Yield the signatures of functions in the order in which they are called."""
    known = {symbol.name: symbol for symbol in symbols if symbol.kind == "function"}
    for name in _CALLED.findall(code):
        symbol = known.get(name)
        if symbol is not None and symbol.name not in shown:
            yield " ".join(symbol.signature.split())[:LONGEST]


def _constants(text: str, code: str, shown: Collection[str], symbols: Collection[Symbol], task: str) -> Iterator[str]:
    """Yield the lines of constants that the task or the symbols in play name, those that stand on one."""
    rows = text.split("\n")
    own = [row for symbol in symbols if symbol.name in shown for row in rows[symbol.first - 1 : symbol.last]]
    words = set(_WORD.findall("\n".join([task, *own])))
    for symbol in symbols:
        is_short = symbol.first == symbol.last and len(rows[symbol.first - 1]) <= LONGEST_CONSTANT
        if symbol.kind == "assignment" and is_short and symbol.name in words and symbol.name.isupper():
            line = rows[symbol.first - 1].strip()
            if line not in code:
                yield line


def _classes(path: str, text: str, code: str, shown: Collection[str], symbols: Collection[Symbol]) -> Iterator[str]:
    """Yield the classes that the code names, or has things of by their names: `stop` and `stops` are of `Stop`."""
    owners = {name.rpartition(".")[0] for name in shown}
    words = set(_WORD.findall(code))
    for symbol in symbols:
        if symbol.kind != "class" or "." in symbol.name or symbol.name in owners or symbol.name in shown:
            continue
        if words & {symbol.name, *_named_after(symbol.name)}:
            line = _python_fields(text, symbol.name) if path.endswith(PYTHON_SUFFIXES) else _whole(path, text, symbol)
            if line and len(line) <= LONGEST_CLASS:
                yield line


def _named_after(name: str) -> Iterator[str]:
    """Yield the names that one thing of a class, and several, would have: in snake case, and in camel case."""
    parts = _PART.findall(name)
    for one in ("_".join(parts).lower(), name[:1].lower() + name[1:]):
        yield from (one, f"{one}s")


def _python_fields(text: str, name: str) -> str:
    """Return a class of Python with its fields on one line; nothing where it declares none and sets none."""
    tree = tree_of(text)
    node = (
        next((one for one in tree.body if isinstance(one, ast.ClassDef) and one.name == name), None) if tree else None
    )
    if node is None:
        return ""
    fields = [ast.unparse(one) for one in node.body if isinstance(one, ast.AnnAssign)]
    if any("Enum" in ast.unparse(base) or "Flag" in ast.unparse(base) for base in node.bases):
        values = [one.targets[0] for one in node.body if isinstance(one, ast.Assign)]
        return f"class {name}({ast.unparse(node.bases[0])}): {', '.join(map(ast.unparse, values))}" if values else ""
    if not fields:
        made = [one for one in node.body if isinstance(one, ast.FunctionDef) and one.name == "__init__"]
        fields = list(dict.fromkeys(f"self.{field}" for one in made for field in _set_on_self(one)))
    return f"class {name}: {', '.join(fields)}" if fields else ""


def _set_on_self(node: ast.FunctionDef) -> Iterator[str]:
    for part in ast.walk(node):
        match part:
            case ast.Attribute(value=ast.Name(id="self"), attr=name, ctx=ast.Store()):
                yield name


def _whole(path: str, text: str, symbol: Symbol) -> str:
    """Return a short type of another language on one line; nothing of one with functions in it."""
    if not speaks(path, text):
        return ""
    rows = text.split("\n")[symbol.first - 1 : symbol.last]
    return "" if any("(" in row for row in rows[1:]) else " ".join(" ".join(rows).split())
