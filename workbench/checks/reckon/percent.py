"""Texts that are made by a pattern: with `%`, `format` and the fields of f-strings."""

from __future__ import annotations

import datetime
import re
from typing import Any

from .bounds import Unknown, run, sized
from .order import settled
from .tables import SCALARS

_LARGE = re.compile(r"\d{5}|\*")
_DATES = (datetime.date, datetime.time)


def check(pattern: str | bytes, values: Any) -> None:
    """Look whether `pattern % values` may be made.

    Raises:
        Unknown: it would be long, or its text is not determined.
    """
    text = pattern if isinstance(pattern, str) else pattern.decode("latin-1")
    if any(_LARGE.search(field) for field in re.findall(r"%(?:\([^)]*\))?([-#0 +*.\d]*)", text)):
        raise Unknown("a wide field")
    if type(values) not in SCALARS:
        settled(values)
    if "%(" in text and (sized(pattern) > 10_000 or type(values) in run.classes):
        raise Unknown("a long pattern, or values that a class of the file gives")


def check_spec(value: Any, spec: Any) -> None:
    """Look whether a value may be written by a format specification.

    Raises:
        Unknown: it would be long, or depends on where and when it is written.
    """
    if type(spec) is not str:
        return
    if isinstance(value, _DATES):
        check_date(spec)
    elif re.search(r"\d{5}", spec) or (spec.endswith("n") and isinstance(value, (int, float, complex))):
        raise Unknown("a wide field")


def check_date(pattern: Any, reading: bool = False) -> None:
    """Look whether a date may be written, or read, by a pattern.

    Raises:
        Unknown: the pattern asks for the time zone of the machine, or is one that systems differ in.
    """
    allowed = "aAwdbBmyYHIMSfpjUWVuGcxX%z" if reading else "aAwdbBmyYHIMSfpjUWVuGcxX%zZFTDCeRhn"
    if type(pattern) is str:
        for found in re.findall(r"%-?(.?)", pattern, re.DOTALL):
            if found not in allowed or not found:
                raise Unknown("a pattern of a date")
