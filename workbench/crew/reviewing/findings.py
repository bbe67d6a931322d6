"""Findings about code, each held against the lines it is about: one whose evidence is not there is dropped.

A model's evidence is the line it speaks of, copied. Where that line stands elsewhere in the file, the finding moves
there: small models copy better than they count.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any, Literal, cast

from workbench.model import Excerpt, Finding
from workbench.terminal import one_line, plain

Severity = Literal["high", "medium", "low"]
SEVERITIES: tuple[Severity, ...] = ("high", "medium", "low")

NEAR = 3
"""Lines on either side of the one named in which evidence counts as standing at it."""

LEAST_EVIDENCE = 5
"""Letters and digits that evidence must have: a bracket proves nothing."""

MOST_CHOICES = 80
"""Lines that evidence may be chosen from; of more, a line is copied."""

LONGEST_CHOICE = 200

MOST_WORDS = 240
"""Characters of a claim."""


_FAULT = re.compile(
    r"\b(?:no|not|never|none|null|nothing|cannot|without|wrong\w*|should|must|instead|only|always|twice|but|however|too|past|"
    r"beyond|empty|zero|negative|index|infinite|forever|twice|out of|off.by.one|fault|bug|typo|race)\b|n\'t\b|"
    r"\b(?:incorrect|miss|lack|fail|rais|error|except|crash|invalid|overflow|divid|un[a-z]{4}|ignor|los[et]|leak|inject|"
    r"vulnerab|duplicat|redundan|needless|ineffici|mislead|confus|inconsist|hard.?cod|mutab|shadow|break|skip|swap|slow)",
    re.IGNORECASE,
)
"""What a sentence has in it that speaks of a fault: without, it only retells the code."""

_SAME = re.compile(r"\b(\w+) (?:instead of|rather than) (?:an? |the )?\1\b", re.IGNORECASE)


def schema(shown: Sequence[Excerpt], most: int) -> dict[str, Any]:
    """Return the JSON Schema of an answer with at most `most` findings about what is shown.

    The evidence comes before the claim: who has copied a line speaks of that line. Of few lines, it can only be one of
    them.
    """
    names = list(dict.fromkeys(one.path for one in shown))
    lines = list(dict.fromkeys(plain(row).strip() for one in shown for row in one.text.split("\n") if _tells(row)))
    chosen = bool(lines) and len(lines) <= MOST_CHOICES and max(map(len, lines)) <= LONGEST_CHOICE
    finding: dict[str, Any] = {"file": {"enum": names}} if len(names) > 1 else {}
    finding |= {
        "evidence": {"enum": lines} if chosen else {"type": "string", "maxLength": 160},
        "line": {"type": "integer"},
        "claim": {"type": "string", "maxLength": 200},
        "severity": {"enum": list(SEVERITIES)},
    }
    items = {"type": "object", "properties": finding, "required": list(finding), "additionalProperties": False}
    return {
        "type": "object",
        "properties": {"findings": {"type": "array", "maxItems": most, "items": items}},
        "required": ["findings"],
        "additionalProperties": False,
    }


def _tells(row: str) -> bool:
    return sum(character.isalnum() for character in row) >= LEAST_EVIDENCE


def held(value: dict[str, Any], shown: Sequence[Excerpt]) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
    """Return the findings of an answer whose evidence stands in the files, and why others were dropped.

    Args:
        value: the answer: `findings`, each with `line`, `evidence`, `claim`, `severity` and, where several files are
            shown, `file`.
        shown: what the model was shown.
    """
    kept: list[Finding] = []
    dropped: list[str] = []
    said = value.get("findings")
    for item in said if isinstance(said, list) else []:
        found = _held(item, shown) if isinstance(item, dict) else "a finding that is none"
        if isinstance(found, str):
            dropped.append(found)
        elif all((one.file, one.line) != (found.file, found.line) and one.claim != found.claim for one in kept):
            kept.append(found)
        else:
            dropped.append(f"said twice: {found.claim[:80]}")
    return tuple(kept), tuple(dropped)


def _held(item: dict[str, Any], shown: Sequence[Excerpt]) -> Finding | str:
    claim = _words(item.get("claim"))
    evidence = item.get("evidence")
    if not claim:
        return "a finding without words"
    if not _FAULT.search(claim) or _SAME.search(claim):
        return f"it names no fault: {claim[:100]}"
    if not isinstance(evidence, str) or not _tells(evidence):
        return f"no evidence for: {claim[:100]}"
    path = item.get("file")
    candidates = [one for one in shown if one.path == path] if isinstance(path, str) else list(shown)
    line = item.get("line")
    near = line if isinstance(line, int) and not isinstance(line, bool) else 0
    place = _place(evidence, near, candidates)
    if place is None:
        return f"its evidence is not in the file: {claim[:100]}"
    severity = item.get("severity")
    return Finding(
        file=place[0],
        line=place[1],
        severity=cast("Severity", severity) if severity in SEVERITIES else "medium",
        claim=claim,
        evidence=place[2],
    )


def _words(text: object) -> str:
    """Return a claim in one line, without control codes, and without line numbers that may be wrong."""
    if not isinstance(text, str):
        return ""
    flat = re.sub(r"\s*\(?\b(?:at |on |in )?lines? \d+(?:\s*-\s*\d+)?\)?(?=[\s.,;:]|$)", "", one_line(text, 2_000))
    return one_line(flat, MOST_WORDS)


def _place(evidence: str, near: int, shown: Sequence[Excerpt]) -> tuple[str, int, str] | None:
    """Return path, line and text of the line that evidence is a copy of, the nearest to `near`; None where none is."""
    quoted = sorted(re.findall(r"`([^`]+)`", evidence), key=len, reverse=True)
    places = next(filter(None, (_places(_wanted(text), near, shown) for text in (evidence, *quoted))), None)
    if places is None:
        return None
    distance, path, number, row = min(places, key=lambda place: place[0])
    # Evidence that stands in many places proves the one that was named, or none.
    if distance > NEAR and len(places) > 3:
        return None
    return path, number, row


def _places(wanted: str, near: int, shown: Sequence[Excerpt]) -> list[tuple[int, str, int, str]]:
    return [
        (abs(number - near), excerpt.path, number, plain(row).strip())
        for excerpt in shown
        for number, row in enumerate(excerpt.text.split("\n"), excerpt.first)
        if wanted and _same(wanted, row)
    ]


def _wanted(evidence: str) -> str:
    """Return the first line of evidence that says something, without number and marks that a model puts around it."""
    for row in evidence.split("\n"):
        text = re.sub(r"^\s*(?:line )?\d+[:.|]?\s+", "", row).strip().strip("`").strip()
        if _tells(text):
            return _flat(text)
    return ""


def _flat(text: str) -> str:
    return re.sub(r"\s+", "", text).replace('"', "'")


def _same(wanted: str, row: str) -> bool:
    """Return whether evidence is a row of the file, or a good part of one; spaces and kinds of quotes do not count."""
    there = _flat(row)
    return bool(there) and (wanted in there or (len(there) >= 2 * LEAST_EVIDENCE and there in wanted))


def summed_up(findings: Sequence[Finding], limit: int) -> str:
    """Return how many findings there are of each severity and the first of them, in at most `limit` characters."""
    counts = Counter(finding.severity for finding in findings)
    parts = [f"{counts[severity]} {severity}" for severity in SEVERITIES if counts[severity]]
    text = f"{len(findings)} finding{'s' if len(findings) > 1 else ''} ({', '.join(parts)})."
    for finding in findings:
        longer = f"{text} {finding}"
        if len(longer) > limit:
            break
        text = longer
    return text


def ordered(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return findings with the worst first; among equals their order holds."""
    return tuple(sorted(findings, key=lambda finding: SEVERITIES.index(finding.severity)))
