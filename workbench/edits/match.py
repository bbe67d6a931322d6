"""The ladder: where in a file a hunk belongs. The first level with a place decides, and it must have exactly one.

0 equal; 1 but for trailing space and look-alikes; 2 but for one shift of the indentation; 3 but for any indentation;
4 but for blank lines and elisions; 5 aligned by score. Levels 4 and 5 live in `loose`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Literal

from workbench.edits.forms.hunks import Hunk, Op, Reading, is_change, new_side, old_side
from workbench.edits.ladder.loose import Alignment, align, ignore_blank_lines, join_pieces
from workbench.edits.ladder.page import Page, fold, indent_of
from workbench.edits.ladder.shifts import pair, uniform
from workbench.errors import EditRefused

FUZZY = 3
"""The level from which on a match is loose, and a reviewer should look twice."""

How = Literal["exact", "folded", "stripped"]
_SCORES = (1.0, 0.98, 0.95, 0.9, 0.85)
_SHOWN_AROUND = 3
_SHOWN_MOST = 24
_MOST_LINES = 2_000


@dataclass(frozen=True)
class Match:
    """Where a hunk belongs.

    Attributes:
        reading: how its lines were read.
        lines: the file's line, from 0, for each line of the reading that is there; None for one that is not.
        level: the level of the ladder that decided.
        elided: the lines of the reading that stand for lines which are not shown.
        score: how well it fits, up to 1.
    """

    hunk: Hunk
    reading: Reading
    level: int
    score: float
    lines: dict[int, int | None] = field(default_factory=dict)
    elided: frozenset[int] = frozenset()

    @property
    def first(self) -> int:
        """The first line of the file, from 0, that the hunk speaks of."""
        return min(line for line in self.lines.values() if line is not None)

    @property
    def last(self) -> int:
        """The last one."""
        return max(line for line in self.lines.values() if line is not None)


def find(page: Page, hunk: Hunk, path: str, *, most: int = 5) -> Match:
    """Return where a hunk belongs in a file, at level `most` or below.

    Raises:
        EditRefused: code `not-found`, `ambiguous`, `already-applied`, `no-change` or `no-anchor`; `nearest` holds the
            file's lines that may be meant.
    """
    readings = [reading for reading in hunk.readings if is_change(reading)]
    if not readings:
        raise EditRefused(f"{_name(hunk)} changes nothing", code="no-change", hint="change what the task asks for")
    readings = [reading for reading in readings if any(op.text.strip() for op in old_side(reading))]
    if not readings:
        raise EditRefused(
            f"{_name(hunk)} does not say where in {path} it belongs",
            code="no-anchor",
            hint="repeat the lines of the file around the change",
        )
    if max(map(len, readings)) > _MOST_LINES:
        raise EditRefused(f"{_name(hunk)} is far too long", code="too-large", hint="change only what is asked")
    return _Ladder(page, hunk, path, readings).climb(most)


def _name(hunk: Hunk) -> str:
    return f"block {hunk.number} of the answer"


@dataclass
class _Ladder:
    page: Page
    hunk: Hunk
    path: str
    readings: list[Reading]

    def climb(self, most: int) -> Match:
        hows: tuple[How, ...] = ("exact", "folded")
        for level, how in enumerate(hows):
            for reading in self.readings:
                if places := self.page.runs(_wanted(reading, how), how):
                    found = self._decide(reading, level, places)
                    self._refuse_applied_there(found)
                    return found
        self._refuse_applied()
        if most >= 2 and (shifted := self._shifted()):
            self._refuse_applied_there(shifted)
            return shifted
        rungs: list[tuple[int, Callable[[Page, Reading], Sequence[Alignment]]]] = [
            (4, ignore_blank_lines),
            (4, join_pieces),
            (5, align),
        ]
        for level, rung in rungs:
            for reading in self.readings:
                aligned = rung(self.page, reading) if most >= level else ()
                if aligned:
                    loose = self._decide_aligned(reading, level, aligned)
                    self._refuse_applied_around(loose)
                    return loose
        raise self._refusal(f"is not in {self.path}", "not-found", self._nearest())

    def _shifted(self) -> Match | None:
        """Return the place that is the hunk's apart from indentation: all of it moved alike, else any."""
        for reading in self.readings:
            places = self.page.runs(_wanted(reading, "stripped"), "stripped")
            if not places:
                continue
            alike = [place for place in places if self._is_uniform(reading, place)]
            return self._decide(reading, 2 if alike else FUZZY, alike or places)
        return None

    def _is_uniform(self, reading: Reading, place: int) -> bool:
        pairs = [
            pair(op, self.page.lines[place + step]) for step, op in enumerate(old_side(reading)) if op.text.strip()
        ]
        return uniform(pairs) is not None

    def _decide(self, reading: Reading, level: int, places: list[int]) -> Match:
        aligned = [Alignment(_row(reading, place), _SCORES[level]) for place in places]
        return self._decide_aligned(reading, level, aligned)

    def _decide_aligned(self, reading: Reading, level: int, aligned: Sequence[Alignment]) -> Match:
        if len(aligned) > 1:
            aligned = self._by_what_else_is_said(aligned) or aligned
        if len(aligned) > 1:
            lines = ", ".join(str(one.first + 1) for one in aligned[:8])
            raise self._refusal(f"fits at lines {lines} of {self.path}", "ambiguous", aligned[0].first)
        chosen = aligned[0]
        if chosen.has_moved_on:
            raise self._refusal(f"is not in {self.path}", "not-found", chosen.first)
        return Match(self.hunk, reading, level, round(chosen.score, 3), chosen.lines, chosen.elided)

    def _by_what_else_is_said(self, aligned: Sequence[Alignment]) -> list[Alignment]:
        """Return the one place that the line number, the anchors or the end of the file point at; else nothing."""
        if self.hunk.line is not None:
            return [one for one in aligned if one.first == self.hunk.line - 1]
        if self.hunk.at_end:
            return [one for one in aligned if one.last == len(self.page) - 1]
        if self.hunk.anchors:
            first, end = self._anchored()
            inside = [one for one in aligned if first < one.first < end or (first == one.first)]
            return inside if len(inside) == 1 else []
        return []

    def _anchored(self) -> tuple[int, int]:
        """Return the lines that the anchors' block covers; nothing where an anchor is not there exactly once."""
        first, end = 0, len(self.page)
        for anchor in self.hunk.anchors:
            places = [
                place for place in self.page.stripped_places.get(fold(anchor).strip(), ()) if first <= place < end
            ]
            if len(places) != 1:
                return len(self.page), len(self.page)
            first = places[0]
            margin = len(indent_of(self.page.lines[first]))
            end = next(
                (
                    line
                    for line in range(first + 1, end)
                    if self.page.stripped[line] and len(indent_of(self.page.lines[line])) <= margin
                ),
                end,
            )
        return first, end

    def _refuse_applied_there(self, found: Match) -> None:
        """Refuse where what shall be made of the lines stands around them already."""
        wanted = [fold(text).strip() for text in new_side(found.reading)]
        length = found.last - found.first + 1
        if len(wanted) <= length:
            return
        first = max(0, found.last + 1 - len(wanted))
        for place in range(first, min(found.first, len(self.page) - len(wanted)) + 1):
            if [fold(line).strip() for line in self.page.lines[place : place + len(wanted)]] == wanted:
                raise self._refusal(f"is in {self.path} already", "already-applied", found.first)

    def _refuse_applied_around(self, found: Match) -> None:
        """Do the same where blank lines do not count."""
        wanted = [key for text in new_side(found.reading) if (key := fold(text).strip())]
        keys = [self.page.stripped[line] for line in self.page.solid]
        inside = [at for at, line in enumerate(self.page.solid) if found.first <= line <= found.last]
        if len(wanted) <= len(inside):
            return
        for place in range(max(0, inside[-1] + 1 - len(wanted)), inside[0] + 1):
            if keys[place : place + len(wanted)] == wanted:
                raise self._refusal(f"is in {self.path} already", "already-applied", found.first)

    def _refuse_applied(self) -> None:
        """Refuse where the lines as they shall be are there and those that shall change are not."""
        for reading in self.readings:
            comes = sum(bool(op.text.strip()) for op in reading if op.mark == "+")
            stays = sum(bool(op.text.strip()) for op in reading if op.mark == " ")
            if not comes and stays < 2:
                continue
            wanted = [(fold(text),) for text in new_side(reading)]
            if places := self.page.runs(wanted, "folded") if wanted else []:
                raise self._refusal(f"is in {self.path} already", "already-applied", places[0])

    def _nearest(self) -> int:
        """Return the line at which the hunk was probably meant to begin."""
        wanted = [fold(op.text).strip() for op in old_side(self.readings[0])]
        known = [place for line in set(wanted) if line for place in self.page.stripped_places.get(line, ())[:50]]
        if not known:
            return self._similar(wanted)
        windows = {place: sum(0 <= other - place < len(wanted) for other in known) for place in known[:400]}
        best = max(windows, key=lambda place: (windows[place], -place))
        return max(0, best - next((at for at, line in enumerate(wanted) if line == self.page.stripped[best]), 0))

    def _similar(self, wanted: list[str]) -> int:
        """Return the line most like the longest that is wanted."""
        longest = max(wanted, key=len)[:200]
        matcher = SequenceMatcher(None, "", longest, autojunk=False)
        best, best_at = 0.3, 0
        for number in self.page.solid[:3_000]:
            matcher.set_seq1(self.page.stripped[number][:200])
            if matcher.real_quick_ratio() > best and matcher.quick_ratio() > best and matcher.ratio() > best:
                best, best_at = matcher.ratio(), number
        return best_at

    def _refusal(self, what: str, code: str, near: int) -> EditRefused:
        length = min(_SHOWN_MOST, max(map(len, self.readings)))
        hints = {
            "ambiguous": "repeat more of the lines around the change",
            "not-found": "repeat the lines of the file exactly as they are",
            "already-applied": "change what the task asks for",
        }
        shown = self.page.shown(max(0, near - _SHOWN_AROUND), near + length + _SHOWN_AROUND)
        return EditRefused(f"{_name(self.hunk)} {what}", code=code, hint=hints[code], nearest=shown)


def _wanted(reading: Reading, how: How) -> list[tuple[str, ...]]:
    return [tuple(dict.fromkeys(_key(text, how) for text in _texts(op))) for op in old_side(reading)]


def _texts(op: Op) -> tuple[str, ...]:
    return (op.text,) if op.other is None else (op.text, op.other)


def _key(text: str, how: How) -> str:
    return text if how == "exact" else fold(text) if how == "folded" else fold(text).strip()


def _row(reading: Reading, place: int) -> dict[int, int | None]:
    numbers = [number for number, op in enumerate(reading) if op.mark != "+"]
    return {number: place + step for step, number in enumerate(numbers)}
