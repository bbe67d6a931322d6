"""Whether a symbol of an answer is what the file has already, and whether it may take its place."""

from __future__ import annotations

import re

from workbench.edits.foreign.grammars import SCRIPTS
from workbench.edits.foreign.nodes import COMMENTS, comments, field, shape, text
from workbench.edits.foreign.outline import Outline, Symbol
from workbench.edits.python.settled_strings import worn

_QUOTED = frozenset({"string", "string_fragment", "'", '"'})


def says(made: Outline, symbol: Symbol, *, flush: bool = False) -> list[tuple[str, str]]:
    """Return what a symbol says, `export` and comments aside; a semicolon at a line's end means nothing to scripts.

    With `flush`, white space at the ends of lines in strings counts for nothing: it moves when code moves.
    """
    found = made.shapes.get(symbol.inner.id)
    if found is None:
        found = made.shapes[symbol.inner.id] = shape(made.source, symbol.inner)
    if made.language in SCRIPTS:
        found = [(kind, _unquoted(said) if kind in _QUOTED else said) for kind, said in found if kind != ";"]
    elif found and found[-1][0] == ";":
        found = found[:-1]
    if flush:
        found = [(kind, worn(said)) for kind, said in found]
    return found


def head(made: Outline, symbol: Symbol) -> list[tuple[str, str]]:
    """Return what a container says before and after its members; the paths of Rust's traits do not count."""
    body = symbol.members.node if symbol.members is not None else None
    found = [pair for pair in shape(made.source, symbol.inner, skip=body) if pair[0] != ";"]
    if symbol.role == "impl":
        found = [
            ("name", word) for word in re.findall(r"\w+(?!\w*\s*::)|[^\w\s:]", " ".join(said for _, said in found))
        ]
    return found


def is_reduced(answer: Outline, said: Symbol, file: Outline, known: Symbol) -> bool:
    """Return whether an answered container's head leaves out some of the file's and says nothing else."""
    rest = iter([text_ for _, text_ in head(file, known) if text_] + list(known.marks))
    words = [text_ for _, text_ in head(answer, said) if text_]
    return all(word in rest for word in words) and set(said.marks) <= set(known.marks)


def same(answer: Outline, said: Symbol, file: Outline, known: Symbol) -> bool:
    """Return whether an answered symbol repeats the file's, quotes of strings aside.

    Comments of the file that it leaves out do not count.
    """
    if said.marks != known.marks or (said.prefix and said.prefix != known.prefix):
        return False
    moves = answer.indent(said.start) != file.indent(known.start)
    if says(answer, said, flush=moves) != says(file, known, flush=moves):
        return False
    return set(comments(answer.source, said.inner)) <= set(comments(file.source, known.inner))


def quotes_differ(answer: Outline, said: Symbol, file: Outline, known: Symbol) -> bool:
    """Return whether two symbols differ in nothing but their strings' quotes: then those are what the change is."""
    if answer.language not in SCRIPTS or says(answer, said) != says(file, known):
        return False
    said_whole, known_whole = (
        [pair for pair in made.shapes[symbol.inner.id] if pair[0] != ";"]
        for made, symbol in ((answer, said), (file, known))
    )
    return said_whole != known_whole


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
