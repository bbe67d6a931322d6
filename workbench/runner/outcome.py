"""How a step's result crosses the durable store: as JSON, a value or an error of ours, never a pickled exception."""

from __future__ import annotations

from workbench import errors
from workbench.errors import NaniteError
from workbench.model import ErrorInfo, Value

_CLASSES: dict[str, type[NaniteError]] = {
    name: kind for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, NaniteError)
}


class Outcome(Value):
    """What a step came to: `value` as JSON, or `error` with the name of its class.

    `energy` is what asking a model took, in joules, also where it failed; None where that is not known.
    """

    value: str | None = None
    error: ErrorInfo | None = None
    raised: str = "NaniteError"
    energy: float | None = None


def succeeded(value: str, energy: float | None = None) -> str:
    """Return the outcome of a step that returned `value` (JSON)."""
    return Outcome(value=value, energy=energy).model_dump_json(exclude_none=True)


def failed(error: NaniteError, energy: float | None = None) -> str:
    """Return the outcome of a step that raised `error`."""
    outcome = Outcome(error=error_info(error), raised=type(error).__name__, energy=energy)
    return outcome.model_dump_json(exclude_none=True)


def value_of(outcome: str) -> str:
    """Return the value that an outcome carries, or raise the error it carries as the class it was."""
    read = Outcome.model_validate_json(outcome)
    if read.error is not None:
        raise _CLASSES.get(read.raised, NaniteError)(read.error.message, code=read.error.code, hint=read.error.hint)
    return read.value or ""


def energy_of(outcome: str) -> float | None:
    """Return the joules that a step took; None where that is not known."""
    return Outcome.model_validate_json(outcome).energy


def error_info(error: NaniteError) -> ErrorInfo:
    """Return an error in the form that records and envelopes carry."""
    return ErrorInfo(code=error.code, message=error.message, hint=error.hint)
