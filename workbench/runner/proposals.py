"""A proposal at rest: what lies in `tasks/ID/` for people, for other programs, and for the decision that may come."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from workbench.edits.apply import forget
from workbench.edits.patch import counts, hunks, unified
from workbench.errors import NaniteError
from workbench.model import Proposal
from workbench.spool.folder import Folder, write_whole
from workbench.spool.records import write_checks

_NAME = "proposal.json"


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


def forget_proposal(folder: Folder, task_id: str) -> None:
    """Remove what an earlier attempt left, its undo included, before a new one begins."""
    home = folder.task(task_id)
    for name in (_NAME, "proposal.patch", "checks.json"):
        (home / name).unlink(missing_ok=True)
    forget(home)
