"""The demo as a user plays it: a real model, a process of its own, a terminal where somebody types."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(900), pytest.mark.usefixtures("embedded_home")]


def test_the_demo_runs_by_itself(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "workbench.cli", "demo", "--yes", "--dir", str(tmp_path / "scratch"), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=800)
    assert done.returncode == 0, done.stdout + done.stderr
    figures = json.loads(done.stdout)
    states = {result["kind"]: result["state"] for result in figures["results"]}
    assert states == {"docstrings": "undone", "patch": "applied", "summary": "done"}
    verdicts = {result["kind"]: result.get("verdict") for result in figures["results"]}
    assert (verdicts["docstrings"], verdicts["patch"]) == ("proven", "checked")
    assert figures["tests_passed"]
    assert figures["usage"]["completion"] > 0


def test_at_a_terminal_it_shows_colours_and_asks(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "workbench.cli", "demo", "--dir", str(tmp_path / "scratch")]
    environment = os.environ | {"TERM": "xterm-256color"}
    environment.pop("NO_COLOR", None)
    process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, close_fds=True)
    os.close(theirs)
    os.write(ours, b"y\ny\n")
    said = b""
    while True:
        try:
            piece = os.read(ours, 65_536)
        except OSError:
            break
        if not piece:
            break
        said += piece
    assert process.wait(60) == 0, said.decode("utf-8", "replace")
    text = said.decode("utf-8", "replace")
    assert text.count("approve? [y/n/h(unk)]") == 2
    assert re.search(r"\x1b\[\d+m\+\s+return", text), "an added line in colour"
    assert "\x1b[2m" in text, "the model's words, dimmed"
    assert "byte for byte" in text
