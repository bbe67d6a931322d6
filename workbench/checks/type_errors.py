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
    # A name that is used for one thing after another is no fault of the types.
    "--allow-redefinition",
    "--local-partial-types",
    "--no-error-summary",
    "--show-error-codes",
    "--hide-error-context",
    "--no-color-output",
    "--no-pretty",
)
_LINE = re.compile(rf"{_NAME}\.py:\d+: error: (?P<message>.*?)(?:  \[(?P<code>[\w-]+)\])?")


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
    for cache in (None, os.devnull):
        # A folder of the house's that cannot be written costs time, and no answer.
        try:
            ended = _run(text, cache)
        except subprocess.TimeoutExpired:
            break
        except (OSError, RuntimeError, ValueError):
            continue
        if ended.returncode in {0, 1}:
            return _read(ended)
    return None


def _run(text: str, cache: str | None) -> subprocess.CompletedProcess[bytes]:
    with tempfile.TemporaryDirectory(prefix="nanites-types-") as name:
        folder = Path(name)
        content = text.encode("utf-8")
        file = folder / f"{_NAME}.py"
        file.write_bytes(content)
        # mypy takes a file of the same length and second for the one that it knows: each text has its own second.
        second = int.from_bytes(hashlib.sha256(content).digest()[:4], "big") >> 1
        os.utime(file, (second, second))
        options = [*_OPTIONS, f"--cache-dir={cache or home() / 'mypy'}"]
        # -I: what PYTHONPATH names is the user's, and a package there that is called mypy is not ours to run.
        return subprocess.run(
            [sys.executable, "-I", "-m", "mypy", *options, f"{_NAME}.py"],
            cwd=folder,
            env={name: value for name, value in os.environ.items() if not name.startswith("MYPY")},
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
        )


def _read(ended: subprocess.CompletedProcess[bytes]) -> tuple[TypeFault, ...] | None:
    found = [_LINE.fullmatch(line) for line in ended.stdout.decode("utf-8", "replace").splitlines()]
    faults = tuple(TypeFault(one["code"] or "", one["message"].replace(f"{_NAME}.", "")) for one in found if one)
    if ended.returncode and not faults:
        return None
    # A file that mypy cannot read has one fault, and nothing is known of the rest.
    return None if any(fault.code == "syntax" for fault in faults) else faults
