"""A symbol of an answer with the file's own white space where the file has the same rows.

Rows that the file has at the same place in the tree are the file's, to the byte. Rows that are new stand as those
beside them do. What lies in strings moves only as the file's rows in that string show; what cannot be told is refused.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workbench.edits.foreign.nodes import BLOCKS, COMMENTS, HEREDOCS, long_strings
from workbench.edits.foreign.outline import Outline, Symbol
from workbench.edits.ladder.shifts import Pair, uniform
from workbench.edits.lines import changes
from workbench.edits.source import numbered
from workbench.errors import EditRefused

if TYPE_CHECKING:
    from tree_sitter import Node

_CLOSERS = frozenset({"}", ")", "]", "end", "fi", "done", "esac"})
_HEADLESS = frozenset({"body_statement", "then", "block_body", "else", "do_group", "compound_statement"})


@dataclass
class Rows:
    """The lines of a stretch of code, its first without what stands before it, and which of them begin in a string."""

    made: Outline
    symbol: Symbol
    start: int
    end: int
    lines: list[str] = field(default_factory=list)
    strings: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Cut the stretch into lines and find its strings."""
        self.lines = self.made.said(self.start, self.end).replace("\r\n", "\n").split("\n")
        self.first = self.made.line(self.start) - 1
        source = self.made.source
        self._starts = [self.start]
        for line in self.lines[:-1]:
            self._starts.append(source.find(b"\n", self._starts[-1]) + 1)
            assert self._starts[-1] or not line
        for number, string in enumerate(long_strings(self.symbol.node)):
            if string.start_byte >= self.start and string.end_byte <= self.end:
                self.strings |= {row - self.first: number for row in rows_in(string)}

    def at(self, row: int) -> int:
        """Return the offset of the first word of a row."""
        start = self._starts[row]
        return start + len(self.lines[row]) - len(self.lines[row].lstrip(" \t"))

    def node_at(self, row: int) -> Node | None:
        """Return the largest node that begins with a row's first word, else the smallest that it lies in."""
        at = self.at(row)
        node = self.symbol.node.descendant_for_byte_range(at, at + 1)
        while node is not None and node != self.symbol.node:
            around = node.parent
            if around is None or around.start_byte != at or around.type in BLOCKS:
                break
            node = around
        return node

    def chain(self, row: int) -> tuple[str, ...]:
        """Return what the first word of a row lies in, from the inside out, up to the symbol."""
        at = self.at(row)
        found: list[str] = []
        node = self.symbol.node.descendant_for_byte_range(at, at + 1)
        while node is not None and node not in (self.symbol.core, self.symbol.node):
            if node.type not in {"ERROR", "escape_sequence"}:
                found.append(node.type)
            node = node.parent
        return tuple(found)


def rows_in(string: Node) -> range:
    """Return the rows that begin within a string, from 0; all of those of a here document."""
    first = string.start_point.row + 1
    if string.type in HEREDOCS and not string.start_point.column:
        first -= 1
    return range(first, string.end_point.row + 1)


def settled(said: Rows, file: Rows, computed: list[str], unit: str) -> str:
    """Return an answered symbol as it stands in the file.

    Args:
        said: the answer's symbol.
        file: the file's.
        computed: the answer's lines as they would stand by the margins and steps of both alone.
        unit: one step of indentation in the file.

    Raises:
        EditRefused: how a row is to be indented cannot be told (code `indentation`).
    """
    return "\n".join(_Settling(said, file, computed, unit).run())


@dataclass
class _Settling:
    said: Rows
    file: Rows
    computed: list[str]
    unit: str

    def run(self) -> list[str]:
        said, file = self.said, self.file
        self.match, self.instead = _matched(said.lines, file.lines)
        self.spaced = self._is_spaced()
        self.made: list[str | None] = [None] * len(said.lines)
        self.drifts = False
        self.moves = self.said.made.indent(self.said.start) != self.file.made.indent(self.file.start)
        for row, other in self.match.items():
            if row in said.strings or other in file.strings:
                continue
            if self._is_there(row, other):
                self.made[row] = file.lines[other]
                self.drifts = self.drifts or self.computed[row].rstrip() != file.lines[other].rstrip()
        for row, line in enumerate(self.computed):
            if self.made[row] is None and row not in said.strings:
                self.made[row] = self._new(row, line)
        self._strings()
        return [line or "" for line in self.made]

    def _is_spaced(self) -> bool:
        """Return whether the answer put space at the end of rows that the file has without it."""
        ends = [(self.said.lines[row], self.file.lines[other]) for row, other in self.match.items()]
        added = any(said.strip() and said != said.rstrip() and real == real.rstrip() for said, real in ends)
        return added and not any(line.strip() and line != line.rstrip() for line in self.file.lines)

    def _is_there(self, row: int, other: int) -> bool:
        """Return whether a row stands in the tree where the file's row of the same words does."""
        if (row == 0) != (other == 0):
            return False
        alike = self.computed[row].rstrip() == self.file.lines[other].rstrip()
        return row == 0 or alike or not self.said.lines[row].strip() or self.said.chain(row) == self.file.chain(other)

    def _new(self, row: int, line: str) -> str:
        words = line.lstrip(" \t")
        goes_on = row + 1 in self.said.strings or words.rstrip().endswith("\\")
        other = self.instead.get(row)
        real = "" if other is None else self.file.lines[other]
        ends = real[len(real.rstrip()) :]
        if other is not None and (goes_on or (words.strip() and words == words.rstrip() + ends)):
            # The space at its end is the file's: it counts there, or both have it.
            words = words.rstrip() + ends
        elif self.spaced or not goes_on:
            words = words.rstrip()
        if not words or row == 0:
            return words
        follows = self.drifts or row - 1 in self.match or self._begins_statement(row)
        if other and follows and self.said.chain(row) == self.file.chain(other):
            # One row takes the place of another, and what it is aligned with is as it was.
            return _margin(self.file.lines[other]) + words
        if not self.drifts or line.startswith("#"):
            return line[: len(line) - len(line.lstrip(" \t"))] + words
        margin = self._margin(row)
        if margin is None:
            raise self._unclear(row)
        return margin + words

    def _begins_statement(self, row: int) -> bool:
        node = self.said.node_at(row)
        return node is not None and node.parent is not None and node.parent.type in BLOCKS

    def _margin(self, row: int) -> str | None:
        """Return the margin of a row that the file does not have: as its neighbours in the tree stand."""
        node = self.said.node_at(row)
        if node is None or node.parent is None or node == self.said.symbol.node:
            return None
        around = node.parent
        if node.start_byte != self.said.at(row):
            return self._margin_in_comment(row, node) if node.type in COMMENTS else self._as_alike(row)
        if node.type in _CLOSERS:
            return self._margin_of_row(around.start_point.row)
        rows = [child.start_point.row - self.said.first for child in around.children if child != node]
        beside = [one for one in rows if 0 < one < len(self.made) and one in self.match and self.made[one] is not None]
        beside = [one for one in beside if self.said.node_at(one) in around.children]
        beside = [one for one in beside if self.said.lines[one].lstrip()[:1] not in {"}", ")", "]"}]
        if beside:
            # What a comment speaks of comes after it.
            after = node.type in COMMENTS
            return _margin(self.made[min(beside, key=lambda one: (abs(one - row), (one < row) == after))])
        outer = around
        while outer.type in _HEADLESS and outer.parent is not None and outer.parent != self.said.symbol.node.parent:
            if outer.start_point.row - self.said.first < row and self.said.made.begins_line(outer.start_byte):
                break
            outer = outer.parent
        head = self._margin_of_row(outer.start_point.row)
        return (
            self._as_alike(row) if head is None or outer.start_point.row - self.said.first >= row else head + self.unit
        )

    def _margin_of_row(self, row: int) -> str | None:
        """Return the margin of a row of the answer's source as it has been settled."""
        row -= self.said.first
        if row == 0:
            return self.file.made.indent(self.file.start)
        return _margin(self.made[row]) if 0 < row < len(self.made) and self.made[row] is not None else None

    def _as_alike(self, row: int) -> str | None:
        """Return the margin that rows with the same white space have in the file, if they have one."""
        margin = _margin(self.said.lines[row])
        found = {
            _margin(self.made[other])
            for other, line in enumerate(self.said.lines)
            if other and other in self.match and self.made[other] and _margin(line) == margin and line.strip()
        }
        return found.pop() if len(found) == 1 else None

    def _margin_in_comment(self, row: int, comment: Node) -> str | None:
        first = comment.start_point.row - self.said.first
        said, made = _margin(self.said.lines[first]), self._margin_of_row(comment.start_point.row)
        margin = _margin(self.said.lines[row])
        return made + margin[len(said) :] if made is not None and margin.startswith(said) else self._as_alike(row)

    def _strings(self) -> None:
        """Settle the rows that begin in strings."""
        for number in dict.fromkeys(self.said.strings.values()):
            rows = [row for row, one in self.said.strings.items() if one == number]
            pairs = {row: self.file.lines[other] for row in rows if (other := self._in_string(row)) is not None}
            shifts = {
                row: (_margin(self.said.lines[row]), _margin(real)) for row, real in pairs.items() if real.strip()
            }
            moved = [row for row, (said, real) in shifts.items() if said != real]
            if moved and not (self.drifts or self.moves):
                if len(self.match) == len(self.said.lines) == len(self.file.lines):
                    # White space in a string is what the answer is for.
                    pairs, shifts = {}, {}
                else:
                    raise self._unclear(moved[0])
            for row in rows:
                self.made[row] = pairs[row] if row in pairs else self._new_in_string(row, list(shifts.values()))

    def _in_string(self, row: int) -> int | None:
        other = self.match.get(row)
        return other if other in self.file.strings else None

    def _new_in_string(self, row: int, pairs: list[Pair]) -> str:
        line = self.said.lines[row].rstrip() if self.spaced else self.said.lines[row]
        if not line.strip() or all(said == real for said, real in pairs):
            return line
        margin = _margin(line)
        known = {real for said, real in pairs if said == margin}
        shift = uniform(pairs) if len({said for said, _ in pairs}) > 1 or known else None
        moved = known.pop() if len(known) == 1 else shift(margin) if shift is not None and not known else None
        if moved is None:
            raise self._unclear(row)
        return moved + line[len(margin) :]

    def _unclear(self, row: int) -> EditRefused:
        return EditRefused(
            f"how far to indent {self.said.lines[row].strip()[:60]!r} cannot be told",
            code="indentation",
            hint="repeat the code with the indentation that it has in the file",
            nearest=numbered("\n".join(self.said.lines), row, row + 2),
        )


def _matched(said: list[str], file: list[str]) -> tuple[dict[int, int], dict[int, int]]:
    """Return for each row of an answer the row of the file that has the same words, or that it takes the place of."""
    its, mine = ([line.strip().encode("utf-8", "surrogatepass") for line in lines] for lines in (file, said))
    found: dict[int, int] = {}
    instead: dict[int, int] = {}
    at_file = at_said = 0
    for one in changes(its, mine):
        found |= dict(zip(range(at_said, one.new_first), range(at_file, one.old_first), strict=True))
        if one.old_end - one.old_first == one.new_end - one.new_first:
            instead |= dict(zip(range(one.new_first, one.new_end), range(one.old_first, one.old_end), strict=True))
        at_file, at_said = one.old_end, one.new_end
    return found | dict(zip(range(at_said, len(said)), range(at_file, len(file)), strict=True)), instead


def _margin(line: str | None) -> str:
    line = line or ""
    return line[: len(line) - len(line.lstrip(" \t"))]
