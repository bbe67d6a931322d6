"""Types that a tree corrects: names as the file has them, and no narrower than what a function does with them."""

from __future__ import annotations

import re

import pytest

from workbench.crew.annotating.fitting_types import Fitting, typed_alike


def body(lines: str, imports: str = "") -> str:
    inside = "\n".join(f"    {line}" for line in lines.split("; "))
    return f"{imports}\n\ndef f(x, y=None):\n{inside}\n"


@pytest.mark.parametrize(
    ("kind", "lines", "fits"),
    [
        ("list[int]", "return sum(x)", "Iterable[int]"),
        ("list[int]", "return [one for one in x]", "Iterable[int]"),
        ("list[int]", "return x[0] + len(x)", "Sequence[int]"),
        ("list[int]", "print(x); return sum(x)", "Sequence[int]"),
        ("list[int]", "x = sorted(x); return x", "Iterable[int]"),
        ("list[int] | None", "if x is None: return 0; x = sorted(x); return x[0]", "Iterable[int] | None"),
        ("list[int]", "x.sort(); x = sorted(x); return x", "list[int]"),
        ("list[int]", "x = x or []; x.append(1)", "list[int]"),
        ("dict[str, int]", "x = x or {}; x['a'] = 1", "dict[str, int]"),
        ("list[int]", "for y in x: x = y; return x", "list[int]"),
        ("list[int]", "x.append(1)", "list[int]"),
        ("list[int]", "x[0] = 1", "list[int]"),
        ("list[int]", "return x", "list[int]"),
        ("list[int]", "return g(x)", "list[int]"),
        ("list[int]", "return lambda: sum(x)", "list[int]"),
        ("list[int]", "return 1", "list[int]"),
        ("list[list[int]] | None", "return any(x)", "Iterable[list[int]] | None"),
        ("dict[str, list[int]]", "return x.get('a')", "Mapping[str, list[int]]"),
        ("dict[str, int]", "return x.pop('a')", "dict[str, int]"),
        ("str", "return isinstance(x, str)", "Any"),
        ("str", "if not isinstance(x, str): raise TypeError; return x", "str"),
        ("str | bytes", "return isinstance(x, str)", "str | bytes"),
        ("object", "return isinstance(x, str)", "object"),
        ("str", "return hasattr(x, 'read')", "Any"),
        ("str", "return x.upper()", "str"),
    ],
)
def test_what_is_only_read_may_be_more_than_a_list(kind: str, lines: str, fits: str) -> None:
    assert Fitting(body(re.sub(r": (?=raise|return 0|x = y)", ":\n        ", lines)), "f").fitted(kind, "x") == fits


@pytest.mark.parametrize(
    ("imports", "kind", "fits"),
    [
        ("from datetime import datetime, timedelta", "datetime.timedelta", "timedelta"),
        ("import datetime\nfrom x import timedelta", "datetime.timedelta", "datetime.timedelta"),
        ("import datetime", "datetime.timedelta", "datetime.timedelta"),
        ("from decimal import Decimal", "list[decimal.Decimal] | None", "list[Decimal] | None"),
        ("", "decimal.Decimal", "decimal.Decimal"),
    ],
)
def test_a_name_is_written_as_the_file_has_it(imports: str, kind: str, fits: str) -> None:
    assert Fitting(body("return x", imports), "f").fitted(kind, "return") == fits


@pytest.mark.parametrize(
    ("lines", "fits"),
    [
        ("try:\n        iter(x)\n    except TypeError:\n        return False", "Any"),
        ("try:\n        iter(x)\n    except TypeError:\n        raise ValueError", "Iterable[int]"),
        ("try:\n        x.sort()\n    except ValueError:\n        return False", "list[int]"),
    ],
)
def test_what_is_tried_out_may_be_anything(lines: str, fits: str) -> None:
    assert Fitting(f"def f(x):\n    {lines}\n", "f").fitted("list[int]", "x") == fits


def test_a_letter_for_any_type_is_any_where_the_file_has_no_such_name() -> None:
    assert Fitting("def f(x):\n    return x\n", "f").fitted("Callable[[A], B]", "x") == "Callable[[Any], Any]"
    text = "T = TypeVar('T')\n\n\ndef f(x):\n    return x\n"
    assert Fitting(text, "f").fitted("Callable[[T], T]", "return") == "Callable[[T], T]"


def test_a_method_and_a_function_that_is_not_there() -> None:
    text = "class A:\n    def f(self, x):\n        return sum(x)\n"
    assert Fitting(text, "A.f").fitted("list[int]", "x") == "Iterable[int]"
    assert Fitting(text, "A").fitted("list[int]", "x") == "list[int]"
    assert Fitting(text, "nobody").fitted("list[int]", "x") == "list[int]"


@pytest.mark.parametrize(
    ("kind", "imports", "fits"),
    [
        ("List[int]", "", "list[int]"),
        ("Dict[str, List[int]] | None", "", "dict[str, list[int]] | None"),
        ("List[int]", "from typing import List", "List[int]"),
        ("datetime", "from datetime import date, timedelta", "date"),
        ("list[datetime.datetime]", "from datetime import date", "list[date]"),
        ("datetime", "from datetime import date, datetime", "datetime"),
        ("datetime.datetime", "import datetime\nfrom somewhere import date", "datetime.datetime"),
        ("datetime", "", "datetime"),
        ("datetime", "date = '2024'", "datetime"),
        ("List[int]", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from .model import List", "List[int]"),
        ("Type", "try:\n    from fast import Type\nexcept ImportError:\n    from slow import Type", "Type"),
    ],
)
def test_names_are_those_of_the_file(kind: str, imports: str, fits: str) -> None:
    assert Fitting(body("x.append(y)", imports), "f").fitted(kind, "x") == fits


def test_types_are_known_by_the_names_of_fields_and_arguments() -> None:
    text = """
class Dose:
    drug: str
    def __init__(self, drug, amount: float, per_day: int):
        self._per_day: int = per_day
def take(amount: int, when: "date"): ...
"""
    assert typed_alike(text) == {"drug": "str", "per_day": "int", "when": "'date'"}


def test_a_type_without_end_is_no_hindrance() -> None:
    endless = " | ".join(["int"] * 700)
    assert typed_alike(f"class A:\n    x: {endless}\n    y: str\n").get("y", "str") == "str"
