"""Lines that an answer cites, held against the files: what does not exist is taken out, what bears it out is added."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workbench.crew.telling.claims import grounded
from workbench.model import Excerpt

MOST_ADDED = 4
"""Most places that are added to an answer."""

_PLACE = re.compile(r"\s*\(?(?P<path>[\w./-]*\w\.\w{1,8}):(?P<first>\d+)(?:-(?P<last>\d+))?\)?")
_LINES = re.compile(
    r"\s*\(?\b(?:(?:on|at|in|see) )?lines? (?P<first>\d+)(?:\s*(?:-|–|to|and)\s*(?P<last>\d+))?\b\)?", re.I
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z`])")


def cited(answer: str, shown: Sequence[Excerpt]) -> str:
    """Return an answer in which every cited line exists in what was shown; sentences that a line bears out name it.

    Without files, the answer is returned as it is. Code blocks are left alone.
    """
    if not shown:
        return answer
    added = 0
    pieces = re.split(r"(```.*?(?:```|$))", answer, flags=re.DOTALL)
    for number, piece in enumerate(pieces):
        if piece.startswith("```"):
            continue
        rows = []
        for row in piece.split("\n"):
            sentences = []
            for sentence in _SENTENCE.split(row):
                real = _only_real(sentence, shown)
                place = None if added >= MOST_ADDED or _PLACE.search(real) else _place_of(real, shown)
                added += place is not None
                sentences.append(_with(real, place) if place else real)
            rows.append(" ".join(sentences))
        pieces[number] = "\n".join(rows)
    return "".join(pieces)


def _only_real(sentence: str, shown: Sequence[Excerpt]) -> str:
    def place(match: re.Match[str]) -> str:
        files = [one for one in shown if one.path == match["path"] or one.path.endswith(f"/{match['path']}")]
        if _exists(match, files):
            return match[0]
        # A name without a line is still a name, in brackets it was there for the line alone.
        return "" if "(" in match[0] else match[0].partition(":")[0]

    def lines(match: re.Match[str]) -> str:
        return match[0] if _exists(match, shown) else ""

    real = _LINES.sub(lines, _PLACE.sub(place, sentence))
    return real if real == sentence else real.lstrip(" :,;")


def _exists(match: re.Match[str], files: Sequence[Excerpt]) -> bool:
    first, last = int(match["first"]), int(match["last"] or match["first"])
    return any(one.first <= first <= last <= one.last for one in files)


def _place_of(sentence: str, shown: Sequence[Excerpt]) -> str | None:
    """Return the line that defines something the sentence speaks of; None where nothing in the files does."""
    if len(sentence.split()) < 3:
        return None
    claims, _ = grounded({"claims": [{"text": sentence, "line": 0}]}, shown)
    return f"{claims[0].path}:{claims[0].line}" if claims else None


def _with(sentence: str, place: str) -> str:
    body = sentence.rstrip()
    ending = body[-1] if body[-1:] in ".!?" else ""
    return f"{body.removesuffix(ending)} ({place}){ending}" if ending else f"{body} ({place})"
