"""Finds the calls of a function in tests and examples, and says them again with arguments of another shape."""

from __future__ import annotations

import ast
import builtins
import copy
import doctest
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from workbench.crew.judging.stated import Function
from workbench.edits.parses import tree_of

LONGEST = 300
"""Characters of a call; what is longer is not tried."""

BUILTINS = frozenset(vars(builtins)) - {"open", "input", "exec", "eval", "compile", "exit", "quit", "breakpoint"}

_TAKES_ANY = re.compile(r"\bIter(?:able|ator)\b|\bCollection\b|\bSequence\b")
_NEIGHBOURS_OF = 1_000
_LONGEST_TEXT = 60

Shapes = Callable[[ast.expr, ast.arg | None], Iterator[ast.expr]]
"""Yields other shapes of an argument of a parameter, which may be unknown."""


def examples(node: Function) -> Iterator[str]:
    """Yield the code of a docstring's examples."""
    try:
        for example in doctest.DocTestParser().get_examples(ast.get_docstring(node) or ""):
            yield example.source
    except ValueError:
        return


def modules(tree: ast.AST) -> frozenset[str]:
    """Return the names that imports bind in a tree."""
    imports = (node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom))
    return frozenset((alias.asname or alias.name).partition(".")[0] for node in imports for alias in node.names)


def calls_in(name: str, text: str, *, bare: bool = False) -> Iterator[ast.Call]:
    """Yield the calls of `name` in a text that say all themselves.

    They are calls of the name, or of a module's that the text imports, or of anything's if the text is `bare`.
    """
    tree = tree_of(text)
    if tree is None:
        return
    known = modules(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and is_call(node, name, known, bare=bare) and not free_names(node):
            yield node


def is_call(node: ast.Call, name: str, known: frozenset[str], *, bare: bool = False) -> bool:
    """Return whether a call is of `name` by itself or as a member of one of the `known` modules, and has no stars."""
    function = node.func
    is_it = isinstance(function, ast.Name) and function.id == name
    if isinstance(function, ast.Attribute) and function.attr == name and isinstance(function.value, ast.Name):
        is_it = bare or function.value.id in known
    return is_it and is_plain(node)


def is_plain(node: ast.Call) -> bool:
    """Return whether a call names its arguments one by one, and waits for nothing."""
    odd = (ast.Starred, ast.Await, ast.Yield, ast.YieldFrom)
    inner = (part for argument in (*node.args, *node.keywords) for part in ast.walk(argument))
    return all(keyword.arg for keyword in node.keywords) and not any(isinstance(part, odd) for part in inner)


def free_names(node: ast.Call, *, receiver: bool = False) -> frozenset[str]:
    """Return the names that a call's arguments take from elsewhere, but builtins; its receiver's too, if asked."""
    parts = [*node.args, *(keyword.value for keyword in node.keywords)]
    if receiver and isinstance(node.func, ast.Attribute):
        parts.append(node.func.value)
    inner = [part for argument in parts for part in ast.walk(argument)]
    bound = {part.arg for part in inner if isinstance(part, ast.arg)}
    bound |= {part.id for part in inner if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)}
    used = {part.id for part in inner if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load)}
    return frozenset(used - bound - BUILTINS)


def called(call: ast.Call, *, is_method: bool = False) -> ast.Call:
    """Return a call as a trial says it: of `__f`, or of the method of its receiver."""
    function = call.func if is_method else ast.Name("__f", ast.Load())
    return ast.Call(function, [copy.deepcopy(one) for one in call.args], copy.deepcopy(call.keywords))


def positional(was: Function, *, is_method: bool = False) -> list[ast.arg]:
    """Return the parameters that a call may give by position; of a method, without the object itself."""
    every = [*was.args.posonlyargs, *was.args.args]
    is_static = any(isinstance(one, ast.Name) and one.id == "staticmethod" for one in was.decorator_list)
    return every[1:] if is_method and not is_static else every


def for_old(call: ast.Call, was: Function, *, is_method: bool = False) -> ast.Call | None:
    """Return a call with the arguments that the function took before; None where those are too few."""
    arguments, places = was.args, positional(was, is_method=is_method)
    known = {one.arg for one in (*places, *arguments.kwonlyargs)}
    required = len(places) - len(arguments.defaults)
    cut = called(call, is_method=is_method)
    cut.args = cut.args if arguments.vararg else cut.args[: len(places)]
    cut.keywords = [keyword for keyword in cut.keywords if keyword.arg in known or arguments.kwarg]
    return None if len(cut.args) + sum(one.arg in known for one in cut.keywords) < required else cut


def reshaped(call: ast.Call, places: Sequence[ast.arg], shapes: Shapes) -> Iterator[ast.Call]:
    """Yield a call with one of its positional arguments in another shape."""
    for number, argument in enumerate(call.args):
        for shape in shapes(argument, places[number] if number < len(places) else None):
            other = copy.deepcopy(call)
            other.args[number] = shape
            yield other


def of_fewer(call: ast.Call) -> Iterator[ast.Call]:
    """Yield a method's call on a thing that is made for it with one of its lists empty, or with its first one alone."""
    for number, held in enumerate(_lists_of_receiver(call)):
        for few in ([], held.elts[:1]) if len(held.elts) > 1 else ([],):
            other = copy.deepcopy(call)
            _lists_of_receiver(other)[number].elts = [*few]
            yield other


def _lists_of_receiver(call: ast.Call) -> list[ast.List]:
    """Return the lists, with something in them, that a thing is made of on which a method is called at once."""
    match call.func:
        case ast.Attribute(value=ast.Call(args=args, keywords=keywords)):
            given = [*args, *(keyword.value for keyword in keywords)]
            return [one for one in given if isinstance(one, ast.List) and one.elts]
    return []


def other_shapes(argument: ast.expr, place: ast.arg | None) -> Iterator[ast.expr]:
    """Yield what whoever takes an argument will mostly take as well: an iterator for a list, and none of it."""
    annotation = ast.unparse(place.annotation) if place is not None and place.annotation else ""
    takes_any = not annotation or bool(_TAKES_ANY.search(annotation))
    match argument:
        case ast.List(elts=items):
            if takes_any:
                if "Iter" in annotation or not annotation:
                    yield iterator(argument)
                yield ast.Tuple(items, ast.Load())
            if items:
                yield ast.List([], ast.Load())
        case ast.Tuple(elts=items):
            if takes_any:
                yield ast.List(items, ast.Load())
            if items:
                yield ast.Tuple([], ast.Load())
        case ast.Dict(keys=[_, *_]):
            yield ast.Dict([], [])
        case ast.Constant(value=str() as text) if text:
            yield ast.Constant("")
        case _ if (number := whole(argument)) is not None and abs(number) < _NEIGHBOURS_OF:
            beside = [other for other in (0, number - 1, number + 1) if other >= min(number, 0) and other != number]
            yield from map(constant, dict.fromkeys(beside))


def other_texts(argument: ast.expr, place: ast.arg | None) -> Iterator[ast.expr]:
    """Yield other texts for a text: in the other case, twice, its beginning, with a mark and a digit behind."""
    match argument:
        case ast.Constant(value=str() as text) if 1 < len(text) <= _LONGEST_TEXT:
            for other in (text.swapcase(), f"{text} {text}", text[0], text.title(), f"{text}_9é-"):
                if other != text:
                    yield ast.Constant(other)


def alike(call: ast.Call) -> Iterator[ast.Call]:
    """Yield a call with each of two neighbours among its arguments in the place of both, where they are of one kind."""
    for number, (one, other) in enumerate(pairwise(call.args)):
        kinds = [type(part.value) if isinstance(part, ast.Constant) else type(part) for part in (one, other)]
        if kinds[0] is not kinds[1] or ast.dump(one) == ast.dump(other):
            continue
        for both in (one, other):
            same = copy.deepcopy(call)
            same.args[number] = same.args[number + 1] = both
            yield same


def iterator(argument: ast.expr) -> ast.Call:
    """Return an iterator of what an argument holds."""
    return ast.Call(ast.Name("iter", ast.Load()), [argument], [])


def whole(argument: ast.expr) -> int | None:
    """Return the integer that an argument is, negative ones too; None where it is something else."""
    match argument:
        case ast.Constant(value=int() as number) if not isinstance(number, bool):
            return number
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() as number)) if not isinstance(number, bool):
            return -number
    return None


def constant(value: int) -> ast.expr:
    """Return a number as it is written."""
    return ast.Constant(value) if value >= 0 else ast.UnaryOp(ast.USub(), ast.Constant(-value))
