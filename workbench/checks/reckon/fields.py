"""`str.format`, made anew: a field may name a value, and nothing of a value."""

from __future__ import annotations

from collections.abc import Callable
from string import Formatter
from typing import Any

from . import doors
from .bounds import Unknown, allow, run

_CONVERSIONS = {None: -1, "r": ord("r"), "s": ord("s"), "a": ord("a")}


def formatter(text: str, mapped: bool) -> Callable[..., str]:
    """Return what `text.format` is, or `text.format_map`."""

    def made(*values: Any, **named: Any) -> str:
        if mapped:
            if len(values) != 1 or named or type(values[0]) is not dict:
                raise Unknown("format_map")
            return _Fields((), values[0]).write(text)
        return _Fields(values, named).write(text)

    run.natives.add(made)
    return made


class _Fields:
    """What the fields of one pattern stand for."""

    def __init__(self, values: tuple[Any, ...], named: dict[Any, Any]) -> None:
        self.values = values
        self.named = named
        self.next = 0

    def write(self, text: str, nested: bool = False) -> str:
        """Return a pattern with its fields filled in."""
        parts: list[str] = []
        for literal, name, spec, conversion in doors.run_real(_parsed, [text], {}):
            run.step()
            parts.append(literal)
            if name is None:
                continue
            if nested and spec:
                raise Unknown("a field in a field in a field")
            value = self._value(name)
            if conversion not in _CONVERSIONS:
                raise Unknown("a conversion")
            parts.append(doors.written(value, _CONVERSIONS[conversion], self.write(spec, True) if spec else ""))
        allow(sum(map(len, parts)))
        return "".join(parts)

    def _value(self, name: str) -> Any:
        if not name:
            if self.next is None:
                doors.fail(ValueError)
            name = str(self.next)
            self.next += 1
        elif not name.replace("_", "").isalnum():
            raise Unknown("a part of a value")
        elif name.isdigit():
            if self.next:
                doors.fail(ValueError)
            self.next = None  # type: ignore[assignment]
        if name.isdigit():
            if int(name) >= len(self.values):
                doors.fail(IndexError)
            return self.values[int(name)]
        return doors.item(self.named, name)


def _parsed(text: str) -> list[tuple[str, str | None, str | None, str | None]]:
    return list(Formatter().parse(text))
