"""What lies in strings of several rows once the code around them has been moved: see `settling`."""

from __future__ import annotations

import inspect
from collections import Counter
from dataclasses import dataclass

from workbench.edits.ladder.shifts import Pair, Shift, scaled, uniform
from workbench.edits.python.rows import LongString, Rows, margin_of
from workbench.errors import EditRefused


def worn(text: str) -> str:
    """Return a string with the white space at both ends of its lines gone: what is left when a model repeats it."""
    return "\n".join(line.strip() for line in text.split("\n")) if "\n" in text else text


@dataclass
class Strings:
    """Puts the insides of strings into rows that are otherwise settled.

    Args:
        said: the answer's rows.
        file: the file's, if it has any that these replace.
        match: the file's row for each of the answer's that has the same words.
        made: the rows as they are so far.
        drifts: whether the answer's statements stood elsewhere than they will.
        spaced: whether the answer has space at the ends of its lines that is not meant.
        keeps: whether the answer's steps of indentation are the file's.
    """

    said: Rows
    file: Rows | None
    match: dict[int, int]
    made: list[str]
    drifts: bool
    spaced: bool
    keeps: bool

    def settled(self) -> list[str]:
        """Return the rows with their strings.

        Raises:
            EditRefused: how a row in a string is to be indented cannot be told (code `indentation`).
        """
        for string in self.said.strings:
            known = self._known(string)
            if known is not None:
                self._take(string, known)
            else:
                self._adapt(string)
        return self.made

    def _known(self, string: LongString) -> LongString | None:
        """Return the file's string of the same words: the one on the same row, else the only one."""
        if self.file is None:
            return None
        words = _bare(self.said.text_of(string))
        found = [one for one in self.file.strings if _bare(self.file.text_of(one)) == words]
        here = [one for one in found if self._is_here(string, one)]
        texts = {tuple(self.file.text_of(one)) for one in here or found}
        return (here or found)[0] if len(texts) == 1 else None

    def _is_here(self, string: LongString, known: LongString) -> bool:
        pairs = ((string.first, known.first), (string.first + 1, known.first + 1), (string.last, known.last))
        return any(self.match.get(mine) == its for mine, its in pairs)

    def _take(self, string: LongString, known: LongString) -> None:
        """Take a string from the file, where what differs is no more than a drift."""
        assert self.file is not None
        said, real = self.said.text_of(string), self.file.text_of(known)
        if said != real and not self.drifts:
            ended = [line.rstrip() for line in said] == [line.rstrip() for line in real]
            if not ended and not (string.leads and _reads(said) == _reads(real)):
                if self._is_all_that_changes():
                    return
                raise self._unclear(string.first + 1)
        head = self.made[string.first]
        cut = len(margin_of(head)) + string.begins - len(margin_of(self.said.lines[string.first]))
        self.made[string.first] = head[:cut] + real[0]
        tail = self.said.lines[string.last][string.ends :]
        self.made[string.first + 1 : string.last + 1] = [*real[1:-1], real[-1] + tail]
        other = self.match.get(string.last)
        ends_row = not any(one.first == string.last for one in self.said.strings)
        if other == known.last:
            self.made[string.last] = self.file.lines[known.last]
        elif ends_row:
            self.made[string.last] = self.made[string.last].rstrip() if tail.strip() or self.spaced else real[-1]

    def _is_all_that_changes(self) -> bool:
        """Return whether an answer has the file's words, row for row: white space in a string is what it is for."""
        assert self.file is not None
        return len(self.said.lines) == len(self.file.lines) == len(self.match)

    def _adapt(self, string: LongString) -> None:
        """Settle a string that the file has otherwise: rows that it has stay the file's, others move as those did."""
        rows = range(string.first + 1, string.last + 1)
        pairs = {row: real for row in rows if (real := self._row_of_file(row)) is not None}
        shifts = {
            row: (margin_of(self.said.lines[row]), margin_of(real))
            for row, real in pairs.items()
            if self.said.lines[row].strip()
        }
        partner = self._partner(string)
        move = self._move(string, list(shifts.values()), partner)
        if any(said != real for said, real in shifts.values()) and not self.drifts and not string.leads:
            raise self._unclear(next(row for row, (said, real) in shifts.items() if said != real))
        for row in rows:
            line = self.said.lines[row]
            if row in pairs:
                self.made[row] = pairs[row]
                continue
            ends = row == string.last
            if self.spaced or (ends and line[string.ends :].strip()):
                line = line.rstrip()
            if not line.strip():
                self.made[row] = "" if string.leads or self.spaced else line
                continue
            margin = move(margin_of(line), shifts)
            if margin is None:
                margin = self._margin_instead(row, string, partner)
            if margin is None:
                raise self._unclear(row)
            self.made[row] = margin + line.lstrip(" \t\f")

    def _row_of_file(self, row: int) -> str | None:
        other = self.match.get(row)
        if other is None or self.file is None or self.file.kinds[other] != "string":
            return None
        return self.file.lines[other]

    def _partner(self, string: LongString) -> LongString | None:
        """Return the file's string that begins on the same row, whatever else it says."""
        if self.file is None or string.first not in self.match:
            return None
        return next((one for one in self.file.strings if one.first == self.match[string.first]), None)

    def _margin_instead(self, row: int, string: LongString, partner: LongString | None) -> str | None:
        """Return the margin of the file's row that one takes the place of, where the strings have as many."""
        if self.file is None or partner is None or string.last - string.first != partner.last - partner.first:
            return None
        there = self.file.lines[partner.first + row - string.first]
        return margin_of(there) if there.strip() else None

    def _move(self, string: LongString, pairs: list[Pair], partner: LongString | None) -> _Move:
        """Return what is done to the margins of rows that are new in a string.

        Raises:
            EditRefused: rows of another margin were there, and nothing says which is meant (code `indentation`).
        """
        here = _margins(self.said, string)
        there = _margins(self.file, partner) if self.file is not None and partner is not None else []
        if pairs:
            drifted = any(said != real for said, real in pairs)
            one_level = len({said for said, _ in pairs}) == 1
            flat = drifted and (len({*here}) < len({*there}) or (one_level and not self.keeps))
            return _Move(None if flat else uniform(pairs) or scaled(pairs), flat=flat)
        if there and here and string.leads:
            # What a docstring's rows have in common means nothing; the file's is kept.
            return _Move(uniform([(min(here, key=len), min(there, key=len))]), lenient=True)
        if not string.leads:
            if self.drifts and there and not set(here) <= set(there):
                raise self._unclear(string.first + 1)
            return _Move(Shift())
        # A docstring moves with its code.
        said, made = self.said.lines[string.first], self.made[string.first]
        return _Move(uniform([(margin_of(said), margin_of(made))]), lenient=True)

    def _unclear(self, row: int) -> EditRefused:
        return EditRefused(
            f"how far to indent {self.said.lines[row].strip()[:60]!r}, in a string, cannot be told",
            code="indentation",
            hint="repeat the code with the indentation that it has in the file",
        )


@dataclass
class _Move:
    shift: Shift | None
    lenient: bool = False
    flat: bool = False

    def __call__(self, said: str, shifts: dict[int, Pair]) -> str | None:
        known = Counter(real for other, real in shifts.values() if other == said)
        if len(known) == 1 and not self.flat:
            return next(iter(known))
        if self.shift is None or (known and not self.flat):
            return said if self.lenient else None
        moved = self.shift(said)
        return said if moved is None and self.lenient else moved


def _margins(rows: Rows, string: LongString) -> list[str]:
    lines = rows.lines[string.first + 1 : string.last + 1]
    return [margin_of(line) for line in lines if line.strip()]


def _bare(lines: list[str]) -> list[str]:
    return [line.strip() for line in lines]


def _reads(lines: list[str]) -> str:
    return inspect.cleandoc("\n".join(lines))
