"""`nanites allow`: a person says which commands may run in this repository, which may not, and what holds them."""

from __future__ import annotations

import click

from workbench.commands.face import Command, face
from workbench.terminal import one_line


@click.command(cls=Command)
@click.argument("command", required=False)
@click.option("--unguarded", is_flag=True, help="Let it run also where this machine has no sandbox for it.")
@click.option("--never", is_flag=True, help="Let it never run here, whatever nanites.toml says.")
def allow(command: str | None, unguarded: bool, never: bool) -> int:
    """Allow a check command in this repository; without one, show what is allowed and what holds it."""
    from workbench.checks.consent import Consent
    from workbench.checks.guard import HOLDS, choose

    if unguarded and never:
        raise click.UsageError("--unguarded and --never do not go together")
    root = face().root()
    consent, said = Consent.of(root), "nanites.toml allows:"
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
    lines = [said, *(f"  {one_line(one, 200)}" for one in allowed or ("nothing",))]
    if consent.unguarded:
        lines += ["you allow without a sandbox:", *(f"  {one_line(one, 200)}" for one in consent.unguarded)]
    if consent.never:
        lines += ["you forbid:", *(f"  {one_line(one, 200)}" for one in consent.never)]
    lines.append(f"each runs in a scratch copy, held by {guard.name}: {HOLDS[guard.name]}")
    face().answer(value, "\n".join(lines))
    return 0


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
