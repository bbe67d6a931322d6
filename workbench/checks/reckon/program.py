"""The program that answers: reads a file and questions from its input, and writes a line for each answer.

It is started on its own, in an empty place, and loads nothing but what lies beside it and Python's own library.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import threading
import types

MEMORY = 512 << 20
SECONDS = 2
FILES = 32
STACK = 128 << 20
FRAMES = 40_000


def _confine() -> None:
    """Let the system hold the process to little memory, little time and no writing."""
    try:
        import resource
    except ImportError:
        return
    limits = {"RLIMIT_AS": MEMORY, "RLIMIT_CPU": SECONDS, "RLIMIT_NOFILE": FILES, "RLIMIT_FSIZE": 0, "RLIMIT_CORE": 0}
    for name, most in limits.items():
        kind = getattr(resource, name, None)
        if kind is not None:
            try:
                resource.setrlimit(kind, (most, most))
            except (OSError, ValueError):
                continue


def _write(file: int, line: bytes) -> None:
    while line:
        line = line[os.write(file, line) :]


def _answer() -> None:
    package = types.ModuleType("reckoning")
    package.__path__ = [os.path.dirname(os.path.abspath(__file__))]
    sys.modules["reckoning"] = package
    session = importlib.import_module("reckoning.session")
    bounds = importlib.import_module("reckoning.bounds")
    asked = json.loads(sys.stdin.buffer.read())
    # What else Python may write stays out of the answers.
    answers = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    _confine()
    try:
        file = session.Session(asked["text"])
    except Exception:
        return
    for question in asked["questions"]:
        answer = file.ask(question)
        given = None if answer is None else [answer.value, answer.error]
        line = json.dumps([given, bounds.run.why if answer is None else ""])
        _write(answers, line.encode("ascii") + b"\n")


def main() -> None:
    """Answer the questions of one file."""
    sys.setrecursionlimit(FRAMES)
    threading.stack_size(STACK)
    thread = threading.Thread(target=_answer)
    thread.start()
    thread.join()


if __name__ == "__main__":
    main()
