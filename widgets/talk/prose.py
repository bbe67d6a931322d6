"""Text as a model writes it made into paragraphs: headings, lists, quotes, code fences, bold and italic words.

This is no Markdown renderer, on purpose: no links, no images, no HTML. What it does not know it shows as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from widgets.safe_text import safe_line
from widgets.syntax import Spans, lex_lines, lexer_for, lexer_named, marks_of, open_mark

Layers = tuple[tuple[int, int, str, str], ...]

CODE_CHUNK = 64
"""Lines of a fence that are lexed together."""

_FENCE = re.compile(r"^( {0,3})(`{3,}|~{3,})\s*([^\s`]*)[^`]*$")
_HEADING = re.compile(r"^(#{1,6}) +(.*?)(?: +#+)?$")
_ITEM = re.compile(r"^( *)([-*+]|\d{1,9}[.)]) +(.*)$")
_QUOTE = re.compile(r"^ {0,3}> ?(.*)$")
_RULE = re.compile(r"^ {0,3}([-*_])( *\1){2,} *$")
_INLINE = re.compile(r"(`+)(?!`)(.+?)(?<!`)\1(?!`)|\*\*(\S|\S.*?\S)\*\*|(?<![\w*])\*(\S|\S.*?\S)\*(?![\w*])")


class Fence:
    """The code of one fence; its colours are worked out in chunks when they are looked at."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.lines: list[str] = []
        self._spans: dict[int, list[Spans]] = {}

    def spans(self, line: int) -> Spans:
        """Return the colours of a line."""
        chunk, at = divmod(line, CODE_CHUNK)
        if chunk not in self._spans:
            self._spans[chunk] = self._lex(chunk * CODE_CHUNK)
        return self._spans[chunk][at]

    def _lex(self, first: int) -> list[Spans]:
        lines = self.lines[first : first + CODE_CHUNK]
        lexer = lexer_named(self.language) or (lexer_for(self.language) if "." in self.language else None)
        if lexer is None:
            return [()] * len(lines)
        within = open_mark("\n".join(self.lines[:first]), marks_of(lexer)) if first else ""
        return lex_lines(lexer, lines, within)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of the source as it is shown before it is wrapped.

    `prefix` stands before its first line and `hang` before the others; code is broken anywhere, words between words.
    """

    text: str
    foreground: str = "foreground"
    flags: str = ""
    prefix: str = ""
    hang: str = ""
    background: str = "surface"
    layers: Layers = ()
    fence: Fence | None = field(default=None, compare=False)
    fence_line: int = 0
    words: bool = True


def plain(text: str, foreground: str = "foreground") -> list[Paragraph]:
    """Return the lines of `text` as they are."""
    return [Paragraph(safe_line(line), foreground) for line in text.split("\n")]


def prose(text: str) -> list[Paragraph]:
    """Return the paragraphs of a finished answer."""
    return list(_prose(text))


def code_of(text: str) -> str:
    """Return the code of all fences in `text`, one after the other; "" where there is none."""
    fences = {id(p.fence): p.fence for p in _prose(text) if p.fence is not None}
    return "\n".join("\n".join(fence.lines) for fence in fences.values())


def _prose(text: str) -> Iterator[Paragraph]:
    fence: Fence | None = None
    closing = ""
    for raw in text.split("\n"):
        line = safe_line(raw)
        if fence is not None:
            if line.strip().startswith(closing) and not line.strip().strip(closing[0]):
                fence = None
                yield Paragraph("╰─", "quiet")
                continue
            fence.lines.append(line)
            yield Paragraph(line, prefix="│ ", hang="│ ", fence=fence, fence_line=len(fence.lines) - 1, words=False)
        elif match := _FENCE.match(line):
            fence, closing = Fence(match[3]), match[2]
            yield Paragraph(f"╭─ {match[3]}" if match[3] else "╭─", "quiet")
        else:
            yield _paragraph(line)


def _paragraph(line: str) -> Paragraph:
    if match := _HEADING.match(line):
        shown, layers = inline(match[2])
        return Paragraph(shown, "heading", "bu" if len(match[1]) == 1 else "b", layers=layers)
    if _RULE.match(line):
        return Paragraph("─" * 8, "quiet")
    if match := _ITEM.match(line):
        shown, layers = inline(match[3])
        sign = "•" if match[2] in "-*+" else match[2]
        prefix = f"{match[1]}{sign} "
        return Paragraph(shown, prefix=prefix, hang=" " * len(prefix), layers=layers)
    if match := _QUOTE.match(line):
        shown, layers = inline(match[1])
        return Paragraph(shown, "quiet", "i", "▎ ", "▎ ", layers=layers)
    shown, layers = inline(line)
    return Paragraph(shown, layers=layers)


def inline(text: str) -> tuple[str, Layers]:
    """Return `text` without the marks around code, bold and italic words, and the layers that stand for them."""
    if "`" not in text and "*" not in text:
        return text, ()
    parts: list[str] = []
    layers: list[tuple[int, int, str, str]] = []
    position = length = 0
    for match in _INLINE.finditer(text):
        before = text[position : match.start()]
        code, bold, italic = match[2], match[3], match[4]
        inner = code or bold or italic
        length += len(before)
        parts += [before, inner]
        layers.append(
            (length, length + len(inner), "code-background" if code else "", "b" if bold else "i" if italic else "")
        )
        length += len(inner)
        position = match.end()
    parts.append(text[position:])
    return "".join(parts), tuple(layers)
