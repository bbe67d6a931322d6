"""The loose rungs of the ladder: blank lines that drifted, elisions, and lines aligned by a scored dynamic programme.

What is found here is always shown to a reviewer as fuzzy. A line that goes must be found, whatever else is not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from workbench.edits.forms.hunks import Op, Reading
from workbench.edits.forms.placeholders import is_placeholder
from workbench.edits.ladder.likeness import Judge, stripped, texts_of
from workbench.edits.ladder.page import Page, fold
from workbench.edits.ladder.shifts import pair, uniform

ENOUGH = 0.78
"""The share of a perfect score that an alignment must reach."""

MARGIN = 0.12
"""How far behind the next best place must be, as a share of a perfect score."""

_SOLID = 3
_EXACT = 2
_UNSHOWN = 0.3
_INVENTED = 0.5
_BLANK = 0.05
_LONGEST = 300
_MOST_WINDOWS = 12
_COMMENT = re.compile(r"^\s*(?:#|//|--|;|%|/\*|<!--|\*)(?P<said>.*?)(?:\*/|-->)?\s*$")


@dataclass(frozen=True)
class Alignment:
    """The file's line, from 0, for each line of a reading that is to be there; None for one that is not.

    Where one `has_moved_on`, something else stands there than what goes: it speaks against others, and never changes.
    """

    lines: dict[int, int | None]
    score: float
    elided: frozenset[int] = field(default_factory=frozenset)
    has_moved_on: bool = False

    @property
    def first(self) -> int:
        """The first line of the file that is part of it."""
        return min(line for line in self.lines.values() if line is not None)

    @property
    def last(self) -> int:
        """The last one."""
        return max(line for line in self.lines.values() if line is not None)


def ignore_blank_lines(page: Page, reading: Reading) -> list[Alignment]:
    """Return where the lines that are not blank stand in a row, whatever blank lines lie between them."""
    numbers = [number for number, op in enumerate(reading) if op.mark != "+" and op.text.strip()]
    wanted = [stripped(reading[number]) for number in numbers]
    keys = [page.stripped[line] for line in page.solid]
    found = []
    for at in (at for at, key in enumerate(keys) if wanted and key in wanted[0]):
        if len(keys) - at < len(wanted) or not all(keys[at + step] in texts for step, texts in enumerate(wanted)):
            continue
        lines: dict[int, int | None] = {number: page.solid[at + step] for step, number in enumerate(numbers)}
        pairs = [pair(reading[number], page.lines[line]) for number, line in lines.items() if line is not None]
        if uniform(pairs) is not None and _place_blank_lines(page, reading, numbers, lines):
            found.append(Alignment(lines, 0.85))
    return found


def _place_blank_lines(page: Page, reading: Reading, numbers: list[int], lines: dict[int, int | None]) -> bool:
    """Find the blank lines of a reading in the gaps of the file; return False where one that goes is not there."""
    edges = [-1, *numbers, len(reading)]
    for before, after in pairwise(edges):
        inner = range(before + 1, after)
        blanks = [number for number in inner if reading[number].mark != "+"]
        first, last = lines.get(before), lines.get(after)
        if first is not None and last is not None:
            gap = list(range(first + 1, last))
            fits = len(gap) == len(blanks)
        elif first is not None:
            gap = [line for line in range(first + 1, first + 1 + len(blanks)) if line < len(page)]
            fits = len(gap) == len(blanks) and not any(page.stripped[line] for line in gap)
        else:
            gap = list(range((last or 0) - len(blanks), last or 0))
            fits = all(line >= 0 and not page.stripped[line] for line in gap)
        if not fits and any(reading[number].mark == "-" for number in blanks):
            return False
        # Which of several blank lines come and which stay is anyone's guess.
        guessed = any(reading[number].mark == "+" and not reading[number].text.strip() for number in inner)
        is_run = bool(blanks) and len(blanks) == blanks[-1] - blanks[0] + 1
        if not fits and not guessed and is_run and first is not None and last is not None:
            sides = (_changes(reading, before, blanks[0]), _changes(reading, after, blanks[-1]))
            gap, fits = _nearest_gap(gap, len(blanks), *sides)
            blanks = blanks[: len(gap)]
        lines |= dict(zip(blanks, gap, strict=True)) if fits else dict.fromkeys(blanks)
    return True


def _changes(reading: Reading, edge: int, blank: int) -> bool:
    """Return whether something changes between a blank line and the next line that is none, this line included."""
    between = range(min(edge, blank) + 1, max(edge, blank))
    return (0 <= edge < len(reading) and reading[edge].mark == "-") or any(reading[at].mark == "+" for at in between)


def _nearest_gap(gap: list[int], blanks: int, before: bool, after: bool) -> tuple[list[int], bool]:
    """Return which of a gap's blank lines are those of an answer that has fewer or more, and whether that is plain.

    More than there are: the first of them. Fewer: those on the side where something changes, if that is only one.
    """
    if len(gap) < blanks:
        return gap, True
    if before and after:
        return gap, False
    return (gap[len(gap) - blanks :] if after else gap[:blanks]), before or after


def is_elision(op: Op, page: Page) -> bool:
    """Return whether a line that stays stands for lines that are not shown, and is not in the file itself."""
    text = op.text.strip()
    if op.mark != " " or fold(text) in page.stripped_places or len(text) > 200:
        return False
    said = _COMMENT.match(text)
    return text in {"...", "…"} or (said is not None and is_placeholder(said["said"]))


def join_pieces(page: Page, reading: Reading) -> list[Alignment]:
    """Return where the pieces between elisions stand, each in a row and all in order."""
    elided = frozenset(number for number, op in enumerate(reading) if is_elision(op, page))
    if not elided:
        return []
    pieces: list[list[int]] = [[]]
    for number, op in enumerate(reading):
        if number in elided:
            pieces.append([])
        elif op.mark != "+":
            pieces[-1].append(number)
    pieces = [trimmed for piece in pieces if (trimmed := _without_blank_ends(reading, piece))]
    hows: tuple[Literal["folded", "stripped"], ...] = ("folded", "stripped")
    for how in hows:
        places = [page.runs([texts_of(reading[number], how) for number in piece], how) for piece in pieces]
        if pieces and all(places):
            chosen = _in_order(places, [len(piece) for piece in pieces])
            return [_joined(reading, pieces, starts, elided) for starts in chosen]
    return []


def _without_blank_ends(reading: Reading, piece: list[int]) -> list[int]:
    solid = [at for at, number in enumerate(piece) if reading[number].text.strip()]
    return piece[solid[0] : solid[-1] + 1] if solid else []


def _in_order(places: list[list[int]], lengths: list[int]) -> list[tuple[int, ...]]:
    """Return the ways to choose one place for each piece so that they come in order with something between; two do."""
    chosen: list[tuple[int, ...]] = [()]
    for number, here in enumerate(places):
        least = 0 if not number else lengths[number - 1] + 1
        chosen = [(*starts, place) for starts in chosen for place in here if not starts or place >= starts[-1] + least]
        if len(chosen) > 1_000:
            return chosen[:2]
    return chosen[:2]


def _joined(reading: Reading, pieces: list[list[int]], starts: tuple[int, ...], elided: frozenset[int]) -> Alignment:
    lines: dict[int, int | None] = {number: None for number, op in enumerate(reading) if op.mark != "+"}
    for piece, start in zip(pieces, starts, strict=True):
        lines |= {number: start + step for step, number in enumerate(piece)}
    return Alignment(lines, 0.85, elided)


def align(page: Page, reading: Reading) -> list[Alignment]:
    """Return the best alignment of a reading with the file, if it is good enough and nothing else comes near.

    Global in the reading, local in the file (Needleman and Wunsch's programme with free ends). Where another place is
    too close, both are returned.
    """
    numbers = [number for number, op in enumerate(reading) if op.mark != "+"]
    solid = sum(bool(reading[number].text.strip()) for number in numbers)
    if solid < _SOLID or len(numbers) > _LONGEST:
        return []
    judge = Judge(page, reading)
    found: list[Alignment] = []
    for start, end in _windows(page, [stripped(reading[number]) for number in numbers]):
        best = _best_in(judge, numbers, start, end, solid)
        if best is not None and all(best.lines != other.lines for other in found):
            found.append(best)
    found.sort(key=lambda one: -one.score)
    if not found or found[0].score < ENOUGH or not _is_sound(page, reading, found[0]):
        return []
    telling = _telling(reading)
    rival = next((one for one in found[1:] if any(one.lines.get(at) != found[0].lines.get(at) for at in telling)), None)
    near = found[:1] if rival is None or found[0].score - rival.score >= MARGIN else [found[0], rival]
    overtaken = _overtaken(page, reading, numbers, found[0])
    if overtaken is None or any(one.lines == overtaken.lines for one in near):
        return near
    return [*near, next((one for one in found if one.lines == overtaken.lines), overtaken)]


def _overtaken(page: Page, reading: Reading, numbers: list[int], found: Alignment) -> Alignment | None:
    """Return where all that stays stands word for word around something else than what goes, if `found` has less.

    The file has moved on there; that what goes is found elsewhere, in a near twin, says nothing.
    """
    kept = [
        (at, stripped(reading[number]))
        for at, number in enumerate(numbers)
        if reading[number].mark == " " and any(letter.isalnum() for letter in reading[number].text)
    ]
    places = {at: found.lines.get(numbers[at]) for at, _ in kept}
    is_whole = all((line := places[at]) is not None and page.stripped[line] in texts for at, texts in kept)
    says_what_goes = any(op.mark == "-" and any(letter.isalnum() for letter in op.text) for op in reading)
    if len(kept) < _SOLID or is_whole or not says_what_goes:
        return None
    rarest = min(kept, key=lambda one: sum(len(page.stripped_places.get(text, ())) for text in one[1]))
    for place in (place for text in rarest[1] for place in page.stripped_places.get(text, ())):
        start = place - rarest[0]
        if 0 <= start <= len(page) - len(numbers) and all(page.stripped[start + at] in texts for at, texts in kept):
            return Alignment({number: start + at for at, number in enumerate(numbers)}, 1.0, has_moved_on=True)
    return None


def _telling(reading: Reading) -> list[int]:
    """Return the lines that say where a change is: those that go, and those next to what comes."""
    return [
        number
        for number, op in enumerate(reading)
        if op.mark == "-"
        or (op.mark == " " and any(near.mark != " " for near in reading[max(0, number - 1) : number + 2]))
    ]


def _is_sound(page: Page, reading: Reading, found: Alignment) -> bool:
    """Return whether enough lines are there: three that say something, two of them exactly.

    Where a line that goes has a slip, it must be the only one: two speak for another place, a near twin.
    """
    solid = exact = slips = 0
    for number, line in found.lines.items():
        if line is not None and any(letter.isalnum() for letter in page.stripped[line]):
            is_exact = page.stripped[line] in stripped(reading[number])
            solid += 1
            exact += is_exact
            slips += not is_exact and reading[number].mark == "-"
    return solid >= _SOLID and exact >= _EXACT and (not slips or solid - exact == 1)


def _windows(page: Page, wanted: Sequence[tuple[str, ...]]) -> Iterator[tuple[int, int]]:
    """Yield the stretches of the file that share most lines with what is wanted."""
    votes: Counter[int] = Counter()
    for at, texts in enumerate(wanted):
        places = [place for text in texts if text for place in page.stripped_places.get(text, ())]
        if len(places) <= 60:
            votes.update(place - at for place in places)
    slack = 3 + len(wanted) // 4
    near: Counter[int] = Counter()
    for offset, count in votes.items():
        near[offset] = count + sum(votes[offset + step] for step in range(-slack, slack + 1) if step) // 2
    taken: list[int] = []
    for offset, _ in near.most_common(4 * _MOST_WINDOWS):
        if len(taken) < _MOST_WINDOWS and all(abs(offset - other) > slack // 2 for other in taken):
            taken.append(offset)
            yield max(0, offset - slack), min(len(page), offset + len(wanted) + slack)


def _best_in(judge: Judge, numbers: list[int], start: int, end: int, solid: int) -> Alignment | None:
    """Return the best alignment of the lines `numbers` with lines `start` to `end` of the file."""
    reading, page = judge.reading, judge.page
    width = end - start
    unshown = [_UNSHOWN if text else _BLANK for text in page.stripped[start:end]]
    row = [0.0] * (width + 1)
    moves: list[list[str]] = []
    for at, number in enumerate(numbers):
        op = reading[number]
        blank = not op.text.strip()
        skip = float("-inf") if op.mark == "-" else -_BLANK if blank else -_INVENTED
        is_last = at == len(numbers) - 1
        value = row[0] + skip
        new, move = [value], ["said"]
        for step, alike in enumerate(judge.likenesses(number, start, end), 1):
            pair = row[step - 1] + (0.0 if blank else alike) if alike else float("-inf")
            said, real = row[step] + skip, value - (0.0 if is_last else unshown[step - 1])
            value, what = (said, "said") if said >= pair and said >= real else (pair, "pair")
            if real >= pair and real > said:
                value, what = real, "real"
            new.append(value)
            move.append(what)
        moves.append(move)
        row = new
    best = max(row)
    if best <= 0:
        return None
    lines: dict[int, int | None] = {}
    at, step = len(numbers) - 1, row.index(best)
    while at >= 0:
        what = moves[at][step]
        if what == "real":
            step -= 1
            continue
        lines[numbers[at]] = start + step - 1 if what == "pair" else None
        step -= what == "pair"
        at -= 1
    if not any(line is not None for line in lines.values()):
        return None
    return Alignment(dict(sorted(lines.items())), best / solid)
