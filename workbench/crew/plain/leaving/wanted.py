"""Which things a task wants kept: those that are so, as in "only those who are active", or the others."""

from __future__ import annotations

import re

from workbench.crew.plain.leaving.things import Flag

_GOES = (
    r"(?:be (?:in|on|part|there|among)\b|(?:be )?(?:count|list|show|includ|contain|appear|return|giv|belong|turn|sum"
    r"|add|consider|print|mention|report|find|found|offer|nam|get|stand|occur|matter)\w*)"
)
LEAVES = re.compile(
    r"\b(?:ignor(?:e|ed|ing)|skip(?:ped|ping)?|leav(?:e|ing) out|(?:leave|take|keep|filter) (?:\w+ ){1,4}out|left out"
    r"|exclud(?:e|ed|ing)|omit(?:ted|ting)?|drop(?:ped|ping)?|hid(?:e|den)|filter(?:ed)? out|disregard(?:ed)?"
    r"|passed over|disappear"
    rf"|(?:should|must|shall|may|can|could|please|do|to|let it)(?: not|n't| never| no longer)(?: \w+){{0,2}}? {_GOES}"
    rf"|(?:never|no longer) {_GOES}|cannot be|(?:don't|doesn't|do not) (?:belong|want|count)|nobody wants)\b",
    re.IGNORECASE,
)
ONLY = re.compile(r"\b(?:only|solely|nothing but|no one but)\b(?! (?:if|when|where|once|for)\b)", re.IGNORECASE)
_WISHES = re.compile(r"\b(?:should|must|shall|please|want|let)\b", re.IGNORECASE)
_ALL_OF_IT = re.compile(
    r"\b(?:them|those|these|such|they|that|it|he|she|who)\b|^(?:please )?(?:leave|skip|ignore|omit|drop)", re.IGNORECASE
)
_OTHERWISE = re.compile(
    r"\b(?:unless|except|parameter|option\w*|argument|keyword|twice|doubl\w+|again|may|(?:is|are) allowed)\b"
    r"|\b(?:show|say|tell|print|see|reveal)\w* who\b|(?:ignore|skip|out) (?:nobody|no one|none)\b"
    r"|(?:\b(?:not|never|no longer|stop\w*|instead of|nor)|n't)(?: \w+)?(?: to| be)?"
    r" (?:leav|left|skip|ignor|exclud|omit|drop|hid|filter|disregard)",
    re.IGNORECASE,
)
_TODAY = re.compile(r"\b(?:list|count|show|return|give|include|contain|print|add|name|find|take)s\b", re.IGNORECASE)
_OF_THEM = re.compile(
    r"\b(?:ignore|skip|leave out|omit)(?: (?:the|all|any|empty))* [a-z]+ of (?:(?:the|all|any) )?[a-z]+"
    r" (?:that|which|who)\b",
    re.IGNORECASE,
)
"""What is left out is something of the things, and not they themselves."""

_NOT = r"(?:not|never|no longer|n't)(?: yet| been| be| already| fully| a| an| any)? "
_HAS_NONE = (
    r"(?:\bno |\bwithout (?:an? |any |the )?|\bmissing |\b(?:have|has|had)(?: not|n't) (?:an? |any )?|\bn't (?:any )?)"
)
_BE = r"(?:is|are|was|were|be|been|still|has|have|not|no longer|already|now|currently|the|all|any|only)"


def is_wanted(task: str, flag: Flag) -> bool | None:
    """Return whether a task wants the things that are so, or those that are not; None where it wants neither."""
    if _OTHERWISE.search(task) or _OF_THEM.search(task):
        return None
    sentences = [one for one in re.split(r"(?<=[.!?;])\s+|\n|; |: ", task) if one.strip()]
    found: set[bool] = set()
    for number, sentence in enumerate(sentences):
        so = _is_said_so(_bare(sentence), flag)
        if so is None:
            continue
        only, leaves = ONLY.search(sentence), LEAVES.search(sentence)
        if only and _TODAY.search(sentence) and not _WISHES.search(sentence):
            return None
        later = [one for one in sentences[number + 1 :] if LEAVES.search(one) and _ALL_OF_IT.search(one)]
        if only and leaves:
            return None
        if only:
            found.add(so)
        elif leaves or (later and not _WISHES.search(sentence)):
            found.add(not so)
    return found.pop() if len(found) == 1 else None


def _bare(sentence: str) -> str:
    """Return a sentence without what it shows, and without names of functions."""
    return re.sub(r"'[^'\n]*'(?!\w)|\"[^\"\n]*\"|\w+\.\w+|\w+\(\)|\w*_\w*", " ", sentence)


def _is_said_so(sentence: str, flag: Flag) -> bool | None:
    """Return whether a sentence speaks of things that are so, or of those that are not; None if of none, or of both."""
    word = flag.word
    said: set[bool] = set()
    if flag.is_bool:
        opposite = rf"\b(?:un|in|non-?){word}\b|(?:\b|(?<=n't )){_NOT}{word}\b"
        rest = re.sub(opposite, " ", sentence, flags=re.IGNORECASE)
        said |= {False} if rest != sentence else set()
        plain = rf"\b{_BE} {word}\b" if len(word) < 4 else rf"\b{word}\b"
        said |= {True} if re.search(plain, rest, re.IGNORECASE) else set()
    else:
        none = rf"{_HAS_NONE}(?:known |own )?{word}s?\b|\b{word} is (?:None|missing|empty|not (?:known|given|set))"
        rest = re.sub(none, " ", sentence, flags=re.IGNORECASE)
        said |= {False} if rest != sentence else set()
        has = rf"\b(?:have|has|with|had)(?: an?| the| their| its| his)? {word}s?\b|\b{word} is (?:known|given|set)\b"
        said |= {True} if re.search(has, rest, re.IGNORECASE) else set()
    return said.pop() if len(said) == 1 else None
