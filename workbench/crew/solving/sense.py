"""What an answer comes to, however it is written: two that come to the same agree.

Python is brought into one form for that: no annotations and docstrings, `else` and early returns alike, a value that is
set and then used once in the place where it is used, None asked for as any nothing. Such a form need not do the same to
the letter, and none is ever proposed; it says that two answers mean the same.
"""

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Sequence
from typing import TypeVar

from workbench import python_ast
from workbench.crew.wrapping.tail import ends
from workbench.edits.foreign.grammars import language_of, parse
from workbench.errors import EditRefused
from workbench.model import FileEdit

_PYTHON = (".py", ".pyi")
_PARSE_SECONDS = 1.0

_QUOTED = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"|`[^`\n]*`")
_FEWEST = 3
"""Characters of a message that can be a task's own."""

_COMMENTS = frozenset({"comment", "line_comment", "block_comment"})

_PLAIN = (
    ast.Name,
    ast.Constant,
    ast.Compare,
    ast.BoolOp,
    ast.UnaryOp,
    ast.expr_context,
    ast.cmpop,
    ast.boolop,
    ast.unaryop,
)

_Branch = TypeVar("_Branch", ast.expr, list[ast.stmt])

Sense = tuple[tuple[str, str], ...]
"""What edits come to: for each path, a text that is equal where they mean the same."""


def sense(task: str, edits: Sequence[FileEdit]) -> Sense:
    """Return what edits come to, apart from layout, comments, docstrings, annotations and messages.

    Messages are what exceptions are raised with; what the task quotes of one, or of what is in it, matters.

    Args:
        task: what was asked.
        edits: the answer.
    """
    return tuple(sorted((edit.path, _sense(edit.path, edit.after, task)) for edit in edits))


def _sense(path: str, content: bytes | None, task: str) -> str:
    if content is None:
        return ""
    text = content.decode("utf-8", "replace").removeprefix("\ufeff")
    if path.endswith(_PYTHON):
        try:
            return ast.dump(_OneForm(task).visit(python_ast.parse(text)))
        except (SyntaxError, ValueError, RecursionError):
            return text
    language = language_of(path, text)
    if language is None:
        return "\n".join(line.rstrip() for line in text.splitlines() if line.strip())
    try:
        tree = parse(language, content, seconds=_PARSE_SECONDS)
    except EditRefused:
        return text
    words = []
    ahead = [tree.root_node]
    while ahead:
        node = ahead.pop()
        if node.type in _COMMENTS:
            continue
        if node.children:
            ahead.extend(reversed(node.children))
        else:
            words.append(content[node.start_byte : node.end_byte].decode("utf-8", "replace"))
    return "\0".join(words)


def does_the_same(one: ast.AST, other: ast.AST) -> bool:
    """Return whether two functions are one, said otherwise: only what is the same to the letter counts for that."""
    first, second = (_Letter().visit(copy.deepcopy(node)) for node in (one, other))
    return ast.dump(first) == ast.dump(second)


class _Letter(ast.NodeTransformer):
    """Brings a function into a form that does the same to the letter."""

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        self.generic_visit(node)
        match node.ops:
            case [ast.IsNot() | ast.NotIn() as sign]:
                upright = ast.Is() if isinstance(sign, ast.IsNot) else ast.In()
                return ast.UnaryOp(ast.Not(), ast.Compare(node.left, [upright], node.comparators))
        return node

    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            node.body = _chosen(node.body)
        return node


class _OneForm(ast.NodeTransformer):
    """Brings a file into the form in which answers are compared."""

    def __init__(self, task: str) -> None:
        self._task = task

    def visit_Raise(self, node: ast.Raise) -> ast.AST:
        match node.exc:
            case ast.Call(args=[ast.Constant(value=str()) | ast.JoinedStr() as said], keywords=[]) as made:
                texts = [part.value for part in ast.walk(said) if isinstance(part, ast.Constant)]
                if not any(isinstance(text, str) and self._is_given(text) for text in texts):
                    made.args = [ast.Constant("")]
        return self.generic_visit(node)

    def _is_given(self, text: str) -> bool:
        words = text.strip(" :.,'\"")
        # One word may stand in a task by chance; not so in quotes.
        where = self._task if " " in words else " ".join(_QUOTED.findall(self._task))
        return len(words) >= _FEWEST and words in where

    def visit_arg(self, node: ast.arg) -> ast.AST:
        node.annotation = None
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        if node.value is None or not isinstance(node.target, ast.Name):
            return self.generic_visit(node)
        return self.generic_visit(ast.Assign([node.target], node.value))

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        self.generic_visit(node)
        match node:
            case ast.Compare(left=value, ops=[ast.Is() | ast.Eq()], comparators=[ast.Constant(value=None)]):
                return ast.UnaryOp(ast.Not(), value)
            case ast.Compare(left=value, ops=[ast.IsNot() | ast.NotEq()], comparators=[ast.Constant(value=None)]):
                return value
            case ast.Compare(left=value, ops=[ast.NotIn()], comparators=held):
                return ast.UnaryOp(ast.Not(), ast.Compare(value, [ast.In()], held))
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        match node:
            case ast.Call(func=ast.Attribute(value=held, attr="get"), args=[key], keywords=[]):
                return ast.Subscript(held, key, ast.Load())
            case ast.Call(func=ast.Attribute(value=held, attr="get"), args=[key, other], keywords=[]):
                there = ast.Compare(key, [ast.In()], [held])
                return ast.IfExp(there, ast.Subscript(held, key, ast.Load()), other)
        return node

    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            match node.body[:1]:
                case [ast.Expr(value=ast.Constant(value=str()))]:
                    del node.body[0]
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            node.returns = None
            node.body = _chosen(_used_in_place(node, node.body))
        if isinstance(node, ast.IfExp):
            node.test, node.body, node.orelse = _upright(node.test, node.body, node.orelse)
        return node


def _chosen(body: list[ast.stmt], known: tuple[tuple[str, bool], ...] = ()) -> list[ast.stmt]:
    """Return statements of a function's body as choices of which each has what comes after it in both branches.

    A choice by a plain question of which the answer is `known`, from the one around it, is none.
    """
    for number, one in enumerate(body):
        if isinstance(one, ast.Return) and isinstance(one.value, ast.IfExp):
            value = one.value
            one = ast.If(value.test, [ast.Return(value.body)], [ast.Return(value.orelse)])
        if not isinstance(one, ast.If):
            continue
        rest = body[number + 1 :]
        if not ends(one.body) and not ends(one.orelse):
            continue
        then = one.body if ends(one.body) else [*one.body, *rest]
        other = one.orelse if ends(one.orelse) else [*one.orelse, *rest]
        test, then, other = _upright(one.test, then, other)
        asked = ast.dump(test)
        if number == 0 and asked in dict(known):
            return _chosen(then if dict(known)[asked] else other, known)
        # What comes before it, and a question that may itself change something, leave nothing known.
        still = known if number == 0 else ()
        yes, no = (((*still, (asked, answer)) if _is_plain(test) else ()) for answer in (True, False))
        return [*body[:number], ast.If(test, _chosen(then, yes), _chosen(other, no))]
    return body


def _is_plain(test: ast.expr) -> bool:
    """Return whether a question only looks at names."""
    return all(isinstance(part, _PLAIN) for part in ast.walk(test))


def _upright(test: ast.expr, then: _Branch, other: _Branch) -> tuple[ast.expr, _Branch, _Branch]:
    """Return a choice that does not ask for `not`."""
    while isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        test, then, other = test.operand, other, then
    return test, then, other


def _used_in_place(node: ast.AST, body: list[ast.stmt]) -> list[ast.stmt]:
    """Return statements without what is set, and used once, in the next one."""
    names = [part.id for part in ast.walk(node) if isinstance(part, ast.Name)]
    kept: list[ast.stmt] = []
    for one in reversed(body):
        match one, kept[:1]:
            case ast.Assign(targets=[ast.Name(id=name)], value=value), [after] if names.count(name) == 2:
                put = _Put(name, value)
                after = put.visit(after)
                kept = [after, *kept[1:]] if put.done else [one, *kept]
            case _:
                kept = [one, *kept]
    return kept


_REPEATS = (ast.While, ast.Lambda, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


class _Put(ast.NodeTransformer):
    """Puts a value in the place of the one look at a name, if it is worked out there once, and now."""

    def __init__(self, name: str, value: ast.expr) -> None:
        self._name = name
        self._value = value
        self.done = False

    def visit_Name(self, node: ast.Name) -> ast.AST:
        if node.id != self._name or not isinstance(node.ctx, ast.Load):
            return node
        self.done = True
        return self._value

    def generic_visit(self, node: ast.AST) -> ast.AST:
        match node:
            case ast.For() | ast.AsyncFor():
                node.iter = self.visit(node.iter)
            case ast.ListComp(generators=[first, *_]) | ast.SetComp(generators=[first, *_]):
                first.iter = self.visit(first.iter)
            case ast.GeneratorExp(generators=[first, *_]) | ast.DictComp(generators=[first, *_]):
                first.iter = self.visit(first.iter)
            case _ if not isinstance(node, _REPEATS):
                return super().generic_visit(node)
        return node
