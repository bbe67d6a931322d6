"""One attempt of a task from its start to its rest, and the outcomes of its steps.

Order: prepare → the crew (generate, check, repair) → propose → the policy, or a person later → apply → report.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from functools import partial

from workbench.checks.allowance import judged
from workbench.checks.command import read_command, run_commands
from workbench.checks.trial_values import Trial
from workbench.context.redaction import masked
from workbench.crew.dispatch import work
from workbench.edits.apply import apply, recover, stands
from workbench.edits.patch import counts
from workbench.engines.pool import Pool
from workbench.errors import EngineUnavailable, NaniteError, TaskStopped
from workbench.events import (
    AnswerReceived,
    AnswerRefused,
    Bus,
    ChangeApplied,
    CheckFinished,
    DecisionTaken,
    PromptSent,
    RunResumed,
    StepStarted,
    TaskStarted,
    TokenStreamed,
)
from workbench.exchange import ChatRequest, Completion
from workbench.model import Approve, Brief, Proposal, State, Task, Verdict
from workbench.repository import Repository
from workbench.runner import workflow
from workbench.runner.asking import Asking
from workbench.runner.board import Board
from workbench.runner.briefing import brief
from workbench.runner.discretion import acquaint
from workbench.runner.job import CheckList, DurableDesk, EditList, Job, begun_text, prompt_text
from workbench.runner.meter import Meter, Share
from workbench.runner.outcome import error_info, failed, succeeded, value_of
from workbench.runner.proposals import ask_review, checked_again, read_proposal, store_proposal
from workbench.settings import Settings
from workbench.spool.folder import Folder
from workbench.spool.records import Record

_log = logging.getLogger("nanites.runner")
_ENGINE_TRIES = 2


class Lives:
    """Lives attempts of tasks: what the durable workflow calls (see `workflow.Worker`)."""

    def __init__(
        self,
        repository: Repository,
        folder: Folder,
        settings: Settings,
        board: Board,
        bus: Bus,
        *,
        pool: Pool,
        asking: Asking,
        policy: Approve,
        on_end: Callable[[str], None],
    ) -> None:
        self._repository = repository
        self._folder = folder
        self._settings = settings
        self._board = board
        self._bus = bus
        self._pool = pool
        self._meter = Meter()
        self._asking = asking
        self._policy = policy
        self._on_end = on_end
        self._jobs: dict[str, Job] = {}
        self.tree = asyncio.Lock()
        """Held while files of the user's tree change, so that two proposals never interleave."""

    def job(self, task_id: str) -> Job | None:
        """Return the running attempt of a task, or None."""
        return self._jobs.get(task_id)

    async def live(self, task_id: str, attempt: int) -> None:
        """Take one attempt of a task from its start to its rest. Returns at once where it rests already."""
        record = self._board.record(task_id)
        if record.task.attempt != attempt or record.state not in {State.QUEUED, State.RUNNING}:
            return
        job = self._jobs[task_id] = Job(task_id, attempt, record.task.spec.timeout)
        try:
            if record.state is State.RUNNING:
                self._bus.publish(RunResumed(task=task_id))
            else:
                self._board.note(task_id, State.RUNNING)
                self._bus.publish(TaskStarted(task=task_id, kind=record.task.spec.kind, attempt=attempt))
            await self._attempt(job, record.task)
        except TaskStopped as error:
            state = State.FAILED if error.code == "timeout" else State.CANCELLED
            self._board.rest(task_id, state, error=error_info(error), usage=job.usage)
        except NaniteError as error:
            self._board.rest(task_id, State.FAILED, error=error_info(error), usage=job.usage)
        except Exception as error:
            _log.exception("task %s failed in a way nobody foresaw", task_id)
            fault = NaniteError(
                f"{type(error).__name__}: {error}"[:400], code="internal", hint="this is a fault of the workbench"
            )
            self._board.rest(task_id, State.FAILED, error=error_info(fault), usage=job.usage)
        finally:
            del self._jobs[task_id]
            job.ended.set()
            self._on_end(task_id)

    async def leave(self) -> tuple[str, ...]:
        """Stop working without a word and return the tasks that were under way: they go on at the next start."""
        left = dict(self._jobs)
        for job in left.values():
            job.workflow.cancel()
        await asyncio.gather(*(job.workflow for job in left.values()), return_exceptions=True)
        return tuple(left)

    def close(self) -> None:
        """Let go of what was read of the machine."""
        self._meter.close()

    async def _attempt(self, job: Job, task: Task) -> None:
        desk = DurableDesk(job, self._pool, self._bus.publish)
        if task.only_checks:
            kept = read_proposal(self._folder, task.id)
            acquaint(job.vault, kept.edits)
            proposal = checked_again(kept, await desk.try_commands(kept.edits, task.spec.check))
        else:
            known_brief = Brief.model_validate_json(value_of(await workflow.prepare(task.id)))
            job.raise_if_stopped()
            offered = await work(known_brief, desk, job.vault)
            commands = (*task.spec.check, *_that_ran(offered))
            proposal = judged(offered, commands).model_copy(update={"usage": job.usage})
        job.raise_if_stopped()
        self._bus.publish(StepStarted(task=task.id, step="propose"))
        known = store_proposal(self._folder, task.id, proposal) | {"usage": proposal.usage, "error": None}
        held = self._asking.held(task, proposal.edits, task.spec.check)
        await self._settle(task, proposal, known | {"asks": tuple(held)})

    async def _settle(self, task: Task, proposal: Proposal, known: dict[str, object]) -> None:
        """Bring a proposal to rest as the policy says: applied, kept, or waiting for a decision."""
        policy = task.spec.approve or self._policy
        verdict = proposal.verdict or Verdict.UNVERIFIED
        if not proposal.edits or policy is Approve.NONE:
            self._board.rest(task.id, State.DONE, **known | {"asks": ()})
        elif policy.permits(verdict):
            self._bus.publish(StepStarted(task=task.id, step="apply"))
            async with self.tree:
                applied = await asyncio.to_thread(
                    apply, self._repository.root, self._folder.task(task.id), proposal.edits
                )
            self._bus.publish(DecisionTaken(task=task.id, decision="approve", by="policy"))
            self._bus.publish(ChangeApplied(task=task.id, files=tuple(edit.path for edit in applied)))
            changes = {"files": counts(applied), "applied": True, "asks": ()}
            self._board.rest(task.id, State.APPLIED, **known | changes)
        else:
            ask_review(self._board, self._bus, task.id, proposal, known)

    def recover_changes(self) -> None:
        """Finish or revert the changes of files that a crash left half-way, before anything else happens."""
        for task_id in self._folder.task_ids():
            home = self._folder.task(task_id)
            if not (home / "undo").exists():
                continue
            try:
                recover(self._repository.root, home)
            except NaniteError as error:
                _log.error("task %s: %s", task_id, error)
                if self._board.knows(task_id) and not self._board.state(task_id).is_final:
                    self._board.rest(task_id, State.FAILED, error=error_info(error))

    def end_applied(self, record: Record) -> bool:
        """Bring a task to rest whose change was made before its runner died; return whether that was so.

        Where the store is lost too, only this keeps a nanite from being asked for what the files have already.
        """
        task, home = record.task, self._folder.task(record.task.id)
        try:
            if not stands(home):
                return False
            proposal = read_proposal(self._folder, task.id)
            applied = apply(self._repository.root, home, proposal.edits)
        except NaniteError as error:
            _log.error("task %s: %s", task.id, error)
            return False
        known = store_proposal(self._folder, task.id, proposal) | {"usage": proposal.usage, "error": None}
        self._bus.publish(ChangeApplied(task=task.id, files=tuple(edit.path for edit in applied)))
        self._board.rest(task.id, State.APPLIED, **known | {"files": counts(applied), "applied": True})
        return True

    async def read_brief(self, task_id: str) -> str:
        """Step `prepare`: read targets and context once, as they are now."""
        self._bus.publish(StepStarted(task=task_id, step="prepare"))
        record = self._board.record(task_id)
        may = (*self._asking.allowed.now(), *record.task.granted)
        checks = self._settings.checks.model_copy(update={"allow": may})
        settings = self._settings.model_copy(update={"checks": checks})
        try:
            found = await asyncio.to_thread(brief, self._repository, settings, record.task, record.reason)
        except NaniteError as error:
            return failed(error)
        return succeeded(found.model_dump_json())

    async def ask_model(self, task_id: str, voice: str, request: str) -> str:
        """Step `generate`: ask once; where the engine dies while it speaks, ask the next one once more."""
        job = self._jobs[task_id]
        asked = ChatRequest.model_validate_json(request)
        self._bus.publish(StepStarted(task=task_id, step="generate"))
        self._bus.publish(PromptSent(task=task_id, voice=voice, model=asked.model, prompt=prompt_text(asked)))
        used = Share()
        measured = partial(self._meter.measure, used)
        for number in range(1, _ENGINE_TRIES + 1):
            try:
                job.raise_if_stopped()
                if begun := begun_text(asked):
                    self._bus.publish(TokenStreamed(task=task_id, voice=voice, text=begun, tokens=0))
                completion = await job.guard(self._pool.chat(asked, self._streamer(task_id, voice), measured))
            except EngineUnavailable as error:
                if error.code != "engine-died" or number == _ENGINE_TRIES:
                    return failed(error, used.joules)
                self._bus.publish(AnswerRefused(task=task_id, voice=voice, reason=f"{error.message}; asking again"))
            except NaniteError as error:
                return failed(error, used.joules)
            else:
                self._publish_answer(task_id, voice, asked, completion)
                return succeeded(completion.model_dump_json(), used.joules)
        raise AssertionError("the loop returns")

    def _streamer(self, task_id: str, voice: str) -> Callable[[str], None]:
        def on_text(piece: str) -> None:
            self._bus.publish(TokenStreamed(task=task_id, voice=voice, text=piece))

        return on_text

    def _publish_answer(self, task_id: str, voice: str, asked: ChatRequest, completion: Completion) -> None:
        self._bus.publish(
            AnswerReceived(
                task=task_id,
                voice=voice,
                model=asked.model,
                finish=completion.finish,
                text=begun_text(asked) + completion.text,
                prompt_tokens=completion.prompt_tokens,
                completion_tokens=completion.completion_tokens,
                cached_tokens=completion.cached_tokens,
                seconds=completion.seconds,
            )
        )

    async def run_checks(self, task_id: str, edits: str, commands: list[str], trials: list[str]) -> str:
        """Step `check`: run commands on a scratch tree with the edits applied, and trials where all pass."""
        self._bus.publish(StepStarted(task=task_id, step="check"))
        proposed = EditList.model_validate_json(edits).edits
        task = self._board.record(task_id).task
        held = self._asking.held(task, proposed, commands)
        may = (*self._asking.allowed.now(), *task.granted)
        settings = self._settings.checks.model_copy(update={"allow": may})
        wanted = [command for command in commands if command not in held]
        try:
            self._jobs[task_id].raise_if_stopped()
            tried = [] if held else [Trial.model_validate_json(trial) for trial in trials]
            ran = await self._jobs[task_id].guard(run_commands(self._repository, proposed, wanted, settings, tried))
        except NaniteError as error:
            return failed(error)
        following = iter(ran)
        checks = tuple(held[command] if command in held else next(following) for command in commands)
        checks += tuple(following)
        vault = self._jobs[task_id].vault
        # What only this output tells is masked for good: a placeholder made here would be unknown after a restart.
        checks = tuple(check.model_copy(update={"output": masked(vault.hide_known(check.output))}) for check in checks)
        # A command that fails before anything is changed says nothing of a change.
        where = "" if proposed else ", as things are"
        for check in checks:
            name = f"{check.name}{where}"
            self._bus.publish(
                CheckFinished(task=task_id, name=name, ok=check.ok, output=check.output, seconds=check.seconds)
            )
        return succeeded(CheckList(checks=checks).model_dump_json())

    async def run_report(self, task_id: str, edits: str, command: str) -> str:
        """Step `report`: run one command on a scratch tree with the edits applied, for what it says."""
        self._bus.publish(StepStarted(task=task_id, step="check"))
        proposed = EditList.model_validate_json(edits).edits
        may = (*self._asking.allowed.now(), *self._board.record(task_id).task.granted)
        settings = self._settings.checks.model_copy(update={"allow": may})
        try:
            self._jobs[task_id].raise_if_stopped()
            check = await self._jobs[task_id].guard(read_command(self._repository, proposed, command, settings))
        except NaniteError as error:
            return failed(error)
        said = masked(self._jobs[task_id].vault.hide_known(check.output))
        return succeeded(check.model_copy(update={"output": said}).model_dump_json())


def _that_ran(proposal: Proposal) -> tuple[str, ...]:
    return tuple(check.name for check in proposal.checks if check.guard)
