"""A second look at a splice before anyone sees it: what was written is what the answer said, and nothing else moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from workbench.edits.foreign.alike import head, says
from workbench.edits.foreign.grammars import new_faults
from workbench.edits.foreign.outline import Outline, Symbol, build
from workbench.edits.foreign.placing import Fresh
from workbench.edits.source import Replacement, numbered
from workbench.errors import EditRefused


def replaced(source: bytes, changes: list[Replacement]) -> bytes:
    """Return `source` with all changes made, which are in offsets of bytes; those at one place keep their order.

    Raises:
        EditRefused: two of them overlap (code `overlap`).
    """
    pieces = []
    at = 0
    for change in sorted(changes, key=lambda change: (change.start, change.end)):
        if change.start < at:
            raise EditRefused("two changes overlap", code="overlap", hint="answer with each symbol once")
        pieces += [source[at : change.start], change.text.encode("utf-8", "surrogatepass")]
        at = change.end
    return b"".join([*pieces, source[at:]])


@dataclass(frozen=True)
class Meant:
    """What a splice does: the answer's symbols with the file's that they replace, containers whose head changes
    likewise, and symbols that the file did not have.
    """

    written: list[tuple[Symbol, Symbol]]
    heads: list[tuple[Symbol, Symbol]]
    new: list[Fresh]


def verify(file: Outline, answer: Outline, changes: list[Replacement], what: Meant) -> str:
    """Return the text of `file` with `changes`, which are in offsets of bytes, made and checked.

    Raises:
        EditRefused: the result would not parse (code `result-does-not-parse`), or is not what was meant
            (code `not-as-meant`).
    """
    written, heads = what.written, what.heads
    made_text = replaced(file.source, changes).decode("utf-8", "surrogatepass")
    result = build(file.language, made_text)
    _check_faults(file, result)
    touched = {id(known) for _, known in (*written, *heads)}
    within = {id(inner) for _, known in written for inner in _nested(known)}
    before = Counter(_identity(file, symbol) for symbol in file.every() if id(symbol) not in touched | within)
    after = Counter(_identity(result, symbol) for symbol in result.every())
    lost = before - after
    meant = [(said, known.name, _role(said, known)) for said, known in written]
    meant += [(fresh.said, fresh.name, fresh.said.role) for fresh in what.new]
    wrong = next((name for said, name, role in meant if not _is_there(answer, said, result, name, role)), None)
    if wrong is None:
        wrong = next((known.name for said, known in heads if not _has_head(answer, said, result, known)), None)
    expected = sum(1 for _ in file.every()) - len(within) + sum(1 + _count(said) for said, _, _ in meant) - len(written)
    if lost or wrong is not None or after.total() != expected:
        name = wrong or (next(iter(lost))[0] if lost else "the file")
        raise EditRefused(f"{name} would not be what the answer says", code="not-as-meant", hint="change it by hand")
    return made_text


def _check_faults(file: Outline, result: Outline) -> None:
    for node in new_faults(result.source, result.root, file.source, file.root):
        line = node.start_point.row + 1
        raise EditRefused(
            f"the changed file does not parse: line {line}",
            code="result-does-not-parse",
            hint="answer with complete, valid code",
            nearest=numbered(result.source.decode("utf-8", "replace"), line - 2, line + 2),
        )


def _identity(made: Outline, symbol: Symbol) -> tuple[str, str, str]:
    """Return what an untouched symbol is known by: all its text; of a container, what its head says."""
    if symbol.members is None:
        return symbol.name, symbol.role, made.said(symbol.start, symbol.end)
    return symbol.name, symbol.role, repr(head(made, symbol))


def _nested(symbol: Symbol) -> Iterator[Symbol]:
    for inner in symbol.members.symbols if symbol.members is not None else ():
        yield inner
        yield from _nested(inner)


def _count(symbol: Symbol) -> int:
    return sum(1 for _ in _nested(symbol))


def _role(said: Symbol, known: Symbol) -> str:
    """Return the role that a symbol has now: that of the file, unless a body has come or gone."""
    return said.role if {said.role, known.role} == {"prototype", "function"} else known.role


def _is_there(answer: Outline, said: Symbol, result: Outline, name: str, role: str) -> bool:
    meant = says(answer, said, flush=True)
    return any(
        says(result, symbol, flush=True) == meant and symbol.marks == said.marks
        for symbol in result.by_key.get((name, role), [])
    )


def _has_head(answer: Outline, said: Symbol, result: Outline, known: Symbol) -> bool:
    meant = head(answer, said)
    return any(head(result, symbol) == meant for symbol in result.by_key.get(known.key, []))
