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

NAMES: list[tuple[str, list[str]]] = [
    ("y = 5\ndef f():\n    [(lambda: (y := 1))() for x in [1]]\n    return y", ["f()"]),
    ("y = 5\ndef f():\n    z = y\n    def g(a=(y := 3)): pass\n    return z, y", ["f()"]),
    ("def f():\n    z = [lambda a=(q := x): a for x in [1, 2]]\n    return z[0](), q", ["f()"]),
    ("class __Base: x = 1\ndef f():\n    class A(__Base): pass\n    return A.x", ["f()"]),
    ("class A:\n    class __E(Exception): pass\n    def g(self): raise self.__E()", ["A().g()"]),
    ("def d(f): return f.__name__\nclass A:\n    @d\n    def __x(self): pass\n    y = __x", ["A.y"]),
]

RAISED: list[tuple[str, list[str]]] = [
    (
        "def f():\n    try:\n        try:\n            1 / 0\n        finally:\n            raise KeyError\n    except KeyError:\n        pass\n    raise",
        ["f()"],
    ),
    (
        "class M:\n    def __enter__(self): return 1\n    def __exit__(self, *a): raise KeyError\ndef f():\n    try:\n        with M(): 1 / 0\n    except KeyError:\n        pass\n    raise",
        ["f()"],
    ),
]

STANDING: list[tuple[str, list[str]]] = [
    ("def f(): return type(print).__name__, print.__class__ is len.__class__, isinstance(print, type(f))", ["f()"]),
    (
        "from functools import partial\ndef f(): return partial(len).func is len, partial(int, base=2).func == int",
        ["f()"],
    ),
    (
        "def f(g, x):\n    try: g(x)\n    except TypeError as e: return str(e)\ndef g(x):\n    try: x[0]\n    except TypeError as e: return e.args",
        ["f(len, print)", "f(sum, [iter({1, 2})])", "g(print)", "f(len, 5)"],
    ),
    ("from collections.abc import Generator\ndef f(): return isinstance(iter({1, 2}), Generator)", ["f()"]),
    ("def f(): return type(iter({1, 2})).__name__", ["f()"]),
    ("def f(): print(1, sep=5)", ["f()"]),
    ("import logging\nlog = logging.getLogger()\ndef f(): log.info()\ndef g(): log.info('a', b=1)", ["f()", "g()"]),
    ("def f(x): return x @ x\ndef g(x):\n    x @= 1", ["f(1)", "g(1)"]),
    (
        "def deep():\n    a = []\n    for _ in range(1500): a = [a]\n    return a\ndef f(): return deep() in [deep()]",
        ["f()"],
    ),
]

DEEP: list[tuple[str, list[str]]] = [
    ("def f(n): return sum(sum(sum(f(n - 1) for _ in [1]) for _ in [1]) for _ in [1]) if n else 0", ["f(245)"]),
    ("def f(n): return [[[f(n - 1) for _ in [1]] for _ in [1]] for _ in [1]] if n else 0", ["len(f(245))", "f(3)"]),
]

HASHES: list[tuple[str, list[str]]] = [
    (
        "class A:\n    def __hash__(self): return hash('a')\nclass B(A):\n    def __hash__(self):\n        self.h = super().__hash__()\n        return self.h\ndef f():\n    b = B()\n    return {b} and b.h",
        ["f()"],
    ),
    ("class A:\n    def __hash__(self): return hash('a')\n    other = __hash__", ["A().other()"]),
    (
        "def d(g):\n    d.kept = g\n    return g\nclass A:\n    @d\n    def __hash__(self): return hash('a')",
        ["d.kept(A())"],
    ),
    ("class A:\n    def __getitem__(self, k): return {'a', 'b', 'c', k}\ndef f(): return '%(a)s' % A()", ["f()"]),
]

RARE = ANNOTATIONS + SETS + FIELDS + NAMES + RAISED + STANDING + DEEP + HASHES
