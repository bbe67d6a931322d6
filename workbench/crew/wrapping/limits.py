"""What keeps a wrapper from being put into the function it wraps: names that would mean something else, for one."""

from __future__ import annotations

import ast
import builtins
import symtable
from collections.abc import Iterator, Sequence

from workbench import python_ast
from workbench.crew.judging.stated import Function as FunctionNode
from workbench.crew.judging.stated import parameters, work_of
from workbench.crew.wrapping.tail import CannotInline, loaded, stored

LOOKS_AROUND = frozenset({"locals", "vars", "dir", "eval", "exec"})
"""What lets a function look at names without naming them."""

_Closure = (ast.Lambda, ast.FunctionDef, ast.AsyncFunctionDef, ast.GeneratorExp)


def refuse_other_meanings(old: FunctionNode, wrapper: FunctionNode, old_name: str) -> None:
    """Raise where a name of one would be another's in one function.

    Raises:
        CannotInline: the words name it.
    """
    if any(isinstance(node, ast.Global | ast.Nonlocal) for one in (old, wrapper) for node in ast.walk(one)):
        raise CannotInline("it shares names with the world around")
    if loaded([old]) & LOOKS_AROUND:
        raise CannotInline("the old one looks at its own names")
    stars = {one.arg for one in (wrapper.args.vararg, wrapper.args.kwarg) if one is not None}
    if stars & stored(wrapper.body):
        raise CannotInline("it changes what it takes any of")
    taken_over = {*_parameters(old)}
    its_own, from_outside = _names(wrapper)
    old_own, old_from_outside = _names(old)
    hidden = ((its_own - taken_over) & old_from_outside) | ((its_own - {*_parameters(wrapper)}) & taken_over)
    if hidden:
        raise CannotInline(f"`{min(hidden)}` would mean something else in the old lines")
    taken = (from_outside - {old_name}) & (old_own - taken_over)
    if taken:
        raise CannotInline(f"`{min(taken)}` means something else in the old lines")
    _refuse_swallowed(old, wrapper)


def _refuse_swallowed(old: FunctionNode, wrapper: FunctionNode) -> None:
    """Raise where what had a name would come in among any arguments, or any keywords."""
    missing = [name for name in parameters(old) if name not in parameters(wrapper)]
    if missing and (wrapper.args.vararg or wrapper.args.kwarg):
        raise CannotInline(f"it has no parameter `{missing[0]}`")


def refuse_late_looks(old: FunctionNode, made: Sequence[ast.stmt], looking: Sequence[ast.AST]) -> None:
    """Raise where a function or generator made by the wrapper looks at a name that is set anew after it was made.

    Args:
        old: the function that is wrapped.
        made: the statements that come before the old body.
        looking: what of the wrapper is worked out before the old body.

    Raises:
        CannotInline: the words name it.
    """
    set_anew = (stored(old.body) & own_names(old)) | (stored(made) & {*_parameters(old)})
    for part in looking:
        for node in ast.walk(part):
            if isinstance(node, _Closure) and (late := (loaded(_later(node)) - _bound(node)) & set_anew):
                raise CannotInline(f"`{min(late)}` changes after it was looked at")


def kept_first(old: FunctionNode, made: Sequence[ast.stmt]) -> int:
    """Return how many of the first statements of a function stay before new lines, which could not do without them.

    These refuse, or answer, a parameter of another type or None, and the new lines look into that parameter without
    having asked; or they keep what was given under another name, to say it, and the new lines set the parameter anew.
    """
    set_anew = stored(made)
    looked_into = {
        (node.value.id, node.attr)
        for one in made
        for node in ast.walk(one)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    }
    asked = {
        name for one in made for node in ast.walk(one) for name in (_asked_for(node), *_told_by_truth(node)) if name
    }
    count, rows = 0, [one.lineno for one in old.body]
    for one in work_of(old):
        if rows.count(one.lineno) > 1:
            break
        match one:
            case ast.If(test=test, body=[ast.Return() | ast.Raise()], orelse=[]) if (
                (name := _asked_for(test))
                and name not in asked
                and _keeps_from(test, {attribute for owner, attribute in looked_into if owner == name})
            ):
                count += 1
            case ast.Assign(targets=[ast.Name(id=copy)], value=ast.Name(id=name)) if name in set_anew and _is_only_said(
                old, copy
            ):
                count += 1
            case _:
                break
    return count


def _told_by_truth(node: ast.AST) -> list[str]:
    """Return the names that are told from None or nothing where they are looked at: `text or ""`, `if not text`."""
    match node:
        case ast.BoolOp(values=sides):
            return [side.id for side in sides if isinstance(side, ast.Name)]
        case ast.UnaryOp(op=ast.Not(), operand=ast.Name(id=name)):
            return [name]
        case ast.If(test=ast.Name(id=name)) | ast.IfExp(test=ast.Name(id=name)):
            return [name]
        case ast.Call(func=ast.Name(id="hasattr" | "str" | "type"), args=[ast.Name(id=name), *_]):
            return [name]
    return []


def _keeps_from(test: ast.expr, attributes: set[str]) -> bool:
    """Return whether what a test holds for lacks one of these attributes, as far as one can tell."""
    match test:
        case ast.Compare(ops=[ast.IsNot()]):
            return False
        case ast.Call(args=[_, kinds]):
            names = [getattr(kind, "id", "") for kind in (kinds.elts if isinstance(kinds, ast.Tuple) else [kinds])]
            types = [vars(builtins).get(name) for name in names]
            return all(isinstance(kind, type) and any(not hasattr(kind, one) for one in attributes) for kind in types)
    return bool(attributes)


def _is_only_said(old: FunctionNode, copy: str) -> bool:
    """Return whether what was given is kept for what is raised, or under a name that says that it is that."""
    within = {id(part) for one in ast.walk(old) if isinstance(one, ast.Raise) for part in ast.walk(one)}
    looks = [part for part in ast.walk(old) if isinstance(part, ast.Name) and part.id == copy]
    others = [part for part in looks if isinstance(part.ctx, ast.Load) and id(part) not in within]
    return "orig" in copy or (not others and len(looks) > 1)


def _asked_for(test: ast.AST) -> str:
    """Return the name that a test asks for its type, or for being None; empty where it does not."""
    match test:
        case ast.UnaryOp(op=ast.Not(), operand=ast.Call(func=ast.Name(id="isinstance"), args=[ast.Name(id=name), _])):
            return name
        case ast.Call(func=ast.Name(id="isinstance"), args=[ast.Name(id=name), _]):
            return name
        case ast.Compare(left=ast.Name(id=name), ops=[ast.Is() | ast.IsNot()], comparators=[ast.Constant(value=None)]):
            return name
    return ""


def captured(nodes: Sequence[ast.AST]) -> set[str]:
    """Return the names that functions or generators made in these nodes may look at later."""
    closures = [one for node in nodes for one in ast.walk(node) if isinstance(one, _Closure)]
    return {name for one in closures for name in loaded(_later(one))}


def own_names(node: FunctionNode) -> set[str]:
    """Return a function's parameters and variables."""
    return _names(node)[0]


def _bound(node: ast.AST) -> set[str]:
    """Return the names that a closure has for itself: its parameters, and what it runs over."""
    return stored([node]) | {one.arg for one in ast.walk(node) if isinstance(one, ast.arg)}


def _later(node: ast.AST) -> list[ast.AST]:
    """Return the parts of a closure that are worked out later: what a generator runs over first is not."""
    parts = list(ast.iter_child_nodes(node))
    if isinstance(node, ast.GeneratorExp):
        first, *others = node.generators
        parts = [node.elt, first.target, *first.ifs, *others]
    return parts


def refuse_odd_text(wrapper: FunctionNode) -> None:
    """Raise where lines of a wrapper cannot be moved, or something stands around it.

    Raises:
        CannotInline: the words say what.
    """
    docstring = _docstring(wrapper)
    for node in (one for one in ast.walk(wrapper) if isinstance(one, ast.Constant | ast.JoinedStr)):
        if node.lineno != node.end_lineno and node is not docstring:
            raise CannotInline("it holds a text of several lines, which cannot be moved")


def refuse_helpers(tree: ast.Module, wrapper: FunctionNode, old: FunctionNode, old_name: str) -> None:
    """Raise where an answer brings more than the wrapper: decorators, other functions, another old function.

    Raises:
        CannotInline: the words say what.
    """
    own = [ast.dump(one) for one in wrapper.decorator_list]
    if own and own != [ast.dump(one) for one in old.decorator_list]:
        raise CannotInline("it is decorated")
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or node is wrapper:
            continue
        if node.name != old_name:
            raise CannotInline(f"it needs `{node.name}` beside it")
        if _body(node) != _body(old) and not _is_empty(node):
            raise CannotInline("it changes the old one too")


def _docstring(node: FunctionNode) -> ast.expr | None:
    first = node.body[0]
    return first.value if isinstance(first, ast.Expr) else None


def _body(node: FunctionNode) -> list[str]:
    return [ast.dump(row) for row in work_of(node)]


def _is_empty(node: FunctionNode) -> bool:
    return all(isinstance(row, ast.Pass | ast.Expr) for row in node.body)


def _parameters(node: FunctionNode) -> list[str]:
    return [*parameters(node), *(one.arg for one in (node.args.vararg, node.args.kwarg) if one is not None)]


def _names(node: FunctionNode) -> tuple[set[str], set[str]]:
    """Return the names that are a function's own, and those that it, or what lies in it, takes from outside."""
    bare = ast.unparse(_bare(node))
    (table,) = symtable.symtable(bare, "<function>", "exec").get_children()
    own = {symbol.get_name() for symbol in table.get_symbols() if symbol.is_local() or symbol.is_parameter()}
    return own, {symbol.get_name() for one in _within(table) for symbol in one.get_symbols() if symbol.is_global()}


def _bare(node: FunctionNode) -> FunctionNode:
    """Return a function without what is worked out outside of it: decorators, annotations and defaults."""
    bare: FunctionNode = python_ast.parse(ast.unparse(node)).body[0]  # type: ignore[assignment]
    bare.decorator_list, bare.returns = [], None
    none = ast.Constant(None)
    bare.args.defaults = [none] * len(bare.args.defaults)
    bare.args.kw_defaults = [default and none for default in bare.args.kw_defaults]
    every = (*bare.args.posonlyargs, *bare.args.args, *bare.args.kwonlyargs, bare.args.vararg, bare.args.kwarg)
    for parameter in filter(None, every):
        parameter.annotation = None
    return bare


def _within(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    yield table
    for child in table.get_children():
        yield from _within(child)
