"""Whether a symbol of an answer is what the file has already, and whether it may take its place."""

from __future__ import annotations

from workbench.edits.foreign.nodes import COMMENTS, comments, field, shape, text
from workbench.edits.foreign.outline import Outline, Symbol

_SCRIPTS = frozenset({"javascript", "typescript", "tsx"})
_QUOTED = frozenset({"string", "string_fragment", "'", '"'})


def says(made: Outline, symbol: Symbol) -> list[tuple[str, str]]:
    """Return what a symbol says, `export` and comments aside; a semicolon at a line's end means nothing to scripts."""
    found = shape(made.source, symbol.inner)
    if made.language in _SCRIPTS:
        found = [(kind, _unquoted(said) if kind in _QUOTED else said) for kind, said in found if kind != ";"]
    elif found and found[-1][0] == ";":
        found.pop()
    return found


def head(made: Outline, symbol: Symbol) -> list[tuple[str, str]]:
    """Return what a container says before and after its members."""
    body = symbol.members.node if symbol.members is not None else None
    return [pair for pair in shape(made.source, symbol.inner, skip=body) if pair[0] != ";"]


def same(answer: Outline, said: Symbol, file: Outline, known: Symbol) -> bool:
    """Return whether an answered symbol repeats the file's: comments of the file that it leaves out do not count."""
    if said.marks != known.marks or (said.prefix and said.prefix != known.prefix):
        return False
    if says(answer, said) != says(file, known) or quotes_differ(answer, said, file, known):
        return False
    return set(comments(answer.source, said.inner)) <= set(comments(file.source, known.inner))


def quotes_differ(answer: Outline, said: Symbol, file: Outline, known: Symbol) -> bool:
    """Return whether two symbols differ in nothing but their strings' quotes: then those are what the change is."""
    return shape(answer.source, said.inner) != shape(file.source, known.inner) and says(answer, said) == says(
        file, known
    ) and [one for one in shape(answer.source, said.inner) if one[0] != ";"] != [
        one for one in shape(file.source, known.inner) if one[0] != ";"
    ]


def _unquoted(said: str) -> str:
    if said in {"'", '"'}:
        return "'"
    if len(said) > 1 and said[0] == said[-1] and said[0] in "'\"" and not any(mark in said[1:-1] for mark in "'\"\\"):
        return f"'{said[1:-1]}'"
    return said


def is_empty(made: Outline, symbol: Symbol) -> bool:
    """Return whether a function has a body with nothing in it."""
    body = field(symbol.core, "body")
    if body is None:
        return made.language == "ruby" and symbol.core.type in {"method", "singleton_method"}
    inner = [one for one in body.named_children if one.type not in COMMENTS]
    return not inner and text(made.source, body)[:1] in {"{", "("}


def lost_lines(answer: Outline, said: Symbol, file: Outline, known: Symbol) -> tuple[int, int]:
    """Return how many of a symbol's lines an answer does not have, and how many there are."""
    there = [line.strip() for line in file.said(known.start, known.end).splitlines()]
    there = [line for line in there if any(character.isalnum() for character in line)]
    said_lines = {line.strip() for line in answer.said(said.start, said.end).splitlines()}
    return sum(line not in said_lines for line in there), len(there)
