"""What a nanite is shown of a Python file: the symbols in play, and the class around a method.

Imports are not shown: a small model that sees them copies them into its answer, and uses them where nobody asked.

Docstrings are folded to their first line or left out, which halves both what a model reads and what it must write;
`unfold` puts them back, byte for byte, into the changed file.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from workbench import python_ast

Function = (ast.FunctionDef, ast.AsyncFunctionDef)
Definition = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
DefinitionNode = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


MOST_SIGNATURES = 6
"""Methods beside the one in play that are shown by their signatures whether it calls them or not."""

MOST_FIELDS = 12
"""Declared fields that are all shown with a method."""

LONGEST_FIELD = 100
"""Characters of a field's declaration."""

OTHER_METHODS = "# other methods: "
"""Begins a line with the names of methods that are not shown."""

MOST_NAMED = 16
"""Names of others."""


@dataclass(frozen=True)
class _Docstring:
    first: int
    last: int
    indent: str


def definitions(tree: ast.AST, inside: str = "") -> Iterator[tuple[str, DefinitionNode]]:
    """Yield every function and class with its qualified name, outer ones first; twins all under one name."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, Definition):
            name = f"{inside}{node.name}"
            yield name, node
            yield from definitions(node, f"{name}.")
        elif not isinstance(node, ast.expr):
            yield from definitions(node, inside)


def _docstring(node: DefinitionNode, lines: Sequence[str]) -> _Docstring | None:
    """Return where a docstring stands that has lines of its own, or None."""
    first = node.body[0]
    if not (
        isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    ):
        return None
    begin, end = first.lineno, first.end_lineno or first.lineno
    indent = re.match(r"[ \t]*", lines[begin - 1])
    margin = indent.group() if indent else ""
    alone = (
        len(margin.encode()) == first.col_offset and not lines[end - 1].encode()[first.end_col_offset or 0 :].strip()
    )
    return _Docstring(begin, end, margin) if alone and len(node.body) > 1 else None


@lru_cache(maxsize=8)
def _parse(source: str) -> ast.Module | None:
    """Return the tree of `source`, to be read only; None where it does not parse or has bare carriage returns."""
    if re.search(r"\r(?!\n)", source):
        return None
    try:
        return python_ast.parse(source.removeprefix("\ufeff"))
    except (SyntaxError, ValueError, RecursionError):
        return None


def _lines(source: str) -> list[str]:
    return re.split(r"(?<=\n)", source)


def fold(source: str, *, to_first_line: bool = True) -> str:
    """Return `source` with docstrings cut down to their first line, or left out; unparsable code as it is."""
    tree = _parse(source)
    if tree is None:
        return source
    lines = _lines(source)
    for _, node in sorted(definitions(tree), key=lambda found: -found[1].lineno):
        place = _docstring(node, lines)
        text = ast.get_docstring(node)
        if place is not None and not to_first_line:
            del lines[place.first - 1 : place.last]
            continue
        if place is None or place.first == place.last or not text:
            continue
        words = " ".join(text.partition("\n\n")[0].replace("\\", " ").replace('"', "'").split())
        summary = "".join(character for character in words if character.isprintable())
        ending = "\r\n" if lines[place.first - 1].endswith("\r\n") else "\n"
        lines[place.first - 1 : place.last] = [f'{place.indent}"""{summary[:120]}"""{ending}']
    return "".join(lines)


def unfold(before: str, after: str, names: Collection[str]) -> str:
    """Return `after` with the docstrings that `fold` changed in `before` put back as they were.

    Args:
        before: the file as it was, whole.
        after: the file with changes.
        names: qualified names of the symbols that were shown folded; what lies in them counts too.
    """
    old_tree, new_tree = _parse(before), _parse(after)
    if old_tree is None or new_tree is None:
        return after
    old_lines, new_lines = _lines(before), _lines(after)
    old, new = _by_name(old_tree), _by_name(new_tree)
    found = [
        (before_node, node)
        for name in old
        if _is_within(name, names) and len(old[name]) == len(new.get(name, []))
        for before_node, node in zip(old[name], new[name], strict=True)
    ]
    for before_node, node in sorted(found, key=lambda pair: -pair[1].lineno):
        place = _docstring(before_node, old_lines)
        if place is None:
            continue
        whole = old_lines[place.first - 1 : place.last]
        now = _docstring(node, new_lines)
        if now is not None:
            if now.indent == place.indent:
                new_lines[now.first - 1 : now.last] = whole
        elif _begins_line(node.body[0], new_lines, place.indent):
            at = (
                min([node.body[0].lineno, *(known.lineno for known in getattr(node.body[0], "decorator_list", []))]) - 1
            )
            new_lines[at:at] = whole
    changed = "".join(new_lines)
    return changed if _parse(changed) is not None else after


def _by_name(tree: ast.Module) -> dict[str, list[DefinitionNode]]:
    """Return all definitions by name; a property and its setter, or overloads, stand under one name in order."""
    found: dict[str, list[DefinitionNode]] = {}
    for name, node in definitions(tree):
        found.setdefault(name, []).append(node)
    return found


def _begins_line(statement: ast.stmt, lines: Sequence[str], indent: str) -> bool:
    return lines[statement.lineno - 1].startswith(indent) and len(indent.encode()) == statement.col_offset


def _is_within(name: str, names: Collection[str]) -> bool:
    return any(name == known or name.startswith(f"{known}.") for known in names)


def signature(node: DefinitionNode) -> str:
    """Return the first line of a definition, written anew, with its colon."""
    if isinstance(node, ast.ClassDef):
        inside = [ast.unparse(base) for base in node.bases] + [ast.unparse(word) for word in node.keywords]
        return f"class {node.name}({', '.join(inside)}):" if inside else f"class {node.name}:"
    word = "async def" if isinstance(node, ast.AsyncFunctionDef) else "def"
    returns = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    return f"{word} {node.name}({ast.unparse(node.args)}){returns}:"


def around(source: str, name: str, shown: Collection[str] = ()) -> str:
    """Return the class that the method `name` lies in, as its first line and the signatures of its other methods.

    The constructor is shown whole if it is short, and so are declared fields: they say what attributes there are. Of
    many fields only those are shown that the methods in play look at, and of many other methods those that they call,
    the rest of them by name: a small model copies a long list into its answer.
    """
    owner = name.rpartition(".")[0]
    tree = _parse(source)
    node = next((node for known, node in definitions(tree) if known == owner), None) if tree else None
    if not isinstance(node, ast.ClassDef):
        return ""
    lines = _lines(source)
    rows = [signature(node)]
    fields = [one for one in node.body if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)]
    members = [member for member in node.body if isinstance(member, Function)]
    others = [member for member in members if f"{owner}.{member.name}" not in {name, *shown}]
    own = [member for member in members if member not in others]
    called = {one.attr for member in own for one in ast.walk(member) if isinstance(one, ast.Attribute)}
    if own and len(fields) > MOST_FIELDS:
        fields = [one for one in fields if isinstance(one.target, ast.Name) and one.target.id in called]
    rows += [f"    {ast.unparse(one)}" for one in fields if len(ast.unparse(one)) <= LONGEST_FIELD]
    rows += [""] if len(rows) > 1 and others else []
    if own and len(others) > MOST_SIGNATURES:
        named = [member for member in others if member.name != "__init__" and member.name not in called]
        others = [member for member in others if member not in named]
        rest = list(dict.fromkeys(member.name for member in named))[:MOST_NAMED]
        rows += [f"    {OTHER_METHODS}{', '.join(rest)}"] if rest else []
    for member in others:
        size = (member.end_lineno or member.lineno) - member.lineno
        if member.name == "__init__" and size <= 15:
            text = fold(_dedented("".join(lines[member.lineno - 1 : member.end_lineno])))
            rows += [f"    {line}" if line else "" for line in text.splitlines()]
        else:
            rows.append(f"    {signature(member)} ...")
    return "\n".join(rows)


def _dedented(text: str) -> str:
    margin = re.match(r"[ \t]*", text)
    width = len(margin.group()) if margin else 0
    return "".join(line[width:] if not line[:width].strip() else line for line in _lines(text))
