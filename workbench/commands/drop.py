"""Commands that drop tasks: `submit`, and the kinds, which also wait for their task and may ask about it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from workbench import client
from workbench.commands.face import Command, code_of, face
from workbench.terminal import plain, say, styled

if TYPE_CHECKING:
    from workbench.model import Result
    from workbench.spool.folder import Folder

APPROVE = ("ask", "proven", "checked", "all", "none")
TIERS = ("nanite", "mid")
_PATH_FIELDS = ("targets", "read", "for_each")


def task_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that every way of writing a task on the command line has."""
    options = (
        click.option("--target", "targets", multiple=True, metavar="P", help="A file that may change, or a glob."),
        click.option("--read", multiple=True, metavar="R", help="Context: PATH or PATH:FIRST-LAST."),
        click.option("--check", multiple=True, metavar="C", help="A command that must pass; nanites.toml allows it."),
        click.option("--after", multiple=True, metavar="I", help="An ID or a key that must be done first."),
        click.option("--for-each", metavar="G", help="A glob: one task for each file, {file} in TASK replaced."),
        click.option("--key", metavar="N", help="A name: the same key and content is the same task."),
        click.option("--priority", type=int, metavar="N", help="Larger runs first."),
        click.option("--rounds", type=int, metavar="N", help="Most rounds of talk or of repair."),
        click.option("--model", metavar="NAME", help="A model by name."),
        click.option("--tier", type=click.Choice(TIERS), help="A model by tier."),
        click.option(
            "--approve", type=click.Choice(APPROVE), help="Who decides about the proposal; all applies it unread."
        ),
        click.option("--timeout", type=float, metavar="S", help="Seconds for the whole task."),
        click.option("--budget-tokens", type=int, metavar="N", help="Most tokens that may be read and written."),
        click.option("--budget-seconds", type=float, metavar="S", help="Most seconds of models and checks."),
        click.option("--review", is_flag=True, help="A Reviewer looks at the change and may ask for one more."),
        click.option("--by", metavar="WHO", help="Who asks."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def fields_from(kind: str, task: str | None, options: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of the task that the command line writes; options that were not given are left out."""
    fields = {name: list(value) if isinstance(value, tuple) else value for name, value in options.items()}
    fields = {name: value for name, value in fields.items() if value not in (None, [], False)}
    if task:
        fields["task"] = task
    return {"kind": kind} | _from_here(fields)


def _from_here(fields: dict[str, Any]) -> dict[str, Any]:
    """Read paths as a person in a sub-folder means them: what is there under that name is what is meant."""
    root = face().root()
    here = face().start.resolve()
    if here == root or not any(name in fields for name in _PATH_FIELDS):
        return fields
    prefix = here.relative_to(root).as_posix()

    def from_root(path: str) -> str:
        name = path.rpartition(":")[0] or path
        there = any(mark in path for mark in "*?[") or (here / path).exists() or (here / name).exists()
        return path if path.startswith("/") or not there else f"{prefix}/{path}"

    meant = {
        name: from_root(value) if isinstance(value, str) else [from_root(path) for path in value]
        for name, value in fields.items()
        if name in _PATH_FIELDS
    }
    return fields | meant


@click.command(cls=Command)
@click.argument("words", nargs=-1, metavar="FILE... | TASK")
@click.option("--kind", metavar="K", help="Write the task here instead of in a file: what kind it is.")
@task_options
def submit(words: tuple[str, ...], kind: str | None, **options: Any) -> int:
    """Drop tasks into the inbox and print their IDs.

    Either task files (.json, or .md with front matter), or with --kind a task in words. Nothing is dropped where one
    of several files is no task.
    """
    if kind is not None:
        if len(words) > 1:
            raise click.UsageError("with --kind the task is one argument; put it in quotes")
        wanted = [fields_from(kind, words[0] if words else None, options)]
    elif any(value not in (None, (), False) for value in options.values()):
        raise click.UsageError("options describe a task in words: name its --kind")
    elif not words:
        raise click.UsageError("name task files, or a task with --kind")
    else:
        wanted = [client.fields_of_file(Path(word), face().root()) for word in words]
    folder = face().folder()
    ids = [client.submit(folder, fields) for fields in wanted]
    face().answer({"ids": ids}, "\n".join(ids))
    return 0


def kind_command(kind: str, summary: str) -> click.Command:
    """Return the command that drops a task of one kind and waits for it."""

    @click.command(kind, cls=Command, help=f"{summary}\n\nWaits for the task; runs it here where no runner is alive.")
    @click.argument("task", required=False, metavar="TASK")
    @task_options
    def command(task: str | None, **options: Any) -> int:
        return _drop_and_wait(fields_from(kind, task, options))

    return command


def _drop_and_wait(fields: dict[str, Any]) -> int:
    import asyncio

    answering = face()
    folder = answering.folder()
    run_here = answering.run_here()
    events = client.tail(folder)
    task_id = client.submit(folder, fields)
    progress = answering.progress([task_id])
    try:
        waiting = client.wait(folder, [task_id], on_line=progress, events=events, run_here=run_here)
        (result,) = asyncio.run(waiting)
        if result.state == "blocked" and answering.may_ask:
            from workbench.commands.allow import ask_and_follow, question_about

            result = ask_and_follow(task_id, question_about(task_id)) or result
    except KeyboardInterrupt:
        answering.note(f"\ntask {task_id} stays; nanites cancel {task_id} ends it")
        raise
    if result.state == "review" and answering.may_ask:
        result = _ask_and_decide(folder, result, run_here)
    answering.answer(result.as_fields(), result_text(folder, result))
    return code_of(result)


def _ask_and_decide(folder: Folder, result: Result, run_here: client.RunHere) -> Result:
    """Ask the person about a task in review, follow the answer and return the envelope as it then is."""
    import asyncio

    from workbench.commands.look import read_patch
    from workbench.narration import remarks_of, review_of
    from workbench.review import ask
    from workbench.spool.records import read_record

    record = read_record(folder, result.id)
    if said := review_of(record):
        say(styled(said, "yellow", sys.stderr), stream=sys.stderr)
    _, patch = read_patch(folder, result.id)
    decision = ask(patch.decode("utf-8"), remarks_of(record))
    if decision is None:
        return result
    return asyncio.run(client.decide(folder, result.id, decision, run_here=run_here))


def result_text(folder: Folder, result: Result) -> str:
    """Return a result for people: where it stands, what was changed, what to do next."""
    from workbench.narration import remarks_of, review_of, words_of
    from workbench.spool.records import read_record

    record = read_record(folder, result.id)
    words = words_of(record)
    lines = [f"{result.id}  {result.state}" + (f"  ({result.verdict})" if result.verdict else "")]
    lines += [words] if words else []
    lines += [f"  {file.path}  +{file.added} -{file.removed}" for file in result.files]
    marks = {True: "passed", False: "failed", None: "not run"}
    lines += [f"  check {check.name}: {marks[check.ok]}" for check in result.checks]
    lines += [f"  {review}"] if (review := review_of(record)) else []
    if result.error:
        lines.append(f"  {result.error.message}" + (f" ({result.error.hint})" if result.error.hint else ""))
    if result.state == "review":
        lines += [f"  note: {remark}" for remark in remarks_of(record)]
        lines.append(f"  nanites diff {result.id}; then nanites approve {result.id} or nanites reject {result.id}")
    if result.usage.completion:
        usage = result.usage
        lines.append(f"  {usage.prompt} tokens read, {usage.completion} written, {usage.seconds:.1f} s, {usage.model}")
    return plain("\n".join(lines))


patch = kind_command("patch", "Change code as asked.")
docstrings = kind_command("docstrings", "Write missing docstrings.")
types = kind_command("types", "Write missing type annotations.")
summary = kind_command("summary", "Say what code does, with file and line.")
chat = kind_command("chat", "Talk about the repository.")
review = kind_command("review", "Review files, or what is not committed yet; findings with lines, each confirmed.")
bughunt = kind_command("bughunt", "Look for bugs in files, or in what is not committed yet.")
explain = kind_command("explain", "Explain a function or a file, with lines.")
lint = kind_command("lint", "Mend what the linter finds: its own fixes first, then one finding at a time.")
tests = kind_command("tests", "Write tests that pass, and that fail where the code is wrong.")
rename = kind_command("rename", "Rename something everywhere it is meant: 'rename OLD to NEW'.")
comments = kind_command("comments", "Comment lines that are hard to read.")
changelog = kind_command("changelog", "Write entries into the changelog from commits and the diff.")
commit_message = kind_command("commit-message", "Write a commit message for what is staged, or changed.")
