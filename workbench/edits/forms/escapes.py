"""Answers that went through HTML: `&lt;` where the file has `<`. Undone only where the file itself bears it out."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import replace

from workbench.edits.forms.hunks import FileChange, Hunk, Op, Reading

ENTITY = re.compile(r"&(?:lt|gt|amp|quot|apos|#0?39|#[xX]27|#34);")
_MARKER = re.compile(r"^\s*(?:<{5,}|>{5,}|={5,}|-{5,}|\+{3,} |--- |`{3,}|~{3,}|\*\*\* |@@)")
_RAW = re.compile(r"[<>]|&(?!(?:lt|gt|amp|quot|apos|#0?39|#[xX]27|#34);)")


def is_escaped_throughout(text: str) -> bool:
    """Return whether even the marks of an answer are escaped."""
    return "&lt;&lt;&lt;&lt;&lt;" in text and "<<<<<" not in text


def looks_escaped(lines: Sequence[str]) -> bool:
    """Return whether an answer has entities, and none of the letters that they stand for."""
    said = [line for line in lines if not _MARKER.match(line)]
    return any(ENTITY.search(line) for line in said) and not any(_RAW.search(line) for line in said)


def unescape(text: str) -> str:
    """Return a text with its entities undone, once."""
    return ENTITY.sub(lambda found: html.unescape(found.group()), text)


def with_unescaped(change: FileChange) -> FileChange:
    """Return a change whose hunks may also be read without their entities."""
    hunks = tuple(
        replace(hunk, readings=(*hunk.readings, *map(_unescaped, hunk.readings)), doubtful=True)
        for hunk in change.hunks
    )
    return replace(change, hunks=hunks)


def _unescaped(reading: Reading) -> Reading:
    return tuple(Op(op.mark, unescape(op.text), None if op.other is None else unescape(op.other)) for op in reading)


def is_doubtful(hunk: Hunk, reading: Reading, text: str) -> bool:
    """Return whether lines that come hold entities that nothing in the file explains."""
    said = {found for op in reading if op.mark == "+" for found in ENTITY.findall(op.text)}
    return hunk.doubtful and any(entity not in text for entity in said)
