"""How alike a line that an answer speaks of is to a line of the file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Literal

from workbench.edits.forms.hunks import Op, Reading
from workbench.edits.ladder.page import Page, fold

_ALIKE = 0.7
_PLACES, _ROOM = 128, 8
_WORD = re.compile(r"\w+")


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
        each = [self._likenesses(said, wanted, op.mark) for said in stripped(op)]
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


def texts_of(op: Op, how: Literal["folded", "stripped"]) -> tuple[str, ...]:
    """Return the texts that a line of a reading may have in the file, folded or without their margin too."""
    folded = tuple(fold(text) for text in ((op.text,) if op.other is None else (op.text, op.other)))
    return folded if how == "folded" else tuple(text.strip() for text in folded)


def stripped(op: Op) -> tuple[str, ...]:
    """Return the texts that a line of a reading may have in the file, without their margin."""
    return texts_of(op, "stripped")
