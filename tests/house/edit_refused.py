"""Answers that must be refused, each made from a real change."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from dataclasses import replace

from tests.house.edit_drafts import Draft, Unfit, sides, write


def _twice(made: Draft) -> tuple[dict[str, bytes], str]:
    return {made.path: made.change.before + b"\n\n" + made.change.before}, write(made, numbers="wrong")


def _applied(made: Draft) -> tuple[dict[str, bytes], str]:
    return {made.path: made.change.after}, write(made)


def _equal(made: Draft) -> tuple[dict[str, bytes], str]:
    hunks = [[(" ", line) for mark, line in ops if mark != "+"] for ops in made.hunks]
    return {made.path: made.change.before}, write(replace(made, hunks=hunks))


def _cut(made: Draft) -> tuple[dict[str, bytes], str]:
    text = write(made)
    solid = max(text.rfind(line) for line in sides(made.hunks[-1])[1] if line.strip())
    begun = text.rfind("<<<<<<<") if made.form == "search-replace" else text.rfind("@@")
    begun = text.rfind("------- ") if made.form == "cline" else begun
    at = made.chooser.randrange(begun + 4, max(begun + 5, solid))
    return {made.path: made.change.before}, text[:at].rstrip("\n")


def _replaced(old: str, new: str) -> Callable[[Draft], tuple[dict[str, bytes], str]]:
    def fault(made: Draft) -> tuple[dict[str, bytes], str]:
        if made.form != "search-replace":
            raise Unfit
        return {made.path: made.change.before}, write(made).replace(old, new, 1)

    return fault


def _path(path: str) -> Callable[[Draft], tuple[dict[str, bytes], str]]:
    return lambda made: ({made.path: made.change.before}, write(made, path_line=path))


def _binary(made: Draft) -> tuple[dict[str, bytes], str]:
    return {made.path: made.change.before + b"\0"}, write(made)


def _lazy(made: Draft) -> tuple[dict[str, bytes], str]:
    hunks = [
        [*[op for op in ops if op[0] != "+"], ("+", "    # ... rest of the code remains the same ...")]
        for ops in made.hunks
    ]
    return {made.path: made.change.before}, write(replace(made, hunks=hunks))


def _broken(made: Draft) -> tuple[dict[str, bytes], str]:
    if not made.path.endswith(".py"):
        raise Unfit
    hunks = []
    for ops in made.hunks:
        at = next((at for at, (mark, line) in enumerate(ops) if mark == "+" and line.strip()), None)
        if at is None or _survives(made.change.after.decode(), ops[at][1]):
            raise Unfit
        hunks.append([*ops[:at], ("+", f"{ops[at][1]} ((("), *ops[at + 1 :]])
    return {made.path: made.change.before}, write(replace(made, hunks=hunks))


def _survives(text: str, line: str) -> bool:
    """Return whether a file would still parse with brackets left open in a line, as it does where that is a string."""
    if text.count(f"\n{line}\n") != 1:
        return True
    try:
        ast.parse(text.replace(f"\n{line}\n", f"\n{line} (((\n"))
    except SyntaxError:
        return False
    return True


def _invented(made: Draft) -> tuple[dict[str, bytes], str]:
    hunks = [
        [
            (mark, f"    invented_{at} = compute_{at}(nothing)" if mark != "+" and at % 2 == 0 else line)
            for at, (mark, line) in enumerate(ops)
        ]
        for ops in made.hunks
    ]
    return {made.path: made.change.before}, write(replace(made, hunks=hunks))


def _stale(made: Draft) -> tuple[dict[str, bytes], str]:
    """The line that shall go says something else in the file by now."""
    gone = [line for ops in made.hunks for mark, line in ops if mark == "-" and re.search(r"[a-z_]{3,}", line)]
    if not gone:
        raise Unfit
    line = made.chooser.choice(gone)
    word = made.chooser.choice(re.findall(r"[a-z_]{3,}", line))
    stale = line.replace(word, f"{word}_of_another_kind")
    before = made.change.before.replace(f"\n{line}\n".encode(), f"\n{stale}\n".encode())
    if before == made.change.before or stale.encode() in made.change.after:
        raise Unfit
    return {made.path: before}, write(made)


def _over(made: Draft) -> tuple[dict[str, bytes], str]:
    text = "x = 1\n"
    answers = {
        "search-replace": f"{made.path}\n<<<<<<< SEARCH\n=======\n{text}>>>>>>> REPLACE\n",
        "cline": f"{made.path}\n------- SEARCH\n=======\n{text}+++++++ REPLACE\n",
        "unified-diff": f"--- /dev/null\n+++ b/{made.path}\n@@ -0,0 +1 @@\n+{text}",
        "v4a": f"*** Begin Patch\n*** Add File: {made.path}\n+{text}*** End Patch\n",
    }
    return {made.path: made.change.before}, answers[made.form]


REFUSED: dict[str, Callable[[Draft], tuple[dict[str, bytes], str]]] = {
    "twice": _twice,
    "applied": _applied,
    "equal": _equal,
    "cut off": _cut,
    "two dividers": _replaced("\n=======\n", "\n=======\n=======\n"),
    "no divider": _replaced("\n=======\n", "\n"),
    "no end": _replaced(">>>>>>> REPLACE", ""),
    "up and out": _path("../outside.py"),
    "absolute": _path("/etc/passwd.py"),
    ".git": _path(".git/hooks/pre-commit"),
    "unknown": _path("no/such/thing.py"),
    "binary": _binary,
    "lazy": _lazy,
    "broken": _broken,
    "invented": _invented,
    "stale": _stale,
    "create over": _over,
}
