"""Where code stands on the page: moving it to another indentation, and finding where a definition's header ends.

Only the white space before logical lines changes. What lies in a string stays as it is, a docstring's margin aside.
"""

from __future__ import annotations

import tokenize
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from io import StringIO

from workbench.edits.source import Lines
from workbench.edits.trees import Definition, flush_left
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


@dataclass(frozen=True)
class Written:
    """A string as it is written: its lines, its text, what follows it, and whether it comes first in a block."""

    first: int
    last: int
    text: str
    tail: str
    leads: bool


def long_strings(piece: str, found: list[tokenize.TokenInfo]) -> Iterator[Written]:
    """Yield the strings of several lines in `piece`; an f-string is one, however its tokens are cut."""
    lines = piece.split("\n")
    depth = 0
    begun = 0
    for number, token in enumerate(found):
        name = tokenize.tok_name[token.type]
        begun = begun if depth else number
        depth += name.endswith("STRING_START") - name.endswith("STRING_END")
        if depth or not name.endswith(("STRING", "STRING_END")):
            continue
        (first, column), (last, end) = found[begun].start, token.end
        if first < last:
            text = "\n".join([lines[first - 1][column:], *lines[first : last - 1], lines[last - 1][:end]])
            leads = begun > 0 and found[begun - 1].type == tokenize.INDENT
            yield Written(first, last, text, lines[last - 1][end:], leads)


@dataclass
class _Line:
    """How one line of a piece is moved: its white space `old` becomes `new`, or it becomes `text` whatever it was."""

    old: str = ""
    new: str = ""
    text: str | None = None


def reindent(piece: str, base: str, unit: str, known_strings: Collection[str] = ()) -> str:
    """Return whole lines of code moved so that the first stands at `base`.

    Where the piece is indented by other steps than `unit`, each level becomes one `unit`; else it keeps its own.

    Args:
        piece: complete statements at one level of indentation, lines ending with `\\n`.
        base: the white space before the first level.
        unit: one step of indentation.
        known_strings: strings of several lines as the file has them. Moving a method away from its class and back
            moves what lies in its strings, so one that is equal apart from its margin is taken from here.
    """
    found = tokens(piece)
    lines = piece.split("\n")
    plan = _plan(found, lines, base, unit)
    by_words: dict[str, list[str]] = {}
    for string in known_strings:
        by_words.setdefault(flush_left(string), []).append(string)
    for written in long_strings(piece, found):
        move = plan[written.first]
        same_words = by_words.get(flush_left(written.text), [])
        inside = lines[written.first : written.last]
        if move.old != move.new and written.text not in same_words and len(same_words) == 1:
            inside = same_words[0].split("\n")[1:]
            inside[-1] += written.tail
        elif move.old != move.new and written.leads:
            inside = [_moved(line, move) for line in inside]
        plan |= {written.first + 1 + step: _Line(text=text) for step, text in enumerate(inside)}
    return "\n".join(_moved(line, plan[number]) for number, line in enumerate(lines, 1))


def _moved(line: str, move: _Line) -> str:
    if move.text is not None:
        return move.text
    if move.old == move.new or not line.startswith(move.old):
        return line
    return move.new + line[len(move.old) :] if line.strip() else ""


def _plan(found: list[tokenize.TokenInfo], lines: list[str], base: str, unit: str) -> dict[int, _Line]:
    """Return for each line, counted from 1, how its indentation is moved."""
    first_code = next((token for token in found if token.type not in _LAYOUT), None)
    margin = _margin(lines[first_code.start[0] - 1]) if first_code else ""
    # The tokenizer gives an INDENT for a margin only where the first line has one.
    levels = [_Line(margin, base)]
    steps = [token.string.removeprefix(margin) for token in found if token.type == tokenize.INDENT]
    keeps = next((step for step in steps if step), unit) == unit
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
            step = token.string.removeprefix(levels[-1].old) if keeps else unit
            levels.append(_Line(token.string, levels[-1].new + step))
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
