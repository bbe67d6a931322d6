"""A real terminal: tmux runs a command in a window of a given size, types keys and reads what the screen shows."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Mapping
from pathlib import Path

PATIENCE = float(os.environ.get("NANITES_PATIENCE", "120"))
"""Seconds to wait for something to appear: a real model may be loading."""


class Terminal:
    """One tmux server with one window. Use it as a context manager; it ends the server, not what ran in it."""

    def __init__(self, columns: int, rows: int) -> None:
        self._name = f"nanites-{uuid.uuid4().hex[:8]}"
        self._size = (columns, rows)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def _tmux(self, *arguments: str, check: bool = True) -> str:
        command = ["tmux", "-L", self._name, "-f", "/dev/null", *arguments]
        # Textual believes these two more than the terminal, and a test runner may have set them.
        environment = {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "LINES"}}
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30, env=environment)
        if check and done.returncode:
            raise AssertionError(f"{' '.join(arguments)}: {done.stderr}")
        return done.stdout

    def open(self, root: Path, *arguments: str, environment: Mapping[str, str] | None = None) -> None:
        """Run `nanites` with arguments in a folder."""
        command = shlex.join([sys.executable, "-m", "workbench.cli", *arguments])
        columns, rows = self._size
        wanted = {"COLORTERM": "truecolor", "PYTHONPATH": os.environ.get("PYTHONPATH", "")} | dict(environment or {})
        kept = {name: value for name, value in os.environ.items() if name.startswith("NANITES_")}
        pairs = [part for name, value in (kept | wanted).items() for part in ("-e", f"{name}={value}")]
        size = ("-x", str(columns), "-y", str(rows))
        self._tmux("new-session", "-d", *size, "-c", str(root), *pairs, command)
        self._tmux("set-option", "-g", "remain-on-exit", "on", check=False)

    def type(self, *keys: str) -> None:
        """Press keys, by tmux's names for them."""
        for key in keys:
            self._tmux("send-keys", key)

    def write(self, text: str) -> None:
        """Type text as it stands."""
        self._tmux("send-keys", "-l", text)

    def resize(self, columns: int, rows: int) -> None:
        """Give the window another size."""
        self._tmux("resize-window", "-x", str(columns), "-y", str(rows))

    def screen(self) -> str:
        """Return what the screen shows."""
        return self._tmux("capture-pane", "-p", check=False)

    def coloured(self) -> str:
        """Return what the screen shows, with its colours."""
        return self._tmux("capture-pane", "-p", "-e", check=False)

    def until(self, wanted: str | Callable[[str], bool], patience: float = PATIENCE) -> str:
        """Wait until the screen shows a text, or satisfies a test; return it.

        Raises:
            AssertionError: it never did; the message holds the last screen.
        """
        deadline = time.monotonic() + patience
        shown = ""
        while time.monotonic() < deadline:
            shown = self.screen()
            if wanted in shown if isinstance(wanted, str) else wanted(shown):
                return shown
            time.sleep(0.1)
        raise AssertionError(f"never seen: {wanted}\n{shown}")

    def has_ended(self) -> bool:
        """Return whether the command is over."""
        said = self._tmux("list-panes", "-F", "#{pane_dead}", check=False).strip()
        return said in {"", "1"}

    def kill(self) -> None:
        """Close the terminal as a person does who clicks its window away."""
        self._tmux("kill-server", check=False)
