"""Code moved to where it stands in a file, whatever white space a model gave it.

Rows that the file has too keep the file's own white space, at both ends, wherever their statement lies as deep as it
did. A block is indented as the file's statements in it are; what is new in it follows them. What lies in a string is
never guessed: it is the file's where that has the same words, moved as the rows around it were where that is plain, as
it was written where nothing speaks for a drift, and else refused.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from workbench.edits.ladder.shifts import width
from workbench.edits.lines import changes
from workbench.edits.python.rows import Block, Rows, margin_of, rows_of
from workbench.edits.python.settled_strings import Strings

_DRIFTS = 0.6


def settle(piece: str, base: str, unit: str, known: str | None = None) -> str:
    """Return whole lines of code moved so that the first stands at `base`.

    Args:
        piece: complete statements at one level of indentation, lines ending with `\\n`.
        base: the white space before the first level.
        unit: one step of indentation in the file.
        known: the lines of the file whose place they take, if they take any: likewise complete, at `base`.

    Raises:
        EditRefused: it cannot be told how something is to be indented (code `indentation`).
    """
    said = rows_of(piece)
    file = rows_of(known) if known is not None else None
    return "\n".join(_Settling(said, file, base, unit).run())


@dataclass
class _Settling:
    said: Rows
    file: Rows | None
    base: str
    unit: str
    match: dict[int, int] = field(default_factory=dict)
    indents: list[str] = field(default_factory=list)
    made: list[str] = field(default_factory=list)

    def run(self) -> list[str]:
        if self.file is not None:
            self.match = _matched(self.said, self.file)
        self.step = next((step for block in self.said.blocks if (step := self.said.step(block))), self.unit)
        self.spaced = self._is_spaced()
        # What is new follows what the file has; so that comes first.
        there = [self._in_file(block) for block in self.said.blocks]
        kept = [
            indent[1] == self.said.step(block) for indent, block in zip(there, self.said.blocks, strict=True) if indent
        ]
        self.keeps = all(kept) and (bool(kept) or self.step == self.unit)
        steps = {self.file.step(block) for block in self.file.blocks[1:]} if self.file else set()
        self.is_even = steps == {self.unit}
        for block, indent in zip(self.said.blocks, there, strict=True):
            self.indents.append(self.base if block.parent is None else self._indent(block, indent))
        self.drifts = self._drifts()
        self.made = ["" for _ in self.said.lines]
        for row, kind in enumerate(self.said.kinds):
            match kind:
                case "code":
                    self.made[row] = self.indents[self.said.block_of[row]] + self._words(row)
                case "on":
                    self.made[row] = self._margin_within(row) + self._words(row)
                case "comment":
                    self.made[row] = self._margin_of_comment(row) + self._words(row)
                case "blank":
                    self.made[row] = self.file.lines[self.match[row]] if self.file and row in self.match else ""
                case "string":
                    self.made[row] = self.said.lines[row]
        strings = Strings(
            self.said, self.file, self.match, self.made, drifts=self.drifts, spaced=self.spaced, keeps=self.keeps
        )
        return strings.settled()

    # Blocks.

    def _indent(self, block: Block, there: tuple[str, str] | None) -> str:
        """Return how a block is indented: as the file's statements in it are, else one step further."""
        assert block.parent is not None
        around = self.indents[block.parent]
        if there and there[0] == around:
            return around + there[1]
        step = self.said.step(block)
        return around + (step if step and self.keeps and not self.is_even else self.unit)

    def _in_file(self, block: Block) -> tuple[str, str] | None:
        """Return the margin of the file's block around the statements of one, and how much further those stand."""
        found: Counter[tuple[str, str]] = Counter()
        if self.file is None or block.parent is None:
            return None
        for row in block.rows:
            other = self._same_depth(row)
            if other is not None:
                self._count(found, self.file.blocks[self.file.block_of[other]])
        if not found and (head := self._same_depth(self._head(block))) is not None:
            # All in it is new; the file's block below the same head is the one.
            number = self.file.block_of[head]
            below = (one for one in self.file.blocks if one.parent == number and one.rows[0] > head)
            first = next(below, None)
            follows = [row for row in self.file.blocks[number].rows if row > head]
            if first is not None and (not follows or first.rows[0] < follows[0]):
                self._count(found, first)
        return found.most_common(1)[0][0] if found else None

    def _count(self, found: Counter[tuple[str, str]], its: Block) -> None:
        assert self.file is not None
        step = self.file.step(its)
        if step and its.parent is not None:
            found[self.file.blocks[its.parent].said, step] += 1

    def _head(self, block: Block) -> int:
        """Return the row that begins the statement which a block is the inside of."""
        assert block.parent is not None
        return max((row for row in self.said.blocks[block.parent].rows if row < block.rows[0]), default=-1)

    def _same_depth(self, row: int) -> int | None:
        """Return the row of the file that begins the same statement, where that lies as deep."""
        other = self.match.get(row)
        if other is None or self.file is None or self.file.kinds[other] != "code":
            return None
        return other if self.file.depth(other) == self.said.depth(row) else None

    def _drifts(self) -> bool:
        """Return whether the white space before statements is another than it will be."""
        return any(block.said != indent for block, indent in zip(self.said.blocks, self.indents, strict=True))

    def _is_spaced(self) -> bool:
        """Return whether the answer put space at the end of its lines where the file has none."""
        rows = [row for row, kind in enumerate(self.said.kinds) if kind in {"code", "on"}]
        spaced = sum(self.said.lines[row] != self.said.lines[row].rstrip() for row in rows)
        own = [line for line in self.file.lines if line.strip() and line != line.rstrip()] if self.file else []
        if any(line != line.rstrip() and self.said.kinds[row] != "blank" for row, line in self._common()):
            # A row that the file has, and without the space.
            return not own
        return len(rows) > 2 and spaced > _DRIFTS * len(rows) and not own

    def _common(self) -> list[tuple[int, str]]:
        if self.file is None:
            return []
        return [(row, self.said.lines[row]) for row, other in self.match.items() if self._differs_at_end(row, other)]

    def _differs_at_end(self, row: int, other: int) -> bool:
        assert self.file is not None
        return self.said.lines[row].lstrip() != self.file.lines[other].lstrip()

    # Rows.

    def _words(self, row: int) -> str:
        """Return a row without its margin: the file's where that has it, else without space at its end."""
        if row in self.match and self.file is not None:
            return self.file.lines[self.match[row]].lstrip(" \t\f")
        text = self.said.lines[row].lstrip(" \t\f")
        begins_string = any(one.first == row for one in self.said.strings)
        return text if begins_string and not self.spaced else text.rstrip()

    def _margin_within(self, row: int) -> str:
        """Return the margin of a row that goes on a statement."""
        said, begun = self.said, self.said.begins[row]
        indent = self.indents[said.block_of[row]]
        own = said.blocks[said.block_of[row]].said
        margin = margin_of(said.lines[row])
        kept = self._margin_in_file(row, begun, indent)
        if kept is not None and (self._is_kept(begun, row) or self._moves_alike(row, margin, own)):
            return kept
        alike = {
            margin_of(self.made[other]) if other < row else self._margin_in_file(other, begun, indent)
            for other in range(begun + 1, len(said.lines))
            if other != row
            and said.begins[other] == begun
            and said.kinds[other] == "on"
            and other in self.match
            and margin_of(said.lines[other]) == margin
        }
        if len(alike) == 1 and (only := alike.pop()) is not None:
            return only
        return self._margin_anew(row, margin, own, indent)

    def _margin_in_file(self, row: int, begun: int, indent: str) -> str | None:
        """Return the margin that a row has in the file, moved as its statement is."""
        other = self.match.get(row)
        if other is None or self.file is None or self.file.kinds[other] != "on":
            return None
        its = self.file.blocks[self.file.block_of[other]].said
        if self.match.get(begun, self.file.begins[other]) != self.file.begins[other]:
            return None
        margin = margin_of(self.file.lines[other])
        if its == indent:
            return margin
        return indent + margin[len(its) :] if margin.startswith(its) else None

    def _is_kept(self, begun: int, row: int) -> bool:
        """Return whether nothing is new in what a row is aligned with: the row its brackets open on, and so on."""
        while row != begun:
            row = self.said.opened.get(row, begun)
            if row not in self.match:
                return False
        return True

    def _moves_alike(self, row: int, margin: str, own: str) -> bool:
        """Return whether a row stands as far from its statement as in the file, whatever steps are taken."""
        assert self.file is not None
        other = self.match[row]
        its = self.file.blocks[self.file.block_of[other]].said
        there = width(margin_of(self.file.lines[other])) - width(its)
        return there in {width(margin) - width(own), self._scaled(width(margin) - width(own))}

    def _margin_anew(self, row: int, margin: str, own: str, indent: str) -> str:
        """Return the margin of a row that the file does not have."""
        if not self.drifts and own == indent:
            return margin
        inner = self.said.aligned.get(row)
        if inner is not None:
            there, column = inner
            head = margin_of(self.said.lines[there])
            if width(margin) == width(head) + column - len(head):
                return _columns(margin_of(self.made[there]), column - len(head))
        if self.keeps and margin.startswith(own):
            return indent + margin[len(own) :]
        further = width(margin) - width(own)
        if further <= 0:
            return indent
        return self._steps(indent, self._scaled(further))

    def _scaled(self, further: int) -> int:
        """Return how many columns further a row stands once the answer's steps are the file's."""
        step = max(1, width(self.step))
        return further // step * width(self.unit) + further % step

    def _steps(self, indent: str, further: int) -> str:
        if self.unit == "\t":
            return indent + "\t" * (further // width("\t")) + " " * (further % width("\t"))
        return indent + " " * further

    def _margin_of_comment(self, row: int) -> str:
        """Return the margin of a comment between statements: the file's where the statement beside it is the file's."""
        said, file = self.said, self.file
        margin = margin_of(said.lines[row])
        other = self.match.get(row)
        if other is not None and file is not None and file.kinds[other] == "comment":
            there = margin_of(file.lines[other])
            for mine, its in (
                (said.begins[row], file.begins[other]),
                (_before(said, row), _before(file, other)),
            ):
                if mine is None or its is None or self.match.get(mine) != its:
                    continue
                now, then = self.indents[said.block_of[mine]], file.blocks[file.block_of[its]].said
                if now == then:
                    return there
                if there.startswith(then):
                    return now + there[len(then) :]
        return self._at_a_level(row, margin)

    def _at_a_level(self, row: int, margin: str) -> str:
        """Return the margin of a comment by the block that it stands as deep as, of those that touch it."""
        touching: list[int] = []
        for beside in (self.said.begins[row], _before(self.said, row)):
            block: int | None = self.said.block_of[beside] if beside is not None else None
            while block is not None:
                touching.append(block)
                block = self.said.blocks[block].parent
        fitting = [block for block in touching if margin.startswith(self.said.blocks[block].said)] or [0]
        best = max(fitting, key=lambda block: len(self.said.blocks[block].said))
        said = self.said.blocks[best].said
        return self.indents[best] + (margin[len(said) :] if self.keeps else "")


def _columns(margin: str, further: int) -> str:
    return margin + " " * further


def _before(rows: Rows, row: int) -> int | None:
    """Return the row that begins the last statement before a row, or None."""
    return next((rows.begins[at] for at in range(row - 1, -1, -1) if rows.kinds[at] in {"code", "on", "string"}), None)


def _matched(said: Rows, file: Rows) -> dict[int, int]:
    """Return for each row of an answer the file's row of the same words: as deep first, then at any depth."""
    mine, its = _keys(said, deep=True), _keys(file, deep=True)
    plain_mine, plain_its = _keys(said, deep=False), _keys(file, deep=False)
    found: dict[int, int] = {}
    at_file = at_said = 0
    ends = (len(its), len(its), len(mine), len(mine))
    gaps = [(one.old_first, one.old_end, one.new_first, one.new_end) for one in changes(its, mine)]
    for old_first, old_end, new_first, new_end in [*gaps, ends]:
        found |= dict(zip(range(at_said, new_first), range(at_file, old_first), strict=True))
        found |= _pairs(plain_its, plain_mine, (old_first, old_end), (new_first, new_end))
        at_file, at_said = old_end, new_end
    return found


def _pairs(its: Sequence[bytes], mine: Sequence[bytes], old: tuple[int, int], new: tuple[int, int]) -> dict[int, int]:
    found: dict[int, int] = {}
    at_file, at_said = old[0], new[0]
    some = changes(its[slice(*old)], mine[slice(*new)]) if old[0] < old[1] and new[0] < new[1] else []
    if not some and (old[1] - old[0]) != (new[1] - new[0]):
        return found
    for one in some:
        found |= dict(zip(range(at_said, new[0] + one.new_first), range(at_file, old[0] + one.old_first), strict=True))
        at_file, at_said = old[0] + one.old_end, new[0] + one.new_end
    return found | dict(zip(range(at_said, new[1]), range(at_file, old[1]), strict=True))


def _keys(rows: Rows, *, deep: bool) -> list[bytes]:
    return [
        f"{rows.depth(row) if deep and rows.kinds[row] in {'code', 'on'} else ''} {line.strip()}".encode(
            "utf-8", "surrogatepass"
        )
        for row, line in enumerate(rows.lines)
    ]
