"""Types that the code contradicts are set right where the checker says what is there, and else claim nothing."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from workbench.crew import held_types
from workbench.crew.held_types import held


def on(code: str, types: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return what becomes of the types of `f` in code that has `{x}` and the like where they go."""
    imports = "from typing import Any\nfrom collections.abc import Collection, Iterable, Iterator, Mapping, Sequence\n"

    def write(kinds: Mapping[str, str]) -> str:
        text = imports + code
        for name, kind in kinds.items():
            text = text.replace(f"<{name}>", kind)
        return text

    found = held(types, write)
    return dict(found.types), dict(found.objections)


@pytest.mark.parametrize(
    ("code", "types", "instead"),
    [
        # Nothing is wrong.
        ("def f(x: <x>) -> <return>:\n    return x + 1\n", {"x": "int", "return": "int"}, {}),
        # The checker says what is returned.
        ("def f(x: <x>) -> <return>:\n    return x\n", {"x": "int", "return": "str"}, {"return": "int"}),
        (
            "def f(x: <x>) -> <return>:\n    return sorted(x.items(), key=lambda p: p[1])[:3]\n",
            {"x": "Mapping[str, float]", "return": "list[Mapping[str, float]]"},
            {"return": "list[tuple[str, float]]"},
        ),
        (
            "def f(x: <x>) -> <return>:\n    if x:\n        return 'a'\n    return x\n",
            {"x": "int", "return": "str"},
            {"return": "str | int"},
        ),
        # None on some way.
        (
            "def f(x: <x>) -> <return>:\n    for y in x:\n        if y:\n            return y\n    return None\n",
            {"x": "Iterable[str]", "return": "str"},
            {"return": "str | None"},
        ),
        (
            "def f(x: <x>) -> <return>:\n    if x:\n        return 'a'\n",
            {"x": "int", "return": "str"},
            {"return": "str | None"},
        ),
        # A default says more than a name.
        (
            "def f(x: <x> = ()) -> <return>:\n    return 3 in x\n",
            {"x": "list[int]", "return": "bool"},
            {"x": "Collection[int]"},
        ),
        ("def f(x: <x> = 3) -> <return>:\n    return x\n", {"x": "str", "return": "Any"}, {"x": "int"}),
        (
            "from decimal import Decimal\nD = Decimal(1)\ndef f(x: <x> = D) -> <return>:\n    return 2 * x\n",
            {"x": "float", "return": "Decimal"},
            {"x": "Decimal"},
        ),
        # A class that takes nothing between brackets.
        ("class R: ...\ndef f() -> <return>:\n    return R()\n", {"return": "R[Any]"}, {"return": "R"}),
    ],
)
def test_what_the_checker_tells_is_taken(code: str, types: dict[str, str], instead: dict[str, str]) -> None:
    assert on(code, types) == (types | instead, {})


@pytest.mark.parametrize(
    ("code", "types", "any_of"),
    [
        (
            "import re\nP = re.compile('a')\ndef f(x: <x>) -> <return>:\n    return 1\n",
            {"x": "P", "return": "int"},
            {"x"},
        ),
        (
            "from decimal import Decimal\ndef f(c: <c>, r: <r>) -> <return>:\n    return int(Decimal(c) * r)\n",
            {"c": "int", "r": "float", "return": "int"},
            {"r"},
        ),
        ("def f(day: <day>) -> <return>:\n    return 3 == day\n", {"day": "str", "return": "bool"}, {"day"}),
        # What another function of the file gives.
        (
            "def f(x: <x>) -> <return>:\n    return len(x) > 1\n\n\ndef g() -> bool:\n    return f('a')\n",
            {"x": "list[int]", "return": "bool"},
            {"x"},
        ),
    ],
)
def test_what_nothing_fits_becomes_any_and_is_said(code: str, types: dict[str, str], any_of: set[str]) -> None:
    found, objections = on(code, types)
    assert {name for name, kind in found.items() if kind == "Any"} == any_of
    assert objections.keys() == any_of
    for name in any_of:
        assert types[name] in objections[name]


def test_what_is_wrong_anyway_is_no_types_fault() -> None:
    code = "def g() -> int:\n    return 'a'\n\n\ndef f(x: <x>) -> <return>:\n    return x\n"
    types = {"x": "int", "return": "int"}
    assert on(code, types) == (types, {})


def test_code_that_does_not_reckon_with_none_is_no_types_fault() -> None:
    code = "def f(x: <x> = None) -> <return>:\n    return x.upper()\n"
    types = {"x": "str | None", "return": "str"}
    assert on(code, types) == (types, {})


def test_without_a_checker_types_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(held_types, "type_faults", lambda text: None)
    assert on("def f(x: <x>) -> <return>:\n    return x\n", {"x": "int", "return": "str"}) == (
        {"x": "int", "return": "str"},
        {},
    )


def test_types_that_cannot_be_written_stay() -> None:
    assert held({"x": "int"}, lambda kinds: None).types == {"x": "int"}
