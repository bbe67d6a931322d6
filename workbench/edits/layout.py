"""Where code stands on the page: moving it to another indentation, and finding where a definition's header ends.

Only the white space before logical lines changes. What lies in a string stays as it is, a docstring's margin aside.
"""

from __future__ import annotations

import tokenize
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from io import StringIO

from workbench.edits.source import Lines
from workbench.edits.trees import Definition
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


def string_spans(found: list[tokenize.TokenInfo]) -> Iterator[tuple[int, int, int]]:
    """Yield strings as (number of the first token, first line, last line); an f-string is one, however it is cut."""
    depth = 0
    begun = (0, 0)
    for number, token in enumerate(found):
        name = tokenize.tok_name[token.type]
        if name == "STRING" and not depth:
            yield number, token.start[0], token.end[0]
        elif name.endswith("STRING_START"):
            begun = begun if depth else (number, token.start[0])
            depth += 1
        elif name.endswith("STRING_END"):
            depth -= 1
            if not depth:
                yield begun[0], begun[1], token.end[0]


@dataclass
class _Line:
    """How one line of a piece is moved: its white space `old` becomes `new` where it begins with `old`."""

    old: str = ""
    new: str = ""
    held: bool = False


def reindent(piece: str, base: str, unit: str, known_strings: Collection[str] = ()) -> str:
    """Return whole lines of code moved so that the first stands at `base` and each level is one `unit` deeper.

    Args:
        piece: complete statements at one level of indentation, lines ending with `\\n`.
        base: the white space before the first level.
        unit: one step of indentation.
        known_strings: strings of several lines as the file has them; one of the piece that equals one of these once it
            is moved is moved, so that a method shown without its class finds its strings again.
    """
    found = tokens(piece)
    lines = piece.split("\n")
    plan = _plan(found, lines, base, unit)
    for number, first, last in string_spans(found):
        if last == first:
            continue
        is_docstring = number > 0 and found[number - 1].type == tokenize.INDENT
        move = plan[first]
        moved = [_moved(line, move) for line in lines[first : last - 1]]
        text = "\n".join([lines[first - 1].lstrip(), *moved, _moved(lines[last - 1], move)])
        known = any(text.find(string) >= 0 for string in known_strings)
        for line in range(first + 1, last + 1):
            plan[line] = _Line(move.old, move.new) if is_docstring or known else _Line(held=True)
    return "\n".join(_moved(line, plan[number]) for number, line in enumerate(lines, 1))


def _moved(line: str, move: _Line) -> str:
    if move.held or not line.startswith(move.old):
        return line
    if not line.strip():
        return line if move.old == move.new else ""
    return move.new + line[len(move.old) :]


def _plan(found: list[tokenize.TokenInfo], lines: list[str], base: str, unit: str) -> dict[int, _Line]:
    """Return for each line, counted from 1, how its indentation is moved."""
    first_code = next((token for token in found if token.type not in _LAYOUT), None)
    margin = _margin(lines[first_code.start[0] - 1]) if first_code else ""
    # The tokenizer gives an INDENT for a margin only where the first line has one.
    levels = [_Line(margin, base)]
    plan: dict[int, _Line] = {}
    waiting: list[int] = []
    left: list[_Line] = []
    begins = True
    skip_first_indent = bool(margin)
    for token in found:
        if token.type == tokenize.INDENT:
            if skip_first_indent:
                skip_first_indent = False
                continue
            levels.append(_Line(token.string, base + unit * len(levels)))
        elif token.type == tokenize.DEDENT:
            if len(levels) > 1:
                left.append(levels.pop())
        elif token.type in {tokenize.COMMENT, tokenize.NL} and begins:
            waiting.append(token.start[0])
        elif token.type in {tokenize.NEWLINE, tokenize.ENDMARKER}:
            begins = True
        elif begins:
            begins = False
            _place_comments(plan, waiting, lines, levels + left)
            waiting, left = [], []
        if not begins or token.type == tokenize.NEWLINE:
            for line in range(token.start[0], token.end[0] + 1):
                plan.setdefault(line, levels[-1])
    _place_comments(plan, waiting, lines, levels + left)
    return {number: plan.get(number, levels[0]) for number in range(1, len(lines) + 1)}


def _place_comments(plan: dict[int, _Line], waiting: list[int], lines: list[str], levels: list[_Line]) -> None:
    for number in waiting:
        margin = _margin(lines[number - 1])
        fitting = [level for level in levels if margin.startswith(level.old)]
        plan[number] = max(fitting, key=lambda level: len(level.old), default=levels[0])


def _margin(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" \t\f"))]


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
