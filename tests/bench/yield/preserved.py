"""What must not have changed: code apart from docstrings, annotations or comments, by the trees of its language.

Written apart from the product's own proofs, for it judges them.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbench.edits.foreign.grammars import language_of, parse

from .cases import Case

if TYPE_CHECKING:
    from tree_sitter import Node

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef

_DECLARED = re.compile(
    r"^[ \t]*(?:async )?function\*? (\w+)|^func (?:\([^)]*\) )?(\w+)|^(?:const|type|class) (\w+)", re.MULTILINE
)
FEWEST_WORDS = 4
"""A docstring or comment of fewer words says no more than a name does."""

_NAMES = re.compile(r"^\s*(?::param (?:\w+ )?(?P<sphinx>\w+):|(?P<google>\w+)(?: \([^)]*\))?:\s)")
_TYPING = {"typing", "typing_extensions", "collections.abc", "__future__", "types", "collections", "re", "os"}


def lost(name: str, before: str, after: str) -> list[str]:
    """Return definitions, and docstrings of definitions, that were in a file and are no longer.

    A change of behaviour may rewrite much, but what nobody spoke of must still be there.
    """
    if name.endswith(".py"):
        try:
            now = dict(_documented(ast.parse(after)))
        except SyntaxError as error:
            return [f"everything: {error}"]
        was = dict(_documented(ast.parse(before)))
        gone = [symbol for symbol in was if symbol not in now]
        return gone + [f"docstring of {symbol}" for symbol in was if was[symbol] and symbol in now and not now[symbol]]
    declared = [Counter(_DECLARED.findall(text)) for text in (before, after)]
    return ["".join(names) for names in (declared[0] - declared[1])]


def docstrings(case: Case, name: str, before: str, after: str) -> str:
    """Return what is wrong with docstrings that were written, or nothing."""
    if not name.endswith(".py"):
        return _foreign_docs(case, name, before, after)
    try:
        old, new = ast.parse(before), ast.parse(after)
    except SyntaxError as error:
        return f"CHANGED: {name} does not parse: {error}"
    was, now = dict(_documented(old)), dict(_documented(new))
    lost = [symbol for symbol, text in was.items() if text and symbol not in case.symbols and now.get(symbol) != text]
    if _bare(old) != _bare(new):
        return f"CHANGED: {name} is other code now"
    if lost:
        return f"changed the docstrings of {', '.join(lost)}"
    for symbol in case.symbols:
        text = now.get(symbol) or ""
        if len(text.split()) < FEWEST_WORDS:
            return f"undocumented: {symbol}"
        if strangers := _strange_parameters(new, symbol, text):
            return f"{symbol} documents parameters it does not have: {', '.join(strangers)}"
    return ""


def _documented(tree: ast.AST, prefix: str = "") -> Iterator[tuple[str, str | None]]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, Definition):
            yield f"{prefix}{node.name}", ast.get_docstring(node)
            yield from _documented(node, f"{prefix}{node.name}.")
        else:
            yield from _documented(node, prefix)


def _bare(tree: ast.Module) -> str:
    copy = ast.parse(ast.unparse(tree))
    for node in ast.walk(copy):
        if isinstance(node, Definition | ast.Module) and ast.get_docstring(node, clean=False) is not None:
            node.body = node.body[1:] or [ast.Pass()]
    for node in ast.walk(copy):
        # A body of a docstring alone and one of `pass` do the same.
        if isinstance(node, Definition) and len(node.body) > 1:
            node.body = [one for one in node.body if not isinstance(one, ast.Pass)] or [ast.Pass()]
    return ast.dump(copy)


def _strange_parameters(tree: ast.Module, symbol: str, text: str) -> list[str]:
    """Return names in a docstring's section of parameters that the function does not take."""
    node = find(tree, symbol)
    if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return []
    arguments = node.args
    every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
    own = {one.arg for one in every if one is not None}
    said: list[str] = []
    section = False
    for line in text.splitlines():
        if re.match(r"^\s*(Args|Arguments|Parameters):?\s*$", line):
            section = True
        elif not line.strip() or re.match(r"^\s*(Returns?|Raises|Yields?|Examples?|Notes?):?\s*$", line):
            section = section and not line.strip()
        elif (found := _NAMES.match(line.replace("*", ""))) and (section or found["sphinx"]):
            said.append(found["sphinx"] or found["google"])
    return [one for one in said if one not in own]


def find(tree: ast.AST, symbol: str) -> ast.AST | None:
    """Return the definition of `name` or `Class.name` in a tree."""
    for part in symbol.split("."):
        found = [node for node in ast.walk(tree) if isinstance(node, Definition) and node.name == part]
        if not found:
            return None
        tree = found[0]
    return tree


def typed(case: Case, before: str, after: str) -> str:
    """Return what is wrong with annotations that were written, or nothing."""
    try:
        old, new = ast.parse(before), ast.parse(after)
    except SyntaxError as error:
        return f"CHANGED: does not parse: {error}"
    if ast.dump(_Plain().visit(ast.parse(before))) != ast.dump(_Plain().visit(ast.parse(after))):
        return "CHANGED: it is other code now"
    for symbol in case.symbols:
        missing = _unannotated(find(new, symbol))
        if missing:
            return f"unannotated: {missing} of {symbol}"
    kept = {text for node in ast.walk(old) for text in _annotations_of(node)}
    left = {text for node in ast.walk(new) for text in _annotations_of(node)}
    return f"dropped annotations: {', '.join(kept - left)[:200]}" if kept - left else ""


def _annotations_of(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.arg | ast.AnnAssign) and node.annotation:
        yield ast.unparse(node.annotation)
    elif isinstance(node, ast.FunctionDef) and node.returns:
        yield ast.unparse(node.returns)


def _unannotated(node: ast.AST | None) -> str:
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return "everything"
    arguments = node.args
    every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
    bare = [one.arg for one in every if one is not None and one.annotation is None]
    if bare[:1] in (["self"], ["cls"]):
        del bare[0]
    if node.returns is None and node.name != "__init__":
        bare.append("return")
    return ", ".join(bare)


class _Plain(ast.NodeTransformer):
    """Takes annotations away, and what is needed only for them."""

    def visit_arg(self, node: ast.arg) -> ast.AST:
        node.annotation = None
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns = None
        return self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST | None:
        return ast.Assign(targets=[node.target], value=self.visit(node.value)) if node.value else None

    def visit_ImportFrom(self, node: ast.ImportFrom) -> ast.AST | None:
        return None if node.module in _TYPING else node

    def visit_Import(self, node: ast.Import) -> ast.AST | None:
        node.names = [one for one in node.names if one.name not in _TYPING]
        return node if node.names else None

    def visit_If(self, node: ast.If) -> ast.AST | None:
        return None if "TYPE_CHECKING" in ast.unparse(node.test) else self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> ast.AST | None:
        made = ast.unparse(node.value)
        return None if re.match(r"(typing\.)?(TypeVar|ParamSpec)\(", made) else self.generic_visit(node)


def comments(case: Case, name: str, before: str, after: str) -> str:
    """Return what is wrong with comments that were written, or nothing."""
    if list(_tokens(name, before)) != list(_tokens(name, after)):
        return f"CHANGED: {name} is other code now"
    was, now = _comments(name, before), _comments(name, after)
    lost = [text for _, text in was if text not in {text for _, text in now}]
    if lost:
        return f"lost a comment: {lost[0][:80]}"
    known = {text for _, text in was}
    for symbol in case.symbols:
        first, last = _lines_of(name, after, symbol)
        new = [text for line, text in now if first - 1 <= line <= last and text not in known]
        if not any(len(text.split()) > FEWEST_WORDS for text in new):
            return f"no comment in {symbol}"
    return ""


def _lines_of(name: str, text: str, symbol: str) -> tuple[int, int]:
    if name.endswith(".py"):
        node = find(ast.parse(text), symbol)
        assert isinstance(node, Definition), symbol
        return node.lineno, node.end_lineno or node.lineno
    found = re.search(symbol, text, re.MULTILINE)
    assert found, symbol
    first = text.count("\n", 0, found.start()) + 1
    ending = re.compile(r"^[}\t ]{0,2}\}", re.MULTILINE).search(text, found.end())
    return first, text.count("\n", 0, ending.start()) + 1 if ending else first + 40


def _comments(name: str, text: str) -> list[tuple[int, str]]:
    if name.endswith(".py"):
        found = tokenize.generate_tokens(io.StringIO(text).readline)
        return [(token.start[0], token.string) for token in found if token.type == tokenize.COMMENT]
    return [(node.start_point[0] + 1, _said(node)) for node in _leaves(name, text) if "comment" in node.type]


def _tokens(name: str, text: str) -> Iterator[str]:
    if name.endswith(".py"):
        try:
            yield ast.dump(ast.parse(text))
        except SyntaxError as error:
            yield str(error)
        return
    yield from (_said(node) for node in _leaves(name, text) if "comment" not in node.type and _said(node).strip())


def identifiers(name: str, text: str) -> set[str]:
    """Return the identifiers of code: not what stands in comments and strings."""
    if name.endswith(".py"):
        found = tokenize.generate_tokens(io.StringIO(text).readline)
        return {token.string for token in found if token.type == tokenize.NAME}
    return {_said(node) for node in _leaves(name, text) if "identifier" in node.type}


def _leaves(name: str, text: str) -> Iterator[Node]:
    language = language_of(name, text)
    assert language is not None, name
    nodes = [parse(language, text.encode("utf-8")).root_node]
    while nodes:
        node = nodes.pop()
        if node.child_count == 0 or "comment" in node.type or node.type in {"string", "template_string"}:
            yield node
        else:
            nodes += reversed(node.children)


def _said(node: Node) -> str:
    return (node.text or b"").decode("utf-8")


def _foreign_docs(case: Case, name: str, before: str, after: str) -> str:
    """Judge documentation in the comment above a declaration."""
    if list(_tokens(name, before)) != list(_tokens(name, after)):
        return f"CHANGED: {name} is other code now"
    lines = after.splitlines()
    for symbol in case.symbols:
        found = re.search(symbol, after, re.MULTILINE)
        assert found, symbol
        at = after.count("\n", 0, found.start())
        said: list[str] = []
        while at > 0 and re.match(r"\s*(//|/?\*)", lines[at - 1]):
            at -= 1
            said.insert(0, lines[at])
        if len(re.findall(r"\w+", " ".join(said))) < FEWEST_WORDS:
            return f"undocumented: {symbol}"
    return ""
