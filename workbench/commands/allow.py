"""`nanites allow`: a person says which commands may run in this repository, which may not, and what holds them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from workbench.commands.face import Command, face
from workbench.terminal import one_line, say

if TYPE_CHECKING:
    from workbench.checks.question import Question
    from workbench.consent import Consent
    from workbench.model import Result


@click.command(cls=Command)
@click.argument("command", required=False)
@click.option("--unguarded", is_flag=True, help="Let it run also where this machine has no sandbox for it.")
@click.option("--never", is_flag=True, help="Let it never run here, whatever nanites.toml says.")
@click.option("--task", "name", metavar="ID", help="Answer a task that asks whether its commands may run.")
@click.option("--once", is_flag=True, help="With --task: for this task alone.")
@click.option("--repository", is_flag=True, help="With --task: from now on, by nanites.toml.")
def allow(  # noqa: PLR0917 — click calls it by names
    command: str | None, unguarded: bool, never: bool, name: str | None, once: bool, repository: bool
) -> int:
    """Allow a check command in this repository; without one, show what is allowed and what holds it.

    With --task: show what a task asks, and answer it with --once, --repository or --never, or at the terminal.
    """
    from workbench.consent import Consent

    scopes = [word for word, is_set in (("once", once), ("repository", repository), ("never", never)) if is_set]
    if len(scopes) > 1 or (unguarded and never):
        raise click.UsageError("--once, --repository, --never and --unguarded do not go together")
    if name is not None:
        if command is not None or unguarded:
            raise click.UsageError("--task answers for the commands of a task; name no other")
        return _answer_task(name, scopes[0] if scopes else None)
    if once or repository:
        raise click.UsageError("--once and --repository answer a task: name it with --task")
    consent = Consent.of(face().root())
    if command is not None and not command.strip():
        raise click.UsageError("COMMAND is empty")
    if command is not None:
        if never:
            consent = consent.with_never(command)
        elif unguarded:
            consent = consent.with_unguarded(command)
        else:
            consent = consent.forget(command)
            _add_to_settings(command)
    if command is not None:
        _wake_tasks(command, "never" if never else "repository")
    _show(consent)
    return 0


def _show(consent: Consent) -> None:
    from workbench.checks.guard import HOLDS, choose

    guard = choose()
    allowed = face().settings().checks.allow
    value = {
        "allow": allowed,
        "unguarded": consent.unguarded,
        "never": consent.never,
        "guard": guard.name,
        "holds": HOLDS[guard.name],
        "refused": guard.refused,
    }
    lines = ["nanites.toml allows:", *(f"  {one_line(one, 200)}" for one in allowed or ("nothing",))]
    if consent.unguarded:
        lines += ["you allow without a sandbox:", *(f"  {one_line(one, 200)}" for one in consent.unguarded)]
    if consent.never:
        lines += ["you forbid:", *(f"  {one_line(one, 200)}" for one in consent.never)]
    lines.append(f"each runs in a scratch copy, held by {guard.name}: {HOLDS[guard.name]}")
    face().answer(value, "\n".join(lines))


def _add_to_settings(command: str) -> None:
    from workbench.checks.allowance import with_allowed
    from workbench.settings import FILE_NAME

    if command in face().settings().checks.allow:
        return
    path = face().root() / FILE_NAME
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    changed = with_allowed(text, command)
    # In place: the file is the user's, with an owner, a mode and perhaps a link of its own.
    path.write_text(changed, encoding="utf-8")


def _wake_tasks(command: str, scope: str) -> None:
    """Let tasks that ask about nothing but this command hear that it is decided; a runner that starts later sees it."""
    from workbench import client
    from workbench.model import Decision
    from workbench.spool.inbox import drop_decision
    from workbench.spool.records import read_records

    folder = face().folder()
    if not client.is_at_work(folder):
        return
    for record in read_records(folder):
        if record.state == "blocked" and record.asks == (command,):
            fields = {"decision": "allow", "scope": scope, "by": "command line"}
            drop_decision(folder, record.task.id, Decision.model_validate(fields))


def _answer_task(name: str, scope: str | None) -> int:
    """Show what a task asks, and answer; what it comes to is waited for where it goes on."""
    from workbench.commands.drop import result_text
    from workbench.commands.face import code_of
    from workbench.spool.records import resolve_id

    folder = face().folder()
    task_id = resolve_id(folder, name)
    question = question_about(task_id)
    if scope is None and not face().may_ask:
        value = {"id": task_id, "question": question.title, "facts": question.words, "answers": question.scopes}
        face().answer(value, "\n".join((question.title, *question.words)))
        return 0
    result = ask_and_follow(task_id, question) if scope is None else follow(task_id, scope)
    if result is not None:
        face().answer(result.as_fields(), result_text(folder, result))
    return code_of(result) if result is not None and scope != "never" else 0


def question_about(task_id: str) -> Question:
    """Return what a task asks.

    Raises:
        TaskRefused: it asks nothing (code `wrong-state`).
    """
    from workbench.checks.guard import choose
    from workbench.checks.question import question_of
    from workbench.errors import TaskRefused
    from workbench.spool.records import read_record

    record = read_record(face().folder(), task_id)
    question = question_of(record.model_dump(mode="json"), choose())
    if question is None:
        raise TaskRefused(
            f"task {task_id} asks about no command", code="wrong-state", hint=f"nanites show {task_id} says more"
        )
    return question


def ask_and_follow(task_id: str, question: Question) -> Result | None:
    """Ask the person at the terminal and follow the answer; None where there was none, and the task waits on."""
    from workbench.checks.question import ANSWERS
    from workbench.review import ask_person

    letters = {scope[0]: scope for scope in question.scopes}
    told = [*question.words, *(f"  {letter}: {ANSWERS[scope]}" for letter, scope in letters.items())]
    say("\n".join(one_line(line, 300) for line in told), stream=sys.stderr)
    while True:
        answer = ask_person(f"{question.title} [{'/'.join(letters)}] ")
        if answer is None:
            return None
        if answer in letters or answer in question.scopes:
            return follow(task_id, letters.get(answer, answer))


def follow(task_id: str, scope: str) -> Result:
    """Answer a task, and wait until it rests again."""
    import asyncio

    from workbench import client
    from workbench.model import Decision

    folder = face().folder()
    run_here = face().run_here()
    progress = face().progress([task_id])
    events = client.tail(folder)
    decision = Decision.model_validate({"decision": "allow", "scope": scope, "by": "command line"})

    async def follow_it() -> Result:
        await client.decide(folder, task_id, decision, on_line=progress, events=events, run_here=run_here)
        (result,) = await client.wait(folder, [task_id], on_line=progress, events=events, run_here=run_here)
        return result

    return asyncio.run(follow_it())
