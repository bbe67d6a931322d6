"""What a syntax tree says of a function without asking anyone: its arguments, and whether it returns or yields."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

from workbench import python_ast
from workbench.context.shown import DefinitionNode, definitions

_OWN_SCOPE = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


@dataclass(frozen=True)
class Facts:
    """A symbol as its tree has it.

    Attributes:
        name: its last name.
        arguments: names in order, `self` and `cls` aside.
        stars: what stands before each name: nothing, `*` or `**`.
        annotations: source of each annotation there is; `return` for the returned value.
        returns, yields: whether a value is returned, or items are yielded.
        none_defaults: arguments whose default is None.
        is_async: whether it is a coroutine or an asynchronous generator.
        only_ends: whether it has code and never returns a value, so that its result is None.
        return_count: how many statements return a value.
        ends_in_call: whether its last statement only calls something, which may always raise.
        is_long: whether it is more than a line or two, so that arguments are worth a word.
    """

    name: str
    arguments: tuple[str, ...] = ()
    stars: dict[str, str] = field(default_factory=dict)
    annotations: dict[str, str] = field(default_factory=dict)
    returns: bool = False
    yields: bool = False
    is_long: bool = False
    none_defaults: frozenset[str] = frozenset()
    is_async: bool = False
    only_ends: bool = False
    return_count: int = 0
    ends_in_call: bool = False

    def defaults_to_none(self, name: str) -> bool:
        """Return whether an argument may be left out and is None then."""
        return name in self.none_defaults


def facts(source: str, name: str) -> Facts:
    """Return what is known of the symbol `name`; of a class, only its name."""
    tree = python_ast.parse(source.removeprefix("\ufeff"))
    node = next((node for known, node in definitions(tree) if known == name), None)
    if node is None or isinstance(node, ast.ClassDef):
        return Facts(name.rpartition(".")[2])
    spec = node.args
    every = [(arg, "") for arg in (*spec.posonlyargs, *spec.args)]
    every += [(spec.vararg, "*")] if spec.vararg else []
    every += [(arg, "") for arg in spec.kwonlyargs]
    every += [(spec.kwarg, "**")] if spec.kwarg else []
    if "." in name and every and not _is_static(node):
        every = every[1:]
    annotations = {arg.arg: ast.unparse(arg.annotation) for arg, _ in every if arg.annotation}
    if node.returns:
        annotations["return"] = ast.unparse(node.returns)
    inner = list(own_nodes(node))
    return_count = sum(isinstance(part, ast.Return) and not _is_none(part.value) for part in inner)
    returns = return_count > 0
    last = node.body[-1]
    yields = any(isinstance(part, ast.Yield | ast.YieldFrom) for part in inner)
    return Facts(
        name=node.name,
        arguments=tuple(arg.arg for arg, _ in every),
        stars={arg.arg: star for arg, star in every},
        annotations=annotations,
        returns=returns,
        yields=yields,
        is_long=len(every) > 1 or (node.end_lineno or node.lineno) - node.body[0].lineno >= 3,
        none_defaults=_none_defaults(spec),
        is_async=isinstance(node, ast.AsyncFunctionDef),
        return_count=return_count,
        ends_in_call=isinstance(last, ast.Expr) and isinstance(last.value, ast.Call),
        only_ends=not returns and not yields and _does_something(node),
    )


def own_nodes(node: DefinitionNode) -> Iterator[ast.AST]:
    """Yield what lies in a definition's body, but not in functions and classes of its own."""
    ahead: list[ast.AST] = list(reversed(node.body))
    while ahead:
        part = ahead.pop()
        yield part
        if not isinstance(part, _OWN_SCOPE):
            ahead.extend(reversed(list(ast.iter_child_nodes(part))))


def _is_static(node: DefinitionNode) -> bool:
    return any(isinstance(decorator, ast.Name) and decorator.id == "staticmethod" for decorator in node.decorator_list)


def _is_none(value: ast.expr | None) -> bool:
    return value is None or (isinstance(value, ast.Constant) and value.value is None)


def _none_defaults(spec: ast.arguments) -> frozenset[str]:
    plain = [*spec.posonlyargs, *spec.args]
    pairs = list(zip(reversed(plain), reversed(spec.defaults), strict=False))
    pairs += [(arg, value) for arg, value in zip(spec.kwonlyargs, spec.kw_defaults, strict=True) if value is not None]
    return frozenset(arg.arg for arg, value in pairs if _is_none(value))


def _does_something(node: DefinitionNode) -> bool:
    """Return whether a body is more than a declaration: an abstract method says nothing of its result."""
    rest = [part for part in node.body if not (isinstance(part, ast.Expr) and isinstance(part.value, ast.Constant))]
    return bool(rest) and not isinstance(rest[-1], ast.Raise | ast.Pass)
