"""What has happened, as small typed values named as past facts, and the bus that carries them.

Every face (terminal workbench, headless mode, ledger) learns of the runner's work from these alone. docs/events.md
lists them with their fields; `VERSION` grows when a field changes its meaning, never when one is added.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, ClassVar

from workbench.model import ErrorInfo, State, Usage, Value, Verdict

VERSION = 1

_REGISTRY: dict[str, type[Event]] = {}


class Event(Value):
    """A fact. `task` is the ID it is about, empty for facts about the runner itself."""

    event: ClassVar[str] = "event"
    task: str = ""

    def __init_subclass__(cls, **keywords: Any) -> None:
        super().__init_subclass__(**keywords)
        cls.event = re.sub(r"(?<!^)(?=[A-Z])", "-", cls.__name__).lower()
        _REGISTRY[cls.event] = cls

    def as_line(self, seq: int, at: float) -> dict[str, Any]:
        """Return the JSON object that stands for this fact in events.jsonl; fields that say nothing are left out."""
        fields = self.model_dump(mode="json", exclude_none=True)
        return {"v": VERSION, "seq": seq, "at": round(at, 3), "event": self.event} | fields


def kinds() -> tuple[type[Event], ...]:
    """Return every kind of event, in the order in which this module names them."""
    return tuple(_REGISTRY.values())


def parse(line: dict[str, Any]) -> Event | None:
    """Return the event that `line` of events.jsonl stands for, or None for one this version does not know."""
    known = _REGISTRY.get(str(line.get("event")))
    if known is None or line.get("v") != VERSION:
        return None
    fields = {name: value for name, value in line.items() if name in known.model_fields}
    return known.model_validate(fields)


class RunnerStarted(Event):
    """A runner took the folder."""

    pid: int
    repository: str


class RunnerStopped(Event):
    """The runner let go of the folder; `drained` where nothing was left to run."""

    pid: int
    drained: bool = False


class FileRefused(Event):
    """A dropped file was no task; it lies in inbox/refused/ beside its error."""

    file: str
    error: ErrorInfo


class TaskQueued(Event):
    """A task was taken from the inbox, or is wanted again."""

    kind: str
    targets: tuple[str, ...] = ()
    text: str = ""
    parent: str | None = None
    by: str | None = None
    attempt: int = 1


class TaskBlocked(Event):
    """A task waits for others."""

    kind: str
    after: tuple[str, ...]
    targets: tuple[str, ...] = ()
    text: str = ""
    parent: str | None = None
    by: str | None = None


class CommandAsked(Event):
    """A task waits until somebody says whether `commands` may run; it came from the file `source`, `by` somebody."""

    commands: tuple[str, ...]
    source: str = ""
    by: str | None = None


class TaskStarted(Event):
    """A slot took the task: its step `prepare` begins."""

    kind: str
    attempt: int = 1


class StepStarted(Event):
    """A step of the task's life began: prepare, generate, check, propose, apply, report."""

    step: str


class RunResumed(Event):
    """A task that a dead runner had begun goes on at its last finished step."""


class PromptSent(Event):
    """A voice asked a model. `prompt` is the text as it was sent, `left_out` what did not fit or was withheld."""

    voice: str
    model: str
    prompt: str
    left_out: tuple[str, ...] = ()


class TokenStreamed(Event):
    """A piece of an answer; pieces are joined before they are written. `tokens` says of how many pieces it is made."""

    voice: str
    text: str
    tokens: int = 1


class ContextDropped(Event):
    """Part of what was to be shown to a voice did not fit the model's window, and is named in `left_out`."""

    voice: str
    left_out: tuple[str, ...]


class SecretsWithheld(Event):
    """What looks like a secret was kept from a voice: `PATH:LINE (KIND)`, or the kind alone; never the value."""

    voice: str
    withheld: tuple[str, ...]


class AnswerReceived(Event):
    """An answer is whole. Tokens and seconds are those of this answer alone."""

    voice: str
    model: str
    finish: str
    text: str
    prompt_tokens: int
    completion_tokens: int
    cached_tokens: int = 0
    seconds: float = 0.0


class AnswerRefused(Event):
    """An answer could not be used, and why; the crew tries again or gives up."""

    voice: str
    reason: str


class CheckFinished(Event):
    """A check of a proposal ended; `ok` is None where it could not be run."""

    name: str
    ok: bool | None
    output: str = ""
    seconds: float = 0.0


class ReviewAsked(Event):
    """A proposal waits for a decision."""

    verdict: Verdict
    summary: str
    files: tuple[str, ...]
    hunks: int


class DecisionTaken(Event):
    """Somebody decided, or the task's policy did (`by` is then `policy`)."""

    decision: str
    by: str | None = None
    hunks: tuple[int, ...] | None = None
    reason: str | None = None


class DecisionRefused(Event):
    """A decision could not be followed: no such task, wrong state, changed file."""

    decision: str
    error: ErrorInfo


class ChangeApplied(Event):
    """The files of a proposal were changed."""

    files: tuple[str, ...]


class ChangeUndone(Event):
    """The files of an applied proposal were restored."""

    files: tuple[str, ...]


class TaskEnded(Event):
    """A task came to rest in `state`, or waits for review."""

    state: State
    verdict: Verdict | None = None
    summary: str = ""
    error: ErrorInfo | None = None
    usage: Usage = Usage()


Subscriber = Callable[[Event], None]


class Bus:
    """Carries events to whoever listens, in order, in the caller's thread.

    A subscriber must not block: the log writes to a buffer, the runner only notes.
    """

    def __init__(self) -> None:
        self._subscribers: list[Subscriber] = []

    def subscribe(self, subscriber: Subscriber) -> Callable[[], None]:
        """Add a listener; the returned function removes it."""
        self._subscribers.append(subscriber)
        return lambda: self._subscribers.remove(subscriber)

    def publish(self, event: Event) -> None:
        """Hand `event` to every subscriber."""
        for subscriber in tuple(self._subscribers):
            subscriber(event)
