"""A file as lines that can be looked up: as they are, folded for comparison, and without their indentation.

Folding never reaches the file: it only decides whether two lines are the same but for what nobody sees.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cached_property
from typing import Literal

from workbench.edits.source import numbered

_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
_ALIKE = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′ʼ", "'"),
        **dict.fromkeys("“”„‟″", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys(
            "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "
        ),
        **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u200e\u200f", None),
        "…": "...",
    }
)


def fold(line: str) -> str:
    """Return a line without trailing space and with look-alikes folded."""
    line = line.rstrip()
    return line if line.isascii() else unicodedata.normalize("NFC", line.translate(_ALIKE)).rstrip()


def indent_of(line: str) -> str:
    """Return the white space that a line begins with."""
    return line[: len(line) - len(line.lstrip(" \t\f"))]


class Page:
    """The lines of a text, from 0, without their endings, which lie in `endings`."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.bom = "\ufeff" if text.startswith("\ufeff") else ""
        body = text.removeprefix("\ufeff")
        if "\r" in body:
            pieces = [found for found in _LINE.findall(body) if found[0] or found[1]]
            self.lines = [line for line, _ in pieces]
            self.endings = [ending for _, ending in pieces]
        else:
            self.lines = body.split("\n")
            self.endings = ["\n"] * len(self.lines)
            if self.lines[-1]:
                self.endings[-1] = ""
            else:
                self.lines.pop()
                self.endings.pop()

    def __len__(self) -> int:
        """Return how many lines there are."""
        return len(self.lines)

    @cached_property
    def ending(self) -> str:
        """The line ending that most lines have."""
        counts = {ending: self.endings.count(ending) for ending in ("\n", "\r\n", "\r")}
        return max(counts, key=lambda ending: counts[ending])

    @cached_property
    def folded(self) -> list[str]:
        """The lines as `fold` makes them."""
        return [fold(line) for line in self.lines]

    @cached_property
    def stripped(self) -> list[str]:
        """The folded lines without their indentation."""
        return [line.lstrip() for line in self.folded]

    @cached_property
    def solid(self) -> list[int]:
        """The numbers of the lines that are not blank."""
        return [number for number, line in enumerate(self.stripped) if line]

    @cached_property
    def space_unit(self) -> str:
        """The spaces that one step of indentation takes; empty where some line has a tab, or none has spaces."""
        indents = {indent_of(line) for line, text in zip(self.lines, self.stripped, strict=True) if text}
        widths = sorted(len(indent) for indent in indents if len(indent) > 1)
        return "" if not widths or any("\t" in indent for indent in indents) else " " * min(widths[0], 8)

    @cached_property
    def _exact_places(self) -> dict[str, list[int]]:
        return _places(self.lines)

    @cached_property
    def _folded_places(self) -> dict[str, list[int]]:
        return _places(self.folded)

    @cached_property
    def stripped_places(self) -> dict[str, list[int]]:
        """Where each folded line without indentation stands."""
        return _places(self.stripped)

    def runs(self, wanted: Sequence[tuple[str, ...]], how: Literal["exact", "folded", "stripped"]) -> list[int]:
        """Return where lines stand in a row; each may be any of some texts, made comparable as `how` says."""
        if how == "exact":
            keys, found = self.lines, self._exact_places
        elif how == "folded":
            keys, found = self.folded, self._folded_places
        else:
            keys, found = self.stripped, self.stripped_places
        rarest, starts = 0, None
        for number, texts in enumerate(wanted):
            here = [place for text in texts for place in found.get(text, ())]
            if not here:
                return []
            if starts is None or len(here) < len(starts):
                rarest, starts = number, here
        last = len(keys) - len(wanted)
        return sorted(
            {
                start
                for place in starts or ()
                if 0 <= (start := place - rarest) <= last
                and all(keys[start + step] in texts for step, texts in enumerate(wanted))
            }
        )

    def shown(self, first: int, last: int) -> str:
        """Return the lines from `first` to `last`, from 0, last included, with their numbers as people count them."""
        return numbered(self.text, first + 1, last + 1)


def _places(keys: list[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for number, key in enumerate(keys):
        found.setdefault(key, []).append(number)
    return found
