"""The names that every file has."""

from __future__ import annotations

import builtins
from typing import Any

from . import attributes, calls, doors, guards
from .bounds import Unknown
from .tables import ERRORS

_OWN = (
    "abs all any ascii bin bool bytes callable chr complex dict divmod enumerate filter float format frozenset hex int "
    "isinstance issubclass iter len list map max min next object oct ord pow property range repr reversed round set "
    "slice sorted str sum tuple type zip staticmethod classmethod super hash NotImplemented Ellipsis"
)


def _print(*values: Any, **named: Any) -> None:
    """Write nothing; the values are made texts all the same, because that may raise."""
    texts = (named.get("sep"), named.get("end"))
    if not set(named) <= {"sep", "end", "flush"} or any(type(text) not in (str, type(None)) for text in texts):
        raise Unknown("print")
    for value in values:
        calls.call(str, [value], {})


KNOWN: dict[str, Any] = {name: getattr(builtins, name) for name in _OWN.split()}
"""What each name stands for."""
KNOWN |= ERRORS
KNOWN |= {
    "print": _print,
    "getattr": attributes.get_or,
    "hasattr": attributes.has,
    "setattr": attributes.put_named,
}

calls.ALLOWED |= {
    value for name, value in KNOWN.items() if name not in {"super", "hash", "NotImplemented", "Ellipsis", "property"}
}
calls.ALLOWED |= {property, attributes.silent, str.maketrans, bytes.maketrans}
guards.ANYTHING.add(attributes.silent)
calls.KEEPERS |= {attributes.get_or, attributes.has, attributes.put_named, property}
doors.CLASSES |= {value for value in KNOWN.values() if isinstance(value, type)}
