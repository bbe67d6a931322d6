"""Works out what calls of a file's functions give, without the file ever being run.

The file is read and looked at by a small interpreter of our own, in a process of its own: of Python's library only what
tables name is reached, and none of it reads, writes or asks for the time. What is not known exactly has no answer.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SECONDS = 2.0
"""How long the questions about a file may take together."""

_PROGRAM = Path(__file__).with_name("program.py")


@dataclass(frozen=True)
class Reckoned:
    """What a question comes to.

    Attributes:
        value: what it gives, as `repr` writes it; empty if it raises.
        error: the class of the exception that it raises; empty if it gives something.
    """

    value: str
    error: str = ""


def reckon(text: str, questions: Sequence[str]) -> tuple[Reckoned | None, ...]:
    """Return what expressions give in the namespace of a Python file, each for itself; None where it is not known.

    Args:
        text: the file.
        questions: expressions, such as `initials('ann lee')`.
    """
    if not questions:
        return ()
    try:
        asked = json.dumps({"text": text, "questions": list(questions)}).encode("ascii")
        with tempfile.TemporaryDirectory(prefix="nanites-reckon-") as folder:
            said = _ask(asked, folder)
    except (OSError, RuntimeError, TypeError, ValueError):
        said = b""
    # A last line without an end was cut off.
    found = [_read(line) for line in said.split(b"\n")[:-1][: len(questions)]]
    return (*found, *[None] * (len(questions) - len(found)))


def _ask(asked: bytes, folder: str) -> bytes:
    # Windows starts no process without it.
    kept = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
    with subprocess.Popen(
        [sys.executable, "-I", "-S", str(_PROGRAM)],
        cwd=folder,
        env=kept,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            return process.communicate(asked, timeout=SECONDS)[0]
        except subprocess.TimeoutExpired:
            process.kill()
            return process.communicate()[0]
        except BaseException:
            process.kill()
            raise


def _read(line: bytes) -> Reckoned | None:
    answer = json.loads(line)[0]
    return Reckoned(*answer) if answer else None
