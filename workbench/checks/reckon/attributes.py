"""Attributes: of classes of the file and what they make by Python's rules, of all else only what a table names."""

from __future__ import annotations

import types
from typing import Any

from . import doors, fields, order
from .bounds import Unknown, run
from .tables import ERROR_NAMES, ERRORS, NAMES

LONGEST_NAME = 200


class Module(doors.Opaque):
    """A module of Python's own library: what of it may be used, by name."""

    def __init__(self, name: str, members: dict[str, Any]) -> None:
        self.name = name
        self.members = members


class Quiet(doors.Opaque):
    """A log: what is said to it goes nowhere, and nothing comes back."""


QUIET = frozenset({"debug", "info", "warning", "error", "exception", "critical"})

_TUPLE_NAMES = frozenset({"_replace", "_asdict", "_fields", "_make", "_field_defaults", "count", "index"})
_ENUM_NAMES = frozenset({"name", "value", "_value_", "_name_"})


_LOGGED = frozenset({"exc_info", "extra", "stack_info", "stacklevel"})


def silent(_message: Any, *_values: Any, **named: Any) -> None:
    """Take anything and do nothing: what a log comes to."""
    if not set(named) <= _LOGGED:
        raise Unknown("a log")


def get(value: Any, name: str) -> Any:
    """Return an attribute of a value.

    Raises:
        AttributeError: it has none of that name.
        Unknown: this is not known, or not allowed.
    """
    kind = type(value)
    if isinstance(value, doors.Opaque):
        return _of_opaque(value, name)
    if name == "__class__":
        return doors.vet(doors.kind_of(value))
    if kind in run.classes:
        return doors.vet(_of_instance(value, kind, name))
    if isinstance(value, type):
        return doors.vet(_of_class(value, name))
    if isinstance(value, BaseException):
        return _of_error(value, name)
    if kind is super:
        return _of_super(value, name)
    if kind is types.FunctionType:
        return _of_function(value, name)
    if kind is str and name in {"format", "format_map"}:
        return fields.formatter(value, name == "format_map")
    if kind in NAMES and name in NAMES[kind]:
        return doors.vet(doors.get(value, name))
    if kind in NAMES and not name.startswith("_") and not hasattr(kind, name):
        return doors.get(value, name)
    raise Unknown(f"the attribute {name} of a {kind.__name__}")


def _of_opaque(value: doors.Opaque, name: str) -> Any:
    if isinstance(value, Quiet) and name in QUIET:
        return silent
    if isinstance(value, Module) and name in value.members:
        return value.members[name]
    raise Unknown(f"the attribute {name} of {getattr(value, 'name', 'something')}")


def _is_hidden(name: str) -> bool:
    return name.startswith("__") and name.endswith("__")


def defined(kind: type, name: str) -> Any:
    """Return what classes of the file say a name is, for one of them; `doors.DONE` if they do not."""
    for one in kind.__mro__:
        if one in run.classes and name in vars(one):
            return vars(one)[name]
    return doors.DONE


def _of_instance(value: Any, kind: type, name: str) -> Any:
    found = defined(kind, name)
    if _is_hidden(name):
        if name == "__dict__" and hasattr(value, "__dict__"):
            return value.__dict__
        if type(found) is types.FunctionType and found in run.codes and name != "__hash__":
            return doors.get(value, name)
        raise Unknown(f"the attribute {name}")
    if isinstance(value, tuple) and name in _TUPLE_NAMES:
        return doors.get(value, name)
    if found is not doors.DONE or name in getattr(value, "__dict__", {}):
        return _bound_as_python_would(doors.get(value, name))
    if isinstance(value, BaseException):
        return _of_error(value, name)
    if hasattr(kind, "__members__") and name in _ENUM_NAMES:
        return doors.get(value, name)
    if any(hasattr(one, name) for one in kind.__mro__ if one not in run.classes):
        raise Unknown(f"the attribute {name} of a {kind.__name__}")
    return doors.get(value, name)


def _bound_as_python_would(found: Any) -> Any:
    """Return an attribute, unless it is a function of ours that became a method and whose original would not."""
    if (
        type(found) is types.MethodType
        and type(found.__func__) is types.FunctionType
        and found.__func__ not in run.codes
    ):
        raise Unknown("a function of Python's own as a method")
    return found


def _of_class(value: type, name: str) -> Any:
    if name == "__name__":
        return value.__name__
    if value in run.classes:
        return _of_own_class(value, name)
    if value in NAMES and name in NAMES[value]:
        return doors.get(value, name)
    of_python = value in NAMES or value in ERRORS.values()
    if of_python and not name.startswith("_") and not hasattr(value, name) and not hasattr(type, name):
        return doors.get(value, name)
    raise Unknown(f"the attribute {name} of {value.__name__}")


def _of_own_class(value: type, name: str) -> Any:
    if name == "__members__" and hasattr(value, name):
        return doors.get(value, name)
    if _is_hidden(name):
        found = defined(value, name)
        if type(found) is types.FunctionType and found in run.codes and name != "__hash__":
            return doors.get(value, name)
        raise Unknown(f"the attribute {name} of {value.__name__}")
    if issubclass(value, tuple) and name in _TUPLE_NAMES:
        return doors.get(value, name)
    if defined(value, name) is not doors.DONE or name in getattr(value, "__members__", {}):
        return _bound_as_python_would(doors.get(value, name))
    if hasattr(value, name) or hasattr(type, name):
        raise Unknown(f"the attribute {name} of {value.__name__}")
    return doors.get(value, name)


def _of_error(value: BaseException, name: str) -> Any:
    allowed = {"args"}.union(*(ERROR_NAMES.get(one.__name__, ()) for one in type(value).__mro__))
    if order.is_vague(value):
        raise Unknown("the words of an error")
    if name in allowed:
        return doors.vet(doors.get(value, name))
    if not name.startswith("_") and not hasattr(value, name):
        return doors.get(value, name)
    raise Unknown(f"the attribute {name} of an error")


def _of_super(value: Any, name: str) -> Any:
    kind, owner = value.__self_class__, value.__thisclass__
    after = kind.__mro__[kind.__mro__.index(owner) + 1 :]
    for one in after:
        if name in vars(one):
            known = one in run.classes and name != "__hash__" and (not _is_hidden(name) or vars(one)[name] in run.codes)
            if known or (name == "__init__" and (one is object or issubclass(one, BaseException))):
                return doors.get(value, name)
            if name == "__str__" and issubclass(one, BaseException):
                return doors.get(value, name)
            raise Unknown(f"the attribute {name} of a super class")
    return doors.get(value, name)


def _of_function(value: Any, name: str) -> Any:
    if value in run.codes:
        if name == "__name__" and "__" not in value.__name__.strip("_"):
            return doors.vet(value.__name__)
        if not name.startswith("_") and name in value.__dict__:
            return doors.vet(value.__dict__[name])
        if not name.startswith("_") and not hasattr(value, name):
            return doors.get(value, name)
    raise Unknown(f"the attribute {name} of a function")


def put(value: Any, name: str, new: Any) -> None:
    """Set an attribute of a value.

    Raises:
        Unknown: that is not allowed.
    """
    _writable(value, name)
    if not isinstance(new, Quiet):
        doors.plain(new)
    doors.put(value, name, new)


def remove(value: Any, name: str) -> None:
    """Delete an attribute of a value.

    Raises:
        Unknown: that is not allowed.
    """
    _writable(value, name)
    doors.remove(value, name)


def _writable(value: Any, name: str) -> None:
    own = type(value) in run.classes or (isinstance(value, type) and value in run.classes)
    function = type(value) is types.FunctionType and value in run.codes
    if _is_hidden(name) or not (own or (function and not name.startswith("_"))) or name == doors.VAGUE:
        raise Unknown(f"the attribute {name} is set")


def get_or(value: Any, name: Any, *default: Any) -> Any:
    """Do what `getattr` does."""
    if type(name) is not str or len(default) > 1 or len(name) > LONGEST_NAME:
        raise Unknown("getattr")
    try:
        return get(value, name)
    except AttributeError as error:
        if default and doors.is_own(error):
            return default[0]
        raise


def has(value: Any, name: Any) -> bool:
    """Do what `hasattr` does."""
    missing = object()
    return get_or(value, name, missing) is not missing


def put_named(value: Any, name: Any, new: Any) -> None:
    """Do what `setattr` does."""
    if type(name) is not str:
        raise Unknown("setattr")
    put(value, name, new)


def getter(*names: Any) -> Any:
    """Do what `operator.attrgetter` does."""
    if not names or not all(type(name) is str for name in names):
        raise Unknown("attrgetter")

    def one(value: Any, path: str) -> Any:
        for name in path.split("."):
            value = get(value, name)
        return value

    def found(value: Any) -> Any:
        return one(value, names[0]) if len(names) == 1 else tuple(one(value, name) for name in names)

    run.natives.add(found)
    return found
