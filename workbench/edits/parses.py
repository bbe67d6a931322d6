"""Whether a change leaves a file that a parser still reads: what parsed before must parse after.

Only the top-level statements around a change are parsed where that decides as surely as the whole file would.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Sequence

from workbench import python_ast
from workbench.edits.foreign import grammars
from workbench.edits.ladder.page import Page, indent_of
from workbench.edits.ladder.rewriting import Span
from workbench.edits.source import PYTHON_SUFFIXES

_STARTS = re.compile(r"(?:def|class|async def)\b|@\w")
_ALONE = re.compile(r"(?:import|from)\b")
_QUOTES = ('"""', "'''")
_LONG_FORMATS = tuple(f"{letters}{quotes}" for letters in ("f", "F", "fr", "fR", "Fr", "FR") for quotes in _QUOTES)


def still_parses(path: str, before: str, after: str) -> bool:
    """Return whether a file that parsed before parses after; True where nobody here can tell."""
    if not path.endswith(PYTHON_SUFFIXES):
        return grammars.still_parses(path, before, after)
    return parses(after) or not parses(before)


def still_parses_around(path: str, page: Page, spans: Sequence[Span], after: str) -> bool:
    """Return what `still_parses` says, at the price of the statements around the changes where that is enough."""
    if path.endswith(PYTHON_SUFFIXES) and spans and _windows_parse(page, spans):
        return True
    return still_parses(path, page.text, after)


def parses(text: str) -> bool:
    """Return whether Python reads a text."""
    return tree_of(text) is not None


def tree_of(text: str) -> ast.Module | None:
    """Return the tree of a text, or None where Python does not read it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return python_ast.parse(text.removeprefix("\ufeff"))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _windows_parse(page: Page, spans: Sequence[Span]) -> bool:
    """Return whether the statements around each change parse by themselves, before and after.

    A window begins and ends where a statement surely does. If it parsed by itself and does so still, and brings no
    quotes that could end a string around it, the file around it is as sound as it was.
    """
    if any(begun in page.text for begun in _LONG_FORMATS):
        return False
    windows: list[tuple[int, int, list[Span]]] = []
    for span in spans:
        start, end = _window(page, span)
        inside = [span]
        while windows and start < windows[-1][1]:
            first, last, earlier = windows.pop()
            start, end, inside = min(start, first), max(end, last), [*earlier, *inside]
        windows.append((start, end, inside))
    return all(_window_parses(page, *window) for window in windows)


def _window(page: Page, span: Span) -> tuple[int, int]:
    """Return the lines of the statements around a change, none of which stands further out than the first."""
    least = min(
        (_margin(page, line) for line in range(span.first, span.end) if page.lines[line].strip()), default=1_000
    )
    start = 0
    for line in range(min(span.first, len(page) - 1), -1, -1):
        text = page.lines[line].strip()
        if not text or text[0] == "#":
            continue
        margin = _margin(page, line)
        if line < span.first and margin <= least and (_STARTS.match(text) or (not margin and _ALONE.match(text))):
            start, least = line, margin
            break
        if line < span.first:
            least = min(least, margin)
    else:
        least = 0
    for line in range(span.end, len(page)):
        text = page.lines[line].strip()
        if text and text[0] != "#":
            margin = _margin(page, line)
            if margin < least or (margin == least and (_STARTS.match(text) or (not margin and _ALONE.match(text)))):
                return start, line
    return start, len(page)


def _margin(page: Page, line: int) -> int:
    return len(indent_of(page.lines[line]).expandtabs())


def _window_parses(page: Page, start: int, end: int, spans: Sequence[Span]) -> bool:
    old = page.lines[start:end]
    new: list[str] = []
    line = start
    for span in spans:
        new += [*page.lines[line : span.first], *span.lines]
        line = span.end
    new += page.lines[line:end]
    before, after = "\n".join(old) + "\n", "\n".join(new) + "\n"
    if any(quotes in after and quotes not in before for quotes in _QUOTES):
        return False
    first, new_first = (next((text for text in lines if text.strip()), "") for lines in (old, new))
    if indent_of(first) != indent_of(new_first):
        return False
    if _STARTS.match(first.lstrip()) and not _STARTS.match(new_first.lstrip()):
        # What stands above may be a decorator.
        return False
    margined = bool(indent_of(first))
    return _is_block(before, margined=margined) and _is_block(after, margined=margined)


def _is_block(text: str, *, margined: bool) -> bool:
    """Return whether a text is one or more statements at one level."""
    tree = tree_of(f"if 1:\n{text}" if margined else text)
    return tree is not None and (not margined or (len(tree.body) == 1 and not getattr(tree.body[0], "orelse", None)))
