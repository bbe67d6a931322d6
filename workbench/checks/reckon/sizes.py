"""How large the result of an operator would be, looked at before it is made."""

from __future__ import annotations

import ast
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from . import percent
from .bounds import BITS, allow, sized


def _times(left: Any, right: Any) -> None:
    if isinstance(left, int) and isinstance(right, int):
        allow(left.bit_length() + right.bit_length(), BITS + 2)
    elif isinstance(right, int):
        allow(sized(left) * max(int(right), 0))
    elif isinstance(left, int):
        allow(sized(right) * max(int(left), 0))


def check_power(left: Any, right: Any) -> None:
    """Look whether a power may be made; raises Unknown if it would be large."""
    if isinstance(left, Fraction):
        left = max(abs(left.numerator), left.denominator)
    if isinstance(left, int) and isinstance(right, (int, Fraction)):
        allow(left.bit_length() * abs(float(right)), BITS)


def _shift(left: Any, right: Any) -> None:
    if isinstance(left, int) and isinstance(right, int):
        allow(left.bit_length() + max(right, 0), BITS)


def _remainder(left: Any, right: Any) -> None:
    if isinstance(left, (str, bytes)):
        percent.check(left, right)


BEFORE: dict[type[ast.operator], Callable[[Any, Any], None]] = {
    ast.Mult: _times,
    ast.Pow: check_power,
    ast.LShift: _shift,
    ast.Mod: _remainder,
}
"""What is looked at before each kind of operator; raises Unknown if that is too large or not determined."""
