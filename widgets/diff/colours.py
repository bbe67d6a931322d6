"""Colours of a patch's code, lexed chunk by chunk as it is looked at and kept while it is likely to be seen again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from textual.cache import LRUCache

from widgets.diff.model import Hunk, Patch
from widgets.safe_text import safe_line
from widgets.syntax import Spans, lex_lines, lexer_for, mark_before, marks_of, open_mark

CHUNK = 32
"""Lines lexed together: few enough that a new page costs little, enough that a lexer is not started for every line."""


class Colours:
    """The colours of one patch. `source` gives the lines of the new file by the file's index, empty where unknown."""

    def __init__(self, patch: Patch, source: Callable[[int], Sequence[str]], tab_size: int) -> None:
        self._patch = patch
        self._source = source
        self._tab_size = tab_size
        self._chunks: LRUCache[tuple[int, str, int], dict[int, Spans]] = LRUCache(512)
        self._within: dict[tuple[int, str, int], str] = {}
        self._signs: dict[str, bool] = {}

    def of_line(self, hunk: Hunk, side: Literal["old", "new"], line: int) -> Spans:
        """Return the colours of a line of a hunk, as a line of the old file or of the new."""
        chunk = line // CHUNK
        key = (hunk.number, side, chunk)
        found = self._chunks.get(key)
        if found is None:
            found = self._chunks[key] = self._lex(hunk, side, chunk)
        return found.get(line, ())

    def of_source(self, file: int, number: int) -> Spans:
        """Return the colours of line `number` (from 1) of the new file."""
        chunk = (number - 1) // CHUNK
        key = (-1 - file, "new", chunk)
        found = self._chunks.get(key)
        if found is None:
            lines = self._source(file)
            first = chunk * CHUNK
            within = self._open_in_source(file, first)
            found = self._chunks[key] = self._spans(
                file, lines[first : first + CHUNK], within, range(first, first + CHUNK)
            )
        return found.get(number - 1, ())

    def _lex(self, hunk: Hunk, side: Literal["old", "new"], chunk: int) -> dict[int, Spans]:
        first, last = chunk * CHUNK, min((chunk + 1) * CHUNK, len(hunk.lines))
        skip = "+\\" if side == "old" else "-\\"
        indices = [line for line in range(first, last) if hunk.kinds[line] not in skip]
        lines = hunk.side_text(side, first, last)
        return self._spans(hunk.file, lines, self._open_before(hunk, side, chunk), indices)

    def _spans(self, file: int, lines: Sequence[str], within: str, indices: Sequence[int]) -> dict[int, Spans]:
        lexer = lexer_for(self._patch.files[file].path)
        if lexer is None:
            return {}
        shown = [safe_line(line, self._tab_size) for line in lines]
        return dict(zip(indices, lex_lines(lexer, shown, within), strict=False))

    def _open_before(self, hunk: Hunk, side: Literal["old", "new"], chunk: int) -> str:
        """Return the mark (of a docstring, of a comment) that is open where a chunk begins."""
        lexer = lexer_for(self._patch.files[hunk.file].path)
        marks = marks_of(lexer) if lexer else ()
        if not marks:
            return ""
        key = (hunk.number, side, chunk)
        known = self._within.get(key)
        if known is not None:
            return known
        # The nearest chunk before this one whose beginning is known, or the hunk's own.
        nearest = next((at for at in range(chunk, 0, -1) if (hunk.number, side, at) in self._within), 0)
        within = self._within.get((hunk.number, side, nearest)) if nearest else None
        if within is None:
            nearest = 0
            within = self._open_in_source(hunk.file, hunk.new_first - 1) or mark_before(
                "\n".join(hunk.side_text(side, 0, 4 * CHUNK)), marks
            )
        signs = tuple(sign for pair in marks for sign in pair if self._occurs(sign))
        text = "\n".join(hunk.lines_with(signs, side, nearest * CHUNK, chunk * CHUNK)) if signs else ""
        found = self._within[key] = open_mark(text, marks, within)
        return found

    def _occurs(self, sign: str) -> bool:
        """Return whether a mark stands anywhere in the patch: most long diffs are then done with."""
        if sign not in self._signs:
            self._signs[sign] = sign in self._patch.source
        return self._signs[sign]

    def _open_in_source(self, file: int, line: int) -> str:
        lines = self._source(file)
        lexer = lexer_for(self._patch.files[file].path)
        marks = marks_of(lexer) if lexer else ()
        if not lines or not marks:
            return ""
        key = (-1 - file, "new", line)
        if key not in self._within:
            self._within[key] = open_mark("\n".join(lines[:line]), marks)
        return self._within[key]
