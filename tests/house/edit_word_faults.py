"""Faults in the words around the hunks: fences, paths, numbers, marks."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from tests.house.edit_drafts import Draft, Unfit, write


def _prose(made: Draft) -> str:
    return f"Sure! I changed it as asked:\n\n{write(made)}\nThis keeps the rest. Let me know if it helps!\n"


def _thought(made: Draft) -> str:
    return f"<think>\nThe user wants\n```python\nx = (\n```\n</think>\n\n{write(made)}"


def _carriage(made: Draft) -> str:
    return write(made).replace("\n", "\r\n")


def _no_fence(made: Draft) -> str:
    return write(replace(made, fenced=False))


def _open_fence(made: Draft) -> str:
    if made.form == "v4a":
        raise Unfit
    return write(replace(made, closed=False))


def _nested(made: Draft) -> str:
    return f"````markdown\n{write(made)}````\n"


def _escaped(made: Draft) -> str:
    text = write(made)
    if made.form in {"search-replace", "cline"}:
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    hunks = [
        [(mark, line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")) for mark, line in ops]
        for ops in made.hunks
    ]
    old = [line for ops in made.hunks for mark, line in ops if mark != "+" and re.search("[<>&]", line)]
    if hunks == made.hunks or not old or any("&" in line for ops in made.hunks for _, line in ops):
        raise Unfit
    if any("&" in new and "&" not in "".join(line for _, line in ops) for ops in hunks for _, new in ops):
        raise Unfit
    olds = ["".join(line for mark, line in ops if mark != "+") for ops in hunks]
    if any("&" in line and "&" not in olds[at] for at, ops in enumerate(hunks) for _, line in ops):
        raise Unfit
    return write(replace(made, hunks=hunks))


def _path_as(before: str, after: str = "") -> Callable[[Draft], str]:
    def fault(made: Draft) -> str:
        if made.form not in {"search-replace", "cline"}:
            return write(made, path_line=f"./{made.path}" if made.form == "v4a" else made.path)
        return write(made, path_line=f"{before}{made.path}{after}")

    return fault


def _wrong_folder(made: Draft) -> str:
    return write(made, path_line=f"project/{made.path}")


def _short_path(made: Draft) -> str:
    if "/" not in made.path:
        raise Unfit
    return write(made, path_line=made.path.rsplit("/", 1)[-1])


def _numbers(kind: str) -> Callable[[Draft], str]:
    def fault(made: Draft) -> str:
        if made.form != "unified-diff":
            raise Unfit
        return write(made, numbers=kind)

    return fault


def _lost_space(every: bool) -> Callable[[Draft], str]:
    def fault(made: Draft) -> str:
        if made.form not in {"unified-diff", "v4a"}:
            raise Unfit
        if any(mark == " " and line[:1] in {"+", "-", "@", "\\", "`", "*"} for ops in made.hunks for mark, line in ops):
            raise Unfit
        marked = [
            [
                ("", line)
                if mark == " " and (every or not line.strip() or made.chooser.random() < 0.4)
                else (mark, line)
                for mark, line in ops
            ]
            for ops in made.hunks
        ]
        return write(replace(made, hunks=marked), numbers="bare")

    return fault


def _prose_behind(made: Draft) -> str:
    if made.form != "unified-diff":
        raise Unfit
    tail = "\nThis change does what was asked:\n- It touches only these lines.\n- Nothing else moves.\n"
    return write(replace(made, fenced=False)) + tail


def _numbered(made: Draft) -> str:
    if made.form not in {"search-replace", "cline"}:
        raise Unfit
    hunks = []
    for ops, start in zip(made.hunks, made.starts, strict=True):
        old = new = start - 1
        lines = []
        for mark, line in ops:
            old, new = old + (mark != "+"), new + (mark != "-")
            lines.append((mark, line, old, new))
        hunks.append(lines)
    text = f"{made.path}\n"
    for lines in hunks:
        text += "<<<<<<< SEARCH\n" + "".join(f"{old:>4} | {line}\n" for mark, line, old, _ in lines if mark != "+")
        text += "=======\n" + "".join(f"{new:>4} | {line}\n" for mark, line, _, new in lines if mark != "-")
        text += ">>>>>>> REPLACE\n"
    return text


def _markers(start: str, middle: str, end: str) -> Callable[[Draft], str]:
    def fault(made: Draft) -> str:
        if made.form != "search-replace":
            raise Unfit
        text = write(made).replace("<<<<<<< SEARCH", start).replace(">>>>>>> REPLACE", end)
        return text.replace("\n=======\n", f"\n{middle}\n")

    return fault


def _roo(made: Draft) -> str:
    if made.form != "search-replace" or len(made.hunks) > 1:
        raise Unfit
    head = f"<<<<<<< SEARCH\n:start_line:{made.starts[0]}\n-------"
    return write(made).replace("<<<<<<< SEARCH", head)


def _git_header(made: Draft) -> str:
    if made.form != "unified-diff":
        raise Unfit
    header = f"diff --git a/{made.path} b/{made.path}\nindex 1234567..89abcde 100644\n--- a/"
    return write(made).replace("--- a/", header, 1)


def _no_path(made: Draft) -> str:
    if made.form not in {"search-replace", "cline"}:
        raise Unfit
    return write(made, path_line="Here it is:")


WORD_FAULTS: dict[str, Callable[[Draft], str]] = {
    "as it is": write,
    "prose": _prose,
    "thought": _thought,
    "carriage returns": _carriage,
    "byte order mark": lambda made: "\ufeff" + write(made),
    "no fence": _no_fence,
    "open fence": _open_fence,
    "nested": _nested,
    "escaped": _escaped,
    "heading": _path_as("### `", "`"),
    "bold": _path_as("**", "**:"),
    "File:": _path_as("File: "),
    "comment": _path_as("# "),
    "a/": _path_as("a/"),
    "./": _path_as("./"),
    "wrong folder": _wrong_folder,
    "short path": _short_path,
    "no path": _no_path,
    "wrong numbers": _numbers("wrong"),
    "wrong counts": _numbers("counts"),
    "bare @@": _numbers("bare"),
    "@@ ... @@": _numbers("dots"),
    "lost spaces": _lost_space(every=True),
    "some spaces lost": _lost_space(every=False),
    "prose behind": _prose_behind,
    "line numbers": _numbered,
    "nine marks": _markers("<<<<<<<<< SEARCH", "=========", ">>>>>>>>> REPLACE"),
    "no space": _markers("<<<<<<<SEARCH", "=======", ">>>>>>>REPLACE"),
    "original": _markers("<<<<<<< ORIGINAL", "=======", ">>>>>>> UPDATED"),
    "conflict": _markers("<<<<<<< HEAD", "=======", ">>>>>>> new-version"),
    "lower case": _markers("<<<<<<< search", "=======", ">>>>>>> replace"),
    "roo": _roo,
    "git": _git_header,
}
