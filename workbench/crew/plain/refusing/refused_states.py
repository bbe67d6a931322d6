"""What is refused in some states: `once a flag has fallen`, `if the order is paid`, `when the basket is empty`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from workbench.crew.plain.known_fields import words_of_fields
from workbench.crew.plain.places import Finder, class_around
from workbench.crew.plain.refusing.members import Member, members_of_given, own_members
from workbench.crew.plain.refusing.refusals import guard, refusal
from workbench.crew.plain.refusing.refused_numbers import is_named
from workbench.crew.slips.righted import Changed, Righted

_CLAUSE = re.compile(
    r"\b(?:if|when|whenever|once|as soon as|after|while|as long as|where)\b(?P<clause>[^.;:,!?]+?)"
    r"(?= (?:should|must|shall|has to|and (?:leave|change|keep|do|not))\b|[.;:,!?]|$)",
    re.IGNORECASE,
)
_OF_ONE = re.compile(
    r"\b(?:for|of|on|to|into|from|with|accept\w*|\w+ing)"
    r" (?P<clause>(?:an? |the )?(?:already |not yet )?[\w-]+(?: \w+)?)\b"
)
_NEGATED = re.compile(r"(?:\b(?:not|never|no longer|no|isn't|hasn't|without)|n't)(?: (?:been|yet|fully|any|an?))*$")
_NONE_THERE = re.compile(
    r"\b(?P<a>\w+) (?:is|are|was) (?:still |already )?empty\b|\bempty (?P<b>\w+)|\b(?:no|without(?: any)?) (?P<c>\w+)"
)
_LONGEST = 60


def refused_in_a_state(changed: Changed) -> Iterator[Righted]:
    """Yield the function with an error where its object, or a parameter, is in a state that the task refuses.

    The state is a field or a method that tells yes or no, or a word that a field is set to, and its words are said.
    """
    wish = refusal(changed)
    if wish is None:
        return
    clauses = [" ".join(found["clause"].split()) for found in _CLAUSE.finditer(wish.case)]
    clauses = clauses or [" ".join(found["clause"].split()) for found in _OF_ONE.finditer(wish.case)]
    every = [*own_members(changed), *members_of_given(changed)]
    known = words_of_fields(changed.tree) if clauses and every else {}
    for clause in clauses:
        if re.search(r"\b(?:and|or|but)\b", clause):
            continue
        for one in every:
            for test in (*_flags(one, clause), *_words(known, one, clause), *_empty(changed, every, one, clause)):
                yield from guard(changed, wish, test, f'"{_message(clause, one)}"', one.text.partition(".")[0])


def _flags(one: Member, clause: str) -> Iterator[str]:
    """Yield the test that a clause makes of what is yes or no, or there or not."""
    begin = _said(one, clause)
    if begin is None or one.kind not in {"flag", "optional"}:
        return
    is_negated = _NEGATED.search(clause[:begin].rstrip()) is not None
    if one.kind == "flag":
        yield f"not {one.text}" if is_negated else one.text
    elif re.search(r"\b(?:already|still|has|have|been|was|is|not|n't)\b", clause):
        yield f"{one.text} is {'' if is_negated else 'not '}None"


def _said(one: Member, clause: str) -> int | None:
    """Return where a clause begins to say all words of a name; None where it does not."""
    places: list[int] = []
    for word in one.words:
        stem = word[: max(4, len(word) - 2)]
        found = re.search(rf"\b{re.escape(stem)}\w{{0,3}}\b", clause.lower())
        if found is None or (len(word) < 3):
            return None
        places.append(found.start())
    return min(places, default=None)


def _words(known: Mapping[str, Mapping[str, str]], one: Member, clause: str) -> Iterator[str]:
    """Yield the test that a field is a word of a clause: one that the file compares it with, or sets it to."""
    if one.kind not in {"text", "other"} or one.text.endswith(")"):
        return
    for word, text in known.get(one.name, {}).items():
        if found := re.search(rf"\b{re.escape(word)}\b", clause, re.IGNORECASE) if word else None:
            is_negated = _NEGATED.search(clause[: found.start()].rstrip()) is not None
            yield f"{one.text} {'!=' if is_negated else '=='} {text}"


def _empty(changed: Changed, every: list[Member], one: Member, clause: str) -> Iterator[str]:
    """Yield the test that something has nothing in it: what is named, or all that the object that is named has."""
    found = _NONE_THERE.search(clause)
    if found is None or one.kind != "many" or one.text.endswith(")") or re.search(r"\b(?:left|free|not)\b", clause):
        return
    word = next(group for group in found.groups() if group)
    around = class_around(changed)
    holders = {"it", around.name.lower()} if around else {"it"}
    many = [each for each in every if each.kind == "many" and not each.text.endswith(")")]
    if word in changed.names:
        return
    if is_named(one.name, word) or (word.lower() in holders and len(many) == 1):
        yield f"not {one.text}"


def _message(clause: str, one: Member) -> str:
    """Return what is said of a refusal: the task's own words, where they can be written so."""
    said = re.sub(r"^(?:there|it) (?:is|are) ", "", clause)
    said = re.sub(r"^it\b", "this", said).strip(" !")
    is_plain = re.fullmatch(r"[\w' -]+", said) and len(said) <= _LONGEST
    return said if is_plain else " ".join(one.words)


FINDERS: tuple[Finder, ...] = (refused_in_a_state,)
