"""Types that the code contradicts are set right where the checker says what is there, and else claim nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from workbench.checks.type_errors import type_faults
from workbench.crew.annotating import held_types
from workbench.crew.annotating.held_types import held

pytestmark = pytest.mark.slow
"""Each asks the real checker several times."""


def on(code: str, types: Mapping[str, str], **more: Any) -> tuple[dict[str, str], dict[str, str]]:
    """Return what becomes of the types of `f` in code that has `{x}` and the like where they go."""
    imports = "from typing import Any\nfrom collections.abc import Collection, Iterable, Iterator, Mapping, Sequence\n"

    def write(kinds: Mapping[str, str]) -> str:
        text = imports + code
        for name, kind in kinds.items():
            text = text.replace(f"<{name}>", kind)
        return text

    found = held(types, write, **more)
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
        # What is counted elsewhere.
        (
            "def f(x: <x>) -> <return>:\n    k = []\n    for y in x:\n        k.append(y)\n    return k\n"
            "def g() -> int:\n    return len(f(['a']))\n",
            {"x": "Iterable[str]", "return": "Iterable[str]"},
            {"return": "list[str]"},
        ),
        (
            "def f(x: <x>) -> <return>:\n    return x[0]\n",
            {"x": "Iterable[str]", "return": "str"},
            {"x": "Sequence[str]"},
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


@pytest.mark.parametrize(
    "code",
    [
        "def f(x: <x>) -> <return>:\n    r = 0\n    for v in x:\n        r += v\n    return r\n",
        "def f(x: <x>) -> <return>:\n    s = 1\n    for v in x:\n        s = s / v\n    return s\n",
        "def f(x: <x>) -> <return>:\n    for v in x: ...\n    for v in ['a']: ...\n    return x[0]\n",
    ],
)
def test_a_name_used_for_one_thing_after_another_is_no_types_fault(code: str) -> None:
    types = {"x": "list[float]", "return": "float"}
    assert on(code, types) == (types, {})


@pytest.mark.parametrize(
    ("code", "types"),
    [
        ("def f(x: <x>) -> <return>:\n    return max(x, key=x.get)\n", {"x": "dict[str, int]", "return": "str"}),
        ("def f(x: <x>) -> <return>:\n    x.tag = 1\n    return 1\n", {"x": "Callable[..., int]", "return": "int"}),
        ("def f(x: <x>) -> <return>: ...\n", {"x": "int", "return": "str"}),
        (
            "def f(x: <x>) -> <return>:\n    d = {'q': x}\n    d['n'] = 3\n    return d\n",
            {"x": "str", "return": "dict[str, Any]"},
        ),
        (
            "class A:\n    def f(self, x: int) -> int: ...\n"
            "class B(A):\n    def f(self, x: <x>) -> <return>:\n        return x\n",
            {"x": "str", "return": "str"},
        ),
    ],
)
def test_what_only_a_strict_reader_objects_to_stays(code: str, types: dict[str, str]) -> None:
    assert on("from collections.abc import Callable\n" + code, types) == (types, {})


def test_what_the_checker_does_not_know_is_not_said_to_be_none() -> None:
    code = "import json\ndef f(x: <x>) -> <return>:\n    d = json.loads(x)\n    if d:\n        return d[x]\n"
    code += "    return None\n"
    found, _ = on(code, {"x": "str", "return": "str"}, returns=1)
    assert found == {"x": "str", "return": "str | None"}


def test_of_several_ways_those_that_are_not_known_keep_their_type() -> None:
    code = (
        "import json\ndef f(x: <x>) -> <return>:\n    d = json.loads(x)\n    if d:\n        return d\n    return ''\n"
    )
    found, _ = on(code, {"x": "str", "return": "dict[str, Any]"}, returns=2)
    assert found["return"] == "dict[str, Any] | str"


def test_an_end_that_a_call_may_never_leave_is_no_none() -> None:
    code = "def fail(m):\n    raise ValueError(m)\n"
    code += "def f(x: <x>) -> <return>:\n    if x:\n        return 1\n    fail('no')\n"
    types = {"x": "int", "return": "int"}
    assert on(code, types, may_end=False) == (types, {})
    assert on(code, types)[0] == {"x": "int", "return": "int | None"}


def test_alternatives_within_brackets_stay_there() -> None:
    code = "def f(x: <x>) -> <return>:\n    if x:\n        return {'a': 1}\n"
    found, _ = on(code, {"x": "int", "return": "dict[str, int | None | list[int]]"})
    assert found["return"] == "dict[str, int | None | list[int]] | None"


def test_what_is_only_wrong_together_claims_no_less_than_it_must() -> None:
    code = "def f(a: <a>, b: <b>, c: <c>) -> <return>:\n    return a.x + b + str(c)\n"
    found, objections = on(code, {"a": "int", "b": "int", "c": "int", "return": "str"})
    assert found["c"] == "int"
    assert found["return"] == "str"
    assert objections.keys() <= {"a", "b"}


def test_a_checker_that_falls_silent_on_the_way_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def tired(text: str) -> object:
        asked.append(text)
        return type_faults(text) if len(asked) < 3 else None

    monkeypatch.setattr(held_types, "type_faults", tired)
    types = {"x": "int", "return": "str"}
    assert on("def f(x: <x>) -> <return>:\n    return x\n", types) == (types, {})
    assert len(asked) == 3


def test_a_type_that_cannot_be_written_there_is_passed_over() -> None:
    def write(kinds: Mapping[str, str]) -> str | None:
        text = "from typing import Any\nfrom decimal import Decimal as D\ndef f() -> <return>:\n    return D(1)\n"
        return None if "Decimal" in kinds["return"] else text.replace("<return>", kinds["return"])

    found = held({"return": "str"}, write)
    assert found.types == {"return": "Any"}
    assert "Decimal" in found.objections["return"]


def test_time_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(held_types, "SECONDS", -1.0)
    types = {"x": "int", "return": "str"}
    assert on("def f(x: <x>) -> <return>:\n    return x\n", types) == (types, {})


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
