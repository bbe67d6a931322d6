"""The loose rungs of the ladder: blank lines that drifted, elisions, and lines aligned by a scored dynamic programme.

What is found here is always shown to a reviewer as fuzzy. A line that goes must be found, whatever else is not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Literal

from workbench.edits.hunks import Op, Reading
from workbench.edits.page import Page, fold
from workbench.edits.placeholders import is_placeholder
from workbench.edits.shifts import pair, uniform

ENOUGH = 0.78
"""The share of a perfect score that an alignment must reach."""

MARGIN = 0.12
"""How far behind the next best place must be, as a share of a perfect score."""

_ALIKE = 0.7
_SOLID = 3
_EXACT = 2
_UNSHOWN = 0.3
_INVENTED = 0.5
_BLANK = 0.05
_LONGEST = 300
_MOST_WINDOWS = 12
_PLACES, _ROOM = 128, 8
_COMMENT = re.compile(r"^\s*(?:#|//|--|;|%|/\*|<!--|\*)(?P<said>.*?)(?:\*/|-->)?\s*$")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Alignment:
    """The file's line, from 0, for each line of a reading that is to be there; None for one that is not."""

    lines: dict[int, int | None]
    score: float
    elided: frozenset[int] = field(default_factory=frozenset)

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
    wanted = [_stripped(reading[number]) for number in numbers]
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
        places = [page.runs([_texts(reading[number], how) for number in piece], how) for piece in pieces]
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
    for start, end in _windows(page, [_stripped(reading[number]) for number in numbers]):
        best = _best_in(judge, numbers, start, end, solid)
        if best is not None and all(best.lines != other.lines for other in found):
            found.append(best)
    found.sort(key=lambda one: -one.score)
    if not found or found[0].score < ENOUGH or not judge.is_sound(found[0]):
        return []
    telling = _telling(reading)
    rival = next((one for one in found[1:] if any(one.lines.get(at) != found[0].lines.get(at) for at in telling)), None)
    return found[:1] if rival is None or found[0].score - rival.score >= MARGIN else [found[0], rival]


def _telling(reading: Reading) -> list[int]:
    """Return the lines that say where a change is: those that go, and those next to what comes."""
    return [
        number
        for number, op in enumerate(reading)
        if op.mark == "-"
        or (op.mark == " " and any(near.mark != " " for near in reading[max(0, number - 1) : number + 2]))
    ]


class Judge:
    """Says how alike lines are; what was judged once is remembered."""

    def __init__(self, page: Page, reading: Reading) -> None:
        self.page = page
        self.reading = reading
        self.words = Counter(word for line in page.stripped for word in _WORD.findall(line))
        self._known: dict[tuple[str, str], dict[str, float]] = {}
        self._matchers: dict[str, SequenceMatcher[str]] = {}
        self._letters: dict[str, tuple[int, int]] = {}

    def likenesses(self, number: int, start: int, end: int) -> list[float]:
        """Return how alike a line of the reading is to each of the file's from `start` to `end`, from 0 to 1."""
        op, wanted = self.reading[number], self.page.stripped[start:end]
        each = [self._likenesses(said, wanted, op.mark) for said in _stripped(op)]
        return each[0] if len(each) == 1 else list(map(max, *each))

    def _likenesses(self, said: str, wanted: Sequence[str], mark: str) -> list[float]:
        known = self._known.setdefault((mark, said), {})
        for real in wanted:
            if real not in known:
                known[real] = 1.0 if said == real else self._compare(said, real, mark)
        return [known[real] for real in wanted]

    def _compare(self, said: str, real: str, mark: str) -> float:
        if not said or not real or not 0.5 < len(said) / len(real) < 2 or len(said) > 400:
            return 0.0
        if mark == "-":
            return 0.9 if self._is_slip(said, real) else 0.0
        if 2 * self.most_in_common(said, real) < _ALIKE * (len(said) + len(real)):
            return 0.0
        matcher = self._matchers.get(real)
        if matcher is None:
            matcher = self._matchers[real] = SequenceMatcher(None, "", real, autojunk=False)
        matcher.set_seq1(said)
        if matcher.real_quick_ratio() < _ALIKE or matcher.quick_ratio() < _ALIKE:
            return 0.0
        ratio = matcher.ratio()
        return 0.9 * ratio if ratio >= _ALIKE else 0.0

    def most_in_common(self, one: str, other: str) -> int:
        """Return a bound of the letters that two lines share, each as often as both have it.

        It spares most comparisons: what `quick_ratio` counts letter by letter is one `and` of two numbers here.
        """
        (bits, over), (other_bits, other_over) = self._letters_of(one), self._letters_of(other)
        return (bits & other_bits).bit_count() + min(over, other_over)

    def _letters_of(self, text: str) -> tuple[int, int]:
        """Return how often each letter comes, as that many bits in a place of its own, and how many found no room."""
        if text not in self._letters:
            bits = over = 0
            for place, count in Counter(ord(letter) % _PLACES for letter in text).items():
                bits |= ((1 << min(count, _ROOM)) - 1) << place * _ROOM
                over += max(0, count - _ROOM)
            self._letters[text] = bits, over
        return self._letters[text]

    def _is_slip(self, said: str, real: str) -> bool:
        """Return whether two lines differ by no more than a slip of the pen: one letter of one word, but not its first.

        A word that the file has elsewhere is no slip; the model then speaks of another state of the file.
        """
        words, real_words = _WORD.findall(said), _WORD.findall(real)
        if len(said) < 8 or len(words) != len(real_words) or _WORD.split(said) != _WORD.split(real):
            return False
        wrong = [(one, other) for one, other in zip(words, real_words, strict=True) if one != other]
        if len(wrong) != 1:
            return False
        one, other = wrong[0]
        digits = [letter for letter in one if letter.isdigit()] != [letter for letter in other if letter.isdigit()]
        begins = one[:1] == other[:1]
        return begins and not digits and not self.words[one] and len(other) >= 4 and _distance(one, other) <= 1

    def is_sound(self, found: Alignment) -> bool:
        """Return whether enough lines are there: three that say something, two of them exactly.

        Where a line that goes has a slip, it must be the only one: two speak for another place, a near twin.
        """
        solid = exact = slips = 0
        for number, line in found.lines.items():
            if line is not None and any(letter.isalnum() for letter in self.page.stripped[line]):
                is_exact = self.page.stripped[line] in _stripped(self.reading[number])
                solid += 1
                exact += is_exact
                slips += not is_exact and self.reading[number].mark == "-"
        return solid >= _SOLID and exact >= _EXACT and (not slips or solid - exact == 1)


def _distance(one: str, other: str) -> int:
    """Return how many letters must be changed, dropped, added or swapped; 3 stands for more than 2 (Damerau)."""
    if abs(len(one) - len(other)) > 2:
        return 3
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        last, before, row = before, row, [at]
        for to, other_letter in enumerate(other, 1):
            cost = min(before[to] + 1, row[to - 1] + 1, before[to - 1] + (letter != other_letter))
            if at > 1 and to > 1 and letter == other[to - 2] and one[at - 2] == other_letter:
                cost = min(cost, last[to - 2] + 1)
            row.append(cost)
    return min(3, row[-1])


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


def _texts(op: Op, how: Literal["folded", "stripped"]) -> tuple[str, ...]:
    folded = tuple(fold(text) for text in ((op.text,) if op.other is None else (op.text, op.other)))
    return folded if how == "folded" else tuple(text.strip() for text in folded)


def _stripped(op: Op) -> tuple[str, ...]:
    return _texts(op, "stripped")
