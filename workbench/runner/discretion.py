"""The last look at what is written down: no event goes into the log with something in it that looks like a secret.

The crew sees none (`workbench.crew.discreet`), but a person may put one into a task, and a command may print one.
"""

from __future__ import annotations

from collections.abc import Iterable

from workbench.context.redaction import Vault, masked
from workbench.events import Event, TokenStreamed
from workbench.model import ErrorInfo, FileEdit

_WORDS = ("text", "prompt", "output", "reason", "summary")


def acquaint(vault: Vault, edits: Iterable[FileEdit]) -> None:
    """Let a vault know the secrets of files that no crew has looked at, for what commands print of them."""
    for edit in edits:
        for content in (edit.before, edit.after):
            if content is not None:
                vault.withhold(content.decode("utf-8", "replace"), edit.path)


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
