"""The rest of the house: `init`, `run`, `models`, `doctor`, `schema`, `demo`, and the hidden `engine`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from workbench.commands.drop import APPROVE
from workbench.commands.face import NO_ENGINE, Command, Group, face
from workbench.terminal import one_line, say

if TYPE_CHECKING:
    from workbench.engines.pool import EngineStatus
    from workbench.settings import Settings


@click.command(cls=Command)
@click.option("--agents", is_flag=True, help="Also write a section for agents into CLAUDE.md or AGENTS.md.")
@click.option("--remove", is_flag=True, help="With --agents: take that section out again.")
def init(agents: bool, remove: bool) -> int:
    """Make .nanites/ in this repository; it is ignored by git and private to you."""
    if remove and not agents:
        raise click.UsageError("--remove belongs to --agents")
    folder = face().folder()
    value: dict[str, Any] = {"folder": str(folder.path)}
    text = f"{folder.path} is there; nanites doctor says what is missing"
    if agents:
        from workbench.agents import remove_section, write_section

        changed = [path.name for path in (remove_section if remove else write_section)(folder.root)]
        value["changed"] = changed
        text += f"\nchanged: {', '.join(changed) or 'nothing, it was so already'}"
    face().answer(value, text)
    return 0


@click.command(cls=Command)
@click.option("--drain", is_flag=True, help="End when nothing is left to run.")
@click.option("--approve", type=click.Choice(APPROVE), help="Who decides, for tasks that do not say.")
@click.option("--jsonl", is_flag=True, help="Print events as JSON, one a line (docs/events.md).")
@click.option("--idle-minutes", type=click.FloatRange(min=0), metavar="N", help="End after N minutes without work.")
def run(drain: bool, approve: str | None, jsonl: bool, idle_minutes: float | None) -> int:
    """Watch the inbox and execute what is dropped, until Ctrl-C."""
    from workbench import headless
    from workbench.model import Approve

    root, settings = face().root(), face().settings()
    policy = Approve(approve) if approve else None
    return headless.serve(
        root,
        settings,
        drain=drain,
        approve=policy,
        jsonl=jsonl,
        as_json=face().as_json,
        idle_minutes=idle_minutes,
    )


@click.group(cls=Group, invoke_without_command=True)
@click.pass_context
def models(context: click.Context) -> int:
    """Show and fetch models; without a command: list."""
    if context.invoked_subcommand is None:
        return list_models()
    return 0


@models.command("list")
def models_list() -> int:
    """List the models that can be asked now."""
    return list_models()


def list_models() -> int:
    """Print the models each reachable engine has; exit code 4 where there is none."""
    rows = [
        {"engine": status.name} | model.model_dump(mode="json", exclude_none=True)
        for status in _statuses()
        for model in status.models
    ]
    lines = [f"{one_line(row['name'], 40):<40}  {row['engine']:<9}  {_size(row['size']):>8}".rstrip() for row in rows]
    face().answer(rows, "\n".join(lines) or "no model is on this machine; nanites models pull fetches one")
    return 0 if rows else NO_ENGINE


@models.command("status")
def models_status() -> int:
    """Say which engines can be reached and which models are loaded."""
    statuses = _statuses()
    lines = []
    for status in statuses:
        detail = one_line(status.detail + (f" ({status.hint})" if status.hint else ""), 240)
        lines.append(f"{status.name:<9}  {'up' if status.reachable else 'not up'}  {detail}".rstrip())
        lines += [f"  {one_line(model.name, 40)}{'  loaded' if model.loaded else ''}" for model in status.models]
    face().answer([status.model_dump(mode="json", exclude_none=True) for status in statuses], "\n".join(lines))
    return 0 if any(status.reachable for status in statuses) else NO_ENGINE


@models.command("pull")
@click.argument("name", required=False)
def models_pull(name: str | None) -> int:
    """Fetch a model and verify it; without NAME, the nanite of the settings."""
    import asyncio

    from workbench.weights import pull

    settings = _settings_or_defaults()
    wanted = name or settings.models.nanite
    place = asyncio.run(pull(settings, wanted, quiet=face().as_json))
    face().answer({"model": wanted, "place": place}, f"{one_line(wanted)} is there, verified: {place}")
    return 0


def _statuses() -> tuple[EngineStatus, ...]:
    import asyncio

    from workbench.doctor import engine_statuses

    return asyncio.run(engine_statuses(_settings_or_defaults()))


def _settings_or_defaults() -> Settings:
    """Return the settings of the repository, or the defaults where there is none: models belong to the user."""
    from workbench.errors import NaniteError
    from workbench.settings import Settings

    try:
        face().root()
    except NaniteError:
        return Settings()
    return face().settings()


def _size(size: int) -> str:
    return f"{size / 1e9:.1f} GB" if size else ""


@click.command(cls=Command)
def doctor() -> int:
    """Check what the workbench needs, and say how to get what is missing."""
    from workbench import doctor as examination

    found = examination.examine(face().start)
    face().answer([finding.as_dict() for finding in found], examination.told(found, sys.stdout))
    return examination.exit_code(found)


@click.command(cls=Command)
@click.argument("name", metavar="NAME")
def schema(name: str) -> int:
    """Print the JSON Schema of: task, decision, result, settings, event."""
    from workbench import schemas

    say(json.dumps(schemas.load(name), ensure_ascii=False, indent=None if face().as_json else 1))
    return 0


@click.command(cls=Command)
@click.option(
    "--dir", "folder", type=click.Path(path_type=Path), metavar="DIR", help="Where the scratch repository goes."
)
@click.option("--approve", type=click.Choice(APPROVE), help="Decide by this policy instead of asking.")
@click.option("--yes", is_flag=True, help="Approve everything: --approve all.")
@click.option("--model", metavar="NAME", help="The model that works.")
def demo(folder: Path | None, approve: str | None, yes: bool, model: str | None) -> int:
    """Show the whole story on a scratch repository, with a real local model."""
    from workbench.demo import play

    return play(folder, policy="all" if yes else approve, model=model, as_json=face().as_json)


@click.command(
    cls=Command,
    add_help_option=False,
    context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False},
    hidden=True,
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def engine(arguments: tuple[str, ...]) -> int:
    """Serve a model to this user's runners, in the foreground."""
    from workbench.engines import process

    return process.main(list(arguments))
