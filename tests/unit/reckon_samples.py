"""Files and questions about them whose answers are Python's own; in each text the questions follow the mark."""

from __future__ import annotations

MARK = "# asked:"

FUNCTIONS = """
def every(a, b=2, /, c=3, *rest, d, e=5, **others):
    return a, b, c, rest, d, e, others

def bare(*, x=1):
    return x

def none():
    pass

def counter():
    count = 0
    def more(by=1):
        nonlocal count
        count += by
        return count
    return more

def twice():
    one = counter()
    return one(), one(5), counter()()

TOTAL = 0
def add(n):
    global TOTAL
    TOTAL += n
    return TOTAL

def both():
    return add(2), add(3), TOTAL

def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)

def keep(x, seen=[]):
    seen.append(x)
    return seen

def local():
    if False:
        later = 1
    return later

def missing():
    return nowhere

def late():
    def inner():
        return value
    found = []
    try:
        inner()
    except NameError:
        found.append("not yet")
    value = 3
    return found, inner()

def adders():
    return [add(1) for add in [lambda x, n=n: x + n for n in range(3)]], [f(1) for f in [lambda x: x + n for n in range(3)]]

def deco(times):
    def wrap(function):
        def inner(*args, **kwargs):
            return [function(*args, **kwargs)] * times
        return inner
    return wrap

@deco(2)
@deco(1)
def greet(name="you"):
    return "hi " + name

def dropped():
    x = 1
    del x
    return x

def forward():
    return after()

def after():
    return LATER

LATER = "late"

def down(n):
    return 0 if n == 0 else 1 + down(n - 1)
# asked:
every(1, d=4)
every(1, 2, 3, 4, 5, d=6, e=7, f=8)
every(1, a=2, d=3)
every()
every(1)
every(1, c=9, d=0, b=4)
every(1, 2, 3, c=4, d=5)
every(*[1, 2], **{'d': 4, 'z': 1})
bare(1)
bare(x=4)
bare(y=4)
none()
none(1)
twice()
both()
TOTAL
[fib(n) for n in range(12)]
keep(1) + keep(2)
keep(3)
local()
missing()
late()
adders()
greet()
greet('ann')
greet(nme='x')
dropped()
forward()
down(100)
(lambda *a, **k: (a, k))(1, *[2], x=3)
(lambda x, y=2: x * y)(4)
[y := 5, y ** 2]
[last := n for n in range(4)] + [last]
every(1, **{'d': 1}, **{'d': 2})
none(*5)
bare(**{'x': 2})
"""

STATEMENTS = """
def unpack():
    a, (b, *c), d = 1, [2, 3, 4], "x"
    *e, f = range(3)
    g = h = []
    g.append(1)
    [i, j] = "ab"
    return a, b, c, d, e, f, h, i, j

def few(value):
    a, b = value
    return a

def star(value):
    a, *b, c = value
    return a, b, c

def loops(n):
    found = []
    for i in range(n):
        if i == 1:
            continue
        if i == 5:
            break
        found.append(i)
    else:
        found.append("all")
    while n:
        n -= 1
        if n == 2:
            break
    else:
        found.append("down")
    return found, n

def augmented():
    x = [1]
    y = x
    x += [2]
    x *= 2
    d = {"a": 1}
    d["a"] += 5
    d["a"] //= 4
    n = 7
    n **= 2
    n %= 10
    n <<= 3
    n |= 1
    n ^= 3
    n >>= 1
    n -= 1
    t = (1,)
    t += (2,)
    s = "a"
    s += "b"
    return x, y, d, n, t, s

def caught(x):
    try:
        return 10 / x
    except ZeroDivisionError as error:
        return f"no: {error}"
    except (TypeError, ValueError):
        return "type"
    else:
        return "never"
    finally:
        if x == 4:
            return "final"

def order():
    found = []
    try:
        try:
            found.append(1)
            raise KeyError("k")
        except LookupError as error:
            found.append(str(error))
            found.append(error.args)
            raise ValueError("again") from error
        else:
            found.append("else")
        finally:
            found.append("finally")
    except ValueError as error:
        found.append(repr(error))
    try:
        found.append("fine")
    except Exception:
        found.append("not")
    else:
        found.append("else")
    finally:
        found.append("done")
    return found

class Wrong(ValueError):
    pass

class Told(Exception):
    def __init__(self, code, text="none"):
        super().__init__(f"{code}: {text}")
        self.code = code

def raising(kind):
    if kind == 1:
        raise Wrong("bad")
    if kind == 2:
        raise Told(5)
    if kind == 3:
        raise Wrong
    if kind == 4:
        raise
    if kind == 5:
        raise 5
    if kind == 6:
        raise Wrong("x") from None
    assert kind != 7, "seven"
    assert kind
    return kind

def told(kind):
    try:
        raising(kind)
    except Told as error:
        return error.code, str(error), error.args
    except Wrong as error:
        return repr(error), isinstance(error, ValueError), type(error).__name__
    except:
        return "any"

def again(x):
    try:
        return int(x)
    except ValueError:
        raise

def gone():
    try:
        1 / 0
    except ZeroDivisionError as error:
        pass
    return error

def loop_finally():
    found = []
    for i in range(3):
        try:
            if i == 1:
                continue
            found.append(i)
        finally:
            found.append("f")
    return found

def deleted():
    x = [1, 2, 3, 4]
    del x[1:3]
    d = {1: 2, 3: 4}
    del d[1]
    return x, d

def annotated():
    x: int = 5
    y: "whatever"
    return x

def matched(value):
    match value:
        case 0 | 1:
            return "bit"
        case int(n) if n > 100:
            return f"big {n}"
        case [x, y]:
            return ("pair", x, y)
        case [first, *rest]:
            return (first, rest)
        case {"kind": "a", **others}:
            return others
        case str() as text:
            return text.upper()
        case None:
            return "nothing"
        case _:
            return "other"

def suppressed():
    found = []
    with Quietly(found) as quiet:
        found.append(quiet)
        raise ValueError("x")
    with Quietly(found):
        found.append("in")
    return found

class Quietly:
    def __init__(self, found):
        self.found = found
    def __enter__(self):
        return 7
    def __exit__(self, kind, error, trace):
        self.found.append(kind.__name__ if kind else None)
        return kind is ValueError
# asked:
unpack()
few([1, 2])
few([1])
few([1, 2, 3])
few(5)
few('ab')
star([1, 2])
star([1])
star(range(5))
loops(0)
loops(4)
loops(8)
augmented()
caught(5)
caught(0)
caught('x')
caught(4)
order()
raising(0)
raising(1)
raising(2)
raising(3)
raising(4)
raising(5)
raising(6)
raising(7)
raising(8)
told(1)
told(2)
told(3)
told(7)
again('5')
again('x')
gone()
loop_finally()
deleted()
annotated()
matched(1)
matched(500)
matched(50)
matched([1, 2])
matched([1, 2, 3])
matched({'kind': 'a', 'b': 2})
matched('text')
matched(None)
matched(2.5)
matched(True)
suppressed()
"""
