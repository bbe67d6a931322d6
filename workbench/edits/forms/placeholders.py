"""Placeholders: the marks by which a lazy answer says that code goes here which it does not write out.

An answer with such a mark would delete what it leaves out, so it is refused, unless the file itself has the mark.
"""

from __future__ import annotations

import ast
import re
import tokenize

from workbench.edits.python.layout import tokens
from workbench.edits.python.trees import Function, docstring, names_used, nodes
from workbench.edits.source import numbered
from workbench.errors import EditRefused

_DOTS = r"(?:\.\.\.|…)"
_PLAIN = re.compile(rf"^\W*{_DOTS}\W*$")
_LEFT_OUT = (
    r"rest|remaining|remainder|existing|unchanged|previous|omitted|elided|others?|original|as before|as above"
    r"|implementation|same|(?:more|the) (?:code|methods?|functions?|lines?)"
)
_AFTER_DOTS = re.compile(
    rf"^\W*{_DOTS}.*\b(?:{_LEFT_OUT}|continue[sd]?|snip(?:ped)?|more|goes|here|code|methods?|functions?|body|logic"
    r"|imports?|class(?:es)?)\b",
    re.IGNORECASE | re.DOTALL,
)
_BEFORE_DOTS = re.compile(rf"\b(?:{_LEFT_OUT})\b.*{_DOTS}\W*$", re.IGNORECASE | re.DOTALL)
_SAYS_SO = re.compile(
    r"\b(?:rest of (?:the |your |this )?(?:\w+ )?"
    r"(?:code|class|file|function|method|module|implementation|body|logic|script)"
    r"|(?:existing|remaining|previous|original|unchanged|other) (?:\w+ )?"
    r"(?:code|methods?|functions?|implementation|logic|imports?|class(?:es)?|body|content)"
    r"(?: (?:\w+ )?(?:here|unchanged|above|below|omitted|remains?.*|stays?.*|goes.*))?\W*$"
    r"|(?:remains?|stays?|left|is|are) (?:the same|unchanged|as is|as before)\W*$"
    r"|same as (?:before|above|the original|in the original)\b"
    r"|(?:no changes?|unchanged|omitted for brevity|unmodified)(?: (?:here|needed|required|below|above|code))?\W*$"
    r"|(?:omitted|elided|truncated|shortened) for (?:brevity|clarity))",
    re.IGNORECASE,
)
# A sentence may end so; what says no more than that stands for code.
_HERE = re.compile(
    r"^\W*(?:\w+\W+){0,4}?(?:your|implementation|code|logic)(?: \w+){0,2} (?:goes )?here\W*$", re.IGNORECASE
)
_COMMENT_LINE = re.compile(r"^\s*(?:#|//|--|;|%|/\*|<!--|\*)(?P<said>.*?)(?:\*/|-->)?\s*$")
_BARE_DOTS_LINE = re.compile(rf"^\s*{_DOTS}\s*$")


def is_placeholder(comment: str) -> bool:
    """Return whether the words of a comment stand for code that is left out."""
    said = comment.strip().lstrip("#").strip()
    if len(said) > 300:
        return False
    return any(pattern.search(said) for pattern in (_PLAIN, _SAYS_SO, _HERE, _AFTER_DOTS, _BEFORE_DOTS))


def refuse_placeholder_comments(code: str, original: str) -> None:
    """Refuse Python `code` that has a placeholder comment which `original` does not have.

    Raises:
        EditRefused: code `placeholder`, naming the line.
    """
    for token in tokens(code):
        if token.type == tokenize.COMMENT and is_placeholder(token.string) and token.string.strip() not in original:
            raise _refusal(code, token.start[0], token.string.strip())


def refuse_placeholder_lines(code: str, original: str) -> None:
    """Refuse text of any language with a comment line that stands for code, where `original` has no such line.

    Raises:
        EditRefused: code `placeholder`, naming the line.
    """
    known: set[str] | None = None
    for number, line in enumerate(code.split("\n"), 1):
        found = _COMMENT_LINE.match(line) if len(line) < 400 else None
        if (found and is_placeholder(found["said"])) or _BARE_DOTS_LINE.match(line):
            known = {line.strip() for line in original.splitlines()} if known is None else known
            if line.strip() not in known:
                raise _refusal(code, number, line.strip())


def refuse_elision(code: str, answered: ast.AST, known: ast.AST | None) -> None:
    """Refuse a symbol with `...` as a statement where the file's own symbol has fewer.

    A body that is nothing but `...` is left alone where Python means it: overloads, abstract methods, protocols, and
    a class without members of its own.

    Raises:
        EditRefused: code `placeholder`, naming the line.
    """
    found = _elisions(answered)
    allowed = len(_elisions(known)) if known else 0
    if len(found) > allowed:
        raise _refusal(code, found[-1].lineno, "...")


def refuse_elision_in_class(code: str, answered: ast.ClassDef, known: ast.ClassDef) -> None:
    """Refuse a class with `...` among its members where the file's has none there.

    Raises:
        EditRefused: code `placeholder`, naming the line.
    """
    dots = _direct_dots(answered)
    if dots and len(answered.body) > 1 and not _direct_dots(known):
        raise _refusal(code, dots[0].lineno, "...")


def _elisions(root: ast.AST) -> list[ast.Expr]:
    found: list[ast.Expr] = []
    meant: set[int] = set()
    for node in nodes([root]):
        dots = _direct_dots(node)
        found += dots
        if _is_protocol(node):
            meant.update(id(part) for part in nodes([node]))
        elif _is_declaration(node):
            meant.update(map(id, dots))
    return sorted((dots for dots in found if id(dots) not in meant), key=lambda dots: dots.lineno)


def _direct_dots(node: ast.AST) -> list[ast.Expr]:
    blocks = [getattr(node, name, None) for name in ("body", "orelse", "finalbody")]
    return [
        statement
        for block in blocks
        if isinstance(block, list)
        for statement in block
        if isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Constant)
        and statement.value.value is Ellipsis
    ]


def _is_protocol(node: ast.AST) -> bool:
    return isinstance(node, ast.ClassDef) and "Protocol" in names_used(node.bases, attributes=True)


def _is_declaration(node: ast.AST) -> bool:
    if isinstance(node, ast.ClassDef):
        return len(node.body) - (docstring(node) is not None) == 1
    if isinstance(node, Function):
        return not names_used(node.decorator_list, attributes=True).isdisjoint({"overload", "abstractmethod"})
    return False


def _refusal(code: str, line: int, said: str) -> EditRefused:
    return EditRefused(
        f"line {line} of the answer stands for code that is left out: {said[:80]}",
        code="placeholder",
        hint="write out every line, without placeholders",
        nearest=numbered(code, line - 1, line + 1),
    )
