"""The server: the tools of `desk` over stdio by the official SDK: its low-level server takes schemas as written."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench import __version__
from workbench.mcp.desk import IDLE_MINUTES, WAIT_SECONDS, Desk
from workbench.mcp.tools import DEFINITIONS, INSTRUCTIONS, names
from workbench.runner_process import without_secrets

if TYPE_CHECKING:
    from mcp.server.lowlevel import Server

NAME = "nanites"
SESSION_VARIABLE = "CLAUDE_CODE_SESSION_ID"


def serve(start: Path, *, wait_seconds: float = WAIT_SECONDS, idle_minutes: float = IDLE_MINUTES) -> int:
    """Serve one client on stdin and stdout until it goes; return the exit code."""
    session = os.environ.get(SESSION_VARIABLE, "")
    kept = without_secrets(os.environ)
    for name in set(os.environ) - set(kept):
        # Not only kept from what is started here: nothing that runs in this process may find it either.
        del os.environ[name]
    desk = Desk(start, wait_seconds=wait_seconds, idle_minutes=idle_minutes, environment=kept, session=session)
    desk.note_session()
    _end_at_once_on_signals()
    # The SDK makes some hundred thousand objects that all live on; looking through them for rubbish is a tenth of it.
    gc.disable()
    server = make_server(desk)
    gc.freeze()
    gc.enable()
    asyncio.run(_run(server))
    return 0


def make_server(desk: Desk) -> Server[Any]:
    """Return the protocol's server for a desk."""
    import mcp_types as types
    from mcp.server.lowlevel import Server

    tools = [types.Tool.model_validate(definition) for definition in DEFINITIONS]

    async def list_tools(_context: Any, _parameters: Any) -> types.ListToolsResult:
        return types.ListToolsResult(tools=tools)

    async def call_tool(context: Any, parameters: types.CallToolRequestParams) -> types.CallToolResult:
        if parameters.name not in names():
            return _result(*_unknown(parameters.name))

        async def report(seconds: float, words: str) -> None:
            await context.session.report_progress(seconds, None, words)

        answer = await desk.call(parameters.name, parameters.arguments, report)
        return _result(answer.text, answer.is_error)

    def _result(text: str, is_error: bool) -> types.CallToolResult:
        return types.CallToolResult(content=[types.TextContent(type="text", text=text)], is_error=is_error)

    return Server(
        NAME, version=__version__, instructions=INSTRUCTIONS, on_list_tools=list_tools, on_call_tool=call_tool
    )


def _unknown(name: str) -> tuple[str, bool]:
    from workbench.errors import NaniteError
    from workbench.mcp.answers import compact, told

    hint = f"tools: {', '.join(names())}"
    return compact(told(NaniteError(f"there is no tool {name}", code="no-such-tool", hint=hint))), True


async def _run(server: Server[Any]) -> None:
    from mcp.server.stdio import stdio_server

    async with stdio_server() as (read_stream, write_stream):
        await server.run(read_stream, write_stream, server.create_initialization_options())


def _end_at_once_on_signals() -> None:
    """End without a word: clients send SIGINT and, 100 ms later, SIGTERM. All that matters lies in files."""

    def end(_number: int, _frame: object) -> None:
        os._exit(0)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
