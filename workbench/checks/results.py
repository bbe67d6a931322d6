"""What a test run says about each test: names and outcomes, from pytest, unittest, go test, jest and cargo test.

What a tool printed or wrote may be the work of the code under test, so it is read as data, with bounds; an outcome here
only explains a check, it never makes a failed one pass.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

Tool = Literal["pytest", "unittest", "go", "jest", "cargo"]
Ending = Literal["passed", "failed", "skipped"]

REPORT = "nanites-outcomes.xml"
MAX_REPORT_BYTES = 8_000_000
MAX_OUTCOMES = 5_000


@dataclass(frozen=True)
class Outcome:
    """How one test ended."""

    name: str
    ending: Ending


def tool_of(words: Sequence[str]) -> Tool | None:
    """Return which test tool a command runs, or None."""
    names = [PurePosixPath(word).name for word in words[:4]]
    if not names:
        return None
    if names[0] in {"pytest", "py.test"} or (names[0].startswith("python") and names[1:3] == ["-m", "pytest"]):
        return "pytest"
    if names[0].startswith("python") and names[1:3] == ["-m", "unittest"]:
        return "unittest"
    if names[:2] == ["go", "test"]:
        return "go"
    if names[:2] == ["cargo", "test"]:
        return "cargo"
    return "jest" if "jest" in names else None


def wanted(tool: Tool | None, folder: Path) -> dict[str, str]:
    """Return variables that make a tool write down its outcomes, in `folder`; the command stays what was allowed."""
    return {"PYTEST_ADDOPTS": f"--junit-xml={folder / REPORT}"} if tool == "pytest" else {}


def read(tool: Tool | None, output: str, folder: Path) -> tuple[Outcome, ...]:
    """Return the outcomes of a run that printed `output` and may have written a report into `folder`."""
    if tool is None:
        return ()
    if tool == "pytest":
        found = _junit(_report(folder / REPORT)) or _lines(_PYTEST, output)
    else:
        found = _lines(_FORMS[tool], output)
    if tool == "jest" and not found:
        # Of several files it lists no tests, and tells of those that failed alone.
        found = _lines(_JEST_FAILED, output)
    # A test that is named twice, for its teardown say, counts by its worst.
    worst: dict[str, Ending] = {}
    for outcome in found[:MAX_OUTCOMES]:
        if worst.get(outcome.name) != "failed":
            worst[outcome.name] = outcome.ending
    return tuple(Outcome(name, ending) for name, ending in worst.items())


def failed(outcomes: Sequence[Outcome]) -> frozenset[str]:
    """Return the names of the tests that failed."""
    return frozenset(outcome.name for outcome in outcomes if outcome.ending == "failed")


def _report(path: Path) -> bytes:
    # The command could have put anything there: a link to a secret, a pipe, a flood.
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return b""
    with os.fdopen(descriptor, "rb") as stream:
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            return b""
        data = stream.read(MAX_REPORT_BYTES + 1)
    return data if len(data) <= MAX_REPORT_BYTES else b""


def _junit(data: bytes) -> list[Outcome]:
    if not data or b"<!" in data.replace(b"<![CDATA[", b""):
        # No report of pytest's declares a type or an entity; one that does wants to grow.
        return []
    from xml.etree import ElementTree

    try:
        root = ElementTree.fromstring(data)  # noqa: S314
    except ElementTree.ParseError:
        return []
    found = []
    for case in root.iter("testcase"):
        name = "::".join(part for part in (case.get("classname", ""), case.get("name", "")) if part)
        parts = {part.tag for part in case}
        ending: Ending = "failed" if parts & {"failure", "error"} else "skipped" if "skipped" in parts else "passed"
        found.append(Outcome(name[:300], ending))
    return found


def _lines(form: re.Pattern[str], output: str) -> list[Outcome]:
    found = []
    for match in form.finditer(output):
        name = match["name"].strip()[:300]
        found.append(Outcome(name, _ENDINGS.get(match["ending"].strip().lower(), "failed")))
    return found


_ENDINGS: dict[str, Ending] = {
    "passed": "passed",
    "ok": "passed",
    "pass": "passed",
    "✓": "passed",
    "√": "passed",
    "skipped": "skipped",
    "skip": "skipped",
    "ignored": "skipped",
    "○": "skipped",
}
_PYTEST = re.compile(r"^(?P<ending>FAILED|ERROR|PASSED|SKIPPED) (?P<name>\S+)", re.MULTILINE)
_JEST_FAILED = re.compile(r"^  (?P<ending>●) (?P<name>[^\n]+)$", re.MULTILINE)
_FORMS: dict[Tool, re.Pattern[str]] = {
    "unittest": re.compile(r"^(?:(?P<ending>FAIL|ERROR): (?P<name>\w+ \([\w.]+\)))", re.MULTILINE),
    "go": re.compile(r"^ *--- (?P<ending>FAIL|PASS|SKIP): (?P<name>\S+)", re.MULTILINE),
    "jest": re.compile(r"^ *(?P<ending>[✓✕√×○]) (?:skipped |todo )?(?P<name>[^\n]+?)(?: \(\d+ m?s\))?$", re.MULTILINE),
    "cargo": re.compile(r"^test (?P<name>\S+)(?: - should panic)? \.\.\. (?P<ending>ok|FAILED|ignored)", re.MULTILINE),
}


def compared(now: Sequence[Outcome], before: Sequence[Outcome] | None, again: Sequence[Outcome] | None) -> str:
    """Return what a person or a model should know of a failed run, in a few lines; nothing where nothing is known.

    Args:
        now: the outcomes with the proposal.
        before: those on the tree without it, or None where that was not tried.
        again: those of a second run with it, or None likewise.
    """
    broken = failed(now)
    if not broken:
        return ""
    lines = []
    old = failed(before) if before is not None else frozenset()
    flaky = broken - failed(again) - old if again is not None else frozenset()
    new = broken - old - flaky
    if before is not None and new:
        lines.append(f"broken by this change: {_named(new)}")
    if old & broken:
        lines.append(f"failed before this change too: {_named(old & broken)}")
    if flaky:
        lines.append(f"flaky, failed once and passed once: {_named(flaky)}")
    return "\n".join(lines)


def _named(names: frozenset[str], most: int = 8) -> str:
    shown = ", ".join(sorted(names)[:most])
    return shown if len(names) <= most else f"{shown} and {len(names) - most} more"
