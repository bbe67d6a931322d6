"""`nanites trust`: the user agrees, once, to what a repository's settings ask for beyond this machine."""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from workbench.commands.face import Command, face
from workbench.terminal import one_line, say


@click.command(cls=Command)
@click.option("--yes", is_flag=True, help="Agree without being asked.")
@click.option("--forget", is_flag=True, help="Take back what was agreed to here.")
def trust(yes: bool, forget: bool) -> int:
    """Agree to hosts and a store that this repository's nanites.toml names; other values ask again.

    Without --yes: show them, and ask at a terminal.
    """
    from workbench.consent import Consent
    from workbench.settings import asked_for

    if yes and forget:
        raise click.UsageError("--yes and --forget do not go together")
    root = face().root().resolve()
    consent, wanted = Consent.of(root), asked_for(root, dict(os.environ))
    if forget:
        consent = consent.with_agreed({})
    elif wanted and (yes or _is_agreed_at_terminal(wanted)):
        consent = consent.with_agreed(wanted)
    agreed = all(consent.agrees_to(key, value) for key, value in wanted.items())
    face().answer({"asks_for": wanted, "agreed": agreed}, _told(wanted, agreed))
    return 0


def _is_agreed_at_terminal(wanted: dict[str, Any]) -> bool:
    from workbench.review import ask_person

    if not face().may_ask:
        return False
    say("\n".join(_lines(wanted)), stream=sys.stderr)
    return ask_person("agree? [y/n] ") in {"y", "yes"}


def _lines(wanted: dict[str, Any]) -> list[str]:
    return [f"  {one_line(f'{key} = {value!r}', 300)}" for key, value in wanted.items()]


def _told(wanted: dict[str, Any], agreed: bool) -> str:
    if not wanted:
        return "nanites.toml of this repository asks for nothing beyond this machine"
    said = "you agreed to:" if agreed else "not agreed to (nanites trust --yes agrees):"
    return "\n".join((said, *_lines(wanted)))
