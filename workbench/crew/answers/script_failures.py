"""What a failed JavaScript check printed, as a small model can use it: without what is Node's own, and with the line.

A traceback of Python shows the lines that it goes through. Node shows the one that throws, which of an assertion is its
own, and then seven frames of how a file is loaded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from workbench.model import Excerpt

_OWN = re.compile(
    r"^\s*(?:at\s.*\bnode:[\w/]+:\d+|at\s.*\bnode_modules/|node:[\w/]+:\d+|generatedMessage: |code: 'ERR_ASSERTION'|"
    r"operator: '|Node\.js v\d|throw new AssertionError\(obj\);$|\^+$)"
)
_LAST = re.compile(r"^\s*at node:internal/\S+ \{$")
_FRAME = re.compile(r"^\s*at\s(?:.*\()?(?P<path>[^()\s]+?):(?P<row>\d{1,7}):\d+\)?$")


def readable(output: str, tests: Sequence[Excerpt]) -> str:
    """Return the output of a check without Node's own lines, each line of a test under its frame; others as they are.

    Args:
        output: what the check printed.
        tests: the task's tests, of which lines are shown.
    """
    if "node:" not in output:
        return output
    return "\n".join(_lines(output, tests)).strip("\n")


def _lines(output: str, tests: Sequence[Excerpt]) -> Iterator[str]:
    opened = False
    for line in output.split("\n"):
        opened = opened or bool(_LAST.match(line))
        if _OWN.match(line) or (opened and line == "}"):
            continue
        yield line
        frame = _FRAME.match(line)
        shown = _line_of(tests, frame["path"], int(frame["row"])) if frame else ""
        if shown:
            yield f"      {shown}"


def _line_of(tests: Sequence[Excerpt], path: str, row: int) -> str:
    """Return a line of a test, or nothing where it is not there."""
    for test in tests:
        if test.first <= row <= test.last and PurePosixPath(path).parts[-len(PurePosixPath(test.path).parts) :] == (
            PurePosixPath(test.path).parts
        ):
            return test.text.split("\n")[row - test.first].strip()
    return ""
