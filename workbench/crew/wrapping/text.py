"""Statements of a wrapper as text: as the model wrote them, where they are still its own (see `wrapper`)."""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Sequence
from dataclasses import dataclass

from workbench import python_ast


@dataclass(frozen=True)
class Writer:
    """Writes statements as lines at the margin: as the model wrote them where they are its own, else printed anew.

    Attributes:
        block: the model's code.
        own: the identities of those of its nodes that are as they were.
    """

    block: str
    own: frozenset[int]

    def lines(self, statements: Sequence[ast.stmt]) -> list[str]:
        """Return statements as lines; those of the model come with the comments above them."""
        return [line for statement in statements for line in self._of(statement)]

    def _of(self, statement: ast.stmt) -> list[str]:
        if id(statement) in self.own:
            return self._as_it_was(statement)
        if isinstance(statement, ast.If):
            lines = [f"if {self._test(statement.test)}:", *self._inner(statement.body)]
            below = self.lines(statement.orelse)
            if len(statement.orelse) == 1 and isinstance(statement.orelse[0], ast.If) and below[0].startswith("if "):
                return [*lines, f"el{below[0]}", *below[1:]]
            return [*lines, *(["else:", *_inset(below)] if below else [])]
        return _as_quoted(ast.unparse(ast.fix_missing_locations(statement)), self.block).split("\n")

    def _inner(self, statements: Sequence[ast.stmt]) -> list[str]:
        return _inset(self.lines(statements)) or ["    pass"]

    def _test(self, test: ast.expr) -> str:
        said = ast.get_source_segment(self.block, test) if self.own else None
        is_its_own = (
            said is not None
            and "\n" not in said
            and ast.dump(python_ast.parse(said, mode="eval").body) == ast.dump(test)
        )
        return said if said is not None and is_its_own else _as_quoted(ast.unparse(test), self.block)

    def _as_it_was(self, statement: ast.stmt) -> list[str]:
        rows = self.block.split("\n")
        first = statement.lineno
        before = rows[first - 1].encode()[: statement.col_offset].strip()
        after = rows[(statement.end_lineno or first) - 1].encode()[statement.end_col_offset or 0 :].strip()
        if before or (after and not after.startswith(b"#")):
            # It shares its line with another.
            return _as_quoted(ast.unparse(statement), self.block).split("\n")
        while first > 1 and rows[first - 2].lstrip().startswith("#"):
            first -= 1
        margin = statement.col_offset
        own = [row[margin:] if not row[:margin].strip() else row for row in rows[first - 1 : statement.end_lineno]]
        at = statement.lineno - first
        # What was the other way of a choice may stand by itself now.
        own[at] = own[at].removeprefix("el") if own[at].startswith("elif ") else own[at]
        return own


def _inset(lines: Sequence[str]) -> list[str]:
    return [f"    {line}" if line.strip() else "" for line in lines]


def _as_quoted(code: str, source: str) -> str:
    """Return printed code with the quotes that its strings have in the source."""
    lines = code.split("\n")
    tokens = list(tokenize.generate_tokens(io.StringIO(code).readline))
    for token in reversed(tokens):
        text = token.string
        if token.type == tokenize.STRING and token.start[0] == token.end[0] and text.startswith("'"):
            double = f'"{text[1:-1]}"'
            if '"' not in text and text not in source and double in source:
                row = lines[token.start[0] - 1]
                lines[token.start[0] - 1] = f"{row[: token.start[1]]}{double}{row[token.end[1] :]}"
    return "\n".join(lines)
