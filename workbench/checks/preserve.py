"""The proof that a change of Python touches docstrings alone, or annotations alone.

Two versions are equal in this sense if their syntax trees are, once docstrings (or annotations, and imports of typing
modules) are taken out, and if all other tokens are, comments among them, for comments are not in the tree.

What the proof cannot see: a program that reads `__doc__` or `__annotations__` at run time (click, singledispatch,
FastAPI and their like do) may behave otherwise. A module or a class that names `__doc__` itself is not
proven when its own docstring changes.
"""

from __future__ import annotations

import ast
import re
import time
import tokenize
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from workbench import python_ast
from workbench.edits.python.imports import BUILTINS, Imported, imported
from workbench.edits.python.layout import tokens, unix
from workbench.edits.python.outline import Import, Outline, build
from workbench.edits.python.trees import Function, difference, docstring, nodes, same
from workbench.edits.python.typenames import TYPING_MODULES, Where, is_deferred, is_harmless, judge
from workbench.edits.source import PYTHON_SUFFIXES, decode
from workbench.errors import EditRefused
from workbench.model import Check

ApartFrom = Literal["docstrings", "annotations"]
_LAYOUT = {tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
_COOKIE = re.compile(r"[ \t\f]*#.*?coding[:=]")
_Place = tuple[int, int]


class _Differs(Exception):
    """Something else changed; the message says what and where."""


def preserves(path: str, before: bytes, after: bytes, apart_from: ApartFrom) -> Check:
    """Return whether `after` is `before` apart from docstrings added or changed, or from annotations and their imports.

    `ok` is None for a file that is not Python: of that nothing can be proven.
    """
    begun = time.perf_counter()
    name = f"only {apart_from} of {path} change"
    if not path.endswith(PYTHON_SUFFIXES):
        return Check(name=name, ok=None, output="only Python can be proven", proof=True)
    try:
        old, new = _Version.read(path, before), _Version.read(path, after)
        _same_frame(old, new)
        if apart_from == "docstrings":
            _same_without_docstrings(old, new)
        else:
            _same_without_annotations(old, new)
        ok, output = True, ""
    except (_Differs, EditRefused, SyntaxError) as error:
        ok, output = False, str(error)
    except (RecursionError, MemoryError, ValueError) as error:
        ok, output = False, f"cannot be compared: {error}"
    return Check(name=name, ok=ok, output=output, seconds=round(time.perf_counter() - begun, 4), proof=True)


@dataclass
class _Version:
    """One version of the file, its line endings made alike: text, tree, tokens, and whether it began with a BOM."""

    text: str
    bom: bool
    outline: Outline
    tree: ast.Module

    @classmethod
    def read(cls, path: str, content: bytes) -> _Version:
        decoded = decode(path, content)
        text = unix(decoded.removeprefix("\ufeff"))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(text, path, "exec", dont_inherit=True)
            tree = python_ast.parse(text)
        return cls(text, text != unix(decoded), build(text, tree.body), tree)

    def span(self, node: ast.stmt | ast.expr | ast.arg) -> _Place:
        return self.outline.lines.span(node)


def _same_frame(old: _Version, new: _Version) -> None:
    """Compare what is no syntax but has a place: the BOM, the shebang, the coding line."""
    if old.bom != new.bom:
        raise _Differs("the byte order mark changes")
    one, other = ([_frame(number, line) for number, line in enumerate(v.text.split("\n")[:2])] for v in (old, new))
    if [line for line in one if line] != [line for line in other if line]:
        raise _Differs("the shebang or the coding line changes")


def _frame(number: int, line: str) -> tuple[int, str] | None:
    return (number, line) if (number == 0 and line.startswith("#!")) or _COOKIE.match(line) else None


def _same_without_docstrings(old: _Version, new: _Version) -> None:
    holders = [
        [node for node in nodes([version.tree]) if isinstance(node, ast.Module | ast.ClassDef | Function)]
        for version in (old, new)
    ]
    spans: list[list[_Place]] = [[], []]
    for before, after in zip(*holders, strict=False):
        one, other = docstring(before), docstring(after)
        if one and not other:
            raise _Differs(f"the docstring of {_name(before)} is gone")
        if not same(one, other) and _reads_own_docstring(before):
            raise _Differs(f"the docstring of {_name(before)} changes, and is read as __doc__")
    for version, found, taken in zip((old, new), holders, spans, strict=True):
        for holder in found:
            if statement := docstring(holder):
                taken.append(version.span(statement))
                holder.body = holder.body[1:]
    _same_trees(old, new)
    _same_tokens(old, new, spans[0], spans[1])


def _reads_own_docstring(node: ast.AST) -> bool:
    """Return whether a module, or the body of a class, names `__doc__`, which is its own docstring there."""
    if isinstance(node, ast.Module):
        roots = node.body
    elif isinstance(node, ast.ClassDef):
        roots = [one for one in node.body if not isinstance(one, Function)]
    else:
        return False
    return any(isinstance(part, ast.Name) and part.id == "__doc__" for part in nodes(roots))


def _name(node: ast.AST) -> str:
    return getattr(node, "name", "the module")


def _same_trees(old: _Version, new: _Version) -> None:
    found = difference(old.tree, new.tree)
    if found:
        lines = [next((node.lineno for node in _around(one) if hasattr(node, "lineno")), 0) for one in found]
        raise _Differs(f"code changes: line {lines[0]} of the old file, line {lines[1]} of the new one")


def _around(part: object) -> Iterator[ast.AST]:
    """Yield nodes from which the place of a difference can be told."""
    roots = part if isinstance(part, list) else [part]
    return (node for root in roots if isinstance(root, ast.AST) for node in nodes([root]))


def _same_tokens(old: _Version, new: _Version, old_spans: list[_Place], new_spans: list[_Place]) -> None:
    """Compare all tokens outside some spans, and all comments wherever they are."""
    one, other = list(_told(old, old_spans)), list(_told(new, new_spans))
    for before, after in zip(one, other, strict=False):
        if before[1:] != after[1:]:
            raise _Differs(f"line {after[0]}: {before[1]!r} becomes {after[1]!r}"[:200])
    if len(one) != len(other):
        longer, word = (one, "is lost") if len(one) > len(other) else (other, "is added")
        line, said, _ = longer[min(len(one), len(other))]
        raise _Differs(f"line {line}: {said!r} {word}"[:200])


def _told(version: _Version, spans: list[_Place]) -> Iterator[tuple[int, str, bool]]:
    """Yield the line and the text of each token, and for a comment whether it stands behind code."""
    starts = version.outline.lines.starts
    waiting = sorted(spans, reverse=True)
    for token in tokens(version.text):
        if token.type in _LAYOUT:
            continue
        at = starts[token.start[0] - 1] + token.start[1]
        while waiting and waiting[-1][1] <= at:
            waiting.pop()
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string, bool(token.line[: token.start[1]].strip())
        elif not (waiting and waiting[-1][0] <= at):
            yield token.start[0], token.string, False


def _same_without_annotations(old: _Version, new: _Version) -> None:
    if (docstring(old.tree) is None) != (docstring(new.tree) is None):
        raise _Differs("the module's docstring changes")
    spans = [_annotation_spans(version) for version in (old, new)]
    _check_functions(old, new)
    _check_assignments(old, new)
    _take_out_imports(old, new)
    for version in (old, new):
        for node in nodes([version.tree]):
            if isinstance(node, Function):
                node.returns = None
                for argument in _arguments(node):
                    argument.annotation = None
    _same_trees(old, new)
    _same_tokens(old, new, *spans)


def _arguments(node: ast.FunctionDef | ast.AsyncFunctionDef) -> list[ast.arg]:
    every = node.args
    found = [*every.posonlyargs, *every.args, every.vararg, *every.kwonlyargs, every.kwarg]
    return [argument for argument in found if argument]


def _check_functions(old: _Version, new: _Version) -> None:
    """Refuse annotations that are gone, and new ones that could raise or act where they stand."""
    functions = [[node for node in nodes([version.tree]) if isinstance(node, Function)] for version in (old, new)]
    places = {id(part.node): (unit, part) for unit in new.outline.every_unit() for part in unit.parts}
    deferred = is_deferred(new.outline)
    for before, after in zip(*functions, strict=False):
        pairs = [
            (one.annotation, other.annotation)
            for one, other in zip(_arguments(before), _arguments(after), strict=False)
        ]
        for known, said in [*pairs, (before.returns, after.returns)]:
            if said is None or same(known, said):
                if known is not None and said is None:
                    raise _Differs(f"line {before.lineno}: an annotation of {before.name} is gone")
                continue
            unit, part = places.get(id(after), (None, None))
            where = Where(new.outline, unit.scope, part.start) if unit and part else None
            _check_annotation(said, where, deferred=deferred)


def _check_annotation(said: ast.expr, where: Where | None, *, deferred: bool) -> None:
    text = f"line {said.lineno}: the annotation {ast.unparse(said)[:80]}"
    if not is_harmless(said):
        raise _Differs(f"{text} is no plain type")
    if deferred or isinstance(said, ast.Constant):
        return
    if where is None:
        raise _Differs(f"{text} stands in a function's body, where its names cannot be told")
    judgement = judge(said, where)
    if not judgement.plain:
        raise _Differs(f"{text} {judgement.why or 'cannot be evaluated there'}")


def _check_assignments(old: _Version, new: _Version) -> None:
    """Make plain assignments of annotated ones outside classes, where an annotation changes nothing."""
    found: list[list[tuple[ast.AnnAssign, bool]]] = [[], []]
    for version, annotated in zip((old, new), found, strict=True):
        for block, in_function in _blocks(version.tree):
            for number, statement in enumerate(block):
                if isinstance(statement, ast.AnnAssign) and statement.value is not None:
                    annotated.append((statement, in_function))
                    plain = ast.Assign(targets=[statement.target], value=statement.value, type_comment=None)
                    block[number] = ast.copy_location(plain, statement)
    known = {ast.dump(statement) for statement, _ in found[0]}
    if len(found[1]) < len(found[0]):
        raise _Differs("an annotation of an assignment is gone")
    for statement, in_function in found[1]:
        if ast.dump(statement) not in known:
            where = Where(new.outline, new.outline.module, new.span(statement)[0])
            _check_annotation(statement.annotation, where, deferred=in_function or is_deferred(new.outline))


def _blocks(tree: ast.Module) -> Iterator[tuple[list[ast.stmt], bool]]:
    """Yield the blocks of statements outside class bodies, and whether each lies in a function."""
    waiting: list[tuple[ast.AST, bool]] = [(tree, False)]
    while waiting:
        node, in_function = waiting.pop()
        inside = in_function or isinstance(node, Function)
        if not isinstance(node, ast.ClassDef):
            for name in ("body", "orelse", "finalbody"):
                block = getattr(node, name, None)
                if isinstance(block, list):
                    yield block, inside
        in_class = isinstance(node, ast.ClassDef)
        waiting += [(child, inside) for child in ast.iter_child_nodes(node) if not in_class or _opens_scope(child)]


def _opens_scope(node: ast.AST) -> bool:
    return isinstance(node, Function | ast.ClassDef)


def _take_out_imports(old: _Version, new: _Version) -> None:
    """Take the imports that are new and allowed out of the new tree."""
    there = [item for statement in old.tree.body if isinstance(statement, Import) for item in imported(statement)]
    taken = _identifiers(old.tree)
    body: list[ast.stmt] = []
    for statement in new.tree.body:
        if isinstance(statement, Import):
            kept = []
            for item, alias in zip(imported(statement), statement.names, strict=True):
                if item in there:
                    there.remove(item)
                    kept.append(alias)
                elif not _may_be_added(item, taken):
                    raise _Differs(f"line {statement.lineno}: `{item.statement}` is added")
            if not kept:
                continue
            statement.names = kept
        body.append(statement)
    new.tree.body = body


def _may_be_added(item: Imported, taken: set[str]) -> bool:
    if item.module == "__future__":
        return item.name == "annotations" and not item.renamed
    return (
        item.module in TYPING_MODULES
        and item.name != "*"
        and not item.binds.startswith("__")
        and item.binds not in BUILTINS
        and item.binds not in taken
    )


def _identifiers(tree: ast.Module) -> set[str]:
    """Return every name that a module binds or reads anywhere."""
    found: set[str] = set()
    for node in nodes([tree]):
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.arg):
            found.add(node.arg)
        elif isinstance(node, ast.Global | ast.Nonlocal):
            found.update(node.names)
        elif isinstance(node, Import):
            found.update(item.binds for item in imported(node))
        elif isinstance(node, ast.MatchMapping):
            found.add(node.rest or "")
        elif isinstance(node, Function | ast.ClassDef | ast.ExceptHandler | ast.MatchAs | ast.MatchStar):
            found.add(node.name or "")
    return found


def _annotation_spans(version: _Version) -> list[_Place]:
    """Return the spans of annotations, each with its colon or arrow, and of imports of typing modules."""
    found: list[_Place] = []
    for node in nodes([version.tree]):
        if isinstance(node, ast.arg) and node.annotation:
            found.append((version.span(node)[0] + 1, version.span(node.annotation)[1]))
        elif isinstance(node, Function) and node.returns:
            start, end = version.span(node.returns)
            # What lies between the arrow and the type is white space, a parenthesis at the most.
            found.append((version.text.rfind("->", 0, start), end))
    found += [
        (version.span(statement.target)[1], version.span(statement.annotation)[1])
        for block, _ in _blocks(version.tree)
        for statement in block
        if isinstance(statement, ast.AnnAssign) and statement.value is not None
    ]
    found += [
        version.span(statement)
        for statement in version.tree.body
        if isinstance(statement, Import) and any(_is_typing(item) for item in imported(statement))
    ]
    return found


def _is_typing(item: Imported) -> bool:
    return item.module in TYPING_MODULES or item.module == "__future__"
