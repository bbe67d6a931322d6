"""Python's words in order, and where a definition's header ends among them."""

from __future__ import annotations

import tokenize
from io import StringIO

from workbench.edits.python.trees import Definition
from workbench.edits.source import Lines
from workbench.errors import EditRefused

_LAYOUT = {tokenize.NL, tokenize.NEWLINE, tokenize.COMMENT, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}


def tokens(text: str) -> list[tokenize.TokenInfo]:
    """Return the tokens of `text`, whose lines must end with `\\n` alone.

    Raises:
        EditRefused: it cannot be cut into tokens (code `does-not-parse`).
    """
    try:
        return list(tokenize.generate_tokens(StringIO(text, newline="\n").readline))
    except (tokenize.TokenError, SyntaxError) as error:
        raise EditRefused(f"cannot be read as Python: {error.args[0]}", code="does-not-parse") from error


def unix(text: str) -> str:
    """Return `text` with every line ending as `\\n`."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def header_end(lines: Lines, node: Definition) -> tuple[int, bool]:
    """Return the offset just after a definition's colon, and whether its body begins on a line of its own.

    Raises:
        EditRefused: the header cannot be read (code `does-not-parse`).
    """
    first = node.body[0]
    decorators = getattr(first, "decorator_list", [])
    body_line = min([first.lineno, *(decorator.lineno for decorator in decorators)])
    body_at = lines.span(first)[0] if not decorators else lines.start(body_line)
    colon = None
    just_seen = begins_line = False
    start = lines.offset(node.lineno, node.col_offset)
    for token in tokens(unix(lines.text[start:body_at]) + "0"):
        if token.type == tokenize.NEWLINE and just_seen:
            begins_line = True
            break
        if token.string == ":" and token.type == tokenize.OP:
            colon, just_seen = token.end, True
        elif token.type not in _LAYOUT:
            just_seen = False
    if colon is None:
        raise EditRefused(f"the header of {node.name} cannot be read", code="does-not-parse")
    row, column = colon
    at = start + column if row == 1 else lines.start(node.lineno + row - 1) + column
    return at, begins_line
