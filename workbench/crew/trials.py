"""Finds how a changed function is called: by its examples and the task's tests, and with the same in another shape."""

from __future__ import annotations

import ast
import builtins
import copy
import doctest
import re
from collections.abc import Collection, Iterator, Sequence

from workbench.checks.order import changed_symbols
from workbench.checks.trial import ANY, Trial
from workbench.crew.stated import Function, functions, parameters
from workbench.edits.symbols import cut
from workbench.model import Excerpt, FileEdit

MOST = 24
"""Calls of one function."""

LONGEST = 300
"""Characters of a call; what is longer is not tried."""

_NAMED = re.compile(r"\b([A-Z]\w*(?:Error|Exception|Iteration|Warning|Interrupt|Exit))\b")
_OF_ERRORS = re.compile(
    r"\b(?:rais|error|exception|fail|refus|reject|forbid|disallow|invalid|validat|ensure|check that|must |only|assert"
    r"|not allowed|complain)",
    re.IGNORECASE,
)
_OF_NOTHING = re.compile(r"\bNone\b|\bnothing\b|\breturn value\b|no longer returns?\b|in place\b", re.IGNORECASE)
_AS_BEFORE = re.compile(r"\b(?:as before|as now|still|stays?|unchanged|without (?:it|them)|otherwise)\b", re.IGNORECASE)
_TAKES_ANY = re.compile(r"\bIter(?:able|ator)\b|\bCollection\b|\bSequence\b")
_BUILTINS = frozenset(vars(builtins)) - {"open", "input", "exec", "eval", "compile", "exit", "quit", "breakpoint"}


def trials(task: str, edits: Sequence[FileEdit], tests: Sequence[Excerpt]) -> tuple[Trial, ...]:
    """Return a trial for each Python file of which edits change one function at the top that can be called plainly."""
    made = [_of_file(task, edit, tests) for edit in edits if edit.path.endswith(".py") and edit.before and edit.after]
    return tuple(trial for trial in made if trial is not None)


def _of_file(task: str, edit: FileEdit, tests: Sequence[Excerpt]) -> Trial | None:
    if len(changed_symbols(edit)) != 1:
        # A function that calls another one that changed too cannot be had as it was by itself.
        return None
    (name,) = changed_symbols(edit)
    was, node = functions(edit.before or b"").get(name), functions(edit.after or b"").get(name)
    if was is None or node is None or isinstance(node, ast.AsyncFunctionDef) or not _still_fits(was, node):
        return None
    texts = [test.text for test in tests if test.path.endswith(".py")]
    calls = tuple(_calls(name, was, texts, gone=parameters(was).keys() - parameters(node).keys()))[:MOST]
    if not calls:
        return None
    return Trial(
        path=edit.path,
        name=name,
        before=cut((edit.before or b"").decode("utf-8"), name),
        calls=calls,
        may_raise=tuple(dict.fromkeys(_NAMED.findall(task))) or ((ANY,) if _OF_ERRORS.search(task) else ()),
        keeps=_only_adds(was, node),
        keeps_errors=_only_adds(was, node) and bool(_AS_BEFORE.search(task)),
        may_be_none=bool(_OF_NOTHING.search(task)),
    )


def _still_fits(was: Function, node: Function) -> bool:
    """Return whether calls of a function as it was are calls of it as it is.

    A parameter may have another name, which calls that do not name it need not know, but no other place.
    """
    old, new = was.args, node.args
    theirs, ours = ([one.arg for one in (*side.posonlyargs, *side.args)] for side in (new, old))
    pairs = zip(ours, theirs, strict=False)
    same = len(ours) <= len(theirs) and all(one == other or not {one} & {*theirs} for one, other in pairs)
    keywords = {one.arg for one in old.kwonlyargs} <= {one.arg for one in new.kwonlyargs}
    stars = bool(old.vararg) <= bool(new.vararg) and bool(old.kwarg) <= bool(new.kwarg)
    required = len(theirs) - len(new.defaults) <= len(ours) - len(old.defaults)
    missing = {one.arg for one, default in zip(new.kwonlyargs, new.kw_defaults, strict=True) if default is None}
    missing -= {one.arg for one in old.kwonlyargs}
    fits = len(new.posonlyargs) <= len(old.posonlyargs) and required and not missing
    return same and keywords and stars and fits


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


def _calls(name: str, was: Function, tests: Sequence[str], gone: Collection[str]) -> Iterator[str]:
    """Yield the calls of examples, and those of tests and examples in another shape; each once.

    What a test calls word for word was just judged by it, and is left to it. Calls that name a parameter that is `gone`
    are none any more.
    """
    tested = [call for text in tests for call in _in_text(name, text)]
    shown = [call for text in _examples(was) for call in _in_text(name, text, bare=True)]
    told = {ast.unparse(_named(call)) for call in tested}
    every = (kept for call in (*shown, *tested) if (kept := _for_old(call, was)) is not None)
    plain = [call for call in every if not any(keyword.arg in gone for keyword in call.keywords)]
    shaped = (other for call in plain for other in _in_other_shapes(call, was))
    for call in (*plain, *shaped):
        text = ast.unparse(call)
        if text not in told and len(text) <= LONGEST:
            told.add(text)
            yield text


def _named(call: ast.Call) -> ast.Call:
    return ast.Call(ast.Name("__f", ast.Load()), call.args, call.keywords)


def _in_text(name: str, text: str, *, bare: bool = False) -> Iterator[ast.Call]:
    """Yield the calls of `name` in a text, of itself or of a module that the text imports, or any if it is `bare`."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError):
        return
    imports = (node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom))
    modules = {(alias.asname or alias.name).partition(".")[0] for node in imports for alias in node.names}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        function = node.func
        is_it = isinstance(function, ast.Name) and function.id == name
        if isinstance(function, ast.Attribute) and function.attr == name and isinstance(function.value, ast.Name):
            is_it = bare or function.value.id in modules
        arguments = [*node.args, *(keyword.value for keyword in node.keywords)]
        if is_it and all(keyword.arg for keyword in node.keywords) and all(map(_is_closed, arguments)):
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
    """Return a call with the arguments that the function took before; None where those are too few."""
    arguments = was.args
    positional = [*arguments.posonlyargs, *arguments.args]
    known = {one.arg for one in (*positional, *arguments.kwonlyargs)}
    args = call.args if arguments.vararg else call.args[: len(positional)]
    keywords = [keyword for keyword in call.keywords if keyword.arg in known or arguments.kwarg]
    required = len(positional) - len(arguments.defaults)
    if len(args) + sum(keyword.arg in known for keyword in keywords) < required:
        return None
    return _named(ast.Call(call.func, [copy.deepcopy(one) for one in args], copy.deepcopy(keywords)))


def _in_other_shapes(call: ast.Call, was: Function) -> Iterator[ast.Call]:
    positional = [*was.args.posonlyargs, *was.args.args]
    for number, argument in enumerate(call.args):
        annotation = positional[number].annotation if number < len(positional) else None
        for shape in _shapes(argument, ast.unparse(annotation) if annotation else ""):
            other = copy.deepcopy(call)
            other.args[number] = shape
            yield other


def _shapes(argument: ast.expr, annotation: str) -> Iterator[ast.expr]:
    """Yield what whoever takes an argument will mostly take as well: an iterator for a list, and none of it."""
    takes_any = not annotation or bool(_TAKES_ANY.search(annotation))
    match argument:
        case ast.List(elts=items):
            if takes_any:
                if "Iter" in annotation or not annotation:
                    yield ast.Call(ast.Name("iter", ast.Load()), [argument], [])
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
