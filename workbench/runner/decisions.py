"""What somebody decided about a task: approve, reject, cancel, retry, undo, revise, allow.

A decision is claimed like a dropped file, by one rename into the task's folder, and the claim is removed when its
effect is written down; a runner that takes over after a crash follows the claims it finds. Following one twice is
harmless.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from pathlib import Path

from workbench.edits.apply import apply, undo
from workbench.edits.patch import choose, counts
from workbench.errors import NaniteError, TaskRefused, TaskStopped
from workbench.events import Bus, ChangeApplied, ChangeUndone, DecisionRefused, DecisionTaken
from workbench.model import Decision, State
from workbench.repository import Repository
from workbench.runner.asking import Asking
from workbench.runner.board import Board
from workbench.runner.job import Job
from workbench.runner.life import Lives
from workbench.runner.outcome import error_info
from workbench.runner.proposals import ask_review, forget_proposal, read_proposal, revised, store_proposal
from workbench.spool import inbox
from workbench.spool.folder import Folder, is_id, write_json
from workbench.spool.records import Record

_CLAIM = "decision.json"
RETRIED = frozenset({State.FAILED, State.REJECTED, State.CANCELLED, State.UNDONE, State.DONE, State.REVIEW})


class Decisions:
    """Follows decisions, one at a time."""

    def __init__(
        self,
        repository: Repository,
        folder: Folder,
        board: Board,
        bus: Bus,
        lives: Lives,
        *,
        asking: Asking,
        queued: Callable[[Record], None],
        forgotten: Callable[[str], None],
    ) -> None:
        self._repository = repository
        self._folder = folder
        self._board = board
        self._bus = bus
        self._lives = lives
        self._asking = asking
        self._queued = queued
        self._forgotten = forgotten
        self._ending: set[asyncio.Task[None]] = set()

    async def follow_claimed(self) -> None:
        """Follow what a dead runner had claimed."""
        for task_id in self._folder.task_ids():
            claim = self._folder.task(task_id) / _CLAIM
            if claim.exists():
                await self._follow_claim(task_id, claim, again=True)

    async def follow_waiting(self) -> int:
        """Follow all decisions that lie in the folder; return how many files were looked at."""
        paths = inbox.waiting(self._folder.decisions)
        for path in paths:
            task_id = path.stem
            if path.suffix != ".json" or not is_id(task_id) or not self._board.knows(task_id):
                self._refuse(task_id, path, "", _unknown(path))
                continue
            claim = self._folder.task(task_id) / _CLAIM
            try:
                path.replace(claim)
            except FileNotFoundError:
                continue
            await self._follow_claim(task_id, claim, again=False)
        return len(paths)

    async def _follow_claim(self, task_id: str, claim: Path, *, again: bool) -> None:
        word = ""
        try:
            decision = inbox.parse_decision(inbox.read_bounded(claim))
            word = decision.decision
            if not (again and self._is_done(task_id, decision)):
                await self._follow(task_id, decision)
        except NaniteError as error:
            self._refuse(task_id, claim, word, error)
        else:
            job = self._lives.job(task_id)
            if job is None:
                claim.unlink(missing_ok=True)
            else:
                # A running attempt was told to stop: the claim stays until it has, so that a crash cannot lose it.
                ending = asyncio.create_task(_unlink_after(job, claim))
                self._ending.add(ending)
                ending.add_done_callback(self._ending.discard)

    def _is_done(self, task_id: str, decision: Decision) -> bool:
        """Return whether a decision's effect was written down before the runner that followed it died."""
        state = self._board.state(task_id)
        match decision.decision:
            case "approve":
                return state is State.APPLIED
            case "reject":
                return state is State.REJECTED
            case "cancel":
                return state is State.CANCELLED
            case "undo":
                return state is State.UNDONE
            case "retry":
                return state in {State.QUEUED, State.RUNNING}
            case "allow":
                return not self._board.record(task_id).asks
            case "revise":
                return False

    def _refuse(self, task_id: str, path: Path, word: str, error: NaniteError) -> None:
        refused = self._folder.decisions / "refused"
        refused.mkdir(mode=0o700, exist_ok=True)
        name = f"{task_id}.json" if path.name == _CLAIM else path.name
        write_json(refused / f"{name}.error.json", error.as_dict())
        path.replace(refused / name)
        self._bus.publish(DecisionRefused(task=task_id, decision=word, error=error_info(error)))

    async def _follow(self, task_id: str, decision: Decision) -> None:
        children = self._board.children(task_id)
        if children and self._board.record(task_id).task.spec.for_each is not None:
            await self._follow_for_all(task_id, children, decision)
            return
        match decision.decision:
            case "approve":
                await self._approve(task_id, decision)
            case "reject":
                self._need(task_id, decision, State.REVIEW)
                self._tell(task_id, decision)
                self._board.rest(task_id, State.REJECTED, reason=decision.reason)
            case "cancel":
                self._cancel(task_id, decision)
            case "retry":
                self._retry(task_id, decision)
            case "undo":
                await self._undo(task_id, decision)
            case "revise":
                self._revise(task_id, decision)
            case "allow":
                self._asking.answer(task_id, decision)

    async def _follow_for_all(self, task_id: str, children: tuple[str, ...], decision: Decision) -> None:
        """Let a decision about a sweep be one about each child that it fits; refuse it where it fits none."""
        if decision.hunks is not None:
            raise TaskRefused("a sweep has no hunks", code="wrong-hunk", hint="decide about its tasks one by one")
        if decision.decision == "revise":
            raise TaskRefused("a sweep has no files", code="off-target", hint="decide about its tasks one by one")
        refusals = []
        for child in children:
            try:
                await self._follow(child, decision)
            except NaniteError as error:
                refusals.append(error)
        if len(refusals) == len(children):
            raise refusals[0]
        if decision.decision == "cancel" and not self._board.state(task_id).is_final:
            self._board.rest(task_id, State.CANCELLED)
        elif decision.decision == "retry":
            # The sweep is open again; it settles when the last of its tasks does.
            self._board.note(task_id, State.RUNNING)

    def _tell(self, task_id: str, decision: Decision) -> None:
        self._bus.publish(
            DecisionTaken(
                task=task_id,
                decision=decision.decision,
                by=decision.by,
                hunks=decision.hunks,
                reason=decision.reason,
            )
        )

    def _need(self, task_id: str, decision: Decision, *states: State) -> None:
        state = self._board.state(task_id)
        if state not in states:
            wanted = " or ".join(sorted(states))
            raise TaskRefused(
                f"task {task_id} is {state}; {decision.decision} needs one that is {wanted}",
                code="wrong-state",
                hint=f"nanites show {task_id} says more",
            )

    async def _approve(self, task_id: str, decision: Decision) -> None:
        self._need(task_id, decision, State.REVIEW)
        proposal = read_proposal(self._folder, task_id)
        edits = proposal.edits if decision.hunks is None else choose(proposal.edits, decision.hunks)
        if not edits:
            raise TaskRefused("no hunk was kept", code="wrong-hunk", hint="keep at least one, or reject the task")
        async with self._lives.tree:
            applied = await asyncio.to_thread(apply, self._repository.root, self._folder.task(task_id), edits)
        self._tell(task_id, decision)
        self._bus.publish(ChangeApplied(task=task_id, files=tuple(edit.path for edit in applied)))
        changes: dict[str, object] = {"files": counts(applied), "applied": True, "error": None}
        record = self._board.record(task_id)
        if decision.hunks is not None and len(set(decision.hunks)) < record.hunks:
            kept = ", ".join(str(number) for number in sorted(set(decision.hunks)))
            changes["notes"] = (*record.notes, f"of {record.hunks} hunks, applied: {kept}")
        self._board.rest(task_id, State.APPLIED, **changes)

    def _cancel(self, task_id: str, decision: Decision) -> None:
        self._need(task_id, decision, State.BLOCKED, State.QUEUED, State.RUNNING, State.REVIEW)
        self._tell(task_id, decision)
        job = self._lives.job(task_id)
        if job is not None:
            job.stop(TaskStopped(decision.reason or "cancelled", code="cancelled"))
            return
        self._forgotten(task_id)
        self._board.rest(task_id, State.CANCELLED, reason=decision.reason)

    def _retry(self, task_id: str, decision: Decision) -> None:
        self._need(task_id, decision, *RETRIED)
        record = self._board.record(task_id)
        asks = self._asking.questions(record.task.spec)
        forget_proposal(self._folder, task_id)
        (self._folder.results / f"{task_id}.json").unlink(missing_ok=True)
        self._tell(task_id, decision)
        # What was let run once was let run for the attempt that is over.
        task = record.task.model_copy(update={"attempt": record.task.attempt + 1, "granted": (), "only_checks": False})
        reason = decision.reason or record.reason
        if asks:
            self._asking.ask(task, asks, at=time.time(), reason=reason)
            return
        record = self._board.queue(
            task_id,
            task=task,
            error=None,
            verdict=None,
            summary="",
            files=(),
            checks=(),
            notes=(),
            findings=(),
            hunks=0,
            applied=False,
            reason=reason,
            asks=(),
        )
        self._queued(record)

    def _revise(self, task_id: str, decision: Decision) -> None:
        self._need(task_id, decision, State.REVIEW)
        proposal = revised(read_proposal(self._folder, task_id), decision.files or {})
        known = store_proposal(self._folder, task_id, proposal)
        self._tell(task_id, decision)
        task = self._board.record(task_id).task
        asks = self._asking.held(task, proposal.edits, task.spec.check)
        ask_review(self._board, self._bus, task_id, proposal, known | {"asks": tuple(asks)})

    async def _undo(self, task_id: str, decision: Decision) -> None:
        self._need(task_id, decision, State.APPLIED)
        async with self._lives.tree:
            files = await asyncio.to_thread(undo, self._repository.root, self._folder.task(task_id))
        self._tell(task_id, decision)
        self._bus.publish(ChangeUndone(task=task_id, files=files))
        self._board.rest(task_id, State.UNDONE, applied=False)


async def _unlink_after(job: Job, claim: Path) -> None:
    await job.ended.wait()
    claim.unlink(missing_ok=True)


def _unknown(path: Path) -> NaniteError:
    return TaskRefused(
        f"{path.name} decides about no task of this folder",
        code="no-such-task",
        hint="name it ID.json with the ID of a task",
    )
