"""Text of models and repositories made harmless for a terminal: what would command or hide becomes a symbol.

Every character but the tab becomes exactly one character, so that positions in the shown text are positions in the
source once tabs are expanded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.cells import cell_len, get_character_cell_size

BIDI_SYMBOL = "⇄"
"""Stands for a mark that would reverse the order of what follows."""

INVISIBLE_SYMBOL = "◌"
"""Stands for a character without width or ink."""

UNKNOWN_SYMBOL = "�"
"""Stands for a C1 control or half of a surrogate pair."""

_BIDI = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_INVISIBLE = (
    *(0x00AD, 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFEFF, 0xFFA0),
    *(0x180B, 0x180C, 0x180D, 0x180E, 0x180F, 0x200B, 0x200C, 0x200D),
    *range(0x2060, 0x2066),
    *range(0x206A, 0x2070),
    *range(0xFE00, 0xFE10),
    *range(0xFFF0, 0xFFFC),
    *range(0xE0000, 0xE0FFF + 1),
)
_SYMBOLS: dict[int, str] = (
    {code: chr(0x2400 + code) for code in range(0x20)}
    | {0x7F: "␡", 0x85: "␤", 0x2028: "␤", 0x2029: "␤"}
    | dict.fromkeys((*range(0x80, 0x85), *range(0x86, 0xA0), *range(0xD800, 0xE000)), UNKNOWN_SYMBOL)
    | dict.fromkeys(_BIDI, BIDI_SYMBOL)
    | dict.fromkeys(_INVISIBLE, INVISIBLE_SYMBOL)
)
_HARMFUL = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u2800\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]"
)
# More than four marks on one letter are not a language: they paint over the lines above and below.
_STACKED_MARKS = re.compile(
    "(?<=[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4})"
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)


def safe_line(text: str, tab_size: int = 4) -> str:
    """Return one line with tabs expanded and everything that could harm shown as a symbol.

    A line end at the end of `text` is not part of the line and is left out; any other shows as a symbol.
    """
    text = text.removesuffix("\n").removesuffix("\r")
    if "\t" in text:
        text = expand_tabs(text, tab_size)
    if text.isascii() and text.isprintable():
        return text
    if _HARMFUL.search(text):
        text = text.translate(_SYMBOLS)
    return _STACKED_MARKS.sub(INVISIBLE_SYMBOL, text)


def safe_label(text: str) -> str:
    """Return `text` for a place that holds a single line: line ends and tabs become spaces."""
    return safe_line(re.sub(r"[\r\n\t\v\f]+", " ", text))


def safe_lines(text: str, tab_size: int = 4) -> list[str]:
    """Return the lines of `text`, each harmless; only the line feed ends a line."""
    return [safe_line(line, tab_size) for line in text.split("\n")]


def expand_tabs(text: str, tab_size: int = 4) -> str:
    """Return `text` with each tab as spaces up to the next stop, counted in terminal cells."""
    if text.isascii():
        return text.expandtabs(tab_size)
    parts: list[str] = []
    column = 0
    for index, part in enumerate(text.split("\t")):
        if index:
            gap = tab_size - column % tab_size
            parts.append(" " * gap)
            column += gap
        parts.append(part)
        column += cell_len(part)
    return "".join(parts)


def source_column(text: str, column: int, tab_size: int = 4) -> int:
    """Return the position in `text` of the character that safe_line shows at position `column`."""
    if "\t" not in text:
        return min(column, len(text))
    shown = cells = 0
    for position, character in enumerate(text):
        width = tab_size - cells % tab_size if character == "\t" else 1
        if column < shown + width:
            return position
        shown += width
        cells += width if character == "\t" else get_character_cell_size(character)
    return len(text)


def cells(text: str) -> int:
    """Return how many terminal cells harmless `text` takes."""
    return len(text) if text.isascii() else cell_len(text)


def slice_cells(text: str, start: int, width: int) -> tuple[int, int, int]:
    """Return what of harmless `text` is seen through a window of `width` cells that begins at cell `start`.

    The answer is (first, last, lead): characters first..last-1 are wholly inside, after `lead` blank cells where a wide
    character straddles the edge.
    """
    if text.isascii():
        return min(start, len(text)), min(start + width, len(text)), 0
    position = column = 0
    size = get_character_cell_size
    while position < len(text) and column < start:
        column += size(text[position])
        position += 1
    first, lead = position, column - start
    while position < len(text):
        column += size(text[position])
        if column > start + width:
            break
        position += 1
    return first, position, max(0, lead)


def wrap_cells(text: str, width: int) -> Iterator[tuple[int, int]]:
    """Yield the pieces (first, last) of harmless `text` that fit `width` cells each, broken at any character.

    At least one piece is yielded, and each holds at least one character, so that a narrow window cannot stall.
    """
    width = max(1, width)
    if text.isascii():
        yield 0, min(width, len(text))
        for first in range(width, len(text), width):
            yield first, min(first + width, len(text))
        return
    first = column = 0
    for position, character in enumerate(text):
        size = get_character_cell_size(character)
        if column + size > width and position > first:
            yield first, position
            first, column = position, 0
        column += size
    yield first, len(text)


def wrap_words(text: str, width: int) -> Iterator[tuple[int, int]]:
    """Yield the pieces (first, last) of harmless `text` that fit `width` cells, broken after a space where one is near.

    The pieces cover the text without gap: blanks at a break stay at the end of the piece before it.
    """
    width = max(1, width)
    if cells(text) <= width:
        yield 0, len(text)
        return
    first = 0
    while first < len(text):
        _, taken = next(wrap_cells(text[first : first + 2 * width], width))
        last = first + taken
        if last < len(text) and text[last] != " ":
            space = text.rfind(" ", first + taken // 3, last)
            last = space + 1 if space > first else last
        else:
            while last < len(text) and text[last] == " ":
                last += 1
        yield first, last
        first = last
