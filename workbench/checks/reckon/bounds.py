"""What one run may use up, and how it ends when it meets something that is not known."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from fractions import Fraction
from time import perf_counter
from typing import Any

STEPS = 200_000
"""Pieces of a program that one run may look at."""

SECONDS = 0.8
"""How long one run may take."""

DEPTH = 250
"""How deep calls may stand in each other; Python itself lets about a thousand."""

ITEMS = 200_000
"""How long a text, a list or whatever else has a length may become."""

BITS = 20_000
"""How large a whole number may become."""

NESTED = 60
"""How deep values may stand in each other where that is looked at."""


class Unknown(BaseException):
    """What comes next is not known.

    No `except` and no `finally` of a program sees it. Should something swallow it all the same, the run stays spoilt.
    """

    def __init__(self, why: str) -> None:
        super().__init__(why)
        if not run.why:
            run.why = why


class Run:
    """One run of a file and of a question: what it has used, and what it has made.

    Attributes:
        why: what was not known, if anything.
        depth: how many calls stand in each other.
        order: the order in which sets are walked through this time, as a number; 0 for Python's own.
        ordered: whether a set was walked through whose order nothing determines.
        codes: what is known of each function of the file.
        natives: functions of ours that were made for the program and stand for some of Python's own.
        classes: the classes of the file, and those made by named tuples.
        handling: the exceptions whose handlers are at work, the innermost last.
        postponed: whether the file asks that its annotations stay as they are written.
    """

    def __init__(self) -> None:
        self.begin(0)

    def begin(self, order: int) -> None:
        """Forget all that was made, for a run with sets in another order."""
        self.order = order
        self.ordered = False
        self.depth = 0
        self.codes: dict[Callable[..., Any], Any] = {}
        self.natives: set[Callable[..., Any]] = set()
        self.classes: set[type] = set()
        self.handling: list[BaseException] = []
        self.postponed = False
        self.refill(STEPS)

    def refill(self, steps: int) -> None:
        """Give a number of steps to what comes next, and take nothing for unknown any more."""
        self.left = steps
        self.until = perf_counter() + SECONDS
        self.why = ""
        self.depth = 0
        self.handling.clear()

    def step(self) -> None:
        """Count one step.

        Raises:
            Unknown: there were too many, or something unknown was swallowed.
        """
        self.left -= 1
        if self.left < 0:
            raise Unknown("too many steps")
        if not self.left & 511 and perf_counter() > self.until:
            raise Unknown("too slow")

    def enter(self) -> None:
        """Count a call that begins.

        Raises:
            Unknown: there are too many in each other.
        """
        self.depth += 1
        if self.depth > DEPTH:
            raise Unknown("too deep")


run = Run()

_SIZED = frozenset({str, bytes, list, tuple, dict, set, frozenset})


def bound(value: Any) -> Any:
    """Return a value that is not too large.

    Raises:
        Unknown: it is.
    """
    kind = type(value)
    if kind is int:
        if value.bit_length() > BITS:
            raise Unknown("a large number")
    elif kind is Fraction:
        bound(value.numerator)
        bound(value.denominator)
    elif (kind in _SIZED or isinstance(value, (dict, list, tuple, deque))) and sized(value) > ITEMS:
        raise Unknown("a long value")
    return value


def sized(value: Any) -> int:
    """Return how long a value of a built-in kind is, whatever its class says."""
    for kind in (str, bytes, list, tuple, dict, set, frozenset, deque):
        if isinstance(value, kind):
            return kind.__len__(value)  # type: ignore[arg-type]
    return 0


def allow(length: float, most: int = ITEMS) -> None:
    """Raise Unknown if something to be made would be too long."""
    if length > most:
        raise Unknown("a long value")
