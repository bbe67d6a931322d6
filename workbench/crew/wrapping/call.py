"""What a wrapper that forgot to call the old function hands on to it, and the call of it that belongs at its end."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator
from itertools import takewhile

from workbench.crew.judging.stated import Function as FunctionNode
from workbench.crew.judging.stated import work_of
from workbench.crew.wrapping.tail import ends, stored

_BUILTINS = frozenset(vars(builtins))
_TESTS = frozenset({"isinstance", "type", "hasattr"})
_WORK = (ast.If, ast.Assign, ast.For)


def without_old(block: str, tree: ast.Module, old_name: str) -> str:
    """Return an answer without the old function as the model thinks it is, if something else stands there."""
    old = [one for one in tree.body if isinstance(one, FunctionNode) and one.name == old_name]
    if not old or len(tree.body) == len(old):
        return block
    lines = block.split("\n")
    for one in reversed(old):
        first = min([one.lineno, *(decorator.lineno for decorator in one.decorator_list)])
        del lines[first - 1 : one.end_lineno]
    return "\n".join(lines)


def _first_case(body: list[ast.stmt]) -> list[ast.stmt] | None:
    """Return what an answer does up to its first case, alone, where it goes on to others; None where it has none."""
    for number, one in enumerate(body):
        if isinstance(one, ast.If) and ends(one.body) and not isinstance(one.body[-1], ast.Raise):
            if not one.orelse:
                return None
            one.orelse, one.end_lineno = [], one.body[-1].end_lineno
            one.end_col_offset = one.body[-1].end_col_offset
            return body[: number + 1]
    return None


def call_at_last(wrapper: FunctionNode, old: FunctionNode, old_name: str, *, unseen: bool) -> None:
    """Have a wrapper that forgot it return what the old function does, if it does something before."""
    case = _first_case(wrapper.body) if unseen else None
    if case is not None:
        wrapper.body = [*case, ast.copy_location(ast.Return(), case[-1])]
    *before, last = wrapper.body
    if ends(old.body) and not _ends_inside(wrapper.body):
        wrapper.body.append(last := ast.copy_location(ast.Return(), last))
    elif not (unseen and isinstance(last, ast.Return) and any(isinstance(one, _WORK) for one in before)):
        return
    call = _handing_all_on(wrapper, old, old_name)
    if isinstance(wrapper, ast.AsyncFunctionDef):
        call = ast.Await(call)
    last.value = ast.copy_location(call, last.value or last)
    ast.fix_missing_locations(last)


def _ends_inside(body: list[ast.stmt]) -> bool:
    """Return whether an answer that was written whole ends, be it in a block that hands on what is returned in it."""
    match body[-1]:
        case ast.With(items=items, body=inner) | ast.AsyncWith(items=items, body=inner):
            return "suppress" not in "".join(map(ast.unparse, items)) and _ends_inside(inner)
        case ast.While(test=ast.Constant(value=True)) as loop:
            return not any(isinstance(part, ast.Break) for part in ast.walk(loop))
        case ast.Match(cases=[*_, ast.match_case(pattern=ast.MatchAs(pattern=None), guard=None)] as cases):
            return all(_ends_inside(one.body) for one in cases)
    return ends(body)


def _handing_all_on(wrapper: FunctionNode, old: FunctionNode, old_name: str) -> ast.expr:
    """Return a call of the old function with what the wrapper got."""
    first = positional(wrapper)[: min(required(wrapper), required(old))]
    arguments: list[ast.expr] = [ast.Name(name, ast.Load()) for name in first]
    if wrapper.args.vararg and old.args.vararg:
        arguments.append(ast.Starred(ast.Name(wrapper.args.vararg.arg, ast.Load()), ast.Load()))
    others = [name for name in all_names(old) & all_names(wrapper) if name not in first]
    stars = {one.arg for one in (wrapper.args.vararg, wrapper.args.kwarg) if one is not None}
    keywords = [ast.keyword(name, ast.Name(name, ast.Load())) for name in sorted(others) if name not in stars]
    if wrapper.args.kwarg and old.args.kwarg:
        keywords.append(ast.keyword(None, ast.Name(wrapper.args.kwarg.arg, ast.Load())))
    is_method = first[:1] in (["self"], ["cls"])
    function = ast.Attribute(arguments.pop(0), old_name, ast.Load()) if is_method else ast.Name(old_name, ast.Load())
    return ast.Call(function, arguments, keywords)


def positional(node: FunctionNode) -> list[str]:
    """Return the parameters that a call may give by position."""
    return [one.arg for one in (*node.args.posonlyargs, *node.args.args)]


def required(node: FunctionNode) -> int:
    """Return how many of these must be given."""
    return len(positional(node)) - len(node.args.defaults)


def all_names(node: FunctionNode) -> set[str]:
    """Return the names of all parameters."""
    more = [one.arg for one in (node.args.vararg, node.args.kwarg) if one is not None]
    return {*positional(node), *(one.arg for one in node.args.kwonlyargs), *more}


def uncalled(wrapper: FunctionNode, old: FunctionNode) -> str:
    """Return a function that the old one calls and one that was written in its place nowhere names; nothing if none."""
    said = {part.id for part in ast.walk(wrapper) if isinstance(part, ast.Name)}
    said |= {part.attr for part in ast.walk(wrapper) if isinstance(part, ast.Attribute)}
    own = stored(old.body) | all_names(old)
    calls = (part.func for one in old.body for part in ast.walk(one) if isinstance(part, ast.Call))
    names = (one.id for one in calls if isinstance(one, ast.Name))
    return next((name for name in names if name not in said | own and name not in _BUILTINS), "")


def mismatched(wrapper: FunctionNode, old: FunctionNode, old_name: str, *, is_method: bool) -> str:
    """Return what is handed on to the old function as something that it cannot be, in words; nothing if all may be."""
    names = positional(old)[1 if is_method else 0 :]
    for call in ast.walk(wrapper):
        if isinstance(call, ast.Call) and old_name in (
            getattr(call.func, "id", None),
            getattr(call.func, "attr", None),
        ):
            given = list(takewhile(lambda one: not isinstance(one, ast.Starred), call.args))
            for name, value in [*zip(names, given, strict=False), *((one.arg, one.value) for one in call.keywords)]:
                kind = _kind(value)
                asked = _asked_of(old, name) if kind and name else []
                lacks = next((one for one in asked if hasattr(str, one) and not hasattr(kind, one)), None)
                if kind and lacks:
                    return f"it hands a {kind.__name__} on as {name}, and the old lines ask that for its {lacks}"
    return ""


def _kind(value: ast.expr) -> type | None:
    """Return the type of what is written out; None where only running it would tell."""
    match value:
        case ast.List() | ast.ListComp():
            return list
        case ast.Dict() | ast.DictComp():
            return dict
        case ast.Set() | ast.SetComp():
            return set
        case ast.Tuple():
            return tuple
        case ast.Constant(value=int() | float() as number):
            return type(number)
    return None


def _asked_of(old: FunctionNode, name: str) -> list[str]:
    """Return the attributes that a function asks a parameter for in any case, before it sets it.

    None are returned where it asks for its type.
    """
    sure: list[ast.AST] = []
    for one in old.body:
        if name in stored([one]):
            sure += ast.walk(one.value) if isinstance(one, ast.Assign) else ()
            break
        sure += _in_any_case(one)
    calls = (part for one in old.body for part in ast.walk(one) if isinstance(part, ast.Call) and part.args)
    if any(ast.unparse(one.func) in _TESTS and ast.unparse(one.args[0]) == name for one in calls):
        return []
    return [part.attr for part in sure if isinstance(part, ast.Attribute) and ast.unparse(part.value) == name]


def _in_any_case(statement: ast.stmt) -> Iterator[ast.AST]:
    """Yield the parts of a statement that run whatever is given, where errors are not caught."""
    match statement:
        case ast.If(test=asked) | ast.While(test=asked) | ast.Match(subject=asked):
            yield from ast.walk(asked)
        case ast.Try() | ast.TryStar() | ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return
        case _:
            yield from ast.walk(statement)


def says_all(wrapper: FunctionNode, old: FunctionNode) -> bool:
    """Return whether a wrapper that was written whole says all that the old function says, and more."""
    there = {ast.dump(part) for part in ast.walk(wrapper)}
    said = [one.value if isinstance(one, ast.Return) and one.value else one for one in work_of(old)]
    return all(ast.dump(one) in there for one in said)
