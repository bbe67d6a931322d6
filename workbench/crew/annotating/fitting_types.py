"""What a tree can correct in the types that a model names: a name of another module's, or a type that is too narrow.

A model sees what a caller passes most often; what a function can take is told by what it does with it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from workbench import python_ast
from workbench.context.shown import DefinitionNode, definitions
from workbench.crew.documenting.signatures import own_nodes

_LISTS = frozenset({"list", "List"})
_MAPPINGS = frozenset({"dict", "Dict"})
_OLD_NAMES = {"Dict": "dict", "FrozenSet": "frozenset", "List": "list", "Set": "set", "Tuple": "tuple", "Type": "type"}
_READ_BY = frozenset({"all", "any", "dict", "enumerate", "filter", "frozenset", "iter", "join", "list", "map", "max"})
_READ_BY |= {"min", "print", "repr", "set", "sorted", "str", "sum", "tuple", "type", "zip", "isinstance"}
"""Builtin functions, and `join`, that only read what they are given."""

_COPIES = frozenset({"dict", "frozenset", "list", "set", "sorted", "tuple"})
_NEED_A_SEQUENCE = frozenset({"len", "reversed"})
_ASK = frozenset({"get", "items", "keys", "values"})


def typed_alike(text: str) -> dict[str, str]:
    """Return types by names as a file's fields and arguments have them; nothing for a name that has several."""
    found: dict[str, set[str]] = {}
    for node in ast.walk(python_ast.parse(text.removeprefix("\ufeff"))):
        try:
            _note_type(node, found)
        except RecursionError:
            continue
    return {name: types.pop() for name, types in found.items() if len(types) == 1}


def _note_type(node: ast.AST, found: dict[str, set[str]]) -> None:
    if isinstance(node, ast.AnnAssign):
        target = node.target
        name = target.id if isinstance(target, ast.Name) else target.attr if isinstance(target, ast.Attribute) else ""
        found.setdefault(name.lstrip("_"), set()).add(ast.unparse(node.annotation))
    elif isinstance(node, ast.arg) and node.annotation is not None:
        found.setdefault(node.arg.lstrip("_"), set()).add(ast.unparse(node.annotation))


class Fitting:
    """Corrects the types of one function of a file.

    Args:
        text: the file; it parses.
        name: the function's qualified name.
    """

    def __init__(self, text: str, name: str) -> None:
        tree = python_ast.parse(text.removeprefix("\ufeff"))
        self._modules, self._names = _bound(tree)
        self._has_date = any(
            isinstance(node, ast.ImportFrom)
            and node.module == "datetime"
            and "date" in {one.name for one in node.names}
            for node in ast.walk(tree)
        )
        found = next((node for known, node in definitions(tree) if known == name), None)
        self._node = None if isinstance(found, ast.ClassDef) else found

    def fitted(self, kind: str, argument: str) -> str:
        """Return a type as it fits `argument` (`return` for the result): names as the file has them, not too narrow."""
        tree: ast.expr = _Resolved(self._modules, self._names, has_date=self._has_date).visit(
            python_ast.parse(kind, mode="eval").body
        )
        if argument != "return" and self._node is not None:
            tree = self._widened(tree, argument, self._node)
        return ast.unparse(tree)

    def _widened(self, tree: ast.expr, argument: str, node: DefinitionNode) -> ast.expr:
        if not isinstance(tree, ast.BinOp) and ast.unparse(tree) not in {"Any", "object"} and _is_asked(node, argument):
            # Whoever asks what it was given is given other things too.
            return ast.Name("Any")
        uses = list(_uses(node, argument))
        if not uses:
            return tree
        is_read = all(use in {"iterated", "sized", "asked"} for use in uses)
        # What is gone through twice must not be an iterator.
        wide = "Sequence" if "sized" in uses or len(uses) > 1 else "Iterable"
        wider: ast.expr = _Wider(wide if is_read and "asked" not in uses else None, is_read).visit(tree)
        return wider


class _Resolved(ast.NodeTransformer):
    """Writes `datetime.timedelta` as `timedelta` where the file has imported that, and no module `datetime`.

    A letter that stands for any type, and that the file does not have, becomes Any; `List`, where the file does not
    have that, becomes `list`.
    """

    def __init__(self, modules: frozenset[str], names: frozenset[str], *, has_date: bool) -> None:
        self._modules = modules
        self._names = names
        self._has_date = has_date

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        root = ast.unparse(node).partition(".")[0]
        name = self._of_file(node.attr)
        return ast.Name(name) if root not in self._modules and name in self._names else node

    def _of_file(self, name: str) -> str:
        """Return `date` for `datetime` in a file that has that one alone: whoever passes dates is told no lie."""
        return "date" if name == "datetime" and name not in self._names and self._has_date else name

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if node.id in self._names:
            return node
        if len(node.id) == 1 and node.id.isupper():
            return ast.Name("Any")
        return ast.Name(_OLD_NAMES.get(node.id, self._of_file(node.id)))


class _Wider(ast.NodeTransformer):
    """Writes `list[X]` as what is only read of it, and `dict[K, V]` as Mapping; what lies within stays."""

    def __init__(self, for_list: str | None, reads: bool) -> None:
        self._for_list = for_list
        self._reads = reads

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        name = ast.unparse(node.value)
        if self._for_list and name in _LISTS:
            return ast.Subscript(ast.Name(self._for_list), node.slice)
        if self._reads and name in _MAPPINGS:
            return ast.Subscript(ast.Name("Mapping"), node.slice)
        return node


def _bound(tree: ast.Module) -> tuple[frozenset[str], frozenset[str]]:
    """Return the modules that a file imports by name, and what else its top level binds."""
    modules: set[str] = set()
    names: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.If | ast.Try):
            # What a checker or another version alone imports is a name of the file's, too.
            inner = [ast.Module(part, []) for part in _branches(node)]
            for one in map(_bound, inner):
                modules |= one[0]
                names |= one[1]
        elif isinstance(node, ast.Import):
            modules |= {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {alias.asname or alias.name for alias in node.names}
        elif isinstance(node, ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign):
            names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return frozenset(modules), frozenset(names)


def _branches(node: ast.If | ast.Try) -> list[list[ast.stmt]]:
    handlers = [handler.body for handler in node.handlers] if isinstance(node, ast.Try) else []
    return [node.body, node.orelse, *handlers, *([node.finalbody] if isinstance(node, ast.Try) else [])]


def _is_asked(node: DefinitionNode, argument: str) -> bool:
    """Return whether a function asks what kind of thing an argument is, for more than to refuse it, or tries it out."""
    if any(isinstance(branch, ast.Try) and _tries(branch, argument) for branch in own_nodes(node)):
        return True
    refusing = {
        id(part)
        for branch in own_nodes(node)
        if isinstance(branch, ast.If) and all(isinstance(line, ast.Raise) for line in branch.body)
        for part in ast.walk(branch.test)
    }
    return any(
        isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in {"isinstance", "hasattr", "callable"}
        and bool(call.args)
        and isinstance(call.args[0], ast.Name)
        and call.args[0].id == argument
        and id(call) not in refusing
        for call in own_nodes(node)
    )


def _tries(branch: ast.Try, argument: str) -> bool:
    """Return whether a statement lives with an argument of another kind: it catches a TypeError and does not raise."""
    caught = {ast.unparse(handler.type) if handler.type else "" for handler in branch.handlers}
    ends = any(isinstance(part, ast.Raise) for handler in branch.handlers for part in ast.walk(handler))
    used = any(isinstance(part, ast.Name) and part.id == argument for line in branch.body for part in ast.walk(line))
    return used and not ends and bool(caught & {"TypeError", "AttributeError"})


def _uses(node: DefinitionNode, argument: str) -> Iterator[str]:
    """Yield what is done with an argument, once for each place; `else` for what may need just this type."""
    inner = list(own_nodes(node))
    parents = {id(child): parent for parent in [node, *inner] for child in ast.iter_child_nodes(parent)}
    deep = sum(isinstance(part, ast.Name) and part.id == argument for part in ast.walk(node))
    seen = [part for part in inner if isinstance(part, ast.Name) and part.id == argument]
    if len(seen) != deep:
        # A function or a comprehension within uses it, too.
        yield "else"
        return
    end = _replaced_at(node, argument)
    for place in seen:
        parent = parents.get(id(place))
        if (end is None or (place.lineno <= end and isinstance(place.ctx, ast.Load))) and not _is_asked_for_none(
            parent
        ):
            yield _use(place, parent)


def _replaced_at(node: DefinitionNode, argument: str) -> int | None:
    """Return the last line of the first statement of a function that gives its argument's name to a copy of it."""
    for line in node.body:
        if isinstance(line, ast.Assign) and [ast.unparse(target) for target in line.targets] == [argument]:
            value = line.value
            is_copy = isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id in _COPIES
            return line.end_lineno if is_copy else None
    return None


def _is_asked_for_none(parent: ast.AST | None) -> bool:
    return (
        isinstance(parent, ast.Compare)
        and all(isinstance(sign, ast.Is | ast.IsNot) for sign in parent.ops)
        and all(isinstance(other, ast.Constant) and other.value is None for other in parent.comparators)
    )


def _use(place: ast.Name, parent: ast.AST | None) -> str:
    if isinstance(place.ctx, ast.Store):
        return "iterated"
    if isinstance(parent, ast.For | ast.comprehension | ast.YieldFrom | ast.Starred):
        return "iterated"
    if isinstance(parent, ast.Compare | ast.If | ast.While | ast.BoolOp | ast.UnaryOp):
        return "sized"
    if isinstance(parent, ast.Subscript) and isinstance(parent.ctx, ast.Load) and place is parent.value:
        return "sized"
    if isinstance(parent, ast.Attribute) and parent.attr in _ASK:
        return "asked"
    if isinstance(parent, ast.Call) and place in parent.args:
        called = parent.func.id if isinstance(parent.func, ast.Name) else getattr(parent.func, "attr", "")
        if called in _NEED_A_SEQUENCE:
            return "sized"
        return "iterated" if called in _READ_BY else "else"
    return "else"
