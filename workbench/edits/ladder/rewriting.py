"""A file's new text from the places that were found: lines that stay are the file's own, to the byte.

A line that comes goes only where the answer showed what stands on either side; a file line it did not show there makes
the place unclear, and the hunk is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property
from itertools import pairwise

from workbench.edits.ladder.page import Page, fold, indent_of
from workbench.edits.ladder.shifts import SAME, Indenter, Shift, uniform
from workbench.edits.match import Match
from workbench.errors import EditRefused


@dataclass(frozen=True)
class Span:
    """Lines `first` to `end` (from 0, end excluded) of a file that become `lines`."""

    first: int
    end: int
    lines: tuple[str, ...]


@dataclass
class _Run:
    """A change in the making: lines that go, and lines that come after or among them."""

    gone: list[int] = field(default_factory=list)
    come: list[int] = field(default_factory=list)


def spans(page: Page, match: Match) -> tuple[Span, ...]:
    """Return what a matched hunk changes.

    Raises:
        EditRefused: it is unclear where a line goes (code `unclear-place`) or how it is indented (code `indentation`).
    """
    return _Spans(page, match).made()


class _Spans:
    def __init__(self, page: Page, match: Match) -> None:
        self.page = page
        self.match = match
        self.reading = match.reading
        self.found: list[Span] = []
        real = {number: page.lines[line] for number, line in match.lines.items() if line is not None}
        self.indenter = Indenter(self.reading, real, f"block {match.hunk.number} of the answer")
        self.outdented = self._outdented(real) if match.level < 2 else None
        if match.level >= 2:
            self.indenter.refuse_flattened()

    def made(self) -> tuple[Span, ...]:
        anchor: int | None = None
        come: list[int] = []
        elided_at: int | None = None
        unmatched: list[int] = []
        run = _Run()
        for number, op in enumerate(self.reading):
            if op.mark == "+":
                come.append(number)
                continue
            if number in self.match.elided:
                self._after(anchor, come, run)
                come, run, elided_at = [], _Run(), number
                continue
            line = self.match.lines.get(number)
            if line is None:
                unmatched.append(number)
                continue
            if elided_at is None:
                come = self._between(anchor, number, come, unmatched)
            run = self._step(run, number, line, come)
            anchor, come, elided_at, unmatched = number, [], None, []
        self._refuse_invented(come, unmatched)
        self._after(anchor, come, run)
        return tuple(self.found)

    def _refuse_invented(self, come: list[int], unmatched: list[int]) -> None:
        if come and any(self.reading[one].text.strip() for one in unmatched):
            raise self._unclear(self.match.first)

    def _step(self, run: _Run, number: int, line: int, come: list[int]) -> _Run:
        """Take in the next line that is there, with those that come before it."""
        if self.reading[number].mark == "-":
            if run.gone and run.gone[-1] + 1 != line:
                self._close(run, line)
                run = _Run()
            run.come += come
            run.gone.append(line)
            return run
        run.come += come
        self._close(run, line)
        return _Run()

    def _after(self, anchor: int | None, come: list[int], run: _Run) -> None:
        line = self.match.lines[anchor] if anchor is not None else None
        run.come += come
        if run.come and line is None:
            raise self._unclear(0)
        self._close(run, 0 if line is None else line + 1)

    def _close(self, run: _Run, at: int) -> None:
        """Write down a change that ends before line `at`."""
        if run.gone or run.come:
            first, end = (run.gone[0], run.gone[-1] + 1) if run.gone else (at, at)
            self.found.append(Span(first, end, tuple(self._text(number, run.gone) for number in run.come)))

    def _between(self, anchor: int | None, number: int, come: list[int], unmatched: list[int]) -> list[int]:
        """Return which lines really come between two lines of the file that are shown."""
        line = self.match.lines[number]
        before = self.match.lines[anchor] if anchor is not None else None
        gap = range(before + 1, line) if before is not None and line is not None else range(0)
        self._refuse_invented(come, unmatched)
        if not gap and unmatched and come and not (self.reading[come[0]].text and self.reading[come[-1]].text):
            # A blank line that the file has not, beside one that comes: which is which is anyone's guess.
            raise self._unclear(line or 0)
        if not gap:
            return come
        touches = "-" in {self.reading[number].mark, self.reading[anchor].mark if anchor is not None else " "}
        if not come and not touches:
            return come
        blank = not any(self.page.stripped[one] for one in gap) and not any(self.reading[one].text for one in come)
        if blank and len(come) + len(unmatched) == len(gap):
            # The answer's new lines have the blank lines that its old lines lost.
            return []
        raise self._unclear(gap[0])

    def _outdented(self, real: dict[int, str]) -> Shift | None:
        """Return the shift of a diff that lost a column before each line, so that the marks stand in its place.

        Such a line that stays looks like one that lost its mark alone. The lines that come tell which it is: they stand
        as those that stay do by the one reading, or by the other.

        Raises:
            EditRefused: they do not (code `indentation`).
        """
        ops = {number: self.reading[number] for number, line in real.items() if line.strip()}
        if not any(op.other is not None and op.text != real[number] for number, op in ops.items()):
            return None
        said = {indent_of(op.text) for op in ops.values()}
        there = {indent_of(real[number]) for number in ops}
        come = {indent_of(op.text) for op in self.reading if op.mark == "+" and op.text.strip()}
        shift = uniform([(indent_of(op.text), indent_of(real[number])) for number, op in ops.items()])
        if come <= there or shift in {None, SAME} or not come & (said - there):
            return None
        if come <= said:
            return shift
        raise EditRefused(
            f"how far to indent the lines of block {self.match.hunk.number} of the answer cannot be told",
            code="indentation",
            hint="begin every line with a space, + or -, and then as it stands in the file",
        )

    def _unclear(self, line: int) -> EditRefused:
        return EditRefused(
            f"block {self.match.hunk.number} of the answer does not show what stands around line {line + 1}",
            code="unclear-place",
            hint="repeat every line of the file around the change",
            nearest=self.page.shown(max(0, line - 4), line + 6),
        )

    def _text(self, number: int, gone: Sequence[int]) -> str:
        text = self.reading[number].text if self.match.level < 2 else self.indenter(number)
        indent = indent_of(text)
        if self.outdented is not None and text.strip() and (moved := self.outdented(indent)) is not None:
            return moved + text[len(indent) :]
        if "\t" in indent and (unit := self.page.space_unit):
            # A file that is indented by spaces throughout gets no tab.
            text = indent.replace("\t", unit) + text[len(indent) :]
        if not self.match.level:
            return text
        strips, letters = self.drift
        text = (text.rstrip() if strips else text).translate(letters)
        return self._with_real_letters(number, text) if self.match.level in {1, 5} else text

    @cached_property
    def drift(self) -> tuple[bool, dict[int, str]]:
        """What the answer did to every line alike: space at the ends, and letters that look like the file's own."""
        strips = False
        seen: dict[str, set[str]] = {}
        for number, line in self.match.lines.items():
            if line is None or not self.reading[number].text.strip():
                continue
            said, real = self.reading[number].text, self.page.lines[line]
            strips = strips or (said != said.rstrip() and real == real.rstrip())
            one, other = said.strip(), real.strip()
            if len(one) == len(other) and fold(one) == fold(other):
                for letter, there in zip(one, other, strict=True):
                    if letter != there or not letter.isascii():
                        seen.setdefault(letter, set()).add(there)
        return strips, {
            ord(letter): there.pop() for letter, there in seen.items() if len(there) == 1 and letter not in there
        }

    def _with_real_letters(self, number: int, text: str) -> str:
        """Return a new line with the file's own letters where the answer repeats the old line with others."""
        best, real = 0.6, None
        for other, line in self.match.lines.items():
            if self.reading[other].mark != "-" or line is None or not text.strip():
                continue
            said, there = self.reading[other].text.strip(), self.page.lines[line].strip()
            if said == there or len(said) > 400 or len(text) > 400:
                continue
            ratio = SequenceMatcher(None, said, text.strip(), autojunk=False).ratio()
            if ratio > best:
                best, real = ratio, (said, there)
        return text if real is None else indent_of(text) + carry_over(*real, text[len(indent_of(text)) :])


def carry_over(said: str, real: str, new: str) -> str:
    """Return `new`, made from `said`, as it would be made from `real`: what `new` repeats of `said` is `real`'s."""
    if fold(new).strip() == fold(real).strip():
        return real
    to_real = SequenceMatcher(None, said, real, autojunk=False).get_opcodes()
    pieces: list[str] = []
    for what, first, end, new_first, new_end in SequenceMatcher(None, said, new, autojunk=False).get_opcodes():
        if what != "equal":
            pieces.append(new[new_first:new_end])
            continue
        for _, old_first, old_end, real_first, real_end in to_real:
            low, high = max(first, old_first), min(end, old_end)
            if low < high and (old_first, old_end) == (low, high):
                pieces.append(real[real_first:real_end])
            elif low < high:
                same = old_end - old_first == real_end - real_first
                start = real_first + low - old_first
                pieces.append(real[start : start + high - low] if same else said[low:high])
            elif old_first == old_end and first < old_first < end:
                pieces.append(real[real_first:real_end])
    return "".join(pieces)


def rewrite(page: Page, matches: Iterable[Match]) -> tuple[str, tuple[Span, ...]]:
    """Return the file's text with all hunks in it, and what was changed.

    Raises:
        EditRefused: two hunks change the same lines (code `overlap`), or one changes nothing (code `no-change`), or
            what `spans` raises.
    """
    found: list[tuple[Span, Match]] = []
    for match in matches:
        made = spans(page, match)
        if all(tuple(page.lines[span.first : span.end]) == span.lines for span in made) and not _ends(match):
            raise EditRefused(
                f"block {match.hunk.number} of the answer changes nothing",
                code="no-change",
                hint="change what is asked",
            )
        found += [(span, match) for span in made]
    found.sort(key=lambda one: (one[0].first, one[0].end))
    for (one, _), (other, _) in pairwise(found):
        if other.first < one.end or (one.first == other.first and one.end == other.end):
            raise EditRefused(
                f"two blocks of the answer change line {other.first + 1}",
                code="overlap",
                hint="change each line in one block",
                nearest=page.shown(one.first, max(one.end, other.end)),
            )
    text = _put(page, [span for span, _ in found])
    for _, match in found:
        text = _end(page, text, match)
    return text, tuple(span for span, _ in found)


def _ends(match: Match) -> bool:
    return match.hunk.old_newline is not None and match.hunk.old_newline != match.hunk.new_newline


def _put(page: Page, changes: Sequence[Span]) -> str:
    made: list[tuple[str, str]] = []
    at = 0
    for change in changes:
        made += zip(page.lines[at : change.first], page.endings[at : change.first], strict=True)
        made += [(line, _ending(page, change, step)) for step, line in enumerate(change.lines)]
        at = change.end
    made += zip(page.lines[at:], page.endings[at:], strict=True)
    if made and changes and changes[-1].end == len(page) and page.endings and not page.endings[-1]:
        # The file ends without a newline; so does what is last in it now.
        made[-1] = (made[-1][0], "")
    last = len(made) - 1
    return page.bom + "".join(
        line + (ending or ("" if number == last else page.ending)) for number, (line, ending) in enumerate(made)
    )


def _ending(page: Page, change: Span, step: int) -> str:
    """Return the ending of a new line: that of the line it replaces, else of the one before it."""
    number = change.first + step if change.first + step < change.end else max(0, change.first - 1, change.end - 1)
    there = page.endings[number] if number < len(page) else ""
    return there or page.ending


def _end(page: Page, text: str, match: Match) -> str:
    """Return the text with or without a newline at its end as the answer says, where it speaks of the end at all."""
    if match.hunk.new_newline is None or match.last != len(page) - 1 or match.level > 1:
        return text
    bare = text.removesuffix("\n").removesuffix("\r")
    return bare + page.ending if match.hunk.new_newline and bare else bare
