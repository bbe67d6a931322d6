"""The book: one line of `.nanites/ledger.jsonl` for each session that had the tools, and for each call it made."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

from workbench.ledger.estimate import tokens_of

FILE_NAME = "ledger.jsonl"
FIRST_CALLS = ("local_chat", "local_patch")
"""Tools whose one call both asks for a task and reads its envelope: what `estimate` counts for every task anyway."""


class Place(Protocol):
    """A repository's folder: where it is and where its `.nanites/` is."""

    @property
    def root(self) -> Path:
        """The repository's top folder."""

    @property
    def path(self) -> Path:
        """Its `.nanites/`."""


def note(place: Place, **line: Any) -> None:
    """Add a line, in one write so that programs do not mix theirs; a book that cannot be written stops nobody."""
    data = json.dumps({"at": round(time.time(), 3)} | line, ensure_ascii=False, separators=(",", ":")) + "\n"
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        descriptor = os.open(place.path / FILE_NAME, flags, 0o600)
    except OSError:
        return
    try:
        os.write(descriptor, data.encode("utf-8", "replace"))
    except OSError:
        pass
    finally:
        os.close(descriptor)


def note_session(place: Place, session: str) -> None:
    """Write down that a client's session has the tools: their names and instructions cost it from now on."""
    note(place, event="session", session=session)


def note_call(
    place: Place, *, session: str, tool: str, action: str, ids: Sequence[str], asked: int, answered: int
) -> None:
    """Write down a call: characters of its arguments and of its answer, and the tasks it was about."""
    note(place, event="call", session=session, tool=tool, action=action, ids=list(ids), asked=asked, answered=answered)


def lines(place: Place) -> Iterator[dict[str, Any]]:
    """Yield the lines of the book, oldest first; what a crash cut in half is left out."""
    try:
        data = (place.path / FILE_NAME).read_bytes()
    except OSError:
        return
    for raw in data.splitlines():
        try:
            line = json.loads(raw)
        except ValueError:
            continue
        if isinstance(line, dict) and isinstance(line.get("at"), int | float):
            yield line


def is_extra(line: dict[str, Any]) -> bool:
    """Return whether a call is one beside those that ask for a task and bring its envelope: fetching, deciding."""
    return line.get("event") == "call" and line.get("tool") not in FIRST_CALLS and line.get("action") != "submit"


def asked_tokens(line: dict[str, Any]) -> int:
    """Return what a call cost to write: its arguments, and the frame that every call has."""
    return tokens_of(int(line.get("asked") or 0)) + CALL_FRAME_TOKENS


def answered_tokens(line: dict[str, Any]) -> int:
    """Return what a call's answer cost to read."""
    return tokens_of(int(line.get("answered") or 0)) + RESULT_FRAME_TOKENS


CALL_FRAME_TOKENS = 25
"""The tool's name and the marks around a call, beside its arguments."""

RESULT_FRAME_TOKENS = 10
"""The marks around a result."""
