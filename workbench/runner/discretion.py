"""The last look at what is written down: no event goes into the log with something in it that looks like a secret.

The crew sees none (`workbench.crew.discreet`), but a person may put one into a task, and a command may print one.
"""

from __future__ import annotations

from workbench.context.redaction import masked
from workbench.events import Event, TokenStreamed
from workbench.model import ErrorInfo

_WORDS = ("text", "prompt", "output", "reason", "summary")


def discreet(event: Event) -> Event:
    """Return the event without secrets. Pieces of an answer are left alone: who is shown no secret tells none."""
    if isinstance(event, TokenStreamed):
        return event
    changed: dict[str, object] = {}
    for name in _WORDS:
        said = getattr(event, name, None)
        if isinstance(said, str) and said and (clean := masked(said)) != said:
            changed[name] = clean
    error = getattr(event, "error", None)
    if isinstance(error, ErrorInfo) and (clean := masked(error.message)) != error.message:
        changed["error"] = error.model_copy(update={"message": clean})
    return event.model_copy(update=changed) if changed else event
