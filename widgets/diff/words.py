"""Which words of a changed line changed, found at a bounded cost."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache

Ranges = tuple[tuple[int, int], ...]

MOST_TOKENS = 80
"""Words of the differing middle that are aligned; a longer middle is marked whole."""

LONGEST_LINE = 2_000
"""Characters beyond which a pair is not compared at all."""

ALIKE = 0.4
"""Share of a line that must be kept for marks to say anything; below it every word would be marked."""

_TOKENS = re.compile(r"\w+|\s+|.")


@lru_cache(maxsize=2_048)
def changed_words(old: str, new: str) -> tuple[Ranges, Ranges]:
    """Return the ranges (first, last) of characters that differ in each of two paired lines.

    Both are empty where the lines have too little in common, or are too long to look at.
    """
    if len(old) > LONGEST_LINE or len(new) > LONGEST_LINE or old == new:
        return (), ()
    old_tokens, new_tokens = _TOKENS.findall(old), _TOKENS.findall(new)
    head = _alike(old_tokens, new_tokens)
    old_rest, new_rest = old_tokens[head:], new_tokens[head:]
    tail = _alike(old_rest[::-1], new_rest[::-1])
    old_middle = old_rest[: len(old_rest) - tail]
    new_middle = new_rest[: len(new_rest) - tail]
    start = sum(map(len, old_tokens[:head]))
    marked = _align(old_middle, new_middle)
    old_ranges = _ranges(old_middle, start, [(first, last) for first, last, _, _ in marked])
    new_ranges = _ranges(new_middle, start, [(first, last) for _, _, first, last in marked])
    changed = sum(last - first for first, last in (*old_ranges, *new_ranges))
    total = len(old.strip()) + len(new.strip())
    if total == 0 or 1 - changed / total < ALIKE:
        return (), ()
    return old_ranges, new_ranges


def _alike(old: list[str], new: list[str]) -> int:
    """Return how many words two lists begin with in common."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((index for index, (one, other) in pairs if one != other), min(len(old), len(new)))


def _align(old: list[str], new: list[str]) -> list[tuple[int, int, int, int]]:
    if min(len(old), len(new)) <= 1 or max(len(old), len(new)) > MOST_TOKENS:
        return [(0, len(old), 0, len(new))]
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return [codes[1:] for codes in matcher.get_opcodes() if codes[0] != "equal"]


def _ranges(tokens: list[str], start: int, spans: list[tuple[int, int]]) -> Ranges:
    ends = [start]
    for token in tokens:
        ends.append(ends[-1] + len(token))
    found: list[tuple[int, int]] = []
    for first, last in spans:
        if first == last:
            continue
        # A blank between two marks would only break the mark in two.
        if found and not "".join(tokens[_index(ends, found[-1][1]) : first]).strip():
            found[-1] = (found[-1][0], ends[last])
        else:
            found.append((ends[first], ends[last]))
    return tuple(found)


def _index(ends: list[int], position: int) -> int:
    return ends.index(position)
