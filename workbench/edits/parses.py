"""Whether a change leaves a file that a parser still reads: what parsed before must parse after.

Only the top-level statements around a change are parsed where that decides as surely as the whole file would.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Sequence

from workbench.edits.page import Page
from workbench.edits.rewriting import Span
from workbench.edits.source import PYTHON_SUFFIXES

_STRING = re.compile(
    r"#[^\n]*|(?P<long>\"\"\"(?:[^\"\\]|\\.|\"(?!\"\"))*(?:\"\"\"|\Z)|'''(?:[^'\\]|\\.|'(?!''))*(?:'''|\Z))"
    r"|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'",
    re.DOTALL,
)
_TOP = re.compile(r"(?:def|class|async def|import|from)\b|@")


def still_parses(path: str, before: str, after: str) -> bool:
    """Return whether a file that parsed before parses after; True where nobody here can tell."""
    if not path.endswith(PYTHON_SUFFIXES):
        return True
    return parses(after) or not parses(before)


def still_parses_around(path: str, page: Page, spans: Sequence[Span], after: str) -> bool:
    """Return what `still_parses` says, at the price of the statements around the changes where that is enough."""
    if path.endswith(PYTHON_SUFFIXES) and spans and _windows_parse(page, spans):
        return True
    return still_parses(path, page.text, after)


def parses(text: str) -> bool:
    """Return whether Python reads a text."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(text.removeprefix("\ufeff"))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def _windows_parse(page: Page, spans: Sequence[Span]) -> bool:
    """Return whether the top-level statements around each change parse by themselves, before and after.

    A window begins and ends where a statement surely does: at a keyword at the margin, outside any string, below no
    decorator. If it parsed by itself and does so still, the file around it is as sound as it was.
    """
    cuts = [0, *_cuts(page), len(page)]
    windows: list[tuple[int, int, list[Span]]] = []
    at = 0
    for span in spans:
        while at + 1 < len(cuts) and cuts[at + 1] <= span.first:
            at += 1
        start = cuts[at]
        end = next((cut for cut in cuts[at + 1 :] if cut >= span.end and cut > start), len(page))
        if windows and start < windows[-1][1]:
            first, last, inside = windows[-1]
            windows[-1] = (first, max(last, end), [*inside, span])
        else:
            windows.append((start, end, [span]))
    for start, end, inside in windows:
        old = page.lines[start:end]
        new: list[str] = []
        line = start
        for span in inside:
            new += [*page.lines[line : span.first], *span.lines]
            line = span.end
        new += page.lines[line:end]
        if not parses("\n".join(old) + "\n") or not parses("\n".join(new) + "\n"):
            return False
    return True


def _cuts(page: Page) -> list[int]:
    body = "\n".join(page.lines)
    covered: set[int] = set()
    newline = 0
    line = 0
    for found in _STRING.finditer(body):
        if found["long"] and "\n" in found["long"]:
            line += body.count("\n", newline, found.start())
            newline = found.start()
            covered.update(range(line + 1, line + found["long"].count("\n") + 1))
    cuts: list[int] = []
    decorated = False
    for number, text in enumerate(page.lines):
        if not text or text[0] in " \t\f#)]}" or number in covered or not text.strip():
            continue
        if not decorated and _TOP.match(text):
            cuts.append(number)
        decorated = text[0] == "@"
    return cuts
