"""Commands for other agents: `mcp`, the server that Claude Code starts, and `hook`, what its plugin's hooks run."""

from __future__ import annotations

import json
import sys

import click

from workbench import client
from workbench.commands.face import Command, face
from workbench.errors import NaniteError
from workbench.terminal import say


@click.command(cls=Command)
@click.option("--wait-seconds", type=click.FloatRange(min=1), metavar="S", help="Most seconds that a call waits (95).")
@click.option("--idle-minutes", type=click.FloatRange(min=0), metavar="N", help="End its runner after N idle (10).")
def mcp(wait_seconds: float | None, idle_minutes: float | None) -> int:
    """Serve the tools local_chat, local_patch and local_task_queue on stdin and stdout (docs/integration.md)."""
    from workbench.mcp.server import serve

    chosen = {"wait_seconds": wait_seconds, "idle_minutes": idle_minutes}
    return serve(face().start.resolve(), **{name: value for name, value in chosen.items() if value is not None})


GO_ON = 2
"""The exit code by which a Stop hook makes Claude go on and read what it says on stderr."""


@click.command(cls=Command, hidden=True)
@click.argument("name", type=click.Choice(("session-start", "stop")))
def hook(name: str) -> int:
    """Say what a hook of the Claude Code plugin has to say; its event comes on stdin."""
    from workbench import notices

    try:
        event = json.loads(sys.stdin.read() or "{}")
        root = client.find_root(face().start)
    except (ValueError, NaniteError):
        # No session of ours, or no repository: a hook is never a reason for an error.
        return 0
    if name == "session-start":
        say(notices.at_start(root))
        return 0
    words = notices.at_stop(root, event if isinstance(event, dict) else {})
    if words is not None:
        say(words, stream=sys.stderr)
    return 0 if words is None else GO_ON
