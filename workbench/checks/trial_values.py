"""How a changed function is called, and how such a call ends."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.model import Value

ANY = "*"
"""Stands for every exception in `Trial.may_raise`."""


@dataclass(frozen=True)
class Ending:
    """How a call went: it `gave` a value of a type, `raised` an exception of some kinds, was `stuck` or `gone`."""

    how: str
    type: str = ""
    text: str = ""
    kinds: tuple[str, ...] = ()


Endings = tuple[Ending, ...]
"""How calls went that are compared, in the order of `Trial.runs`."""


class Pair(Value):
    """Two calls that must go alike, `one` and `other`.

    Attributes:
        one_before, other_before: the same as the function took them before, if that is to be asked: only if they went
            alike, the two must go on to.
        why: what makes them alike, in words that end in "must do the same"; for those that were alike before, nothing.
        only_values: whether only calls that gave something before tell anything, and more than yes or no.
        may_refuse: whether the other may raise an error of its own choice.
        is_kept: whether they tell something only where the first goes as it did before the change.
    """

    one: str
    other: str
    one_before: str = ""
    other_before: str = ""
    why: str = ""
    only_values: bool = False
    may_refuse: bool = False
    is_kept: bool = False


class Trial(Value):
    """How one function is called.

    Attributes:
        path: its file, relative to the repository's top.
        name: its name at the top of the file, or `Class.method`.
        before: its definition as it was; empty if there was none.
        calls: expressions in which `__f` is called, or the method. All of them fit the function as it was and as it is.
        pairs: calls that are held against each other.
        setup: statements of a test that come before each call.
        beside: the test's file, relative to the repository's top.
        may_raise: exceptions that the task speaks of; `ANY` where it speaks of errors and names none.
        keeps: whether calls that gave something must give the same: the change only adds parameters that need not be
            given, or the task says so.
        keeps_errors: whether calls that raised must go on to, because the task says so.
        may_be_none: whether the task asks for None, or for nothing.
    """

    path: str
    name: str
    before: str
    calls: tuple[str, ...] = ()
    pairs: tuple[Pair, ...] = ()
    setup: str = ""
    beside: str = ""
    may_raise: tuple[str, ...] = ()
    keeps: bool = False
    keeps_errors: bool = False
    may_be_none: bool = False

    @property
    def runs(self) -> tuple[tuple[tuple[str, str], ...], ...]:
        """What is called for each of the calls and pairs in turn, and whether as it `was` or as it is `now`."""
        calls = [(("was", call), ("now", call)) for call in self.calls]
        return (*calls, *map(_runs, self.pairs))


def _runs(pair: Pair) -> tuple[tuple[str, str], ...]:
    before = (("was", pair.one_before), ("was", pair.other_before)) if pair.one_before else ()
    return (*before, ("now", pair.one), ("now", pair.other))
