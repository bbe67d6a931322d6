"""A linter's own fixes, from its report, put into the files: what `--fix` would do, without a second command."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from workbench.checks.linters import Diagnostic, Edit

_WITHHELD = re.compile(r"\bWITHHELD[A-Z_]*_\d+\b")
"""What stands in for a secret (see `workbench.context.redaction`): the linter saw the line with other columns."""


def with_fixes(files: Mapping[str, bytes], found: Sequence[Diagnostic]) -> dict[str, bytes]:
    """Return the files with the fixes that a linter offers for what it found; of two that overlap, the first."""
    after = dict(files)
    for path, content in files.items():
        text = content.decode("utf-8")
        starts = _starts(text)
        taken: list[tuple[int, int, str]] = []
        for one in found:
            mine = one.path == path and not any(_is_withheld(content, edit) for edit in one.fix)
            spans = [_span(starts, edit) for edit in one.fix] if mine else []
            if spans and all(_is_free(span, taken) for span in spans):
                taken += spans
        for begin, end, new in sorted(set(taken), reverse=True):
            text = text[:begin] + new + text[end:]
        after[path] = text.encode("utf-8")
    return after


def _is_withheld(content: bytes, edit: Edit) -> bool:
    lines = content.decode("utf-8").split("\n")[edit.line - 1 : edit.end_line]
    return any(_WITHHELD.search(line) for line in lines)


def _starts(text: str) -> list[int]:
    # A linter counts no byte order mark.
    bom = len(text) - len(text.removeprefix("\ufeff"))
    starts = [bom]
    for line in text[bom:].split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return starts


def _span(starts: Sequence[int], edit: Edit) -> tuple[int, int, str]:
    last = starts[-1] - 1
    begin = starts[min(edit.line, len(starts)) - 1] + edit.column - 1
    end = starts[min(edit.end_line, len(starts)) - 1] + edit.end_column - 1
    return min(begin, last), min(end, last), edit.text


def _is_free(span: tuple[int, int, str], taken: Sequence[tuple[int, int, str]]) -> bool:
    return all(span[1] <= begin or end <= span[0] for begin, end, _ in taken) and not any(
        span[0] == begin for begin, _, _ in taken
    )
