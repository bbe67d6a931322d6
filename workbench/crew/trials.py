"""Finds how a changed function is called: by its examples and the task's tests, and with the same in another shape."""

from __future__ import annotations

import ast
import builtins
import copy
import doctest
import re
from collections.abc import Iterator, Sequence

from workbench.checks.trial import ANY, Trial
from workbench.crew.stated import Function, functions, parameters
from workbench.crew.wrapping import adds
from workbench.edits.symbols import cut
from workbench.model import Excerpt, FileEdit

MOST = 24
"""Calls of one function."""

LONGEST = 300
"""Characters of a call; what is longer is not tried."""

_NAMED = re.compile(r"\b([A-Z]\w*(?:Error|Exception|Iteration|Warning|Interrupt|Exit))\b")
_OF_ERRORS = re.compile(
    r"\b(?:rais|error|exception|fail|refus|reject|forbid|disallow|invalid|must not|not allowed|only accept)",
    re.IGNORECASE,
)
_OF_NOTHING = re.compile(r"\bNone\b|\bnothing\b|\bno(?:t|thing)? (?:be )?return", re.IGNORECASE)
_BUILTINS = frozenset(vars(builtins)) - {"open", "input", "exec", "eval", "compile", "exit", "quit", "breakpoint"}


def trials(task: str, edits: Sequence[FileEdit], tests: Sequence[Excerpt]) -> tuple[Trial, ...]:
    """Return a trial for each function at the top of a Python file that edits change and that can be called plainly."""
    found = []
    for edit in edits:
        if edit.path.endswith(".py") and edit.before and edit.after:
            found += list(_of_file(task, edit, tests))
    return tuple(found)


def _of_file(task: str, edit: FileEdit, tests: Sequence[Excerpt]) -> Iterator[Trial]:
    before, after = functions(edit.before or b""), functions(edit.after or b"")
    for name, node in after.items():
        was = before.get(name)
        if was is None or "." in name or isinstance(node, ast.AsyncFunctionDef) or ast.dump(was) == ast.dump(node):
            continue
        texts = [*_examples(was), *(test.text for test in tests if test.path.endswith(".py"))]
        calls = tuple(_calls(name, was, texts))[:MOST]
        if calls:
            source = cut((edit.before or b"").decode("utf-8"), name)
            yield Trial(
                path=edit.path,
                name=name,
                before=source,
                calls=calls,
                may_raise=tuple(dict.fromkeys(_NAMED.findall(task))) or ((ANY,) if _OF_ERRORS.search(task) else ()),
                keeps=_only_adds(was, node),
                is_case=adds(task),
                may_be_none=bool(_OF_NOTHING.search(task)),
            )


def _only_adds(was: Function, node: Function) -> bool:
    """Return whether a change adds parameters that need not be given and are off, and leaves the others."""
    old, new = parameters(was), parameters(node)
    kept = all(name in new and new[name].written == parameter.written for name, parameter in old.items())
    added = [parameter for name, parameter in new.items() if name not in old]
    return kept and bool(added) and all(one.written not in {None, "True"} for one in added)


def _examples(node: Function) -> Iterator[str]:
    """Yield the code of a docstring's examples."""
    try:
        for example in doctest.DocTestParser().get_examples(ast.get_docstring(node) or ""):
            yield example.source
    except ValueError:
        return


def _calls(name: str, was: Function, texts: Sequence[str]) -> Iterator[str]:
    """Yield calls as they stand in texts first, then with one argument in another shape; each once."""
    found = [call for text in texts for call in _in_text(name, text)]
    plain = [kept for call in found if (kept := _for_old(call, was)) is not None]
    shaped = (other for call in plain for other in _in_other_shapes(call))
    told: set[str] = set()
    for call in (*plain, *shaped):
        text = ast.unparse(call)
        if text not in told and len(text) <= LONGEST:
            told.add(text)
            yield text


def _in_text(name: str, text: str) -> Iterator[ast.Call]:
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name in (getattr(node.func, "id", None), getattr(node.func, "attr", None)):
            arguments = [*node.args, *(keyword.value for keyword in node.keywords)]
            if all(keyword.arg for keyword in node.keywords) and all(map(_is_closed, arguments)):
                yield node


def _is_closed(argument: ast.expr) -> bool:
    """Return whether an argument says all that it is made of: constants, builtins, and names of its own."""
    bound = {
        *(node.arg for node in ast.walk(argument) if isinstance(node, ast.arg)),
        *(node.id for node in ast.walk(argument) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)),
    }
    used = {node.id for node in ast.walk(argument) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    odd = (ast.Starred, ast.Await, ast.Yield, ast.YieldFrom)
    return used <= bound | _BUILTINS and not any(isinstance(node, odd) for node in ast.walk(argument))


def _for_old(call: ast.Call, was: Function) -> ast.Call | None:
    """Return a call with the arguments that the function took before; None where none of those are left of some."""
    arguments = was.args
    positional = [*arguments.posonlyargs, *arguments.args]
    known = {one.arg for one in (*positional, *arguments.kwonlyargs)}
    args = call.args if arguments.vararg else call.args[: len(positional)]
    keywords = [keyword for keyword in call.keywords if keyword.arg in known or arguments.kwarg]
    given = len(args) + len(keywords)
    required = len(positional) - len(arguments.defaults)
    if given < min(required, 1) or len(args) + sum(keyword.arg in known for keyword in keywords) < required:
        return None
    return ast.Call(ast.Name("__f", ast.Load()), [copy.deepcopy(one) for one in args], copy.deepcopy(keywords))


def _in_other_shapes(call: ast.Call) -> Iterator[ast.Call]:
    for number, argument in enumerate(call.args):
        for shape in _shapes(argument):
            other = copy.deepcopy(call)
            other.args[number] = shape
            yield other


def _shapes(argument: ast.expr) -> Iterator[ast.expr]:
    """Yield what whoever takes an argument will mostly take as well: an iterator for a list, less of the same."""
    match argument:
        case ast.List(elts=items):
            yield _called("iter", argument)
            yield ast.Tuple(items, ast.Load())
            if items:
                yield ast.List([], ast.Load())
        case ast.Tuple(elts=items):
            yield ast.List(items, ast.Load())
            if items:
                yield ast.Tuple([], ast.Load())
        case ast.Dict(keys=[_, *_]):
            yield ast.Dict([], [])
        case ast.Constant(value=str() as text) if text:
            yield ast.Constant("")
            yield _called("iter", argument)
        case ast.Constant(value=int() as value) if not isinstance(value, bool) and value:
            yield ast.Constant(0)
            yield ast.UnaryOp(ast.USub(), ast.Constant(1))


def _called(name: str, argument: ast.expr) -> ast.Call:
    return ast.Call(ast.Name(name, ast.Load()), [argument], [])
