"""The numbers that words refuse: `less than 1`, `zero or negative`, `not from 0 to 10`, `must be at least 2`."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORDS = {"zero": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "ten": "10"}
NUMBER = r"(?:-?\d+(?:\.\d+)?(?![\w.]*\w)|zero|one|two|three|four|five|six|ten|[A-Z][A-Z_]{2,})\b"
_TO = r" ?(?:to|and|-|–|\.\.) ?"
LESS = r"(?:below|under|beneath|(?:less|lower|smaller|fewer|shorter) than(?! or))"
MORE = r"(?:above|over|beyond|exceed(?:s|ing)?|(?:more|greater|larger|higher|bigger|longer) than(?! or))"
_CASES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (sign, re.compile(pattern))
    for sign, pattern in (
        ("out", rf"{LESS} (?P<n>{NUMBER})(?: ?%)?,? (?:or|and|nor) (?:(?:is|are) )?{MORE} (?P<m>{NUMBER})"),
        ("out", rf"{MORE} (?P<m>{NUMBER})(?: ?%)?,? (?:or|and|nor) (?:(?:is|are) )?{LESS} (?P<n>{NUMBER})"),
        (
            "out",
            rf"outside(?: of)?(?: the range)?(?: of| from| between)? (?P<n>{NUMBER}){_TO}(?P<m>{NUMBER})",
        ),
        ("in", rf"(?:in the range |within )?(?:of |from |between )(?P<n>{NUMBER}){_TO}(?P<m>{NUMBER})"),
        ("<=", r"(?P<n>0|zero)(?: \w+)? (?:or|and) (?:even )?-\d+(?![\w.]*\w)"),
        ("<=", rf"(?P<n>{NUMBER}) (?:or|and) (?:even )?(?:less|lower|below|fewer|smaller|under|negative)(?: numbers)?"),
        (
            "<=",
            rf"(?:negative (?:or|and|nor) (?:is )?(?P<n>zero|0)\b|(?:less|lower) than or equal to (?P<k>{NUMBER}))",
        ),
        ("<=", rf"at most (?P<n>{NUMBER})"),
        (
            ">=",
            rf"(?:(?P<n>{NUMBER}) or (?:more|higher|above|over)|(?:more|greater) than or equal to (?P<k>{NUMBER}))",
        ),
        (">=", rf"at least (?P<n>{NUMBER})"),
        ("<", rf"{LESS} (?P<n>{NUMBER})"),
        (">", rf"{MORE} (?P<n>{NUMBER})"),
        ("positive", r"non[- ]?positive|positive"),
        ("negative", r"non[- ]?negative|negative"),
        ("==", r"(?<=is |re |be |of )(?:exactly )?(?P<n>0|zero)\b"),
    )
)
_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "out": "in", "in": "out", "==": "!="}
_MUST_BE = re.compile(
    r"\b(?:must|should|shall|ha(?:s|ve) to|needs? to|ought to|can only|may only|only (?:accepts?|takes?|allows?))"
    r"(?: always| only| both)?(?: be)?(?: an?)?(?: number| value)?(?: strictly)? $",
    re.IGNORECASE,
)
_NOT = re.compile(r"(?:\bnot|n't)(?: be)?(?: an?)?(?: strictly| exactly)? $", re.IGNORECASE)
_MAY_NOT = re.compile(
    r"\b(?:must|should|may|can|could|shall|ought)(?:n't| ?not|n't be| never)(?: be)?(?: an?)? $", re.IGNORECASE
)
_NEVER_GOES = re.compile(
    r"\b(?:go|goes|going|fall|falls|drop|drops|sink|sinks|becomes?|gets?|makes?|end(?:s|ed)? up|return\w*|give\w*)"
    r"(?: \w+)? $"
)
_GOES_ON = re.compile(
    r"(?: ?%| percent| times)? of (?:the|its)\b"
    r"|[^.;:!?]{0,20}?,? (?:and|or|but) (?:if |when )?(?:(?:the|its|an?|there) )?\w+ (?:is|are|has|have|does|was)\b"
)
"""What makes another case of a number: a share of something else, or a second condition."""

_CUT = re.compile(
    r"[.,;:!?()]|\b(?:if|when|whenever|for|where|once|with|that|because|and|or|but|nor|accepts?|takes?|takes|allows?|refuses?"
    r"|rejects?|unless|case|soon)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Case:
    """A number that is refused: the sign and the limit, or both limits, and the words around it."""

    sign: str
    limit: str
    most: str
    ahead: str
    behind: str


def cases(text: str) -> list[Case]:
    """Return the numbers that a text refuses, each once, in its order."""
    taken: list[tuple[int, int]] = []
    found: list[tuple[int, Case]] = []
    for sign, pattern in _CASES:
        for match in pattern.finditer(text):
            if any(begin < match.end() and match.start() < end for begin, end in taken):
                continue
            taken.append(match.span())
            if one := _case(sign, match, text):
                found.append((match.start(), one))
    seen: dict[tuple[str, str, str, str], Case] = {}
    for _, one in sorted(found, key=lambda each: each[0]):
        # What two are refused for alike may be said of each of them.
        seen.setdefault((one.sign, one.limit, one.most, one.ahead), one)
    return [*seen.values()]


def _case(sign: str, match: re.Match[str], text: str) -> Case | None:
    """Return what is refused by one match; None where it is only told what happens."""
    groups = match.groupdict()
    n, m = (_WORDS.get(one.lower(), one) for one in (groups.get("n") or groups.get("k") or "0", groups.get("m") or ""))
    before = text[: match.start()]
    if _NEVER_GOES.search(before) or _GOES_ON.match(text[match.end() :]):
        return None
    is_wanted = _MUST_BE.search(before) is not None
    is_turned = is_wanted or (_NOT.search(before) is not None and not _MAY_NOT.search(before))
    if sign in {"positive", "negative"}:
        is_turned = is_turned != match[0].startswith("non")
        if (sign == "positive") != is_turned:
            return None
        sign = "<=" if is_turned else "<"
    elif is_turned:
        sign = _OPPOSITE[sign]
    elif "at least" in match[0] or "at most" in match[0]:
        return None
    if sign in {"in", "!="}:
        return None
    return Case(sign, n, m, _CUT.split(before)[-1], " ".join(_CUT.split(text[match.end() :])[0].split()[:3]))
