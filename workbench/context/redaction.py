"""Keeps secrets out of what is shown: each stands as a placeholder, and what comes back gets the real text again.

A placeholder stays within its line, so lines keep their numbers, and quotes and indentation around it stay as they are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from workbench.context.detectors import Found, find
from workbench.errors import EditRefused
from workbench.model import Value

_TAGS = ("WITHHELD", *(f"WITHHELD{letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
_KNOWN_LENGTH = 8
"""A secret at least this long is also kept back where nothing around it tells that it is one."""


class Kept(Value):
    """One thing that was kept back: where it stands and what it seems to be, never what it is. No path: no file."""

    path: str
    line: int
    kind: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line} ({self.kind})" if self.path else self.kind


class Vault:
    """The secrets of one task by their placeholders. It lives in memory alone.

    Args:
        texts: what the task will show and change; the placeholders are such that none of it holds one already.
    """

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._placeholders: dict[str, str] = {}
        self._kinds: dict[str, str] = {}
        self._known: re.Pattern[str] | None = None
        self.choose_tag(texts)

    def choose_tag(self, texts: Iterable[str]) -> None:
        """Take placeholders that none of `texts` holds. To be done before anything is withheld."""
        whole = "\n".join(texts).upper()
        self._tag = next((tag for tag in _TAGS if tag not in whole), "WITHHELDHERE")
        self._placeholder = re.compile(rf"\b{self._tag}_(\d+)\b")

    @property
    def is_empty(self) -> bool:
        """Whether nothing was withheld so far."""
        return not self._placeholders

    def withhold(self, text: str, path: str = "") -> tuple[str, tuple[Kept, ...]]:
        """Return `text` with placeholders for what looks like a secret or was taken for one before, and what that was.

        Args:
            text: a file, a prompt, what a command printed.
            path: the name of the file, empty for other text.
        """
        kept = []
        written: list[tuple[int, int, int, str]] = []
        lines = text.split("\n")
        for one in find(text, path):
            line = lines[one.line - 1]
            start, end = _word_around(line, one.start, one.end)
            if written and written[-1][0] == one.line - 1 and start <= written[-1][2]:
                start = written.pop()[1]
            if self._placeholder.search(line, start, end) is None:
                written.append((one.line - 1, start, end, self._stand_in(line[start:end], one.kind)))
                kept.append(Kept(path=path, line=one.line, kind=one.kind))
        for number, start, end, name in reversed(written):
            lines[number] = f"{lines[number][:start]}{name}{lines[number][end:]}"
        return self.hide_known("\n".join(lines) if kept else text), tuple(kept)

    def hide_known(self, text: str) -> str:
        """Return `text` with placeholders for every secret that was found somewhere before."""
        at = 0
        while self._known is not None and (match := self._known.search(text, at)):
            start, end = _word_around(text, *match.span())
            name = self._stand_in(text[start:end], self._kinds[self._placeholders[match[0]]])
            text = f"{text[:start]}{name}{text[end:]}"
            at = start + len(name)
        return text

    def _stand_in(self, value: str, kind: str) -> str:
        if value not in self._placeholders:
            name = f"{self._tag}_{len(self._placeholders) + 1}"
            self._placeholders[value] = name
            self._kinds[name] = kind
            known = sorted((one for one in self._placeholders if _is_telling(one)), key=len, reverse=True)
            self._known = re.compile("|".join(map(re.escape, known))) if known else None
        return self._placeholders[value]

    def _names(self, text: str) -> list[str]:
        return [match[0] for match in self._placeholder.finditer(self.hide_known(text))]

    def restore(self, text: str) -> str:
        """Return `text` with the real words in the place of every placeholder.

        Raises:
            EditRefused: something stands there that looks like a placeholder and is none (code `placeholder`).
        """
        values = {name: value for value, name in self._placeholders.items()}

        def value_of(match: re.Match[str]) -> str:
            if match[0] not in values:
                raise _no_such_placeholder(match[0])
            return values[match[0]]

        # What the real words hold is not looked at again.
        rest = self._placeholder.sub(" ", text)
        if self._tag in rest.upper() and self._placeholders:
            raise _no_such_placeholder(self._tag)
        return self._placeholder.sub(value_of, text)

    def check_kept(self, before: Iterable[str], after: Iterable[str], *, may_go: bool) -> tuple[str, ...]:
        """Make sure that a change of texts keeps each placeholder as often as it was, and return those that go.

        Args:
            before: the texts with placeholders as they were shown.
            after: what a model made of them.
            may_go: whether the task is about what was withheld, so that it may be taken out.

        Raises:
            EditRefused: one is gone (code `secret-lost`) or stands there more often (`secret-copied`).
        """
        old = Counter(name for text in before for name in self._names(text))
        new = Counter(name for text in after for name in self._names(text))
        if more := [name for name in new if name in self._kinds and new[name] > old[name]]:
            raise EditRefused(
                f"the answer copies {more[0]}, which stands for a secret ({self._kinds[more[0]]})",
                code="secret-copied",
                hint="leave each placeholder where it is, once",
            )
        gone = tuple(name for name in old if new[name] < old[name])
        if gone and not may_go:
            raise EditRefused(
                f"the answer leaves out {gone[0]}, which stands for a secret ({self._kinds[gone[0]]})",
                code="secret-lost",
                hint="keep it as it is, or say in the task that it is to be taken out",
            )
        return gone


def _word_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span grown to whole words: a placeholder glued to a letter could not be told from another word."""
    while start and _is_wordly(text[start - 1]):
        start -= 1
    while end < len(text) and _is_wordly(text[end]):
        end += 1
    return start, end


def _is_wordly(character: str) -> bool:
    return character.isalnum() or character == "_"


def _is_telling(value: str) -> bool:
    """Return whether a secret is long and odd enough to be known again anywhere."""
    return len(value) >= _KNOWN_LENGTH and not value.isalpha() and not value.isdigit()


def _no_such_placeholder(name: str) -> EditRefused:
    return EditRefused(
        f"the answer holds {name}, which stands for nothing that was withheld",
        code="placeholder",
        hint="write each placeholder as it is, or leave it alone",
    )


def masked(text: str, path: str = "") -> str:
    """Return `text` with what looks like a secret replaced by its kind, for good: for logs and pages."""
    found = find(text, path)
    if not found:
        return text
    lines = text.split("\n")
    for one in sorted(found, key=lambda one: (-one.line, -one.start)):
        line = lines[one.line - 1]
        if not re.fullmatch(r"WITHHELD\w*", line[one.start : one.end]):
            lines[one.line - 1] = f"{line[: one.start]}[withheld: {one.kind}]{line[one.end :]}"
    return "\n".join(lines)


def told(kept: Iterable[Kept], most: int = 8) -> str:
    """Return what was kept back in a few words: places and kinds; those that stand side by side as a range."""
    rows: list[str] = []
    ordered = list(dict.fromkeys(kept))
    at = 0
    while at < len(ordered):
        last = at
        while last + 1 < len(ordered) and _follows(ordered[last], ordered[last + 1]):
            last += 1
        one = ordered[at]
        lines = f"{one.line}-{ordered[last].line}" if last > at else f"{one.line}"
        rows.append(f"{one.path}:{lines} ({one.kind})" if one.path else one.kind)
        at = last + 1
    shown = list(dict.fromkeys(rows))
    more = f" and {len(shown) - most} more" if len(shown) > most else ""
    return ", ".join(shown[:most]) + more


def _follows(one: Kept, other: Kept) -> bool:
    return bool(one.path) and (one.path, one.kind, one.line + 1) == (other.path, other.kind, other.line)


__all__ = ["Found", "Kept", "Vault", "find", "masked", "told"]
