"""Classes, and questions about them; see `reckon_samples`."""

from __future__ import annotations

CLASSES = '''
from dataclasses import dataclass, field, replace, asdict
from enum import Enum
from collections import namedtuple
from typing import NamedTuple
from functools import total_ordering
from abc import ABC, abstractmethod

class Account:
    """An account."""
    rate = 2
    made = []

    def __init__(self, owner, balance=0):
        self.owner = owner
        self._balance = balance
        self.__secret = "s"

    @property
    def balance(self):
        return self._balance

    @balance.setter
    def balance(self, value):
        if value < 0:
            raise ValueError("negative")
        self._balance = value

    @staticmethod
    def double(x):
        return x * 2

    @classmethod
    def named(cls, name):
        return cls(name, cls.rate)

    def secret(self):
        return self.__secret

    def __repr__(self):
        return f"Account({self.owner!r}, {self._balance})"

    def __eq__(self, other):
        if not isinstance(other, Account):
            return NotImplemented
        return self.owner == other.owner

    def __lt__(self, other):
        return self._balance < other._balance

    def __add__(self, other):
        return Account(self.owner, self._balance + other._balance)

    def __len__(self):
        return self._balance

    def __contains__(self, x):
        return x in self.owner

    def __iter__(self):
        yield from self.owner

    def __getitem__(self, i):
        return self.owner[i]

class Saver(Account):
    rate = 5
    def __init__(self, owner, balance=0, goal=10):
        super().__init__(owner, balance)
        self.goal = goal
    def left(self):
        return self.goal - self.balance
    def __str__(self):
        return "saver " + super().secret()

class Bare:
    pass

@dataclass
class Item:
    name: str
    price: float = 1.5
    tags: list = field(default_factory=list)
    def total(self, count=2):
        return self.price * count

@dataclass(frozen=True, order=True)
class Point:
    x: int
    y: int = 0
    def __post_init__(self):
        if self.x < 0:
            raise ValueError("x")
    @property
    def size(self):
        return self.x + self.y

class Color(Enum):
    RED = 1
    BLUE = "b"
    def low(self):
        return self.name.lower()

Pair = namedtuple("Pair", "a b", defaults=[5])

class Spot(NamedTuple):
    x: int
    y: int = 3
    def sum(self):
        return self.x + self.y

@total_ordering
class Version:
    def __init__(self, n):
        self.n = n
    def __eq__(self, o):
        return self.n == o.n
    def __lt__(self, o):
        return self.n < o.n
    def __hash__(self):
        return hash((self.n, "v"))

class Shape(ABC):
    @abstractmethod
    def area(self): ...
    def describe(self):
        return f"{type(self).__name__} {self.area()}"

class Square(Shape):
    def __init__(self, side): self.side = side
    def area(self): return self.side ** 2

class Stack:
    def __init__(self): self._items = []
    def push(self, x): self._items.append(x); return self
    def __bool__(self): return bool(self._items)
    def __call__(self, n): return self._items[n]

def spend():
    a = Account("ann", 5)
    a.balance -= 3
    try:
        a.balance = -1
    except ValueError as e:
        return a.balance, str(e)

def counted():
    Account.made.append(1)
    Account.rate += 1
    return Account.made, Saver.rate, Account.rate

def frozen():
    Point(1).x = 5

def hidden():
    return Account("x").__secret

class Node:
    def __init__(self, value, next=None):
        self.value, self.next = value, next
def chain():
    node = Node(1, Node(2, Node(3)))
    found = []
    while node:
        found.append(node.value)
        node = node.next
    return found
class Outer:
    @dataclass
    class Inner:
        x: int = 1
    SIZES = [1, 2]
    total = sum(n for n in SIZES)
    limit = 3
    @staticmethod
    def make(cls=Inner, limit=limit):
        return cls(limit)

def local():
    @dataclass
    class Kept:
        x: int
        def twice(self):
            class Deep(Exception):
                pass
            return Kept(self.x * 2), repr(Deep(1))
    return Kept(2).twice()

class Count:
    def __init__(self, n): self.n = n
    def __iter__(self): return self
    def __next__(self):
        if not self.n:
            raise StopIteration
        self.n -= 1
        return self.n

class Grid:
    def __init__(self): self.cells = {}
    def __setitem__(self, key, value): self.cells[key] = value
    def __getitem__(self, key): return self.cells.get(key, ".")
    def __delitem__(self, key): del self.cells[key]
    def __contains__(self, key): return key in self.cells
    def __format__(self, spec): return f"grid<{spec}>"

def gridded():
    grid = Grid()
    grid[1, 2] = "x"
    grid[0] = grid[1, 2] + grid[5]
    grid[0] += "!"
    del grid[1, 2]
    return grid.cells, (1, 2) in grid, f"{grid:>3}"

class Base:
    def hook(self): return "base"
    def run(self): return self.hook() + self.__class__.__name__
class Left(Base):
    def hook(self): return "left " + super().hook()
class Right(Base):
    def hook(self): return "right " + super().hook()
class Both(Left, Right):
    def hook(self): return [part for part in ["both " + super(Both, self).hook()]][0] if False else "both " + super().hook()

class Limited(Exception):
    limit = 3
    def __init__(self, n):
        self.n = n
    def __str__(self):
        return f"over {self.limit}: {self.n}"

def over(n):
    try:
        if n > Limited.limit:
            raise Limited(n)
        return n
    except Limited as error:
        return str(error), error.args, repr(error), f"{error}"

class Slotted:
    __slots__ = ("a", "b")
    def __init__(self): self.a = 1
def slotted(name):
    s = Slotted()
    s.b = 2
    setattr(s, name, 5)
    return s.a, s.b

def attributes():
    b = Bare()
    b.x = 1
    b.y = getattr(b, "x") + 1
    setattr(b, "z", 5)
    del b.x
    return b.__dict__, hasattr(b, "x"), vars
# asked:
Account('ann', 3)
Account.named('bob')
Saver.named('bob').balance
Account('a').secret()
Account('a') == Account('a', 5), Account('a') == 5, Account('a') != Account('b')
sorted([Account('b', 3), Account('a', 1)])
Account('a', 1) + Account('b', 2)
len(Account('a', 7)), bool(Account('a', 0)), 'n' in Account('ann'), list(Account('ann')), Account('ann')[1:]
Account.double(4), Account('x').double(3), Account.rate, Saver('x').rate
str(Saver('ann')), f"{Saver('ann')}", f"{Saver('ann')!r}", '%s' % Saver('ann')
Saver('a', 3, goal=8).left()
spend()
counted()
Account.made
hidden()
Account()
Account(1, 2, 3)
Bare(1)
Bare().nothing
Bare() == Bare()
Bare().x if False else isinstance(Bare(), Bare)
Item('a')
Item('a') == Item('a'), Item('a', 2).total(), Item('a').tags is Item('a').tags
Item()
[Item('b', tags=['x'])]
replace(Item('a'), price=3), asdict(Item('a', tags=[1]))
Point(1, 2) < Point(1, 3), sorted([Point(2), Point(1)]), {Point(1): 2}[Point(1)], Point(3).size
Point(-1)
frozen()
Item('a') < Item('b')
Color.RED, Color('b'), Color['RED'], Color.RED.value, Color.BLUE.name, Color.RED.low(), list(Color)
Color.RED is Color(1), Color.RED == 1
Color('z')
Color['z']
Pair(1), Pair(1, 2)._replace(a=5), Pair(1, 2).b, tuple(Pair(1)), Pair(1)._asdict(), Pair._fields
Pair()
Spot(1).sum(), Spot(1), Spot(2, y=4) == (2, 4), Spot(1)[0]
Version(1) >= Version(1), Version(2) > Version(1), len({Version(1), Version(1)})
Square(3).describe()
Shape()
Stack().push(1).push(2)(1), bool(Stack()), not Stack()
Stack()[0]
Stack() + 1
len(Stack())
chain()
Outer.Inner(), Outer.total, Outer.make()
local()
list(Count(3)), sum(Count(4)), next(Count(1)), 1 in Count(3), max(Count(3)), [*Count(2)]
next(Count(0))
gridded()
Both().run(), Left().run(), isinstance(Both(), Right)
over(2), over(7)
slotted('a')
slotted('c')
Outer.Inner(1, 2)
Slotted().b
Account('ann', 3).owner.upper()
Account.nothing
Account('a').balance()
[a.owner for a in (Account('x'), Account('y'))]
isinstance(Saver('x'), Account), issubclass(Saver, Account), isinstance(3, Account)
max([Item('a', 1), Item('b', 9)], key=lambda item: item.price).name
{Account('a'): 1}
'''
