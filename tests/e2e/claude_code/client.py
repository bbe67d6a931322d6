"""Runs the real Claude Code client in a home of its own, against the scripted API, and keeps what it did."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from tests.e2e.claude_code.api import ScriptedApi, Turn, text_of
from tests.e2e.conftest import absent

VERSION = "2.1.330"
"""The version that is tested; make_claude_code.sh installs it."""

REPOSITORY = Path(__file__).parent.parent.parent.parent
SERVER_RULE = "mcp__plugin_nanites_desk"
_HOME = Path.home() / ".cache" / "nanites-dev" / "claude-code"
_DROPPED = ("CLAUDE", "ANTHROPIC", "MCP_", "MAX_MCP", "ENABLE_TOOL_SEARCH", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
_QUIET = {
    "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1",
    "DISABLE_AUTOUPDATER": "1",
    "DISABLE_TELEMETRY": "1",
    "DISABLE_ERROR_REPORTING": "1",
    "DISABLE_BUG_COMMAND": "1",
    "CLAUDE_CODE_DISABLE_AUTO_MEMORY": "1",
    "CI": "1",
    "TERM": "dumb",
    "NO_PROXY": "127.0.0.1,localhost",
    # Without it a server that starts on a busy machine is missed by the first turn.
    "MCP_CONNECTION_NONBLOCKING": "0",
}


def find_client() -> Path:
    """Return the client's program, of the pinned version."""
    for place in ("bin/claude", "node_modules/.bin/claude", "node_modules/@anthropic-ai/claude-code-linux-x64/claude"):
        if os.access(_HOME / place, os.X_OK):
            return _HOME / place
    return absent(f"Claude Code {VERSION}", "sh tests/e2e/make_claude_code.sh")


@dataclass(frozen=True)
class Session:
    """What happened in one run of the client."""

    code: int
    events: list[dict[str, Any]]
    requests: list[dict[str, Any]]
    overruns: int
    stderr: str

    @cached_property
    def init(self) -> dict[str, Any]:
        """The client's first event: its tools, servers, skills and plugins."""
        return next(event for event in self.events if event.get("subtype") == "init")

    @cached_property
    def results(self) -> list[tuple[str, bool]]:
        """Text of each tool result, and whether it is an error."""
        return [
            (text_of(block.get("content")), bool(block.get("is_error")))
            for event in self.events
            if event.get("type") == "user" and isinstance(event["message"]["content"], list)
            for block in event["message"]["content"]
            if block.get("type") == "tool_result"
        ]

    def value(self, number: int) -> Any:
        """Return what the n-th call answered, as JSON; fails where it is an error."""
        text, is_error = self.results[number]
        assert not is_error, text
        return json.loads(text)

    @cached_property
    def first_text(self) -> str:
        """All text of the first request: system prompt, tools and messages."""
        return json.dumps(self.requests[0], ensure_ascii=False)

    def tools(self, number: int = 0) -> dict[str, dict[str, Any]]:
        """Return our tools in a request, by name."""
        return {
            tool["name"]: tool for tool in self.requests[number]["tools"] if tool.get("name", "").startswith("mcp__")
        }


class ClaudeCode:
    """The client with a home of its own, working in `work`."""

    def __init__(self, scratch: Path, work: Path) -> None:
        self.program = find_client()
        self.home = scratch / "claude-home"
        self.home.mkdir(exist_ok=True)
        self.work = work
        self.nanites = Path(sys.executable).with_name("nanites")

    def environment(self, **more: str) -> dict[str, str]:
        """Return what the client finds around it: nothing of a Claude Code that runs these tests."""
        kept = {name: value for name, value in os.environ.items() if not name.upper().startswith(_DROPPED)}
        ours = {"HOME": str(self.home), "NANITES_COMMAND": str(self.nanites)}
        # The client's home is empty, so engines must be told where theirs is.
        ours["NANITES_HOME"] = os.environ.get("NANITES_HOME") or str(Path.home() / ".cache" / "nanites")
        return kept | _QUIET | ours | more

    def command(self, *arguments: str, code: int = 0) -> str:
        """Run one of the client's own commands and return what it printed."""
        done = subprocess.run(
            [self.program, *arguments],
            env=self.environment(),
            cwd=self.work,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=90,
            check=False,
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def install(self) -> None:
        """Install the plugin as a user would: add the repository as a marketplace, then the plugin from it."""
        self.command("plugin", "marketplace", "add", str(REPOSITORY))
        self.command("plugin", "install", "nanites@nanite-workbench")

    def play(
        self,
        turns: Sequence[Turn],
        *,
        prompt: str = "Go on.",
        allowed: Sequence[str] = (SERVER_RULE, "Skill"),
        arguments: Sequence[str] = (),
        timeout: float = 150,
        environment: Mapping[str, str] | None = None,
    ) -> Session:
        """Have the client talk to the script, print by print, until it ends."""
        api = ScriptedApi(turns)
        keys = {"ANTHROPIC_BASE_URL": api.url, "ANTHROPIC_API_KEY": "sk-ant-dummy-offline"}
        command = [str(self.program), "-p", prompt, "--output-format", "stream-json", "--verbose"]
        command += ["--permission-mode", "dontAsk", "--allowedTools", ",".join(allowed), *arguments]
        try:
            done = subprocess.run(
                command,
                env=self.environment(**keys, **(environment or {})),
                cwd=self.work,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                timeout=timeout,
                check=False,
            )
        finally:
            api.close()
        events = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
        return Session(done.returncode, events, api.requests, api.overruns, done.stderr)
