"""Commands for other agents: `mcp`, the server that Claude Code starts."""

from __future__ import annotations

import click

from workbench.commands.face import Command, face


@click.command(cls=Command)
@click.option("--wait-seconds", type=click.FloatRange(min=1), metavar="S", help="Most seconds that a call waits (95).")
@click.option("--idle-minutes", type=click.FloatRange(min=0), metavar="N", help="End its runner after N idle (10).")
def mcp(wait_seconds: float | None, idle_minutes: float | None) -> int:
    """Serve the tools local_chat, local_patch and local_task_queue on stdin and stdout (docs/integration.md)."""
    from workbench.mcp.server import serve

    chosen = {"wait_seconds": wait_seconds, "idle_minutes": idle_minutes}
    return serve(face().start.resolve(), **{name: value for name, value in chosen.items() if value is not None})
