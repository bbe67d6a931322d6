"""One attempt of a task while it runs: its clock, its stop, and the desk its crew works at."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol, TypeVar

from workbench.checks.trial_values import Trial
from workbench.context.redaction import Vault
from workbench.errors import TaskStopped
from workbench.events import Event
from workbench.exchange import ChatRequest, Completion, TokenCount
from workbench.model import Check, FileEdit, Usage, Value
from workbench.runner import workflow
from workbench.runner.outcome import energy_of, value_of

T = TypeVar("T")


class EditList(Value):
    """Edits on their way through the store."""

    edits: tuple[FileEdit, ...]


class CheckList(Value):
    """Checks on their way through the store."""

    checks: tuple[Check, ...]


class Counter(Protocol):
    """Whoever can count tokens."""

    async def count(self, request: ChatRequest) -> TokenCount:
        """Return how many tokens the request's prompt takes."""
        ...


class Job:
    """A running attempt, made in the workflow that lives it. `stop` may be called from the event loop's thread.

    `vault` knows what was withheld from the models, so that nothing else writes it down either.

    Its time begins with it: one that goes on after a crash has its whole time again, for the dead do not dawdle. It is
    taken from a clock that nobody sets, so a step of the machine's clock neither ends the attempt nor prolongs it.
    """

    def __init__(self, task_id: str, attempt: int, timeout: float) -> None:
        self.task_id = task_id
        self.attempt = attempt
        self.deadline = time.monotonic() + timeout
        self.usage = Usage(energy=0.0)
        self.vault = Vault()
        self.workflow = _current_task()
        self.ended = asyncio.Event()
        self._stopped: TaskStopped | None = None
        self._stop = asyncio.Event()

    def stop(self, why: TaskStopped) -> None:
        """End the attempt at what it is waiting for."""
        self._stopped = self._stopped or why
        self._stop.set()

    def raise_if_stopped(self) -> None:
        """Raise what the attempt was stopped for, or for its time being over."""
        if self._stopped is not None:
            raise self._stopped
        if time.monotonic() >= self.deadline:
            raise _out_of_time()

    async def guard(self, work: Awaitable[T]) -> T:
        """Await `work`, but no longer than the attempt lasts; what is left behind is cancelled and waited for.

        Raises:
            TaskStopped: somebody stopped the attempt, or its time is over.
        """
        doing = asyncio.ensure_future(work)
        stopping = asyncio.ensure_future(self._stop.wait())
        try:
            await asyncio.wait(
                {doing, stopping},
                timeout=max(self.deadline - time.monotonic(), 0.0),
                return_when=asyncio.FIRST_COMPLETED,
            )
            if doing.done():
                return doing.result()
            raise self._stopped or _out_of_time()
        finally:
            stopping.cancel()
            if not doing.done():
                doing.cancel()
                await asyncio.wait({doing})


def _current_task() -> asyncio.Task[object]:
    task = asyncio.current_task()
    assert task is not None, "a job is made in a workflow"
    return task


def _out_of_time() -> TaskStopped:
    return TaskStopped("the task's time is over", code="timeout", hint="give it a larger timeout, or a smaller job")


class DurableDesk:
    """The desk of one attempt: every question goes through a durable step."""

    def __init__(self, job: Job, counter: Counter, publish: Callable[[Event], None]) -> None:
        self._job = job
        self._counter = counter
        self._publish = publish

    async def ask(self, voice: str, request: ChatRequest) -> Completion:
        """Ask a model; an answer that is in the store already is taken from there."""
        answer = await workflow.generate(self._job.task_id, voice, request.model_dump_json())
        # What failed or was stopped took energy too.
        self._job.usage = self._job.usage.plus(Usage(energy=energy_of(answer)))
        completion = Completion.model_validate_json(value_of(answer))
        self._job.usage = self._job.usage.plus(
            Usage(
                prompt=completion.prompt_tokens,
                completion=completion.completion_tokens,
                cached=completion.cached_tokens,
                seconds=completion.seconds,
                model=request.model,
                energy=0.0,
            )
        )
        return completion

    async def count(self, request: ChatRequest) -> TokenCount:
        """Return how many tokens the request's prompt takes. Asked anew after a crash: it costs little."""
        return await self._job.guard(self._counter.count(request))

    async def try_commands(
        self, edits: Sequence[FileEdit], commands: Sequence[str], trials: Sequence[Trial] = ()
    ) -> tuple[Check, ...]:
        """Run allowed commands on a scratch tree with `edits` applied, and trials where all pass."""
        if not commands:
            return ()
        packed = EditList(edits=tuple(edits)).model_dump_json()
        tried = [trial.model_dump_json() for trial in trials]
        answer = await workflow.check(self._job.task_id, packed, list(commands), tried)
        return CheckList.model_validate_json(value_of(answer)).checks

    async def read_command(self, edits: Sequence[FileEdit], command: str) -> Check:
        """Run one allowed command on a scratch tree with `edits` applied, for its words."""
        packed = EditList(edits=tuple(edits)).model_dump_json()
        answer = await workflow.report(self._job.task_id, packed, command)
        return Check.model_validate_json(value_of(answer))

    def tell(self, event: Event) -> None:
        """Publish what happened, in the name of this task."""
        self._publish(event.model_copy(update={"task": self._job.task_id}))


def begun_text(request: ChatRequest) -> str:
    """Return what an answer is to begin with, which a model goes on from and does not say again; mostly nothing."""
    last = request.messages[-1] if request.messages else None
    return last.content if last is not None and last.role == "assistant" else ""


def prompt_text(request: ChatRequest) -> str:
    """Return a request's messages as one text for the transcript."""
    return "\n\n".join(f"[{message.role}]\n{message.content}" for message in request.messages)
