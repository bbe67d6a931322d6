"""What the screen shows, as plain data: made from task records, kept up to date by lines of events.jsonl.

Nothing here knows a terminal or the disk, so all of it is tested without either.
"""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

Line = Mapping[str, Any]

FINAL = frozenset({"applied", "done", "rejected", "failed", "cancelled", "undone"})
STUCK_SECONDS = 30.0
"""A voice that was asked this long ago and has not said a word stands out."""

_RATE_SECONDS = 5.0
_HISTORY = 60
_TEXT = 400


@dataclass(frozen=True, slots=True)
class TaskView:
    """One task as the list shows it. Times are seconds since the epoch."""

    id: str
    kind: str = "patch"
    state: str = "queued"
    targets: tuple[str, ...] = ()
    text: str = ""
    verdict: str = ""
    created_at: float = 0.0
    updated_at: float = 0.0
    by: str = ""
    parent: str = ""
    attempt: int = 1
    step: str = ""
    summary: str = ""
    error: str = ""
    hint: str = ""
    files: tuple[str, ...] = ()
    hunks: int = 0
    is_sweep: bool = False
    asks: tuple[str, ...] = ()

    @property
    def target(self) -> str:
        """What the task is about, in one word."""
        if not self.targets:
            return self.text
        more = f" +{len(self.targets) - 1}" if len(self.targets) > 1 else ""
        return f"{self.targets[0]}{more}"


@dataclass(slots=True)
class VoiceView:
    """One agent at work on a task, or the last answer it gave."""

    task: str
    role: str
    model: str = ""
    asked_at: float = 0.0
    heard_at: float = 0.0
    is_speaking: bool = False
    is_truncated: bool = False
    prompt_tokens: int = 0
    tokens: int = 0
    rate: float = 0.0
    text: list[str] = field(default_factory=list)
    recent: deque[tuple[float, int]] = field(default_factory=deque)

    def is_stuck(self, now: float) -> bool:
        """Return whether it has been silent for long although it was asked."""
        return self.is_speaking and now - max(self.asked_at, self.heard_at) > STUCK_SECONDS

    def hear(self, text: str, tokens: int, at: float) -> None:
        """Note a piece of an answer and how fast it comes."""
        self.text.append(text)
        self.tokens += tokens
        self.heard_at = at
        self.is_speaking = True  # also where it was asked before anybody looked
        self.recent.append((at, tokens))
        while self.recent and at - self.recent[0][0] > _RATE_SECONDS:
            self.recent.popleft()
        span = at - self.recent[0][0]
        if span > 0.2:
            self.rate = sum(number for _, number in list(self.recent)[1:]) / span


@dataclass(frozen=True, slots=True)
class Change:
    """What a batch of lines changed.

    Attributes:
        tasks: tasks whose row is not what it was.
        lines: the lines about tasks, in order, for whoever shows a transcript.
        reviews: tasks that now wait for a decision.
        asking: tasks that now ask whether a command may run.
        refusals: what could not be followed or taken, in words.
        runner: whether a runner came or went.
    """

    tasks: frozenset[str] = frozenset()
    lines: tuple[Line, ...] = ()
    reviews: tuple[str, ...] = ()
    refusals: tuple[str, ...] = ()
    runner: bool = False
    asking: tuple[str, ...] = ()


class Scene:
    """All tasks and voices that are known. `clock` returns seconds since the epoch."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self.clock = clock
        self.tasks: dict[str, TaskView] = {}
        self.voices: dict[tuple[str, str], VoiceView] = {}
        self.rates: deque[float] = deque(maxlen=_HISTORY)
        self.has_runner = False
        self._children: dict[str, set[str]] = {}
        self._heard: dict[str, list[tuple[float, dict[str, Any]]]] = {}
        """Of each task that was first heard of in the middle of its life, and whose record is still to come, what was
        heard and when."""
        self._counts: Counter[str] = Counter()

    def put(self, task: TaskView) -> None:
        """Add a task, or replace what is known of it."""
        old = self.tasks.get(task.id)
        if old is not None:
            self._counts[old.state] -= 1
        self._counts[task.state] += 1
        self.tasks[task.id] = task
        if task.parent:
            self._children.setdefault(task.parent, set()).add(task.id)

    def load(self, record: Mapping[str, Any]) -> None:
        """Add a task from its record; one that is known already and newer stays."""
        task = from_record(record)
        known = self.tasks.get(task.id)
        for at, changes in self._heard.pop(task.id, ()):
            if at > task.updated_at:
                task = replace(task, updated_at=at, **changes)
        if known is None or known.updated_at <= task.updated_at:
            self.put(task)

    def count(self, *states: str) -> int:
        """Return how many tasks are in these states."""
        return sum(self._counts[state] for state in states)

    def children(self, task_id: str) -> frozenset[str]:
        """Return the IDs of the tasks that a sweep made."""
        return frozenset(self._children.get(task_id, ()))

    def progress(self, task_id: str) -> tuple[int, int]:
        """Return how many tasks of a sweep rest or wait for review, and how many there are."""
        states = [self.tasks[child].state for child in self._children.get(task_id, ()) if child in self.tasks]
        return sum(state in FINAL or state == "review" for state in states), len(states)

    def seconds_left(self, task_id: str) -> float | None:
        """Return how long a sweep may still take, by the pace so far; None where nothing can be said yet."""
        done, total = self.progress(task_id)
        began = self.tasks[task_id].created_at
        if not 0 < done < total:
            return None
        return (self.clock() - began) / done * (total - done)

    def at_work(self) -> list[VoiceView]:
        """Return the voices that were asked and have not finished, oldest first."""
        return [voice for voice in self.voices.values() if voice.is_speaking]

    def sample_rate(self) -> float:
        """Return tokens a second over all voices now, and keep it for the history."""
        now = self.clock()
        rate = sum(voice.rate for voice in self.at_work() if now - voice.heard_at < 2)
        self.rates.append(rate)
        return rate

    def apply(self, lines: Sequence[Line]) -> Change:
        """Bring everything up to date with lines of the log; what a line of a stranger breaks is left out."""
        tasks: set[str] = set()
        reviews: list[str] = []
        refusals: list[str] = []
        asking: list[str] = []
        runner = False
        for line in lines:
            try:
                event, task_id = str(line["event"]), str(line.get("task") or "")
                if event in {"runner-started", "runner-stopped"}:
                    self.has_runner = event == "runner-started"
                    runner = True
                elif event in {"file-refused", "decision-refused"}:
                    refusals.append(_refusal(line))
                elif task_id:
                    self._apply(event, task_id, line)
                    if event != "token-streamed":
                        tasks |= {task_id, self.tasks[task_id].parent} - {""}
                    if event == "review-asked":
                        reviews.append(task_id)
                    elif event == "command-asked":
                        asking.append(task_id)
            except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
                continue
        return Change(frozenset(tasks), tuple(lines), tuple(reviews), tuple(refusals), runner, tuple(asking))

    def _apply(self, event: str, task_id: str, line: Line) -> None:
        at = float(line.get("at") or self.clock())
        task = self.tasks.get(task_id) or TaskView(task_id, created_at=at)
        if task_id not in self.tasks:
            self.put(task)
            self._heard[task_id] = []
        match event:
            case "token-streamed":
                tokens = line.get("tokens")
                self._voice(task_id, line).hear(str(line["text"]), 1 if tokens is None else int(tokens), at)
                return
            case "prompt-sent":
                self._begin(task_id, line, at)
            case "answer-received":
                voice = self._voice(task_id, line)
                voice.is_truncated = line.get("finish") == "length"
                voice.prompt_tokens = int(line.get("prompt_tokens") or 0)
                voice.tokens = int(line.get("completion_tokens") or voice.tokens)
                self._finish(voice)
            case "task-ended":
                for key in [key for key in self.voices if key[0] == task_id]:
                    self._finish(self.voices[key])
                    if str(line.get("state")) in FINAL:
                        del self.voices[key]
        changes = _changes(event, line)
        task = replace(task, updated_at=at, **changes)
        self.put(task)
        if event in {"task-queued", "task-blocked"}:
            self._heard.pop(task_id, None)
        elif task_id in self._heard:
            self._heard[task_id].append((at, changes))
        parent = self.tasks.get(task.parent)
        if event == "task-queued" and parent is not None and parent.state == "queued":
            self.put(replace(parent, state="running"))  # a sweep runs by its children; nothing else tells

    def _voice(self, task_id: str, line: Line) -> VoiceView:
        role = str(line.get("voice") or "")
        return self.voices.setdefault((task_id, role), VoiceView(task_id, role))

    def _begin(self, task_id: str, line: Line, at: float) -> None:
        role = str(line.get("voice") or "")
        model = str(line.get("model") or "")
        self.voices[task_id, role] = VoiceView(task_id, role, model=model, asked_at=at, is_speaking=True)

    @staticmethod
    def _finish(voice: VoiceView) -> None:
        voice.is_speaking = False
        voice.text.clear()
        voice.recent.clear()


def _changes(event: str, line: Line) -> dict[str, Any]:
    """Return the fields of a task that an event changes."""
    match event:
        case "task-queued" | "task-blocked":
            return {
                "state": "queued" if event == "task-queued" else "blocked",
                "kind": str(line.get("kind") or "patch"),
                "targets": _texts(line, "targets"),
                "text": str(line.get("text") or "")[:_TEXT],
                "parent": str(line.get("parent") or ""),
                "by": str(line.get("by") or ""),
                "attempt": int(line.get("attempt") or 1),
                "step": "",
                "error": "",
                "hint": "",
                "verdict": "",
                "asks": (),
            }
        case "command-asked":
            return {"asks": _texts(line, "commands")}
        case "task-started" | "run-resumed":
            return {"state": "running"}
        case "step-started":
            return {"step": str(line.get("step") or "")}
        case "review-asked":
            return {
                "state": "review",
                "verdict": str(line.get("verdict") or ""),
                "summary": str(line.get("summary") or "")[:_TEXT],
                "files": _texts(line, "files"),
                "hunks": int(line.get("hunks") or 0),
            }
        case "task-ended":
            error = line.get("error") or {}
            return {
                "state": str(line.get("state") or "done"),
                "verdict": str(line.get("verdict") or ""),
                "summary": str(line.get("summary") or "")[:_TEXT],
                "error": str(error.get("message") or "")[:_TEXT],
                "hint": str(error.get("hint") or "")[:_TEXT],
                "step": "",
            }
        case "change-applied":
            return {"files": _texts(line, "files")}
        case _:
            return {}


def _texts(line: Line, name: str) -> tuple[str, ...]:
    return tuple(str(part) for part in line.get(name) or ())


def _sweep(spec: Mapping[str, Any]) -> tuple[str, ...]:
    return (str(spec["for_each"]),) if spec.get("for_each") else ()


def _refusal(line: Line) -> str:
    error = line.get("error") or {}
    what = str(line.get("file") or line.get("decision") or "")
    hint = f" ({error['hint']})" if error.get("hint") else ""
    return f"{what}: {error.get('message') or 'refused'}{hint}"[:_TEXT]


def from_record(record: Mapping[str, Any]) -> TaskView:
    """Return a task as its record has it.

    Raises:
        KeyError, TypeError, ValueError: this is no record.
    """
    try:
        return _from_record(record)
    except (AttributeError, OverflowError) as error:
        raise ValueError("this is no record") from error


def _from_record(record: Mapping[str, Any]) -> TaskView:
    task = record["task"]
    spec = task["spec"]
    error = record.get("error") or {}
    return TaskView(
        id=str(task["id"]),
        kind=str(spec.get("kind") or "patch"),
        state=str(record["state"]),
        targets=_texts(spec, "targets") or _texts(spec, "read") or _sweep(spec),
        text=str(spec.get("task") or "")[:_TEXT],
        verdict=str(record.get("verdict") or ""),
        created_at=float(task.get("created_at") or 0),
        updated_at=float(record.get("updated_at") or 0),
        by=str(spec.get("by") or ""),
        parent=str(task.get("parent") or ""),
        attempt=int(task.get("attempt") or 1),
        summary=str(record.get("summary") or "")[:_TEXT],
        error=str(error.get("message") or "")[:_TEXT],
        hint=str(error.get("hint") or "")[:_TEXT],
        files=tuple(str(file["path"]) for file in record.get("files") or ()),
        hunks=int(record.get("hunks") or 0),
        is_sweep=spec.get("for_each") is not None,
        asks=_texts(record, "asks"),
    )
