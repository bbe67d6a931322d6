"""Claims about files, each held against the line it names: what the files do not bear out is dropped.

A claim's evidence is the names in it that the files have too. The line must lie near one of them. Where it does not,
but one of them is defined in a file, the claim moves to that line: small models know names better than numbers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from workbench.model import Excerpt

NEAR = 3
"""Lines on either side of the one named in which evidence counts as found."""

_WORD = re.compile(r"[A-Za-z_]\w{2,}")
_DEFINES = (
    r"^\s*(?:async\s+def|def|class|function|func|fn|type|struct|const|let|var|export\s+\w+)\s+{0}\b|^\s*{0}\s*[:=]"
)


@dataclass(frozen=True)
class Claim:
    """One sentence and the line that bears it out."""

    path: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.text} ({self.path}:{self.line})"

    def within(self, limit: int) -> str:
        """Return the claim in at most `limit` characters: words are cut, the line that bears it out is not."""
        place = f"… ({self.path}:{self.line})"
        return str(self) if len(str(self)) <= limit else f"{self.text[: max(0, limit - len(place))].rstrip()}{place}"


def grounded(value: dict[str, Any], shown: Sequence[Excerpt]) -> tuple[tuple[Claim, ...], tuple[str, ...]]:
    """Return the claims of an answer that the files bear out, and why the others were dropped.

    Args:
        value: the answer: `claims`, each with `text`, `line` and, where several files are shown, `file`.
        shown: the files, or lines of them, that the model was shown.
    """
    kept: list[Claim] = []
    dropped: list[str] = []
    said = value.get("claims")
    for item in said if isinstance(said, list) else []:
        if not isinstance(item, dict) or not isinstance(item.get("text"), str) or not item["text"].strip():
            dropped.append("a claim without words")
            continue
        text = " ".join(item["text"].split())
        text = re.sub(r"\s*\(?\b(?:lines?|[\w./-]+:)\s*\d+(?:\s*-\s*\d+)?\)?(?=\.?$)", "", text) or text
        found = _bear_out(text, item.get("file"), item.get("line"), shown)
        if found is None:
            dropped.append(f"line {item.get('line')} does not bear out: {text[:120]}")
        elif all(claim.text.casefold() != text.casefold() for claim in kept):
            kept.append(Claim(found[0], found[1], text))
    return tuple(kept), tuple(dropped)


def _bear_out(text: str, path: object, line: object, shown: Sequence[Excerpt]) -> tuple[str, int] | None:
    if not isinstance(line, int) or isinstance(line, bool):
        return None
    candidates = [excerpt for excerpt in shown if excerpt.path == path] if isinstance(path, str) else list(shown)
    evidence = _evidence(text, candidates)
    for excerpt in candidates:
        lines = excerpt.text.split("\n")
        if excerpt.first <= line <= excerpt.last:
            near = "\n".join(lines[max(0, line - excerpt.first - NEAR) : line - excerpt.first + NEAR + 1])
            if any(re.search(rf"\b{re.escape(word)}\b", near) for word in evidence):
                return excerpt.path, line
    for word in evidence:
        pattern = re.compile(_DEFINES.format(re.escape(word)))
        for excerpt in candidates:
            for number, row in enumerate(excerpt.text.split("\n"), excerpt.first):
                if pattern.search(row):
                    return excerpt.path, number
    return None


def _evidence(text: str, shown: Sequence[Excerpt]) -> list[str]:
    """Return the words of a claim that the files have too: marked or code-like ones first, long ones before short."""
    everything = "\n".join(excerpt.text for excerpt in shown)
    names = set(_WORD.findall(everything))
    marked = {word for span in re.findall(r"`([^`]+)`", text) for word in _WORD.findall(span)}
    words = dict.fromkeys(word for word in _WORD.findall(text) if word in names)
    codelike = [word for word in words if word in marked or "_" in word or re.search("[a-z][A-Z]|[0-9]", word)]
    others = [word for word in words if word not in codelike and len(word) > 4]
    return codelike + sorted(others, key=lambda word: -len(word))
