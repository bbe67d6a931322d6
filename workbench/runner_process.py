"""Starts the folder's runner where none is alive: a process of its own, which a closed terminal does not end."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Mapping

from workbench.spool.folder import Folder
from workbench.spool.lock import runner_pid

IDLE_MINUTES = 30
"""How long a runner that a face started stays without work, so that a forgotten one ends by itself."""

_LOG_NAME = "runner.log"
_SECRET_NAME = re.compile(
    r"(^|_)(API|ACCESS|PRIVATE|SIGNING)?_?(KEYS?|TOKENS?|SECRETS?|PASSWORDS?|PASSWD|PASS|PASSPHRASE|CREDENTIALS?|AUTH|"
    r"COOKIES?|PAT|DSN)(_|\d|$)|(KEY|TOKEN|SECRET|PASSWORD|CREDENTIALS)$"
)
_SECRET_FAMILIES = ("ANTHROPIC_", "CLAUDE", "AWS_", "AZURE_", "GOOGLE_", "OPENAI_", "GITHUB_", "GH_", "GITLAB_")
_LOGIN_IN_ADDRESS = re.compile(r"://[^/@\s]+@")


def without_secrets(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the variables that may reach what is started for a model; `NANITES_…` are our own and stay.

    A variable goes by what its name says (KEY, TOKEN, PASSWORD, …), by whose it is (Claude Code and the clouds), or for
    a login inside an address.
    """
    return {
        name: value
        for name, value in environment.items()
        if name.startswith("NANITES_")
        or not (
            _SECRET_NAME.search(name.upper())
            or name.upper().startswith(_SECRET_FAMILIES)
            or _LOGIN_IN_ADDRESS.search(value)
        )
    }


class RunnerProcess:
    """The runner as a face sees it: started here, or found alive.

    Args:
        folder: whose runner it is.
        idle_minutes: how long one that is started here stays without work.
        environment: what one that is started here finds in its environment; None means all that is here.
    """

    def __init__(
        self, folder: Folder, *, idle_minutes: float = IDLE_MINUTES, environment: Mapping[str, str] | None = None
    ) -> None:
        self._folder = folder
        self._idle_minutes = idle_minutes
        self._environment = environment
        self._started: subprocess.Popen[bytes] | None = None

    @property
    def is_ours(self) -> bool:
        """Whether the runner that is alive was started here."""
        return self.is_starting and self._started is not None and self.pid() in {self._started.pid, 0}

    @property
    def is_starting(self) -> bool:
        """Whether the process that was started here still lives, with or without the folder in its hands."""
        return self._started is not None and self._started.poll() is None

    def pid(self) -> int | None:
        """Return the pid of the live runner, or None."""
        return runner_pid(self._folder)

    def start(self) -> None:
        """Start a runner if none is alive and none is just starting.

        Raises:
            OSError: the process cannot be started.
        """
        if self.pid() is not None or self.is_starting:
            return
        command = [sys.executable, "-m", "workbench.cli", "--repo", str(self._folder.root), "run"]
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC
        log = os.open(self._folder.path / _LOG_NAME, flags, 0o600)
        try:
            self._started = subprocess.Popen(
                [*command, "--idle-minutes", f"{self._idle_minutes:g}"],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=log,
                start_new_session=True,
                cwd=self._folder.root,
                env=self._environment,
            )
        finally:
            os.close(log)

    def failure(self) -> str | None:
        """Return the last words of a runner started here that ended with an error, else None."""
        if self._started is None or self._started.poll() in {None, 0, -signal.SIGTERM}:
            return None
        try:
            words = (self._folder.path / _LOG_NAME).read_text(encoding="utf-8", errors="replace").strip().splitlines()
        except OSError:
            words = []
        return words[-1] if words else f"the runner ended with code {self._started.returncode}"

    def stop(self) -> None:
        """Ask the runner that was started here to end; what it was on goes on at the next start."""
        if self.is_ours and self._started is not None:
            self._started.send_signal(signal.SIGTERM)
