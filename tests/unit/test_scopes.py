"""Which name means what: the rules of Python's own scopes, checked on cases and against the compiler on real code."""

from __future__ import annotations

import symtable
from collections import Counter
from pathlib import Path

import pytest

import workbench
from workbench.edits.python.scopes import Names, resolve

CODE = """import os.path as p
x = 1


class A:
    x = 2
    y = [x for _ in range(x)]

    def m(self, x=x):
        return x + A.x

    def n(self):
        return x


def f():
    global x
    x = 3

    def g():
        nonlocal_x = x
        return nonlocal_x

    return [x for x in range(3)], lambda x: x, (z := 1)


def h(match):
    match match:
        case {"a": a, **rest}:
            return a, rest
        case A(x=b) | [b, *_]:
            return b
    try:
        pass
    except OSError as error:
        return f"{error} {x}"
"""


def meant(line: int, name: str, nth: int = 0) -> str | None:
    places = [place for place in Names(CODE).of(name) if place.line == line and place.role == "name"]
    scope = resolve(name, places[nth].scope)
    return None if scope is None else scope.name or "module"


@pytest.mark.parametrize(
    ("line", "name", "nth", "scope"),
    [
        (2, "x", 0, "module"),
        (6, "x", 0, "A"),
        # The element of a comprehension in a class sees past the class; its first iterable does not.
        (7, "x", 0, "module"),
        (7, "x", 1, "A"),
        (9, "x", 0, "A.m"),
        (9, "x", 1, "A"),
        (10, "x", 0, "A.m"),
        (13, "x", 0, "module"),
        (18, "x", 0, "module"),
        (21, "x", 0, "module"),
        (24, "x", 0, "f.<comprehension>"),
        (24, "x", 2, "f.<lambda>"),
        (24, "z", 0, "f"),
        (7, "range", 0, None),
        (29, "a", 0, "h"),
        (29, "rest", 0, "h"),
        (32, "b", 0, "h"),
        (36, "error", 0, "h"),
        (36, "x", 0, "module"),
    ],
)
def test_a_name_means_what_python_says(line: int, name: str, nth: int, scope: str | None) -> None:
    assert meant(line, name, nth) == scope


def test_every_place_is_where_the_name_stands() -> None:
    names = Names("\ufeff" + CODE.replace("x = 3", "ü = 3"))
    assert names.places
    assert all(names.text[place.start : place.end] == place.text for place in names.places)
    roles = Counter(place.role for place in Names(CODE).places)
    assert roles["attribute"] == 1
    assert roles["keyword"] == 1


COMPREHENSIONS = {"listcomp", "setcomp", "dictcomp", "genexpr"}


def bound_by_compiler(table: symtable.SymbolTable, around: set[str], kind: str) -> list[tuple[str, set[str]]]:
    """Return the kind and the names of each scope; those of comprehensions are put to the scope they stand in.

    From Python 3.12 on most of these are no scopes of their own.
    """
    is_own = table.get_name() not in COMPREHENSIONS
    names, kind = (set(), str(getattr(table.get_type(), "value", table.get_type()))) if is_own else (around, kind)
    names |= {
        symbol.get_name()
        for symbol in table.get_symbols()
        if (symbol.is_local() or (kind == "module" and symbol.is_assigned()))
        and not symbol.get_name().startswith((".", "__"))
    }
    inner = [one for child in table.get_children() for one in bound_by_compiler(child, names, kind)]
    return [(kind, names), *inner] if is_own else inner


def bound_by_ours(text: str) -> list[tuple[str, set[str]]]:
    found: dict[int, tuple[str, set[str]]] = {}
    for scope in Names(text).scopes:
        own = scope
        while own.name.endswith("<comprehension>") and own.parent is not None:
            own = own.parent
        _, names = found.setdefault(id(own), (own.kind, set()))
        names |= {name for name in scope.bound if not name.startswith("__")}
    return list(found.values())


def counted(scopes: list[tuple[str, set[str]]]) -> Counter[tuple[str, tuple[str, ...]]]:
    return Counter((kind, tuple(sorted(names))) for kind, names in scopes)


@pytest.mark.parametrize(
    "path", sorted(Path(workbench.__file__).parent.glob("edits/*.py"))[:12], ids=lambda path: path.name
)
def test_bindings_are_those_of_the_compiler(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    theirs = bound_by_compiler(symtable.symtable(text, path.name, "exec"), set(), "")
    assert counted(bound_by_ours(text)) == counted(theirs)
