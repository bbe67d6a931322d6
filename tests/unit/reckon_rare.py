"""Further small files in which it is easy to be wrong, and questions about each; see `reckon_tricky`."""

from __future__ import annotations

ANNOTATIONS: list[tuple[str, list[str]]] = [
    ("def g(a: Missing): return 1\ndef f(): return 2", ["f()"]),
    ("def f() -> Missing: return 2", ["f()"]),
    ("from __future__ import annotations\ndef f(a: Missing) -> callable | None: return a", ["f(2)"]),
    ("x: Missing = 5\ndef f(): return x", ["f()"]),
    ("def f():\n    def g(a: Missing): return 1\n    return g(1)", ["f()"]),
    ("def f():\n    x: Missing = 1\n    return x", ["f()"]),
    ("class A:\n    x: Missing = 1\ndef f(): return A.x", ["f()"]),
    ("class A:\n    def g(self) -> A: return 1\ndef f(): return A().g()", ["f()"]),
    ("class A:\n    def g(self) -> 'A': return 1\ndef f(): return A().g()", ["f()"]),
    ("def f(a: 'A' | None = None): return a", ["f()"]),
    ("def f(a: callable | None = None): return a", ["f()"]),
    ("def f(a: list[any[int]] = None): return a", ["f()"]),
    (
        "from typing import List\nclass B: pass\ndef f(a: List['B'] | int | None, b: dict[str, B]): return a",
        ["f(1, 2)"],
    ),
    ("def f():\n    try:\n        int[0]\n    except TypeError:\n        return 1\n    return 2, type[int]", ["f()"]),
]

SETS: list[tuple[str, list[str]]] = [
    (
        "def f(): return len(max({1, 2}, {1, 2, 3})), sorted(max({1, 2}, {3, 4, 5}, key=len)), sorted(min([{1, 2}, {3}]))",
        ["f()"],
    ),
    ("from functools import reduce\ndef f(): return sorted(reduce(lambda a, b: a & b, [{1, 2}], {1, 2, 5}))", ["f()"]),
    (
        "from itertools import chain\ndef f(d): return sorted(chain.from_iterable(d.values())), sorted(chain.from_iterable(d))",
        ["f({'x': {'a', 'b'}, 'y': {'p', 'q'}})", "f({})", "f({'a': 1})"],
    ),
    ("def f(): return len(dict(a={1, 2})['a']), min([], default={1, 2}) == {1, 2}", ["f()"]),
]

FIELDS: list[tuple[str, list[str]]] = [
    (
        "from dataclasses import dataclass\n@dataclass\nclass A:\n    x: int\n    if True:\n        y: int = 2",
        ["A(1, 3).y"],
    ),
    (
        "from typing import ClassVar\nfrom dataclasses import dataclass\nFixed = ClassVar[int]\n@dataclass\nclass A:\n    x: Fixed = 3\n    y: int = 4",
        ["A(9)"],
    ),
    (
        "from dataclasses import dataclass\nclass MyClassVar: pass\n@dataclass\nclass A:\n    x: MyClassVar = 3\n    y: int = 4",
        ["A(9)"],
    ),
]

RARE = ANNOTATIONS + SETS + FIELDS
