"""Whether a symbol of an answer is what the file has already, part by part."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable, Iterator

from workbench.edits.python.outline import Outline, Part, SymbolNode, Unit
from workbench.edits.python.trees import Definition, Function, docstring, docstring_text, flush_left, same


def same_part(said: SymbolNode, known: SymbolNode, *, same_place: bool) -> bool:
    """Return whether an answered statement means what the file's does.

    A docstring that the answer lacks counts as repeated, for it will be kept. Where the two stand at different
    indentations (not `same_place`), so may the insides of their strings.
    """
    if type(said) is not type(known):
        return False
    if not isinstance(said, Definition) or not isinstance(known, Definition):
        return same(said, known, str if same_place else flush_left)
    text = docstring_text(said)
    return (text is None or text == docstring_text(known)) and same_code(said, known, str if same_place else flush_left)


def same_code(said: Definition, known: Definition, reading: Callable[[str], str] = flush_left) -> bool:
    """Return whether two definitions of one type are equal apart from their docstrings, strings read by `reading`."""
    return same(_outside(said), _outside(known), reading) and same(_inside(said), _inside(known), reading)


def same_unit(said: Unit, known: Unit, *, same_place: bool = False) -> bool:
    """Return whether all parts of an answered symbol are what the file has, in order: see `same_part`."""
    return len(said.parts) == len(known.parts) and all(
        same_part(one.node, other.node, same_place=same_place)
        for one, other in zip(said.parts, known.parts, strict=True)
    )


def head(node: ast.ClassDef) -> list[ast.AST]:
    """Return what a class's header says: decorators, bases, keywords."""
    return [*node.decorator_list, *node.bases, *node.keywords]


def is_bare(node: ast.ClassDef) -> bool:
    """Return whether a class has nothing in it but a docstring, `pass` or dots."""
    return all(is_filler(statement) for statement in _inside(node))


def is_filler(statement: ast.stmt) -> bool:
    """Return whether a statement only fills a body: `pass`, or dots."""
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
        return statement.value.value is Ellipsis
    return isinstance(statement, ast.Pass)


def is_method(unit: Unit) -> bool:
    """Return whether a function looks like a method although no class is around it."""
    node = unit.node
    if not isinstance(node, Function):
        return False
    first = next(iter([*node.args.posonlyargs, *node.args.args]), None)
    return (first is not None and first.arg in {"self", "cls"}) or any(
        isinstance(decorator, ast.Name) and decorator.id in {"staticmethod", "classmethod", "property"}
        for decorator in node.decorator_list
    )


def takes_the_same(unit: Unit, other: Unit) -> bool:
    """Return whether two functions have the same parameters by name: a method may call its first as it likes."""
    said, known = unit.node, other.node
    if not isinstance(said, Function) or not isinstance(known, Function):
        return False
    names = [[one.arg for one in (*node.args.posonlyargs, *node.args.args)] for node in (said, known)]
    return names[0] == names[1]


def is_stub(file: Outline) -> bool:
    """Return whether a file only declares: it has functions, and dots for all their bodies."""
    functions = [part.node for unit in file.every_unit() for part in unit.parts if isinstance(part.node, Function)]
    return bool(functions) and all(all(map(is_filler, _inside(node))) for node in functions)


def by_role(unit: Unit) -> dict[str, Part]:
    """Return a symbol's parts by what they are: overloads by number, the getter, the setter, the implementation."""
    counts: Counter[str] = Counter()
    found = {}
    for part in unit.parts:
        counts[part.role] += 1
        found[f"{part.role} {counts[part.role]}"] = part
    return found


def nested_names(unit: Unit, name: str) -> Iterator[str]:
    """Yield the qualified names of a symbol and all its members as they are once it is called `name`."""
    yield name
    for member in unit.members.units if unit.members else ():
        yield from nested_names(member, f"{name}.{member.last_name}")


def _outside(node: Definition) -> list[object]:
    return [getattr(node, field, None) for field in node._fields if field != "body"]


def _inside(node: Definition) -> list[ast.stmt]:
    return node.body[1:] if docstring(node) else node.body
