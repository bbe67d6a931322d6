"""Calling `nanites` through its own entry, with streams to look at."""

from __future__ import annotations

import io
import json
import sys
from typing import Any

import pytest

from workbench.cli import main

TASK = "Make truncate() never exceed limit"
FIXED = "[: max(limit - 3, 0)]"
"""What stands in text.py once the scripted answer to `TASK` was applied."""


class Person(io.StringIO):
    """Somebody at a terminal who types these lines."""

    def isatty(self) -> bool:
        """Return that this is a terminal."""
        return True


class Caller:
    """Calls the command line in this process; stdin is empty unless somebody types."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch
        self.stdin = io.StringIO()

    def __call__(self, *arguments: str) -> tuple[int, str, str]:
        """Return the exit code, stdout and stderr of a call."""
        # Streams of our own that stay open: the queue's logger keeps the first stderr it sees.
        out, err = io.BytesIO(), io.BytesIO()
        with self._monkeypatch.context() as patched:
            patched.setattr(sys, "stdin", self.stdin)
            patched.setattr(sys, "stdout", io.TextIOWrapper(out, encoding="utf-8", write_through=True))
            patched.setattr(sys, "stderr", io.TextIOWrapper(err, encoding="utf-8", write_through=True))
            self._kept = (sys.stdout, sys.stderr)
            code = main(list(arguments))
        return code, out.getvalue().decode(), err.getvalue().decode()

    def json(self, *arguments: str, code: int = 0) -> Any:
        """Call with --json; return the one value on stdout."""
        got, out, err = self(*arguments, "--json")
        assert (got, err) == (code, ""), out + err
        return json.loads(out)

    def submitted(self, *arguments: str) -> str:
        """Drop the usual task, with more options where some are given, and return its ID."""
        (task_id,) = self.json("submit", "--kind", "patch", TASK, "--target", "text.py", *arguments)["ids"]
        return str(task_id)

    def proposed(self) -> str:
        """Have the usual task in review and return its ID."""
        result = self.json("patch", TASK, "--target", "text.py")
        assert result["state"] == "review"
        return str(result["id"])
