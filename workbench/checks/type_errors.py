"""What mypy says of one file by itself: where the types that stand in it contradict its code.

The file is looked at alone, under a name of its own: no other file of the repository is read, none of its settings and
none of its plugins, so nothing of it runs and the same text gives the same answer. What it imports from outside the
standard library is taken for anything.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from workbench.home import home

SECONDS = 20.0
"""How long a file may take."""

LONGEST = 400_000
"""Characters of a file that is looked at."""

_NAME = "the_file"
_OPTIONS = (
    "--config-file=",
    "--no-site-packages",
    "--ignore-missing-imports",
    "--follow-imports=skip",
    "--check-untyped-defs",
    "--strict-equality",
    "--no-error-summary",
    "--show-error-codes",
    "--hide-error-context",
    "--no-color-output",
    "--no-pretty",
)
_LINE = re.compile(rf"{_NAME}\.py:(?P<line>\d+): error: (?P<message>.*?)(?:  \[(?P<code>[\w-]+)\])?")


@dataclass(frozen=True)
class TypeFault:
    """One contradiction.

    Attributes:
        code: mypy's name for its kind, such as `return-value`.
        message: in mypy's words.
    """

    code: str
    message: str


def type_faults(text: str) -> tuple[TypeFault, ...] | None:
    """Return what contradicts itself in a Python file; None where mypy has no answer, for any reason.

    Args:
        text: the file.
    """
    if len(text) > LONGEST:
        return None
    try:
        with tempfile.TemporaryDirectory(prefix="nanites-types-") as name:
            folder = Path(name)
            content = text.encode("utf-8")
            file = folder / f"{_NAME}.py"
            file.write_bytes(content)
            # mypy takes a file of the same length and second for the one that it knows: each text has its own second.
            second = int.from_bytes(hashlib.sha256(content).digest()[:4], "big") >> 1
            os.utime(file, (second, second))
            cache = home() / "mypy"
            # -P: a package of the user's that is called mypy is not ours to run.
            command = [sys.executable, "-P", "-m", "mypy", *_OPTIONS, f"--cache-dir={cache}", f"{_NAME}.py"]
            ended = subprocess.run(
                command, cwd=folder, capture_output=True, stdin=subprocess.DEVNULL, timeout=SECONDS, check=False
            )
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None
    if ended.returncode not in {0, 1}:
        return None
    lines = ended.stdout.decode("utf-8", "replace").splitlines()
    found = [_LINE.fullmatch(line) for line in lines]
    faults = tuple(TypeFault(one["code"] or "", one["message"].replace(f"{_NAME}.", "")) for one in found if one)
    # A file that mypy cannot read has one fault, and nothing is known of the rest.
    return None if any(fault.code == "syntax" for fault in faults) else faults
