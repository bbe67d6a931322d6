"""Adding up: what each task saved or cost, by whatever it is asked, and what the sessions cost beside."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from workbench.ledger import book, overhead
from workbench.ledger.book import Place
from workbench.ledger.estimate import GAINING_STATES, Estimate
from workbench.ledger.sessions import RealCall, real_calls, session_file
from workbench.ledger.today import made_at

By = Literal["kind", "model", "repo"]
_TASK_ID = re.compile(r"[0-9a-z]{14}")


@dataclass(frozen=True)
class Prices:
    """Money for a million tokens, and how often what was read is read again from the cache in later turns."""

    input: float = 3.0
    output: float = 15.0
    cached: float = 0.3
    later_turns: float = 0.0

    def cost(self, read: float, written: float, *, stays: bool = True) -> float:
        """Return what reading and writing so many tokens costs; what stays in the context is read again by turns."""
        again = self.later_turns * self.cached * (read + written) if stays else 0.0
        return (read * self.input + written * self.output + again) / 1_000_000


@dataclass(frozen=True)
class TaskAccount:
    """One task: tokens it would have cost alone, and tokens it did cost, read and written apart.

    Attributes:
        gains: whether it came to something, so that what it would have cost alone counts.
        real: whether what was spent is Claude Code's own count; else it is an estimate.
        local_tokens, seconds: what the local model read and wrote, and how long it spoke.
        joules: what the GPUs used meanwhile; None where that is not known.
    """

    id: str
    kind: str
    model: str
    state: str
    at: float
    estimate: Estimate
    read: int
    written: int
    gains: bool
    real: bool
    repository: str = ""
    local_tokens: int = 0
    seconds: float = 0.0
    joules: float | None = None

    @property
    def alone(self) -> int:
        """Tokens that it would have cost alone, where it came to something."""
        return self.estimate.alone if self.gains else 0

    @property
    def spent(self) -> int:
        """Tokens that it did cost."""
        return self.read + self.written

    @property
    def net(self) -> int:
        """Tokens saved; negative where it cost more."""
        return self.alone - self.spent

    def money(self, prices: Prices) -> float:
        """Return the money saved."""
        alone = prices.cost(self.estimate.reading, self.estimate.writing) if self.gains else 0.0
        return alone - prices.cost(self.read, self.written)


@dataclass
class Report:
    """The accounts of a repository since a moment, and what its sessions cost beside."""

    repository: str
    tasks: list[TaskAccount] = field(default_factory=list)
    sessions: int = 0
    overhead: int = 0
    pending: int = 0

    @property
    def net(self) -> int:
        """Tokens saved by all tasks, what the sessions cost beside taken off."""
        return sum(task.net for task in self.tasks) - self.overhead

    def money(self, prices: Prices) -> float:
        """Return the money saved, net."""
        return sum(task.money(prices) for task in self.tasks) - prices.cost(self.overhead, 0)

    def with_others(self, others: Iterable[Report]) -> Report:
        """Return this report and those of other repositories in one."""
        together = [self, *others]
        return Report(
            repository=self.repository,
            tasks=[task for one in together for task in one.tasks],
            sessions=sum(one.sessions for one in together),
            overhead=sum(one.overhead for one in together),
            pending=sum(one.pending for one in together),
        )

    def groups(self, by: By) -> dict[str, list[TaskAccount]]:
        """Return the accounts by kind, model or repository, in the order in which they first came."""
        key: Callable[[TaskAccount], str] = {
            "kind": lambda task: task.kind,
            "model": lambda task: task.model or "none",
            "repo": lambda task: task.repository,
        }[by]
        groups: dict[str, list[TaskAccount]] = {}
        for task in self.tasks:
            groups.setdefault(key(task), []).append(task)
        return groups


def joules_of(tasks: Iterable[TaskAccount]) -> float | None:
    """Return what the GPUs used for those tasks of which it is known; None where it is of none that asked a model."""
    return round(sum(task.joules or 0.0 for task in tasks), 3) or None


def unmeasured(tasks: Iterable[TaskAccount]) -> int:
    """Return how many tasks had answers of local models, and nobody knows what energy they took."""
    return sum(task.joules is None and task.local_tokens > 0 for task in tasks)


@dataclass
class _Spent:
    """What calls about one task cost."""

    read: float = 0.0
    written: float = 0.0
    asked_for_it: bool = False
    all_real: bool = True


def report(
    place: Place,
    estimates: Mapping[str, Estimate],
    *,
    since: float = 0.0,
    claude_home: Path | None = None,
) -> Report:
    """Return what this repository's tasks since a moment saved.

    Args:
        place: the repository.
        estimates: the estimate of each task that rests, by ID.
        since: seconds since 1970.
        claude_home: where Claude Code keeps its files, if not where it says.
    """
    made = Report(repository=str(place.root))
    lines = [line for line in book.lines(place) if line["at"] >= since]
    spent = _spent_by_task(lines, claude_home)
    for task_id, estimate in estimates.items():
        if made_at(task_id) < since:
            continue
        fields = _record(place, task_id)
        if fields is None:
            continue
        account = replace(_account(task_id, fields, estimate, spent.get(task_id)), repository=made.repository)
        made.pending += account.state == "review"
        made.tasks.append(account)
    called: set[str] = set()
    made.sessions = sum(line.get("event") == "session" for line in lines)
    made.overhead = sum(overhead.of_line(line, called) for line in lines)
    return made


def _record(place: Place, task_id: str) -> dict[str, Any] | None:
    try:
        record = json.loads((place.path / "tasks" / task_id / "task.json").read_bytes())
        return {
            "state": str(record["state"]),
            "kind": str(record["task"]["spec"].get("kind") or "patch"),
            "usage": _own_usage(record),
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _own_usage(record: dict[str, Any]) -> dict[str, Any]:
    """Return what a task used itself: a sweep keeps the sum of its parts, which are accounted for one by one."""
    usage: dict[str, Any] = record.get("usage") or {}
    return {"model": usage.get("model")} if record.get("children") else usage


def _account(task_id: str, fields: dict[str, Any], estimate: Estimate, spent: _Spent | None) -> TaskAccount:
    usage = fields["usage"]
    spent = spent or _Spent(all_real=False)
    # Asked for by hand or from a shell: nobody wrote down the call, so it is the one that is estimated for every task.
    read = spent.read + (0 if spent.asked_for_it else estimate.envelope)
    written = spent.written + (0 if spent.asked_for_it else estimate.call)
    return TaskAccount(
        id=task_id,
        kind=fields["kind"],
        model=str(usage.get("model") or ""),
        state=fields["state"],
        at=made_at(task_id),
        estimate=estimate,
        read=round(read),
        written=round(written),
        gains=fields["state"] in GAINING_STATES and fields["state"] != "review",
        real=spent.asked_for_it and spent.all_real,
        local_tokens=int(usage.get("prompt") or 0) + int(usage.get("completion") or 0),
        seconds=float(usage.get("seconds") or 0.0),
        joules=None if usage.get("energy") is None else float(usage["energy"]),
    )


def _spent_by_task(lines: Iterable[dict[str, Any]], claude_home: Path | None) -> dict[str, _Spent]:
    spent: dict[str, _Spent] = {}
    real: dict[str, list[RealCall]] = {}
    for line in lines:
        ids = [str(task_id) for task_id in line.get("ids") or ()]
        if line.get("event") != "call" or not ids:
            continue
        session = str(line.get("session") or "")
        if session not in real:
            path = session_file(session, claude_home)
            real[session] = real_calls(path) if path is not None else []
        call = _matching(real[session], line, set(ids))
        written: float = book.asked_tokens(line) if call is None else call.asked
        counted = call is not None and call.answered is not None
        read: float = call.answered if call is not None and call.answered is not None else book.answered_tokens(line)
        for task_id in ids:
            known = spent.setdefault(task_id, _Spent())
            known.read += read / len(ids)
            known.written += written / len(ids)
            known.asked_for_it |= not book.is_extra(line)
            known.all_real &= counted
    return spent


def _matching(calls: list[RealCall], line: dict[str, Any], ids: set[str]) -> RealCall | None:
    """Take out of `calls` the one that a line of the book is about, or return None.

    Calls stand in their order; the same tool with the same action and the same tasks is the same call.
    """
    for number, call in enumerate(calls):
        action = str(call.arguments.get("action") or "")
        told = json.dumps(call.arguments) + call.answer
        if call.tool == line.get("tool") and action == line.get("action") and ids <= set(_TASK_ID.findall(told)):
            return calls.pop(number)
    return None
