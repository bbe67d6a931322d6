"""Indentation that drifted between a file and an answer: how far, and what that makes of the lines that come.

A shift is learnt from the lines both have. Where it does not say how a new line is to be indented, the hunk is refused.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from workbench.edits.forms.hunks import Op, Reading
from workbench.edits.ladder.page import indent_of
from workbench.errors import EditRefused

_TABS = (4, 8, 2, 3)
_MAJORITY = 0.6
Pair = tuple[str, str]


@dataclass(frozen=True)
class Shift:
    """What turns the white space of an answer into the file's: a prefix more, a prefix less, or other units."""

    more: str = ""
    less: str = ""
    tab: int = 0
    columns: int = 0
    ratio: float = 1.0
    with_tabs: bool = False

    def __call__(self, said: str) -> str | None:
        """Return the indentation that `said` stands for, or None where there is none."""
        if not self.tab:
            return self.more + said[len(self.less) :] if said.startswith(self.less) else None
        width = len(said.expandtabs(self.tab)) * self.ratio + self.columns
        if width < 0 or width != int(width):
            return None
        tabs, rest = divmod(int(width), self.tab) if self.with_tabs else (0, int(width))
        return "\t" * tabs + " " * rest


SAME = Shift()


def width(space: str) -> int:
    """Return how many columns white space takes, a tab going to the next fourth."""
    return len(space.expandtabs(4))


def pair(op: Op, line: str) -> Pair:
    """Return the indentation that a line of an answer has, and that of the file's line which it is."""
    real = indent_of(line)
    return (real if op.other is not None and indent_of(op.other) == real else indent_of(op.text)), real


def uniform(pairs: Sequence[Pair]) -> Shift | None:
    """Return the one shift that explains all pairs of indentation, said and real, or None."""
    if not pairs:
        return SAME
    said, real = min(pairs, key=lambda one: len(one[0]))
    tries = []
    if real.endswith(said):
        tries.append(Shift(more=real[: len(real) - len(said)]))
    if said.endswith(real):
        tries.append(Shift(less=said[: len(said) - len(real)]))
    with_tabs = any("\t" in real for _, real in pairs)
    if with_tabs != any("\t" in said for said, _ in pairs):
        for tab in _TABS:
            columns = len(real.expandtabs(tab)) - len(said.expandtabs(tab))
            tries.append(Shift(tab=tab, columns=columns, with_tabs=with_tabs))
        tries.sort(key=lambda shift: (not shift.tab, shift.columns != 0))
    return next((shift for shift in tries if all(shift(one) == other for one, other in pairs)), None)


def scaled(pairs: Sequence[Pair]) -> Shift | None:
    """Return the shift that doubles or halves the indentation, where that explains all pairs."""
    if len({said for said, _ in pairs}) < 2:
        return None
    said, real = pairs[0]
    levels = len({said for said, _ in pairs})
    for ratio in (2.0, 0.5):
        columns = len(real.expandtabs(4)) - int(len(said.expandtabs(4)) * ratio)
        if columns and levels < 3:
            # Two levels fit any line drawn through them.
            continue
        shift = Shift(tab=4, columns=columns, ratio=ratio, with_tabs=any("\t" in real for _, real in pairs))
        if all(shift(one) == other for one, other in pairs):
            return shift
    return None


class Indenter:
    """Indents the lines of a hunk that come, by those that are there."""

    def __init__(self, reading: Reading, real: dict[int, str], what: str) -> None:
        """Learn from `real`, the file's line for each line of `reading` that was found, by its number in it."""
        self.reading = reading
        self.what = what
        self.pairs = {number: pair(reading[number], line) for number, line in real.items() if line.strip()}
        seen = list(self.pairs.values())
        self.flat = len(seen) > 1 and len({said for said, _ in seen}) == 1 < len({real for _, real in seen})
        self.shift = None if self.flat else uniform(seen) or scaled(seen)
        self.is_uniform = self.shift is not None
        if self.shift is None and not self.flat:
            self.shift = self._common(seen)
        gone = [pair for number, pair in self.pairs.items() if reading[number].mark == "-"]
        apart = uniform(gone) if gone else None
        # A space after each mark of a diff, where lines that stay have none too many.
        self.extra_space = apart if apart == Shift(less=" ") else None
        self.partners = self._partners()

    def _common(self, seen: list[Pair]) -> Shift | None:
        """Return the shift of all lines but the first, else of most."""
        if len(seen) > 2 and (rest := uniform(seen[1:])) is not None:
            return rest
        shifts = Counter(shift for one in seen if (shift := uniform([one])) is not None)
        for shift, _ in shifts.most_common(2):
            if sum(shift(said) == real for said, real in seen) >= max(2, _MAJORITY * len(seen)):
                return shift
        return None

    def _partners(self) -> dict[int, int]:
        """Return for a line that comes the one that goes in its place, where there are as many of both."""
        found: dict[int, int] = {}
        gone: list[int] = []
        come: list[int] = []
        for number, op in enumerate([*self.reading, None]):
            if op is not None and op.mark != " ":
                (gone if op.mark == "-" else come).append(number)
                continue
            if len(gone) == len(come):
                found |= dict(zip(come, gone, strict=True))
            elif gone and come:
                found[come[0]] = gone[0]
            gone, come = [], []
        return found

    def __call__(self, number: int) -> str:
        """Return the text of the line `number` of the reading, which comes, with the file's indentation.

        Raises:
            EditRefused: it cannot be told (code `indentation`).
        """
        text = self.reading[number].text
        if not text.strip():
            return text
        said = indent_of(text)
        real = self._indent(number, said)
        if real is None:
            raise EditRefused(
                f"how far to indent {text.strip()[:60]!r} cannot be told from {self.what}",
                code="indentation",
                hint="repeat the lines around it with the indentation that they have in the file",
            )
        return real + text[len(said) :]

    def _indent(self, number: int, said: str) -> str | None:
        partner = self.pairs.get(self.partners.get(number, -1))
        if partner is not None and partner[0] == said:
            return partner[1]
        if self.is_uniform and self.shift is not None:
            return self.shift(said)
        known = {real for other, real in self.pairs.values() if other == said}
        if self.shift is None:
            return known.pop() if len(known) == 1 and not self.flat else None
        moved = self.shift(said)
        if self.extra_space is not None:
            return self.extra_space(said)
        return moved if not known or moved in known else None

    def refuse_flattened(self) -> None:
        """Refuse where the answer seems to have lost the steps of its indentation: a block opens and nothing is in it.

        Raises:
            EditRefused: code `indentation`.
        """
        said = {one for one, _ in self.pairs.values()}
        if len(said) > 1:
            return
        lines = [op for op in self.reading if op.mark != "-" and op.text.strip()]
        for op, following in pairwise(lines):
            opens = op.mark == "+" and op.text.rstrip().endswith(("{", "(", "["))
            if opens and len(indent_of(following.text)) <= len(indent_of(op.text)):
                raise EditRefused(
                    f"the lines after {op.text.strip()[:60]!r} lost their indentation",
                    code="indentation",
                    hint="repeat the lines with the indentation that they have in the file",
                )
