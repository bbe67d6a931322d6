"""A real change on its way to be an answer: its hunks, and how each format writes them down."""

from __future__ import annotations

import random
from dataclasses import dataclass

from tests.house.edit_sources import Change
from workbench.edits.lines import regions, split_lines

Op = tuple[str, str]
Ops = list[Op]
FORMATS = ("search-replace", "cline", "unified-diff", "v4a")


@dataclass(frozen=True)
class Case:
    """One answer to some files; `expected` is None where it must be refused."""

    name: str
    files: dict[str, bytes]
    answer: str
    expected: dict[str, bytes | None] | None
    targets: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Draft:
    """A case in the making."""

    change: Change
    form: str
    hunks: list[Ops]
    starts: list[int]
    chooser: random.Random
    path: str
    closed: bool = True
    fenced: bool = True


class Unfit(Exception):
    """A fault does not fit this change."""


def lines_of(content: bytes) -> list[str]:
    return [line.decode().removesuffix("\n") for line in split_lines(content)]


def draft(change: Change, form: str, chooser: random.Random, context: int = 3) -> Draft:
    old, new = split_lines(change.before), split_lines(change.after)
    if b"\r" in change.before + change.after or not change.before.endswith(b"\n") or not change.after.endswith(b"\n"):
        raise Unfit
    hunks, starts = [], []
    texts, new_texts = lines_of(change.before), lines_of(change.after)
    for region in regions(old, new, context):
        ops: Ops = []
        at = region.old_first
        for one in region.changes:
            ops += [(" ", line) for line in texts[at : one.old_first]]
            ops += [("-", line) for line in texts[one.old_first : one.old_end]]
            ops += [("+", line) for line in new_texts[one.new_first : one.new_end]]
            at = one.old_end
        ops += [(" ", line) for line in texts[at : region.old_end]]
        hunks.append(ops)
        starts.append(region.old_first + 1)
    made = Draft(change, form, hunks, starts, chooser, change.path)
    if not all(is_plain(ops, change) for ops in hunks):
        raise Unfit
    return made


def is_plain(ops: Ops, change: Change) -> bool:
    """Return whether a hunk has one place in the file, however white space is read, and changes more than that."""
    wanted = [line.strip() for mark, line in ops if mark != "+" and line.strip()]
    known = [line.strip() for line in lines_of(change.before) if line.strip()]
    places = sum(known[at : at + len(wanted)] == wanted for at in range(len(known) - len(wanted) + 1))
    new = [line.strip() for mark, line in ops if mark != "-" and line.strip()]
    return places == 1 and len(wanted) > 1 and new != wanted


def sides(ops: Ops) -> tuple[list[str], list[str]]:
    return [line for mark, line in ops if mark != "+"], [line for mark, line in ops if mark != "-"]


def write(made: Draft, *, numbers: str = "right", path_line: str | None = None) -> str:
    """Return the draft as an answer in its format."""
    named = made.path if path_line is None else path_line
    if made.form in {"search-replace", "cline"}:
        start, end = (
            ("<<<<<<< SEARCH", ">>>>>>> REPLACE")
            if made.form == "search-replace"
            else (
                "------- SEARCH",
                "+++++++ REPLACE",
            )
        )
        blocks = []
        for ops in made.hunks:
            old, new = sides(ops)
            blocks.append("\n".join([start, *old, "=======", *new, end]))
        body = "\n\n".join(blocks)
        fence = ("```python\n", "\n```\n" if made.closed else "\n") if made.fenced else ("", "\n")
        return f"{named}\n{fence[0]}{body}{fence[1]}"
    if made.form == "v4a":
        body = "\n".join(f"@@\n{_body(ops)}" for ops in made.hunks)
        return f"*** Begin Patch\n*** Update File: {named}\n{body}\n*** End Patch\n"
    body = "".join(f"{_at(made, at, numbers)}\n{_body(ops)}\n" for at, ops in enumerate(made.hunks))
    text = f"--- a/{named}\n+++ b/{named}\n{body}"
    return f"```diff\n{text}{'```' if made.closed else ''}\n" if made.fenced else text


def _body(ops: Ops) -> str:
    return "\n".join(mark + line for mark, line in ops)


def _at(made: Draft, number: int, numbers: str) -> str:
    ops, start = made.hunks[number], made.starts[number]
    old, new = (len(side) for side in sides(ops))
    match numbers:
        case "wrong":
            return f"@@ -{start + 37},{old} +{start + 40},{new} @@"
        case "counts":
            return f"@@ -{start},{old + 2} +{start},{max(1, new - 1)} @@"
        case "bare":
            return "@@"
        case "dots":
            return "@@ ... @@"
        case _:
            return f"@@ -{start},{old} +{start},{new} @@"
