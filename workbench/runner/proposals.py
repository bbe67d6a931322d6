"""A proposal at rest: what lies in `tasks/ID/` for people, for other programs, and for the decision that may come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from workbench.checks.syntax import check_syntax
from workbench.edits.apply import forget
from workbench.edits.patch import counts, hunks, unified
from workbench.errors import NaniteError, TaskRefused
from workbench.events import Bus, ReviewAsked
from workbench.model import Check, FileEdit, Proposal, State, Verdict
from workbench.runner.board import Board
from workbench.spool.folder import Folder, write_whole
from workbench.spool.records import write_checks

_NAME = "proposal.json"
_RAN_AS_CHANGED = "its commands ran with what it changes of their settings, after somebody had looked"


def store_proposal(folder: Folder, task_id: str, proposal: Proposal) -> dict[str, Any]:
    """Write `proposal.json`, `proposal.patch` and `checks.json`; return what the task's record says of them.

    Writing the same proposal twice changes nothing, so this needs no step of its own.
    """
    home = folder.task(task_id)
    write_whole(home / _NAME, proposal.model_dump_json() + "\n")
    write_checks(folder, task_id, proposal.checks)
    if proposal.edits:
        write_whole(home / "proposal.patch", unified(proposal.edits))
    return {
        "verdict": proposal.verdict,
        "summary": proposal.summary,
        "files": counts(proposal.edits),
        "checks": proposal.checks,
        "notes": proposal.notes,
        "findings": proposal.findings,
        "hunks": len(hunks(proposal.edits)),
    }


def read_proposal(folder: Folder, task_id: str) -> Proposal:
    """Return the proposal of a task.

    Raises:
        NaniteError: there is none, or it is damaged.
    """
    try:
        return Proposal.model_validate_json((folder.task(task_id) / _NAME).read_bytes())
    except FileNotFoundError as error:
        raise NaniteError(
            f"task {task_id} has proposed nothing", code="no-proposal", hint="nanites show says where it stands"
        ) from error
    except (ValidationError, OSError) as error:
        raise NaniteError(
            f"the proposal of task {task_id} cannot be read",
            code="record-damaged",
            hint="nanites retry makes a new one",
        ) from error


def ask_review(board: Board, bus: Bus, task_id: str, proposal: Proposal, known: dict[str, Any]) -> None:
    """Let a task wait for a decision about its proposal; `known` is what `store_proposal` returned, or more."""
    record = board.rest(task_id, State.REVIEW, **known)
    bus.publish(
        ReviewAsked(
            task=task_id,
            verdict=proposal.verdict or Verdict.UNVERIFIED,
            summary=proposal.summary,
            files=tuple(edit.path for edit in proposal.edits),
            hunks=record.hunks,
        )
    )


def revised(proposal: Proposal, files: Mapping[str, str]) -> Proposal:
    """Return a proposal with other texts for some of its files, as a person wrote them. Nothing is proved any more.

    Raises:
        TaskRefused: a file is none of the proposal's (code `off-target`), or nothing would change (`no-change`).
    """
    known = {edit.path for edit in proposal.edits if edit.after is not None}
    if strangers := sorted(set(files) - known):
        raise TaskRefused(
            f"{strangers[0]} is not a file of the proposal",
            code="off-target",
            hint=f"it has {', '.join(sorted(known))}",
        )
    edits = [_rewritten(edit, files[edit.path]) if edit.path in files else edit for edit in proposal.edits]
    edits = [edit for edit in edits if edit.after != edit.before]
    if not edits:
        raise TaskRefused("nothing would be changed", code="no-change", hint="reject the proposal instead")
    return proposal.model_copy(
        update={
            "edits": tuple(edits),
            "checks": check_syntax(edits),
            "verdict": Verdict.UNVERIFIED,
            "notes": (*proposal.notes, "edited by hand; its commands and proofs were not run again"),
        }
    )


def checked_again(proposal: Proposal, ran: Sequence[Check]) -> Proposal:
    """Return a proposal with the checks of its commands as they are now that somebody let them run with its changes."""
    names = {check.name for check in ran}
    checks = (*(check for check in proposal.checks if check.name not in names), *ran)
    verdict = proposal.verdict
    if verdict is not Verdict.PROVEN:
        verdict = Verdict.CHECKED if ran and all(check.ok for check in checks) else Verdict.UNVERIFIED
    # Once, however often a killed runner begins this again.
    notes = tuple(dict.fromkeys((*proposal.notes, _RAN_AS_CHANGED)))
    return proposal.model_copy(update={"checks": checks, "verdict": verdict, "notes": notes})


def _rewritten(edit: FileEdit, text: str) -> FileEdit:
    return edit.model_copy(update={"after": text.encode("utf-8"), "fuzzy": False})


def forget_proposal(folder: Folder, task_id: str) -> None:
    """Remove what an earlier attempt left, its undo included, before a new one begins."""
    home = folder.task(task_id)
    for name in (_NAME, "proposal.patch", "checks.json"):
        (home / name).unlink(missing_ok=True)
    forget(home)
