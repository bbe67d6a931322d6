"""The rows of a piece of Python: which begin a statement, which go on one, which lie in a string, and how deep each is.

A piece is complete statements at one level, its first line with its margin, lines ending with `\\n` alone.
"""

from __future__ import annotations

import tokenize
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from workbench.edits.python.layout import tokens

Kind = Literal["code", "on", "string", "comment", "blank"]
_SKIPPED = {tokenize.INDENT, tokenize.DEDENT, tokenize.NL, tokenize.COMMENT, tokenize.ENDMARKER, tokenize.NEWLINE}
_SPACE = " \t\f"


def margin_of(line: str) -> str:
    """Return the white space that a line begins with."""
    return line[: len(line) - len(line.lstrip(_SPACE))]


@dataclass(slots=True)
class Block:
    """Statements at one level: how far they are indented, the block around them, and the rows that begin them."""

    said: str
    parent: int | None
    depth: int
    rows: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class LongString:
    """A string of several rows, from `first` to `last`, from column `begins` to column `ends` of the last.

    `leads` says that it comes first in its block, as a docstring does.
    """

    first: int
    begins: int
    last: int
    ends: int
    leads: bool


@dataclass(slots=True)
class Rows:
    """A piece, row by row, from 0.

    Attributes:
        kinds: what each row is; one that begins within a string is a `string`.
        begins: the row on which the statement of each row begins; for comments, blank rows: of the next statement.
        block_of: the block of each row's statement.
        aligned: for a row that goes on a statement in brackets, the row and the column of what stands first in them.
        opened: for such a row, the row on which these brackets open.
    """

    lines: list[str]
    kinds: list[Kind]
    begins: list[int]
    block_of: list[int]
    blocks: list[Block]
    strings: list[LongString]
    aligned: dict[int, tuple[int, int]] = field(default_factory=dict)
    opened: dict[int, int] = field(default_factory=dict)

    def depth(self, row: int) -> int:
        """Return how deep the statement of a row lies in the piece."""
        return self.blocks[self.block_of[row]].depth

    def step(self, block: Block) -> str | None:
        """Return by how much a block is indented further than the one around it, where that can be said."""
        if block.parent is None:
            return None
        around = self.blocks[block.parent].said
        return block.said[len(around) :] if block.said.startswith(around) else None

    def string_at(self, row: int) -> LongString | None:
        """Return the string that a row begins in."""
        return next((one for one in self.strings if one.first < row <= one.last), None)

    def text_of(self, string: LongString) -> list[str]:
        """Return the lines of a string as it is written, from its prefix to its last quote."""
        lines = self.lines[string.first : string.last + 1]
        return [lines[0][string.begins :], *lines[1:-1], lines[-1][: string.ends]]


def rows_of(piece: str) -> Rows:
    """Return a piece row by row.

    Raises:
        EditRefused: it cannot be cut into tokens (code `does-not-parse`).
    """
    lines = piece.split("\n")
    kinds: list[Kind] = ["blank" if not line.strip() else "comment" for line in lines]
    made = Rows(lines, kinds, [-1] * len(lines), [0] * len(lines), [], [])
    found = tokens(piece)
    first = next((token for token in found if token.type not in _SKIPPED), None)
    made.blocks.append(Block(margin_of(lines[first.start[0] - 1]) if first else "", None, 0))
    _read(made, found)
    _give_to_the_next(made)
    return made


def _read(made: Rows, found: list[tokenize.TokenInfo]) -> None:
    block = 0
    statement: int | None = None
    brackets: list[tuple[int, int]] = []
    opened = False
    # The tokenizer gives an INDENT for a margin only where the first line has one.
    skip_first = bool(made.blocks[0].said)
    levels = [0]
    for token, string in _with_strings(made, found):
        row, column = token.start[0] - 1, token.start[1]
        if token.type == tokenize.INDENT:
            if skip_first:
                skip_first = False
                continue
            made.blocks.append(Block(token.string, block, made.blocks[block].depth + 1))
            block = len(made.blocks) - 1
            levels.append(block)
        elif token.type == tokenize.DEDENT:
            if len(levels) > 1:
                levels.pop()
            block = levels[-1]
        elif token.type == tokenize.NEWLINE:
            statement = None
        elif token.type not in _SKIPPED:
            if opened and brackets:
                brackets[-1] = (row, column) if brackets[-1][0] == row else brackets[-1]
            opened = False
            if statement is None:
                statement = row
                made.blocks[block].rows.append(row)
            _take(made, statement, block, range(row, token.end[0]), brackets)
            if token.type == tokenize.OP and token.string in "([{":
                brackets.append((row, -1))
                opened = True
            elif token.type == tokenize.OP and token.string in ")]}" and brackets:
                brackets.pop()
        if statement is not None and token.type in {tokenize.COMMENT, tokenize.NL}:
            _take(made, statement, block, range(row, row + 1), brackets)
        if string is not None:
            made.strings.append(string)
            made.kinds[string.first + 1 : string.last + 1] = ["string"] * (string.last - string.first)


def _take(made: Rows, statement: int, block: int, rows: range, brackets: list[tuple[int, int]]) -> None:
    """Write down the rows of a token as those of its statement."""
    for row in rows:
        if made.begins[row] >= 0:
            continue
        made.begins[row], made.block_of[row] = statement, block
        if made.kinds[row] != "blank":
            made.kinds[row] = "code" if row == statement else "on"
        if row > statement and brackets:
            made.opened[row] = brackets[-1][0]
            if brackets[-1][1] >= 0:
                made.aligned[row] = brackets[-1]


def _with_strings(
    made: Rows, found: list[tokenize.TokenInfo]
) -> Iterator[tuple[tokenize.TokenInfo, LongString | None]]:
    """Yield the tokens, each with the string of several rows that it ends; an f-string is one, however it is cut."""
    depth = begun = 0
    for number, token in enumerate(found):
        name = tokenize.tok_name[token.type]
        begun = begun if depth else number
        depth += name.endswith("STRING_START") - name.endswith("STRING_END")
        string = None
        if not depth and name.endswith(("STRING", "STRING_END")):
            (first, column), (last, end) = found[begun].start, token.end
            if first < last:
                leads = begun > 0 and found[begun - 1].type == tokenize.INDENT
                string = LongString(first - 1, column, last - 1, end, leads)
        yield token, string


def _give_to_the_next(made: Rows) -> None:
    """Give comments and blank rows between statements to the next statement, or to the last where none follows."""
    following = max((row for row in made.begins if row >= 0), default=0)
    for row in range(len(made.lines) - 1, -1, -1):
        if made.begins[row] >= 0:
            following = made.begins[row]
        else:
            made.begins[row], made.block_of[row] = following, made.block_of[following]
