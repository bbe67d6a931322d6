"""Commands that decide about a task: `approve`, `reject`, `cancel`, `retry`, `undo`."""

from __future__ import annotations

from typing import Any

import click

from workbench import client
from workbench.commands.face import Command, code_of, face


def decide(name: str, word: str, *, hunks: tuple[int, ...] = (), reason: str | None = None) -> int:
    """Drop a decision, wait until it was followed (by a runner in this process where none is alive), print the result.

    Raises:
        TaskRefused: it cannot be followed.
    """
    import asyncio

    from workbench.commands.drop import result_text
    from workbench.model import Decision
    from workbench.spool.records import resolve_id

    answering = face()
    folder = answering.folder()
    task_id = resolve_id(folder, name)
    fields: dict[str, Any] = {"decision": word, "hunks": hunks or None, "reason": reason, "by": "command line"}
    decision = Decision.model_validate(fields)
    # The others are followed at once, and the result says it all.
    progress = answering.progress([task_id]) if word == "retry" else None
    deciding = client.decide(folder, task_id, decision, on_line=progress, run_here=answering.run_here())
    result = asyncio.run(deciding)
    answering.answer(result.as_fields(), result_text(folder, result))
    # Turned down or taken back as asked is no failure; a retry that ran here and failed is one.
    return code_of(result) if word == "retry" else 0


@click.command(cls=Command)
@click.argument("name", metavar="ID")
@click.option("--hunk", "hunks", type=click.IntRange(min=1), multiple=True, metavar="N", help="Keep only this hunk.")
def approve(name: str, hunks: tuple[int, ...]) -> int:
    """Apply what a task proposes, or only some of its hunks."""
    return decide(name, "approve", hunks=hunks)


@click.command(cls=Command)
@click.argument("name", metavar="ID")
@click.option("--reason", metavar="R", help="Why; a retry tells the model.")
def reject(name: str, reason: str | None) -> int:
    """Turn down what a task proposes."""
    return decide(name, "reject", reason=reason)


@click.command(cls=Command)
@click.argument("name", metavar="ID")
def cancel(name: str) -> int:
    """End a task, also while it runs."""
    return decide(name, "cancel")


@click.command(cls=Command)
@click.argument("name", metavar="ID")
def retry(name: str) -> int:
    """Run a task again from the start."""
    return decide(name, "retry")


@click.command(cls=Command)
@click.argument("name", metavar="ID")
def undo(name: str) -> int:
    """Restore the files a task has changed."""
    return decide(name, "undo")
