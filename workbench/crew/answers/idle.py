"""An answer that only looks like a change: it asks something and does the same either way, or says old lines again."""

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Sequence

from workbench.crew.judging.stated import Function, work_of
from workbench.crew.slips.righted import changed_function
from workbench.crew.solving.sense import does_the_same
from workbench.model import FileEdit

_ASKS = frozenset(
    {"isinstance", "issubclass", "callable", "hasattr", "getattr", "len", "abs", "all", "any", "bool", "str", "type"}
    | {"sum", "min", "max", "round", "set", "sorted", "list", "tuple", "get", "keys", "values", "items", "count"}
    | {name for name in vars(str) if not name.startswith("_")} - {"index", "rindex", "encode", "format"}
)
"""What is called to know something. `int` and `index` may be called for the error that they raise."""


_OF_FORM = re.compile(
    r"\b(?:needless|unnecessary|redundant|useless|superfluous|without|no|the|that|its|an|explicit|final) `?"
    r"(?:else|elif)\b"
    r"|\bguard clauses?\b|\bearly returns?\b|\breturns? early\b",
    re.IGNORECASE,
)
"""How a task asks that a choice be written otherwise."""


_OF_WORDING = re.compile(
    r"\b(?:simplif\w*|refactor\w*|readab\w*|rewrit\w*|invert\w*|clean\w* up|tid(?:y|ied)|style|shorter|clearer|nest\w*"
    r"|one line|several lines|inline|if[- ]statement|explicit\w*|spell\w*|if expression|ternary|conditional)\b",
    re.IGNORECASE,
)
"""How a task asks that the same be said otherwise."""


def is_idle(task: str, edits: Sequence[FileEdit]) -> bool:
    """Return whether the one function that edits change does, without such questions, what it did before."""
    changed = changed_function(task, edits)
    if changed is None or changed.was is None:
        return False
    # Who takes such a question out makes a change.
    if len(list(ast.walk(changed.node))) < len(list(ast.walk(changed.was))):
        return False
    try:
        if _says_again(changed.was, changed.node):
            return True
        if not (_OF_FORM.search(task) or _OF_WORDING.search(task)) and does_the_same(changed.was, changed.node):
            return True
        before, after = (
            ast.dump(_Plain(not _OF_FORM.search(task)).visit(copy.deepcopy(node)))
            for node in (changed.was, changed.node)
        )
    except RecursionError:
        return False
    return before == after


def _says_again(was: Function, node: Function) -> bool:
    """Return whether new lines stand before all old ones, and each part of them is among these.

    What such lines give or set comes of the old ones in any case, or is done twice. A call alone may be meant to be
    made earlier, and a text to be cleaned once more; so may a choice, before an old line that fails or does something.
    """
    old, new = work_of(was), work_of(node)
    ahead = new[: len(new) - len(old)]
    if not ahead or _dump(new[len(ahead) :]) != _dump(old) or ast.dump(was.args) != ast.dump(node.args):
        return False
    if not any(isinstance(one, ast.If | ast.Return) for one in ahead):
        return False
    if not _comes_first(ahead, old):
        return False
    parts = [part for one in old for part in ast.walk(one)]
    asked, given = set(_dump(_asked(parts))), set(_dump(_given(parts)))
    said = {ast.dump(one) for one in parts if isinstance(one, ast.stmt)}
    return all(_is_said(one, said, asked, given) for one in ahead)


def _comes_first(ahead: Sequence[ast.stmt], old: Sequence[ast.stmt]) -> bool:
    """Return whether nothing that old lines do before what new ones say again is passed over by these."""
    if _dump(ahead) == _dump(old[: len(ahead)]):
        return True
    if any(isinstance(one, ast.Return) for one in ahead):
        return False
    said = _dump(ahead)
    places = [
        place
        for one in ahead
        if isinstance(one, ast.If)
        for place, was in enumerate(old)
        if any(ast.dump(part) == ast.dump(one.test) for part in ast.walk(was))
    ][:1]
    return all(ast.dump(was) in said for place in places for was in old[:place])


def _is_said(one: ast.stmt, said: set[str], asked: set[str], given: set[str]) -> bool:
    """Return whether a statement is an old one, or a choice between such by what old lines ask for and give."""
    match one:
        case ast.If(test=test):
            inner = all(_is_said(part, said, asked, given) for part in (*one.body, *one.orelse))
            return ast.dump(one) in said or (ast.dump(test) in asked and inner)
        case ast.Return(value=ast.expr() as value):
            return ast.dump(value) in given
    return ast.dump(one) in said and not isinstance(one, ast.Expr)


def _asked(parts: Sequence[ast.AST]) -> list[ast.expr]:
    tests = [part.test for part in parts if isinstance(part, ast.If | ast.IfExp | ast.While)]
    return tests + [value for part in parts if isinstance(part, ast.BoolOp) for value in part.values]


def _given(parts: Sequence[ast.AST]) -> list[ast.expr]:
    values = [part.value for part in parts if isinstance(part, ast.Return) and part.value is not None]
    for value in list(values):
        match value:
            case ast.IfExp(body=body, orelse=other):
                values += [body, other]
            case ast.BoolOp(values=several):
                values += several
    return values


def _only_asks(test: ast.expr) -> bool:
    """Return whether a question changes nothing and is not asked for the error that it may raise."""
    for part in ast.walk(test):
        if isinstance(part, ast.NamedExpr | ast.Await | ast.Yield | ast.YieldFrom):
            return False
        if isinstance(part, ast.Call):
            name = part.func.attr if isinstance(part.func, ast.Attribute) else ast.unparse(part.func)
            if name not in _ASKS:
                return False
    return True


class _Plain(ast.NodeTransformer):
    """Takes out questions whose answers lead to the same, and where `else` changes nothing, what it is written with."""

    def __init__(self, flat: bool) -> None:
        self._flat = flat

    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        for name in ("body", "orelse", "finalbody"):
            if isinstance(body := getattr(node, name, None), list):
                setattr(node, name, _plain(body, self._flat))
        return node

    def visit_IfExp(self, node: ast.IfExp) -> ast.AST:
        self.generic_visit(node)
        return node.body if _only_asks(node.test) and ast.dump(node.body) == ast.dump(node.orelse) else node


def _plain(body: list[ast.stmt], flat: bool) -> list[ast.stmt]:
    """Return statements without choices between the same ones, from the last to the first.

    What is left for `else` behind what ends the function comes after it.
    """
    plain: list[ast.stmt] = []
    for one in reversed(body):
        if flat and isinstance(one, ast.If) and one.orelse and isinstance(one.body[-1], ast.Return | ast.Raise):
            plain, one.orelse = _plain([*one.orelse, *plain], flat), []
        if isinstance(one, ast.If) and _only_asks(one.test):
            then, other = _dump(one.body), _dump(one.orelse)
            if then == other:
                plain = [*one.body, *plain]
                continue
            if not one.orelse and isinstance(one.body[-1], ast.Return | ast.Raise) and then == _dump(plain):
                continue
        plain.insert(0, one)
    return plain


def _dump(body: Sequence[ast.AST]) -> list[str]:
    return [ast.dump(one) for one in body]
