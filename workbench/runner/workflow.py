"""A task's life as DBOS sees it: one workflow, and the steps whose outcome cannot be had a second time.

Reading the tree, asking a model and running commands are steps: their outcomes are kept, and a runner that takes over
after a crash gets them back instead of doing them again. Everything between is computed anew from those outcomes, and
what writes files is written so that doing it twice is doing it once.
"""

from __future__ import annotations

from typing import Protocol

from dbos import DBOS, SetWorkflowID


class Worker(Protocol):
    """Who does the work behind the workflow: the runner of this process."""

    async def live(self, task_id: str, attempt: int) -> None:
        """Take one attempt of a task from its start to its rest."""
        ...

    async def read_brief(self, task_id: str) -> str:
        """Step `prepare`: return the task's brief as an outcome."""
        ...

    async def ask_model(self, task_id: str, voice: str, request: str) -> str:
        """Step `generate`: return a completion as an outcome."""
        ...

    async def run_checks(self, task_id: str, edits: str, commands: list[str], trials: list[str]) -> str:
        """Step `check`: return the checks as an outcome."""
        ...

    async def run_report(self, task_id: str, edits: str, command: str) -> str:
        """Step `report`: return what one command said, as a check, as an outcome."""
        ...


_worker: Worker | None = None


def set_worker(worker: Worker | None) -> None:
    """Say who works in this process; DBOS registers its functions once for a process, so the link is global."""
    global _worker  # noqa: PLW0603 — see the docstring
    _worker = worker


def _at_work() -> Worker:
    if _worker is None:
        raise RuntimeError("no runner is at work in this process")
    return _worker


@DBOS.step(name="prepare")
async def prepare(task_id: str) -> str:
    """Read what the task needs from the tree, once."""
    return await _at_work().read_brief(task_id)


@DBOS.step(name="generate")
async def generate(task_id: str, voice: str, request: str) -> str:
    """Ask a model, once."""
    return await _at_work().ask_model(task_id, voice, request)


@DBOS.step(name="check")
async def check(task_id: str, edits: str, commands: list[str], trials: list[str]) -> str:
    """Run commands on a scratch tree, once."""
    return await _at_work().run_checks(task_id, edits, commands, trials)


@DBOS.step(name="report")
async def report(task_id: str, edits: str, command: str) -> str:
    """Run one command on a scratch tree for its words, once."""
    return await _at_work().run_report(task_id, edits, command)


@DBOS.workflow(name="task", max_recovery_attempts=1_000_000)
async def task_workflow(task_id: str, attempt: int) -> None:
    """Live one attempt of a task."""
    await _at_work().live(task_id, attempt)


def workflow_id(task_id: str, attempt: int) -> str:
    """Return the name under which DBOS knows one attempt of a task."""
    return f"{task_id}-{attempt}"


async def start(task_id: str, attempt: int) -> None:
    """Begin a workflow and return when it has ended, however it ended."""
    with SetWorkflowID(workflow_id(task_id, attempt)):
        handle = await DBOS.start_workflow_async(task_workflow, task_id, attempt)
    await handle.get_result()
