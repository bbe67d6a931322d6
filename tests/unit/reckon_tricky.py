"""Small files in which it is easy to be wrong, and questions about each."""

from __future__ import annotations

TRICKY: list[tuple[str, list[str]]] = [
    ("def f():\n    x = 1\n    class A:\n        x = x if False else 2\n        y = x\n    return A.x, A.y", ["f()"]),
    ("x = 'g'\ndef f():\n    x = 'l'\n    class A:\n        y = x\n        x = 'c'\n    return A.y, A.x", ["f()"]),
    (
        "x='g'\ndef f():\n    x='l'\n    class A:\n        print(x) if 0 else None\n        def g(self): return x\n    return A().g()",
        ["f()"],
    ),
    ("def f(n):\n    try:\n        return n\n    finally:\n        n = 5\n", ["f(1)"]),
    (
        "def f():\n    for i in range(3):\n        try:\n            continue\n        finally:\n            if i == 1: break\n    return i",
        ["f()"],
    ),
    (
        "def f():\n    while True:\n        try:\n            return 1\n        finally:\n            break\n    return 2",
        ["f()"],
    ),
    (
        "def f():\n    try:\n        raise KeyError('a')\n    except KeyError as e:\n        try:\n            raise ValueError('b')\n        except ValueError:\n            pass\n        try:\n            raise\n        except KeyError as k:\n            return k is e",
        ["f()"],
    ),
    ("def g():\n    raise\ndef f():\n    try:\n        1/0\n    except ZeroDivisionError:\n        g()", ["f()"]),
    (
        "def f():\n    t = ([1],)\n    try:\n        t[0] += [2]\n    except TypeError:\n        pass\n    return t",
        ["f()"],
    ),
    ("def f():\n    a = [1,2,3]\n    i = 0\n    i, a[i] = 1, 9\n    return a, i", ["f()"]),
    (
        "log=[]\ndef t(x):\n    log.append(x)\n    return x\ndef f():\n    {t(1): t(2), t(3): t(4)}\n    t(5) + t(6) * t(7)\n    t(8) if t(0) else t(9)\n    [t(10)][t(0)] \n    d = {}\n    d[t(11)] = t(12)\n    t(13) < t(14) < t(2) < t(15)\n    (lambda a=t(16), *, b=t(17): 0)(t(18), b=t(19))\n    return log",
        ["f()"],
    ),
    (
        "def f():\n    fs = []\n    for i in range(3):\n        fs.append(lambda: i)\n    return [g() for g in fs], [(lambda: j)() for j in range(3)]",
        ["f()"],
    ),
    ("def f():\n    g = (x for x in [1,2])\n    return 2 in g, list(g)", ["f()"]),
    (
        "def f():\n    try:\n        return [1/n for n in [1,0]]\n    except ZeroDivisionError as e:\n        return str(e)",
        ["f()"],
    ),
    (
        "def f(*a, **k): return a, k\nd = {'a': 1}\nl=[1]",
        ["f(*l, *l, **d, b=2)", "f(**d, **{'a': 2})", "f(a=1, **d)", "f(*None)", "f(**None)"],
    ),
    ("def f():\n    x = [3,1,2]\n    y = x.sort()\n    return x, y, sorted(x) is x", ["f()"]),
    (
        "class A:\n    def __eq__(s, o): return True\n    def __ne__(s, o): return 'ne'\ndef f(): return A() == 1, A() != 1, 1 == A(), A() in [5], [5].index(A()), [A()] == [7]",
        ["f()"],
    ),
    (
        "class A:\n    def __getitem__(s, i):\n        if i > 2: raise IndexError\n        return i\ndef f(): return list(A()), 2 in A(), [*A()], max(A())",
        ["f()"],
    ),
    ("class A:\n    def __lt__(s, o): return NotImplemented\ndef f(): return A() < A()", ["f()"]),
    (
        "class A:\n    def __radd__(s, o): return o + 1\n    def __iadd__(s, o): return 'i'\n    def __neg__(s): return 'n'\n    def __call__(s, x): return x\ndef f():\n    a = A()\n    b = 1 + a, sum([a], 5), -a, list(map(a, [1]))\n    a += 1\n    return b, a",
        ["f()"],
    ),
    ("class A:\n    def __bool__(s): return 5\ndef f(): return not A()", ["f()"]),
    ("class A:\n    def __len__(s): return -1\ndef f(): return len(A())", ["f()", "bool(A())"]),
    (
        "class A:\n    def __hash__(s): return 1\n    def __eq__(s, o): return isinstance(o, A)\ndef f(): return len({A(), A()}), {A(): 1}[A()], A() in {A()}",
        ["f()"],
    ),
    ("class A:\n    def __str__(s): return 5\ndef f(): return str(A())", ["f()"]),
    (
        "class A:\n    @property\n    def x(s): raise AttributeError('in')\ndef f(): return hasattr(A(), 'x'), getattr(A(), 'x', 7)",
        ["f()", "A().x"],
    ),
    ("class A:\n    x = 1\n    def f(s):\n        s.x += 1\n        return s.x, A.x\n", ["A().f()"]),
    (
        "class A:\n    items = []\nclass B(A): pass\ndef f():\n    B().items.append(1)\n    B.items = [2]\n    return A.items, B.items, A().items",
        ["f()"],
    ),
    ("class A:\n    def f(self): return 1\na = A()\na.f = lambda: 2", ["a.f()", "A.f(a)", "A().f()"]),
    (
        "class A:\n    def __init__(s, x): s.__x = x\n    def _A__y(s): return s.__x\n    def z(s): return s.__y()\n",
        ["A(3).z()", "A(3)._A__x", "A(3).__x"],
    ),
    (
        "class E(Exception): pass\nclass F(E): pass\ndef f(x):\n    try:\n        raise F('m', 2)\n    except (KeyError, E) as e:\n        return type(e).__name__, e.args, str(e), repr(e)",
        ["f(1)"],
    ),
    (
        "def f():\n    try:\n        raise ValueError\n    except Exception as e:\n        return repr(e), str(e), e.args == (), bool(e.args)",
        ["f()"],
    ),
    ("def f():\n    d = {'a': 1}\n    for k in d:\n        d[k + 'x'] = 1", ["f()"]),
    ("def f():\n    l = [1,2,3,4]\n    for x in l:\n        l.remove(x)\n    return l", ["f()"]),
    ("def f(a, b=[], *, c={}):\n    b.append(a)\n    c[a] = b\n    return b, c\n", ["f(1), f(2)"]),
    ("def f(n): return f(n-1) + 1 if n else 0", ["f(200)", "f(240)"]),
    (
        "from functools import lru_cache\ncalls=[]\n@lru_cache\ndef f(n):\n    calls.append(n)\n    return n\n",
        ["(f(1), f(1), f(2), calls, f.cache_info())", "f([])"],
    ),
    ("def f():\n    x = 5\n    def g():\n        nonlocal x\n        del x\n    g()\n    return x", ["f()"]),
    ("def f():\n    return [y for x in range(3) if (y := x * 2) > 1], y", ["f()"]),
    (
        "a = 1\ndef f():\n    global a, b\n    a, b = 2, 3\n    def g(): return a + b\n    return g()",
        ["f()", "(f(), a, b)"],
    ),
    (
        "def f(x):\n    match x:\n        case {'a': [1, *r], **k}: return r, k\n        case (a, b) | [a, b, _]: return a, b\n        case str(s) | bytes(s): return s\n        case bool(): return 'b'\n        case 1.0 | -2: return 'n'\n        case float('inf') if 0: pass\n        case []: return 'e'\n    return None",
        [
            "f({'a':[1,2],'z':3})",
            "f((1,2))",
            "f([1,2,3])",
            "f('q')",
            "f(True)",
            "f(1)",
            "f(-2)",
            "f([])",
            "f({})",
            "f(range(2))",
        ],
    ),
    (
        "from dataclasses import dataclass, field\n@dataclass\nclass A:\n    x: int\n    y: list = field(default_factory=list, repr=False, compare=False)\n    z: int = field(init=False, default=4)\n@dataclass(order=True, unsafe_hash=True)\nclass B(A):\n    w: str = 'q'\n",
        [
            "A(1)",
            "B(1)",
            "B(1) < B(2)",
            "A(1, [2]) == A(1)",
            "A(1) == B(1)",
            "B(1, [], 'z').w",
            "A(1, 2, 3)",
            "A(x=1, q=2)",
        ],
    ),
    (
        "from enum import Enum, IntEnum, auto\nclass A(Enum):\n    X = auto()\n    Y = auto()\n    Z = 1\n    @classmethod\n    def low(cls): return cls.X\n    @property\n    def p(self): return self.value * 2\n    def __str__(self): return 'A:' + self.name\nclass B(IntEnum):\n    P = 5\n    Q = 3\n",
        [
            "[x for x in A]",
            "A.Z is A.X",
            "str(A.Y), f'{A.Y}', repr(A.Y), A.Y.p",
            "A.low()",
            "A.X in A",
            "sorted(B)",
            "B.P + 1, B.P > B.Q, B.P == 5",
            "f'{B.P}'",
            "A.X < A.Y",
            "A['Y'].name",
            "A.nope",
            "B(3)",
            "{A.X: 1}[A.X]",
            "A.X == A(1)",
            "list(A.__members__)",
        ],
    ),
    (
        "from typing import NamedTuple\nclass P(NamedTuple):\n    x: int\n    y: int = 2\n    def __str__(self): return f'<{self.x}>'\n    @property\n    def s(self): return self.x + self.y\n",
        [
            "P(1)",
            "str(P(1))",
            "P(1).s",
            "P(1)._replace(y=5)",
            "P(1) + (3,)",
            "P(1).x = 5 if 0 else P(1)[0]",
            "P(1, 2) == (1, 2)",
            "P._fields",
            "P(1).count(1)",
        ],
    ),
    (
        "def f(s):\n    return sorted(set(s)), len(set(s)), set(s) == set('abc'), 'a' in set(s), {c: s.count(c) for c in sorted(set(s))}",
        ["f('abca')"],
    ),
    ("def f(s): return {c: s.count(c) for c in set(s)} == {'a': 2, 'b': 1}", ["f('aba')"]),
    (
        "def f(s):\n    seen = set()\n    out = []\n    for x in s:\n        if x not in seen:\n            seen.add(x)\n            out.append(x)\n    return out",
        ["f('abcab')"],
    ),
    (
        "def f(a, b): return sorted(set(a) & set(b)), bool(set(a) - set(b)), set(a).issubset(b), max(set(a), key=a.count)",
        ["f('aab', 'ab')"],
    ),
    (
        "import re\ndef f(s): return re.sub(r'(?P<x>\\w)', lambda m: m['x'].upper(), s), re.split('(-)', s), [m.groupdict() for m in re.finditer('(?P<q>a)', s)]",
        ["f('a-b')"],
    ),
    (
        "from decimal import Decimal, ROUND_HALF_UP\ndef f(x): return str(Decimal(x).quantize(Decimal('0.1'), ROUND_HALF_UP)), Decimal(x) + 1, round(Decimal(x), 1), f'{Decimal(x):.2f}', int(Decimal(x)), Decimal(x) == 1.25",
        ["f('1.25')"],
    ),
    ("import datetime\nclass T(datetime.tzinfo): pass\n", ["1"]),
    ("def f(x): return '%5.2f|%-5s|%05d|%x|%e|%r|%%' % (x, 'a', 42, 255, 12345.678, 'q')", ["f(3.14159)"]),
    ("def f(x): return f'{x!r:>10}|{x:^10}|{x:{10}}|{x + x=}'", ["f('ab')"]),
    ("def gen():\n    try:\n        yield 1\n    finally:\n        pass\ndef f(): return list(gen())", ["f()"]),
    ("def gen(n):\n    if n: yield from gen(n - 1)\n    yield n\ndef f(): return list(gen(50))", ["f()"]),
    (
        "def gen():\n    r = yield from sub()\n    yield r\ndef sub():\n    yield 1\n    return 2\ndef f(): return list(gen())",
        ["f()"],
    ),
    (
        "def gen():\n    return 5\n    yield\ndef f():\n    try:\n        next(gen())\n    except StopIteration as e:\n        return e.value",
        ["f()"],
    ),
    ("@property\ndef x(): pass\ny = staticmethod(len)", ["1", "y([1])"]),
    (
        "def f(): return (lambda f: (lambda x: f(lambda v: x(x)(v)))(lambda x: f(lambda v: x(x)(v))))(lambda s: lambda n: 1 if n < 2 else n * s(n - 1))(10)",
        ["f()"],
    ),
    (
        "def f(x):\n    x = list(x)\n    x[1:2] = 'ab'\n    x[::2] = range(len(x[::2]))\n    del x[-1]\n    return x",
        ["f([1,2,3])", "f('q')"],
    ),
    ("def f(): return [] is [], [] == [], (a := []) is a, None is not None, type(1) is int, 'a' is None", ["f()"]),
    (
        "def f(): return 0.1 + 0.2, 1e16 + 1, round(0.5), round(1.5), -7 // 2, -7 % 3, 7 % -3, divmod(-7, 2), int(-3.7), 2 ** 0.5",
        ["f()"],
    ),
    (
        "def f(): return 'ß'.upper(), 'İ'.lower(), 'ǆ'.title(), 'ﬁ'.casefold(), '²'.isdigit(), '²'.isdecimal(), len('👨\u200d👩\u200d👧')",
        ["f()"],
    ),
    ("def f(x, /, y, *, z=3): return x, y, z", ["f(1, 2)", "f(x=1, y=2)", "f(1, y=2, z=4)", "f(1, 2, 3)", "f(1)"]),
    (
        "class A:\n    def f(x): return x\n    g = lambda self, y: y\n    h = staticmethod(lambda: 3)\n",
        ["A.f(5)", "A().g(4)", "A().h(), A.h()", "A().f(1)"],
    ),
    (
        "class Meta: pass\nclass A:\n    def __init__(self): self.d = {}\n    def __getattr__(self, n): return 1\n",
        ["A().q"],
    ),
    ("class Stack(list):\n    def top(self): return self[-1]\n", ["Stack([1]).top()"]),
    (
        "class A:\n    def m(self): return 1\ndef f():\n    m = A().m\n    return m(), [m][0](), (lambda g: g())(m)",
        ["f()"],
    ),
    (
        "import math\ndef f(): return math.fsum([.1]*10), math.log(8, 2), math.dist([0,0],[3,4]), math.hypot(3,4), math.trunc(-2.5), math.isqrt(17), math.nan == math.nan",
        ["f()"],
    ),
    (
        "def f(n):\n    total = 0\n    while n:\n        n, d = divmod(n, 10)\n        total += d\n    else:\n        total = -total\n    return total",
        ["f(1234)"],
    ),
    ("try:\n    import json as j\nexcept ImportError:\n    j = None\ndef f(): return j.dumps([1])", ["f()"]),
    (
        "import os.path\nimport json, os\nfrom os import path\ndef f(): return json.dumps(1)\ndef g(): return path.join('a')",
        ["f()", "g()"],
    ),
    (
        "if True:\n    X = 1\nelse:\n    X = 2\nfor i in range(3): X += i\nwhile X < 10: X += 1\ntry:\n    Y = 1 / 0\nexcept ZeroDivisionError:\n    Y = 'z'\ndel i",
        ["X, Y", "i"],
    ),
    ("A = B = [1]\nA.append(2)\nC, *D = A + [3]\nE: int\nF: int = 4", ["A, B, C, D, F", "E"]),
    ("def f(x):\n    '''doc'''\n    return f.__name__, f.calls\nf.calls = 3", ["f(1)", "f.__doc__", "f.nothing"]),
    ("def deco(f):\n    f.tag = 1\n    return f\n@deco\ndef f(): return f.tag\n", ["f()"]),
    ("def f(a): return a.b.c", ["f(None)", "f(f)", "f(1)"]),
    (
        "def f(x): return x.upper() if isinstance(x, str) else str(x) if x is not None else ''",
        ["f('a'), f(None), f(2.50)"],
    ),
    ("def f(x): return int(x) if x.strip().lstrip('-').isdigit() else float(x)", ["f(' -4 ')", "f('1e3')", "f('')"]),
    ("class A:\n    n = 0\n    def __new__(cls): return object.__new__(cls)\n", ["A().n"]),
    (
        "class Temp:\n    def __init__(self, c): self.c = c\n    @property\n    def f(self): return self.c * 9 / 5 + 32\n    @f.setter\n    def f(self, v): self.c = (v - 32) * 5 / 9\n    @f.deleter\n    def f(self): self.c = None\ndef g():\n    t = Temp(100)\n    a = t.f\n    t.f = 32\n    b = t.c\n    del t.f\n    return a, b, t.c",
        ["g()"],
    ),
    (
        "x = [1, 2, 3]\ndef f():\n    it = iter(x)\n    return list(zip(it, it)), [(a, b) for a in x for b in x if a < b]",
        ["f()"],
    ),
]
