"""Which names an annotation may use at the place where it stands, and whether it can be evaluated there.

An annotation runs when its function is defined, unless the file has `from __future__ import annotations`. One that
would raise then changes behaviour, so it is quoted, or not placed at all. Both the placing and the proof ask here.
"""

from __future__ import annotations

import ast
import builtins
import importlib
import types
from collections.abc import Collection
from dataclasses import dataclass

from workbench import python_ast
from workbench.edits.python.imports import Imported, imported
from workbench.edits.python.outline import Outline, Scope, Unit
from workbench.edits.python.trees import nodes

TYPING_MODULES = frozenset(
    {
        "collections",
        "collections.abc",
        "datetime",
        "decimal",
        "fractions",
        "io",
        "numbers",
        "os",
        "pathlib",
        "re",
        "types",
        "typing",
    }
)
"""The only modules that an import may be added from: importing them does nothing but bind a name."""

_FORMS = (
    ast.Name,
    ast.Attribute,
    ast.Subscript,
    ast.BinOp,
    ast.BitOr,
    ast.Constant,
    ast.Tuple,
    ast.List,
    ast.Load,
)
_MOST_NODES = 150
_VERBATIM = {"Literal", "Annotated"}


class _Stranger:
    """Stands in an evaluation for a name whose value only the running program knows."""


@dataclass(frozen=True)
class Where:
    """The place of a function: its file, the module or class it stands in, and the offset at which it begins."""

    file: Outline
    scope: Scope
    start: int


@dataclass(frozen=True)
class Judgement:
    """Whether an annotation may stand as it is, or only in quotes; `why` says what is wrong with it otherwise."""

    plain: bool = False
    quoted: bool = False
    why: str = ""


def is_deferred(file: Outline) -> bool:
    """Return whether the file's annotations are not evaluated when its functions are defined."""
    return any(
        item.module == "__future__" and item.name == "annotations"
        for statement, _ in file.module.imports
        for item in imported(statement)
    )


def is_harmless(annotation: ast.expr) -> bool:
    """Return whether an annotation has only the forms that types have: no call, no walrus, nothing that does things."""
    for count, node in enumerate(nodes([annotation])):
        if not isinstance(node, _FORMS) or count > _MOST_NODES:
            return False
        if isinstance(node, ast.Constant) and isinstance(node.value, float | complex):
            return False
    return True


def judge(annotation: ast.expr, where: Where, added: Collection[Imported] = ()) -> Judgement:
    """Return whether an annotation resolves and can be evaluated at a place.

    Args:
        annotation: the annotation, parsed.
        where: the function it belongs to.
        added: imports that will be there too.
    """
    if not is_harmless(annotation):
        return Judgement(why="is no type")
    bare = unquoted(annotation)
    if bare is None:
        return Judgement(why="has quotes that hold no type")
    known: dict[str, object] = {}
    ready = True
    for name in dict.fromkeys(node.id for node in nodes([bare]) if isinstance(node, ast.Name)):
        value, when = _value(name, where, added)
        if when == "never":
            return Judgement(why=f"uses {name}, which is not defined there")
        known[name] = value
        ready = ready and when == "before"
    strangers = {name for name, value in known.items() if isinstance(value, _Stranger)}
    made = _evaluate(bare, known)
    if not strangers and (made is None or not _is_type(made[0])):
        return Judgement(why="is no type")
    if is_deferred(where.file):
        return Judgement(plain=True, quoted=True)
    if not ready:
        return Judgement(quoted=True)
    # What a stranger can do, a subscript or an attribute of it say, is known only for its bare name.
    plain = (isinstance(annotation, ast.Name) or not strangers) and _evaluate(annotation, known) is not None
    return Judgement(plain=plain, quoted=True)


def _evaluate(annotation: ast.expr, known: dict[str, object]) -> tuple[object] | None:
    """Return the annotation's value in a tuple, or None where evaluating it raises."""
    try:
        code = compile(ast.Expression(annotation), "<annotation>", "eval")
        # Names, attributes, subscripts and `|` of types from the standard library: nothing here can act.
        return (eval(code, {"__builtins__": {}}, known),)  # noqa: S307
    except Exception:
        return None


def _is_type(value: object) -> bool:
    nothing = (int, bytes, tuple, list, types.ModuleType, types.FunctionType, types.BuiltinFunctionType)
    return not isinstance(value, nothing) and value is not ...


def _value(name: str, where: Where, added: Collection[Imported]) -> tuple[object, str]:
    """Return what a name means at a place, and whether it is bound before it, later, or never."""
    file, module = where.file, where.file.module
    if where.scope is not module and where.scope.bound[name]:
        # A member hides what the module has: a method called `list` is no type.
        unit = next(iter(where.scope.named(name)), None)
        return _Stranger(), "later" if unit and unit.kind != "function" else "never"
    if unit := next(iter(module.named(name)), None):
        if unit.kind == "function":
            return None, "never"
        early = unit.parts[-1].end <= where.start and not unit.conditional and not unit.is_twin
        return _plain_class(unit) or _Stranger(), "before" if early else "later"
    for statement, conditional in module.imports:
        for item in imported(statement):
            if item.binds == name:
                early = file.lines.span(statement)[1] <= where.start and not conditional and module.bound[name] == 1
                return _imported_value(item), "before" if early else "later"
    if module.bound[name]:
        return _Stranger(), "later"
    for item in added:
        if item.binds == name:
            return _imported_value(item), "before"
    # `any` and `callable` are functions: a model that writes them means something else.
    value = getattr(builtins, name, None)
    return (value, "before") if isinstance(value, type) else (None, "never")


def _plain_class(unit: Unit) -> type | None:
    """Return a class that does what a class of the file does in an annotation, where nothing can make that special."""
    node = unit.node
    if not isinstance(node, ast.ClassDef) or node.decorator_list or node.keywords:
        return None
    bases = [getattr(builtins, base.id, None) if isinstance(base, ast.Name) else None for base in node.bases]
    # Only the name of a built-in says what it is, and only if the file does not use it for something else.
    known = all(isinstance(base, type) and not unit.scope.bound[base.__name__] for base in bases)
    return type(node.name, (), {}) if known else None


def _imported_value(item: Imported) -> object:
    if item.module not in TYPING_MODULES:
        return _Stranger()
    if item.name:
        return getattr(importlib.import_module(item.module), item.name, _Stranger())
    return importlib.import_module(item.module if item.renamed else item.module.partition(".")[0])


def unquoted(annotation: ast.expr) -> ast.expr | None:
    """Return an annotation with the types in its strings taken out of their quotes, or None where one is no type."""
    made = _Unquoting().visit(_copy(annotation))
    return made if isinstance(made, ast.expr) and is_harmless(made) else None


def _copy(annotation: ast.expr) -> ast.expr:
    return python_ast.parse(ast.unparse(annotation), mode="eval").body


class _Unquoting(ast.NodeTransformer):
    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        last = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
        if last not in _VERBATIM:
            self.generic_visit(node)
        return node

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        if not isinstance(node.value, str):
            return node
        try:
            return python_ast.parse(node.value.strip(), mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            # A call is never harmless, so the whole is refused.
            return ast.Call(func=ast.Name(id="str", ctx=ast.Load()), args=[], keywords=[])
